/* Closing a session reconciles it: nobody is left as booked, no check-in unsettled (domain reference 3.11). */
#ifndef APP_TRAINING_SESSION_CLOSE_H
#define APP_TRAINING_SESSION_CLOSE_H

#include "app/training/session_rows.h"

struct close_form { /* besides "state-REFERENCE" of each person who is still booked */
	int rest;	/* what becomes of everybody else who is still booked; 0: they stay */
	bool leave_out; /* check-ins that nobody has settled */
};
RECORD_DECLARE(close_form);

/* Does what the form decides. Whether that is enough to close is session_move_fault's to say, afterwards. */
struct err *session_reconcile(struct op *op, const struct session *s, const struct close_form *form) MUST_CHECK;

page_fn session_close_page;

#endif
