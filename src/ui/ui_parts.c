/* Label, hint, error message, fieldset. */
#include "ui/parts.h"

#include "ui/write.h"

static void label(struct html *h, const struct ui_label *o, const char *id)
{
	if (!ui_has(o->text, o->html)) {
		return;
	}
	if (o->is_page_heading) {
		LIT(h, "<h1 class=\"govuk-label-wrapper\">");
	}
	LIT(h, "<label class=\"govuk-label");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	ui_unless_empty(h, "for", id);
	LIT(h, ">");
	ui_put(h, o->text, o->html);
	LIT(h, "</label>");
	if (o->is_page_heading) {
		LIT(h, "</h1>");
	}
}

void ui_label(struct html *h, const struct ui_label *o)
{
	label(h, o, o->for_);
}

void ui_label_of(struct html *h, const struct ui_label *o, const char *id)
{
	label(h, o, id);
}

static void hint(struct html *h, const struct ui_hint *o, const char *id, const char *suffix)
{
	LIT(h, "<div");
	if (ui_given(id)) {
		LIT(h, " id=\"");
		html_text(h, id);
		html_text(h, suffix);
		LIT(h, "\"");
	}
	LIT(h, " class=\"govuk-hint");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	ui_put(h, o->text, o->html);
	LIT(h, "</div>");
}

void ui_hint(struct html *h, const struct ui_hint *o)
{
	hint(h, o, o->id, NULL);
}

void ui_hint_of(struct html *h, const struct ui_hint *o, const char *id)
{
	if (ui_has_hint(o)) {
		hint(h, o, id, "-hint");
	}
}

static void error_message(struct html *h, const struct ui_error_message *o, const char *id,
			  const char *suffix)
{
	const char *hidden = o->visually_hidden_text == NULL ? "Error" : o->visually_hidden_text;

	LIT(h, "<p");
	if (ui_given(id)) {
		LIT(h, " id=\"");
		html_text(h, id);
		html_text(h, suffix);
		LIT(h, "\"");
	}
	LIT(h, " class=\"govuk-error-message");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	if (hidden[0] != '\0') {
		LIT(h, "<span class=\"govuk-visually-hidden\">");
		html_text(h, hidden);
		LIT(h, ":</span> ");
	}
	ui_put(h, o->text, o->html);
	LIT(h, "</p>");
}

void ui_error_message(struct html *h, const struct ui_error_message *o)
{
	error_message(h, o, o->id, NULL);
}

void ui_error_of(struct html *h, const struct ui_error_message *o, const char *id)
{
	if (ui_has_error(o)) {
		error_message(h, o, id, "-error");
	}
}

void ui_legend(struct html *h, const struct ui_legend *o)
{
	if (!ui_has(o->text, o->html)) {
		return;
	}
	LIT(h, "<legend class=\"govuk-fieldset__legend");
	ui_classes(h, o->classes);
	LIT(h, "\">");
	if (o->is_page_heading) {
		LIT(h, "<h1 class=\"govuk-fieldset__heading\">");
		ui_put(h, o->text, o->html);
		LIT(h, "</h1>");
	} else {
		ui_put(h, o->text, o->html);
	}
	LIT(h, "</legend>");
}

void ui_fieldset_described(struct html *h, const struct ui_fieldset *o, const char *role,
			   const struct ui_described *d)
{
	LIT(h, "<fieldset class=\"govuk-fieldset");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_unless_empty(h, "role", role);
	ui_describe(h, d);
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	ui_legend(h, &o->legend);
}

void ui_fieldset_begin(struct html *h, const struct ui_fieldset *o)
{
	ui_fieldset_described(h, o, o->role, &(struct ui_described){ .by = o->described_by });
}

void ui_fieldset_end(struct html *h)
{
	LIT(h, "</fieldset>");
}
