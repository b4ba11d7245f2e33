/*
 * PostgreSQL: transactions.
 *
 * A writer's transaction takes the only row of turns there is, the lock on keeper_turn, before it looks at
 * anything: keepers of several hosts take turns, and their operations are as serial as on one machine. It waits
 * for nobody who is gone: the server ends a session that holds the lock and says nothing (pgsql.c, settle).
 *
 * A commit whose answer was lost may have been made or not. Each writes a number into its keeper's row of
 * commit_mark. On the new connection, with the turn in hand (so that the old session has come to its end), the
 * row says which it was.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/pgsql.h"

enum { DOUBT_MS = 12000, DOUBT_STEP_MS = 100 }; /* within the patience of who asked (core/web_ask.c) */

bool pgsql_stands(const struct db *db)
{
	const struct pgsql *pg = pgsql_of(db);
	PGTransactionStatusType status = PQtransactionStatus(pg->c);

	return pg->begin != CONTROLS || (!pgsql_is_lost(pg) && status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN);
}

/* A question of the engine's own: up to two texts in, one text out ("" when there is no row). */
static struct err *ask(struct pgsql *pg, const char *sql, const char *const *values, int n, char *out, size_t size)
{
	PGresult *r = NULL;

	TRY(pgsql_ready(pg));
	if (PQsendQueryParams(pg->c, sql, n, NULL, values, NULL, NULL, 0) != 1) {
		return pgsql_fault(pg, NULL, NULL);
	}
	TRY(pgsql_sync(pg));
	TRY(pgsql_collect(pg, NULL, &r, 1));
	snprintf(out, size, "%s", r != NULL && PQntuples(r) > 0 ? PQgetvalue(r, 0, 0) : "");
	PQclear(r);
	return NULL;
}

static struct err *know_keeper(struct pgsql *pg)
{
	return pg->keeper[0] != '\0' ? NULL
				     : ask(pg, "SELECT gen_random_uuid()::text", NULL, 0, pg->keeper, sizeof pg->keeper);
}

static struct err *send_mark(struct pgsql *pg)
{
	char number[24];
	const char *const values[] = { pg->keeper, number };

	snprintf(number, sizeof number, "%lld", (long long)++pg->mark);
	if (PQsendQueryParams(pg->c,
			      "INSERT INTO commit_mark (keeper, n) VALUES ($1::uuid, $2::bigint) "
			      "ON CONFLICT (keeper) DO UPDATE SET n = excluded.n, at = now()",
			      2, NULL, values, NULL, NULL, 0) != 1) {
		return pgsql_fault(pg, NULL, NULL);
	}
	return NULL;
}

/* With the turn in hand: did the commit of the last mark come about? */
static struct err *look_for_mark(struct pgsql *pg, bool *made_out)
{
	const char *const values[] = { pg->keeper };
	char n[24];

	pg->begin = BEGIN_WRITE;
	struct err *err = ask(pg, "SELECT n FROM commit_mark WHERE keeper = $1::uuid", values, 1, n, sizeof n);
	if (!pgsql_is_lost(pg)) {
		err = err_join(err, pgsql_control(&pg->db, ROLLBACK));
	}
	pg->begin = CONTROLS;
	*made_out = err == NULL && strtoll(n, NULL, 10) == pg->mark;
	return err;
}

static int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct err *resolve_doubt(struct pgsql *pg, struct err *why)
{
	int64_t until = monotonic_ms() + DOUBT_MS;
	bool made = false;

	do {
		if (pgsql_reconnect(pg) && look_for_mark(pg, &made) == NULL) {
			pg->db.again = !made;
			return made ? NULL : ERR_WRAP(why, ERR_BUSY, "%s", db_says_undone);
		}
		poll(NULL, 0, DOUBT_STEP_MS);
	} while (monotonic_ms() < until);
	pg->db.again = false;
	return ERR_WRAP(why, ERR_BUSY,
			"The database went away before it said whether this was saved. Wait a moment and send this "
			"again: if it was saved the first time, it is not saved twice.");
}

static struct err *commit(struct pgsql *pg)
{
	bool marks = pg->marks;

	if (pg->begin != CONTROLS) { /* nothing was done in it */
		pg->begin = CONTROLS;
		return NULL;
	}
	TRY(marks ? know_keeper(pg) : pgsql_ready(pg));
	TRY(marks ? send_mark(pg) : NULL);
	PGresult *r = NULL;
	struct err *err = pgsql_send(pg, PGSQL_COMMIT);
	err = err != NULL ? err : pgsql_sync(pg);
	err = err != NULL ? err : pgsql_collect(pg, NULL, &r, 1);
	if (err == NULL && strcmp(PQcmdStatus(r), "COMMIT") != 0) { /* a statement had failed: the server undid all */
		err = ERR(ERR_IO, "%s", db_says_undone);
	}
	PQclear(r);
	return err != NULL && pgsql_is_lost(pg) && marks ? resolve_doubt(pg, err) : err;
}

static struct err *rollback(struct pgsql *pg)
{
	if (pg->begin != CONTROLS) {
		pg->begin = CONTROLS;
		return NULL;
	}
	TRY(pgsql_ready(pg));
	if (pg->db.chains && !pg->db.failed) {
		pg->db.ends = true;
		return NULL;
	}
	TRY(pgsql_send(pg, PGSQL_ROLLBACK));
	return pgsql_sync(pg); /* and nobody waits for it */
}

void pgsql_rest(struct db *db)
{
	struct pgsql *pg = pgsql_of(db);

	(void)!(pgsql_ready(pg) == NULL ? pgsql_sync(pg) : NULL); /* a lost line is found by who asks next */
}

struct err *pgsql_control(struct db *db, enum control which)
{
	struct pgsql *pg = pgsql_of(db);

	pgsql_ahead_drop(pg);
	switch (which) {
	case BEGIN_READ:
	case BEGIN_WRITE:
	case BEGIN_SCHEMA:
		pg->begin = which;
		pg->marks = which == BEGIN_WRITE;
		return NULL;
	case COMMIT:
		return commit(pg);
	case ROLLBACK:
		return rollback(pg);
	case SAVEPOINT:
		TRY(pgsql_ready(pg));
		return pgsql_send(pg, PGSQL_SAVEPOINT);
	case RELEASE:
		TRY(pgsql_ready(pg));
		return pgsql_send(pg, PGSQL_RELEASE);
	case ROLLBACK_TO:
		TRY(pgsql_ready(pg));
		TRY(pgsql_send(pg, PGSQL_ROLLBACK_TO));
		return pgsql_send(pg, PGSQL_RELEASE);
	case CONTROLS:
		break;
	}
	return ERR_DETAIL(ERR_BUG, "no such control");
}
