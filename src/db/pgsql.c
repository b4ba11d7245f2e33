/*
 * The PostgreSQL connection: opening, and opening again.
 *
 * One connection a process, kept open; statements are prepared on it when they are first used. Reconnecting
 * (PQreset) uses what the first connection learnt - addresses, password - so that it works inside a sandbox that
 * lets no file be read. The server must be the primary: a standby that has been promoted is found by naming both
 * hosts in the address.
 */
#include "db/pgsql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>


enum { REFUSED_REST_MS = 250 }; /* after a refusal nobody knocks for so long */

static int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void no_notice(void *context, const PGresult *r)
{
}

/* Settings of the session. A keeper that holds the turn and falls silent is ended by the server, and one that
 * waits for its turn gives up after a while. */
static struct err *settle(struct pgsql *pg)
{
	static const char both[] =
		"SET client_min_messages = warning; SET timezone = 'UTC'; SET standard_conforming_strings = on;"
		"SET default_transaction_isolation = 'repeatable read';"
		"SET plan_cache_mode = force_generic_plan;" /* pgsql_shape.c */
		/* Helpers for one statement take the server longer to start than a page may take (people who left: 47 ms with
		 * them, 4 without). */
		"SET max_parallel_workers_per_gather = 0;"
		/* Machine code for one run of a statement takes the server a second and more to make. */
		"SET jit = off;"
		/* What it found for a name before: for the few rows of a page keeping that costs more than to look again (list of
		 * sessions 111 us instead of 119). */
		"SET enable_memoize = off;"
		/* What is read often is in memory, and disks have no arm to move: four times a page in order, as the server
		 * assumes, makes it walk whole tables where an index has the few rows (coverage 58 ms instead of 42). */
		"SET random_page_cost = 1.1;";
	static const char writer[] =
		"SET synchronous_commit = on; SET lock_timeout = '15s'; SET idle_in_transaction_session_timeout = '10s'";
	static const char reader[] =
		/* A small table is walked from its beginning to its end, and the server asks the system each time how long it is.
		 * By their indexes the list of sessions takes the server and us 417 us of processor instead of 475; with 1,000,000
		 * attendances 43 pages took as long in the mean. Where no index serves, the table is walked all the same. */
		"SET enable_seqscan = off;"
		"SET default_transaction_read_only = on; SET idle_in_transaction_session_timeout = '60s'";
	struct db *db = &pg->db;

	pg->syncs = 0;
	pg->queued = false;
	pg->begin = CONTROLS;
	db->ends = false;
	pg->demoted = false;
	PQsetNoticeReceiver(pg->c, no_notice, NULL);
	TRY(pgsql_begin_pipe(pg));
	TRY(pgsql_script(db, both));
	TRY(pgsql_script(db, db->mode == DB_WRITE ? writer : reader));
	TRY(pgsql_learn(pg));
	return db->engine->time_limit(db);
}

static struct err *time_limit(struct db *db)
{
	char text[64];

	snprintf(text, sizeof text, "SET statement_timeout = %lld", (long long)db->limit_ms);
	return pgsql_script(db, text);
}

static void forget_all(struct db *db)
{
	for (int i = 0; i < db->n_cache; i++) {
		cached_free(db, &db->cache[i]);
	}
}

bool pgsql_reconnect(struct pgsql *pg)
{
	int64_t now = monotonic_ms();

	if (pg->refused_ms != 0 && now - pg->refused_ms < REFUSED_REST_MS) {
		return false;
	}
	forget_all(&pg->db);
	pg->begin = CONTROLS;
	PQreset(pg->c);
	bool good = !pgsql_is_lost(pg) && settle(pg) == NULL;
	pg->refused_ms = good ? 0 : monotonic_ms();
	return good;
}

/* A conflict with another transaction leaves the connection as it is; everything else begins anew. */
static bool again(struct db *db)
{
	struct pgsql *pg = pgsql_of(db);
	bool sound = !pgsql_is_lost(pg) && !pg->demoted && pgsql_ready(pg) == NULL && PQtransactionStatus(pg->c) == PQTRANS_IDLE;

	return sound || pgsql_reconnect(pg);
}

static struct err *ready(struct db *db)
{
	struct pgsql *pg = pgsql_of(db);
	enum control begin = pg->begin; /* begun, but nothing asked yet */

	if (!pgsql_is_lost(pg) || (db->begun && begin == CONTROLS)) {
		return NULL;
	}
	if (!pgsql_reconnect(pg)) {
		return pgsql_fault(pg, NULL, NULL);
	}
	pg->begin = begin;
	return NULL;
}

static struct err *cannot_open(const PGconn *c)
{
	/* libpq's words name host, port and reason, never the password */
	struct err *cause = ERR_DETAIL(ERR_IO, "%.350s", PQerrorMessage(c));

	return ERR_WRAP(cause, ERR_IO,
			"The database cannot be opened. Look at the setting database, at the account's password and whether "
			"the server runs and lets this host in; the log says what the server answered.");
}

struct err *pgsql_open(struct db **out, const char *place, enum db_mode mode)
{
	/* What stands before dbname is a default: the address has the last word. */
	static const char *const names[] = { "application_name", "connect_timeout", "client_encoding",
					     "keepalives_idle",	 "keepalives_interval", "keepalives_count",
					     "tcp_user_timeout", "target_session_attrs", "dbname", NULL };
	const char *const values[] = { mode == DB_WRITE ? "dueregard keeper" : "dueregard reader", "3", "UTF8",
				       "5", "2", "3", "8000", "primary", place, NULL };
	struct pgsql *pg = calloc(1, sizeof *pg);

	*out = NULL;
	if (pg == NULL) {
		abort();
	}
	pg->db = (struct db){ .engine = &pgsql_engine, .mode = mode, .granted = DB_GRANTED_AT_OPEN,
			      .limit_ms = mode == DB_READ ? DB_READER_LIMIT_MS : DB_WRITER_LIMIT_MS };
	pg->begin = CONTROLS;
	pg->c = PQconnectdbParams(names, values, 1);
	if (pg->c == NULL) {
		abort();
	}
	struct db *db = &pg->db;
	struct err *err = pgsql_is_lost(pg) ? cannot_open(pg->c) : settle(pg);
	if (err != NULL) {
		db_close(&db);
		return err;
	}
	*out = db;
	return NULL;
}

static void close_engine(struct db *db)
{
	pgsql_ahead_drop(pgsql_of(db));
	PQfinish(pgsql_of(db)->c);
}

/* The server looks after its own log; here only marks of keepers that have long gone are taken away. */
static struct err *checkpoint(struct db *db, bool idle)
{
	return idle ? pgsql_script(db, "DELETE FROM commit_mark WHERE at < now() - interval '7 days'") : NULL;
}

static const char *migration_text(const struct migration *m)
{
	return m->pgsql;
}

const struct engine pgsql_engine = {
	.name = "PostgreSQL",
	.close = close_engine,
	.script = pgsql_script,
	.control = pgsql_control,
	.rest = pgsql_rest,
	.stands = pgsql_stands,
	.time_limit = time_limit,
	.prepare = pgsql_prepare,
	.column_name = pgsql_column_name,
	.forget = pgsql_forget,
	.ahead = pgsql_ahead,
	.start = pgsql_start,
	.list = pgsql_list,
	.next = pgsql_next,
	.finish = pgsql_finish,
	.again = again,
	.ready = ready,
	.checkpoint = checkpoint,
	.integrity = pgsql_integrity,
	.own_tables = "CREATE TABLE schema_migration (number BIGINT NOT NULL PRIMARY KEY, "
		      "name TEXT COLLATE \"C\" NOT NULL, checksum TEXT COLLATE \"C\" NOT NULL, "
		      "applied_at BIGINT NOT NULL);"
		      "CREATE TABLE keeper_turn (); "
		      "CREATE TABLE commit_mark (keeper UUID NOT NULL PRIMARY KEY, n BIGINT NOT NULL, "
		      "at TIMESTAMPTZ NOT NULL DEFAULT now())",
	.migration_text = migration_text,
	.scan = pgsql_scan,
	.put = pgsql_put,
	.after_rows = pgsql_after_rows,
	.after_copy = pgsql_after_copy,
	.statement_text = pgsql_statement_text,
	.column_source = pgsql_column_source,
	.check_plan = pgsql_check_plan,
};
