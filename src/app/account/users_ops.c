/* Making, changing and closing accounts; the one-time link that lets a person set a password. */
#include "app/account/account.h"
#include "app/account/account.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/text.h"
#include "trust/trust.h"

static struct err *find_user(struct op *op, struct account *out)
{
	const struct reference_arg key = { op->who->authority_id, op_path(op, "user") };
	bool found;

	TRY(sql_account_by_reference(op->arena, op->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no such account");
}

/* As stored: the address folded, a school only where the role has one. */
static struct account_input stored_form(struct op *op, const struct account_input *in)
{
	struct account_input out = *in;

	out.email = text_fold(op->arena, in->email);
	out.establishment_urn = in->role == ROLE_SCHOOL_LEAD ? in->establishment_urn : 0;
	return out;
}

static struct err *check_school(struct op *op, const struct account_input *in)
{
	const struct account_key key = { op->who->authority_id, in->establishment_urn };
	struct id_row school;
	bool found = false;

	if (in->role != ROLE_SCHOOL_LEAD) {
		return NULL;
	}
	if (in->establishment_urn == 0) {
		problem_add(op->arena, op->problems, "establishment_urn",
			    "Enter the URN of the school");
		return NULL;
	}
	TRY(sql_school_of_urn(op->arena, op->db, &key, &school, &found));
	if (!found) {
		problem_add(op->arena, op->problems, "establishment_urn",
			    "There is no school with this URN in the register. Check the number");
	}
	return NULL;
}

/* self: the account's own id, 0 for a new one. */
static struct err *check_person(struct op *op, const struct account_input *in, int64_t self)
{
	const struct text_arg email = { text_fold(op->arena, in->email) };
	struct id_row other;
	bool found;

	TRY(sql_account_with_email(op->arena, op->db, &email, &other, &found));
	if (found && other.id != self) {
		problem_add(op->arena, op->problems, "email",
			    "There is already an account with this email address");
	}
	return check_school(op, in);
}

/* Somebody must be left who can let others in: an active administrator with a password. */
static struct err *check_administrator_left(struct op *op, const struct account *was,
					    const char *field)
{
	const struct account_key key = { op->who->authority_id, was->id };
	struct count_row others;

	if (was->role != ROLE_ADMINISTRATOR || was->state != ACCOUNT_ACTIVE) {
		return NULL;
	}
	TRY(sql_other_administrators(op->arena, op->db, &key, &others));
	if (others.n == 0) {
		problem_add(op->arena, op->problems, field,
			    "This is the last administrator. Make another one first, who has set a "
			    "password");
	}
	return NULL;
}

/* ---- add ---- */

static struct err *add_guard(struct op *op, const void *in)
{
	if (op->who->authority_id == 0) {
		return ERR(ERR_INVALID, "Set the authority up first");
	}
	return check_person(op, in, 0);
}

static struct err *add_apply(struct op *op, const void *in)
{
	const struct account_input input = stored_form(op, in);
	const struct account_new person = {
		.authority_id = op->who->authority_id,
		.reference = world_reference(op->world, op->arena, 6),
		.email = input.email,
		.name = input.name,
		.role = input.role,
		.establishment_urn = input.establishment_urn,
	};
	char token[LOGIN_TOKEN_TEXT];
	struct id_row made;

	TRY(sql_account_insert(op->arena, op->db, &person, &made));
	TRY(link_new(op->arena, op->db, op->world, made.id, token));
	TRY(op_audit(op, "user", person.reference, &account_input_record, NULL, &input));
	say_link(op, "/welcome/{}", token);
	pairs_add(op->arena, op->result, "name", input.name);
	op->reference = person.reference;
	return NULL;
}

const struct operation op_add_user = {
	.name = "add-user",
	.label = "Add a user",
	.permission = PERM_user_manage,
	.input = &account_input_record,
	.guard = add_guard,
	.apply = add_apply,
	.flags = OP_SECRET_ANSWER,
};

/* ---- change ---- */

static struct err *change_user_guard(struct op *op, const void *in)
{
	const struct account_input *input = in;
	struct account was;

	TRY(find_user(op, &was));
	TRY(check_person(op, input, was.id));
	return input->role == ROLE_ADMINISTRATOR ? NULL
						 : check_administrator_left(op, &was, "role");
}

static struct err *change_user_apply(struct op *op, const void *in)
{
	const struct account_input input = stored_form(op, in);
	struct account was;

	TRY(find_user(op, &was));
	TRY(op_expect_version(op, was.version));
	const struct account_input before = { was.name, was.email, was.role,
					      was.establishment_urn };
	const struct account_new change = {
		.authority_id = op->who->authority_id,
		.reference = was.reference,
		.email = input.email,
		.name = input.name,
		.role = input.role,
		.establishment_urn = input.establishment_urn,
	};

	TRY(sql_account_update(op->db, &change, NULL));
	TRY(op_audit(op, "user", was.reference, &account_input_record, &before, &input));
	op->reference = was.reference;
	op->location = link_user(op->arena, was.reference);
	op->flash = "Account changed";
	return NULL;
}

const struct operation op_change_user = {
	.name = "change-user",
	.label = "Change the account",
	.permission = PERM_user_manage,
	.input = &account_input_record,
	.guard = change_user_guard,
	.apply = change_user_apply,
};

/* ---- close and open again ---- */

static struct err *close_guard(struct op *op, const void *in)
{
	struct account was;

	TRY(find_user(op, &was));
	if (was.id == op->who->user_id) {
		problem_add(op->arena, op->problems, NULL,
			    "You cannot close your own account. Ask another administrator");
		return NULL;
	}
	return check_administrator_left(op, &was, NULL);
}

static struct err *set_state(struct op *op, enum account_state state)
{
	const struct reference_arg key = { op->who->authority_id, op_path(op, "user") };
	struct account was, is;

	TRY(find_user(op, &was));
	TRY(op_expect_version(op, was.version));
	is = was;
	is.state = (int)state;
	if (state == ACCOUNT_CLOSED) {
		TRY(sql_account_close(op->db, &key, NULL));
	} else {
		is.password_set = false;
		TRY(sql_account_reopen(op->db, &key, NULL));
	}
	TRY(login_end_others(op->db, was.id, 0, NULL)); /* at once, wherever they are signed in */
	TRY(op_audit(op, "user", was.reference, &account_record, &was, &is));
	op->reference = was.reference;
	op->location = link_user(op->arena, was.reference);
	return NULL;
}

static struct err *close_apply(struct op *op, const void *in)
{
	TRY(set_state(op, ACCOUNT_CLOSED));
	op->flash = "Account closed. The person is signed out";
	return NULL;
}

const struct operation op_close_user = {
	.name = "close-user",
	.label = "Close the account",
	.permission = PERM_user_manage,
	.guard = close_guard,
	.apply = close_apply,
};

static struct err *reopen_apply(struct op *op, const void *in)
{
	TRY(set_state(op, ACCOUNT_ACTIVE));
	op->flash =
		"Account open again. Make a one-time link so that the person can set a password";
	return NULL;
}

const struct operation op_reopen_user = {
	.name = "reopen-user",
	.label = "Open the account again",
	.permission = PERM_user_manage,
	.apply = reopen_apply,
};

/* ---- one-time link ---- */

/* The system's, before there is anybody: the link that makes the first administrator. */
static struct err *first_link(struct op *op)
{
	char token[LOGIN_TOKEN_TEXT];
	struct count_row administrators;

	TRY(sql_administrator_count(op->arena, op->db, &administrators));
	if (administrators.n > 0) {
		return ERR(ERR_INVALID,
			   "There is an administrator already. Say whose link it is to be");
	}
	TRY(link_new(op->arena, op->db, op->world, 0, token));
	TRY(op_audit(op, "user", "first", NULL, NULL, NULL));
	say_link(op, "/set-up/{}", token);
	return NULL;
}

static struct err *make_link_guard(struct op *op, const void *in)
{
	struct account person;

	if (op->who->role == ROLE_SYSTEM && text_empty(op_path(op, "user"))) {
		return NULL;
	}
	TRY(find_user(op, &person));
	if (person.state != ACCOUNT_ACTIVE) {
		problem_add(op->arena, op->problems, NULL,
			    "This account is closed. Open it again first");
	}
	return NULL;
}

static struct err *make_link_apply(struct op *op, const void *in)
{
	char token[LOGIN_TOKEN_TEXT];
	struct account person;

	if (op->who->role == ROLE_SYSTEM && text_empty(op_path(op, "user"))) {
		return first_link(op);
	}
	TRY(find_user(op, &person));
	TRY(link_new(op->arena, op->db, op->world, person.id, token));
	TRY(op_audit(op, "user", person.reference, NULL, NULL, NULL));
	say_link(op, "/welcome/{}", token);
	pairs_add(op->arena, op->result, "name", person.name);
	op->reference = person.reference;
	return NULL;
}

const struct operation op_make_sign_in_link = {
	.name = "make-sign-in-link",
	.label = "Make a one-time link",
	.permission = PERM_user_manage,
	.guard = make_link_guard,
	.apply = make_link_apply,
	.flags = OP_SECRET_ANSWER,
};
