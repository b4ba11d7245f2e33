/* PostgreSQL: what went wrong, as an error (SQLSTATEs: PostgreSQL 15, appendix A). */
#include <string.h>

#include "db/pgsql.h"

static const char unreachable[] =
	"The database cannot be reached just now. Wait a moment and try again; if it happens again, tell the person "
	"who runs this service.";
static const char not_allowed[] =
	"The account of the database may not do this. The page \"On PostgreSQL\" of the manual says what it must be "
	"allowed; tell the person who runs this service.";

enum outcome { PLAIN, AGAIN }; /* AGAIN: may go well when the whole transaction is run again */

static const struct {
	const char *state; /* the whole SQLSTATE or its class */
	enum err_kind kind;
	enum outcome outcome;
	const char *sentence;
} meanings[] = {
	{ "40001", ERR_BUSY, AGAIN, db_says_busy },      /* serialization_failure */
	{ "40P01", ERR_BUSY, AGAIN, db_says_busy },      /* deadlock_detected */
	{ "25006", ERR_BUSY, AGAIN, unreachable },       /* read_only_sql_transaction: no longer the primary */
	{ "25P03", ERR_BUSY, AGAIN, unreachable },       /* idle_in_transaction_session_timeout */
	{ "57P", ERR_BUSY, AGAIN, unreachable },         /* shut down, crashed, cannot connect now */
	{ "08", ERR_BUSY, AGAIN, unreachable },          /* connection exceptions */
	{ "25P02", ERR_IO, PLAIN, db_says_undone },      /* in_failed_sql_transaction */
	{ "57014", ERR_BUSY, PLAIN, db_says_too_long },  /* query_canceled: statement_timeout */
	{ "55P03", ERR_BUSY, PLAIN, db_says_busy },      /* lock_not_available: lock_timeout */
	{ "53100", ERR_IO, PLAIN, db_says_disk_full },   /* disk_full */
	{ "53", ERR_BUSY, PLAIN, unreachable },          /* memory, connections */
	{ "23505", ERR_CONFLICT, PLAIN, db_says_conflict }, /* unique_violation */
	{ "54", ERR_LIMIT, PLAIN, db_says_too_big },     /* program_limit_exceeded */
	{ "42501", ERR_IO, PLAIN, not_allowed },         /* insufficient_privilege */
	{ "XX001", ERR_IO, PLAIN, db_says_damaged },     /* data_corrupted */
	{ "XX002", ERR_IO, PLAIN, db_says_damaged },     /* index_corrupted */
};

/* The server's own words, where they cannot hold what was in a row: class 22 speaks of values. */
static const char *words_of(const char *state, const PGresult *r)
{
	const char *words = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

	return words == NULL || strncmp(state, "22", 2) == 0 ? "a value that does not fit" : words;
}

struct err *pgsql_fault(struct pgsql *pg, const struct statement *s, const PGresult *r)
{
	const char *state = r != NULL ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *place = s != NULL ? s->place : "store";

	if (state == NULL) { /* libpq's own: the line is cut */
		struct err *cause = ERR_DETAIL(ERR_BUSY, "%s: %.200s", place, PQerrorMessage(pg->c));

		pg->db.again = pgsql_is_lost(pg);
		return ERR_WRAP(cause, pg->db.again ? ERR_BUSY : ERR_BUG, "%s", unreachable);
	}
	if (strcmp(state, "25006") == 0 && pg->db.mode == DB_READ) { /* a statement of ours that writes through a reader */
		return ERR_DETAIL(ERR_BUG, "%s: %s (%s)", place, words_of(state, r), state);
	}
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (strncmp(state, meanings[i].state, strlen(meanings[i].state)) == 0) {
			struct err *cause = ERR_DETAIL(meanings[i].kind, "%s: %s (%s)", place, words_of(state, r), state);

			pg->db.again = meanings[i].outcome == AGAIN;
			pg->demoted = pg->db.again && strncmp(state, "40", 2) != 0;
			return ERR_WRAP(cause, meanings[i].kind, "%s", meanings[i].sentence);
		}
	}
	return ERR_DETAIL(ERR_BUG, "%s: %s (%s)", place, words_of(state, r), state);
}
