/*
 * The command line: one table of commands (commands.c), one file a command.
 *
 * To add a command: write src/cli/NAME.c with
 *
 *	static const struct flag flags[] = { { "links", "FILE", "the links file of the register" }, FLAG_END };
 *	static struct err *run(struct cli *cli) { ... }
 *	const struct command command_import_schools = { .name = "import schools", ... , .run = run };
 *
 * declare it below and put its line into commands.c. Usage, --help and the judging of flags come from the
 * table. run() writes to cli->out with cli_print() or a buf function; it is printed when run() returns.
 * Exit status: 0 done; 1 refused, the error's sentence on standard error; 2 wrong usage (ERR_USAGE), with the
 * usage line when cli_usage() made the error. Changes go through the door, like everybody's.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/buf.h"
#include "base/err.h"
#include "base/pairs.h"
#include "base/world.h"
#include "core/core.h"
#include "core/settings.h"

struct arena;

struct flag {
	const char *name;  /* "links", given as --links VALUE or --links=VALUE */
	const char *value; /* what the usage shows for the value: "FILE"; NULL: a switch */
	const char *help;  /* one line, lower case, no full stop */
};
#define FLAG_END { NULL, NULL, NULL }

enum command_common { /* flags that many commands share */
	CLI_FORMAT = 1 << 0,    /* --format text|json|csv: cli->format */
	CLI_ON = 1 << 1,        /* --on: cli_date(cli, "on", ...) */
	CLI_PERIOD = 1 << 2,    /* --from, --to */
	CLI_AUTHORITY = 1 << 3, /* --authority CODE: looked at by cli_authority() */
	CLI_SETTINGS = 1 << 4,  /* every setting as a flag: --listen, --log-level ... */
	CLI_NO_CSV = 1 << 5,    /* with CLI_FORMAT: text or json only */
	CLI_LIST = 1 << 6       /* with CLI_FORMAT: ods, too (list_print) */
};

struct cli;
struct command {
	const char *name;    /* "import schools" */
	const char *summary; /* one line for the list of commands, lower case */
	const char *args;    /* how the usage shows the arguments: "FILE"; NULL: none */
	size_t min_args, max_args;
	const struct flag *flags; /* its own, ends with FLAG_END; NULL: none */
	unsigned common;          /* enum command_common */
	const char *details;      /* paragraphs of --help below the flags; may be NULL */
	struct err *(*run)(struct cli *cli);
};

struct cli { /* one run of one command */
	struct arena *arena;
	const struct command *command;
	struct pairs flags;     /* as given, by name; switches have the value "yes" */
	const char **args;
	size_t n_args;
	const char *const *environment;
	struct world world;     /* --today has shifted it */
	struct settings settings;
	struct setting_source *sources;
	const char *format;     /* "text", "json", "csv", "ods" */
	const char *actor;      /* "cli:jo": who the audit says it was */
	struct buf out;         /* standard output */
	bool bad_usage;         /* the usage line is shown with the error */
};

extern const struct command *const commands[]; /* commands.c, in the order of the help, NULL-terminated */
extern const struct command command_init, command_demo, command_serve, command_import_schools,
	command_import_attendance, command_import_people, command_coverage, command_figure, command_note, command_user_list,
	command_user_add, command_user_close, command_user_link, command_audit_verify, command_check, command_backup,
	command_restore, command_config_check, command_config_explain;

/* The whole of it: finds the command, loads the settings, runs, prints. The exit status. */
int cli_main(int argc, const char *const *argv, const char *const *environment);
/* Finds the command and sorts flags and arguments into *cli; ERR_USAGE. *help_out: --help was given,
 * command NULL when of no command or a group ("import"). */
struct err *cli_parse(struct cli *cli, int argc, const char *const *argv, bool *help_out) MUST_CHECK;

/* ERR_USAGE with the usage line: "Give the reference of the note". */
struct err *cli_usage(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As file, environment and flags say now, on the arena given: at the start, and when the service reloads. */
struct err *cli_settings(struct cli *cli, struct arena *a, struct settings *out,
			 struct setting_source **sources_out) MUST_CHECK;
const char *cli_flag(const struct cli *cli, const char *name); /* NULL: not given */
bool cli_has(const struct cli *cli, const char *name);
/* The date of a flag, `otherwise` when it is not given; ERR_USAGE when it is none. */
struct err *cli_date(struct cli *cli, const char *flag, struct date otherwise, struct date *out) MUST_CHECK;
bool cli_format_is(const struct cli *cli, const char *format);

void cli_print(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct err *cli_flush(struct cli *cli) MUST_CHECK; /* prints now what is in cli->out */
/* The whole of a file; "-" is standard input. ERR_LIMIT over max. */
struct err *cli_read_file(struct cli *cli, const char *path, size_t max, struct bytes *out) MUST_CHECK;

/* ERR_NOT_FOUND, and how to make one, when the data directory holds no store. */
struct err *cli_expect_store(struct cli *cli) MUST_CHECK;
/* The store, read-only, granted as the system, closed with the arena. Refuses a schema that is not this
 * program's. */
struct err *cli_store(struct cli *cli, struct db **out) MUST_CHECK;
/* The authority whose store it is; ERR_NOT_FOUND when none is set up or --authority names another. */
struct err *cli_authority(struct cli *cli, struct db *db, struct authority *out) MUST_CHECK;
/* The system as asker of reading functions (list_print). */
struct who cli_who(const struct cli *cli, const struct authority *authority);

/* A door to the keeper or as the keeper, closed with the arena. */
struct err *cli_door(struct cli *cli, struct door **out) MUST_CHECK;
/* Asks an operation as the system: raw fields as a file has them, path the captures of its route (may be
 * NULL). Problems become one ERR_INVALID that says them all. *out may be NULL. */
struct err *cli_ask(struct cli *cli, struct door *door, const char *operation, const struct pairs *raw,
		    const struct pairs *path, struct outcome *out) MUST_CHECK;
/* The same with a file. */
struct err *cli_ask_with(struct cli *cli, struct door *door, const char *operation, const struct pairs *raw,
			 const struct pairs *path, const struct upload *upload, struct outcome *out) MUST_CHECK;

/* A page's address as a browser reaches it by the settings; without a host when only a proxy knows it. */
const char *cli_address(struct cli *cli, const char *path);

/* For cli.c and parse.c. */
const struct flag *cli_flag_group(const struct command *c, size_t i); /* its own, then shared ones; NULL at the end */
void cli_usage_line(struct buf *out, const struct command *c);
void cli_help(struct cli *cli, const char *group);

#endif
