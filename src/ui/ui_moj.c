/* MoJ components: filter, timeline, page header actions, identity bar; our tiles. */
#include <string.h>

#include "ui/ui.h"
#include "ui/write.h"

static void apply_button(struct html *h, const struct ui_filter *o)
{
	ui_button(h, &(struct ui_button){ .text = o->apply_text != NULL ? o->apply_text
									: "Apply filters" });
}

static void selected_tags(struct html *h, const struct ui_filter *o)
{
	const char *category = NULL;

	for (size_t i = 0; i < o->n_selected; i++) {
		const struct ui_filter_tag *tag = &o->selected[i];
		if (category == NULL || strcmp(category, tag->heading) != 0) {
			if (category != NULL) {
				LIT(h, "</ul>");
			}
			category = tag->heading;
			LIT(h, "<h3 class=\"govuk-heading-s govuk-!-margin-bottom-0\">");
			html_text(h, category);
			LIT(h, "</h3><ul class=\"moj-filter-tags\">");
		}
		LIT(h, "<li><a class=\"moj-filter__tag\" href=\"");
		html_url(h, tag->href);
		LIT(h, "\"><span class=\"govuk-visually-hidden\">Remove this filter</span> ");
		html_text(h, tag->text);
		LIT(h, "</a></li>");
	}
	if (category != NULL) {
		LIT(h, "</ul>");
	}
}

static void selected(struct html *h, const struct ui_filter *o)
{
	if (o->n_selected == 0) {
		return;
	}
	LIT(h, "<div class=\"moj-filter__selected\"><div class=\"moj-filter__selected-heading\">"
	       "<div class=\"moj-filter__heading-title\"><h2 class=\"govuk-heading-m\">Selected "
	       "filters</h2></div>"
	       "<div class=\"moj-filter__heading-action\"><p><a class=\"govuk-link "
	       "govuk-link--no-visited-state\" "
	       "href=\"");
	html_url(h, o->clear);
	LIT(h, "\">Clear filters</a></p></div></div>");
	selected_tags(h, o);
	LIT(h, "</div>");
}

void ui_filter_begin(struct html *h, const struct ui_filter *o)
{
	LIT(h, "<div class=\"app-filter-layout\">"
	       "<div class=\"app-filter-layout__filter\" id=\"filter\" data-app-filter>"
	       "<form method=\"get\" action=\"");
	html_url(h, o->action);
	LIT(h, "\" novalidate><div class=\"moj-filter\"><div class=\"moj-filter__header\">"
	       "<div class=\"moj-filter__header-title\"><h2 class=\"govuk-heading-m\">");
	html_text(h, o->heading != NULL ? o->heading : "Filter");
	LIT(h, "</h2></div></div><div class=\"moj-filter__content\">");
	selected(h, o);
	LIT(h, "<div class=\"moj-filter__options\">");
	apply_button(h, o);
}

void ui_filter_end(struct html *h, const struct ui_filter *o)
{
	LIT(h, "<div class=\"app-filter__bottom\">");
	apply_button(h, o);
	LIT(h, "</div></div></div></div></form></div><div class=\"app-filter-layout__content\">");
}

void ui_filter_close(struct html *h)
{
	LIT(h, "</div></div>");
}

void ui_timeline_begin(struct html *h)
{
	LIT(h, "<div class=\"moj-timeline\">");
}

void ui_timeline_item(struct html *h, const struct ui_timeline_item *o)
{
	LIT(h, "<div class=\"moj-timeline__item\"><div class=\"moj-timeline__header\">"
	       "<h2 class=\"moj-timeline__title\">");
	html_text(h, o->label);
	LIT(h, "</h2>");
	if (ui_given(o->byline)) {
		LIT(h, " <p class=\"moj-timeline__byline\">by ");
		html_text(h, o->byline);
		LIT(h, "</p>");
	}
	LIT(h, "</div><p class=\"moj-timeline__date\"><time datetime=\"");
	html_text(h, o->datetime);
	LIT(h, "\">");
	html_text(h, o->date);
	LIT(h, "</time></p><div class=\"moj-timeline__description\">");
	ui_put(h, o->text, o->html);
	LIT(h, "</div></div>");
}

void ui_timeline_end(struct html *h)
{
	LIT(h, "</div>");
}

void ui_page_header_actions_begin(struct html *h, const struct ui_page_header_actions *o)
{
	LIT(h, "<div class=\"moj-page-header-actions\"><div "
	       "class=\"moj-page-header-actions__title\">");
	ui_heading(h, o->caption, o->heading);
	LIT(h, "</div><div class=\"moj-page-header-actions__actions\">"
	       "<div class=\"moj-button-group moj-button-group--inline\">");
	for (size_t i = 0; i < o->n_items; i++) {
		ui_button(h, &o->items[i]);
	}
}

void ui_page_header_actions_end(struct html *h)
{
	LIT(h, "</div></div></div>");
}

void ui_page_header_actions(struct html *h, const struct ui_page_header_actions *o)
{
	ui_page_header_actions_begin(h, o);
	ui_page_header_actions_end(h);
}

void ui_identity_bar(struct html *h, const struct ui_identity_bar *o)
{
	LIT(h, "<div class=\"moj-identity-bar");
	ui_classes(h, o->classes);
	LIT(h, "\"><div class=\"moj-identity-bar__container\"><div "
	       "class=\"moj-identity-bar__details\">"
	       "<span class=\"moj-identity-bar__title\">");
	ui_put(h, o->title, o->title_html);
	LIT(h, "</span></div></div></div>");
}

void ui_tiles_begin(struct html *h)
{
	LIT(h, "<ul class=\"app-tiles\">");
}

void ui_tile(struct html *h, const struct ui_tile *o)
{
	LIT(h, "<li class=\"app-tile\"><span class=\"app-tile__value\">");
	html_text(h, o->value);
	LIT(h, "</span> <span class=\"app-tile__label\">");
	if (ui_given(o->href.s)) {
		ui_anchor(h, o->href, o->label);
	} else {
		html_text(h, o->label);
	}
	LIT(h, "</span>");
	if (ui_given(o->note)) {
		LIT(h, " <span class=\"app-tile__note\">");
		html_text(h, o->note);
		LIT(h, "</span>");
	}
	LIT(h, "</li>");
}

void ui_tiles_end(struct html *h)
{
	LIT(h, "</ul>");
}
