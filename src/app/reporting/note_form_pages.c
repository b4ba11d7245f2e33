/* A note being written and changed: the form, what can be placed in it, the preview. */
#include "app/reporting/figures.h"
#include "app/reporting/note_inside.h"
#include "app/reporting/reporting.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* What was typed, shown as it will stand, above the form it came from. Nothing is saved. */
static struct err *note_preview(struct page *p)
{
	struct problems none = { 0 };
	struct figure_call call = note_call(p);
	struct note_view view;
	struct note note;

	if (p->outcome == NULL || p->outcome->problems.n > 0) {
		return NULL;
	}
	record_decode(p->arena, &note_record, &p->outcome->raw, RECORD_FORM, &note, &none);
	note.state = NOTE_DRAFT;
	TRY(note_view_load(&call, p->now, &note, false, &view));
	ui_subheading(p->html, 2, "Preview");
	LIT(p->html, "<div class=\"app-preview\">");
	note_head(p, &note);
	note_body(p, &view);
	LIT(p->html, "</div>");
	return NULL;
}

/* What can be placed, ready to be copied, for the financial year so far. */
static const char *to_write(struct arena *a, const char *kind, const struct figure *f, struct period year, const char *more)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_iso(year.from, from);
	date_iso(year.to, to);
	return arena_printf(a, "{{%s %s %s %s%s}}", kind, f->name, from, to, more);
}

static void other_placements(struct page *p, struct period year)
{
	const struct figure *f = reporting_feature.figures[0];
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_iso(date_add_months(year.from, -12), from);
	date_iso(date_add_months(year.to, -12), to);
	ui_paragraph(p->html, "Two periods beside each other, and a chart by month, quarter or year, stand on a line of their own "
			      "with an empty line before and after:");
	LIT(p->html, "<ul class=\"govuk-list govuk-list--bullet\"><li>");
	html_text(p->html, to_write(p->arena, "compare", f, year, arena_printf(p->arena, " with %s %s", from, to)));
	LIT(p->html, "</li><li>");
	html_text(p->html, to_write(p->arena, "chart", f, year, " by month"));
	LIT(p->html, "</li></ul>");
}

static void figures_to_place(struct page *p)
{
	const struct ui_details details = { .summary_text = "Figures that you can place" };
	const struct ui_cell head[] = { { .text = "Figure" }, { .text = "Write" } };
	const struct ui_table table = {
		.caption = "Write the name and two dates: first and last day",
		.head = head,
		.n_head = 2,
		.scrolls = true,
	};
	struct period year = period_default(p->today);

	ui_details_begin(p->html, &details);
	ui_table_begin(p->html, &table);
	for (size_t i = 0; features[i] != NULL; i++) {
		for (size_t k = 0; features[i]->figures != NULL && features[i]->figures[k] != NULL; k++) {
			const struct figure *f = features[i]->figures[k];

			ui_row_begin(p->html);
			ui_cell(p->html, &(struct ui_cell){ .text = f->label });
			ui_cell(p->html, &(struct ui_cell){ .text = to_write(p->arena, "figure", f, year, "") });
			ui_row_end(p->html);
		}
	}
	ui_table_end(p->html, &table);
	other_placements(p, year);
	ui_details_end(p->html);
}

static struct err *note_form(struct page *p, const char *title, struct url preview,
			     const struct form *form)
{
	page_begin(p, &(struct page_head){ .title = title, .back = form->cancel });
	TRY(note_preview(p));
	figures_to_place(p);
	TRY(page_form_begin(p, form));
	for (const struct field *f = note_record.fields; f->name != NULL; f++) {
		if (f->label != NULL && (f->flags & F_COMPUTED) == 0) {
			TRY(page_form_field(p, form, f->name));
		}
	}
	LIT(p->html, "<div class=\"govuk-button-group\">");
	ui_button(p->html,
		  &(struct ui_button){ .text = "Save note", .prevent_double_click = UI_TRUE });
	ui_submit_to(p->html, preview, "Preview", "govuk-button--secondary");
	ui_anchor(p->html, form->cancel, "Cancel");
	LIT(p->html, "</div>");
	page_form_end(p, form);
	page_end(p);
	return NULL;
}

struct err *note_new_page(struct page *p)
{
	struct note initial = { .dated = p->today, .author = p->who->name };
	struct form form = {
		.record = &note_record,
		.action = URL("/reports/notes/new"),
		.initial = &initial,
		.cancel = URL("/reports/notes"),
	};

	return note_form(p, "Write a note", URL("/reports/notes/new/preview"), &form);
}

struct err *note_edit_page(struct page *p)
{
	struct note note;
	struct form form = { .record = &note_record, .initial = &note };

	TRY(note_of_page(p, &note));
	if (p->outcome == NULL && note_move_fault(note.state, NOTE_MOVE_CHANGE) != NULL) {
		return ERR(ERR_CONFLICT, "%s", note_move_fault(note.state, NOTE_MOVE_CHANGE));
	}
	form.version = note.version;
	form.cancel = link_note(p->arena, note.reference);
	form.action = url_path(p->arena, "/reports/notes/{}/edit", note.reference);
	return note_form(p, "Change the note",
			 url_path(p->arena, "/reports/notes/{}/preview", note.reference), &form);
}
