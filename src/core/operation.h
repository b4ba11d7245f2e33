/* One run of an operation, step by step: what operation_run() and operation_slow() share. */
#ifndef CORE_OPERATION_H
#define CORE_OPERATION_H

#include "core/core.h"

struct run {
	const struct operation *operation;
	const struct ask *ask;
	struct who who;
	struct op op;
	struct problems problems;
	struct pairs result;
	void *input;            /* of the operation's record */
	struct bytes key; /* of what is asked, hashed by run_recall() for run_remember() */
};

/* Finds operation and person; checks CSRF, permission and relation; decodes the input. The problems
 * of the input are in run->problems. */
struct err *run_prepare(struct run *run, struct arena *a, struct db *db,
			const struct settings *settings, const struct world *world,
			const struct ask *ask) MUST_CHECK;

/* An operation within another's run, by the same person: permission to audit, in a savepoint of its own. dry: undone
 * again whatever it says. What went wrong with it is in out->err and out->problems, as by operation_run(). */
struct err *operation_within(struct op *outer, const struct operation *operation, const struct pairs *path,
			     const struct pairs *raw, bool dry, struct outcome *out) MUST_CHECK;

/* Writes what op_audit() has taken down, each once. */
struct err *op_write_audit(struct op *op) MUST_CHECK;

/* What was answered the first time this key came from this person. */
struct idempotency {
	struct bytes key_hash;
	struct instant at;
	struct bytes outcome;
};
RECORD_DECLARE(idempotency);
struct idempotency_old { /* those to forget */
	struct instant before;
	int64_t most;
};
RECORD_DECLARE(idempotency_old);
struct err *run_recall(struct run *run, struct outcome *out, bool *found) MUST_CHECK;
struct err *run_remember(struct run *run, const struct outcome *out) MUST_CHECK;
/* Forgets outcomes that are older than a day, in a transaction of the caller's. *more_out: there may be others; those
 * who wait for the keeper come between. */
struct err *remembered_sweep(struct db *db, struct instant now, bool *more_out) MUST_CHECK;
/* A key for a form: 24 letters, of which the first eleven rise with time. */
const char *remembered_key(const struct world *world, struct arena *a);

#endif
