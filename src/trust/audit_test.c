/*
 * The audit chain against somebody with the file in hand: SQL of their own, past the program.
 * 1,000 random edits, deletions, insertions, swaps and cuts; the seed is printed, TEST_SEED repeats
 * one.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/world.h"
#include "trust/trust.h"

enum { ENTRIES = 60, ROUNDS = 1000 };

static struct arena *arena;
static struct db *db;
static sqlite3 *raw;
static uint64_t seed;

/* xorshift64: Marsaglia 2003 */
static int64_t random_to(int64_t most)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)most) + 1;
}

static void sql(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void sql(const char *format, ...)
{
	char text[600];
	char *fault = NULL;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (sqlite3_exec(raw, text, NULL, NULL, &fault) != SQLITE_OK) {
		printf("%s: %s\n", fault, text);
		exit(1);
	}
}

static void fill(void)
{
	CHECK_OK(db_begin(db));
	for (int i = 1; i <= ENTRIES; i++) {
		struct audit_event event = {
			.authority_id = 1,
			.actor = arena_printf(arena, "user:%d", i % 7),
			.action = i % 3 == 0 ? "schedule-session" : "confirm-session",
			.subject = arena_printf(arena, "session:%d", i),
			.changes = i % 5 == 0 ? NULL : "{\"venue\":[null,\"Hall\"]}",
			.at = { 1000000 + i },
		};

		CHECK_OK(audit_append(arena, db, &event, 1));
	}
	CHECK_OK(db_commit(db));
}

static void sound_and_kept(void)
{
	struct audit_report report, again;

	CHECK_OK(audit_verify(arena, db, NULL, &report));
	CHECK_TEXT(report.fault, NULL);
	CHECK_INT(report.entries, ENTRIES);
	CHECK_INT(report.first_bad, 0);
	CHECK_INT(strlen(report.head), 64);
	CHECK_OK(audit_verify(arena, db, &report, &again));
	CHECK_TEXT(again.fault, NULL);
	again.head[0] = again.head[0] == '0' ? '1' : '0';
	CHECK_OK(audit_verify(arena, db, &again, &report));
	CHECK(report.fault != NULL);
}

/* The hash of the first entry, worked out with another SHA-256 (Python's hashlib) from the rule in
 * trust.h. */
static void known_answer(void)
{
	sqlite3_stmt *s = NULL;

	CHECK_INT(sqlite3_prepare_v2(raw,
				     "SELECT lower(hex(hash)) FROM audit_entry WHERE sequence = 1",
				     -1, &s, NULL),
		  SQLITE_OK);
	CHECK_INT(sqlite3_step(s), SQLITE_ROW);
	CHECK_TEXT((const char *)sqlite3_column_text(s, 0),
		   "ffea08f3e448815474de0ed2b938dd0876d1503059fca2d4230b606df28bbc9d");
	sqlite3_finalize(s);
}

enum attack { CHANGE, HASH, DELETE, INSERT, SWAP, CUT, ATTACKS };

static int64_t change(void)
{
	static const char *const edits[] = {
		"at = at + 1",
		"authority_id = 2",
		"actor = 'user:99'",
		"action = action || ' '",
		"subject = 'session:0'",
		"changes = changes || '{}'",
		/* the same bytes over two fields: lengths tell them apart */
		"actor = actor || substr(action, 1, 1), action = substr(action, 2)",
		"subject = subject || changes, changes = ''",
	};
	size_t edit = (size_t)random_to(sizeof(edits) / sizeof(edits[0])) - 1;
	int64_t n = random_to(ENTRIES);

	if (edit == 7 && n % 5 == 0) {
		edit = 0; /* it has no changes: the edit would change nothing */
	}
	sql("UPDATE audit_entry SET %s WHERE sequence = %lld", edits[edit], (long long)n);
	return n;
}

/* One attack; the entry where the chain must be seen to break, 0: only a kept head shows it. */
static int64_t attack(enum attack kind)
{
	int64_t n = random_to(ENTRIES);
	int64_t m = random_to(ENTRIES);

	switch (kind) {
	case CHANGE:
		return change();
	case HASH:
		sql("UPDATE audit_entry SET hash = zeroblob(%d) WHERE sequence = %lld",
		    n % 2 == 0 ? 32 : 5, (long long)n);
		return n;
	case DELETE: /* not the last: that is a cut */
		n = random_to(ENTRIES - 1);
		sql("DELETE FROM audit_entry WHERE sequence = %lld", (long long)n);
		if (m % 2 == 0) { /* and the numbers closed up behind it */
			sql("UPDATE audit_entry SET sequence = -sequence WHERE sequence > %lld",
			    (long long)n);
			sql("UPDATE audit_entry SET sequence = -sequence - 1 WHERE sequence < 0");
		}
		return n;
	case INSERT: /* at n, the others moved up */
		sql("UPDATE audit_entry SET sequence = -sequence WHERE sequence >= %lld",
		    (long long)n);
		sql("UPDATE audit_entry SET sequence = 1 - sequence WHERE sequence < 0");
		sql("INSERT INTO audit_entry SELECT %lld, at, authority_id, 'user:3', action, "
		    "subject, changes, "
		    "randomblob(32) FROM audit_entry WHERE sequence = %lld",
		    (long long)n, (long long)(n == 1 ? 2 : 1));
		return n;
	case SWAP:
		if (n == m) {
			m = n == 1 ? 2 : n - 1;
		}
		sql("UPDATE audit_entry SET sequence = -1 WHERE sequence = %lld", (long long)n);
		sql("UPDATE audit_entry SET sequence = %lld WHERE sequence = %lld", (long long)n,
		    (long long)m);
		sql("UPDATE audit_entry SET sequence = %lld WHERE sequence = -1", (long long)m);
		return n < m ? n : m;
	case CUT:
		sql("DELETE FROM audit_entry WHERE sequence > %lld", (long long)(n - 1));
		return 0;
	case ATTACKS:
		break;
	}
	return -1;
}

static void every_attack_is_found(void)
{
	struct audit_report kept, report;
	int found[ATTACKS] = { 0 };

	CHECK_OK(audit_verify(arena, db, NULL, &kept));
	sql("CREATE TEMP TABLE pristine AS SELECT * FROM audit_entry");
	for (int i = 0; i < ROUNDS; i++) {
		struct arena_mark mark = arena_mark(arena);
		enum attack kind = (enum attack)(i % ATTACKS);
		int64_t at;

		sql("BEGIN");
		at = attack(kind);
		sql("COMMIT");
		CHECK_OK(audit_verify(arena, db, NULL, &report));
		if (kind == CUT) {
			CHECK_TEXT(report.fault, NULL);
			CHECK_OK(audit_verify(arena, db, &kept, &report));
			CHECK(report.fault != NULL);
			CHECK_INT(report.first_bad, report.entries + 1);
		} else {
			CHECK(report.fault != NULL);
			CHECK_INT(report.first_bad, at);
		}
		found[kind] += report.fault != NULL ? 1 : 0;
		sql("BEGIN; DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM "
		    "pristine; COMMIT");
		arena_rewind(arena, mark);
	}
	CHECK_OK(audit_verify(arena, db, &kept, &report));
	CHECK_TEXT(report.fault, NULL);
	printf("found: %d changes, %d hashes, %d deletions, %d insertions, %d swaps, %d cuts\n",
	       found[CHANGE], found[HASH], found[DELETE], found[INSERT], found[SWAP], found[CUT]);
}

static const char *new_seed(void)
{
	const char *given = getenv("TEST_SEED");
	struct world world = world_real();

	if (given != NULL) {
		seed = strtoull(given, NULL, 10);
	} else {
		world_random(&world, &seed, sizeof(seed));
	}
	seed |= 1;
	return arena_printf(arena, "%llu", (unsigned long long)seed);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(sound_and_kept),
		TEST(known_answer),
		TEST(every_attack_is_found),
		TEST_END,
	};
	char directory[] = "/tmp/audit_test_XXXXXX";
	int applied;

	arena = arena_new((size_t)256 << 20);
	trust_init();
	printf("seed %s\n", new_seed());
	if (mkdtemp(directory) == NULL) {
		return 1;
	}
	const char *path = arena_printf(arena, "%s/store.db", directory);

	if (db_open(&db, path, DB_WRITE) != NULL ||
	    db_migrate(arena, db, (struct instant){ 1 }, &applied) != NULL ||
	    sqlite3_open(path, &raw) != SQLITE_OK) {
		printf("the store cannot be opened\n");
		return 1;
	}
	sql("PRAGMA synchronous = OFF");
	fill();
	int status = test_main(argc, argv, tests);

	sqlite3_close(raw);
	db_close(&db);
	unlink(path);
	unlink(arena_printf(arena, "%s-wal", path));
	unlink(arena_printf(arena, "%s-shm", path));
	rmdir(directory);
	arena_free(&arena);
	return status;
}
