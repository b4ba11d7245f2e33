/*
 * A form sent twice is answered as the first time: the outcome is kept for a day under a hash of key,
 * operation, person and what was sent. What is sent belongs to it because people go back, change the
 * form and send it again under its old key: that is a new thing, and must not be lost.
 *
 * Never kept: what signs somebody in, as it holds a login token; and what leaves no audit entry, as
 * the record would say when somebody gave anonymous feedback.
 */
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/house.sql.h"
#include "core/operation.h"
#include "trust/trust.h"

enum {
	KEEP_MS = 24 * 60 * 60 * 1000,
	UPLOAD_LOOK = 1024 * 1024,
	CONTENT_MAX = 16 * 1024 * 1024, /* more than a form may hold (http/limits.h) */
	FORGET_AT_ONCE = 10000,
	KEY_TIME = 11, /* digits: milliseconds, until the year 2527 */
	KEY_RANDOM = 13
};

static const struct field idempotency_fields[] = {
	FIELD(struct idempotency, key_hash),
	FIELD(struct idempotency, at),
	FIELD(struct idempotency, outcome),
	FIELD_END,
};
RECORD(idempotency, idempotency_fields);

static const struct field idempotency_old_fields[] = {
	FIELD(struct idempotency_old, before),
	FIELD(struct idempotency_old, most),
	FIELD_END,
};
RECORD(idempotency_old, idempotency_old_fields);

/* As UUID version 7 does (RFC 9562, 6.2): what comes at one time lies together in the index, so that a group of
 * writes dirties few of its pages. */
const char *remembered_key(const struct world *world, struct arena *a)
{
	return arena_printf(a, "%0*llx%s", KEY_TIME, (unsigned long long)world_now(world).ms,
			    world_reference(world, a, KEY_RANDOM));
}

/* Nothing of a password, not even a hash; the CSRF token is masked anew on every page. */
static bool is_content(const struct run *run, const char *name)
{
	const struct record *record = run->operation->input;
	const struct field *f = record != NULL ? record_field(record, name) : NULL;

	return !text_same(name, "_csrf") && !text_same(name, "_key") &&
	       (f == NULL || (f->flags & F_SECRET) == 0);
}

/* With its end, so that no two texts look like one. */
static void add_text(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s) + 1);
}

static void add_pairs(struct buf *b, const struct run *run, const struct pairs *pairs)
{
	for (size_t i = 0; i < pairs->n; i++) {
		if (is_content(run, pairs->v[i].name)) {
			add_text(b, pairs->v[i].name);
			add_text(b, pairs->v[i].value);
		}
	}
}

/* A list of people is told apart by every byte, a school register by name, size and beginning. */
static void add_upload(struct buf *b, const struct upload *upload)
{
	char piece[16384];
	off_t at = 0;
	ssize_t got;

	add_text(b, upload->filename != NULL ? upload->filename : "");
	buf_printf(b, "%lld\n", (long long)upload->size);
	while (at < UPLOAD_LOOK && (got = pread(upload->fd, piece, sizeof(piece), at)) > 0) {
		buf_add(b, piece, (size_t)got);
		at += got;
	}
}

/* The beginning of the form's key, whatever it is, and the hash. */
static struct bytes key_of(const struct run *run)
{
	struct buf b;
	size_t n = strnlen(run->ask->key, KEY_TIME);
	unsigned char *key = arena_alloc(run->op.arena, KEY_TIME + SHA256_BYTES);

	buf_init(&b, run->op.arena, CONTENT_MAX);
	add_text(&b, run->operation->name);
	add_text(&b, run->who.actor);
	add_text(&b, run->ask->key);
	add_pairs(&b, run, &run->ask->path);
	add_pairs(&b, run, &run->ask->raw);
	if (run->ask->upload != NULL && run->ask->upload->fd >= 0) {
		add_upload(&b, run->ask->upload);
	}
	memcpy(key, run->ask->key, n);
	sha256(b.p, b.n, key + n);
	return (struct bytes){ key, n + SHA256_BYTES };
}

static bool is_kept(const struct run *run)
{
	return !text_empty(run->ask->key) &&
	       (run->operation->flags & (OP_NO_AUDIT | OP_SECRET_ANSWER)) == 0;
}

struct err *run_recall(struct run *run, struct outcome *out, bool *found)
{
	struct idempotency row;

	if (!is_kept(run)) {
		return NULL;
	}
	run->key = key_of(run);
	row = (struct idempotency){ .key_hash = run->key };
	TRY(sql_idempotency_find(run->op.arena, run->op.db, &row, &row, found));
	return *found ? outcome_unpack(run->op.arena, row.outcome, out) : NULL;
}

struct err *run_remember(struct run *run, const struct outcome *out)
{
	struct packer p;

	if (!is_kept(run) || out->login_token != NULL) {
		return NULL;
	}
	pack_begin(&p, run->op.arena);
	outcome_pack(&p, out);
	struct idempotency row = {
		.key_hash = run->key, .at = run->op.now, .outcome = pack_end(&p)
	};

	return sql_idempotency_keep(run->op.db, &row, NULL);
}

struct err *remembered_sweep(struct db *db, struct instant now, bool *more_out)
{
	const struct idempotency_old old = { { now.ms - KEEP_MS }, FORGET_AT_ONCE };
	int64_t n = 0;

	TRY(sql_idempotency_forget(db, &old, &n));
	*more_out = n == FORGET_AT_ONCE;
	return NULL;
}
