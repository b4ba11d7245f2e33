/*
 * PostgreSQL: questions said ahead (db_ahead), so that one journey to the server and back answers them all.
 *
 * A reader's transaction is one snapshot: what the server answers early is what it would answer later. Nothing is on its
 * way before the first of them is asked; then all are sent, and each answer is kept until its own function comes for it.
 */
#include <string.h>

#include "base/arena.h"
#include "db/pgsql.h"

void pgsql_ahead_drop(struct pgsql *pg)
{
	for (size_t i = 0; i < pg->n_ahead; i++) {
		PQclear(pg->ahead[i].answer);
	}
	pg->n_ahead = pg->n_asked = 0;
}

static bool is_same(const struct question *q, const struct cached *p, const struct sent *to)
{
	if (q->taken || q->p != p) {
		return false;
	}
	for (int i = 0; i < p->n_parameters; i++) {
		const char *v = to->values[i], *said = q->sent->values[i];
		bool null = v == NULL || said == NULL;
		if (null ? v != said
			 : to->lengths[i] != q->sent->lengths[i] || memcmp(v, said, (size_t)to->lengths[i]) != 0) {
			return false;
		}
	}
	return true;
}

/* What is said with the guess who asks is said again when that is known. */
static bool is_said(const struct pgsql *pg, const struct question *new)
{
	for (size_t i = 0; i < pg->n_ahead; i++) {
		if (is_same(&pg->ahead[i], new->p, new->sent)) {
			return true;
		}
	}
	return false;
}

struct err *pgsql_ahead(struct arena *a, struct db *db, struct cached *p, const void *args)
{
	struct pgsql *pg = pgsql_of(db);
	struct question q = { .p = p };

	if (!db->begun || db->mode == DB_WRITE || pg->n_ahead == AHEAD_MAX) {
		return NULL;
	}
	q.sent = ARENA_NEW(a, struct sent, 1);
	TRY(pgsql_encode(p, args, q.sent));
	TRY(pgsql_ready(pg));
	TRY(pgsql_name_of(pg, p, q.sent, &q.name));
	if (q.name[0] != '\0' && !is_said(pg, &q)) { /* without a name the server knows only the last */
		pg->ahead[pg->n_ahead++] = q;
	}
	return NULL;
}

/* Everything that was said and not asked yet. */
static struct err *ask_all(struct pgsql *pg)
{
	PGresult *answers[AHEAD_MAX] = { NULL };
	size_t n = 0;

	TRY(pgsql_ready(pg));
	for (size_t i = pg->n_asked; i < pg->n_ahead; i++, n++) {
		const struct question *q = &pg->ahead[i];
		TRY(pgsql_send_prepared(pg, q->p, q->name, q->sent));
	}
	TRY(pgsql_sync(pg));
	TRY(pgsql_collect(pg, pg->ahead[pg->n_asked].p->s, answers, n));
	for (size_t i = 0; i < n; i++) {
		pg->ahead[pg->n_asked++].answer = answers[i];
	}
	return NULL;
}

struct err *pgsql_ahead_take(struct pgsql *pg, const struct cached *p, const struct sent *to, PGresult **out)
{
	*out = NULL;
	for (size_t i = 0; i < pg->n_ahead; i++) {
		struct question *q = &pg->ahead[i];
		if (!is_same(q, p, to)) {
			continue;
		}
		if (i >= pg->n_asked) {
			TRY(ask_all(pg));
		}
		*out = q->answer;
		q->answer = NULL;
		q->taken = true;
		return NULL;
	}
	return NULL;
}
