/*
 * Trust: passwords, logins, CSRF, limits, the audit chain. Only this folder names libsodium.
 * Tables: user_account, login, attempt, setup_link, audit_entry, idempotency.
 */
#ifndef TRUST_TRUST_H
#define TRUST_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/field.h"
#include "base/world.h"
#include "db/db.h"
#include "trust/permission.h"

struct arena;

void trust_init(void); /* sodium_init; once per process; aborts when it cannot */

/* Passwords: Argon2id, 64 MiB, 3 passes (reliability.md 2.1). Slow role only. */
struct err *password_hash(struct arena *a, const char *password, const char **hash_out) MUST_CHECK;
bool password_verify(const char *hash, const char *password); /* hash NULL: spends the same time, false */
/* What is wrong with a new password, as a sentence; NULL: nothing. NCSC: at least 12 characters,
 * not a common one, not made of the person's name, e-mail or the authority's name. */
const char *password_weakness(struct arena *a, const char *password, const char *const *own_words);

/* Login tokens: 32 random bytes, base64url in the cookie; only SHA-256 of it is stored. */
#define LOGIN_TOKEN_TEXT 44
void login_token_new(const struct world *w, char out[LOGIN_TOKEN_TEXT]);
bool login_token_hash(const char *token, unsigned char out[32]); /* false: not of the form */

/* The person behind a cookie; *who_out is nobody (ROLE_NOBODY) when there is none, it is too old
 * (30 minutes idle, 12 hours in all), or the account is closed. Reads only. */
struct err *login_find(struct arena *a, struct db *db, const char *token, struct instant now,
		       struct who *who_out, bool *touch_out) MUST_CHECK;

/* CSRF: per login, masked afresh for each page (BREACH). */
const char *csrf_token(struct arena *a, const struct world *w, const struct who *who);
bool csrf_good(const struct who *who, const char *token);

/* Audit: one row in the same transaction as the change, each holding the hash of the one before.
 * hash = SHA-256 over the fields in order, each as length (8 bytes, big-endian) and bytes; see audit.c. */
struct audit_event {
	int64_t authority_id;
	const char *actor;   /* who.actor */
	const char *action;  /* operation name */
	const char *subject; /* "session:2K7Q" */
	const char *changes; /* JSON of record_changes, or NULL */
	struct instant at;
};
struct err *audit_append(struct arena *a, struct db *db, const struct audit_event *event) MUST_CHECK;
struct audit_report {
	int64_t entries;
	int64_t first_bad; /* sequence number, 0: chain sound */
	const char *fault; /* sentence, or NULL */
	char head[65];     /* hash of the last entry, hex */
};
struct err *audit_verify(struct arena *a, struct db *db, struct audit_report *out) MUST_CHECK;

void sha256_hex(const void *p, size_t n, char out[65]);

#endif
