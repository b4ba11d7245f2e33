/* Decisions about bookings: no store, no clock. */
#include "app/training/booking.h"
#include "base/arena.h"

bool booking_is_live(const struct booking_session *s, struct instant now)
{
	return (s->state == SESSION_PLANNED || s->state == SESSION_CONFIRMED) && s->starts_at.ms > now.ms;
}

static bool is_open(const struct booking_session *s, enum booking_by by)
{
	switch (by) {
	case BY_TEAM:
		return true;
	case BY_SCHOOL:
		return s->booking == BOOKING_SCHOOLS || s->booking == BOOKING_PUBLIC;
	case BY_LINK:
		break;
	}
	return s->booking == BOOKING_PUBLIC;
}

const char *booking_fault(const struct booking_session *s, enum booking_by by, struct instant now, struct date today)
{
	if (s->state == SESSION_CANCELLED) {
		return "This session was cancelled. Choose another one";
	}
	if (!booking_is_live(s, now)) {
		return "This session has begun or is over. Places can no longer be booked";
	}
	if (!is_open(s, by)) {
		return "Booking for this session is not open. Ask the council’s training team";
	}
	if (by != BY_TEAM && date_is_set(s->booking_until) && date_compare(today, s->booking_until) > 0) {
		return "Booking for this session has ended. Ask the council’s training team";
	}
	return NULL;
}

int64_t booking_free(const struct booking_session *s)
{
	return s->places > s->taken ? s->places - s->taken : 0;
}

int sector_of_audience(int audience)
{
	static const int sectors[] = {
		[AUDIENCE_SOCIAL_CARE] = SECTOR_SOCIAL_CARE,
		[AUDIENCE_EARLY_YEARS] = SECTOR_EARLY_YEARS,
		[AUDIENCE_HEALTH] = SECTOR_HEALTH,
		[AUDIENCE_FOSTER_CARERS] = SECTOR_FOSTER_CARERS,
		[AUDIENCE_SCHOOL_STAFF] = SECTOR_SCHOOL,
		[AUDIENCE_GOVERNORS] = SECTOR_SCHOOL,
		[AUDIENCE_COUNCIL_FRONTLINE] = SECTOR_COUNCIL,
		[AUDIENCE_COUNCILLORS] = SECTOR_COUNCIL,
		[AUDIENCE_VOLUNTARY] = SECTOR_VOLUNTARY,
		[AUDIENCE_FAITH] = SECTOR_FAITH,
		[AUDIENCE_PANEL_CHAIRS] = SECTOR_COUNCIL, /* the authority's own, section 37 of the Act */
	};
	bool known = audience > 0 && audience <= AUDIENCE_PANEL_CHAIRS;

	return known && sectors[audience] != 0 ? sectors[audience] : SECTOR_NOT_KNOWN;
}

const char *booking_places_text(struct arena *a, const struct booking_session *s)
{
	int64_t n = booking_free(s);

	if (n > 0) {
		return arena_printf(a, "%lld place%s left", (long long)n, n == 1 ? "" : "s");
	}
	return s->waiting < WAITING_MOST ? "Full: you can join the waiting list"
						    : "Full, and the waiting list is full";
}

const char *booking_state_text(struct arena *a, int state, int64_t position)
{
	if (state == ATTENDANCE_WAITING) {
		return arena_printf(a, "Number %lld on the waiting list", (long long)position);
	}
	return words_label(&attendance_state_words, state);
}
