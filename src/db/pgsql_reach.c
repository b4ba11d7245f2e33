/* What a lost connection needs to be opened again: for whoever shuts a process in. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/pgsql.h"

enum { PORT_DEFAULT = 5432 };

/* libpq's options that name a file; what they leave unsaid it looks for in the account's home. */
static const char *const files[] = { "sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile", "servicefile", NULL };

static const char *value_of(const PQconninfoOption *options, const char *keyword)
{
	for (const PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++) {
		if (strcmp(o->keyword, keyword) == 0) {
			return o->val;
		}
	}
	return NULL;
}

/* "a,b,c" one by one; empty parts too. */
static const char *next_part(struct arena *a, const char **list)
{
	size_t n = strcspn(*list, ",");
	const char *part = arena_strndup(a, *list, n);

	*list = (*list)[n] == ',' ? *list + n + 1 : NULL;
	return part;
}

static void add_ports(struct arena *a, struct db_reach *reach, const char *list)
{
	while (list != NULL && reach->n_ports < DB_REACH_MAX) {
		int64_t port;
		const char *part = next_part(a, &list);
		reach->ports[reach->n_ports++] =
			(uint16_t)(text_to_int(part, 1, UINT16_MAX, &port) ? port : PORT_DEFAULT);
	}
}

/* A host that is a path (or begins with @) is the folder of a Unix socket; none at all is the default one. */
static void add_hosts(struct arena *a, struct db_reach *reach, const char *list, bool *tcp)
{
	while (list != NULL) {
		const char *host = next_part(a, &list);
		bool local = text_empty(host) || host[0] == '/' || host[0] == '@';
		reach->local = reach->local || local;
		*tcp = *tcp || !local;
	}
}

void pgsql_reach(struct arena *a, const char *place, struct db_reach *out)
{
	PQconninfoOption *options = PQconninfoParse(place, NULL);
	const char *host = value_of(options, "host"), *port = value_of(options, "port");
	bool tcp = !text_empty(value_of(options, "hostaddr"));

	if (!tcp || host != NULL) {
		add_hosts(a, out, host == NULL ? "" : host, &tcp);
	}
	if (tcp) {
		add_ports(a, out, port == NULL ? "" : port);
	}
	for (size_t i = 0; files[i] != NULL; i++) {
		const char *path = value_of(options, files[i]);
		if (!text_empty(path) && out->n_files < DB_REACH_MAX) {
			out->files[out->n_files++] = arena_strdup(a, path);
		}
	}
	PQconninfoFree(options);
}
