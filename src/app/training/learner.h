/* People trained: found, looked at, and what is missing about them. Work data only. */
#ifndef APP_TRAINING_LEARNER_H
#define APP_TRAINING_LEARNER_H

#include "app/training/attendance.h"

struct learners_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	const char *find, *match;
	int sector, audience, standing;
	const char *agency; /* reference */
	int presence;
};
RECORD_DECLARE(learners_args);

struct learner_line {
	int64_t id;
	const char *reference, *name, *name_fold, *job;
	int sector;
	int64_t establishment_urn;
	const char *school, *organisation, *agency;
	int audience, standing;
	struct date ended_on;
	const char *email;
	int64_t attended;
};
RECORD_DECLARE(learner_line);

struct learner_relation_args {
	int64_t authority_id, learner_id, user_id;
};
RECORD_DECLARE(learner_relation_args);

struct missing_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
};
RECORD_DECLARE(missing_args);

struct missing_line { /* a person of whom something is not recorded */
	int64_t id;
	const char *reference, *name, *name_fold;
	int standing;
	bool no_email, no_place, no_job, no_sector, no_audience, no_outcome;
};
RECORD_DECLARE(missing_line);

struct school_session {
	int64_t id;
	const char *reference, *course;
	struct date held_on;
	int64_t attended;
	int state;
};
RECORD_DECLARE(school_session);

struct school_learner {
	int64_t id;
	const char *reference, *name, *name_fold, *job;
	struct date trained_on; /* last full attendance; none: in part, booked or absent only */
};
RECORD_DECLARE(school_learner);

extern const struct list learner_list, missing_list;
page_fn learner_page, school_training_page;
relate_fn learner_relate, school_training_relate;

#endif
