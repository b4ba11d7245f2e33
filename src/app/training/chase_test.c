/* Lists of people to remind: made by a person, ticked off by a person, nothing sent. Today is 24 November 2026. */
#include "app/training/chase.h"
#include "app/training/chase.sql.h"
#include "app/training/training_test.h"
#include "db/engine.h"

static const char *need_ref;

/* Two foster carers overdue, one in date. */
static void open_with_rule(void)
{
	open_product();
	const char *s = schedule("2024-11-20T14:00", "");

	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,125404\nBen Hale,ben@oak.example.org,125404\n").problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	s = schedule("2026-10-05T14:00", "");
	CHECK_INT(import(s, "Cy Webb,cy@oak.example.org,125406\n").problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	CHECK_OK(harness_db(h)->engine->script(harness_db(h), "UPDATE learner SET audience = 'foster-carers'"));
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-need", "course", course_ref, "audience", "foster-carers", "months", "24",
					     "newcomer_days", "30", "from_on", "2026-01-01", NULL);

	CHECK_OK(o.err);
	need_ref = o.reference;
	while (harness_jobs(h) > 0) {
	}
}

static const char *learner_called(const char *name)
{
	const struct learner_args args = { .authority_id = harness_authority(h), .name_fold = name };
	struct learner *rows;
	size_t n;

	CHECK_OK(sql_learners_named(arena, harness_db(h), &args, &rows, &n));
	return CHECK_INT(n, 1) ? rows[0].reference : "";
}

static struct answer make(enum role role, const char *one, const char *two)
{
	return harness_post(h, role, "/training/chase/new", "need", need_ref, "people", one, "people", two, "subject", "Your training is due",
			    "letter", "Dear colleague", NULL);
}

static const char *state_said(const char *chase, const char *name)
{
	struct answer a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/chased.csv?chase=%s", chase));
	const char *at = strstr(a.body, name);

	CHECK_INT(a.status, 200);
	for (int state = CHASE_TO_TELL; at != NULL && state <= CHASE_TRAINED; state++) {
		const char *label = words_label(&chase_state_words, state);
		const char *found = strstr(at, label);

		if (found != NULL && found < at + strcspn(at, "\r")) {
			return label;
		}
	}
	return "not on the list";
}

static void only_who_is_due_is_offered(void)
{
	open_with_rule();
	struct answer a = harness_get(h, ROLE_TRAINING_OFFICER, arena_printf(arena, "/training/chase/new?need=%s", need_ref));

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Ada Fern"));
	CHECK(answer_has(&a, "Ben Hale"));
	CHECK(!answer_has(&a, "Cy Webb"));
	CHECK(answer_has(&a, "Nothing is sent by this service"));
	a = harness_get(h, ROLE_TRAINING_OFFICER, "/training/chase/new");
	CHECK(answer_has(&a, "Which course, and who needs it?"));
	a = harness_get(h, ROLE_TRAINING_OFFICER, arena_printf(arena, "/training/chase/new?need=%s&urn=125406", need_ref));
	CHECK(answer_has(&a, "Nobody is overdue or due"));
	harness_close(&h);
}

static void nobody_chosen_keeps_what_was_typed(void)
{
	open_with_rule();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/training/chase/new", "need", need_ref, "subject", "A subject of mine", "letter",
				       "Dear all of you", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Select at least one person"));
	CHECK(answer_has(&a, "A subject of mine"));
	CHECK(answer_has(&a, "Dear all of you"));
	CHECK(answer_has(&a, "Ada Fern"));
	close_product();
}

static void told_booked_trained(void)
{
	open_with_rule();
	const char *ada = learner_called("ada fern"), *ben = learner_called("ben hale");
	struct answer a = make(ROLE_COORDINATOR, ada, ben);

	CHECK_INT(a.status, 303);
	const char *path = arena_strdup(arena, a.location);
	const char *chase = arena_strndup(arena, strrchr(path, '/') + 1, 6);

	CHECK_TEXT(state_said(chase, "Ada Fern"), "To tell");
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/chase/%s/told", chase), "people", ada, NULL);
	CHECK_INT(a.status, 303);
	CHECK_TEXT(state_said(chase, "Ada Fern"), "Told");
	CHECK_TEXT(state_said(chase, "Ben Hale"), "To tell");
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/chase/%s/not-told", chase), "people", ada, NULL);
	CHECK_TEXT(state_said(chase, "Ada Fern"), "To tell");
	const char *s = schedule("2026-12-10T14:00", "");

	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,125404\n").problems.n, 0);
	CHECK_TEXT(state_said(chase, "Ada Fern"), "Booked since");
	s = schedule("2026-11-24T08:00", "");
	CHECK_INT(import(s, "Ben Hale,ben@oak.example.org,125404\n").problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	CHECK_TEXT(state_said(chase, "Ben Hale"), "Trained since");
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/chased.csv?chase=%s&state=trained", chase));
	CHECK_INT(answer_count(&a, "\n"), 2);
	a = harness_get(h, ROLE_COORDINATOR, "/training/chase");
	CHECK(answer_has(&a, chase));
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/chase/%s", chase));
	CHECK(answer_has(&a, "Booked for 10 Dec 2026"));
	CHECK(answer_has(&a, "Trained 24 Nov 2026"));
	close_product();
}

static void the_day_of_telling(void)
{
	open_with_rule();
	const char *ada = learner_called("ada fern");
	struct answer a = make(ROLE_COORDINATOR, ada, ada); /* named twice stands once */
	const char *path = arena_strdup(arena, a.location);

	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/chased.csv?chase=%.6s", strrchr(path, '/') + 1));
	CHECK_INT(answer_count(&a, "\n"), 2);
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/chase/%.6s/told", strrchr(path, '/') + 1), "people", ada,
			 "told_on-day", "23", "told_on-month", "11", "told_on-year", "2026", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "The day must be between the day of the list"));
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/chase/%.6s/told", strrchr(path, '/') + 1), NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Select at least one person"));
	close_product();
}

/* Somebody whom the rule does not touch is not put on its list, whatever the form says; and nobody else sees a list. */
static void nobody_else(void)
{
	open_with_rule();
	CHECK_OK(harness_db(h)->engine->script(harness_db(h), "DELETE FROM person_need WHERE name_fold = 'ben hale'"));
	struct answer a = make(ROLE_COORDINATOR, learner_called("ben hale"), "ZZZZZZ");

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "not due by this rule any more"));
	a = make(ROLE_COORDINATOR, learner_called("ada fern"), "ZZZZZZ");
	CHECK_INT(a.status, 303);
	const char *path = arena_strndup(arena, a.location, strcspn(a.location, "?"));
	static const enum role refused[] = { ROLE_TRAINER, ROLE_SCHOOL_LEAD, ROLE_AUDITOR, ROLE_ADMINISTRATOR, ROLE_COUNCILLOR };

	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		CHECK_INT(harness_get(h, refused[i], path).status, 403);
	}
	close_product();
}

static void today_says_how_many(void)
{
	open_with_rule();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/");

	CHECK(answer_has(&a, "2 training needs overdue"));
	harness_school(h, HEATH);
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/");
	CHECK(!answer_has(&a, "overdue"));
	harness_school(h, OAK);
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/");
	CHECK(answer_has(&a, "2 training needs overdue"));
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/schools/125404/training");
	CHECK(answer_has(&a, "Training in date: 0 of 2"));
	a = harness_get(h, ROLE_AUDITOR, "/");
	CHECK(!answer_has(&a, "training overdue"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/due");
	CHECK(answer_has(&a, "Make a list of people to remind"));
	struct in_date counts[AUDIENCES];

	CHECK_OK(need_in_date(arena, harness_db(h), harness_authority(h), (struct date){ 2026, 11, 24 }, counts));
	CHECK_INT(counts[0].in_date, 1);
	CHECK_INT(counts[0].required, 3);
	CHECK_INT(counts[AUDIENCE_GOVERNORS].required, 0);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(only_who_is_due_is_offered), TEST(nobody_chosen_keeps_what_was_typed),
					     TEST(told_booked_trained),	       TEST(the_day_of_telling),
					     TEST(nobody_else),		       TEST(today_says_how_many),
					     TEST_END };

	return test_main(argc, argv, tests);
}
