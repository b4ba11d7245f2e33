/* Within record/: what decode.c, decode_dates.c and problems.c share. */
#ifndef RECORD_DECODE_H
#define RECORD_DECODE_H

#include "record/record.h"

struct decode { /* one run of record_decode */
	struct arena *arena;
	const struct pairs *raw;
	enum record_source source;
	void *out;
	struct problems *problems;
};

/* "Venue": the label, or the name made readable. */
const char *sentence_label(struct arena *a, const struct field *f);
/* "Enter the venue", "Select the course": what to say when there is nothing. */
const char *sentence_ask(struct arena *a, const struct field *f);
/* True when a person picks the value rather than types it. */
bool sentence_is_pick(const struct field *f);

/* The one value of a name, normalised: "" when absent, NULL when it was refused (the problem is
 * added). */
const char *decode_one(struct decode *d, const struct field *f, const char *name);
/* NAME-suffix on the arena. */
const char *decode_part_name(struct arena *a, const struct field *f, const char *suffix);
void decode_date(struct decode *d, const struct field *f);
void decode_instant(struct decode *d, const struct field *f);

#endif
