/*
 * The command line: one file a subcommand, one table of them (commands.c).
 *
 * A command declares its flags; what is not declared is refused with the usage line (exit 2). It writes
 * to cli->out, which main prints when all went well. A refusal is an error: its sentence goes to
 * stderr, exit 1. ERR_USAGE exits 2. Changes go through the door (core/core.h), like everybody's.
 *
 * To add one: src/cli/<name>.c with a `const struct command command_<name>`, a line in commands.c.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "core/core.h"

struct flag {
	const char *name;  /* "authority": --authority VALUE */
	const char *value; /* "CODE"; NULL: takes none */
	const char *help;
};

struct cli {
	struct arena *arena;
	struct world world;
	const struct settings *settings;
	const struct setting_source *sources;
	struct pairs flags;      /* as given; a flag without a value holds "yes" */
	const char *const *args; /* what is left, NULL-terminated */
	size_t n_args;
	const char *format;      /* "text", "json" or "csv" */
	struct buf out;
};

struct command {
	const char *name;    /* "import schools" */
	const char *args;    /* "FILE.csv", "" */
	const char *summary; /* one line */
	const struct flag *flags; /* of its own, ends with a NULL name; --data, --format, --today, --config, --help are everybody's */
	size_t least, most;  /* arguments */
	struct err *(*run)(struct cli *cli);
};

extern const struct command *const commands[]; /* NULL-terminated */

/* The whole program. environment as main gets it. Returns the exit status. */
int cli_main(int argc, const char *const *argv, const char *const *environment);

const char *cli_flag(const struct cli *cli, const char *name); /* NULL: not given */
/* A date flag; *out is left alone when it is not given. ERR_USAGE: not a real date. */
struct err *cli_date(const struct cli *cli, const char *name, struct date *out) MUST_CHECK;
/* The store for reading, granted as the system; closed with the arena. */
struct err *cli_read(struct cli *cli, struct db **out) MUST_CHECK;
/* The authority: --authority CODE, else the only one there is. */
struct err *cli_authority(struct cli *cli, struct db *db, struct authority *out) MUST_CHECK;
/* A page of nobody's, for what lists and figures ask of one: who is the system. */
struct page *cli_page(struct cli *cli, struct db *db, const struct authority *authority);

/* An operation asked as "cli:dueregard" through the door; its refusal as an error whose sentence names every problem. */
struct err *cli_ask(struct cli *cli, struct door *door, struct ask *ask, struct outcome *out) MUST_CHECK;
/* A file of the person's, held in memory; ERR_IO names it. */
struct err *cli_file(struct cli *cli, const char *path, struct bytes *out) MUST_CHECK;
bool cli_is(const struct cli *cli, const char *format);
struct json cli_json(struct cli *cli); /* a writer on cli->out */

#endif
