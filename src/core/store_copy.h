/* A store copied and judged: what `backup` and `restore` share. */
#ifndef CORE_STORE_COPY_H
#define CORE_STORE_COPY_H

#include "db/copy.h"
#include "trust/trust.h"

struct store_copy {
	struct copying copying;  /* arena, hash, progress */
	struct copy_plan plan;
	struct copy_sum *sums;   /* of what was copied, by table */
	struct audit_report audit;
	int64_t rows;
	char digest[65];
};

/* From the store's snapshot into an empty place, within transactions under way in both. */
struct err *store_copy_fill(struct store_copy *s, struct db *from, struct db *to, struct instant now) MUST_CHECK;
/* Is what stands there what was copied? Within a transaction; names the first table that differs. */
struct err *store_copy_compare(struct store_copy *s, struct db *there) MUST_CHECK;
/* Pages and references, schema, audit chain; fills s->audit. */
struct err *store_copy_check(struct store_copy *s, struct db *db) MUST_CHECK;

#endif
