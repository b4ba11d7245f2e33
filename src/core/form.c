/* A form of a record: where it begins and ends, what it carries, what stands in its fields. */
#include "core/form.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/operation.h"
#include "trust/trust.h"

/* ---- problems ---- */

const char *control_id(struct arena *a, const struct record *record, const char *field)
{
	const struct field *f = record != NULL ? record_field(record, field) : NULL;
	bool parts = f != NULL && (f->kind == FIELD_DATE || f->kind == FIELD_INSTANT);

	return parts ? arena_printf(a, "%s-day", field) : field;
}

void page_error_summary(struct page *p, const struct record *record)
{
	const struct problems *problems = p->outcome != NULL ? &p->outcome->problems : NULL;

	if (p->summarised || problems == NULL || problems->n == 0) {
		return;
	}
	struct ui_error_line *lines = ARENA_NEW(p->arena, struct ui_error_line, problems->n);

	for (size_t i = 0; i < problems->n; i++) {
		const struct problem *problem = &problems->v[i];

		lines[i].text = problem->sentence;
		if (problem->field != NULL) {
			lines[i].href = url_fragment(p->arena,
						     control_id(p->arena, record, problem->field));
		}
	}
	ui_error_summary(p->html, &(struct ui_error_summary){ .title_text = "There is a problem",
							      .error_list = lines,
							      .n_errors = problems->n });
	p->summarised = true;
}

/* ---- the form ---- */

/* The outcome of the page speaks of this form. */
static bool is_answered(const struct page *p, const struct form *form)
{
	return p->outcome != NULL && p->input == form->record;
}

static void take_values(struct page *p, const struct form *form)
{
	p->values = (struct pairs){ 0 };
	if (is_answered(p, form)) {
		p->values = conflict_settled(p->arena, form->record, &p->outcome->raw);
	} else if (form->initial != NULL && form->record != NULL) {
		record_to_pairs(p->arena, form->record, form->initial, &p->values);
	}
}

/* The version that the person has seen: of what they posted or put aside, unless they have just been told of a
 * conflict. */
static int64_t version_of(const struct page *p, const struct form *form, const struct pairs *sent)
{
	const char *seen = sent != NULL ? pairs_get(sent, "_version") : NULL;
	int64_t version;

	if (seen != NULL && (p->outcome == NULL || p->outcome->err == NULL) && text_to_int(seen, 0, INT64_MAX, &version)) {
		return version;
	}
	return form->version;
}

static void carry(struct page *p, int64_t version)
{
	if (p->who->user_id != 0) {
		ui_hidden(p->html, "_csrf", csrf_token(p->arena, p->world, p->who));
	}
	ui_hidden(p->html, "_key", remembered_key(p->world, p->arena));
	if (version != 0) {
		ui_hidden(p->html, "_version", arena_printf(p->arena, "%lld", (long long)version));
	}
}

struct err *page_form_begin(struct page *p, const struct form *form)
{
	struct html *h = p->html;
	const struct pairs *sent = is_answered(p, form) ? &p->outcome->raw : NULL;
	struct pairs draft = { 0 };
	bool drafts = draft_offered(p, form), undecided = false;

	take_values(p, form);
	if (drafts && sent == NULL) {
		TRY(draft_open(p, &draft, &undecided));
	}
	if (draft.n > 0) {
		sent = &draft;
		p->values = draft;
	}
	LIT(h, "<form method=\"post\" novalidate action=\"");
	html_url(h, form->action);
	if (form->multipart) {
		LIT(h, "\" enctype=\"multipart/form-data\">");
	} else if (drafts && !undecided) { /* a script saves while the person types */
		LIT(h, "\" data-app-draft=\"/drafts\">");
	} else {
		LIT(h, "\">");
	}
	carry(p, version_of(p, form, sent));
	for (const struct field *f = form->record != NULL ? form->record->fields : NULL;
	     f != NULL && f->name != NULL; f++) {
		const char *value = pairs_get(&p->values, f->name);

		if ((f->flags & F_HIDDEN) != 0 && value != NULL) {
			ui_hidden(h, f->name, value);
		}
	}
	conflict_carry(p, form, sent);
	if (drafts) {
		draft_carry(p, form);
	}
	return is_answered(p, form) ? conflict_draw(p, form) : NULL;
}

struct err *page_form_field(struct page *p, const struct form *form, const char *name)
{
	const struct field *f = form->record != NULL ? record_field(form->record, name) : NULL;

	if (f == NULL) {
		return ERR_DETAIL(ERR_BUG, "the form has no field %s", name);
	}
	return control_draw(p, f, true);
}

static void file_field(struct page *p, const struct form *form)
{
	const struct problems *problems = is_answered(p, form) ? &p->outcome->problems : NULL;
	const struct ui_attribute accept[] = { { "accept", form->file_accept }, { NULL, NULL } };

	ui_file_upload(p->html, &(struct ui_file_upload){
		.id = "file", .name = "file",
		.label = { .text = form->file_label },
		.hint = { .text = form->file_hint },
		.error_message = { .text = problems != NULL ? problem_of(problems, "file") : NULL },
		.attributes = form->file_accept != NULL ? accept : NULL });
}

void page_form_end(struct page *p, const struct form *form)
{
	struct html *h = p->html;

	if (form->submit == NULL) { /* the page has drawn buttons of its own */
		LIT(h, "</form>");
		return;
	}
	LIT(h, "<div class=\"govuk-button-group\">");
	ui_button(h, &(struct ui_button){ .text = form->submit,
					  .prevent_double_click = UI_TRUE,
					  .classes = form->warning ? "govuk-button--warning"
								    : NULL });
	if (draft_offered(p, form)) {
		draft_button(p);
	}
	if (form->cancel.s != NULL) {
		ui_anchor(h, form->cancel, "Cancel");
	}
	LIT(h, "</div></form>");
}

static bool is_shown(const struct field *f)
{
	return f->label != NULL && (f->flags & (F_HIDDEN | F_COMPUTED)) == 0;
}

static struct err *fields(struct page *p, const struct form *form)
{
	for (const char *const *name = form->only; name != NULL && *name != NULL; name++) {
		TRY(page_form_field(p, form, *name));
	}
	if (form->only == NULL && form->record != NULL) {
		for (const struct field *f = form->record->fields; f->name != NULL; f++) {
			if (is_shown(f)) {
				TRY(control_draw(p, f, true));
			}
		}
	}
	return NULL;
}

struct err *page_form(struct page *p, const struct form *form)
{
	LIT(p->html, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
	TRY(page_form_begin(p, form));
	TRY(fields(p, form));
	if (form->multipart) {
		file_field(p, form);
	}
	page_form_end(p, form);
	LIT(p->html, "</div></div>");
	return NULL;
}

void page_button_form(struct page *p, struct url action, const char *label, int64_t version,
		      bool secondary)
{
	struct html *h = p->html;

	LIT(h, "<form method=\"post\" action=\"");
	html_url(h, action);
	LIT(h, "\">");
	carry(p, version);
	ui_button(h,
		  &(struct ui_button){ .text = label,
				       .prevent_double_click = UI_TRUE,
				       .classes = secondary ? "govuk-button--secondary" : NULL });
	LIT(h, "</form>");
}
