/* Accreditation through the whole house: every move from every state by every role, and who may be named on a session. */
#include "app/training/trainer.h"
#include "app/training/trainer.sql.h"
#include "app/training/training_test.h"
#include "core/harness_inside.h"

static const char *one_text(struct outcome o)
{
	CHECK_TEXT(told(&o), "");
	return o.reference == NULL ? "" : arena_strdup(arena, o.reference);
}

static struct accreditation trainer_called(const char *reference)
{
	const struct reference_arg key = { harness_authority(h), reference };
	struct accreditation x = { 0 };
	bool found;

	CHECK_OK(sql_accreditation_find(arena, harness_db(h), &key, &x, &found));
	CHECK(found);
	return x;
}

static const char *version_of(const char *reference)
{
	return arena_printf(arena, "%lld", (long long)trainer_called(reference).version);
}

static const char *state_now(const char *reference)
{
	struct accreditation x = trainer_called(reference);

	return words_word(&accreditation_state_words,
			  accreditation_on(x.state, x.expires_on, (struct date){ 2026, 11, 24 }));
}

static struct outcome ask(enum role role, const char *operation, const char *reference, const char *name, const char *value,
			  const char *name2, const char *value2)
{
	return harness_operation(h, role, operation, "{trainer}", reference, "_version", version_of(reference), name, value, name2,
				 value2, NULL);
}

static struct outcome apply_for(const char *name, const char *account)
{
	return harness_operation(h, ROLE_SYSTEM, "add-trainer", "name", name, "account", account, "accreditation", "wrap", NULL);
}

/* A trainer without an account, in that state on 24 November 2026. */
static const char *trainer_in(const char *state, const char *name)
{
	const char *t;

	harness_now(h, instant_of_local((struct date){ 2026, 11, 1 }, 9, 0));
	t = one_text(apply_for(name, ""));
	if (!text_same(state, "applied")) {
		one_text(ask(ROLE_SYSTEM, "accredit-trainer", t, "accredited_on", "2026-10-01", "expires_on",
			     text_same(state, "lapsed") ? "2026-11-23" : "2026-11-24"));
	}
	if (text_same(state, "withdrawn")) {
		one_text(harness_operation(h, ROLE_SYSTEM, "withdraw-trainer", "{trainer}", t, "_version", version_of(t), "reason",
					   "Left", NULL));
	}
	harness_now(h, instant_of_local((struct date){ 2026, 11, 24 }, 9, 0));
	CHECK_TEXT(state_now(t), state);
	return t;
}

static struct outcome make_move(enum role role, size_t m, const char *reference)
{
	switch (m) {
	case 0:
		return harness_operation(h, role, "accredit-trainer", "{trainer}", reference, "_version", version_of(reference),
					 "accredited_on", role == ROLE_SYSTEM ? "2026-11-24" : "", "accredited_on-day", "24",
					 "accredited_on-month", "11", "accredited_on-year", "2026", NULL);
	case 1:
		return harness_operation(h, role, "renew-trainer", "{trainer}", reference, "_version", version_of(reference),
					 "expires_on-day", "1", "expires_on-month", "12", "expires_on-year", "2027", NULL);
	default:
		return harness_operation(h, role, "withdraw-trainer", "{trainer}", reference, "_version", version_of(reference),
					 "reason", "Left", NULL);
	}
}

/* Domain reference 3.11: APPLIED -> ACTIVE -> LAPSED / WITHDRAWN, moved by the co-ordinator. Renewing brings back what has
 * lapsed; an application may be turned down; withdrawn is an end. */
static void every_move_from_every_state_by_every_role(void)
{
	static const char *const states[] = { "applied", "active", "lapsed", "withdrawn" };
	static const char *const after[4][3] = {
		/* accredit, renew, withdraw */
		{ "active", "", "withdrawn" },
		{ "", "active", "withdrawn" },
		{ "", "active", "withdrawn" },
		{ "", "", "" },
	};
	int tried = 0;

	open_product();
	for (size_t s = 0; s < 4; s++) {
		for (size_t m = 0; m < 3; m++) {
			for (int role = ROLE_NOBODY; role < ROLE_SYSTEM; role++) {
				const char *t = trainer_in(states[s], arena_printf(arena, "T %d", tried++));
				int64_t version = trainer_called(t).version;
				bool may = role == ROLE_COORDINATOR;
				bool goes = may && after[s][m][0] != '\0';
				struct outcome o = make_move((enum role)role, m, t);

				CHECK_TEXT(state_now(t), goes ? after[s][m] : states[s]);
				CHECK_INT(trainer_called(t).version, version + (goes ? 1 : 0));
				CHECK_INT(told(&o)[0] == '\0', goes); /* refused with the reason */
			}
		}
	}
	CHECK_INT(tried, 4 * 3 * 8);
	close_product();
}

static void added_by_the_coordinator_only(void)
{
	open_product();
	CHECK_INT(harness_get(h, ROLE_TRAINING_OFFICER, "/training/trainers/new").status, 403);
	CHECK_INT(harness_get(h, ROLE_TRAINING_OFFICER, "/training/trainers").status, 200);
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/training/trainers/new", "name", "Wanda Sykes-Orme", "account", "",
				       "provider", "", "accreditation", "home-office", "topics", "Online harms", "languages",
				       "Welsh, English", NULL);

	CHECK_INT(a.status, 303);
	const char *page = arena_strdup(arena, a.location);

	a = harness_get(h, ROLE_TRAINING_OFFICER, page);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Wanda Sykes-Orme"));
	CHECK(answer_has(&a, "Applied</strong>"));
	CHECK(!answer_has(&a, "Accredit this trainer"));
	CHECK_INT(harness_get(h, ROLE_TRAINER, page).status, 404); /* another's */
	a = harness_get(h, ROLE_COORDINATOR, page);
	CHECK(answer_has(&a, "Accredit this trainer"));
	CHECK(!answer_has(&a, "Renew the accreditation"));
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "%s/accredit", page), "_version", "1", "accredited_on-day", "25",
			 "accredited_on-month", "11", "accredited_on-year", "2026", "expires_on-day", "", "expires_on-month", "",
			 "expires_on-year", "", NULL);
	CHECK_INT(a.status, 422); /* not in the future */
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "%s/accredit", page), "_version", "1", "accredited_on-day", "24",
			 "accredited_on-month", "11", "accredited_on-year", "2026", "expires_on-day", "23", "expires_on-month",
			 "1", "expires_on-year", "2027", NULL);
	CHECK_INT(a.status, 303);
	a = harness_get(h, ROLE_COORDINATOR, "/");
	CHECK(answer_has(&a, "1 trainer’s accreditation lapses in the next 60 days"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/trainers?due=lapsing");
	CHECK(answer_has(&a, "Wanda Sykes-Orme"));
	CHECK(!answer_has(&a, harness_who(h, ROLE_TRAINER)->name));
	harness_now(h, instant_of_local((struct date){ 2027, 1, 24 }, 9, 0));
	a = harness_get(h, ROLE_COORDINATOR, "/training/trainers.csv?state=lapsed");
	CHECK(answer_has(&a, "Wanda Sykes-Orme"));
	a = harness_get(h, ROLE_COORDINATOR, page);
	CHECK(answer_has(&a, "Lapsed</strong>"));
	close_product();
}

/* A trainer sees the own record, and no other in the list. */
static void a_trainer_sees_the_own_record(void)
{
	open_product();
	one_text(apply_for("Wanda Sykes-Orme", ""));
	struct answer a = harness_get(h, ROLE_TRAINER, "/training/trainers");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, ">Rhys Calloway</a>"));
	CHECK(!answer_has(&a, "Wanda Sykes-Orme"));
	a = harness_get(h, ROLE_TRAINER, arena_printf(arena, "/training/trainers/%s", trainer_ref));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "No end"));
	close_product();
}

/* Renewed in time it goes on; after a lapse it begins anew, so that a day in between stays without. */
static void a_gap_stays_a_gap(void)
{
	open_product();
	const char *t = trainer_in("active", "In Time"), *late = trainer_in("lapsed", "Too Late");

	one_text(make_move(ROLE_COORDINATOR, 1, t));
	CHECK_INT(date_compare(trainer_called(t).accredited_on, (struct date){ 2026, 10, 1 }), 0);
	one_text(make_move(ROLE_COORDINATOR, 1, late));
	CHECK_INT(date_compare(trainer_called(late).accredited_on, (struct date){ 2026, 11, 24 }), 0);
	struct outcome o = make_move(ROLE_COORDINATOR, 1, late);

	CHECK(strstr(told(&o), "must be after 1 December 2027") != NULL);
	close_product();
}

/* The harness gives the accounts that train an accreditation without end; here is one that has none. */
static const char *account_without(const char *name)
{
	const struct harness_user user = { .authority_id = harness_authority(h),
					   .reference = "NEWTRN",
					   .email = "new.trainer@newbridge.example",
					   .name = name,
					   .role = ROLE_TRAINER };
	struct id_row made;

	CHECK_OK(sql_harness_user_add(arena, harness_db(h), &user, &made));
	return user.reference;
}

static const char *schedule_by(const char *account, const char *starts_at)
{
	return one_text(harness_operation(h, ROLE_SYSTEM, "schedule-session", "course", course_ref, "starts_at", starts_at, "venue",
					  "Town hall", "places", "30", "trainer", account, NULL));
}

/* Only ACTIVE may be named on a CONFIRMED session (domain reference 3.11), on the session's day. */
static void only_the_active_on_a_confirmed_session(void)
{
	open_product();
	const char *account = account_without("Nia Powell");
	const char *s = schedule_by(account, "2026-12-10T10:00");
	struct outcome o = move(ROLE_COORDINATOR, "confirm-session", s);
	struct answer a;

	CHECK(strstr(told(&o), "Nia Powell has no accreditation") != NULL);
	CHECK_TEXT(state_of(s), "planned");
	a = harness_get(h, ROLE_COORDINATOR, path_of(s, ""));
	CHECK(answer_has(&a, "Nia Powell has no accreditation"));
	CHECK(!answer_has(&a, "Confirm session"));
	const char *t = one_text(apply_for("Nia Powell", account));

	o = move(ROLE_COORDINATOR, "confirm-session", s);
	CHECK(strstr(told(&o), "not accredited yet") != NULL);
	one_text(ask(ROLE_SYSTEM, "accredit-trainer", t, "accredited_on", "2026-11-24", "expires_on", "2026-12-09"));
	o = move(ROLE_COORDINATOR, "confirm-session", s);
	CHECK(strstr(told(&o), "ends on 9 December 2026, before the session") != NULL);
	one_text(harness_operation(h, ROLE_SYSTEM, "renew-trainer", "{trainer}", t, "_version", version_of(t), "expires_on",
				   "2026-12-10", NULL));
	o = move(ROLE_COORDINATOR, "confirm-session", s);
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(state_of(s), "confirmed"); /* its last day is a day of it */
	const char *early = schedule_by(account, "2026-11-23T10:00");

	o = move(ROLE_COORDINATOR, "confirm-session", early);
	CHECK(strstr(told(&o), "accredited from 24 November 2026, after the session") != NULL);
	one_text(harness_operation(h, ROLE_SYSTEM, "withdraw-trainer", "{trainer}", t, "_version", version_of(t), "reason",
				   "Left", NULL));
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/trainers/%s", t));
	CHECK(answer_has(&a, "that name this trainer: 1"));
	o = move(ROLE_COORDINATOR, "confirm-session", schedule_by(account, "2026-12-01T10:00"));
	CHECK(strstr(told(&o), "was withdrawn") != NULL);
	close_product();
}

static struct outcome change_to(const char *s, const char *account, const char *starts_at)
{
	return harness_operation(h, ROLE_SYSTEM, "change-session", "{session}", s, "_version",
				 arena_printf(arena, "%lld", (long long)session_of(s).version), "starts_at", starts_at, "venue",
				 "Town hall", "places", "30", "trainer", account, NULL);
}

/* A confirmed session keeps to it when its trainer or its day changes; a planned one may name whom it likes. */
static void changing_a_confirmed_session(void)
{
	open_product();
	const char *account = account_without("Nia Powell");
	const char *s = schedule("2026-12-10T10:00", "");
	struct outcome o = change_to(s, account, "2026-12-10T10:00");

	CHECK_TEXT(told(&o), "");
	o = change_to(s, trainer_ref, "2026-12-10T10:00");
	CHECK_TEXT(told(&o), "");
	o = move(ROLE_COORDINATOR, "confirm-session", s);
	CHECK_TEXT(told(&o), "");
	o = change_to(s, account, "2026-12-10T10:00");
	CHECK(strstr(told(&o), "Nia Powell has no accreditation") != NULL);
	CHECK_TEXT(problem_of(&o.problems, "trainer"), told(&o));
	CHECK_TEXT(session_of(s).trainer, harness_who(h, ROLE_TRAINER)->name);
	o = change_to(s, trainer_ref, "2026-12-11T10:00");
	CHECK_TEXT(told(&o), "");
	close_product();
}

/* One account is one trainer, unless the former accreditation was withdrawn. */
static void one_record_an_account(void)
{
	open_product();
	const char *account = account_without("Nia Powell");
	const char *t = one_text(apply_for("Nia Powell", account));
	struct outcome o = apply_for("Nia Powell", account);

	CHECK(strstr(told(&o), "recorded as a trainer already") != NULL);
	one_text(harness_operation(h, ROLE_SYSTEM, "withdraw-trainer", "{trainer}", t, "_version", "1", "reason", "Left", NULL));
	o = apply_for("Nia Powell", account);
	CHECK_TEXT(told(&o), "");
	o = harness_operation(h, ROLE_SYSTEM, "change-trainer", "{trainer}", t, "_version", "2", "name", "N", "accreditation",
			      "wrap", NULL);
	CHECK(strstr(told(&o), "was withdrawn") != NULL);
	close_product();
}

/* One row of entries that a phone has room for; what stands under the open one is a second row, and nothing of it is
 * offered to whom it is closed. */
static void the_navigation_in_two_rows(void)
{
	open_product();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/trainers");

	CHECK(answer_count(&a, "moj-sub-navigation__link\"") <= 6); /* a row at 1280 px, less than a screen at 320 */
	CHECK(answer_has(&a, "__link\" aria-current=\"page\" href=\"/training/courses\">Courses</a>"));
	CHECK(answer_has(&a, "<nav class=\"app-beside\" aria-label=\"Courses\">"));
	CHECK(answer_has(&a, "aria-current=\"page\" href=\"/training/trainers\">Trainers</a>"));
	CHECK(answer_has(&a, "href=\"/training/due\">Who is due</a>") && !answer_has(&a, "Who needs what"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/due");
	CHECK(answer_has(&a, "href=\"/training/needs\">Who needs what</a>"));
	a = harness_get(h, ROLE_COUNCILLOR, "/training/courses");
	CHECK(!answer_has(&a, "app-beside") && !answer_has(&a, "/training/trainers"));
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/training/learners");
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "/training/courses") && !answer_has(&a, "href=\"/training/reviews"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_from_every_state_by_every_role),
					     TEST(added_by_the_coordinator_only),
					     TEST(a_trainer_sees_the_own_record),
					     TEST(a_gap_stays_a_gap),
					     TEST(only_the_active_on_a_confirmed_session),
					     TEST(changing_a_confirmed_session),
					     TEST(one_record_an_account),
					     TEST(the_navigation_in_two_rows), TEST_END };

	return test_main(argc, argv, tests);
}
