/* SQLite's file, and so for that engine alone: readers beside the writer and without one, the WAL, a full disk, a failing disk, time. */
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "db/test_store.h"

static const struct statement count_rows = STATEMENT(0, "SELECT COUNT(*) AS n FROM t", DB_ONE,
						     .parameters = no_names, .row = &count_row_record);
static const struct statement add_row = STATEMENT(1, "INSERT INTO t (x) VALUES ($1)", DB_EXEC,
						  .parameters = text_names, .args = &text_arg_record);
static const struct statement endless =
	STATEMENT(2,
		  "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT MAX(n) AS n FROM c",
		  DB_ONE, .parameters = no_names, .row = &count_row_record);

/* fdatasync of this program, SQLite's calls included: fails while the test says so. */
static bool disk_fails;
int fdatasync(int fd)
{
	if (disk_fails) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

static int writes; /* of this program, SQLite's included */
ssize_t pwrite64(int fd, const void *p, size_t n, off_t at)
{
	writes++;
	return syscall(SYS_pwrite64, fd, p, n, at);
}

static struct arena *a;
static struct db *db;

static void set_up(void)
{
	store_new();
	a = arena_new(64 << 20);
	CHECK_OK(db_open(&db, store_path, DB_WRITE));
	CHECK_OK(db->engine->script(db, "CREATE TABLE t (x TEXT NOT NULL) STRICT"));
}

static void tear_down(void)
{
	db_close(&db);
	arena_free(&a);
	store_remove();
}

static int64_t rows_seen(struct db *by)
{
	struct count_row n = { -1 };

	CHECK_OK(db_one(a, by, &count_rows, NULL, &n));
	return n.n;
}

static struct err *add(struct db *by, const char *text)
{
	return db_exec(by, &add_row, &(struct text_arg){ text }, NULL);
}

static void reader_beside_the_writer(void)
{
	struct db *reader = NULL;

	set_up();
	CHECK_OK(db_open(&reader, store_path, DB_READ));
	CHECK_OK(add(db, "one"));
	CHECK_INT(rows_seen(reader), 1);
	CHECK_OK(db_begin(reader));
	CHECK_INT(rows_seen(reader), 1);
	CHECK_OK(add(db, "two"));
	CHECK_INT(rows_seen(reader), 1); /* its transaction is one snapshot */
	CHECK_OK(db_commit(reader));
	CHECK_INT(rows_seen(reader), 2);
	struct err *e = add(reader, "never");
	CHECK(e != NULL && e->kind == ERR_BUG);
	CHECK(db_checkpoint(reader, true) != NULL);
	db_close(&reader);
	tear_down();
}

/* The command line reads a store that no keeper has open. */
static void reader_without_a_writer(void)
{
	struct db *reader = NULL;
	struct db *second = NULL;

	set_up();
	CHECK_OK(add(db, "one"));
	db_close(&db);
	CHECK_INT(store_file_size("-wal"), -1); /* the writer tidies up */
	CHECK_OK(db_open(&reader, store_path, DB_READ));
	CHECK_INT(rows_seen(reader), 1);
	CHECK_OK(db_open(&second, store_path, DB_READ));
	CHECK_INT(rows_seen(second), 1);
	db_close(&reader);
	CHECK_INT(rows_seen(second), 1);
	db_close(&second);
	CHECK_OK(db_open(&db, store_path, DB_WRITE)); /* and the writer comes back */
	CHECK_OK(add(db, "two"));
	CHECK_OK(db_open(&reader, store_path, DB_READ));
	CHECK_INT(rows_seen(reader), 2);
	db_close(&reader);
	tear_down();
}

/* The keeper was killed: what it committed lies in the WAL, and a reader finds it. */
static void reader_after_a_killed_writer(void)
{
	struct db *reader = NULL;
	int status = 0;

	set_up();
	db_close(&db);
	pid_t pid = fork();
	if (pid == 0) {
		struct db *w = NULL;
		bool ok = db_open(&w, store_path, DB_WRITE) == NULL && add(w, "one") == NULL &&
			  db_begin(w) == NULL && add(w, "not committed") == NULL;
		if (ok) {
			raise(SIGKILL);
		}
		_exit(1);
	}
	waitpid(pid, &status, 0);
	CHECK(WIFSIGNALED(status));
	CHECK(store_file_size("-wal") > 0);
	CHECK_OK(db_open(&reader, store_path, DB_READ));
	CHECK_INT(rows_seen(reader), 1);
	db_close(&reader);
	CHECK(store_file_size("-wal") > 0); /* a reader neither checkpoints nor removes it */
	CHECK_OK(db_open(&db, store_path, DB_WRITE));
	CHECK_INT(rows_seen(db), 1);
	tear_down();
}

static void no_store_is_told(void)
{
	struct db *reader = NULL;

	store_new();
	struct err *e = db_open(&reader, store_path, DB_READ);
	CHECK(e != NULL && e->kind == ERR_NOT_FOUND && strstr(e->sentence, store_path) != NULL);
	CHECK(reader == NULL);
	FILE *f = fopen(store_path, "w");
	for (int i = 0; i < 500; i++) {
		fputs("This is not a store. ", f);
	}
	fclose(f);
	e = db_open(&reader, store_path, DB_READ);
	CHECK(e != NULL && e->kind == ERR_IO && strstr(e->sentence, "damaged") != NULL);
	e = db_open(&reader, "/nonexistent-folder/store", DB_WRITE);
	CHECK(e != NULL && e->kind == ERR_IO && strstr(e->sentence, "folder") != NULL);
	store_remove();
}

static void fill(int kilobytes)
{
	static char text[1001];

	memset(text, 'x', 1000);
	CHECK_OK(db_begin(db));
	for (int i = 0; i < kilobytes; i++) {
		CHECK_OK(add(db, text));
	}
	CHECK_OK(db_commit(db));
}

/* The library opens a file that it may not write for reading, and every save would fail. Root may
 * write anything, so that it looks as somebody else. */
static void store_of_another_account_is_told(void)
{
	set_up();
	db_close(&db);
	CHECK_INT(chmod(store_path, 0444) | chmod(store_folder, 0777), 0);
	CHECK(geteuid() != 0 || seteuid(65534) == 0);
	struct err *e = db_open(&db, store_path, DB_WRITE);
	CHECK(e != NULL && e->kind == ERR_IO && strstr(e->sentence, "cannot be opened for writing") != NULL);
	CHECK(getuid() != 0 || seteuid(0) == 0);
	CHECK_INT(chmod(store_folder, 0555), 0);
	CHECK(geteuid() != 0 || seteuid(65534) == 0);
	e = db_open(&db, store_path, DB_READ);
	CHECK(e != NULL && e->kind == ERR_IO && strstr(e->sentence, "cannot be written by this account") != NULL);
	CHECK(getuid() != 0 || seteuid(0) == 0);
	tear_down();
}

static void wal_is_checkpointed_when_it_has_grown(void)
{
	struct db *reader = NULL;

	set_up();
	fill(100);
	long small = store_file_size("");
	CHECK_OK(db_checkpoint(db, false));
	CHECK_INT(store_file_size(""), small); /* under 32 MB nothing is done */
	for (int i = 0; i < 100; i++) {
		fill(800);
		CHECK_OK(db_checkpoint(db, false));
	}
	CHECK(store_file_size("") > 40L << 20);
	CHECK(store_file_size("-wal") < 40L << 20); /* started over after each checkpoint */
	CHECK_OK(db_open(&reader, store_path, DB_READ));
	CHECK_OK(db_begin(reader));
	CHECK_INT(rows_seen(reader), 80100);
	fill(1);
	CHECK_OK(db_checkpoint(db, true)); /* a reader is in the way: no error, later */
	CHECK_OK(db_commit(reader));
	CHECK_OK(db_checkpoint(db, true));
	CHECK_INT(store_file_size("-wal"), 0);
	CHECK_INT(rows_seen(reader), 80101);
	db_close(&reader);
	tear_down();
}

static void full_disk_is_told(void)
{
	set_up();
	CHECK_OK(db->engine->script(db, "PRAGMA max_page_count=20"));
	struct err *e = NULL;
	CHECK_OK(db_begin(db));
	for (int i = 0; i < 100 && e == NULL; i++) {
		e = add(db, "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; "
			    "a text that is long enough to fill some pages soon, when it is repeated; ");
	}
	CHECK(e != NULL && e->kind == ERR_IO && strstr(e->sentence, "disk") != NULL);
	CHECK(e != NULL && strstr(e->sentence, "is full") != NULL);
	db_rollback(db);
	CHECK_INT(rows_seen(db), 0);
	tear_down();
}

static void failing_disk_is_told(void)
{
	set_up();
	CHECK_OK(add(db, "before"));
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, "lost"));
	disk_fails = true;
	struct err *e = db_commit(db);
	disk_fails = false;
	CHECK(e != NULL && e->kind == ERR_IO && strstr(e->sentence, "not saved twice") != NULL);
	CHECK(e != NULL && strstr(e->sentence, "othing was saved") == NULL); /* opened again, it might be there */
	CHECK(!db_in_transaction(db));
	CHECK_INT(rows_seen(db), 1);
	CHECK_OK(add(db, "after"));
	CHECK_INT(rows_seen(db), 2);
	tear_down();
}

/* The file may not grow: the write itself fails. */
static void failing_write_is_told(void)
{
	struct rlimit old;

	set_up();
	CHECK_OK(add(db, "before"));
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ .rlim_cur = 40000, .rlim_max = old.rlim_max });
	struct err *e = NULL;
	for (int i = 0; i < 40 && e == NULL; i++) {
		e = add(db, "more");
	}
	setrlimit(RLIMIT_FSIZE, &old);
	CHECK(e != NULL && e->kind == ERR_IO && strstr(e->sentence, "Nothing was saved") != NULL);
	tear_down();
}

/* SQLite undoes the whole transaction by itself: nothing may go on as if it still stood. */
static void undone_transaction_is_noticed(void)
{
	set_up();
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, "one"));
	CHECK_OK(db->engine->script(db, "ROLLBACK"));
	struct err *e = add(db, "alone");
	CHECK(e != NULL && e->kind == ERR_IO);
	CHECK(db_savepoint(db) != NULL);
	CHECK(db_release(db) != NULL);
	CHECK(db_commit(db) != NULL);
	CHECK_INT(rows_seen(db), 0);
	CHECK_OK(add(db, "afterwards"));
	tear_down();
}

/* What is half done must not be committed with the rest when it cannot be undone alone. */
static void lost_savepoint_undoes_the_whole(void)
{
	set_up();
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, "one"));
	CHECK_OK(db_savepoint(db));
	CHECK_OK(add(db, "half"));
	CHECK_OK(db->engine->script(db, "RELEASE operation"));
	db_rollback_savepoint(db);
	CHECK(db_savepoint(db) != NULL);
	CHECK(db_commit(db) != NULL);
	CHECK_INT(rows_seen(db), 0);
	CHECK_OK(add(db, "afterwards"));
	tear_down();
}

static void long_statement_is_stopped(void)
{
	struct db *reader = NULL;
	struct count_row n;

	set_up();
	CHECK_OK(db_open(&reader, store_path, DB_READ));
	CHECK_OK(db_time_limit(reader, 50));
	struct err *e = db_one(a, reader, &endless, NULL, &n);
	CHECK(e != NULL && e->kind == ERR_BUSY);
	CHECK_INT(rows_seen(reader), 0);
	db_close(&reader);
	tear_down();
}

static void integrity_is_reported(void)
{
	const char *report = "";

	set_up();
	CHECK_OK(db_integrity(a, db, &report));
	CHECK(report == NULL);
	CHECK_OK(db->engine->script(db, "CREATE TABLE child (parent INTEGER REFERENCES t (rowid)); "
				   "CREATE TABLE p (id INTEGER PRIMARY KEY);"
				   "CREATE TABLE c (pid INTEGER REFERENCES p (id));"
				   "DROP TABLE child; PRAGMA foreign_keys=0; INSERT INTO c VALUES (5)"));
	CHECK_OK(db_integrity(a, db, &report));
	CHECK_TEXT(report, "c row 1 points to a missing p\n");
	tear_down();
}

/* Pages wait for the end of the group (sqlite_log.c); what is read back before it, or undone, is what was written. */
static void a_group_is_written_at_once(void)
{
	static const char many[] = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000) "
				   "INSERT INTO t SELECT hex(zeroblob(300)) || n FROM c";
	struct db *reader;
	const char *report;

	set_up();
	CHECK_OK(add(db, "first"));
	writes = 0;
	CHECK_OK(db_begin(db));
	for (int i = 0; i < 100; i++) { /* twenty pages, less than what is gathered */
		CHECK_OK(add(db, "a text that is long enough to fill a page with twenty of its like, or some more than that"));
	}
	CHECK_INT(writes, 0);
	CHECK_OK(db_commit(db));
	CHECK_INT(writes, 1);
	CHECK_OK(db->engine->script(db, "PRAGMA cache_size=16")); /* pages leave before the end */
	CHECK_OK(db_begin(db));
	CHECK_OK(db->engine->script(db, many));
	CHECK(writes > 10);
	CHECK_INT(rows_seen(db), 3101);
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db->engine->script(db, "UPDATE t SET x = x || 'undone'"));
	db->writes++;
	db_rollback_savepoint(db);
	CHECK_OK(db->engine->script(db, "DELETE FROM t WHERE x LIKE '%undone'"));
	CHECK_OK(db_commit(db));
	CHECK_OK(db_open(&reader, store_path, DB_READ));
	CHECK_INT(rows_seen(reader), 3101);
	db_close(&reader);
	CHECK_OK(db_integrity(a, db, &report));
	CHECK(report == NULL);
	tear_down();
}

static const struct test tests[] = { TEST(reader_beside_the_writer),
				     TEST(reader_without_a_writer),
				     TEST(reader_after_a_killed_writer),
				     TEST(no_store_is_told),
				     TEST(store_of_another_account_is_told),
				     TEST(wal_is_checkpointed_when_it_has_grown),
				     TEST(full_disk_is_told),
				     TEST(failing_disk_is_told),
				     TEST(failing_write_is_told),
				     TEST(undone_transaction_is_noticed), TEST(lost_savepoint_undoes_the_whole),
				     TEST(long_statement_is_stopped),
				     TEST(a_group_is_written_at_once),
				     TEST(integrity_is_reported),
				     TEST_END };

int main(int argc, char **argv)
{
	unsetenv("DUEREGARD_TEST_DATABASE");
	return test_main(argc, argv, tests);
}
