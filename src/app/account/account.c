/* Accounts and settings: the feature's tables; nothing else. */
#include "app/account/account.h"
#include "app/account/statements.h"

static const struct route account_routes[] = {
	{ HTTP_GET, "/sign-in", PERM_public, sign_in_page, NULL, NULL },
	{ HTTP_POST, "/sign-in", PERM_public, sign_in_page, &op_sign_in, NULL },
	{ HTTP_POST, "/sign-out", PERM_signed_in, NULL, &op_sign_out, NULL },
	{ HTTP_GET, "/set-up/{token}", PERM_public, set_up_page, NULL, NULL },
	{ HTTP_POST, "/set-up/{token}", PERM_public, set_up_page, &op_set_up_authority, NULL },
	{ HTTP_GET, "/welcome/{token}", PERM_public, welcome_page, NULL, NULL },
	{ HTTP_POST, "/welcome/{token}", PERM_public, welcome_page, &op_set_password_by_link,
	  NULL },
	{ HTTP_GET, "/account", PERM_signed_in, own_account_page, NULL, NULL },
	{ HTTP_GET, "/account/password", PERM_signed_in, change_password_page, NULL, NULL },
	{ HTTP_POST, "/account/password", PERM_signed_in, change_password_page, &op_change_password,
	  NULL },
	{ HTTP_POST, "/account/end-other-logins", PERM_signed_in, own_account_page,
	  &op_end_other_logins, NULL },
	{ HTTP_GET, "/settings/authority", PERM_settings_manage, authority_page, NULL, NULL },
	{ HTTP_POST, "/settings/authority", PERM_settings_manage, authority_page,
	  &op_change_authority, NULL },
	{ HTTP_GET, "/settings/users/new", PERM_user_manage, add_user_page, NULL, NULL },
	{ HTTP_POST, "/settings/users/new", PERM_user_manage, add_user_page, &op_add_user, NULL },
	{ HTTP_GET, "/settings/users/{user}", PERM_user_manage, user_page, NULL, NULL },
	{ HTTP_GET, "/settings/users/{user}/edit", PERM_user_manage, change_user_page, NULL, NULL },
	{ HTTP_POST, "/settings/users/{user}/edit", PERM_user_manage, change_user_page,
	  &op_change_user, NULL },
	{ HTTP_POST, "/settings/users/{user}/close", PERM_user_manage, user_page, &op_close_user,
	  NULL },
	{ HTTP_POST, "/settings/users/{user}/reopen", PERM_user_manage, user_page, &op_reopen_user,
	  NULL },
	{ HTTP_POST, "/settings/users/{user}/link", PERM_user_manage, made_link_page,
	  &op_make_sign_in_link, NULL },
	{ HTTP_GET, "/settings/audit/{entry}", PERM_audit_read, audit_entry_page, NULL, NULL },
	{ HTTP_GET, "/accessibility", PERM_public, prose_page, NULL, NULL },
	{ HTTP_GET, "/privacy", PERM_public, prose_page, NULL, NULL },
	{ HTTP_GET, "/cookies", PERM_public, prose_page, NULL, NULL },
	{ .pattern = NULL },
};

static const struct nav_item settings_nav[] = {
	{ "Users", URL("/settings/users"), PERM_user_manage },
	{ "Authority", URL("/settings/authority"), PERM_settings_manage },
	{ "Audit", URL("/settings/audit"), PERM_audit_read },
	{ "Data dictionary", URL("/settings/dictionary"), PERM_audit_read },
	{ "Background work", URL("/settings/jobs"), PERM_settings_manage },
	{ .label = NULL },
};

const struct feature account_feature = {
	.name = "account",
	.title = "Settings",
	.nav = settings_nav,
	.records = (const struct record *const[]){ &account_record, NULL },
	.operations =
		(const struct operation *const[]){
			&op_sign_in,
			&op_sign_out,
			&op_set_up_authority,
			&op_set_password_by_link,
			&op_change_password,
			&op_end_other_logins,
			&op_change_authority,
			&op_add_user,
			&op_change_user,
			&op_close_user,
			&op_reopen_user,
			&op_make_sign_in_link,
			NULL,
		},
	.lists = (const struct list *const[]){ &list_users, &list_audit, NULL },
	.routes = account_routes,
};
