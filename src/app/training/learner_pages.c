/* People trained: the list, one person's history, what is missing, and a school's training. */
#include <string.h>

#include "app/directory/school.h"
#include "app/training/evidence.h"
#include "app/training/learner.h"
#include "app/training/learner_history.h"
#include "app/training/learner.sql.h"
#include "app/training/need.h"
#include "app/training/need.sql.h"
#include "app/training/person.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

/* ---- the list ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_learner(a, ((const struct learner_line *)row)->reference);
}

static const char *line_place(struct arena *a, const void *row)
{
	const struct learner_line *l = row;

	return !text_empty(l->school) ? l->school : !text_empty(l->organisation) ? l->organisation : l->agency;
}

static const char *line_presence(struct arena *a, const void *row)
{
	return date_is_set(((const struct learner_line *)row)->ended_on) ? "Left" : "";
}

static const struct column columns[] = {
	{ .field = "name", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .heading = "School or organisation", .text = line_place },
	{ .field = "establishment_urn", .export_only = true },
	{ .field = "agency", .export_only = true },
	{ .field = "job" },
	{ .field = "sector" },
	{ .field = "audience", .export_only = true },
	{ .field = "standing", .export_only = true },
	{ .field = "ended_on", .export_only = true },
	{ .field = "email", .export_only = true },
	{ .field = "attended", .numeric = true },
	{ .heading = "Left", .text = line_presence },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "name", "Name", &SQL_learners_by_name, NULL },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	if (!page_may(p, PERM_training_manage)) {
		return NULL;
	}
	LIT(p->html, "<div class=\"govuk-button-group\">");
	ui_button(p->html, &(struct ui_button){ .text = "Add a person", .href = URL("/training/learners/new") });
	ui_button(p->html, &(struct ui_button){ .text = "Import people from a list",
						.classes = "govuk-button--secondary",
						.href = URL("/training/learners/import") });
	ui_button(p->html, &(struct ui_button){ .text = "Records that may be one person",
						.classes = "govuk-button--secondary",
						.href = URL("/training/learners/duplicates") });
	LIT(p->html, "</div>");
	return NULL;
}

static bool line_is_here(const void *row)
{
	return !date_is_set(((const struct learner_line *)row)->ended_on);
}

/* A school says who is not with it any more: several at once. */
static const struct bulk list_bulk[] = {
	{ .operation = &end_person,
	  .capture = "learner",
	  .field = "reference",
	  .label = "Record that selected people have left",
	  .question = "Record that these people have left?",
	  .done = "recorded as left",
	  .asks = (const char *const[]){ "ended_on", NULL },
	  .offers = line_is_here },
	{ 0 },
};

static void defaults(struct page *p, void *args)
{
	((struct learners_args *)args)->presence = PRESENCE_CURRENT;
}

const struct list learner_list = {
	.name = "learners",
	.title = "People",
	.caption = "People by name",
	.empty = "There is nobody who fits. Change the filters, add a person, or record attendance at a session.",
	.before = before_list,
	.defaults = defaults,
	.path = "/training/learners",
	.permission = PERM_learner_read,
	.args = &learners_args_record,
	.row = &learner_line_record,
	.columns = columns,
	.sorts = sorts,
	.bulk = list_bulk,
};

/* ---- what is missing ---- */

static struct url missing_link(struct arena *a, const void *row)
{
	return link_learner(a, ((const struct missing_line *)row)->reference);
}

#define MISSING(member)                                                                            \
	static const char *text_##member(struct arena *a, const void *row)                         \
	{                                                                                          \
		return ((const struct missing_line *)row)->member ? "MISSING" : "OK";              \
	}                                                                                          \
	static const char *tag_##member(const void *row)                                           \
	{                                                                                          \
		return ((const struct missing_line *)row)->member ? "red" : "grey";                \
	}
MISSING(no_email)
MISSING(no_place)
MISSING(no_job)
MISSING(no_sector)
MISSING(no_audience)
MISSING(no_outcome)

static const struct column missing_columns[] = {
	{ .field = "name", .link = missing_link },
	{ .field = "reference", .export_only = true },
	{ .field = "standing", .export_only = true },
	{ .heading = "Work email", .text = text_no_email, .tag = tag_no_email },
	{ .heading = "School or organisation", .text = text_no_place, .tag = tag_no_place },
	{ .heading = "Job", .text = text_no_job, .tag = tag_no_job },
	{ .heading = "Sector", .text = text_no_sector, .tag = tag_no_sector },
	{ .heading = "What they do", .text = text_no_audience, .tag = tag_no_audience },
	{ .heading = "Whether they came", .text = text_no_outcome, .tag = tag_no_outcome },
	{ 0 },
};

static const struct sort missing_sorts[] = {
	{ "name", "Name", &SQL_missing_by_name, NULL },
	{ 0 },
};

/* A rule that follows its course's refresh period when there is none: nobody is ever asked again. */
static struct err *missing_before(struct page *p, const void *args)
{
	const struct authority_arg key = { p->who->authority_id };
	struct need_open *rules;
	size_t n;

	if (!page_may(p, PERM_need_read)) {
		return NULL;
	}
	TRY(sql_needs_without_period(p->arena, p->db, &key, &rules, &n));
	if (n == 0) {
		return NULL;
	}
	ui_paragraph(p->html, "These rules of training follow the refresh period of their course, which has none:");
	LIT(p->html, "<ul class=\"govuk-list govuk-list--bullet\">");
	for (size_t i = 0; i < n; i++) {
		LIT(p->html, "<li>");
		ui_anchor(p->html, link_need(p->arena, rules[i].reference), arena_printf(p->arena, "%s: %s", rules[i].course, rules[i].whom));
		LIT(p->html, "</li>");
	}
	LIT(p->html, "</ul>");
	return NULL;
}

const struct list missing_list = {
	.name = "missing",
	.title = "Missing data",
	.caption = "People of whom something is not recorded",
	.empty = "Nothing is missing.",
	.path = "/training/missing",
	.permission = PERM_learner_read,
	.args = &missing_args_record,
	.row = &missing_line_record,
	.columns = missing_columns,
	.sorts = missing_sorts,
	.before = missing_before,
};

/* ---- one person ---- */

/* How somebody stands to a record that was joined into another is how they stand to the one that stays. */
static struct err *person_that_stays(struct page *p, struct learner *out)
{
	TRY(learner_of_page(p, out));
	return text_empty(out->merged_into)
		       ? NULL
		       : person_find(p->arena, p->db, p->who->authority_id, out->merged_into, out);
}

struct err *learner_relate(struct page *p, enum relation *out)
{
	struct learner l;
	struct learner_relation_args args = { .authority_id = p->who->authority_id,
					      .user_id = p->who->user_id };
	struct count_row taught;

	TRY(person_that_stays(p, &l));
	args.learner_id = l.id;
	TRY(sql_learner_taught_by(p->arena, p->db, &args, &taught));
	bool own_school =
		p->who->establishment_urn != 0 && l.establishment_urn == p->who->establishment_urn;

	*out = taught.n > 0 || own_school ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

struct err *learner_page(struct page *p)
{
	struct learner l;

	TRY(learner_of_page(p, &l));
	if (!text_empty(l.merged_into)) {
		response_redirect(p->arena, p->response, link_learner(p->arena, l.merged_into).s);
		return NULL;
	}
	/* a title goes into the browser's history: no name in it */
	page_begin(p, &(struct page_head){ .title = "Person",
					   .no_heading = true,
					   .back = URL("/training/learners") });
	ui_heading(p->html, "Person", l.name);
	person_facts(p, &l);
	TRY(person_actions(p, &l));
	TRY(learner_history(p, l.id, l.reference));
	page_end(p);
	return NULL;
}

/* ---- a school's training ---- */

static int64_t urn_of_page(const struct page *p)
{
	int64_t urn;

	return text_to_int(page_path(p, "urn"), 1, 999999, &urn) ? urn : 0;
}

struct err *school_training_relate(struct page *p, enum relation *out)
{
	int64_t urn = urn_of_page(p);

	*out = urn != 0 && urn == p->who->establishment_urn ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

static struct err *sessions_table(struct page *p, const struct place_args *args)
{
	struct school_session *rows;
	size_t n;
	bool links = page_may(p, PERM_training_read);
	static const struct ui_cell head[] = { { .text = "Course" },
					       { .text = "Date" },
					       { .text = "Own staff, attended in full",
						 .format = "numeric" } };
	const struct ui_table table = { .caption = "Sessions that served the school",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 3,
					.scrolls = true };

	TRY(sql_school_sessions(p->arena, p->db, args, &rows, &n));
	if (n == 0) {
		ui_paragraph(p->html, "No session has served this school yet.");
		return NULL;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html,
			&(struct ui_cell){ .text = rows[i].course,
					   .href = links ? link_session(p->arena, rows[i].reference)
							 : (struct url){ NULL } });
		ui_cell(p->html, &(struct ui_cell){ .text = date_long(p->arena, rows[i].held_on) });
		ui_cell(p->html,
			&(struct ui_cell){ .text = text_thousands(p->arena, rows[i].attended),
					   .format = "numeric" });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	return NULL;
}

static struct err *staff_table(struct page *p, const struct place_args *args)
{
	struct school_learner *rows;
	size_t n;
	static const struct ui_cell head[] = { { .text = "Name" },
					       { .text = "Job" },
					       { .text = "Last trained in full" } };
	const struct ui_table table = { .caption = "Staff",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 3,
					.scrolls = true };

	TRY(sql_school_staff(p->arena, p->db, args, &rows, &n));
	if (n == 0) {
		ui_paragraph(p->html, "Nobody who works here is recorded yet.");
		return NULL;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html,
			&(struct ui_cell){ .text = rows[i].name,
					   .href = link_learner(p->arena, rows[i].reference) });
		ui_cell(p->html, &(struct ui_cell){ .text = rows[i].job });
		ui_cell(p->html,
			&(struct ui_cell){ .text = date_is_set(rows[i].trained_on)
							   ? date_long(p->arena, rows[i].trained_on)
							   : "Not yet" });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	return NULL;
}

struct err *school_training_page(struct page *p)
{
	struct place_args args = { .authority_id = p->who->authority_id, .urn = urn_of_page(p) };
	struct school school;

	TRY(school_find(p->arena, p->db, args.authority_id, args.urn, &school));
	page_begin(p, &(struct page_head){ .title = "Training",
					   .caption = school.name,
					   .back = link_school(p->arena, args.urn) });
	if (policy_allows(p->who->role, PERM_need_read, p->relation)) {
		TRY(need_of_school(p, args.urn));
	}
	TRY(sessions_table(p, &args));
	TRY(evidence_of_school(p, args.urn));
	if (policy_allows(p->who->role, PERM_learner_read, p->relation)) {
		TRY(staff_table(p, &args));
	}
	if (page_may(p, PERM_training_manage)) {
		LIT(p->html, "<p class=\"govuk-body app-no-print\">");
		ui_anchor(p->html, url_path(p->arena, "/schools/{}/no-training", arena_printf(p->arena, "%lld", (long long)args.urn)),
			  "Record that the school says it had no training");
		LIT(p->html, "</p>");
	}
	page_end(p);
	return NULL;
}
