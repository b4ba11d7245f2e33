/*
 * Schema files that are cut short: killed after any statement, before the commit, at any moment, the store has the
 * old schema or the new one. KILLS=200 for more random moments than a usual run has.
 */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "db/sqlite.h"
#include "db/test_store.h"

enum { MIGRATIONS_MAX = 100 };

static struct arena *a;
static struct db *db;
static const char *shapes[MIGRATIONS_MAX + 1]; /* what a store looks like after so many schema files */
static int newest;
static const struct instant now = { 1000 };

/* ---- what a store looks like ---- */

static struct err *add_line(void *context, const struct value *v)
{
	buf_printf(context, "%s\n", v[0].kind == VALUE_TEXT ? v[0].text : "");
	return NULL;
}

static const char *shape_of(struct db *of)
{
	struct buf b;

	buf_init(&b, a, 1 << 20);
	CHECK_OK(of->engine->scan(of, either("SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master "
					     "ORDER BY type, name",
					     "SELECT c.relname || ' ' || c.relkind::text || ' ' || COALESCE((SELECT "
					     "string_agg(x.attname || ' ' || x.atttypid::regtype::text || x.attnotnull::text, ',' ORDER BY x.attnum) "
					     "FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attnum > 0), '') "
					     "FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace "
					     "ORDER BY c.relname"),
				  add_line, &b));
	return b.p;
}

static int numbers_of(struct db *of)
{
	int missing = 0;

	CHECK_OK(migrate_compare(a, of, migrations, &missing));
	return newest - missing;
}

/* Is it one of the shapes, and does the store say so itself? Whoever is still at work on a server is waited for. */
static int check_shape(void)
{
	CHECK_OK(db_begin_schema(db));
	int n = numbers_of(db);
	CHECK_TEXT(shape_of(db), shapes[n]);
	db_rollback(db);
	return n;
}

static void first_files(struct migration *out, int n)
{
	memcpy(out, migrations, (size_t)n * sizeof *out);
	out[n] = (struct migration){ 0 };
}

static void learn_shapes(void)
{
	struct migration some[MIGRATIONS_MAX + 1];
	int applied = 0;

	while (migrations[newest].number != 0) {
		newest++;
	}
	CHECK_OK(db_open(&db, store_place, DB_WRITE));
	shapes[0] = shape_of(db);
	for (int n = 1; n <= newest; n++) {
		first_files(some, n);
		CHECK_OK(migrate_to(a, db, some, now, &applied));
		CHECK_INT(applied, 1);
		shapes[n] = shape_of(db);
		CHECK(strcmp(shapes[n], shapes[n - 1]) != 0);
	}
	db_close(&db);
}

static void set_up(void)
{
	a = arena_new(256 << 20);
	newest = 0;
	store_new();
	learn_shapes();
	store_remove();
	store_new();
}

static void tear_down(void)
{
	db_close(&db);
	store_remove();
	arena_free(&a);
}

/* ---- after every statement ---- */

static void die(sqlite3_context *c, int n, sqlite3_value **v)
{
	raise(SIGKILL);
}

/* Where the statement that begins here ends; to SQLite a trigger is one statement, whatever stands in it. */
static size_t statement_end(const char *sql)
{
	bool comment = false;

	for (size_t i = 0; sql[i] != '\0'; i++) {
		comment = sql[i] == '\n' ? false : comment || strncmp(sql + i, "--", 2) == 0;
		if (sql[i] == ';' && !comment && sqlite3_complete(arena_strndup(a, sql, i + 1)) != 0) {
			return i + 1;
		}
	}
	return 0;
}

/* In a process of its own: the schema file up to `at`, then the end of the process (SQLite) or of the server's
 * session. */
static void run_cut_short(int n, const char *text, size_t at)
{
	struct migration some[MIGRATIONS_MAX + 1];
	int applied = 0;
	const char *cut = either("SELECT die();", "SELECT pg_terminate_backend(pg_backend_pid());");
	const char *sql = arena_printf(a, "%.*s\n%s\n%s", (int)at, text, cut, text + at);

	first_files(some, n);
	some[n - 1].sqlite = some[n - 1].pgsql = sql;
	if (db_open(&db, store_place, DB_WRITE) != NULL) {
		_exit(3);
	}
	if (!scratch_on_server()) {
		sqlite3_create_function(sqlite_of(db)->c, "die", 0, SQLITE_UTF8, NULL, die, NULL, NULL);
	}
	_exit(migrate_to(a, db, some, now, &applied) == NULL ? 0 : 4);
}

static void expect_cut(int n, const char *text, size_t at)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		run_cut_short(n, text, at);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(scratch_on_server() ? WIFEXITED(status) && WEXITSTATUS(status) == 4
				  : WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	CHECK_OK(db_open(&db, store_place, DB_WRITE));
	CHECK_INT(check_shape(), n - 1);
	db_close(&db);
}

static void cut_after_every_statement(void)
{
	struct migration some[MIGRATIONS_MAX + 1];
	int cuts = 0;
	int applied = 0;

	set_up();
	for (int n = 1; n <= newest; n++) {
		const char *text = either(migrations[n - 1].sqlite, migrations[n - 1].pgsql);
		size_t at = 0;
		size_t step = 0;
		do {
			expect_cut(n, text, at);
			cuts++;
			step = statement_end(text + at);
			at += step;
		} while (step > 0);
		first_files(some, n);
		CHECK_OK(db_open(&db, store_place, DB_WRITE));
		CHECK_OK(migrate_to(a, db, some, now, &applied)); /* and whole, it is applied */
		CHECK_INT(check_shape(), n);
		db_close(&db);
	}
	printf("%d cuts in %d schema files\n", cuts, newest);
	CHECK(cuts > 2 * newest);
	tear_down();
}

static void killed_before_the_commit(void)
{
	int status = 0;

	set_up();
	pid_t child = fork();
	if (child == 0) {
		if (db_open(&db, store_place, DB_WRITE) == NULL && db_begin_schema(db) == NULL &&
		    migrate_inside(a, db, migrations, newest, now) == NULL && numbers_of(db) == newest) {
			raise(SIGKILL);
		}
		_exit(3);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status));
	CHECK_OK(db_open(&db, store_place, DB_WRITE));
	CHECK_INT(check_shape(), 0);
	tear_down();
}

/* ---- at any moment ---- */

static int64_t microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* In a process of its own; killed after so long, or never when it is negative. How long it took. */
static int64_t run_killed(int64_t after)
{
	int64_t began = microseconds();
	int applied = 0;
	pid_t child = fork();

	if (child == 0) {
		_exit(db_open(&db, store_place, DB_WRITE) == NULL &&
		      migrate_to(a, db, migrations, now, &applied) == NULL ? 0 : 3);
	}
	if (after >= 0) {
		struct timespec t = { after / 1000000, after % 1000000 * 1000 };
		nanosleep(&t, NULL);
		kill(child, SIGKILL);
	}
	CHECK(waitpid(child, NULL, 0) == child);
	return microseconds() - began;
}

static void killed_at_any_moment(void)
{
	const char *asked = getenv("KILLS");
	int kills = asked != NULL ? (int)strtol(asked, NULL, 10) : 30;
	unsigned seed = (unsigned)getpid();
	int seen[MIGRATIONS_MAX + 1] = { 0 };
	int applied = 0;

	set_up();
	int64_t whole = run_killed(-1);
	for (int i = 0; i < kills; i++) {
		store_remove();
		store_new();
		run_killed((int64_t)(rand_r(&seed) % 1000) * whole / 900);
		CHECK_OK(db_open(&db, store_place, DB_WRITE));
		seen[check_shape()]++;
		CHECK_OK(migrate_to(a, db, migrations, now, &applied));
		CHECK_INT(check_shape(), newest);
		db_close(&db);
	}
	printf("%d kills, seed %u; schema found:", kills, (unsigned)getpid());
	for (int n = 0; n <= newest; n++) {
		printf(" %d: %d", n, seen[n]);
	}
	printf("\n");
	tear_down();
}

/* The control: a schema file that is not in one transaction is seen in between by the same check. */
static void half_a_schema_is_seen(void)
{
	const char *text = either(migrations[0].sqlite, migrations[0].pgsql);

	set_up();
	size_t at = statement_end(text);
	CHECK(at > 0);
	CHECK_OK(db_open(&db, store_place, DB_WRITE));
	CHECK_OK(db->engine->script(db, arena_strndup(a, text, at)));
	const char *shape = shape_of(db);
	for (int n = 0; n <= newest; n++) {
		CHECK(strcmp(shape, shapes[n]) != 0);
	}
	tear_down();
}

static const struct test tests[] = { TEST(cut_after_every_statement), TEST(killed_before_the_commit),
				     TEST(killed_at_any_moment), TEST(half_a_schema_is_seen), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
