/* Several sessions at once: the preview says what will happen, and changes nothing; the refused do not keep back the
 * others; each is told in the audit. */
#include "app/training/training_test.h"

static int64_t audited(void)
{
	struct audit_report report;

	CHECK_OK(audit_verify(arena, harness_db(h), NULL, &report));
	return report.entries;
}

static struct answer ask(enum role role, const char *sure, const char *a, const char *b)
{
	return harness_post(h, role, "/several", "list", "sessions", "action", "confirm-session", "back",
			    "/training/sessions?state=planned", "sure", sure, "row", a, "row", b, arena_printf(arena, "name-%s", a),
			    "Prevent awareness, <soon>", NULL);
}

static void the_list_offers_it(void)
{
	open_product();
	const char *planned = schedule("2026-11-27T14:00", "125406"), *confirmed = schedule("2026-11-28T14:00", "125406");

	CHECK_OK(move(ROLE_COORDINATOR, "confirm-session", confirmed).err);
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");

	CHECK(answer_has(&a, "value=\"confirm-session\""));
	CHECK(answer_has(&a, arena_printf(arena, "name=\"row\" value=\"%s\"", planned)));
	CHECK(!answer_has(&a, arena_printf(arena, "name=\"row\" value=\"%s\"", confirmed)));
	a = harness_get(h, ROLE_AUDITOR, "/training/sessions");
	CHECK(!answer_has(&a, "confirm-session"));
	CHECK(!answer_has(&a, "name=\"row\""));
	close_product();
}

static void a_preview_changes_nothing(void)
{
	open_product();
	const char *planned = schedule("2026-11-27T14:00", "125406"), *confirmed = schedule("2026-11-28T14:00", "125406");

	CHECK_OK(move(ROLE_COORDINATOR, "confirm-session", confirmed).err);
	int64_t before = audited();
	struct answer a = ask(ROLE_COORDINATOR, "", planned, confirmed);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Confirm these sessions?"));
	CHECK(answer_has(&a, "Will be changed (1)"));
	CHECK(answer_has(&a, "Prevent awareness, &lt;soon&gt;</li>"));
	CHECK(answer_has(&a, "Will stay as they are (1)"));
	CHECK(answer_has(&a, arena_printf(arena, "name=\"row\" value=\"%s\"", planned)));
	CHECK(!answer_has(&a, arena_printf(arena, "name=\"row\" value=\"%s\"", confirmed)));
	CHECK(answer_has(&a, "href=\"/training/sessions?state=planned\""));
	CHECK_TEXT(state_of(planned), "planned");
	CHECK_INT(audited(), before);
	close_product();
}

static void the_refused_do_not_keep_back_the_others(void)
{
	open_product();
	const char *one = schedule("2026-11-27T14:00", "125406"), *two = schedule("2026-11-28T14:00", "125406");
	const char *cancelled = schedule("2026-11-29T14:00", "125406");

	CHECK_OK(move(ROLE_COORDINATOR, "cancel-session", cancelled).err);
	int64_t before = audited();
	struct answer a = ask(ROLE_COORDINATOR, "yes", cancelled, one);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "1 confirmed"));
	CHECK(answer_has(&a, "Left as they are (1)"));
	CHECK_TEXT(state_of(one), "confirmed");
	CHECK_TEXT(state_of(cancelled), "cancelled");
	CHECK_INT(audited(), before + 1);
	a = ask(ROLE_COORDINATOR, "yes", two, "NOSUCH");
	CHECK(answer_has(&a, "It is no longer there"));
	CHECK_TEXT(state_of(two), "confirmed");
	close_product();
}

/* Each row is asked as if it were alone: who may not change one cannot change it among others. */
static void nobody_reaches_further_by_it(void)
{
	open_product();
	const char *s = schedule("2026-11-27T14:00", "125406");
	static const enum role roles[] = { ROLE_SCHOOL_LEAD, ROLE_COUNCILLOR, ROLE_AUDITOR, ROLE_ADMINISTRATOR };

	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		struct answer a = ask(roles[i], "yes", s, s);

		CHECK_INT(a.status, 200);
		CHECK(answer_has(&a, "Nothing was changed"));
		CHECK_TEXT(state_of(s), "planned");
	}
	CHECK_INT(ask(ROLE_NOBODY, "yes", s, s).status, 403); /* signed out: what was sent is kept */
	CHECK_TEXT(state_of(s), "planned");
	close_product();
}

static void what_cannot_be_done_is_said(void)
{
	open_product();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/several", "list", "sessions", "action", "confirm-session", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "select one or more rows"));
	a = harness_post(h, ROLE_COORDINATOR, "/several", "list", "sessions", "action", "cancel-session", "row", "X", NULL);
	CHECK_INT(a.status, 422); /* this list does not declare it */
	a = harness_post(h, ROLE_COORDINATOR, "/several", "list", "sessions", "action", "confirm-session", "row", "X", "back",
			 "//evil.example", NULL);
	CHECK(!answer_has(&a, "evil"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(the_list_offers_it),
		TEST(a_preview_changes_nothing),
		TEST(the_refused_do_not_keep_back_the_others),
		TEST(nobody_reaches_further_by_it),
		TEST(what_cannot_be_done_is_said),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
