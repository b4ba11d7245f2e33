/* dueregard init: a new store in an empty data directory, and the link that lets the first person in. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/account/account.h"
#include "base/arena.h"
#include "base/text.h"
#include "cli/cli.h"
#include "core/data.h"

static struct err *there_is_one(struct cli *cli, const char *where)
{
	return ERR(ERR_CONFLICT, "There is a store in %s already. Choose another %s", where,
		   where == cli->settings.data ? "directory with --data" : "database");
}

/* Makes the empty file of the store: of two who try at once, one has made it and the other is refused. */
static struct err *claim(struct cli *cli)
{
	bool made;

	if (!text_empty(cli->settings.database)) {
		TRY(data_store_made(cli->arena, &cli->settings, &made));
		return made ? there_is_one(cli, "the database") : NULL;
	}
	int fd = open(data_path(cli->arena, &cli->settings, DATA_STORE), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST) {
		return there_is_one(cli, cli->settings.data);
	}
	if (fd < 0) {
		return ERR(ERR_IO, "No store can be made in %s: %s", cli->settings.data, strerror(errno));
	}
	close(fd);
	return NULL;
}

static struct err *make_authority(struct cli *cli, struct door *door)
{
	struct pairs raw = { 0 };

	if (!cli_has(cli, "name")) {
		return NULL; /* the first-run page asks */
	}
	pairs_add(cli->arena, &raw, "name", cli_flag(cli, "name"));
	pairs_add(cli->arena, &raw, "code", cli_flag(cli, "code"));
	pairs_add(cli->arena, &raw, "accent", ACCENT_DEFAULT);
	return cli_ask(cli, door, "change-authority", &raw, NULL, NULL);
}

static struct err *make_store(struct cli *cli, const char **path_out)
{
	struct outcome outcome;
	struct door *door;

	TRY(door_open(&door, &cli->settings, &cli->world));
	struct err *err = make_authority(cli, door);
	if (err == NULL) {
		err = cli_ask(cli, door, "make-sign-in-link", NULL, NULL, &outcome);
	}
	door_close(&door);
	if (err == NULL) {
		*path_out = pairs_get(&outcome.result, "path");
	}
	return err;
}

/* What was begun and refused (a wrong code) goes again, so that the next try finds the place empty. */
static void take_back(struct cli *cli)
{
	static const char *const names[] = { DATA_STORE, DATA_STORE "-wal", DATA_STORE "-shm", DATA_LOCK, DATA_HOST };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		unlink(data_path(cli->arena, &cli->settings, names[i]));
	}
	rmdir(data_path(cli->arena, &cli->settings, DATA_IMPORTS));
}

static struct err *run(struct cli *cli)
{
	const char *path = NULL;

	if (cli_has(cli, "name") != cli_has(cli, "code")) {
		return cli_usage(cli, "--name and --code go together");
	}
	TRY(data_create(&cli->settings));
	TRY(claim(cli));
	struct err *err = make_store(cli, &path);
	if (err != NULL) {
		take_back(cli);
		return err;
	}
	cli_print(cli,
		  "The store is made in %s.\n"
		  "Start the service:  dueregard serve --data %s\n"
		  "Then open this link to become the first administrator. It works once, for seven days:\n"
		  "%s\n",
		  cli->settings.data, cli->settings.data, cli_address(cli, path));
	return NULL;
}

static const struct flag flags[] = {
	{ "name", "NAME", "name of the authority, as the header shows it" },
	{ "code", "CODE", "its LA code in the school register, like 936" },
	FLAG_END
};

const struct command command_init = {
	.name = "init",
	.summary = "make a new store and the link for its first administrator",
	.flags = flags,
	.details = "Asks nothing. Without --name and --code the first-run page behind the link asks for them.\n"
		   "There is no default password.",
	.run = run,
};
