/* Taking a check-in from a phone; the trainer's side of it. */
#include "app/training/checkin.h"
#include "app/training/checkin.sql.h"
#include "app/training/attendance.sql.h"
#include "app/training/feedback.h"
#include "app/training/session_rules.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

enum { CODE_LENGTH = 8 };

/* ---- by code ---- */

static struct attendance attendance_of(const struct checkin_match *m)
{
	return (struct attendance){ m->id, m->session_id, m->learner_id, m->state, m->establishment_urn, m->sector,
				    m->arrived_at, m->left_at };
}

static struct err *arrived(struct op *op, const struct checkin_session *s, const struct checkin_match *m)
{
	const struct session session = { .id = s->id, .reference = s->reference };
	struct attendance before = attendance_of(m), after = before;
	bool changed;

	checkin_arrive(&after, op->now, &changed);
	if (!changed) {
		return NULL;
	}
	TRY(sql_checkin_attend(op->db, &after, NULL));
	return attendance_audit(op, &session, m->learner, &before, &after);
}

static const char *upper(struct arena *a, const char *text)
{
	char *s = arena_strdup(a, text);

	for (char *c = s; *c != '\0'; c++) {
		*c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
	}
	return s;
}

/* Somebody on the list is there from now on; anybody else is for the trainer to settle, once. */
static struct err *take(struct op *op, const struct checkin_session *s, const struct checkin_form *form, int64_t id)
{
	struct checkin entry = { .id = id, .session_id = s->id, .at = op->now, .state = CHECKIN_OPEN,
				 .said = text_fold(op->arena, form->said), .name = form->name,
				 .organisation = form->organisation };
	const struct checkin_match_arg key = { s->id, entry.said, upper(op->arena, form->said) };
	struct checkin_match who;
	struct id_row same;
	bool found;

	TRY(sql_checkin_match(op->arena, op->db, &key, &who, &found));
	if (found) {
		entry = (struct checkin){ .id = id, .session_id = s->id, .at = op->now,
					  .learner_id = who.learner_id, .state = CHECKIN_KNOWN };
		TRY(arrived(op, s, &who));
	} else {
		TRY(sql_checkin_same(op->arena, op->db, &entry, &same, &found));
		if (found) {
			return NULL;
		}
	}
	return sql_checkin_add(op->db, &entry, NULL);
}

static struct err *check_in_by_code(struct op *op, const void *input)
{
	const struct checkin_form *form = input;
	const struct checkin_code_arg key = { op_path(op, "checkin") };
	struct checkin_session s;
	struct checkin before;
	bool found, sent_before;

	TRY(sql_checkin_session(op->arena, op->db, &key, &s, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no check-in under this address");
	}
	const char *ticket = text_empty(form->ticket) ? world_reference(op->world, op->arena, 20) : form->ticket;
	const struct id_arg id = { feedback_id(op->arena, arena_printf(op->arena, "check-in %s", ticket), key.code) };

	TRY(sql_checkin_find(op->arena, op->db, &id, &before, &sent_before));
	const char *fault = sent_before ? NULL : checkin_fault(op->arena, &s, op->now);

	if (fault == NULL && !sent_before && s.entries >= checkin_most(s.places)) {
		fault = "This code has taken all the check-ins it can. Tell the trainer that you are there";
	}
	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	if (!sent_before) {
		TRY(take(op, &s, form, id.id));
	}
	op->location = url_path(op->arena, "/c/{}/thanks", key.code);
	return NULL;
}

/* ---- opened and ended by the trainer ---- */

static struct err *set_open(struct op *op, bool open, const char *flash)
{
	struct session before, after;

	TRY(session_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	if (!session_may_change(before.state)) {
		problem_add(op->arena, op->problems, NULL, "This session is %s. Check-in can no longer be opened or ended",
			    words_word(&session_state_words, before.state));
		return NULL;
	}
	after = before;
	after.checkin_open = open;
	if (text_empty(after.checkin_code)) {
		after.checkin_code = world_reference(op->world, op->arena, CODE_LENGTH);
	}
	TRY(sql_session_set_checkin(op->db, &after, NULL));
	op->reference = after.reference;
	op->location = url_path(op->arena, "/training/sessions/{}/check-in", after.reference);
	op->flash = flash;
	return op_audit(op, "session", after.reference, &session_record, &before, &after);
}

static struct err *open_it(struct op *op, const void *input)
{
	(void)input;
	return set_open(op, true, "Check-in is open");
}

static struct err *end_it(struct op *op, const void *input)
{
	(void)input;
	return set_open(op, false, "Check-in by code has ended");
}

/* ---- one tap a person ---- */

/* The reference that was sent, and in *kind which button it was; NULL: none, or more than one. */
static const char *tapped(const struct arrival_form *form, char *kind)
{
	const char *const said[] = { form->arrive, form->leave, form->undo };
	const char *found = NULL;
	int n = 0;

	for (int i = 0; i < 3; i++) {
		if (!text_empty(said[i])) {
			found = said[i];
			*kind = "alu"[i];
			n++;
		}
	}
	return n == 1 ? found : NULL;
}

static const char *tap_fault(struct op *op, const struct session *s, const struct attendance *row, char kind)
{
	const char *fault = attendance_state_fault(op->arena, s->state, s->held_on, op->today, ATTENDANCE_ATTENDED);

	if (fault == NULL && date_compare(s->held_on, op->today) != 0) {
		fault = "The day of this session is over: a time of now would be wrong. Record attendance by keyboard instead";
	}
	if (fault == NULL && kind == 'l' && !attendance_was_there(row->state)) {
		fault = "Somebody who is not recorded as there cannot leave";
	}
	return fault;
}

static struct err *record_tap(struct op *op, const void *input)
{
	struct session s;
	struct learner who;
	struct attendance row, after;
	bool found = false, changed = true;
	char kind = '\0';
	const char *learner = tapped(input, &kind);

	TRY(session_of_op(op, &s));
	TRY(attendance_row_of(op->arena, op->db, &s, learner == NULL ? "" : learner, &who, &row, &found));
	if (!found) {
		problem_add(op->arena, op->problems, NULL, "This person is not on the list of this session any more");
		return NULL;
	}
	const char *fault = tap_fault(op, &s, &row, kind);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	after = row;
	if (kind == 'a') {
		checkin_arrive(&after, op->now, &changed);
	} else if (kind == 'l') {
		after.left_at = op->now;
	} else {
		after.state = ATTENDANCE_BOOKED;
		after.arrived_at = after.left_at = (struct instant){ 0 };
	}
	op->reference = s.reference;
	op->location = url_path(op->arena, "/training/sessions/{}/check-in", s.reference);
	TRY(sql_attendance_update(op->db, &after, 1));
	TRY(attendance_audit(op, &s, who.reference, &row, &after));
	return session_recount(op, s.id);
}

/* ---- who was not on the list ---- */

struct err *checkin_unsettled(struct arena *a, struct db *db, const struct session *s, struct checkin **out, size_t *n)
{
	struct session_arg args = { s->authority_id, s->id };

	return sql_checkin_unsettled(a, db, &args, out, n);
}

struct err *checkin_leave_out_rest(struct op *op, const struct session *s)
{
	struct session_arg args = { s->authority_id, s->id };

	return sql_checkin_leave_out(op->db, &args, NULL);
}

/* The one row of a list that this entry would have been. */
static struct err *plan_entry(struct op *op, const struct session *s, const struct checkin *entry,
			      const struct settle_form *form, struct plan *plan)
{
	int hour, minute;
	bool email = entry->said != NULL && text_is_email(entry->said);
	struct attendee *one = ARENA_NEW(op->arena, struct attendee, 1);
	const struct attendees people = { .v = one, .n = 1 };
	const struct plan_for how = { .session = s, .today = op->today, .school = "" };

	instant_clock(entry->at, &hour, &minute);
	*one = (struct attendee){ .line = 1,
				  .name = form->name,
				  .email = email ? entry->said : "",
				  .school = form->organisation,
				  .job = "",
				  .state = ATTENDANCE_ATTENDED,
				  .arrived = { true, hour * 60 + minute },
				  .sector_text = "",
				  .state_text = "",
				  .pick = "" };
	attendee_check(op->arena, one);
	return attendance_plan(op->arena, op->db, &how, &people, plan);
}

static struct err *settle(struct op *op, const void *input)
{
	const struct settle_form *form = input;
	struct id_arg key = { 0 };
	struct session s;
	struct checkin entry;
	struct plan plan;
	bool found = false;

	TRY(session_of_op(op, &s));
	if (text_to_int(form->entry, 1, INT64_MAX, &key.id)) {
		TRY(sql_checkin_find(op->arena, op->db, &key, &entry, &found));
	}
	if (!found || entry.session_id != s.id || entry.state != CHECKIN_OPEN) {
		problem_add(op->arena, op->problems, NULL, "This check-in has been settled already");
		return NULL;
	}
	const char *fault = attendance_state_fault(op->arena, s.state, s.held_on, op->today, ATTENDANCE_ATTENDED);

	if (fault == NULL && !form->leave_out) {
		TRY(plan_entry(op, &s, &entry, form, &plan));
		fault = plan.bad > 0 ? plan.v[0].reason : NULL;
	}
	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	entry.state = form->leave_out ? CHECKIN_LEFT_OUT : CHECKIN_ADDED;
	TRY(sql_checkin_settle(op->db, &entry, NULL));
	op->reference = s.reference;
	op->location = url_path(op->arena, "/training/sessions/{}/check-in", s.reference);
	op->flash = form->leave_out ? "Left out" : "Put on the list as attended";
	return form->leave_out ? op_audit(op, "session", s.reference, NULL, NULL, NULL) : attendance_apply(op, &s, &plan);
}

const struct operation check_in = {
	.name = "check-in",
	.label = "Check in by code",
	.permission = PERM_public,
	.input = &checkin_form_record,
	.apply = check_in_by_code,
	.flags = OP_NO_AUDIT | OP_ONCE, /* the attendance that it changes has its own entry */
};
const struct operation open_check_in = {
	.name = "open-check-in",
	.label = "Open check-in by code",
	.permission = PERM_training_deliver,
	.apply = open_it,
	.relate = session_op_relate,
};
const struct operation end_check_in = {
	.name = "end-check-in",
	.label = "End check-in by code",
	.permission = PERM_training_deliver,
	.apply = end_it,
	.relate = session_op_relate,
};
const struct operation record_arrival = {
	.name = "record-arrival",
	.label = "Record that somebody has come or left",
	.permission = PERM_training_deliver,
	.input = &arrival_form_record,
	.apply = record_tap,
	.relate = session_op_relate,
};
const struct operation settle_check_in = {
	.name = "settle-check-in",
	.label = "Settle a check-in of somebody who was not on the list",
	.permission = PERM_training_deliver,
	.input = &settle_form_record,
	.apply = settle,
	.relate = session_op_relate,
};
