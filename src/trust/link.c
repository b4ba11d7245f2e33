/* One-time links: the first administrator's, a new account's, a forgotten password's. */
#include "base/arena.h"
#include "trust/login.sql.h"
#include "trust/statements.h"
#include "trust/token.h"
#include "trust/trust.h"

#define LINK_MS ((int64_t)7 * 24 * 60 * 60 * 1000)

static const struct field link_new_args_fields[] = {
	FIELD(struct link_new_args, token_hash),
	FIELD(struct link_new_args, user_id, .flags = F_NULLABLE),
	FIELD(struct link_new_args, expires_at),
	FIELD_END,
};
RECORD(link_new_args, link_new_args_fields);

static const struct field link_row_fields[] = {
	FIELD(struct link_row, user_id, .flags = F_NULLABLE),
	FIELD(struct link_row, expires_at),
	FIELD(struct link_row, used_at, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(link_row, link_row_fields);

static const struct field link_use_args_fields[] = {
	FIELD(struct link_use_args, token_hash),
	FIELD(struct link_use_args, at),
	FIELD_END,
};
RECORD(link_use_args, link_use_args_fields);

struct err *link_new(struct arena *a, struct db *db, const struct world *w, int64_t user_id,
		     char token_out[LOGIN_TOKEN_TEXT])
{
	unsigned char hash[TOKEN_HASH];

	login_token_new(w, token_out);
	if (!login_token_hash(token_out, hash)) {
		return ERR_DETAIL(ERR_BUG, "a new link token is not of the form");
	}
	struct link_new_args args = {
		.token_hash = hash_bytes(hash),
		.user_id = user_id,
		.expires_at = { world_now(w).ms + LINK_MS },
	};

	TRY(sql_link_replace(db, &args, NULL));
	return sql_link_insert(db, &args, NULL);
}

struct err *link_find(struct arena *a, struct db *db, const char *token, struct instant now,
		      int64_t *user_id_out, bool *good_out)
{
	unsigned char hash[TOKEN_HASH];
	struct link_row row;
	bool found = false;

	*good_out = false;
	if (!login_token_hash(token, hash)) {
		return NULL;
	}
	struct login_key key = { hash_bytes(hash) };

	TRY(sql_link_by_token(a, db, &key, &row, &found));
	if (found && !instant_is_set(row.used_at) && now.ms < row.expires_at.ms) {
		*user_id_out = row.user_id;
		*good_out = true;
	}
	return NULL;
}

struct err *link_use(struct db *db, const char *token, struct instant now)
{
	unsigned char hash[TOKEN_HASH];
	int64_t changed = 0;

	if (login_token_hash(token, hash)) {
		struct link_use_args args = { hash_bytes(hash), now };

		TRY(sql_link_used(db, &args, &changed));
	}
	if (changed != 1) {
		return ERR(ERR_NOT_FOUND,
			   "This link has been used or is too old. Ask for a new one");
	}
	return NULL;
}
