#include "ui/write.h"

void ui_put(struct html *h, const char *text, struct html_fragment html)
{
	if (html.n > 0) {
		html_insert(h, html);
	} else {
		html_text(h, text);
	}
}

void ui_classes(struct html *h, const char *classes)
{
	if (ui_given(classes)) {
		LIT(h, " ");
		html_text(h, classes);
	}
}

void ui_attributes(struct html *h, const struct ui_attribute *attributes)
{
	for (; attributes != NULL && attributes->name != NULL; attributes++) {
		html_attribute(h, attributes->name, attributes->value);
	}
}

void ui_heading_open(struct html *h, int level)
{
	switch (level) {
	case 1:
		LIT(h, "<h1");
		break;
	case 2:
		LIT(h, "<h2");
		break;
	case 3:
		LIT(h, "<h3");
		break;
	case 4:
		LIT(h, "<h4");
		break;
	case 5:
		LIT(h, "<h5");
		break;
	default:
		LIT(h, "<h6");
		break;
	}
}

void ui_heading_close(struct html *h, int level)
{
	switch (level) {
	case 1:
		LIT(h, "</h1>");
		break;
	case 2:
		LIT(h, "</h2>");
		break;
	case 3:
		LIT(h, "</h3>");
		break;
	case 4:
		LIT(h, "</h4>");
		break;
	case 5:
		LIT(h, "</h5>");
		break;
	default:
		LIT(h, "</h6>");
		break;
	}
}

bool ui_is_described(const struct ui_described *d)
{
	return ui_given(d->by) || d->info != NULL || d->hint || d->error;
}

static void one_id(struct html *h, bool *first, const char *id, const char *suffix)
{
	if (!*first) {
		LIT(h, " ");
	}
	*first = false;
	html_text(h, id);
	html_text(h, suffix);
}

void ui_described_ids(struct html *h, const struct ui_described *d)
{
	bool first = true;

	if (d->info != NULL) {
		one_id(h, &first, d->info, "-info");
	}
	if (ui_given(d->by)) {
		one_id(h, &first, d->by, NULL);
	}
	if (d->hint) {
		one_id(h, &first, d->id, "-hint");
	}
	if (d->error) {
		one_id(h, &first, d->id, "-error");
	}
}

void ui_describe(struct html *h, const struct ui_described *d)
{
	if (ui_is_described(d)) {
		LIT(h, " aria-describedby=\"");
		ui_described_ids(h, d);
		LIT(h, "\"");
	}
}

void ui_group_begin(struct html *h, const struct ui_form_group *group, bool error)
{
	LIT(h, "<div class=\"govuk-form-group");
	if (error) {
		LIT(h, " govuk-form-group--error");
	}
	ui_classes(h, group->classes);
	LIT(h, "\"");
	ui_attributes(h, group->attributes);
	LIT(h, ">");
}
