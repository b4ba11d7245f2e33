/* dueregard check: whether the store is sound. */
#include "app/training/session.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "db/db.h"
#include "trust/trust.h"

enum { CHECKS = 4 };
struct checked {
	const char *name, *fault; /* fault NULL: sound */
};

/* The schools that sessions served, against the attendance they were worked out from. */
static struct err *check_training(struct cli *cli, struct db *db, struct checked *out)
{
	int64_t wrong;
	const char *first;

	TRY(training_check(cli->arena, db, &wrong, &first));
	*out = (struct checked){ "training", wrong == 0 ? NULL :
		arena_printf(cli->arena, "%lld schools served do not fit the attendance; the first: %s", (long long)wrong, first) };
	return NULL;
}

static struct err *check_store(struct cli *cli, struct db *db, struct checked *out)
{
	const char *report = NULL;

	TRY(db_integrity(cli->arena, db, &report));
	out[0] = (struct checked){ "store", report };
	struct audit_report audit = { 0 };
	TRY(audit_verify(cli->arena, db, NULL, &audit));
	out[2] = (struct checked){ "audit", audit.fault };
	return check_training(cli, db, &out[3]);
}

static void print_json(struct cli *cli, const struct checked *checks)
{
	struct json j;

	json_begin(&j, &cli->out, true);
	json_array_begin(&j);
	for (size_t i = 0; i < CHECKS; i++) {
		json_object_begin(&j);
		json_key(&j, "check");
		json_text(&j, checks[i].name);
		json_key(&j, "sound");
		json_bool(&j, checks[i].fault == NULL);
		json_key(&j, "fault");
		json_text(&j, checks[i].fault);
		json_object_end(&j);
	}
	json_array_end(&j);
	buf_char(&cli->out, '\n');
}

static struct err *run(struct cli *cli)
{
	struct checked checks[CHECKS] = { { "store", NULL }, { "schema", NULL }, { "audit", NULL },
					  { "training", NULL } };
	struct db *db;
	size_t bad = 0;

	TRY(cli_store(cli, &db)); /* refuses a schema that is not this program's */
	TRY(db_time_limit(db, 0)); /* all that there is, however long it takes: nobody waits for a page */
	TRY(check_store(cli, db, checks));
	for (size_t i = 0; i < CHECKS; i++) {
		bad += checks[i].fault != NULL ? 1 : 0;
		if (cli_format_is(cli, "text")) {
			cli_print(cli, "%-10s%s\n", checks[i].name,
				  checks[i].fault == NULL ? "sound" : checks[i].fault);
		}
	}
	if (cli_format_is(cli, "json")) {
		print_json(cli, checks);
	}
	return bad == 0 ? NULL : ERR(ERR_CONFLICT, "The store is not sound. Keep it as it is and restore a backup "
						   "beside it");
}

const struct command command_check = {
	.name = "check",
	.summary = "check that the store is sound: file, schema, audit and what is worked out",
	.common = CLI_FORMAT | CLI_NO_CSV,
	.run = run,
};
