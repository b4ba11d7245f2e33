/* People from a list: the form, the preview of what it would change, the rows to mend as a file. */
#include "app/training/list_import.h"
#include "app/training/person_list.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

struct view {
	struct page *p;
	struct people_form form; /* as sent */
	const char *text;
	struct listed_plan plan;
	bool planned;
};

static struct err *load(struct page *p, struct view *v)
{
	bool to_plan;

	*v = (struct view){ .p = p, .text = "" };
	if (p->outcome == NULL) {
		return NULL;
	}
	list_form_sent(p, &people_form_record, &v->form);
	TRY(list_text_sent(p, v->form.rows, &v->text, &to_plan));
	if (to_plan) {
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

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = arena_printf(a, "%lld", (long long)r->in.line), .format = "numeric" });
	ui_cell(h, &(struct ui_cell){ .text = text_empty(r->in.email) ? r->in.name : arena_printf(a, "%s, %s", r->in.name, r->in.email) });
	ui_cell(h, &(struct ui_cell){ .text = place_text(a, &r->after, &r->in) });
	ui_cell(h, &(struct ui_cell){ .text = words_label(&audience_words, r->after.audience) });
	ui_cell(h, &(struct ui_cell){ .text = words_label(&standing_words, r->after.standing) });
	ui_cell_begin(h, &cell);
	list_verdict(h, kind_text(a, r), kind_tag(r), said_of(a, r));
	ui_cell_end(h, &cell);
	ui_row_end(h);
}

static void preview(const struct view *v)
{
	struct arena *a = v->p->arena;
	const struct listed_plan *plan = &v->plan;
	static const struct ui_cell head[] = { { .text = "Row", .format = "numeric" }, { .text = "Person" },
					       { .text = "School or organisation" }, { .text = "What they do" },
					       { .text = "Standing" }, { .text = "What it is" } };
	const struct ui_table table = list_preview_table(head, sizeof(head) / sizeof(*head));
	struct list_shown shown = { 0 };

	ui_inset_text(v->p->html, &(struct ui_inset_text){
		.text = arena_printf(a, "Nothing is saved yet. %zu %s read: %lld new, %lld known and changed, %lld known and not "
					"changed, %lld on the list twice, %lld cannot be used.",
				     plan->n, plan->n == 1 ? "row" : "rows", (long long)plan->fresh, (long long)plan->changed,
				     (long long)plan->unchanged, (long long)plan->again, (long long)plan->bad) });
	ui_table_begin(v->p->html, &table);
	for (size_t i = 0; i < plan->n; i++) {
		if (list_shows(&shown, (int)plan->v[i].kind)) {
			preview_row(v, &plan->v[i]);
		}
	}
	ui_table_end(v->p->html, &table);
	list_say_hidden(v->p, &shown, true);
}

/* ---- the form ---- */

static struct err *fields(const struct view *v, const struct form *form)
{
	list_fields(v->p, v->text, "Rows copied from a spreadsheet",
		    "One person a row: name, work email, school or organisation, job, sector, what they do, standing, agency, team. A "
		    "heading row may stand first; then the columns may be in any order. Only the name is needed.");
	TRY(page_form_field(v->p, form, "standing"));
	TRY(page_form_field(v->p, form, "audience"));
	return page_form_field(v->p, form, "sector");
}

static struct err *draw(const struct view *v)
{
	struct page *p = v->p;
	const struct form form = { .record = &people_form_record, .multipart = true,
				   .action = URL("/training/learners/import/preview"), .submit = "Check the list",
				   .cancel = URL("/training/learners") };

	TRY(page_form_begin(p, &form));
	if (!v->planned) {
		TRY(fields(v, &form));
		page_form_end(p, &form);
		return NULL;
	}
	preview(v);
	list_save_buttons(p, v->plan.digest, v->plan.n, v->plan.bad, URL("/training/learners/import"),
			  URL("/training/learners/import/bad-rows"));
	list_change_begin(p, "Change the list or how it is read", v->plan.bad > 0);
	TRY(fields(v, &form));
	list_change_end(p, &form, "Check the list again", "Save nothing and go back");
	return NULL;
}

struct err *people_import_page(struct page *p)
{
	struct view v;
	struct outcome copy;

	TRY(load(p, &v));
	list_forget_preview(p, &copy);
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
