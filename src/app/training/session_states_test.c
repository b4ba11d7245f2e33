/*
 * A session: every move from every state by every role (domain reference 3.11), against tables written by hand. Refused moves
 * change nothing and say why. Then: closing reconciles.
 */
#include "app/training/checkin.h"
#include "app/training/checkin.sql.h"
#include "app/training/training_test.h"

/* ---- the tables ---- */

enum { STATES = SESSION_CANCELLED, KINDS = 9 };

/* "=word": done, and this is the state afterwards; otherwise a part of the reason. */
static const struct {
	const char *operation;
	const char *trainer; /* "yes": the session's own trainer may, too */
	const char *from[STATES]; /* planned, confirmed, delivered, closed, cancelled */
} table[KINDS] = {
	{ "confirm-session", "yes",
	  { "=confirmed", "already been confirmed", "already been confirmed", "closed and can no longer", "was cancelled" } },
	{ "deliver-session", "yes",
	  { "Confirm the session before", "=delivered", "already been marked", "closed and can no longer", "was cancelled" } },
	{ "close-session", "no",
	  { "Mark the session as delivered before", "Mark the session as delivered before", "=closed", "closed and can no longer",
	    "was cancelled" } },
	{ "cancel-session", "no", { "=cancelled", "=cancelled", "=cancelled", "closed and can no longer", "was cancelled" } },
	{ "change-session", "no",
	  { "=planned", "=confirmed", "This one is delivered", "This one is closed", "This one is cancelled" } },
	{ "open-feedback", "yes",
	  { "=planned", "=confirmed", "=delivered", "This session is closed", "This session is cancelled" } },
	{ "open-check-in", "yes",
	  { "=planned", "=confirmed", "This session is delivered", "This session is closed", "This session is cancelled" } },
	{ "end-check-in", "yes",
	  { "=planned", "=confirmed", "This session is delivered", "This session is closed", "This session is cancelled" } },
	{ "record-attendance", "yes", { "=planned", "=confirmed", "=delivered", "is closed", "was cancelled" } },
};

/* no: nobody of this role; own: the session's trainer; all. Domain reference 2.4 and 3.11. */
static const struct {
	enum role role;
	const char *reach;
} roles[] = {
	{ ROLE_NOBODY, "no" },	{ ROLE_ADMINISTRATOR, "no" }, { ROLE_COORDINATOR, "all" },
	{ ROLE_TRAINING_OFFICER, "all" }, { ROLE_TRAINER, "own" }, { ROLE_SCHOOL_LEAD, "no" },
	{ ROLE_COUNCILLOR, "no" }, { ROLE_AUDITOR, "no" }, { ROLE_SYSTEM, "all" },
};

static void put(struct session *row, int state)
{
	row->state = state;
	row->cancel_reason = state == SESSION_CANCELLED ? "Snow" : "";
	row->feedback_until = (struct date){ 2026, 11, 15 };
	CHECK_OK(sql_session_set_state(harness_db(h), row, NULL));
}

static struct outcome ask(enum role role, const char *operation, const char *s)
{
	const char *version = arena_printf(arena, "%lld", (long long)session_of(s).version);

	if (text_same(operation, "change-session") && role == ROLE_SYSTEM) {
		return harness_operation(h, role, operation, "{session}", s, "starts_at", "2026-11-01T14:00", "venue", "Library",
					 "host", "", "places", "30", "trainer", trainer_ref, NULL);
	}
	if (text_same(operation, "change-session")) {
		return harness_operation(h, role, operation, "{session}", s, "_version", version, "starts_at-day", "1",
					 "starts_at-month", "11", "starts_at-year", "2026", "starts_at-time", "2pm", "venue",
					 "Library", "host", "", "places", "30", "trainer", trainer_ref, NULL);
	}
	return move(role, operation, s);
}

static void try_move(const char *s, struct session *row, size_t k, int state, size_t r)
{
	const char *want = table[k].from[state - 1];
	bool may = text_same(roles[r].reach, "all") || (text_same(roles[r].reach, "own") && text_same(table[k].trainer, "yes"));
	bool done = may && want[0] == '=';

	put(row, state);
	int64_t version = session_of(s).version;
	struct outcome o = ask(roles[r].role, table[k].operation, s);

	if (!CHECK((o.err == NULL && o.problems.n == 0) == done)) {
		printf("    %s from %s as %s: %s\n", table[k].operation, words_word(&session_state_words, state),
		       words_word(&role_words, (int)roles[r].role), told(&o));
	}
	CHECK_TEXT(state_of(s), done ? want + 1 : words_word(&session_state_words, state));
	if (!done) {
		CHECK_INT(session_of(s).version, version);
	}
	if (may && !done) {
		CHECK(strstr(told(&o), want) != NULL);
	}
}

static void every_move_by_every_role(void)
{
	open_product();
	const char *s = schedule("2026-11-01T14:00", "");
	struct session row = session_of(s);

	CHECK_INT(import(s, "Ada Fern").problems.n, 0);
	for (int state = SESSION_PLANNED; state <= SESSION_CANCELLED; state++) {
		for (size_t k = 0; k < KINDS; k++) {
			for (size_t r = 0; r < sizeof(roles) / sizeof(roles[0]); r++) {
				try_move(s, &row, k, state, r);
			}
		}
	}
	close_product();
}

/* A session of a colleague is nobody's own: the trainer is told that there is none. */
static void another_trainers_session(void)
{
	open_product();
	trainer_ref = choice_labelled(&SQL_trainer_choices, harness_who(h, ROLE_COORDINATOR)->name);
	const char *s = schedule("2026-11-01T14:00", "");

	for (size_t k = 0; k < KINDS; k++) {
		struct outcome o = ask(ROLE_TRAINER, table[k].operation, s);

		CHECK(o.err != NULL);
		CHECK_TEXT(state_of(s), "planned");
	}
	close_product();
}

/* ---- closing reconciles ---- */

static const char *open_ended(void)
{
	const char *s = schedule("2026-11-24T09:30", "");

	CHECK_INT(import(s, "name,email,state\nAda Fern,ada@oak.example.org,attended\nBen Hale,,booked\nCy Webb,,booked\n"
			    "Dee Ash,,booked\nEve Lund,,apologies")
			  .problems.n,
		  0);
	CHECK_OK(move(ROLE_TRAINER, "open-check-in", s).err);
	harness_now(h, instant_of_local((struct date){ 2026, 11, 24 }, 9, 20));
	CHECK_OK(harness_operation(h, ROLE_NOBODY, "check-in", "{checkin}", session_of(s).checkin_code, "said", "fay@elsewhere.example.org",
				   "name", "", "organisation", "", "ticket", "T1", NULL)
			 .err);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	harness_now(h, instant_of_local((struct date){ 2026, 12, 24 }, 9, 0));
	return s;
}

static const char *learner_named(const char *s, const char *name)
{
	size_t n;
	struct attendance_line *v = list_of(s, &n);

	for (size_t i = 0; i < n; i++) {
		if (text_same(v[i].name, name)) {
			return v[i].learner;
		}
	}
	return "";
}

static void one_decision_each_then_closed(void)
{
	open_product();
	const char *s = open_ended();
	const char *path = path_of(s, "/close");
	const char *ben = arena_printf(arena, "state-%s", learner_named(s, "Ben Hale"));
	const char *version = arena_printf(arena, "%lld", (long long)session_of(s).version);
	struct answer a = harness_get(h, ROLE_COORDINATOR, path);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Ben Hale") && answer_has(&a, "Dee Ash"));
	CHECK(!answer_has(&a, "Ada Fern") && !answer_has(&a, "Eve Lund")); /* nothing left to decide about them */
	CHECK(answer_has(&a, "not on the list: 1"));
	/* nothing decided: nothing closed */
	a = harness_post(h, ROLE_COORDINATOR, path, "_version", version, ben, "part", "rest", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "still recorded as booked"));
	CHECK_INT(counts_of(s).part, 0); /* and nothing changed by half */
	a = harness_post(h, ROLE_COORDINATOR, path, "_version", version, ben, "part", "rest", "no-show", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "checked in who are not on the list"));
	a = harness_post(h, ROLE_COORDINATOR, path, "_version", version, ben, "part", "rest", "no-show", "leave_out", "yes", NULL);
	CHECK_INT(a.status, 303);
	CHECK_TEXT(state_of(s), "closed");
	struct session_counts c = counts_of(s);

	CHECK_INT(c.booked, 0);
	CHECK_INT(c.attended, 1);
	CHECK_INT(c.part, 1);
	CHECK_INT(c.no_show, 2);
	CHECK_INT(c.apologies, 1);
	CHECK_INT(c.unsettled, 0);
	/* what comes later is refused with the reason, by every way in */
	struct outcome o = import(s, "Gus Pike,,125404");

	CHECK(strstr(told(&o), "closed") != NULL);
	o = harness_operation(h, ROLE_COORDINATOR, "set-attendance", "{session}", s, "{learner}", learner_named(s, "Ben Hale"),
			      "state", "attended", "arrived", "", "left", "", NULL);
	CHECK(strstr(told(&o), "closed") != NULL);
	close_product();
}

/* While people can still give feedback, nothing that the form decides is kept. */
static void not_before_feedback_has_ended(void)
{
	open_product();
	const char *s = open_ended();

	harness_now(h, instant_of_local((struct date){ 2026, 11, 25 }, 9, 0));
	struct answer a = harness_get(h, ROLE_COORDINATOR, path_of(s, "/close"));

	CHECK(answer_has(&a, "still give feedback"));
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "close-session", "{session}", s, "_version",
					     arena_printf(arena, "%lld", (long long)session_of(s).version), "rest", "no-show",
					     "leave_out", "yes", NULL);
	CHECK(strstr(told(&o), "still give feedback") != NULL);
	CHECK_INT(counts_of(s).booked, 3);
	CHECK_INT(counts_of(s).unsettled, 1);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_by_every_role), TEST(another_trainers_session),
					     TEST(one_decision_each_then_closed), TEST(not_before_feedback_has_ended), TEST_END };

	return test_main(argc, argv, tests);
}
