/* Textarea and character count. */
#include <string.h>

#include "ui/controls.h"
#include "ui/write.h"

/* A browser drops one line break right after <textarea>: a text that begins with one needs two. */
static void content(struct html *h, const char *value)
{
	if (value != NULL && value[0] == '\n') {
		html_text(h, "\n");
	}
	html_text(h, value);
}

static void element(struct html *h, const struct ui_textarea *o, const char *id, bool counted)
{
	LIT(h, "<textarea class=\"govuk-textarea");
	if (ui_has_error(&o->error_message)) {
		LIT(h, " govuk-textarea--error");
	}
	if (counted) {
		LIT(h, " govuk-js-character-count");
	}
	ui_classes(h, o->classes);
	LIT(h, "\" id=\"");
	html_text(h, id);
	LIT(h, "\" name=\"");
	html_text(h, o->name);
	LIT(h, "\"");
	ui_number(h, "rows", o->rows > 0 ? o->rows : 5);
	ui_flag(h, "spellcheck", o->spellcheck);
	if (o->disabled) {
		LIT(h, " disabled");
	}
	ui_describe(h, &(struct ui_described){ .by = o->described_by,
					       .info = counted ? id : NULL,
					       .id = id,
					       .hint = ui_has_hint(&o->hint),
					       .error = ui_has_error(&o->error_message) });
	ui_unless_empty(h, "autocomplete", o->autocomplete);
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	content(h, o->value);
	LIT(h, "</textarea>");
}

/* Between the group's start tag and what comes after the control. */
static void body(struct html *h, const struct ui_textarea *o, const char *id, bool counted)
{
	ui_label_of(h, &o->label, id);
	ui_hint_of(h, &o->hint, id);
	ui_error_of(h, &o->error_message, id);
	ui_put(h, o->form_group.before_input.text, o->form_group.before_input.html);
	element(h, o, id, counted);
}

void ui_textarea(struct html *h, const struct ui_textarea *o)
{
	ui_group_begin(h, &o->form_group, ui_has_error(&o->error_message));
	body(h, o, ui_given(o->id) ? o->id : o->name, false);
	ui_put(h, o->form_group.after_input.text, o->form_group.after_input.html);
	LIT(h, "</div>");
}

static void count_group(struct html *h, const struct ui_character_count *o)
{
	const char *type = ui_given(o->count_type) ? o->count_type
			   : o->maxwords > 0	   ? "words"
						   : NULL;

	LIT(h, "<div class=\"govuk-form-group");
	if (ui_has_error(&o->error_message)) {
		LIT(h, " govuk-form-group--error");
	}
	LIT(h, " govuk-character-count");
	ui_classes(h, o->form_group.classes);
	LIT(h, "\" data-module=\"govuk-character-count\"");
	ui_number(h, "data-maxlength", o->maxlength);
	ui_number(h, "data-maxwords", o->maxwords);
	ui_number(h, "data-threshold", o->threshold);
	ui_unless_empty(h, "data-count-type", type);
	if (o->maxlength == 0 && o->maxwords == 0) {
		ui_unless_empty(h, "data-i18n.textarea-description.other",
				o->textarea_description_text);
	}
	ui_plural_attribute(h, "data-i18n.characters-under-limit", &o->characters_under_limit_text);
	ui_unless_empty(h, "data-i18n.characters-at-limit", o->characters_at_limit_text);
	ui_plural_attribute(h, "data-i18n.characters-over-limit", &o->characters_over_limit_text);
	ui_plural_attribute(h, "data-i18n.words-under-limit", &o->words_under_limit_text);
	ui_unless_empty(h, "data-i18n.words-at-limit", o->words_at_limit_text);
	ui_plural_attribute(h, "data-i18n.words-over-limit", &o->words_over_limit_text);
	ui_attributes(h, o->form_group.attributes);
	LIT(h, ">");
}

/* The description with the limit in the place of its first %{count}. */
static void described_limit(struct html *h, const char *text, int limit)
{
	static const char mark[] = "%{count}";
	const char *at = text == NULL ? NULL : strstr(text, mark);

	if (at == NULL) {
		html_text(h, text);
		return;
	}
	html_textn(h, text, (size_t)(at - text));
	html_int(h, limit);
	html_text(h, at + sizeof mark - 1);
}

static void count_message(struct html *h, const struct ui_character_count *o, const char *id)
{
	bool words =
		o->maxwords > 0 || (o->count_type != NULL && strcmp(o->count_type, "words") == 0);
	const char *text = o->textarea_description_text;

	if (!ui_given(text)) {
		text = words ? "You can enter up to %{count} words"
			     : "You can enter up to %{count} characters";
	}
	LIT(h, "<div id=\"");
	html_text(h, id);
	LIT(h, "-info\" class=\"govuk-hint govuk-character-count__message");
	ui_classes(h, o->count_message_classes);
	LIT(h, "\">");
	if (o->maxlength > 0 || o->maxwords > 0) {
		described_limit(h, text, o->maxwords > 0 ? o->maxwords : o->maxlength);
	}
	LIT(h, "</div>");
}

void ui_character_count(struct html *h, const struct ui_character_count *o)
{
	const char *id = ui_given(o->id) ? o->id : o->name;
	const struct ui_textarea area = { .id = id,
					  .name = o->name,
					  .value = o->value,
					  .spellcheck = o->spellcheck,
					  .rows = o->rows,
					  .label = o->label,
					  .hint = o->hint,
					  .error_message = o->error_message,
					  .form_group = o->form_group,
					  .classes = o->classes,
					  .attributes = o->attributes };

	count_group(h, o);
	body(h, &area, id, true);
	count_message(h, o, id);
	ui_put(h, o->form_group.after_input.text, o->form_group.after_input.html);
	LIT(h, "</div>");
}
