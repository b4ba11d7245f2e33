/* The audit chain: how entries are hashed (see trust.h), added and checked. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "trust/audit.sql.h"
#include "trust/statements.h"
#include "trust/trust.h"

enum { HASH = crypto_hash_sha256_BYTES };

static const struct field audit_row_fields[] = {
	FIELD(struct audit_row, sequence),
	FIELD(struct audit_row, at),
	FIELD(struct audit_row, authority_id),
	FIELD(struct audit_row, actor),
	FIELD(struct audit_row, action),
	FIELD(struct audit_row, subject),
	FIELD(struct audit_row, changes),
	FIELD(struct audit_row, hash),
	FIELD_END,
};
RECORD(audit_row, audit_row_fields);

static const struct field audit_tail_fields[] = {
	FIELD(struct audit_tail, sequence),
	FIELD(struct audit_tail, hash),
	FIELD_END,
};
RECORD(audit_tail, audit_tail_fields);

static void hash_text(crypto_hash_sha256_state *state, const char *s)
{
	uint64_t n = strlen(s);
	unsigned char length[8];

	for (int i = 0; i < 8; i++) {
		length[i] = (unsigned char)(n >> (56 - 8 * i));
	}
	crypto_hash_sha256_update(state, length, sizeof(length));
	crypto_hash_sha256_update(state, (const unsigned char *)s, n);
}

static void hash_number(crypto_hash_sha256_state *state, int64_t v)
{
	char s[24];

	snprintf(s, sizeof(s), "%" PRId64, v);
	hash_text(state, s);
}

static void entry_hash(const unsigned char before[HASH], const struct audit_row *row,
		       unsigned char out[HASH])
{
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, before, HASH);
	hash_number(&state, row->sequence);
	hash_number(&state, row->at.ms);
	hash_number(&state, row->authority_id);
	hash_text(&state, row->actor);
	hash_text(&state, row->action);
	hash_text(&state, row->subject);
	hash_text(&state, row->changes);
	crypto_hash_sha256_final(&state, out);
}

struct err *audit_append(struct arena *a, struct db *db, const struct audit_event *events, size_t n)
{
	unsigned char before[HASH] = { 0 };
	unsigned char *hashes = ARENA_NEW(a, unsigned char, (n + 1) * HASH);
	struct audit_row *rows = ARENA_NEW(a, struct audit_row, n + 1);
	struct audit_tail last = { 0 };
	bool found = false;

	TRY(sql_audit_last(a, db, &last, &found));
	if (found && last.hash.n != HASH) {
		return ERR_DETAIL(ERR_BUG, "the last audit entry has no hash");
	}
	if (found) {
		memcpy(before, last.hash.p, HASH);
	}
	for (size_t i = 0; i < n; i++) {
		const struct audit_event *e = &events[i];
		unsigned char *hash = hashes + i * HASH;

		rows[i] = (struct audit_row){
			.sequence = last.sequence + 1 + (int64_t)i,
			.at = e->at,
			.authority_id = e->authority_id,
			.actor = e->actor,
			.action = e->action,
			.subject = e->subject,
			.changes = e->changes == NULL ? "" : e->changes,
			.hash = { hash, HASH },
		};
		entry_hash(i == 0 ? before : hash - HASH, &rows[i], hash);
	}
	return sql_audit_insert(db, rows, n);
}

struct check { /* a walk along the chain */
	struct arena *arena;
	const struct audit_report *kept;
	struct audit_report *report;
	unsigned char before[HASH];
};

static void find_fault(struct check *c, int64_t at, const char *fault)
{
	if (c->report->fault == NULL) {
		c->report->first_bad = at;
		c->report->fault = fault;
	}
}

static struct err *check_entry(void *context, const void *entry)
{
	struct check *c = context;
	const struct audit_row *row = entry;
	struct audit_report *report = c->report;
	int64_t expected = report->entries + 1;
	unsigned char hash[HASH];

	report->entries++;
	entry_hash(c->before, row, hash);
	if (row->sequence != expected) {
		find_fault(c, expected,
			   arena_printf(c->arena,
					"Entry %" PRId64 " stands where entry %" PRId64
					" should be",
					row->sequence, expected));
	} else if (row->hash.n != HASH || memcmp(hash, row->hash.p, HASH) != 0) {
		find_fault(c, expected,
			   arena_printf(c->arena, "Entry %" PRId64 " does not match its hash",
					expected));
	}
	memset(c->before, 0, HASH);
	memcpy(c->before, row->hash.p, row->hash.n < HASH ? row->hash.n : HASH);
	sodium_bin2hex(report->head, sizeof(report->head), c->before, HASH);
	if (c->kept != NULL && c->kept->entries == expected &&
	    !text_same(c->kept->head, report->head)) {
		find_fault(c, expected,
			   arena_printf(c->arena,
					"Entry %" PRId64 " is not the one whose hash was "
					"kept",
					expected));
	}
	return NULL;
}

struct err *audit_verify(struct arena *a, struct db *db, const struct audit_report *kept,
			 struct audit_report *out)
{
	struct check c = { .arena = a, .kept = kept, .report = out };

	*out = (struct audit_report){ 0 };
	sodium_bin2hex(out->head, sizeof(out->head), c.before, HASH);
	TRY(db_each(a, db, &SQL_audit_all, NULL, check_entry, &c));
	if (kept != NULL && kept->entries > out->entries) {
		find_fault(&c, out->entries + 1,
			   arena_printf(a,
					"The chain ends at entry %" PRId64 ", but entry %" PRId64
					" was kept",
					out->entries, kept->entries));
	}
	return NULL;
}
