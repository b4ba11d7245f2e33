#include <string.h>

#include "ui/controls.h"
#include "ui/write.h"

static void option(struct html *h, const struct ui_option *o, const char *chosen)
{
	const char *value = o->value != NULL ? o->value : o->text;
	bool selected = o->selected == UI_TRUE || (o->selected == UI_UNSET && ui_given(chosen) &&
						   value != NULL && strcmp(value, chosen) == 0);

	LIT(h, "<option");
	ui_optional(h, "value", o->value);
	if (selected) {
		LIT(h, " selected");
	}
	if (o->disabled) {
		LIT(h, " disabled");
	}
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	html_text(h, o->text);
	LIT(h, "</option>");
}

void ui_select(struct html *h, const struct ui_select *o)
{
	const char *id = ui_given(o->id) ? o->id : o->name;
	bool error = ui_has_error(&o->error_message);

	ui_group_begin(h, &o->form_group, error);
	ui_label_of(h, &o->label, id);
	ui_hint_of(h, &o->hint, id);
	ui_error_of(h, &o->error_message, id);
	ui_put(h, o->form_group.before_input.text, o->form_group.before_input.html);
	LIT(h, "<select class=\"govuk-select");
	ui_classes(h, o->classes);
	if (error) {
		LIT(h, " govuk-select--error");
	}
	LIT(h, "\" id=\"");
	html_text(h, id);
	LIT(h, "\" name=\"");
	html_text(h, o->name);
	LIT(h, "\"");
	if (o->disabled) {
		LIT(h, " disabled");
	}
	ui_describe(h, &(struct ui_described){ .by = o->described_by,
					       .id = id,
					       .hint = ui_has_hint(&o->hint),
					       .error = error });
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	for (size_t i = 0; i < o->n_items; i++) {
		option(h, &o->items[i], o->value);
	}
	LIT(h, "</select>");
	ui_put(h, o->form_group.after_input.text, o->form_group.after_input.html);
	LIT(h, "</div>");
}
