/* Settings, users: the list, an account, its forms, and the one-time link shown once. */
#include "app/account/account.h"
#include "app/account/account.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/text.h"

/* ---- list ---- */

static const struct field user_list_fields[] = {
	FIELD(struct user_list_args, authority_id),
	FIELD(struct user_list_args, own_user_id),
	FIELD(struct user_list_args, own_urn),
	FIELD(struct user_list_args, role, .label = "Role", .words = &person_roles,
	      .flags = F_NULLABLE),
	FIELD(struct user_list_args, state, .label = "Account", .words = &account_state_words,
	      .flags = F_NULLABLE),
	FIELD(struct user_list_args, after_key),
	FIELD(struct user_list_args, after_id),
	FIELD(struct user_list_args, row_limit),
	FIELD_END,
};
RECORD(user_list_args, user_list_fields);

static const struct field user_row_fields[] = {
	FIELD(struct user_row, id),
	FIELD(struct user_row, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct user_row, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct user_row, email, .label = "Email address", .flags = F_PERSONAL),
	FIELD(struct user_row, role, .label = "Role", .words = &role_words),
	FIELD(struct user_row, school, .label = "School", .flags = F_NULLABLE),
	FIELD(struct user_row, state, .label = "Account", .words = &account_state_words),
	FIELD(struct user_row, password_set, .label = "Password set"),
	FIELD_END,
};
RECORD(user_row, user_row_fields);

static struct url user_link(struct arena *a, const void *row)
{
	return link_user(a, ((const struct user_row *)row)->reference);
}

static const char *user_tag(const void *row)
{
	const struct user_row *user = row;

	return user->state == ACCOUNT_CLOSED ? "grey" : user->password_set ? "green" : "yellow";
}

/* What an administrator looks for: can this person come in? */
static const char *user_standing(struct arena *a, const void *row)
{
	const struct user_row *user = row;

	return user->state == ACCOUNT_CLOSED ? "Closed"
	       : user->password_set	     ? "Active"
					     : "No password yet";
}

static struct err *user_buttons(struct page *p, const void *args)
{
	ui_button(p->html,
		  &(struct ui_button){ .text = "Add a user", .href = URL("/settings/users/new") });
	return NULL;
}

static const struct column user_columns[] = {
	{ .field = "name", .link = user_link },
	{ .field = "email" },
	{ .field = "role" },
	{ .field = "school" },
	{ .field = "reference", .export_only = true },
	{ .heading = "Account", .text = user_standing, .tag = user_tag },
	{ .field = NULL },
};

static const struct sort user_sorts[] = {
	{ "name", "Name", &SQL_user_list_by_name, NULL },
	{ .key = NULL },
};

const struct list list_users = {
	.name = "users",
	.title = "Users",
	.caption = "Users, by name",
	.empty = "No user matches these filters.",
	.path = "/settings/users",
	.permission = PERM_user_manage,
	.args = &user_list_args_record,
	.row = &user_row_record,
	.columns = user_columns,
	.sorts = user_sorts,
	.before = user_buttons,
};

/* ---- the one-time link ---- */

static bool has_link(const struct page *p)
{
	return p->outcome != NULL && p->outcome->err == NULL && p->outcome->problems.n == 0 &&
	       pairs_get(&p->outcome->result, "path") != NULL;
}

/* With the address that the browser itself used, where no public address is set. */
static const char *whole_link(struct page *p)
{
	const char *link = pairs_get(&p->outcome->result, "link");

	return link[0] == '/' ? arena_printf(p->arena, "http://%s%s", p->request->host, link)
			      : link;
}

static struct err *show_link(struct page *p)
{
	const char *name = pairs_get(&p->outcome->result, "name");
	const struct page_head head = { .title = "One-time link",
					.back = link_user(p->arena, p->outcome->reference) };

	page_begin(p, &head);
	ui_paragraph(p->html,
		     arena_printf(p->arena,
				  "Give this link to %s and to nobody else. With it they set "
				  "their own password.",
				  name));
	ui_inset_text(p->html, &(struct ui_inset_text){ .text = whole_link(p) });
	ui_paragraph(p->html, "The link works once, for 7 days. It is shown here only now: if it "
			      "gets lost, make a "
			      "new one.");
	page_end(p);
	return NULL;
}

struct err *made_link_page(struct page *p)
{
	return has_link(p) ? show_link(p) : user_page(p);
}

/* ---- an account ---- */

static struct err *find_user(struct page *p, struct account *out)
{
	const struct reference_arg key = { p->who->authority_id, page_path(p, "user") };
	bool found;

	TRY(sql_account_by_reference(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no such account");
}

static void user_actions(struct page *p, const struct account *user)
{
	if (user->state == ACCOUNT_CLOSED) {
		page_button_form(p,
				 url_path(p->arena, "/settings/users/{}/reopen", user->reference),
				 "Open the account again", user->version, true);
		return;
	}
	page_button_form(p, url_path(p->arena, "/settings/users/{}/link", user->reference),
			 "Make a one-time link", user->version, true);
	if (user->id != p->who->user_id) {
		page_button_form(p, url_path(p->arena, "/settings/users/{}/close", user->reference),
				 "Close the account", user->version, true);
	}
}

struct err *user_page(struct page *p)
{
	struct account user;

	TRY(find_user(p, &user));
	const struct page_head head = { .title = "User",
					.no_heading = true, /* the browser's history keeps titles: no name */
					.back = URL("/settings/users") };
	const struct url edit = url_path(p->arena, "/settings/users/{}/edit", user.reference);
	const struct summary_action actions[] = {
		{ "name", edit, "Change" },
		{ "email", edit, "Change" },
		{ "role", edit, "Change" },
		{ NULL, { NULL }, NULL },
	};

	page_begin(p, &head);
	ui_heading(p->html, "User", user.name);
	page_summary(p, &account_record, &user, actions);
	user_actions(p, &user);
	page_end(p);
	return NULL;
}

struct err *add_user_page(struct page *p)
{
	const struct page_head head = { .title = "Add a user", .back = URL("/settings/users") };
	const struct form form = { .record = &account_input_record,
				   .action = URL("/settings/users/new"),
				   .submit = "Add user",
				   .cancel = URL("/settings/users") };

	if (has_link(p)) {
		return show_link(p);
	}
	page_begin(p, &head);
	TRY(page_form(p, &form));
	page_end(p);
	return NULL;
}

struct err *change_user_page(struct page *p)
{
	struct account user;

	TRY(find_user(p, &user));
	const struct account_input initial = { user.name, user.email, user.role,
					       user.establishment_urn };
	const struct page_head head = { .title = "Change the account",
					.caption = user.name,
					.back = link_user(p->arena, user.reference) };
	const struct form form = {
		.record = &account_input_record,
		.action = url_path(p->arena, "/settings/users/{}/edit", user.reference),
		.submit = "Save",
		.initial = &initial,
		.version = user.version,
		.cancel = link_user(p->arena, user.reference),
	};

	page_begin(p, &head);
	TRY(page_form(p, &form));
	page_end(p);
	return NULL;
}
