/* The data directory: what lies where, and who has it to himself. */
#ifndef CORE_DATA_H
#define CORE_DATA_H

#include "base/err.h"
#include "core/settings.h"
#include "db/db.h"

struct arena;
struct world;

#define DATA_STORE "dueregard.db" /* the store on SQLite; -wal and -shm beside it */
#define DATA_LOCK "lock" /* flock: held by the parent of a running service, or by a command */
#define DATA_KEYS "keys"          /* a folder that of all roles only the keeper reaches */
#define DATA_IMPORTS "imports"    /* uploaded files: the keeper writes, jobs reads */
#define DATA_HOST "host"          /* this host's name */
#define DATA_CONTROL "control"    /* the keeper listens here */

/* Where the store is, for db_open(): the file in the data directory, or the server that the settings name (for
 * reading, with the account that may only read when there is one). */
const char *data_store(struct arena *a, const struct settings *settings, enum db_mode mode);
/* NULL when there is a store, or when only its server can say; else ERR_USAGE and how to make one. */
struct err *data_expect_store(struct arena *a, const struct settings *settings) MUST_CHECK;
/* Is a store there already, with an authority in it where only a server can say? */
struct err *data_store_made(struct arena *a, const struct settings *settings, bool *made_out) MUST_CHECK;
/* The name of this host among those that share a server: chosen by chance, kept in DATA/host, as it tells where a
 * file of the data directory lies. data_make_host() makes it when it is absent; "local" before that. */
const char *data_host(struct arena *a, const struct settings *settings);
struct err *data_make_host(struct arena *a, const struct settings *settings, const struct world *world) MUST_CHECK;
const char *data_path(struct arena *a, const struct settings *settings, const char *name);
/* Makes the directory and what belongs in it (mode 0700) when they are absent. */
struct err *data_create(const struct settings *settings) MUST_CHECK;
/* Exclusive lock on DATA/lock until the descriptor is closed. ERR_BUSY: another has it;
 * ERR_NOT_FOUND: there is no such directory. */
struct err *data_lock(const struct settings *settings, int *fd_out) MUST_CHECK;

#endif
