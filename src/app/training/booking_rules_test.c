/* Decisions about bookings against tables written by hand. */
#include "app/training/booking.h"
#include "base/arena.h"
#include "base/test.h"

static const struct date today = { 2026, 11, 24 };

struct vector {
	int state, booking;
	int day; /* of December 2026; 0: this morning, an hour ago */
	struct date until;
	bool team, school, link;
};

/* Domain reference 3.11: a session that is planned or confirmed can be booked; who may is said on it. */
static void who_may_book_when(void)
{
	static const struct vector vectors[] = {
		{ SESSION_PLANNED, BOOKING_CLOSED, 10, { 0 }, true, false, false },
		{ SESSION_PLANNED, BOOKING_SCHOOLS, 10, { 0 }, true, true, false },
		{ SESSION_PLANNED, BOOKING_PUBLIC, 10, { 0 }, true, true, true },
		{ SESSION_CONFIRMED, BOOKING_CLOSED, 10, { 0 }, true, false, false },
		{ SESSION_CONFIRMED, BOOKING_PUBLIC, 10, { 0 }, true, true, true },
		{ SESSION_CONFIRMED, BOOKING_PUBLIC, 10, { 2026, 11, 24 }, true, true, true }, /* the last day counts */
		{ SESSION_CONFIRMED, BOOKING_PUBLIC, 10, { 2026, 11, 23 }, true, false, false },
		{ SESSION_CONFIRMED, BOOKING_PUBLIC, 0, { 0 }, false, false, false }, /* has begun */
		{ SESSION_DELIVERED, BOOKING_PUBLIC, 0, { 0 }, false, false, false },
		{ SESSION_CLOSED, BOOKING_PUBLIC, 0, { 0 }, false, false, false },
		{ SESSION_CANCELLED, BOOKING_PUBLIC, 10, { 0 }, false, false, false },
	};
	const struct instant now = instant_of_local(today, 9, 0);

	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		const struct vector *v = &vectors[i];
		const struct booking_session s = {
			.state = v->state, .booking = v->booking, .booking_until = v->until,
			.starts_at = v->day == 0 ? instant_of_local(today, 8, 0)
						 : instant_of_local((struct date){ 2026, 12, v->day }, 14, 0),
		};

		CHECK_INT(booking_fault(&s, BY_TEAM, now, today) == NULL, v->team);
		CHECK_INT(booking_fault(&s, BY_SCHOOL, now, today) == NULL, v->school);
		CHECK_INT(booking_fault(&s, BY_LINK, now, today) == NULL, v->link);
		CHECK_INT(booking_is_live(&s, now), v->team);
	}
}

static void the_minute_it_begins(void)
{
	const struct booking_session s = { .state = SESSION_CONFIRMED, .booking = BOOKING_PUBLIC,
					   .starts_at = instant_of_local(today, 14, 0) };

	CHECK(booking_fault(&s, BY_LINK, (struct instant){ s.starts_at.ms - 1 }, today) == NULL);
	CHECK(booking_fault(&s, BY_LINK, s.starts_at, today) != NULL);
}

static void places_left(void)
{
	struct arena *a = arena_new(1 << 16);
	struct booking_session s = { .places = 12, .taken = 11 };

	CHECK_INT(booking_free(&s), 1);
	CHECK_TEXT(booking_places_text(a, &s), "1 place left");
	s.taken = 13; /* places taken away, or one more by hand: never fewer than none */
	CHECK_INT(booking_free(&s), 0);
	CHECK_TEXT(booking_places_text(a, &s), "Full: you can join the waiting list");
	s.waiting = WAITING_MOST;
	CHECK_TEXT(booking_places_text(a, &s), "Full, and the waiting list is full");
	CHECK_TEXT(booking_state_text(a, ATTENDANCE_WAITING, 3), "Number 3 on the waiting list");
	CHECK_TEXT(booking_state_text(a, ATTENDANCE_BOOKED, 0), "Booked");
	arena_free(&a);
}

/* What somebody does says where they work, or does not. */
static void sectors_of_audiences(void)
{
	CHECK_INT(sector_of_audience(AUDIENCE_GOVERNORS), SECTOR_SCHOOL);
	CHECK_INT(sector_of_audience(AUDIENCE_FOSTER_CARERS), SECTOR_FOSTER_CARERS);
	CHECK_INT(sector_of_audience(AUDIENCE_COUNCILLORS), SECTOR_COUNCIL);
	CHECK_INT(sector_of_audience(AUDIENCE_PARENTS), SECTOR_NOT_KNOWN);
	CHECK_INT(sector_of_audience(AUDIENCE_SAFEGUARDING_LEADS), SECTOR_NOT_KNOWN); /* of a school, a club, a church */
	CHECK_INT(sector_of_audience(0), SECTOR_NOT_KNOWN);
	CHECK_INT(sector_of_audience(999), SECTOR_NOT_KNOWN);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(who_may_book_when), TEST(the_minute_it_begins), TEST(places_left),
					     TEST(sectors_of_audiences), TEST_END };

	return test_main(argc, argv, tests);
}
