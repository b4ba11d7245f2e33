/*
 * Notes to committees, in the structure of a council briefing note: To, Date, Subject, 1 Purpose,
 * 2 Recommendations, 3 and further numbered sections, background papers. The text is Markdown; a
 * figure stands in it as {{figure NAME FROM TO}} and is worked out when the note is shown.
 */
#ifndef APP_REPORTING_NOTE_H
#define APP_REPORTING_NOTE_H

#include "base/field.h"
#include "core/feature.h"
#include "html/url.h"

struct note { /* row, and the form of add-note, change-note and preview-note */
	int64_t id, authority_id;
	const char *reference;
	const char *addressed_to;
	struct date dated;
	const char *subject;
	const char *purpose, *recommendations, *information, *background_papers;
	const char *author;
	int64_t version;
};
RECORD_DECLARE(note);

struct note_row {
	int64_t id;
	const char *reference;
	const char *addressed_to;
	struct date dated;
	const char *subject;
};
RECORD_DECLARE(note_row);

struct note_list_arg {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	const char *find, *match;
};
RECORD_DECLARE(note_list_arg);

struct url link_note(struct arena *a, const char *reference);

/* What stands between {{ and }}: "figure NAME FROM TO". False: not of that form, or no such figure;
 * *why_out is then a sentence for the person. Pure. */
bool note_figure_parse(struct arena *a, const char *inside, const struct figure **figure_out,
		       struct period *period_out, const char **why_out);

/* Each figure of a note is worked out anew whenever the note is shown. */
enum { NOTE_FIGURES_MAX = 50 };

/* Every figure placed in a text, checked: adds a problem on the field for each that cannot stand, and
 * one when *placed, which counts them over all fields of the note, grows beyond NOTE_FIGURES_MAX. */
void note_check_figures(struct arena *a, const char *field, const char *text, size_t *placed,
			struct problems *problems);

/* The whole note as Markdown with its figures worked out, for the command line. */
struct err *note_markdown(const struct figure_call *call, const struct note *note,
			  struct buf *out) MUST_CHECK;

extern const struct operation op_add_note, op_change_note, op_preview_note;
page_fn note_page, note_new_page, note_edit_page;

#endif
