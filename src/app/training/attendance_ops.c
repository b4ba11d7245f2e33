/* Recording attendance: by grid, by list, and taking somebody off. */
#include <string.h>

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/completion.h"
#include "app/training/learner.sql.h"
#include "app/training/list_import.h"
#include "app/training/need.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"
#include "work/search.h"

/* ---- grid ---- */

static struct err *set_existing(struct op *op, const struct session *s,
				const struct attendance_line *row, int was, int chosen)
{
	struct attendance a = { .id = row->id,
				.session_id = s->id,
				.state = row->state,
				.establishment_urn = row->establishment_urn,
				.sector = row->sector,
				.arrived_at = row->arrived_at,
				.left_at = row->left_at };
	const char *field = arena_printf(op->arena, "state-%s", row->learner);
	const char *fault =
		attendance_state_fault(op->arena, s->state, s->held_on, op->today, chosen);

	if (chosen == was || chosen == row->state) {
		return NULL;
	}
	if (row->state != was) {
		problem_add(op->arena, op->problems, field,
			    "Somebody else has set %s to “%s” while you had this page open. Check "
			    "it and save again",
			    row->name, words_label(&attendance_state_words, row->state));
		return NULL;
	}
	if (fault != NULL) {
		problem_add(op->arena, op->problems, field, "%s: %s", row->name, fault);
		return NULL;
	}
	return attendance_set(op, s, &a, row->learner, chosen);
}

static struct err *save_existing(struct op *op, const struct session *s, int rest, int64_t *changed)
{
	struct people_args args = { .authority_id = op->who->authority_id,
				     .session_id = s->id,
				     .waiting = 1,
				     .after = "",
				     .row_limit = PEOPLE_ALL };
	struct attendance_line *rows;
	size_t n;

	TRY(sql_attendance_of_session(op->arena, op->db, &args, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const char *was_text =
			pairs_get(op->raw, arena_printf(op->arena, "was-%s", rows[i].learner));
		const char *text =
			pairs_get(op->raw, arena_printf(op->arena, "state-%s", rows[i].learner));
		const struct word *was =
			was_text == NULL ? NULL : words_by_word(&attendance_state_words, was_text);
		const struct word *chosen =
			text == NULL ? NULL : words_by_word(&attendance_said_words, text);

		if (was == NULL || chosen == NULL) {
			continue; /* came onto the list after the page was opened */
		}
		int state = chosen->code == ATTENDANCE_BOOKED && rest != 0 ? rest : chosen->code;

		*changed += state != was->code;
		TRY(set_existing(op, s, &rows[i], was->code, state));
	}
	return NULL;
}

static void tell_bad_rows(struct op *op, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		if (plan->v[i].kind == PLAN_BAD) {
			problem_add(op->arena, op->problems, grid_field(op->arena, &plan->v[i]),
				    "New row %lld: %s", (long long)plan->v[i].in.line,
				    plan->v[i].reason);
		}
	}
}

static struct err *record(struct op *op, const void *input)
{
	const struct grid_form *form = input;
	struct session s;
	struct attendees people;
	struct plan plan;
	int64_t changed = 0;

	TRY(session_of_op(op, &s));
	const char *fault =
		attendance_state_fault(op->arena, s.state, s.held_on, op->today, ATTENDANCE_BOOKED);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	const struct plan_for how = { .session = &s,
				      .today = op->today,
				      .sector = form->sector,
				      .school = form->school,
				      .strict = true };

	grid_read(op->arena, op->raw, &people);
	TRY(attendance_plan(op->arena, op->db, &how, &people, &plan));
	tell_bad_rows(op, &plan);
	TRY(save_existing(op, &s, form->rest, &changed));
	if (op->problems->n > 0) {
		return NULL;
	}
	plan.changed += changed;
	TRY(attendance_apply(op, &s, &plan));
	op->reference = s.reference;
	op->location = link_session(op->arena, s.reference);
	op->flash = arena_printf(op->arena, "Attendance saved: %lld added, %lld changed",
				 (long long)plan.added, (long long)plan.changed);
	return NULL;
}

/* ---- list ---- */

static struct err *read_people(struct arena *a, const char *text, struct attendees *out)
{
	attendance_parse(a, text, out);
	return out->too_many ? ERR(ERR_LIMIT, "The list must have %d people or fewer. Split it in two", ATTENDEES_MAX) : NULL;
}

struct err *import_plan(struct arena *a, struct db *db, const struct session *s, struct date today,
			const struct import_form *form, const char *text, const struct pairs *raw,
			struct plan *out)
{
	const struct plan_for how = { .session = s,
				      .today = today,
				      .state = form->state,
				      .sector = form->sector,
				      .school = form->school };
	struct attendees people;

	TRY(read_people(a, text, &people));
	for (size_t i = 0; i < people.n; i++) {
		const char *pick =
			pairs_get(raw, arena_printf(a, "pick-%lld", (long long)people.v[i].line));

		people.v[i].pick = pick == NULL ? "" : pick;
	}
	return attendance_plan(a, db, &how, &people, out);
}

/* Counts; for the command line also the refused rows. */
static void say_plan(struct op *op, const struct plan *plan)
{
	struct buf csv;

	list_say(op, "rows", (int64_t)plan->n);
	list_say(op, "new", plan->fresh);
	list_say(op, "known", plan->known);
	list_say(op, "again", plan->again);
	list_say(op, "refused", plan->bad);
	list_say(op, "added", plan->added);
	list_say(op, "changed", plan->changed);
	list_say(op, "unchanged", plan->unchanged);
	if (op->who->role == ROLE_SYSTEM && plan->bad > 0) {
		for (size_t i = 0; i < plan->n; i++) {
			if (plan->v[i].kind == PLAN_BAD) {
				list_say_bad(op, plan->v[i].in.line, plan->v[i].reason);
			}
		}
		buf_init(&csv, op->arena, 4 << 20);
		plan_bad_csv(plan, &csv);
		list_say_bad_csv(op, &csv);
	}
}

/* The session and the text of the list; a problem when the session takes none. */
static struct err *open_list(struct op *op, const struct import_form *form, struct session *s, const char **text)
{
	TRY(session_of_op(op, s));
	const char *fault = attendance_state_fault(op->arena, s->state, s->held_on, op->today,
						   ATTENDANCE_BOOKED);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	return list_text(op->arena, op->upload, form->rows, text);
}

static struct err *plan_of_op(struct op *op, const struct import_form *form, struct session *s,
			      struct plan *plan)
{
	const char *text;

	*plan = (struct plan){ 0 };
	TRY(open_list(op, form, s, &text));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(import_plan(op->arena, op->db, s, op->today, form, text, op->raw, plan));
	list_need_rows(op, plan->n);
	say_plan(op, plan);
	return NULL;
}

/* Nothing is changed (a result without a place to go to). The page works out the plan and shows it, outside the keeper; the
 * command line is told here. */
static struct err *preview(struct op *op, const void *input)
{
	struct session s;
	struct plan plan;
	struct attendees people;
	const char *text;

	if (op->who->role == ROLE_SYSTEM) {
		return plan_of_op(op, input, &s, &plan);
	}
	TRY(open_list(op, input, &s, &text));
	if (op->problems->n == 0) {
		TRY(read_people(op->arena, text, &people));
		list_need_rows(op, people.n);
	}
	return NULL;
}

static struct err *import(struct op *op, const void *input)
{
	const struct import_form *form = input;
	struct session s;
	struct plan plan;

	TRY(plan_of_op(op, form, &s, &plan));
	if (op->problems->n == 0) {
		list_check_seen(op, &(struct list_seen){ "list", form->plan, plan.digest, plan.bad, form->skip_bad });
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(attendance_apply(op, &s, &plan));
	op->reference = s.reference;
	op->location = link_session(op->arena, s.reference);
	op->flash = arena_printf(op->arena, "Attendance saved: %lld added, %lld changed",
				 (long long)plan.added, (long long)plan.changed);
	return NULL;
}

/* ---- taking somebody off ---- */

static struct err *remove_it(struct op *op, const void *input)
{
	struct session s;
	struct learner learner;
	struct attendance row;
	int64_t dropped = 0;
	bool found;

	TRY(session_of_op(op, &s));
	TRY(attendance_row_of(op->arena, op->db, &s, op_path(op, "learner"), &learner, &row, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "This person is not on the list of this session");
	}
	const char *fault =
		attendance_state_fault(op->arena, s.state, s.held_on, op->today, ATTENDANCE_BOOKED);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	TRY(sql_attendance_remove(op->db, &row, NULL));
	TRY(completion_of_learner(op, learner.id));
	/* Nobody's name is kept who was at no session: there would be no purpose to keep it for. */
	TRY(need_forget_learner(op, learner.id));
	TRY(sql_learner_drop_unused(op->db, &learner, &dropped));
	TRY(dropped == 0 ? NULL : search_drop(op->arena, op->db, SEARCH_LEARNER, learner.id));
	TRY(session_recount(op, s.id));
	op->reference = s.reference;
	op->location = url_path(op->arena, "/training/sessions/{}/attendance", s.reference);
	op->flash = "Taken off the list";
	return attendance_audit(op, &s, learner.reference, &row, NULL);
}

const struct operation record_attendance = {
	.name = "record-attendance",
	.label = "Record attendance",
	.permission = PERM_training_deliver,
	.input = &grid_form_record,
	.apply = record,
	.relate = session_op_relate,
	.flags = OP_ANY_FIELDS,
};
const struct operation preview_attendance = {
	.name = "preview-attendance",
	.label = "Check a list of people",
	.permission = PERM_training_deliver,
	.input = &import_form_record,
	.apply = preview,
	.relate = session_op_relate,
	.flags = OP_ANY_FIELDS | OP_NO_AUDIT | OP_SECRET_ANSWER,
	.max_upload = LIST_TEXT_MAX,
};
const struct operation import_attendance = {
	.name = "import-attendance",
	.label = "Import a list of people",
	.permission = PERM_training_deliver,
	.input = &import_form_record,
	.apply = import,
	.relate = session_op_relate,
	.flags = OP_ANY_FIELDS,
	.max_upload = LIST_TEXT_MAX,
};
const struct operation remove_attendance = {
	.name = "remove-attendance",
	.label = "Take a person off a session's list",
	.permission = PERM_training_deliver,
	.apply = remove_it,
	.relate = session_op_relate,
};
