/* Rules, whom they touch and by when, and who may see it: through the whole house. Today is 24 November 2026. */
#include "app/training/completion.h"
#include "app/training/need.h"
#include "app/training/need_due.sql.h"
#include "app/training/training_test.h"
#include "db/engine.h"

static int64_t wrong(void)
{
	int64_t n;
	const char *first;

	CHECK_OK(training_check(arena, harness_db(h), &n, &first));
	CHECK_TEXT(first, NULL);
	return n;
}

/* A rule for an audience, worked out. */
static const char *rule(const char *audience, const char *months, const char *from)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-need", "course", course_ref, "audience", audience, "months", months,
					     "newcomer_days", "30", "from_on", from, NULL);

	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	while (harness_jobs(h) > 0) {
	}
	return o.reference == NULL ? "" : o.reference;
}

/* The people of a session that was held on a day get what they do by hand: the form for it is another's. */
static void set(const char *what, const char *name_fold)
{
	CHECK_OK(harness_db(h)->engine->script(harness_db(h), arena_printf(arena, "UPDATE learner SET %s WHERE name_fold LIKE '%s'",
									     what, name_fold)));
}

static void they_do(const char *name_fold, const char *audience)
{
	set(arena_printf(arena, "audience = '%s'", audience), name_fold);
}

static const char *taught_on(const char *day, const char *list)
{
	const char *s = schedule(day, "");

	CHECK_INT(import(s, list).problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	return s;
}

static struct answer due(enum role role, const char *query)
{
	return harness_get(h, role, arena_printf(arena, "/training/due.csv%s", query));
}

/* What the file says of a person: "Last trained,Due,Status". */
static const char *said(const struct answer *a, const char *name)
{
	const char *at = strstr(a->body, name);
	const char *end = at == NULL ? NULL : strchr(at, '\r');

	if (at == NULL || end == NULL) {
		return "";
	}
	const char *line = arena_strndup(arena, at, (size_t)(end - at));
	const char *course = strstr(line, "Prevent awareness,");

	return course == NULL ? line : course + strlen("Prevent awareness,");
}

static void two_foster_carers(void)
{
	taught_on("2024-11-20T14:00", "Ada Fern,,125404\n");
	taught_on("2026-10-05T14:00", "Ben Hale,,125404\nCy Webb,,125406\n");
	they_do("ada fern", "foster-carers");
	they_do("ben hale", "foster-carers");
}

static void a_rule_touches_whom_it_names(void)
{
	open_product();
	two_foster_carers();
	rule("foster-carers", "24", "2026-01-01");
	struct answer a = due(ROLE_COORDINATOR, "");

	CHECK_INT(a.status, 200);
	CHECK_INT(answer_count(&a, "\n"), 3);
	CHECK_TEXT(said(&a, "Ada Fern"), "20 Nov 2024,20 Nov 2026,Overdue");
	CHECK_TEXT(said(&a, "Ben Hale"), "5 Oct 2026,5 Oct 2028,In date");
	CHECK(!answer_has(&a, "Cy Webb"));
	CHECK(strstr(a.body, "Ada Fern") < strstr(a.body, "Ben Hale")); /* overdue first */
	CHECK_INT(wrong(), 0);
	close_product();
}

static void what_is_completed_moves_the_day(void)
{
	open_product();
	two_foster_carers();
	rule("foster-carers", "24", "2026-01-01");
	const char *s = taught_on("2026-11-23T14:00", "Ada Fern,,125404\n");
	struct answer a = due(ROLE_COORDINATOR, "");

	CHECK_TEXT(said(&a, "Ada Fern"), "23 Nov 2026,23 Nov 2028,In date");
	move(ROLE_COORDINATOR, "cancel-session", s);
	a = due(ROLE_COORDINATOR, "");
	CHECK_TEXT(said(&a, "Ada Fern"), "20 Nov 2024,20 Nov 2026,Overdue");
	CHECK_INT(wrong(), 0);
	close_product();
}

/* Who was never trained has the days of newcomers, from when the rule began to touch them. */
static void newcomers(void)
{
	open_product();
	const char *s = schedule("2026-12-01T14:00", "");

	CHECK_INT(import(s, "Dee Ash,,125404\nEli Moss,,125404\n").problems.n, 0); /* booked */
	they_do("dee ash", "governors");
	rule("governors", "24", "2026-10-01");
	struct answer a = due(ROLE_COORDINATOR, "");

	CHECK_TEXT(said(&a, "Dee Ash"), "Never,31 Oct 2026,Overdue");
	they_do("eli moss", "governors");
	CHECK_INT(import(s, "Eli Moss,,125404\n").problems.n, 0); /* works the list out anew */
	a = due(ROLE_COORDINATOR, "");
	CHECK_TEXT(said(&a, "Eli Moss"), "Never,24 Dec 2026,Due");
	CHECK_INT(wrong(), 0);
	close_product();
}

static void a_rule_ends(void)
{
	open_product();
	two_foster_carers();
	const char *n = rule("foster-carers", "24", "2026-01-01");
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "end-need", "{need}", n, "_version", "1", "to_on-day", "30", "to_on-month",
					     "11", "to_on-year", "2026", NULL);

	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	struct answer a = due(ROLE_COORDINATOR, "");

	CHECK_INT(answer_count(&a, "\n"), 3); /* still in force */
	harness_now(h, instant_of_local((struct date){ 2026, 12, 1 }, 9, 0));
	a = due(ROLE_COORDINATOR, "");
	CHECK_INT(answer_count(&a, "\n"), 1); /* the day after its last, whether the job has run or not */
	CHECK_INT(harness_jobs(h), 2); /* its last day was told to the rows, and has passed */
	CHECK_INT(wrong(), 0);
	o = harness_operation(h, ROLE_COORDINATOR, "end-need", "{need}", n, "_version", "2", "to_on-day", "2", "to_on-month", "12",
			      "to_on-year", "2026", NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_CONFLICT);
	close_product();
}

static void a_rule_that_changes_is_worked_out_anew(void)
{
	open_product();
	two_foster_carers();
	const char *n = rule("foster-carers", "24", "2026-01-01");
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "change-need", "{need}", n, "_version", "1", "course", course_ref,
					     "audience", "foster-carers", "months", "1", "newcomer_days", "30", "checked", "yes", NULL);

	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	while (harness_jobs(h) > 0) {
	}
	struct answer a = due(ROLE_COORDINATOR, "");

	CHECK_TEXT(said(&a, "Ben Hale"), "5 Oct 2026,5 Nov 2026,Overdue");
	CHECK_INT(wrong(), 0);
	close_product();
}

/* Months left open follow the course: its refresh period changes, and so does the day. */
static void the_course_says_how_often(void)
{
	open_product();
	two_foster_carers();
	rule("foster-carers", "", "2026-01-01");
	struct answer a = due(ROLE_COORDINATOR, "");

	CHECK_TEXT(said(&a, "Ada Fern"), "20 Nov 2024,Not again,In date");
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "change-course", "{course}", course_ref, "_version", "1", "title",
					     "Prevent awareness", "provider", "council", "delivery", "face-to-face",
					     "duration_minutes", "90", "refresh_months", "36", NULL);
	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	while (harness_jobs(h) > 0) {
	}
	a = due(ROLE_COORDINATOR, "");
	CHECK_TEXT(said(&a, "Ada Fern"), "20 Nov 2024,20 Nov 2027,In date");
	CHECK_INT(wrong(), 0);
	close_product();
}

static void leavers_are_asked_for_nothing(void)
{
	open_product();
	two_foster_carers();
	rule("foster-carers", "24", "2026-01-01");
	set("ended_on = '2026-11-01'", "ada fern");
	int64_t n;
	const char *first;

	CHECK_OK(training_check(arena, harness_db(h), &n, &first));
	CHECK_INT(n, 1); /* changed behind the back of the rules: the check finds it */
	set("ended_on = NULL", "ada fern");
	CHECK_INT(wrong(), 0);
	size_t n_people;
	const struct attendance_line *people = list_of(taught_on("2024-11-21T14:00", "Ada Fern,,125404\n"), &n_people);
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "end-person", "{learner}", people[0].learner, "ended_on", "2026-11-01", NULL);

	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	struct answer a = due(ROLE_COORDINATOR, "");

	CHECK(!answer_has(&a, "Ada Fern"));
	CHECK_INT(wrong(), 0);
	close_product();
}

/* Who comes to a session for the first time, and of whom a list says where they work, may be touched by rules. */
static void a_list_brings_people_under_a_rule(void)
{
	open_product();
	CHECK_INT(import(schedule("2026-11-20T14:00", ""), "name,email\nEve Moss,eve@example.org\n").problems.n, 0);
	struct outcome other = harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Another course", "provider", "council",
						 "delivery", "webinar", "duration_minutes", "60", NULL);
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-need", "course", other.reference, "sector", "health", "months", "24",
					     "newcomer_days", "30", "from_on", "2026-01-01", NULL);

	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	while (harness_jobs(h) > 0) {
	}
	struct answer a = due(ROLE_COORDINATOR, "");

	CHECK(!answer_has(&a, "Eve Moss"));
	CHECK_INT(import(schedule("2026-11-21T14:00", ""),
			 "name,email,sector\nEve Moss,eve@example.org,health\nIda Hale,ida@example.org,health\n"
			 "Ben Fern,ben@example.org,further education\n").problems.n, 0);
	a = due(ROLE_COORDINATOR, "");
	CHECK(answer_has(&a, "Eve Moss"));
	CHECK(answer_has(&a, "Ida Hale"));
	CHECK(!answer_has(&a, "Ben Fern"));
	CHECK_INT(wrong(), 0);
	close_product();
}

static void filters(void)
{
	open_product();
	two_foster_carers();
	const char *n = rule("foster-carers", "24", "2026-01-01");
	static const struct {
		const char *query;
		size_t lines;
	} asked[] = {
		{ "?status=overdue", 2 },	   { "?status=due", 1 },	     { "?status=in-date", 2 },
		{ "?audience=foster-carers", 3 },  { "?audience=governors", 1 },     { "?urn=125404", 3 },
		{ "?urn=125406", 1 },		   { "?sort=name", 3 },		     { "?sort=name&urn=125404", 3 },
		{ "?sort=name&status=overdue", 2 }, { "?sort=name&urn=125406", 1 },  { "?agency=ZZZZZ", 1 },
		{ "?sort=name&agency=ZZZZZ", 1 },  { "?sector=school", 3 },	     { "?sector=health&urn=125404", 1 },
	};

	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		struct answer a = due(ROLE_COORDINATOR, asked[i].query);

		CHECK_INT(a.status, 200);
		if (!CHECK_INT(answer_count(&a, "\n"), asked[i].lines)) {
			printf("# %s\n", asked[i].query);
		}
	}
	struct answer a = due(ROLE_COORDINATOR, arena_printf(arena, "?need=%s", n));

	CHECK_INT(answer_count(&a, "\n"), 3);
	a = due(ROLE_COORDINATOR, "?need=ZZZZZ");
	CHECK_INT(answer_count(&a, "\n"), 1);
	close_product();
}

/* An agency's page says how many of its people are in date, as a school's does, to who may read who is due. */
static void an_agency_says_who_is_due(void)
{
	open_product();
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "add-agency", "name", "Fostering service", "sch6", "lg", "sector", "council",
					     "state", "active", NULL);

	CHECK_TEXT(told(&o), "");
	const char *agency = o.reference, *page = arena_printf(arena, "/partnership/agencies/%s", agency);

	two_foster_carers();
	set(arena_printf(arena, "agency_id = (SELECT id FROM agency WHERE reference = '%s')", agency), "%e%");
	struct answer a = harness_get(h, ROLE_COORDINATOR, page);

	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "Training in date"));
	rule("foster-carers", "24", "2026-01-01");
	a = harness_get(h, ROLE_AUDITOR, page);
	CHECK(answer_has(&a, "Training in date: 1 of 2 that is asked for"));
	CHECK(answer_has(&a, arena_printf(arena, "/training/due?agency=%s", agency)));
	a = due(ROLE_AUDITOR, arena_printf(arena, "?agency=%s", agency));
	CHECK_INT(answer_count(&a, "\n"), 1 + 2);
	CHECK(answer_has(&a, "Ada Fern") && answer_has(&a, "Ben Hale"));
	a = harness_get(h, ROLE_COUNCILLOR, page); /* may not read who is due */
	CHECK(!answer_has(&a, "Training in date"));
	close_product();
}

/* Address of the next page; NULL: this is the last. */
static const char *next_of(const struct answer *a)
{
	const char *pages = answer_between(h, a, "govuk-pagination__next", "rel=\"next\"");
	const char *href = pages == NULL ? NULL : strstr(pages, "href=\"");

	if (href == NULL) {
		return NULL;
	}
	char *plain = arena_strdup(arena, href + strlen("href=\""));
	size_t n = 0;

	for (const char *c = plain; *c != '\0' && *c != '"'; c++) {
		plain[n++] = *c;
		c += strncmp(c, "&amp;", 5) == 0 ? 4 : 0;
	}
	plain[n] = '\0';
	return plain;
}

/* Each comes once, whichever way the pages go. */
static void pages_follow_each_other(void)
{
	static const char *const orders[] = { "/training/due", "/training/due?sort=name", "/training/due?urn=125404" };

	open_product();
	char *list = arena_alloc(arena, 8192);
	size_t used = 0;

	for (int i = 0; i < 60; i++) {
		used += (size_t)snprintf(list + used, 8192 - used, "Person %c%c,p%02d@oak.example.org,125404\n", 'A' + i / 26, 'a' + i % 26, i);
	}
	taught_on("2026-10-05T14:00", list);
	they_do("person%", "school-staff");
	rule("school-staff", "24", "2026-01-01");
	for (size_t o = 0; o < 3; o++) {
		const char *next = orders[o];
		size_t pages = 0, people = 0;

		while (next != NULL && pages < 5) {
			struct answer a = harness_get(h, ROLE_COORDINATOR, next);

			CHECK_INT(a.status, 200);
			people += answer_count(&a, "5 Oct 2028");
			next = next_of(&a);
			pages++;
		}
		CHECK_INT(people, 60);
		CHECK_INT(pages, 3);
	}
	close_product();
}

static void who_may_see(void)
{
	open_product();
	two_foster_carers();
	they_do("cy webb", "foster-carers");
	rule("foster-carers", "24", "2026-01-01");
	harness_school(h, OAK);
	struct answer a = due(ROLE_SCHOOL_LEAD, "");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Ada Fern"));
	CHECK(!answer_has(&a, "Cy Webb"));
	a = due(ROLE_SCHOOL_LEAD, "?urn=125406");
	CHECK(!answer_has(&a, "Cy Webb"));
	a = due(ROLE_SCHOOL_LEAD, "?sort=name");
	CHECK(answer_has(&a, "Ada Fern"));
	CHECK(!answer_has(&a, "Cy Webb"));
	CHECK_INT(due(ROLE_AUDITOR, "").status, 200);
	CHECK_INT(due(ROLE_TRAINER, "").status, 403);
	CHECK_INT(due(ROLE_ADMINISTRATOR, "").status, 403);
	CHECK_INT(due(ROLE_COUNCILLOR, "").status, 403);
	close_product();
}

/* A person sees whom a rule touches before it is saved. */
static void looked_at_before_it_is_saved(void)
{
	open_product();
	two_foster_carers();
	struct answer a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/needs/new", "course", course_ref, "audience", "foster-carers",
				       "newcomer_days", "90", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Check whom the rule touches before you save it"));
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/needs/check", "course", course_ref, "audience", "foster-carers",
			 "newcomer_days", "90", NULL);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "touches 2 people"));
	CHECK(answer_has(&a, "Save rule"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/needs");
	CHECK(answer_has(&a, "There are no rules yet"));
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/needs/new", "course", course_ref, "audience", "foster-carers",
			 "newcomer_days", "90", "checked", "yes", NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_TRAINING_OFFICER, a);
	CHECK(answer_has(&a, "0 of 3 people looked at"));
	while (harness_jobs(h) > 0) {
	}
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/needs/check", "course", course_ref, "audience", "foster-carers",
			 "newcomer_days", "90", NULL);
	CHECK(answer_has(&a, "There is already a rule for this course and these people"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(a_rule_touches_whom_it_names),
					     TEST(what_is_completed_moves_the_day),
					     TEST(newcomers),
					     TEST(a_rule_ends),
					     TEST(a_rule_that_changes_is_worked_out_anew),
					     TEST(the_course_says_how_often),
					     TEST(leavers_are_asked_for_nothing),
					     TEST(a_list_brings_people_under_a_rule), TEST(filters), TEST(an_agency_says_who_is_due),
					     TEST(pages_follow_each_other),
					     TEST(who_may_see),
					     TEST(looked_at_before_it_is_saved),
					     TEST_END };

	return test_main(argc, argv, tests);
}
