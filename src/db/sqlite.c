/*
 * The SQLite connection: opening, faults as errors, the time limit, checkpoints.
 *
 * SQLite 3.7.0 to 3.51.2 can lose committed pages when two connections write and checkpoint in WAL
 * mode at the same instant (sqlite.org/wal.html#walresetbug). Hence one writing connection, which is
 * the only one to checkpoint: readers open read-only and neither checkpoint nor tidy up on close.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "db/sqlite.h"

#define PAGE 4096
#define WAL_CHECKPOINT_PAGES (32 * 1024 * 1024 / PAGE)
#define WAL_TRUNCATE_PAGES (64 * 1024 * 1024 / PAGE) /* no longer politely */
#define BUSY_MS 5000
#define READERS_MS 50 /* a checkpoint waits for a page that is being read, not for a backup */
#define WAL_STEP_PAGES (1024 * 1024 / PAGE)          /* growth before the next attempt */
#define PROGRESS_STEPS 20000 /* virtual machine steps between two looks at the clock */

static const char nothing_saved[] =
	"Nothing was saved, because the disk that holds the data could not be written. "
	"Tell the person who runs this service, then try again.";
static const char in_doubt[] =
	"The disk failed before it was certain whether this was saved. Tell the person who runs this service, then "
	"send this again: if it was saved the first time, it is not saved twice.";
static const char no_memory[] = "The service is out of memory just now. Try again in a moment.";
static const char not_readable[] =
	"The data could not be read from the disk. Tell the person who runs this service.";
static const char not_writable[] =
	"The folder that holds the data cannot be written by this account. Run the program as the account "
	"that the data belongs to.";

static struct err *with_detail(enum err_kind kind, const char *sentence, const struct db *db,
			       const struct statement *s, int code)
{
	struct err *cause = ERR_DETAIL(kind, "%s: %s (%d)", s != NULL ? s->place : "store",
				       sqlite3_errmsg(sqlite_of(db)->c), code);

	return ERR_WRAP(cause, kind, "%s", sentence);
}

struct err *sqlite_fault(const struct db *db, const struct statement *s, int code)
{
	bool writing = db->mode == DB_WRITE;

	switch (code & 0xff) {
	case SQLITE_FULL:
		return with_detail(ERR_IO, db_says_disk_full, db, s, code);
	case SQLITE_IOERR:
		if (code == SQLITE_IOERR_FSYNC) { /* what was written may be read back when the store is opened again */
			return with_detail(ERR_IO, in_doubt, db, s, code);
		}
		return with_detail(ERR_IO, writing ? nothing_saved : not_readable, db, s, code);
	case SQLITE_READONLY:
		if (code == SQLITE_READONLY) {
			break; /* a statement of ours that writes through a reader */
		}
		/* a reader, too, makes the -shm file beside the store */
		return with_detail(ERR_IO, not_writable, db, s, code);
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
		return with_detail(ERR_IO, not_readable, db, s, code);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return with_detail(ERR_IO, db_says_damaged, db, s, code);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return with_detail(ERR_BUSY, db_says_busy, db, s, code);
	case SQLITE_NOMEM:
		return with_detail(ERR_BUSY, no_memory, db, s, code);
	case SQLITE_INTERRUPT:
		return with_detail(ERR_BUSY, db_says_too_long, db, s, code);
	case SQLITE_TOOBIG:
		return with_detail(ERR_LIMIT, db_says_too_big, db, s, code);
	default:
		break;
	}
	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
	    code == SQLITE_CONSTRAINT_ROWID) {
		return with_detail(ERR_CONFLICT, db_says_conflict, db, s, code);
	}
	return ERR_DETAIL(ERR_BUG, "%s: %s (%d)", s != NULL ? s->place : "store",
			  sqlite3_errmsg(sqlite_of(db)->c), code);
}

struct err *sqlite_script(struct db *db, const char *sql)
{
	sqlite3 *c = sqlite_of(db)->c;
	int code = sqlite3_exec(c, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? NULL : sqlite_fault(db, NULL, sqlite3_extended_errcode(c));
}

/* ---- time limit ---- */

static int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The clock is read only by statements that run for thousands of steps. */
static int on_progress(void *context)
{
	struct sqlite *q = context;
	int64_t now = monotonic_ms();

	if (q->started_ms == 0) {
		q->started_ms = now;
	}
	return q->db.limit_ms > 0 && now - q->started_ms > q->db.limit_ms;
}

static struct err *time_limit(struct db *db)
{
	bool any = db->limit_ms > 0;

	sqlite3_progress_handler(sqlite_of(db)->c, any ? PROGRESS_STEPS : 0, any ? on_progress : NULL, db);
	return NULL;
}

/* ---- transactions ---- */

static struct err *step_control(struct sqlite *q, size_t slot, const char *text)
{
	int code = SQLITE_OK;

	if (q->control[slot] == NULL) {
		code = sqlite3_prepare_v3(q->c, text, -1, SQLITE_PREPARE_PERSISTENT, &q->control[slot], NULL);
	}
	if (code == SQLITE_OK) {
		q->started_ms = 0;
		sqlite3_step(q->control[slot]);
		code = sqlite3_reset(q->control[slot]);
	}
	return code == SQLITE_OK ? NULL : sqlite_fault(&q->db, NULL, code);
}

static struct err *control(struct db *db, enum control which)
{
	static const char *const texts[CONTROLS] = {
		[BEGIN_READ] = "BEGIN",
		[BEGIN_WRITE] = "BEGIN IMMEDIATE",
		[BEGIN_SCHEMA] = "BEGIN IMMEDIATE",
		[COMMIT] = "COMMIT",
		[ROLLBACK] = "ROLLBACK TRANSACTION", /* stands once in the program: tests/faults/patched.py */
		[SAVEPOINT] = "SAVEPOINT operation",
		[RELEASE] = "RELEASE operation",
		[ROLLBACK_TO] = "ROLLBACK TO operation",
	};

	TRY(step_control(sqlite_of(db), which, texts[which]));
	return which == ROLLBACK_TO ? step_control(sqlite_of(db), RELEASE, texts[RELEASE]) : NULL;
}

static bool stands(const struct db *db)
{
	return sqlite3_get_autocommit(sqlite_of(db)->c) == 0;
}

static struct err *ready(struct db *db)
{
	return NULL; /* a file has no connection to lose */
}

/* Nothing here goes better by itself a moment later: one writer, and readers that never wait. */
static bool never_again(struct db *db)
{
	return false;
}

/* ---- opening ---- */

static int on_commit(void *context, sqlite3 *c, const char *name, int pages)
{
	struct sqlite *q = context;

	q->wal_pages = pages;
	return SQLITE_OK;
}

static int wal_pages_of(const char *path)
{
	char wal[4096];
	struct stat st;
	int n = snprintf(wal, sizeof wal, "%s-wal", path);

	if (n < 0 || (size_t)n >= sizeof wal || stat(wal, &st) != 0) {
		return 0;
	}
	return (int)(st.st_size / PAGE);
}

static struct err *open_error(const struct db *db, const char *path, int code)
{
	if ((code & 0xff) == SQLITE_CANTOPEN && db->mode == DB_READ) {
		struct err *cause = ERR_DETAIL(ERR_NOT_FOUND, "open for reading: %s (%d, errno %d)",
					       sqlite3_errmsg(sqlite_of(db)->c), code,
					       sqlite3_system_errno(sqlite_of(db)->c));
		return ERR_WRAP(cause, ERR_NOT_FOUND,
				"There is no store at %s, or it may not be opened. Make one with "
				"\"dueregard init\", or give the right place with --data.",
				path);
	}
	if ((code & 0xff) == SQLITE_CANTOPEN || code == SQLITE_READONLY) {
		struct err *cause = ERR_DETAIL(ERR_IO, "open for writing: %s (%d, errno %d)",
					       sqlite3_errmsg(sqlite_of(db)->c), code,
					       sqlite3_system_errno(sqlite_of(db)->c));
		return ERR_WRAP(cause, ERR_IO,
				"The store at %s cannot be opened for writing. Check that the folder "
				"exists and belongs to the account that runs this program.",
				path);
	}
	return sqlite_fault(db, NULL, code);
}

/* Lowered limits, and what hostile SQL or a hostile file could use (sqlite.org/security.html; the lengths are
 * those our own statements and rows need). */
static void harden(sqlite3 *c)
{
	static const struct {
		int limit, value;
	} limits[] = {
		{ SQLITE_LIMIT_SQL_LENGTH, 100000 },   { SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 100 },      { SQLITE_LIMIT_COMPOUND_SELECT, 8 },
		{ SQLITE_LIMIT_VDBE_OP, 25000 },       { SQLITE_LIMIT_FUNCTION_ARG, 16 },
		{ SQLITE_LIMIT_ATTACHED, 0 },	       { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 64 },  { SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
	};

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		sqlite3_limit(c, limits[i].limit, limits[i].value);
	}
	sqlite3_db_config(c, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(c, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(c, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(c, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

/* The settings; the last statement opens the WAL, so that a sandbox put on after db_open() is not
 * in the way. Caches are small because every process has one, the writer's because SQLite looks through all of it after
 * most commits (decision 9). The file is not mapped: readers would map it anew after every group. */
static struct err *settle(struct db *db)
{
	static const char both[] = "PRAGMA foreign_keys=1; PRAGMA trusted_schema=0; PRAGMA temp_store=2;";
	static const char writer[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
				     "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-4096;";
	static const char reader[] = "PRAGMA query_only=1; PRAGMA cache_size=-1024;";
	struct sqlite *q = sqlite_of(db);

	harden(q->c);
	sqlite3_busy_timeout(q->c, BUSY_MS);
	TRY(sqlite_script(db, both));
	TRY(sqlite_script(db, db->mode == DB_WRITE ? writer : reader));
	if (db->mode == DB_READ) {
		sqlite3_db_config(q->c, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	} else {
		sqlite3_wal_hook(q->c, on_commit, q);
	}
	TRY(db_time_limit(db, db->mode == DB_READ ? DB_READER_LIMIT_MS : DB_WRITER_LIMIT_MS));
	return sqlite_script(db, "SELECT COUNT(*) FROM sqlite_master");
}

/* Of the library, once a process: no threads here, no statistics. */
static void configure(void)
{
	static bool configured;

	if (!configured) {
		sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
		configured = true;
	}
}

struct err *sqlite_open(struct db **out, const char *path, enum db_mode mode)
{
	struct sqlite *q = calloc(1, sizeof *q);
	int flags = mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
				     : SQLITE_OPEN_READONLY;

	*out = NULL;
	if (q == NULL) {
		abort();
	}
	configure();
	q->db = (struct db){ .engine = &sqlite_engine, .mode = mode, .granted = DB_GRANTED_AT_OPEN };
	q->wal_pages = wal_pages_of(path);
	q->checkpoint_at = WAL_CHECKPOINT_PAGES;
	int code = sqlite3_open_v2(path, &q->c, flags | SQLITE_OPEN_NOMUTEX,
				   mode == DB_WRITE ? sqlite_log_gathered() : NULL);
	if (q->c == NULL) {
		abort();
	}
	sqlite3_extended_result_codes(q->c, 1);
	if (code == SQLITE_OK && mode == DB_WRITE && sqlite3_db_readonly(q->c, "main") == 1) {
		code = SQLITE_READONLY; /* the library opens what it may not write for reading */
	}
	struct db *db = &q->db;
	struct err *err = code == SQLITE_OK ? settle(db) : open_error(db, path, code);
	if (err != NULL && code == SQLITE_OK && sqlite3_errcode(q->c) != SQLITE_OK &&
	    (sqlite3_errcode(q->c) & 0xff) == SQLITE_CANTOPEN) {
		err = open_error(db, path, sqlite3_extended_errcode(q->c));
	}
	if (err != NULL) {
		db_close(&db);
		return err;
	}
	*out = db;
	return NULL;
}

static void close_engine(struct db *db)
{
	struct sqlite *q = sqlite_of(db);

	for (size_t i = 0; i < CONTROLS; i++) {
		sqlite3_finalize(q->control[i]);
	}
	sqlite3_close_v2(q->c);
}

/* ---- keeper's housekeeping ---- */

static struct err *checkpoint(struct db *db, bool idle)
{
	struct sqlite *q = sqlite_of(db);
	int log_pages = 0;
	int moved = 0;
	bool truncate = idle || q->wal_pages > WAL_TRUNCATE_PAGES;

	if (idle) {
		sqlite3_db_release_memory(q->c);
	}
	if (q->wal_pages == 0 || (!idle && q->wal_pages < q->checkpoint_at)) {
		return NULL;
	}
	sqlite3_busy_timeout(q->c, READERS_MS);
	int code = sqlite3_wal_checkpoint_v2(
		q->c, NULL, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
		&log_pages, &moved);
	sqlite3_busy_timeout(q->c, BUSY_MS);
	if (code == SQLITE_OK && truncate) {
		q->wal_pages = 0;
		q->checkpoint_at = WAL_CHECKPOINT_PAGES;
		return NULL;
	}
	/* Passive: the next commit starts the WAL over when no reader is behind; until the hook
	 * tells of that, try again only after some growth. */
	q->checkpoint_at = log_pages > 0 && moved == log_pages ? WAL_CHECKPOINT_PAGES
							       : q->wal_pages + WAL_STEP_PAGES;
	if (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
		return NULL;
	}
	return sqlite_fault(db, NULL, sqlite3_extended_errcode(q->c));
}

static const char *migration_text(const struct migration *m)
{
	return m->sqlite;
}

const struct engine sqlite_engine = {
	.name = "SQLite",
	.close = close_engine,
	.script = sqlite_script,
	.control = control,
	.stands = stands,
	.time_limit = time_limit,
	.prepare = sqlite_prepare,
	.column_name = sqlite_column_name,
	.forget = sqlite_forget,
	.start = sqlite_start,
	.next = sqlite_next,
	.finish = sqlite_finish,
	.again = never_again,
	.ready = ready,
	.checkpoint = checkpoint,
	.integrity = sqlite_integrity,
	.own_tables = "CREATE TABLE schema_migration (number INTEGER NOT NULL PRIMARY KEY, "
		      "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT",
	.migration_text = migration_text,
	.scan = sqlite_scan,
	.put = sqlite_put,
	.statement_text = sqlite_statement_text,
	.column_source = sqlite_column_source,
	.check_plan = sqlite_check_plan,
};
