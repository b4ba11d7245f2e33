/* Scheduling a session, changing it, and moving it along. */
#include <string.h>

#include "app/training/booking.h"
#include "app/training/completion.h"
#include "app/training/completion.sql.h"
#include "app/training/course.h"
#include "app/training/course.sql.h"
#include "app/training/need.h"
#include "app/training/place.h"
#include "app/training/session.sql.h"
#include "app/training/session_rows.h"
#include "app/training/session_close.h"
#include "app/training/session_host.h"
#include "app/training/session_rules.h"
#include "app/training/session_series.h"
#include "app/training/session_series.sql.h"
#include "app/training/trainer.h"
#include "base/arena.h"
#include "base/text.h"

enum { REFERENCE_LENGTH = 6, CODE_LENGTH = 8, YEARS_BACK = 10, YEARS_AHEAD = 3 };

/* ---- schedule and change ---- */

static void check_date(struct op *op, struct date on, const char *field)
{
	if (date_compare(on, date_add_months(op->today, -12 * YEARS_BACK)) < 0) {
		problem_add(op->arena, op->problems, field,
			    "Date must be in the last %d years", YEARS_BACK);
	} else if (date_compare(on, date_add_months(op->today, 12 * YEARS_AHEAD)) > 0) {
		problem_add(op->arena, op->problems, field,
			    "Date must be in the next %d years", YEARS_AHEAD);
	}
}

/* Everything of the form that both operations take over. */
static struct err *take_form(struct op *op, const struct session_form *form, struct session *s)
{
	struct reference_arg key = { op->who->authority_id, form->trainer };
	struct trainer trainer;
	struct place place;
	bool found;

	check_date(op, instant_date(form->starts_at), "starts_at");
	TRY(place_resolve(op->arena, op->db, op->who->authority_id, instant_date(form->starts_at),
			  form->host, NULL, &place));
	if (place.fault != NULL) {
		problem_add(op->arena, op->problems, "host", "%s", place.fault);
	}
	TRY(sql_trainer_find(op->arena, op->db, &key, &trainer, &found));
	if (!found) {
		problem_add(op->arena, op->problems, "trainer", "Select a trainer");
	}
	s->starts_at = form->starts_at;
	s->held_on = instant_date(form->starts_at);
	s->venue = form->venue;
	s->host = place.organisation;
	s->host_urn = place.urn;
	s->host_school = place.school;
	s->places = form->places;
	if (found) {
		s->trainer_id = trainer.id;
		s->trainer_reference = trainer.reference;
		s->trainer = trainer.name;
	}
	return NULL;
}

/* Writes a new session with its first host, and says so in the audit. */
static struct err *put_new(struct op *op, struct session *s)
{
	struct id_row row;

	s->reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	s->feedback_code = world_reference(op->world, op->arena, CODE_LENGTH);
	s->checkin_code = world_reference(op->world, op->arena, CODE_LENGTH);
	TRY(sql_session_add(op->arena, op->db, s, &row));
	s->id = row.id;
	TRY(session_host_keep(op, s));
	TRY(session_searchable(op, s, true));
	return op_audit(op, "session", s->reference, &session_record, NULL, s);
}

static struct instant same_time(struct date on, struct instant as)
{
	int hour, minute;

	instant_clock(as, &hour, &minute);
	return instant_of_local(on, hour, minute);
}

/* The further sessions of a series: as the first, on their own days. */
static struct err *put_further(struct op *op, const struct session *first, const struct series_dates *dates)
{
	struct session begun = *first;

	begun.series_id = first->id;
	TRY(sql_series_begin(op->db, &begun, NULL));
	for (size_t i = 0; i < dates->n; i++) {
		struct session next = begun;

		next.held_on = dates->v[i];
		next.starts_at = same_time(dates->v[i], first->starts_at);
		TRY(put_new(op, &next));
	}
	return NULL;
}

static struct err *schedule(struct op *op, const void *input)
{
	const struct session_form *form = input;
	struct reference_arg key = { op->who->authority_id, form->course };
	struct course course = { 0 };
	struct session s = { .authority_id = op->who->authority_id, .state = SESSION_PLANNED };
	struct series_dates dates;
	bool found;

	TRY(sql_course_find(op->arena, op->db, &key, &course, &found));
	if (!found || course.state != COURSE_OPEN) {
		problem_add(op->arena, op->problems, "course", "Select a course");
	}
	TRY(take_form(op, form, &s));
	series_plan(op->arena, s.held_on, form->repeat, form->times, form->dates, &dates);
	if (dates.fault != NULL) {
		problem_add(op->arena, op->problems, dates.field, "%s", dates.fault);
	}
	for (size_t i = 0; i < dates.n && op->problems->n == 0; i++) {
		check_date(op, dates.v[i], text_empty(form->dates) ? "times" : "dates");
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	s.course_id = course.id;
	s.course_reference = course.reference;
	s.course = course.title;
	s.duration_minutes =
		form->duration_minutes > 0 ? form->duration_minutes : course.duration_minutes;
	TRY(put_new(op, &s));
	op->reference = s.reference;
	op->location = link_session(op->arena, s.reference);
	op->flash = "Session scheduled";
	if (dates.n > 0) {
		TRY(put_further(op, &s, &dates));
		op->flash = arena_printf(op->arena, "%zu sessions scheduled", dates.n + 1);
	}
	return NULL;
}

/* Only an active accreditation may be named on a confirmed session (domain reference 3.11). */
static struct err *check_accreditation(struct op *op, const struct session *s, const char *field)
{
	const char *fault;

	TRY(trainer_fault(op->arena, op->db, s->authority_id, s->trainer_id, s->trainer, s->held_on, &fault));
	if (fault != NULL) {
		problem_add(op->arena, op->problems, field, "%s", fault);
	}
	return NULL;
}

static struct err *change_one(struct op *op, const struct session *before, const struct session *after)
{
	TRY(sql_session_update(op->db, after, NULL));
	TRY(session_host_keep(op, after));
	TRY(session_searchable(op, after, false));
	TRY(session_recount(op, after->id));
	if (after->starts_at.ms > op->now.ms &&
	    (before->starts_at.ms != after->starts_at.ms || !text_same(before->venue, after->venue))) {
		TRY(booking_tell_everybody(op, after->id, TELL_CHANGED));
	}
	return op_audit(op, "session", after->reference, &session_record, before, after);
}

/* Those after it that may still change: each on its own day. */
static struct err *change_later(struct op *op, const struct session *before, const struct session *as, size_t *n_out)
{
	struct series_line *v;
	size_t n;

	TRY(session_series(op->arena, op->db, before, &v, &n));
	for (size_t i = 0; i < n; i++) {
		const struct reference_arg key = { before->authority_id, v[i].reference };
		struct session was, is;
		bool found;

		if (v[i].starts_at.ms <= before->starts_at.ms || !session_may_change(v[i].state)) {
			continue;
		}
		TRY(sql_session_find(op->arena, op->db, &key, &was, &found));
		is = *as;
		is.id = was.id;
		is.reference = was.reference;
		is.state = was.state;
		is.held_on = was.held_on;
		is.starts_at = same_time(was.held_on, as->starts_at);
		is.feedback_code = was.feedback_code;
		is.checkin_code = was.checkin_code;
		is.checkin_open = was.checkin_open;
		if (is.state == SESSION_CONFIRMED && is.trainer_id != was.trainer_id) {
			TRY(check_accreditation(op, &is, "trainer"));
		}
		TRY(change_one(op, &was, &is));
		(*n_out)++;
	}
	return NULL;
}

static struct err *change(struct op *op, const void *input)
{
	const struct session_form *form = input;
	struct session before, after;
	size_t later = 0;

	TRY(session_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	if (!session_may_change(before.state)) {
		return ERR(ERR_CONFLICT,
			   "Only a planned or confirmed session can be changed. This one is %s",
			   words_word(&session_state_words, before.state));
	}
	after = before;
	TRY(take_form(op, form, &after));
	if (form->duration_minutes > 0) {
		after.duration_minutes = form->duration_minutes;
	}
	/* what is neither moved nor given to another may still be put right when the accreditation has ended since */
	if (op->problems->n == 0 && after.state == SESSION_CONFIRMED &&
	    (after.trainer_id != before.trainer_id || date_compare(after.held_on, before.held_on) != 0)) {
		TRY(check_accreditation(op, &after, "trainer"));
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(change_one(op, &before, &after));
	if (form->later) {
		TRY(change_later(op, &before, &after, &later));
	}
	op->reference = after.reference;
	op->location = link_session(op->arena, after.reference);
	op->flash = later == 0 ? "Session changed"
			       : arena_printf(op->arena, "Session changed, and %zu later", later);
	return booking_say_over(op, after.id);
}

/* ---- the states ---- */

static struct err *facts_of(struct op *op, const struct session *s, struct session_facts *out)
{
	struct session_arg args = { .authority_id = op->who->authority_id, .session_id = s->id };
	struct session_counts counts;

	TRY(sql_session_counts(op->arena, op->db, &args, &counts));
	*out = (struct session_facts){
		.state = s->state,
		.held_on = s->held_on,
		.feedback_until = s->feedback_until,
		.has_trainer = s->trainer_id != 0,
		.booked = counts.booked,
		.unsettled = counts.unsettled,
		.came = counts.attended + counts.part,
	};
	return NULL;
}

static struct err *move(struct op *op, enum session_move to, const char *reason, const char *flash)
{
	struct session before, after;
	struct session_facts facts;

	TRY(session_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	TRY(facts_of(op, &before, &facts));
	const char *fault = session_move_fault(&facts, to, op->today);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	if (to == MOVE_CONFIRM) {
		TRY(check_accreditation(op, &before, NULL));
		if (op->problems->n > 0) {
			return NULL;
		}
	}
	after = before;
	after.state = session_after(before.state, to);
	if (to == MOVE_CANCEL) {
		after.cancel_reason = reason;
	}
	if (to == MOVE_DELIVER && !date_is_set(after.feedback_until)) {
		after.feedback_until = date_add_days(after.held_on, FEEDBACK_DAYS);
	}
	TRY(sql_session_set_state(op->db, &after, NULL));
	TRY(session_recount(op, after.id));
	TRY(to == MOVE_CANCEL ? booking_tell_everybody(op, after.id, TELL_CANCELLED) : NULL);
	op->reference = after.reference;
	op->location = link_session(op->arena, after.reference);
	op->flash = flash;
	return op_audit(op, "session", after.reference, &session_record, &before, &after);
}

static struct err *confirm(struct op *op, const void *input)
{
	return move(op, MOVE_CONFIRM, NULL, "Session confirmed");
}

static struct err *deliver(struct op *op, const void *input)
{
	return move(op, MOVE_DELIVER, NULL,
		    "Session marked as delivered. People can now give feedback");
}

static struct err *close_it(struct op *op, const void *input)
{
	struct session s;

	TRY(session_of_op(op, &s));
	TRY(session_reconcile(op, &s, input));
	return move(op, MOVE_CLOSE, NULL, "Session closed");
}

static struct err *cancel(struct op *op, const void *input)
{
	const struct cancel_form *form = input;

	return move(op, MOVE_CANCEL, form->reason, "Session cancelled");
}

/* ---- the feedback window ---- */

static void check_until(struct op *op, const struct session *s, struct date until)
{
	if (s->state == SESSION_CLOSED || s->state == SESSION_CANCELLED) {
		problem_add(op->arena, op->problems, NULL,
			    "This session is %s. Feedback can no longer be opened",
			    words_word(&session_state_words, s->state));
	} else if (date_compare(op->today, s->held_on) < 0) {
		problem_add(op->arena, op->problems, NULL,
			    "Feedback can be opened on the day of the session, %s",
			    date_long(op->arena, s->held_on));
	} else if (date_compare(until, s->held_on) < 0) {
		problem_add(op->arena, op->problems, "until",
			    "Last day for feedback must be the day of the session or later");
	} else if (date_compare(until, date_add_months(op->today, 12)) > 0) {
		problem_add(op->arena, op->problems, "until",
			    "Last day for feedback must be within the next year");
	}
}

static struct err *open_window(struct op *op, const void *input)
{
	const struct feedback_until_form *form = input;
	struct session before, after;

	TRY(session_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	after = before;
	after.feedback_until = date_is_set(form->until)
				       ? form->until
				       : date_add_days(before.held_on, FEEDBACK_DAYS);
	check_until(op, &before, after.feedback_until);
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_session_set_state(op->db, &after, NULL));
	op->reference = after.reference;
	op->location = link_session(op->arena, after.reference);
	op->flash = arena_printf(op->arena, "Feedback can be given until %s",
				 date_long(op->arena, after.feedback_until));
	return op_audit(op, "session", after.reference, &session_record, &before, &after);
}

const struct operation schedule_session = {
	.name = "schedule-session",
	.label = "Schedule a session",
	.permission = PERM_training_manage,
	.input = &session_form_record,
	.apply = schedule,
};
const struct operation change_session = {
	.name = "change-session",
	.label = "Change a session",
	.permission = PERM_training_manage,
	.input = &session_change_record,
	.apply = change,
};
const struct operation confirm_session = {
	.name = "confirm-session",
	.label = "Confirm a session",
	.permission = PERM_training_deliver,
	.apply = confirm,
	.relate = session_op_relate,
};
const struct operation deliver_session = {
	.name = "deliver-session",
	.label = "Mark a session as delivered",
	.permission = PERM_training_deliver,
	.apply = deliver,
	.relate = session_op_relate,
};
const struct operation close_session = {
	.name = "close-session",
	.label = "Close a session",
	.permission = PERM_training_manage,
	.input = &close_form_record,
	.apply = close_it,
	.flags = OP_ANY_FIELDS,
};
const struct operation cancel_session = {
	.name = "cancel-session",
	.label = "Cancel a session",
	.permission = PERM_training_manage,
	.input = &cancel_form_record,
	.apply = cancel,
};
const struct operation open_feedback = {
	.name = "open-feedback",
	.label = "Set the feedback window",
	.permission = PERM_training_deliver,
	.input = &feedback_until_form_record,
	.apply = open_window,
	.relate = session_op_relate,
};
