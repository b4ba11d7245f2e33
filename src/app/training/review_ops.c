/* Opening a quality review and moving it along; rating it is rubric and review_rate.c. */
#include "app/training/course.h"
#include "app/training/course.sql.h"
#include "app/training/place.h"
#include "app/training/review.h"
#include "app/training/review.sql.h"
#include "app/training/session.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

enum { REFERENCE_LENGTH = 6 };

/* ---- opening ---- */

/* The account that reviews; never that of who gives what is reviewed. */
static struct err *take_reviewer(struct op *op, const char *reference, struct review *r)
{
	const struct reference_arg key = { op->who->authority_id, reference };
	struct reviewer reviewer;
	bool found;

	TRY(sql_reviewer_find(op->arena, op->db, &key, &reviewer, &found));
	if (!found) {
		problem_add(op->arena, op->problems, "reviewer", "Select the reviewer");
		return NULL;
	}
	const char *fault = reviewer_fault(reviewer.id, r->reviewed_id);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, "reviewer", "%s", fault);
	}
	r->reviewer_id = reviewer.id;
	r->reviewer_reference = reviewer.reference;
	r->reviewer = reviewer.name;
	return NULL;
}

static struct err *open_it(struct op *op, const struct review_open *form, struct review *r)
{
	struct id_row row;

	TRY(take_reviewer(op, form->reviewer, r));
	if (op->problems->n > 0) {
		return NULL;
	}
	r->authority_id = op->who->authority_id;
	r->reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	r->opened_on = op->today;
	r->state = REVIEW_OPENED;
	TRY(sql_review_add(op->arena, op->db, r, &row));
	r->id = row.id;
	op->reference = r->reference;
	op->location = link_review(op->arena, r->reference);
	op->flash = "Quality review opened";
	return op_audit(op, "review", r->reference, &review_record, NULL, r);
}

static struct err *open_session(struct op *op, const void *input)
{
	const struct review_open *form = input;
	const struct reference_arg key = { op->who->authority_id, form->session };
	struct review r = { .subject = REVIEW_SESSION };
	struct session s = { 0 };
	bool found;

	TRY(sql_session_find(op->arena, op->db, &key, &s, &found));
	if (!found) {
		problem_add(op->arena, op->problems, "session",
			    "There is no session with this reference. Check it on the session’s page");
	} else if (s.state == SESSION_CANCELLED) {
		problem_add(op->arena, op->problems, "session", "This session was cancelled");
	}
	r.session_id = s.id;
	r.session_reference = s.reference;
	r.session_course = s.course;
	r.session_held_on = s.held_on;
	r.reviewed_id = s.trainer_id;
	return open_it(op, form, &r);
}

static struct err *open_trainer(struct op *op, const void *input)
{
	const struct review_open *form = input;
	const struct reference_arg key = { op->who->authority_id, form->trainer };
	struct review r = { .subject = REVIEW_TRAINER };
	struct reviewed_trainer t = { 0 };
	bool found;

	TRY(sql_reviewed_trainer_find(op->arena, op->db, &key, &t, &found));
	if (!found) {
		problem_add(op->arena, op->problems, "trainer", "Select the trainer");
	}
	r.trainer_id = t.id;
	r.trainer = t.name;
	r.reviewed_id = t.user_id;
	return open_it(op, form, &r);
}

static struct err *take_course(struct op *op, const char *reference, struct review *r)
{
	const struct reference_arg key = { op->who->authority_id, reference };
	struct course c;
	bool found;

	TRY(sql_course_find(op->arena, op->db, &key, &c, &found));
	if (!found) {
		problem_add(op->arena, op->problems, "course", "Select a course");
		return NULL;
	}
	r->course_id = c.id;
	r->course_reference = c.reference;
	r->course = c.title;
	return NULL;
}

static struct err *take_school(struct op *op, const char *school, struct review *r)
{
	struct place place;

	TRY(place_resolve(op->arena, op->db, op->who->authority_id, op->today, school, NULL, &place));
	if (place.fault != NULL) {
		problem_add(op->arena, op->problems, "school", "%s", place.fault);
	} else if (!text_empty(place.organisation)) {
		problem_add(op->arena, op->problems, "school",
			    "There is no school with this name. Leave it empty for another body, and name the body "
			    "with the package");
	}
	r->establishment_urn = place.urn;
	r->school = place.school;
	return NULL;
}

static struct err *open_package(struct op *op, const void *input)
{
	const struct review_open *form = input;
	struct review r = { .subject = REVIEW_PACKAGE, .package = form->package };

	if (text_empty(form->course) == text_empty(form->package)) {
		problem_add(op->arena, op->problems, text_empty(form->course) ? "package" : "course",
			    "Select a course, or enter the name of the package: one of the two");
	}
	if (!text_empty(form->course)) {
		TRY(take_course(op, form->course, &r));
	}
	if (!text_empty(form->school)) {
		TRY(take_school(op, form->school, &r));
	}
	return open_it(op, form, &r);
}

/* ---- moving ---- */

struct err *review_to_move(struct op *op, enum review_move move, struct review *out, bool *may_out)
{
	TRY(review_of_op(op, out));
	TRY(op_expect_version(op, out->version));
	const char *fault = review_move_fault(out->state, move);

	if (fault == NULL) {
		fault = reviewer_fault(out->reviewer_id, out->reviewed_id);
	}
	if (fault == NULL && op->who->user_id != 0 && op->who->user_id != out->reviewer_id) {
		fault = arena_printf(op->arena, "Only the reviewer, %s, can record this. Change the reviewer first",
				     out->reviewer);
	}
	*may_out = fault == NULL;
	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
	}
	return NULL;
}

struct err *review_moved(struct op *op, const struct review *before, const struct review *after, const char *flash)
{
	TRY(sql_review_update(op->db, after, NULL));
	op->reference = after->reference;
	op->location = link_review(op->arena, after->reference);
	op->flash = flash;
	return op_audit(op, "review", after->reference, &review_record, before, after);
}

/* A day of the review's life: not to come, and not before the one that it follows. */
static void check_day(struct op *op, const char *field, struct date day, struct date not_before)
{
	if (date_compare(day, op->today) > 0) {
		problem_add(op->arena, op->problems, field, "Date must be today or in the past");
	} else if (date_is_set(not_before) && date_compare(day, not_before) < 0) {
		problem_add(op->arena, op->problems, field, "Date must be %s or later, when you asked",
			    date_long(op->arena, not_before));
	}
}

static struct err *request(struct op *op, const void *input)
{
	const struct review_request_form *form = input;
	struct review before, after;
	bool may;

	TRY(review_to_move(op, REVIEW_REQUEST, &before, &may));
	check_day(op, "requested_on", form->requested_on, (struct date){ 0 });
	if (op->problems->n > 0) {
		return NULL;
	}
	after = before;
	after.state = REVIEW_REQUESTED;
	after.requested_on = form->requested_on;
	return review_moved(op, &before, &after, "Recorded that the material was asked for");
}

static struct err *seen(struct op *op, const void *input)
{
	const struct review_seen_form *form = input;
	struct review before, after;
	bool may;

	TRY(review_to_move(op, REVIEW_SEE, &before, &may));
	check_day(op, "seen_on", form->seen_on, before.requested_on);
	if (op->problems->n > 0) {
		return NULL;
	}
	after = before;
	after.state = REVIEW_SEEN;
	after.method = form->method;
	after.access = form->access;
	after.seen_on = form->seen_on;
	return review_moved(op, &before, &after, "Recorded what was seen");
}

static struct err *refused(struct op *op, const void *input)
{
	const struct review_refused_form *form = input;
	struct review before, after;
	bool may;

	TRY(review_to_move(op, REVIEW_REFUSE, &before, &may));
	check_day(op, "seen_on", form->seen_on, before.requested_on);
	if (op->problems->n > 0) {
		return NULL;
	}
	after = before;
	after.state = REVIEW_REFUSED;
	after.access = ACCESS_REFUSED;
	after.seen_on = form->seen_on;
	after.refusal = form->refusal;
	return review_moved(op, &before, &after, "Recorded that access was refused. It is counted in the figures");
}

static struct err *finish(struct op *op, const void *input)
{
	const struct review_done_form *form = input;
	struct review before, after;
	bool may;

	TRY(review_to_move(op, REVIEW_FINISH, &before, &may));
	if (!may) {
		return NULL;
	}
	after = before;
	after.state = REVIEW_ACTIONED;
	after.done = form->done;
	after.done_on = op->today;
	return review_moved(op, &before, &after, "Quality review finished");
}

static struct err *change(struct op *op, const void *input)
{
	const struct reviewer_form *form = input;
	struct review before, after;

	TRY(review_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	if (!review_is_open(before.state)) {
		problem_add(op->arena, op->problems, NULL,
			    "What was decided stays with who decided it. Open a new review instead");
		return NULL;
	}
	after = before;
	TRY(take_reviewer(op, form->reviewer, &after));
	return op->problems->n > 0 ? NULL : review_moved(op, &before, &after, "Reviewer changed");
}

const struct operation open_session_review = {
	.name = "open-session-review",
	.label = "Open a quality review of a session",
	.permission = PERM_review_write,
	.input = &session_review_form_record,
	.apply = open_session,
};
const struct operation open_trainer_review = {
	.name = "open-trainer-review",
	.label = "Open a quality review of a trainer",
	.permission = PERM_review_write,
	.input = &trainer_review_form_record,
	.apply = open_trainer,
};
const struct operation open_package_review = {
	.name = "open-package-review",
	.label = "Open a quality review of a package",
	.permission = PERM_review_write,
	.input = &package_review_form_record,
	.apply = open_package,
};
const struct operation change_reviewer = {
	.name = "change-reviewer",
	.label = "Change the reviewer",
	.permission = PERM_review_write,
	.input = &reviewer_form_record,
	.apply = change,
};
const struct operation request_material = {
	.name = "request-material",
	.label = "Record that material was asked for",
	.permission = PERM_review_write,
	.input = &review_request_form_record,
	.apply = request,
};
const struct operation record_material_seen = {
	.name = "record-material-seen",
	.label = "Record what was seen",
	.permission = PERM_review_write,
	.input = &review_seen_form_record,
	.apply = seen,
};
const struct operation record_access_refused = {
	.name = "record-access-refused",
	.label = "Record that access was refused",
	.permission = PERM_review_write,
	.input = &review_refused_form_record,
	.apply = refused,
};
const struct operation finish_review = {
	.name = "finish-review",
	.label = "Finish a quality review",
	.permission = PERM_review_write,
	.input = &review_done_form_record,
	.apply = finish,
};
