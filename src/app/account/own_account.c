/* One's own account: details, password, where one is signed in; and the link that sets a password.
 */
#include <string.h>

#include "app/account/account.h"
#include "app/account/account.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/text.h"
#include "ipc/ipc.h"
#include "trust/trust.h"

struct new_password_input {
	const char *new_password;
};
struct change_password_input {
	const char *password, *new_password;
};

#define GOOD_PASSWORD "12 characters or more. Three random words make a good one"

static const struct field new_password_fields[] = {
	FIELD(struct new_password_input, new_password, .label = "Password", .hint = GOOD_PASSWORD,
	      .flags = F_REQUIRED | F_SECRET, .asks = "Enter a password"),
	FIELD_END,
};
static const struct record new_password_record = { "new_password_input",
						   sizeof(struct new_password_input),
						   new_password_fields };

static const struct field change_password_fields[] = {
	FIELD(struct change_password_input, password, .label = "Current password",
	      .flags = F_REQUIRED | F_SECRET, .asks = "Enter your current password"),
	FIELD(struct change_password_input, new_password, .label = "New password",
	      .hint = GOOD_PASSWORD, .flags = F_REQUIRED | F_SECRET,
	      .asks = "Enter a new password"),
	FIELD_END,
};
static const struct record change_password_record = { "change_password_input",
						      sizeof(struct change_password_input),
						      change_password_fields };

/* ---- by one-time link ---- */

/* The person whose link it is; *good_out false: unknown, used, too old, or the account is closed.
 */
static struct err *person_of_link(struct arena *a, struct db *db, const char *token,
				  struct instant now, struct account_secret *out, bool *good_out)
{
	int64_t user_id = 0;
	bool found = false;

	TRY(link_find(a, db, token, now, &user_id, good_out));
	if (*good_out) {
		TRY(sql_account_secret_by_id(a, db, &(struct id_arg){ user_id }, out, &found));
		*good_out = found && out->state == ACCOUNT_ACTIVE;
	}
	return NULL;
}

static struct err *link_person(struct op *op, struct account_secret *out)
{
	bool good;

	TRY(person_of_link(op->arena, op->db, op_path(op, "token"), op->now, out, &good));
	return good ? NULL
		    : ERR(ERR_NOT_FOUND,
			  "This link has been used or is too old. Ask for a new one");
}

static struct err *welcome_guard(struct op *op, const void *in)
{
	const struct new_password_input *input = in;
	struct account_secret person;

	TRY(link_person(op, &person));
	check_new_password(op, input->new_password, person.name, person.email,
			   person.authority_name);
	return NULL;
}

static struct err *welcome_slow(struct op *op, const void *in, struct bytes *answer)
{
	const struct new_password_input *input = in;
	const char *hash;

	TRY(password_hash(op->arena, input->new_password, &hash));
	*answer = (struct bytes){ (const unsigned char *)hash, strlen(hash) };
	return NULL;
}

static struct err *welcome_apply(struct op *op, const void *in)
{
	struct account_secret person;
	char *token = arena_alloc(op->arena, LOGIN_TOKEN_TEXT);

	TRY(link_person(op, &person));
	TRY(sql_account_set_password(
		op->db,
		&(struct account_password){
			person.id, arena_strndup(op->arena, (const char *)op->slow.p, op->slow.n) },
		NULL));
	TRY(link_use(op->db, op_path(op, "token"), op->now));
	TRY(login_end_others(op->db, person.id, 0, NULL));
	TRY(login_start(op->arena, op->db, op->world, person.id, token));
	TRY(audit_as_person(op, &person, "set-password-by-link"));
	op->login_token = token;
	op->reference = person.reference;
	op->location = URL("/");
	op->flash = "Your password is set and you are signed in";
	return NULL;
}

const struct operation op_set_password_by_link = {
	.name = "set-password-by-link",
	.label = "Set a password",
	.permission = PERM_public,
	.input = &new_password_record,
	.guard = welcome_guard,
	.slow = welcome_slow,
	.apply = welcome_apply,
};

struct err *welcome_page(struct page *p)
{
	const char *token = page_path(p, "token");
	const struct page_head head = { .title = "Set your password", .plain = true };
	const struct form form = { .record = &new_password_record,
				   .submit = "Set password",
				   .action = url_path(p->arena, "/welcome/{}", token) };
	struct account_secret person;
	bool good;

	TRY(person_of_link(p->arena, p->db, token, p->now, &person, &good));
	if (!good) {
		return ERR(ERR_NOT_FOUND,
			   "This link has been used or is too old. Ask for a new one");
	}
	page_begin(p, &head);
	ui_paragraph(p->html,
		     arena_printf(p->arena,
				  "This is the account of %s. The email address to sign in "
				  "with is %s.",
				  person.name, person.email));
	TRY(page_form(p, &form));
	page_end(p);
	return NULL;
}

/* ---- changing the password ---- */

static struct err *own_secret(struct op *op, struct account_secret *out)
{
	bool found;

	TRY(sql_account_secret_by_id(op->arena, op->db, &(struct id_arg){ op->who->user_id }, out,
				     &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "Sign in with an account to do this");
}

/* Guessing at an open browser is limited as at the door. */
static struct err *change_guard(struct op *op, const void *in)
{
	const struct change_password_input *input = in;
	struct account_secret person;

	TRY(own_secret(op, &person));
	TRY(limit_check(op->arena, op->db, person.email, op->client, op->now));
	check_new_password(op, input->new_password, person.name, person.email,
			   person.authority_name);
	return NULL;
}

/* Answers the old hash, verified, and the new one; both empty when the old password is wrong. */
static struct err *change_slow(struct op *op, const void *in, struct bytes *answer)
{
	const struct change_password_input *input = in;
	struct account_secret person;
	const char *hash = "";
	struct packer p;

	bool right;

	TRY(own_secret(op, &person));
	TRY(password_verify(person.password_hash, input->password, &right));
	if (right) {
		TRY(password_hash(op->arena, input->new_password, &hash));
	}
	pack_begin(&p, op->arena);
	pack_text(&p, right ? person.password_hash : "");
	pack_text(&p, hash);
	*answer = pack_end(&p);
	return NULL;
}

static struct err *change_apply(struct op *op, const void *in)
{
	struct account_secret person;
	struct unpacker u;

	TRY(own_secret(op, &person));
	unpack_begin(&u, op->arena, op->slow);
	const char *against = unpack_text(&u);
	const char *hash = unpack_text(&u);

	TRY(unpack_end(&u));
	if (text_empty(hash) || !text_same(against, person.password_hash)) {
		op->keep = true;
		TRY(limit_failed(op->arena, op->db, person.email, op->client, op->now));
		TRY(audit_as_person(op, &person, "change-password-failed"));
		problem_add(op->arena, op->problems, "password", "Current password is not right");
		return NULL;
	}
	TRY(sql_account_set_password(op->db, &(struct account_password){ person.id, hash }, NULL));
	TRY(login_end_others(op->db, person.id, op->who->login_id, NULL));
	TRY(audit_as_person(op, &person, "change-password"));
	op->location = URL("/account");
	op->flash = "Password changed. You are signed out everywhere else";
	return NULL;
}

const struct operation op_change_password = {
	.name = "change-password",
	.label = "Change your password",
	.permission = PERM_signed_in,
	.input = &change_password_record,
	.guard = change_guard,
	.slow = change_slow,
	.apply = change_apply,
};

struct err *change_password_page(struct page *p)
{
	const struct page_head head = { .title = "Change your password", .back = URL("/account") };
	const struct form form = { .record = &change_password_record,
				   .action = URL("/account/password"),
				   .submit = "Change password",
				   .cancel = URL("/account") };

	page_begin(p, &head);
	TRY(page_form(p, &form));
	page_end(p);
	return NULL;
}

/* ---- where one is signed in ---- */

static struct err *end_others_apply(struct op *op, const void *in)
{
	struct account_secret person;
	int64_t ended = 0;

	TRY(own_secret(op, &person));
	TRY(login_end_others(op->db, op->who->user_id, op->who->login_id, &ended));
	TRY(audit_as_person(op, &person, "end-other-logins"));
	op->location = URL("/account");
	op->flash = ended == 0 ? "You were signed in nowhere else"
			       : "You are signed out everywhere else";
	return NULL;
}

const struct operation op_end_other_logins = {
	.name = "end-other-logins",
	.label = "Sign out everywhere else",
	.permission = PERM_signed_in,
	.apply = end_others_apply,
};

static void show_logins(struct page *p, const struct login_seen *logins, size_t n)
{
	static const struct ui_cell head[] = { { .text = "Signed in" },
					       { .text = "Last used" },
					       { .text = "Browser" } };
	const struct ui_table table = { .caption = "Where you are signed in",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 3,
					.scrolls = true };

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html,
			&(struct ui_cell){ .text = instant_long(p->arena, logins[i].created_at) });
		ui_cell(p->html,
			&(struct ui_cell){ .text = instant_long(p->arena, logins[i].used_at) });
		ui_cell(p->html,
			&(struct ui_cell){ .text = logins[i].id == p->who->login_id ? "This one"
										    : "Another" });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	if (n > 1) {
		page_button_form(p, URL("/account/end-other-logins"), "Sign out everywhere else", 0,
				 true);
	}
}

struct err *own_account_page(struct page *p)
{
	const struct page_head head = { .title = "Your account" };
	const struct account_key key = { p->who->authority_id, p->who->user_id };
	struct account own;
	struct login_seen *logins;
	size_t n;

	TRY(sql_account_own(p->arena, p->db, &key, &own));
	TRY(login_list(p->arena, p->db, p->who->user_id, &logins, &n));
	const struct ui_action change = { .text = "Change",
					  .href = URL("/account/password"),
					  .visually_hidden_text = "password" };
	const struct ui_summary_row rows[] = {
		{ .key = "Name", .value = own.name },
		{ .key = "Work email address", .value = own.email },
		{ .key = "Role", .value = words_label(&role_words, own.role) },
		{ .key = "Password", .value = "Set", .actions = &change, .n_actions = 1 },
		{ .key = "School", .value = own.school },
	};

	page_begin(p, &head);
	ui_summary_list(p->html, &(struct ui_summary_list){
					 .rows = rows, .n_rows = text_empty(own.school) ? 4 : 5 });
	ui_paragraph(
		p->html,
		"To change your name, email address or role, ask your authority's administrator.");
	show_logins(p, logins, n);
	page_end(p);
	return NULL;
}
