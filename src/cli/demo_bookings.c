/* Bookings of the demonstration: a session that is full with people who wait, and one open to anybody. */
#include "base/arena.h"
#include "cli/demo.h"

static struct err *coming(struct demo *d, const char *course, int days, const char *venue, const char *places,
			  const char **session_out)
{
	const char *at = instant_local_iso(d->arena, instant_of_local(date_add_days(d->today, days), 10, 0));

	TRY(demo_ask(d, "schedule-session", session_out, "course", course, "starts_at", at, "venue", venue, "host", "",
		     "places", places, "trainer", d->users[DEMO_TRAINER], NULL));
	TRY(demo_ask(d, "confirm-session", NULL, "{session}", *session_out, NULL));
	return demo_ask(d, "open-booking", NULL, "{session}", *session_out, "booking", "public", NULL);
}

static struct err *book(struct demo *d, const char *session, int people)
{
	static const char *const audiences[] = { "social-care", "voluntary", "foster-carers", "health" };
	static const char *const bodies[] = { "Harbour Youth Club", "Voluntary action council", "Fostering service",
					      "Community health trust" };

	for (int i = 0; i < people; i++) {
		const char *name = demo_name(d->arena, d->people++);

		TRY(demo_ask(d, "book-place", NULL, "{session}", session, "learner", "", "name", name, "email",
			     demo_email(d->arena, name, "works.example"), "school", bodies[i % 4], "job", "Practitioner",
			     "audience", audiences[i % 4], NULL));
	}
	return NULL;
}

struct err *demo_bookings(struct demo *d)
{
	const char *course, *full, *open, *again;

	demo_at(d, date_add_days(d->today, -10), 9, 30);
	TRY(demo_ask(d, "add-course", &course, "title", "Prevent basics, open to all", "provider", "council", "delivery",
		     "face-to-face", "duration_minutes", "60", "refresh_months", "24", "aspects",
		     "duty;vulnerabilities;behaviours;risk;support", "objectives",
		     "Notice, check and share a concern\nKnow what support there is", NULL));
	TRY(coming(d, course, 20, "Riverside Hall", "8", &full));
	TRY(coming(d, course, 34, "Meadow Children's Centre", "20", &open));
	TRY(coming(d, course, 48, "Online", "60", &again));
	TRY(book(d, full, 13));
	demo_at(d, date_add_days(d->today, -2), 16, 0);
	return book(d, open, 7);
}
