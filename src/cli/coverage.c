/* dueregard coverage: every school in scope on a date, trained or not. */
#include "app/reporting/coverage.h"
#include "base/arena.h"
#include "cli/cli.h"

static struct err *totals(struct cli *cli, struct db *db, int64_t authority_id, struct date on)
{
	const struct period period = { { 1900, 1, 1 }, on };
	struct coverage c;

	TRY(coverage_load(cli->arena, db, authority_id, period, &c));
	buf_printf(&cli->out,
		   "On %s: of %zu schools in scope %lld are trained directly, %lld elsewhere (verified), %lld by the school "
		   "itself; %lld claim it, %lld say there was none; of %lld nothing is known. Trained and reviewed good: "
		   "%lld.\n\n",
		   date_long(cli->arena, on), c.n, (long long)c.ways[TRAINED_DIRECTLY], (long long)c.ways[TRAINED_VERIFIED],
		   (long long)c.ways[TRAINED_OWN], (long long)c.ways[TRAINED_CLAIMED], (long long)c.ways[TRAINED_NONE],
		   (long long)c.ways[TRAINED_NOT_KNOWN], (long long)c.good);
	return NULL;
}

static struct err *run(struct cli *cli)
{
	struct coverage_arg arg = { 0 };
	struct authority authority;
	struct date on;
	struct who who;
	struct db *db;

	TRY(cli_date(cli, "on", world_today(&cli->world), &on));
	TRY(cli_store(cli, &db));
	TRY(db_begin(db));
	TRY(cli_authority(cli, db, &authority));
	arg.on = on;
	arg.authority_id = authority.id;
	if (cli_has(cli, "training")) {
		const struct word *w = words_by_word(&trained_words, cli_flag(cli, "training"));

		if (w == NULL) {
			return cli_usage(cli, "--training is directly, verified-elsewhere, own-delivery, claimed, none or "
					      "not-known");
		}
		arg.trained = w->code;
	}
	if (cli_format_is(cli, "text")) {
		TRY(totals(cli, db, authority.id, on));
	}
	who = cli_who(cli, &authority);
	return list_print(cli->arena, db, &who, &list_coverage, &arg, cli->format, &cli->out);
}

const struct command command_coverage = {
	.name = "coverage",
	.summary = "every school in scope on a date, trained or not",
	.flags = (const struct flag[]){ { "training", "WAY",
					  "only schools trained this way: directly, verified-elsewhere, own-delivery, claimed, "
					  "none, not-known" },
					FLAG_END },
	.common = CLI_FORMAT | CLI_LIST | CLI_ON | CLI_AUTHORITY,
	.run = run,
};
