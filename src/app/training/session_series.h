/* Sessions that repeat: made together, each then goes its own way. */
#ifndef APP_TRAINING_SESSION_SERIES_H
#define APP_TRAINING_SESSION_SERIES_H

#include "app/training/session_rows.h"

enum { SERIES_MAX = 20 }; /* sessions made at once */

enum repeat { REPEAT_ONCE = 1, REPEAT_WEEKLY, REPEAT_FORTNIGHTLY, REPEAT_MONTHLY };

struct series_dates {
	struct date v[SERIES_MAX]; /* after the first one */
	size_t n;
	const char *field, *fault; /* what must be mended; NULL: nothing */
};

/* The dates after `first`. Once: none. Every week, fortnight or month, `times` in all (a month that lacks the day has it on its
 * last); or the dates written one a line. A pure decision. */
void series_plan(struct arena *a, struct date first, int repeat, int64_t times, const char *dates,
		 struct series_dates *out);

struct series_arg {
	int64_t authority_id, series_id, session_id;
};
RECORD_DECLARE(series_arg);

struct series_line {
	const char *reference;
	struct instant starts_at;
	const char *venue;
	int state;
};
RECORD_DECLARE(series_line);

/* The other sessions of its series, in order; none when it is not repeated. */
struct err *session_series(struct arena *a, struct db *db, const struct session *s, struct series_line **out,
			   size_t *n) MUST_CHECK;
/* The part of a session's page that lists them; nothing when there are none. */
struct err *series_part(struct page *p, const struct session *s) MUST_CHECK;

extern const struct words repeat_words;

#endif
