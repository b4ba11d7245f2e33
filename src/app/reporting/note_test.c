/* A note along its states as a browser meets it, by every role; figures that stay as published when somebody late arrives. */
#include "app/reporting/note.h"

#include <stdio.h>
#include <string.h>

#include "app/reporting/reporting.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"

extern const struct feature directory_feature, training_feature;
const struct feature *const features[] = { &training_feature, &directory_feature, &reporting_feature, NULL };

static struct harness *h;
static const char *session;

static const char *done(struct outcome o, const char *what)
{
	if (!CHECK(o.err == NULL && o.problems.n == 0)) {
		printf("    %s: %s\n", what, o.err != NULL ? o.err->sentence : o.problems.v[0].sentence);
	}
	return arena_strdup(harness_arena(h), o.reference);
}

static const char *ask(const char *operation, const char *note)
{
	return done(harness_operation(h, ROLE_SYSTEM, operation, "{note}", note, NULL), operation);
}

static const char *note_with(const char *information, const char *papers)
{
	return done(harness_operation(h, ROLE_SYSTEM, "add-note", "addressed_to", "Scrutiny Board", "dated", "2026-11-24",
				      "subject", "Prevent training", "purpose", "To brief members", "recommendations",
				      "To consider", "information", information, "background_papers", papers, "author",
				      "M Ellery", NULL),
		    "add-note");
}

static const char *sign(const char *note)
{
	ask("send-note-for-review", note);
	return done(harness_operation(h, ROLE_SYSTEM, "sign-off-note", "{note}", note, "checked", "true", NULL), "sign");
}

static const char *publish(const char *note)
{
	sign(note);
	return ask("publish-note", note);
}

static struct answer see(enum role role, const char *note)
{
	return harness_get(h, role, arena_printf(harness_arena(h), "/reports/notes/%s", note));
}

/* ---- training ---- */

static const char *first_trainer(void)
{
	struct answer page = harness_get(h, ROLE_TRAINING_OFFICER, "/training/sessions/new");
	const char *trainer = answer_between(h, &page, "name=\"trainer\"", "</select>");

	trainer = trainer != NULL ? strstr(trainer, "<option value=\"") : NULL;
	trainer = trainer != NULL ? strstr(trainer + 1, "<option value=\"") : NULL; /* after the empty one */
	if (!CHECK(trainer != NULL)) {
		return "";
	}
	trainer += strlen("<option value=\"");
	return arena_strndup(harness_arena(h), trainer, strcspn(trainer, "\""));
}

static void attend(int people)
{
	struct buf rows;

	buf_init(&rows, harness_arena(h), 1 << 20);
	buf_str(&rows, "Name,E-mail,Attendance\n");
	for (int i = 0; i < people; i++) {
		buf_printf(&rows, "Person Number %d,p%d@alder.example,attended\n", i, i);
	}
	done(harness_operation(h, ROLE_SYSTEM, "import-attendance", "{session}", session, "rows", rows.p, "sector",
			       "council", NULL),
	     "attendance");
}

/* `people` at one session on 3 March 2026; the clock then stands on 24 November again. */
static void training(int people)
{
	const char *course = done(harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Awareness", "provider", "council",
						    "delivery", "face-to-face", "duration_minutes", "60", NULL),
				  "course");

	session = done(harness_operation(h, ROLE_SYSTEM, "schedule-session", "course", course, "starts_at",
					 "2026-03-03T15:30", "duration_minutes", "60", "venue", "Hall", "host", "", "places",
					 "2000", "trainer", first_trainer(), NULL),
		       "session");
	attend(people);
	done(harness_operation(h, ROLE_SYSTEM, "confirm-session", "{session}", session, NULL), "confirm");
	done(harness_operation(h, ROLE_SYSTEM, "deliver-session", "{session}", session, NULL), "deliver");
}

/* ---- every move, from every state, by every role ---- */

/* As domain reference 3.11 has it: "-" is refused, else the state after it. */
static const struct {
	const char *path;
	const char *after[5]; /* from draft, review, signed-off, published, exempt */
} moves[] = {
	{ "review", { "In review", "-", "-", "-", "-" } },
	{ "return", { "-", "Draft", "-", "-", "-" } },
	{ "sign-off", { "-", "Signed off", "-", "-", "-" } },
	{ "publish", { "-", "-", "Published", "-", "-" } },
	{ "exempt", { "-", "-", "Exempt", "-", "-" } },
	{ "edit", { "Draft", "-", "-", "-", "-" } },
};
static const char *const states[] = { "Draft", "In review", "Signed off", "Published", "Exempt" };

static const char *note_in(int state)
{
	const char *note = note_with("Text {{figure staff-trained 2026-01-01 2026-12-31}}.", "None");

	if (state == 1) {
		ask("send-note-for-review", note);
	} else if (state > 1) {
		sign(note);
	}
	if (state == 3) {
		ask("publish-note", note);
	} else if (state == 4) {
		done(harness_operation(h, ROLE_SYSTEM, "exempt-note", "{note}", note, "paragraph", "crime", NULL), "exempt");
	}
	return note;
}

static bool has_state(const struct answer *a, const char *state)
{
	return answer_has(a, arena_printf(harness_arena(h), "\">%s</strong></p>", state));
}

static struct answer post_move(enum role role, const char *note, const char *path, const char *version)
{
	const char *to = arena_printf(harness_arena(h), "/reports/notes/%s/%s", note, path);

	if (text_same(path, "return")) {
		return harness_post(h, role, to, "_version", version, "remark", "Say more", NULL);
	}
	if (text_same(path, "sign-off")) {
		return harness_post(h, role, to, "_version", version, "checked", "yes", NULL);
	}
	if (text_same(path, "exempt")) {
		return harness_post(h, role, to, "_version", version, "paragraph", "crime", NULL);
	}
	if (text_same(path, "edit")) {
		return harness_post(h, role, to, "_version", version, "addressed_to", "Board", "dated-day", "8", "dated-month",
				    "2", "dated-year", "2026", "subject", "Other", "purpose", "P", "recommendations", "R",
				    "information", "I", "background_papers", "None", "author", "M", NULL);
	}
	return harness_post(h, role, to, "_version", version, NULL);
}

static void try_move(int state, size_t move)
{
	static const char *const versions[] = { "1", "2", "3", "4", "4" };
	const char *want = moves[move].after[state], *note = note_in(state);
	struct answer a;
	bool sound;

	for (int role = ROLE_NOBODY; role < ROLE_SYSTEM; role++) {
		if (role != ROLE_COORDINATOR) { /* nobody else writes notes: refused whatever the state */
			a = post_move((enum role)role, note, moves[move].path, versions[state]);
			CHECK(a.status == 403 || (role == ROLE_NOBODY && a.status == 303));
			a = see(ROLE_COORDINATOR, note);
			CHECK(has_state(&a, states[state]));
		}
	}
	a = post_move(ROLE_COORDINATOR, note, moves[move].path, versions[state]);
	sound = want[0] == '-' ? CHECK(a.status == 422 || a.status == 409) : CHECK_INT(a.status, 303);
	a = see(ROLE_COORDINATOR, note);
	sound = CHECK(has_state(&a, want[0] == '-' ? states[state] : want)) && sound;
	if (!sound) {
		printf("    %s from %s: %d\n", moves[move].path, states[state], a.status);
	}
}

static void every_move_from_every_state_by_every_role(void)
{
	h = harness_open();
	training(3);
	for (int state = 0; state < 5; state++) {
		for (size_t move = 0; move < sizeof(moves) / sizeof(*moves); move++) {
			try_move(state, move);
		}
	}
	harness_close(&h);
}

/* Who sees a note in which state: y. Hidden looks like absent, on its page, in its lists and files. */
static void who_sees_it_when(void)
{
	static const struct {
		enum role role;
		const char *sees;
	} table[] = {
		{ ROLE_ADMINISTRATOR, "nnnyn" },     { ROLE_COORDINATOR, "yyyyy" }, { ROLE_TRAINING_OFFICER, "nnnyn" },
		{ ROLE_COUNCILLOR, "nnnyn" }, { ROLE_AUDITOR, "nnyyn" },
	};

	h = harness_open();
	for (int state = 0; state < 5; state++) {
		const char *note = note_in(state);

		for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
			bool sees = table[i].sees[state] == 'y';
			struct answer page = see(table[i].role, note), none = see(table[i].role, "ZZZZZ");
			struct answer list = harness_get(h, table[i].role, "/reports/notes.csv");

			CHECK_INT(page.status, sees ? 200 : 404);
			CHECK(sees || strlen(page.body) == strlen(none.body));
			if (!CHECK_INT(answer_has(&list, note), sees)) {
				printf("    role %d, %s\n", table[i].role, states[state]);
			}
		}
	}
	harness_close(&h);
}

/* ---- sign-off ---- */

/* Issue 4: "signs off a note whose figures stay as published when a late attendance arrives". */
static void figures_stay_as_published(void)
{
	const char *note;
	struct answer a;

	h = harness_open();
	training(51);
	note = publish(note_with("We trained {{figure staff-trained 2026-01-01 2026-12-31}} people.", "Paper one, 2025"));
	a = see(ROLE_COUNCILLOR, note);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, ">51</a> people."));
	CHECK(answer_has(&a, "Figures as they were on 24 November 2026, when the note was signed off."));
	CHECK(answer_has(&a, "Paper one, 2025"));
	CHECK(!answer_has(&a, "later correction"));
	CHECK(!answer_has(&a, "Change the note"));
	attend(52); /* somebody's name was not read on the sheet */
	a = see(ROLE_COUNCILLOR, note);
	CHECK(answer_has(&a, ">51</a> <span class=\"app-correction app-no-print\">[as published 51; today 52 (a later "
			     "correction)]</span> people."));
	CHECK(answer_has(&a, ">Today 52 (a later correction)<"));
	a = harness_get(h, ROLE_COUNCILLOR, "/reports/figures/staff-trained?from=2026-01-01&to=2026-12-31");
	CHECK(answer_has(&a, ">52<")); /* the figure itself moves on */
	harness_close(&h);
}

static void what_stands_in_the_way_of_signing(void)
{
	const char *note;
	struct answer a;

	h = harness_open();
	note = note_with("So {{figure better-understanding 2026-01-01 2026-12-31}}.", "");
	ask("send-note-for-review", note);
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(harness_arena(h), "/reports/notes/%s/sign-off", note));
	CHECK(answer_has(&a, "List the background papers, or write None"));
	CHECK(answer_has(&a, "has nothing to count"));
	a = post_move(ROLE_COORDINATOR, note, "sign-off", "2");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "List the background papers, or write None"));
	CHECK(answer_has(&a, "Reported better understanding has nothing to count"));
	/* a month of a chart may be empty */
	note = note_with("{{chart better-understanding 2026-01-01 2026-03-31 by month}}", "None");
	ask("send-note-for-review", note);
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(harness_arena(h), "/reports/notes/%s/sign-off", note), "_version",
			 "2", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Confirm that you have read the note"));
	a = post_move(ROLE_COORDINATOR, note, "sign-off", "1"); /* changed since it was looked at */
	CHECK_INT(a.status, 409);
	a = post_move(ROLE_COORDINATOR, note, "sign-off", "2");
	CHECK_INT(a.status, 303);
	a = see(ROLE_COORDINATOR, note);
	CHECK(answer_has(&a, arena_printf(harness_arena(h), "%s on 24 November 2026",
					  harness_who(h, ROLE_COORDINATOR)->name)));
	harness_close(&h);
}

static void a_correction_is_a_new_version(void)
{
	const char *note, *next;
	struct answer a;

	h = harness_open();
	training(5);
	note = publish(note_with("We trained {{figure staff-trained 2026-01-01 2026-12-31}}.", "None"));
	attend(6);
	next = ask("correct-note", note);
	CHECK(!text_same(next, note));
	a = see(ROLE_COUNCILLOR, note); /* a draft is none of theirs */
	CHECK(!answer_has(&a, next));
	a = post_move(ROLE_COORDINATOR, note, "correct", "4");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "There is a new version of this note already"));
	publish(next);
	a = see(ROLE_COUNCILLOR, note);
	CHECK(answer_has(&a, "This note was superseded by"));
	CHECK(answer_has(&a, next));
	CHECK(answer_has(&a, ">5</a>"));
	a = see(ROLE_COUNCILLOR, next);
	CHECK(answer_has(&a, "This is a new version of"));
	CHECK(answer_has(&a, ">6</a>"));
	harness_close(&h);
}

static void what_a_form_cannot_say(void)
{
	struct answer a;

	h = harness_open();
	a = harness_post(h, ROLE_COORDINATOR, "/reports/notes/new", "addressed_to", "Board", "dated-day", "8", "dated-month",
			 "2", "dated-year", "2026", "subject", "S", "purpose", "P", "recommendations", "R", "information", "I",
			 "background_papers", "None", "author", "M", "state", "published", "signed_by", "Somebody", NULL);
	CHECK(a.status == 422 || a.status == 400); /* a name that the form does not have */
	a = harness_get(h, ROLE_COORDINATOR, "/reports/notes?state=published");
	CHECK(answer_has(&a, "No note"));
	harness_close(&h);
}

/* ---- comparisons and charts ---- */

static void periods_beside_each_other(void)
{
	const char *note;
	struct answer a;

	h = harness_open();
	training(12);
	note = publish(note_with("Then and now:\n\n{{compare staff-trained 2026-01-01 2026-12-31 with 2025-01-01 "
				 "2025-12-31}}\n\n{{chart staff-trained 2026-01-01 2026-12-31 by quarter}}\n",
				 "None"));
	a = see(ROLE_COUNCILLOR, note);
	CHECK(answer_has(&a, "Change from the first period to the second: +12."));
	CHECK(answer_has(&a, "January to December 2025"));
	CHECK_INT(answer_count(&a, "<svg class=\"app-chart\""), 2);
	CHECK(answer_has(&a, "role=\"img\""));
	CHECK(answer_has(&a, "Staff trained by quarter, 1 January 2026 to 31 December 2026</title>"));
	CHECK(answer_has(&a, "The highest is 12, in January to March 2026."));
	CHECK_INT(answer_count(&a, " style="), 0);
	attend(13);
	a = see(ROLE_COUNCILLOR, note);
	CHECK(answer_has(&a, "+12."));
	CHECK_INT(answer_count(&a, ">Today 13 (a later correction)<"), 4); /* comparison, chart, and twice in all figures */
	harness_close(&h);
}

/* What is in the file is tests/note_odt_test.py's to see. */
static void a_file_for_who_may_see_the_page(void)
{
	const char *note, *path;
	struct answer a;

	h = harness_open();
	training(3);
	note = note_with("{{chart staff-trained 2026-01-01 2026-12-31 by quarter}}", "None");
	path = arena_printf(harness_arena(h), "/reports/notes/%s/note.odt", note);
	a = harness_get(h, ROLE_COORDINATOR, path);
	CHECK_INT(a.status, 200);
	CHECK_TEXT(a.type, "application/vnd.oasis.opendocument.text");
	CHECK(a.n > 1000 && memcmp(a.body, "PK", 2) == 0);
	CHECK_INT(harness_get(h, ROLE_COUNCILLOR, path).status, 404);
	publish(note);
	CHECK_INT(harness_get(h, ROLE_COUNCILLOR, path).status, 200);
	harness_close(&h);
}

static void two_periods_of_a_figure_and_where_it_was_released(void)
{
	const char *note, *path = "/reports/figures/staff-trained?from=2026-01-01&to=2026-12-31";
	struct answer a;

	h = harness_open();
	training(7);
	note = note_with("{{figure staff-trained 2026-01-01 2026-12-31}}", "None");
	sign(note);
	attend(8);
	a = harness_get(h, ROLE_COORDINATOR, path);
	CHECK(answer_has(&a, "Released in"));
	CHECK(answer_has(&a, ">7</td>"));
	CHECK(answer_has(&a, note));
	a = harness_get(h, ROLE_COUNCILLOR, path); /* it is not published */
	CHECK(!answer_has(&a, note));
	ask("publish-note", note);
	a = harness_get(h, ROLE_COUNCILLOR,
			arena_printf(harness_arena(h), "%s&with_from=1/1/2025&with_to=31/12/2025", path));
	CHECK(answer_has(&a, note));
	CHECK(answer_has(&a, "Change from the first period to the second: +8."));
	a = harness_get(h, ROLE_COUNCILLOR, arena_printf(harness_arena(h), "%s&with_from=31/2/2025", path));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "First day of the other period must be a real date"));
	a = harness_get(h, ROLE_COUNCILLOR,
			arena_printf(harness_arena(h), "%s&with_from=2/1/2025&with_to=1/1/2025", path));
	CHECK_INT(a.status, 422);
	harness_close(&h);
}

static void nothing_typed_becomes_markup(void)
{
	const char *note;
	struct answer a;

	h = harness_open();
	note = publish(note_with("Text <script>alert(1)</script>",
				 "[x](javascript:alert(1)) <b>bold</b>\n[Guidance, 2023](https://www.gov.uk/guidance)"));
	a = see(ROLE_COUNCILLOR, note);
	CHECK(!answer_has(&a, "<script>alert"));
	CHECK(!answer_has(&a, "javascript:"));
	CHECK(!answer_has(&a, "<b>"));
	CHECK(answer_has(&a, "href=\"https://www.gov.uk/guidance\">Guidance, 2023</a>"));
	harness_close(&h);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(every_move_from_every_state_by_every_role),
		TEST(who_sees_it_when),
		TEST(figures_stay_as_published),
		TEST(what_stands_in_the_way_of_signing),
		TEST(a_correction_is_a_new_version),
		TEST(what_a_form_cannot_say),
		TEST(periods_beside_each_other),
		TEST(a_file_for_who_may_see_the_page),
		TEST(two_periods_of_a_figure_and_where_it_was_released),
		TEST(nothing_typed_becomes_markup),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
