/* What a session may do next: a pure decision (domain reference 3.11). */
#ifndef APP_TRAINING_SESSION_RULES_H
#define APP_TRAINING_SESSION_RULES_H

#include "app/training/session.h"

enum session_move { MOVE_CONFIRM = 1, MOVE_DELIVER, MOVE_CLOSE, MOVE_CANCEL, MOVE_COUNT };

struct session_facts {
	int state;
	struct date held_on;
	struct date feedback_until;
	bool has_trainer;
	int64_t booked; /* nobody has said yet whether they came */
	int64_t came;	/* in full or in part */
	int64_t unsettled; /* check-ins of people who are not on the list */
};

/* The state after the move; 0: there is no such move from here. */
int session_after(int state, enum session_move move);
/* Who may ask for it: trainers deliver, the co-ordinator's side closes and cancels. */
enum permission session_move_permission(enum session_move move);
/* Why not, as a sentence; NULL: it may be done. */
const char *session_move_fault(const struct session_facts *facts, enum session_move move,
			       struct date today);
/* Before it is delivered, date, place and people in charge may still change. */
bool session_may_change(int state);

enum feedback_window { FEEDBACK_NOT_YET, FEEDBACK_OPEN, FEEDBACK_ENDED };
/* Answers are taken from the day itself until feedback_until, both included. */
enum feedback_window feedback_window(int state, struct date held_on, struct date feedback_until,
				     struct date today);

enum { FEEDBACK_DAYS = 14 }; /* how long people have, unless the trainer says otherwise */

#endif
