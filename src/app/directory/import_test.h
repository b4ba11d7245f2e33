/* What the tests of the import share: a scratch product, files, and the steps of an import. */
#ifndef APP_DIRECTORY_IMPORT_TEST_H
#define APP_DIRECTORY_IMPORT_TEST_H

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "app/directory/school.sql.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/data.h"
#include "core/harness.h"

#define REGISTER "tests/data/gias/establishments-surrey-hampshire-2022-04-20.csv"
#define LINKS "tests/data/gias/links-england-2025-04-22.csv"

#define HEAD "URN,LA (code),EstablishmentName,EstablishmentStatus (name),OpenDate,CloseDate,Town\r\n"

static struct harness *h;
static struct arena *a;

static inline struct bytes file_bytes(const char *path)
{
	struct buf b;
	FILE *f = fopen(path, "rb");
	char *space = arena_alloc(a, 65536);
	size_t n;

	buf_init(&b, a, (size_t)16 * 1024 * 1024);
	if (CHECK(f != NULL)) {
		while ((n = fread(space, 1, 65536, f)) > 0) {
			buf_add(&b, space, n);
		}
		fclose(f);
	}
	return (struct bytes){ (const unsigned char *)b.p, b.n };
}

static inline struct bytes text(const char *s)
{
	return (struct bytes){ (const unsigned char *)s, strlen(s) };
}

static inline void begin(void)
{
	h = harness_open();
	a = harness_arena(h);
}

static inline void end(void)
{
	harness_close(&h);
}

/* Uploads as the command does and reads; the reference. */
static inline const char *upload(struct bytes file)
{
	struct outcome o = harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", file, NULL);

	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	CHECK_INT(harness_jobs(h), 1);
	return o.reference == NULL ? "" : o.reference;
}

static inline struct import_run run_of(const char *reference)
{
	struct import_run run = { 0 };

	CHECK_OK(import_find(a, harness_db(h), harness_authority(h), reference, &run));
	return run;
}

static inline struct err *apply(const char *reference)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "apply-school-import", "{run}", reference, NULL);

	return o.err;
}

static inline const char *counts(const struct import_run *r)
{
	return arena_printf(a, "new %lld changed %lld closed %lld vanished %lld unchanged %lld", (long long)r->new_rows,
			    (long long)r->changed_rows, (long long)r->closed_rows, (long long)r->vanished_rows,
			    (long long)r->unchanged_rows);
}

/* Uploads, applies, and says what it did. */
static inline const char *import(const char *file)
{
	const char *reference = upload(text(file));
	struct import_run run = run_of(reference);

	CHECK_INT(run.state, IMPORT_READY);
	CHECK_OK(apply(reference));
	return counts(&run);
}

static inline struct school school_of(int64_t urn)
{
	struct school s = { .name = "", .town = "" };

	CHECK_OK(school_find(a, harness_db(h), harness_authority(h), urn, &s));
	return s;
}

static inline size_t schools_held(void)
{
	struct school_line *rows;
	size_t n = 0;

	CHECK_OK(schools_all(a, harness_db(h), harness_authority(h), &rows, &n));
	return n;
}

static inline bool file_is_there(const char *reference)
{
	const char *path = data_path(a, harness_settings(h), arena_printf(a, "imports/%s.csv", reference));
	struct stat st;

	if (stat(path, &st) < 0) {
		return false;
	}
	CHECK_INT(st.st_mode & 0777, 0600);
	return true;
}

#endif
