/* A list pasted or uploaded: the form, the preview of what it would change, the bad rows as a file.
 */
#include <string.h>

#include "app/training/attendance.h"
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

static const struct upload *uploaded(const struct page *p)
{
	for (size_t i = 0; i < p->request->n_uploads; i++) {
		if (p->request->uploads[i].fd >= 0 && p->request->uploads[i].size > 0) {
			return &p->request->uploads[i];
		}
	}
	return NULL;
}

/* What was sent, once more through the field table: the keeper said its problems already. */
static struct import_form form_of(struct page *p)
{
	struct pairs known = { 0 };
	struct problems ignored = { 0 };
	struct import_form form;

	for (size_t i = 0; i < p->outcome->raw.n; i++) {
		if (record_field(&import_form_record, p->outcome->raw.v[i].name) != NULL) {
			pairs_add(p->arena, &known, p->outcome->raw.v[i].name,
				  p->outcome->raw.v[i].value);
		}
	}
	record_decode(p->arena, &import_form_record, &known, RECORD_FORM, &form, &ignored);
	return form;
}

static struct err *load(struct page *p, struct import_view *v)
{
	*v = (struct import_view){ .p = p, .text = "" };
	TRY(session_of_page(p, &v->s));
	if (p->outcome == NULL) {
		return NULL;
	}
	v->form = form_of(p);
	v->text = v->form.rows;
	if (p->outcome->err != NULL) {
		return NULL; /* the file or the whole was refused: what was typed stays */
	}
	TRY(import_text(p->arena, uploaded(p), v->form.rows, &v->text));
	if (!text_empty(v->text)) {
		TRY(import_plan(p->arena, p->db, &v->s, p->today, &v->form, v->text,
				&p->outcome->raw, &v->plan));
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
	ui_tag(h, &(struct ui_tag){ .text = kind_text(a, r), .classes = kind_tag(r) });
	if (r->kind == PLAN_BAD || r->note != NULL) {
		LIT(h, "<p class=\"govuk-body-s govuk-!-margin-top-1 govuk-!-margin-bottom-0\">");
		html_text(h, r->kind == PLAN_BAD ? r->reason : r->note);
		LIT(h, "</p>");
	}
	if (r->place.n_choices > 0) {
		pick(v, r);
	}
	ui_cell_end(h, &cell);
	ui_row_end(h);
}

/* A list of thousands is not looked at row by row: the browser would not bear it, and nobody would. */
enum { SHOWN_MAX = 250 };

static void preview_table(const struct import_view *v)
{
	static const struct ui_cell head[] = { { .text = "Row", .format = "numeric" },
					       { .text = "Person" },
					       { .text = "School or organisation" },
					       { .text = "Sector" },
					       { .text = "Attendance" },
					       { .text = "What it is" } };
	const struct ui_table table = { .caption = "What would be saved",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 6,
					.scrolls = true };

	size_t bad = 0, good = 0, hidden = 0;

	ui_table_begin(v->p->html, &table);
	for (size_t i = 0; i < v->plan.n; i++) {
		size_t *n = v->plan.v[i].kind == PLAN_BAD ? &bad : &good;

		if (*n < SHOWN_MAX) {
			preview_row(v, &v->plan.v[i]);
		} else {
			hidden++;
		}
		(*n)++;
	}
	ui_table_end(v->p->html, &table);
	if (hidden > 0) {
		ui_paragraph(v->p->html, arena_printf(v->p->arena,
						      "The first %d rows that can be used and the first %d that cannot are shown; "
						      "%zu more are not. All rows that cannot be used are in the file to mend.",
						      SHOWN_MAX, SHOWN_MAX, hidden));
	}
}

static const char *rows_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld row%s", (long long)n, n == 1 ? "" : "s");
}

static void preview_summary(const struct import_view *v)
{
	struct arena *a = v->p->arena;
	const struct plan *plan = &v->plan;

	ui_inset_text(
		v->p->html,
		&(struct ui_inset_text){
			.text = arena_printf(a,
					     "Nothing is saved yet. %s read: %lld new %s, %lld "
					     "already known, "
					     "%lld on the list twice, %lld cannot be "
					     "used. Saving adds %lld to this session and changes "
					     "%lld.",
					     rows_text(a, (int64_t)plan->n), (long long)plan->fresh,
					     plan->fresh == 1 ? "person" : "people",
					     (long long)plan->known, (long long)plan->again,
					     (long long)plan->bad, (long long)plan->added,
					     (long long)plan->changed) });
}

/* ---- the form ---- */

static void submit_to(struct html *h, struct url action, const char *text, bool secondary)
{
	LIT(h, "<button type=\"submit\" data-module=\"govuk-button\" "
	       "data-prevent-double-click=\"true\" formaction=\"");
	html_url(h, action);
	if (secondary) {
		LIT(h, "\" class=\"govuk-button govuk-button--secondary\">");
	} else {
		LIT(h, "\" class=\"govuk-button\">");
	}
	html_text(h, text);
	LIT(h, "</button>");
}

static void save_buttons(const struct import_view *v)
{
	struct arena *a = v->p->arena;
	struct html *h = v->p->html;
	const struct plan *plan = &v->plan;
	int64_t good = (int64_t)plan->n - plan->bad;
	const char *save = plan->bad == 0 ? arena_printf(a, "Save %s", rows_text(a, good))
					  : arena_printf(a, "Save %s and leave out %lld",
							 rows_text(a, good), (long long)plan->bad);

	ui_hidden(h, "plan", plan->digest);
	if (plan->bad > 0) {
		ui_hidden(h, "skip_bad", "yes");
	}
	LIT(h, "<div class=\"govuk-button-group\">");
	if (good > 0) {
		submit_to(h, url_path(a, "/training/sessions/{}/attendance/import", v->s.reference),
			  save, false);
	}
	if (plan->bad > 0) {
		submit_to(h,
			  url_path(a, "/training/sessions/{}/attendance/bad-rows", v->s.reference),
			  "Download the rows to mend (CSV)", true);
	}
	LIT(h, "</div>");
}

static struct err *list_fields(const struct import_view *v, const struct form *form)
{
	struct page *p = v->p;
	const struct problems *problems = p->outcome == NULL ? NULL : &p->outcome->problems;
	static const struct ui_attribute accept[] = { { "accept", ".csv,.txt,.tsv,text/csv,text/"
								  "plain" },
						      { NULL, NULL } };

	ui_textarea(p->html,
		    &(struct ui_textarea){
			    .name = "rows",
			    .value = v->text,
			    .rows = 12,
			    .label = { .text = "Rows copied from a spreadsheet" },
			    .hint = { .text = "One person a row: name, work email, school or "
					      "organisation, job, sector, attendance. A "
					      "heading row may stand first; then the columns may "
					      "be in any order. Only the name is "
					      "needed." },
			    .error_message = { .text = problems == NULL
							       ? NULL
							       : problem_of(problems, "rows") },
			    .spellcheck = UI_FALSE });
	ui_file_upload(p->html, &(struct ui_file_upload){ .id = "file",
							  .name = "file",
							  .label = { .text = "Or choose a CSV "
									     "file" },
							  .hint = { .text = "The file is used "
									    "instead of the rows "
									    "above" },
							  .attributes = accept });
	TRY(page_form_field(p, form, "state"));
	TRY(page_form_field(p, form, "school"));
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
		const char *name = copy->raw.v[i].name;

		if (strcmp(name, "plan") != 0 && strcmp(name, "skip_bad") != 0) {
			pairs_add(p->arena, &kept, name, copy->raw.v[i].value);
		}
	}
	copy->raw = kept;
	p->outcome = copy;
}

static struct err *draw(const struct import_view *v)
{
	struct page *p = v->p;
	struct html *h = p->html;
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
		TRY(list_fields(v, &form));
		page_form_end(p, &form);
		return NULL;
	}
	preview_summary(v);
	preview_table(v);
	save_buttons(v);
	const struct ui_details details = { .summary_text = "Change the list or how it is read",
					    .open = v->plan.bad > 0 };

	ui_details_begin(h, &details);
	TRY(list_fields(v, &form));
	submit_to(h, form.action, "Check the list again", true);
	ui_details_end(h);
	LIT(h, "<p class=\"govuk-body\">");
	ui_anchor(h, form.cancel, "Save nothing and go back to the session");
	LIT(h, "</p></form>");
	return NULL;
}

struct err *attendance_import_page(struct page *p)
{
	struct import_view v;
	struct outcome copy;

	TRY(load(p, &v));
	forget_preview(p, &copy);
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
