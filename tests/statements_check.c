/*
 * The statement check: every statement of the program against the schema it ships with.
 *
 * Applies all migrations to an empty store, prepares every statement, compares names, types and NULLs
 * with the structs, looks at the plans (src/db/check.c), and finds statements written twice and indexes that none reads.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/db.h"
#include "db/scratch.h"

static int passed;
static int failed;

static void tell(bool ok, const char *what)
{
	passed += ok ? 1 : 0;
	failed += ok ? 0 : 1;
	if (!ok) {
		fputs(what, stdout);
	}
}

static void check(struct arena *a, struct db *db, const struct statement *s)
{
	const char *faults = NULL;
	struct err *err = db_check_statement(a, db, s, &faults);

	if (err != NULL) {
		faults = arena_printf(a, "%s: %s: %s\n", s->place, s->name, err->detail);
	}
	tell(faults == NULL, faults != NULL ? faults : "");
}

static int by_text(const void *x, const void *y)
{
	const struct statement *const *s = x;
	const struct statement *const *t = y;

	return strcmp((*s)->sqlite, (*t)->sqlite);
}

/* Two statements with one text: use one of them. */
static void check_twins(struct arena *a)
{
	const struct statement **sorted = ARENA_NEW(a, const struct statement *, (size_t)statement_count + 1);

	memcpy(sorted, statements, (size_t)statement_count * sizeof *sorted);
	qsort(sorted, (size_t)statement_count, sizeof *sorted, by_text);
	for (int i = 1; i < statement_count; i++) {
		if (strcmp(sorted[i - 1]->sqlite, sorted[i]->sqlite) == 0) {
			tell(false, arena_printf(a, "%s: %s: the same text as %s at %s\n", sorted[i]->place,
						 sorted[i]->name, sorted[i - 1]->name,
						 sorted[i - 1]->place));
		}
	}
}

/* The last column of all rows, a line each. */
static void add_lines(sqlite3 *c, const char *sql, struct buf *out)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(c, sql, -1, &st, NULL) != SQLITE_OK) {
		tell(false, "a plan cannot be read\n");
	}
	while (sqlite3_step(st) == SQLITE_ROW) {
		buf_printf(out, "%s\n", (const char *)sqlite3_column_text(st, sqlite3_column_count(st) - 1));
	}
	sqlite3_finalize(st);
}

/* Every index costs each change of its table. One of a single column may be for a reference: of what is deleted the engine asks
 * who points to it. Any other is read by a statement, by SQLite's plans, and is there for that. */
static void check_indexes(struct arena *a, const char *path)
{
	static const char of_several[] = "SELECT name FROM sqlite_master AS m WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%' "
					 "AND (SELECT count(*) FROM pragma_index_info(m.name)) > 1";
	sqlite3 *c = NULL;
	struct buf plans, names;

	buf_init(&plans, a, 4 << 20);
	buf_init(&names, a, 1 << 20);
	if (sqlite3_open_v2(path, &c, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) { /* the last to close takes its log away */
		tell(false, "the store cannot be opened\n");
	}
	for (int i = 0; i < statement_count; i++) {
		add_lines(c, arena_printf(a, "EXPLAIN QUERY PLAN %s", statements[i]->sqlite), &plans);
	}
	add_lines(c, of_several, &names);
	sqlite3_close(c);
	for (char *rest = names.p, *name; (name = strsep(&rest, "\n")) != NULL && *name != '\0';) {
		size_t n = strlen(name);
		const char *at = plans.p;
		while ((at = strstr(at, name)) != NULL && (at[-1] != ' ' || (at[n] != ' ' && at[n] != '\n'))) {
			at += n; /* of another, longer name */
		}
		tell(at != NULL, arena_printf(a, "schema: no statement reads the index %s\n", name));
	}
}

static struct err *run(struct arena *a, struct db *db)
{
	int applied = 0;

	TRY(db_migrate(a, db, (struct instant){ 1 }, &applied));
	TRY(db_schema_current(a, db));
	for (int i = 0; i < statement_count; i++) {
		struct arena_mark mark = arena_mark(a);
		check(a, db, statements[i]);
		arena_rewind(a, mark);
	}
	check_twins(a);
	return NULL;
}

int main(void)
{
	char folder[] = "/tmp/dueregard-statements-XXXXXX";
	char path[64];
	struct arena *a = arena_new(64 << 20);
	struct db *db = NULL;

	if (mkdtemp(folder) == NULL) {
		perror("mkdtemp");
		return 1;
	}
	snprintf(path, sizeof path, "%s/store", folder);
	const char *place = scratch_new(a, path);
	struct err *err = db_open(&db, place, DB_WRITE);
	if (err == NULL) {
		err = run(a, db);
	}
	if (err != NULL) {
		tell(false, arena_printf(a, "%s (%s)\n", err->sentence, err->detail));
	}
	db_close(&db);
	if (strcmp(place, path) == 0) { /* a file, which can be asked */
		check_indexes(a, path);
	}
	scratch_drop(place);
	unlink(path);
	rmdir(folder);
	arena_free(&a);
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0 || passed == 0;
}
