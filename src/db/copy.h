/*
 * Copies of a store, table by table, between any two engines, and their digest.
 *
 * What makes up a store is asked of the schema files, not of the store that is copied: an empty store in memory
 * is brought to the schema's number and its ordinary tables are listed. So whatever an engine adds of its own -
 * the record of migrations, marks of commits, its index of words, computed columns - is not copied: it is made where
 * the rows arrive (core/store_copy.c asks for the index).
 *
 * The digest says what the rows hold, the same on both engines:
 *
 *   store = H(a line "TABLE ROWS HASH\n" for each table, in the order of their names)
 *   HASH  = H(every row, in the order of the primary key)
 *   row   = its values in the order of the columns' names, then "\n"
 *   value = a letter, the number of bytes in decimal, ":", the bytes:
 *           N nothing; I an integer in decimal; R the 16 hex digits of an IEEE 754 double, most significant first;
 *           T a text in UTF-8, and a day as 2026-03-27; B bytes
 *
 * H is SHA-256, in hex (trust/crypto.c; handed in, as only that folder names its library). tests/support/digest.py
 * is the second reading of this.
 */
#ifndef DB_COPY_H
#define DB_COPY_H

#include <stddef.h>

#include "db/db.h"

struct copy_table {
	const char *name;
	size_t columns;
	const char *select, *insert; /* the same columns, in the order of their names */
	struct { const char **v; size_t n; } parents; /* tables that its rows point to */
};

struct copy_plan {
	int number;                 /* of the schema */
	struct copy_table *tables;  /* in an order in which rows find those they point to */
	size_t n;
};

struct copy_sum { /* of one table */
	int64_t rows;
	char hash[65];
};

#define COPY_HASH_STATE 128
struct copy_hash { /* how H is worked out; the state is kept by the caller of begin() */
	void (*begin)(void *state);
	void (*add)(void *state, const void *p, size_t n);
	void (*end)(void *state, char hex[65]);
};

struct copying {
	struct arena *arena;
	struct copy_hash hash;
	void (*progress)(void *context, const char *table, int64_t rows); /* now and then; may be NULL */
	void *context;
	bool writing_failed; /* of an error: it came from where the rows arrive */
};

/* The number of the store's schema; 0: it has no tables at all. Refuses what db_migrate() refuses. */
struct err *copy_number(struct arena *a, struct db *db, int *number_out) MUST_CHECK;
struct err *copy_plan(struct arena *a, int number, struct copy_plan *out) MUST_CHECK;
/* A file that is filled and closed again: no log lies beside it, and only a commit makes it sound. */
struct err *copy_open_file(struct db **out, const char *path) MUST_CHECK;

/* Copies every row within transactions that are under way in both (to: db_begin_schema, no tables yet), making
 * the schema first; sums: one for each table of the plan. */
struct err *copy_store(struct copying *c, const struct copy_plan *plan, struct db *from, struct db *to,
		       struct instant now, struct copy_sum *sums) MUST_CHECK;
/* Housekeeping of a store that was filled, after the commit. That it fails costs nothing but speed for a while. */
void copy_tidy(struct db *to);
/* The sums alone, within a transaction. */
struct err *copy_sums(struct copying *c, const struct copy_plan *plan, struct db *db, struct copy_sum *sums) MUST_CHECK;
/* The digest of the whole store out of the sums; returns the number of rows. */
int64_t copy_digest(struct copying *c, const struct copy_plan *plan, const struct copy_sum *sums, char out[65]);
/* The rest of the program's schema files, inside db_begin_schema. */
struct err *copy_update(struct arena *a, struct db *db, struct instant now) MUST_CHECK;

/* A backup says of itself what it held when it was made: a table that belongs to no schema. */
struct copy_seal {
	struct instant taken_at; /* 0: the file has no seal */
	const char *digest;
};
struct err *copy_write_seal(struct db *db, const struct copy_seal *seal) MUST_CHECK;
struct err *copy_read_seal(struct arena *a, struct db *db, struct copy_seal *out) MUST_CHECK;

/* digest.c: adds a row to the hash. */
struct value;
void digest_row(const struct copy_hash *h, void *state, const struct value *values, size_t n);

#endif
