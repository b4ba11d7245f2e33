/* Running jobs, and the operation that says how one ended. */
#include "core/jobs.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/data.h"
#include "core/house.h"
#include "work/job.h"
#include "work/job.sql.h"

enum {
	TRIES_MAX = 5,
	JOB_MEMORY = 1 << 30,
	LEASE_MS = 10 * 60000 /* far longer than any work; then its host is taken to be gone */
};

/* ---- finish-job ---- */

struct job_end { /* input of finish-job */
	int64_t id;
	const char *host;  /* that did it */
	const char *fault; /* "": it went well */
	bool again;        /* may go better later */
};

static const struct field job_end_fields[] = {
	FIELD(struct job_end, id, .flags = F_REQUIRED),
	FIELD(struct job_end, host, .flags = F_REQUIRED),
	FIELD(struct job_end, fault, .max = 400),
	FIELD(struct job_end, again),
	FIELD_END,
};
static const struct record job_end_record = { "job_end", sizeof(struct job_end), job_end_fields };

/* Later each time: after a minute, then 4, 9 and 16. */
static struct instant later(struct instant now, int64_t tries)
{
	return (struct instant){ now.ms + tries * tries * 60000 };
}

static struct err *apply_finish_job(struct op *op, const void *input)
{
	const struct job_end *end = input;
	struct job_row before, after;
	bool found;

	TRY(sql_job_find(op->arena, op->db, &(struct id_arg){ end->id }, &before, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no such work");
	}
	if (!text_same(before.taken_by, end->host)) { /* it took too long, and was given to another */
		return ERR(ERR_CONFLICT, "Another host does this work now");
	}
	after = before;
	after.tries++;
	after.state = text_empty(end->fault)			 ? JOB_DONE :
		      end->again && after.tries < TRIES_MAX ? JOB_WAITING :
								 JOB_FAILED;
	after.fault = end->fault;
	if (after.state == JOB_WAITING) {
		after.due_at = later(op->now, after.tries);
	}
	after.taken_by = "";
	TRY(sql_job_update(op->db, &after, NULL));
	return op_audit(op, "job", before.subject, &job_row_record, &before, &after);
}

const struct operation finish_job = {
	.name = "finish-job",
	.label = "Say how work in the background ended",
	.permission = PERM_house,
	.input = &job_end_record,
	.apply = apply_finish_job,
};

/* ---- take-job ---- */

struct job_take { /* input of take-job */
	int64_t id;
	const char *host;
};

static const struct field job_take_fields[] = {
	FIELD(struct job_take, id, .flags = F_REQUIRED),
	FIELD(struct job_take, host, .flags = F_REQUIRED),
	FIELD_END,
};
static const struct record job_take_record = { "job_take", sizeof(struct job_take), job_take_fields };

static struct err *apply_take_job(struct op *op, const void *input)
{
	const struct job_take *take = input;
	const struct job_lease lease = { .id = take->id, .host = take->host, .now = op->now,
					 .until = { op->now.ms + LEASE_MS } };
	int64_t changed = 0;

	TRY(sql_job_take(op->db, &lease, &changed));
	return changed == 1 ? NULL : ERR(ERR_CONFLICT, "Another host does this work");
}

const struct operation take_job = {
	.name = "take-job",
	.label = "Take work in the background",
	.permission = PERM_house,
	.input = &job_take_record,
	.apply = apply_take_job,
	.flags = OP_NO_AUDIT, /* how it ends is told; who began is not worth a line each */
};

/* ---- the runner ---- */

static struct err *run_job(struct arena *a, struct db *db, struct door *door,
			   const struct settings *settings, const struct world *world,
			   const struct job_row *row)
{
	const struct job *job = job_find(row->name);

	if (job == NULL) {
		return ERR(ERR_USAGE, "This version of the program knows no work called “%s”",
			   row->name);
	}
	return job->run(&(struct job_call){ .arena = a,
					    .db = db,
					    .world = world,
					    .settings = settings,
					    .authority_id = row->authority_id,
					    .subject = row->subject,
					    .door = door });
}

static bool may_go_better(const struct err *err)
{
	return err->kind == ERR_BUSY || err->kind == ERR_IO || err->kind == ERR_CONFLICT;
}

static void say_which(struct arena *a, struct ask *ask, const struct job_row *row, const char *host)
{
	*ask = (struct ask){ .source = RECORD_FILE,
			     .authority_id = row->authority_id,
			     .actor = arena_printf(a, "job:%s", row->name) };
	pairs_add(a, &ask->raw, "id", arena_printf(a, "%lld", (long long)row->id));
	pairs_add(a, &ask->raw, "host", host);
}

/* *taken_out false: another host was first. */
static struct err *take(struct arena *a, struct door *door, const struct job_row *row, const char *host,
			bool *taken_out)
{
	struct outcome outcome;
	struct ask ask;

	say_which(a, &ask, row, host);
	ask.operation = "take-job";
	TRY(door_ask(a, door, &ask, &outcome));
	*taken_out = outcome.err == NULL;
	return outcome.err != NULL && outcome.err->kind == ERR_CONFLICT ? NULL : outcome.err;
}

/* Tells the keeper how it ended. */
static struct err *finish(struct arena *a, struct door *door, const struct job_row *row, const char *host,
			  const struct err *err)
{
	struct outcome outcome;
	struct ask ask;

	say_which(a, &ask, row, host);
	ask.operation = "finish-job";
	if (err != NULL) {
		pairs_add(a, &ask.raw, "fault", err->sentence);
		pairs_add(a, &ask.raw, "again", may_go_better(err) ? "yes" : "no");
	}
	TRY(door_ask(a, door, &ask, &outcome));
	return outcome.err;
}

static struct err *run_and_finish(struct db *db, struct door *door, const struct settings *settings,
				  const struct world *world, const struct job_row *row, bool *ran_out)
{
	struct arena *a = arena_new(JOB_MEMORY);
	const char *host = data_host(a, settings);
	struct err *err = take(a, door, row, host, ran_out);

	if (err == NULL && *ran_out) {
		db_grant(db, policy_grant(ROLE_SYSTEM));
		struct err *went = run_job(a, db, door, settings, world, row);
		if (went != NULL) {
			log_err(LOG_WARN, row->name, went);
		}
		err = finish(a, door, row, host, went);
	}
	arena_free(&a);
	return err;
}

struct err *jobs_run_due(struct db *db, struct door *door, const struct settings *settings,
			 const struct world *world, int most, int *ran_out)
{
	struct arena *a = arena_new((size_t)most * 4096 + 65536);
	const struct job_due_arg due = { world_now(world), most, data_host(a, settings) };
	struct job_row *rows;
	size_t n = 0;
	struct err *err;

	*ran_out = 0;
	db_grant(db, policy_grant(ROLE_SYSTEM));
	err = sql_job_due(a, db, &due, &rows, &n);
	for (size_t i = 0; err == NULL && i < n; i++) {
		bool ran = false;

		err = run_and_finish(db, door, settings, world, &rows[i], &ran);
		*ran_out += err == NULL && ran;
	}
	arena_free(&a);
	return err;
}

struct err *jobs_next_due(struct arena *a, struct db *db, const char *host, struct instant *out)
{
	const struct job_due_arg arg = { .row_limit = 1, .now = { 1 }, .asker = host };
	struct job_next_row next;

	TRY(sql_job_next(a, db, &arg, &next));
	*out = next.due_at;
	return NULL;
}
