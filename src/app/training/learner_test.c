/* Schools served, people trained, what is missing: through the whole house. */
#include "app/training/training_test.h"
#include "db/engine.h"

/* ---- schools served ---- */

static void schools_are_recounted(void)
{
	int64_t wrong, rows;
	const char *first;

	open_product();
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "Ada Fern,,125404\nBen Hale,,125404\nCy Webb,,125406\n").problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	CHECK_INT(served(s, OAK, &rows), 2);
	CHECK_INT(import(s, "Dee Ash,,125404\n").problems.n, 0);
	CHECK_INT(served(s, OAK, &rows), 3);
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &first));
	CHECK_INT(wrong, 0);
	/* somebody meddles with the store: the check finds it */
	const struct session_arg args = { .authority_id = harness_authority(h),
					  .session_id = session_of(s).id };

	CHECK_OK(sql_session_school_clear(harness_db(h), &args, NULL));
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &first));
	CHECK_INT(wrong, 2);
	CHECK(strstr(first, s) != NULL);
	move(ROLE_COORDINATOR, "cancel-session", s);
	CHECK_INT(served(s, OAK, &rows), -1); /* a cancelled session has trained nobody */
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &first));
	CHECK_INT(wrong, 0);
	close_product();
}

/* The list of those who attended as it should not be: NULL: none. */
static int64_t wrong_with(const char *s, const struct session_arg *args, const char *people)
{
	const struct people_list list = { .session_id = args->session_id, .sector = "school", .people = people };
	const char *first = "";
	int64_t wrong = -1;

	CHECK_OK(sql_session_people_clear(harness_db(h), args, NULL));
	if (people != NULL) {
		CHECK_OK(sql_session_people_add(harness_db(h), &list, NULL));
	}
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &first));
	CHECK(wrong == 0 || strstr(first, s) != NULL);
	return wrong;
}

/* What a session counts for follows its attendance and feedback; the check finds what was meddled with. */
static void counts_follow_and_are_checked(void)
{
	struct person_attended *people;
	const char *first;
	int64_t wrong;
	size_t n;

	open_product();
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "Ada Fern,,125404\nBen Hale,,125404\nCy Webb,,125404,,,no-show\n").problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	const struct session_arg args = { .authority_id = harness_authority(h), .session_id = session_of(s).id };

	CHECK_OK(sql_session_people_attended(arena, harness_db(h), &args, &people, &n));
	CHECK_INT(n, 0); /* not before it was delivered */
	move(ROLE_TRAINER, "deliver-session", s);
	CHECK_OK(sql_session_people_attended(arena, harness_db(h), &args, &people, &n));
	CHECK_INT(n, 2);
	harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", session_of(s).feedback_code, "ticket", "t1", "understanding",
			  "agree", NULL);
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &first));
	CHECK_INT(wrong, 0);
	const long long ada = (long long)people[0].learner_id, ben = (long long)people[1].learner_id;

	CHECK_INT(wrong_with(s, &args, NULL), 1);
	CHECK_INT(wrong_with(s, &args, arena_printf(arena, "%lld", ada)), 1);
	CHECK_INT(wrong_with(s, &args, arena_printf(arena, "%lld,%lld9", ada, ben)), 1);
	CHECK_INT(wrong_with(s, &args, arena_printf(arena, "%lld,%lld,999999", ada, ben)), 1);
	CHECK_INT(wrong_with(s, &args, arena_printf(arena, "%lld,%lld", ben, ada)), 0);
	CHECK_OK(sql_session_tally_clear(harness_db(h), &args, NULL));
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &first));
	CHECK_INT(wrong, 1);
	move(ROLE_COORDINATOR, "cancel-session", s);
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &first));
	CHECK_INT(wrong, 0);
	close_product();
}

static void a_school_lead_sees_their_own(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");
	size_t n;

	CHECK_INT(import(s, "Ada Fern,,125404\nCy Webb,,125406\n").problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	harness_school(h, OAK);
	struct answer a = harness_get(h, ROLE_SCHOOL_LEAD, "/schools/125404/training");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Ada Fern"));
	CHECK(answer_has(&a, "20 November 2026"));
	CHECK(!answer_has(&a, "Cy Webb"));
	CHECK(!answer_has(&a, "/training/sessions/")); /* sessions are not theirs to open */
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, "/schools/125406/training").status, 404);
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/training/learners");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Ada Fern"));
	CHECK(!answer_has(&a, "Cy Webb"));
	const struct attendance_line *rows = list_of(s, &n);

	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD,
			      arena_printf(arena, "/training/learners/%s", rows[0].learner))
			  .status,
		  200);
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD,
			      arena_printf(arena, "/training/learners/%s", rows[1].learner))
			  .status,
		  404);
	/* who keeps accounts may know that a school was served, not by whose attendance */
	a = harness_get(h, ROLE_ADMINISTRATOR, "/schools/125404/training");
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "Ada Fern"));
	/* an auditor takes samples of the records themselves (domain reference 2.4) */
	a = harness_get(h, ROLE_AUDITOR, "/schools/125404/training");
	CHECK(answer_has(&a, "Ada Fern"));
	CHECK_INT(harness_get(h, ROLE_AUDITOR,
			      arena_printf(arena, "/training/learners/%s", rows[0].learner))
			  .status,
		  200);
	close_product();
}

/* ---- people ---- */

static void found_by_name(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "Zo\xc3\xab Hart,,125404\nBen Hale,,125404\n").problems.n, 0);
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/learners?find=zoe");

	CHECK(answer_has(&a, "Zo\xc3\xab Hart"));
	CHECK(!answer_has(&a, "Ben Hale"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/learners?find=HART");
	CHECK(answer_has(&a, "Zo\xc3\xab Hart"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/learners");
	CHECK(answer_has(&a, "Ben Hale"));
	close_product();
}

static void set(const char *what, const char *name_fold)
{
	CHECK_OK(harness_db(h)->engine->script(harness_db(h), arena_printf(arena, "UPDATE learner SET %s WHERE name_fold LIKE '%s'",
									     what, name_fold)));
}

/* peers 4.1, CASA: rows only where something is absent, each field OK or MISSING, the header alone
 * when there is nothing, nothing of another organisation. */
static void what_is_missing(void)
{
	open_product();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/missing.csv");

	CHECK_INT(a.status, 200);
	CHECK_INT(answer_count(&a, "\n"), 1);
	CHECK(answer_has(&a, "Work email,School or organisation,Job,Sector"));
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,125404,Teacher,school\nBen Hale,,Oxted "
			    "Clinic,Nurse,health\n"
			    "Cy Webb\n")
			  .problems.n,
		  0);
	struct learner stranger = { .authority_id = harness_authority(h),
				    .reference = "STRANGER",
				    .name = "Not Ours",
				    .name_fold = "not ours",
				    .sector = SECTOR_NOT_KNOWN };
	const struct authority elsewhere = { .name = "Elsewhere Council",
					     .code = "937",
					     .accent = "#1d70b8" };
	struct id_row id;

	CHECK_OK(sql_harness_authority_add(arena, harness_db(h), &elsewhere, &id));
	stranger.authority_id = id.id;
	CHECK_OK(sql_learner_add(harness_db(h), &stranger, 1));
	a = harness_get(h, ROLE_COORDINATOR, "/training/missing.csv");
	CHECK_INT(answer_count(&a, "\n"), 4);
	CHECK(answer_has(&a, ",OK,OK,OK,OK,MISSING,OK\r\n")); /* Ada: what she does */
	set("audience = 'health'", "%");
	a = harness_get(h, ROLE_COORDINATOR, "/training/missing.csv");
	CHECK_INT(answer_count(&a, "\n"), 3);
	CHECK(!answer_has(&a, "Ada Fern"));
	CHECK(!answer_has(&a, "Not Ours"));
	CHECK(answer_has(&a, ",MISSING,OK,OK,OK,OK,OK\r\n")); /* Ben: e-mail */
	CHECK(answer_has(&a,
			 ",MISSING,MISSING,MISSING,MISSING,OK,OK\r\n")); /* Cy: nothing but a name */
	close_product();
}

/* A foster carer has no school to name, a volunteer no job; who has left is asked for nothing. */
static void what_is_asked_of_whom(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,,,foster-carers\nBen Hale,ben@oak.example.org,Oxted Clinic,,health\n"
			    "Cy Webb,cy@oak.example.org,,,health\nDee Ash,,,,health\n")
			  .problems.n,
		  0);
	set("audience = 'foster-carers', standing = 'foster-carer'", "ada fern");
	set("audience = 'health', standing = 'volunteer'", "ben hale");
	set("audience = 'health', standing = 'volunteer'", "cy webb");
	set("ended_on = '2026-11-22'", "dee ash");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/missing.csv");

	CHECK_INT(answer_count(&a, "\n"), 2);
	CHECK(answer_has(&a, "Cy Webb"));
	CHECK(answer_has(&a, ",volunteer,OK,MISSING,OK,OK,OK,OK\r\n"));
	close_product();
}

/* Booked at a session that was delivered: did they come? Each sees whom they may see. */
static void whether_they_came(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "name,email,school,job,sector,state\nAda Fern,ada@oak.example.org,125404,Teacher,school,booked\n"
			    "Ben Hale,ben@oak.example.org,125404,Teacher,school,attended\n")
			  .problems.n,
		  0);
	set("audience = 'school-staff'", "%");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/missing.csv");

	CHECK_INT(answer_count(&a, "\n"), 1);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	harness_school(h, OAK);
	static const enum role roles[] = { ROLE_COORDINATOR, ROLE_TRAINER, ROLE_SCHOOL_LEAD };

	for (size_t i = 0; i < 3; i++) {
		a = harness_get(h, roles[i], "/training/missing.csv");
		CHECK_INT(answer_count(&a, "\n"), 2);
		CHECK(answer_has(&a, ",OK,OK,OK,OK,OK,MISSING\r\n"));
	}
	set("email = NULL", "ben hale");
	for (size_t i = 0; i < 3; i++) {
		a = harness_get(h, roles[i], "/training/missing.csv");
		CHECK_INT(answer_count(&a, "\n"), 3);
		CHECK(strstr(a.body, "Ada Fern") < strstr(a.body, "Ben Hale"));
	}
	harness_school(h, HEATH);
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/training/missing.csv");
	CHECK_INT(answer_count(&a, "\n"), 1);
	close_product();
}

/* A rule that goes by its course, and the course says nothing. */
static void rules_without_a_period(void)
{
	open_product();
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-need", "course", course_ref, "audience", "governors", "newcomer_days", "30",
					     NULL);

	CHECK_OK(o.err);
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/missing");

	CHECK(answer_has(&a, "Prevent awareness: Governors"));
	a = harness_get(h, ROLE_TRAINER, "/training/missing");
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "Governors"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(schools_are_recounted), TEST(counts_follow_and_are_checked),
					     TEST(a_school_lead_sees_their_own),
					     TEST(found_by_name), TEST(what_is_missing),
					     TEST(what_is_asked_of_whom), TEST(whether_they_came),
					     TEST(rules_without_a_period), TEST_END };

	return test_main(argc, argv, tests);
}
