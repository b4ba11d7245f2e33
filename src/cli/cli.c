/* From argv to the exit status. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "trust/trust.h"

/* A command may hold a national register and what is made of it. */
#define MEMORY ((size_t)2 << 30)
#define OUTPUT ((size_t)512 << 20)

static struct err *write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t did = write(fd, p, n);

		if (did < 0 && errno != EINTR) {
			return ERR(ERR_IO, "The answer could not be written: %s", strerror(errno));
		}
		p += did > 0 ? did : 0;
		n -= did > 0 ? (size_t)did : 0;
	}
	return NULL;
}

struct err *cli_flush(struct cli *cli)
{
	struct err *err = write_all(STDOUT_FILENO, cli->out.p, cli->out.n);

	cli->out.n = 0;
	return err;
}

static struct err *read_all(struct cli *cli, int fd, const char *path, size_t max, struct bytes *out)
{
	struct stat st;
	size_t cap = fstat(fd, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size + 1 : 65536;
	unsigned char *p = arena_grow(cli->arena, NULL, 0, cap);
	size_t n = 0;

	for (;;) {
		if (n == cap) {
			p = arena_grow(cli->arena, p, cap, cap * 2);
			cap *= 2;
		}
		ssize_t got = read(fd, p + n, cap - n);

		if (got < 0 && errno != EINTR) {
			return ERR(ERR_NOT_FOUND, "%s cannot be read: %s", path, strerror(errno));
		}
		if (got == 0) {
			break;
		}
		n += got > 0 ? (size_t)got : 0;
		if (n > max) {
			return ERR(ERR_LIMIT, "%s is larger than %zu KB", path, max >> 10);
		}
	}
	*out = (struct bytes){ p, n };
	return NULL;
}

struct err *cli_read_file(struct cli *cli, const char *path, size_t max, struct bytes *out)
{
	bool standard = text_same(path, "-");
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		return ERR(ERR_NOT_FOUND, "%s cannot be read: %s", path, strerror(errno));
	}
	struct err *err = read_all(cli, fd, standard ? "Standard input" : path, max, out);
	if (!standard) {
		close(fd);
	}
	return err;
}

void cli_print(struct cli *cli, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_str(&cli->out, arena_vprintf(cli->arena, format, args));
	va_end(args);
}

struct err *cli_settings(struct cli *cli, struct arena *a, struct settings *out, struct setting_source **sources_out)
{
	struct pairs own = { 0 };

	for (size_t i = 0; i < cli->flags.n; i++) {
		char *name = arena_strdup(a, cli->flags.v[i].name);

		for (char *c = name; *c != '\0'; c++) {
			*c = *c == '-' ? '_' : *c;
		}
		bool takes = text_same(name, "data") || (cli->command->common & CLI_SETTINGS) != 0;
		if (takes && record_field(&settings_record, name) != NULL) {
			pairs_add(a, &own, name, cli->flags.v[i].value);
		}
	}
	return settings_load(a, cli_flag(cli, "config"), cli->environment, &own, out, sources_out);
}

static struct err *load_settings(struct cli *cli)
{
	TRY(cli_settings(cli, cli->arena, &cli->settings, &cli->sources));
	log_set((enum log_level)cli->settings.log_level, "dueregard");
	return NULL;
}

/* Who the audit names: the account of the operating system, not a claim of the environment. */
static const char *actor_name(struct arena *a)
{
	const struct passwd *pw = getpwuid(getuid());

	return pw != NULL ? arena_printf(a, "cli:%.60s", pw->pw_name) : arena_printf(a, "cli:%u", (unsigned)getuid());
}

static struct err *run(struct cli *cli, int argc, const char *const *argv)
{
	const struct date none = { 0 };
	struct date today;
	bool help;

	TRY(cli_parse(cli, argc, argv, &help));
	if (help) {
		cli_help(cli, argc > 2 ? argv[1] : NULL);
		return cli_flush(cli);
	}
	TRY(cli_date(cli, "today", none, &today));
	cli->world = date_is_set(today) ? world_on(today) : world_real();
	TRY(load_settings(cli));
	cli->actor = actor_name(cli->arena);
	trust_init();
	struct err *err = cli->command->run(cli);
	return err_join(err, cli_flush(cli));
}

static int report(struct cli *cli, const struct err *err)
{
	const char *name = cli->command == NULL ? "" : arena_printf(cli->arena, " %s", cli->command->name);
	struct buf b;

	buf_init(&b, cli->arena, 16384);
	buf_printf(&b, "dueregard%s: %s%s\n", name, err->sentence, text_ends(err->sentence, ".") ? "" : ".");
	if (cli->bad_usage && cli->command != NULL) {
		cli_usage_line(&b, cli->command);
	} else if (cli->bad_usage) {
		buf_str(&b, "Usage: dueregard COMMAND; \"dueregard --help\" lists the commands.\n");
	}
	struct err *lost = write_all(STDERR_FILENO, b.p, b.n);
	if (err->kind == ERR_BUG || err->kind == ERR_IO || lost != NULL) {
		log_err(LOG_ERROR, "command", err);
	}
	return err->kind == ERR_USAGE ? 2 : 1;
}

int cli_main(int argc, const char *const *argv, const char *const *environment)
{
	struct cli cli = { .arena = arena_new(MEMORY), .environment = environment };
	int status = 0;

	umask(077); /* the store and what lies beside it are its owner's alone */
	buf_init(&cli.out, cli.arena, OUTPUT);
	const struct err *err = run(&cli, argc, argv);
	if (err != NULL) {
		status = report(&cli, err);
	}
	arena_free(&cli.arena);
	return status;
}
