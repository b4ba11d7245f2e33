/* Rules of training: the list, one rule, its forms. */
#include "app/training/need.h"
#include "app/training/need.sql.h"
#include "app/training/session_rows.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field needs_args_fields[] = {
	FIELD(struct needs_args, authority_id),
	FIELD(struct needs_args, own_user_id),
	FIELD(struct needs_args, own_urn),
	FIELD(struct needs_args, after_key),
	FIELD(struct needs_args, after_id),
	FIELD(struct needs_args, row_limit),
	FIELD(struct needs_args, today),
	FIELD(struct needs_args, audience, .label = "What they do", .words = &audience_words, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(needs_args, needs_args_fields);

/* ---- the list ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_need(a, ((const struct need *)row)->reference);
}

static const char *line_often(struct arena *a, const void *row)
{
	return need_how_often(a, row);
}

static const char *line_until(struct arena *a, const void *row)
{
	const struct need *n = row;

	return date_is_set(n->to_on) ? date_short(a, n->to_on) : "No end";
}

static const struct column columns[] = {
	{ .field = "whom", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .field = "course" },
	{ .heading = "How often", .text = line_often },
	{ .field = "newcomer_days", .numeric = true },
	{ .field = "from_on" },
	{ .heading = "Until", .text = line_until },
	{ 0 },
};

static const struct sort sorts[] = { { "made", "First made", &SQL_needs_in_order, NULL }, { 0 } };

static struct err *before_list(struct page *p, const void *args)
{
	ui_paragraph(p->html, "A rule says who needs which course, how often, and by when. Who is due follows from the rules.");
	if (page_may(p, PERM_training_manage)) {
		ui_button(p->html, &(struct ui_button){ .text = "Add a rule", .href = URL("/training/needs/new") });
	}
	return NULL;
}

const struct list need_list = {
	.name = "needs",
	.title = "Who needs which course",
	.caption = "Rules",
	.empty = "There are no rules yet.",
	.path = "/training/needs",
	.permission = PERM_need_read,
	.args = &needs_args_record,
	.row = &need_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
};

/* ---- one rule ---- */

static const char *state_text(struct page *p, const struct need *n, const char **tag)
{
	*tag = "govuk-tag--grey";
	if (n->ended || (date_is_set(n->to_on) && date_compare(n->to_on, p->today) < 0)) {
		return "Ended";
	}
	*tag = "govuk-tag--blue";
	if (date_compare(n->from_on, p->today) > 0) {
		return "Begins later";
	}
	*tag = "govuk-tag--green";
	return "In force";
}

static void facts(struct page *p, const struct need *n)
{
	struct arena *a = p->arena;
	const struct ui_summary_row rows[] = {
		{ .key = "Reference", .value = n->reference },
		{ .key = "Course", .value = n->course, .value_href = page_may(p, PERM_training_read) ? link_course(a, n->course_reference) : (struct url){ NULL } },
		{ .key = "Who", .value = n->whom },
		{ .key = "How often", .value = need_how_often(a, n) },
		{ .key = "Newcomers have", .value = arena_printf(a, "%lld days", (long long)n->newcomer_days) },
		{ .key = "From", .value = date_long(a, n->from_on) },
		{ .key = "Until", .value = date_is_set(n->to_on) ? date_long(a, n->to_on) : "No end is set" },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = sizeof(rows) / sizeof(*rows) });
}

/* A rule that says "as the course" of a course that says nothing asks once and never again: probably not what is meant. */
static void warn_of_course(struct page *p, const struct need *n)
{
	if (!n->months.set && n->course_months == 0) {
		ui_warning_text(p->html, &(struct ui_warning_text){
						 .text = "The course has no refresh period, and the rule sets none: once is taken "
							 "to be enough. Set a number of months here or at the course." });
	}
}

static struct err *progress(struct page *p, const struct need *n)
{
	struct need_progress done;

	if (!n->reach.set) {
		return NULL;
	}
	TRY(sql_need_progress(p->arena, p->db, n, &done));
	ui_inset_text(p->html,
		      &(struct ui_inset_text){ .text = arena_printf(p->arena,
								   "Whom the rule touches is being worked out: %s of %s people "
								   "looked at. Load the page again to see how far it is.",
								   text_thousands(p->arena, done.done),
								   text_thousands(p->arena, done.people)) });
	return NULL;
}

struct err *need_page(struct page *p)
{
	struct need n;
	const char *tag, *state;

	TRY(need_of_page(p, &n));
	page_begin(p, &(struct page_head){
			      .title = arena_printf(p->arena, "%s: %s", n.whom, n.course), .caption = "Rule", .back = URL("/training/needs") });
	state = state_text(p, &n, &tag);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_tag(p->html, &(struct ui_tag){ .text = state, .classes = tag });
	LIT(p->html, "</p>");
	TRY(progress(p, &n));
	facts(p, &n);
	warn_of_course(p, &n);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, url_with(p->arena, URL("/training/due"), "need", n.reference), "Who is due by this rule");
	LIT(p->html, "</p>");
	if (page_may(p, PERM_training_manage) && !n.ended) {
		LIT(p->html, "<div class=\"govuk-button-group\">");
		ui_button(p->html, &(struct ui_button){ .text = "Change this rule",
							.classes = "govuk-button--secondary",
							.href = url_path(p->arena, "/training/needs/{}/edit", n.reference) });
		ui_anchor(p->html, url_path(p->arena, "/training/needs/{}/end", n.reference), "End this rule");
		LIT(p->html, "</div>");
	}
	page_end(p);
	return NULL;
}

/* ---- forms ---- */

/* What the check said: how many people, in words. */
static void show_touched(struct page *p)
{
	struct arena *a = p->arena;
	const struct pairs *said = &p->outcome->result;
	int64_t n = 0;

	(void)text_to_int(pairs_get(said, "touches"), 0, NEED_TOUCHED_MOST + 1, &n);
	const char *people = n > NEED_TOUCHED_MOST ? arena_printf(a, "more than %s people", text_thousands(a, NEED_TOUCHED_MOST))
			     : n == 1		   ? "1 person"
						   : arena_printf(a, "%s people", text_thousands(a, n));

	ui_inset_text(p->html, &(struct ui_inset_text){
				       .text = arena_printf(a, "Nothing is saved yet. The rule “%s, %s” touches %s.",
							    pairs_get(said, "whom"), pairs_get(said, "how_often"), people) });
}

static bool is_checked(const struct page *p)
{
	return p->outcome != NULL && p->outcome->err == NULL && p->outcome->problems.n == 0 &&
	       pairs_get(&p->outcome->result, "touches") != NULL;
}

/* One form for both: first looked at, then saved. */
static struct err *draw_form(struct page *p, struct form *form, struct url check, struct url save, struct url cancel)
{
	bool checked = is_checked(p);

	form->record = &need_form_record;
	form->action = check;
	if (checked) {
		p->input = &need_form_record; /* what was typed is shown again */
		show_touched(p);
	}
	LIT(p->html, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
	TRY(page_form_begin(p, form));
	if (checked && pairs_get(&p->values, "checked") == NULL) {
		ui_hidden(p->html, "checked", "yes");
	}
	for (const struct field *f = need_form_record.fields; f->name != NULL; f++) {
		if (f->label != NULL) {
			TRY(page_form_field(p, form, f->name));
		}
	}
	LIT(p->html, "<div class=\"govuk-button-group\">");
	if (checked) {
		ui_submit_to(p->html, save, "Save rule", NULL);
		ui_submit_to(p->html, check, "Check again", "govuk-button--secondary");
	} else {
		ui_submit_to(p->html, check, "Check whom it touches", NULL);
	}
	ui_anchor(p->html, cancel, "Cancel");
	LIT(p->html, "</div>");
	page_form_end(p, form);
	LIT(p->html, "</div></div>");
	return NULL;
}

struct err *need_new_page(struct page *p)
{
	struct need_form initial = { .newcomer_days = 90 };
	struct form form = { .initial = &initial };

	page_begin(p, &(struct page_head){ .title = "Add a rule", .back = URL("/training/needs") });
	TRY(draw_form(p, &form, URL("/training/needs/check"), URL("/training/needs/new"), URL("/training/needs")));
	page_end(p);
	return NULL;
}

struct err *need_edit_page(struct page *p)
{
	struct need n;

	TRY(need_of_page(p, &n));
	struct url back = link_need(p->arena, n.reference);
	struct need_form initial = {
		.course = n.course_reference, .audience = n.audience,		.sector = n.sector, .standing = n.standing,
		.agency = n.agency_reference, .months = n.months,		.newcomer_days = n.newcomer_days,
		.from_on = n.from_on,	      .to_on = n.to_on,
	};
	struct form form = { .initial = &initial, .version = n.version };

	page_begin(p, &(struct page_head){ .title = "Change this rule", .caption = n.whom, .back = back });
	TRY(draw_form(p, &form, url_path(p->arena, "/training/needs/{}/check", n.reference),
		      url_path(p->arena, "/training/needs/{}/edit", n.reference), back));
	page_end(p);
	return NULL;
}

struct err *need_end_page(struct page *p)
{
	struct need n;

	TRY(need_of_page(p, &n));
	struct url back = link_need(p->arena, n.reference);
	struct need_end_form initial = { date_is_set(n.to_on) ? n.to_on : p->today };

	page_begin(p, &(struct page_head){ .title = "End this rule", .caption = n.whom, .back = back });
	ui_paragraph(p->html, "After its last day nobody is due by the rule any more. What people completed stays.");
	TRY(page_form(p, &(struct form){ .record = &need_end_form_record,
					 .submit = "End rule",
					 .warning = true,
					 .initial = &initial,
					 .action = url_path(p->arena, "/training/needs/{}/end", n.reference),
					 .version = n.version,
					 .cancel = back }));
	page_end(p);
	return NULL;
}
