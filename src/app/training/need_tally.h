/*
 * How many are asked for training, in date, due and overdue on any day: kept as changes of these numbers, day by day (table
 * need_tally), so that figures and counts read days, not people. Whoever changes rows of person_need takes out what their
 * people count for before, puts in what they count for after, and keeps the difference, in one transaction (need_work.c,
 * merge_move.c).
 */
#ifndef APP_TRAINING_NEED_TALLY_H
#define APP_TRAINING_NEED_TALLY_H

#include "app/training/need_work.h"

struct need_touch { /* a rule touches a person */
	int64_t learner_id, authority_id;
	int audience;
	struct date from_on, to_on;	   /* of the rule; to_on not set: no end */
	struct date trained_on, due_on;
};
RECORD_DECLARE(need_touch);

struct need_step { /* from this day on so many more, or fewer */
	int64_t authority_id;
	int audience;
	struct date on_day;
	int64_t required, in_date;    /* people: a rule in force asks for training; trained and not due for every one that does */
	int64_t asked, overdue, due; /* a person and a rule in force; of those by status (need_status) */
};
RECORD_DECLARE(need_step);

enum { NEED_STEPS_OF_RULE = 5 };

/* The steps of one person: rows are all the rules that touch them. out has room for NEED_STEPS_OF_RULE a row; returns how many
 * there are, by day. */
size_t need_steps(const struct need_touch *rows, size_t n, struct need_step *out);

struct need_tally { /* all zero: no steps yet */
	struct arena *arena;
	struct need_step *steps;
	size_t n, room;
};

/* Adds (sign 1) or takes away (sign -1) what people count for: all the rules that touch them, each person's together. */
void need_tally_add(struct arena *a, struct need_tally *t, const struct need_touch *rows, size_t n, int sign);
/* The same of the people of a scope, whatever the rule, as their rows are now. */
struct err *need_tally_of_people(struct op *op, const struct need_scope *scope, int sign, struct need_tally *t) MUST_CHECK;
/* Writes what has changed. */
struct err *need_tally_keep(struct op *op, struct need_tally *t) MUST_CHECK;
/* For `dueregard check`: adds to *wrong; *first_out keeps what it is when it is set. */
struct err *need_tally_check(struct arena *a, struct db *db, int64_t *wrong, const char **first_out) MUST_CHECK;

#endif
