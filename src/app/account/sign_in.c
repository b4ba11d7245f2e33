/*
 * Signing in and out. The password is verified in the slow role, as long for an address without an
 * account as for one with; what is wrong is said in one sentence for all cases.
 */
#include "app/account/account.h"
#include "app/account/account.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/dispatch.h"
#include "ipc/ipc.h"
#include "trust/trust.h"

struct sign_in_input {
	const char *email, *password, *then;
};

static const struct field sign_in_fields[] = {
	FIELD(struct sign_in_input, email, .label = "Email address",
	      .flags = F_REQUIRED | F_EMAIL | F_PERSONAL, .max = 254,
	      .asks = "Enter your email address"),
	FIELD(struct sign_in_input, password, .label = "Password", .flags = F_REQUIRED | F_SECRET,
	      .asks = "Enter your password"),
	FIELD(struct sign_in_input, then, .flags = F_HIDDEN, .max = 2000),
	FIELD_END,
};
static const struct record sign_in_record = { "sign_in_input", sizeof(struct sign_in_input),
					      sign_in_fields };

struct verified {	     /* the slow half's answer */
	int64_t user_id;     /* 0: wrong */
	const char *against; /* the hash that was verified: a password changed meanwhile does not
				count */
	const char *anew;    /* "" or the hash with today's parameters */
};

static struct err *find_person(struct op *op, const char *email, struct account_secret *out,
			       bool *found)
{
	const struct text_arg key = { text_fold(op->arena, email) };

	return sql_account_secret_by_email(op->arena, op->db, &key, out, found);
}

static bool may_enter(const struct account_secret *person)
{
	return person->state == ACCOUNT_ACTIVE && !text_empty(person->password_hash);
}

static struct err *sign_in_guard(struct op *op, const void *in)
{
	const struct sign_in_input *input = in;

	return limit_check(op->arena, op->db, input->email, op->client, op->now);
}

static struct err *sign_in_slow(struct op *op, const void *in, struct bytes *answer)
{
	const struct sign_in_input *input = in;
	struct account_secret person;
	struct verified v = { 0, "", "" };
	struct packer p;
	bool found;

	TRY(find_person(op, input->email, &person, &found));
	bool known = found && may_enter(&person);
	bool right;

	TRY(password_verify(known ? person.password_hash : NULL, input->password, &right));
	if (right) {
		v.user_id = person.id;
		v.against = person.password_hash;
		if (password_is_outdated(person.password_hash)) {
			TRY(password_hash(op->arena, input->password, &v.anew));
		}
	}
	pack_begin(&p, op->arena);
	pack_int(&p, v.user_id);
	pack_text(&p, v.against);
	pack_text(&p, v.anew);
	*answer = pack_end(&p);
	return NULL;
}

static struct err *refuse(struct op *op, const struct sign_in_input *input,
			  const struct account_secret *person)
{
	op->keep = true; /* the failure counts although nothing else is changed */
	TRY(limit_failed(op->arena, op->db, input->email, op->client, op->now));
	if (person != NULL) {
		TRY(audit_as_person(op, person, "sign-in-failed"));
	}
	problem_add(op->arena, op->problems, "email",
		    "The email address or password is not right. Check both and try again");
	return NULL;
}

static struct err *sign_in_apply(struct op *op, const void *in)
{
	const struct sign_in_input *input = in;
	struct account_secret person;
	struct verified v;
	struct unpacker u;
	bool found;
	char *token = arena_alloc(op->arena, LOGIN_TOKEN_TEXT);

	unpack_begin(&u, op->arena, op->slow);
	v.user_id = unpack_int(&u);
	v.against = unpack_text(&u);
	v.anew = unpack_text(&u);
	TRY(unpack_end(&u));
	TRY(find_person(op, input->email, &person, &found));
	if (!found || !may_enter(&person) || person.id != v.user_id ||
	    !text_same(person.password_hash, v.against)) {
		return refuse(op, input, found ? &person : NULL);
	}
	if (!text_empty(v.anew)) {
		TRY(sql_account_set_password(
			op->db, &(struct account_password){ person.id, v.anew }, NULL));
	}
	TRY(login_end(op->db, op->who->login_id)); /* of this browser, whose cookie is replaced; 0: none */
	TRY(login_start(op->arena, op->db, op->world, person.id, token));
	TRY(audit_as_person(op, &person, "sign-in"));
	op->login_token = token;
	op->location = (struct url){ dispatch_then(input->then) };
	return NULL;
}

const struct operation op_sign_in = {
	.name = "sign-in",
	.label = "Sign in",
	.permission = PERM_public,
	.input = &sign_in_record,
	.guard = sign_in_guard,
	.slow = sign_in_slow,
	.apply = sign_in_apply,
};

struct err *sign_in_page(struct page *p)
{
	const char *then = page_query(p, "then");
	const struct sign_in_input initial = { .email = "",
					       .then = then == NULL ? "" : dispatch_then(then) };
	const struct page_head head = { .title = "Sign in", .plain = true };
	const struct form form = { .record = &sign_in_record,
				   .action = URL("/sign-in"),
				   .submit = "Sign in",
				   .initial = &initial };

	if (p->who->user_id != 0 && p->outcome == NULL) {
		response_redirect(p->arena, p->response,
				  initial.then[0] == '\0' ? "/" : initial.then);
		return NULL;
	}
	page_begin(p, &head);
	TRY(page_form(p, &form));
	ui_subheading(p->html, 2, "If you have no account or forgot your password");
	ui_paragraph(
		p->html,
		"Ask your authority's administrator. They can make an account and give you a link "
		"to set a password.");
	page_end(p);
	return NULL;
}

static struct err *sign_out_apply(struct op *op, const void *in)
{
	struct account_secret person;
	bool found;

	TRY(sql_account_secret_by_id(op->arena, op->db, &(struct id_arg){ op->who->user_id },
				     &person, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "Nobody is signed in here");
	}
	TRY(login_end(op->db, op->who->login_id));
	TRY(audit_as_person(op, &person, "sign-out"));
	op->login_token = "";
	op->location = URL("/sign-in");
	op->flash = "You have signed out";
	return NULL;
}

const struct operation op_sign_out = {
	.name = "sign-out",
	.label = "Sign out",
	.permission = PERM_signed_in,
	.apply = sign_out_apply,
};
