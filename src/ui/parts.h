/* What several components share: attributes, label, hint, error message, fieldset, form group. */
#ifndef UI_PARTS_H
#define UI_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "html/html.h"

/*
 * All option structs are used with designated initialisers; zero means absent. Text is escaped;
 * `html` is a fragment that the sink made itself (html_fragment) and wins over text. Lists of
 * attributes end with a NULL name.
 */
struct ui_attribute {
	const char *name;
	const char *value; /* NULL: the name alone */
};

enum ui_flag { UI_UNSET, UI_TRUE, UI_FALSE }; /* an attribute that is left out, "true" or "false" */

struct ui_label {
	const char *text;
	struct html_fragment html;
	const char *for_; /* id of the control; set by the control's own component */
	bool is_page_heading;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_label(struct html *h, const struct ui_label *o);

struct ui_hint {
	const char *text;
	struct html_fragment html;
	const char *id;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_hint(struct html *h, const struct ui_hint *o);

struct ui_error_message {
	const char *text;
	struct html_fragment html;
	const char *id;
	const char *classes;
	const struct ui_attribute *attributes;
	const char *visually_hidden_text; /* NULL: "Error"; "": none */
};
void ui_error_message(struct html *h, const struct ui_error_message *o);

struct ui_legend {
	const char *text;
	struct html_fragment html;
	const char *classes;
	bool is_page_heading;
};

struct ui_fieldset {
	const char *described_by;
	struct ui_legend legend;
	const char *classes;
	const char *role;
	const struct ui_attribute *attributes;
};
void ui_fieldset_begin(struct html *h, const struct ui_fieldset *o);
void ui_fieldset_end(struct html *h);

struct ui_plural { /* a message by plural rule */
	const char *one, *other;
};

struct ui_text { /* a slot: text or a fragment */
	const char *text;
	struct html_fragment html;
};

struct ui_form_group {
	const char *classes;
	const struct ui_attribute *attributes;
	struct ui_text before_input, after_input;
};

#endif
