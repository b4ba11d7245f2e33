/* Decisions about a note's text: which figures it places, and whether they can stand. Pure. */
#include "app/reporting/note.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

bool note_figure_parse(struct arena *a, const char *inside, const struct figure **figure_out,
		       struct period *period_out, const char **why_out)
{
	char word[16], name[64], from[16], to[16], rest[2];
	int n = sscanf(inside, " %15s %63s %15s %15s %1s", word, name, from, to, rest);

	if (n != 4 || !text_same(word, "figure")) {
		*why_out = "Write a figure as {{figure name from to}}, for example "
			   "{{figure staff-trained 2025-04-01 2026-03-31}}";
		return false;
	}
	*figure_out = figure_find(name);
	if (*figure_out == NULL) {
		*why_out = arena_printf(a,
					"There is no figure called %s. The names are on the "
					"figures page",
					name);
		return false;
	}
	if (!date_parse_iso(from, &period_out->from) || !date_parse_iso(to, &period_out->to)) {
		*why_out = arena_printf(a,
					"The dates of the figure %s must be real dates, "
					"written like 2026-03-31",
					name);
		return false;
	}
	if (date_compare(period_out->from, period_out->to) > 0) {
		*why_out = arena_printf(
			a, "The first date of the figure %s must be the earlier one", name);
		return false;
	}
	return true;
}

void note_check_figures(struct arena *a, const char *field, const char *text, size_t *placed,
			struct problems *problems)
{
	const char *at = text;

	while (at != NULL && (at = strstr(at, "{{")) != NULL) {
		const char *end = strstr(at, "}}");
		const struct figure *figure;
		struct period period;
		const char *why;

		if (end == NULL) {
			problem_add(a, problems, field, "Close the figure with }}");
			return;
		}
		if (++*placed > NOTE_FIGURES_MAX) {
			problem_add(a, problems, field, "A note can have at most %d figures in its text",
				    NOTE_FIGURES_MAX);
			return;
		}
		if (!note_figure_parse(a, arena_strndup(a, at + 2, (size_t)(end - at - 2)), &figure,
				       &period, &why)) {
			problem_add(a, problems, field, "%s", why);
		}
		at = end + 2;
	}
}
