/*
 * A form sent twice is answered as the first time: the outcome is kept under a hash of key,
 * operation and person for a day. What signs somebody in is never kept: it holds a login token.
 */
#include "base/arena.h"
#include "core/house.sql.h"
#include "core/operation.h"
#include "trust/trust.h"

enum { KEEP_MS = 24 * 60 * 60 * 1000 };

static const struct field idempotency_fields[] = {
	FIELD(struct idempotency, key_hash),
	FIELD(struct idempotency, at),
	FIELD(struct idempotency, outcome),
	FIELD_END,
};
RECORD(idempotency, idempotency_fields);

static struct bytes key_of(const struct run *run)
{
	struct buf b;
	char *hex = arena_alloc(run->op.arena, 65);

	buf_init(&b, run->op.arena, 4096);
	buf_printf(&b, "%s\n%s\n%s", run->operation->name, run->who.actor, run->ask->key);
	sha256_hex(b.p, b.n, hex);
	return (struct bytes){ (const unsigned char *)hex, 64 };
}

struct err *run_recall(struct run *run, struct outcome *out, bool *found)
{
	struct idempotency row;

	if (run->ask->key == NULL) {
		return NULL;
	}
	row = (struct idempotency){ .key_hash = key_of(run) };
	TRY(sql_idempotency_find(run->op.arena, run->op.db, &row, &row, found));
	return *found ? outcome_unpack(run->op.arena, row.outcome, out) : NULL;
}

struct err *run_remember(struct run *run, const struct outcome *out)
{
	struct packer p;

	if (run->ask->key == NULL || out->login_token != NULL ||
	    (run->operation->flags & OP_SECRET_ANSWER) != 0) {
		return NULL;
	}
	struct idempotency old = { .at = { run->op.now.ms - KEEP_MS } };

	TRY(sql_idempotency_prune(run->op.db, &old, NULL));
	pack_begin(&p, run->op.arena);
	outcome_pack(&p, out);
	struct idempotency row = {
		.key_hash = key_of(run), .at = run->op.now, .outcome = pack_end(&p)
	};

	return sql_idempotency_keep(run->op.db, &row, NULL);
}
