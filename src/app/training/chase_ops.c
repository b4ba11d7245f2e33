/* Lists of people to be reminded: made from who is due, ticked off by whoever told them. */
#include "app/training/chase.h"
#include "app/training/chase.sql.h"
#include "app/training/need.sql.h"
#include "base/arena.h"
#include "base/text.h"

enum { REFERENCE_LENGTH = 6 };

static const struct field chase_fields[] = {
	FIELD(struct chase, id),
	FIELD(struct chase, authority_id),
	FIELD(struct chase, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct chase, need_id),
	FIELD(struct chase, need_reference, .flags = F_REFERENCE),
	FIELD(struct chase, whom, .label = "Who"),
	FIELD(struct chase, course, .label = "Course"),
	FIELD(struct chase, course_reference, .flags = F_REFERENCE),
	FIELD(struct chase, made_on, .label = "Made"),
	FIELD(struct chase, made_by, .flags = F_NULLABLE),
	FIELD(struct chase, made_by_name, .flags = F_NULLABLE),
	FIELD(struct chase, subject, .label = "Subject of the letter"),
	FIELD(struct chase, letter, .label = "Letter"),
	FIELD(struct chase, version),
	FIELD_END
};
RECORD(chase, chase_fields);

static const struct field chase_form_fields[] = {
	FIELD(struct chase_form, need, .flags = F_REQUIRED | F_HIDDEN, .asks = "Select a rule"),
	FIELD(struct chase_form, people),
	FIELD(struct chase_form, subject, .label = "Subject of the letter", .flags = F_REQUIRED),
	FIELD(struct chase_form, letter, .label = "Letter", .max = 4000, .flags = F_REQUIRED | F_LONG,
	      .hint = "To copy into your own letter or email. This service sends nothing."),
	FIELD_END
};
RECORD(chase_form, chase_form_fields);

static const struct field chase_told_form_fields[] = {
	FIELD(struct chase_told_form, people),
	FIELD(struct chase_told_form, told_on, .label = "When were they told?", .hint = "Leave empty for today"),
	FIELD_END
};
RECORD(chase_told_form, chase_told_form_fields);

static const struct field chase_person_fields[] = {
	FIELD(struct chase_person, id),
	FIELD(struct chase_person, chase_id),
	FIELD(struct chase_person, learner_id),
	FIELD(struct chase_person, due_on),
	FIELD(struct chase_person, told_on, .label = "Told", .flags = F_NULLABLE),
	FIELD(struct chase_person, told_by, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(chase_person, chase_person_fields);

static const struct field chase_pick_fields[] = {
	FIELD(struct chase_pick, authority_id), FIELD(struct chase_pick, need_id), FIELD(struct chase_pick, learner_id),
	FIELD(struct chase_pick, reference),	FIELD(struct chase_pick, due_on),  FIELD_END
};
RECORD(chase_pick, chase_pick_fields);

/* What the audit says of people on a list: how many. Who they are stands in the list. */
struct chase_count {
	int64_t people;
	struct date told_on;
};
static const struct field chase_count_fields[] = {
	FIELD(struct chase_count, people), FIELD(struct chase_count, told_on), FIELD_END
};
static RECORD(chase_count, chase_count_fields);

struct url link_chase(struct arena *a, const char *reference)
{
	return url_path(a, "/training/chase/{}", reference);
}

static struct err *audit_count(struct op *op, const struct chase *h, int64_t people, struct date told_on)
{
	const struct chase_count none = { 0 }, now = { people, told_on };

	return op_audit(op, "chase", h->reference, &chase_count_record, &none, &now);
}

/* ---- make-chase-list ---- */

static struct err *put(struct op *op, const struct chase *h, const char *learner, int64_t *n)
{
	const struct chase_pick key = { .authority_id = h->authority_id, .need_id = h->need_id, .reference = learner };
	struct chase_pick pick;
	bool found;

	TRY(sql_chase_pick_find(op->arena, op->db, &key, &pick, &found));
	if (!found) {
		return NULL; /* the rule has ceased to touch the person since the page was shown */
	}
	(*n)++;
	return sql_chase_person_add(op->db, &(struct chase_person){ .chase_id = h->id, .learner_id = pick.learner_id, .due_on = pick.due_on },
				    NULL);
}

static struct err *make(struct op *op, const void *input)
{
	const struct chase_form *form = input;
	const struct reference_arg key = { op->who->authority_id, form->need };
	struct chase h = { .authority_id = op->who->authority_id, .made_on = op->today, .made_by = op->who->user_id };
	struct need n;
	struct id_row row;
	bool found;
	int64_t people = 0;

	TRY(sql_need_find(op->arena, op->db, &key, &n, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no rule with the reference %s", form->need);
	}
	if (form->people.n == 0) {
		problem_add(op->arena, op->problems, "people", "Select at least one person");
	} else if (form->people.n > CHASE_MOST) {
		problem_add(op->arena, op->problems, "people", "Select %d people or fewer", CHASE_MOST);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	h.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	h.need_id = n.id;
	h.need_reference = n.reference;
	h.whom = n.whom;
	h.course = n.course;
	h.subject = form->subject;
	h.letter = form->letter;
	TRY(sql_chase_add(op->arena, op->db, &h, &row));
	h.id = row.id;
	for (size_t i = 0; i < form->people.n; i++) {
		TRY(put(op, &h, form->people.v[i], &people));
	}
	if (people == 0) {
		problem_add(op->arena, op->problems, "people", "The people selected are not due by this rule any more");
		return NULL;
	}
	op->reference = h.reference;
	op->location = link_chase(op->arena, h.reference);
	op->flash = "The list is made. Nothing was sent";
	TRY(op_audit(op, "chase", h.reference, &chase_record, NULL, &h));
	return audit_count(op, &h, people, (struct date){ 0 });
}

/* ---- told, or not after all ---- */

static struct err *chase_of_op(struct op *op, struct chase *out)
{
	const struct reference_arg key = { op->who->authority_id, op_path(op, "chase") };
	bool found;

	TRY(sql_chase_find(op->arena, op->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no list with the reference %s", key.reference);
}

static struct err *set_told(struct op *op, const struct chase *h, const char *learner, struct date told_on, int64_t *n)
{
	const struct chase_pick key = { .authority_id = h->authority_id, .need_id = h->id, .reference = learner };
	struct chase_person p;
	bool found;

	TRY(sql_chase_person_find(op->arena, op->db, &key, &p, &found));
	if (!found || date_compare(p.told_on, told_on) == 0) {
		return NULL;
	}
	p.told_on = told_on;
	p.told_by = date_is_set(told_on) ? op->who->user_id : 0;
	(*n)++;
	return sql_chase_person_told(op->db, &p, NULL);
}

static struct err *mark(struct op *op, const struct chase_told_form *form, struct date told_on)
{
	struct chase h;
	int64_t n = 0;

	TRY(chase_of_op(op, &h));
	if (form->people.n == 0) {
		problem_add(op->arena, op->problems, "people", "Select at least one person");
	} else if (date_is_set(told_on) && (date_compare(told_on, op->today) > 0 || date_compare(told_on, h.made_on) < 0)) {
		problem_add(op->arena, op->problems, "told_on", "The day must be between the day of the list, %s, and today",
			    date_long(op->arena, h.made_on));
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	for (size_t i = 0; i < form->people.n; i++) {
		TRY(set_told(op, &h, form->people.v[i], told_on, &n));
	}
	TRY(sql_chase_touch(op->db, &h, NULL));
	op->reference = h.reference;
	op->location = link_chase(op->arena, h.reference);
	op->flash = arena_printf(op->arena, "%lld marked as %s", (long long)n, date_is_set(told_on) ? "told" : "not told");
	return audit_count(op, &h, n, told_on);
}

static struct err *told(struct op *op, const void *input)
{
	const struct chase_told_form *form = input;

	return mark(op, form, date_is_set(form->told_on) ? form->told_on : op->today);
}

static struct err *not_told(struct op *op, const void *input)
{
	return mark(op, input, (struct date){ 0 });
}

const struct operation make_chase_list = {
	.name = "make-chase-list",
	.label = "Make a list of people to remind",
	.permission = PERM_training_manage,
	.input = &chase_form_record,
	.apply = make,
};
const struct operation mark_told = {
	.name = "mark-told",
	.label = "Mark people as told that they are due",
	.permission = PERM_training_manage,
	.input = &chase_told_form_record,
	.apply = told,
};
const struct operation mark_not_told = {
	.name = "mark-not-told",
	.label = "Mark people as not told after all",
	.permission = PERM_training_manage,
	.input = &chase_told_form_record,
	.apply = not_told,
};
