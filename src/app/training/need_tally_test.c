/* How many people are in date on any day: the steps of one person against every day looked at by itself, what is kept against
 * what the schema file works out (another program), and the check that finds a difference. Today is 24 November 2026. */
#include "app/training/need_tally.h"

#include "app/training/merge.h"
#include "app/training/need_counts.h"
#include "app/training/training_test.h"
#include "db/engine.h"
#include "db/migration.h"
#include "db/scratch.h"

/* ---- one person ---- */

static unsigned long chance = 20261124;

static int some(int n)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (int)((chance >> 33) % (unsigned long)n);
}

static const struct date first_day = { 2026, 1, 1 };

static struct date some_day(void)
{
	return date_add_days(first_day, some(100));
}

static struct need_touch some_rule(void)
{
	struct need_touch r = { .learner_id = 1, .authority_id = 1, .audience = AUDIENCE_GOVERNORS, .from_on = some_day() };

	if (some(3) == 0) {
		r.to_on = date_add_days(r.from_on, some(90));
	}
	if (some(3) != 0) {
		r.trained_on = some_day();
	}
	r.due_on = some(6) == 0 ? (struct date){ 2200, 12, 31 } : some_day();
	return r;
}

/* As the definition of the figure and the words of the statuses say it, of one day. */
static struct need_step said_of(const struct need_touch *rules, size_t n, struct date day)
{
	int64_t asked = 0, kept = 0, overdue = 0, due = 0;

	for (size_t i = 0; i < n; i++) {
		bool in_force = date_compare(day, rules[i].from_on) >= 0 &&
				(rules[i].to_on.year == 0 || date_compare(day, rules[i].to_on) <= 0);

		asked += in_force ? 1 : 0;
		kept += in_force && rules[i].trained_on.year != 0 && date_compare(day, rules[i].trained_on) >= 0 &&
					date_compare(day, rules[i].due_on) <= 0
				? 1
				: 0;
		overdue += in_force && date_compare(rules[i].due_on, day) < 0 ? 1 : 0;
		due += in_force && date_compare(rules[i].due_on, day) >= 0 &&
				       date_compare(rules[i].due_on, date_add_days(day, 60)) <= 0
			       ? 1
			       : 0;
	}
	return (struct need_step){ .required = asked > 0 ? 1 : 0,
				   .in_date = asked > 0 && kept == asked ? 1 : 0,
				   .asked = asked,
				   .overdue = overdue,
				   .due = due };
}

static bool same_numbers(const struct need_step *got, const struct need_step *want)
{
	bool people = CHECK_INT(got->required, want->required) && CHECK_INT(got->in_date, want->in_date);

	return people && CHECK_INT(got->asked, want->asked) && CHECK_INT(got->overdue, want->overdue) && CHECK_INT(got->due, want->due);
}

static void steps_say_what_each_day_is(void)
{
	for (int times = 0; times < 3000; times++) {
		struct need_touch rules[4];
		size_t n = 1 + (size_t)some(4);
		struct need_step steps[4 * NEED_STEPS_OF_RULE];

		for (size_t i = 0; i < n; i++) {
			rules[i] = some_rule();
		}
		size_t n_steps = need_steps(rules, n, steps);

		for (int d = -70; d < 130; d++) {
			struct date day = date_add_days(first_day, d);
			struct need_step got = { 0 }, want = said_of(rules, n, day);

			for (size_t i = 0; i < n_steps && date_compare(steps[i].on_day, day) <= 0; i++) {
				got.required += steps[i].required;
				got.in_date += steps[i].in_date;
				got.asked += steps[i].asked;
				got.overdue += steps[i].overdue;
				got.due += steps[i].due;
			}
			if (!same_numbers(&got, &want)) {
				return;
			}
		}
	}
}

static void never_has_no_day_after(void)
{
	const struct need_touch once = { .learner_id = 1, .authority_id = 1, .from_on = { 2026, 1, 1 }, .to_on = { 2200, 12, 31 },
					 .trained_on = { 2026, 2, 1 }, .due_on = { 2200, 12, 31 } };
	struct need_step steps[NEED_STEPS_OF_RULE];

	CHECK_INT(need_steps(&once, 1, steps), 3); /* its 60 days before are the third */
	CHECK_INT(steps[0].required, 1);
	CHECK_INT(steps[0].in_date, 0);
	CHECK_INT(steps[1].required, 0);
	CHECK_INT(steps[1].in_date, 1);
}

/* ---- kept, through the whole house ---- */

static int64_t wrong(const char **first)
{
	int64_t n;

	CHECK_OK(training_check(arena, harness_db(h), &n, first));
	return n;
}

static void script(const char *sql)
{
	CHECK_OK(harness_db(h)->engine->script(harness_db(h), sql));
}

static void work(void)
{
	while (harness_jobs(h) > 0) {
	}
}

static const char *rule(const char *audience, const char *standing, const char *months, const char *from, const char *to)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-need", "course", course_ref, "audience", audience, "standing",
					     standing, "months", months, "newcomer_days", "30", "from_on", from, "to_on", to, NULL);

	CHECK_TEXT(told(&o), "");
	work();
	return o.reference;
}

static const char *person(const char *name, const char *audience)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-person", "name", name, "standing", "staff", "audience", audience,
					     "place", "125404", NULL);

	CHECK_TEXT(told(&o), "");
	return o.reference == NULL ? "" : o.reference;
}

static void taught_on(const char *day, const char *list)
{
	const char *s = schedule(day, "");

	CHECK_INT(import(s, list).problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
}

/* "in date of required" on a day; audience 0: all. */
static const char *stand(int audience, int year, int month, int day)
{
	struct in_date out[AUDIENCES];

	CHECK_OK(need_in_date(arena, harness_db(h), harness_authority(h), (struct date){ year, month, day }, out));
	return arena_printf(arena, "%lld of %lld", (long long)out[audience].in_date, (long long)out[audience].required);
}

static void some_people(void)
{
	person("Ada Fern", "governors");
	person("Ben Hale", "governors");
	person("Cy Webb", "foster-carers");
	person("Dee Ash", "");
	taught_on("2026-10-05T14:00", "Ada Fern,,125404\nCy Webb,,125404\nDee Ash,,125404\n");
	rule("governors", "", "12", "2026-01-01", "");
	rule("foster-carers", "", "24", "2026-03-01", "2027-03-31");
	rule("", "", "1", "2026-11-01", ""); /* everybody, of the same course: each rule asks for itself */
}

static void any_day_is_told(void)
{
	const char *first;

	open_product();
	some_people();
	CHECK_TEXT(stand(0, 2025, 12, 31), "0 of 0");
	CHECK_TEXT(stand(0, 2026, 2, 1), "0 of 2");
	CHECK_TEXT(stand(0, 2026, 10, 4), "0 of 3");
	CHECK_TEXT(stand(0, 2026, 10, 5), "2 of 3");
	CHECK_TEXT(stand(AUDIENCE_GOVERNORS, 2026, 10, 5), "1 of 2");
	CHECK_TEXT(stand(AUDIENCE_FOSTER_CARERS, 2026, 10, 5), "1 of 1");
	CHECK_TEXT(stand(0, 2026, 11, 1), "3 of 4");
	CHECK_TEXT(stand(0, 2026, 11, 5), "3 of 4"); /* one month: the last day is in date */
	CHECK_TEXT(stand(0, 2026, 11, 6), "0 of 4");
	CHECK_INT(wrong(&first), 0);
	close_product();
}

static void follows_what_changes(void)
{
	const char *first;

	open_product();
	some_people();
	const char *governors = rule("governors", "staff", "36", "2027-01-01", ""), *moss = person("Eve Moss", "governors");
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "end-need", "{need}", governors, "_version", "1", "to_on", "2027-06-30",
					     NULL);

	CHECK_TEXT(told(&o), "");
	work();
	CHECK_TEXT(stand(AUDIENCE_GOVERNORS, 2026, 12, 31), "0 of 3");
	CHECK_INT(wrong(&first), 0);
	taught_on("2026-11-20T14:00", "Eve Moss,,125404\nBen Hale,,125404\n");
	CHECK_TEXT(stand(AUDIENCE_GOVERNORS, 2026, 11, 24), "2 of 3");
	CHECK_INT(wrong(&first), 0);
	o = harness_operation(h, ROLE_SYSTEM, "end-person", "{learner}", moss, "ended_on", "2026-11-23", NULL);
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(stand(AUDIENCE_GOVERNORS, 2026, 11, 24), "1 of 2");
	CHECK_INT(wrong(&first), 0);
	harness_now(h, instant_of_local((struct date){ 2027, 7, 1 }, 9, 0));
	work();
	CHECK_TEXT(stand(AUDIENCE_FOSTER_CARERS, 2027, 3, 31), "0 of 1");
	CHECK_INT(wrong(&first), 0);
	close_product();
}

static void two_records_joined_and_apart_again(void)
{
	const char *first;

	open_product();
	const char *stays = person("Ada Fern", "governors"), *gone = person("Ada Ferne", "foster-carers");

	taught_on("2026-10-05T14:00", "Ada Ferne,,125404\n");
	rule("governors", "", "12", "2026-01-01", "");
	rule("foster-carers", "", "24", "2026-01-01", "");
	CHECK_TEXT(stand(0, 2026, 11, 24), "1 of 2");
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "join-people", "{learner}", stays, "{other}", gone, "stays", "first", NULL);

	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(stand(0, 2026, 11, 24), "1 of 1");
	CHECK_TEXT(stand(AUDIENCE_GOVERNORS, 2026, 11, 24), "1 of 1");
	CHECK_INT(wrong(&first), 0);
	o = harness_operation(h, ROLE_SYSTEM, "part-people", "{learner}", stays, "{merge}", o.reference, NULL);
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(stand(0, 2026, 11, 24), "1 of 2");
	CHECK_TEXT(stand(AUDIENCE_FOSTER_CARERS, 2026, 11, 24), "1 of 1");
	CHECK_INT(wrong(&first), 0);
	close_product();
}

/* ---- the schema file, and the check ---- */

/* What schema file 20 fills the table with, of the engine at hand. */
static const char *fill(void)
{
	const struct migration *m = migrations;

	while (m->number != 20) {
		m++;
	}
	const char *sql = scratch_on_server() ? m->pgsql : m->sqlite;
	const char *at = strstr(sql, "INSERT INTO need_tally");

	return arena_strndup(arena, at, strcspn(at, ";"));
}

static void the_schema_file_says_the_same(void)
{
	const char *first;

	open_product();
	some_people();
	rule("governors", "staff", "36", "2027-01-01", "2027-06-30");
	script("DELETE FROM need_tally");
	CHECK(wrong(&first) > 5);
	CHECK_TEXT(first, "how many people are in date from 1 November 2026 on");
	script(fill());
	CHECK_INT(wrong(&first), 0);
	CHECK_TEXT(first, NULL);
	script("UPDATE need_tally SET in_date = in_date + 1 WHERE on_day = '2026-10-05' AND audience = 'governors'");
	CHECK_INT(wrong(&first), 1);
	CHECK_TEXT(first, "how many people are in date from 5 October 2026 on");
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(steps_say_what_each_day_is), TEST(never_has_no_day_after), TEST(any_day_is_told),
					     TEST(follows_what_changes),
					     TEST(two_records_joined_and_apart_again), TEST(the_schema_file_says_the_same), TEST_END };

	return test_main(argc, argv, tests);
}
