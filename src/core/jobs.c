/* Running jobs, and the operation that says how one ended. */
#include "core/jobs.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/house.h"
#include "work/job.h"
#include "work/job.sql.h"

enum { TRIES_MAX = 5, JOB_MEMORY = 1 << 30 };

/* ---- finish-job ---- */

struct job_end { /* input of finish-job */
	int64_t id;
	const char *fault; /* "": it went well */
	bool again;        /* may go better later */
};

static const struct field job_end_fields[] = {
	FIELD(struct job_end, id, .flags = F_REQUIRED),
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
	after = before;
	after.tries++;
	after.state = text_empty(end->fault)			 ? JOB_DONE :
		      end->again && after.tries < TRIES_MAX ? JOB_WAITING :
								 JOB_FAILED;
	after.fault = end->fault;
	if (after.state == JOB_WAITING) {
		after.due_at = later(op->now, after.tries);
	}
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

/* Tells the keeper how it ended. */
static struct err *finish(struct arena *a, struct door *door, const struct job_row *row,
			  const struct err *err)
{
	struct ask ask = { .operation = "finish-job",
			   .source = RECORD_FILE,
			   .authority_id = row->authority_id,
			   .actor = arena_printf(a, "job:%s", row->name) };
	struct outcome outcome;

	pairs_add(a, &ask.raw, "id", arena_printf(a, "%lld", (long long)row->id));
	if (err != NULL) {
		pairs_add(a, &ask.raw, "fault", err->sentence);
		pairs_add(a, &ask.raw, "again", may_go_better(err) ? "yes" : "no");
	}
	TRY(door_ask(a, door, &ask, &outcome));
	return outcome.err;
}

static struct err *run_and_finish(struct db *db, struct door *door, const struct settings *settings,
				  const struct world *world, const struct job_row *row)
{
	struct arena *a = arena_new(JOB_MEMORY);
	struct err *err;

	db_grant(db, policy_grant(ROLE_SYSTEM));
	err = run_job(a, db, door, settings, world, row);
	if (err != NULL) {
		log_err(LOG_WARN, row->name, err);
	}
	err = finish(a, door, row, err);
	arena_free(&a);
	return err;
}

struct err *jobs_run_due(struct db *db, struct door *door, const struct settings *settings,
			 const struct world *world, int most, int *ran_out)
{
	struct arena *a = arena_new((size_t)most * 4096 + 65536);
	const struct job_due_arg due = { world_now(world), most };
	struct job_row *rows;
	size_t n = 0;
	struct err *err;

	*ran_out = 0;
	db_grant(db, policy_grant(ROLE_SYSTEM));
	err = sql_job_due(a, db, &due, &rows, &n);
	for (size_t i = 0; err == NULL && i < n; i++) {
		err = run_and_finish(db, door, settings, world, &rows[i]);
		*ran_out += err == NULL;
	}
	arena_free(&a);
	return err;
}

struct err *jobs_next_due(struct arena *a, struct db *db, struct instant *out)
{
	struct job_next_row next;

	TRY(sql_job_next(a, db, &next));
	*out = next.due_at;
	return NULL;
}
