/* The forms of a quality review: opening it, each move, and the versions of the rubric. */
#include "app/training/review.h"
#include "app/training/review.sql.h"
#include "app/training/rubric.h"
#include "app/training/rubric.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* ---- opening ---- */

struct err *review_new_page(struct page *p)
{
	struct html *h = p->html;

	page_begin(p, &(struct page_head){ .title = "What do you want to review?", .back = URL("/training/reviews") });
	h = p->html;
	LIT(h, "<ul class=\"govuk-list govuk-list--spaced\"><li>");
	ui_anchor(h, URL("/training/reviews/new/session"), "A session");
	LIT(h, "</li><li>");
	ui_anchor(h, URL("/training/reviews/new/trainer"), "A trainer");
	LIT(h, "</li><li>");
	ui_anchor(h, URL("/training/reviews/new/package"), "A package of training");
	LIT(h, ": a course of the catalogue, or material that a school or another body uses</li></ul>");
	page_end(p);
	return NULL;
}

/* The person who opens it is offered as the reviewer. */
static struct err *myself(struct page *p, const char **out)
{
	const struct user_arg args = { p->who->authority_id, p->who->user_id };
	struct reviewer me;
	bool found;

	TRY(sql_reviewer_self(p->arena, p->db, &args, &me, &found));
	*out = found ? me.reference : "";
	return NULL;
}

static struct err *open_page(struct page *p, const struct record *record, const char *title, struct url action)
{
	struct review_open initial = { .session = page_query(p, "session") };

	TRY(myself(p, &initial.reviewer));
	page_begin(p, &(struct page_head){ .title = title, .back = URL("/training/reviews/new") });
	TRY(page_form(p, &(struct form){ .record = record,
					 .submit = "Open review",
					 .initial = &initial,
					 .action = action,
					 .cancel = URL("/training/reviews") }));
	page_end(p);
	return NULL;
}

struct err *review_session_page(struct page *p)
{
	return open_page(p, &session_review_form_record, "Review a session", URL("/training/reviews/new/session"));
}

struct err *review_trainer_page(struct page *p)
{
	return open_page(p, &trainer_review_form_record, "Review a trainer", URL("/training/reviews/new/trainer"));
}

struct err *review_package_page(struct page *p)
{
	return open_page(p, &package_review_form_record, "Review a package of training",
			 URL("/training/reviews/new/package"));
}

/* ---- moving ---- */

static struct page_head head_of(struct page *p, const struct review *r, const char *title)
{
	return (struct page_head){ .title = title,
				   .caption = review_title(p->arena, r),
				   .back = link_review(p->arena, r->reference) };
}

struct move_page {
	const char *title, *text, *submit, *pattern;
	const struct record *record;
};

static struct err *draw_move(struct page *p, const struct review *r, const struct move_page *m, const void *initial)
{
	const struct page_head head = head_of(p, r, m->title);

	page_begin(p, &head);
	if (m->text != NULL) {
		ui_paragraph(p->html, m->text);
	}
	TRY(page_form(p, &(struct form){ .record = m->record,
					 .submit = m->submit,
					 .initial = initial,
					 .action = url_path(p->arena, m->pattern, r->reference),
					 .version = r->version,
					 .cancel = link_review(p->arena, r->reference) }));
	page_end(p);
	return NULL;
}

struct err *reviewer_page(struct page *p)
{
	static const struct move_page m = { "Change the reviewer", NULL, "Save", "/training/reviews/{}/reviewer",
					    &reviewer_form_record };
	struct reviewer_form initial;
	struct review r;

	TRY(review_of_page(p, &r));
	initial.reviewer = r.reviewer_reference;
	return draw_move(p, &r, &m, &initial);
}

struct err *review_request_page(struct page *p)
{
	static const struct move_page m = {
		"Record that you asked for the material",
		"Whoever gives the training was asked for the slides and handouts, or whether you may sit in.",
		"Save", "/training/reviews/{}/request", &review_request_form_record
	};
	const struct review_request_form initial = { p->today };
	struct review r;

	TRY(review_of_page(p, &r));
	return draw_move(p, &r, &m, &initial);
}

struct err *review_seen_page(struct page *p)
{
	static const struct move_page m = { "Record what you saw", NULL, "Save", "/training/reviews/{}/seen",
					    &review_seen_form_record };
	const struct review_seen_form initial = { .seen_on = p->today };
	struct review r;

	TRY(review_of_page(p, &r));
	return draw_move(p, &r, &m, &initial);
}

struct err *review_refused_page(struct page *p)
{
	static const struct move_page m = {
		"Access was refused",
		"This ends the review. It stays on record and is counted where the quality of training is reported.",
		"Record that access was refused", "/training/reviews/{}/refused", &review_refused_form_record
	};
	const struct review_refused_form initial = { .seen_on = p->today };
	struct review r;

	TRY(review_of_page(p, &r));
	return draw_move(p, &r, &m, &initial);
}

struct err *review_done_page(struct page *p)
{
	static const struct move_page m = { "Record what was done", NULL, "Finish review",
					    "/training/reviews/{}/done", &review_done_form_record };
	struct review r;

	TRY(review_of_page(p, &r));
	return draw_move(p, &r, &m, NULL);
}

/* ---- rating ---- */

static const char *typed(const struct page *p, const char *name)
{
	return p->outcome == NULL ? NULL : pairs_get(&p->outcome->raw, name);
}

static void criterion(struct page *p, const struct criterion *c)
{
	const char *name = rating_field(p->arena, c);
	struct ui_item items[5];
	size_t n = 0;
	const struct ui_fieldset fieldset = {
		.legend = { .text = c->label, .classes = "govuk-fieldset__legend--s" }
	};

	for (const struct word *w = review_grade_words.items; w->word != NULL; w++) {
		items[n++] = (struct ui_item){ .value = w->word, .text = w->label };
	}
	items[n++] = (struct ui_item){ .value = "none", .text = "I could not tell" };
	ui_radios(p->html,
		  &(struct ui_radios){
			  .name = name,
			  .fieldset = &fieldset,
			  .hint = { .text = c->hint },
			  .items = items,
			  .n_items = n,
			  .value = typed(p, name),
			  .classes = "govuk-radios--small",
			  .error_message = {
				  .text = p->outcome == NULL ? NULL : problem_of(&p->outcome->problems, name) } });
}

static struct err *rate_form(struct page *p, const struct review *r, const struct rubric_whole *rubric)
{
	static const char *const rest[] = { "forms", "case_studies", "overall", "summary", "actions", "follow_up_on" };
	const struct form form = {
		.record = &review_rate_form_record,
		.submit = "Save rating",
		.action = url_path(p->arena, "/training/reviews/{}/rate", r->reference),
		.version = r->version,
		.cancel = link_review(p->arena, r->reference),
	};

	LIT(p->html, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
	TRY(page_form_begin(p, &form));
	ui_hidden(p->html, "rubric", arena_printf(p->arena, "%lld", (long long)rubric->rubric.version));
	ui_subheading(p->html, 2, "Criteria");
	for (size_t i = 0; i < rubric->n; i++) {
		criterion(p, &rubric->v[i]);
	}
	ui_subheading(p->html, 2, "Balance of content");
	for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
		TRY(page_form_field(p, &form, rest[i]));
	}
	page_form_end(p, &form);
	LIT(p->html, "</div></div>");
	return NULL;
}

struct err *review_rate_page(struct page *p)
{
	struct review r;
	struct rubric_whole rubric;

	TRY(review_of_page(p, &r));
	TRY(rubric_on(p->arena, p->db, p->who->authority_id, p->today, &rubric));
	const struct page_head head = head_of(p, &r, "Rate what you saw");

	page_begin(p, &head);
	ui_paragraph(p->html, "Rate the training, not the person. What you write is read by who gave it.");
	TRY(rate_form(p, &r, &rubric));
	page_end(p);
	return NULL;
}

/* ---- the rubric ---- */

static struct err *version_card(struct page *p, const struct rubric *r, const struct criterion *v, size_t n)
{
	struct ui_summary_row *rows = ARENA_NEW(p->arena, struct ui_summary_row, n);
	const struct ui_summary_card card = {
		.title = arena_printf(p->arena, "Version %lld, from %s", (long long)r->version,
				      date_long(p->arena, r->from_on)),
	};

	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct ui_summary_row){ .key = v[i].label, .value = v[i].hint };
	}
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n, .card = &card });
	return NULL;
}

enum { VERSIONS_SHOWN = 5 };

static struct err *versions(struct page *p)
{
	const struct authority_arg args = { p->who->authority_id };
	struct rubric_whole own;
	struct rubric *rows;
	size_t n;

	TRY(sql_rubrics(p->arena, p->db, &args, &rows, &n));
	if (n == 0) {
		TRY(rubric_on(p->arena, p->db, args.authority_id, p->today, &own));
		return version_card(p, &own.rubric, own.v, own.n);
	}
	for (size_t i = 0; i < n && i < VERSIONS_SHOWN; i++) {
		TRY(sql_rubric_criteria(p->arena, p->db, &(struct id_arg){ rows[i].id }, &own.v, &own.n));
		TRY(version_card(p, &rows[i], own.v, own.n));
	}
	return NULL;
}

struct err *rubric_page(struct page *p)
{
	page_begin(p, &(struct page_head){ .title = "What a review looks at", .back = URL("/training/reviews") });
	ui_paragraph(p->html, "Each criterion is rated from 1 (poor) to 4 (very good). Besides, the reviewer says which "
			      "forms of extremism the material covers, whether case studies are used, and what they "
			      "think overall. A review keeps the version it was rated by.");
	if (page_may(p, PERM_rubric_write)) {
		ui_button(p->html, &(struct ui_button){ .text = "Make a new version", .href = URL("/training/rubric/new") });
	}
	TRY(versions(p));
	page_end(p);
	return NULL;
}

static void text_row(struct page *p, const char *name, const char *label, const char *stored)
{
	const char *value = typed(p, name);

	ui_input(p->html, &(struct ui_input){
				  .id = name,
				  .name = name,
				  .value = value != NULL ? value : stored,
				  .label = { .text = label },
				  .error_message = { .text = p->outcome == NULL
								     ? NULL
								     : problem_of(&p->outcome->problems, name) } });
}

static void criterion_rows(struct page *p, const struct rubric_whole *r, size_t i)
{
	struct arena *a = p->arena;
	const struct criterion none = { 0 }, *c = i < r->n ? &r->v[i] : &none;

	ui_hidden(p->html, arena_printf(a, "key-%zu", i + 1), c->key == NULL ? "" : c->key);
	text_row(p, arena_printf(a, "label-%zu", i + 1), arena_printf(a, "Criterion %zu", i + 1), c->label);
	text_row(p, arena_printf(a, "hint-%zu", i + 1), arena_printf(a, "Explanation of criterion %zu (optional)", i + 1),
		 c->hint);
}

struct err *rubric_new_page(struct page *p)
{
	const struct form form = { .record = &rubric_form_record,
				   .submit = "Save version",
				   .action = URL("/training/rubric/new"),
				   .cancel = URL("/training/rubric") };
	struct rubric_whole last;

	TRY(rubric_on(p->arena, p->db, p->who->authority_id, (struct date){ 2200, 12, 31 }, &last));
	page_begin(p, &(struct page_head){ .title = "New version of the rubric", .back = URL("/training/rubric") });
	ui_paragraph(p->html, "It begins as a copy of the latest version. Leave a criterion empty to drop it.");
	LIT(p->html, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
	TRY(page_form_begin(p, &form));
	TRY(page_form_field(p, &form, "from_on"));
	for (size_t i = 0; i < CRITERIA_MAX; i++) {
		criterion_rows(p, &last, i);
	}
	page_form_end(p, &form);
	LIT(p->html, "</div></div>");
	page_end(p);
	return NULL;
}
