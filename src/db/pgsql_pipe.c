/*
 * PostgreSQL: questions go out and answers come back in libpq's pipeline mode (chapter 34.5), so that BEGIN
 * travels with the first statement, savepoints with the next one, and nobody waits for a ROLLBACK.
 */
#include <string.h>

#include "db/pgsql.h"

bool pgsql_is_lost(const struct pgsql *pg)
{
	return PQstatus(pg->c) != CONNECTION_OK;
}

/* What every transaction says: prepared once a connection, each under its own text. */
static const char *const always[] = {
	PGSQL_BEGIN, PGSQL_TURN, PGSQL_SCHEMA_TURN, PGSQL_COMMIT, PGSQL_ROLLBACK, PGSQL_CHAIN, PGSQL_SAVEPOINT, PGSQL_RELEASE, PGSQL_ROLLBACK_TO,
};

struct err *pgsql_begin_pipe(struct pgsql *pg)
{
	return PQenterPipelineMode(pg->c) == 1 ? NULL : pgsql_fault(pg, NULL, NULL);
}

struct err *pgsql_learn(struct pgsql *pg)
{
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
		if (PQsendPrepare(pg->c, always[i], always[i], 0, NULL) != 1) {
			return pgsql_fault(pg, NULL, NULL);
		}
	}
	TRY(pgsql_sync(pg));
	return pgsql_collect(pg, NULL, NULL, 0);
}

static struct err *lost(struct pgsql *pg, const struct statement *s)
{
	pg->syncs = 0;
	pg->queued = false;
	return pgsql_fault(pg, s, NULL);
}

struct err *pgsql_send(struct pgsql *pg, const char *text)
{
	if (PQsendQueryPrepared(pg->c, text, 0, NULL, NULL, NULL, 1) != 1) {
		return lost(pg, NULL);
	}
	pg->queued = true;
	return NULL;
}

struct err *pgsql_sync(struct pgsql *pg)
{
	if (PQpipelineSync(pg->c) != 1) {
		return lost(pg, NULL);
	}
	pg->queued = false;
	pg->syncs++;
	pg->db.journeys++;
	return NULL;
}

/* Among the last n, in the order in which they came. */
static void keep(PGresult *r, PGresult **last_out, size_t n)
{
	if (n == 0) {
		PQclear(r);
		return;
	}
	PQclear(last_out[0]);
	memmove(last_out, last_out + 1, (n - 1) * sizeof last_out[0]);
	last_out[n - 1] = r;
}

static void keep_none(PGresult **last_out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		PQclear(last_out[i]);
		last_out[i] = NULL;
	}
}

struct err *pgsql_collect(struct pgsql *pg, const struct statement *s, PGresult **last_out, size_t n)
{
	struct err *err = NULL;

	while (pg->syncs > 0) {
		PGresult *r = PQgetResult(pg->c);
		if (r == NULL && pgsql_is_lost(pg)) {
			err = err != NULL ? err : lost(pg, s);
			pg->syncs = 0;
		}
		if (r == NULL) { /* the end of one question's results */
			continue;
		}
		switch (PQresultStatus(r)) {
		case PGRES_PIPELINE_SYNC:
			pg->syncs--;
			PQclear(r);
			continue;
		case PGRES_TUPLES_OK:
		case PGRES_SINGLE_TUPLE:
		case PGRES_COMMAND_OK:
			keep(r, last_out, n);
			continue;
		case PGRES_PIPELINE_ABORTED: /* came after what failed */
			break;
		default:
			err = err != NULL ? err : pgsql_fault(pg, s, r);
			break;
		}
		PQclear(r);
	}
	if (err != NULL) {
		keep_none(last_out, n);
	}
	return err;
}

/* A rollback that nobody waited for: an error of it says no more than that the transaction is gone. */
static struct err *drain(struct pgsql *pg)
{
	struct err *err = pgsql_collect(pg, NULL, NULL, 0);

	return pgsql_is_lost(pg) ? (err != NULL ? err : lost(pg, NULL)) : NULL;
}

static struct err *send_begin(struct pgsql *pg)
{
	enum control begin = pg->begin;
	bool ends = pg->db.ends;

	pg->begin = CONTROLS;
	pg->db.ends = false;
	if (begin == CONTROLS) {
		return ends ? pgsql_send(pg, PGSQL_ROLLBACK) : NULL;
	}
	TRY(pgsql_send(pg, ends ? PGSQL_CHAIN : PGSQL_BEGIN));
	/* LOCK as the first thing of the transaction: its snapshot is taken after the wait (LOCK, Notes). */
	if (begin == BEGIN_WRITE) {
		return pgsql_send(pg, PGSQL_TURN);
	}
	return begin == BEGIN_SCHEMA ? pgsql_send(pg, PGSQL_SCHEMA_TURN) : NULL;
}

struct err *pgsql_ready(struct pgsql *pg)
{
	if (pg->syncs > 0) {
		TRY(drain(pg));
	}
	if (pgsql_is_lost(pg)) {
		return lost(pg, NULL);
	}
	return send_begin(pg);
}

/* By the simple protocol, which takes several statements at once; it is not to be had in a pipeline. */
struct err *pgsql_script(struct db *db, const char *sql)
{
	struct pgsql *pg = pgsql_of(db);

	TRY(pgsql_ready(pg));
	if (pg->queued) {
		TRY(pgsql_sync(pg));
		TRY(pgsql_collect(pg, NULL, NULL, 0));
	}
	if (PQexitPipelineMode(pg->c) != 1) {
		return lost(pg, NULL);
	}
	PGresult *r = PQexec(pg->c, sql);
	ExecStatusType status = PQresultStatus(r);
	struct err *err = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? NULL : pgsql_fault(pg, NULL, r);
	PQclear(r);
	return err != NULL && pgsql_is_lost(pg) ? err : err_join(err, pgsql_begin_pipe(pg));
}
