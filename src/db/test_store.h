/* What the tests of db/ share: a fresh store in a folder of its own, statements written by hand. */
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

static inline void store_new(void)
{
	snprintf(store_folder, sizeof store_folder, "/tmp/dueregard-db-XXXXXX");
	if (mkdtemp(store_folder) == NULL) {
		perror("mkdtemp");
		exit(1);
	}
	snprintf(store_path, sizeof store_path, "%s/store", store_folder);
}

static inline const char *store_file(const char *suffix)
{
	static char path[128];

	snprintf(path, sizeof path, "%s%s", store_path, suffix);
	return path;
}

static inline long store_file_size(const char *suffix) /* -1: no such file */
{
	struct stat st;

	return stat(store_file(suffix), &st) == 0 ? (long)st.st_size : -1;
}

static inline void store_remove(void)
{
	chmod(store_folder, 0700);
	unlink(store_file("-wal"));
	unlink(store_file("-shm"));
	unlink(store_path);
	rmdir(store_folder);
}

#endif
