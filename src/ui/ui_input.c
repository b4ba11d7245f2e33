/* Text input, password input, hidden field, time. */
#include <stdio.h>

#include "ui/controls.h"
#include "ui/write.h"

/* What the password input puts round an input. */
struct around {
	const struct ui_password_input *password; /* NULL: a plain input */
};

static void affix(struct html *h, const struct ui_affix *o, bool prefix)
{
	if (!ui_has(o->text, o->html)) {
		return;
	}
	if (prefix) {
		LIT(h, "<div class=\"govuk-input__prefix");
	} else {
		LIT(h, "<div class=\"govuk-input__suffix");
	}
	ui_classes(h, o->classes);
	LIT(h, "\" aria-hidden=\"true\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	ui_put(h, o->text, o->html);
	LIT(h, "</div>");
}

static void element(struct html *h, const struct ui_input *o, const char *id)
{
	LIT(h, "<input class=\"govuk-input");
	ui_classes(h, o->classes);
	if (ui_has_error(&o->error_message)) {
		LIT(h, " govuk-input--error");
	}
	LIT(h, "\" id=\"");
	html_text(h, id);
	LIT(h, "\" name=\"");
	html_text(h, o->name);
	LIT(h, "\" type=\"");
	html_text(h, ui_given(o->type) ? o->type : "text");
	LIT(h, "\"");
	ui_flag(h, "spellcheck", o->spellcheck);
	ui_optional(h, "value", o->value);
	if (o->disabled) {
		LIT(h, " disabled");
	}
	ui_describe(h, &(struct ui_described){ .by = o->described_by,
					       .id = id,
					       .hint = ui_has_hint(&o->hint),
					       .error = ui_has_error(&o->error_message) });
	ui_optional(h, "autocomplete", o->autocomplete);
	ui_optional(h, "autocapitalize", o->autocapitalize);
	ui_optional(h, "pattern", o->pattern);
	ui_optional(h, "inputmode", o->inputmode);
	ui_attributes(h, o->attributes);
	LIT(h, ">");
}

static void password_group(struct html *h, const struct ui_password_input *o, bool error)
{
	LIT(h, "<div class=\"govuk-form-group");
	if (error) {
		LIT(h, " govuk-form-group--error");
	}
	LIT(h, " govuk-password-input");
	ui_classes(h, o->form_group.classes);
	LIT(h, "\" data-module=\"govuk-password-input\"");
	ui_unless_empty(h, "data-i18n.show-password", o->show_password_text);
	ui_unless_empty(h, "data-i18n.hide-password", o->hide_password_text);
	ui_unless_empty(h, "data-i18n.show-password-aria-label", o->show_password_aria_label_text);
	ui_unless_empty(h, "data-i18n.hide-password-aria-label", o->hide_password_aria_label_text);
	ui_unless_empty(h, "data-i18n.password-shown-announcement",
			o->password_shown_announcement_text);
	ui_unless_empty(h, "data-i18n.password-hidden-announcement",
			o->password_hidden_announcement_text);
	ui_attributes(h, o->form_group.attributes);
	LIT(h, ">");
}

static void password_toggle(struct html *h, const struct ui_password_input *o, const char *id)
{
	LIT(h, "<button type=\"button\" class=\"govuk-button govuk-button--secondary "
	       "govuk-password-input__toggle govuk-js-password-input-toggle");
	ui_classes(h, o->button_classes);
	LIT(h, "\" data-module=\"govuk-button\" aria-controls=\"");
	html_text(h, id);
	LIT(h, "\" aria-label=\"");
	html_text(h, o->show_password_aria_label_text == NULL ? "Show password"
							      : o->show_password_aria_label_text);
	LIT(h, "\" hidden>");
	html_text(h, o->show_password_text == NULL ? "Show" : o->show_password_text);
	LIT(h, "</button>");
}

static void wrapped(struct html *h, const struct ui_input *o, const char *id,
		    const struct around *around)
{
	LIT(h, "<div class=\"govuk-input__wrapper");
	ui_classes(h, o->wrapper_classes);
	LIT(h, "\"");
	ui_attributes(h, o->wrapper_attributes);
	LIT(h, ">");
	ui_put(h, o->form_group.before_input.text, o->form_group.before_input.html);
	affix(h, &o->prefix, true);
	element(h, o, id);
	affix(h, &o->suffix, false);
	if (around->password != NULL) {
		password_toggle(h, around->password, id);
	}
	ui_put(h, o->form_group.after_input.text, o->form_group.after_input.html);
	LIT(h, "</div>");
}

static void input(struct html *h, const struct ui_input *o, const struct around *around)
{
	const char *id = ui_given(o->id) ? o->id : o->name;
	bool error = ui_has_error(&o->error_message);

	if (around->password != NULL) {
		password_group(h, around->password, error);
	} else {
		ui_group_begin(h, &o->form_group, error);
	}
	ui_label_of(h, &o->label, id);
	ui_hint_of(h, &o->hint, id);
	ui_error_of(h, &o->error_message, id);
	if (around->password != NULL || ui_has(o->prefix.text, o->prefix.html) ||
	    ui_has(o->suffix.text, o->suffix.html) ||
	    ui_has(o->form_group.before_input.text, o->form_group.before_input.html) ||
	    ui_has(o->form_group.after_input.text, o->form_group.after_input.html)) {
		wrapped(h, o, id, around);
	} else {
		element(h, o, id);
	}
	LIT(h, "</div>");
}

void ui_input(struct html *h, const struct ui_input *o)
{
	input(h, o, &(struct around){ NULL });
}

void ui_password_input(struct html *h, const struct ui_password_input *o)
{
	char classes[200] = "govuk-password-input__input govuk-js-password-input-input";

	if (ui_given(o->classes)) {
		snprintf(classes, sizeof classes,
			 "govuk-password-input__input govuk-js-password-input-input %s",
			 o->classes);
	}
	input(h,
	      &(struct ui_input){
		      .id = o->id,
		      .name = o->name,
		      .type = "password",
		      .value = o->value,
		      .disabled = o->disabled,
		      .described_by = o->described_by,
		      .label = o->label,
		      .hint = o->hint,
		      .error_message = o->error_message,
		      .form_group = o->form_group,
		      .classes = classes,
		      .autocomplete =
			      ui_given(o->autocomplete) ? o->autocomplete : "current-password",
		      .autocapitalize = "none",
		      .spellcheck = UI_FALSE,
		      .wrapper_classes = "govuk-password-input__wrapper",
		      .attributes = o->attributes,
	      },
	      &(struct around){ o });
}

void ui_hidden(struct html *h, const char *name, const char *value)
{
	LIT(h, "<input type=\"hidden\" name=\"");
	html_text(h, name);
	LIT(h, "\" value=\"");
	html_text(h, value);
	LIT(h, "\">");
}

void ui_time_input(struct html *h, const struct ui_time_input *o)
{
	const char *id = ui_given(o->id) ? o->id : o->name;

	LIT(h, "<div class=\"govuk-form-group\"><label class=\"govuk-label\" for=\"");
	html_text(h, id);
	LIT(h, "\">");
	html_text(h, o->label == NULL ? "Time" : o->label);
	LIT(h, "</label><input class=\"govuk-input govuk-input--width-5");
	if (o->error) {
		LIT(h, " govuk-input--error");
	}
	LIT(h, "\" id=\"");
	html_text(h, id);
	LIT(h, "\" name=\"");
	html_text(h, o->name);
	LIT(h, "\" type=\"text\" spellcheck=\"false\" value=\"");
	html_text(h, o->value);
	LIT(h, "\"");
	ui_unless_empty(h, "aria-describedby", o->described_by);
	LIT(h, "></div>");
}
