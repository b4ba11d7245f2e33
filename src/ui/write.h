/* How components write: attributes, slots, and what every control has. Private to ui/. */
#ifndef UI_WRITE_H
#define UI_WRITE_H

#include "ui/parts.h"

static inline bool ui_given(const char *s)
{
	return s != NULL && s[0] != '\0';
}

static inline bool ui_has(const char *text, struct html_fragment html)
{
	return html.n > 0 || ui_given(text);
}

/* A slot: the fragment, else the text. */
void ui_put(struct html *h, const char *text, struct html_fragment html);
/* Inside a class attribute: a space and the further classes, if any. */
void ui_classes(struct html *h, const char *classes);
void ui_attributes(struct html *h, const struct ui_attribute *attributes);
/* An attribute that is left out when its value is NULL; the second also when it is "". Names are
 * string constants: the sink looks at each but once. */
#define ui_optional(h, name, value)                                                                \
	do {                                                                                       \
		const char *value_ = (value);                                                      \
		if (value_ != NULL) {                                                              \
			ATTRIBUTE(h, name, value_);                                                \
		}                                                                                  \
	} while (0)
#define ui_unless_empty(h, name, value)                                                            \
	do {                                                                                       \
		const char *value_ = (value);                                                      \
		if (ui_given(value_)) {                                                            \
			ATTRIBUTE(h, name, value_);                                                \
		}                                                                                  \
	} while (0)
#define ui_flag(h, name, flag)                                                                     \
	do {                                                                                       \
		enum ui_flag flag_ = (flag);                                                       \
		ui_optional(h, name,                                                               \
			    flag_ == UI_UNSET ? NULL : flag_ == UI_TRUE ? "true" : "false");       \
	} while (0)
#define ui_number(h, name, n) /* left out when 0 */                                                \
	do {                                                                                       \
		int n_ = (n);                                                                      \
		if (n_ > 0) {                                                                      \
			LIT(h, " " name "=\"");                                                    \
			html_int(h, n_);                                                           \
			LIT(h, "\"");                                                              \
		}                                                                                  \
	} while (0)
/* NAME.one and NAME.other */
#define ui_plural_attribute(h, name, plural)                                                       \
	do {                                                                                       \
		const struct ui_plural *plural_ = (plural);                                        \
		ui_unless_empty(h, name ".other", plural_->other);                                 \
		ui_unless_empty(h, name ".one", plural_->one);                                     \
	} while (0)

/* "<hN" and "</hN>". */
void ui_heading_open(struct html *h, int level);
void ui_heading_close(struct html *h, int level);

/* aria-describedby of a control: what the caller names, then hint and error by the control's id. */
struct ui_described {
	const char *by;    /* may be NULL */
	const char *info;  /* id of a control whose "-info" comes first; NULL: none */
	const char *id;
	bool hint, error;
};
bool ui_is_described(const struct ui_described *d);
void ui_describe(struct html *h, const struct ui_described *d);         /* the attribute, if any */
void ui_described_ids(struct html *h, const struct ui_described *d);    /* only the value */

/* The parts of a form group. */
void ui_group_begin(struct html *h, const struct ui_form_group *group, bool error);
void ui_label_of(struct html *h, const struct ui_label *label, const char *id);
void ui_hint_of(struct html *h, const struct ui_hint *hint, const char *id);
void ui_error_of(struct html *h, const struct ui_error_message *error, const char *id);

void ui_legend(struct html *h, const struct ui_legend *o);
/* A fieldset whose description is its controls' hint and error. */
void ui_fieldset_described(struct html *h, const struct ui_fieldset *o, const char *role,
			   const struct ui_described *d);

static inline bool ui_has_hint(const struct ui_hint *o)
{
	return ui_has(o->text, o->html);
}

static inline bool ui_has_error(const struct ui_error_message *o)
{
	return ui_has(o->text, o->html);
}

#endif
