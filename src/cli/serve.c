/* dueregard serve: the web service, until it is told to stop. */
#include <stdio.h>

#include "cli/cli.h"

static void ready(void *context, const char *address)
{
	printf("dueregard is listening on %s\n", address);
	fflush(stdout);
}

/* The same file, environment and flags as at the start: only the file may say something else now. */
static struct err *reread(void *context, struct arena *a, struct settings *out)
{
	return cli_settings(context, a, out, NULL);
}

static struct err *run(struct cli *cli)
{
	TRY(cli_expect_store(cli));
	return serve_run(&(struct serve){ .settings = &cli->settings,
					  .world = &cli->world,
					  .environment = cli->environment,
					  .ready = ready,
					  .reread = reread,
					  .context = cli });
}

const struct command command_serve = {
	.name = "serve",
	.summary = "run the web service on a data directory",
	.common = CLI_SETTINGS,
	.details = "The schema is brought up to date first. SIGTERM or SIGINT lets running requests end and stops; "
		   "SIGHUP reads the settings again and replaces every process without refusing anybody.",
	.run = run,
};
