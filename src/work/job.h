/* The queue of jobs as rows: for the loop that runs them (core/jobs.h). Others use job_queue(). */
#ifndef WORK_JOB_H
#define WORK_JOB_H

#include "base/field.h"

enum job_state { JOB_WAITING = 1, JOB_DONE, JOB_FAILED };
extern const struct words job_state_words;

struct job_row {
	int64_t id, authority_id;
	const char *name;    /* of the job: "read-school-register" */
	const char *subject; /* reference of the thing to work on */
	struct instant due_at;
	int64_t tries;
	int state;           /* enum job_state */
	const char *fault;   /* of the last try: a sentence */
	const char *host;    /* the only one that can do it; "": any */
	const char *taken_by; /* host that does it now; "": none */
};
RECORD_DECLARE(job_row);

struct job_due_arg {
	struct instant now;
	int64_t row_limit;
	const char *asker; /* a host (core/data.h) */
};
RECORD_DECLARE(job_due_arg);

struct job_lease {
	int64_t id;
	const char *host;
	struct instant now, until;
};
RECORD_DECLARE(job_lease);

struct job_next_row {
	struct instant due_at; /* not set: none waits */
};
RECORD_DECLARE(job_next_row);

struct job_forsaken {
	const char *fault;
};
RECORD_DECLARE(job_forsaken);

#endif
