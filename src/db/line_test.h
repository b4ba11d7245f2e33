/* What the tests of PostgreSQL's line share: a store with one table of texts, and a line that can be cut. */
#ifndef DB_LINE_TEST_H
#define DB_LINE_TEST_H

#include <poll.h>

#include "db/pgsql.h"
#include "db/test_store.h"

static const char *const pid_names[] = { "n", NULL };
static const struct statement count_rows = STATEMENT(0, "SELECT COUNT(*) AS n FROM t", DB_ONE,
						     .parameters = no_names, .row = &count_row_record);
static const struct statement add_row = STATEMENT(1, "INSERT INTO t (x) VALUES ($1)", DB_EXEC,
						  .parameters = text_names, .args = &text_arg_record);
static const struct statement own_pid = STATEMENT(2, "SELECT pg_backend_pid() AS n", DB_ONE,
						  .parameters = no_names, .row = &count_row_record);
static const struct statement end_session =
	STATEMENT(3, "SELECT CASE WHEN pg_terminate_backend(CAST($1 AS INTEGER)) THEN 1 ELSE 0 END AS n", DB_ONE,
		  .parameters = pid_names, .args = &count_row_record, .row = &count_row_record);

static struct arena *a;
static struct db *db, *other;

static void set_up(void)
{
	store_new();
	a = arena_new(16 << 20);
	CHECK_OK(db_open(&db, store_place, DB_WRITE));
	CHECK_OK(db_open(&other, store_place, DB_WRITE));
	CHECK_OK(db->engine->script(db, db->engine->own_tables));
	CHECK_OK(db->engine->script(db, "CREATE TABLE t (x TEXT NOT NULL)"));
}

static void tear_down(void)
{
	db_close(&db);
	db_close(&other);
	arena_free(&a);
	store_remove();
}

static int64_t number(struct db *by, const struct statement *s)
{
	struct count_row n = { -1 };

	CHECK_OK(db_one(a, by, s, NULL, &n));
	return n.n;
}

static struct err *add(struct db *by, const char *text)
{
	return db_exec(by, &add_row, &(struct text_arg){ text }, NULL);
}

static void cut(int64_t pid)
{
	struct count_row done = { 0 };

	CHECK_OK(db_one(a, other, &end_session, &(struct count_row){ pid }, &done));
	CHECK_INT(done.n, 1);
	poll(NULL, 0, 50);
}

static bool is_busy(const struct err *e)
{
	return e != NULL && e->kind == ERR_BUSY;
}

#endif
