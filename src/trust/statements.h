/* Within trust/: arguments and rows of login.sql and audit.sql. */
#ifndef TRUST_STATEMENTS_H
#define TRUST_STATEMENTS_H

#include "base/field.h"

struct login_key {
	struct bytes token_hash;
};
struct login_owner {
	int64_t login_id, user_id, authority_id, establishment_urn;
	struct bytes csrf;
	struct instant created_at, used_at;
	const char *name;
	int role;
	const char *authority_name, *authority_code, *authority_accent;
};
struct login_new {
	int64_t user_id;
	struct bytes token_hash, csrf;
	struct instant at;
};
struct login_use {
	int64_t id;
	struct instant at;
};
struct login_others {
	int64_t user_id, keep;
};
struct before_arg {
	struct instant before;
};
struct link_new_args {
	struct bytes token_hash;
	int64_t user_id;
	struct instant expires_at;
};
struct link_row {
	int64_t user_id;
	struct instant expires_at, used_at;
};
struct link_use_args {
	struct bytes token_hash;
	struct instant at;
};
struct attempt_args {
	struct bytes subject_hash;
	struct instant at, since;
};
struct attempt_seen {
	int64_t n;
	struct instant oldest;
};
struct audit_row {
	int64_t sequence;
	struct instant at;
	int64_t authority_id;
	const char *actor, *action, *subject, *changes;
	struct bytes hash;
};
struct audit_tail {
	int64_t sequence;
	struct bytes hash;
};

RECORD_DECLARE(login_key);
RECORD_DECLARE(login_owner);
RECORD_DECLARE(login_new);
RECORD_DECLARE(login_use);
RECORD_DECLARE(login_others);
RECORD_DECLARE(before_arg);
RECORD_DECLARE(link_new_args);
RECORD_DECLARE(link_row);
RECORD_DECLARE(link_use_args);
RECORD_DECLARE(attempt_args);
RECORD_DECLARE(attempt_seen);
RECORD_DECLARE(audit_row);
RECORD_DECLARE(audit_tail);

#endif
