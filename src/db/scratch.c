#include "db/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/engine.h"

#define OPTIONS "options=-csearch_path%3D"

static const char *server(void)
{
	const char *address = getenv("DUEREGARD_TEST_DATABASE");

	return address != NULL && address[0] != '\0' ? address : NULL;
}

bool scratch_on_server(void)
{
	return server() != NULL;
}

static void say_on_server(const char *sql)
{
	struct db *db = NULL;
	struct err *err = db_open(&db, server(), DB_WRITE);

	err = err != NULL ? err : db->engine->script(db, sql);
	db_close(&db);
	if (err != NULL) {
		fprintf(stderr, "scratch: %s (%s)\n", err->sentence, err->cause != NULL ? err->cause->detail : err->detail);
		exit(1);
	}
}

const char *scratch_new(struct arena *a, const char *path)
{
	static unsigned made;

	if (!scratch_on_server()) {
		return path;
	}
	const char *name = arena_printf(a, "scratch_%ld_%u", (long)getpid(), ++made);
	say_on_server(arena_printf(a, "CREATE SCHEMA %s", name));
	return arena_printf(a, "%s%c%s%s", server(), strchr(server(), '?') != NULL ? '&' : '?', OPTIONS, name);
}

void scratch_drop(const char *place)
{
	const char *options = strstr(place, OPTIONS);
	char sql[200];

	if (options != NULL) {
		snprintf(sql, sizeof sql, "SET lock_timeout = '5s'; DROP SCHEMA %.100s CASCADE", options + strlen(OPTIONS));
		say_on_server(sql);
	}
}
