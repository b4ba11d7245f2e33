/*
 * Limits. Failures to sign in are counted under what was typed, whether there is such an account or
 * not, so that the limit says nothing about who has one; and under the address they came from.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "trust/login.sql.h"
#include "trust/statements.h"
#include "trust/token.h"
#include "trust/trust.h"

enum { WINDOW_MS = LIMIT_MINUTES * 60 * 1000 };

static const struct field attempt_args_fields[] = {
	FIELD(struct attempt_args, subject_hash),
	FIELD(struct attempt_args, at),
	FIELD(struct attempt_args, since),
	FIELD_END,
};
RECORD(attempt_args, attempt_args_fields);

static const struct field attempt_seen_fields[] = {
	FIELD(struct attempt_seen, n),
	FIELD(struct attempt_seen, oldest, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(attempt_seen, attempt_seen_fields);

/* One household or office has a whole /64: its hosts count together. */
static const char *address_key(struct arena *a, const char *address)
{
	struct in6_addr six;
	char text[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET6, address, &six) != 1 || IN6_IS_ADDR_V4MAPPED(&six)) {
		return address;
	}
	memset(six.s6_addr + 8, 0, 8);
	return inet_ntop(AF_INET6, &six, text, sizeof(text)) == NULL ? address
								     : arena_strdup(a, text);
}

/* Hash of "account:..." or "address:...": the table shows neither who nor from where. */
static void subject_hash(struct arena *a, const char *kind, const char *value,
			 unsigned char out[TOKEN_HASH])
{
	const char *s = arena_printf(a, "%s:%s", kind, value);

	crypto_hash_sha256(out, (const unsigned char *)s, strlen(s));
}

static struct err *check_one(struct arena *a, struct db *db, const char *kind, const char *value,
			     int64_t most, struct instant now, const char *why)
{
	unsigned char hash[TOKEN_HASH];
	struct attempt_seen seen;

	subject_hash(a, kind, value, hash);
	struct attempt_args args = { .subject_hash = hash_bytes(hash),
				     .at = now,
				     .since = { now.ms - WINDOW_MS } };

	TRY(sql_attempt_count(a, db, &args, &seen));
	if (seen.n < most) {
		return NULL;
	}
	/* to the end of that minute: nobody is told a time that is still too early */
	struct instant again = { seen.oldest.ms + WINDOW_MS + 60 * 1000 - 1 };
	int hour, minute;

	instant_clock(again, &hour, &minute);
	return ERR(ERR_LIMIT, "%s. Try again at %d:%02d%s", why,
		   hour % 12 == 0 ? 12 : hour % 12, minute, hour < 12 ? "am" : "pm");
}

struct err *limit_check(struct arena *a, struct db *db, const char *account, const char *address,
			struct instant now)
{
	static const char why[] = "There were too many attempts to sign in";

	TRY(check_one(a, db, "account", text_fold(a, account), LIMIT_ACCOUNT, now, why));
	if (address != NULL) {
		TRY(check_one(a, db, "address", address_key(a, address), LIMIT_ADDRESS, now, why));
	}
	return NULL;
}

static struct err *count_one(struct arena *a, struct db *db, const char *kind, const char *value,
			     struct instant now)
{
	unsigned char hash[TOKEN_HASH];

	subject_hash(a, kind, value, hash);
	struct attempt_args args = { .subject_hash = hash_bytes(hash), .at = now };

	return sql_attempt_add(db, &args, NULL);
}

struct err *limit_failed(struct arena *a, struct db *db, const char *account, const char *address,
			 struct instant now)
{
	TRY(count_one(a, db, "account", text_fold(a, account), now));
	if (address != NULL) {
		TRY(count_one(a, db, "address", address_key(a, address), now));
	}
	return NULL;
}

struct err *limit_use(struct arena *a, struct db *db, const char *kind, const char *address, int64_t most,
		      struct instant now)
{
	if (address == NULL) {
		return NULL;
	}
	TRY(check_one(a, db, kind, address_key(a, address), most, now, "Too much was sent from your network at once"));
	return count_one(a, db, kind, address_key(a, address), now);
}
