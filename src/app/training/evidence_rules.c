/* What evidence may become: a pure decision (domain reference 3.11). */
#include <stddef.h>

#include "app/training/evidence.h"

/* The duty of section 26 of the Counter-Terrorism and Security Act 2015 began for schools on that day. */
static const struct date duty_began = { 2015, 7, 1 };

int evidence_after(int state, enum evidence_move move)
{
	if (state != EVIDENCE_CLAIMED) {
		return 0;
	}
	return move == EVIDENCE_VERIFY ? EVIDENCE_VERIFIED : move == EVIDENCE_REJECT ? EVIDENCE_REJECTED : 0;
}

const char *evidence_move_fault(int state, enum evidence_move move)
{
	if (evidence_after(state, move) != 0) {
		return NULL;
	}
	return state == EVIDENCE_VERIFIED ? "This evidence has already been verified"
					  : "This evidence has already been rejected. Claim it again when there is a better proof";
}

const char *evidence_date_fault(struct date completed_on, struct date today)
{
	if (date_compare(completed_on, today) > 0) {
		return "Date must be today or in the past";
	}
	return date_compare(completed_on, duty_began) < 0 ? "Date must be 1 July 2015 or later, when the Prevent duty began"
							  : NULL;
}

const char *evidence_state_tag(int state)
{
	return state == EVIDENCE_VERIFIED ? "green" : state == EVIDENCE_REJECTED ? "red" : "blue";
}
