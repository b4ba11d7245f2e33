/* What a quality review may do next: a pure decision (domain reference 3.11). */
#ifndef APP_TRAINING_REVIEW_RULES_H
#define APP_TRAINING_REVIEW_RULES_H

#include <stdbool.h>
#include <stdint.h>

enum review_state {
	REVIEW_OPENED = 1,
	REVIEW_REQUESTED,
	REVIEW_SEEN,
	REVIEW_REFUSED, /* an end that is counted: "where we can gain access to the material" (mission 3.7) */
	REVIEW_RATED,
	REVIEW_ACTIONED
};

enum review_move { REVIEW_REQUEST = 1, REVIEW_SEE, REVIEW_REFUSE, REVIEW_RATE, REVIEW_FINISH, REVIEW_MOVES };

/* The state after the move; 0: there is no such move from here. */
int review_after(int state, enum review_move move);
/* Why not, as a sentence; NULL: it may be done. */
const char *review_move_fault(int state, enum review_move move);
/* The reviewer may change until something has been decided. */
bool review_is_open(int state);
/* Who gave the training does not review it. NULL: may. */
const char *reviewer_fault(int64_t reviewer_id, int64_t reviewed_id);

#endif
