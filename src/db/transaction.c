/* Transactions and the keeper's savepoints. */
#include "db/engine.h"

struct err *engine_control(struct db *db, enum control which)
{
	static const char *const texts[CONTROLS] = {
		[BEGIN_READ] = "BEGIN",		 [BEGIN_WRITE] = "BEGIN IMMEDIATE",
		[COMMIT] = "COMMIT",		 [ROLLBACK] = "ROLLBACK",
		[SAVEPOINT] = "SAVEPOINT operation", [RELEASE] = "RELEASE operation",
		[ROLLBACK_TO] = "ROLLBACK TO operation",
	};
	int code = SQLITE_OK;

	if (db->control[which] == NULL) {
		code = sqlite3_prepare_v3(db->c, texts[which], -1, SQLITE_PREPARE_PERSISTENT,
					  &db->control[which], NULL);
	}
	if (code == SQLITE_OK) {
		db->started_ms = 0;
		sqlite3_step(db->control[which]);
		code = sqlite3_reset(db->control[which]);
	}
	return code == SQLITE_OK ? NULL : engine_fault(db, NULL, code);
}

struct err *db_begin_at(struct db *db, const char *file, int line)
{
	if (db->begun) {
		return ERR_DETAIL(ERR_BUG, "%s:%d begins a transaction inside that of %s:%d", file,
				  line, db->begun_file, db->begun_line);
	}
	TRY(engine_control(db, db->mode == DB_WRITE ? BEGIN_WRITE : BEGIN_READ));
	db->begun = true;
	db->begun_file = file;
	db->begun_line = line;
	return NULL;
}

struct err *db_commit(struct db *db)
{
	if (!db_in_transaction(db)) {
		bool undone = db->begun;
		db->begun = false;
		return undone ? ERR(ERR_IO, "Nothing was saved, because the store undid the change. "
					    "Try again.")
			      : ERR_DETAIL(ERR_BUG, "commit without begin");
	}
	struct err *err = engine_control(db, COMMIT);
	if (err != NULL) {
		db_rollback(db);
	}
	db->begun = false;
	return err;
}

void db_rollback(struct db *db)
{
	/* A rollback cannot fail in a way that leaves anything behind: after an error of the disk the
	 * transaction is gone with the connection or at the next recovery. */
	if (sqlite3_get_autocommit(db->c) == 0) {
		(void)!engine_control(db, ROLLBACK);
	}
	db->begun = false;
}

bool db_in_transaction(const struct db *db)
{
	return db->begun && sqlite3_get_autocommit(db->c) == 0;
}

struct err *db_savepoint(struct db *db)
{
	if (!db->begun) {
		return ERR_DETAIL(ERR_BUG, "savepoint outside a transaction");
	}
	if (!db_in_transaction(db)) {
		return ERR(ERR_IO, "Nothing was saved, because the store undid the change. Try again.");
	}
	return engine_control(db, SAVEPOINT);
}

struct err *db_release(struct db *db)
{
	if (!db_in_transaction(db)) {
		return ERR(ERR_IO, "Nothing was saved, because the store undid the change. Try again.");
	}
	return engine_control(db, RELEASE);
}

void db_rollback_savepoint(struct db *db)
{
	if (db_in_transaction(db)) {
		(void)!engine_control(db, ROLLBACK_TO);
		(void)!engine_control(db, RELEASE);
	}
}
