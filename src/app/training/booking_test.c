/*
 * Bookings through the whole house. Expected: pretix's waiting list (peers 4.2, "freed place offered in order"), the machine
 * of attendance (domain reference 3.11), and the must-shows of the issue.
 */
#include "app/training/booking_test.h"

/* ---- the waiting list ---- */

static void a_freed_place_goes_to_the_first(void)
{
	static const char *const names[] = { "Ada", "Ben", "Cy", "Dee", "Eve" };
	const char *own[5];

	open_product();
	const char *s = coming(2, "public");

	for (int i = 0; i < 5; i++) {
		own[i] = booked_by_link(s, names[i]);
	}
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Ada Ben");
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Cy Dee Eve");
	CHECK(says(own[0], "You have a place"));
	CHECK(says(own[2], "Number 1 on the waiting list"));
	CHECK(says(own[4], "Number 3 on the waiting list"));
	/* somebody in the middle gives up waiting: the others move up, nobody gets a place */
	CHECK_INT(harness_post(h, ROLE_NOBODY, arena_printf(arena, "%s/cancel", own[3]), NULL).status, 303);
	CHECK(says(own[4], "Number 2 on the waiting list"));
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Ada Ben");
	CHECK_INT(to_tell(), 0);
	/* a place is given up: the first who waits has it in the same moment, and is to be told */
	CHECK_INT(harness_post(h, ROLE_NOBODY, arena_printf(arena, "%s/cancel", own[0]), NULL).status, 303);
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Ben Cy");
	CHECK(says(own[0], "Your booking is cancelled"));
	CHECK(says(own[2], "You have a place"));
	CHECK(says(own[4], "Number 1 on the waiting list"));
	CHECK_INT(to_tell(), 1);
	/* who cancelled and comes back stands at the end */
	const char *back = booked_by_link(s, "Ada");

	CHECK(says(back, "Number 2 on the waiting list"));
	CHECK_INT(harness_get(h, ROLE_NOBODY, own[0]).status, 404); /* the old address is nobody's now */
	close_product();
}

static void more_places_and_people_taken_off(void)
{
	open_product();
	const char *s = coming(1, "public");

	for (int i = 0; i < 5; i++) {
		booked_by_link(s, arena_printf(arena, "P%c", 'a' + i));
	}
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Pb Pc Pd Pe");
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "change-session", "{session}", s, "starts_at", "2026-12-10T14:00",
					     "venue", "Town hall", "host", "", "places", "3", "trainer", trainer_ref, NULL);

	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Pa Pb Pc");
	CHECK_INT(harness_post(h, ROLE_TRAINER,
			       path_of(s, arena_printf(arena, "/attendance/%s/remove", learner_named(s, "Pa"))), NULL)
			  .status,
		  303);
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Pb Pc Pd");
	CHECK_INT(to_tell(), 3);
	/* fewer places than people: they keep them, it is said, and the next place that comes free is nobody's */
	o = harness_operation(h, ROLE_SYSTEM, "change-session", "{session}", s, "starts_at", "2026-12-10T14:00", "venue",
			      "Town hall", "host", "", "places", "2", "trainer", trainer_ref, NULL);
	CHECK(strstr(o.flash, "3 people are booked for 2 places") != NULL);
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Pb Pc Pd");
	o = staff_cancels(ROLE_TRAINING_OFFICER, s, "Pb");
	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Pe");
	o = staff_cancels(ROLE_TRAINING_OFFICER, s, "Pc");
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Pd Pe");
	close_product();
}

static void nobody_gets_a_place_when_it_has_begun(void)
{
	open_product();
	const char *s = coming(1, "public");
	const char *own = booked_by_link(s, "Ada");

	booked_by_link(s, "Ben");
	harness_now(h, instant_of_local((struct date){ 2026, 12, 10 }, 14, 0));
	struct answer a = harness_post(h, ROLE_NOBODY, arena_printf(arena, "%s/cancel", own), NULL);

	CHECK_INT(a.status, 422);
	struct outcome o = staff_cancels(ROLE_TRAINING_OFFICER, s, "Ada");

	CHECK(strstr(told(&o), "Record who came") != NULL);
	CHECK_INT(harness_post(h, ROLE_TRAINER,
			       path_of(s, arena_printf(arena, "/attendance/%s/remove", learner_named(s, "Ada"))), NULL)
			  .status,
		  303);
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Ben"); /* the place stays free */
	CHECK_INT(by_link(s, "Cy").status, 422);
	close_product();
}

/* ---- one booking for one e-mail ---- */

static void the_same_email_books_once(void)
{
	open_product();
	const char *s = coming(1, "public");
	const char *own = booked_by_link(s, "Ada");
	struct answer a = by_link(s, "Ada");

	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, arena_printf(arena, "/b/%s/again", now_of(s).booking_code));
	a = harness_get(h, ROLE_NOBODY, a.location);
	CHECK(answer_has(&a, "may be booked already"));
	CHECK(strstr(a.body, strrchr(own, '/') + 1) == NULL); /* nothing of the booking itself */
	CHECK(!answer_has(&a, "You have a place"));
	booked_by_link(s, "Ben"); /* waits */
	struct answer waiting = by_link(s, "Ben");

	waiting = harness_get(h, ROLE_NOBODY, waiting.location);
	CHECK_TEXT(waiting.body, a.body); /* whatever the booking is */
	CHECK_INT(now_of(s).taken + now_of(s).waiting, 2);
	close_product();
}

/* One form pressed twice is one booking and one answer; what is known of a person is left as it was. */
static void a_form_sent_twice(void)
{
	open_product();
	const char *s = coming(5, "public");
	const char *path = arena_printf(arena, "/b/%s/confirm", now_of(s).booking_code);
	struct answer one = harness_post(h, ROLE_NOBODY, path, "_key", "one", "name", "Ada Fern", "email",
					 "ada@oak.example.org", "school", "125404", "job", "Teacher", "audience", "", NULL);
	struct answer two = harness_post(h, ROLE_NOBODY, path, "_key", "one", "name", "Ada Fern", "email",
					 "ada@oak.example.org", "school", "125404", "job", "Teacher", "audience", "", NULL);

	CHECK_INT(one.status, 303);
	CHECK_TEXT(two.location, one.location);
	const char *other = coming(5, "public");

	one = harness_post(h, ROLE_NOBODY, arena_printf(arena, "/b/%s/confirm", now_of(other).booking_code), "name",
			   "Somebody Else", "email", "ADA@oak.example.org", "school", "Elsewhere", "job", "", "audience", "",
			   NULL);
	CHECK_TEXT(names_in(other, ATTENDANCE_BOOKED), "Ada Fern");
	one = harness_get(h, ROLE_NOBODY, one.location);
	CHECK(!answer_has(&one, "Ada Fern")); /* who typed an e-mail does not learn whose it is */
	close_product();
}

/* ---- forms ---- */

static void the_form_is_checked_first(void)
{
	open_product();
	const char *s = coming(5, "public");
	const char *path = arena_printf(arena, "/b/%s", now_of(s).booking_code);
	struct answer a = harness_get(h, ROLE_NOBODY, path);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "5 places left"));
	a = harness_post(h, ROLE_NOBODY, path, "name", "Ada Fern", "email", "ada at oak", "school", "", "job", "", "audience",
			 "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Enter the school or organisation"));
	CHECK(answer_has(&a, "Ada Fern"));
	a = harness_post(h, ROLE_NOBODY, path, "name", "Ada Fern", "email", "ada@oak.example.org", "school",
			 "Oak Lane Primary School", "job", "", "audience", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Oak Lane Primary School, Egham (125405)"));
	a = harness_post(h, ROLE_NOBODY, path, "name", "Ada Fern", "email", "ada@oak.example.org", "school",
			 "Oak Lane Primary School, Oxted", "job", "", "audience", "governors", NULL);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Check before you book"));
	CHECK(answer_has(&a, "Governors"));
	CHECK_INT(now_of(s).taken, 0); /* nothing is booked yet */
	CHECK_INT(harness_get(h, ROLE_NOBODY, "/b/ZZZZZZZZ").status, 404);
	CHECK_INT(harness_get(h, ROLE_NOBODY, arena_printf(arena, "%s/NOBODYSTICKET", path)).status, 404);
	close_product();
}

static void the_calendar_holds_what_is_public(void)
{
	open_product();
	const char *open = coming(5, "public");

	coming(5, "schools");
	coming(5, "closed");
	struct answer a = harness_get(h, ROLE_NOBODY, "/training-calendar");

	CHECK_INT(a.status, 200);
	CHECK_INT(answer_count(&a, "/b/"), 1);
	CHECK(answer_has(&a, now_of(open).booking_code));
	move(ROLE_COORDINATOR, "cancel-session", open);
	a = harness_get(h, ROLE_NOBODY, "/training-calendar");
	CHECK_INT(answer_count(&a, "/b/"), 0);
	close_product();
}

/* ---- moving to another session ---- */

static void moved_into_a_free_place_only(void)
{
	open_product();
	const char *a = coming(1, "public"), *b = coming(1, "public");
	const char *ada = booked_by_link(a, "Ada"), *ben = booked_by_link(a, "Ben");
	const char *swap = arena_printf(arena, "%s/swap", ada);
	const char *b_code = now_of(b).booking_code;
	struct answer r = harness_get(h, ROLE_NOBODY, swap);

	CHECK(answer_has(&r, b_code));
	booked_by_link(b, "Cy");
	/* full: refused, and the place here is kept */
	r = harness_post(h, ROLE_NOBODY, swap, "to", b_code, NULL);
	CHECK_INT(r.status, 422);
	CHECK(answer_has(&r, "That session is full. The booking here is kept"));
	CHECK_TEXT(names_in(a, ATTENDANCE_BOOKED), "Ada");
	/* waiting there as well gives nothing up */
	r = harness_post(h, ROLE_NOBODY, swap, "to", b_code, "waiting", "yes", NULL);
	CHECK_INT(r.status, 303);
	CHECK(says(r.location, "Number 1 on the waiting list"));
	CHECK_TEXT(names_in(a, ATTENDANCE_BOOKED), "Ada");
	/* into a free place: given there, freed here, and passed on, at once */
	struct outcome o = staff_cancels(ROLE_TRAINING_OFFICER, b, "Ada");

	CHECK_TEXT(told(&o), "");
	o = staff_cancels(ROLE_TRAINING_OFFICER, b, "Cy");
	r = harness_post(h, ROLE_NOBODY, swap, "to", b_code, NULL);
	CHECK_INT(r.status, 303);
	CHECK_TEXT(names_in(b, ATTENDANCE_BOOKED), "Ada");
	CHECK_TEXT(names_in(a, ATTENDANCE_BOOKED), "Ben");
	CHECK(says(ben, "You have a place"));
	CHECK(says(ada, "Your booking is cancelled"));
	/* not to itself, not to another course */
	CHECK_INT(harness_post(h, ROLE_NOBODY, arena_printf(arena, "%s/swap", r.location), "to", b_code, NULL).status, 422);
	close_product();
}

/* ---- people to tell ---- */

static void everybody_is_told_by_a_person(void)
{
	open_product();
	const char *s = coming(1, "public");
	const char *own = booked_by_link(s, "Ada");

	booked_by_link(s, "Ben");
	/* another day: both are to be told */
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "change-session", "{session}", s, "starts_at", "2026-12-11T14:00",
					     "venue", "Town hall", "host", "", "places", "1", "trainer", trainer_ref, NULL);

	CHECK_TEXT(told(&o), "");
	CHECK_INT(to_tell(), 2);
	struct answer a = harness_get(h, ROLE_TRAINER, path_of(s, "/tell"));

	CHECK(answer_has(&a, "Date, time or place has changed"));
	CHECK_INT(harness_post(h, ROLE_TRAINER, path_of(s, "/tell"), NULL).status, 422); /* nobody is marked */
	const char *ada = arena_printf(arena, "told-%s", learner_named(s, "Ada"));

	CHECK_INT(harness_post(h, ROLE_TRAINER, path_of(s, "/tell"), ada, "changed", NULL).status, 303);
	CHECK_INT(to_tell(), 1);
	/* cancelled: everybody, whatever they were to be told before; an old page marks nobody */
	move(ROLE_COORDINATOR, "cancel-session", s);
	CHECK_INT(to_tell(), 2);
	CHECK(says(own, "The session is cancelled"));
	CHECK_INT(harness_post(h, ROLE_TRAINER, path_of(s, "/tell"), ada, "changed", NULL).status, 422);
	CHECK_INT(to_tell(), 2);
	a = harness_get(h, ROLE_COORDINATOR, "/training/people-to-tell");
	CHECK_INT(answer_count(&a, "The session is cancelled"), 2);
	a = harness_get(h, ROLE_COORDINATOR, "/");
	CHECK(answer_has(&a, "2 people to tell about a booking"));
	CHECK_INT(harness_post(h, ROLE_TRAINER, path_of(s, "/tell"), ada, "cancelled", NULL).status, 303);
	CHECK_INT(to_tell(), 1);
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Ben"); /* no place is passed on in a session that is off */
	close_product();
}

static void one_address_cannot_flood(void)
{
	struct instant now = { 1795510800000 };

	open_product();
	struct db *db = harness_db(h);

	CHECK_OK(db_begin(db));
	for (int i = 0; i < 3; i++) {
		CHECK_OK(limit_use(arena, db, "booking", "192.0.2.7", 3, now));
	}
	CHECK(limit_use(arena, db, "booking", "192.0.2.7", 3, now) != NULL);
	CHECK_OK(limit_use(arena, db, "booking", "192.0.2.8", 3, now));
	CHECK_OK(limit_use(arena, db, "booking", NULL, 3, now));
	CHECK_OK(limit_use(arena, db, "booking", "192.0.2.7", 3, (struct instant){ now.ms + 301000 }));
	CHECK_OK(db_commit(db));
	close_product();
}

/* ---- on the day, and in lists ---- */

static void the_reference_of_a_booking_checks_in(void)
{
	size_t n;

	open_product();
	const char *s = coming(5, "public"), *own = booked_by_link(s, "Ada");
	char *reference = arena_strdup(arena, strrchr(own, '/') + 1);

	for (char *c = reference; *c != '\0'; c++) { /* as a phone writes it */
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
	}
	harness_now(h, instant_of_local((struct date){ 2026, 12, 10 }, 13, 40));
	CHECK_OK(move(ROLE_TRAINER, "open-check-in", s).err);
	struct outcome o = harness_operation(h, ROLE_NOBODY, "check-in", "{checkin}", session_of(s).checkin_code, "said", reference,
					     "name", "", "organisation", "", "ticket", "T1", NULL);

	CHECK_TEXT(told(&o), "");
	CHECK_INT(list_of(s, &n)[0].state, ATTENDANCE_ATTENDED);
	CHECK_INT(n, 1);
	close_product();
}

/* "Cancelled" in a list of bookings from elsewhere is a booking given up, not an absence: the next has the place. */
static void cancelled_in_a_list_gives_the_place_on(void)
{
	open_product();
	const char *s = coming(1, "public");

	booked_by_link(s, "Ada");
	booked_by_link(s, "Ben");
	CHECK_TEXT(names_in(s, ATTENDANCE_WAITING), "Ben");
	struct outcome o = import(s, "name,email,state\nAda,ada@oak.example.org,Cancelled\n");

	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(names_in(s, ATTENDANCE_CANCELLED), "Ada");
	CHECK_TEXT(names_in(s, ATTENDANCE_BOOKED), "Ben");
	CHECK_INT(to_tell(), 1);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(a_freed_place_goes_to_the_first),
					     TEST(more_places_and_people_taken_off),
					     TEST(nobody_gets_a_place_when_it_has_begun),
					     TEST(the_same_email_books_once),
					     TEST(a_form_sent_twice),
					     TEST(the_form_is_checked_first),
					     TEST(the_calendar_holds_what_is_public),
					     TEST(moved_into_a_free_place_only),
					     TEST(everybody_is_told_by_a_person),
					     TEST(one_address_cannot_flood),
					     TEST(the_reference_of_a_booking_checks_in), TEST(cancelled_in_a_list_gives_the_place_on),
					     TEST_END };

	return test_main(argc, argv, tests);
}
