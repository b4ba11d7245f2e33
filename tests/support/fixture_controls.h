/* Fixtures of form controls: package options to our structs. */
#ifndef TESTS_FIXTURE_CONTROLS_H
#define TESTS_FIXTURE_CONTROLS_H

#include "fixture_read.h"

static void do_label(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_label l = label(f, o, NULL);

	ui_label(h, &l);
}

static void do_hint(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_hint t = hint(f, o, NULL);

	ui_hint(h, &t);
}

static void do_error_message(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_error_message t = error_message(f, o, NULL);

	ui_error_message(h, &t);
}

static void do_fieldset(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_fieldset s = { .described_by = text(f, o, "describedBy"),
				 .legend = legend(f, o),
				 .classes = text(f, o, "classes"),
				 .role = text(f, o, "role"),
				 .attributes = attributes(f, o, "attributes") };
	struct html_fragment inner = fragment(f, o, "html");

	ui_fieldset_begin(h, &s);
	if (inner.n > 0) {
		html_insert(h, inner);
	}
	ui_fieldset_end(h);
}

static void do_button(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_button b = { .text = text(f, o, "text"),
			       .html = fragment(f, o, "html"),
			       .type = text(f, o, "type"),
			       .name = text(f, o, "name"),
			       .value = text(f, o, "value"),
			       .disabled = yes(f, o, "disabled"),
			       .href = address(f, o, "href"),
			       .classes = text(f, o, "classes"),
			       .attributes = attributes(f, o, "attributes"),
			       .prevent_double_click = flag(f, o, "preventDoubleClick"),
			       .is_start_button = yes(f, o, "isStartButton"),
			       .id = text(f, o, "id") };

	ui_button(h, &b);
}

static struct ui_affix affix(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = take(f, o, key);
	struct ui_affix a = { 0 };

	if (json_is_object(v)) {
		a.text = text(f, v, "text");
		a.html = fragment(f, v, "html");
		a.classes = text(f, v, "classes");
		a.attributes = attributes(f, v, "attributes");
		leftover(f, v, ".affix");
	}
	return a;
}

static void do_input(struct fixture *f, json_t *o, struct html *h)
{
	json_t *wrapper = take(f, o, "inputWrapper");
	struct ui_input i = { .id = text(f, o, "id"),
			      .name = text(f, o, "name"),
			      .type = text(f, o, "type"),
			      .inputmode = text(f, o, "inputmode"),
			      .value = text(f, o, "value"),
			      .disabled = yes(f, o, "disabled"),
			      .described_by = text(f, o, "describedBy"),
			      .label = label(f, o, "label"),
			      .hint = hint(f, o, "hint"),
			      .error_message = error_message(f, o, "errorMessage"),
			      .prefix = affix(f, o, "prefix"),
			      .suffix = affix(f, o, "suffix"),
			      .form_group = form_group(f, o),
			      .classes = text(f, o, "classes"),
			      .autocomplete = text(f, o, "autocomplete"),
			      .pattern = text(f, o, "pattern"),
			      .autocapitalize = text(f, o, "autocapitalize"),
			      .spellcheck = flag(f, o, "spellcheck"),
			      .attributes = attributes(f, o, "attributes") };

	if (json_is_object(wrapper)) {
		i.wrapper_classes = text(f, wrapper, "classes");
		i.wrapper_attributes = attributes(f, wrapper, "attributes");
		leftover(f, wrapper, ".inputWrapper");
	}
	ui_input(h, &i);
}

static void do_password_input(struct fixture *f, json_t *o, struct html *h)
{
	json_t *button = take(f, o, "button");
	struct ui_password_input i = {
		.id = text(f, o, "id"),
		.name = text(f, o, "name"),
		.value = text(f, o, "value"),
		.disabled = yes(f, o, "disabled"),
		.described_by = text(f, o, "describedBy"),
		.label = label(f, o, "label"),
		.hint = hint(f, o, "hint"),
		.error_message = error_message(f, o, "errorMessage"),
		.form_group = form_group(f, o),
		.classes = text(f, o, "classes"),
		.autocomplete = text(f, o, "autocomplete"),
		.attributes = attributes(f, o, "attributes"),
		.show_password_text = text(f, o, "showPasswordText"),
		.hide_password_text = text(f, o, "hidePasswordText"),
		.show_password_aria_label_text = text(f, o, "showPasswordAriaLabelText"),
		.hide_password_aria_label_text = text(f, o, "hidePasswordAriaLabelText"),
		.password_shown_announcement_text = text(f, o, "passwordShownAnnouncementText"),
		.password_hidden_announcement_text = text(f, o, "passwordHiddenAnnouncementText"),
	};

	if (json_is_object(button)) {
		i.button_classes = text(f, button, "classes");
		leftover(f, button, ".button");
	}
	ui_password_input(h, &i);
}

static void do_textarea(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_textarea t = { .id = text(f, o, "id"),
				 .name = text(f, o, "name"),
				 .value = text(f, o, "value"),
				 .spellcheck = flag(f, o, "spellcheck"),
				 .rows = number(f, o, "rows"),
				 .disabled = yes(f, o, "disabled"),
				 .described_by = text(f, o, "describedBy"),
				 .label = label(f, o, "label"),
				 .hint = hint(f, o, "hint"),
				 .error_message = error_message(f, o, "errorMessage"),
				 .form_group = form_group(f, o),
				 .classes = text(f, o, "classes"),
				 .autocomplete = text(f, o, "autocomplete"),
				 .attributes = attributes(f, o, "attributes") };

	ui_textarea(h, &t);
}

static void do_character_count(struct fixture *f, json_t *o, struct html *h)
{
	json_t *message = take(f, o, "countMessage");
	struct ui_character_count c = {
		.id = text(f, o, "id"),
		.name = text(f, o, "name"),
		.value = text(f, o, "value"),
		.spellcheck = flag(f, o, "spellcheck"),
		.rows = number(f, o, "rows"),
		.maxlength = number(f, o, "maxlength"),
		.maxwords = number(f, o, "maxwords"),
		.threshold = number(f, o, "threshold"),
		.count_type = text(f, o, "countType"),
		.label = label(f, o, "label"),
		.hint = hint(f, o, "hint"),
		.error_message = error_message(f, o, "errorMessage"),
		.form_group = form_group(f, o),
		.classes = text(f, o, "classes"),
		.attributes = attributes(f, o, "attributes"),
		.textarea_description_text = text(f, o, "textareaDescriptionText"),
		.characters_under_limit_text = plural(f, o, "charactersUnderLimitText"),
		.characters_over_limit_text = plural(f, o, "charactersOverLimitText"),
		.words_under_limit_text = plural(f, o, "wordsUnderLimitText"),
		.words_over_limit_text = plural(f, o, "wordsOverLimitText"),
		.characters_at_limit_text = text(f, o, "charactersAtLimitText"),
		.words_at_limit_text = text(f, o, "wordsAtLimitText"),
	};

	if (json_is_object(message)) {
		c.count_message_classes = text(f, message, "classes");
		leftover(f, message, ".countMessage");
	}
	ui_character_count(h, &c);
}

static void do_select(struct fixture *f, json_t *o, struct html *h)
{
	json_t *items = list(f, o, "items");
	size_t n = json_array_size(items);
	struct ui_option *options = ARENA_NEW(f->arena, struct ui_option, n + 1);
	struct ui_select s = { .id = text(f, o, "id"),
			       .name = text(f, o, "name"),
			       .value = text(f, o, "value"),
			       .items = options,
			       .n_items = n,
			       .disabled = yes(f, o, "disabled"),
			       .described_by = text(f, o, "describedBy"),
			       .label = label(f, o, "label"),
			       .hint = hint(f, o, "hint"),
			       .error_message = error_message(f, o, "errorMessage"),
			       .form_group = form_group(f, o),
			       .classes = text(f, o, "classes"),
			       .attributes = attributes(f, o, "attributes") };

	for (size_t i = 0; i < n; i++) {
		json_t *v = json_array_get(items, i);
		if (json_is_false(json_object_get(v, "value"))) {
			excuse(f, "false as a value: a text of ours is a text");
		}
		options[i] = (struct ui_option){ .value = text(f, v, "value"),
						 .text = text(f, v, "text"),
						 .selected = flag(f, v, "selected"),
						 .disabled = yes(f, v, "disabled"),
						 .attributes = attributes(f, v, "attributes") };
		leftover(f, v, ".items");
	}
	ui_select(h, &s);
}

static struct ui_item *choice_items(struct fixture *f, json_t *items)
{
	size_t n = json_array_size(items);
	struct ui_item *out = ARENA_NEW(f->arena, struct ui_item, n + 1);

	for (size_t i = 0; i < n; i++) {
		json_t *v = json_array_get(items, i);
		json_t *conditional = take(f, v, "conditional");
		struct ui_label l = label(f, v, "label");
		out[i] = (struct ui_item){ .divider = text(f, v, "divider"),
					   .text = text(f, v, "text"),
					   .html = fragment(f, v, "html"),
					   .id = text(f, v, "id"),
					   .name = text(f, v, "name"),
					   .value = text(f, v, "value"),
					   .label_classes = l.classes,
					   .label_attributes = l.attributes,
					   .hint = hint(f, v, "hint"),
					   .checked = flag(f, v, "checked"),
					   .behaviour = text(f, v, "behaviour"),
					   .disabled = yes(f, v, "disabled"),
					   .attributes = attributes(f, v, "attributes") };
		if (json_is_object(conditional)) {
			out[i].conditional = fragment(f, conditional, "html");
		}
		leftover(f, v, ".items");
	}
	return out;
}

static void do_radios(struct fixture *f, json_t *o, struct html *h)
{
	json_t *items = list(f, o, "items");
	struct ui_radios r = { .fieldset = fieldset(f, o),
			       .hint = hint(f, o, "hint"),
			       .error_message = error_message(f, o, "errorMessage"),
			       .form_group = form_group(f, o),
			       .id_prefix = text(f, o, "idPrefix"),
			       .name = text(f, o, "name"),
			       .items = choice_items(f, items),
			       .n_items = json_array_size(items),
			       .value = text(f, o, "value"),
			       .classes = text(f, o, "classes"),
			       .attributes = attributes(f, o, "attributes") };

	ui_radios(h, &r);
}

static void do_checkboxes(struct fixture *f, json_t *o, struct html *h)
{
	json_t *items = list(f, o, "items");
	json_t *values = take(f, o, "values");
	const char **chosen = ARENA_NEW(f->arena, const char *, json_array_size(values) + 1);
	struct ui_checkboxes c = { .described_by = text(f, o, "describedBy"),
				   .fieldset = fieldset(f, o),
				   .hint = hint(f, o, "hint"),
				   .error_message = error_message(f, o, "errorMessage"),
				   .form_group = form_group(f, o),
				   .id_prefix = text(f, o, "idPrefix"),
				   .name = text(f, o, "name"),
				   .items = choice_items(f, items),
				   .n_items = json_array_size(items),
				   .values = chosen,
				   .classes = text(f, o, "classes"),
				   .attributes = attributes(f, o, "attributes") };

	for (size_t i = 0; i < json_array_size(values); i++) {
		chosen[i] = as_text(f, json_array_get(values, i));
	}
	ui_checkboxes(h, &c);
}

static struct ui_date_item date_item(struct fixture *f, json_t *v)
{
	struct ui_date_item item = { .id = text(f, v, "id"),
				     .name = text(f, v, "name"),
				     .label = text(f, v, "label"),
				     .value = text(f, v, "value"),
				     .error = flag(f, v, "error"),
				     .autocomplete = text(f, v, "autocomplete"),
				     .pattern = text(f, v, "pattern"),
				     .inputmode = text(f, v, "inputmode"),
				     .classes = text(f, v, "classes"),
				     .attributes = attributes(f, v, "attributes") };

	leftover(f, v, ".items");
	return item;
}

/* An object; false (the part is left out) stays and is looked up among the excuses. */
static const struct ui_date_item *date_part(struct fixture *f, json_t *o, const char *key,
					    json_t *values, const char *prefix)
{
	struct ui_date_item *item;

	if (!json_is_object(json_object_get(o, key))) {
		return NULL;
	}
	item = ARENA_NEW(f->arena, struct ui_date_item, 1);
	*item = date_item(f, take(f, o, key));
	if (item->value == NULL && item->name != NULL && prefix != NULL) {
		item->value = text(f, values, arena_printf(f->arena, "%s-%s", prefix, item->name));
	}
	return item;
}

static const char *date_value(struct fixture *f, json_t *values, const char *prefix,
			      const char *part)
{
	const char *plain = text(f, values, part);

	return plain != NULL || prefix == NULL
		       ? plain
		       : text(f, values, arena_printf(f->arena, "%s-%s", prefix, part));
}

static void do_date_input(struct fixture *f, json_t *o, struct html *h)
{
	json_t *items = list(f, o, "items");
	json_t *values = take(f, o, "values");
	const char *prefix = text(f, o, "namePrefix");
	struct ui_date_item *parts =
		ARENA_NEW(f->arena, struct ui_date_item, json_array_size(items) + 1);
	struct ui_date_input d = { .id = text(f, o, "id"),
				   .name_prefix = prefix,
				   .items = parts,
				   .n_items = json_array_size(items),
				   .day = date_part(f, o, "day", values, prefix),
				   .month = date_part(f, o, "month", values, prefix),
				   .year = date_part(f, o, "year", values, prefix),
				   .hint = hint(f, o, "hint"),
				   .error_message = error_message(f, o, "errorMessage"),
				   .form_group = form_group(f, o),
				   .fieldset = fieldset(f, o),
				   .classes = text(f, o, "classes"),
				   .attributes = attributes(f, o, "attributes") };

	for (size_t i = 0; i < d.n_items; i++) {
		parts[i] = date_item(f, json_array_get(items, i));
	}
	if (json_is_object(values)) {
		d.day_value = date_value(f, values, d.name_prefix, "day");
		d.month_value = date_value(f, values, d.name_prefix, "month");
		d.year_value = date_value(f, values, d.name_prefix, "year");
		leftover(f, values, ".values");
	}
	ui_date_input(h, &d);
}

static void do_file_upload(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_file_upload u = { .id = text(f, o, "id"),
				    .name = text(f, o, "name"),
				    .disabled = yes(f, o, "disabled"),
				    .multiple = yes(f, o, "multiple"),
				    .described_by = text(f, o, "describedBy"),
				    .label = label(f, o, "label"),
				    .hint = hint(f, o, "hint"),
				    .error_message = error_message(f, o, "errorMessage"),
				    .form_group = form_group(f, o),
				    .javascript = yes(f, o, "javascript"),
				    .choose_files_button_text = text(f, o, "chooseFilesButtonText"),
				    .drop_instruction_text = text(f, o, "dropInstructionText"),
				    .no_file_chosen_text = text(f, o, "noFileChosenText"),
				    .multiple_files_chosen_text =
					    plural(f, o, "multipleFilesChosenText"),
				    .entered_drop_zone_text = text(f, o, "enteredDropZoneText"),
				    .left_drop_zone_text = text(f, o, "leftDropZoneText"),
				    .classes = text(f, o, "classes"),
				    .attributes = attributes(f, o, "attributes"),
				    .wrapper_classes = text(f, o, "wrapperClasses"),
				    .wrapper_attributes = attributes(f, o, "wrapperAttributes") };

	(void)take(f, o, "value"); /* the template ignores it as well */
	ui_file_upload(h, &u);
}

static void do_error_summary(struct fixture *f, json_t *o, struct html *h)
{
	json_t *errors = list(f, o, "errorList");
	size_t n = json_array_size(errors);
	struct ui_error_line *lines = ARENA_NEW(f->arena, struct ui_error_line, n + 1);
	struct ui_error_summary s = { .title_text = text(f, o, "titleText"),
				      .title_html = fragment(f, o, "titleHtml"),
				      .description_text = text(f, o, "descriptionText"),
				      .description_html = fragment(f, o, "descriptionHtml"),
				      .error_list = lines,
				      .n_errors = n,
				      .disable_auto_focus = flag(f, o, "disableAutoFocus"),
				      .classes = text(f, o, "classes"),
				      .attributes = attributes(f, o, "attributes") };

	for (size_t i = 0; i < n; i++) {
		json_t *v = json_array_get(errors, i);
		lines[i] = (struct ui_error_line){ .text = text(f, v, "text"),
						   .html = fragment(f, v, "html"),
						   .href = address(f, v, "href"),
						   .attributes = attributes(f, v, "attributes") };
		leftover(f, v, ".errorList");
	}
	ui_error_summary(h, &s);
}

#endif
