/*
 * Attendance: every move from every state by every role (domain reference 3.11), and the vectors of paper lists (peers 4.2:
 * pretix, "a paper list entered later wins by its earlier time"; Moodle, "apology is not absence").
 */
#include "app/training/training_test.h"

static const struct attendance_line *line_of(const char *session, const char *name)
{
	size_t n;
	struct attendance_line *v = list_of(session, &n);

	for (size_t i = 0; i < n; i++) {
		if (text_same(v[i].name, name)) {
			return &v[i];
		}
	}
	CHECK(false); /* not on the list */
	return NULL;
}

static void put_state(const char *session, const char *name, int state)
{
	const struct attendance_line *l = line_of(session, name);
	const struct attendance a = { .id = l->id, .state = state, .sector = l->sector };

	CHECK_OK(sql_attendance_update(harness_db(h), &a, 1));
}

static void put_session(const char *session, int state, struct date held_on)
{
	struct session s = session_of(session);

	s.state = state;
	s.held_on = held_on;
	s.starts_at = instant_of_local(held_on, 9, 0);
	s.cancel_reason = state == SESSION_CANCELLED ? "Snow" : "";
	CHECK_OK(sql_session_set_state(harness_db(h), &s, NULL));
	CHECK_OK(sql_session_update(harness_db(h), &s, NULL));
}

/* ---- every move ---- */

/* By hand from the domain reference 3.11 ("trainer" moves attendance; policy: the co-ordinator's side too) and from what a
 * closed or cancelled session is. From any outcome to any other: a slip of the pen is put right while it is open. */
static const struct {
	int state;
	bool future;
	const char *may;     /* words that may be set */
	const char *refused; /* what the others are told */
} when[] = {
	{ SESSION_PLANNED, false, "booked attended part no-show apologies", "" },
	{ SESSION_CONFIRMED, false, "booked attended part no-show apologies", "" },
	{ SESSION_CONFIRMED, true, "booked apologies", "Until then people can only be booked, or send apologies" },
	{ SESSION_DELIVERED, false, "booked attended part no-show apologies", "" },
	{ SESSION_CLOSED, false, "", "closed" },
	{ SESSION_CANCELLED, false, "", "cancelled" },
};

static const struct {
	enum role role;
	bool may;
} who[] = {
	{ ROLE_NOBODY, false },	 { ROLE_ADMINISTRATOR, false }, { ROLE_COORDINATOR, true }, { ROLE_TRAINING_OFFICER, true },
	{ ROLE_TRAINER, true },	 { ROLE_SCHOOL_LEAD, false },	{ ROLE_COUNCILLOR, false }, { ROLE_AUDITOR, false },
	{ ROLE_SYSTEM, true },
};

static bool among(const char *words, const char *word)
{
	const char *at = strstr(words, word);

	return at != NULL && (at == words || at[-1] == ' ') && (at[strlen(word)] == ' ' || at[strlen(word)] == '\0');
}

static void try_move(const char *s, const char *learner, size_t w, size_t r, const struct word *from, const struct word *to)
{
	put_state(s, "Ada Fern", from->code);
	struct outcome o = harness_operation(h, who[r].role, "set-attendance", "{session}", s, "{learner}", learner,
					     "state", to->word, "arrived", "", "left", "", NULL);
	bool may = who[r].may && among(when[w].may, to->word);

	CHECK_TEXT(words_word(&attendance_state_words, line_of(s, "Ada Fern")->state), may ? to->word : from->word);
	CHECK((o.err == NULL && o.problems.n == 0) == may);
	if (who[r].may && !may) {
		CHECK(strstr(told(&o), when[w].refused) != NULL);
	}
}

static void every_move_by_every_role(void)
{
	const struct date past = { 2026, 11, 23 }, future = { 2026, 11, 25 };

	open_product();
	const char *s = schedule("2026-11-23T09:00", "");

	CHECK_INT(import(s, "Ada Fern").problems.n, 0);
	const char *learner = line_of(s, "Ada Fern")->learner;

	for (size_t w = 0; w < sizeof(when) / sizeof(when[0]); w++) {
		put_session(s, when[w].state, when[w].future ? future : past);
		for (size_t r = 0; r < sizeof(who) / sizeof(who[0]); r++) {
			for (const struct word *from = attendance_said_words.items; from->word != NULL; from++) {
				for (const struct word *to = attendance_said_words.items; to->word != NULL; to++) {
					try_move(s, learner, w, r, from, to);
				}
			}
		}
	}
	close_product();
}

/* ---- paper lists ---- */

static const char *times_of(const char *s, const char *name)
{
	const struct attendance_line *l = line_of(s, name);

	return arena_printf(arena, "%s %s", words_word(&attendance_state_words, l->state),
			    attendance_times_text(arena, session_of(s).starts_at, l->arrived_at, l->left_at));
}

static void list(const char *s, const char *row)
{
	struct outcome o = import(s, arena_printf(arena, "name,state,arrived,left\n%s", row));

	CHECK_TEXT(told(&o), "");
}

static void the_earlier_time_wins(void)
{
	open_product();
	const char *s = schedule("2026-11-24T08:30", "");

	list(s, "Ada Fern,booked,,");
	CHECK_TEXT(times_of(s, "Ada Fern"), "booked ");
	list(s, "Ada Fern,,8:42am,"); /* a time says that somebody was there */
	CHECK_TEXT(times_of(s, "Ada Fern"), "attended 8:42am");
	list(s, "Ada Fern,,8:50am,"); /* later: not taken */
	CHECK_TEXT(times_of(s, "Ada Fern"), "attended 8:42am");
	list(s, "Ada Fern,attended,,"); /* without a time: leaves what is there */
	CHECK_TEXT(times_of(s, "Ada Fern"), "attended 8:42am");
	list(s, "Ada Fern,,8.25,"); /* entered last, and earlier: taken */
	CHECK_TEXT(times_of(s, "Ada Fern"), "attended 8:25am");
	list(s, "Ada Fern,no,,"); /* a list never takes attendance away */
	CHECK_TEXT(times_of(s, "Ada Fern"), "attended 8:25am");
	list(s, "Ada Fern,,,9:40am"); /* left early: whether in full or in part is the trainer's decision */
	CHECK_TEXT(times_of(s, "Ada Fern"), "attended 8:25am; left at 9:40am");
	list(s, "Ben Hale,,8:50,\nBen Hale,,8:40,"); /* twice on one list */
	CHECK_TEXT(times_of(s, "Ben Hale"), "attended 8:40am");
	/* 15 minutes after the start is in time, one more is late */
	list(s, "Cy Webb,,8:45,\nDee Ash,,8:46,");
	CHECK_TEXT(times_of(s, "Cy Webb"), "attended 8:45am");
	CHECK_TEXT(times_of(s, "Dee Ash"), "attended 8:46am, late");
	close_product();
}

static void an_apology_is_not_absence(void)
{
	open_product();
	const char *s = schedule("2026-11-24T08:30", "");

	list(s, "Ada Fern,apologies,,\nBen Hale,no,,\nCy Webb,apologies,,\nDee Ash,attended,8:20am,");
	list(s, "Ada Fern,no,,\nBen Hale,apologies,,\nCy Webb,attended,,\nDee Ash,apologies,,");
	CHECK_TEXT(times_of(s, "Ada Fern"), "apologies "); /* a register that ticks only who came */
	CHECK_TEXT(times_of(s, "Ben Hale"), "apologies "); /* found later, told beforehand */
	CHECK_TEXT(times_of(s, "Cy Webb"), "attended ");   /* came after all */
	CHECK_TEXT(times_of(s, "Dee Ash"), "attended 8:20am");
	struct session_counts c = counts_of(s);

	CHECK_INT(c.apologies, 2);
	CHECK_INT(c.no_show, 0);
	CHECK_INT(c.attended, 2);
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");

	CHECK(answer_has(&a, "2 of 30")); /* who sent apologies takes no place */
	close_product();
}

static void times_that_cannot_be(void)
{
	open_product();
	const char *s = schedule("2026-11-24T08:30", "");
	static const struct {
		const char *row, *fault;
	} rows[] = {
		{ "Ada Fern,,soon,", "time of arrival must be a time" },
		{ "Ada Fern,,,late", "time of leaving must be a time" },
		{ "Ada Fern,no,9:00,", "somebody who was not there" },
		{ "Ada Fern,apologies,,9:00", "somebody who was not there" },
		{ "Ada Fern,,9:00,8:30", "before the time of arrival" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct outcome o = import(s, arena_printf(arena, "name,state,arrived,left\n%s", rows[i].row));
		const char *bad = pairs_get(&o.result, "bad");

		CHECK(bad != NULL && strstr(bad, rows[i].fault) != NULL);
	}
	close_product();
}

/* A trainer corrects by hand, also to a later time. */
static void one_person_by_hand(void)
{
	open_product();
	const char *s = schedule("2026-11-24T08:30", "");

	list(s, "Ada Fern,,8:20,");
	const char *learner = line_of(s, "Ada Fern")->learner;
	const char *path = path_of(s, arena_printf(arena, "/attendance/%s", learner));
	struct answer a = harness_get(h, ROLE_TRAINER, path);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "8:20am"));
	CHECK_INT(harness_post(h, ROLE_TRAINER, path, "state", "part", "arrived", "8:55am", "left", "9:30am", NULL).status, 303);
	CHECK_TEXT(times_of(s, "Ada Fern"), "part 8:55am, late; left at 9:30am");
	a = harness_post(h, ROLE_TRAINER, path, "state", "no-show", "arrived", "8:55am", "left", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "was not there"));
	a = harness_post(h, ROLE_TRAINER, path, "state", "part", "arrived", "soon", "left", "", NULL);
	CHECK(answer_has(&a, "Enter a time"));
	a = harness_post(h, ROLE_TRAINER, path, "state", "part", "arrived", "9am", "left", "8am", NULL);
	CHECK(answer_has(&a, "before the time of arrival"));
	CHECK_INT(harness_get(h, ROLE_TRAINER, path_of(s, "/attendance/ZZZZZZZZ")).status, 404);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_by_every_role), TEST(the_earlier_time_wins),
					     TEST(an_apology_is_not_absence), TEST(times_that_cannot_be),
					     TEST(one_person_by_hand), TEST_END };

	return test_main(argc, argv, tests);
}
