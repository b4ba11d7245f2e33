/* Recording attendance: by grid, by list, and taking somebody off. */
#include <string.h>
#include <unistd.h>

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/completion.h"
#include "app/training/learner.sql.h"
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

/* A spreadsheet that was saved as it is, instead of as CSV, begins with these bytes. */
static bool is_spreadsheet(const char *p, size_t n)
{
	return n >= 4 && (memcmp(p, "PK\003\004", 4) == 0 || memcmp(p, "\xd0\xcf\x11\xe0", 4) == 0);
}

struct err *import_text(struct arena *a, const struct upload *upload, const char *rows,
			const char **out)
{
	struct buf b;
	char piece[16384];
	off_t at = 0;
	ssize_t got;

	*out = rows == NULL ? "" : rows;
	if (upload == NULL || upload->fd < 0 || upload->size == 0) {
		return NULL;
	}
	buf_init(&b, a, LIST_TEXT_MAX + 1);
	while ((got = pread(upload->fd, piece, sizeof(piece), at)) > 0) {
		buf_add(&b, piece, (size_t)got);
		at += got;
	}
	if (b.full) {
		return ERR(ERR_LIMIT, "The file must be smaller than 1.9 MB. Split the list in two");
	}
	if (is_spreadsheet(b.p, b.n)) {
		return ERR(ERR_INVALID, "This is a spreadsheet. Save it as CSV and choose that "
					"file, or copy the rows and "
					"paste them");
	}
	size_t skip = b.n >= 3 && memcmp(b.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	const char *text = text_is_utf8(b.p, b.n) ? b.p : text_from_cp1252(a, b.p, b.n);

	*out = text_normalise(a, text + skip, strlen(text + skip));
	return *out != NULL ? NULL
			    : ERR(ERR_INVALID,
				  "The file is not text. Save the list as CSV and try again");
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

	attendance_parse(a, text, &people);
	if (people.too_many) {
		return ERR(ERR_LIMIT, "The list must have %d people or fewer. Split it in two",
			   ATTENDEES_MAX);
	}
	for (size_t i = 0; i < people.n; i++) {
		const char *pick =
			pairs_get(raw, arena_printf(a, "pick-%lld", (long long)people.v[i].line));

		people.v[i].pick = pick == NULL ? "" : pick;
	}
	return attendance_plan(a, db, &how, &people, out);
}

static void say_number(struct op *op, const char *name, int64_t n)
{
	pairs_add(op->arena, op->result, name, arena_printf(op->arena, "%lld", (long long)n));
}

/* Counts; for the command line also each refused row as "line TAB reason", and the rows as a file.
 * A browser is not told: answers to browsers are kept for a day, and names must not be. */
static void say_plan(struct op *op, const struct plan *plan)
{
	struct buf csv;

	say_number(op, "rows", (int64_t)plan->n);
	say_number(op, "new", plan->fresh);
	say_number(op, "known", plan->known);
	say_number(op, "again", plan->again);
	say_number(op, "refused", plan->bad);
	say_number(op, "added", plan->added);
	say_number(op, "changed", plan->changed);
	say_number(op, "unchanged", plan->unchanged);
	if (op->who->role != ROLE_SYSTEM) {
		return;
	}
	for (size_t i = 0; i < plan->n; i++) {
		if (plan->v[i].kind == PLAN_BAD) {
			pairs_add(op->arena, op->result, "bad",
				  arena_printf(op->arena, "%lld\t%s", (long long)plan->v[i].in.line,
					       plan->v[i].reason));
		}
	}
	if (plan->bad > 0) {
		buf_init(&csv, op->arena, 4 << 20);
		plan_bad_csv(plan, &csv);
		pairs_add(op->arena, op->result, "bad_csv", csv.p);
	}
}

static struct err *plan_of_op(struct op *op, const struct import_form *form, struct session *s,
			      struct plan *plan)
{
	const char *text;

	TRY(session_of_op(op, s));
	const char *fault = attendance_state_fault(op->arena, s->state, s->held_on, op->today,
						   ATTENDANCE_BOOKED);

	*plan = (struct plan){ 0 };
	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	TRY(import_text(op->arena, op->upload, form->rows, &text));
	TRY(import_plan(op->arena, op->db, s, op->today, form, text, op->raw, plan));
	if (plan->n == 0) {
		problem_add(op->arena, op->problems, "rows", "Paste the list or choose a file");
	}
	say_plan(op, plan);
	return NULL;
}

/* Nothing is changed: the page shows the plan (a result without a place to go to). */
static struct err *preview(struct op *op, const void *input)
{
	struct session s;
	struct plan plan;

	return plan_of_op(op, input, &s, &plan);
}

/* A person saves what they have seen; a command says beforehand that bad rows are left out. */
static void check_agreed(struct op *op, const struct import_form *form, const struct plan *plan)
{
	if (op->who->role != ROLE_SYSTEM && text_empty(form->plan)) {
		problem_add(op->arena, op->problems, NULL, "Check the list before you save it");
	} else if (!text_empty(form->plan) && strcmp(form->plan, plan->digest) != 0) {
		problem_add(op->arena, op->problems, NULL,
			    "The list, or what is recorded already, has changed since the "
			    "preview. Look at it again, then save");
	} else if (plan->bad > 0 && !form->skip_bad) {
		problem_add(op->arena, op->problems, "rows",
			    "%lld row%s cannot be used. Mend the list, or leave them out",
			    (long long)plan->bad, plan->bad == 1 ? "" : "s");
	}
}

static struct err *import(struct op *op, const void *input)
{
	const struct import_form *form = input;
	struct session s;
	struct plan plan;

	TRY(plan_of_op(op, form, &s, &plan));
	if (op->problems->n == 0) {
		check_agreed(op, form, &plan);
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
