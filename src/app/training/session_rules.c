#include "app/training/session_rules.h"

int session_after(int state, enum session_move move)
{
	switch (move) {
	case MOVE_CONFIRM:
		return state == SESSION_PLANNED ? SESSION_CONFIRMED : 0;
	case MOVE_DELIVER:
		return state == SESSION_CONFIRMED ? SESSION_DELIVERED : 0;
	case MOVE_CLOSE:
		return state == SESSION_DELIVERED ? SESSION_CLOSED : 0;
	case MOVE_CANCEL:
		return state == SESSION_CLOSED || state == SESSION_CANCELLED ? 0
									     : SESSION_CANCELLED;
	case MOVE_COUNT:
		break;
	}
	return 0;
}

enum permission session_move_permission(enum session_move move)
{
	switch (move) {
	case MOVE_CONFIRM:
	case MOVE_DELIVER:
		return PERM_training_deliver;
	case MOVE_CLOSE:
	case MOVE_CANCEL:
	case MOVE_COUNT:
		break;
	}
	return PERM_training_manage;
}

static const char *no_such_move(int state, enum session_move move)
{
	if (state == SESSION_CANCELLED) {
		return "This session was cancelled. Schedule a new one instead";
	}
	if (state == SESSION_CLOSED) {
		return "This session is closed and can no longer be changed";
	}
	switch (move) {
	case MOVE_CONFIRM:
		return "This session has already been confirmed";
	case MOVE_DELIVER:
		return state == SESSION_PLANNED
			       ? "Confirm the session before you mark it as delivered"
			       : "This session has already been marked as delivered";
	default:
		return "Mark the session as delivered before you close it";
	}
}

static const char *deliver_fault(const struct session_facts *facts, struct date today)
{
	if (date_compare(facts->held_on, today) > 0) {
		return "This session is in the future. Mark it as delivered on the day or "
		       "afterwards";
	}
	if (!facts->has_trainer) {
		return "Name the trainer before you mark the session as delivered";
	}
	if (facts->came == 0) {
		return "Record who came before you mark the session as delivered";
	}
	return NULL;
}

static const char *close_fault(const struct session_facts *facts, struct date today)
{
	if (facts->booked > 0) {
		return "Some people are still recorded as booked. Record whether they came before "
		       "you close "
		       "the session";
	}
	if (facts->unsettled > 0) {
		return "Some people have checked in who are not on the list. Settle that before you close the session";
	}
	if (date_is_set(facts->feedback_until) && date_compare(today, facts->feedback_until) <= 0) {
		return "People can still give feedback. Close the session when the feedback window "
		       "has ended";
	}
	return NULL;
}

const char *session_move_fault(const struct session_facts *facts, enum session_move move,
			       struct date today)
{
	if (session_after(facts->state, move) == 0) {
		return no_such_move(facts->state, move);
	}
	if (move == MOVE_DELIVER) {
		return deliver_fault(facts, today);
	}
	if (move == MOVE_CLOSE) {
		return close_fault(facts, today);
	}
	return NULL;
}

bool session_may_change(int state)
{
	return state == SESSION_PLANNED || state == SESSION_CONFIRMED;
}

enum feedback_window feedback_window(int state, struct date held_on, struct date feedback_until,
				     struct date today)
{
	if (state == SESSION_CLOSED || state == SESSION_CANCELLED) {
		return FEEDBACK_ENDED;
	}
	if (!date_is_set(feedback_until) || date_compare(today, held_on) < 0) {
		return FEEDBACK_NOT_YET;
	}
	return date_compare(today, feedback_until) > 0 ? FEEDBACK_ENDED : FEEDBACK_OPEN;
}

const char *session_state_tag(int state)
{
	switch (state) {
	case SESSION_PLANNED:
		return "blue";
	case SESSION_CONFIRMED:
		return "turquoise";
	case SESSION_DELIVERED:
		return "green";
	case SESSION_CANCELLED:
		return "red";
	default:
		return "grey";
	}
}
