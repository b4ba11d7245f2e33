/*
 * The reference of durable writes: one connection with synchronous=FULL that commits every change by itself.
 *
 *   ref_writer light FILE SECONDS   a row with an index and a row like an audit entry, in a new file: as little as can be
 *   ref_writer same STORE SECONDS   the rows that a course added through the service leaves, in a copy of its store
 *
 * It decides nothing, reads nothing back and knows no permission; it only writes. Prints commits a second.
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHANGES_MAX = 8, FIRST = 1000000 };

static const char light_table[] = "CREATE TABLE IF NOT EXISTS course (id INTEGER PRIMARY KEY, title TEXT NOT NULL, rest TEXT) STRICT;"
				  "CREATE INDEX IF NOT EXISTS course_by_title ON course (title, id);"
				  "CREATE TABLE IF NOT EXISTS audit (sequence INTEGER PRIMARY KEY, said TEXT, hash BLOB) STRICT";

static const char *const light[] = {
	"INSERT INTO course (title, rest) VALUES (hex(randomblob(10)), 'council, webinar, 60 minutes')",
	"INSERT INTO audit (said, hash) VALUES (hex(randomblob(100)), randomblob(32))",
	NULL,
};

/* What the service writes for add-course (bench/post.lua asks for it), in its order; ?1 counts. */
static const char *const same[] = {
	"INSERT INTO course (authority_id, reference, title, title_fold, provider, delivery, duration_minutes) "
	"VALUES (1, hex(randomblob(4)), 'Course r0x' || ?1, 'course r0x' || ?1, 'council', 'webinar', 60)",
	"INSERT INTO course_version (course_id, number, asks_confidence) VALUES ((SELECT max(id) FROM course), 1, 0)",
	"INSERT INTO search_entry (authority_id, kind, subject_id, words) "
	"VALUES (1, 'course', (SELECT max(id) FROM course), 'course r0x' || ?1)",
	"INSERT INTO search_index (rowid, words) VALUES ((SELECT max(id) FROM search_entry), 'course r0x' || ?1)",
	"INSERT INTO audit_entry (sequence, at, authority_id, actor, action, subject, changes, hash) "
	"VALUES ((SELECT max(sequence) + 1 FROM audit_entry), 1795509171935 + ?1, 1, 'user:3', 'add-course', "
	"'course:' || hex(randomblob(3)), '{\"title\":[null,\"Course r0x' || ?1 || '\"],\"provider\":[null,\"council\"],"
	"\"delivery\":[null,\"webinar\"],\"duration_minutes\":[null,60]}', randomblob(32))",
	"INSERT INTO idempotency (key_hash, at, outcome) "
	"VALUES (CAST('r0x' || ?1 || hex(randomblob(12)) AS BLOB), 1795509171935 + ?1, randomblob(100))",
	NULL,
};

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

	must(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL));
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

static double rate(const char *const *sql, double seconds)
{
	sqlite3_stmt *begin = prepared("BEGIN IMMEDIATE"), *commit = prepared("COMMIT"), *changes[CHANGES_MAX];
	size_t count = 0;

	while (sql[count] != NULL) {
		changes[count] = prepared(sql[count]);
		count++;
	}
	double start = now(), end = start;
	long n = 0;
	while (end - start < seconds) {
		step(begin);
		for (size_t i = 0; i < count; i++) {
			if (sqlite3_bind_parameter_count(changes[i]) > 0) {
				must(sqlite3_bind_int64(changes[i], 1, FIRST + n));
			}
			step(changes[i]);
		}
		step(commit);
		n++;
		end = now();
	}
	return (double)n / (end - start);
}

int main(int argc, char **argv)
{
	bool as_little = argc == 4 && strcmp(argv[1], "light") == 0;

	if (argc != 4 || (!as_little && strcmp(argv[1], "same") != 0) || sqlite3_open(argv[2], &db) != SQLITE_OK) {
		fprintf(stderr, "usage: ref_writer light|same FILE SECONDS\n");
		return 2;
	}
	must(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000; PRAGMA cache_size=-16384",
			  NULL, NULL, NULL));
	if (as_little) {
		must(sqlite3_exec(db, light_table, NULL, NULL, NULL));
	}
	printf("%.1f\n", rate(as_little ? light : same, atof(argv[3])));
	return 0;
}
