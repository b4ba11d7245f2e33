/*
 * Inside db/ only: what the two engines share. db.c, run.c, transaction.c and migrate.c are the same for both
 * and reach SQLite (sqlite*.c) and PostgreSQL (pgsql*.c) through struct engine.
 */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "db/db.h"
#include "db/migration.h"

enum control {
	BEGIN_READ,   /* one snapshot, nothing written */
	BEGIN_WRITE,  /* the only writer from here to the end */
	BEGIN_SCHEMA, /* the same, when the tables may not be there yet */
	COMMIT,
	ROLLBACK,
	SAVEPOINT,
	RELEASE,
	ROLLBACK_TO, /* and release: the savepoint is gone, the transaction goes on */
	CONTROLS
};

struct slot { /* one parameter or column, resolved by name when the statement was prepared */
	const struct field *field;
	const struct word *last; /* the word read last: most rows repeat it */
};

struct cached { /* a prepared statement of this connection */
	const struct statement *s;
	void *handle; /* SQLite: sqlite3_stmt; PostgreSQL: the description (PGresult) */
	struct slot *parameters;
	struct slot *columns;
	int n_parameters, n_columns;
	bool writes; /* may change something */
	bool gives_id; /* SQLite: adds one row, and its RETURNING id is left to us */
};

struct run { /* a statement under way */
	struct db *db;
	struct cached *p;
	void *result; /* PostgreSQL: the rows at hand */
	int at, n;
	bool stream;  /* PostgreSQL: rows come one by one */
	bool ended;   /* SQLite: its only row was given */
	int64_t changed;
};

enum { SAVEPOINTS = 4 }; /* one in another */

struct db { /* every engine's own struct begins with this one */
	const struct engine *engine;
	enum db_mode mode;
	uint64_t granted;
	struct cached **cache; /* by statement index */
	int n_cache;
	bool begun; /* by us; the engine may have undone it since */
	const char *begun_file;
	int begun_line;
	int64_t statements_run;
	bool chains;      /* db_chain() */
	bool ends;        /* the transaction has ended, and the server is told with what comes next */
	int64_t journeys; /* messages to a server that an answer is read for */
	int64_t limit_ms; /* of one statement; 0: none */
	bool again;       /* what failed last may go well when it is run again whole */
	bool hopes, spoilt;            /* db_hope() */
	bool failed;                   /* a statement of this transaction: a server then takes no other */
	int64_t writes, writes_before[SAVEPOINTS]; /* statements that may change something; at each savepoint */
	size_t savepoints;                       /* that stand, one in another */
	bool streaming;   /* in db_each(): nothing else can be asked */
};

struct column_source;
struct value;
struct put { /* rows that are put into a table one by one (copy.c) */
	const char *sql; /* an INSERT with $1, $2 ... */
	int n;           /* values of a row */
	void *handle;    /* the engine's own */
	int waiting;     /* PostgreSQL: rows sent and not answered yet */
};

struct engine {
	const char *name; /* "SQLite", "PostgreSQL" */
	void (*close)(struct db *db);
	/* SQL text that is ours (settings, migrations); may hold several statements. */
	struct err *(*script)(struct db *db, const char *sql) MUST_CHECK;
	struct err *(*control)(struct db *db, enum control which) MUST_CHECK;
	void (*rest)(struct db *db); /* tells what db->ends says; NULL: the engine never sets it */
	/* Is the transaction that was begun still there? */
	bool (*stands)(const struct db *db);
	struct err *(*time_limit)(struct db *db) MUST_CHECK;

	/* Prepares and fills handle, n_parameters and n_columns; column_name says what came. */
	struct err *(*prepare)(struct db *db, struct cached *p, bool once) MUST_CHECK;
	const char *(*column_name)(const struct cached *p, int i);
	void (*forget)(struct db *db, struct cached *p);

	/* This will be asked in the transaction: db_ahead(). NULL: nothing is won by knowing. */
	struct err *(*ahead)(struct arena *a, struct db *db, struct cached *p, const void *args) MUST_CHECK;
	/* Starts with the arguments; stream: rows are taken one by one and may be many. */
	struct err *(*start)(struct run *r, const void *args, bool stream) MUST_CHECK;
	/* Does it for n structs of arguments. NULL: one by one, by start() and next(). */
	struct err *(*list)(struct run *r, const void *list, size_t n) MUST_CHECK;
	/* The next row into the struct; *found_out false: there is none. row NULL: its values are not wanted.
	 * a NULL: texts stay the engine's own, until the next step. */
	struct err *(*next)(struct run *r, struct arena *a, void *row, bool *found_out) MUST_CHECK;
	void (*finish)(struct run *r);

	bool (*again)(struct db *db); /* one try of db_again(), when db->again */
	/* Opens a lost connection again while nothing is under way; what was prepared is gone then. */
	struct err *(*ready)(struct db *db) MUST_CHECK;
	struct err *(*checkpoint)(struct db *db, bool idle) MUST_CHECK;
	struct err *(*integrity)(struct arena *a, struct db *db, const char **report_out) MUST_CHECK;
	const char *own_tables; /* script: the schema's record, and what the engine itself needs */
	const char *(*migration_text)(const struct migration *m);

	/* For whole tables (copy.c): every row of a query, its values the engine's own until take() returns; and
	 * a row into a table, values NULL at the end: then all of them are there. */
	struct err *(*scan)(struct db *db, const char *sql, struct err *(*take)(void *context, const struct value *v),
			    void *context) MUST_CHECK;
	struct err *(*put)(struct db *db, struct put *p, const struct value *values) MUST_CHECK;
	const char *after_rows; /* script, when rows were put with their ids; NULL: none is needed */
	const char *after_copy; /* script outside a transaction, when a whole store was put; NULL: none is needed */

	/* For the statement check (check.c). */
	const char *(*statement_text)(const struct statement *s);
	struct err *(*column_source)(struct arena *a, struct db *db, const struct cached *p, int i,
				     struct column_source *out) MUST_CHECK;
	struct err *(*check_plan)(struct arena *a, struct db *db, const struct cached *p,
				  struct buf *faults) MUST_CHECK;
};

struct column_source { /* where a column of a statement comes from */
	const char *table, *column; /* NULL: an expression, looked at when a row is read */
	const char *type;           /* as the engine names it */
	bool fits;                  /* the field can take it */
	bool may_be_null;           /* as the table declares it */
};

extern const struct engine sqlite_engine, pgsql_engine;

struct err *sqlite_open(struct db **out, const char *path, enum db_mode mode) MUST_CHECK;
struct err *pgsql_open(struct db **out, const char *place, enum db_mode mode) MUST_CHECK;
void pgsql_reach(struct arena *a, const char *place, struct db_reach *out);

/* Sentences that both engines tell. */
extern const char db_says_disk_full[], db_says_damaged[], db_says_busy[], db_says_too_long[], db_says_undone[],
	db_says_conflict[], db_says_too_big[];

/* Prepares and resolves names; *out is owned by the caller until cached_free(). */
struct err *cached_new(struct cached **out, struct db *db, const struct statement *s, bool once) MUST_CHECK;
void cached_free(struct db *db, struct cached **cached);

/* ---- values: values.c ---- */

/* What an argument is, for either engine to bind. */
enum value_kind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_DATE, VALUE_BYTES };
struct value {
	enum value_kind kind;
	int64_t integer;
	double real;
	const char *text; /* the argument's own: not copied */
	struct date date;
	struct bytes bytes;
};
enum { VALUES_MAX = 64 }; /* columns of a table */
struct err *value_of_argument(const struct cached *p, const struct field *f, const void *args,
			      struct value *out) MUST_CHECK;
/* A value that was read, into its member. False: the field cannot take it. */
bool value_integer(const struct field *f, int64_t v, void *row);
bool value_null(const struct field *f, void *row);
bool value_word(struct slot *slot, const char *s, void *row);
struct err *value_misfit(const struct cached *p, const struct field *f, const char *what);

/* db_migrate and db_schema_current with any list (the tests' own). */
struct err *migrate_to(struct arena *a, struct db *db, const struct migration *list, struct instant now,
		       int *applied_out) MUST_CHECK;
struct err *migrate_compare(struct arena *a, struct db *db, const struct migration *list,
			    int *missing_out) MUST_CHECK;
/* Brings the schema up to number `to` inside a transaction that is under way (db_begin_schema). */
struct err *migrate_inside(struct arena *a, struct db *db, const struct migration *list, int to,
			   struct instant now) MUST_CHECK;

#endif
