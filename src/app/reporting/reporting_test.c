/* Figures, coverage and notes as a browser meets them; scenario 15 of domain.md appendix E. */
#include "app/reporting/reporting.h"

#include <stdio.h>
#include <string.h>

#include "app/reporting/coverage.h"
#include "app/reporting/placement.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"
#include "db/engine.h"

extern const struct feature directory_feature, training_feature;
const struct feature *const features[] = { &training_feature, &directory_feature,
					   &reporting_feature, NULL };

static const char register_csv[] =
	"URN,LA (code),EstablishmentName,EstablishmentStatus (name),EstablishmentTypeGroup "
	"(name),PhaseOfEducation "
	"(name),DistrictAdministrative (name)\r\n"
	"125001,936,Alder Lane Primary School,Open,Local authority maintained "
	"schools,Primary,Guildford\r\n"
	"125002,936,Birch Road Secondary School,Open,Academies,Secondary,Woking\r\n"
	"125003,936,Cedar College,Open,Colleges,16 plus,Woking\r\n";

static struct harness *h;
static const char *session;

static const char *first_result(struct outcome o, const char *what)
{
	if (!CHECK(o.err == NULL && o.problems.n == 0)) {
		test_text(o.err != NULL ? o.err->sentence : o.problems.v[0].sentence, what,
			  __FILE__, __LINE__, what);
	}
	return arena_strdup(harness_arena(h), o.reference);
}

static void schools(void)
{
	const struct bytes file = { (const unsigned char *)register_csv, sizeof(register_csv) - 1 };
	const char *run = first_result(
		harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", file, NULL),
		"upload");

	CHECK_INT(harness_jobs(h), 1);
	first_result(harness_operation(h, ROLE_SYSTEM, "apply-school-import", "{run}", run, NULL),
		     "apply");
}

static void attend(int people)
{
	struct buf rows;

	buf_init(&rows, harness_arena(h), 1 << 20);
	buf_str(&rows, "Name,E-mail,Attendance\n");
	for (int i = 0; i < people; i++) {
		buf_printf(&rows, "Person Number %d,p%d@alder.example,attended\n", i, i);
	}
	first_result(harness_operation(h, ROLE_SYSTEM, "import-attendance", "{session}", session,
				       "rows", rows.p, "school", "125001", "sector", "school",
				       NULL),
		     "attendance");
}

/* `people` at one session of a course at Alder Lane on 3 March 2026. */
static void training_in(const char *title, const char *provider, int people)
{
	static const char option[] = "<option value=\"";
	struct arena *a = harness_arena(h);
	const char *course =
		first_result(harness_operation(h, ROLE_SYSTEM, "add-course", "title", title,
					       "provider", provider, "delivery", "face-to-face",
					       "duration_minutes", "60", NULL),
			     "course");
	struct answer page = harness_get(h, ROLE_TRAINING_OFFICER, "/training/sessions/new");
	const char *trainer = answer_between(h, &page, "name=\"trainer\"", "</select>");

	if (!CHECK(trainer != NULL)) {
		return;
	}
	/* the one who signs in as a trainer: what stands before the name is the value */
	const char *name = strstr(trainer, arena_printf(a, ">%s<", harness_who(h, ROLE_TRAINER)->name));

	if (!CHECK(name != NULL)) {
		return;
	}
	for (const char *at = strstr(trainer, option); at != NULL && at < name; at = strstr(at + 1, option)) {
		trainer = at + strlen(option);
	}
	trainer = arena_strndup(a, trainer, strcspn(trainer, "\""));
	session = first_result(
		harness_operation(h, ROLE_SYSTEM, "schedule-session", "course", course, "starts_at",
				  "2026-03-03T15:30", "duration_minutes", "60", "venue", "Hall",
				  "host", "125001", "places", "2000", "trainer", trainer, NULL),
		"session");
	attend(people);
	harness_now(h, instant_of_local((struct date){ 2026, 3, 3 }, 18, 0));
	first_result(
		harness_operation(h, ROLE_SYSTEM, "confirm-session", "{session}", session, NULL),
		"confirm");
	first_result(
		harness_operation(h, ROLE_SYSTEM, "deliver-session", "{session}", session, NULL),
		"deliver");
}

static void training(int people)
{
	training_in("Awareness", "council", people);
}

static void feedback(int answers, int agree)
{
	struct answer page =
		harness_get(h, ROLE_COORDINATOR,
			    arena_printf(harness_arena(h), "/training/sessions/%s", session));
	const char *code = answer_between(h, &page, "/f/", "\"");

	if (!CHECK(code != NULL)) {
		return;
	}
	code = arena_strndup(harness_arena(h), code, strspn(code, "23456789CDFGHJKMNPQRTVWXY"));
	for (int i = 0; i < answers; i++) {
		first_result(harness_operation(h, ROLE_SYSTEM, "give-feedback", "{code}", code,
					       "understanding", i < agree ? "agree" : "disagree",
					       NULL),
			     "feedback");
	}
}

static struct answer get(enum role role, const char *path)
{
	return harness_get(h, role, path);
}

static void scenario_15_is_a_share_of_respondents(void)
{
	struct answer a;

	h = harness_open();
	schools();
	training(1000);
	feedback(400, 392);
	a = get(ROLE_COORDINATOR,
		"/reports/figures/better-understanding?from=2026-01-01&to=2026-12-31");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, ">98%<"));
	CHECK(answer_has(&a, "of 400 answers"));
	CHECK(answer_has(&a, "40%: 400 answers from 1,000 attendees"));
	a = get(ROLE_COUNCILLOR, "/reports/figures/staff-trained?from=2026-01-01&to=2026-12-31");
	CHECK(answer_has(&a, ">1,000<"));
	CHECK(!answer_has(&a, "/rows"));
	CHECK(answer_has(&a, "By sector"));
	CHECK(answer_has(&a, "School staff"));
	a = get(ROLE_COUNCILLOR, "/reports/figures/response-rate?from=2026-01-01&to=2026-12-31");
	CHECK(answer_has(&a, ">40%<"));
	CHECK(answer_has(&a, "of 1,000 attendees"));
	CHECK(answer_has(&a, "40% (37% to 43%)")); /* Wilson: 0.3701 to 0.4307 */
	a = get(ROLE_COORDINATOR, "/reports/figures/response-rate/rows.csv?from=2026-01-01&to=2026-12-31");
	CHECK(answer_has(&a, ",1000,400,"));
	a = get(ROLE_COUNCILLOR, "/reports/figures/staff-trained/rows");
	CHECK(a.status == 403 || a.status == 404);
	harness_close(&h);
}

/* Everybody once, in the order of their names, over all pages of the file. */
static void everybody_once(enum role role, const char *path, int people)
{
	struct answer a = get(role, path);
	const char *last = "";
	int64_t n = 0;

	CHECK_INT(a.status, 200);
	for (const char *at = strstr(a.body, "Person Number "); at != NULL; at = strstr(at + 1, "Person Number ")) {
		const char *name = arena_strndup(harness_arena(h), at, strcspn(at, ",\r"));

		if (!CHECK(strcmp(last, name) < 0)) {
			printf("    %s: %s before %s\n", path, last, name);
			return;
		}
		last = name;
		n++;
	}
	CHECK_INT(n, people);
}

/* Who is found, taught by one, or trained in a period: few are put in order, of more than 5,000 the index by name is walked. */
static void few_and_many_are_listed_alike(void)
{
	static const int people[] = { 40, 5040 };

	for (size_t i = 0; i < 2; i++) {
		h = harness_open();
		schools();
		training(people[i]);
		everybody_once(ROLE_COORDINATOR, "/training/learners.csv", people[i]);
		everybody_once(ROLE_COORDINATOR, "/training/learners.csv?find=person+number", people[i]);
		everybody_once(ROLE_TRAINER, "/training/learners.csv", people[i]);
		everybody_once(ROLE_TRAINER, "/training/learners.csv?find=num+pers", people[i]);
		everybody_once(ROLE_COORDINATOR, "/training/learners.csv?find=pers+no-such", 0);
		everybody_once(ROLE_TRAINER, "/training/missing.csv", people[i]); /* nobody's role is recorded */
		everybody_once(ROLE_COORDINATOR, "/training/missing.csv", people[i]);
		everybody_once(ROLE_COORDINATOR, "/reports/figures/staff-trained/rows.csv?from=2026-01-01&to=2026-12-31",
			       people[i]);
		everybody_once(ROLE_COORDINATOR, "/reports/figures/staff-trained/rows.csv?from=2025-01-01&to=2025-12-31", 0);
		everybody_once(ROLE_COORDINATOR, "/training/learners.csv?presence=left", 0);
		CHECK_OK(harness_db(h)->engine->script(harness_db(h), "UPDATE learner SET ended_on = '2026-03-01'"));
		everybody_once(ROLE_COORDINATOR, "/training/learners.csv?presence=left", people[i]);
		everybody_once(ROLE_COORDINATOR, "/training/learners.csv", 0);
		harness_close(&h);
	}
}

/* What four people said is shown nowhere: nor can it be told from a total less what is shown (domain.md 7.6). */
static void a_period_that_cannot_be_read_keeps_what_was_typed(void)
{
	h = harness_open();
	struct answer a = get(ROLE_COUNCILLOR, "/reports/figures/staff-trained?from=banana&to=31/1/2017");

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "First day must be a real date"));
	CHECK(!answer_has(&a, "must be before the last day")); /* of a day that was not read nothing is said */
	CHECK(answer_has(&a, "value=\"banana\""));
	CHECK(answer_has(&a, "value=\"31/1/2017\""));
	a = get(ROLE_COUNCILLOR, "/reports/figures/staff-trained?from=2/2/2017&to=31/1/2017");
	CHECK(answer_has(&a, "First day must be before the last day"));
	CHECK(answer_has(&a, "value=\"31/1/2017\""));
	harness_close(&h);
}

static void a_small_session_cannot_be_told_from_the_total(void)
{
	static const char *const days = "?from=2026-01-01&to=2026-12-31";
	struct arena *arena;
	struct answer a;

	h = harness_open();
	arena = harness_arena(h);
	schools();
	training_in("Awareness", "council", 10);
	feedback(6, 5);
	training_in("Refresher", "police", 10);
	feedback(4, 1);
	a = get(ROLE_COUNCILLOR, arena_printf(arena, "/reports/figures/better-understanding%s", days));
	CHECK(answer_has(&a, "5 agreed or strongly agreed"));
	CHECK(answer_has(&a, "of 6 answers"));
	CHECK(answer_has(&a, "60%: 6 answers from 10 attendees"));
	CHECK(answer_has(&a, "Not counted: 1 session in which fewer than 5 people answered this question"));
	CHECK(answer_has(&a, "Awareness"));
	CHECK(!answer_has(&a, "Refresher")); /* neither by course nor by provider */
	CHECK_INT(answer_count(&a, "83% (44% to 97%)"), 2); /* Wilson: 0.4365 to 0.9699 */
	a = get(ROLE_AUDITOR, arena_printf(arena, "/reports/figures/better-understanding/rows.csv%s", days));
	CHECK(answer_has(&a, ",10,6,5,"));
	CHECK(!answer_has(&a, "Refresher"));
	a = get(ROLE_AUDITOR, arena_printf(arena, "/reports/figures/better-understanding/rows%s&least=0", days));
	CHECK(!answer_has(&a, "Refresher"));
	/* That they sent a form is no secret; what they said is. */
	a = get(ROLE_AUDITOR, arena_printf(arena, "/reports/figures/response-rate/rows.csv%s", days));
	CHECK(answer_has(&a, "Refresher"));
	feedback(1, 1);
	a = get(ROLE_COUNCILLOR, arena_printf(arena, "/reports/figures/better-understanding%s", days));
	CHECK(answer_has(&a, "of 11 answers"));
	harness_close(&h);
}

static void coverage_counts_schools_in_scope(void)
{
	struct answer a, again;

	h = harness_open();
	schools();
	training(30);
	a = get(ROLE_COORDINATOR, "/schools/coverage");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "of 2 in scope")); /* the college is not a school */
	a = get(ROLE_COORDINATOR, "/schools/coverage/list?trained=not-known");
	CHECK(answer_has(&a, "Birch Road"));
	CHECK(!answer_has(&a, "Alder Lane"));
	a = get(ROLE_COORDINATOR, "/schools/coverage/list.csv?on=2026-03-02");
	CHECK(answer_has(&a, "Alder Lane"));
	CHECK_INT(answer_count(&a, "not-known"), 2); /* the day before */
	a = get(ROLE_COORDINATOR, "/schools/coverage?on=31/2/2026");
	CHECK(answer_has(&a, "must be a real date"));
	a = get(ROLE_SCHOOL_LEAD, "/schools/coverage");
	CHECK(a.status == 403 || a.status == 404);
	/* As many statements for 30 people as for 60. */
	a = get(ROLE_COORDINATOR, "/reports/figures");
	attend(60);
	again = get(ROLE_COORDINATOR, "/reports/figures");
	CHECK_INT(again.statements, a.statements);
	harness_close(&h);
}

/* "None" is an answer, "not known" is not; a college stands apart; who comes next has reasons. */
static void a_school_that_had_none_is_not_one_nobody_asked(void)
{
	struct answer a;

	h = harness_open();
	schools();
	training(3);
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/schools/125002/no-training", "said_on-day", "1", "said_on-month", "3",
			 "said_on-year", "2027", "said_by", "Head teacher", NULL);
	CHECK_INT(a.status, 422); /* nobody has said it yet */
	CHECK(answer_has(&a, "must be today or earlier"));
	a = harness_post(h, ROLE_TRAINER, "/schools/125002/no-training", "said_on-day", "1", "said_on-month", "3",
			 "said_on-year", "2026", "said_by", "Head teacher", NULL);
	CHECK(a.status == 403 || a.status == 404);
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/schools/125002/no-training", "said_on-day", "1", "said_on-month", "3",
			 "said_on-year", "2026", "said_by", "Head teacher", NULL);
	CHECK_INT(a.status, 303);
	a = get(ROLE_COORDINATOR, "/schools/coverage/list.csv?trained=none");
	CHECK(answer_has(&a, "Birch Road"));
	CHECK(!answer_has(&a, "Alder Lane"));
	a = get(ROLE_COORDINATOR, "/schools/coverage/next");
	CHECK(answer_has(&a, "Said on 1 March 2026 that there was none"));
	CHECK(!answer_has(&a, "Alder Lane"));
	a = get(ROLE_COORDINATOR, "/schools/coverage/list?apart=yes");
	CHECK(answer_has(&a, "Cedar College"));
	CHECK(!answer_has(&a, "Birch Road"));
	a = get(ROLE_COORDINATOR, "/schools/coverage");
	CHECK(answer_has(&a, "counted apart"));
	a = harness_post(h, ROLE_COORDINATOR, "/schools/125002/no-training/2026-03-01/remove", NULL);
	CHECK_INT(a.status, 303);
	a = get(ROLE_COORDINATOR, "/schools/coverage/list.csv?trained=not-known");
	CHECK(answer_has(&a, "Birch Road"));
	harness_close(&h);
}

static struct answer post_note(const char *path, const char *information)
{
	return harness_post(h, ROLE_COORDINATOR, path, "addressed_to", "Scrutiny Board",
			    "dated-day", "8", "dated-month", "2", "dated-year", "2026", "subject",
			    "Prevent Strategy", "purpose", "To brief members", "recommendations",
			    "To consider", "information", information, "background_papers",
			    "Paper one\nPaper two", "author", "M Ellery", NULL);
}

static void a_note_places_figures_and_links_them(void)
{
	const char *good = "## Response\n\nWe trained {{figure staff-trained 2026-01-01 "
			   "2026-12-31}} people.\n\n- one\n- two";
	struct answer a;

	h = harness_open();
	schools();
	training(12);
	a = post_note("/reports/notes/new", "{{figure staff-traind 2026-01-01 2026-12-31}}");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "There is no figure called staff-traind"));
	CHECK(answer_has(&a, "Paper two")); /* nothing typed is lost */
	a = post_note("/reports/notes/new/preview", good);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, ">12</a>"));
	a = get(ROLE_COORDINATOR, "/reports/notes");
	CHECK(answer_has(&a, "No note has been written yet"));
	a = post_note("/reports/notes/new", good);
	CHECK_INT(a.status, 303);
	a = get(ROLE_COORDINATOR, a.location);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(
		&a, "/reports/figures/staff-trained?from=2026-01-01&amp;to=2026-12-31\">12</a>"));
	CHECK(answer_has(&a, "Scrutiny Board"));
	CHECK(answer_has(&a, "Paper two"));
	harness_close(&h);
}

/* Each is worked out whenever anybody looks at the note; a thousand would end the process. */
static void a_note_has_so_many_figures_and_no_more(void)
{
	struct answer a;
	struct buf b;

	h = harness_open();
	schools();
	training(12);
	buf_init(&b, harness_arena(h), 1 << 20);
	for (int i = 0; i < NOTE_FIGURES_MAX; i++) {
		buf_str(&b, "{{figure schools-directly-trained 2026-01-01 2026-12-31}} ");
	}
	a = post_note("/reports/notes/new", b.p);
	CHECK_INT(a.status, 303);
	a = get(ROLE_COORDINATOR, a.location);
	CHECK_INT(answer_count(&a, "to=2026-12-31\">1</a>"), NOTE_FIGURES_MAX);
	buf_str(&b, "{{figure staff-trained 2026-01-01 2026-12-31}}");
	a = post_note("/reports/notes/new", b.p);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "A note can have at most 50 figures in its text"));
	harness_close(&h);
}

static void raw_html_in_a_note_is_dropped(void)
{
	struct answer a;

	h = harness_open();
	a = post_note("/reports/notes/new",
		      "<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b>bold</b> & <");
	CHECK_INT(a.status, 303);
	a = get(ROLE_COORDINATOR, a.location);
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "<script>alert"));
	CHECK(!answer_has(&a, "javascript:"));
	CHECK(!answer_has(&a, "<b>"));
	harness_close(&h);
}

static void two_who_change_a_note_do_not_overwrite_each_other(void)
{
	struct answer a, edit;
	const char *path;

	h = harness_open();
	a = post_note("/reports/notes/new", "First");
	path = arena_printf(harness_arena(h), "%s/edit", a.location);
	edit = get(ROLE_COORDINATOR, path);
	CHECK(answer_has(&edit, "name=\"_version\" value=\"1\""));
	a = harness_post(h, ROLE_COORDINATOR, path, "_version", "1", "addressed_to", "A",
			 "dated-day", "8", "dated-month", "2", "dated-year", "2026", "subject", "S",
			 "purpose", "P", "recommendations", "R", "information", "I",
			 "background_papers", "", "author", "M", NULL);
	CHECK_INT(a.status, 303);
	a = harness_post(h, ROLE_COORDINATOR, path, "_version", "1", "addressed_to", "B",
			 "dated-day", "8", "dated-month", "2", "dated-year", "2026", "subject", "S",
			 "purpose", "P", "recommendations", "R", "information", "My own long text",
			 "background_papers", "", "author", "M", NULL);
	CHECK_INT(a.status, 409);
	CHECK(answer_has(&a, "My own long text"));
	harness_close(&h);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(few_and_many_are_listed_alike),
					     TEST(scenario_15_is_a_share_of_respondents),
		TEST(a_period_that_cannot_be_read_keeps_what_was_typed),
		TEST(a_small_session_cannot_be_told_from_the_total),
		TEST(coverage_counts_schools_in_scope),
		TEST(a_school_that_had_none_is_not_one_nobody_asked),
		TEST(a_note_places_figures_and_links_them),
		TEST(a_note_has_so_many_figures_and_no_more),
		TEST(raw_html_in_a_note_is_dropped),
		TEST(two_who_change_a_note_do_not_overwrite_each_other),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
