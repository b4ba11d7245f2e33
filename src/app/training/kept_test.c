/* What a person keeps for themselves: drafts of long forms, views of lists. */
#include "app/training/training_test.h"
#include "core/form.h"

static const char *course_path(void)
{
	return arena_printf(arena, "/training/courses/%s/edit", course_ref);
}

static struct answer put_aside(enum role role, const char *quiet)
{
	return harness_post(h, role, "/drafts", "_page", course_path(), "_action", course_path(), "_version", "1", "_was-title",
			    "Prevent awareness", "title", "Half a title", "objectives", "Know the \"signs\"\n& act", quiet, "yes",
			    NULL);
}

static void a_long_form_is_put_aside(void)
{
	open_product();
	struct answer a = harness_get(h, ROLE_COORDINATOR, course_path());

	CHECK(answer_has(&a, "Save and come back later"));
	CHECK(answer_has(&a, "data-app-draft"));
	a = put_aside(ROLE_COORDINATOR, "_");
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_COORDINATOR, a);
	CHECK(answer_has(&a, "Draft saved"));
	CHECK(answer_has(&a, "Unfinished: Change a course, draft from 24 November 2026 at 9am"));
	a = harness_get(h, ROLE_COORDINATOR, course_path());
	CHECK(answer_has(&a, "You have an unsaved draft from 24 November 2026 at 9am."));
	CHECK(!answer_has(&a, "Half a title"));
	CHECK(!answer_has(&a, "data-app-draft")); /* nothing typed now takes its place by itself */
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "%s?draft=continue", course_path()));
	CHECK(answer_has(&a, "value=\"Half a title\""));
	CHECK(answer_has(&a, "Know the &quot;signs&quot;\n&amp; act") || answer_has(&a, "Know the \"signs\"\n&amp; act"));
	CHECK(answer_has(&a, "name=\"_was-title\" value=\"Prevent awareness\""));
	CHECK(!answer_has(&a, "You have an unsaved draft"));
	close_product();
}

/* By nobody else, not even who has the same page open. */
static void a_draft_is_one_persons(void)
{
	open_product();
	CHECK_INT(put_aside(ROLE_COORDINATOR, "_").status, 303);
	struct answer a = harness_get(h, ROLE_TRAINING_OFFICER, arena_printf(arena, "%s?draft=continue", course_path()));

	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "Half a title"));
	CHECK(!answer_has(&a, "unsaved draft"));
	CHECK_INT(put_aside(ROLE_AUDITOR, "_").status, 422); /* may not change a course */
	CHECK_INT(put_aside(ROLE_NOBODY, "_").status, 403);  /* the page keeps it until somebody signs in */
	close_product();
}

static void it_goes_when_the_form_is_sent_or_it_is_discarded(void)
{
	open_product();
	struct answer a = put_aside(ROLE_COORDINATOR, "_quiet");

	CHECK_INT(a.status, 303);
	CHECK_TEXT(pairs_get(&a.headers, "Set-Cookie"), NULL); /* nothing is said on the next page */
	a = harness_post(h, ROLE_COORDINATOR, course_path(), "_page", course_path(), "_version", "0", "title", "x", NULL);
	CHECK(a.status != 303);
	a = harness_get(h, ROLE_COORDINATOR, course_path());
	CHECK(answer_has(&a, "unsaved draft")); /* refused: it stays */
	const char *version = answer_between(h, &a, "name=\"_version\" value=\"", "\"");

	a = harness_post(h, ROLE_COORDINATOR, course_path(), "_page", course_path(), "_version", version, "title", "A whole title",
			 "provider", "council", "delivery", "face-to-face", "duration_minutes", "90", NULL);
	CHECK_INT(a.status, 303);
	a = harness_get(h, ROLE_COORDINATOR, course_path());
	CHECK(!answer_has(&a, "unsaved draft"));
	CHECK_INT(put_aside(ROLE_COORDINATOR, "_").status, 303);
	a = harness_post(h, ROLE_COORDINATOR, "/drafts/discard", "_page", course_path(), NULL);
	CHECK_TEXT(a.location, course_path());
	a = harness_get(h, ROLE_COORDINATOR, course_path());
	CHECK(!answer_has(&a, "unsaved draft"));
	close_product();
}

static void it_goes_after_thirty_days(void)
{
	open_product();
	CHECK_INT(put_aside(ROLE_COORDINATOR, "_").status, 303);
	harness_now(h, instant_of_local((struct date){ 2026, 12, 24 }, 8, 0));
	struct answer a = harness_get(h, ROLE_COORDINATOR, course_path());

	CHECK(answer_has(&a, "unsaved draft") || a.status == 303); /* the login may have ended; the draft has not */
	CHECK_OK(db_begin(harness_db(h)));
	CHECK_OK(drafts_sweep(harness_db(h), instant_of_local((struct date){ 2026, 12, 24 }, 8, 0)));
	CHECK_OK(db_commit(harness_db(h)));
	harness_now(h, instant_of_local((struct date){ 2026, 11, 24 }, 9, 0));
	a = harness_get(h, ROLE_COORDINATOR, course_path());
	CHECK(answer_has(&a, "unsaved draft"));
	CHECK_OK(db_begin(harness_db(h)));
	CHECK_OK(drafts_sweep(harness_db(h), instant_of_local((struct date){ 2026, 12, 25 }, 9, 0)));
	CHECK_OK(db_commit(harness_db(h)));
	a = harness_get(h, ROLE_COORDINATOR, course_path());
	CHECK(!answer_has(&a, "unsaved draft"));
	close_product();
}

static void only_pages_of_ours_are_kept(void)
{
	open_product();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/drafts", "_page", "//evil.example", "_action", course_path(), "title",
				       "x", NULL);

	CHECK_INT(a.status, 422);
	a = harness_post(h, ROLE_COORDINATOR, "/drafts", "_page", "/account/password", "_action", "/sign-in", "password", "x", NULL);
	CHECK_INT(a.status, 422);
	CHECK(!answer_has(&a, "name=\"password\""));
	close_product();
}

static struct answer save_view_as(enum role role, const char *query, const char *name)
{
	return harness_post(h, role, "/views", "list", "sessions", "query", query, "view_name", name, NULL);
}

static void a_view_is_an_address_of_ones_own(void)
{
	open_product();
	struct answer a = save_view_as(ROLE_COORDINATOR, "?state=planned&find=Ada+Quarmby&evil=1&sort=latest", "To confirm");

	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, "/training/sessions?state=planned&sort=latest"); /* words searched for may be a name */
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");
	CHECK(answer_has(&a, "href=\"/training/sessions?state=planned&amp;sort=latest\""));
	CHECK(answer_has(&a, ">To confirm</a>"));
	CHECK(answer_has(&a, "Save this view"));
	a = harness_get(h, ROLE_TRAINING_OFFICER, "/training/sessions");
	CHECK(!answer_has(&a, "To confirm"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/courses");
	CHECK(!answer_has(&a, "To confirm"));
	a = save_view_as(ROLE_COORDINATOR, "?state=confirmed", "To confirm"); /* the same name: it is another view now */
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");
	CHECK(answer_has(&a, "href=\"/training/sessions?state=confirmed\""));
	CHECK_INT(answer_count(&a, ">To confirm</a>"), 1);
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/views/remove", "list", "sessions", "view_name", "To confirm", NULL);
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");
	CHECK(answer_has(&a, "To confirm"));
	a = harness_post(h, ROLE_COORDINATOR, "/views/remove", "list", "sessions", "view_name", "To confirm", NULL);
	CHECK_TEXT(a.location, "/training/sessions");
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");
	CHECK(!answer_has(&a, "To confirm"));
	close_product();
}

static void what_is_wrong_with_a_view_is_said(void)
{
	open_product();
	struct answer a = save_view_as(ROLE_COORDINATOR, "?state=planned", "");

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Enter a name for the view"));
	CHECK(answer_has(&a, "name=\"query\" value=\"?state=planned\""));
	CHECK_INT(save_view_as(ROLE_COUNCILLOR, "", "Mine").status, 404); /* whose list it is not */
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(a_long_form_is_put_aside),
		TEST(a_draft_is_one_persons),
		TEST(it_goes_when_the_form_is_sent_or_it_is_discarded),
		TEST(it_goes_after_thirty_days),
		TEST(only_pages_of_ours_are_kept),
		TEST(a_view_is_an_address_of_ones_own),
		TEST(what_is_wrong_with_a_view_is_said),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
