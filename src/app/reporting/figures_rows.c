/* The rows behind figures of people and sessions; those of schools are in coverage_lists.c. */
#include "app/reporting/figures.h"
#include "app/reporting/figures.sql.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "core/core.h"

static const struct field period_rows_arg_fields[] = {
	FIELD(struct period_rows_arg, authority_id),
	FIELD(struct period_rows_arg, own_user_id),
	FIELD(struct period_rows_arg, own_urn),
	FIELD(struct period_rows_arg, from, .label = "First day"),
	FIELD(struct period_rows_arg, to, .label = "Last day"),
	FIELD(struct period_rows_arg, after_key),
	FIELD(struct period_rows_arg, after_id),
	FIELD(struct period_rows_arg, row_limit),
	FIELD_END,
};
RECORD(period_rows_arg, period_rows_arg_fields);

static const struct field staff_row_fields[] = {
	FIELD(struct staff_row, id),
	FIELD(struct staff_row, reference, .label = "Reference"),
	FIELD(struct staff_row, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct staff_row, name_fold),
	FIELD(struct staff_row, sector, .label = "Sector", .words = &sector_words),
	FIELD(struct staff_row, works_at, .label = "Works at", .flags = F_NULLABLE),
	FIELD(struct staff_row, sessions, .label = "Sessions attended in full"),
	FIELD(struct staff_row, last_on, .label = "Last trained"),
	FIELD_END,
};
RECORD(staff_row, staff_row_fields);

static const struct field understanding_rows_arg_fields[] = {
	FIELD(struct understanding_rows_arg, authority_id),
	FIELD(struct understanding_rows_arg, own_user_id),
	FIELD(struct understanding_rows_arg, own_urn),
	FIELD(struct understanding_rows_arg, from, .label = "First day"),
	FIELD(struct understanding_rows_arg, to, .label = "Last day"),
	FIELD(struct understanding_rows_arg, after_key),
	FIELD(struct understanding_rows_arg, after_id),
	FIELD(struct understanding_rows_arg, row_limit),
	FIELD(struct understanding_rows_arg, least),
	FIELD_END,
};
RECORD(understanding_rows_arg, understanding_rows_arg_fields);

static const struct field understanding_row_fields[] = {
	FIELD(struct understanding_row, id),
	FIELD(struct understanding_row, reference, .label = "Session"),
	FIELD(struct understanding_row, course, .label = "Course"),
	FIELD(struct understanding_row, held_on, .label = "Date"),
	FIELD(struct understanding_row, attendees, .label = "Attendees"),
	FIELD(struct understanding_row, answers, .label = "Answers"),
	FIELD(struct understanding_row, agreed, .label = "Agreed"),
	FIELD_END,
};
RECORD(understanding_row, understanding_row_fields);

static const struct field response_row_fields[] = {
	FIELD(struct response_row, id),
	FIELD(struct response_row, reference, .label = "Session"),
	FIELD(struct response_row, course, .label = "Course"),
	FIELD(struct response_row, held_on, .label = "Date"),
	FIELD(struct response_row, attendees, .label = "Attendees"),
	FIELD(struct response_row, forms, .label = "Feedback forms"),
	FIELD_END,
};
RECORD(response_row, response_row_fields);

void period_defaults(struct page *p, void *args)
{
	struct period_rows_arg *arg = args;
	struct period period = period_default(p->today);

	arg->from = period.from;
	arg->to = period.to;
}

/* ---- staff trained ---- */

static struct url staff_link(struct arena *a, const void *row)
{
	return link_learner(a, ((const struct staff_row *)row)->reference);
}

const struct list list_figure_staff = {
	.name = "figure-staff-trained",
	.title = "Staff trained: the people",
	.caption = "People who attended in full, by name",
	.empty = "Nobody attended in full in this period.",
	.path = "/reports/figures/staff-trained/rows",
	.permission = PERM_learner_read, /* they are people, not counts */
	.args = &period_rows_arg_record,
	.row = &staff_row_record,
	.columns =
		(const struct column[]){
			{ .field = "name", .link = staff_link },
			{ .field = "works_at" },
			{ .field = "sector" },
			{ .field = "sessions", .numeric = true },
			{ .field = "last_on" },
			{ .field = NULL },
		},
	.sorts =
		(const struct sort[]){
			{ "name", "Name", &SQL_staff_trained_by_name, NULL },
			{ .key = NULL },
		},
	.defaults = period_defaults,
};

/* ---- better understanding: by session, because nothing leads from an answer to a person ---- */

static struct url understanding_link(struct arena *a, const void *row)
{
	return link_session(a, ((const struct understanding_row *)row)->reference);
}

static const char *understanding_after(struct arena *a, const void *row)
{
	return field_exchange(a, record_field(&understanding_row_record, "held_on"), row);
}

static void understanding_defaults(struct page *p, void *args)
{
	struct understanding_rows_arg *arg = args;
	struct period period = period_default(p->today);

	arg->from = period.from;
	arg->to = period.to;
	arg->least = SHOWN_FROM;
}

const struct list list_figure_understanding = {
	.name = "figure-better-understanding",
	.title = "Reported better understanding: the sessions",
	.caption = "Answers by session of which enough people answered, oldest first",
	.empty = "In no session of this period did enough people answer.",
	.path = "/reports/figures/better-understanding/rows",
	.permission = PERM_figure_rows,
	.args = &understanding_rows_arg_record,
	.row = &understanding_row_record,
	.columns =
		(const struct column[]){
			{ .field = "course", .link = understanding_link },
			{ .field = "held_on" },
			{ .field = "attendees", .numeric = true },
			{ .field = "answers", .numeric = true },
			{ .field = "agreed", .numeric = true },
			{ .field = "reference", .export_only = true },
			{ .field = NULL },
		},
	.sorts =
		(const struct sort[]){
			{ "date", "Date", &SQL_understanding_by_session, understanding_after },
			{ .key = NULL },
		},
	.defaults = understanding_defaults,
};

static struct url response_link(struct arena *a, const void *row)
{
	return link_session(a, ((const struct response_row *)row)->reference);
}

static const char *response_after(struct arena *a, const void *row)
{
	return field_exchange(a, record_field(&response_row_record, "held_on"), row);
}

const struct list list_figure_response = {
	.name = "figure-response-rate",
	.title = "Response rate: the sessions",
	.caption = "Answers by session, oldest first",
	.empty = "No session was delivered in this period.",
	.path = "/reports/figures/response-rate/rows",
	.permission = PERM_figure_rows,
	.args = &period_rows_arg_record,
	.row = &response_row_record,
	.columns =
		(const struct column[]){
			{ .field = "course", .link = response_link },
			{ .field = "held_on" },
			{ .field = "attendees", .numeric = true },
			{ .field = "forms", .numeric = true },
			{ .field = "reference", .export_only = true },
			{ .field = NULL },
		},
	.sorts =
		(const struct sort[]){
			{ "date", "Date", &SQL_response_by_session, response_after },
			{ .key = NULL },
		},
	.defaults = period_defaults,
};
