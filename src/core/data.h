/* The data directory: what lies where, and who has it to himself. */
#ifndef CORE_DATA_H
#define CORE_DATA_H

#include "base/err.h"
#include "core/settings.h"

struct arena;

#define DATA_STORE "dueregard.db" /* the store; -wal and -shm beside it */
#define DATA_LOCK "lock" /* flock: held by the parent of a running service, or by a command */
#define DATA_CONTROL "control"    /* the keeper listens here */

const char *data_path(struct arena *a, const struct settings *settings, const char *name);
/* Makes the directory (mode 0700) when it is absent. */
struct err *data_create(const struct settings *settings) MUST_CHECK;
/* Exclusive lock on DATA/lock until the descriptor is closed. ERR_BUSY: another has it;
 * ERR_USAGE: there is no such directory. */
struct err *data_lock(const struct settings *settings, int *fd_out) MUST_CHECK;

#endif
