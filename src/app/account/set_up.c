/* The first run: a one-time link makes the authority's details and its first administrator. */
#include <string.h>

#include "app/account/account.h"
#include "app/account/account.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/text.h"
#include "trust/trust.h"

struct set_up_input {
	const char *authority_name, *code, *accent, *name, *email, *new_password;
};

static const struct field set_up_fields[] = {
	FIELD(struct set_up_input, authority_name, .label = "Name of the authority",
	      .hint = "As it stands in the header of every page", .flags = F_REQUIRED, .max = 100),
	FIELD(struct set_up_input, code, .label = "LA code",
	      .hint = "The 3 numbers of the authority in the school register, like 936",
	      .flags = F_REQUIRED, .min = 3, .max = 3),
	FIELD(struct set_up_input, accent, .label = "Accent colour",
	      .hint = "Background of the header, like " ACCENT_DEFAULT
		      ". White text on it must be easy to read",
	      .flags = F_REQUIRED, .max = 7),
	FIELD(struct set_up_input, name, .label = "Your name", .flags = F_REQUIRED | F_PERSONAL,
	      .max = 100),
	FIELD(struct set_up_input, email, .label = "Your work email address",
	      .hint = "You sign in with it. Nothing is sent to it",
	      .flags = F_REQUIRED | F_EMAIL | F_PERSONAL, .max = 254),
	FIELD(struct set_up_input, new_password, .label = "Your password",
	      .hint = "12 characters or more. Three random words make a good one",
	      .flags = F_REQUIRED | F_SECRET),
	FIELD_END,
};
static const struct record set_up_record = { "set_up_input", sizeof(struct set_up_input),
					     set_up_fields };

/* The link is good, for the first administrator, and there is still none. */
static struct err *link_opens(struct arena *a, struct db *db, const char *token, struct instant now,
			      bool *out)
{
	struct count_row administrators;
	int64_t user_id = -1;
	bool good;

	TRY(link_find(a, db, token, now, &user_id, &good));
	TRY(sql_administrator_count(a, db, &administrators));
	*out = good && user_id == 0 && administrators.n == 0;
	return NULL;
}

static struct err *set_up_guard(struct op *op, const void *in)
{
	const struct set_up_input *input = in;
	const struct text_arg email = { text_fold(op->arena, input->email) };
	struct account_secret other;
	bool opens, taken;

	TRY(link_opens(op->arena, op->db, op_path(op, "token"), op->now, &opens));
	if (!opens) {
		return ERR(ERR_NOT_FOUND, "This link has been used or is too old");
	}
	TRY(sql_account_secret_by_email(op->arena, op->db, &email, &other, &taken));
	if (taken) {
		problem_add(op->arena, op->problems, "email",
			    "There is already an account with this email address");
	}
	authority_check(op->arena, input->code, input->accent, op->problems);
	check_new_password(op, input->new_password, input->name, input->email,
			   input->authority_name);
	return NULL;
}

static struct err *set_up_slow(struct op *op, const void *in, struct bytes *answer)
{
	const struct set_up_input *input = in;
	const char *hash;

	TRY(password_hash(op->arena, input->new_password, &hash));
	*answer = (struct bytes){ (const unsigned char *)hash, strlen(hash) };
	return NULL;
}

static struct err *save_authority(struct op *op, const struct set_up_input *input, int64_t *id_out)
{
	struct authority_change change = { op->who->authority_id, input->authority_name,
					   input->code, input->accent };
	struct id_row made;

	*id_out = change.authority_id;
	if (change.authority_id != 0) {
		return sql_authority_update_first(op->db, &change, NULL);
	}
	TRY(sql_authority_insert_first(op->arena, op->db, &change, &made));
	*id_out = made.id;
	return NULL;
}

static struct err *set_up_apply(struct op *op, const void *in)
{
	const struct set_up_input *input = in;
	char *token = arena_alloc(op->arena, LOGIN_TOKEN_TEXT);
	int64_t authority;
	struct id_row made;

	TRY(save_authority(op, input, &authority));
	const struct account_new person = {
		.authority_id = authority,
		.reference = world_reference(op->world, op->arena, 6),
		.email = text_fold(op->arena, input->email),
		.name = input->name,
		.role = ROLE_ADMINISTRATOR,
		.password_hash = arena_strndup(op->arena, (const char *)op->slow.p, op->slow.n),
	};

	TRY(sql_account_insert_first(op->arena, op->db, &person, &made));
	TRY(link_use(op->db, op_path(op, "token"), op->now));
	TRY(login_start(op->arena, op->db, op->world, made.id, token));
	TRY(audit_as_person(op,
			    &(struct account_secret){ .id = made.id,
						      .authority_id = authority,
						      .reference = person.reference },
			    "set-up-authority"));
	op->login_token = token;
	op->reference = person.reference;
	op->location = URL("/");
	op->flash = arena_printf(
		op->arena, "%s is set up. Next, add the people who will use it under Settings",
		input->authority_name);
	return NULL;
}

const struct operation op_set_up_authority = {
	.name = "set-up-authority",
	.label = "Set up the service",
	.permission = PERM_public,
	.input = &set_up_record,
	.guard = set_up_guard,
	.slow = set_up_slow,
	.apply = set_up_apply,
};

struct err *set_up_page(struct page *p)
{
	const char *token = page_path(p, "token");
	const struct page_head head = { .title = "Set up the service", .plain = true };
	const struct set_up_input initial = {
		.authority_name = p->authority->name,
		.code = p->authority->code,
		.accent = text_empty(p->authority->accent) ? ACCENT_DEFAULT : p->authority->accent,
		.name = "",
		.email = "",
		.new_password = "",
	};
	const struct form form = { .record = &set_up_record,
				   .initial = &initial,
				   .submit = "Set up",
				   .action = url_path(p->arena, "/set-up/{}", token) };
	bool opens;

	TRY(link_opens(p->arena, p->db, token, p->now, &opens));
	if (!opens) {
		return ERR(ERR_NOT_FOUND, "This link has been used or is too old");
	}
	page_begin(p, &head);
	ui_paragraph(
		p->html,
		"This makes the authority's details and the first account, an administrator's. "
		"Both can be changed later under Settings.");
	TRY(page_form(p, &form));
	page_end(p);
	return NULL;
}
