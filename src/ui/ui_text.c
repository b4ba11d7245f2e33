/* Tag, details, inset and warning text, panel, notification banner, paragraph, heading, link. */
#include <string.h>

#include "ui/ui.h"
#include "ui/write.h"

void ui_tag(struct html *h, const struct ui_tag *o)
{
	LIT(h, "<strong class=\"govuk-tag");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	ui_put(h, o->text, o->html);
	LIT(h, "</strong>");
}

void ui_details_begin(struct html *h, const struct ui_details *o)
{
	LIT(h, "<details");
	ui_unless_empty(h, "id", o->id);
	LIT(h, " class=\"govuk-details");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	if (o->open) {
		LIT(h, " open");
	}
	LIT(h, "><summary class=\"govuk-details__summary\"><span "
	       "class=\"govuk-details__summary-text\">");
	ui_put(h, o->summary_text, o->summary_html);
	LIT(h, "</span></summary><div class=\"govuk-details__text\">");
}

void ui_details_end(struct html *h)
{
	LIT(h, "</div></details>");
}

void ui_details(struct html *h, const struct ui_details *o)
{
	ui_details_begin(h, o);
	ui_put(h, o->text, o->html);
	ui_details_end(h);
}

void ui_inset_text(struct html *h, const struct ui_inset_text *o)
{
	LIT(h, "<div");
	ui_unless_empty(h, "id", o->id);
	LIT(h, " class=\"govuk-inset-text");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	ui_put(h, o->text, o->html);
	LIT(h, "</div>");
}

void ui_warning_text(struct html *h, const struct ui_warning_text *o)
{
	LIT(h, "<div class=\"govuk-warning-text");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, "><span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span>"
	       "<strong class=\"govuk-warning-text__text\"><span class=\"govuk-visually-hidden\">");
	html_text(h, ui_given(o->icon_fallback_text) ? o->icon_fallback_text : "Warning");
	LIT(h, "</span> ");
	ui_put(h, o->text, o->html);
	LIT(h, "</strong></div>");
}

void ui_panel(struct html *h, const struct ui_panel *o)
{
	int level = o->heading_level > 0 ? o->heading_level : 1;

	LIT(h, "<div class=\"govuk-panel");
	if (o->classes == NULL || strstr(o->classes, "govuk-panel--interruption") == NULL) {
		LIT(h, " govuk-panel--confirmation");
	}
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	ui_heading_open(h, level);
	LIT(h, " class=\"govuk-panel__title\">");
	ui_put(h, o->title_text, o->title_html);
	ui_heading_close(h, level);
	if (ui_has(o->text, o->html)) {
		LIT(h, "<div class=\"govuk-panel__body\">");
		ui_put(h, o->text, o->html);
		LIT(h, "</div>");
	}
	LIT(h, "</div>");
}

static void banner_header(struct html *h, const struct ui_notification_banner *o, const char *id,
			  bool success)
{
	int level = o->title_heading_level > 0 ? o->title_heading_level : 2;

	LIT(h, "<div class=\"govuk-notification-banner__header\">");
	ui_heading_open(h, level);
	LIT(h, " class=\"govuk-notification-banner__title\" id=\"");
	html_text(h, id);
	LIT(h, "\">");
	if (ui_has(o->title_text, o->title_html)) {
		ui_put(h, o->title_text, o->title_html);
	} else {
		html_text(h, success ? "Success" : "Important");
	}
	ui_heading_close(h, level);
	LIT(h, "</div>");
}

void ui_notification_banner(struct html *h, const struct ui_notification_banner *o)
{
	bool success = o->type != NULL && strcmp(o->type, "success") == 0;
	const char *id = ui_given(o->title_id) ? o->title_id : "govuk-notification-banner-title";

	LIT(h, "<div class=\"govuk-notification-banner");
	if (success) {
		LIT(h, " govuk-notification-banner--success");
	}
	ui_classes(h, o->classes);
	LIT(h, "\" role=\"");
	html_text(h, ui_given(o->role) ? o->role : success ? "alert" : "region");
	LIT(h, "\" aria-labelledby=\"");
	html_text(h, id);
	LIT(h, "\" data-module=\"govuk-notification-banner\"");
	ui_flag(h, "data-disable-auto-focus", o->disable_auto_focus);
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	banner_header(h, o, id, success);
	LIT(h, "<div class=\"govuk-notification-banner__content\">");
	if (o->html.n > 0) {
		html_insert(h, o->html);
	} else if (ui_given(o->text)) {
		LIT(h, "<p class=\"govuk-notification-banner__heading\">");
		html_text(h, o->text);
		LIT(h, "</p>");
	}
	LIT(h, "</div></div>");
}

void ui_paragraph(struct html *h, const char *text)
{
	LIT(h, "<p class=\"govuk-body\">");
	html_text(h, text);
	LIT(h, "</p>");
}

void ui_heading(struct html *h, const char *caption, const char *text)
{
	if (ui_given(caption)) {
		LIT(h, "<span class=\"govuk-caption-l\">");
		html_text(h, caption);
		LIT(h, "</span>");
	}
	LIT(h, "<h1 class=\"govuk-heading-l\">");
	html_text(h, text);
	LIT(h, "</h1>");
}

void ui_subheading(struct html *h, int level, const char *text)
{
	ui_heading_open(h, level);
	ATTRIBUTE(h, "class", level <= 2 ? "govuk-heading-m" : "govuk-heading-s");
	LIT(h, ">");
	html_text(h, text);
	ui_heading_close(h, level);
}

void ui_anchor(struct html *h, struct url href, const char *text)
{
	LIT(h, "<a class=\"govuk-link\" href=\"");
	html_url(h, href);
	LIT(h, "\">");
	html_text(h, text);
	LIT(h, "</a>");
}
