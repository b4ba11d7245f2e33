/* Within app/account/: arguments and rows of account.sql and audit.sql. */
#ifndef APP_ACCOUNT_STATEMENTS_H
#define APP_ACCOUNT_STATEMENTS_H

#include "base/field.h"

struct account_key {
	int64_t authority_id, id;
};
struct account_password {
	int64_t id;
	const char *password_hash;
};
struct account_new {
	int64_t authority_id;
	const char *reference, *email, *name;
	int role;
	int64_t establishment_urn;
	const char *password_hash;
};
struct authority_change {
	int64_t authority_id;
	const char *name, *code, *accent;
};
struct user_list_args {
	int64_t authority_id, own_user_id, own_urn;
	int role, state;
	const char *after_key;
	int64_t after_id, row_limit;
};
struct user_row {
	int64_t id;
	const char *reference, *name, *email;
	int role;
	const char *school;
	int state;
	bool password_set;
};
struct audit_list_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *subject, *actor, *after_key;
	int64_t after_id, row_limit;
};
struct audit_list_row {
	int64_t id;
	struct instant at;
	const char *actor, *action, *subject, *person;
};
struct audit_changes {
	const char *changes;
};

RECORD_DECLARE(account_key);
RECORD_DECLARE(account_password);
RECORD_DECLARE(account_new);
RECORD_DECLARE(authority_change);
RECORD_DECLARE(user_list_args);
RECORD_DECLARE(user_row);
RECORD_DECLARE(audit_list_args);
RECORD_DECLARE(audit_list_row);
RECORD_DECLARE(audit_changes);

#endif
