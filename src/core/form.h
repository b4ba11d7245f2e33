/* What the parts of a form share inside the house. */
#ifndef CORE_FORM_H
#define CORE_FORM_H

#include "core/page.h"

/* ---- conflict.c: somebody else changed it first ---- */

struct change_arg { /* what the audit says of a thing: "session:2K7Q" */
	int64_t authority_id;
	const char *subject;
};
RECORD_DECLARE(change_arg);
struct change_row {
	struct instant at;
	const char *actor, *person;
};
RECORD_DECLARE(change_row);

/* The values that count: where a person has chosen what somebody else entered, that. */
struct pairs conflict_settled(struct arena *a, const struct record *record, const struct pairs *raw);
/* Hidden fields: what stood in the form when it was opened. answered: what was sent, when the form is shown again. */
void conflict_carry(struct page *p, const struct form *form, const struct pairs *answered);
/* In a form that is shown again because of a conflict: what differs, and choices; p->values takes over what only the
 * other person changed. Otherwise nothing. */
struct err *conflict_draw(struct page *p, const struct form *form) MUST_CHECK;

#endif
