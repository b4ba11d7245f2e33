/* Accounts of the demonstration: one of each role, one password for all, made anew for each
 * demonstration. */
#include "base/arena.h"
#include "base/json.h"
#include "cli/demo.h"
#include "trust/trust.h"

static const struct {
	const char *name, *email, *role;
} people[DEMO_ACCOUNTS] = {
	[DEMO_ADMINISTRATOR] = { "Sam Thackeray", "administrator@demo.example", "administrator" },
	[DEMO_COORDINATOR] = { "Morgan Ellery", "co-ordinator@demo.example", "co-ordinator" },
	[DEMO_OFFICER] = { "Priya Nandwani", "training-officer@demo.example", "training-officer" },
	[DEMO_TRAINER] = { "Tom Alderslade", "trainer@demo.example", "trainer" },
	[DEMO_LEAD] = { "Grace Okonjo-Hart", "school-lead@demo.example", "school-lead" },
	[DEMO_COUNCILLOR] = { "Bill Fenwright", "councillor@demo.example", "councillor" },
	[DEMO_AUDITOR] = { "Ines Marlowe", "auditor@demo.example", "auditor" },
};

struct err *demo_accounts(struct demo *d)
{
	const char *token;

	demo_at(d, (struct date){ 2015, 7, 1 }, 9, 0);
	TRY(demo_token(d, NULL, &token));
	TRY(demo_ask(d, "set-up-authority", &d->users[DEMO_ADMINISTRATOR], "{token}", token,
		     "authority_name", "Surrey (demonstration)", "code", "936", "accent", "#1d3f5e",
		     "name", people[DEMO_ADMINISTRATOR].name, "email",
		     people[DEMO_ADMINISTRATOR].email, "new_password", d->password, NULL));
	d->authority_id = 1;
	return NULL;
}

/* The lead's own: the first school in scope from where demo_needs has a safeguarding lead of it trained. */
static const char *own_school(struct demo *d)
{
	for (size_t i = DEMO_OWN_SCHOOL; i < d->n_schools; i++) {
		if (school_scope(&d->schools[i], "936", d->today) == SCOPE_IN) {
			return arena_printf(d->arena, "%lld", (long long)d->schools[i].urn);
		}
	}
	return "";
}

struct err *demo_people(struct demo *d)
{
	for (int i = DEMO_COORDINATOR; i < DEMO_ACCOUNTS; i++) {
		const char *token;

		demo_at(d, (struct date){ 2015, 7, 6 }, 9, i);
		TRY(demo_ask(d, "add-user", &d->users[i], "name", people[i].name, "email",
			     people[i].email, "role", people[i].role, "establishment_urn",
			     i == DEMO_LEAD ? own_school(d) : "", NULL));
		TRY(demo_token(d, d->users[i], &token));
		TRY(demo_ask(d, "set-password-by-link", NULL, "{token}", token, "new_password",
			     d->password, NULL));
	}
	return NULL;
}

/* As a browser does it: signed in by password, with the form's version. */
struct err *demo_sign_off(struct demo *d, enum demo_account account, const char *note)
{
	struct ask ask = { .operation = "sign-in", .source = RECORD_FORM };
	const struct login_limits limits = login_limits_of(&d->settings);
	struct outcome outcome;
	struct who who;
	bool touch;

	pairs_add(d->arena, &ask.raw, "email", people[account].email);
	pairs_add(d->arena, &ask.raw, "password", d->password);
	TRY(door_ask(d->arena, d->door, &ask, &outcome));
	TRY(outcome.err);
	db_grant(d->db, policy_grant(ROLE_SYSTEM));
	TRY(login_find(d->arena, d->db, outcome.login_token, world_now(&d->world), &limits, &who, &touch));
	ask = (struct ask){ .operation = "sign-off-note",
			    .source = RECORD_FORM,
			    .login_token = outcome.login_token,
			    .csrf = csrf_token(d->arena, &d->world, &who) };
	pairs_add(d->arena, &ask.path, "note", note);
	pairs_add(d->arena, &ask.raw, "_version", "2");
	pairs_add(d->arena, &ask.raw, "checked", "yes");
	TRY(door_ask(d->arena, d->door, &ask, &outcome));
	TRY(outcome.err);
	return outcome.problems.n == 0 ? NULL
				       : ERR(ERR_BUG, "The demonstration's note cannot be signed off: %s",
					     outcome.problems.v[0].sentence);
}

const char *demo_account_text(struct demo *d)
{
	struct buf b;

	buf_init(&b, d->arena, 4096);
	buf_printf(&b, "Demonstration accounts, all with the password %s\n", d->password);
	for (int i = 0; i < DEMO_ACCOUNTS; i++) {
		buf_printf(&b, "  %-18s %s\n", people[i].role, people[i].email);
	}
	return b.p;
}

void demo_account_json(struct demo *d, struct buf *out)
{
	struct json j;

	json_begin(&j, out, true);
	json_object_begin(&j);
	json_key(&j, "accounts");
	json_array_begin(&j);
	for (int i = 0; i < DEMO_ACCOUNTS; i++) {
		json_object_begin(&j);
		json_key(&j, "role"), json_text(&j, people[i].role);
		json_key(&j, "name"), json_text(&j, people[i].name);
		json_key(&j, "email"), json_text(&j, people[i].email);
		json_key(&j, "password"), json_text(&j, d->password);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	buf_char(out, '\n');
}
