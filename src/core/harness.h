/*
 * An in-process product for tests: scratch store in a temporary directory, migrated; authority
 * "Newbridge Borough Council" (936); an active account with a login for each role, accredited where it may train; clock at
 * 2026-11-24 09:00 London, seeded random. Requests go the whole way: bytes, parser, dispatch,
 * operation. The test program defines features[].
 */
#ifndef CORE_HARNESS_H
#define CORE_HARNESS_H

#include "core/core.h"

struct harness;

struct harness *harness_open(void); /* ends the test program, with the reason, when it cannot */
void harness_close(struct harness **h);

struct arena *harness_arena(struct harness *h); /* lives as long as the harness */
struct db *harness_db(struct harness *h);       /* the writing handle, granted everything */
const struct world *harness_world(struct harness *h);
const struct settings *harness_settings(struct harness *h);
const struct who *harness_who(struct harness *h, enum role role);
int64_t harness_authority(struct harness *h);
void harness_now(struct harness *h, struct instant now);
/* The school of the school safeguarding lead's account (0 at first). */
void harness_school(struct harness *h, int64_t urn);

struct answer {
	int status;
	const char *type;      /* Content-Type */
	const char *location;  /* of a redirect, else NULL */
	const char *body;      /* NUL-terminated */
	size_t n;
	int64_t statements;    /* run by the page's read-only handle */
	int64_t journeys;      /* of that handle to a server; 0 on a file */
	struct pairs headers;
};

/* ROLE_NOBODY asks without a login. path may have a query. */
struct answer harness_get(struct harness *h, enum role role, const char *path);
/* name, value, ..., NULL; _csrf and _key are added unless given. */
struct answer harness_post(struct harness *h, enum role role, const char *path, ...)
	__attribute__((sentinel));
/* The same as multipart/form-data with one file in the field "file". */
struct answer harness_upload(struct harness *h, enum role role, const char *path,
			     const char *filename, struct bytes file, ...)
	__attribute__((sentinel));
/* Gets the location of a redirect, with the cookies it set; other answers come back as they are. */
struct answer harness_follow(struct harness *h, enum role role, struct answer from);
/* Raw request bytes, as they are. */
struct answer harness_raw(struct harness *h, const char *bytes, size_t n);

bool answer_has(const struct answer *a, const char *text);
size_t answer_count(const struct answer *a, const char *text);
/* What stands between the two, the first time; NULL when it does not. */
const char *answer_between(struct harness *h, const struct answer *a, const char *before,
			   const char *after);

/* Asks an operation without HTTP: name, value, ..., NULL. A name in braces is a capture of the
 * route: "{session}", "2K7Q". ROLE_SYSTEM asks as "cli:test", with values as files have them. */
struct outcome harness_operation(struct harness *h, enum role role, const char *operation, ...)
	__attribute__((sentinel));
struct outcome harness_operation_file(struct harness *h, enum role role, const char *operation,
				      struct bytes file, ...) __attribute__((sentinel));
/* Runs the jobs that are due; how many. */
int harness_jobs(struct harness *h);

#endif
