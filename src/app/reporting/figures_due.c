/* Training in date: of the people whom a rule touches, those whose training is in date for every one (domain reference 5.4). */
#include "app/reporting/figures.h"

#include "app/reporting/figures.sql.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field due_row_fields[] = {
	FIELD(struct due_row, id),
	FIELD(struct due_row, reference, .label = "Reference"),
	FIELD(struct due_row, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct due_row, name_fold),
	FIELD(struct due_row, audience, .label = "What they do", .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct due_row, course, .label = "Course"),
	FIELD(struct due_row, trained_on, .label = "Last trained", .flags = F_NULLABLE),
	FIELD(struct due_row, due_on, .label = "To be trained by"),
	FIELD(struct due_row, in_date, .label = "In date"),
	FIELD_END,
};
RECORD(due_row, due_row_fields);

static struct err *in_date_of(const struct figure_call *call, const struct in_date **out)
{
	struct figures_kept *kept = figures_kept(call);

	if (kept->in_date == NULL) {
		struct in_date *counts = ARENA_NEW(call->arena, struct in_date, AUDIENCES);

		TRY(need_in_date(call->arena, call->db, call->authority_id, call->period.to, counts));
		kept->in_date = counts;
	}
	*out = kept->in_date;
	return NULL;
}

static struct err *measure(const struct figure_call *call, struct figure_value *out)
{
	const struct in_date *counts;

	TRY(in_date_of(call, &counts));
	out->numerator = counts[0].in_date;
	out->denominator = counts[0].required;
	out->known = out->denominator > 0;
	out->value = out->known ? (double)out->numerator / (double)out->denominator : 0;
	if (out->known) {
		wilson_interval(out->numerator, out->denominator, &out->low, &out->high);
	}
	out->excluded = arena_printf(call->arena, "Not counted: people whom no rule touches, who have left, and records joined to "
						  "another. %s of those required are overdue, or were never trained.",
				     text_thousands(call->arena, out->denominator - out->numerator));
	return NULL;
}

static struct err *by_audience(const struct figure_call *call, struct figure_part **out, size_t *n_out)
{
	struct figure_part *parts = ARENA_NEW(call->arena, struct figure_part, words_count(&audience_words));
	const struct in_date *counts;
	size_t n = 0;

	TRY(in_date_of(call, &counts));
	for (const struct word *w = audience_words.items; w->word != NULL; w++) {
		if (counts[w->code].required > 0) {
			parts[n++] = (struct figure_part){ .label = w->word,
							   .numerator = counts[w->code].in_date,
							   .denominator = counts[w->code].required };
		}
	}
	*out = parts;
	*n_out = n;
	return NULL;
}

static const struct figure_breakdown breakdowns[] = {
	{ "By role", "Role", &audience_words, by_audience, 0 },
	{ 0 },
};

static struct url row_link(struct arena *a, const void *row)
{
	return link_learner(a, ((const struct due_row *)row)->reference);
}

const struct list list_figure_due = {
	.name = "figure-training-in-date",
	.title = "Training in date: the people",
	.caption = "People and the courses that they need, by name",
	.empty = "No rule touches anybody on the last day of this period.",
	.path = "/reports/figures/training-in-date/rows",
	.permission = PERM_learner_read, /* they are people, not counts */
	.args = &period_rows_arg_record,
	.row = &due_row_record,
	.columns =
		(const struct column[]){
			{ .field = "name", .link = row_link },
			{ .field = "audience" },
			{ .field = "course" },
			{ .field = "trained_on" },
			{ .field = "due_on" },
			{ .field = "in_date" },
			{ .field = NULL },
		},
	.sorts =
		(const struct sort[]){
			{ "name", "Name", &SQL_in_date_by_name, NULL },
			{ .key = NULL },
		},
	.defaults = period_defaults,
};

const struct figure figure_in_date = {
	.name = "training-in-date",
	.label = "Training in date",
	.kind = FIGURE_SHARE,
	.version = 1,
	.definition = "Of the people for whom a rule asks for training on the last day of the period, the share whose training is "
		      "in date on that day for every rule that touches them: trained, and not longer ago than the rule allows. "
		      "Somebody who was never trained is not in date. Rules and people are taken as they are known today.",
	.numerator_label = "people in date",
	.denominator_label = "people required",
	.permission = PERM_figure_read,
	.rows_permission = PERM_learner_read,
	.measure = measure,
	.rows = &list_figure_due,
	.breakdowns = breakdowns,
};
