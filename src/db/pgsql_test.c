/*
 * PostgreSQL's line, and so for that engine alone (a file has none): cut, opened again, taken in turns; commits
 * whose answer was lost. DUEREGARD_TEST_DATABASE names a server of the tests' own: one test changes its settings.
 */
#include <poll.h>
#include <sys/wait.h>

#include "db/line_test.h"

static const struct statement lasting = STATEMENT(4, "SELECT COUNT(*) AS n FROM pg_sleep(20)", DB_ONE,
						  .parameters = no_names, .row = &count_row_record);
static const struct statement waiting_commits =
	STATEMENT(5, "SELECT COALESCE(MAX(pid), 0) AS n FROM pg_stat_activity WHERE wait_event = 'SyncRep'", DB_ONE,
		  .parameters = no_names, .row = &count_row_record);

/* Five filters that may be left out: 32 shapes. */
static const char *const filter_names[] = { "a", "b", "c", "d", "e", NULL };
struct filters {
	const char *a, *b, *c, *d, *e;
};
static const struct field filters_fields[] = { FIELD(struct filters, a, .flags = F_NULLABLE),
					       FIELD(struct filters, b, .flags = F_NULLABLE),
					       FIELD(struct filters, c, .flags = F_NULLABLE),
					       FIELD(struct filters, d, .flags = F_NULLABLE),
					       FIELD(struct filters, e, .flags = F_NULLABLE),
					       FIELD_END };
RECORD_DECLARE(filters);
RECORD(filters, filters_fields);
static const struct statement filtered = STATEMENT(
	6,
	"SELECT COUNT(*) AS n FROM t WHERE ($1 IS NULL OR x = $1) AND ($2 IS NULL OR x = $2) AND ($3 IS NULL OR x = $3) "
	"AND ($4 IS NULL OR x = $4) AND ($5 IS NULL OR x = $5)",
	DB_ONE, .parameters = filter_names, .args = &filters_record, .row = &count_row_record);
static const struct statement server_statements =
	STATEMENT(7, "SELECT COUNT(*) AS n FROM pg_prepared_statements WHERE statement LIKE '%x = %'", DB_ONE,
		  .parameters = no_names, .row = &count_row_record);
static const struct statement plans_made_anew =
	STATEMENT(8, "SELECT CAST(SUM(custom_plans) AS BIGINT) AS n FROM pg_prepared_statements", DB_ONE,
		  .parameters = no_names, .row = &count_row_record);

static void a_cut_line_is_opened_again(void)
{
	set_up();
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, "lost with the line"));
	cut(number(db, &own_pid));
	CHECK(is_busy(add(db, "never")));
	CHECK(!db_in_transaction(db));
	db_rollback(db);
	CHECK(db_again(db, 0));
	CHECK(!db_again(db, 0)); /* said once */
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, "again"));
	CHECK_OK(db_commit(db));
	CHECK_INT(number(db, &count_rows), 1);
	/* while nothing was under way: the first question fails, the next opens the line by itself */
	cut(number(db, &own_pid));
	CHECK(is_busy(add(db, "not noticed yet")));
	CHECK_OK(add(db, "by itself"));
	CHECK_INT(number(db, &count_rows), 2);
	tear_down();
}

static void a_commit_that_did_not_happen_is_run_again(void)
{
	set_up();
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, "first")); /* its mark is the first of this keeper */
	CHECK_OK(db_commit(db));
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, "second"));
	cut(number(db, &own_pid));
	struct err *e = db_commit(db);
	CHECK(is_busy(e));
	CHECK_INT(number(other, &count_rows), 1);
	CHECK(db_again(db, 0));
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, "second"));
	CHECK_OK(db_commit(db));
	CHECK_INT(number(other, &count_rows), 2);
	tear_down();
}

/* Waits for a standby that never comes, so that a commit is made and its answer is not sent. */
static void wait_for_nobody(bool on)
{
	CHECK_OK(db->engine->script(other, on ? "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
					      : "ALTER SYSTEM RESET synchronous_standby_names"));
	CHECK_OK(db->engine->script(other, "SELECT pg_reload_conf()"));
	poll(NULL, 0, 200);
}

static int commit_in_child(void)
{
	struct db *own = NULL;
	bool ok = db_open(&own, store_place, DB_WRITE) == NULL && db_begin(own) == NULL &&
		  add(own, "made, and not told") == NULL;

	ok = ok && db_commit(own) == NULL; /* its line is cut meanwhile */
	return ok ? 0 : 1;
}

static void a_commit_that_was_made_is_told_so(void)
{
	int64_t pid = 0;
	int status = -1;

	set_up();
	CHECK_OK(db->engine->script(other, "SET synchronous_commit = off")); /* its own changes wait for nobody */
	wait_for_nobody(true);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		_exit(commit_in_child());
	}
	for (int i = 0; i < 200 && pid == 0; i++) {
		poll(NULL, 0, 20);
		pid = number(other, &waiting_commits);
	}
	CHECK(pid > 0);
	if (pid > 0) {
		cut(pid); /* the server keeps what it has committed and says nothing */
	}
	waitpid(child, &status, 0);
	wait_for_nobody(false);
	CHECK_INT(status, 0);
	CHECK_INT(number(other, &count_rows), 1);
	tear_down();
}

/* Counts, and adds one when there is none: two at once must not both find none. */
static int add_if_none(void)
{
	struct db *own = NULL;
	struct count_row n = { -1 };
	struct arena *mine = arena_new(1 << 20);

	if (db_open(&own, store_place, DB_WRITE) != NULL || db_begin(own) != NULL ||
	    db_one(mine, own, &count_rows, NULL, &n) != NULL) {
		return 99;
	}
	if (n.n == 0 && add(own, "one") != NULL) {
		return 98;
	}
	return db_commit(own) == NULL ? (int)n.n : 97;
}

static void writers_take_turns(void)
{
	int found_none = 0, found_one = 0;

	set_up();
	for (int i = 0; i < 8; i++) {
		fflush(NULL);
		if (fork() == 0) {
			_exit(add_if_none());
		}
	}
	for (int i = 0; i < 8; i++) {
		int status = -1;
		wait(&status);
		found_none += WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 1 : 0;
		found_one += WIFEXITED(status) && WEXITSTATUS(status) == 1 ? 1 : 0;
	}
	CHECK_INT(found_none, 1);
	CHECK_INT(found_one, 7);
	CHECK_INT(number(db, &count_rows), 1);
	tear_down();
}

static void a_reader_writes_nothing_and_sees_one_moment(void)
{
	struct db *reader = NULL;

	set_up();
	CHECK_OK(db_open(&reader, store_place, DB_READ));
	struct err *e = add(reader, "never");
	CHECK(e != NULL && e->kind == ERR_BUG);
	CHECK_OK(db_begin(reader));
	CHECK_INT(number(reader, &count_rows), 0);
	CHECK_OK(add(db, "later"));
	CHECK_INT(number(reader, &count_rows), 0);
	db_rollback(reader);
	CHECK_INT(number(reader, &count_rows), 1);
	db_close(&reader);
	tear_down();
}

static void what_takes_too_long_is_stopped(void)
{
	struct count_row n;

	set_up();
	CHECK_OK(db_time_limit(db, 50));
	struct err *e = db_one(a, db, &lasting, NULL, &n);
	CHECK(e != NULL && e->kind == ERR_BUSY);
	CHECK_INT(number(db, &count_rows), 0);
	tear_down();
}

static void the_filters_left_out_stand_in_the_text(void)
{
	static const Oid types[] = { OID_TEXT, OID_INT8, OID_DATE };
	static const char sql[] = "SELECT n FROM t WHERE ($1 IS NULL OR x = $1) AND y = $2 AND ($3 IS NULL OR d >= $3) AND $10";

	set_up();
	CHECK_INT(pgsql_optional(sql), 5);
	CHECK_INT(pgsql_optional("SELECT $1, $12 IS NULL, '$' || $2"), 1 << 11);
	CHECK_TEXT(pgsql_shape_text(a, sql, types, 0),
		  "SELECT n FROM t WHERE (FALSE OR x = $1) AND y = $2 AND (FALSE OR d >= $3) AND $10");
	CHECK_TEXT(pgsql_shape_text(a, sql, types, 4),
		  "SELECT n FROM t WHERE (FALSE OR x = $1) AND y = $2 AND "
		  "(CAST(NULL AS date) IS NULL OR d >= CAST(NULL AS date)) AND $10");
	CHECK_TEXT(pgsql_shape_text(a, sql, types, 5),
		  "SELECT n FROM t WHERE (CAST(NULL AS text) IS NULL OR x = CAST(NULL AS text)) AND y = $2 AND "
		  "(CAST(NULL AS date) IS NULL OR d >= CAST(NULL AS date)) AND $10");
	tear_down();
}

/* Every shape finds what it should; the server keeps a bounded number of them, and one plan of each. */
static void every_shape_has_one_plan(void)
{
	struct count_row n;

	set_up();
	CHECK_OK(add(db, "x"));
	CHECK_OK(add(db, "y"));
	for (int times = 0; times < 8; times++) {
		for (unsigned which = 0; which < 32; which++) {
			struct filters f = { which & 1 ? "x" : NULL, which & 2 ? "x" : NULL, which & 4 ? "x" : NULL,
					     which & 8 ? "x" : NULL, which & 16 ? "y" : NULL };
			CHECK_OK(db_one(a, db, &filtered, &f, &n));
			CHECK_INT(n.n, which == 0 ? 2 : which < 16 || which == 16 ? 1 : 0);
		}
	}
	int64_t kept = number(db, &server_statements);
	CHECK(kept > 8 && kept < 24);
	CHECK_INT(number(db, &plans_made_anew), 0);
	tear_down();
}

static void no_server_is_told(void)
{
	struct db *none = NULL;
	struct err *e = db_open(&none, "postgresql://nobody@127.0.0.1:1/nothing", DB_READ);

	CHECK(e != NULL && e->kind == ERR_IO && strstr(e->sentence, "setting database") != NULL);
	CHECK(none == NULL);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(a_cut_line_is_opened_again),
					     TEST(a_commit_that_did_not_happen_is_run_again),
					     TEST(a_commit_that_was_made_is_told_so),
					     TEST(writers_take_turns),
					     TEST(a_reader_writes_nothing_and_sees_one_moment),
					     TEST(what_takes_too_long_is_stopped),
					     TEST(the_filters_left_out_stand_in_the_text),
					     TEST(every_shape_has_one_plan),
					     TEST(no_server_is_told),
					     TEST_END };

	return test_main(argc, argv, tests);
}
