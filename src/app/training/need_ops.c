/* Rules of training: checked, added, changed, ended. Never deleted: chase lists and notes speak of them. */
#include "app/training/course.h"
#include "app/training/course.sql.h"
#include "app/training/need.h"
#include "app/training/need.sql.h"
#include "app/training/session_rows.h"
#include "base/arena.h"
#include "base/text.h"

enum { REFERENCE_LENGTH = 6, YEARS_AHEAD = 10 };

static const struct choices open_agency_choices = { &SQL_need_agency_choices };
const struct choices need_choices = { &SQL_need_choices };

static const struct field need_fields[] = {
	FIELD(struct need, id),
	FIELD(struct need, authority_id),
	FIELD(struct need, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct need, course_id),
	FIELD(struct need, course_reference),
	FIELD(struct need, course, .label = "Course"),
	FIELD(struct need, course_months, .flags = F_NULLABLE),
	FIELD(struct need, audience, .label = "What they do", .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct need, sector, .label = "Where they work", .words = &sector_words, .flags = F_NULLABLE),
	FIELD(struct need, standing, .label = "On which terms", .words = &standing_words, .flags = F_NULLABLE),
	FIELD(struct need, agency_id, .flags = F_NULLABLE),
	FIELD(struct need, agency_reference, .flags = F_NULLABLE),
	FIELD(struct need, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct need, whom, .label = "Who"),
	FIELD(struct need, months, .label = "Again after months"),
	FIELD(struct need, newcomer_days, .label = "Days for newcomers"),
	FIELD(struct need, from_on, .label = "From"),
	FIELD(struct need, to_on, .label = "Until", .flags = F_NULLABLE),
	FIELD(struct need, ended, .label = "Ended"),
	FIELD(struct need, reach),
	FIELD(struct need, version),
	FIELD_END
};
RECORD(need, need_fields);

static const struct field need_form_fields[] = {
	FIELD(struct need_form, course, .label = "Which course?", .choices = &course_choices, .flags = F_REQUIRED,
	      .asks = "Select a course"),
	FIELD(struct need_form, audience, .label = "What do they do?", .words = &audience_words,
	      .hint = "Leave empty for everybody"),
	FIELD(struct need_form, sector, .label = "Where do they work?", .words = &sector_words,
	      .hint = "Leave empty for every sector"),
	FIELD(struct need_form, standing, .label = "On which terms?", .words = &standing_words,
	      .hint = "Leave empty for people on a payroll or not"),
	FIELD(struct need_form, agency, .label = "Of which agency?", .choices = &open_agency_choices,
	      .hint = "Leave empty for people of any body"),
	FIELD(struct need_form, months, .label = "Again after how many months?", .max = 120,
	      .hint = "0 when once is enough. Leave empty to follow the refresh period of the course"),
	FIELD(struct need_form, newcomer_days, .label = "How many days do newcomers have?", .max = 1095,
	      .hint = "Counted from the day on which the rule begins to touch somebody who was never trained",
	      .flags = F_REQUIRED, .asks = "Enter how many days newcomers have"),
	FIELD(struct need_form, from_on, .label = "From which day?", .hint = "Leave empty for today"),
	FIELD(struct need_form, to_on, .label = "Until which day?", .hint = "Leave empty when no end is set"),
	FIELD(struct need_form, checked, .flags = F_HIDDEN),
	FIELD_END
};
RECORD(need_form, need_form_fields);

static const struct field need_end_form_fields[] = {
	FIELD(struct need_end_form, to_on, .label = "Last day of the rule", .flags = F_REQUIRED,
	      .asks = "Enter the last day of the rule"),
	FIELD_END
};
RECORD(need_end_form, need_end_form_fields);

static const struct field need_agency_fields[] = {
	FIELD(struct need_agency, id), FIELD(struct need_agency, reference), FIELD(struct need_agency, name), FIELD_END
};
RECORD(need_agency, need_agency_fields);

static const struct field need_open_fields[] = {
	FIELD(struct need_open, reference), FIELD(struct need_open, course), FIELD(struct need_open, whom), FIELD_END
};
RECORD(need_open, need_open_fields);

static const struct field need_progress_fields[] = {
	FIELD(struct need_progress, done), FIELD(struct need_progress, people), FIELD_END
};
RECORD(need_progress, need_progress_fields);

static const struct field need_course_arg_fields[] = {
	FIELD(struct need_course_arg, authority_id), FIELD(struct need_course_arg, course_id), FIELD_END
};
RECORD(need_course_arg, need_course_arg_fields);

struct url link_need(struct arena *a, const char *reference)
{
	return url_path(a, "/training/needs/{}", reference);
}

static struct err *find_need(struct arena *a, struct db *db, int64_t authority_id, const char *reference, struct need *out)
{
	const struct reference_arg key = { authority_id, reference };
	bool found;

	TRY(sql_need_find(a, db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no rule with the reference %s", reference);
}

struct err *need_of_op(struct op *op, struct need *out)
{
	return find_need(op->arena, op->db, op->who->authority_id, op_path(op, "need"), out);
}

struct err *need_of_page(struct page *p, struct need *out)
{
	const char *reference = pairs_get(p->path, "need");

	return find_need(p->arena, p->db, p->who->authority_id, reference == NULL ? "" : reference, out);
}

/* ---- what a form says ---- */

static struct err *take_course(struct op *op, const struct need_form *form, struct need *n)
{
	const struct reference_arg key = { op->who->authority_id, form->course };
	struct course course;
	bool found;

	TRY(sql_course_find(op->arena, op->db, &key, &course, &found));
	if (!found || (course.state != COURSE_OPEN && course.id != n->course_id)) {
		problem_add(op->arena, op->problems, "course", "Select a course");
		return NULL;
	}
	n->course_id = course.id;
	n->course_reference = course.reference;
	n->course = course.title;
	n->course_months = course.refresh_months;
	return NULL;
}

static struct err *take_agency(struct op *op, const struct need_form *form, struct need *n)
{
	const struct reference_arg key = { op->who->authority_id, form->agency };
	struct need_agency agency = { .reference = "", .name = "" };
	bool found = true;

	if (!text_empty(form->agency)) {
		TRY(sql_need_agency(op->arena, op->db, &key, &agency, &found));
	}
	if (!found) {
		problem_add(op->arena, op->problems, "agency", "Select an agency");
	}
	n->agency_id = agency.id;
	n->agency_reference = agency.reference;
	n->agency = agency.name;
	return NULL;
}

static void check_days(struct op *op, const struct need *n)
{
	struct date most = date_add_months(op->today, 12 * YEARS_AHEAD);

	if (date_compare(n->from_on, most) > 0 || date_compare(n->from_on, date_add_months(op->today, -12 * YEARS_AHEAD)) < 0) {
		problem_add(op->arena, op->problems, "from_on", "The first day must be within %d years of today", YEARS_AHEAD);
	}
	if (date_is_set(n->to_on) && date_compare(n->to_on, n->from_on) < 0) {
		problem_add(op->arena, op->problems, "to_on", "The last day must be the same as or after the first");
	}
}

/* Two rules that touch the same people with the same course would list each of them twice. */
static struct err *check_same(struct op *op, const struct need *n)
{
	struct id_row other;
	bool found;

	TRY(sql_need_same(op->arena, op->db, n, &other, &found));
	if (found) {
		problem_add(op->arena, op->problems, "course",
			    "There is already a rule for this course and these people. Change that one");
	}
	return NULL;
}

static struct err *take_form(struct op *op, const struct need_form *form, struct need *n)
{
	TRY(take_course(op, form, n));
	TRY(take_agency(op, form, n));
	n->audience = form->audience;
	n->sector = form->sector;
	n->standing = form->standing;
	n->months = form->months;
	n->newcomer_days = form->newcomer_days;
	n->from_on = date_is_set(form->from_on) ? form->from_on : op->today;
	n->to_on = form->to_on;
	n->whom = need_whom(op->arena, n);
	check_days(op, n);
	return op->problems->n > 0 ? NULL : check_same(op, n);
}

/* A person saves what they have looked at; a command knows what it asks for. */
static void check_checked(struct op *op, const struct need_form *form)
{
	if (op->who->role != ROLE_SYSTEM && !form->checked) {
		problem_add(op->arena, op->problems, NULL, "Check whom the rule touches before you save it");
	}
}

static void say(struct op *op, const struct need *n, const char *flash)
{
	op->reference = n->reference;
	op->location = link_need(op->arena, n->reference);
	op->flash = flash;
}

/* ---- check, add, change, end ---- */

/* Nothing is changed: the page shows how many people the rule would touch (a result without a place to go to). */
static struct err *check(struct op *op, const void *input)
{
	struct need n = { .authority_id = op->who->authority_id };
	struct count_row count;
	bool changes = op_path(op, "need")[0] != '\0';

	if (changes) {
		TRY(need_of_op(op, &n));
	}
	TRY(take_form(op, input, &n));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_need_touches(op->arena, op->db, &n, &count));
	pairs_add(op->arena, op->result, "touches", arena_printf(op->arena, "%lld", (long long)count.n));
	pairs_add(op->arena, op->result, "whom", n.whom);
	pairs_add(op->arena, op->result, "how_often", need_how_often(op->arena, &n));
	return NULL;
}

static struct instant day_after(struct date d)
{
	return instant_of_local(date_add_days(d, 1), 0, 1);
}

/* Now, and when it has ended. */
static struct err *begin(struct op *op, const struct need *n)
{
	TRY(need_begin(op, n, op->now));
	return date_is_set(n->to_on) ? need_begin(op, n, day_after(n->to_on)) : NULL;
}

static struct err *add(struct op *op, const void *input)
{
	struct need n = { .authority_id = op->who->authority_id, .version = 1 };
	struct id_row row;

	TRY(take_form(op, input, &n));
	if (op->problems->n == 0) {
		check_checked(op, input);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	n.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	TRY(sql_need_add(op->arena, op->db, &n, &row));
	n.id = row.id;
	TRY(begin(op, &n));
	say(op, &n, "Rule added. Whom it touches is being worked out");
	return op_audit(op, "need", n.reference, &need_record, NULL, &n);
}

static struct err *change(struct op *op, const void *input)
{
	struct need before, after;

	TRY(need_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	if (before.ended) {
		return ERR(ERR_CONFLICT, "This rule has ended. Add another one");
	}
	after = before;
	TRY(take_form(op, input, &after));
	if (op->problems->n == 0 && after.course_id != before.course_id) {
		problem_add(op->arena, op->problems, "course", "A rule keeps its course. End this one and add another");
	}
	if (op->problems->n == 0) {
		check_checked(op, input);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_need_update(op->db, &after, NULL));
	TRY(begin(op, &after));
	say(op, &after, "Rule changed. Whom it touches is being worked out");
	return op_audit(op, "need", after.reference, &need_record, &before, &after);
}

static struct err *end(struct op *op, const void *input)
{
	const struct need_end_form *form = input;
	struct need before, after;

	TRY(need_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	after = before;
	after.to_on = form->to_on;
	if (before.ended) {
		return ERR(ERR_CONFLICT, "This rule has ended already");
	}
	check_days(op, &after);
	if (date_compare(form->to_on, date_add_days(op->today, -1)) < 0) {
		problem_add(op->arena, op->problems, "to_on", "The last day must be yesterday or later");
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_need_update(op->db, &after, NULL));
	TRY(begin(op, &after));
	say(op, &after, "The last day of the rule is set");
	return op_audit(op, "need", after.reference, &need_record, &before, &after);
}

const struct operation check_need = {
	.name = "check-need",
	.label = "Check whom a rule touches",
	.permission = PERM_training_manage,
	.input = &need_form_record,
	.apply = check,
	.flags = OP_NO_AUDIT | OP_SECRET_ANSWER, /* the answer is shown on the form, and nothing is kept */
};
const struct operation add_need = {
	.name = "add-need",
	.label = "Add a rule of training",
	.permission = PERM_training_manage,
	.input = &need_form_record,
	.apply = add,
};
const struct operation change_need = {
	.name = "change-need",
	.label = "Change a rule of training",
	.permission = PERM_training_manage,
	.input = &need_form_record,
	.apply = change,
};
const struct operation end_need = {
	.name = "end-need",
	.label = "End a rule of training",
	.permission = PERM_training_manage,
	.input = &need_end_form_record,
	.apply = end,
};
