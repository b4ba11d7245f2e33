/* A note as Markdown: its four parts as one text, and the whole with what is placed in it, for the command line. */
#include <string.h>

#include "app/reporting/note_figure.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

const char *note_text(struct arena *a, const struct note *note)
{
	struct buf b;
	const char *line = note->background_papers;

	buf_init(&b, a, 1 << 20);
	buf_printf(&b, "## Purpose of the note\n\n%s\n\n", note->purpose);
	buf_printf(&b, "## Recommendations\n\n%s\n\n", note->recommendations);
	buf_printf(&b, "## Information and background\n\n%s\n\n", note->information);
	if (!text_empty(line)) {
		buf_str(&b, "## Background papers\n\n");
	}
	while (!text_empty(line)) {
		size_t n = strcspn(line, "\n");

		if (n > 0) {
			buf_printf(&b, "- %.*s\n", (int)n, line);
		}
		line += n + (line[n] == '\n' ? 1 : 0);
	}
	return b.p;
}

/* ---- with its figures ---- */

static void add_row(struct buf *out, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "| %s ", cells[i]);
	}
	buf_str(out, "|\n");
}

static void add_table(struct buf *out, const struct note_table *t)
{
	buf_printf(out, "%s:\n\n", t->caption);
	add_row(out, t->head, t->n_head);
	for (size_t i = 0; i < t->n_head; i++) {
		buf_str(out, t->numeric[i] ? "| ---: " : "| --- ");
	}
	buf_str(out, "|\n");
	for (size_t i = 0; i < t->n_rows; i++) {
		add_row(out, t->rows[i], t->n_head);
	}
	if (t->change != NULL) {
		buf_printf(out, "\n%s", t->change);
	}
}

static void add_placed(const struct note_view *view, const char *inside, struct buf *out)
{
	struct placement placement;
	struct note_table table;
	const char *why = placement_fault(view->arena, inside, &placement);

	if (why == NULL && !note_table_of(view, &placement, &table)) {
		why = arena_printf(view->arena, "There is no figure called %s", placement.name);
	}
	if (why != NULL) {
		buf_printf(out, "[%s]", why);
	} else if (placement.kind == PLACE_FIGURE) {
		buf_str(out, table.points[0]->shown);
	} else {
		add_table(out, &table);
	}
}

struct err *note_markdown(const struct figure_call *call, const struct note *note, struct buf *out)
{
	struct arena *a = call->arena;
	const char *text = note_text(a, note), *at, *inside, *end;
	struct note_view view;

	TRY(note_view_load(call, note->signed_at, note, false, &view));
	buf_printf(out, "**To: %s**\n\n**Date: %s**\n\n**Subject: %s**\n\n", note->addressed_to,
		   date_long(a, note->dated), note->subject);
	for (; (at = placement_next(a, text, &inside, &end)) != NULL; text = end) {
		buf_add(out, text, (size_t)(at - text));
		add_placed(&view, inside, out);
	}
	buf_printf(out, "%s\n%s\n", text, note->author);
	if (view.frozen) {
		buf_printf(out, "\nSigned off by %s on %s. %s\n", note->signed_by,
			   date_long(a, instant_date(note->signed_at)), note_vintage(&view));
	}
	return NULL;
}
