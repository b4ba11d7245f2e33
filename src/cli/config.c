/* dueregard config check, config explain: what the settings are and where each comes from. */
#include "base/csv.h"
#include "base/json.h"
#include "cli/cli.h"

static struct err *check(struct cli *cli)
{
	/* Settings are loaded before any command: one that is wrong has been refused already. */
	cli_print(cli, "The settings are sound.\n");
	return NULL;
}

static void explain_json(struct cli *cli)
{
	struct json j;

	json_begin(&j, &cli->out, true);
	json_array_begin(&j);
	for (const struct setting_source *s = cli->sources; s->name != NULL; s++) {
		json_object_begin(&j);
		json_key(&j, "name");
		json_text(&j, s->name);
		json_key(&j, "value");
		json_text(&j, s->value);
		json_key(&j, "from");
		json_text(&j, s->from);
		json_object_end(&j);
	}
	json_array_end(&j);
	buf_char(&cli->out, '\n');
}

static void csv_line(struct buf *out, const char *name, const char *value, const char *from)
{
	csv_cell(out, true, name);
	csv_cell(out, false, value);
	csv_cell(out, false, from);
	csv_end_row(out);
}

static struct err *explain(struct cli *cli)
{
	if (cli_format_is(cli, "json")) {
		explain_json(cli);
		return NULL;
	}
	if (cli_format_is(cli, "csv")) {
		csv_line(&cli->out, "name", "value", "from");
	}
	for (const struct setting_source *s = cli->sources; s->name != NULL; s++) {
		if (cli_format_is(cli, "csv")) {
			csv_line(&cli->out, s->name, s->value, s->from);
		} else {
			cli_print(cli, "%s = \"%s\"  # %s\n", s->name, s->value, s->from);
		}
	}
	return NULL;
}

const struct command command_config_check = {
	.name = "config check",
	.summary = "check the settings of file, environment and flags",
	.common = CLI_SETTINGS,
	.run = check,
};

const struct command command_config_explain = {
	.name = "config explain",
	.summary = "show each setting and where it comes from",
	.common = CLI_SETTINGS | CLI_FORMAT,
	.details = "A setting is taken from the flag, else from the environment (DUEREGARD_IDLE_MINUTES=20), else\n"
		   "from the settings file (idle_minutes = 20), else it is the default.",
	.run = explain,
};
