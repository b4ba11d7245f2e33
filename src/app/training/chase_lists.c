/* The lists of people to be reminded, and the people on one, as lists: pages and files of the same rows. */
#include "app/training/chase.h"
#include "app/training/chase.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct word states[] = {
	{ CHASE_TO_TELL, "to-tell", "To tell", NULL },
	{ CHASE_TOLD, "told", "Told", NULL },
	{ CHASE_BOOKED, "booked", "Booked since", NULL },
	{ CHASE_TRAINED, "trained", "Trained since", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words chase_state_words = { "chase-state", states };

enum chase_state chase_state_of(const struct chased_line *p)
{
	return date_is_set(p->trained_on) ? CHASE_TRAINED
	       : date_is_set(p->booked_on) ? CHASE_BOOKED
	       : date_is_set(p->told_on)   ? CHASE_TOLD
					   : CHASE_TO_TELL;
}

static const struct field chases_args_fields[] = {
	FIELD(struct chases_args, authority_id),
	FIELD(struct chases_args, own_user_id),
	FIELD(struct chases_args, own_urn),
	FIELD(struct chases_args, after_key),
	FIELD(struct chases_args, after_id),
	FIELD(struct chases_args, row_limit),
	FIELD(struct chases_args, need, .label = "Course and people", .choices = &need_choices, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(chases_args, chases_args_fields);

static const struct field chase_line_fields[] = {
	FIELD(struct chase_line, id),
	FIELD(struct chase_line, reference, .label = "List", .flags = F_REFERENCE),
	FIELD(struct chase_line, whom, .label = "Who"),
	FIELD(struct chase_line, course, .label = "Course"),
	FIELD(struct chase_line, made_on, .label = "Made"),
	FIELD(struct chase_line, people, .label = "People"),
	FIELD(struct chase_line, told, .label = "Told"),
	FIELD(struct chase_line, trained, .label = "Trained since"),
	FIELD_END
};
RECORD(chase_line, chase_line_fields);

static const struct field chased_args_fields[] = {
	FIELD(struct chased_args, authority_id),
	FIELD(struct chased_args, own_user_id),
	FIELD(struct chased_args, own_urn),
	FIELD(struct chased_args, after_key),
	FIELD(struct chased_args, after_id),
	FIELD(struct chased_args, row_limit),
	FIELD(struct chased_args, today),
	FIELD(struct chased_args, chase, .label = "List (reference)", .max = 20, .flags = F_NULLABLE | F_REFERENCE),
	FIELD(struct chased_args, state, .label = "State", .words = &chase_state_words, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(chased_args, chased_args_fields);

static const struct field chased_line_fields[] = {
	FIELD(struct chased_line, id),
	FIELD(struct chased_line, chase, .label = "List", .flags = F_REFERENCE),
	FIELD(struct chased_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct chased_line, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct chased_line, name_fold),
	FIELD(struct chased_line, email, .label = "Work email", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct chased_line, school, .flags = F_NULLABLE),
	FIELD(struct chased_line, organisation, .flags = F_NULLABLE),
	FIELD(struct chased_line, agency, .flags = F_NULLABLE),
	FIELD(struct chased_line, course, .label = "Course"),
	FIELD(struct chased_line, made_on),
	FIELD(struct chased_line, due_on, .label = "Due"),
	FIELD(struct chased_line, told_on, .label = "Told", .flags = F_NULLABLE),
	FIELD(struct chased_line, trained_on, .label = "Trained since", .flags = F_NULLABLE),
	FIELD(struct chased_line, booked_on, .label = "Booked for", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(chased_line, chased_line_fields);

/* ---- the lists ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_chase(a, ((const struct chase_line *)row)->reference);
}

static const char *line_after(struct arena *a, const void *row)
{
	char *iso = arena_alloc(a, DATE_ISO_SIZE);

	date_iso(((const struct chase_line *)row)->made_on, iso);
	return iso;
}

static const struct column columns[] = {
	{ .field = "reference", .link = line_link },
	{ .field = "made_on" },
	{ .field = "whom" },
	{ .field = "course" },
	{ .field = "people", .numeric = true },
	{ .field = "told", .numeric = true },
	{ .field = "trained", .numeric = true },
	{ 0 },
};

static const struct sort sorts[] = { { "newest", "Newest first", &SQL_chases_newest, line_after }, { 0 } };

static struct err *before_lists(struct page *p, const void *args)
{
	ui_paragraph(p->html, "People to be reminded that their training is due. You tell them yourself: this service sends nothing.");
	ui_button(p->html, &(struct ui_button){ .text = "Make a list", .href = URL("/training/chase/new") });
	return NULL;
}

const struct list chase_list = {
	.name = "chase",
	.title = "People to remind",
	.caption = "Lists of people to remind",
	.empty = "No list has been made yet.",
	.path = "/training/chase",
	.permission = PERM_training_manage,
	.args = &chases_args_record,
	.row = &chase_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_lists,
};

/* ---- the people of one: the file of a mail merge ---- */

static struct url person_link(struct arena *a, const void *row)
{
	return link_learner(a, ((const struct chased_line *)row)->reference);
}

static const char *person_place(struct arena *a, const void *row)
{
	const struct chased_line *r = row;

	return !text_empty(r->school) ? r->school : !text_empty(r->agency) ? r->agency : r->organisation;
}

static const char *person_state(struct arena *a, const void *row)
{
	return words_label(&chase_state_words, (int)chase_state_of(row));
}

static const char *person_due(struct arena *a, const void *row)
{
	return date_long(a, ((const struct chased_line *)row)->due_on); /* as a letter has it */
}

static const struct column person_columns[] = {
	{ .field = "name", .link = person_link },
	{ .field = "email", .export_only = true },
	{ .heading = "School or organisation", .text = person_place },
	{ .field = "course" },
	{ .heading = "Due", .text = person_due },
	{ .heading = "State", .text = person_state },
	{ .field = "told_on", .export_only = true },
	{ .field = "reference", .export_only = true },
	{ .field = "chase", .export_only = true },
	{ 0 },
};

static const struct sort person_sorts[] = { { "order", "As listed", &SQL_chased_in_order, NULL }, { 0 } };

static void person_defaults(struct page *p, void *args)
{
	((struct chased_args *)args)->today = p->today;
}

const struct list chased_list = {
	.name = "chased",
	.title = "People on a list to remind",
	.caption = "People on the list",
	.empty = "There is nobody who fits. Give the reference of a list.",
	.path = "/training/chased",
	.permission = PERM_training_manage,
	.args = &chased_args_record,
	.row = &chased_line_record,
	.columns = person_columns,
	.sorts = person_sorts,
	.page_size = CHASE_MOST,
	.defaults = person_defaults,
};
