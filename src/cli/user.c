/* dueregard user: accounts for people, when the pages cannot be used or many are to be made. */
#include <string.h>

#include "app/account/account.h"
#include "app/account/account.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"

/* ---- list ---- */

static struct err *list(struct cli *cli)
{
	struct user_list_args args = { .after_key = "" };
	struct authority authority;
	struct db *db;

	TRY(cli_store(cli, &db));
	TRY(cli_authority(cli, db, &authority));
	args.authority_id = authority.id;
	struct who who = cli_who(cli, &authority);
	return list_print(cli->arena, db, &who, &list_users, &args, cli->format, &cli->out);
}

const struct command command_user_list = {
	.name = "user list",
	.summary = "people who have an account, with role and state",
	.common = CLI_FORMAT | CLI_LIST,
	.run = list,
};

/* ---- who is meant ---- */

/* The reference of an account named by it or by its address. */
static struct err *reference_of(struct cli *cli, const char *named, const char **out)
{
	struct text_arg email = { text_fold(cli->arena, named) };
	struct account_secret person;
	struct db *db;
	bool found;

	*out = named;
	if (strchr(named, '@') == NULL) {
		return NULL;
	}
	TRY(cli_store(cli, &db));
	TRY(sql_account_secret_by_email(cli->arena, db, &email, &person, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no account with the address %s", named);
	}
	*out = person.reference;
	return NULL;
}

static struct err *ask_about(struct cli *cli, const char *operation, struct outcome *out)
{
	struct pairs path = { 0 };
	const char *reference;
	struct door *door;

	TRY(reference_of(cli, cli->args[0], &reference));
	TRY(cli_door(cli, &door));
	pairs_add(cli->arena, &path, "user", reference);
	return cli_ask(cli, door, operation, NULL, &path, out);
}

/* A link was made: who it is for, and where it leads. */
static void print_link(struct cli *cli, const struct outcome *outcome)
{
	const char *name = pairs_get(&outcome->result, "name");
	const char *link = cli_address(cli, pairs_get(&outcome->result, "path"));
	struct json j;

	if (!cli_format_is(cli, "json")) {
		cli_print(cli, "Give %s (%s) this link. It works once, for seven days, to set a password:\n%s\n", name,
			  outcome->reference, link);
		return;
	}
	json_begin(&j, &cli->out, true);
	json_object_begin(&j);
	json_key(&j, "reference");
	json_text(&j, outcome->reference);
	json_key(&j, "name");
	json_text(&j, name);
	json_key(&j, "link");
	json_text(&j, link);
	json_object_end(&j);
	buf_char(&cli->out, '\n');
}

/* ---- add ---- */

static struct err *add(struct cli *cli)
{
	struct outcome outcome;
	struct pairs raw = { 0 };
	struct door *door;

	if (!cli_has(cli, "email") || !cli_has(cli, "name") || !cli_has(cli, "role")) {
		return cli_usage(cli, "Give --email, --name and --role");
	}
	pairs_add(cli->arena, &raw, "email", cli_flag(cli, "email"));
	pairs_add(cli->arena, &raw, "name", cli_flag(cli, "name"));
	pairs_add(cli->arena, &raw, "role", cli_flag(cli, "role"));
	if (cli_has(cli, "school")) {
		pairs_add(cli->arena, &raw, "establishment_urn", cli_flag(cli, "school"));
	}
	TRY(cli_door(cli, &door));
	TRY(cli_ask(cli, door, "add-user", &raw, NULL, &outcome));
	print_link(cli, &outcome);
	return NULL;
}

static const struct flag add_flags[] = {
	{ "email", "ADDRESS", "work address; the person signs in with it" },
	{ "name", "NAME", "as it is shown" },
	{ "role", "ROLE", "what the person may do, see below" },
	{ "school", "URN", "of a school safeguarding lead: their own school" },
	FLAG_END
};

const struct command command_user_add = {
	.name = "user add",
	.summary = "make an account and its one-time link",
	.flags = add_flags,
	.common = CLI_FORMAT | CLI_NO_CSV,
	.details = "Roles: administrator, co-ordinator, training-officer, trainer, school-lead, councillor, auditor.",
	.run = add,
};

/* ---- close, link ---- */

static struct err *close_account(struct cli *cli)
{
	struct outcome outcome;

	TRY(ask_about(cli, "close-user", &outcome));
	cli_print(cli, "The account %s is closed. The person is signed out everywhere.\n", outcome.reference);
	return NULL;
}

const struct command command_user_close = {
	.name = "user close",
	.summary = "close an account and end its sign-ins",
	.args = "REFERENCE|ADDRESS",
	.min_args = 1,
	.max_args = 1,
	.run = close_account,
};

static struct err *make_link(struct cli *cli)
{
	struct outcome outcome;

	TRY(ask_about(cli, "make-sign-in-link", &outcome));
	print_link(cli, &outcome);
	return NULL;
}

const struct command command_user_link = {
	.name = "user link",
	.summary = "make a one-time link for somebody who has no password or forgot it",
	.args = "REFERENCE|ADDRESS",
	.min_args = 1,
	.max_args = 1,
	.common = CLI_FORMAT | CLI_NO_CSV,
	.run = make_link,
};
