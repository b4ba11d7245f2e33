/* Rows of the statements that count who is due (need_counts.c). */
#ifndef APP_TRAINING_NEED_COUNTS_H
#define APP_TRAINING_NEED_COUNTS_H

#include "app/training/need.h"

struct need_counts { /* rows: a person and a rule */
	int64_t overdue, due, in_date;
};
RECORD_DECLARE(need_counts);

struct need_standing { /* people who do one thing and are due on one day, as lists of ids (base/ids.h) */
	int audience;
	const char *late, *in_date;
};
RECORD_DECLARE(need_standing);

/* Above the list of who is due. Exact for a rule, an audience, a school or an agency; of everybody up to NEED_TOUCHED_MOST. */
struct err *need_counts_draw(struct page *p, const struct due_args *args) MUST_CHECK;

#endif
