/* Which aspects sessions covered, by the version of the course that was in force on their day (mission, paragraph 5.5). */
#include "app/reporting/figures.h"

#include "app/reporting/figures.sql.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field aspects_count_fields[] = {
	FIELD(struct aspects_count, sessions),
	FIELD(struct aspects_count, all),
	FIELD_END,
};
RECORD(aspects_count, aspects_count_fields);

static const struct field aspect_row_fields[] = {
	FIELD(struct aspect_row, id),
	FIELD(struct aspect_row, reference, .label = "Session"),
	FIELD(struct aspect_row, course, .label = "Course"),
	FIELD(struct aspect_row, held_on, .label = "Date"),
	FIELD(struct aspect_row, aspects, .label = "Aspects covered, of five"),
	FIELD_END,
};
RECORD(aspect_row, aspect_row_fields);

static struct err *measure(const struct figure_call *call, struct figure_value *out)
{
	const struct period_arg arg = { call->authority_id, call->period.from, call->period.to };
	struct aspects_count row;

	TRY(sql_aspects_measure(call->arena, call->db, &arg, &row));
	out->numerator = row.all;
	out->denominator = row.sessions;
	out->known = row.sessions > 0;
	out->value = out->known ? (double)row.all / (double)row.sessions : 0;
	if (out->known) {
		wilson_interval(row.all, row.sessions, &out->low, &out->high);
	}
	out->excluded = arena_printf(call->arena, "Not counted: %s sessions that covered some aspects only, or whose course does "
						  "not say which.",
				     text_thousands(call->arena, row.sessions - row.all));
	return NULL;
}

static struct url row_link(struct arena *a, const void *row)
{
	return link_session(a, ((const struct aspect_row *)row)->reference);
}

static const char *row_after(struct arena *a, const void *row)
{
	return field_exchange(a, record_field(&aspect_row_record, "held_on"), row);
}

const struct list list_figure_aspects = {
	.name = "figure-sessions-all-aspects",
	.title = "Sessions that covered all five aspects: the sessions",
	.caption = "Sessions delivered, oldest first",
	.empty = "No session was delivered in this period.",
	.path = "/reports/figures/sessions-all-aspects/rows",
	.permission = PERM_figure_rows,
	.args = &period_rows_arg_record,
	.row = &aspect_row_record,
	.columns =
		(const struct column[]){
			{ .field = "course", .link = row_link },
			{ .field = "held_on" },
			{ .field = "aspects", .numeric = true },
			{ .field = "reference", .export_only = true },
			{ .field = NULL },
		},
	.sorts =
		(const struct sort[]){
			{ "date", "Date", &SQL_aspects_by_session, row_after },
			{ .key = NULL },
		},
	.defaults = period_defaults,
};

const struct figure figure_aspects = {
	.name = "sessions-all-aspects",
	.label = "Sessions that covered all five aspects",
	.kind = FIGURE_SHARE,
	.version = 1,
	.definition = "Of the sessions delivered in the period, the share whose course, as the version of that day, covers the "
		      "five aspects of the Workshop to Raise Awareness of Prevent: the duty, young people's vulnerabilities, "
		      "behaviours that suggest vulnerability, consideration of risk, and the support there is and how to reach it.",
	.numerator_label = "sessions that covered all five",
	.denominator_label = "sessions delivered",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure,
	.rows = &list_figure_aspects,
	.breakdowns = aspect_breakdowns,
};
