/* Made by tools/sqlgen of app/session.sql. */
#ifndef GEN_APP_SESSION_SQL_H
#define GEN_APP_SESSION_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/args.h"
#include "db/db.h"
#include "db/statement.h"

struct arena;
struct reference_arg;
extern const struct record reference_arg_record;
struct session;
extern const struct record session_record;

extern const struct statement SQL_session_find;
MUST_CHECK static inline struct err *sql_session_find(struct arena *a, struct db *db, const struct reference_arg *args, struct session *out, bool *found)
{
	return db_maybe(a, db, &SQL_session_find, args, out, found);
}
struct id_arg;
extern const struct record id_arg_record;
struct count_row;
extern const struct record count_row_record;

extern const struct statement SQL_session_count;
MUST_CHECK static inline struct err *sql_session_count(struct arena *a, struct db *db, const struct id_arg *args, struct count_row *out)
{
	return db_one(a, db, &SQL_session_count, args, out);
}
struct id_arg;
extern const struct record id_arg_record;

extern const struct statement SQL_session_close;
MUST_CHECK static inline struct err *sql_session_close(struct db *db, const struct id_arg *args, int64_t *changed)
{
	return db_exec(db, &SQL_session_close, args, changed);
}
struct id_arg;
extern const struct record id_arg_record;
struct id_row;
extern const struct record id_row_record;

extern const struct statement SQL_session_claim;
MUST_CHECK static inline struct err *sql_session_claim(struct arena *a, struct db *db, const struct id_arg *args, struct id_row **rows, size_t *n)
{
	return db_many(a, db, &SQL_session_claim, args, rows, n);
}
struct id_row;
extern const struct record id_row_record;

extern const struct statement SQL_session_all;
MUST_CHECK static inline struct err *sql_session_all(struct arena *a, struct db *db, struct id_row **rows, size_t *n)
{
	return db_many(a, db, &SQL_session_all, NULL, rows, n);
}
struct period_arg;
extern const struct record period_arg_record;
struct id_row;
extern const struct record id_row_record;

extern const struct statement SQL_session_own;
MUST_CHECK static inline struct err *sql_session_own(struct arena *a, struct db *db, const struct period_arg *args, struct id_row **rows, size_t *n)
{
	return db_many(a, db, &SQL_session_own, args, rows, n);
}
struct period_arg;
extern const struct record period_arg_record;
struct count_row;
extern const struct record count_row_record;

extern const struct statement SQL_session_held_count;
MUST_CHECK static inline struct err *sql_session_held_count(struct arena *a, struct db *db, const struct period_arg *args, struct count_row *out)
{
	return db_one(a, db, &SQL_session_held_count, args, out);
}
struct hosts_row;
extern const struct record hosts_row_record;

extern const struct statement SQL_session_hosts;
MUST_CHECK static inline struct err *sql_session_hosts(struct arena *a, struct db *db, struct hosts_row **rows, size_t *n)
{
	return db_many(a, db, &SQL_session_hosts, NULL, rows, n);
}
struct find_arg;
extern const struct record find_arg_record;
struct id_row;
extern const struct record id_row_record;

extern const struct statement SQL_session_found;
MUST_CHECK static inline struct err *sql_session_found(struct arena *a, struct db *db, const struct find_arg *args, struct id_row **rows, size_t *n)
{
	return db_many(a, db, &SQL_session_found, args, rows, n);
}
struct session;
extern const struct record session_record;

extern const struct statement SQL_session_add_all;
MUST_CHECK static inline struct err *sql_session_add_all(struct db *db, const struct session *list, size_t n)
{
	return db_list(db, &SQL_session_add_all, list, n);
}
struct session;
extern const struct record session_record;

extern const struct statement SQL_session_move_all;
MUST_CHECK static inline struct err *sql_session_move_all(struct db *db, const struct session *list, size_t n)
{
	return db_list(db, &SQL_session_move_all, list, n);
}
struct list_arg;
extern const struct record list_arg_record;
struct id_row;
extern const struct record id_row_record;

extern const struct statement SQL_session_of_list;
MUST_CHECK static inline struct err *sql_session_of_list(struct arena *a, struct db *db, const struct list_arg *args, struct id_row **rows, size_t *n)
{
	return db_many(a, db, &SQL_session_of_list, args, rows, n);
}

#endif
