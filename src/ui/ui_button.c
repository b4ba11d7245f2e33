#include "ui/controls.h"
#include "ui/write.h"

static void common(struct html *h, const struct ui_button *o)
{
	LIT(h, " class=\"govuk-button");
	ui_classes(h, o->classes);
	if (o->is_start_button) {
		LIT(h, " govuk-button--start");
	}
	LIT(h, "\" data-module=\"govuk-button\"");
	ui_attributes(h, o->attributes);
	ui_unless_empty(h, "id", o->id);
	LIT(h, ">");
	if (o->html.n > 0 && o->is_start_button) {
		LIT(h, "<span>");
		html_insert(h, o->html);
		LIT(h, "</span>");
	} else {
		ui_put(h, o->text, o->html);
	}
	if (o->is_start_button) {
		LIT(h, "<svg class=\"govuk-button__start-icon\" "
		       "xmlns=\"http://www.w3.org/2000/svg\" width=\"17.5\" "
		       "height=\"19\" viewBox=\"0 0 33 40\" aria-hidden=\"true\" "
		       "focusable=\"false\">"
		       "<path fill=\"currentColor\" d=\"M0 0h13l20 20-20 20H0l20-20z\"/></svg>");
	}
}

void ui_button(struct html *h, const struct ui_button *o)
{
	if (ui_given(o->href.s)) {
		LIT(h, "<a href=\"");
		html_url(h, o->href);
		LIT(h, "\" role=\"button\" draggable=\"false\"");
		common(h, o);
		LIT(h, "</a>");
		return;
	}
	LIT(h, "<button type=\"");
	html_text(h, ui_given(o->type) ? o->type : "submit");
	LIT(h, "\"");
	ui_unless_empty(h, "value", o->value);
	ui_unless_empty(h, "name", o->name);
	if (o->disabled) {
		LIT(h, " disabled aria-disabled=\"true\"");
	}
	if (ui_given(o->action.s)) {
		LIT(h, " formaction=\"");
		html_url(h, o->action);
		LIT(h, "\"");
	}
	ui_flag(h, "data-prevent-double-click", o->prevent_double_click);
	common(h, o);
	LIT(h, "</button>");
}

void ui_submit_to(struct html *h, struct url action, const char *text, const char *classes)
{
	ui_button(h, &(struct ui_button){
			     .text = text, .classes = classes, .action = action, .prevent_double_click = UI_TRUE });
}
