/* Links round a page: breadcrumbs, back, skip, pages of a list. */
#include "ui/components.h"
#include "ui/write.h"

void ui_breadcrumbs(struct html *h, const struct ui_breadcrumbs *o)
{
	LIT(h, "<nav class=\"govuk-breadcrumbs");
	ui_classes(h, o->classes);
	if (o->collapse_on_mobile) {
		LIT(h, " govuk-breadcrumbs--collapse-on-mobile");
	}
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	ATTRIBUTE(h, "aria-label", o->label_text == NULL ? "Breadcrumb" : o->label_text);
	LIT(h, "><ol class=\"govuk-breadcrumbs__list\">");
	for (size_t i = 0; i < o->n_items; i++) {
		const struct ui_link *item = &o->items[i];
		if (ui_given(item->href.s)) {
			LIT(h, "<li class=\"govuk-breadcrumbs__list-item\"><a "
			       "class=\"govuk-breadcrumbs__link\" href=\"");
			html_url(h, item->href);
			LIT(h, "\"");
			ui_attributes(h, item->attributes);
			LIT(h, ">");
			ui_put(h, item->text, item->html);
			LIT(h, "</a></li>");
		} else {
			LIT(h, "<li class=\"govuk-breadcrumbs__list-item\" aria-current=\"page\">");
			ui_put(h, item->text, item->html);
			LIT(h, "</li>");
		}
	}
	LIT(h, "</ol></nav>");
}

void ui_back_link(struct html *h, const struct ui_back_link *o)
{
	LIT(h, "<a href=\"");
	html_url(h, ui_given(o->href.s) ? o->href : URL("#"));
	LIT(h, "\" class=\"govuk-back-link");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	ui_put(h, ui_given(o->text) ? o->text : "Back", o->html);
	LIT(h, "</a>");
}

void ui_skip_link(struct html *h, const struct ui_skip_link *o)
{
	LIT(h, "<a href=\"");
	html_url(h, ui_given(o->href.s) ? o->href : URL("#content"));
	LIT(h, "\" class=\"govuk-skip-link");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, " data-module=\"govuk-skip-link\">");
	ui_put(h, o->text, o->html);
	LIT(h, "</a>");
}

static void arrow(struct html *h, bool next)
{
	if (next) {
		LIT(h, "<svg class=\"govuk-pagination__icon govuk-pagination__icon--next\" "
		       "xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\" "
		       "aria-hidden=\"true\" "
		       "focusable=\"false\" viewBox=\"0 0 15 13\"><path "
		       "d=\"m8.107-0.0078125-1.4136 1.414 4.2926 "
		       "4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 "
		       "6.7441-6.4062-6.7246-6.7266z\"/></svg>");
	} else {
		LIT(h, "<svg class=\"govuk-pagination__icon govuk-pagination__icon--prev\" "
		       "xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\" "
		       "aria-hidden=\"true\" "
		       "focusable=\"false\" viewBox=\"0 0 15 13\"><path "
		       "d=\"m6.5938-0.0078125-6.7266 6.7266 6.7441 "
		       "6.4062 "
		       "1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z\"/></"
		       "svg>");
	}
}

static void arrow_link(struct html *h, const struct ui_page_link *o, bool next, bool block)
{
	if (next) {
		LIT(h, "<div class=\"govuk-pagination__next\"><a class=\"govuk-link "
		       "govuk-pagination__link\" href=\"");
	} else {
		LIT(h, "<div class=\"govuk-pagination__prev\"><a class=\"govuk-link "
		       "govuk-pagination__link\" href=\"");
	}
	html_url(h, o->href);
	LIT(h, "\"");
	ATTRIBUTE(h, "rel", next ? "next" : "prev");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	if (block || !next) {
		arrow(h, next);
	}
	LIT(h, " <span class=\"govuk-pagination__link-title");
	if (block && !ui_given(o->label_text)) {
		LIT(h, " govuk-pagination__link-title--decorated");
	}
	LIT(h, "\">");
	if (ui_has(o->text, o->html)) {
		ui_put(h, o->text, o->html);
	} else {
		html_text(h, next ? "Next" : "Previous");
		LIT(h, "<span class=\"govuk-visually-hidden\"> page</span>");
	}
	LIT(h, "</span>");
	if (block && ui_given(o->label_text)) {
		LIT(h, "<span class=\"govuk-visually-hidden\">:</span> <span "
		       "class=\"govuk-pagination__link-label\">");
		html_text(h, o->label_text);
		LIT(h, "</span>");
	}
	if (!block && next) {
		arrow(h, next);
	}
	LIT(h, "</a></div>");
}

static void page_number(struct html *h, const struct ui_page_number *o)
{
	LIT(h, "<li class=\"govuk-pagination__item");
	if (o->current) {
		LIT(h, " govuk-pagination__item--current");
	}
	if (o->ellipsis) {
		LIT(h, " govuk-pagination__item--ellipsis\">&ctdot;</li>");
		return;
	}
	LIT(h, "\"><a class=\"govuk-link govuk-pagination__link\" href=\"");
	html_url(h, ui_given(o->href.s) ? o->href : URL(""));
	LIT(h, "\" aria-label=\"");
	if (o->visually_hidden_text != NULL) {
		html_text(h, o->visually_hidden_text);
	} else {
		LIT(h, "Page ");
		html_text(h, o->number);
	}
	LIT(h, "\"");
	if (o->current) {
		LIT(h, " aria-current=\"page\"");
	}
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	html_text(h, o->number);
	LIT(h, "</a></li>");
}

void ui_pagination(struct html *h, const struct ui_pagination *o)
{
	bool previous = ui_given(o->previous.href.s);
	bool next = ui_given(o->next.href.s);
	bool block = o->n_items == 0 && (previous || next);

	LIT(h, "<nav class=\"govuk-pagination");
	if (block) {
		LIT(h, " govuk-pagination--block");
	}
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ATTRIBUTE(h, "aria-label",
		  ui_given(o->landmark_label) ? o->landmark_label : "Pagination");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	if (previous) {
		arrow_link(h, &o->previous, false, block);
	}
	if (o->n_items > 0) {
		LIT(h, "<ul class=\"govuk-pagination__list\">");
		for (size_t i = 0; i < o->n_items; i++) {
			page_number(h, &o->items[i]);
		}
		LIT(h, "</ul>");
	}
	if (next) {
		arrow_link(h, &o->next, true, block);
	}
	LIT(h, "</nav>");
}
