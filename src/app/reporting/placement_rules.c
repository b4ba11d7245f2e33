/* What is placed in the text of a note: how it is written, which periods it asks for. Pure. */
#include <stdio.h>
#include <string.h>

#include "app/reporting/placement.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* ---- one ---- */

static const char *how(enum placement_kind kind)
{
	switch (kind) {
	case PLACE_COMPARE:
		return "Write a comparison as {{compare name from to with from to}}, for example {{compare "
		       "staff-trained 2025-04-01 2026-03-31 with 2024-04-01 2025-03-31}}";
	case PLACE_CHART:
		return "Write a chart as {{chart name from to by month}}, by quarter or by year, for example {{chart "
		       "staff-trained 2025-04-01 2026-03-31 by month}}";
	case PLACE_FIGURE:
		break;
	}
	return "Write a figure as {{figure name from to}}, for example {{figure staff-trained 2025-04-01 2026-03-31}}";
}

static const char *period_fault(struct arena *a, const char *name, const char *from, const char *to,
				struct period *out)
{
	if (!date_parse_iso(from, &out->from) || !date_parse_iso(to, &out->to)) {
		return arena_printf(a, "The dates of the figure %s must be real dates, written like 2026-03-31", name);
	}
	if (date_compare(out->from, out->to) > 0) {
		return arena_printf(a, "The first date of the figure %s must be the earlier one", name);
	}
	return NULL;
}

static int months_of(const char *word)
{
	return text_same(word, "month") ? 1 : text_same(word, "quarter") ? 3 : text_same(word, "year") ? 12 : 0;
}

static struct date chart_step(const struct placement *placement, int i)
{
	return date_add_months(placement->period.from, i * placement->months);
}

/* Words of a placement: kind, name, from, to; compare: "with", from, to; chart: "by", step. */
enum { WORD = 64, WORDS = 8 };

static const char *extra_fault(struct arena *a, char words[WORDS][WORD], int n, struct placement *out)
{
	if (out->kind == PLACE_FIGURE) {
		return n == 4 ? NULL : how(out->kind);
	}
	if (out->kind == PLACE_COMPARE) {
		return n == 7 && text_same(words[4], "with")
			       ? period_fault(a, out->name, words[5], words[6], &out->with)
			       : how(out->kind);
	}
	out->months = n == 6 && text_same(words[4], "by") ? months_of(words[5]) : 0;
	if (out->months == 0) {
		return how(out->kind);
	}
	if (date_compare(chart_step(out, CHART_POINTS_MAX), out->period.to) <= 0) {
		return arena_printf(a, "A chart can have at most %d bars: choose a shorter period or longer steps for %s",
				    CHART_POINTS_MAX, out->name);
	}
	return NULL;
}

const char *placement_fault(struct arena *a, const char *inside, struct placement *out)
{
	char words[WORDS][WORD] = { "" };
	int n = sscanf(inside, " %63s %63s %63s %63s %63s %63s %63s %63s", words[0], words[1], words[2], words[3],
		       words[4], words[5], words[6], words[7]);
	const char *why;

	*out = (struct placement){ .kind = text_same(words[0], "compare") ? PLACE_COMPARE
					   : text_same(words[0], "chart") ? PLACE_CHART
									  : PLACE_FIGURE };
	if (n < 4 || (out->kind == PLACE_FIGURE && !text_same(words[0], "figure"))) {
		return how(out->kind);
	}
	out->name = arena_strdup(a, words[1]);
	why = period_fault(a, out->name, words[2], words[3], &out->period);
	return why != NULL ? why : extra_fault(a, words, n, out);
}

const char *placement_new_fault(struct arena *a, const char *inside, struct placement *out)
{
	const char *why = placement_fault(a, inside, out);

	if (why == NULL && figure_find(out->name) == NULL) {
		return arena_printf(a, "There is no figure called %s. The names are on the figures page", out->name);
	}
	return why;
}

/* ---- its points ---- */

static size_t compare_points(const struct placement *placement, struct period *out)
{
	bool earlier = date_compare(placement->with.from, placement->period.from) < 0;

	out[0] = earlier ? placement->with : placement->period;
	out[1] = earlier ? placement->period : placement->with;
	return 2;
}

size_t placement_points(const struct placement *placement, struct period out[CHART_POINTS_MAX])
{
	size_t n = 0;

	if (placement->kind == PLACE_COMPARE) {
		return compare_points(placement, out);
	}
	if (placement->kind == PLACE_FIGURE) {
		out[0] = placement->period;
		return 1;
	}
	while (n < CHART_POINTS_MAX && date_compare(chart_step(placement, (int)n), placement->period.to) <= 0) {
		struct date next = chart_step(placement, (int)n + 1);
		struct date last = date_add_days(next, -1);

		out[n].from = chart_step(placement, (int)n);
		out[n].to = date_compare(last, placement->period.to) > 0 ? placement->period.to : last;
		n++;
	}
	return n;
}

/* ---- in a text ---- */

const char *placement_next(struct arena *a, const char *text, const char **inside_out, const char **end_out)
{
	const char *at = text != NULL ? strstr(text, "{{") : NULL;
	const char *end = at != NULL ? strstr(at, "}}") : NULL;

	if (end == NULL) {
		return NULL;
	}
	*inside_out = arena_strndup(a, at + 2, (size_t)(end - at - 2));
	*end_out = end + 2;
	return at;
}

/* An empty line, or the edge of the text, before and after. */
static bool stands_alone(const char *text, const char *at, const char *end)
{
	bool before = at == text || (at[-1] == '\n' && (at == text + 1 || at[-2] == '\n'));
	bool after = *end == '\0' || (end[0] == '\n' && (end[1] == '\0' || end[1] == '\n'));

	return before && after;
}

void placements_check(struct arena *a, const char *field, const char *text, size_t *points,
		      struct problems *problems)
{
	const char *at, *inside, *end, *rest = text;
	struct period periods[CHART_POINTS_MAX];
	struct placement placement;

	while ((at = placement_next(a, rest, &inside, &end)) != NULL) {
		const char *why = placement_new_fault(a, inside, &placement);

		if (why != NULL) {
			problem_add(a, problems, field, "%s", why);
		} else if (placement.kind != PLACE_FIGURE && !stands_alone(text, at, end)) {
			problem_add(a, problems, field, "Put {{%s}} on a line of its own, with an empty line before and after it",
				    inside);
		}
		*points += why == NULL ? placement_points(&placement, periods) : 1;
		if (*points > NOTE_FIGURES_MAX) {
			problem_add(a, problems, field,
				    "A note can have at most %d figures in its text. Each bar of a chart is one",
				    NOTE_FIGURES_MAX);
			return;
		}
		rest = end;
	}
	if (rest != NULL && strstr(rest, "{{") != NULL) {
		problem_add(a, problems, field, "Close the figure with }}");
	}
}

/* ---- a period in words ---- */

const char *period_text(struct arena *a, struct period period)
{
	const char *from = date_long(a, period.from), *to = date_long(a, period.to);
	const char *month = strchr(from, ' ') + 1, *last = strchr(to, ' ') + 1;
	bool same_year = period.from.year == period.to.year;

	if (period.from.day != 1 || date_add_days(period.to, 1).day != 1) {
		return arena_printf(a, "%s to %s", from, to);
	}
	if (same_year && period.from.month == period.to.month) {
		return month;
	}
	if (same_year) {
		return arena_printf(a, "%.*s to %s", (int)strcspn(month, " "), month, last);
	}
	return arena_printf(a, "%s to %s", month, last);
}
