/* One person at one session: whether they were there, from when until when. */
#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

struct person_form {
	int state;
	const char *arrived, *left;
};

static const struct field person_form_fields[] = {
	FIELD(struct person_form, state, .label = "Attendance", .words = &attendance_said_words,
	      .flags = F_REQUIRED | F_RADIOS, .asks = "Select what is recorded",
	      .hint = "Somebody who came late or left early attended in full or in part: the trainer decides"),
	FIELD(struct person_form, arrived, .label = "Arrived at", .max = 20, .hint = "For example, 9:05am. Leave empty when it is not known"),
	FIELD(struct person_form, left, .label = "Left before the end, at", .max = 20,
	      .hint = "Leave empty when the person stayed"),
	FIELD_END
};
static RECORD(person_form, person_form_fields);

struct url link_attendance_person(struct arena *a, const char *session, const char *learner)
{
	return url_path(a, "/training/sessions/{}/attendance/{}", session, learner);
}

struct err *attendance_row_of(struct arena *a, struct db *db, const struct session *s, const char *learner,
			      struct learner *who, struct attendance *row, bool *found)
{
	struct reference_arg key = { s->authority_id, learner };

	TRY(sql_learner_find(a, db, &key, who, found));
	if (*found) {
		struct attendance_arg args = { s->id, who->id };

		TRY(sql_attendance_find(a, db, &args, row, found));
	}
	return NULL;
}

/* A time on the day of the session; what is wrong with it becomes a problem of the field. */
static struct instant read_time(struct op *op, const struct session *s, const char *field, const char *text)
{
	struct opt_int minutes = attendance_minutes(text);

	if (minutes.set) {
		return instant_of_local(s->held_on, (int)minutes.v / 60, (int)minutes.v % 60);
	}
	if (!text_empty(text)) {
		problem_add(op->arena, op->problems, field, "Enter a time, like 9:05am or 14:30");
	}
	return (struct instant){ 0 };
}

static void check(struct op *op, const struct session *s, const struct attendance *after)
{
	const char *fault = attendance_state_fault(op->arena, s->state, s->held_on, op->today, after->state);
	bool times = instant_is_set(after->arrived_at) || instant_is_set(after->left_at);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, "state", "%s", fault);
	} else if (times && !attendance_was_there(after->state)) {
		problem_add(op->arena, op->problems, "arrived", "Leave the times empty for somebody who was not there");
	} else if (instant_is_set(after->arrived_at) && instant_is_set(after->left_at) &&
		   after->left_at.ms < after->arrived_at.ms) {
		problem_add(op->arena, op->problems, "left", "The time of leaving is before the time of arrival");
	}
}

static struct err *set_it(struct op *op, const void *input)
{
	const struct person_form *form = input;
	struct session s;
	struct learner who;
	struct attendance row, after;
	bool found;

	TRY(session_of_op(op, &s));
	TRY(attendance_row_of(op->arena, op->db, &s, op_path(op, "learner"), &who, &row, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "This person is not on the list of this session");
	}
	after = row;
	after.state = form->state;
	after.arrived_at = read_time(op, &s, "arrived", form->arrived);
	after.left_at = read_time(op, &s, "left", form->left);
	check(op, &s, &after);
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_attendance_update(op->db, &after, 1));
	TRY(attendance_audit(op, &s, who.reference, &row, &after));
	op->reference = s.reference;
	op->location = url_path(op->arena, "/training/sessions/{}/attendance", s.reference);
	op->flash = "Attendance saved";
	return session_recount(op, s.id);
}

struct err *attendance_person_page(struct page *p)
{
	struct session s;
	struct learner who;
	struct attendance row;
	bool found;

	TRY(session_of_page(p, &s));
	TRY(attendance_row_of(p->arena, p->db, &s, page_path(p, "learner"), &who, &row, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "This person is not on the list of this session");
	}
	struct url back = url_path(p->arena, "/training/sessions/{}/attendance", s.reference);
	const char *fault = attendance_state_fault(p->arena, s.state, s.held_on, p->today, ATTENDANCE_BOOKED);
	const struct person_form initial = {
		.state = row.state,
		.arrived = instant_is_set(row.arrived_at) ? attendance_clock(p->arena, row.arrived_at) : "",
		.left = instant_is_set(row.left_at) ? attendance_clock(p->arena, row.left_at) : "",
	};

	page_begin(p, &(struct page_head){ .title = who.name,
					   .caption = arena_printf(p->arena, "%s, %s", s.course,
								   instant_long(p->arena, s.starts_at)),
					   .back = back });
	if (fault != NULL) {
		ui_paragraph(p->html, fault);
	} else {
		TRY(page_form(p, &(struct form){ .record = &person_form_record,
						 .submit = "Save",
						 .initial = &initial,
						 .action = link_attendance_person(p->arena, s.reference, who.reference),
						 .cancel = back }));
	}
	page_end(p);
	return NULL;
}

const struct operation set_attendance = {
	.name = "set-attendance",
	.label = "Set one person's attendance",
	.permission = PERM_training_deliver,
	.input = &person_form_record,
	.apply = set_it,
	.relate = session_op_relate,
};
