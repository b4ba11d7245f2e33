/* Options of a field that come from the store: a statement with rows (value, label). A number in the row of a list that has
 * options is the id of one, and its label stands in the column. */
#ifndef RECORD_CHOICES_H
#define RECORD_CHOICES_H

#include "base/err.h"
#include "base/field.h"
#include "base/pairs.h"
#include "db/db.h"
#include "record/record.h"

struct choice { /* the row of every choices statement */
	const char *value; /* what the form sends: a reference or an id as text */
	const char *label;
	int64_t id;        /* of what is chosen, by which the row of a list names it; 0: it has none */
};
RECORD_DECLARE(choice);

struct choices {
	const struct statement *statement; /* args=authority_arg row=choice */
};

struct choice_list {
	struct choice *v;
	size_t n;
};

struct err *choices_load(struct arena *a, struct db *db, const struct choices *c,
			 int64_t authority_id, struct choice_list *out) MUST_CHECK;
/* Says that they will be loaded (db_ahead). */
struct err *choices_ahead(struct arena *a, struct db *db, const struct choices *c, int64_t authority_id) MUST_CHECK;
/* Adds a problem for every field with choices whose value is not among them. */
struct err *choices_check(struct arena *a, struct db *db, const struct record *r, const void *in,
			  int64_t authority_id, struct problems *problems) MUST_CHECK;

#endif
