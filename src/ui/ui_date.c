#include <string.h>

#include "ui/controls.h"
#include "ui/write.h"

struct part { /* of a date, on its way out */
	const struct ui_date_input *whole;
	struct ui_date_item item;
	int width;
	bool error; /* marked */
};

static bool says(const char *classes, const char *what)
{
	return classes != NULL && strstr(classes, what) != NULL;
}

static bool has_error(const struct ui_date_item *item)
{
	return item->error == UI_TRUE || says(item->classes, "govuk-input--error");
}

static bool is_named(const struct ui_date_item *item, const char *usual,
		     const struct ui_date_item *own)
{
	return item->name != NULL &&
	       (strcmp(item->name, usual) == 0 ||
		(own != NULL && own->name != NULL && strcmp(item->name, own->name) == 0));
}

static const char *first_of(const char *a, const char *b, const char *c)
{
	return a != NULL ? a : b != NULL ? b : c;
}

/* Fills in what the item leaves to its place: name, value, width. */
static void place(struct part *p, size_t index)
{
	const struct ui_date_input *o = p->whole;
	const struct {
		const char *name;
		const struct ui_date_item *own;
		const char *value;
		int width;
	} usual[] = { { "day", o->day, o->day_value, 2 },
		      { "month", o->month, o->month_value, 2 },
		      { "year", o->year, o->year_value, 4 } };
	bool own_list = o->n_items > 0;

	p->width = 2;
	for (size_t i = 0; i < 3; i++) {
		if ((!own_list && i == index) || is_named(&p->item, usual[i].name, usual[i].own)) {
			p->item.name = p->item.name != NULL ? p->item.name : usual[i].name;
			p->item.value = first_of(p->item.value,
						 usual[i].own != NULL ? usual[i].own->value : NULL,
						 usual[i].value);
			p->width = usual[i].width;
			return;
		}
	}
}

static void part_label(struct html *h, const struct part *p)
{
	const char *name = p->item.name == NULL ? "" : p->item.name;

	LIT(h, "<label class=\"govuk-label govuk-date-input__label\" for=\"");
	if (ui_given(p->item.id)) {
		html_text(h, p->item.id);
	} else {
		html_text(h, p->whole->id);
		LIT(h, "-");
		html_text(h, name);
	}
	LIT(h, "\">");
	if (ui_given(p->item.label)) {
		html_text(h, p->item.label);
	} else if (name[0] >= 'a' && name[0] <= 'z') {
		char first = (char)(name[0] - 'a' + 'A');
		html_textn(h, &first, 1);
		html_text(h, name + 1);
	} else {
		html_text(h, name);
	}
	LIT(h, "</label>");
}

static void part_input(struct html *h, const struct part *p)
{
	const struct ui_date_item *item = &p->item;

	LIT(h, "<input class=\"govuk-input govuk-date-input__input");
	if (p->error && !says(item->classes, "govuk-input--error")) {
		LIT(h, " govuk-input--error");
	}
	if (!says(item->classes, "govuk-input--width-")) {
		LIT(h, " govuk-input--width-");
		html_int(h, p->width);
	}
	ui_classes(h, item->classes);
	LIT(h, "\" id=\"");
	if (ui_given(item->id)) {
		html_text(h, item->id);
	} else {
		html_text(h, p->whole->id);
		LIT(h, "-");
		html_text(h, item->name);
	}
	LIT(h, "\" name=\"");
	if (ui_given(p->whole->name_prefix)) {
		html_text(h, p->whole->name_prefix);
		LIT(h, "-");
	}
	html_text(h, item->name);
	LIT(h, "\" type=\"text\"");
	ui_optional(h, "value", item->value);
	ui_optional(h, "autocomplete", item->autocomplete);
	ui_optional(h, "pattern", item->pattern);
	ATTRIBUTE(h, "inputmode", ui_given(item->inputmode) ? item->inputmode : "numeric");
	ui_attributes(h, item->attributes);
	LIT(h, ">");
}

static void write_parts(struct html *h, const struct ui_date_input *o)
{
	const struct ui_date_item none = { 0 };
	const struct ui_date_item usual[] = { o->day != NULL ? *o->day : none,
					      o->month != NULL ? *o->month : none,
					      o->year != NULL ? *o->year : none };
	const struct ui_date_item *items = o->n_items > 0 ? o->items : usual;
	size_t n = o->n_items > 0 ? o->n_items : 3;
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		any = any || has_error(&items[i]);
	}
	for (size_t i = 0; i < n; i++) {
		struct part p = { .whole = o, .item = items[i] };
		p.error = has_error(&items[i]) ||
			  (items[i].error != UI_FALSE && ui_has_error(&o->error_message) && !any);
		place(&p, i);
		LIT(h, "<div class=\"govuk-date-input__item\"><div class=\"govuk-form-group\">");
		part_label(h, &p);
		part_input(h, &p);
		LIT(h, "</div></div>");
	}
}

void ui_date_input(struct html *h, const struct ui_date_input *o)
{
	const struct ui_described described = { .by = o->fieldset == NULL
							      ? NULL
							      : o->fieldset->described_by,
						.id = o->id,
						.hint = ui_has_hint(&o->hint),
						.error = ui_has_error(&o->error_message) };

	ui_group_begin(h, &o->form_group, described.error);
	if (o->fieldset != NULL) {
		/* JAWS says nothing of the description of text inputs in a plain fieldset: GOV.UK
		 * gives it a role. */
		ui_fieldset_described(h, o->fieldset, "group", &described);
	}
	ui_hint_of(h, &o->hint, o->id);
	ui_error_of(h, &o->error_message, o->id);
	LIT(h, "<div class=\"govuk-date-input");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	ui_unless_empty(h, "id", o->id);
	LIT(h, ">");
	ui_put(h, o->form_group.before_input.text, o->form_group.before_input.html);
	write_parts(h, o);
	ui_put(h, o->form_group.after_input.text, o->form_group.after_input.html);
	LIT(h, "</div>");
	if (o->fieldset != NULL) {
		LIT(h, "</fieldset>");
	}
	LIT(h, "</div>");
}
