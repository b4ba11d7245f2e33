/*
 * A column chart as inline SVG, of one series through time (Analysis Function: columns from zero, few grid lines, a title
 * that says what it shows). Across, everything is a percentage; heights and text keep their size, so it reads as well at
 * 320 pixels as on paper. Only presentation attributes, since the content security policy allows no styles.
 */
#include "ui/components.h"
#include "ui/write.h"

#define TOP 26		 /* of the columns, below the text of the scale */
#define TALL 180	 /* height of the scale */
#define HEIGHT 234	 /* with the names of the periods below */
#define COLOUR "#12436D" /* Analysis Function palette, dark blue */
#define LINE "#801650"	 /* the same, dark pink */

double ui_scale_end(double value)
{
	static const double steps[] = { 1, 2, 3, 4, 5, 6, 8 };
	double unit = 1;

	for (;;) {
		for (int i = 0; i < 7; i++) {
			if (steps[i] * unit >= value) {
				return steps[i] * unit;
			}
		}
		unit *= 10;
	}
}

static double y_of(const struct ui_column_chart *o, double value)
{
	double part = o->max > 0 ? value / o->max : 0;

	part = part < 0 ? 0 : part > 1 ? 1 : part;
	return TOP + TALL * (1 - part);
}

static void grid_line(struct html *h, double y)
{
	LIT(h, "<line x1=\"0\" x2=\"100%\" y1=\"");
	html_format(h, "%.1f", y);
	LIT(h, "\" y2=\"");
	html_format(h, "%.1f", y);
	LIT(h, "\" stroke=\"#b1b4b6\" stroke-width=\"1\"/>");
}

static void word(struct html *h, double y, bool at_end, const char *text)
{
	if (at_end) {
		LIT(h, "<text x=\"100%\" text-anchor=\"end\" y=\"");
	} else {
		LIT(h, "<text x=\"0\" y=\"");
	}
	html_format(h, "%.1f", y);
	LIT(h, "\" font-size=\"16\" fill=\"#0b0c0c\">");
	html_text(h, text);
	LIT(h, "</text>");
}

static void interval(struct html *h, const struct ui_column_chart *o, const struct ui_column *c, double middle)
{
	if (c->low == 0 && c->high == 0) {
		return;
	}
	LIT(h, "<line stroke=\"" LINE "\" stroke-width=\"3\" x1=\"");
	html_format(h, "%.2f%%", middle);
	LIT(h, "\" x2=\"");
	html_format(h, "%.2f%%", middle);
	LIT(h, "\" y1=\"");
	html_format(h, "%.1f", y_of(o, c->low));
	LIT(h, "\" y2=\"");
	html_format(h, "%.1f", y_of(o, c->high));
	LIT(h, "\"/>");
}

static void column(struct html *h, const struct ui_column_chart *o, size_t i)
{
	const struct ui_column *c = &o->columns[i];
	double wide = 100.0 / (double)o->n_columns, y = y_of(o, c->value);

	if (!c->known) {
		return;
	}
	LIT(h, "<rect fill=\"" COLOUR "\" x=\"");
	html_format(h, "%.2f%%", wide * ((double)i + 0.15));
	LIT(h, "\" width=\"");
	html_format(h, "%.2f%%", wide * 0.7);
	LIT(h, "\" y=\"");
	html_format(h, "%.1f", y);
	LIT(h, "\" height=\"");
	html_format(h, "%.1f", TOP + TALL - y);
	LIT(h, "\"/>");
	interval(h, o, c, wide * ((double)i + 0.5));
}

static void open_svg(struct html *h, const struct ui_column_chart *o)
{
	LIT(h, "<svg class=\"app-chart\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"");
	html_text(h, o->id);
	LIT(h, "-title ");
	html_text(h, o->id);
	LIT(h, "-desc\" focusable=\"false\" height=\"");
	html_int(h, HEIGHT);
	LIT(h, "\" width=\"");
	if (o->width > 0) { /* a file of its own: no page says in which letters */
		html_int(h, o->width);
		LIT(h, "\" font-family=\"Arial, Helvetica, sans-serif");
	} else {
		html_text(h, "100%");
	}
	LIT(h, "\"><title id=\"");
	html_text(h, o->id);
	LIT(h, "-title\">");
	html_text(h, o->title);
	LIT(h, "</title><desc id=\"");
	html_text(h, o->id);
	LIT(h, "-desc\">");
	html_text(h, o->description);
	LIT(h, "</desc>");
}

void ui_column_chart(struct html *h, const struct ui_column_chart *o)
{
	open_svg(h, o);
	word(h, TOP - 6, false, o->top_text);
	grid_line(h, TOP);
	grid_line(h, TOP + TALL / 2.0);
	for (size_t i = 0; i < o->n_columns; i++) {
		column(h, o, i);
	}
	grid_line(h, TOP + TALL);
	word(h, HEIGHT - 6, false, o->start_text);
	word(h, HEIGHT - 6, true, o->end_text);
	LIT(h, "</svg>");
}
