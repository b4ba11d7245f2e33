/* Figures of quality: what was reviewed, and where nobody may look (mission, paragraph 3.7). */
#include "app/reporting/figures.h"

#include "app/reporting/figures.sql.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field quality_fields[] = {
	FIELD(struct quality, sessions),
	FIELD(struct quality, reviewed),
	FIELD(struct quality, refused),
	FIELD(struct quality, others),
	FIELD_END,
};
RECORD(quality, quality_fields);

static const struct field quality_row_fields[] = {
	FIELD(struct quality_row, id),
	FIELD(struct quality_row, reference, .label = "Session"),
	FIELD(struct quality_row, course, .label = "Course"),
	FIELD(struct quality_row, held_on, .label = "Date"),
	FIELD(struct quality_row, trainer, .label = "Trainer"),
	FIELD(struct quality_row, overall, .label = "Rating, 1 to 4", .flags = F_NULLABLE),
	FIELD(struct quality_row, rated_on, .label = "Rated on", .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(quality_row, quality_row_fields);

static const struct field refused_row_fields[] = {
	FIELD(struct refused_row, id),
	FIELD(struct refused_row, reference, .label = "Review"),
	FIELD(struct refused_row, about, .label = "What was to be reviewed"),
	FIELD(struct refused_row, requested_on, .label = "Asked for on", .flags = F_NULLABLE),
	FIELD(struct refused_row, seen_on, .label = "Refused on", .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(refused_row, refused_row_fields);

static struct err *measure(const struct figure_call *call, struct quality *out)
{
	const struct period_arg arg = { call->authority_id, call->period.from, call->period.to };

	return sql_quality_measure(call->arena, call->db, &arg, out);
}

static struct err *measure_reviewed(const struct figure_call *call, struct figure_value *out)
{
	struct quality q;

	TRY(measure(call, &q));
	out->numerator = q.reviewed;
	out->denominator = q.sessions;
	out->known = q.sessions > 0;
	out->value = out->known ? (double)q.reviewed / (double)q.sessions : 0;
	if (out->known) {
		wilson_interval(q.reviewed, q.sessions, &out->low, &out->high);
	}
	out->excluded = arena_printf(call->arena, "Counted apart: %s reviews of trainers and of packages rated in the period, and "
						  "%s that ended because access to the material was refused.",
				     text_thousands(call->arena, q.others), text_thousands(call->arena, q.refused));
	return NULL;
}

static struct err *measure_refused(const struct figure_call *call, struct figure_value *out)
{
	struct quality q;

	TRY(measure(call, &q));
	out->numerator = q.refused;
	out->value = (double)q.refused;
	out->known = true;
	out->excluded = "Not counted: reviews for which material was asked and not answered yet, and those that saw a part of it.";
	return NULL;
}

/* ---- rows ---- */

static struct url quality_link(struct arena *a, const void *row)
{
	return link_session(a, ((const struct quality_row *)row)->reference);
}

static const char *quality_after(struct arena *a, const void *row)
{
	return field_exchange(a, record_field(&quality_row_record, "held_on"), row);
}

static const char *overall_text(struct arena *a, const void *row)
{
	const struct quality_row *r = row;

	return r->overall == 0 ? "Not reviewed" : arena_printf(a, "%lld of 4", (long long)r->overall);
}

const struct list list_figure_quality = {
	.name = "figure-training-quality-reviewed",
	.title = "Training quality reviewed: the sessions",
	.caption = "Sessions delivered, oldest first",
	.empty = "No session was delivered in this period.",
	.path = "/reports/figures/training-quality-reviewed/rows",
	.permission = PERM_figure_rows,
	.args = &period_rows_arg_record,
	.row = &quality_row_record,
	.columns =
		(const struct column[]){
			{ .field = "course", .link = quality_link },
			{ .field = "held_on" },
			{ .field = "trainer" },
			{ .heading = "Rating", .text = overall_text },
			{ .field = "rated_on" },
			{ .field = "overall", .export_only = true },
			{ .field = "reference", .export_only = true },
			{ .field = NULL },
		},
	.sorts =
		(const struct sort[]){
			{ "date", "Date", &SQL_quality_by_session, quality_after },
			{ .key = NULL },
		},
	.defaults = period_defaults,
};

static const char *refused_after(struct arena *a, const void *row)
{
	return field_exchange(a, record_field(&refused_row_record, "seen_on"), row);
}

const struct list list_figure_refused = {
	.name = "figure-access-refused",
	.title = "Access refused: the reviews",
	.caption = "Reviews that ended because access was refused, oldest first",
	.empty = "Access to material was refused to no review in this period.",
	.path = "/reports/figures/access-refused/rows",
	.permission = PERM_figure_rows,
	.args = &period_rows_arg_record,
	.row = &refused_row_record,
	.columns =
		(const struct column[]){
			{ .field = "about" },
			{ .field = "requested_on" },
			{ .field = "seen_on" },
			{ .field = "reference" },
			{ .field = NULL },
		},
	.sorts =
		(const struct sort[]){
			{ "date", "Date", &SQL_refused_by_date, refused_after },
			{ .key = NULL },
		},
	.defaults = period_defaults,
};

const struct figure figure_quality = {
	.name = "training-quality-reviewed",
	.label = "Training quality reviewed",
	.kind = FIGURE_SHARE,
	.version = 1,
	.definition = "Of the sessions delivered in the period, the share that somebody other than the trainer has reviewed and "
		      "rated, whenever the review was.",
	.numerator_label = "sessions reviewed and rated",
	.denominator_label = "sessions delivered",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_reviewed,
	.rows = &list_figure_quality,
	.breakdowns = quality_breakdowns,
};

const struct figure figure_refused = {
	.name = "access-refused",
	.label = "Access to training material refused",
	.kind = FIGURE_COUNT,
	.version = 1,
	.definition = "Quality reviews that ended in the period because access to the material was refused (resolution of 2016: "
		      "monitor the quality of the training where we can gain access to the material).",
	.numerator_label = "reviews that were refused access",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_refused,
	.rows = &list_figure_refused,
	.breakdowns = refused_breakdowns,
};
