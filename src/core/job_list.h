/* What the list of jobs is asked with. */
#ifndef CORE_JOB_LIST_H
#define CORE_JOB_LIST_H

#include "base/field.h"

struct job_list_args {
	int64_t authority_id, own_user_id, own_urn;
	int state; /* 0: all */
	const char *after_key;
	int64_t after_id, row_limit;
};
RECORD_DECLARE(job_list_args);

#endif
