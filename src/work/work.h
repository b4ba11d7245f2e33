/* Work outside requests: the queue of jobs. (Outbox, mail and calendar come with their first user.) */
#ifndef WORK_WORK_H
#define WORK_WORK_H

#include "base/date.h"
#include "base/err.h"

struct arena;
struct db;

/* Queues a job inside the keeper's transaction; the slow role is woken after the commit. host (core/data.h): the
 * only one that can do it, as its files lie there; NULL: any. */
struct err *job_queue(struct arena *a, struct db *db, int64_t authority_id, const char *name,
		      const char *subject, struct instant due, const char *host) MUST_CHECK;
/* After a restore: what waits for the files of one host has failed, as no host has them. */
struct err *job_forsake_hosts(struct db *db) MUST_CHECK;

#endif
