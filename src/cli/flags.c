/* Flags: what each command takes, and their values. */
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/cli.h"

static const struct flag house_flags[] = {
	{ "data", "DIR", "directory of the store (default: dueregard in your data home)" },
	{ "config", "FILE", "settings (default: dueregard.conf in the data directory)" },
	{ "today", "DATE", "take this day for today (2026-03-27)" },
	{ "help", NULL, "what the command does and takes" },
	FLAG_END
};
static const struct flag format_flags[] = {
	{ "format", "text|json|csv", "how the answer is printed (default: text)" }, FLAG_END
};
static const struct flag no_csv_flags[] = {
	{ "format", "text|json", "how the answer is printed (default: text)" }, FLAG_END
};
static const struct flag list_format_flags[] = {
	{ "format", "text|json|csv|ods", "how the answer is printed (default: text)" }, FLAG_END
};
static const struct flag on_flags[] = { { "on", "DATE", "the day that is asked about (default: today)" }, FLAG_END };
static const struct flag period_flags[] = {
	{ "from", "DATE", "first day" }, { "to", "DATE", "last day, included" }, FLAG_END
};
static const struct flag authority_flags[] = {
	{ "authority", "CODE", "LA code (default: the authority of the store)" }, FLAG_END
};
/* The settings but data, which every command takes; cli_test compares them with the field table. */
static const struct flag settings_flags[] = {
	{ "database", "ADDRESS", "postgresql://ACCOUNT@HOST/NAME" },
	{ "database-read", "ADDRESS", "the same for an account that may only read" },
	{ "proxy", "ADDRESS", "of the reverse proxy over TCP, whose X-Forwarded-For is believed" },
	{ "listen", "ADDRESS", "HOST:PORT, unix:/path or systemd" },
	{ "public-address", "ADDRESS", "https://prevent.example.gov.uk, as people type it" },
	{ "web-processes", "N", "0 is two for each processor" },
	{ "max-connections", "N", "connections of each web process" },
	{ "idle-minutes", "N", "minutes until an unused sign-in ends" },
	{ "login-hours", "N", "hours until every sign-in ends" },
	{ "log-level", "LEVEL", "error, warning, notice, info or debug" },
	{ "demo", "yes|no", "mark every page as a demonstration" },
	FLAG_END
};

const struct flag *cli_flag_group(const struct command *c, size_t i)
{
	const struct flag *format = (c->common & CLI_LIST) != 0     ? list_format_flags
				    : (c->common & CLI_NO_CSV) == 0 ? format_flags
								    : no_csv_flags;
	const struct flag *const groups[] = { c->flags,
					      (c->common & CLI_ON) != 0 ? on_flags : NULL,
					      (c->common & CLI_PERIOD) != 0 ? period_flags : NULL,
					      (c->common & CLI_AUTHORITY) != 0 ? authority_flags : NULL,
					      (c->common & CLI_FORMAT) == 0 ? NULL : format,
					      (c->common & CLI_SETTINGS) != 0 ? settings_flags : NULL,
					      house_flags };

	for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
		if (groups[g] != NULL && i-- == 0) {
			return groups[g];
		}
	}
	return NULL;
}

struct err *cli_usage(struct cli *cli, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const char *sentence = arena_vprintf(cli->arena, format, args);
	va_end(args);
	cli->bad_usage = true;
	return ERR(ERR_USAGE, "%s", sentence);
}

const char *cli_flag(const struct cli *cli, const char *name)
{
	return pairs_get(&cli->flags, name);
}

bool cli_has(const struct cli *cli, const char *name)
{
	return cli_flag(cli, name) != NULL;
}

bool cli_format_is(const struct cli *cli, const char *format)
{
	return text_same(cli->format, format);
}

struct err *cli_date(struct cli *cli, const char *flag, struct date otherwise, struct date *out)
{
	const char *value = cli_flag(cli, flag);
	struct date given = otherwise;

	if (value != NULL && !date_parse_iso(value, &given)) {
		return cli_usage(cli, "--%s must be a real date, written as 2026-03-27", flag);
	}
	*out = given;
	return NULL;
}

/* ---- usage and help, of the same tables ---- */

void cli_usage_line(struct buf *out, const struct command *c)
{
	const struct flag *group;

	buf_printf(out, "Usage: dueregard %s", c->name);
	for (size_t i = 0; (group = cli_flag_group(c, i)) != NULL; i++) {
		if (group == settings_flags) {
			buf_str(out, " [--SETTING VALUE]");
			continue;
		}
		for (const struct flag *f = group; f->name != NULL; f++) {
			if (group != house_flags || text_same(f->name, "data")) {
				buf_printf(out, f->value != NULL ? " [--%s %s]" : " [--%s]", f->name, f->value);
			}
		}
	}
	buf_printf(out, "%s%s\n", text_empty(c->args) ? "" : " ", text_empty(c->args) ? "" : c->args);
}

static void flag_line(struct buf *out, const struct flag *f)
{
	size_t from = out->n;

	buf_printf(out, f->value != NULL ? "  --%s %s" : "  --%s", f->name, f->value);
	do {
		buf_char(out, ' ');
	} while (out->n - from < 26 && !out->full);
	buf_printf(out, "%s\n", f->help);
}

static void list_commands(struct buf *out, const char *group)
{
	size_t n = group == NULL ? 0 : strlen(group);

	if (group == NULL) {
		buf_str(out, "dueregard runs a local authority's Prevent duty programme.\n\n");
	}
	buf_printf(out, "Usage: dueregard %s%sCOMMAND\n\n", n == 0 ? "" : group, n == 0 ? "" : " ");
	for (const struct command *const *c = commands; *c != NULL; c++) {
		if (n == 0 || (strncmp((*c)->name, group, n) == 0 && (*c)->name[n] == ' ')) {
			buf_printf(out, "  %-18s  %s\n", (*c)->name, (*c)->summary);
		}
	}
	buf_str(out, "\ndueregard COMMAND --help tells more of each.\n");
}

void cli_help(struct cli *cli, const char *group)
{
	const struct command *c = cli->command;
	const struct flag *flags;

	if (c == NULL) {
		list_commands(&cli->out, group);
		return;
	}
	buf_printf(&cli->out, "dueregard %s: %s\n\n", c->name, c->summary);
	cli_usage_line(&cli->out, c);
	buf_char(&cli->out, '\n');
	for (size_t i = 0; (flags = cli_flag_group(c, i)) != NULL; i++) {
		for (const struct flag *f = flags; f->name != NULL; f++) {
			flag_line(&cli->out, f);
		}
	}
	if (c->details != NULL) {
		buf_printf(&cli->out, "\n%s\n", c->details);
	}
	buf_str(&cli->out, "\nExit status: 0 done, 1 refused with a sentence, 2 wrong usage.\n");
}
