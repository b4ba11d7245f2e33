/* What pages, forms and lists share inside the house. */
#ifndef CORE_PAGE_H
#define CORE_PAGE_H

#include "core/core.h"

int status_of(enum err_kind kind);

/* Largest file that a POST to this path may carry; 0: none. */
size_t route_upload_limit(const char *path);

/* One control, drawn from the field; values and problems of the page. In a form (not a filter) it
 * says when an answer is optional, and shows short lists as radios. */
struct err *control_draw(struct page *p, const struct field *f, bool in_form) MUST_CHECK;
/* Id of the control (its first box) that an error summary leads to. */
const char *control_id(struct arena *a, const struct record *record, const char *field);

#endif
