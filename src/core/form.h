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
/* Hidden fields: what stood in the form when it was opened. answered: what was sent
 * or put aside, when the form is shown again. */
void conflict_carry(struct page *p, const struct form *form, const struct pairs *answered);
/* In a form that is shown again because of a conflict: what differs, and choices; p->values takes over what only the
 * other person changed. Otherwise nothing. */
struct err *conflict_draw(struct page *p, const struct form *form) MUST_CHECK;

/* ---- draft.c: a long form put aside ---- */

struct draft_key {
	int64_t user_id;
	const char *page;
	struct instant since; /* older ones have gone */
};
RECORD_DECLARE(draft_key);
struct draft {
	int64_t id, user_id;
	const char *page, *label, *fields;
	struct instant at;
};
RECORD_DECLARE(draft);

extern const struct operation save_draft, discard_draft;
page_fn draft_page;
struct today;
struct err *drafts_today(struct page *p, struct today *out) MUST_CHECK;

/* This form may be put aside: it has a long text, and stands on a page of somebody who is signed in. */
bool draft_offered(const struct page *p, const struct form *form);
/* The person's draft of this page, when they have chosen to continue with it. *undecided: there is one, and the notice
 * that asks what to do with it has been drawn. */
struct err *draft_open(struct page *p, struct pairs *out, bool *undecided) MUST_CHECK;
void draft_carry(struct page *p, const struct form *form);
void draft_button(struct page *p);
/* What was done needs no draft any more. */
struct err *draft_forget(struct op *op) MUST_CHECK;
/* Those of thirty days ago, in a transaction of the caller's. */
struct err *drafts_sweep(struct db *db, struct instant now) MUST_CHECK;

/* ---- view.c: a list's filters under a name ---- */

struct view_key {
	int64_t user_id;
	const char *list, *name;
};
RECORD_DECLARE(view_key);
struct saved_view {
	int64_t id, user_id;
	const char *list, *name, *query;
};
RECORD_DECLARE(saved_view);

extern const struct operation save_view, remove_view;
page_fn view_page;

#endif
