/* A form that can neither be taken nor shown again: its login had ended, or the store cannot be read. Nothing typed
 * is lost. */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/page.h"
#include "trust/trust.h"

/* Fields of the form but the house's own token and what must not stand in a page again. */
static bool is_kept(const struct record *record, const struct pair *pair)
{
	const struct field *f = record != NULL ? record_field(record, pair->name) : NULL;

	if (f != NULL && (f->flags & F_SECRET) != 0) {
		return false;
	}
	return strcmp(pair->name, "_csrf") != 0;
}

static bool holds_something(const struct record *record, const struct pairs *form)
{
	for (size_t i = 0; i < form->n; i++) {
		if (form->v[i].name[0] != '_' && is_kept(record, &form->v[i]) &&
		    text_is_utf8(form->v[i].value, strlen(form->v[i].value)) &&
		    !text_empty(form->v[i].value)) {
			return true;
		}
	}
	return false;
}

static void draw_form(struct page *p, const struct record *record, const char *button)
{
	const struct pairs *form = &p->request->form;

	LIT(p->html, "<form method=\"post\" action=\"");
	html_url(p->html, page_address(p));
	LIT(p->html, "\">");
	if (p->who->user_id != 0) {
		ui_hidden(p->html, "_csrf", csrf_token(p->arena, p->world, p->who));
	}
	for (size_t i = 0; i < form->n; i++) {
		if (is_kept(record, &form->v[i]) &&
		    text_is_utf8(form->v[i].value, strlen(form->v[i].value))) {
			ui_hidden(p->html, form->v[i].name, form->v[i].value);
		}
	}
	ui_button(p->html, &(struct ui_button){ .text = button });
	LIT(p->html, "</form>");
}

static void tell_of_files(struct page *p)
{
	if (p->request->n_uploads > 0) {
		ui_paragraph(p->html, "A file cannot be kept. You will be asked to choose it again.");
	}
}

bool signed_out_page(struct page *p, const struct matched *m)
{
	const struct record *record = m->route->operation->input;

	if (!holds_something(record, &p->request->form)) {
		return false;
	}
	p->response->status = 403;
	page_begin(p, &(struct page_head){ .title = "You have been signed out", .plain = true });
	ui_paragraph(p->html, "What you typed has not been saved, and it is not lost: this page keeps it.");
	LIT(p->html, "<ol class=\"govuk-list govuk-list--number\"><li>"
		     "<a class=\"govuk-link\" href=\"/sign-in\" target=\"_blank\" rel=\"noopener\">"
		     "Sign in again (opens in a new tab)</a></li>"
		     "<li>Come back to this tab and select Continue. You can look at it once more "
		     "before you send it.</li></ol>");
	tell_of_files(p);
	draw_form(p, record, "Continue");
	page_end(p);
	return true;
}

bool unread_page(struct page *p, const struct matched *m, const struct err *err)
{
	const struct record *record = m->route->operation->input;

	if (!holds_something(record, &p->request->form)) {
		return false;
	}
	log_err(LOG_ERROR, "a form that was sent could not be shown again", err);
	*p->response = (struct response){ .status = status_of(err->kind), .headers = p->response->headers };
	page_begin(p, &(struct page_head){ .title = "Sorry, the service is unavailable", .plain = true });
	ui_paragraph(p->html, err->sentence);
	ui_paragraph(p->html, "What you typed is not lost: this page keeps it. Send it again in a moment; if it was saved "
			      "the first time, it is not saved twice.");
	tell_of_files(p);
	draw_form(p, record, "Send again");
	page_end(p);
	return true;
}
