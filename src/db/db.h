/*
 * One interface to the store, over two engines: SQLite in a file, PostgreSQL on a server. Only this folder
 * names their libraries; which one it is shows in the place that is opened and nowhere else.
 *
 * Callers receive filled structs, never statement handles. Rows and arguments are matched to
 * structs by name through field tables. Instants are epoch milliseconds, dates text YYYY-MM-DD,
 * booleans 0/1, coded values their stored word.
 *
 * tools/sqlgen makes a typed function for every statement (sql_<name>), which is what features call.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/statement.h"

struct arena;
struct db;

enum db_mode {
	DB_READ, /* read-only handle: every process but the keeper */
	DB_WRITE /* the keeper's: the only one that writes */
};

enum { /* longest time of one statement, milliseconds */
	DB_READER_LIMIT_MS = 10000,
	DB_WRITER_LIMIT_MS = 60000
};

/* Every handle may run `public` and `house` statements: see the generated statements.c. */
#define DB_GRANTED_AT_OPEN ((UINT64_C(1) << 1) | (UINT64_C(1) << 2))

/*
 * Opens the store at a place: the path of a file, or "postgresql://..." (libpq's connection address). On a file
 * DB_WRITE creates it when absent. The schema is not touched (db_migrate). Open before a sandbox is put on; a
 * lost connection to a server is opened again by db_again() with what was learnt here.
 * A reader of a file needs the folder to be writable by its account: SQLite keeps the readers' marks in PATH-shm.
 */
struct err *db_open(struct db **out, const char *place, enum db_mode mode) MUST_CHECK;
void db_close(struct db **db); /* accepts a pointer to NULL */
bool db_is_server(const char *place); /* a PostgreSQL address, not the path of a file */

/* What opening a lost connection again takes, for whoever shuts the process in: nothing for a file. */
enum { DB_REACH_MAX = 8 };
struct db_reach {
	bool local;                        /* a Unix socket */
	uint16_t ports[DB_REACH_MAX];      /* TCP, of all hosts that the address names */
	const char *files[DB_REACH_MAX];   /* that the address names: certificates, password */
	size_t n_ports, n_files;
};
void db_reach(struct arena *a, const char *place, struct db_reach *out);

const char *db_engine_name(const struct db *db); /* "SQLite", "PostgreSQL" */

/*
 * Transactions; begin remembers who opened it. A read handle's transaction is one snapshot. A write handle's is
 * the only one from begin to end, whatever the engine and however many hosts: operations are serial.
 */
#define db_begin(db) db_begin_at((db), __FILE__, __LINE__)
struct err *db_begin_at(struct db *db, const char *file, int line) MUST_CHECK;
struct err *db_commit(struct db *db) MUST_CHECK;
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);
/* For a reader that makes page after page: a server hears of the end of a transaction with the beginning of the next, one
 * message less for it and for us. When none follows at once, db_rest() tells it: a snapshot is not held while nobody works. */
void db_chain(struct db *db);
void db_rest(struct db *db);
bool db_is_resting(const struct db *db); /* there is nothing to tell */
/* Savepoint inside a transaction: the keeper's group commit runs each operation in one. */
struct err *db_savepoint(struct db *db) MUST_CHECK;
struct err *db_release(struct db *db) MUST_CHECK;
void db_rollback_savepoint(struct db *db);
/* From here to the end of the transaction, or until it is taken back, savepoints cost nothing, in the hope that none has to be
 * undone after it has changed something. When one has, the transaction is spoilt: everything in it is to be rolled back and
 * run again without this. Not while a savepoint stands. (A savepoint makes FTS5 write what it holds, and the pages before it
 * be kept: what changes 20,000 rows one by one takes ten times as long.) */
void db_hope(struct db *db, bool on);
bool db_spoilt(const struct db *db);
/* For a migration: as a writer's begin, when the tables may not be there yet. */
struct err *db_begin_schema(struct db *db) MUST_CHECK;

/* After a transaction has failed and was rolled back: may it go well when it is run again, whole? True when the
 * server undid it because of another one, or when the connection was lost and is open again now; a server that is
 * away is waited for, up to patience_ms. A commit that was under way when the connection was lost is never told
 * as failed when it was made (pgsql_control.c). */
bool db_again(struct db *db, int64_t patience_ms);

/* A statement of the transaction failed, and not for what db_again() mends: it would fail again. */
bool db_failed_for_good(const struct db *db);

/* Longest time of one statement in milliseconds, 0 for none; then it is stopped, ERR_BUSY. */
struct err *db_time_limit(struct db *db, int64_t ms) MUST_CHECK;

/* Which statements may run: bit n for enum permission n (trust/permission.h). A statement outside
 * the grant is ERR_BUG. A new handle is granted nothing but `public` and `house`. */
void db_grant(struct db *db, uint64_t permissions);
uint64_t db_granted(const struct db *db);

/* The generic runners behind the generated functions. Strings are copied to the arena. */
struct err *db_one(struct arena *a, struct db *db, const struct statement *s, const void *args,
		   void *row) MUST_CHECK; /* ERR_NOT_FOUND when there is no row */
struct err *db_maybe(struct arena *a, struct db *db, const struct statement *s, const void *args,
		     void *row, bool *found) MUST_CHECK;
struct err *db_many(struct arena *a, struct db *db, const struct statement *s, const void *args,
		    void *rows_out, size_t *n_out) MUST_CHECK; /* rows_out: address of a row pointer */
struct err *db_exec(struct db *db, const struct statement *s, const void *args,
		    int64_t *changed) MUST_CHECK; /* changed may be NULL */
/* Does a :list statement for each of n structs of its arguments, which stand one behind another; in any order. With an
 * error some may be done. A server gets them many at once: where 20,000 rows are written one by one, each waits for an
 * answer of its own. */
struct err *db_list(struct db *db, const struct statement *s, const void *list, size_t n) MUST_CHECK;
/* Says, inside a reader's transaction, what it will ask: a server is sent all that was said with the first of it that is asked,
 * and answers in one journey. Each is asked by its own function as ever, which finds its answer there when the arguments are
 * the same; what is never asked costs its answer. The texts of args stay where they are to the end of the transaction, and so
 * does the arena. On a file it does nothing. */
struct err *db_ahead(struct arena *a, struct db *db, const struct statement *s, const void *args) MUST_CHECK;
bool db_asks_ahead(const struct db *db); /* false: on a file */
/* For long results: row() sees one filled struct at a time, its strings die after the call (what
 * row() puts on the arena stays). Nothing else may be asked of the handle until the end. */
struct err *db_each(struct arena *a, struct db *db, const struct statement *s, const void *args,
		    struct err *(*row)(void *context, const void *row), void *context) MUST_CHECK;

/* Since it was opened; tests count a page's. */
int64_t db_statements_run(const struct db *db);
int64_t db_journeys(const struct db *db); /* messages to a server, each with an answer; 0 on a file */

/* Keeper only, housekeeping between transactions. SQLite: moves the WAL into the file when it has grown; truncates
 * when `idle`. */
struct err *db_checkpoint(struct db *db, bool idle) MUST_CHECK;
/* Looks at every page and every reference; *report_out NULL: all is well. */
struct err *db_integrity(struct arena *a, struct db *db, const char **report_out) MUST_CHECK;

/* Migrations: schema/NNNN_name.sql embedded at build, each in one transaction, recorded with its
 * checksum. Refuses a store that is newer than the program, or whose applied file was edited. */
struct err *db_migrate(struct arena *a, struct db *db, struct instant now, int *applied_out) MUST_CHECK;
struct err *db_schema_current(struct arena *a, struct db *db) MUST_CHECK; /* NULL: matches this program */
struct err *db_schema_made(struct arena *a, struct db *db, bool *made_out) MUST_CHECK; /* has any migration been applied? */

/* For the statement check: prepares, and reports parameter and column names, plan, and faults. */
struct err *db_check_statement(struct arena *a, struct db *db, const struct statement *s,
			       const char **faults_out) MUST_CHECK; /* *faults_out NULL: none */

#endif
