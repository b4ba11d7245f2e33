/* A note as an OpenDocument text: as it is printed, to be taken into a committee's papers. */
#include "app/reporting/note_inside.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "ui/odt_prose.h"
#include "work/odt.h"

enum { BODY_MAX = 8 * 1024 * 1024, CHART_WIDTH = 580, CHART_HEIGHT = 234 };

struct writing {
	const struct note_view *view;
	struct odt_picture pictures[NOTE_FIGURES_MAX];
	size_t n_pictures, tables;
};

static void element(struct buf *out, const char *style, const char *text)
{
	buf_printf(out, "<text:p text:style-name=\"%s\">", style);
	odt_text(out, text);
	buf_str(out, "</text:p>");
}

static void labelled(struct buf *out, const char *label, const char *text)
{
	buf_str(out, "<text:p text:style-name=\"Label\"><text:span text:style-name=\"Strong\">");
	odt_text(out, label);
	buf_str(out, "</text:span><text:tab/>");
	odt_text(out, text);
	buf_str(out, "</text:p>");
}

/* ---- what is placed ---- */

static void row(struct buf *out, const struct note_table *t, const char *const *cells, bool head)
{
	static const char *const styles[2][2] = { { "Cell", "CellNumber" }, { "CellHead", "CellHeadNumber" } };

	buf_str(out, "<table:table-row>");
	for (size_t i = 0; i < t->n_head; i++) {
		buf_str(out, "<table:table-cell table:style-name=\"Line\" office:value-type=\"string\">");
		element(out, styles[head][t->numeric[i]], cells[i]);
		buf_str(out, "</table:table-cell>");
	}
	buf_str(out, "</table:table-row>");
}

static void table(struct writing *w, struct buf *out, const struct note_table *t)
{
	buf_printf(out,
		   "<table:table table:name=\"Table %zu\" table:style-name=\"Grid\"><table:table-column "
		   "table:number-columns-repeated=\"%zu\"/><table:table-header-rows>",
		   ++w->tables, t->n_head);
	row(out, t, t->head, true);
	buf_str(out, "</table:table-header-rows>");
	for (size_t i = 0; i < t->n_rows; i++) {
		row(out, t, t->rows[i], false);
	}
	buf_str(out, "</table:table>");
	if (t->change != NULL) {
		element(out, "Body", t->change);
	}
}

static void picture(struct writing *w, struct buf *out, const struct placement *placement, const struct note_table *t)
{
	struct arena *a = w->view->arena;
	struct odt_picture *p = &w->pictures[w->n_pictures];
	struct html *svg = html_new(a, BODY_MAX);

	note_chart_draw(a, svg, "chart", CHART_WIDTH, placement, t);
	if (html_finish(svg) != NULL || html_bytes(svg).n == 0) {
		return; /* nothing known: the table says so */
	}
	p->name = arena_printf(a, "chart-%zu.svg", ++w->n_pictures);
	p->svg = html_bytes(svg);
	/* 96 CSS pixels to an inch */
	buf_printf(out,
		   "<text:p text:style-name=\"Body\"><draw:frame draw:name=\"Chart %zu\" text:anchor-type=\"as-char\" "
		   "svg:width=\"%.2fcm\" svg:height=\"%.2fcm\"><draw:image xlink:href=\"Pictures/%s\" xlink:type=\"simple\" "
		   "xlink:show=\"embed\" xlink:actuate=\"onLoad\"/><svg:title>",
		   w->n_pictures, CHART_WIDTH * 2.54 / 96, CHART_HEIGHT * 2.54 / 96, p->name);
	odt_text(out, t->caption);
	buf_str(out, "</svg:title><svg:desc>The numbers are in the table below.</svg:desc></draw:frame></text:p>");
}

static void place(void *context, struct buf *out, const char *inside)
{
	struct writing *w = context;
	struct placement placement;
	const struct note_figure *f = NULL;

	if (placement_fault(w->view->arena, arena_printf(w->view->arena, "figure %s", inside), &placement) == NULL) {
		f = note_figure_at(&w->view->figures, placement.name, placement.period);
	}
	odt_text(out, f != NULL ? f->shown : "[There is no such figure]");
}

static void block(void *context, struct buf *out, const char *inside)
{
	struct writing *w = context;
	struct placement placement;
	struct note_table t;

	if (placement_fault(w->view->arena, inside, &placement) != NULL || !note_table_of(w->view, &placement, &t)) {
		element(out, "Body", "[There is no such figure]");
		return;
	}
	element(out, "Caption", t.caption);
	if (placement.kind == PLACE_CHART && w->n_pictures < NOTE_FIGURES_MAX) {
		picture(w, out, &placement, &t);
	}
	table(w, out, &t);
}

/* ---- the whole ---- */

static void head(struct arena *a, struct buf *out, const struct note *note)
{
	element(out, "Title", note->subject);
	if (!note_is_signed(note->state)) {
		labelled(out, "State:", "Draft. Not signed off");
	}
	if (note->state == NOTE_EXEMPT) {
		labelled(out, "Exempt:", arena_printf(a, "Not for publication. Local Government Act 1972, Schedule 12A, paragraph %s",
						      words_label(&exempt_words, note->exempt_under)));
	}
	labelled(out, "To:", note->addressed_to);
	labelled(out, "Date:", date_long(a, note->dated));
	labelled(out, "Subject:", note->subject);
}

static void foot(struct writing *w, struct buf *out)
{
	const struct note *note = w->view->note;
	struct arena *a = w->view->arena;
	struct note_table t;

	element(out, "Author", note->author);
	if (!w->view->frozen) {
		return;
	}
	element(out, "Body", arena_printf(a, "Signed off by %s on %s.", note->signed_by,
					  date_long(a, instant_date(note->signed_at))));
	if (w->view->figures.n > 0) {
		note_table_all(w->view, &t);
		element(out, "Body", note_vintage(w->view));
		element(out, "Caption", t.caption);
		table(w, out, &t);
	}
}

struct err *note_odt(const struct figure_call *call, struct instant now, const struct note *note, struct bytes *out)
{
	struct arena *a = call->arena;
	struct writing *w = ARENA_NEW(a, struct writing, 1);
	struct note_view view;
	struct buf body;

	TRY(note_view_load(call, now, note, false, &view));
	w->view = &view;
	buf_init(&body, a, BODY_MAX);
	head(a, &body, note);
	odt_prose(&body, a, &(struct odt_prose){ .text = note_text(a, note),
						 .numbered = true,
						 .place = place,
						 .block = block,
						 .context = w });
	foot(w, &body);
	return odt_make(a, now,
			&(struct odt_document){ .title = note->subject,
						.body = { (const unsigned char *)body.p, body.n },
						.pictures = w->pictures,
						.n_pictures = w->n_pictures },
			out);
}

struct err *note_odt_page(struct page *p)
{
	struct figure_call call = note_call(p);
	struct note note;
	struct bytes file;

	TRY(note_of_page(p, &note));
	TRY(note_odt(&call, p->now, &note, &file));
	page_bytes(p, ODT_TYPE, file, arena_printf(p->arena, "note-%s.odt", note.reference));
	p->response->compress = false; /* it is packed already */
	return NULL;
}
