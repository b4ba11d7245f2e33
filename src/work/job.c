/* The queue of jobs: rows of table job, written in the keeper's transactions only. */
#include "work/job.h"
#include "work/job.sql.h"
#include "work/work.h"

static const struct word job_state_items[] = {
	{ JOB_WAITING, "waiting", "Waiting", NULL },
	{ JOB_DONE, "done", "Done", NULL },
	{ JOB_FAILED, "failed", "Failed", NULL },
	{ 0 },
};
const struct words job_state_words = { "job-state", job_state_items };

static const struct field job_row_fields[] = {
	FIELD(struct job_row, id),
	FIELD(struct job_row, authority_id),
	FIELD(struct job_row, name, .label = "Work"),
	FIELD(struct job_row, subject, .label = "About", .flags = F_REFERENCE),
	FIELD(struct job_row, due_at, .label = "Due"),
	FIELD(struct job_row, tries, .label = "Tries so far"),
	FIELD(struct job_row, state, .label = "State", .words = &job_state_words),
	FIELD(struct job_row, fault, .label = "What went wrong", .flags = F_NULLABLE, .max = 400),
	FIELD(struct job_row, host, .flags = F_NULLABLE),
	FIELD(struct job_row, taken_by, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(job_row, job_row_fields);

static const struct field job_due_arg_fields[] = {
	FIELD(struct job_due_arg, now),
	FIELD(struct job_due_arg, row_limit),
	FIELD(struct job_due_arg, asker),
	FIELD_END,
};
RECORD(job_due_arg, job_due_arg_fields);

static const struct field job_lease_fields[] = {
	FIELD(struct job_lease, id),
	FIELD(struct job_lease, host),
	FIELD(struct job_lease, now),
	FIELD(struct job_lease, until),
	FIELD_END,
};
RECORD(job_lease, job_lease_fields);

static const struct field job_next_row_fields[] = {
	FIELD(struct job_next_row, due_at, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(job_next_row, job_next_row_fields);

static const struct field job_forsaken_fields[] = {
	FIELD(struct job_forsaken, fault),
	FIELD_END,
};
RECORD(job_forsaken, job_forsaken_fields);

struct err *job_queue(struct arena *a, struct db *db, int64_t authority_id, const char *name,
		      const char *subject, struct instant due, const char *host)
{
	const struct job_row job = { .authority_id = authority_id, .name = name, .subject = subject, .due_at = due,
				     .host = host };
	struct id_row made;

	return sql_job_add(a, db, &job, &made);
}

struct err *job_forsake_hosts(struct db *db)
{
	const struct job_forsaken f = { "The files that this needs are not in a backup of the store. Upload them again" };

	return sql_job_forsake(db, &f, NULL);
}
