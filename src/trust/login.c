/* Logins: a browser holds a random token, the store only its hash. */
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "trust/login.sql.h"
#include "trust/statements.h"
#include "trust/token.h"
#include "trust/trust.h"

enum { TOKEN_BYTES = 32, MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS };

static const struct field login_key_fields[] = {
	FIELD(struct login_key, token_hash),
	FIELD_END,
};
RECORD(login_key, login_key_fields);

static const struct field login_owner_fields[] = {
	FIELD(struct login_owner, login_id),
	FIELD(struct login_owner, user_id),
	FIELD(struct login_owner, authority_id),
	FIELD(struct login_owner, establishment_urn, .flags = F_NULLABLE),
	FIELD(struct login_owner, csrf),
	FIELD(struct login_owner, created_at),
	FIELD(struct login_owner, used_at),
	FIELD(struct login_owner, name, .flags = F_PERSONAL),
	FIELD(struct login_owner, role, .words = &role_words),
	FIELD(struct login_owner, authority_name),
	FIELD(struct login_owner, authority_code),
	FIELD(struct login_owner, authority_accent),
	FIELD_END,
};
RECORD(login_owner, login_owner_fields);

static const struct field login_new_fields[] = {
	FIELD(struct login_new, user_id),
	FIELD(struct login_new, token_hash),
	FIELD(struct login_new, csrf),
	FIELD(struct login_new, at),
	FIELD_END,
};
RECORD(login_new, login_new_fields);

static const struct field login_use_fields[] = {
	FIELD(struct login_use, id),
	FIELD(struct login_use, at),
	FIELD_END,
};
RECORD(login_use, login_use_fields);

static const struct field login_others_fields[] = {
	FIELD(struct login_others, user_id),
	FIELD(struct login_others, keep),
	FIELD_END,
};
RECORD(login_others, login_others_fields);

static const struct field login_seen_fields[] = {
	FIELD(struct login_seen, id),
	FIELD(struct login_seen, created_at, .label = "Signed in"),
	FIELD(struct login_seen, used_at, .label = "Last used"),
	FIELD_END,
};
RECORD(login_seen, login_seen_fields);

static const struct field before_arg_fields[] = {
	FIELD(struct before_arg, before),
	FIELD_END,
};
RECORD(before_arg, before_arg_fields);

void login_token_new(const struct world *w, char out[LOGIN_TOKEN_TEXT])
{
	unsigned char token[TOKEN_BYTES];

	world_random(w, token, sizeof(token));
	sodium_bin2base64(out, LOGIN_TOKEN_TEXT, token, sizeof(token),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(token, sizeof(token));
}

bool login_token_formed(const char *token)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	return token != NULL && strlen(token) == LOGIN_TOKEN_TEXT - 1 && strspn(token, letters) == LOGIN_TOKEN_TEXT - 1;
}

bool login_token_hash(const char *token, unsigned char out[32])
{
	unsigned char bytes[TOKEN_BYTES];
	size_t n = 0;

	if (token == NULL || strlen(token) != LOGIN_TOKEN_TEXT - 1 ||
	    sodium_base642bin(bytes, sizeof(bytes), token, LOGIN_TOKEN_TEXT - 1, NULL, &n, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    n != TOKEN_BYTES) {
		return false;
	}
	crypto_hash_sha256(out, bytes, sizeof(bytes));
	return true;
}

static bool is_over(const struct login_owner *row, struct instant now,
		    const struct login_limits *limits)
{
	/* from the future: the clock was set back, and what it says of age cannot be trusted */
	return now.ms - row->used_at.ms > limits->idle_minutes * MINUTE_MS ||
	       now.ms - row->created_at.ms > limits->hours * HOUR_MS ||
	       row->created_at.ms - now.ms > MINUTE_MS;
}

struct err *login_ahead(struct arena *a, struct db *db, const char *token)
{
	unsigned char *hash = arena_alloc(a, TOKEN_HASH);

	if (!login_token_hash(token, hash)) {
		return NULL;
	}
	struct login_key key = { hash_bytes(hash) };

	return db_ahead(a, db, &SQL_login_by_token, &key);
}

struct err *login_find(struct arena *a, struct db *db, const char *token, struct instant now,
		       const struct login_limits *limits, struct who *who_out, bool *touch_out)
{
	unsigned char hash[TOKEN_HASH];
	struct login_owner row;
	bool found = false;

	*who_out = (struct who){ .role = ROLE_NOBODY, .actor = "public" };
	*touch_out = false;
	if (!login_token_hash(token, hash)) {
		return NULL;
	}
	struct login_key key = { hash_bytes(hash) };

	TRY(sql_login_by_token(a, db, &key, &row, &found));
	if (!found || is_over(&row, now, limits) || row.csrf.n != sizeof(who_out->csrf)) {
		return NULL;
	}
	*who_out = (struct who){
		.user_id = row.user_id,
		.role = (enum role)row.role,
		.authority_id = row.authority_id,
		.establishment_urn = row.establishment_urn,
		.login_id = row.login_id,
		.name = row.name,
		.authority = { row.authority_id, row.authority_name, row.authority_code, row.authority_accent },
		.actor = arena_printf(a, "user:%lld", (long long)row.user_id),
	};
	memcpy(who_out->csrf, row.csrf.p, sizeof(who_out->csrf));
	*touch_out = now.ms - row.used_at.ms >= MINUTE_MS;
	return NULL;
}

struct err *login_touch(struct db *db, int64_t login_id, struct instant now)
{
	struct login_use args = { login_id, now };

	return sql_login_used(db, &args, NULL);
}

struct err *login_start(struct arena *a, struct db *db, const struct world *w, int64_t user_id,
			char token_out[LOGIN_TOKEN_TEXT])
{
	unsigned char hash[TOKEN_HASH];
	unsigned char csrf[32];

	login_token_new(w, token_out);
	if (!login_token_hash(token_out, hash)) {
		return ERR_DETAIL(ERR_BUG, "a new login token is not of the form");
	}
	world_random(w, csrf, sizeof(csrf));
	struct login_new args = {
		.user_id = user_id,
		.token_hash = hash_bytes(hash),
		.csrf = { csrf, sizeof(csrf) },
		.at = world_now(w),
	};

	return sql_login_insert(db, &args, NULL);
}

struct err *login_end(struct db *db, int64_t login_id)
{
	struct id_arg args = { login_id };

	return sql_login_delete(db, &args, NULL);
}

struct err *login_end_others(struct db *db, int64_t user_id, int64_t keep, int64_t *ended_out)
{
	struct login_others args = { user_id, keep };

	return sql_login_delete_others(db, &args, ended_out);
}

struct err *login_list(struct arena *a, struct db *db, int64_t user_id, struct login_seen **out,
		       size_t *n_out)
{
	struct login_others args = { user_id, 0 };

	return sql_login_of_user(a, db, &args, out, n_out);
}

struct err *trust_sweep(struct db *db, struct instant now, const struct login_limits *limits)
{
	struct before_arg logins = { { now.ms - limits->idle_minutes * MINUTE_MS } };
	struct before_arg attempts = { { now.ms - LIMIT_MINUTES * MINUTE_MS } };
	struct before_arg links = { now };

	TRY(sql_login_sweep(db, &logins, NULL));
	TRY(sql_attempt_sweep(db, &attempts, NULL));
	return sql_link_sweep(db, &links, NULL);
}

struct err *login_end_all(struct db *db, int64_t *logins_out, int64_t *links_out)
{
	TRY(sql_login_delete_all(db, logins_out));
	return sql_link_delete_unused(db, links_out);
}
