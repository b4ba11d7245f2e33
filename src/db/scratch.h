/*
 * A scratch place for the tests of every floor: a file in a folder that is given, or, when the environment's
 * DUEREGARD_TEST_DATABASE names a server ("postgresql://..."), a schema of its own there. Tests only.
 */
#ifndef DB_SCRATCH_H
#define DB_SCRATCH_H

#include <stdbool.h>

struct arena;

bool scratch_on_server(void);
/* The place to open; ends the test program, with the reason, when there is none. */
const char *scratch_new(struct arena *a, const char *path);
void scratch_drop(const char *place); /* what is on a server; a file is its folder's affair */

#endif
