/*
 * The figures of a note: of one that is being written as they are now; of one that was signed off as they were then, each
 * a row that says everything its page said (docs/decisions/0012-frozen-figures.md). A note is drawn from these alone.
 */
#ifndef APP_REPORTING_NOTE_FIGURE_H
#define APP_REPORTING_NOTE_FIGURE_H

#include "app/reporting/note.h"
#include "app/reporting/placement.h"

struct note_figure { /* one figure for one period; row of note_figure */
	int64_t note_id, authority_id;
	const char *figure;
	struct date from_date, to_date;
	const char *label;
	bool share;
	int64_t definition_version;
	const char *definition;
	const char *numerator_label, *denominator_label;
	int64_t numerator, denominator;
	bool known;
	double low, high;
	int64_t asked;
	const char *excluded;
	const char *shown;
	struct instant measured_at;
};
RECORD_DECLARE(note_figure);

struct note_arg {
	int64_t authority_id, note_id;
};
RECORD_DECLARE(note_arg);

struct released_arg {
	int64_t authority_id;
	const char *figure;
	int64_t sees, row_limit;
};
RECORD_DECLARE(released_arg);

struct released_row { /* a note that froze a figure */
	const char *reference, *subject;
	struct date dated, from_date, to_date;
	const char *shown;
	int64_t definition_version;
	struct instant measured_at;
};
RECORD_DECLARE(released_row);

struct note_figures {
	struct note_figure *v;
	size_t n;
};

/* Measures everything that the note places, each figure and period once. What cannot be placed any more (a figure that
 * the program no longer has) is left out. Memory that measuring took is given back. */
struct err *note_figures_measure(const struct figure_call *call, struct instant now, const struct note *note,
				 struct note_figures *out) MUST_CHECK;
/* One: the same for a figure's own page. */
struct err *note_figure_measure(const struct figure_call *call, struct instant now, const struct figure *f,
				struct note_figure *out) MUST_CHECK;
/* NULL: not among them. */
const struct note_figure *note_figure_at(const struct note_figures *figures, const char *name, struct period period);

struct note_view { /* a note and what is shown in it */
	struct arena *arena;
	const struct note *note;
	bool frozen;
	struct note_figures figures; /* as it says them */
	struct note_figures today;   /* frozen: as they are now, where that is asked for */
};
/* Frozen figures of a note that was signed off, else measured ones. today: frozen ones are measured as well. */
struct err *note_view_load(const struct figure_call *call, struct instant now, const struct note *note, bool today,
			   struct note_view *out) MUST_CHECK;

/* How a frozen figure differs from what it is now: "today 52 (a later correction)"; NULL: it does not, or nobody asked.
 * Pure. */
const char *note_figure_drift(const struct note_view *view, const struct note_figure *frozen);
/* "51 of 210 schools in scope"; in words where there is nothing to count. */
const char *note_figure_full(struct arena *a, const struct note_figure *f);
/* "+3.2 percentage points", "−12", "no change"; NULL: one of them is not known. From the first to the second. */
const char *note_figure_change(struct arena *a, const struct note_figure *first, const struct note_figure *second);

/* ---- a placement as a table (note_table.c) ---- */

enum { NOTE_COLUMNS = 6 };
struct note_table {
	const char *caption;
	bool drawn;                   /* the caption stands above a drawing already */
	const char *head[NOTE_COLUMNS];
	bool numeric[NOTE_COLUMNS];
	size_t live;                  /* the column that says how it is today, on the screen alone; 0: none */
	size_t n_head, n_rows;
	const char *(*rows)[NOTE_COLUMNS];
	const char *change;          /* sentence below: of a comparison; NULL: none */
	const struct note_figure **points; /* n_points, in order; a row each, NULL: not worked out */
	size_t n_points;
};
/* The SVG of a chart; width in pixels, 0: as wide as there is room. Nothing when no point is known. */
void note_chart_draw(struct arena *a, struct html *h, const char *id, int width, const struct placement *placement,
		     const struct note_table *t);
/* False: none of its points is known to the view. */
bool note_table_of(const struct note_view *view, const struct placement *placement, struct note_table *out);
/* All figures of a signed note: figure, period, as published, today. */
void note_table_all(const struct note_view *view, struct note_table *out);
/* "Figures as measured on 6 February 2017": NULL for a note that is being written. */
const char *note_vintage(const struct note_view *view);

#endif
