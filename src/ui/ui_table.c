#include "ui/components.h"
#include "ui/write.h"

static void spans(struct html *h, const struct ui_cell *c)
{
	ui_number(h, "colspan", c->colspan);
	ui_number(h, "rowspan", c->rowspan);
	ui_attributes(h, c->attributes);
}

static void content(struct html *h, const struct ui_cell *c)
{
	if (c->tag_colour != NULL && ui_given(c->text)) {
		LIT(h, "<strong class=\"govuk-tag govuk-tag--");
		html_text(h, c->tag_colour);
		LIT(h, "\">");
		html_text(h, c->text);
		LIT(h, "</strong>");
	} else if (ui_given(c->href.s)) {
		ui_anchor(h, c->href, c->text);
	} else {
		ui_put(h, c->text, c->html);
	}
}

static void head_cell(struct html *h, const struct ui_cell *c)
{
	LIT(h, "<th scope=\"col\" class=\"govuk-table__header");
	if (ui_given(c->format)) {
		LIT(h, " govuk-table__header--");
		html_text(h, c->format);
	}
	ui_classes(h, c->classes);
	LIT(h, "\"");
	ui_unless_empty(h, "aria-sort", c->sort);
	spans(h, c);
	LIT(h, ">");
	content(h, c);
	LIT(h, "</th>");
}

/* Nothing but what it holds, as nearly every cell of a list: its tag is one literal. */
static bool is_bare(const struct ui_cell *c)
{
	return c->format == NULL && c->classes == NULL && c->colspan == 0 && c->rowspan == 0 &&
	       c->attributes == NULL;
}

static void open_cell(struct html *h, const struct ui_cell *c)
{
	if (c->header) {
		LIT(h, "<th scope=\"row\" class=\"govuk-table__header");
	} else {
		LIT(h, "<td class=\"govuk-table__cell");
		if (ui_given(c->format)) {
			LIT(h, " govuk-table__cell--");
			html_text(h, c->format);
		}
	}
	ui_classes(h, c->classes);
	LIT(h, "\"");
	spans(h, c);
	LIT(h, ">");
}

void ui_cell_begin(struct html *h, const struct ui_cell *c)
{
	if (!is_bare(c)) {
		open_cell(h, c);
	} else if (c->header) {
		LIT(h, "<th scope=\"row\" class=\"govuk-table__header\">");
	} else {
		LIT(h, "<td class=\"govuk-table__cell\">");
	}
}

void ui_cell_end(struct html *h, const struct ui_cell *c)
{
	if (c->header) {
		LIT(h, "</th>");
	} else {
		LIT(h, "</td>");
	}
}

void ui_cell(struct html *h, const struct ui_cell *c)
{
	ui_cell_begin(h, c);
	content(h, c);
	ui_cell_end(h, c);
}

void ui_row_begin(struct html *h)
{
	LIT(h, "<tr class=\"govuk-table__row\">");
}

void ui_row_end(struct html *h)
{
	LIT(h, "</tr>");
}

void ui_table_begin(struct html *h, const struct ui_table *o)
{
	if (o->scrolls) {
		/* A region that scrolls must be reachable by keyboard and have a name
		 * (WCAG 2.1.1, 4.1.2). */
		LIT(h, "<div class=\"app-table-scroll\" role=\"region\" tabindex=\"0\" "
		       "aria-label=\"");
		html_text(h, o->caption);
		LIT(h, "\">");
	}
	LIT(h, "<table class=\"govuk-table");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	if (ui_given(o->caption)) {
		LIT(h, "<caption class=\"govuk-table__caption");
		ui_classes(h, o->caption_classes);
		LIT(h, "\">");
		html_text(h, o->caption);
		LIT(h, "</caption>");
	}
	if (o->n_head > 0) {
		LIT(h, "<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
		for (size_t i = 0; i < o->n_head; i++) {
			head_cell(h, &o->head[i]);
		}
		LIT(h, "</tr></thead>");
	}
	LIT(h, "<tbody class=\"govuk-table__body\">");
}

void ui_table_end(struct html *h, const struct ui_table *o)
{
	LIT(h, "</tbody></table>");
	if (o->scrolls) {
		LIT(h, "</div>");
	}
}

void ui_table(struct html *h, const struct ui_table *o)
{
	ui_table_begin(h, o);
	for (size_t i = 0; i < o->n_rows; i++) {
		const struct ui_row *row = &o->rows[i];
		ui_row_begin(h);
		for (size_t k = 0; k < row->n_cells; k++) {
			struct ui_cell cell = row->cells[k];
			cell.header = cell.header || (k == 0 && o->first_cell_is_header);
			ui_cell(h, &cell);
		}
		ui_row_end(h);
	}
	ui_table_end(h, o);
}
