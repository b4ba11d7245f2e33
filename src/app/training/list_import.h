/*
 * What lists have in common that a person looks at before they are saved (attendance, people, an e-learning export): the text as
 * it was sent, what was agreed to, and the parts of the page around the preview.
 */
#ifndef APP_TRAINING_LIST_IMPORT_H
#define APP_TRAINING_LIST_IMPORT_H

#include "core/core.h"

enum { LIST_TEXT_MAX = 1900000 }; /* what a form may hold (HTTP_TEXT_MAX), with room for its other fields */

/* ---- operations: list_ops.c ---- */

/* The list as it was sent: the file when there is one, else the text. */
struct err *list_text(struct arena *a, const struct upload *upload, const char *rows, const char **out) MUST_CHECK;
/* A problem when there is no row. */
void list_need_rows(struct op *op, size_t n);
/* A number among what the operation answers. */
void list_say(struct op *op, const char *name, int64_t n);
/* A refused row, for the command line only: answers to browsers are kept for a day, and names must not be. */
void list_say_bad(struct op *op, int64_t line, const char *reason);
/* All refused rows as a file, likewise. */
void list_say_bad_csv(struct op *op, const struct buf *csv);

struct list_seen {
	const char *what;   /* "list": how sentences call it */
	const char *agreed; /* digest of the plan that was looked at; "" or NULL: none was */
	const char *digest; /* of the plan as it is now */
	int64_t bad;
	bool skip_bad;
};
/* A person saves what they have seen; a command says beforehand that bad rows are left out. Adds to the problems. */
void list_check_seen(struct op *op, const struct list_seen *seen);

/* ---- pages: list_pages.c ---- */

/* What was sent, once more through the field table: the keeper said its problems already. */
void list_form_sent(struct page *p, const struct record *record, void *form);
/* The text that was sent. False: there is nothing to plan with, as it is empty or was refused as a whole. */
struct err *list_text_sent(struct page *p, const char *rows, const char **text, bool *to_plan) MUST_CHECK;
/* Takes the digest of an older preview out of what was sent: it must not stand beside the new one. copy: room for it. */
void list_forget_preview(struct page *p, struct outcome *copy);

/* The controls for text and file. */
void list_fields(struct page *p, const char *text, const char *label, const char *hint);

/* A list of thousands is not looked at row by row: the browser would not bear it, and nobody would. */
enum { LIST_SHOWN_MAX = 250, LIST_KINDS = 8 };
struct list_shown {
	size_t n[LIST_KINDS], hidden;
};
/* Is the next row of this kind one to show? */
bool list_shows(struct list_shown *shown, int kind);
/* Below the table: how many are not shown, if any. to_mend: the page has a file of the rows that cannot be used. */
void list_say_hidden(struct page *p, const struct list_shown *shown, bool to_mend);
struct ui_table list_preview_table(const struct ui_cell *head, size_t n_head);
/* In the last cell of a row: what it is, and what is to be known of it (NULL or "": nothing). */
void list_verdict(struct html *h, const char *text, const char *tag_classes, const char *told);

/* What goes with the form as agreed to. */
void list_agree(struct html *h, const char *digest, int64_t bad);
/* That, and the buttons: save the good rows, download the bad ones. */
void list_save_buttons(struct page *p, const char *digest, size_t rows, int64_t bad, struct url save, struct url mend);
/* Around the form's fields below a preview; the end closes the form. */
void list_change_begin(struct page *p, const char *summary, bool open);
void list_change_end(struct page *p, const struct form *form, const char *again, const char *leave);

#endif
