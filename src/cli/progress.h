/* How far a long copy is, told on a terminal and nowhere else. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdint.h>

#include "cli/cli.h"

struct progress {
	struct arena *arena;
	const char *what; /* "Copying" */
	int64_t shown_ms;
	bool shown;
};

void progress_begin(struct cli *cli, struct progress *p, const char *what);
void progress_rows(void *progress, const char *table, int64_t rows); /* of copying.progress */
void progress_end(struct progress *p); /* the line is empty again */

#endif
