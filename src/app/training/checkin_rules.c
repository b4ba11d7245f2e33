/* When a code takes check-ins, and what one makes of somebody's attendance: no store, no clock. */
#include "app/training/checkin.h"
#include "base/arena.h"

enum { MINUTE = 60 * 1000 };

static const struct word checkin_states[] = {
	{ CHECKIN_KNOWN, "known", "On the list", NULL },
	{ CHECKIN_OPEN, "open", "To be settled", NULL },
	{ CHECKIN_ADDED, "added", "Put on the list", NULL },
	{ CHECKIN_LEFT_OUT, "left-out", "Left out", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words checkin_state_words = { "checkin-state", checkin_states };

const char *checkin_fault(struct arena *a, const struct checkin_session *s, struct instant now)
{
	struct instant from = { s->starts_at.ms - (int64_t)CHECKIN_BEFORE * MINUTE };
	struct instant until = { s->starts_at.ms + (s->duration_minutes + CHECKIN_AFTER) * MINUTE };

	if (s->state == SESSION_CANCELLED) {
		return "This session was cancelled";
	}
	if (s->state == SESSION_DELIVERED || s->state == SESSION_CLOSED) {
		return "The list of this session has been completed. Tell the trainer that you were there";
	}
	if (now.ms < from.ms) {
		return arena_printf(a, "Check-in begins on %s", instant_long(a, from));
	}
	if (now.ms > until.ms) {
		return "Check-in for this session has ended. Tell the trainer that you were there";
	}
	return s->checkin_open ? NULL : "The trainer has not opened check-in. Ask them to open it, then try again";
}

int64_t checkin_most(int64_t places)
{
	return 4 * places + 40;
}

void checkin_arrive(struct attendance *row, struct instant at, bool *changed)
{
	struct attendance was = *row;

	if (!attendance_was_there(row->state)) {
		row->state = ATTENDANCE_ATTENDED;
	}
	row->arrived_at = attendance_arrival(row->arrived_at, at);
	row->left_at = (struct instant){ 0 };
	*changed = row->state != was.state || row->arrived_at.ms != was.arrived_at.ms || instant_is_set(was.left_at);
}
