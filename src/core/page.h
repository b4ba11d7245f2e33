/* What pages, forms and lists share inside the house. */
#ifndef CORE_PAGE_H
#define CORE_PAGE_H

#include "core/core.h"

int status_of(enum err_kind kind);

/* Largest file that a POST to this path may carry; 0: none. */
size_t route_upload_limit(const char *path);

/* The path of this page without its query, encoded again. */
struct url page_address(const struct page *p);

/* Answers a form that was sent after the login had ended with a page that keeps what was typed, until the
 * person has signed in. False: the form held nothing worth keeping, and nothing was answered. */
bool signed_out_page(struct page *p, const struct matched *m);
/* The same for a form whose page cannot be drawn, as the store cannot be read. */
bool unread_page(struct page *p, const struct matched *m, const struct err *err);

/* Options that come from the store, asked for once in the page and kept on its arena. */
struct err *page_choices(struct page *p, const struct choices *choices, struct choice_list *out) MUST_CHECK;

/* One control, drawn from the field; values and problems of the page. In a form (not a filter) it
 * says when an answer is optional, and shows short lists as radios. */
struct err *control_draw(struct page *p, const struct field *f, bool in_form) MUST_CHECK;
/* Id of the control (its first box) that an error summary leads to. */
const char *control_id(struct arena *a, const struct record *record, const char *field);

#endif
