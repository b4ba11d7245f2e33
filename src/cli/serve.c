/* dueregard serve: the web service, until it is told to stop. */
#include <stdio.h>

#include "cli/cli.h"

static void ready(const char *address)
{
	printf("dueregard is listening on %s\n", address);
	fflush(stdout);
}

static struct err *run(struct cli *cli)
{
	TRY(cli_expect_store(cli));
	return serve_run(&cli->settings, &cli->world, ready);
}

const struct command command_serve = {
	.name = "serve",
	.summary = "run the web service on a data directory",
	.common = CLI_SETTINGS,
	.details = "The schema is brought up to date first. SIGTERM or SIGINT lets running requests end and stops.",
	.run = run,
};
