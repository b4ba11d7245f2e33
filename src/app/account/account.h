/*
 * Accounts and settings: signing in, one-time links, one's own account, the authority's details,
 * users, the audit. People appear elsewhere only by id and name; no other feature reads this.
 */
#ifndef APP_ACCOUNT_ACCOUNT_H
#define APP_ACCOUNT_ACCOUNT_H

#include "core/core.h"

extern const struct feature account_feature;

/* Colour of a new authority's header: not GOV.UK's blue, which a council may not use. */
#define ACCENT_DEFAULT "#1d3f5e"

enum account_state { ACCOUNT_ACTIVE = 1, ACCOUNT_CLOSED };
extern const struct words account_state_words;
extern const struct words person_roles; /* role_words but the system's */

struct account { /* as administrators and the person see it */
	int64_t id;
	const char *reference, *name, *email;
	int role;
	int64_t establishment_urn;
	const char *school; /* its name; "" when there is none */
	int state;
	bool password_set;
	int64_t version;
};
RECORD_DECLARE(account);

struct account_input { /* what an administrator enters */
	const char *name, *email;
	int role;
	int64_t establishment_urn;
};
RECORD_DECLARE(account_input);

struct account_secret { /* what signing in and changing a password need; never shown */
	int64_t id, authority_id;
	const char *reference, *name, *email, *authority_name;
	int state;
	const char *password_hash; /* "" until one is set */
};
RECORD_DECLARE(account_secret);

struct authority_details {
	int64_t id;
	const char *name, *code, *accent;
	int64_t version;
};
RECORD_DECLARE(authority_details);

struct authority_input {
	const char *name, *code, *accent;
};
RECORD_DECLARE(authority_input);

/* Rules without store or clock (account_rules.c). */

/* WCAG 2.2 contrast of white text on "#rrggbb", 1 to 21; false: not a colour of that form. */
bool accent_contrast(const char *accent, double *out);
/* Adds a problem to `accent` or `code` that the field table cannot see. */
void authority_check(struct arena *a, const char *code, const char *accent,
		     struct problems *problems);
/* "white text on it has a contrast of 5.6 to 1" */
const char *accent_sentence(struct arena *a, const char *accent);

/* Pages and operations, each in its own file. */
page_fn sign_in_page, set_up_page, welcome_page, own_account_page, change_password_page,
	authority_page, add_user_page, user_page, change_user_page, made_link_page,
	audit_entry_page, prose_page;
extern const struct operation op_sign_in, op_sign_out, op_set_up_authority, op_set_password_by_link,
	op_change_password, op_end_other_logins, op_change_authority, op_add_user, op_change_user,
	op_close_user, op_reopen_user, op_make_sign_in_link, op_restore_store;
extern const struct list list_users, list_audit;

struct url link_user(struct arena *a, const char *reference);

/* Shared by the operations of this folder (account_ops.c). */

/* The audit entry of somebody who is only just signing in: as themselves. */
struct err *audit_as_person(struct op *op, const struct account_secret *person,
			    const char *action) MUST_CHECK;
/* Adds the problem of a password that is too easy for this person, if it is. */
void check_new_password(struct op *op, const char *password, const char *name, const char *email,
			const char *authority_name);
/* A one-time link into op->result: "path" and, with the public address before it, "link". */
void say_link(struct op *op, const char *pattern, const char *token);

#endif
