/* What a note places as a table, in words: drawn by the page, the Markdown and the OpenDocument text alike. */
#include <string.h>

#include "app/reporting/note_figure.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static void add_column(struct note_table *t, const char *heading, bool numeric)
{
	t->numeric[t->n_head] = numeric;
	t->head[t->n_head++] = heading;
}

static const char *capital(struct arena *a, const char *text)
{
	char *copy = arena_strdup(a, text);

	if (copy[0] >= 'a' && copy[0] <= 'z') {
		copy[0] = (char)(copy[0] - 'a' + 'A');
	}
	return copy;
}

static const char *percent(struct arena *a, double share)
{
	return arena_printf(a, "%.1f%%", 100 * share);
}

/* Where a figure stands alone in a text it is rounded; beside others with one decimal, so that a change adds up. */
static void value_cells(struct arena *a, const struct note_figure *f, const char **cells, size_t *n)
{
	cells[(*n)++] = f->known ? text_thousands(a, f->numerator) : "not known";
	if (!text_empty(f->denominator_label)) {
		cells[(*n)++] = text_thousands(a, f->denominator);
	}
	if (f->share) {
		cells[(*n)++] = f->known ? percent(a, (double)f->numerator / (double)f->denominator) : "not known";
		cells[(*n)++] = f->known ? arena_printf(a, "%s to %s", percent(a, f->low), percent(a, f->high)) : "not known";
	}
}

static const struct note_figure *find_points(const struct note_view *view, const struct placement *placement,
					     struct note_table *t)
{
	const struct note_figure *any = NULL;
	struct period periods[CHART_POINTS_MAX];

	t->n_points = placement_points(placement, periods);
	t->points = ARENA_NEW(view->arena, const struct note_figure *, t->n_points);
	for (size_t i = 0; i < t->n_points; i++) {
		t->points[i] = note_figure_at(&view->figures, placement->name, periods[i]);
		any = t->points[i] != NULL ? t->points[i] : any;
	}
	return any;
}

static void point_rows(const struct note_view *view, struct note_table *t, bool drifts)
{
	struct arena *a = view->arena;

	for (size_t i = 0; i < t->n_points; i++) {
		const struct note_figure *f = t->points[i];
		const char **cells = t->rows[t->n_rows];
		size_t n = 1;

		if (f == NULL) {
			continue;
		}
		cells[0] = period_text(a, (struct period){ f->from_date, f->to_date });
		value_cells(a, f, cells, &n);
		if (drifts) {
			const char *drift = note_figure_drift(view, f);

			cells[n] = drift != NULL ? capital(a, drift) : "The same";
		}
		t->n_rows++;
	}
}

static const char *change_of(struct arena *a, const struct note_table *t)
{
	const char *change;

	if (t->n_rows != 2) {
		return NULL;
	}
	change = note_figure_change(a, t->points[0], t->points[1]);
	return arena_printf(a, "Change from the first period to the second: %s.", change != NULL ? change : "not known");
}

static const char *caption_of(struct arena *a, const struct placement *placement, const struct note_figure *f)
{
	static const char *const steps[] = { [1] = "month", [3] = "quarter", [12] = "year" };

	if (placement->kind == PLACE_CHART) {
		return arena_printf(a, "%s by %s, %s to %s", f->label, steps[placement->months],
				    date_long(a, placement->period.from), date_long(a, placement->period.to));
	}
	return placement->kind == PLACE_COMPARE ? arena_printf(a, "%s in two periods", f->label) : f->label;
}

bool note_table_of(const struct note_view *view, const struct placement *placement, struct note_table *out)
{
	struct arena *a = view->arena;
	const struct note_figure *any;
	bool drifts = false;

	*out = (struct note_table){ 0 };
	any = find_points(view, placement, out);
	if (any == NULL) {
		return false;
	}
	for (size_t i = 0; i < out->n_points; i++) {
		drifts = drifts || (out->points[i] != NULL && note_figure_drift(view, out->points[i]) != NULL);
	}
	out->caption = caption_of(a, placement, any);
	add_column(out, "Period", false);
	add_column(out, capital(a, any->numerator_label), true);
	if (!text_empty(any->denominator_label)) {
		add_column(out, arena_printf(a, "Of %s", any->denominator_label), true);
	}
	if (any->share) {
		add_column(out, "Share", true);
		add_column(out, "95% interval", true);
	}
	if (drifts) {
		out->live = out->n_head;
		add_column(out, "Since then", false);
	}
	out->rows = arena_array(a, sizeof(*out->rows), out->n_points);
	point_rows(view, out, drifts);
	if (placement->kind == PLACE_COMPARE) {
		out->change = change_of(a, out);
	}
	return true;
}

void note_table_all(const struct note_view *view, struct note_table *out)
{
	struct arena *a = view->arena;

	*out = (struct note_table){ .caption = "Figures of this note, as they were measured" };
	add_column(out, "Figure", false);
	add_column(out, "Period", false);
	add_column(out, "In the note", true);
	add_column(out, "Counted", false);
	add_column(out, "Definition", false);
	if (view->today.v != NULL) {
		out->live = out->n_head;
		add_column(out, "Today", false);
	}
	out->rows = arena_array(a, sizeof(*out->rows), view->figures.n);
	for (size_t i = 0; i < view->figures.n; i++) {
		const struct note_figure *f = &view->figures.v[i];
		const char **cells = out->rows[out->n_rows++];
		const char *drift = note_figure_drift(view, f);

		cells[0] = f->label;
		cells[1] = period_text(a, (struct period){ f->from_date, f->to_date });
		cells[2] = f->shown;
		cells[3] = f->share && f->known ? arena_printf(a, "%s, 95%% interval %s to %s", note_figure_full(a, f),
							       percent(a, f->low), percent(a, f->high))
						: note_figure_full(a, f);
		cells[4] = arena_printf(a, "Version %lld", (long long)f->definition_version);
		cells[5] = drift != NULL ? capital(a, drift) : "The same";
	}
}
