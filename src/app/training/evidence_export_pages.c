/* An export of an e-learning system: the form, and the preview of what it would record. */
#include "app/training/evidence_export.h"
#include "app/training/list_import.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

struct view {
	struct page *p;
	struct export_form form; /* as sent */
	const char *text;
	struct export_plan plan;
	bool planned;
};

static struct err *load(struct page *p, struct view *v)
{
	bool to_plan;

	*v = (struct view){ .p = p, .text = "" };
	if (p->outcome == NULL) {
		return NULL;
	}
	list_form_sent(p, &export_form_record, &v->form);
	TRY(list_text_sent(p, v->form.rows, &v->text, &to_plan));
	if (to_plan) {
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
	list_verdict(h, kinds[r->kind].text, arena_printf(a, "govuk-tag--%s", kinds[r->kind].tag), told);
	ui_cell_end(h, &cell);
	ui_row_end(h);
}

static void preview(const struct view *v)
{
	struct arena *a = v->p->arena;
	const struct export_plan *plan = &v->plan;
	static const struct ui_cell head[] = { { .text = "Row", .format = "numeric" }, { .text = "Person" }, { .text = "Course" },
					       { .text = "Completed" }, { .text = "What happens" } };
	const struct ui_table table = list_preview_table(head, sizeof(head) / sizeof(*head));
	struct list_shown shown = { 0 };

	ui_inset_text(v->p->html, &(struct ui_inset_text){
		.text = arena_printf(a, "Nothing is saved yet. %zu %s read: %lld new, %lld claimed before, %lld verified before, %lld in "
					"the export twice, %lld cannot be used. What is new or was claimed before becomes verified.",
				     plan->n, plan->n == 1 ? "row" : "rows", (long long)plan->kinds[EXPORT_NEW],
				     (long long)plan->kinds[EXPORT_CLAIMED], (long long)plan->kinds[EXPORT_VERIFIED],
				     (long long)plan->kinds[EXPORT_AGAIN], (long long)plan->kinds[EXPORT_BAD]) });
	ui_table_begin(v->p->html, &table);
	for (size_t i = 0; i < plan->n; i++) {
		if (list_shows(&shown, (int)plan->v[i].kind)) {
			preview_row(v, &plan->v[i]);
		}
	}
	ui_table_end(v->p->html, &table);
	list_say_hidden(v->p, &shown, false);
}

/* ---- the form ---- */

static void save_button(const struct view *v)
{
	const int64_t *k = v->plan.kinds;
	long long good = (long long)(k[EXPORT_NEW] + k[EXPORT_CLAIMED]), bad = (long long)k[EXPORT_BAD];
	const char *rows = good == 1 ? "completion" : "completions";

	if (good == 0) {
		ui_paragraph(v->p->html, "There is nothing here that could be saved.");
		return;
	}
	list_agree(v->p->html, v->plan.digest, k[EXPORT_BAD]);
	ui_submit_to(v->p->html, URL("/training/evidence/import"),
		     bad == 0 ? arena_printf(v->p->arena, "Verify %lld %s", good, rows)
			      : arena_printf(v->p->arena, "Verify %lld %s and leave out %lld", good, rows, bad), NULL);
}

static struct err *fields(const struct view *v, const struct form *form)
{
	TRY(page_form_field(v->p, form, "document"));
	list_fields(v->p, v->text, "Rows copied from the export",
		    "One completion a row: name, work email, course (title or reference), day of completion, school or organisation. A "
		    "heading row may stand first; then the columns may be in any order. People are found by their work email, or by "
		    "name and place of work. At most 2,000 rows.");
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
		TRY(fields(v, &form));
		page_form_end(p, &form);
		return NULL;
	}
	preview(v);
	save_button(v);
	list_change_begin(p, "Change the export or its name", v->plan.kinds[EXPORT_BAD] > 0 || p->outcome->problems.n > 0);
	TRY(fields(v, &form));
	list_change_end(p, &form, "Check the export again", "Save nothing and go back");
	return NULL;
}

struct err *evidence_import_page(struct page *p)
{
	struct view v;
	struct outcome copy;

	TRY(load(p, &v));
	list_forget_preview(p, &copy);
	page_begin(p, &(struct page_head){ .title = v.planned ? "Check what would be saved" : "Record an e-learning export",
					   .wide = v.planned,
					   .back = URL("/training/evidence") });
	TRY(draw(&v));
	page_end(p);
	return NULL;
}
