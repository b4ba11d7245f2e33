/* The history of one person, for their own page. */
#ifndef APP_TRAINING_LEARNER_HISTORY_H
#define APP_TRAINING_LEARNER_HISTORY_H

#include "app/training/learner.h"

struct done_line { /* a session, or evidence of training elsewhere */
	int64_t id;
	const char *reference, *course;
	struct date done_on;
	const char *school;
	int64_t refresh_months;
	int session, attendance; /* of a session */
	int evidence;		 /* of training elsewhere; 0: a session */
	const char *certificate; /* reference; "" none */
};
RECORD_DECLARE(done_line);

/* The table, latest first, and the link to say what was done elsewhere for those who may. */
struct err *learner_history(struct page *p, int64_t learner_id, const char *reference) MUST_CHECK;

#endif
