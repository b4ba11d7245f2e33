/*
 * Notes to committees, in the structure of a council briefing note: To, Date, Subject, 1 Purpose,
 * 2 Recommendations, 3 and further numbered sections, background papers. The text is Markdown; a
 * figure stands in it as {{figure NAME FROM TO}} (placement.h). While the note is written it is worked out whenever it is
 * shown; sign-off measures it once and keeps what it said then (note_figure.h).
 */
#ifndef APP_REPORTING_NOTE_H
#define APP_REPORTING_NOTE_H

#include "base/field.h"
#include "core/feature.h"
#include "html/url.h"

/* Domain reference 3.11, "Briefing note / paper". */
enum note_state { NOTE_DRAFT = 1, NOTE_REVIEW, NOTE_SIGNED_OFF, NOTE_PUBLISHED, NOTE_EXEMPT };
extern const struct words note_state_words;
/* Paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972 (domain reference 4.20). */
extern const struct words exempt_words;

struct note { /* row, and the form of add-note, change-note and preview-note */
	int64_t id, authority_id;
	const char *reference;
	const char *addressed_to;
	struct date dated;
	const char *subject;
	const char *purpose, *recommendations, *information, *background_papers;
	const char *author;
	int state;
	int exempt_under;          /* 0: not exempt */
	const char *remark;        /* why it last went back to draft */
	const char *signed_by;
	struct instant signed_at;
	struct date released_on;   /* published, or made exempt */
	int64_t corrects_id;
	const char *corrects;      /* reference of the version that this one takes the place of */
	const char *corrected_by;  /* reference of the version that takes the place of this one */
	int corrected_by_state;
	int64_t version;
};
RECORD_DECLARE(note);

struct note_row {
	int64_t id;
	const char *reference;
	const char *addressed_to;
	struct date dated;
	const char *subject;
	int state;
};
RECORD_DECLARE(note_row);

struct note_list_arg {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	const char *find, *match;
	int state;
	int64_t sees; /* enum note_sees */
};
RECORD_DECLARE(note_list_arg);

struct note_return { /* form of return-note */
	const char *remark;
};
RECORD_DECLARE(note_return);

struct note_sign { /* form of sign-off-note */
	bool checked;
};
RECORD_DECLARE(note_sign);

struct note_exempt { /* form of exempt-note */
	int paragraph;
};
RECORD_DECLARE(note_exempt);

/* ---- rules (note_rules.c): pure ---- */

enum note_move {
	NOTE_MOVE_CHANGE = 1, /* its text */
	NOTE_MOVE_REVIEW,
	NOTE_MOVE_RETURN,
	NOTE_MOVE_SIGN,
	NOTE_MOVE_PUBLISH,
	NOTE_MOVE_EXEMPT,
	NOTE_MOVE_CORRECT, /* by a new version; this one stays as it is */
	NOTE_MOVE_COUNT
};
/* The state that a note of this state has after the move; 0: there is no such move. */
int note_after(int state, enum note_move move);
/* Why the move is not there, as a sentence; NULL: it is. */
const char *note_move_fault(int state, enum note_move move);
bool note_is_signed(int state); /* its figures are frozen, its text stays */

/* Which notes a role may see: who writes them, all; the auditor, what was signed off and is not exempt; everybody else
 * who reads notes, what is published. */
enum note_sees { SEES_PUBLISHED, SEES_SIGNED, SEES_ALL };
enum note_sees note_sees(enum role role);
bool note_visible(enum note_sees sees, int state);

/* ---- the note ---- */

struct url link_note(struct arena *a, const char *reference);
const char *note_state_tag(int state); /* colour */
/* The note of the page's address, if this person may see it. */
struct err *note_of_page(struct page *p, struct note *out) MUST_CHECK;
/* The four parts of a note as one Markdown text, sections by their headings. */
const char *note_text(struct arena *a, const struct note *note);
/* The whole note as Markdown, for the command line. */
struct err *note_markdown(const struct figure_call *call, const struct note *note,
			  struct buf *out) MUST_CHECK;

/* The same as an OpenDocument text (ODT_TYPE). */
struct err *note_odt(const struct figure_call *call, struct instant now, const struct note *note,
		     struct bytes *out) MUST_CHECK;

extern const struct operation op_add_note, op_change_note, op_preview_note;
extern const struct operation op_review_note, op_return_note, op_sign_note, op_publish_note, op_exempt_note,
	op_correct_note;
page_fn note_page, note_new_page, note_edit_page, note_return_page, note_sign_page, note_exempt_page,
	note_odt_page;

#endif
