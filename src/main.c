/* dueregard: argv -> subcommand table. */
#include "cli/cli.h"

extern char **environ;

int main(int argc, char **argv)
{
	return cli_main(argc, (const char *const *)argv, (const char *const *)environ);
}
