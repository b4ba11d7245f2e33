/* Controls of forms: button, inputs, radios, check boxes, date, file, error summary. */
#ifndef UI_CONTROLS_H
#define UI_CONTROLS_H

#include "ui/parts.h"

struct ui_button {
	const char *text;
	struct html_fragment html;
	const char *type; /* NULL: "submit" */
	const char *name, *value;
	bool disabled;
	struct url href; /* a link that looks like a button */
	struct url action; /* sends the form there instead */
	const char *classes; /* "govuk-button--secondary", "govuk-button--warning" */
	const struct ui_attribute *attributes;
	enum ui_flag prevent_double_click;
	bool is_start_button;
	const char *id;
};
void ui_button(struct html *h, const struct ui_button *o);
/* Sends the form to that address; a double click sends it once. classes as in ui_button. */
void ui_submit_to(struct html *h, struct url action, const char *text, const char *classes);

struct ui_affix { /* prefix or suffix of an input */
	const char *text;
	struct html_fragment html;
	const char *classes;
	const struct ui_attribute *attributes;
};

struct ui_input {
	const char *id;   /* NULL: the name */
	const char *name;
	const char *type; /* NULL: "text" */
	const char *inputmode;
	const char *value;
	bool disabled;
	const char *described_by;
	struct ui_label label;
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_affix prefix, suffix;
	struct ui_form_group form_group;
	const char *classes; /* "govuk-input--width-10" */
	const char *autocomplete, *pattern, *autocapitalize;
	enum ui_flag spellcheck;
	const char *wrapper_classes;
	const struct ui_attribute *wrapper_attributes;
	const struct ui_attribute *attributes;
};
void ui_input(struct html *h, const struct ui_input *o);

struct ui_password_input {
	const char *id, *name, *value;
	bool disabled;
	const char *described_by;
	struct ui_label label;
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_form_group form_group;
	const char *classes;
	const char *autocomplete; /* NULL: "current-password" */
	const struct ui_attribute *attributes;
	const char *show_password_text, *hide_password_text;
	const char *show_password_aria_label_text, *hide_password_aria_label_text;
	const char *password_shown_announcement_text, *password_hidden_announcement_text;
	const char *button_classes;
};
void ui_password_input(struct html *h, const struct ui_password_input *o);

struct ui_textarea {
	const char *id, *name, *value;
	enum ui_flag spellcheck;
	int rows; /* 0: 5 */
	bool disabled;
	const char *described_by;
	struct ui_label label;
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_form_group form_group;
	const char *classes, *autocomplete;
	const struct ui_attribute *attributes;
};
void ui_textarea(struct html *h, const struct ui_textarea *o);

struct ui_character_count {
	const char *id, *name, *value;
	enum ui_flag spellcheck;
	int rows;
	int maxlength, maxwords; /* 0: not said */
	int threshold;           /* per cent; 0: always shown */
	const char *count_type;
	struct ui_label label;
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_form_group form_group;
	const char *classes, *count_message_classes;
	const struct ui_attribute *attributes;
	const char *textarea_description_text;
	struct ui_plural characters_under_limit_text, characters_over_limit_text;
	struct ui_plural words_under_limit_text, words_over_limit_text;
	const char *characters_at_limit_text, *words_at_limit_text;
};
void ui_character_count(struct html *h, const struct ui_character_count *o);

struct ui_option { /* of a select */
	const char *value; /* NULL: the text */
	const char *text;
	enum ui_flag selected;
	bool disabled;
	const struct ui_attribute *attributes;
};

struct ui_select {
	const char *id, *name;
	const char *value; /* the chosen one */
	const struct ui_option *items;
	size_t n_items;
	bool disabled;
	const char *described_by;
	struct ui_label label;
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_form_group form_group;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_select(struct html *h, const struct ui_select *o);

struct ui_item { /* of radios and check boxes */
	const char *divider; /* "or": then nothing else */
	const char *text;
	struct html_fragment html;
	const char *id;   /* NULL: made from the prefix and the place */
	const char *name; /* check boxes: NULL: that of the whole */
	const char *value;
	const char *label_classes;
	const struct ui_attribute *label_attributes;
	struct ui_hint hint;
	enum ui_flag checked; /* UNSET: by the value(s) of the whole */
	struct html_fragment conditional; /* shown when chosen */
	const char *behaviour; /* check boxes: "exclusive" */
	bool disabled;
	const struct ui_attribute *attributes;
};

struct ui_radios {
	const struct ui_fieldset *fieldset; /* NULL: none */
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_form_group form_group;
	const char *id_prefix; /* NULL: the name */
	const char *name;
	const struct ui_item *items;
	size_t n_items;
	const char *value;
	const char *classes; /* "govuk-radios--inline", "govuk-radios--small" */
	const struct ui_attribute *attributes;
};
void ui_radios(struct html *h, const struct ui_radios *o);

struct ui_checkboxes {
	const char *described_by;
	const struct ui_fieldset *fieldset;
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_form_group form_group;
	const char *id_prefix, *name;
	const struct ui_item *items;
	size_t n_items;
	const char *const *values; /* the chosen ones; NULL-terminated */
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_checkboxes(struct html *h, const struct ui_checkboxes *o);

struct ui_date_item {
	const char *id, *name, *label, *value;
	enum ui_flag error; /* UNSET: all parts are marked when there is an error message */
	const char *autocomplete, *pattern, *inputmode, *classes;
	const struct ui_attribute *attributes;
};

struct ui_date_input {
	const char *id;
	const char *name_prefix;        /* names become prefix-day, prefix-month, prefix-year */
	const struct ui_date_item *items; /* NULL: day, month, year */
	size_t n_items;
	const struct ui_date_item *day, *month, *year; /* NULL: as usual */
	const char *day_value, *month_value, *year_value;
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_form_group form_group;
	const struct ui_fieldset *fieldset;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_date_input(struct html *h, const struct ui_date_input *o);

struct ui_file_upload {
	const char *id, *name;
	bool disabled, multiple;
	const char *described_by;
	struct ui_label label;
	struct ui_hint hint;
	struct ui_error_message error_message;
	struct ui_form_group form_group;
	bool javascript; /* the improved version with a drop zone */
	const char *choose_files_button_text, *drop_instruction_text, *no_file_chosen_text;
	struct ui_plural multiple_files_chosen_text;
	const char *entered_drop_zone_text, *left_drop_zone_text;
	const char *classes;
	const struct ui_attribute *attributes; /* { "accept", ".csv" } */
	const char *wrapper_classes;
	const struct ui_attribute *wrapper_attributes;
};
void ui_file_upload(struct html *h, const struct ui_file_upload *o);

struct ui_error_line {
	const char *text;
	struct html_fragment html;
	struct url href; /* "#id-of-the-control" */
	const struct ui_attribute *attributes;
};

struct ui_error_summary {
	const char *title_text; /* NULL writes nothing: say "There is a problem" */
	struct html_fragment title_html;
	const char *description_text;
	struct html_fragment description_html;
	const struct ui_error_line *error_list;
	size_t n_errors;
	enum ui_flag disable_auto_focus;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_error_summary(struct html *h, const struct ui_error_summary *o);

/* A hidden field of a form. */
void ui_hidden(struct html *h, const char *name, const char *value);

/* A time of day as one text input ("14:30", "2:30pm"), for fields name-time beside a date input. */
struct ui_time_input {
	const char *id, *name, *value;
	const char *label; /* NULL: "Time" */
	const char *described_by;
	bool error;
};
void ui_time_input(struct html *h, const struct ui_time_input *o);

#endif
