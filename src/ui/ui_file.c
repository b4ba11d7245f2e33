/* File upload, error summary. */
#include "ui/controls.h"
#include "ui/write.h"

static void drop_zone(struct html *h, const struct ui_file_upload *o)
{
	LIT(h, "<div class=\"govuk-file-upload-wrapper");
	ui_classes(h, o->wrapper_classes);
	LIT(h, "\" data-module=\"govuk-file-upload\"");
	ui_unless_empty(h, "data-i18n.choose-files-button", o->choose_files_button_text);
	ui_unless_empty(h, "data-i18n.no-file-chosen", o->no_file_chosen_text);
	ui_plural_attribute(h, "data-i18n.multiple-files-chosen", &o->multiple_files_chosen_text);
	ui_unless_empty(h, "data-i18n.drop-instruction", o->drop_instruction_text);
	ui_unless_empty(h, "data-i18n.entered-drop-zone", o->entered_drop_zone_text);
	ui_unless_empty(h, "data-i18n.left-drop-zone", o->left_drop_zone_text);
	ui_attributes(h, o->wrapper_attributes);
	LIT(h, ">");
}

static void element(struct html *h, const struct ui_file_upload *o, const char *id)
{
	LIT(h, "<input class=\"govuk-file-upload");
	ui_classes(h, o->classes);
	if (ui_has_error(&o->error_message)) {
		LIT(h, " govuk-file-upload--error");
	}
	LIT(h, "\" id=\"");
	html_text(h, id);
	LIT(h, "\" name=\"");
	html_text(h, o->name);
	LIT(h, "\" type=\"file\"");
	if (o->disabled) {
		LIT(h, " disabled");
	}
	if (o->multiple) {
		LIT(h, " multiple");
	}
	ui_describe(h, &(struct ui_described){ .by = o->described_by,
					       .id = id,
					       .hint = ui_has_hint(&o->hint),
					       .error = ui_has_error(&o->error_message) });
	ui_attributes(h, o->attributes);
	LIT(h, ">");
}

void ui_file_upload(struct html *h, const struct ui_file_upload *o)
{
	const char *id = ui_given(o->id) ? o->id : o->name;

	ui_group_begin(h, &o->form_group, ui_has_error(&o->error_message));
	ui_label_of(h, &o->label, id);
	ui_hint_of(h, &o->hint, id);
	ui_error_of(h, &o->error_message, id);
	ui_put(h, o->form_group.before_input.text, o->form_group.before_input.html);
	if (o->javascript) {
		drop_zone(h, o);
	}
	element(h, o, id);
	if (o->javascript) {
		LIT(h, "</div>");
	}
	ui_put(h, o->form_group.after_input.text, o->form_group.after_input.html);
	LIT(h, "</div>");
}

static void error_line(struct html *h, const struct ui_error_line *line)
{
	LIT(h, "<li>");
	if (ui_given(line->href.s)) {
		LIT(h, "<a href=\"");
		html_url(h, line->href);
		LIT(h, "\"");
		ui_attributes(h, line->attributes);
		LIT(h, ">");
		ui_put(h, line->text, line->html);
		LIT(h, "</a>");
	} else {
		ui_put(h, line->text, line->html);
	}
	LIT(h, "</li>");
}

void ui_error_summary(struct html *h, const struct ui_error_summary *o)
{
	LIT(h, "<div class=\"govuk-error-summary");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_flag(h, "data-disable-auto-focus", o->disable_auto_focus);
	ui_attributes(h, o->attributes);
	LIT(h, " data-module=\"govuk-error-summary\"><div role=\"alert\"><h2 "
	       "class=\"govuk-error-summary__title\">");
	ui_put(h, o->title_text, o->title_html);
	LIT(h, "</h2><div class=\"govuk-error-summary__body\">");
	if (ui_has(o->description_text, o->description_html)) {
		LIT(h, "<p>");
		ui_put(h, o->description_text, o->description_html);
		LIT(h, "</p>");
	}
	if (o->n_errors > 0) {
		LIT(h, "<ul class=\"govuk-list govuk-error-summary__list\">");
		for (size_t i = 0; i < o->n_errors; i++) {
			error_line(h, &o->error_list[i]);
		}
		LIT(h, "</ul>");
	}
	LIT(h, "</div></div></div>");
}
