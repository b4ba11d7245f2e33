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
#include "base/buf.h"
#include "db/engine.h"

#define PAGE 4096
#define WAL_CHECKPOINT_PAGES (4 * 1024 * 1024 / PAGE)
#define WAL_TRUNCATE_PAGES (64 * 1024 * 1024 / PAGE) /* no longer politely */
#define WAL_STEP_PAGES (1024 * 1024 / PAGE)          /* growth before the next attempt */
#define READER_LIMIT_MS 10000
#define PROGRESS_STEPS 20000 /* virtual machine steps between two looks at the clock */
#define GRANTED_AT_OPEN ((UINT64_C(1) << 1) | (UINT64_C(1) << 2)) /* public, house: see statements.c */

static const char nothing_saved[] =
	"Nothing was saved, because the disk that holds the data could not be written. "
	"Tell the person who runs this service, then try again.";
static const char disk_full[] =
	"Nothing was saved, because the disk that holds the data is full. "
	"Tell the person who runs this service; when there is room, try again.";
static const char not_readable[] =
	"The data could not be read from the disk. Tell the person who runs this service.";
static const char damaged[] =
	"The file that holds the data is damaged or is not a dueregard store. "
	"Stop the service and restore the newest backup.";

static const char not_writable[] =
	"The folder that holds the data cannot be written by this account. Run the program as the account "
	"that the data belongs to.";

static struct err *with_detail(enum err_kind kind, const char *sentence, const struct db *db,
			       const struct statement *s, int code)
{
	struct err *cause = ERR_DETAIL(kind, "%s: %s (%d)", s != NULL ? s->place : "store",
				       sqlite3_errmsg(db->c), code);

	return ERR_WRAP(cause, kind, "%s", sentence);
}

struct err *engine_fault(const struct db *db, const struct statement *s, int code)
{
	bool writing = db->mode == DB_WRITE;

	switch (code & 0xff) {
	case SQLITE_FULL:
		return with_detail(ERR_IO, disk_full, db, s, code);
	case SQLITE_IOERR:
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
		return with_detail(ERR_IO, damaged, db, s, code);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return with_detail(ERR_BUSY, "The data is in use just now. Try again in a moment.", db,
				   s, code);
	case SQLITE_INTERRUPT:
		return with_detail(ERR_LIMIT,
				   "This took too long and was stopped. Ask for less at a time, for "
				   "example a shorter period.",
				   db, s, code);
	case SQLITE_TOOBIG:
		return with_detail(ERR_LIMIT, "This is too long to be saved. Make it shorter.", db, s,
				   code);
	default:
		break;
	}
	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
	    code == SQLITE_CONSTRAINT_ROWID) {
		return with_detail(ERR_CONFLICT,
				   "There is one like this already. Look at it first, then try again.",
				   db, s, code);
	}
	return ERR_DETAIL(ERR_BUG, "%s: %s (%d)", s != NULL ? s->place : "store",
			  sqlite3_errmsg(db->c), code);
}

struct err *engine_script(struct db *db, const char *sql)
{
	int code = sqlite3_exec(db->c, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? NULL : engine_fault(db, NULL, sqlite3_extended_errcode(db->c));
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
	struct db *db = context;
	int64_t now = monotonic_ms();

	if (db->started_ms == 0) {
		db->started_ms = now;
	}
	return db->limit_ms > 0 && now - db->started_ms > db->limit_ms;
}

void db_time_limit(struct db *db, int64_t ms)
{
	db->limit_ms = ms;
	sqlite3_progress_handler(db->c, ms > 0 ? PROGRESS_STEPS : 0, ms > 0 ? on_progress : NULL, db);
}

/* ---- opening ---- */

static int on_commit(void *context, sqlite3 *c, const char *name, int pages)
{
	struct db *db = context;

	(void)c;
	(void)name;
	db->wal_pages = pages;
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
					       sqlite3_errmsg(db->c), code,
					       sqlite3_system_errno(db->c));
		return ERR_WRAP(cause, ERR_NOT_FOUND,
				"There is no store at %s, or it may not be opened. Make one with "
				"\"dueregard init\", or give the right place with --data.",
				path);
	}
	if ((code & 0xff) == SQLITE_CANTOPEN || code == SQLITE_READONLY) {
		struct err *cause = ERR_DETAIL(ERR_IO, "open for writing: %s (%d, errno %d)",
					       sqlite3_errmsg(db->c), code,
					       sqlite3_system_errno(db->c));
		return ERR_WRAP(cause, ERR_IO,
				"The store at %s cannot be opened for writing. Check that the folder "
				"exists and belongs to the account that runs this program.",
				path);
	}
	return engine_fault(db, NULL, code);
}

/* The settings; the last statement opens the WAL, so that a sandbox put on after db_open() is not
 * in the way. Caches are small because every process has one; readers map the file instead. */
static struct err *settle(struct db *db)
{
	static const char both[] = "PRAGMA foreign_keys=1; PRAGMA busy_timeout=5000;"
				   "PRAGMA trusted_schema=0; PRAGMA temp_store=2;";
	static const char writer[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
				     "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-16384;";
	static const char reader[] = "PRAGMA query_only=1; PRAGMA mmap_size=268435456;"
				     "PRAGMA cache_size=-1024;";

	sqlite3_db_config(db->c, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->c, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->c, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db->c, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	TRY(engine_script(db, both));
	TRY(engine_script(db, db->mode == DB_WRITE ? writer : reader));
	if (db->mode == DB_READ) {
		sqlite3_db_config(db->c, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		db_time_limit(db, READER_LIMIT_MS);
	} else {
		sqlite3_wal_hook(db->c, on_commit, db);
	}
	return engine_script(db, "SELECT COUNT(*) FROM sqlite_master");
}

struct err *db_open(struct db **out, const char *path, enum db_mode mode)
{
	static bool configured; /* of the library, once a process: no threads here, no statistics */
	struct db *db = calloc(1, sizeof *db);
	int flags = mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
				     : SQLITE_OPEN_READONLY;

	*out = NULL;
	if (db == NULL) {
		abort();
	}
	if (!configured) {
		sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
		configured = true;
	}
	db->mode = mode;
	db->granted = GRANTED_AT_OPEN;
	db->wal_pages = wal_pages_of(path);
	db->checkpoint_at = WAL_CHECKPOINT_PAGES;
	int code = sqlite3_open_v2(path, &db->c, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (db->c == NULL) {
		abort();
	}
	sqlite3_extended_result_codes(db->c, 1);
	if (code == SQLITE_OK && mode == DB_WRITE && sqlite3_db_readonly(db->c, "main") == 1) {
		code = SQLITE_READONLY; /* the library opens what it may not write for reading */
	}
	struct err *err = code == SQLITE_OK ? settle(db) : open_error(db, path, code);
	if (err != NULL && code == SQLITE_OK && sqlite3_errcode(db->c) != SQLITE_OK &&
	    (sqlite3_errcode(db->c) & 0xff) == SQLITE_CANTOPEN) {
		err = open_error(db, path, sqlite3_extended_errcode(db->c));
	}
	if (err != NULL) {
		db_close(&db);
		return err;
	}
	*out = db;
	return NULL;
}

void db_close(struct db **db_at)
{
	struct db *db = *db_at;

	if (db == NULL) {
		return;
	}
	for (int i = 0; i < db->n_cache; i++) {
		cached_free(&db->cache[i]);
	}
	free(db->cache);
	for (int i = 0; i < CONTROLS; i++) {
		sqlite3_finalize(db->control[i]);
	}
	sqlite3_close_v2(db->c);
	free(db);
	*db_at = NULL;
}

void db_grant(struct db *db, uint64_t permissions)
{
	db->granted = permissions | GRANTED_AT_OPEN;
}

uint64_t db_granted(const struct db *db)
{
	return db->granted;
}

int64_t db_statements_run(const struct db *db)
{
	return db->statements_run;
}

const char *db_library_version(void)
{
	return sqlite3_libversion();
}

/* ---- keeper's housekeeping ---- */

struct err *db_checkpoint(struct db *db, bool idle)
{
	int log_pages = 0;
	int moved = 0;
	bool truncate = idle || db->wal_pages > WAL_TRUNCATE_PAGES;

	if (db->mode != DB_WRITE || db->begun) {
		return ERR_DETAIL(ERR_BUG, "a checkpoint is for the writer, between transactions");
	}
	if (idle) {
		sqlite3_db_release_memory(db->c);
	}
	if (db->wal_pages == 0 || (!idle && db->wal_pages < db->checkpoint_at)) {
		return NULL;
	}
	int code = sqlite3_wal_checkpoint_v2(
		db->c, NULL, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
		&log_pages, &moved);
	if (code == SQLITE_OK && truncate) {
		db->wal_pages = 0;
		db->checkpoint_at = WAL_CHECKPOINT_PAGES;
		return NULL;
	}
	/* Passive: the next commit starts the WAL over when no reader is behind; until the hook
	 * tells of that, try again only after some growth. */
	db->checkpoint_at = log_pages > 0 && moved == log_pages ? WAL_CHECKPOINT_PAGES
								: db->wal_pages + WAL_STEP_PAGES;
	if (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
		return NULL;
	}
	return engine_fault(db, NULL, sqlite3_extended_errcode(db->c));
}

struct err *db_integrity(struct arena *a, struct db *db, const char **report_out)
{
	static const char *const checks[] = { "PRAGMA integrity_check(20)",
					      "SELECT \"table\" || ' row ' || rowid || ' points to a missing '"
					      " || parent FROM pragma_foreign_key_check LIMIT 20" };
	struct buf b;

	buf_init(&b, a, 16384);
	for (size_t i = 0; i < 2; i++) {
		sqlite3_stmt *st = NULL;
		int code = sqlite3_prepare_v2(db->c, checks[i], -1, &st, NULL);
		while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
			const char *line = (const char *)sqlite3_column_text(st, 0);
			if (line != NULL && strcmp(line, "ok") != 0) {
				buf_printf(&b, "%s\n", line);
			}
			code = SQLITE_OK;
		}
		struct err *err = code == SQLITE_DONE ? NULL : engine_fault(db, NULL, code);
		sqlite3_finalize(st);
		TRY(err);
	}
	*report_out = b.n > 0 ? b.p : NULL;
	return NULL;
}
