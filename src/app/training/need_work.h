/* Rows and arguments of the statements that work out whom the rules touch (need_work.c). */
#ifndef APP_TRAINING_NEED_WORK_H
#define APP_TRAINING_NEED_WORK_H

#include "app/training/need.h"

struct need_scope { /* people with after_id < id <= upto_id */
	int64_t authority_id, need_id; /* 0: every rule */
	int64_t after_id, upto_id, row_limit;
};
RECORD_DECLARE(need_scope);

/* The scope of one person and every rule. */
struct need_scope need_scope_of(const struct op *op, int64_t learner_id);

struct need_fact { /* a rule touches a person: what follows from it, and what is kept */
	int64_t need_id, learner_id, authority_id;
	struct opt_int months;
	int64_t course_months, newcomer_days;
	struct date from_on, to_on;
	int audience, sector;
	const char *name_fold;
	struct date completed_on;
	struct date since_on, trained_on, due_on; /* kept; not set: nothing is */
	int audience_was, sector_was;
	const char *name_was;
	struct date from_was, to_was;
};
RECORD_DECLARE(need_fact);

struct person_need {
	int64_t authority_id, need_id, learner_id;
	struct date since_on, trained_on, due_on;
	int audience, sector;
	const char *name_fold;
	struct date from_on, to_on; /* of the rule */
};
RECORD_DECLARE(person_need);

struct need_piece {
	int64_t upto_id, n;
};
RECORD_DECLARE(need_piece);

struct need_beyond {
	const char *learner, *need;
};
RECORD_DECLARE(need_beyond);

#endif
