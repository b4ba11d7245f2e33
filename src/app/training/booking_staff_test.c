/* Bookings by the team and by schools, every move of a booking, and everything that counts people. Expected: domain reference
 * 3.11 and the policy (2.4). */
#include "app/training/booking_test.h"

/* ---- over the number of places ---- */

static void over_the_places_only_by_the_team(void)
{
	open_product();
	const char *s = coming(1, "public");
	struct outcome o = staff_books(ROLE_TRAINER, s, "Ada", "125404", "");

	CHECK_TEXT(told(&o), "");
	o = staff_books(ROLE_TRAINER, s, "Ben", "125404", "yes"); /* a trainer cannot */
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Ben");
	o = staff_books(ROLE_TRAINING_OFFICER, s, "Cy", "125404", "");
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Ben Cy");
	o = staff_books(ROLE_TRAINING_OFFICER, s, "Dee", "125404", "yes");
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Ada Dee");
	o = staff_books(ROLE_TRAINING_OFFICER, s, "Cy", "125404", "yes"); /* who waits is given one all the same */
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Ada Cy Dee");
	/* lists of people book nobody over the places, nor past those who wait */
	CHECK_INT(import(s, "name,email,school\nEve Lund,eve@oak.example.org,125404\n").problems.n, 1);
	o = import(s, "name,email,school\nBen,ben@oak.example.org,125404\n");
	CHECK_INT(o.problems.n, 0);
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Ben");
	struct answer a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance"), "school", "", "sector", "", "rest", "",
				       arena_printf(arena, "was-%s", learner_named(s, "Ben")), "waiting",
				       arena_printf(arena, "state-%s", learner_named(s, "Ben")), "booked", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "cannot be booked"));
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Ben");
	close_product();
}

/* ---- who is known ---- */

static void add_known(const char *name)
{
	CHECK_OK(harness_operation(h, ROLE_TRAINING_OFFICER, "add-person", "name", name, "standing", "staff", "email", "", NULL).err);
}

static void what_is_found_says_when_it_is_not_all(void)
{
	static const char more[] = "No more than 20 are shown. Type more of the name";

	open_product();
	const char *s = coming(1, "public");

	for (int i = 0; i < 19; i++) {
		add_known(arena_printf(arena, "Gwen %c Tarn", 'A' + i));
	}
	struct answer a = harness_get(h, ROLE_TRAINING_OFFICER, path_of(s, "/book?find=gwen"));
	CHECK_INT(answer_count(&a, "name=\"learner\""), 19);
	CHECK(!answer_has(&a, more));
	add_known("Gwen Y Tarn");
	add_known("Gwen Z Tarn");
	a = harness_get(h, ROLE_TRAINING_OFFICER, path_of(s, "/book?find=gwen"));
	CHECK_INT(answer_count(&a, "name=\"learner\""), 20);
	CHECK(answer_has(&a, more));
	close_product();
}

/* ---- a school's own staff ---- */

static void a_lead_books_the_own_school(void)
{
	open_product();
	harness_school(h, OAK);
	const char *schools = coming(2, "schools"), *closed = coming(2, "closed");
	struct answer a = harness_get(h, ROLE_SCHOOL_LEAD, "/training/book");

	CHECK(answer_has(&a, schools));
	CHECK(!answer_has(&a, closed));
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, path_of(closed, "/book")).status, 404);
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, path_of(schools, "/tell")).status, 403);
	/* another school's person, by name and as a reference: neither seen nor booked */
	struct outcome o = staff_books(ROLE_TRAINING_OFFICER, schools, "Hugh", "125406", "");

	CHECK_TEXT(told(&o), "");
	a = harness_get(h, ROLE_SCHOOL_LEAD, path_of(schools, "/book?find=hugh"));
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "Hugh"));
	const char *hugh = learner_named(schools, "Hugh");

	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, path_of(schools, arena_printf(arena, "/bookings/%s", hugh))).status, 404);
	o = staff_cancels(ROLE_SCHOOL_LEAD, schools, "Hugh");
	CHECK(o.err != NULL && o.err->kind == ERR_NOT_FOUND);
	o = harness_operation(h, ROLE_SCHOOL_LEAD, "book-place", "{session}", schools, "learner", hugh, "name", "", "email", "",
			      "school", "", "job", "", "audience", "", NULL);
	CHECK(o.problems.n > 0);
	/* the own: at the own school, whatever is sent */
	a = harness_post(h, ROLE_SCHOOL_LEAD, path_of(schools, "/book"), "name", "Ada Fern", "email", "ada@oak.example.org",
			 "school", "125406", "job", "Teacher", "audience", "school-staff", NULL);
	CHECK_INT(a.status, 303);
	a = harness_get(h, ROLE_SCHOOL_LEAD, path_of(schools, "/book"));
	CHECK(answer_has(&a, "Ada Fern"));
	CHECK(!answer_has(&a, "Hugh"));
	size_t n;

	CHECK_INT(lines_of(schools, ATTENDANCE_BOOKED, &n)[1].establishment_urn, OAK);
	/* full now: the next waits, and the lead cancels only what is the school's */
	a = harness_post(h, ROLE_SCHOOL_LEAD, path_of(schools, "/book"), "name", "Bea Ash", "email", "", "school", "", "job",
			 "", "audience", "", "although_full", "yes", NULL);
	CHECK_TEXT(names_in(schools, ATTENDANCE_WAITING), "Bea Ash");
	o = staff_cancels(ROLE_SCHOOL_LEAD, schools, "Ada Fern");
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(names_in(schools, ATTENDANCE_BOOKED), "Hugh Bea Ash");
	/* a known person of the school, found by name */
	a = harness_get(h, ROLE_SCHOOL_LEAD, path_of(schools, "/book?find=ada"));
	CHECK(answer_has(&a, learner_named(schools, "Ada Fern")));
	close_product();
}

/* ---- every move from every state ---- */

enum { BOOK_AGAIN, CANCEL, MOVE, TURNS_UP, STAYS_AWAY, LIST_BOOKS, MOVES };

/* Domain reference 3.11 with the two states of a booking: what becomes of each by each. 0: refused, nothing changes. The
 * first three before the session, the next two on its day; a list that books comes before it. */
static const int table[][MOVES + 1] = {
	{ ATTENDANCE_BOOKED, ATTENDANCE_BOOKED, ATTENDANCE_CANCELLED, ATTENDANCE_CANCELLED, ATTENDANCE_ATTENDED,
	  ATTENDANCE_NO_SHOW, ATTENDANCE_BOOKED },
	{ ATTENDANCE_WAITING, ATTENDANCE_WAITING, ATTENDANCE_CANCELLED, ATTENDANCE_CANCELLED, ATTENDANCE_ATTENDED,
	  ATTENDANCE_WAITING, ATTENDANCE_WAITING },
	{ ATTENDANCE_CANCELLED, ATTENDANCE_WAITING, 0, 0, ATTENDANCE_ATTENDED, ATTENDANCE_CANCELLED, ATTENDANCE_CANCELLED },
};

static int state_now(const char *session, const char *learner)
{
	const struct booking_find find = { .session_id = now_of(session).id, .learner = learner };
	struct booking_row row = { 0 };
	bool found;

	CHECK_OK(sql_booking_of_learner(arena, harness_db(h), &find, &row, &found));
	return row.state;
}

static struct outcome try_move(int move, enum role role, const char *session, const char *to, const char *learner)
{
	const struct instant day = instant_of_local((struct date){ 2026, 12, 10 }, 16, 0);
	const char *name = "Zoe,zoe@oak.example.org,125404";

	switch (move) {
	case BOOK_AGAIN:
		return staff_books(role, session, "Zoe", "125404", "");
	case CANCEL:
		return harness_operation(h, role, "cancel-booking", "{session}", session, "{learner}", learner, NULL);
	case MOVE:
		return harness_operation(h, role, "move-booking", "{session}", session, "{learner}", learner, "to", to, NULL);
	case LIST_BOOKS:
		return import(session, arena_printf(arena, "name,email,school,state\n%s,booked\n", name));
	default:
		break;
	}
	harness_now(h, day);
	return import(session, arena_printf(arena, "name,email,school,state\n%s,%s\n", name,
					    move == TURNS_UP ? "attended" : "no-show"));
}

/* A session of one place with Zoe in a state, and one that she can move to. */
static const char *with_zoe(int state, const char **session, const char **to)
{
	struct outcome o;

	*session = coming(state == ATTENDANCE_BOOKED ? 2 : 1, "schools");
	*to = coming(5, "schools");
	o = staff_books(ROLE_TRAINING_OFFICER, *session, "Full", "125404", "");
	CHECK_TEXT(told(&o), "");
	o = staff_books(ROLE_TRAINING_OFFICER, *session, "Zoe", "125404", "");
	CHECK_TEXT(told(&o), "");
	if (state == ATTENDANCE_CANCELLED) {
		o = staff_cancels(ROLE_TRAINING_OFFICER, *session, "Zoe");
	}
	const char *zoe = learner_named(*session, "Zoe");

	CHECK_INT(state_now(*session, zoe), state);
	return zoe;
}

static void every_move_from_every_state(void)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		for (int m = 0; m < MOVES; m++) {
			const char *session, *to;

			open_product();
			const char *zoe = with_zoe(table[i][0], &session, &to);
			struct outcome o = try_move(m, ROLE_TRAINING_OFFICER, session, to, zoe);
			int wanted = table[i][m + 1];

			CHECK_INT(state_now(session, zoe), wanted == 0 ? table[i][0] : wanted);
			if (wanted == 0) {
				CHECK(told(&o)[0] != '\0'); /* with its reason */
			}
			close_product();
		}
	}
}

/* Who may: by hand from the policy, for the moves that are bookings. A lead's and a trainer's are their own. */
static void every_move_by_every_role(void)
{
	static const struct {
		enum role role;
		bool may;
	} roles[] = { { ROLE_NOBODY, false },	  { ROLE_ADMINISTRATOR, false }, { ROLE_COORDINATOR, true },
		      { ROLE_TRAINING_OFFICER, true }, { ROLE_TRAINER, true },	 { ROLE_SCHOOL_LEAD, true },
		      { ROLE_COUNCILLOR, false },  { ROLE_AUDITOR, false } };

	for (size_t r = 0; r < sizeof(roles) / sizeof(*roles); r++) {
		for (int m = BOOK_AGAIN; m <= MOVE; m++) {
			const char *session, *to;

			open_product();
			harness_school(h, OAK);
			const char *zoe = with_zoe(ATTENDANCE_BOOKED, &session, &to);
			struct outcome o = try_move(m, roles[r].role, session, to, zoe);

			CHECK_INT(o.err == NULL && o.problems.n == 0, roles[r].may);
			CHECK_INT(state_now(session, zoe),
				  roles[r].may && m != BOOK_AGAIN ? ATTENDANCE_CANCELLED : ATTENDANCE_BOOKED);
			close_product();
		}
	}
}

/* ---- everything that counts people ---- */

static void who_waits_or_cancelled_counts_nowhere(void)
{
	open_product();
	const char *s = coming(1, "public");

	booked_by_link(s, "Ada");
	booked_by_link(s, "Ben");
	booked_by_link(s, "Cy");
	struct outcome o = staff_cancels(ROLE_TRAINING_OFFICER, s, "Cy");

	CHECK_TEXT(told(&o), "");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");

	CHECK(answer_has(&a, "1 of 1"));
	size_t n;

	list_of(s, &n); /* of the session's page and before its day */
	CHECK_INT(n, 1);
	move(ROLE_TRAINER, "confirm-session", s);
	harness_now(h, instant_of_local((struct date){ 2026, 12, 10 }, 17, 0));
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/attendance"));
	CHECK(answer_has(&a, "Ben")); /* may have turned up */
	CHECK(!answer_has(&a, "Cy"));
	o = move(ROLE_TRAINER, "deliver-session", s);
	CHECK(strstr(told(&o), "Record who came") != NULL);
	CHECK_INT(import(s, "name,email,school,state\nAda,ada@oak.example.org,125404,attended\n").problems.n, 0);
	o = move(ROLE_TRAINER, "deliver-session", s);
	CHECK_TEXT(told(&o), "");
	/* nobody is reconciled who waited or cancelled: it can be closed when feedback has ended */
	harness_now(h, instant_of_local((struct date){ 2027, 1, 10 }, 9, 0));
	o = move(ROLE_COORDINATOR, "close-session", s);
	CHECK_TEXT(told(&o), "");
	int64_t rows;

	CHECK_INT(served(s, OAK, &rows), 1);
	close_product();
}

/* Two records of one person held two places: joined they hold one, and who waits has the other. */
static void joined_people_free_a_place(void)
{
	open_product();
	const char *s = coming(2, "schools");
	struct outcome o = staff_books(ROLE_TRAINING_OFFICER, s, "Ada", "125404", "");

	CHECK_TEXT(told(&o), "");
	o = staff_books(ROLE_TRAINING_OFFICER, s, "Adah", "125404", "");
	CHECK_TEXT(told(&o), "");
	o = staff_books(ROLE_TRAINING_OFFICER, s, "Ben", "125404", "");
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Ben");
	const int64_t waited = to_tell();

	o = harness_operation(h, ROLE_TRAINING_OFFICER, "join-people", "{learner}", learner_named(s, "Ada"), "{other}",
			      learner_named(s, "Adah"), "_version", "1", "second_version", "1", "stays", "first", NULL);
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Ada Ben");
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "");
	CHECK_INT(to_tell(), waited + 1);
	CHECK_INT(now_of(s).taken, 2);
	/* apart again nobody loses a place: the session is over its number, which the team sees */
	o = harness_operation(h, ROLE_TRAINING_OFFICER, "part-people", "{learner}", learner_named(s, "Ada"), "{merge}", o.reference,
			      NULL);
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Ada Adah Ben");
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(over_the_places_only_by_the_team),
					     TEST(what_is_found_says_when_it_is_not_all),
					     TEST(a_lead_books_the_own_school),
					     TEST(every_move_from_every_state),
					     TEST(every_move_by_every_role),
					     TEST(who_waits_or_cancelled_counts_nowhere),
					     TEST(joined_people_free_a_place),
					     TEST_END };

	return test_main(argc, argv, tests);
}
