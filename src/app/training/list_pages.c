/* Pages of lists that are looked at before they are saved: what stands around the preview. */
#include <string.h>

#include "app/training/list_import.h"
#include "base/arena.h"
#include "base/text.h"

static const struct upload *uploaded(const struct page *p)
{
	for (size_t i = 0; i < p->request->n_uploads; i++) {
		if (p->request->uploads[i].fd >= 0 && p->request->uploads[i].size > 0) {
			return &p->request->uploads[i];
		}
	}
	return NULL;
}

void list_form_sent(struct page *p, const struct record *record, void *form)
{
	struct pairs known = { 0 };
	struct problems ignored = { 0 };

	for (size_t i = 0; i < p->outcome->raw.n; i++) {
		const struct pair *v = &p->outcome->raw.v[i];

		if (record_field(record, v->name) != NULL) {
			pairs_add(p->arena, &known, v->name, v->value);
		}
	}
	record_decode(p->arena, record, &known, RECORD_FORM, form, &ignored);
}

struct err *list_text_sent(struct page *p, const char *rows, const char **text, bool *to_plan)
{
	*text = rows;
	*to_plan = false;
	if (p->outcome->err != NULL) {
		return NULL; /* the file or the whole was refused: what was typed stays */
	}
	TRY(list_text(p->arena, uploaded(p), rows, text));
	*to_plan = !text_empty(*text);
	return NULL;
}

void list_forget_preview(struct page *p, struct outcome *copy)
{
	struct pairs kept = { 0 };

	if (p->outcome == NULL) {
		return;
	}
	*copy = *p->outcome;
	for (size_t i = 0; i < copy->raw.n; i++) {
		const struct pair *v = &copy->raw.v[i];

		if (strcmp(v->name, "plan") != 0 && strcmp(v->name, "skip_bad") != 0) {
			pairs_add(p->arena, &kept, v->name, v->value);
		}
	}
	copy->raw = kept;
	p->outcome = copy;
}

void list_fields(struct page *p, const char *text, const char *label, const char *hint)
{
	static const struct ui_attribute accept[] = { { "accept", ".csv,.txt,.tsv,text/csv,text/plain" }, { NULL, NULL } };

	ui_textarea(p->html, &(struct ui_textarea){
				     .name = "rows",
				     .value = text,
				     .rows = 12,
				     .spellcheck = UI_FALSE,
				     .label = { .text = label },
				     .hint = { .text = hint },
				     .error_message = { .text = p->outcome == NULL ? NULL : problem_of(&p->outcome->problems, "rows") } });
	ui_file_upload(p->html, &(struct ui_file_upload){ .id = "file",
							  .name = "file",
							  .label = { .text = "Or choose a CSV file" },
							  .hint = { .text = "The file is used instead of the rows above" },
							  .attributes = accept });
}

/* ---- preview ---- */

bool list_shows(struct list_shown *shown, int kind)
{
	if (shown->n[kind] == LIST_SHOWN_MAX) {
		shown->hidden++;
		return false;
	}
	shown->n[kind]++;
	return true;
}

void list_say_hidden(struct page *p, const struct list_shown *shown, bool to_mend)
{
	if (shown->hidden > 0) {
		ui_paragraph(p->html, arena_printf(p->arena, "The first %d rows of each kind are shown; %zu more are not.%s", LIST_SHOWN_MAX,
						   shown->hidden, to_mend ? " All rows that cannot be used are in the file to mend." : ""));
	}
}

struct ui_table list_preview_table(const struct ui_cell *head, size_t n_head)
{
	return (struct ui_table){ .caption = "What would be saved",
				  .caption_classes = "govuk-table__caption--m",
				  .head = head,
				  .n_head = n_head,
				  .scrolls = true };
}

void list_verdict(struct html *h, const char *text, const char *tag_classes, const char *told)
{
	ui_tag(h, &(struct ui_tag){ .text = text, .classes = tag_classes });
	if (!text_empty(told)) {
		LIT(h, "<p class=\"govuk-body-s govuk-!-margin-top-1 govuk-!-margin-bottom-0\">");
		html_text(h, told);
		LIT(h, "</p>");
	}
}

/* ---- buttons ---- */

void list_agree(struct html *h, const char *digest, int64_t bad)
{
	ui_hidden(h, "plan", digest);
	if (bad > 0) {
		ui_hidden(h, "skip_bad", "yes");
	}
}

void list_save_buttons(struct page *p, const char *digest, size_t rows, int64_t bad, struct url save, struct url mend)
{
	struct arena *a = p->arena;
	long long good = (long long)rows - (long long)bad;
	const char *text = arena_printf(a, "Save %lld row%s", good, good == 1 ? "" : "s");

	list_agree(p->html, digest, bad);
	LIT(p->html, "<div class=\"govuk-button-group\">");
	if (good > 0) {
		ui_submit_to(p->html, save, bad == 0 ? text : arena_printf(a, "%s and leave out %lld", text, (long long)bad), NULL);
	}
	if (bad > 0) {
		ui_submit_to(p->html, mend, "Download the rows to mend (CSV)", "govuk-button--secondary");
	}
	LIT(p->html, "</div>");
}

void list_change_begin(struct page *p, const char *summary, bool open)
{
	const struct ui_details details = { .summary_text = summary, .open = open };

	ui_details_begin(p->html, &details);
}

void list_change_end(struct page *p, const struct form *form, const char *again, const char *leave)
{
	ui_submit_to(p->html, form->action, again, "govuk-button--secondary");
	ui_details_end(p->html);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, form->cancel, leave);
	LIT(p->html, "</p></form>");
}
