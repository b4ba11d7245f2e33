/* Rows of the statements that count who is due (need_counts.c). */
#ifndef APP_TRAINING_NEED_COUNTS_H
#define APP_TRAINING_NEED_COUNTS_H

#include "app/training/need.h"

struct need_counts { /* rows: a person and a rule */
	int64_t overdue, due, in_date;
};
RECORD_DECLARE(need_counts);

struct need_standing { /* people who do one thing */
	int audience;
	int64_t required, in_date;
};
RECORD_DECLARE(need_standing);

/* Above the list of who is due. */
struct err *need_counts_draw(struct page *p, const struct due_args *args) MUST_CHECK;

#endif
