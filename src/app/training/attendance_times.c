/* When people came and went: pure decisions. */
#include <string.h>

#include "app/training/attendance.h"
#include "base/arena.h"
#include "base/text.h"

bool attendance_was_there(int state)
{
	return state == ATTENDANCE_ATTENDED || state == ATTENDANCE_PART;
}

struct opt_int attendance_minutes(const char *text)
{
	int hour, minute;

	if (text_empty(text) || !clock_parse(text, &hour, &minute)) {
		return (struct opt_int){ 0 };
	}
	return (struct opt_int){ .set = true, .v = hour * 60 + minute };
}

const char *attendee_time_fault(const struct attendee *p)
{
	if (!text_empty(p->arrived_text) && !p->arrived.set) {
		return "The time of arrival must be a time, like 9:05am or 14:30";
	}
	if (!text_empty(p->left_text) && !p->left.set) {
		return "The time of leaving must be a time, like 9:05am or 14:30";
	}
	if ((p->arrived.set || p->left.set) && p->state != 0 && !attendance_was_there(p->state)) {
		return "The list gives a time for somebody who was not there. Correct the attendance or take out the time";
	}
	if (p->arrived.set && p->left.set && p->left.v < p->arrived.v) {
		return "The time of leaving is before the time of arrival";
	}
	return NULL;
}

struct instant attendance_arrival(struct instant now, struct instant said)
{
	if (!instant_is_set(now) || (instant_is_set(said) && said.ms < now.ms)) {
		return said;
	}
	return now;
}

bool attendance_late(struct instant starts_at, struct instant arrived_at)
{
	return instant_is_set(arrived_at) && arrived_at.ms - starts_at.ms > (int64_t)LATE_MINUTES * 60 * 1000;
}

const char *attendance_clock(struct arena *a, struct instant t)
{
	return strstr(instant_long(a, t), " at ") + 4;
}

const char *attendance_times_text(struct arena *a, struct instant starts_at, struct instant arrived_at,
				  struct instant left_at)
{
	const char *came = instant_is_set(arrived_at)
				   ? arena_printf(a, "%s%s", attendance_clock(a, arrived_at),
						  attendance_late(starts_at, arrived_at) ? ", late" : "")
				   : "";

	if (!instant_is_set(left_at)) {
		return came;
	}
	return arena_printf(a, "%s%sleft at %s", came, came[0] != '\0' ? "; " : "", attendance_clock(a, left_at));
}
