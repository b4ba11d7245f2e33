/* How far a long copy is. */
#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"

enum { STEP_MS = 500 };

static int64_t ticks_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_begin(struct cli *cli, struct progress *p, const char *what)
{
	*p = (struct progress){ .arena = cli->arena, .what = what, .shown_ms = ticks_ms() };
}

void progress_rows(void *progress, const char *table, int64_t rows)
{
	struct progress *p = progress;
	int64_t now = ticks_ms();

	if (now - p->shown_ms >= STEP_MS && isatty(STDERR_FILENO)) {
		fprintf(stderr, "\r%s %-24s %12s rows", p->what, table, text_thousands(p->arena, rows));
		p->shown_ms = now;
		p->shown = true;
	}
}

void progress_end(struct progress *p)
{
	if (p->shown) {
		fprintf(stderr, "\r%60s\r", "");
	}
}
