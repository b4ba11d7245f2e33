/* What is placed in a note, on the page: a figure in its sentence, a comparison, a chart. */
#include "app/reporting/note_inside.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

struct placing {
	struct page *page;
	const struct note_view *view;
	int charts; /* so far: their ids */
};

/* ---- in a sentence ---- */

static struct url link_kept(struct arena *a, const struct note_figure *f)
{
	const struct figure *figure = figure_find(f->figure);

	return figure != NULL ? link_figure(a, figure, (struct period){ f->from_date, f->to_date }) : (struct url){ NULL };
}

static void place_figure(void *context, struct html *h, const char *inside)
{
	struct placing *placing = context;
	struct arena *a = placing->view->arena;
	const struct note_figure *f;
	struct placement placement;
	const char *drift, *why = placement_fault(a, arena_printf(a, "figure %s", inside), &placement);

	if (why != NULL) {
		html_text(h, arena_printf(a, "[%s]", why));
		return;
	}
	f = note_figure_at(&placing->view->figures, placement.name, placement.period);
	if (f == NULL) {
		html_text(h, arena_printf(a, "[There is no figure called %s]", placement.name));
		return;
	}
	if (link_kept(a, f).s != NULL) {
		ui_anchor(h, link_kept(a, f), f->shown);
	} else {
		html_text(h, f->shown);
	}
	drift = note_figure_drift(placing->view, f);
	if (drift != NULL) {
		LIT(h, " <span class=\"app-correction app-no-print\">[as published ");
		html_text(h, f->shown);
		LIT(h, "; ");
		html_text(h, drift);
		LIT(h, "]</span>");
	}
}

/* ---- a table ---- */

static const char *class_of(const struct note_table *t, size_t column)
{
	return t->live > 0 && column == t->live ? "app-no-print" : NULL;
}

void note_table_draw(struct page *p, const struct note_table *t)
{
	struct ui_cell head[NOTE_COLUMNS];
	const struct ui_table table = {
		.caption = t->caption,
		.caption_classes = t->drawn ? "govuk-visually-hidden" : NULL,
		.head = head,
		.n_head = t->n_head,
		.scrolls = true,
	};

	for (size_t i = 0; i < t->n_head; i++) {
		head[i] = (struct ui_cell){ .text = t->head[i],
					    .format = t->numeric[i] ? "numeric" : NULL,
					    .classes = class_of(t, i) };
	}
	ui_table_begin(p->html, &table);
	for (size_t row = 0; row < t->n_rows; row++) {
		ui_row_begin(p->html);
		for (size_t i = 0; i < t->n_head; i++) {
			ui_cell(p->html, &(struct ui_cell){ .text = t->rows[row][i],
							    .format = t->numeric[i] ? "numeric" : NULL,
							    .classes = class_of(t, i),
							    .header = i == 0 });
		}
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	if (t->change != NULL) {
		ui_paragraph(p->html, t->change);
	}
}

/* ---- a comparison, a chart ---- */

static double value_of(const struct note_figure *f)
{
	if (f == NULL || !f->known) {
		return 0;
	}
	return f->share ? (double)f->numerator / (double)f->denominator : (double)f->numerator;
}

static void comparison_bars(struct arena *a, struct html *h, const char *id, const struct note_table *t)
{
	struct ui_bar bars[2] = { { 0 } };

	for (size_t i = 0; i < t->n_rows && i < 2; i++) {
		bars[i] = (struct ui_bar){ .label = t->rows[i][0],
					   .value = value_of(t->points[i]),
					   .value_text = t->points[i]->shown };
	}
	ui_bar_chart(h, &(struct ui_bar_chart){ .id = id,
						.title = t->caption,
						.description = "The numbers are in the table below.",
						.max = t->points[0]->share ? 1 : 0,
						.bars = bars,
						.n_bars = t->n_rows });
}

void note_chart_draw(struct arena *a, struct html *h, const char *id, int width, const struct placement *placement,
		     const struct note_table *t)
{
	struct ui_column *columns = ARENA_NEW(a, struct ui_column, t->n_points);
	const struct note_figure *highest = NULL;

	for (size_t i = 0; i < t->n_points; i++) {
		const struct note_figure *f = t->points[i];

		columns[i] = (struct ui_column){ .value = value_of(f), .known = f != NULL && f->known };
		if (columns[i].known && f->share) {
			columns[i].low = f->low;
			columns[i].high = f->high;
		}
		if (columns[i].known && (highest == NULL || columns[i].value > value_of(highest))) {
			highest = f;
		}
	}
	if (highest == NULL) {
		return; /* nothing known: the table says so */
	}
	double end = highest->share ? 1 : ui_scale_end(value_of(highest));

	ui_column_chart(h, &(struct ui_column_chart){
				   .id = id,
				   .title = t->caption,
				   .description = arena_printf(
					   a, "The highest is %s, in %s. The numbers are in the table below.", highest->shown,
					   period_text(a, (struct period){ highest->from_date, highest->to_date })),
				   .top_text = highest->share ? "100%" : text_thousands(a, (int64_t)end),
				   .start_text = date_short(a, placement->period.from),
				   .end_text = date_short(a, placement->period.to),
				   .max = end,
				   .width = width,
				   .columns = columns,
				   .n_columns = t->n_points });
}

void note_graph_draw(struct page *p, const char *id, const struct placement *placement, struct note_table *t)
{
	LIT(p->html, "<p class=\"govuk-body govuk-!-font-weight-bold\">");
	html_text(p->html, t->caption);
	LIT(p->html, "</p>");
	t->drawn = true; /* the table keeps its caption for who does not see the page */
	if (placement->kind == PLACE_CHART) {
		note_chart_draw(p->arena, p->html, id, 0, placement, t);
	} else if (t->n_rows == 2) {
		comparison_bars(p->arena, p->html, id, t);
	}
	note_table_draw(p, t);
}

static void place_block(void *context, struct html *h, const char *inside)
{
	struct placing *placing = context;
	struct arena *a = placing->view->arena;
	struct placement placement;
	struct note_table table;
	const char *id, *why = placement_fault(a, inside, &placement);

	if (why == NULL && !note_table_of(placing->view, &placement, &table)) {
		why = arena_printf(a, "There is no figure called %s", placement.name);
	}
	if (why != NULL) {
		ui_paragraph(h, arena_printf(a, "[%s]", why));
		return;
	}
	id = arena_printf(a, "chart-%d", ++placing->charts);
	note_graph_draw(placing->page, id, &placement, &table);
}

void note_body(struct page *p, const struct note_view *view)
{
	struct placing placing = { .page = p, .view = view };
	const struct ui_prose prose = {
		.text = note_text(p->arena, view->note),
		.heading_level = 2,
		.numbered = true,
		.place = place_figure,
		.block = place_block,
		.context = &placing,
	};

	LIT(p->html, "<div class=\"app-note\">");
	ui_prose(p->html, p->arena, &prose);
	ui_paragraph(p->html, view->note->author);
	LIT(p->html, "</div>");
}
