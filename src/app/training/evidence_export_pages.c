/* An export of an e-learning system: the form, and the preview of what it would record. */
#include <string.h>

#include "app/training/evidence_export.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

enum { SHOWN_MAX = 250 }; /* of each kind; as with lists of attendance */

struct view {
	struct page *p;
	struct export_form form; /* as sent */
	const char *text;
	struct export_plan plan;
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

/* The digest of an older preview must not stand beside the new one. */
static void forget_preview(struct page *p, struct pairs *known, struct outcome *copy)
{
	struct pairs kept = { 0 };

	*copy = *p->outcome;
	for (size_t i = 0; i < copy->raw.n; i++) {
		const struct pair *v = &copy->raw.v[i];

		if (record_field(&export_form_record, v->name) != NULL) {
			pairs_add(p->arena, known, v->name, v->value);
		}
		if (strcmp(v->name, "plan") != 0 && strcmp(v->name, "skip_bad") != 0) {
			pairs_add(p->arena, &kept, v->name, v->value);
		}
	}
	copy->raw = kept;
	p->outcome = copy;
}

static struct err *load(struct page *p, struct view *v, struct outcome *copy)
{
	struct pairs known = { 0 };
	struct problems ignored = { 0 };

	*v = (struct view){ .p = p, .text = "" };
	if (p->outcome == NULL) {
		return NULL;
	}
	forget_preview(p, &known, copy);
	record_decode(p->arena, &export_form_record, &known, RECORD_FORM, &v->form, &ignored);
	v->text = v->form.rows;
	if (p->outcome->err != NULL) {
		return NULL; /* the file or the whole was refused: what was typed stays */
	}
	TRY(import_text(p->arena, uploaded(p), v->form.rows, &v->text));
	if (!text_empty(v->text)) {
		TRY(export_plan(p->arena, p->db, p->who->authority_id, p->today, v->text, &v->plan));
		v->planned = v->plan.n > 0;
	}
	return NULL;
}

/* ---- preview ---- */

static void preview_row(const struct view *v, const struct export_row *r)
{
	static const struct {
		const char *text, *tag;
	} kinds[] = { [EXPORT_NEW] = { "New", "green" },
		      [EXPORT_CLAIMED] = { "Claimed before", "blue" },
		      [EXPORT_VERIFIED] = { "Verified before", "grey" },
		      [EXPORT_AGAIN] = { "Stands twice", "grey" },
		      [EXPORT_BAD] = { "Cannot be used", "red" } };
	struct html *h = v->p->html;
	struct arena *a = v->p->arena;
	bool bad = r->kind == EXPORT_BAD;
	const struct ui_cell cell = { 0 };
	const char *told = bad ? r->reason
			   : r->kind == EXPORT_AGAIN ? arena_printf(a, "The same as row %lld", (long long)r->same_line) : r->note;

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = arena_printf(a, "%lld", (long long)r->line), .format = "numeric" });
	ui_cell(h, &(struct ui_cell){ .text = !bad ? r->learner.name : text_empty(r->name) ? r->email : r->name });
	ui_cell(h, &(struct ui_cell){ .text = bad ? r->course : r->title });
	ui_cell(h, &(struct ui_cell){ .text = bad ? r->completed : date_long(a, r->completed_on) });
	ui_cell_begin(h, &cell);
	ui_tag(h, &(struct ui_tag){ .text = kinds[r->kind].text, .classes = arena_printf(a, "govuk-tag--%s", kinds[r->kind].tag) });
	if (told != NULL) {
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
	const struct export_plan *plan = &v->plan;
	size_t shown[EXPORT_BAD + 1] = { 0 }, hidden = 0;
	static const struct ui_cell head[] = { { .text = "Row", .format = "numeric" }, { .text = "Person" }, { .text = "Course" },
					       { .text = "Completed" }, { .text = "What happens" } };
	const struct ui_table table = { .caption = "What would be saved", .caption_classes = "govuk-table__caption--m",
					.head = head, .n_head = 5, .scrolls = true };

	ui_inset_text(v->p->html, &(struct ui_inset_text){
		.text = arena_printf(a, "Nothing is saved yet. %zu %s read: %lld new, %lld claimed before, %lld verified before, %lld in "
					"the export twice, %lld cannot be used. What is new or was claimed before becomes verified.",
				     plan->n, plan->n == 1 ? "row" : "rows", (long long)plan->kinds[EXPORT_NEW],
				     (long long)plan->kinds[EXPORT_CLAIMED], (long long)plan->kinds[EXPORT_VERIFIED],
				     (long long)plan->kinds[EXPORT_AGAIN], (long long)plan->kinds[EXPORT_BAD]) });
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
		ui_paragraph(v->p->html, arena_printf(a, "The first %d rows of each kind are shown; %zu more are not.", SHOWN_MAX, hidden));
	}
}

/* ---- the form ---- */

static void submit_to(struct html *h, const char *action, const char *text, bool secondary)
{
	LIT(h, "<button type=\"submit\" data-module=\"govuk-button\" data-prevent-double-click=\"true\" formaction=\"");
	html_url(h, (struct url){ action });
	if (secondary) {
		LIT(h, "\" class=\"govuk-button govuk-button--secondary\">");
	} else {
		LIT(h, "\" class=\"govuk-button\">");
	}
	html_text(h, text);
	LIT(h, "</button>");
}

static void save_button(const struct view *v)
{
	const int64_t *k = v->plan.kinds;
	long long good = (long long)(k[EXPORT_NEW] + k[EXPORT_CLAIMED]), bad = (long long)k[EXPORT_BAD];
	const char *rows = good == 1 ? "completion" : "completions";

	if (good == 0) {
		ui_paragraph(v->p->html, "There is nothing here that could be saved.");
		return;
	}
	ui_hidden(v->p->html, "plan", v->plan.digest);
	if (bad > 0) {
		ui_hidden(v->p->html, "skip_bad", "yes");
	}
	submit_to(v->p->html, "/training/evidence/import",
		  bad == 0 ? arena_printf(v->p->arena, "Verify %lld %s", good, rows)
			   : arena_printf(v->p->arena, "Verify %lld %s and leave out %lld", good, rows, bad), false);
}

static struct err *export_fields(const struct view *v, const struct form *form)
{
	struct page *p = v->p;
	const char *problem = p->outcome == NULL ? NULL : problem_of(&p->outcome->problems, "rows");
	static const struct ui_attribute accept[] = { { "accept", ".csv,.txt,.tsv,text/csv,text/plain" }, { NULL, NULL } };

	TRY(page_form_field(p, form, "document"));
	ui_textarea(p->html, &(struct ui_textarea){
		.name = "rows", .value = v->text, .rows = 12, .spellcheck = UI_FALSE,
		.label = { .text = "Rows copied from the export" },
		.hint = { .text = "One completion a row: name, work email, course (title or reference), day of completion, school or "
				  "organisation. A heading row may stand first; then the columns may be in any order. People are found by "
				  "their work email, or by name and place of work. At most 2,000 rows." },
		.error_message = { .text = problem } });
	ui_file_upload(p->html, &(struct ui_file_upload){ .id = "file", .name = "file",
							  .label = { .text = "Or choose a CSV file" },
							  .hint = { .text = "The file is used instead of the rows above" },
							  .attributes = accept });
	return NULL;
}

static struct err *draw(const struct view *v)
{
	struct page *p = v->p;
	const struct form form = { .record = &export_form_record, .multipart = true,
				   .action = URL("/training/evidence/import/preview"), .submit = "Check the export",
				   .cancel = URL("/training/evidence") };

	TRY(page_form_begin(p, &form));
	if (!v->planned) {
		TRY(export_fields(v, &form));
		page_form_end(p, &form);
		return NULL;
	}
	preview(v);
	save_button(v);
	const struct ui_details details = { .summary_text = "Change the export or its name",
					    .open = v->plan.kinds[EXPORT_BAD] > 0 || p->outcome->problems.n > 0 };

	ui_details_begin(p->html, &details);
	TRY(export_fields(v, &form));
	submit_to(p->html, form.action.s, "Check the export again", true);
	ui_details_end(p->html);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, form.cancel, "Save nothing and go back");
	LIT(p->html, "</p></form>");
	return NULL;
}

struct err *evidence_import_page(struct page *p)
{
	struct view v;
	struct outcome copy;

	TRY(load(p, &v, &copy));
	page_begin(p, &(struct page_head){ .title = v.planned ? "Check what would be saved" : "Record an e-learning export",
					   .wide = v.planned,
					   .back = URL("/training/evidence") });
	TRY(draw(&v));
	page_end(p);
	return NULL;
}
