/* Who is due: the list, and what it says of a person. */
#include "app/directory/school.h"
#include "app/training/need_counts.h"
#include "app/training/need_due.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct word statuses[] = {
	{ NEED_OVERDUE, "overdue", "Overdue", NULL },
	{ NEED_DUE, "due", "Due in the next 60 days", NULL },
	{ NEED_IN_DATE, "in-date", "In date", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words need_status_words = { "need-status", statuses };

static const struct field due_args_fields[] = {
	FIELD(struct due_args, authority_id),
	FIELD(struct due_args, own_user_id),
	FIELD(struct due_args, own_urn),
	FIELD(struct due_args, after_key),
	FIELD(struct due_args, after_id),
	FIELD(struct due_args, row_limit),
	FIELD(struct due_args, today),
	FIELD(struct due_args, from_due),
	FIELD(struct due_args, to_due),
	FIELD(struct due_args, need, .label = "Course and people", .choices = &need_choices, .flags = F_NULLABLE),
	FIELD(struct due_args, status, .label = "Status", .words = &need_status_words, .flags = F_NULLABLE),
	FIELD(struct due_args, audience, .label = "What they do", .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct due_args, sector, .label = "Sector", .words = &sector_words, .flags = F_NULLABLE),
	FIELD(struct due_args, urn, .label = "School (URN)", .max = 999999, .flags = F_NULLABLE),
	FIELD(struct due_args, agency, .label = "Agency (reference)", .max = 20, .flags = F_NULLABLE | F_REFERENCE),
	FIELD_END
};
RECORD(due_args, due_args_fields);

static const struct field due_line_fields[] = {
	FIELD(struct due_line, id),
	FIELD(struct due_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct due_line, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct due_line, name_fold),
	FIELD(struct due_line, need, .label = "Rule", .flags = F_REFERENCE),
	FIELD(struct due_line, course, .label = "Course"),
	FIELD(struct due_line, due_on, .label = "Due"),
	FIELD(struct due_line, trained_on, .label = "Last trained", .flags = F_NULLABLE),
	FIELD(struct due_line, today),
	FIELD(struct due_line, audience, .label = "What they do", .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct due_line, sector, .label = "Sector", .words = &sector_words),
	FIELD(struct due_line, establishment_urn, .label = "URN", .flags = F_NULLABLE),
	FIELD(struct due_line, school, .flags = F_NULLABLE),
	FIELD(struct due_line, agency, .flags = F_NULLABLE),
	FIELD(struct due_line, organisation, .flags = F_NULLABLE),
	FIELD(struct due_line, email, .label = "Work email", .flags = F_NULLABLE | F_PERSONAL),
	FIELD_END
};
RECORD(due_line, due_line_fields);

/* ---- columns ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_learner(a, ((const struct due_line *)row)->reference);
}

static const char *line_place(struct arena *a, const void *row)
{
	const struct due_line *r = row;

	return !text_empty(r->school) ? r->school : !text_empty(r->agency) ? r->agency : r->organisation;
}

static const char *line_due(struct arena *a, const void *row)
{
	const struct due_line *r = row;

	return need_is_never(r->due_on) ? "Not again" : date_short(a, r->due_on);
}

static const char *line_trained(struct arena *a, const void *row)
{
	const struct due_line *r = row;

	return date_is_set(r->trained_on) ? date_short(a, r->trained_on) : "Never";
}

static const char *line_status(struct arena *a, const void *row)
{
	const struct due_line *r = row;
	enum need_status status = need_status(r->due_on, r->today);

	return status == NEED_DUE ? "Due" : words_label(&need_status_words, (int)status);
}

static const char *line_tag(const void *row)
{
	const struct due_line *r = row;

	switch (need_status(r->due_on, r->today)) {
	case NEED_OVERDUE:
		return "red";
	case NEED_DUE:
		return "yellow";
	case NEED_IN_DATE:
		break;
	}
	return "green";
}

static const char *line_after(struct arena *a, const void *row)
{
	char *iso = arena_alloc(a, DATE_ISO_SIZE);

	date_iso(((const struct due_line *)row)->due_on, iso);
	return iso;
}

static const struct column columns[] = {
	{ .field = "name", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .heading = "School or organisation", .text = line_place },
	{ .field = "establishment_urn", .export_only = true },
	{ .field = "audience", .export_only = true },
	{ .field = "sector", .export_only = true },
	{ .field = "email", .export_only = true },
	{ .field = "course" },
	{ .heading = "Last trained", .text = line_trained, .date = true },
	{ .heading = "Due", .text = line_due, .date = true },
	{ .heading = "Status", .text = line_status, .tag = line_tag },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "due", "Due date", &SQL_due_soonest, line_after },
	{ "name", "Name", &SQL_due_by_name, NULL },
	{ 0 },
};

static void list_defaults(struct page *p, void *args)
{
	((struct due_args *)args)->today = p->today;
}

static void list_settle(void *args)
{
	struct due_args *a = args;
	struct period days = need_status_days(a->status, a->today);

	a->from_due = days.from;
	a->to_due = days.to;
}

static struct url with_filters(struct page *p, const struct due_args *args)
{
	struct arena *a = p->arena;
	struct url u = URL("/training/chase/new");

	for (const struct field *f = due_args_record.fields; f->name != NULL; f++) {
		const char *value = f->label == NULL ? "" : field_exchange(a, f, args);

		if (!text_empty(value) && !text_same(value, "0")) {
			u = url_with(a, u, f->name, value);
		}
	}
	return u;
}

static struct err *before_list(struct page *p, const void *args)
{
	TRY(need_counts_draw(p, args));
	if (page_may(p, PERM_training_manage)) {
		ui_button(p->html, &(struct ui_button){ .text = "Make a list of people to remind",
							.classes = "govuk-button--secondary",
							.href = with_filters(p, args) });
	}
	return NULL;
}

const struct list due_list = {
	.name = "due",
	.title = "Who is due",
	.caption = "Who is due",
	.empty = "There is nobody who fits. Change the filters, or add a rule that says who needs which course.",
	.path = "/training/due",
	.permission = PERM_need_read,
	.args = &due_args_record,
	.row = &due_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
	.defaults = list_defaults,
	.settle = list_settle,
};
