/* What becomes of an accreditation (domain reference 3.11): no store, no clock. */
#include "app/training/trainer.h"
#include "base/arena.h"

static const struct word kinds[] = {
	{ ACCREDITATION_WRAP, "wrap", "WRAP accredited facilitator", NULL },
	{ ACCREDITATION_HOME_OFFICE, "home-office", "Home Office recognised", NULL },
	{ ACCREDITATION_INTERNAL, "internal", "Internal", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words accreditation_words = { "accreditation", kinds };

static const struct word states[] = {
	{ ACCREDITATION_APPLIED, "applied", "Applied", NULL },
	{ ACCREDITATION_ACTIVE, "active", "Active", NULL },
	{ ACCREDITATION_LAPSED, "lapsed", "Lapsed", NULL },
	{ ACCREDITATION_WITHDRAWN, "withdrawn", "Withdrawn", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words accreditation_state_words = { "accreditation-state", states };

int accreditation_on(int state, struct date expires_on, struct date day)
{
	bool over = date_is_set(expires_on) && date_compare(expires_on, day) < 0;

	return state == ACCREDITATION_ACTIVE && over ? ACCREDITATION_LAPSED : state;
}

/* Withdrawn is an end: who comes back applies again, as a new record. An application that is turned down is withdrawn
 * with its reason, and so is a lapsed one that nobody means to renew. */
const char *accreditation_move_fault(int state, enum accreditation_move move)
{
	if (state == ACCREDITATION_WITHDRAWN) {
		return "This accreditation was withdrawn. If the trainer applies again, add them as a new trainer";
	}
	if (move == MOVE_ACCREDIT && state == ACCREDITATION_ACTIVE) {
		return "This trainer is accredited already. Renew the accreditation to change its last day";
	}
	if (move == MOVE_ACCREDIT && state == ACCREDITATION_LAPSED) {
		return "This trainer’s accreditation has lapsed. Renew it instead";
	}
	if (move == MOVE_RENEW && state == ACCREDITATION_APPLIED) {
		return "This trainer has applied and is not accredited yet. Accredit them first";
	}
	return NULL;
}

const char *accreditation_fault(struct arena *a, const struct accreditation *x, const char *name, struct date day)
{
	if (x == NULL) {
		return arena_printf(a, "%s has no accreditation. The co-ordinator accredits trainers; or name another trainer", name);
	}
	switch (accreditation_on(x->state, x->expires_on, day)) {
	case ACCREDITATION_APPLIED:
		return arena_printf(a, "%s has applied and is not accredited yet. The co-ordinator accredits trainers; or name "
				       "another trainer", name);
	case ACCREDITATION_LAPSED:
		return arena_printf(a, "The accreditation of %s ends on %s, before the session. The co-ordinator can renew it; "
				       "or name another trainer", name, date_long(a, x->expires_on));
	case ACCREDITATION_WITHDRAWN:
		return arena_printf(a, "The accreditation of %s was withdrawn. Name another trainer", name);
	default:
		break;
	}
	if (date_is_set(x->accredited_on) && date_compare(day, x->accredited_on) < 0) {
		return arena_printf(a, "%s is accredited from %s, after the session. Name another trainer", name,
				    date_long(a, x->accredited_on));
	}
	return NULL;
}

struct date accredited_since(const struct accreditation *x, struct date today)
{
	return accreditation_on(x->state, x->expires_on, today) == ACCREDITATION_LAPSED ? today : x->accredited_on;
}

const char *accreditation_tag(int state)
{
	switch (state) {
	case ACCREDITATION_APPLIED:
		return "blue";
	case ACCREDITATION_ACTIVE:
		return "green";
	case ACCREDITATION_LAPSED:
		return "orange";
	default:
		return "grey";
	}
}
