/* People trained: the list, one person's history, what is missing, and a school's training. */
#include <string.h>

#include "app/directory/school.h"
#include "app/training/learner.h"
#include "app/training/learner.sql.h"
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

	return text_empty(l->school) ? l->organisation : l->school;
}

static const struct column columns[] = {
	{ .field = "name", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .heading = "School or organisation", .text = line_place },
	{ .field = "establishment_urn", .export_only = true },
	{ .field = "job" },
	{ .field = "sector" },
	{ .field = "email", .export_only = true },
	{ .field = "attended", .numeric = true },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "name", "Name", &SQL_learners_by_name, NULL },
	{ 0 },
};

const struct list learner_list = {
	.name = "learners",
	.title = "People trained",
	.caption = "People trained",
	.empty = "There is nobody who fits. Change the filters, or record attendance at a session.",
	.path = "/training/learners",
	.permission = PERM_learner_read,
	.args = &learners_args_record,
	.row = &learner_line_record,
	.columns = columns,
	.sorts = sorts,
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
MISSING(no_outcome)

static const struct column missing_columns[] = {
	{ .field = "name", .link = missing_link },
	{ .field = "reference", .export_only = true },
	{ .heading = "Work email", .text = text_no_email, .tag = tag_no_email },
	{ .heading = "School or organisation", .text = text_no_place, .tag = tag_no_place },
	{ .heading = "Job", .text = text_no_job, .tag = tag_no_job },
	{ .heading = "Sector", .text = text_no_sector, .tag = tag_no_sector },
	{ .heading = "Whether they came", .text = text_no_outcome, .tag = tag_no_outcome },
	{ 0 },
};

static const struct sort missing_sorts[] = {
	{ "name", "Name", &SQL_missing_by_name, NULL },
	{ 0 },
};

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
};

/* ---- one person ---- */

static struct err *learner_of_page(struct page *p, struct learner *out)
{
	struct reference_arg key = { p->who->authority_id, page_path(p, "learner") };
	bool found;

	TRY(sql_learner_find(p->arena, p->db, &key, out, &found));
	return found ? NULL
		     : ERR(ERR_NOT_FOUND, "There is nobody with the reference %s", key.reference);
}

struct err *learner_relate(struct page *p, enum relation *out)
{
	struct learner l;
	struct learner_relation_args args = { .authority_id = p->who->authority_id,
					      .user_id = p->who->user_id };
	struct count_row taught;

	TRY(learner_of_page(p, &l));
	args.learner_id = l.id;
	TRY(sql_learner_taught_by(p->arena, p->db, &args, &taught));
	bool own_school =
		p->who->establishment_urn != 0 && l.establishment_urn == p->who->establishment_urn;

	*out = taught.n > 0 || own_school ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

static void person_facts(struct page *p, const struct learner *l)
{
	struct arena *a = p->arena;
	const char *place =
		l->establishment_urn != 0
			? arena_printf(a, "%s (%lld)", l->school, (long long)l->establishment_urn)
			: l->organisation;
	const struct ui_summary_row rows[] = {
		{ .key = "Reference", .value = l->reference },
		{ .key = "School or organisation",
		  .value = text_empty(place) ? "Not recorded" : place },
		{ .key = "Job", .value = text_empty(l->job) ? "Not recorded" : l->job },
		{ .key = "Sector", .value = words_label(&sector_words, l->sector) },
		{ .key = "Work email", .value = text_empty(l->email) ? "Not recorded" : l->email },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){
					 .rows = rows, .n_rows = sizeof(rows) / sizeof(*rows) });
}

static struct err *history(struct page *p, const struct learner *l)
{
	struct learner_relation_args args = { p->who->authority_id, l->id, 0 };
	struct history_line *rows;
	size_t n;
	bool links = page_may(p, PERM_training_read);
	static const struct ui_cell head[] = { { .text = "Session" },
					       { .text = "Date" },
					       { .text = "School on that day" },
					       { .text = "Attendance" } };
	const struct ui_table table = { .caption = "Training",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 4,
					.scrolls = true };

	TRY(sql_learner_history(p->arena, p->db, &args, &rows, &n));
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		const struct history_line *r = &rows[i];

		ui_row_begin(p->html);
		ui_cell(p->html,
			&(struct ui_cell){ .text = r->course,
					   .href = links ? link_session(p->arena, r->reference)
							 : (struct url){ NULL } });
		ui_cell(p->html, &(struct ui_cell){ .text = date_long(p->arena, r->held_on) });
		ui_cell(p->html, &(struct ui_cell){ .text = r->school });
		ui_cell(p->html,
			&(struct ui_cell){
				.text = r->session_state == SESSION_CANCELLED
						? "Session cancelled"
						: words_label(&attendance_state_words, r->state) });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	return NULL;
}

struct err *learner_page(struct page *p)
{
	struct learner l;

	TRY(learner_of_page(p, &l));
	/* a title goes into the browser's history: no name in it */
	page_begin(p, &(struct page_head){ .title = "Person trained",
					   .no_heading = true,
					   .back = URL("/training/learners") });
	ui_heading(p->html, "Person trained", l.name);
	person_facts(p, &l);
	TRY(history(p, &l));
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
	TRY(sessions_table(p, &args));
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
