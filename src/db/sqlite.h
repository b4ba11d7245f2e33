/* Inside db/ only: the SQLite connection, shared by sqlite*.c. */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include <sqlite3.h>

#include "db/engine.h"

struct sqlite {
	struct db db; /* first: a struct db of this engine is one of these */
	sqlite3 *c;
	sqlite3_stmt *control[CONTROLS + 1];
	int64_t started_ms; /* when the progress handler first saw the running statement; 0: not yet */
	int wal_pages;      /* in the WAL after the last commit */
	int checkpoint_at;  /* pages at which the next checkpoint is worth trying */
};

static inline struct sqlite *sqlite_of(const struct db *db)
{
	return (struct sqlite *)(void *)(uintptr_t)db;
}

/* What went wrong, as an error. s may be NULL. */
struct err *sqlite_fault(const struct db *db, const struct statement *s, int code);
struct err *sqlite_script(struct db *db, const char *sql) MUST_CHECK;

/* sqlite_log.c: the name under which the one who writes opens the store. */
const char *sqlite_log_gathered(void);

/* sqlite_rows.c */
struct err *sqlite_prepare(struct db *db, struct cached *p, bool once) MUST_CHECK;
const char *sqlite_column_name(const struct cached *p, int i);
void sqlite_forget(struct db *db, struct cached *p);
struct err *sqlite_start(struct run *r, const void *args, bool stream) MUST_CHECK;
struct err *sqlite_next(struct run *r, struct arena *a, void *row, bool *found_out) MUST_CHECK;
void sqlite_finish(struct run *r);
int sqlite_bind(sqlite3_stmt *st, int i, const struct value *v);

/* sqlite_copy.c */
struct err *sqlite_scan(struct db *db, const char *sql, struct err *(*take)(void *context, const struct value *v),
			void *context) MUST_CHECK;
struct err *sqlite_put(struct db *db, struct put *p, const struct value *values) MUST_CHECK;

/* sqlite_check.c */
struct err *sqlite_integrity(struct arena *a, struct db *db, const char **report_out) MUST_CHECK;
const char *sqlite_statement_text(const struct statement *s);
struct err *sqlite_column_source(struct arena *a, struct db *db, const struct cached *p, int i,
				 struct column_source *out) MUST_CHECK;
struct err *sqlite_check_plan(struct arena *a, struct db *db, const struct cached *p,
			      struct buf *faults) MUST_CHECK;

#endif
