/* The lists of schools behind each number of coverage: all, who comes next, and those a figure counts. */
#include "app/reporting/coverage.h"
#include "app/reporting/figures.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "core/core.h"

static struct url school_link_of(struct arena *a, const void *row)
{
	return link_school(a, ((const struct coverage_row *)row)->id);
}

static const char *trained_colour(const void *row)
{
	static const char *const colours[] = { [TRAINED_DIRECTLY] = "green", [TRAINED_VERIFIED] = "turquoise",
					       [TRAINED_OWN] = "blue",	     [TRAINED_CLAIMED] = "yellow",
					       [TRAINED_NONE] = "orange",    [TRAINED_NOT_KNOWN] = "grey" };

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
	{ .field = "trust", .export_only = true },
	{ .field = "last_on", .heading = "Last trained", .text = last_text },
	{ .field = "trained_as", .heading = "Trained as", .text = trained_as_text },
	{ .field = "sessions", .numeric = true },
	{ .field = "attended", .numeric = true, .export_only = true },
	{ .field = "id", .heading = "URN", .export_only = true },
	{ .field = "staleness", .export_only = true },
	{ .field = "claimed_on", .export_only = true },
	{ .field = "reviewed" },
	{ .field = "trained", .tag = trained_colour },
	{ .field = NULL },
};

static struct err *coverage_rows(struct page *p, const void *args, void *rows_out, size_t *n_out)
{
	const struct coverage_arg *arg = args;
	struct period period = { arg->from, date_is_set(arg->on) ? arg->on : p->today };
	struct coverage c, apart;

	if (!date_is_set(period.from)) {
		period.from = (struct date){ 1900, 1, 1 };
	}
	TRY(coverage_load_both(p->arena, p->db, p->who->authority_id, period, &c, arg->apart ? &apart : NULL));
	*n_out = coverage_filter(p->arena, arg->apart ? &apart : &c, arg, (struct coverage_row **)rows_out);
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

/* ---- who next ---- */

static struct err *next_rows(struct page *p, const void *args, void *rows_out, size_t *n_out)
{
	const struct coverage_arg *arg = args;
	struct period period = { { 1900, 1, 1 }, date_is_set(arg->on) ? arg->on : p->today };
	struct coverage c;

	TRY(coverage_load(p->arena, p->db, p->who->authority_id, period, &c));
	*n_out = coverage_next(p->arena, &c, arg, (struct coverage_row **)rows_out);
	return NULL;
}

static struct err *before_next(struct page *p, const void *args)
{
	ui_paragraph(p->html, "Schools to be trained next, each with its reasons. In this order: nothing known, said there was "
			      "none, only claimed, reviewed and not good, last trained over three years ago, over two; within "
			      "each the longest ago first. Nothing is added up to a score: read the reasons.");
	return NULL;
}

const struct list list_who_next = {
	.name = "who-next",
	.title = "Which schools come next",
	.caption = "Schools to be trained next",
	.empty = "No school needs training now: all have been trained in the last two years, and nothing was reviewed and "
		 "found not good.",
	.path = "/schools/coverage/next",
	.permission = PERM_coverage_read,
	.args = &coverage_arg_record,
	.row = &coverage_row_record,
	.columns =
		(const struct column[]){
			{ .field = "name", .link = school_link_of },
			{ .field = "reasons" },
			{ .field = "phase" },
			{ .field = "district" },
			{ .field = "trust", .export_only = true },
			{ .field = "last_on", .export_only = true },
			{ .field = "reviewed", .export_only = true },
			{ .field = "id", .heading = "URN", .export_only = true },
			{ .field = "trained", .tag = trained_colour },
			{ .field = NULL },
		},
	.rows = next_rows,
	.before = before_next,
	.defaults = coverage_defaults,
};

/* ---- behind the figures: their period stands in from and to; coverage speaks of a date ---- */

static struct err *figure_rows(struct page *p, const void *args, bool (*counts)(const struct coverage_row *), void *rows_out,
			       size_t *n_out)
{
	const struct period_rows_arg *arg = args;
	struct coverage_row *rows;
	struct coverage c;
	size_t n, kept = 0;

	TRY(coverage_load(p->arena, p->db, p->who->authority_id, (struct period){ arg->from, arg->to }, &c));
	n = coverage_filter(p->arena, &c, &(struct coverage_arg){ 0 }, &rows);
	for (size_t i = 0; i < n; i++) {
		if (counts(&rows[i])) {
			rows[kept++] = rows[i];
		}
	}
	*(struct coverage_row **)rows_out = rows;
	*n_out = kept;
	return NULL;
}

static bool is_trained(const struct coverage_row *row)
{
	return row->trained == TRAINED_DIRECTLY;
}

static bool is_verified(const struct coverage_row *row)
{
	return row->trained == TRAINED_DIRECTLY || row->trained == TRAINED_VERIFIED;
}

static bool is_own(const struct coverage_row *row)
{
	return row->trained == TRAINED_OWN;
}

static bool is_good(const struct coverage_row *row)
{
	return date_is_set(row->last_on) && row->reviewed == REVIEWED_GOOD;
}

#define ROWS_OF(name, counts)                                                                                         \
	static struct err *name(struct page *p, const void *args, void *rows_out, size_t *n_out)                       \
	{                                                                                                              \
		return figure_rows(p, args, counts, rows_out, n_out);                                                  \
	}
ROWS_OF(trained_rows, is_trained)
ROWS_OF(verified_rows, is_verified)
ROWS_OF(own_rows, is_own)
ROWS_OF(good_rows, is_good)

#define SCHOOLS_OF(figure, label, of)                                                                                  \
	{                                                                                                              \
		.name = "figure-" figure, .title = label ": the schools", .caption = "Schools of the period, by name", \
		.empty = "No school counts in this period.", .path = "/reports/figures/" figure "/rows",               \
		.permission = PERM_figure_rows, .args = &period_rows_arg_record, .row = &coverage_row_record,          \
		.columns = coverage_columns, .rows = of, .defaults = period_defaults                                   \
	}
const struct list list_figure_schools = SCHOOLS_OF("schools-directly-trained", "Schools directly trained", trained_rows);
const struct list list_figure_schools_verified =
	SCHOOLS_OF("schools-verified-training", "Schools with verified training", verified_rows);
const struct list list_figure_schools_own =
	SCHOOLS_OF("schools-own-delivery", "Schools that train their own staff", own_rows);
const struct list list_figure_schools_good =
	SCHOOLS_OF("schools-reviewed-good", "Schools trained and reviewed good", good_rows);
