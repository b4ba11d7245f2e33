/*
 * Figures in the text of a note. Three things can be placed, each between {{ and }}:
 *
 *   figure NAME FROM TO                        the value, in running text
 *   compare NAME FROM TO with FROM TO          two periods beside each other, on a line of its own
 *   chart NAME FROM TO by month|quarter|year   a chart and its table, on a line of its own
 *
 * Each asks a figure for one or more periods: its points. Pure: nothing here measures.
 */
#ifndef APP_REPORTING_PLACEMENT_H
#define APP_REPORTING_PLACEMENT_H

#include "core/feature.h"

enum placement_kind { PLACE_FIGURE, PLACE_COMPARE, PLACE_CHART };

enum {
	CHART_POINTS_MAX = 24, /* of one chart */
	NOTE_FIGURES_MAX = 50  /* points of a whole note: a draft is measured whenever it is shown */
};

struct placement {
	enum placement_kind kind;
	const char *name;      /* of the figure; it may be gone from the program since */
	struct period period;
	struct period with;    /* PLACE_COMPARE */
	int months;            /* PLACE_CHART: 1, 3 or 12 to a point */
};

struct point {
	const char *name;
	struct period period;
};

/* What stands between {{ and }}. NULL and *out filled, or a sentence for the person that says what is wrong. */
const char *placement_fault(struct arena *a, const char *inside, struct placement *out);
/* The same, and the figure must be one that the program measures. */
const char *placement_new_fault(struct arena *a, const char *inside, struct placement *out);

/* The periods that it asks for, in order of time; how many, at most CHART_POINTS_MAX. A chart's are cut from the first
 * day in steps of its months; the last one ends with the last day. */
size_t placement_points(const struct placement *placement, struct period out[CHART_POINTS_MAX]);

/* The next {{...}} in a text; NULL: there is none. *inside_out: what it holds; *end_out: what follows it. */
const char *placement_next(struct arena *a, const char *text, const char **inside_out, const char **end_out);

/* Everything placed in a text, checked: adds a problem on the field for each that cannot stand, and one when *points,
 * which counts over all fields of the note, grows beyond NOTE_FIGURES_MAX. */
void placements_check(struct arena *a, const char *field, const char *text, size_t *points,
		      struct problems *problems);

/* "April 2026", "April to June 2026", "April 2025 to March 2026" for whole months, otherwise both dates. */
const char *period_text(struct arena *a, struct period period);

#endif
