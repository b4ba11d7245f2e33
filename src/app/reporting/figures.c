/* Staff trained and better understanding: the declarations and what they run. */
#include "app/reporting/figures.h"

#include "app/reporting/coverage.h"
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

static const struct field staff_trained_fields[] = {
	FIELD(struct staff_trained, people), FIELD(struct staff_trained, attendances),
	FIELD(struct staff_trained, part),   FIELD(struct staff_trained, no_shows),
	FIELD(struct staff_trained, booked), FIELD_END,
};
RECORD(staff_trained, staff_trained_fields);

static const struct field understanding_fields[] = {
	FIELD(struct understanding, agreed),
	FIELD(struct understanding, answers),
	FIELD(struct understanding, forms),
	FIELD_END,
};
RECORD(understanding, understanding_fields);

static const struct field attendee_count_fields[] = {
	FIELD(struct attendee_count, people),
	FIELD_END,
};
RECORD(attendee_count, attendee_count_fields);

static struct period_arg period_arg_of(const struct figure_call *call)
{
	return (struct period_arg){ call->authority_id, call->period.from, call->period.to };
}

static struct err *measure_schools(const struct figure_call *call, struct figure_value *out)
{
	struct coverage c;

	TRY(coverage_load(call->arena, call->db, call->authority_id, call->period, &c));
	out->numerator = c.ways[TRAINED_DIRECTLY];
	out->denominator = (int64_t)c.n;
	out->value = (double)c.ways[TRAINED_DIRECTLY];
	out->known = true;
	out->excluded = arena_printf(
		call->arena,
		"Not counted: %s schools trained elsewhere only, with evidence that was verified; %s "
		"known to have trained only their own staff themselves; %s that only claim training; %s "
		"that were trained, but neither they nor a successor were in scope on the last "
		"day of the period. Bookings, people who came only in part, "
		"and sessions held at a school that none of its staff attended.",
		text_thousands(call->arena, c.ways[TRAINED_VERIFIED]),
		text_thousands(call->arena, c.ways[TRAINED_OWN]),
		text_thousands(call->arena, c.ways[TRAINED_CLAIMED]),
		text_thousands(call->arena, c.trained_out_of_scope));
	return NULL;
}

static struct err *measure_staff(const struct figure_call *call, struct figure_value *out)
{
	struct period_arg arg = period_arg_of(call);
	struct staff_trained row;

	TRY(sql_staff_trained_measure(call->arena, call->db, &arg, &row));
	out->numerator = row.people;
	out->value = (double)row.people;
	out->known = true;
	out->excluded = arena_printf(call->arena,
				     "Not counted: %s attendances in part, %s who did not come, %s "
				     "bookings not reconciled. %s attendances in full were by people already counted.",
				     text_thousands(call->arena, row.part),
				     text_thousands(call->arena, row.no_shows),
				     text_thousands(call->arena, row.booked),
				     text_thousands(call->arena, row.attendances - row.people));
	return NULL;
}

static struct err *measure_understanding(const struct figure_call *call, struct figure_value *out)
{
	struct period_arg arg = period_arg_of(call);
	struct understanding row;
	struct attendee_count who;

	TRY(sql_better_understanding_measure(call->arena, call->db, &arg, &row));
	TRY(sql_sessions_attendees(call->arena, call->db, &arg, &who));
	out->numerator = row.agreed;
	out->denominator = row.answers;
	out->known = row.answers > 0;
	out->value = out->known ? (double)row.agreed / (double)row.answers : 0;
	out->asked = who.people;
	if (out->known) {
		wilson_interval(row.agreed, row.answers, &out->low, &out->high);
	}
	out->excluded = arena_printf(
		call->arena,
		"Not counted: %s feedback forms that left this question blank, and the %s "
		"attendees who sent "
		"no form.",
		text_thousands(call->arena, row.forms - row.answers),
		text_thousands(call->arena, who.people > row.forms ? who.people - row.forms : 0));
	return NULL;
}

const struct figure figure_schools_trained = {
	.name = "schools-directly-trained",
	.label = "Schools directly trained",
	.kind = FIGURE_COUNT,
	.version = 1,
	.definition = "Schools in scope on the last day of the period with at least one member of "
		      "staff who attended in full a session delivered in the period by anybody but "
		      "the school itself. A school is counted once, under the URN it has on that "
		      "day: training under the URN it had before a conversion, merger or split "
		      "counts for it. In scope: open maintained schools, academies, free schools, "
		      "special and independent schools of the authority (Schedule 6, "
		      "Counter-Terrorism and Security Act 2015).",
	.numerator_label = "schools trained",
	.denominator_label = "schools in scope",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_schools,
	.rows = &list_figure_schools,
};

const struct figure figure_staff_trained = {
	.name = "staff-trained",
	.label = "Staff trained",
	.kind = FIGURE_COUNT,
	.version = 1,
	.definition = "Different people who attended in full at least one session delivered in the "
		      "period. "
		      "Somebody who came to several sessions is counted once.",
	.numerator_label = "people trained",
	.permission = PERM_figure_read,
	.rows_permission = PERM_learner_read,
	.measure = measure_staff,
	.rows = &list_figure_staff,
};

const struct figure figure_understanding = {
	.name = "better-understanding",
	.label = "Reported better understanding",
	.kind = FIGURE_SHARE,
	.version = 1,
	.definition = "Of the answers to \"I have a better understanding of how Prevent fits my "
		      "day-to-day job\", "
		      "the share that agreed or strongly agreed. It is a share of those who "
		      "answered, not of "
		      "everybody who came. Answers are to sessions delivered in the period; the "
		      "interval is "
		      "Wilson's at 95%.",
	.numerator_label = "agreed or strongly agreed",
	.denominator_label = "answers",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_understanding,
	.rows = &list_figure_understanding,
};
