/* Radios and check boxes: the same shape, told apart by a table of class names. */
#include <string.h>

#include "ui/controls.h"
#include "ui/write.h"

struct family { /* class names and words that differ */
	bool checkboxes;
	const char *divider, *item, *input, *label, *hint, *conditional, *conditional_hidden, *type;
};

static const struct family radios = {
	.divider = "govuk-radios__divider",
	.item = "govuk-radios__item",
	.input = "govuk-radios__input",
	.label = "govuk-radios__label",
	.hint = "govuk-radios__hint",
	.conditional = "govuk-radios__conditional",
	.conditional_hidden = "govuk-radios__conditional--hidden",
	.type = "radio",
};

static const struct family checkboxes = {
	.checkboxes = true,
	.divider = "govuk-checkboxes__divider",
	.item = "govuk-checkboxes__item",
	.input = "govuk-checkboxes__input",
	.label = "govuk-checkboxes__label",
	.hint = "govuk-checkboxes__hint",
	.conditional = "govuk-checkboxes__conditional",
	.conditional_hidden = "govuk-checkboxes__conditional--hidden",
	.type = "checkbox",
};

/* One item on its way out. */
struct placed {
	const struct family *family;
	const struct ui_item *item;
	const char *prefix; /* of ids */
	const char *name;
	size_t index; /* from 1; the first id has no number, so that the error summary can link to
			 it */
	bool checked;
	const struct ui_described
		*group; /* described by hint and error of the whole; NULL: the fieldset is */
};

static void item_id(struct html *h, const struct placed *p)
{
	if (ui_given(p->item->id)) {
		html_text(h, p->item->id);
		return;
	}
	html_text(h, p->prefix);
	if (p->index > 1) {
		html_text(h, "-");
		html_int(h, (int64_t)p->index);
	}
}

static void item_described(struct html *h, const struct placed *p)
{
	bool hint = ui_has_hint(&p->item->hint);
	bool group = p->group != NULL && ui_is_described(p->group);

	if (!hint && !group) {
		return;
	}
	LIT(h, " aria-describedby=\"");
	if (group) {
		ui_described_ids(h, p->group);
		if (hint) {
			html_text(h, " ");
		}
	}
	if (hint) {
		item_id(h, p);
		LIT(h, "-item-hint");
	}
	LIT(h, "\"");
}

static void item_input(struct html *h, const struct placed *p)
{
	const struct ui_item *item = p->item;

	LIT(h, "<input class=\"");
	html_text(h, p->family->input);
	LIT(h, "\" id=\"");
	item_id(h, p);
	LIT(h, "\" name=\"");
	html_text(h, p->family->checkboxes && ui_given(item->name) ? item->name : p->name);
	LIT(h, "\" type=\"");
	html_text(h, p->family->type);
	LIT(h, "\" value=\"");
	html_text(h, item->value);
	LIT(h, "\"");
	if (p->checked) {
		LIT(h, " checked");
	}
	if (item->disabled) {
		LIT(h, " disabled");
	}
	if (item->conditional.n > 0) {
		LIT(h, " data-aria-controls=\"conditional-");
		item_id(h, p);
		LIT(h, "\"");
	}
	ui_unless_empty(h, "data-behaviour", item->behaviour);
	item_described(h, p);
	ui_attributes(h, item->attributes);
	LIT(h, ">");
}

static void item_label(struct html *h, const struct placed *p)
{
	const struct ui_item *item = p->item;

	if (!ui_has(item->text, item->html)) {
		return;
	}
	LIT(h, "<label class=\"govuk-label ");
	html_text(h, p->family->label);
	ui_classes(h, item->label_classes);
	LIT(h, "\"");
	ui_attributes(h, item->label_attributes);
	LIT(h, " for=\"");
	item_id(h, p);
	LIT(h, "\">");
	ui_put(h, item->text, item->html);
	LIT(h, "</label>");
}

static void item_hint(struct html *h, const struct placed *p)
{
	const struct ui_hint *hint = &p->item->hint;

	if (!ui_has_hint(hint)) {
		return;
	}
	LIT(h, "<div id=\"");
	item_id(h, p);
	LIT(h, "-item-hint\" class=\"govuk-hint ");
	html_text(h, p->family->hint);
	ui_classes(h, hint->classes);
	LIT(h, "\"");
	ui_attributes(h, hint->attributes);
	LIT(h, ">");
	ui_put(h, hint->text, hint->html);
	LIT(h, "</div>");
}

static void item_conditional(struct html *h, const struct placed *p)
{
	if (p->item->conditional.n == 0) {
		return;
	}
	LIT(h, "<div class=\"");
	html_text(h, p->family->conditional);
	if (!p->checked) {
		html_text(h, " ");
		html_text(h, p->family->conditional_hidden);
	}
	LIT(h, "\" id=\"conditional-");
	item_id(h, p);
	LIT(h, "\">");
	html_insert(h, p->item->conditional);
	LIT(h, "</div>");
}

static void write_item(struct html *h, const struct placed *p)
{
	LIT(h, "<div class=\"");
	if (ui_given(p->item->divider)) {
		html_text(h, p->family->divider);
		LIT(h, "\">");
		html_text(h, p->item->divider);
		LIT(h, "</div>");
		return;
	}
	html_text(h, p->family->item);
	LIT(h, "\">");
	item_input(h, p);
	item_label(h, p);
	item_hint(h, p);
	LIT(h, "</div>");
	item_conditional(h, p);
}

static bool radio_checked(const struct ui_item *item, const char *chosen)
{
	if (item->checked != UI_UNSET) {
		return item->checked == UI_TRUE;
	}
	return ui_given(chosen) && item->value != NULL && strcmp(item->value, chosen) == 0;
}

static bool box_checked(const struct ui_item *item, const char *const *chosen)
{
	if (item->checked != UI_UNSET) {
		return item->checked == UI_TRUE;
	}
	for (; chosen != NULL && *chosen != NULL; chosen++) {
		if (item->value != NULL && strcmp(item->value, *chosen) == 0) {
			return true;
		}
	}
	return false;
}

/* Form group, fieldset, hint and error: up to the div that holds the items. */
static void whole_begin(struct html *h, const struct ui_form_group *group,
			const struct ui_fieldset *fieldset, const struct ui_described *described,
			const struct ui_hint *hint, const struct ui_error_message *error)
{
	ui_group_begin(h, group, described->error);
	if (fieldset != NULL) {
		ui_fieldset_described(h, fieldset, NULL, described);
	}
	ui_hint_of(h, hint, described->id);
	ui_error_of(h, error, described->id);
}

static void whole_end(struct html *h, const struct ui_form_group *group,
		      const struct ui_fieldset *fieldset)
{
	ui_put(h, group->after_input.text, group->after_input.html);
	LIT(h, "</div>");
	if (fieldset != NULL) {
		LIT(h, "</fieldset>");
	}
	LIT(h, "</div>");
}

void ui_radios(struct html *h, const struct ui_radios *o)
{
	const char *prefix = ui_given(o->id_prefix) ? o->id_prefix : o->name;
	const struct ui_described described = { .by = o->fieldset == NULL
							      ? NULL
							      : o->fieldset->described_by,
						.id = prefix,
						.hint = ui_has_hint(&o->hint),
						.error = ui_has_error(&o->error_message) };

	whole_begin(h, &o->form_group, o->fieldset, &described, &o->hint, &o->error_message);
	LIT(h, "<div class=\"govuk-radios");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, " data-module=\"govuk-radios\">");
	ui_put(h, o->form_group.before_input.text, o->form_group.before_input.html);
	for (size_t i = 0; i < o->n_items; i++) {
		write_item(h, &(struct placed){ .family = &radios,
						.item = &o->items[i],
						.prefix = prefix,
						.name = o->name,
						.index = i + 1,
						.checked = radio_checked(&o->items[i], o->value) });
	}
	whole_end(h, &o->form_group, o->fieldset);
}

void ui_checkboxes(struct html *h, const struct ui_checkboxes *o)
{
	const char *prefix = ui_given(o->id_prefix) ? o->id_prefix : o->name;
	bool own = o->fieldset != NULL && ui_given(o->fieldset->described_by);
	const struct ui_described described = { .by = own ? o->fieldset->described_by
							  : o->described_by,
						.id = prefix,
						.hint = ui_has_hint(&o->hint),
						.error = ui_has_error(&o->error_message) };

	whole_begin(h, &o->form_group, o->fieldset, &described, &o->hint, &o->error_message);
	LIT(h, "<div class=\"govuk-checkboxes");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, " data-module=\"govuk-checkboxes\">");
	ui_put(h, o->form_group.before_input.text, o->form_group.before_input.html);
	for (size_t i = 0; i < o->n_items; i++) {
		write_item(h, &(struct placed){ .family = &checkboxes,
						.item = &o->items[i],
						.prefix = prefix,
						.name = o->name,
						.index = i + 1,
						.checked = box_checked(&o->items[i], o->values),
						.group = o->fieldset == NULL ? &described : NULL });
	}
	whole_end(h, &o->form_group, o->fieldset);
}
