/*
 * When a person last completed a course: attended in full at a session that is delivered or closed, or verified evidence of
 * training elsewhere. Who is due, certificates and figures read it. A fact that changes works it out anew in its own
 * transaction: attendance, the state of a session, evidence, a merge of two records of one person.
 */
#ifndef APP_TRAINING_COMPLETION_H
#define APP_TRAINING_COMPLETION_H

#include "core/feature.h"

struct learner_arg {
	int64_t authority_id, learner_id;
};
RECORD_DECLARE(learner_arg);

struct completion {
	struct date completed_on;
};
RECORD_DECLARE(completion);

struct completion_wrong {
	const char *learner, *course; /* references */
};
RECORD_DECLARE(completion_wrong);

/* Of everybody on a session's list, for its course. */
struct err *completion_of_session(struct op *op, int64_t session_id) MUST_CHECK;
/* Of one person, for every course. */
struct err *completion_of_learner(struct op *op, int64_t learner_id) MUST_CHECK;

#endif
