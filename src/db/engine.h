/* Inside db/ only: the handle, the statement cache, and what its files share. SQLite is named here. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include <sqlite3.h>

#include "db/db.h"
#include "db/migration.h"

enum control { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO, CONTROLS };

struct slot { /* one parameter or column, resolved by name when the statement was prepared */
	const struct field *field;
	const struct word *last; /* the word read last: most rows repeat it */
};

struct cached { /* a prepared statement of this connection */
	const struct statement *s;
	sqlite3_stmt *st;
	struct slot *parameters;
	struct slot *columns;
	int n_parameters, n_columns;
};

struct db {
	sqlite3 *c;
	enum db_mode mode;
	uint64_t granted;
	struct cached **cache; /* by statement index */
	int n_cache;
	sqlite3_stmt *control[CONTROLS];
	bool begun; /* by us; SQLite may have undone it since */
	const char *begun_file;
	int begun_line;
	int64_t statements_run;
	int64_t limit_ms;   /* of one statement; 0: none */
	int64_t started_ms; /* when the progress handler first saw the running statement; 0: not yet */
	int wal_pages;      /* in the WAL after the last commit */
	int checkpoint_at;  /* pages at which the next checkpoint is worth trying */
};

/* What went wrong, as an error. s may be NULL. */
struct err *engine_fault(const struct db *db, const struct statement *s, int code);
/* Runs SQL text that is ours (pragmas, migrations); may hold several statements. */
struct err *engine_script(struct db *db, const char *sql) MUST_CHECK;
struct err *engine_control(struct db *db, enum control which) MUST_CHECK;

/* Prepares and resolves names; *out is owned by the caller until cached_free(). */
struct err *cached_new(struct cached **out, struct db *db, const struct statement *s,
		       unsigned flags) MUST_CHECK;
void cached_free(struct cached **cached);

/* Arguments of the struct into the prepared statement; texts are not copied. */
struct err *bind_arguments(struct db *db, const struct cached *p, const void *args) MUST_CHECK;
/* The current row into the zeroed struct. a NULL: texts stay SQLite's, until the next step. */
struct err *read_row(struct arena *a, const struct cached *p, void *row) MUST_CHECK;

/* db_migrate and db_schema_current with any list (the tests' own). */
struct err *migrate_to(struct arena *a, struct db *db, const struct migration *list, struct instant now,
		       int *applied_out) MUST_CHECK;
struct err *migrate_compare(struct arena *a, struct db *db, const struct migration *list,
			    int *missing_out) MUST_CHECK;

#endif
