/* The figures of a note: measured, kept, and what has changed since. */
#include "app/reporting/note_figure.h"

#include <math.h>
#include <stdio.h>

#include "app/reporting/note.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field note_figure_fields[] = {
	FIELD(struct note_figure, note_id),
	FIELD(struct note_figure, authority_id),
	FIELD(struct note_figure, figure),
	FIELD(struct note_figure, from_date),
	FIELD(struct note_figure, to_date),
	FIELD(struct note_figure, label),
	FIELD(struct note_figure, share),
	FIELD(struct note_figure, definition_version),
	FIELD(struct note_figure, definition),
	FIELD(struct note_figure, numerator_label),
	FIELD(struct note_figure, denominator_label, .flags = F_NULLABLE),
	FIELD(struct note_figure, numerator),
	FIELD(struct note_figure, denominator),
	FIELD(struct note_figure, known),
	FIELD(struct note_figure, low),
	FIELD(struct note_figure, high),
	FIELD(struct note_figure, asked),
	FIELD(struct note_figure, excluded),
	FIELD(struct note_figure, shown),
	FIELD(struct note_figure, measured_at),
	FIELD_END,
};
RECORD(note_figure, note_figure_fields);

static const struct field note_arg_fields[] = {
	FIELD(struct note_arg, authority_id),
	FIELD(struct note_arg, note_id),
	FIELD_END,
};
RECORD(note_arg, note_arg_fields);

static const struct field released_arg_fields[] = {
	FIELD(struct released_arg, authority_id), FIELD(struct released_arg, figure),
	FIELD(struct released_arg, sees),	  FIELD(struct released_arg, row_limit),
	FIELD_END,
};
RECORD(released_arg, released_arg_fields);

static const struct field released_row_fields[] = {
	FIELD(struct released_row, reference),
	FIELD(struct released_row, subject),
	FIELD(struct released_row, dated),
	FIELD(struct released_row, from_date),
	FIELD(struct released_row, to_date),
	FIELD(struct released_row, shown),
	FIELD(struct released_row, definition_version),
	FIELD(struct released_row, measured_at),
	FIELD_END,
};
RECORD(released_row, released_row_fields);

/* ---- measuring ---- */

enum { EXCLUDED_MAX = 4000, SHOWN_MAX = 40 };

struct err *note_figure_measure(const struct figure_call *call, struct instant now, const struct figure *f,
				struct note_figure *out)
{
	/* Coverage of a national register takes megabytes to work out: only what is said of it stays. */
	struct arena_mark mark = arena_mark(call->arena);
	char excluded[EXCLUDED_MAX], shown[SHOWN_MAX];
	struct figure_value value = { 0 };

	TRY(f->measure(call, &value));
	snprintf(excluded, sizeof(excluded), "%s", value.excluded != NULL ? value.excluded : "");
	snprintf(shown, sizeof(shown), "%s", figure_text(call->arena, f, &value));
	arena_rewind(call->arena, mark);
	*out = (struct note_figure){
		.authority_id = call->authority_id,
		.figure = f->name,
		.from_date = call->period.from,
		.to_date = call->period.to,
		.label = f->label,
		.share = f->kind == FIGURE_SHARE,
		.definition_version = f->version,
		.definition = f->definition,
		.numerator_label = f->numerator_label,
		.denominator_label = f->denominator_label,
		.numerator = value.numerator,
		.denominator = value.denominator,
		.known = value.known,
		.low = value.low,
		.high = value.high,
		.asked = value.asked,
		.excluded = arena_strdup(call->arena, excluded),
		.shown = arena_strdup(call->arena, shown),
		.measured_at = now,
	};
	return NULL;
}

const struct note_figure *note_figure_at(const struct note_figures *figures, const char *name, struct period period)
{
	for (size_t i = 0; i < figures->n; i++) {
		const struct note_figure *f = &figures->v[i];

		if (text_same(f->figure, name) && date_compare(f->from_date, period.from) == 0 &&
		    date_compare(f->to_date, period.to) == 0) {
			return f;
		}
	}
	return NULL;
}

/* Adds what is not there yet; the bound holds even for a text that was stored before it was checked. */
static struct err *measure_points(const struct figure_call *call, struct instant now, const struct placement *placement,
				  struct note_figures *out)
{
	const struct figure *f = figure_find(placement->name);
	struct period periods[CHART_POINTS_MAX];
	size_t n = placement_points(placement, periods);

	for (size_t i = 0; i < n && f != NULL && out->n < NOTE_FIGURES_MAX; i++) {
		struct figure_call one = *call;

		if (note_figure_at(out, placement->name, periods[i]) == NULL) {
			one.period = periods[i];
			TRY(note_figure_measure(&one, now, f, &out->v[out->n]));
			out->n++;
		}
	}
	return NULL;
}

struct err *note_figures_measure(const struct figure_call *call, struct instant now, const struct note *note,
				 struct note_figures *out)
{
	const char *const texts[] = { note->purpose, note->recommendations, note->information,
				      note->background_papers };
	const char *inside, *rest;
	struct placement placement;

	*out = (struct note_figures){ .v = ARENA_NEW(call->arena, struct note_figure, NOTE_FIGURES_MAX) };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		rest = texts[i];
		while (placement_next(call->arena, rest, &inside, &rest) != NULL) {
			if (placement_fault(call->arena, inside, &placement) == NULL) {
				TRY(measure_points(call, now, &placement, out));
			}
		}
	}
	return NULL;
}

struct err *note_view_load(const struct figure_call *call, struct instant now, const struct note *note, bool today,
			   struct note_view *out)
{
	const struct note_arg key = { call->authority_id, note->id };

	*out = (struct note_view){ .arena = call->arena, .note = note, .frozen = note_is_signed(note->state) };
	if (!out->frozen) {
		return note_figures_measure(call, now, note, &out->figures);
	}
	TRY(sql_note_figures_kept(call->arena, call->db, &key, &out->figures.v, &out->figures.n));
	return today ? note_figures_measure(call, now, note, &out->today) : NULL;
}

/* ---- in words ---- */

const char *note_figure_full(struct arena *a, const struct note_figure *f)
{
	if (!f->known) {
		return "not known: nothing to count";
	}
	if (text_empty(f->denominator_label)) {
		return arena_printf(a, "%s %s", text_thousands(a, f->numerator), f->numerator_label);
	}
	return arena_printf(a, "%s of %s %s", text_thousands(a, f->numerator), text_thousands(a, f->denominator),
			    f->denominator_label);
}

static bool same_value(const struct note_figure *a, const struct note_figure *b)
{
	return a->known == b->known && a->numerator == b->numerator && a->denominator == b->denominator;
}

const char *note_figure_drift(const struct note_view *view, const struct note_figure *frozen)
{
	const struct period period = { frozen->from_date, frozen->to_date };
	const struct note_figure *now = note_figure_at(&view->today, frozen->figure, period);
	struct arena *a = view->arena;
	const char *value;

	if (!view->frozen || view->today.v == NULL) {
		return NULL;
	}
	if (now == NULL) {
		return "no longer measured";
	}
	if (same_value(frozen, now)) {
		return NULL;
	}
	value = text_same(frozen->shown, now->shown)
			? arena_printf(a, "%s (%s)", now->shown, note_figure_full(a, now))
			: now->shown;
	if (frozen->definition_version != now->definition_version) {
		return arena_printf(a, "today %s (by version %lld of the definition)", value,
				    (long long)now->definition_version);
	}
	return arena_printf(a, "today %s (a later correction)", value);
}

const char *note_figure_change(struct arena *a, const struct note_figure *first, const struct note_figure *second)
{
	int64_t count = second->numerator - first->numerator;
	double points;
	const char *sign;

	if (!first->known || !second->known) {
		return NULL;
	}
	if (!first->share) {
		sign = count > 0 ? "+" : "\u2212";
		return count == 0 ? "no change"
				  : arena_printf(a, "%s%s", sign, text_thousands(a, count > 0 ? count : -count));
	}
	points = 100 * ((double)second->numerator / (double)second->denominator -
			(double)first->numerator / (double)first->denominator);
	sign = points > 0 ? "+" : "\u2212";
	return fabs(points) < 0.05 ? "no change" : arena_printf(a, "%s%.1f percentage points", sign, fabs(points));
}

const char *note_vintage(const struct note_view *view)
{
	if (!view->frozen) {
		return NULL;
	}
	return arena_printf(view->arena, "Figures as they were on %s, when the note was signed off.",
			    date_long(view->arena, instant_date(view->note->signed_at)));
}
