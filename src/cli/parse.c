/* argv to command, flags and arguments. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/cli.h"

static const struct flag *find_flag(const struct command *c, const char *name)
{
	const struct flag *group;

	for (size_t i = 0; (group = cli_flag_group(c, i)) != NULL; i++) {
		for (const struct flag *f = group; f->name != NULL; f++) {
			if (text_same(f->name, name)) {
				return f;
			}
		}
	}
	return NULL;
}

/* How many words of argv are the name of the command; 0: it does not match. */
static int words_matched(const char *name, int argc, const char *const *argv)
{
	int words = 0;

	while (*name != '\0') {
		size_t n = strcspn(name, " ");
		if (words + 1 >= argc || strlen(argv[words + 1]) != n || strncmp(argv[words + 1], name, n) != 0) {
			return 0;
		}
		words++;
		name += n;
		name += *name == ' ' ? 1 : 0;
	}
	return words;
}

/* Whether some command is "WORD something". */
static bool is_group(const char *word)
{
	size_t n = strlen(word);

	for (const struct command *const *c = commands; *c != NULL; c++) {
		if (strncmp((*c)->name, word, n) == 0 && (*c)->name[n] == ' ') {
			return true;
		}
	}
	return false;
}

static bool asks_help(const char *word)
{
	return text_same(word, "--help") || text_same(word, "-h") || text_same(word, "help");
}

static struct err *no_command(struct cli *cli, int argc, const char *const *argv, bool *help_out)
{
	bool group = argc > 1 && is_group(argv[1]);

	*help_out = (argc == 2 && asks_help(argv[1])) || (argc == 3 && group && asks_help(argv[2]));
	if (*help_out) {
		return NULL;
	}
	if (argc < 2) {
		return cli_usage(cli, "Say what to do");
	}
	if (!group) {
		return cli_usage(cli, "There is no command %s", argv[1]);
	}
	if (argc == 2 || argv[2][0] == '-') {
		return cli_usage(cli, "Say what to do with %s: \"dueregard %s --help\" lists it", argv[1], argv[1]);
	}
	return cli_usage(cli, "There is no command %s %s", argv[1], argv[2]);
}

/* One --flag; *i moves past its value. */
static struct err *take_flag(struct cli *cli, int argc, const char *const *argv, int *i)
{
	const char *given = argv[*i] + 2;
	size_t n = strcspn(given, "=");
	const char *name = arena_strndup(cli->arena, given, n);
	const struct flag *flag = find_flag(cli->command, name);
	const char *value = given[n] == '=' ? given + n + 1 : NULL;

	if (flag == NULL) {
		return cli_usage(cli, "There is no flag --%s here", name);
	}
	if (cli_has(cli, name)) {
		return cli_usage(cli, "Give --%s once", name);
	}
	if (flag->value == NULL && value != NULL) {
		return cli_usage(cli, "--%s takes no value", name);
	}
	if (flag->value != NULL && value == NULL) {
		if (*i + 1 >= argc || text_starts(argv[*i + 1], "--")) {
			return cli_usage(cli, "--%s needs a value: --%s %s", name, name, flag->value);
		}
		value = argv[++*i];
	}
	pairs_add(cli->arena, &cli->flags, name, value == NULL ? "yes" : value);
	return NULL;
}

static struct err *take_words(struct cli *cli, int argc, const char *const *argv, int first)
{
	const char **args = ARENA_NEW(cli->arena, const char *, (size_t)argc + 1);
	bool flags_over = false;

	cli->args = args;
	for (int i = first; i < argc; i++) {
		if (!flags_over && text_same(argv[i], "--")) {
			flags_over = true;
		} else if (!flags_over && text_same(argv[i], "-h")) {
			pairs_add(cli->arena, &cli->flags, "help", "yes");
		} else if (!flags_over && text_starts(argv[i], "--")) {
			TRY(take_flag(cli, argc, argv, &i));
		} else if (!flags_over && argv[i][0] == '-' && argv[i][1] != '\0') {
			return cli_usage(cli, "There is no flag %s here", argv[i]);
		} else {
			args[cli->n_args++] = argv[i];
		}
	}
	return NULL;
}

static struct err *check_words(struct cli *cli)
{
	const struct command *c = cli->command;
	const char *given = cli_flag(cli, "format");

	if (cli->n_args > c->max_args) {
		return cli_usage(cli, "\"%s\" is one word too many", cli->args[c->max_args]);
	}
	if (cli->n_args < c->min_args) {
		return cli_usage(cli, "Something is missing: %s", c->args);
	}
	cli->format = given == NULL ? "text" : given;
	bool csv = cli_format_is(cli, "csv") && (c->common & CLI_NO_CSV) == 0;
	bool ods = cli_format_is(cli, "ods") && (c->common & CLI_LIST) != 0;
	if (!cli_format_is(cli, "text") && !cli_format_is(cli, "json") && !csv && !ods) {
		return cli_usage(cli, "--format must be text%s",
				 (c->common & CLI_NO_CSV) != 0 ? " or json" :
				 (c->common & CLI_LIST) != 0   ? ", json, csv or ods" : ", json or csv");
	}
	return NULL;
}

struct err *cli_parse(struct cli *cli, int argc, const char *const *argv, bool *help_out)
{
	int words = 0;

	*help_out = false;
	cli->format = "text";
	for (const struct command *const *c = commands; *c != NULL; c++) {
		int n = words_matched((*c)->name, argc, argv);
		if (n > words) {
			words = n;
			cli->command = *c;
		}
	}
	if (cli->command == NULL) {
		return no_command(cli, argc, argv, help_out);
	}
	TRY(take_words(cli, argc, argv, words + 1));
	*help_out = cli_has(cli, "help");
	return *help_out ? NULL : check_words(cli);
}
