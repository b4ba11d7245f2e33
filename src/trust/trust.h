/*
 * Trust: passwords, logins, CSRF, limits, the audit chain. Only this folder names libsodium and libargon2.
 * Tables: login, attempt, setup_link, audit_entry (and it reads user_account).
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
/* hash NULL: spends the same time, false. */
struct err *password_verify(const char *hash, const char *password, bool *right_out) MUST_CHECK;
/* The memory that password_verify keeps for the next (64 MiB); right at any time. */
void password_give_back(void);
bool password_is_outdated(const char *hash); /* made with other parameters: hash anew at sign-in */
/* What is wrong with a new password, as a sentence; NULL: nothing. NCSC: at least 12 characters,
 * not a common one, not made of the person's name, e-mail or the authority's name (own_words, ends
 * with NULL). */
const char *password_weakness(struct arena *a, const char *password, const char *const *own_words);

/* Login tokens: 32 random bytes, base64url in the cookie; only SHA-256 of it is stored. */
#define LOGIN_TOKEN_TEXT 44
void login_token_new(const struct world *w, char out[LOGIN_TOKEN_TEXT]);
/* Its length and letters are those of a token; whose it is, if anybody's, is not asked. NULL is not. */
bool login_token_formed(const char *token);
bool login_token_hash(const char *token, unsigned char out[32]); /* false: not of the form */

struct login_limits {
	int64_t idle_minutes; /* unused for so long: ended (30) */
	int64_t hours;        /* since sign-in: ended (12) */
};

/* Says that it will be looked for (db_ahead). */
struct err *login_ahead(struct arena *a, struct db *db, const char *token) MUST_CHECK;
/* The person behind a cookie; *who_out is nobody (ROLE_NOBODY) when there is none, it is too old,
 * or the account is closed. *touch_out: unused for a minute or more, login_touch is due. */
struct err *login_find(struct arena *a, struct db *db, const char *token, struct instant now,
		       const struct login_limits *limits, struct who *who_out,
		       bool *touch_out) MUST_CHECK;
struct err *login_touch(struct db *db, int64_t login_id, struct instant now) MUST_CHECK;
/* Signs a browser in; the token is the cookie's value and is stored nowhere. */
struct err *login_start(struct arena *a, struct db *db, const struct world *w, int64_t user_id,
			char token_out[LOGIN_TOKEN_TEXT]) MUST_CHECK;
struct err *login_end(struct db *db, int64_t login_id) MUST_CHECK;
/* Ends all logins of a person but one (keep 0: all). */
struct err *login_end_others(struct db *db, int64_t user_id, int64_t keep,
			     int64_t *ended_out) MUST_CHECK;
/* A store that comes out of a backup lets nobody in by what was given out before: ends every login, and takes
 * back every one-time link of a person that was not used. (The first administrator's link works only while there is
 * no administrator; it stays.) */
struct err *login_end_all(struct db *db, int64_t *logins_out, int64_t *links_out) MUST_CHECK;

struct login_seen { /* one signed-in browser, for the person's own list */
	int64_t id;
	struct instant created_at, used_at;
};
RECORD_DECLARE(login_seen);
struct err *login_list(struct arena *a, struct db *db, int64_t user_id, struct login_seen **out,
		       size_t *n_out) MUST_CHECK;

/* One-time links: the token's hash is stored, it works once and for seven days. user_id 0: the link
 * that makes the first administrator. A new link replaces the person's earlier ones. */
struct err *link_new(struct arena *a, struct db *db, const struct world *w, int64_t user_id,
		     char token_out[LOGIN_TOKEN_TEXT]) MUST_CHECK;
/* *good_out false: unknown, used or too old. */
struct err *link_find(struct arena *a, struct db *db, const char *token, struct instant now,
		      int64_t *user_id_out, bool *good_out) MUST_CHECK;
struct err *link_use(struct db *db, const char *token, struct instant now) MUST_CHECK;

/* Sign-in limits: failures of an account (as typed, whether there is one or not) and of an address
 * (an IPv6 address counts by its /64; NULL: none) within five minutes. ERR_LIMIT says when to try
 * again. */
enum { LIMIT_ACCOUNT = 10, LIMIT_ADDRESS = 30, LIMIT_MINUTES = 5 };
struct err *limit_check(struct arena *a, struct db *db, const char *account, const char *address,
			struct instant now) MUST_CHECK;
struct err *limit_failed(struct arena *a, struct db *db, const char *account, const char *address,
			 struct instant now) MUST_CHECK;
/* Counts one use from an address of what the public may do, and refuses more than `most` within five minutes. */
struct err *limit_use(struct arena *a, struct db *db, const char *kind, const char *address, int64_t most,
		      struct instant now) MUST_CHECK;

/* Removes what is over: logins, failures and one-time links. The keeper calls it now and then. */
struct err *trust_sweep(struct db *db, struct instant now,
			const struct login_limits *limits) MUST_CHECK;

/* CSRF: per login, masked afresh for each page (BREACH). */
const char *csrf_token(struct arena *a, const struct world *w, const struct who *who);
bool csrf_good(const struct who *who, const char *token);

/*
 * Audit: one row in the same transaction as the change, each holding the hash of the one before:
 *
 *   hash = SHA-256(hash before | F(sequence) | F(at) | F(authority_id) | F(actor) | F(action) |
 *                  F(subject) | F(changes))
 *
 * where F(x) is the length of x in bytes as 8 bytes, big-endian, and then x; numbers are decimal
 * text, `at` is in milliseconds since 1970, texts are UTF-8; before the first entry the hash is 32
 * zero bytes. Sequence numbers are 1, 2, 3 ... without a gap. tests/audit_verify.py is the second
 * reading of this.
 *
 * A chain shows that an entry was changed, taken out, put in or moved. That the end was cut off
 * shows only against a head kept elsewhere: number and hash of the last entry, which `audit verify`
 * prints.
 */
struct audit_event {
	int64_t authority_id;
	const char *actor;   /* who.actor */
	const char *action;  /* operation name */
	const char *subject; /* "session:2K7Q" */
	const char *changes; /* JSON of record_changes, or NULL */
	struct instant at;
};
/* Adds n entries behind the last one, in their order. */
struct err *audit_append(struct arena *a, struct db *db, const struct audit_event *events, size_t n) MUST_CHECK;
struct audit_report {
	int64_t entries;
	int64_t first_bad; /* sequence number, 0: chain sound */
	const char *fault; /* sentence, or NULL */
	char head[65];     /* hash of the last entry, hex */
};
/* kept: entries and head of an earlier report, to be found again in the chain; NULL: none kept. */
struct err *audit_verify(struct arena *a, struct db *db, const struct audit_report *kept,
			 struct audit_report *out) MUST_CHECK;

enum { SHA256_BYTES = 32 };
void sha256(const void *p, size_t n, unsigned char out[SHA256_BYTES]);
void sha256_hex(const void *p, size_t n, char out[65]);
struct copy_hash;
extern const struct copy_hash sha256_hash; /* in steps, for copies of the store (db/copy.h) */

#endif
