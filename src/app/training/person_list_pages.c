/* People from a list: the form, the preview of what it would change, the rows to mend as a file. */
#include <string.h>

#include "app/training/person_list.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

enum { SHOWN_MAX = 250 }; /* of each kind; as with lists of attendance */

struct view {
	struct page *p;
	struct people_form form; /* as sent */
	const char *text;
	struct listed_plan plan;
	bool planned;
};

static const struct upload *uploaded(const struct page *p)
{
	for (size_t i = 0; i < p->request->n_uploads; i++) {
		if (p->request->uploads[i].fd >= 0 && p->request->uploads[i].size > 0) {
			return &p->request->uploads[i];
		}
	}
	return NULL;
}

static struct err *load(struct page *p, struct view *v)
{
	struct pairs known = { 0 };
	struct problems ignored = { 0 };

	*v = (struct view){ .p = p, .text = "" };
	if (p->outcome == NULL) {
		return NULL;
	}
	for (size_t i = 0; i < p->outcome->raw.n; i++) {
		if (record_field(&people_form_record, p->outcome->raw.v[i].name) != NULL) {
			pairs_add(p->arena, &known, p->outcome->raw.v[i].name, p->outcome->raw.v[i].value);
		}
	}
	record_decode(p->arena, &people_form_record, &known, RECORD_FORM, &v->form, &ignored);
	v->text = v->form.rows;
	if (p->outcome->err != NULL) {
		return NULL; /* the file or the whole was refused: what was typed stays */
	}
	TRY(import_text(p->arena, uploaded(p), v->form.rows, &v->text));
	if (!text_empty(v->text)) {
		TRY(person_plan(p->arena, p->db, p->who->authority_id, p->today, &v->form, v->text, &v->plan));
		v->planned = v->plan.n > 0;
	}
	return NULL;
}

/* ---- preview ---- */

static const char *kind_text(struct arena *a, const struct listed_row *r)
{
	if (r->kind == PLAN_NEW) {
		return "New person";
	}
	if (r->kind == PLAN_KNOWN) {
		return r->changes[0] == '\0' ? "Known, nothing changes" : "Known, changes";
	}
	return r->kind == PLAN_AGAIN ? arena_printf(a, "Same person as row %lld", (long long)r->same_line) : "Cannot be used";
}

static const char *kind_tag(const struct listed_row *r)
{
	static const char *const tags[] = { [PLAN_NEW] = "govuk-tag--green", [PLAN_KNOWN] = "govuk-tag--blue",
					    [PLAN_AGAIN] = "govuk-tag--grey", [PLAN_BAD] = "govuk-tag--red" };

	return tags[r->kind];
}

static const char *said_of(struct arena *a, const struct listed_row *r)
{
	if (r->kind == PLAN_BAD) {
		return r->reason;
	}
	if (r->kind == PLAN_KNOWN && r->changes[0] != '\0') {
		return r->note == NULL ? r->changes : arena_printf(a, "%s. %s", r->changes, r->note);
	}
	return r->note == NULL ? "" : r->note;
}

static const char *place_text(struct arena *a, const struct learner *l, const struct listed *in)
{
	if (l->establishment_urn != 0) {
		return arena_printf(a, "%s (%lld)", l->school, (long long)l->establishment_urn);
	}
	return !text_empty(l->organisation) ? l->organisation : !text_empty(in->school) ? in->school : in->agency;
}

static void preview_row(const struct view *v, const struct listed_row *r)
{
	struct html *h = v->p->html;
	struct arena *a = v->p->arena;
	const struct ui_cell cell = { 0 };
	const char *told = said_of(a, r);

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = arena_printf(a, "%lld", (long long)r->in.line), .format = "numeric" });
	ui_cell(h, &(struct ui_cell){ .text = text_empty(r->in.email) ? r->in.name : arena_printf(a, "%s, %s", r->in.name, r->in.email) });
	ui_cell(h, &(struct ui_cell){ .text = place_text(a, &r->after, &r->in) });
	ui_cell(h, &(struct ui_cell){ .text = words_label(&audience_words, r->after.audience) });
	ui_cell(h, &(struct ui_cell){ .text = words_label(&standing_words, r->after.standing) });
	ui_cell_begin(h, &cell);
	ui_tag(h, &(struct ui_tag){ .text = kind_text(a, r), .classes = kind_tag(r) });
	if (told[0] != '\0') {
		LIT(h, "<p class=\"govuk-body-s govuk-!-margin-top-1 govuk-!-margin-bottom-0\">");
		html_text(h, told);
		LIT(h, "</p>");
	}
	ui_cell_end(h, &cell);
	ui_row_end(h);
}

static void preview(const struct view *v)
{
	struct arena *a = v->p->arena;
	const struct listed_plan *plan = &v->plan;
	size_t shown[PLAN_BAD + 1] = { 0 }, hidden = 0;
	static const struct ui_cell head[] = { { .text = "Row", .format = "numeric" }, { .text = "Person" },
					       { .text = "School or organisation" }, { .text = "What they do" },
					       { .text = "Standing" }, { .text = "What it is" } };
	const struct ui_table table = { .caption = "What would be saved", .caption_classes = "govuk-table__caption--m",
					.head = head, .n_head = 6, .scrolls = true };

	ui_inset_text(v->p->html, &(struct ui_inset_text){
		.text = arena_printf(a, "Nothing is saved yet. %zu %s read: %lld new, %lld known and changed, %lld known and not "
					"changed, %lld on the list twice, %lld cannot be used.",
				     plan->n, plan->n == 1 ? "row" : "rows", (long long)plan->fresh, (long long)plan->changed,
				     (long long)plan->unchanged, (long long)plan->again, (long long)plan->bad) });
	ui_table_begin(v->p->html, &table);
	for (size_t i = 0; i < plan->n; i++) {
		size_t *n = &shown[plan->v[i].kind];

		if (*n < SHOWN_MAX) {
			preview_row(v, &plan->v[i]);
		}
		hidden += *n >= SHOWN_MAX;
		(*n)++;
	}
	ui_table_end(v->p->html, &table);
	if (hidden > 0) {
		ui_paragraph(v->p->html, arena_printf(a, "The first %d rows of each kind are shown; %zu more are not. All rows that cannot "
							 "be used are in the file to mend.", SHOWN_MAX, hidden));
	}
}

/* ---- the form ---- */

static void submit_to(struct html *h, struct url action, const char *text, bool secondary)
{
	LIT(h, "<button type=\"submit\" data-module=\"govuk-button\" data-prevent-double-click=\"true\" formaction=\"");
	html_url(h, action);
	if (secondary) {
		LIT(h, "\" class=\"govuk-button govuk-button--secondary\">");
	} else {
		LIT(h, "\" class=\"govuk-button\">");
	}
	html_text(h, text);
	LIT(h, "</button>");
}

static void save_buttons(const struct view *v)
{
	struct arena *a = v->p->arena;
	struct html *h = v->p->html;
	long long good = (long long)v->plan.n - (long long)v->plan.bad, bad = (long long)v->plan.bad;
	const char *rows = good == 1 ? "row" : "rows";

	ui_hidden(h, "plan", v->plan.digest);
	if (bad > 0) {
		ui_hidden(h, "skip_bad", "yes");
	}
	LIT(h, "<div class=\"govuk-button-group\">");
	if (good > 0) {
		submit_to(h, URL("/training/learners/import"), bad == 0 ? arena_printf(a, "Save %lld %s", good, rows)
						 : arena_printf(a, "Save %lld %s and leave out %lld", good, rows, bad), false);
	}
	if (bad > 0) {
		submit_to(h, URL("/training/learners/import/bad-rows"), "Download the rows to mend (CSV)", true);
	}
	LIT(h, "</div>");
}

static struct err *list_fields(const struct view *v, const struct form *form)
{
	struct page *p = v->p;
	const char *problem = p->outcome == NULL ? NULL : problem_of(&p->outcome->problems, "rows");
	static const struct ui_attribute accept[] = { { "accept", ".csv,.txt,.tsv,text/csv,text/plain" }, { NULL, NULL } };

	ui_textarea(p->html, &(struct ui_textarea){
		.name = "rows", .value = v->text, .rows = 12, .spellcheck = UI_FALSE,
		.label = { .text = "Rows copied from a spreadsheet" },
		.hint = { .text = "One person a row: name, work email, school or organisation, job, sector, what they do, standing, agency, "
				  "team. A heading row may stand first; then the columns may be in any order. Only the name is needed." },
		.error_message = { .text = problem } });
	ui_file_upload(p->html, &(struct ui_file_upload){ .id = "file", .name = "file",
							  .label = { .text = "Or choose a CSV file" },
							  .hint = { .text = "The file is used instead of the rows above" },
							  .attributes = accept });
	TRY(page_form_field(p, form, "standing"));
	TRY(page_form_field(p, form, "audience"));
	return page_form_field(p, form, "sector");
}

/* The digest of an older preview must not stand beside the new one. */
static void forget_preview(struct page *p, struct outcome *copy)
{
	struct pairs kept = { 0 };

	if (p->outcome == NULL) {
		return;
	}
	*copy = *p->outcome;
	for (size_t i = 0; i < copy->raw.n; i++) {
		if (strcmp(copy->raw.v[i].name, "plan") != 0 && strcmp(copy->raw.v[i].name, "skip_bad") != 0) {
			pairs_add(p->arena, &kept, copy->raw.v[i].name, copy->raw.v[i].value);
		}
	}
	copy->raw = kept;
	p->outcome = copy;
}

static struct err *draw(const struct view *v)
{
	struct page *p = v->p;
	const struct form form = { .record = &people_form_record, .multipart = true,
				   .action = URL("/training/learners/import/preview"), .submit = "Check the list",
				   .cancel = URL("/training/learners") };

	TRY(page_form_begin(p, &form));
	if (!v->planned) {
		TRY(list_fields(v, &form));
		page_form_end(p, &form);
		return NULL;
	}
	preview(v);
	save_buttons(v);
	const struct ui_details details = { .summary_text = "Change the list or how it is read", .open = v->plan.bad > 0 };

	ui_details_begin(p->html, &details);
	TRY(list_fields(v, &form));
	submit_to(p->html, form.action, "Check the list again", true);
	ui_details_end(p->html);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, form.cancel, "Save nothing and go back");
	LIT(p->html, "</p></form>");
	return NULL;
}

struct err *people_import_page(struct page *p)
{
	struct view v;
	struct outcome copy;

	TRY(load(p, &v));
	forget_preview(p, &copy);
	page_begin(p, &(struct page_head){ .title = v.planned ? "Check what would be saved" : "Import people from a list",
					   .wide = v.planned,
					   .back = URL("/training/learners") });
	TRY(draw(&v));
	page_end(p);
	return NULL;
}

struct err *people_bad_rows_page(struct page *p)
{
	struct view v;
	struct buf csv;

	if (p->outcome != NULL && (p->outcome->problems.n > 0 || p->outcome->err != NULL)) {
		return people_import_page(p);
	}
	TRY(load(p, &v));
	buf_init(&csv, p->arena, 8 << 20);
	person_bad_csv(&v.plan, &csv);
	page_bytes(p, "text/csv; charset=utf-8", (struct bytes){ (const unsigned char *)csv.p, csv.n }, "rows-to-mend.csv");
	return NULL;
}
