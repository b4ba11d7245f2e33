/* The rows behind each figure, and the list behind each number of coverage. */
#include "app/reporting/coverage.h"
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

static void period_defaults(struct page *p, void *args)
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

const struct list list_figure_understanding = {
	.name = "figure-better-understanding",
	.title = "Reported better understanding: the sessions",
	.caption = "Answers by session, oldest first",
	.empty = "No session was delivered in this period.",
	.path = "/reports/figures/better-understanding/rows",
	.permission = PERM_figure_rows,
	.args = &period_rows_arg_record,
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
	.defaults = period_defaults,
};

/* ---- schools: coverage, and those directly trained ---- */

static struct url school_link_of(struct arena *a, const void *row)
{
	return link_school(a, ((const struct coverage_row *)row)->id);
}

static const char *trained_colour(const void *row)
{
	static const char *const colours[] = { [TRAINED_DIRECTLY] = "green",
					       [TRAINED_OWN] = "blue",
					       [TRAINED_NOT_KNOWN] = "grey" };

	return colours[((const struct coverage_row *)row)->trained];
}

static const char *trained_as_text(struct arena *a, const void *row)
{
	const struct coverage_row *r = row;

	return r->trained_as == 0 ? "" : arena_printf(a, "URN %lld", (long long)r->trained_as);
}

static const char *last_text(struct arena *a, const void *row)
{
	const struct coverage_row *r = row;

	return date_is_set(r->last_on) ? date_long(a, r->last_on) : "";
}

static const struct column coverage_columns[] = {
	{ .field = "name", .link = school_link_of },
	{ .field = "phase" },
	{ .field = "type", .export_only = true },
	{ .field = "type_group", .export_only = true },
	{ .field = "district" },
	{ .field = "last_on", .heading = "Last trained", .text = last_text },
	{ .field = "trained_as", .heading = "Trained as", .text = trained_as_text },
	{ .field = "sessions", .numeric = true },
	{ .field = "attended", .numeric = true, .export_only = true },
	{ .field = "id", .heading = "URN", .export_only = true },
	{ .field = "trained", .tag = trained_colour },
	{ .field = NULL },
};

static struct err *coverage_rows(struct page *p, const void *args, void *rows_out, size_t *n_out)
{
	const struct coverage_arg *arg = args;
	struct period period = { arg->from, date_is_set(arg->on) ? arg->on : p->today };
	struct coverage c;

	if (!date_is_set(period.from)) {
		period.from = (struct date){ 1900, 1, 1 };
	}
	TRY(coverage_load(p->arena, p->db, p->who->authority_id, period, &c));
	*n_out = coverage_filter(p->arena, &c, arg, (struct coverage_row **)rows_out);
	return NULL;
}

static void coverage_defaults(struct page *p, void *args)
{
	((struct coverage_arg *)args)->on = p->today;
}

const struct list list_coverage = {
	.name = "coverage",
	.title = "Coverage: the schools",
	.caption = "Schools in scope, by name",
	.empty = "No school matches.",
	.path = "/schools/coverage/list",
	.permission = PERM_coverage_read,
	.args = &coverage_arg_record,
	.row = &coverage_row_record,
	.columns = coverage_columns,
	.rows = coverage_rows,
	.defaults = coverage_defaults,
};

/* The figure's period stands in from and to; coverage speaks of a date. */
static struct err *figure_school_rows(struct page *p, const void *args, void *rows_out,
				      size_t *n_out)
{
	const struct period_rows_arg *arg = args;
	struct coverage_arg only = { .trained = TRAINED_DIRECTLY };
	struct coverage c;

	TRY(coverage_load(p->arena, p->db, p->who->authority_id,
			  (struct period){ arg->from, arg->to }, &c));
	*n_out = coverage_filter(p->arena, &c, &only, (struct coverage_row **)rows_out);
	return NULL;
}

const struct list list_figure_schools = {
	.name = "figure-schools-directly-trained",
	.title = "Schools directly trained: the schools",
	.caption = "Schools trained in the period, by name",
	.empty = "No school was trained in this period.",
	.path = "/reports/figures/schools-directly-trained/rows",
	.permission = PERM_figure_rows,
	.args = &period_rows_arg_record,
	.row = &coverage_row_record,
	.columns = coverage_columns,
	.rows = figure_school_rows,
	.defaults = period_defaults,
};
