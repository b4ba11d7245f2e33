/* What the tests of db/ share: a fresh store in a place of its own, statements written by hand. */
#ifndef DB_TEST_STORE_H
#define DB_TEST_STORE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/test.h"
#include "db/args.h"
#include "db/engine.h"
#include "db/scratch.h"

/* One text for both engines: to SQLite $1 is a name, numbered where it first stands. Keep them in order. */
#define STATEMENT(n, text, card, ...)                                                              \
	{ .name = #n, .place = "test.sql:" #n, .sqlite = (text), .pgsql = (text),                  \
	  .cardinality = (card), .permission = 2, .index = (n), __VA_ARGS__ }

#define UNUSED __attribute__((unused))
UNUSED static const char *const no_names[] = { NULL };
UNUSED static const char *const id_names[] = { "id", NULL };
UNUSED static const char *const text_names[] = { "text", NULL };
UNUSED static const char *const urn_names[] = { "urn", NULL };

static char store_folder[64];
static char store_path[96];
static char store_place[400]; /* to be opened: store_path, or a schema on a server */

static inline void store_new(void)
{
	struct arena *a = arena_new(65536);

	snprintf(store_folder, sizeof store_folder, "/tmp/dueregard-db-XXXXXX");
	if (mkdtemp(store_folder) == NULL) {
		perror("mkdtemp");
		exit(1);
	}
	snprintf(store_path, sizeof store_path, "%s/store", store_folder);
	snprintf(store_place, sizeof store_place, "%s", scratch_new(a, store_path));
	arena_free(&a);
}

static inline const char *store_file(const char *suffix)
{
	static char path[128];

	snprintf(path, sizeof path, "%s%s", store_path, suffix);
	return path;
}

UNUSED static inline long store_file_size(const char *suffix) /* -1: no such file */
{
	struct stat st;

	return stat(store_file(suffix), &st) == 0 ? (long)st.st_size : -1;
}

static inline void store_remove(void)
{
	scratch_drop(store_place);
	chmod(store_folder, 0700);
	unlink(store_file("-wal"));
	unlink(store_file("-shm"));
	unlink(store_path);
	rmdir(store_folder);
}

/* What is said differently to the two engines. */
UNUSED static inline const char *either(const char *sqlite, const char *pgsql)
{
	return scratch_on_server() ? pgsql : sqlite;
}

#endif
