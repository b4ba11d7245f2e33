/* What the tests of bookings share: sessions to come, bookings by link and by staff, who is in which state. */
#ifndef APP_TRAINING_BOOKING_TEST_H
#define APP_TRAINING_BOOKING_TEST_H

#include "app/training/booking.h"
#include "app/training/booking.sql.h"
#include "app/training/training_test.h"

static inline const char *coming(int64_t places, const char *booking)
{
	const char *s = schedule("2026-12-10T14:00", "");
	struct outcome o;

	o = harness_operation(h, ROLE_SYSTEM, "change-session", "{session}", s, "starts_at", "2026-12-10T14:00", "venue",
			      "Town hall", "host", "", "places", arena_printf(arena, "%lld", (long long)places), "trainer",
			      trainer_ref, NULL);
	CHECK_TEXT(told(&o), "");
	o = harness_operation(h, ROLE_SYSTEM, "open-booking", "{session}", s, "booking", booking, NULL);
	CHECK_TEXT(told(&o), "");
	return s;
}

static inline struct booking_session now_of(const char *reference)
{
	const struct booking_key key = { .reference = reference };
	struct booking_session s = { 0 };
	bool found;

	CHECK_OK(sql_booking_session(arena, harness_db(h), &key, &s, &found));
	return s;
}

static inline struct answer by_link(const char *session, const char *name)
{
	return harness_post(h, ROLE_NOBODY, arena_printf(arena, "/b/%s/confirm", now_of(session).booking_code), "name", name,
			    "email", arena_printf(arena, "%s@oak.example.org", text_fold(arena, name)), "school", "125404",
			    "job", "Teacher", "audience", "school-staff", NULL);
}

/* A booking by link that is taken: the address of the person's own page. */
static inline const char *booked_by_link(const char *session, const char *name)
{
	struct answer a = by_link(session, name);

	CHECK_INT(a.status, 303);
	return a.location == NULL ? "" : a.location;
}

static inline bool says(const char *own, const char *text)
{
	struct answer a = harness_get(h, ROLE_NOBODY, own);

	return a.status == 200 && answer_has(&a, text);
}

static inline struct booking_line *lines_of(const char *session, int state, size_t *n)
{
	const struct booking_lines_args args = { .session_id = now_of(session).id, .state = state, .row_limit = 5000 };
	struct booking_line *v = NULL;

	*n = 0;
	CHECK_OK(sql_bookings_of_session(arena, harness_db(h), &args, &v, n));
	return v;
}

/* "Ada Ben": the names in a state, in order. */
static inline const char *names_in(const char *session, int state)
{
	struct buf b;
	size_t n;
	struct booking_line *v = lines_of(session, state, &n);

	buf_init(&b, arena, 10000);
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "%s%s", i == 0 ? "" : " ", v[i].name);
	}
	return b.p == NULL ? "" : b.p;
}

static inline const char *learner_named(const char *session, const char *name)
{
	for (int state = ATTENDANCE_BOOKED; state <= ATTENDANCE_CANCELLED; state++) {
		size_t n;
		struct booking_line *v = lines_of(session, state, &n);

		for (size_t i = 0; i < n; i++) {
			if (text_same(v[i].name, name)) {
				return v[i].learner;
			}
		}
	}
	return "";
}

static inline int64_t to_tell(void)
{
	const struct tell_args args = { .authority_id = harness_authority(h) };
	struct count_row count = { 0 };

	CHECK_OK(sql_tell_count(arena, harness_db(h), &args, &count));
	return count.n;
}

static inline struct outcome staff_cancels(enum role role, const char *session, const char *name)
{
	return harness_operation(h, role, "cancel-booking", "{session}", session, "{learner}", learner_named(session, name),
				 NULL);
}

static inline struct outcome staff_books(enum role role, const char *session, const char *name, const char *school, const char *over)
{
	return harness_operation(h, role, "book-place", "{session}", session, "learner", "", "name", name, "email",
				 arena_printf(arena, "%s@oak.example.org", text_fold(arena, name)), "school", school, "job", "",
				 "audience", "", "although_full", over, NULL);
}

#endif
