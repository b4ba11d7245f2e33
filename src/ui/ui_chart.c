/*
 * A horizontal bar chart as inline SVG (Analysis Function: bars from zero, direct labels, a title that
 * says the message). Widths are percentages and text keeps its size, so it reads as well at 320 pixels;
 * only presentation attributes, since the content security policy allows no styles.
 */
#include <string.h>

#include "ui/components.h"
#include "ui/write.h"

#define ROW 52       /* height of a bar with its label */
#define BAR 20
#define BAR_AT 24    /* below the top of the row */
#define COLOUR "#12436D" /* Analysis Function palette, dark blue */

static double scale_end(const struct ui_bar_chart *o)
{
	double end = o->max;

	for (size_t i = 0; i < o->n_bars && o->max <= 0; i++) {
		end = o->bars[i].value > end ? o->bars[i].value : end;
	}
	return end > 0 ? end : 1;
}

static double share(double value, double end)
{
	double percent = value / end * 100;

	return percent < 0 ? 0 : percent > 100 ? 100 : percent;
}

static void bar(struct html *h, const struct ui_bar *b, int top, double percent)
{
	LIT(h, "<text x=\"0\" y=\"");
	html_int(h, top + 17);
	LIT(h, "\" font-size=\"16\" fill=\"#0b0c0c\"><tspan font-weight=\"700\">");
	html_text(h, b->value_text);
	LIT(h, "</tspan>");
	html_text(h, "  ");
	html_text(h, b->label);
	LIT(h, "</text><rect x=\"0\" y=\"");
	html_int(h, top + BAR_AT);
	LIT(h, "\" width=\"100%\" height=\"");
	html_int(h, BAR);
	LIT(h, "\" fill=\"#f3f2f1\"/><rect x=\"0\" y=\"");
	html_int(h, top + BAR_AT);
	LIT(h, "\" width=\"");
	html_format(h, "%.2f%%", percent);
	LIT(h, "\" height=\"");
	html_int(h, BAR);
	LIT(h, "\" fill=\"" COLOUR "\"/>");
}

void ui_bar_chart(struct html *h, const struct ui_bar_chart *o)
{
	double end = scale_end(o);

	LIT(h, "<svg class=\"app-chart\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"");
	html_text(h, o->id);
	LIT(h, "-title ");
	html_text(h, o->id);
	LIT(h, "-desc\" focusable=\"false\" width=\"100%\" height=\"");
	html_int(h, (int64_t)o->n_bars * ROW);
	LIT(h, "\"><title id=\"");
	html_text(h, o->id);
	LIT(h, "-title\">");
	html_text(h, o->title);
	LIT(h, "</title><desc id=\"");
	html_text(h, o->id);
	LIT(h, "-desc\">");
	html_text(h, o->description);
	LIT(h, "</desc>");
	for (size_t i = 0; i < o->n_bars; i++) {
		bar(h, &o->bars[i], (int)i * ROW, share(o->bars[i].value, end));
	}
	LIT(h, "</svg>");
}
