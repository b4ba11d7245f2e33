/* Inside db/ only: the PostgreSQL connection, shared by pgsql*.c. */
#ifndef DB_PGSQL_H
#define DB_PGSQL_H

#include <libpq-fe.h>

#include "db/engine.h"

/* Object numbers of the server's own types (pg_type.dat): they never change. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25,
       OID_FLOAT8 = 701, OID_VARCHAR = 1043, OID_DATE = 1082 };

enum { OID_INT8S = 1016, OID_TEXTS = 1009, OID_DATES = 1182, OID_FLOAT8S = 1022, OID_BYTEAS = 1001 }; /* arrays of them */

enum { PARAMETERS_MAX = 64 };

struct argument { /* a value as it is sent: binary, in network byte order */
	const char *p; /* NULL: NULL */
	int n;
	union {
		uint64_t wide;
		uint32_t narrow;
		double real;
	} space;
};

struct sent { /* the arguments of a statement, encoded; points into itself */
	const char *values[PARAMETERS_MAX];
	int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];
	struct argument arguments[PARAMETERS_MAX];
	uint64_t nulls; /* bit n: parameter n is NULL */
};

enum { AHEAD_MAX = 16 };
struct question { /* said ahead: pgsql_ahead.c */
	const struct cached *p;
	const char *name;
	struct sent *sent;
	PGresult *answer; /* until it is taken */
	bool taken;
};

struct pgsql {
	struct db db; /* first: a struct db of this engine is one of these */
	PGconn *c;
	int syncs;             /* sent, their results not read yet */
	enum control begin;    /* begun and not yet sent: it goes with the first statement; CONTROLS: none */
	bool queued;           /* a savepoint or its end is sent with what comes next */
	bool demoted;          /* the server is no longer the primary */
	bool marks;            /* the transaction leaves a mark when it is committed */
	unsigned prepared;     /* names statements */
	char keeper[40];       /* whose mark (a UUID) */
	int64_t mark;          /* of the last commit */
	int64_t refused_ms;    /* when the server was last out of reach; 0: not now */
	struct question ahead[AHEAD_MAX];
	size_t n_ahead, n_asked; /* the first n_asked were asked */
};

static inline struct pgsql *pgsql_of(const struct db *db)
{
	return (struct pgsql *)(void *)(uintptr_t)db;
}

/* pgsql_fault.c: what went wrong, as an error; sets db->again. r NULL: the connection itself. s may be NULL. */
struct err *pgsql_fault(struct pgsql *pg, const struct statement *s, const PGresult *r);

/* pgsql_pipe.c: questions sent and answers read. Nothing else reads from the connection. */
struct err *pgsql_begin_pipe(struct pgsql *pg) MUST_CHECK; /* after connecting */
/* What was sent and not read is read and thrown away; the due BEGIN is sent. Before every question. */
struct err *pgsql_ready(struct pgsql *pg) MUST_CHECK;
struct err *pgsql_learn(struct pgsql *pg) MUST_CHECK; /* after connecting: prepares these */
#define PGSQL_BEGIN "BEGIN"
#define PGSQL_TURN "LOCK TABLE keeper_turn IN EXCLUSIVE MODE"
#define PGSQL_SCHEMA_TURN "SELECT pg_advisory_xact_lock(7236838601)"
#define PGSQL_COMMIT "COMMIT"
#define PGSQL_ROLLBACK "ROLLBACK"
#define PGSQL_CHAIN "COMMIT AND CHAIN"
#define PGSQL_SAVEPOINT "SAVEPOINT operation"
#define PGSQL_RELEASE "RELEASE SAVEPOINT operation"
#define PGSQL_ROLLBACK_TO "ROLLBACK TO SAVEPOINT operation"
struct err *pgsql_send(struct pgsql *pg, const char *text) MUST_CHECK; /* one of these: goes with what comes next */
struct err *pgsql_sync(struct pgsql *pg) MUST_CHECK;                   /* ends what was sent: it is on its way */
/* Reads to the end of what was sent. last_out: n that are NULL; the last n results, the caller's to clear. The first
 * thing that went wrong is the error, and everything after it was not done. */
struct err *pgsql_collect(struct pgsql *pg, const struct statement *s, PGresult **last_out, size_t n) MUST_CHECK;
struct err *pgsql_script(struct db *db, const char *sql) MUST_CHECK;
bool pgsql_is_lost(const struct pgsql *pg);

/* pgsql_control.c: transactions, and commits whose answer was lost */
struct err *pgsql_control(struct db *db, enum control which) MUST_CHECK;
bool pgsql_stands(const struct db *db);
void pgsql_rest(struct db *db);

/* pgsql.c */
bool pgsql_reconnect(struct pgsql *pg);

/* pgsql_rows.c */
struct err *pgsql_prepare(struct db *db, struct cached *p, bool once) MUST_CHECK;
/* Prepares the statement with these parameters NULL under a name ("": until the next without a name). */
struct err *pgsql_prepare_shape(struct pgsql *pg, const struct cached *p, uint64_t nulls, const char *name) MUST_CHECK;
const char *pgsql_column_name(const struct cached *p, int i);
void pgsql_forget(struct db *db, struct cached *p);
struct err *pgsql_start(struct run *r, const void *args, bool stream) MUST_CHECK;
/* *out stays where it is, and the texts of args where they are, until it is sent. */
struct err *pgsql_encode(const struct cached *p, const void *args, struct sent *out) MUST_CHECK;
/* The name under which the server knows the statement with these parameters NULL. Shapes beyond the first few are
 * prepared each time anew, without a name: the server's memory has an end. */
struct err *pgsql_name_of(struct pgsql *pg, const struct cached *p, const struct sent *to, const char **name_out) MUST_CHECK;
struct err *pgsql_send_prepared(struct pgsql *pg, const struct cached *p, const char *name, const struct sent *to) MUST_CHECK;
/* *to may point into itself and into the value: both stay where they are until it is sent. */
void pgsql_argument(struct argument *to, const struct value *v);
Oid pgsql_type_of(const struct field *f); /* f NULL: 0, the server chooses */
const char *pgsql_name(const struct cached *p); /* by which the server knows the statement */
struct err *pgsql_next(struct run *r, struct arena *a, void *row, bool *found_out) MUST_CHECK;
void pgsql_finish(struct run *r);
const PGresult *pgsql_description(const struct cached *p);

/* pgsql_ahead.c */
struct err *pgsql_ahead(struct arena *a, struct db *db, struct cached *p, const void *args) MUST_CHECK;
/* *out, the caller's to clear: the answer to what was said ahead; NULL: this was not. */
struct err *pgsql_ahead_take(struct pgsql *pg, const struct cached *p, const struct sent *to, PGresult **out) MUST_CHECK;
void pgsql_ahead_drop(struct pgsql *pg); /* whatever was said: the snapshot has come to its end */

/* pgsql_list.c: a statement for many structs at once */
Oid pgsql_array_of(Oid type); /* 0 for 0 */
struct err *pgsql_list(struct run *r, const void *list, size_t n) MUST_CHECK;

/* pgsql_shape.c: a statement without the filters that are not asked for */
/* The parameters that the text tests with IS NULL: bit 0 for $1. */
uint64_t pgsql_optional(const char *sql);
/* The text with NULL for the parameters of the mask, of their types, and FALSE where the others are asked whether they
 * are NULL; on the arena. Of at most 64 KB. */
const char *pgsql_shape_text(struct arena *a, const char *sql, const Oid *types, uint64_t nulls);

/* pgsql_copy.c */
struct err *pgsql_scan(struct db *db, const char *sql, struct err *(*take)(void *context, const struct value *v),
		       void *context) MUST_CHECK;
struct err *pgsql_put(struct db *db, struct put *p, const struct value *values) MUST_CHECK;
extern const char pgsql_after_rows[], pgsql_after_copy[];

/* pgsql_check.c */
const char *pgsql_statement_text(const struct statement *s);
struct err *pgsql_integrity(struct arena *a, struct db *db, const char **report_out) MUST_CHECK;
struct err *pgsql_column_source(struct arena *a, struct db *db, const struct cached *p, int i,
				struct column_source *out) MUST_CHECK;
struct err *pgsql_check_plan(struct arena *a, struct db *db, const struct cached *p,
			     struct buf *faults) MUST_CHECK;

#endif
