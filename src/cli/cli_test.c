#include "cli/cli.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static struct arena *a;

/* Words with single spaces between them, parsed as a command line. */
static struct err *parse(const char *line, struct cli *cli, bool *help)
{
	const char *argv[24];
	int argc = 0;
	char *words = arena_strdup(a, line);

	for (char *word = words; word != NULL && argc < 24; argc++) {
		char *space = strchr(word, ' ');
		if (space != NULL) {
			*space++ = '\0';
		}
		argv[argc] = word;
		word = space;
	}
	*cli = (struct cli){ .arena = a };
	buf_init(&cli->out, a, 100000);
	return cli_parse(cli, argc, argv, help);
}

static void words_find_the_command(void)
{
	struct cli cli;
	bool help;

	CHECK_OK(parse("dueregard user close 2K7Q --data /tmp/x", &cli, &help));
	CHECK(cli.command == &command_user_close);
	CHECK_INT(cli.n_args, 1);
	CHECK_TEXT(cli.args[0], "2K7Q");
	CHECK_TEXT(cli_flag(&cli, "data"), "/tmp/x");
	CHECK_TEXT(cli.format, "text");
	CHECK(parse("dueregard", &cli, &help) != NULL && cli.bad_usage);
	CHECK(parse("dueregard user", &cli, &help) != NULL);
	CHECK(parse("dueregard use", &cli, &help) != NULL);
	CHECK(parse("dueregard check now", &cli, &help) != NULL);
}

static void flags_in_both_spellings(void)
{
	struct cli cli;
	bool help;

	CHECK_OK(parse("dueregard check --format=json --data=/a=b", &cli, &help));
	CHECK_TEXT(cli.format, "json");
	CHECK_TEXT(cli_flag(&cli, "data"), "/a=b");
	CHECK_OK(parse("dueregard user close -- --odd", &cli, &help));
	CHECK_TEXT(cli.args[0], "--odd");
	CHECK_OK(parse("dueregard user close -", &cli, &help));
	CHECK_TEXT(cli.args[0], "-");
	CHECK(parse("dueregard check --format --data", &cli, &help) != NULL);
	CHECK(parse("dueregard check --help=yes", &cli, &help) != NULL);
	CHECK(parse("dueregard check --format csv", &cli, &help) != NULL);
	CHECK(parse("dueregard check --listen x", &cli, &help) != NULL);
	CHECK(parse("dueregard check -x", &cli, &help) != NULL);
	CHECK(parse("dueregard init --format json", &cli, &help) != NULL);
}

static void help_is_made_from_the_table(void)
{
	struct cli cli;
	bool help;

	for (const struct command *const *c = commands; *c != NULL; c++) {
		CHECK_OK(parse(arena_printf(a, "dueregard %s --help", (*c)->name), &cli, &help));
		CHECK(help && cli.command == *c);
		cli_help(&cli, NULL);
		CHECK(strstr(cli.out.p, arena_printf(a, "Usage: dueregard %s", (*c)->name)) != NULL);
		for (const struct flag *f = (*c)->flags; f != NULL && f->name != NULL; f++) {
			CHECK(strstr(cli.out.p, arena_printf(a, "  --%s", f->name)) != NULL);
		}
	}
	CHECK_OK(parse("dueregard --help", &cli, &help));
	CHECK(help && cli.command == NULL);
	CHECK_OK(parse("dueregard user -h", &cli, &help));
	cli_help(&cli, "user");
	CHECK(strstr(cli.out.p, "user close") != NULL && strstr(cli.out.p, "audit verify") == NULL);
}

/* A command's own flag must not stand in the way of one that every command takes, nor be told twice. */
static void the_table_is_sound(void)
{
	for (const struct command *const *c = commands; *c != NULL; c++) {
		const struct flag *group, *other;

		CHECK((*c)->run != NULL && !text_empty((*c)->summary));
		CHECK((*c)->max_args >= (*c)->min_args && ((*c)->max_args == 0) == text_empty((*c)->args));
		for (size_t i = 0; (group = cli_flag_group(*c, i)) != NULL; i++) {
			for (const struct flag *f = group; f->name != NULL; f++) {
				size_t n = 0;
				for (size_t k = 0; (other = cli_flag_group(*c, k)) != NULL; k++) {
					for (const struct flag *g = other; g->name != NULL; g++) {
						n += text_same(f->name, g->name) ? 1 : 0;
					}
				}
				if (!CHECK_INT(n, 1)) {
					CHECK_TEXT(f->name, (*c)->name);
				}
			}
		}
	}
}

static void every_setting_is_a_flag_of_serve(void)
{
	for (const struct field *f = settings_record.fields; f->name != NULL; f++) {
		struct cli cli;
		bool help;
		char *name = arena_strdup(a, f->name);

		for (char *c = name; *c != '\0'; c++) {
			*c = *c == '_' ? '-' : *c;
		}
		CHECK_OK(parse(arena_printf(a, "dueregard serve --%s x", name), &cli, &help));
		CHECK_TEXT(cli_flag(&cli, name), "x");
	}
}

static void dates_of_flags(void)
{
	struct cli cli;
	struct date d;
	bool help;

	CHECK_OK(parse("dueregard check --today 2026-03-27", &cli, &help));
	CHECK_OK(cli_date(&cli, "today", (struct date){ 0 }, &d));
	CHECK(d.year == 2026 && d.month == 3 && d.day == 27);
	CHECK_OK(cli_date(&cli, "on", (struct date){ 2017, 1, 31 }, &d));
	CHECK(d.year == 2017);
	CHECK_OK(parse("dueregard check --today 31/12/2026", &cli, &help));
	struct err *e = cli_date(&cli, "today", (struct date){ 0 }, &d);
	CHECK(e != NULL && e->kind == ERR_USAGE);
}

static void addresses(void)
{
	struct cli cli = { .arena = a, .settings = { .listen = "127.0.0.1:8080", .public_address = "" } };

	CHECK_TEXT(cli_address(&cli, "/x"), "http://127.0.0.1:8080/x");
	cli.settings.listen = "0.0.0.0:80";
	CHECK_TEXT(cli_address(&cli, "/x"), "http://127.0.0.1:80/x");
	cli.settings.listen = "unix:/run/dueregard";
	CHECK_TEXT(cli_address(&cli, "/x"), "/x");
	cli.settings.public_address = "https://prevent.example.gov.uk";
	CHECK_TEXT(cli_address(&cli, "/x"), "https://prevent.example.gov.uk/x");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(words_find_the_command),
					     TEST(flags_in_both_spellings),
					     TEST(help_is_made_from_the_table),
					     TEST(the_table_is_sound),
					     TEST(every_setting_is_a_flag_of_serve),
					     TEST(dates_of_flags),
					     TEST(addresses),
					     TEST_END };
	a = arena_new(64 << 20);
	int status = test_main(argc, argv, tests);
	arena_free(&a);
	return status;
}
