/* Work in the background, for administrators: what waits, what was done, what went wrong. */
#include "base/arena.h"
#include "core/house.h"
#include "core/house.sql.h"
#include "core/job_list.h"
#include "work/job.h"

static const struct field job_list_args_fields[] = {
	FIELD(struct job_list_args, authority_id),
	FIELD(struct job_list_args, own_user_id),
	FIELD(struct job_list_args, own_urn),
	FIELD(struct job_list_args, state, .label = "State", .words = &job_state_words,
	      .flags = F_NULLABLE),
	FIELD(struct job_list_args, after_key),
	FIELD(struct job_list_args, after_id),
	FIELD(struct job_list_args, row_limit),
	FIELD_END,
};
RECORD(job_list_args, job_list_args_fields);

static const char *after_due(struct arena *a, const void *row)
{
	return arena_printf(a, "%lld", (long long)((const struct job_row *)row)->due_at.ms);
}

static const char *state_colour(const void *row)
{
	static const char *const colours[] = {
		[JOB_WAITING] = "blue", [JOB_DONE] = "green", [JOB_FAILED] = "red"
	};
	int state = ((const struct job_row *)row)->state;

	return state >= JOB_WAITING && state <= JOB_FAILED ? colours[state] : NULL;
}

static const struct column job_columns[] = {
	{ .field = "name" },
	{ .field = "subject" },
	{ .field = "due_at" },
	{ .field = "tries", .numeric = true },
	{ .field = "fault" },
	{ .field = "state", .tag = state_colour },
	{ .field = NULL },
};

static const struct sort job_sorts[] = {
	{ "due", "Due, latest first", &SQL_job_list_by_due, after_due },
	{ .key = NULL },
};

const struct list job_list = {
	.name = "jobs",
	.title = "Work in the background",
	.caption = "Work, latest first",
	.empty = "There is no work.",
	.path = "/settings/jobs",
	.permission = PERM_settings_manage,
	.args = &job_list_args_record,
	.row = &job_row_record,
	.columns = job_columns,
	.sorts = job_sorts,
};
