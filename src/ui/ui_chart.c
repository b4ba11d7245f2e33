/*
 * A horizontal bar chart as inline SVG (Analysis Function: bars from zero, direct labels, a title
 * that says the message). Widths are percentages and text keeps its size, so it reads as well at
 * 320 pixels; only presentation attributes, since the content security policy allows no styles.
 */
#include <string.h>

#include "ui/components.h"
#include "ui/write.h"

#define LINE 20		 /* height of a line of text, as in dy below */
#define BAR 20		 /* height of a bar */
#define GAP 12		 /* between a bar and the next label */
#define NARROW 30	 /* characters that fit beside each other at 320 pixels */
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

/* Where a label that is too long for a narrow screen is broken: at the last space that fits; 0:
 * nowhere. */
static size_t break_at(const struct ui_bar *b)
{
	size_t room =
		NARROW - (strlen(b->value_text) < NARROW / 2 ? strlen(b->value_text) : NARROW / 2);
	size_t at = 0;

	if (strlen(b->label) <= room) {
		return 0;
	}
	for (size_t i = 1; i <= room; i++) {
		at = b->label[i] == ' ' ? i : at;
	}
	return at;
}

static int height(const struct ui_bar *b)
{
	return LINE * (break_at(b) > 0 ? 2 : 1) + 4 + BAR + GAP;
}

static void label(struct html *h, const struct ui_bar *b, int top)
{
	size_t at = break_at(b);

	LIT(h, "<text x=\"0\" y=\"");
	html_int(h, top + LINE - 4);
	LIT(h, "\" font-size=\"16\" fill=\"#0b0c0c\"><tspan font-weight=\"700\">");
	html_text(h, b->value_text);
	LIT(h, "</tspan> ");
	if (at == 0) {
		html_text(h, b->label);
	} else {
		html_textn(h, b->label, at);
		LIT(h, "<tspan x=\"0\" dy=\"20\">");
		html_text(h, b->label + at + 1);
		LIT(h, "</tspan>");
	}
	LIT(h, "</text>");
}

static void bar(struct html *h, const struct ui_bar *b, int top, double percent)
{
	int at = top + height(b) - GAP - BAR;

	label(h, b, top);
	LIT(h, "<rect x=\"0\" y=\"");
	html_int(h, at);
	LIT(h, "\" width=\"100%\" height=\"20\" fill=\"#f3f2f1\"/><rect x=\"0\" y=\"");
	html_int(h, at);
	LIT(h, "\" width=\"");
	html_format(h, "%.2f%%", percent);
	LIT(h, "\" height=\"20\" fill=\"" COLOUR "\"/>");
}

void ui_bar_chart(struct html *h, const struct ui_bar_chart *o)
{
	double end = scale_end(o);
	int top = 0;

	for (size_t i = 0; i < o->n_bars; i++) {
		top += height(&o->bars[i]);
	}
	LIT(h, "<svg class=\"app-chart\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
	       "aria-labelledby=\"");
	html_text(h, o->id);
	LIT(h, "-title ");
	html_text(h, o->id);
	LIT(h, "-desc\" focusable=\"false\" width=\"100%\" height=\"");
	html_int(h, top);
	LIT(h, "\"><title id=\"");
	html_text(h, o->id);
	LIT(h, "-title\">");
	html_text(h, o->title);
	LIT(h, "</title><desc id=\"");
	html_text(h, o->id);
	LIT(h, "-desc\">");
	html_text(h, o->description);
	LIT(h, "</desc>");
	top = 0;
	for (size_t i = 0; i < o->n_bars; i++) {
		bar(h, &o->bars[i], top, share(o->bars[i].value, end));
		top += height(&o->bars[i]);
	}
	LIT(h, "</svg>");
}
