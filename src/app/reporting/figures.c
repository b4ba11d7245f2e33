/* Better understanding, response rate: the declarations and what they run; and what figures of one page keep. */
#include "app/reporting/figures.h"

#include "app/reporting/figures.sql.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field period_arg_fields[] = {
	FIELD(struct period_arg, authority_id),
	FIELD(struct period_arg, from_date),
	FIELD(struct period_arg, to_date),
	FIELD_END,
};
RECORD(period_arg, period_arg_fields);

static const struct field understanding_arg_fields[] = {
	FIELD(struct understanding_arg, authority_id),
	FIELD(struct understanding_arg, from_date),
	FIELD(struct understanding_arg, to_date),
	FIELD(struct understanding_arg, least),
	FIELD_END,
};
RECORD(understanding_arg, understanding_arg_fields);

static const struct field understanding_fields[] = {
	FIELD(struct understanding, agreed),	FIELD(struct understanding, answers), FIELD(struct understanding, forms),
	FIELD(struct understanding, attendees), FIELD(struct understanding, few),     FIELD_END,
};
RECORD(understanding, understanding_fields);

static const struct field responses_fields[] = {
	FIELD(struct responses, forms),
	FIELD(struct responses, attendees),
	FIELD_END,
};
RECORD(responses, responses_fields);

static struct period_arg period_arg_of(const struct figure_call *call)
{
	return (struct period_arg){ call->authority_id, call->period.from, call->period.to };
}

struct figures_kept *figures_kept(const struct figure_call *call)
{
	struct figures_kept *kept = call->kept != NULL ? *call->kept : NULL;

	if (kept != NULL && date_compare(kept->period.from, call->period.from) == 0 &&
	    date_compare(kept->period.to, call->period.to) == 0) {
		return kept;
	}
	kept = ARENA_NEW(call->arena, struct figures_kept, 1);
	kept->period = call->period;
	if (call->kept != NULL) {
		*call->kept = kept;
	}
	return kept;
}

static struct err *measure_understanding(const struct figure_call *call, struct figure_value *out)
{
	struct understanding_arg arg = { call->authority_id, call->period.from, call->period.to, SHOWN_FROM };
	struct understanding row;

	TRY(sql_better_understanding_measure(call->arena, call->db, &arg, &row));
	out->numerator = row.agreed;
	out->denominator = row.answers;
	out->known = row.answers > 0;
	out->value = out->known ? (double)row.agreed / (double)row.answers : 0;
	out->asked = row.attendees;
	if (out->known) {
		wilson_interval(row.agreed, row.answers, &out->low, &out->high);
	}
	out->excluded = arena_printf(
		call->arena,
		"Not counted: %s %s in which fewer than %d people answered this question; of the other sessions, %s "
		"feedback forms that left it blank, and the %s attendees who sent no form.",
		text_thousands(call->arena, row.few), row.few == 1 ? "session" : "sessions", SHOWN_FROM,
		text_thousands(call->arena, row.forms - row.answers),
		text_thousands(call->arena, row.attendees > row.forms ? row.attendees - row.forms : 0));
	return NULL;
}

/* More forms than attendees can be sent when attendance is not recorded yet: a share says at most all of them. */
static struct err *measure_response(const struct figure_call *call, struct figure_value *out)
{
	struct period_arg arg = period_arg_of(call);
	struct responses row;

	TRY(sql_response_measure(call->arena, call->db, &arg, &row));
	out->numerator = row.forms < row.attendees ? row.forms : row.attendees;
	out->denominator = row.attendees;
	out->known = row.attendees > 0;
	out->value = out->known ? (double)out->numerator / (double)row.attendees : 0;
	if (out->known) {
		wilson_interval(out->numerator, row.attendees, &out->low, &out->high);
	}
	out->excluded = arena_printf(call->arena, "Not counted: %s forms beyond the attendees recorded, and who was booked and "
						  "did not come.",
				     text_thousands(call->arena, row.forms - out->numerator));
	return NULL;
}

const struct figure figure_understanding = {
	.name = "better-understanding",
	.label = "Reported better understanding",
	.kind = FIGURE_SHARE,
	.version = 2,
	.definition = "Of the answers to \"I have a better understanding of how Prevent fits my "
		      "day-to-day job\", "
		      "the share that agreed or strongly agreed. It is a share of those who "
		      "answered, not of "
		      "everybody who came. Answers are to sessions delivered in the period in which at "
		      "least five people answered it: what fewer said is shown nowhere, and so is "
		      "in no total, from which it could be told by taking away the sessions that "
		      "are shown. The interval is Wilson's at 95%.",
	.numerator_label = "agreed or strongly agreed",
	.denominator_label = "answers",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_understanding,
	.rows = &list_figure_understanding,
	.breakdowns = understanding_breakdowns,
};

const struct figure figure_response = {
	.name = "response-rate",
	.label = "Response rate",
	.kind = FIGURE_SHARE,
	.version = 1,
	.definition = "Feedback forms sent, of the people who attended in full or in part sessions delivered in the period. "
		      "One form is one answer; nothing says who sent it.",
	.numerator_label = "feedback forms",
	.denominator_label = "attendees",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_response,
	.rows = &list_figure_response,
	.breakdowns = response_breakdowns,
};
