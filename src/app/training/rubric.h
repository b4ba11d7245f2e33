/*
 * The rubric: what a quality review looks at, as data with versions. Version 1 is the product's own (domain reference
 * 4.12) until an authority says otherwise; a new version holds from its first day on, and a review keeps the version it
 * was rated by.
 */
#ifndef APP_TRAINING_RUBRIC_H
#define APP_TRAINING_RUBRIC_H

#include "core/feature.h"
#include "db/args.h"

enum { CRITERIA_MAX = 12 };

struct criterion {
	int64_t id, rubric_id, place;
	const char *key, *label, *hint;
};
RECORD_DECLARE(criterion);

struct rubric {
	int64_t id, authority_id, version; /* id 0: the product's own, not kept yet */
	struct date from_on;
};
RECORD_DECLARE(rubric);

struct rubric_arg {
	int64_t authority_id;
	struct date on;
};
RECORD_DECLARE(rubric_arg);

struct rating { /* of one criterion in one review, as it is stored */
	int64_t review_id, criterion_id, rating; /* 0: the reviewer could not tell */
};
RECORD_DECLARE(rating);

struct rating_line {
	int64_t id;
	const char *label;
	int64_t rating;
};
RECORD_DECLARE(rating_line);

struct form_row {
	int64_t review_id;
	int form;
};
RECORD_DECLARE(form_row);

struct rubric_form {
	struct date from_on;
};
RECORD_DECLARE(rubric_form);

struct rubric_whole {
	struct rubric rubric;
	struct criterion *v;
	size_t n;
};

/* The version that holds on a day. */
struct err *rubric_on(struct arena *a, struct db *db, int64_t authority_id, struct date day,
		      struct rubric_whole *out) MUST_CHECK;
/* Stores the product's own version, which gets ids by that; nothing to do for others. */
struct err *rubric_keep(struct op *op, struct rubric_whole *rubric) MUST_CHECK;
/* "rating-KEY": field of a criterion's rating in the form. */
const char *rating_field(struct arena *a, const struct criterion *c);

extern const struct operation add_rubric;
page_fn rubric_page, rubric_new_page;

#endif
