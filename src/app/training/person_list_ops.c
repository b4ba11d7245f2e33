/* A list of people: checked, then saved as it was seen. */
#include "app/training/learner.sql.h"
#include "app/training/list_import.h"
#include "app/training/need.h"
#include "app/training/person_list.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

static const struct field people_form_fields[] = {
	FIELD(struct people_form, rows, .label = "List", .max = LIST_TEXT_MAX, .flags = F_LONG | F_PERSONAL),
	FIELD(struct people_form, standing, .label = "Standing, where the list does not say", .words = &standing_words),
	FIELD(struct people_form, audience, .label = "What they do, where the list does not say", .words = &audience_words),
	FIELD(struct people_form, sector, .label = "Sector, where the list does not say", .words = &sector_words,
	      .hint = "People at a school of the register count as school staff"),
	FIELD(struct people_form, plan, .flags = F_HIDDEN),
	FIELD(struct people_form, skip_bad, .label = "Leave out rows that cannot be used"),
	FIELD_END,
};
RECORD(people_form, people_form_fields);

struct people_counts {
	int64_t added, changed, unchanged, refused;
};

static const struct field people_counts_fields[] = {
	FIELD(struct people_counts, added),
	FIELD(struct people_counts, changed),
	FIELD(struct people_counts, unchanged),
	FIELD(struct people_counts, refused),
	FIELD_END,
};
static RECORD(people_counts, people_counts_fields);

/* Counts; for the command line also the refused rows. */
static void say_plan(struct op *op, const struct listed_plan *plan)
{
	struct buf csv;

	list_say(op, "rows", (int64_t)plan->n);
	list_say(op, "new", plan->fresh);
	list_say(op, "known", plan->changed + plan->unchanged);
	list_say(op, "again", plan->again);
	list_say(op, "refused", plan->bad);
	list_say(op, "added", plan->fresh);
	list_say(op, "changed", plan->changed);
	list_say(op, "unchanged", plan->unchanged);
	if (op->who->role == ROLE_SYSTEM && plan->bad > 0) {
		for (size_t i = 0; i < plan->n; i++) {
			if (plan->v[i].kind == PLAN_BAD) {
				list_say_bad(op, plan->v[i].in.line, plan->v[i].reason);
			}
		}
		buf_init(&csv, op->arena, 8 << 20);
		person_bad_csv(plan, &csv);
		list_say_bad_csv(op, &csv);
	}
}

static struct err *plan_of_op(struct op *op, const struct people_form *form, struct listed_plan *plan)
{
	const char *text;

	TRY(list_text(op->arena, op->upload, form->rows, &text));
	TRY(person_plan(op->arena, op->db, op->who->authority_id, op->today, form, text, plan));
	list_need_rows(op, plan->n);
	say_plan(op, plan);
	return NULL;
}

/* Nothing is changed. The page works out the plan and shows it, outside the keeper; the command line is told here. */
static struct err *preview(struct op *op, const void *input)
{
	const struct people_form *form = input;
	struct listed_plan plan;
	const char *text;

	if (op->who->role == ROLE_SYSTEM) {
		return plan_of_op(op, form, &plan);
	}
	TRY(list_text(op->arena, op->upload, form->rows, &text));
	TRY(person_list_read(op->arena, text, &plan));
	list_need_rows(op, plan.n);
	return NULL;
}

/* Does what decides whom the rules touch (need_match) differ? */
static bool needs_differ(const struct learner *a, const struct learner *b)
{
	return a->audience != b->audience || a->sector != b->sector || a->standing != b->standing || a->agency_id != b->agency_id;
}

static bool is_written(const struct listed_row *row)
{
	return row->kind == PLAN_NEW || (row->kind == PLAN_KNOWN && (row->changes[0] != '\0' || !row->before.kept));
}

/* Those who are written: who is new, then who changes. */
struct saving {
	struct learner *people;
	size_t n_new, n_changed;
};

static void choose(const struct listed_plan *plan, struct saving *all)
{
	for (size_t i = 0; i < plan->n; i++) {
		if (plan->v[i].kind == PLAN_NEW) {
			all->people[all->n_new++] = plan->v[i].after;
		}
	}
	for (size_t i = 0; i < plan->n; i++) {
		if (plan->v[i].kind == PLAN_KNOWN && is_written(&plan->v[i])) {
			all->people[all->n_new + all->n_changed++] = plan->v[i].after;
		}
	}
}

static struct err *save(struct op *op, const struct listed_plan *plan, struct saving *all)
{
	const struct learner *fresh = all->people;
	struct learner *asked = ARENA_NEW(op->arena, struct learner, all->n_changed + 1);
	size_t n_asked = 0;

	TRY(people_add(op, all->people, all->n_new));
	TRY(sql_person_update(op->db, all->people + all->n_new, all->n_changed));
	for (size_t i = 0; i < plan->n; i++) {
		const struct listed_row *row = &plan->v[i];

		if (row->kind == PLAN_NEW) {
			TRY(person_audit(op, NULL, fresh++));
		} else if (is_written(row)) {
			asked[n_asked] = row->after;
			n_asked += needs_differ(&row->before, &row->after) ? 1 : 0;
			TRY(person_audit(op, &row->before, &row->after));
		}
	}
	TRY(need_of_people(op, all->people, all->n_new, true));
	TRY(need_of_people(op, asked, n_asked, false));
	return people_searchable(op, all->people, all->n_new + all->n_changed);
}

static struct err *import(struct op *op, const void *input)
{
	const struct people_form *form = input;
	struct listed_plan plan;

	TRY(plan_of_op(op, form, &plan));
	if (op->problems->n == 0) {
		list_check_seen(op, &(struct list_seen){ "list", form->plan, plan.digest, plan.bad, form->skip_bad });
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	struct saving all = { .people = ARENA_NEW(op->arena, struct learner, plan.n + 1) };

	choose(&plan, &all);
	TRY(save(op, &plan, &all));
	const struct people_counts none = { 0 }, counts = { plan.fresh, plan.changed, plan.unchanged, plan.bad };

	op->location = URL("/training/learners");
	op->flash = arena_printf(op->arena, "People saved: %lld added, %lld changed", (long long)plan.fresh, (long long)plan.changed);
	return op_audit(op, "people", "list", &people_counts_record, &none, &counts);
}

const struct operation preview_people = {
	.name = "preview-people",
	.label = "Check a list of people before it is imported",
	.permission = PERM_training_manage,
	.input = &people_form_record,
	.apply = preview,
	.flags = OP_NO_AUDIT | OP_SECRET_ANSWER,
	.max_upload = LIST_TEXT_MAX,
};
const struct operation import_people = {
	.name = "import-people",
	.label = "Import people from a list",
	.permission = PERM_training_manage,
	.input = &people_form_record,
	.apply = import,
	.max_upload = LIST_TEXT_MAX,
};
