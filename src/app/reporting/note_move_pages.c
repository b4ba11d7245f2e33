/* Moves of a note that ask for something first: why it goes back, whether it was read, why it is exempt. */
#include "app/reporting/note_inside.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* The note, when the move is there; else what a person is told who comes by an address that was right once. */
static struct err *note_to_move(struct page *p, enum note_move move, struct note *out)
{
	const char *fault;

	TRY(note_of_page(p, out));
	fault = note_move_fault(out->state, move);
	return fault == NULL || p->outcome != NULL ? NULL : ERR(ERR_CONFLICT, "%s", fault);
}

static struct form move_form(struct page *p, const struct note *note, const struct record *record, const char *pattern)
{
	return (struct form){
		.record = record,
		.action = url_path(p->arena, pattern, note->reference),
		.version = note->version,
		.cancel = link_note(p->arena, note->reference),
	};
}

static void begin(struct page *p, const struct note *note, const char *title)
{
	page_begin(p, &(struct page_head){ .title = title,
					   .caption = note->subject,
					   .back = link_note(p->arena, note->reference) });
}

/* A form with nothing but its fields; told: what to know before, or NULL. */
static struct err *form_page(struct page *p, enum note_move move, const struct record *record, const char *pattern,
			     const char *title, const char *submit, const char *told)
{
	struct note note;
	struct form form;

	TRY(note_to_move(p, move, &note));
	form = move_form(p, &note, record, pattern);
	form.submit = submit;
	begin(p, &note, title);
	if (told != NULL) {
		ui_paragraph(p->html, told);
	}
	TRY(page_form(p, &form));
	page_end(p);
	return NULL;
}

struct err *note_return_page(struct page *p)
{
	return form_page(p, NOTE_MOVE_RETURN, &note_return_record, "/reports/notes/{}/return", "Return the note to draft",
			 "Return to draft", NULL);
}

struct err *note_exempt_page(struct page *p)
{
	return form_page(p, NOTE_MOVE_EXEMPT, &note_exempt_record, "/reports/notes/{}/exempt", "Make the note exempt", "Make exempt",
			 "An exempt note is kept from the public. Only those who write notes see it here.");
}

/* ---- sign-off ---- */

static void say_problems(struct page *p, const struct problems *problems)
{
	ui_paragraph(p->html, "Before this note can be signed off:");
	LIT(p->html, "<ul class=\"govuk-list govuk-list--bullet\">");
	for (size_t i = 0; i < problems->n; i++) {
		LIT(p->html, "<li>");
		html_text(p->html, problems->v[i].sentence);
		LIT(p->html, "</li>");
	}
	LIT(p->html, "</ul><p class=\"govuk-body\">Return it to draft to mend it.</p>");
}

static void say_figures(struct page *p, struct note_view *view)
{
	struct note_table table;

	if (view->figures.n == 0) {
		ui_paragraph(p->html, "The note places no figures.");
		return;
	}
	note_table_all(view, &table);
	table.caption = "Figures as they will stay";
	note_table_draw(p, &table);
}

struct err *note_sign_page(struct page *p)
{
	struct figure_call call = note_call(p);
	struct problems problems = { 0 };
	struct note_view view;
	struct note note;
	struct form form;

	TRY(note_to_move(p, NOTE_MOVE_SIGN, &note));
	TRY(note_view_load(&call, p->now, &note, false, &view));
	note_sign_check(p->arena, &note, &view.figures, &problems);
	form = move_form(p, &note, &note_sign_record, "/reports/notes/{}/sign-off");
	form.submit = "Sign off";
	begin(p, &note, "Sign off the note");
	ui_paragraph(p->html, "Signing off keeps every figure as it is at that moment. Whatever is recorded later, the note goes "
			      "on saying what it said. Its text can no longer be changed.");
	say_figures(p, &view);
	if (problems.n > 0) {
		say_problems(p, &problems);
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, url_path(p->arena, "/reports/notes/{}/return", note.reference), "Return to draft");
		LIT(p->html, "</p>");
	} else {
		TRY(page_form(p, &form));
	}
	page_end(p);
	return NULL;
}
