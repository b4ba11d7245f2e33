/*
 * The reference of durable writes: one connection with synchronous=FULL, a row with an index and an audit-like row a
 * commit, straight into a file. ref_writer FILE SECONDS prints commits a second.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *db;

static void must(int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE) {
		fprintf(stderr, "ref_writer: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
}

static sqlite3_stmt *prepared(const char *sql)
{
	sqlite3_stmt *st = NULL;

	must(sqlite3_prepare_v2(db, sql, -1, &st, NULL));
	return st;
}

static void step(sqlite3_stmt *st)
{
	must(sqlite3_step(st));
	must(sqlite3_reset(st));
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	if (argc != 3 || sqlite3_open(argv[1], &db) != SQLITE_OK) {
		fprintf(stderr, "usage: ref_writer FILE SECONDS\n");
		return 2;
	}
	must(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;"
			      "CREATE TABLE IF NOT EXISTS course (id INTEGER PRIMARY KEY, title TEXT NOT NULL, rest TEXT) STRICT;"
			      "CREATE INDEX IF NOT EXISTS course_by_title ON course (title, id);"
			      "CREATE TABLE IF NOT EXISTS audit (sequence INTEGER PRIMARY KEY, said TEXT, hash BLOB) STRICT", NULL, NULL, NULL));
	sqlite3_stmt *begin = prepared("BEGIN IMMEDIATE"), *commit = prepared("COMMIT");
	sqlite3_stmt *course = prepared("INSERT INTO course (title, rest) VALUES (hex(randomblob(10)), 'council, webinar, 60 minutes')");
	sqlite3_stmt *audit = prepared("INSERT INTO audit (said, hash) VALUES (hex(randomblob(100)), randomblob(32))");
	double seconds = atof(argv[2]), start = now(), end = start;
	long n = 0;

	while (end - start < seconds) {
		step(begin);
		step(course);
		step(audit);
		step(commit);
		n++;
		end = now();
	}
	printf("%.1f\n", (double)n / (end - start));
	return 0;
}
