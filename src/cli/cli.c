/* Flags, usage and the shape of every command. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "trust/trust.h"

static const struct flag common[] = {
	{ "data", "DIR", "directory of the store (default: dueregard under your data home)" },
	{ "config", "FILE", "settings (default: DIR/dueregard.conf)" },
	{ "format", "FORMAT", "text, json or csv" },
	{ "today", "DATE", "act as if today were this date (YYYY-MM-DD)" },
	{ "help", NULL, "what the command does and takes" },
	{ NULL, NULL, NULL },
};

/* ---- help ---- */

static void print_flags(struct buf *b, const struct flag *flags)
{
	for (const struct flag *f = flags; f != NULL && f->name != NULL; f++) {
		buf_printf(b, "  --%-10s %-8s %s\n", f->name, f->value != NULL ? f->value : "", f->help);
	}
}

static void print_usage(struct buf *b, const struct command *c)
{
	buf_printf(b, "Usage: dueregard %s", c->name);
	for (const struct flag *f = c->flags; f != NULL && f->name != NULL; f++) {
		buf_printf(b, f->value != NULL ? " [--%s %s]" : " [--%s]", f->name, f->value);
	}
	buf_printf(b, "%s%s\n", c->args[0] != '\0' ? " " : "", c->args);
}

static void print_help(struct buf *b, const struct command *c)
{
	buf_printf(b, "dueregard %s: %s\n\n", c->name, c->summary);
	print_usage(b, c);
	buf_str(b, "\n");
	print_flags(b, c->flags);
	print_flags(b, common);
	buf_str(b, "\nExit status: 0 done, 1 refused with a sentence, 2 wrong usage.\n");
}

static void print_all(struct buf *b)
{
	buf_str(b, "dueregard runs a local authority's Prevent duty programme.\n\nUsage: dueregard COMMAND\n\n");
	for (size_t i = 0; commands[i] != NULL; i++) {
		buf_printf(b, "  %-18s %s\n", commands[i]->name, commands[i]->summary);
	}
	buf_str(b, "\ndueregard COMMAND --help tells more of each.\n");
}

/* ---- reading the line ---- */

/* The command whose words the line begins with, the longest first; *used_out: how many words. */
static const struct command *find_command(int argc, const char *const *argv, int *used_out)
{
	const struct command *best = NULL;

	*used_out = 0;
	for (size_t i = 0; commands[i] != NULL; i++) {
		const char *name = commands[i]->name;
		const char *space = strchr(name, ' ');
		size_t n = space != NULL ? (size_t)(space - name) : strlen(name);
		int words = space != NULL ? 2 : 1;

		if (argc < 1 + words || strlen(argv[1]) != n || strncmp(argv[1], name, n) != 0 ||
		    (space != NULL && strcmp(argv[2], space + 1) != 0)) {
			continue;
		}
		if (words > *used_out) {
			best = commands[i];
			*used_out = words;
		}
	}
	return best;
}

static const struct flag *find_flag(const struct flag *flags, const char *name, size_t n)
{
	for (const struct flag *f = flags; f != NULL && f->name != NULL; f++) {
		if (strlen(f->name) == n && strncmp(f->name, name, n) == 0) {
			return f;
		}
	}
	return NULL;
}

/* One "--name", "--name value" or "--name=value"; *i moves past it. */
static struct err *take_flag(struct cli *cli, const struct command *c, int argc, const char *const *argv, int *i)
{
	const char *text = argv[*i] + 2;
	size_t n = strcspn(text, "=");
	const struct flag *f = find_flag(c->flags, text, n);

	if (f == NULL) {
		f = find_flag(common, text, n);
	}
	if (f == NULL) {
		return ERR(ERR_USAGE, "There is no flag %s.", argv[*i]);
	}
	if (f->value == NULL && text[n] == '=') {
		return ERR(ERR_USAGE, "--%s takes no value.", f->name);
	}
	if (f->value != NULL && text[n] != '=' && *i + 1 >= argc) {
		return ERR(ERR_USAGE, "--%s needs a value: %s.", f->name, f->value);
	}
	if (pairs_get(&cli->flags, f->name) != NULL) {
		return ERR(ERR_USAGE, "Give --%s once.", f->name);
	}
	pairs_add(cli->arena, &cli->flags, f->name,
		  f->value == NULL ? "yes" : text[n] == '=' ? text + n + 1 : argv[++*i]);
	return NULL;
}

static struct err *take_line(struct cli *cli, const struct command *c, int from, int argc,
			     const char *const *argv)
{
	const char **args = ARENA_NEW(cli->arena, const char *, (size_t)argc + 1);

	for (int i = from; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) == 0 && argv[i][2] != '\0') {
			TRY(take_flag(cli, c, argc, argv, &i));
		} else {
			args[cli->n_args++] = argv[i];
		}
	}
	cli->args = args;
	if (cli_flag(cli, "help") == NULL && (cli->n_args < c->least || cli->n_args > c->most)) {
		return ERR(ERR_USAGE, cli->n_args < c->least ? "Something is missing." : "There is something too many.");
	}
	return NULL;
}

/* ---- what everybody has ---- */

static struct err *take_common(struct cli *cli, const char *const *environment)
{
	static const char *const settings_flags[] = { "data", "listen", "public_address", "web_processes", NULL };
	struct settings *settings = ARENA_NEW(cli->arena, struct settings, 1);
	struct setting_source *sources;
	struct pairs given = { 0 };
	struct date today = { 0 };

	cli->format = cli_flag(cli, "format") != NULL ? cli_flag(cli, "format") : "text";
	if (!cli_is(cli, "text") && !cli_is(cli, "json") && !cli_is(cli, "csv")) {
		return ERR(ERR_USAGE, "--format is text, json or csv.");
	}
	TRY(cli_date(cli, "today", &today));
	cli->world = date_is_set(today) ? world_on(today) : world_real();
	for (size_t i = 0; settings_flags[i] != NULL; i++) {
		if (cli_flag(cli, settings_flags[i]) != NULL) {
			pairs_add(cli->arena, &given, settings_flags[i], cli_flag(cli, settings_flags[i]));
		}
	}
	TRY(settings_load(cli->arena, cli_flag(cli, "config"), environment, &given, settings, &sources));
	cli->settings = settings;
	cli->sources = sources;
	log_set((enum log_level)settings->log_level, "command");
	return NULL;
}

static int finish(struct cli *cli, const struct command *c, const struct err *err)
{
	if (err == NULL) {
		return fwrite(cli->out.p, 1, cli->out.n, stdout) == cli->out.n && fflush(stdout) == 0 ? 0 : 1;
	}
	fprintf(stderr, "dueregard: %s\n", err->sentence);
	if (err->kind == ERR_BUG || err->kind == ERR_IO) {
		log_err(LOG_ERROR, c != NULL ? c->name : "dueregard", err);
	}
	if (err->kind != ERR_USAGE) {
		return 1;
	}
	if (c != NULL) {
		cli->out.n = 0;
		print_usage(&cli->out, c);
		fwrite(cli->out.p, 1, cli->out.n, stderr);
	}
	return 2;
}

static struct err *run(struct cli *cli, const struct command *c, int used, int argc, const char *const *argv,
		       const char *const *environment)
{
	TRY(take_line(cli, c, 1 + used, argc, argv));
	if (cli_flag(cli, "help") != NULL) {
		print_help(&cli->out, c);
		return NULL;
	}
	TRY(take_common(cli, environment));
	return c->run(cli);
}

int cli_main(int argc, const char *const *argv, const char *const *environment)
{
	struct arena *arena = arena_new((size_t)2 << 30); /* a national register and what is made of it */
	struct cli cli = { .arena = arena };
	int used, status;
	const struct command *c = find_command(argc, argv, &used);

	trust_init();
	buf_init(&cli.out, arena, (size_t)512 << 20);
	if (c != NULL) {
		status = finish(&cli, c, run(&cli, c, used, argc, argv, environment));
	} else if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
		print_all(&cli.out);
		status = finish(&cli, NULL, NULL);
	} else {
		print_all(&cli.out);
		fwrite(cli.out.p, 1, cli.out.n, stderr);
		status = finish(&cli, NULL, argc < 2 ? ERR(ERR_USAGE, "Say what to do.")
						     : ERR(ERR_USAGE, "There is no command %s.", argv[1]));
	}
	arena_free(&arena);
	return status;
}
