/*
 * Running jobs: in the slow role's jobs process, and on the command line when it is the keeper
 * itself.
 *
 * A job is taken before it is run (operation take-job), so that of several hosts one does it; a host that is gone
 * loses what it took after a while. A job reads through a read-only handle and changes things by asking operations through the door,
 * as the system ("job:NAME"). When it is over, operation finish-job says so: done, or the fault and
 * a later time; after five tries it has failed and is shown to administrators.
 */
#ifndef CORE_JOBS_H
#define CORE_JOBS_H

#include "core/core.h"

/* Runs what is due, oldest first, at most `most`. A job that fails is recorded, not returned. */
struct err *jobs_run_due(struct db *db, struct door *door, const struct settings *settings,
			 const struct world *world, int most, int *ran_out) MUST_CHECK;
/* When the next job is due that a host (data_host()) may take; not set when none waits. */
struct err *jobs_next_due(struct arena *a, struct db *db, const char *host, struct instant *out) MUST_CHECK;

#endif
