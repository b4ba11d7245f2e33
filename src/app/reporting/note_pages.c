/* A note as a page: read on screen, printed, written and changed. */
#include "app/reporting/note.h"

#include <stdio.h>
#include <string.h>

#include "app/reporting/figures.h"
#include "app/reporting/note.sql.h"
#include "app/reporting/reporting.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

struct placing { /* figures on their way into the text */
	struct arena *arena;
	struct figure_call call;
	bool linked;     /* on the page; in Markdown a figure is text */
	size_t n;        /* worked out so far */
	struct err *err; /* the first that could not be worked out */
};

/* Coverage of a national register takes megabytes to work out: of each figure only its text stays. */
static const char *measured_text(struct placing *placing, const struct figure *figure)
{
	struct figure_value value = { 0 };
	struct arena_mark mark = arena_mark(placing->arena);
	char text[40];

	placing->err = figure->measure(&placing->call, &value);
	snprintf(text, sizeof(text), "%s", figure_text(placing->arena, figure, &value));
	arena_rewind(placing->arena, mark);
	return arena_strdup(placing->arena, text);
}

/* "51", "1,037" or "98%"; in words where it cannot be told. */
static const char *placed_text(struct placing *placing, const char *inside,
			       const struct figure **figure, struct period *period)
{
	const char *why;

	if (!note_figure_parse(placing->arena, arena_printf(placing->arena, "figure %s", inside),
			       figure, period, &why)) {
		*figure = NULL;
		return arena_printf(placing->arena, "[%s]", why);
	}
	if (placing->err != NULL || placing->n == NOTE_FIGURES_MAX) {
		*figure = NULL;
		return "[Not worked out]";
	}
	placing->n++;
	placing->call.period = *period;
	return measured_text(placing, *figure);
}

static void place_figure(void *context, struct html *h, const char *inside)
{
	struct placing *placing = context;
	const struct figure *figure;
	struct period period;
	const char *text = placed_text(placing, inside, &figure, &period);

	if (figure == NULL || !placing->linked) {
		html_text(h, text);
		return;
	}
	ui_anchor(h, link_figure(placing->arena, figure, period), text);
}

/* The four parts of a note as one text, sections by their headings. */
static const char *note_text(struct arena *a, const struct note *note)
{
	struct buf b;
	const char *line = note->background_papers;

	buf_init(&b, a, 1 << 20);
	buf_printf(&b, "## Purpose of the note\n\n%s\n\n", note->purpose);
	buf_printf(&b, "## Recommendations\n\n%s\n\n", note->recommendations);
	buf_printf(&b, "## Information and background\n\n%s\n\n", note->information);
	if (!text_empty(line)) {
		buf_str(&b, "## Background papers\n\n");
	}
	while (!text_empty(line)) {
		size_t n = strcspn(line, "\n");

		if (n > 0) {
			buf_printf(&b, "- %.*s\n", (int)n, line);
		}
		line += n + (line[n] == '\n' ? 1 : 0);
	}
	return b.p;
}

static struct err *note_of_page(struct page *p, struct note *note)
{
	struct reference_arg key = { p->who->authority_id, page_path(p, "note") };
	bool found;

	TRY(sql_note_find(p->arena, p->db, &key, note, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no such note.");
}

static void note_head(struct page *p, const struct note *note)
{
	const struct ui_summary_row rows[] = {
		{ .key = "To", .value = note->addressed_to },
		{ .key = "Date", .value = date_long(p->arena, note->dated) },
		{ .key = "Subject", .value = note->subject },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = 3 });
}

static struct err *note_body(struct page *p, const struct note *note)
{
	struct placing placing = {
		.arena = p->arena,
		.call = { .arena = p->arena, .db = p->db, .authority_id = p->who->authority_id },
		.linked = true,
	};
	const struct ui_prose prose = {
		.text = note_text(p->arena, note),
		.heading_level = 2,
		.numbered = true,
		.place = place_figure,
		.context = &placing,
	};

	LIT(p->html, "<div class=\"app-note\">");
	ui_prose(p->html, p->arena, &prose);
	ui_paragraph(p->html, note->author);
	LIT(p->html, "</div>");
	return placing.err;
}

struct err *note_page(struct page *p)
{
	struct note note;

	TRY(note_of_page(p, &note));
	page_begin(p, &(struct page_head){ .title = note.subject,
					   .caption = "Note to a committee",
					   .back = URL("/reports/notes") });
	LIT(p->html, "<div class=\"govuk-button-group app-no-print\">");
	if (page_may(p, PERM_note_write)) {
		ui_button(p->html,
			  &(struct ui_button){ .text = "Change the note",
					       .classes = "govuk-button--secondary",
					       .href = url_path(p->arena, "/reports/notes/{}/edit",
								note.reference) });
	}
	LIT(p->html, "<button type=\"button\" class=\"govuk-button govuk-button--secondary\" "
		     "data-app-print hidden>Print</button></div>");
	note_head(p, &note);
	TRY(note_body(p, &note));
	page_end(p);
	return NULL;
}

/* What was typed, shown as it will stand, above the form it came from. Nothing is saved. */
static struct err *note_preview(struct page *p)
{
	struct problems none = { 0 };
	struct note note;

	if (p->outcome == NULL || p->outcome->problems.n > 0) {
		return NULL;
	}
	record_decode(p->arena, &note_record, &p->outcome->raw, RECORD_FORM, &note, &none);
	ui_subheading(p->html, 2, "Preview");
	LIT(p->html, "<div class=\"app-preview\">");
	note_head(p, &note);
	TRY(note_body(p, &note));
	LIT(p->html, "</div>");
	return NULL;
}

/* What can be placed, ready to be copied, for the financial year so far. */
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
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_iso(year.from, from);
	date_iso(year.to, to);
	ui_details_begin(p->html, &details);
	ui_table_begin(p->html, &table);
	for (size_t i = 0; reporting_feature.figures[i] != NULL; i++) {
		const struct figure *f = reporting_feature.figures[i];

		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = f->label });
		ui_cell(p->html, &(struct ui_cell){ .text = arena_printf(
							    p->arena, "{{figure %s %s %s}}",
							    f->name, from, to) });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
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
		if (f->label != NULL) {
			TRY(page_form_field(p, form, f->name));
		}
	}
	LIT(p->html, "<div class=\"govuk-button-group\">");
	ui_button(p->html,
		  &(struct ui_button){ .text = "Save note", .prevent_double_click = UI_TRUE });
	LIT(p->html,
	    "<button type=\"submit\" class=\"govuk-button govuk-button--secondary\" formaction=\"");
	html_url(p->html, preview);
	LIT(p->html, "\">Preview</button>");
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
	form.version = note.version;
	form.cancel = link_note(p->arena, note.reference);
	form.action = url_path(p->arena, "/reports/notes/{}/edit", note.reference);
	return note_form(p, "Change the note",
			 url_path(p->arena, "/reports/notes/{}/preview", note.reference), &form);
}

/* Copies Markdown, each {{figure ...}} replaced by its value. */
static void expand_figures(struct placing *placing, const char *text, struct buf *out)
{
	static const char open[] = "{{figure ";
	const char *at;

	while ((at = strstr(text, open)) != NULL) {
		const char *end = strstr(at, "}}");
		const struct figure *figure;
		struct period period;
		size_t skip = sizeof(open) - 1;

		if (end == NULL) {
			break;
		}
		buf_add(out, text, (size_t)(at - text));
		buf_str(out, placed_text(placing,
					 arena_strndup(placing->arena, at + skip,
						       (size_t)(end - at) - skip),
					 &figure, &period));
		text = end + 2;
	}
	buf_str(out, text);
}

struct err *note_markdown(const struct figure_call *call, const struct note *note, struct buf *out)
{
	struct placing placing = { .arena = call->arena, .call = *call };

	buf_printf(out, "**To: %s**\n\n**Date: %s**\n\n**Subject: %s**\n\n", note->addressed_to,
		   date_long(call->arena, note->dated), note->subject);
	expand_figures(&placing, note_text(call->arena, note), out);
	buf_printf(out, "\n%s\n", note->author);
	return placing.err;
}
