/* A note as a page: read on screen and printed; what can be done with it next. */
#include "app/reporting/note.sql.h"
#include "app/reporting/note_inside.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

struct err *note_of_page(struct page *p, struct note *out)
{
	struct reference_arg key = { p->who->authority_id, page_path(p, "note") };
	bool found;

	TRY(sql_note_find(p->arena, p->db, &key, out, &found));
	return found && note_visible(note_sees(p->who->role), out->state) ? NULL
									   : ERR(ERR_NOT_FOUND, "There is no such note.");
}

struct figure_call note_call(struct page *p)
{
	return (struct figure_call){ .arena = p->arena, .db = p->db, .authority_id = p->who->authority_id };
}

/* ---- facts ---- */

static const char *signature(struct arena *a, const struct note *note)
{
	return arena_printf(a, "%s on %s", note->signed_by, date_long(a, instant_date(note->signed_at)));
}

void note_head(struct page *p, const struct note *note)
{
	struct ui_summary_row rows[6] = {
		{ .key = "To", .value = note->addressed_to },
		{ .key = "Date", .value = date_long(p->arena, note->dated) },
		{ .key = "Subject", .value = note->subject },
	};
	size_t n = 3;

	if (note_is_signed(note->state)) {
		rows[n++] = (struct ui_summary_row){ .key = "Signed off by", .value = signature(p->arena, note) };
	}
	if (note->state == NOTE_EXEMPT) {
		rows[n++] = (struct ui_summary_row){ .key = "Not for publication",
						     .value = arena_printf(p->arena, "Schedule 12A, paragraph %s",
									   words_label(&exempt_words, note->exempt_under)) };
	}
	if (date_is_set(note->released_on)) {
		rows[n++] = (struct ui_summary_row){ .key = note->state == NOTE_EXEMPT ? "Made exempt" : "Published",
						     .value = date_long(p->arena, note->released_on) };
	}
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

/* A sentence with a link at its end, set apart. */
static void link_notice(struct page *p, const char *text, const char *reference)
{
	LIT(p->html, "<div class=\"govuk-inset-text\">");
	html_text(p->html, text);
	LIT(p->html, " ");
	ui_anchor(p->html, link_note(p->arena, reference), reference);
	LIT(p->html, "</div>");
}

/* Versions before and after, as far as this person may see them. */
static struct err *versions(struct page *p, const struct note *note)
{
	enum note_sees sees = note_sees(p->who->role);

	if (!text_empty(note->corrected_by) && note_visible(sees, note->corrected_by_state)) {
		link_notice(p,
			    note_is_signed(note->corrected_by_state) ? "This note was superseded by"
								     : "A new version is being written:",
			    note->corrected_by);
	}
	if (!text_empty(note->corrects)) {
		struct reference_arg key = { p->who->authority_id, note->corrects };
		struct note old;
		bool found;

		TRY(sql_note_find(p->arena, p->db, &key, &old, &found));
		if (found && note_visible(sees, old.state)) {
			link_notice(p, "This is a new version of", note->corrects);
		}
	}
	return NULL;
}

/* ---- what next ---- */

static void link_button(struct page *p, const struct note *note, const char *pattern, const char *text, bool secondary)
{
	ui_button(p->html, &(struct ui_button){ .text = text,
						.classes = secondary ? "govuk-button--secondary" : NULL,
						.href = url_path(p->arena, pattern, note->reference) });
}

static void writer_buttons(struct page *p, const struct note *note)
{
	switch (note->state) {
	case NOTE_DRAFT:
		link_button(p, note, "/reports/notes/{}/edit", "Change the note", true);
		page_button_form(p, url_path(p->arena, "/reports/notes/{}/review", note->reference), "Send for review",
				 note->version, false);
		break;
	case NOTE_REVIEW:
		link_button(p, note, "/reports/notes/{}/sign-off", "Sign off", false);
		link_button(p, note, "/reports/notes/{}/return", "Return to draft", true);
		break;
	case NOTE_SIGNED_OFF:
		page_button_form(p, url_path(p->arena, "/reports/notes/{}/publish", note->reference), "Publish",
				 note->version, false);
		link_button(p, note, "/reports/notes/{}/exempt", "Make exempt", true);
		break;
	default:
		break;
	}
	if (note_is_signed(note->state) && text_empty(note->corrected_by)) {
		page_button_form(p, url_path(p->arena, "/reports/notes/{}/correct", note->reference), "Make a new version",
				 note->version, true);
	}
}

static void buttons(struct page *p, const struct note *note)
{
	LIT(p->html, "<div class=\"govuk-button-group app-buttons app-no-print\">");
	if (page_may(p, PERM_note_write)) {
		writer_buttons(p, note);
	}
	LIT(p->html, "<button type=\"button\" class=\"govuk-button govuk-button--secondary\" "
		     "data-app-print hidden>Print</button></div>");
}

/* ---- the page ---- */

static void frozen_figures(struct page *p, const struct note_view *view)
{
	struct note_table table;

	if (!view->frozen || view->figures.n == 0) {
		return;
	}
	note_table_all(view, &table);
	ui_subheading(p->html, 2, "Figures");
	ui_paragraph(p->html, note_vintage(view));
	note_table_draw(p, &table);
}

struct err *note_page(struct page *p)
{
	struct figure_call call = note_call(p);
	struct note_view view;
	struct note note;

	TRY(note_of_page(p, &note));
	TRY(note_view_load(&call, p->now, &note, true, &view));
	page_begin(p, &(struct page_head){ .title = note.subject,
					   .caption = "Note to a committee",
					   .back = URL("/reports/notes") });
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_tag(p->html, &(struct ui_tag){ .text = words_label(&note_state_words, note.state),
					  .classes = arena_printf(p->arena, "govuk-tag--%s", note_state_tag(note.state)) });
	LIT(p->html, "</p>");
	if (note.state == NOTE_DRAFT && !text_empty(note.remark)) {
		ui_inset_text(p->html, &(struct ui_inset_text){
					       .text = arena_printf(p->arena, "Returned to draft: %s", note.remark) });
	}
	TRY(versions(p, &note));
	buttons(p, &note);
	LIT(p->html, "<p class=\"govuk-body app-no-print\">");
	ui_anchor(p->html, url_path(p->arena, "/reports/notes/{}/note.odt", note.reference),
		  "Download as OpenDocument text (ODT)");
	LIT(p->html, "</p>");
	note_head(p, &note);
	note_body(p, &view);
	frozen_figures(p, &view);
	page_end(p);
	return NULL;
}
