/* What the files of notes share with each other and nobody else. */
#ifndef APP_REPORTING_NOTE_INSIDE_H
#define APP_REPORTING_NOTE_INSIDE_H

#include "app/reporting/note_figure.h"

enum { NOTE_REFERENCE = 5 };

/* The note that the route names; ERR_NOT_FOUND. */
struct err *note_of_op(struct op *op, struct note *out) MUST_CHECK;
struct err *note_searchable(struct op *op, const struct note *n, bool is_new) MUST_CHECK;
/* What must be mended before this note can be signed off: adds a problem for each. Pure. */
void note_sign_check(struct arena *a, const struct note *note, const struct note_figures *figures,
		     struct problems *problems);

/* To, date, subject; state and signature where it has any. */
void note_head(struct page *p, const struct note *note);
/* The text with everything that is placed in it. */
void note_body(struct page *p, const struct note_view *view);
/* The table, with its change below. Its first column is the head of each row. */
void note_table_draw(struct page *p, const struct note_table *t);
/* A chart or two bars under their title, and the table below. */
void note_graph_draw(struct page *p, const char *id, const struct placement *placement, struct note_table *t);
struct figure_call note_call(struct page *p);

#endif
