/* Header, service navigation, MoJ sub-navigation, phase banner, footer. */
#include <string.h>

#include "ui/components.h"
#include "ui/write.h"

void ui_generic_header(struct html *h, const struct ui_generic_header *o)
{
	LIT(h, "<div class=\"govuk-generic-header");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, "><div class=\"govuk-generic-header__container ");
	html_text(h,
		  ui_given(o->container_classes) ? o->container_classes : "govuk-width-container");
	LIT(h, "\"><div class=\"govuk-generic-header__logo\"><a href=\"");
	html_url(h, ui_given(o->url.s) ? o->url : URL("/"));
	LIT(h, "\" class=\"govuk-generic-header__homepage-link\">");
	ui_put(h, o->logo_text, o->logo_html);
	LIT(h, "</a></div></div></div>");
}

static void service_name(struct html *h, const struct ui_service_navigation *o)
{
	if (!ui_given(o->service_name)) {
		return;
	}
	LIT(h, "<span class=\"govuk-service-navigation__service-name\">");
	if (ui_given(o->service_url.s)) {
		LIT(h, "<a href=\"");
		html_url(h, o->service_url);
		LIT(h, "\" class=\"govuk-service-navigation__link\">");
		html_text(h, o->service_name);
		LIT(h, "</a>");
	} else {
		LIT(h, "<span class=\"govuk-service-navigation__text\">");
		html_text(h, o->service_name);
		LIT(h, "</span>");
	}
	LIT(h, "</span>");
}

static void service_item_text(struct html *h, const struct ui_service_item *item, bool here)
{
	if (here) {
		LIT(h, "<strong class=\"govuk-service-navigation__active-fallback\">");
		ui_put(h, item->text, item->html);
		LIT(h, "</strong>");
	} else {
		ui_put(h, item->text, item->html);
	}
}

static void service_item(struct html *h, const struct ui_service_item *item)
{
	bool here = item->active || item->current;

	LIT(h, "<li class=\"govuk-service-navigation__item");
	if (here) {
		LIT(h, " govuk-service-navigation__item--active");
	}
	LIT(h, "\">");
	if (ui_given(item->href.s)) {
		LIT(h, "<a class=\"govuk-service-navigation__link\" href=\"");
		html_url(h, item->href);
		LIT(h, "\"");
		ui_optional(h, "aria-current", item->current ? "page" : here ? "true" : NULL);
		ui_attributes(h, item->attributes);
		LIT(h, ">");
		service_item_text(h, item, here);
		LIT(h, "</a>");
	} else if (ui_has(item->text, item->html)) {
		LIT(h, "<span class=\"govuk-service-navigation__text\"");
		ui_optional(h, "aria-current", item->current ? "page" : here ? "true" : NULL);
		LIT(h, ">");
		service_item_text(h, item, here);
		LIT(h, "</span>");
	}
	LIT(h, "</li>");
}

static void menu_button(struct html *h, const struct ui_service_navigation *o, const char *text,
			const char *id)
{
	LIT(h, "<button type=\"button\" class=\"govuk-service-navigation__toggle "
	       "govuk-js-service-navigation-toggle\" aria-controls=\"");
	html_text(h, id);
	LIT(h, "\"");
	if (ui_given(o->menu_button_label) && strcmp(o->menu_button_label, text) != 0) {
		ATTRIBUTE(h, "aria-label", o->menu_button_label);
	}
	LIT(h, " hidden aria-hidden=\"true\">");
	html_text(h, text);
	LIT(h, "</button>");
}

static void service_list(struct html *h, const struct ui_service_navigation *o)
{
	const char *text = ui_given(o->menu_button_text) ? o->menu_button_text : "Menu";
	const char *id = ui_given(o->navigation_id) ? o->navigation_id : "navigation";
	bool collapse = o->collapse_navigation_on_mobile == UI_TRUE ||
			(o->collapse_navigation_on_mobile == UI_UNSET && o->n_navigation > 1);

	if (o->n_navigation == 0 && o->slot_navigation_start.n == 0 &&
	    o->slot_navigation_end.n == 0) {
		return;
	}
	LIT(h, "<nav aria-label=\"");
	html_text(h, ui_given(o->navigation_label) ? o->navigation_label : text);
	LIT(h, "\" class=\"govuk-service-navigation__wrapper");
	ui_classes(h, o->navigation_classes);
	LIT(h, "\">");
	if (collapse) {
		menu_button(h, o, text, id);
	}
	LIT(h, "<ul class=\"govuk-service-navigation__list\" id=\"");
	html_text(h, id);
	LIT(h, "\">");
	ui_put(h, NULL, o->slot_navigation_start);
	for (size_t i = 0; i < o->n_navigation; i++) {
		service_item(h, &o->navigation[i]);
	}
	ui_put(h, NULL, o->slot_navigation_end);
	LIT(h, "</ul></nav>");
}

void ui_service_navigation(struct html *h, const struct ui_service_navigation *o)
{
	bool landmark = ui_given(o->service_name) || o->slot_start.n > 0 || o->slot_end.n > 0;

	if (landmark) {
		LIT(h, "<section");
		ATTRIBUTE(h, "aria-label",
			  o->aria_label == NULL ? "Service information" : o->aria_label);
	} else {
		LIT(h, "<div");
	}
	LIT(h, " class=\"govuk-service-navigation");
	ui_classes(h, o->classes);
	LIT(h, "\" data-module=\"govuk-service-navigation\"");
	ui_attributes(h, o->attributes);
	LIT(h, "><div class=\"govuk-width-container");
	if (o->slot_end_inline) {
		LIT(h, " govuk-service-navigation__inlining-container");
	}
	LIT(h, "\">");
	ui_put(h, NULL, o->slot_start);
	LIT(h, "<div class=\"govuk-service-navigation__container\">");
	service_name(h, o);
	service_list(h, o);
	LIT(h, "</div>");
	ui_put(h, NULL, o->slot_end);
	LIT(h, "</div>");
	if (landmark) {
		LIT(h, "</section>");
	} else {
		LIT(h, "</div>");
	}
}

void ui_sub_navigation(struct html *h, const struct ui_sub_navigation *o)
{
	LIT(h, "<nav class=\"moj-sub-navigation");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ATTRIBUTE(h, "aria-label",
		  ui_given(o->label) ? o->label : "Secondary navigation region");
	ui_attributes(h, o->attributes);
	LIT(h, "><ul class=\"moj-sub-navigation__list\">");
	for (size_t i = 0; i < o->n_items; i++) {
		const struct ui_sub_item *item = &o->items[i];
		LIT(h, "<li class=\"moj-sub-navigation__item");
		ui_classes(h, item->classes);
		LIT(h, "\"><a class=\"moj-sub-navigation__link\"");
		ui_optional(h, "aria-current", item->active ? "page" : NULL);
		LIT(h, " href=\"");
		html_url(h, item->href);
		LIT(h, "\"");
		ui_attributes(h, item->attributes);
		LIT(h, ">");
		ui_put(h, item->text, item->html);
		LIT(h, "</a></li>");
	}
	LIT(h, "</ul></nav>");
}

void ui_phase_banner(struct html *h, const struct ui_phase_banner *o)
{
	LIT(h, "<div class=\"govuk-phase-banner govuk-width-container");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, "><p class=\"govuk-phase-banner__content\"><strong class=\"govuk-tag "
	       "govuk-phase-banner__content__tag");
	ui_classes(h, o->tag_classes);
	LIT(h, "\">");
	ui_put(h, o->tag_text, o->tag_html);
	LIT(h, "</strong> <span class=\"govuk-phase-banner__text\">");
	ui_put(h, o->text, o->html);
	LIT(h, "</span></p></div>");
}

void ui_footer(struct html *h, const struct ui_footer *o)
{
	LIT(h, "<div class=\"app-footer\"><div class=\"govuk-width-container\">");
	if (o->n_items > 0) {
		LIT(h, "<h2 class=\"govuk-visually-hidden\">Support links</h2><ul "
		       "class=\"app-footer__list\">");
		for (size_t i = 0; i < o->n_items; i++) {
			LIT(h, "<li><a class=\"app-footer__link\" href=\"");
			html_url(h, o->items[i].href);
			LIT(h, "\"");
			ui_attributes(h, o->items[i].attributes);
			LIT(h, ">");
			ui_put(h, o->items[i].text, o->items[i].html);
			LIT(h, "</a></li>");
		}
		LIT(h, "</ul>");
	}
	if (ui_given(o->text)) {
		LIT(h, "<p class=\"app-footer__text\">");
		html_text(h, o->text);
		LIT(h, "</p>");
	}
	LIT(h, "</div></div>");
}
