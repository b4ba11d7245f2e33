/*
 * Check-in on the day: by a code on a person's own phone, and by the trainer on theirs. What a phone sends once is one entry,
 * however often it arrives; the first time stays. Nobody who holds the code learns who is booked: the answer is the same.
 */
#ifndef APP_TRAINING_CHECKIN_H
#define APP_TRAINING_CHECKIN_H

#include "app/training/attendance.h"

/* Minutes before the start, and after the end, in which a code takes check-ins. */
enum { CHECKIN_BEFORE = 30, CHECKIN_AFTER = 30 };

enum checkin_state {
	CHECKIN_KNOWN = 1, /* was on the list */
	CHECKIN_OPEN,	   /* nobody on the list: the trainer settles it */
	CHECKIN_ADDED,	   /* put on the list */
	CHECKIN_LEFT_OUT
};
extern const struct words checkin_state_words;

struct checkin_code_arg {
	const char *code;
};
RECORD_DECLARE(checkin_code_arg);

struct checkin_session {
	int64_t id, authority_id;
	const char *reference, *course, *venue;
	struct instant starts_at;
	struct date held_on;
	int64_t duration_minutes;
	int state;
	bool checkin_open;
	int64_t places, entries; /* entries: sent so far */
};
RECORD_DECLARE(checkin_session);

struct checkin {
	int64_t id, session_id;
	struct instant at;
	int64_t learner_id;
	const char *said, *name, *organisation;
	int state;
};
RECORD_DECLARE(checkin);

struct checkin_match_arg {
	int64_t session_id;
	const char *email, *reference;
};
RECORD_DECLARE(checkin_match_arg);

struct checkin_match { /* attendance of who was recognised */
	int64_t id, session_id, learner_id;
	const char *learner;
	int state;
	int64_t establishment_urn;
	int sector;
	struct instant arrived_at, left_at;
};
RECORD_DECLARE(checkin_match);

struct checkin_form {
	const char *said, *name, *organisation, *ticket;
};
RECORD_DECLARE(checkin_form);

struct arrival_form { /* references of learners; one of them is given */
	const char *arrive, *leave, *undo;
};
RECORD_DECLARE(arrival_form);

struct settle_form {
	const char *entry, *name, *organisation;
	bool leave_out;
};
RECORD_DECLARE(settle_form);

/* ---- pure: checkin_rules.c ---- */

/* Why a check-in is not taken now, as a sentence for the person at the door; NULL: it is taken. */
const char *checkin_fault(struct arena *a, const struct checkin_session *s, struct instant now);
/* How many entries a code takes: room for everybody, for second phones and slips, not for a flood. */
int64_t checkin_most(int64_t places);
/* What an arrival at `at` makes of somebody's attendance: there in full, from the earlier of the two times; who had left is
 * back. *changed false: it says nothing new. */
void checkin_arrive(struct attendance *row, struct instant at, bool *changed);

/* ---- rest ---- */

struct url link_checkin(struct arena *a, const char *code);
/* Entries that nobody has settled. */
struct err *checkin_unsettled(struct arena *a, struct db *db, const struct session *s, struct checkin **out,
			      size_t *n) MUST_CHECK;
/* Leaves every one of them out. */
struct err *checkin_leave_out_rest(struct op *op, const struct session *s) MUST_CHECK;

extern const struct operation check_in, open_check_in, end_check_in, record_arrival, settle_check_in;
page_fn checkin_page, checkin_form_page, checkin_thanks_page;

#endif
