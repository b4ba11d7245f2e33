/* Settings: one struct, one field table; file < environment (DUEREGARD_<NAME>) < flags. */
#ifndef CORE_SETTINGS_H
#define CORE_SETTINGS_H

#include "base/err.h"
#include "base/field.h"

struct settings {
	const char *data;            /* directory of the store */
	const char *database;        /* "postgresql://...": the keeper's account; "": SQLite in the data directory */
	const char *database_read;   /* the same database for what only reads; "": as database */
	const char *listen;          /* "127.0.0.1:8080", "unix:/path", "systemd" */
	const char *public_address;  /* "https://prevent.example.gov.uk": for links and secure cookies */
	const char *proxy;           /* address of the reverse proxy when it comes over TCP: it says who asks; "": none */
	int64_t web_processes;       /* 0: two a CPU */
	int64_t max_connections;     /* of each web process */
	int64_t idle_minutes;        /* a login ends after so long unused */
	int64_t login_hours;         /* and after so long in all */
	int log_level;
	bool demo;                   /* marks every page as a demonstration */
};
RECORD_DECLARE(settings);
extern const struct words log_level_words;

struct arena;
struct setting_source { /* for `config explain` */
	const char *name, *value, *from; /* from: "default", "file PATH line N", "environment", "flag" */
};

/* Reads the three sources; an unknown key, a wrong value: ERR_USAGE naming place and what to do.
 * environment: NULL-terminated "NAME=value" strings. file NULL: DATA/dueregard.conf if it exists.
 * flags: by the field's name ("idle_minutes"). *sources_out (may be NULL) ends with a NULL name. */
struct pairs;
struct err *settings_load(struct arena *a, const char *file, const char *const *environment,
			  const struct pairs *flags, struct settings *out,
			  struct setting_source **sources_out) MUST_CHECK;

#endif
