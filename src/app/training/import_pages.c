/* A list pasted or uploaded: the form, the preview of what it would change, the bad rows as a file.
 */
#include "app/training/attendance.h"
#include "app/training/list_import.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

struct import_view {
	struct page *p;
	struct session s;
	struct import_form form; /* as sent */
	const char *text;
	struct plan plan;
	bool planned;
};

static struct err *load(struct page *p, struct import_view *v)
{
	bool to_plan;

	*v = (struct import_view){ .p = p, .text = "" };
	TRY(session_of_page(p, &v->s));
	if (p->outcome == NULL) {
		return NULL;
	}
	list_form_sent(p, &import_form_record, &v->form);
	TRY(list_text_sent(p, v->form.rows, &v->text, &to_plan));
	if (to_plan) {
		TRY(import_plan(p->arena, p->db, &v->s, p->today, &v->form, v->text, &p->outcome->raw, &v->plan));
		v->planned = v->plan.n > 0;
	}
	return NULL;
}

/* ---- preview ---- */

static const char *kind_text(struct arena *a, const struct plan_row *r)
{
	switch (r->kind) {
	case PLAN_NEW:
		return "New person";
	case PLAN_KNOWN:
		return r->attendance.id != 0 && !plan_changes(r) ? "Already on the list"
								 : "Already known";
	case PLAN_AGAIN:
		return arena_printf(a, "Same person as row %lld", (long long)r->same_line);
	case PLAN_BAD:
		break;
	}
	return "Cannot be used";
}

static const char *kind_tag(const struct plan_row *r)
{
	switch (r->kind) {
	case PLAN_NEW:
		return "govuk-tag--green";
	case PLAN_KNOWN:
		return "govuk-tag--blue";
	case PLAN_AGAIN:
		return "govuk-tag--grey";
	case PLAN_BAD:
		break;
	}
	return "govuk-tag--red";
}

static const char *state_text(struct arena *a, const struct plan_row *r)
{
	const char *after = words_label(&attendance_state_words, r->state_after);

	if (r->kind == PLAN_BAD || r->kind == PLAN_AGAIN) {
		return "";
	}
	if (r->attendance.id == 0 || r->attendance.state == r->state_after) {
		return after;
	}
	return arena_printf(a, "%s, was %s", after,
			    words_label(&attendance_state_words, r->attendance.state));
}

static const char *place_text(struct arena *a, const struct plan_row *r)
{
	if (r->place.urn != 0) {
		return arena_printf(a, "%s (%lld)", r->place.school, (long long)r->place.urn);
	}
	if (!text_empty(r->place.organisation)) {
		return arena_printf(a, "%s (not in the school register)", r->place.organisation);
	}
	return r->in.school;
}

static void pick(const struct import_view *v, const struct plan_row *r)
{
	struct arena *a = v->p->arena;
	const char *name = arena_printf(a, "pick-%lld", (long long)r->in.line);
	struct ui_option options[24];
	size_t n = 0;

	options[n++] = (struct ui_option){ .value = "", .text = "Select one" };
	for (size_t i = 0; i < r->place.n_choices && n < 22; i++) {
		options[n++] = (struct ui_option){
			.value = arena_printf(a, "%lld", (long long)r->place.choices[i].urn),
			.text = place_label(a, &r->place.choices[i])
		};
	}
	options[n++] = (struct ui_option){ .value = "none",
					   .text = "None of these: keep the name as it is" };
	ui_select(v->p->html,
		  &(struct ui_select){
			  .name = name,
			  .items = options,
			  .n_items = n,
			  .label = { .text = arena_printf(a, "Which %s, row %lld?", r->in.school,
							  (long long)r->in.line) } });
}

static void preview_row(const struct import_view *v, const struct plan_row *r)
{
	struct html *h = v->p->html;
	struct arena *a = v->p->arena;
	const struct ui_cell cell = { 0 };
	const char *answered =
		pairs_get(&v->p->outcome->raw, arena_printf(a, "pick-%lld", (long long)r->in.line));

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = arena_printf(a, "%lld", (long long)r->in.line),
				      .format = "numeric" });
	ui_cell_begin(h, &cell);
	html_text(h, r->in.name);
	if (!text_empty(r->in.email)) {
		LIT(h, "<br><span class=\"govuk-hint app-grid__place\">");
		html_text(h, r->in.email);
		LIT(h, "</span>");
	}
	if (answered != NULL && r->place.n_choices == 0) {
		/* an answer already given goes on with the form */
		ui_hidden(h, arena_printf(a, "pick-%lld", (long long)r->in.line), answered);
	}
	ui_cell_end(h, &cell);
	ui_cell(h, &(struct ui_cell){ .text = place_text(a, r) });
	ui_cell(h, &(struct ui_cell){ .text = r->kind == PLAN_BAD
						      ? ""
						      : words_label(&sector_words, r->in.sector) });
	ui_cell(h, &(struct ui_cell){ .text = state_text(a, r) });
	ui_cell_begin(h, &cell);
	list_verdict(h, kind_text(a, r), kind_tag(r), r->kind == PLAN_BAD ? r->reason : r->note);
	if (r->place.n_choices > 0) {
		pick(v, r);
	}
	ui_cell_end(h, &cell);
	ui_row_end(h);
}

static void preview_table(const struct import_view *v)
{
	static const struct ui_cell head[] = { { .text = "Row", .format = "numeric" },
					       { .text = "Person" },
					       { .text = "School or organisation" },
					       { .text = "Sector" },
					       { .text = "Attendance" },
					       { .text = "What it is" } };
	const struct ui_table table = list_preview_table(head, sizeof(head) / sizeof(*head));
	struct list_shown shown = { 0 };

	ui_table_begin(v->p->html, &table);
	for (size_t i = 0; i < v->plan.n; i++) {
		if (list_shows(&shown, (int)v->plan.v[i].kind)) {
			preview_row(v, &v->plan.v[i]);
		}
	}
	ui_table_end(v->p->html, &table);
	list_say_hidden(v->p, &shown, true);
}

static void preview_summary(const struct import_view *v)
{
	struct arena *a = v->p->arena;
	const struct plan *plan = &v->plan;

	ui_inset_text(
		v->p->html,
		&(struct ui_inset_text){
			.text = arena_printf(a,
					     "Nothing is saved yet. %zu row%s read: %lld new %s, %lld "
					     "already known, "
					     "%lld on the list twice, %lld cannot be "
					     "used. Saving adds %lld to this session and changes "
					     "%lld.",
					     plan->n, plan->n == 1 ? "" : "s", (long long)plan->fresh,
					     plan->fresh == 1 ? "person" : "people",
					     (long long)plan->known, (long long)plan->again,
					     (long long)plan->bad, (long long)plan->added,
					     (long long)plan->changed) });
}

/* ---- the form ---- */

static struct err *fields(const struct import_view *v, const struct form *form)
{
	list_fields(v->p, v->text, "Rows copied from a spreadsheet",
		    "One person a row: name, work email, school or organisation, job, sector, attendance. A heading row may stand "
		    "first; then the columns may be in any order. Only the name is needed.");
	TRY(page_form_field(v->p, form, "state"));
	TRY(page_form_field(v->p, form, "school"));
	return page_form_field(v->p, form, "sector");
}

static struct err *draw(const struct import_view *v)
{
	struct page *p = v->p;
	const struct import_form initial = {
		.school = session_host(p->arena, &v->s),
		.state = date_compare(v->s.held_on, p->today) <= 0 ? ATTENDANCE_ATTENDED
								   : ATTENDANCE_BOOKED,
	};
	const struct form form = {
		.record = &import_form_record,
		.initial = &initial,
		.multipart = true,
		.action = url_path(p->arena, "/training/sessions/{}/attendance/preview",
				   v->s.reference),
		.submit = "Check the list",
		.cancel = link_session(p->arena, v->s.reference),
	};

	TRY(page_form_begin(p, &form));
	if (!v->planned) {
		TRY(fields(v, &form));
		page_form_end(p, &form);
		return NULL;
	}
	preview_summary(v);
	preview_table(v);
	list_save_buttons(p, v->plan.digest, v->plan.n, v->plan.bad,
			  url_path(p->arena, "/training/sessions/{}/attendance/import", v->s.reference),
			  url_path(p->arena, "/training/sessions/{}/attendance/bad-rows", v->s.reference));
	list_change_begin(p, "Change the list or how it is read", v->plan.bad > 0);
	TRY(fields(v, &form));
	list_change_end(p, &form, "Check the list again", "Save nothing and go back to the session");
	return NULL;
}

struct err *attendance_import_page(struct page *p)
{
	struct import_view v;
	struct outcome copy;

	TRY(load(p, &v));
	list_forget_preview(p, &copy);
	page_begin(p,
		   &(struct page_head){ .title = v.planned ? "Check what would be saved"
							   : "Paste or upload a list",
					.wide = v.planned,
					.caption = arena_printf(p->arena, "%s, %s", v.s.course,
								date_long(p->arena, v.s.held_on)),
					.back = link_session(p->arena, v.s.reference) });
	const char *fault = attendance_state_fault(p->arena, v.s.state, v.s.held_on, p->today,
						   ATTENDANCE_BOOKED);

	if (fault != NULL) {
		ui_paragraph(p->html, fault);
	} else {
		TRY(draw(&v));
	}
	page_end(p);
	return NULL;
}

struct err *attendance_bad_rows_page(struct page *p)
{
	struct import_view v;
	struct buf csv;

	if (p->outcome != NULL && p->outcome->problems.n > 0) {
		return attendance_import_page(p);
	}
	TRY(load(p, &v));
	buf_init(&csv, p->arena, 4 << 20);
	plan_bad_csv(&v.plan, &csv);
	page_bytes(p, "text/csv; charset=utf-8",
		   (struct bytes){ (const unsigned char *)csv.p, csv.n }, "rows-to-mend.csv");
	return NULL;
}
