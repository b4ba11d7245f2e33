/* Transactions and the keeper's savepoints. */
#include <poll.h>
#include <stdlib.h>

#include "db/engine.h"

enum { AGAIN_STEP_MS = 100 };

static struct err *undone(void)
{
	return ERR(ERR_IO, "%s", db_says_undone);
}

static struct err *begin(struct db *db, enum control which, const char *file, int line)
{
	if (db->begun) {
		return ERR_DETAIL(ERR_BUG, "%s:%d begins a transaction inside that of %s:%d", file,
				  line, db->begun_file, db->begun_line);
	}
	db->again = db->hopes = db->spoilt = db->failed = false;
	db->savepoints = 0;
	TRY(db->engine->control(db, which));
	db->begun = true;
	db->begun_file = file;
	db->begun_line = line;
	return NULL;
}

struct err *db_begin_at(struct db *db, const char *file, int line)
{
	return begin(db, db->mode == DB_WRITE ? BEGIN_WRITE : BEGIN_READ, file, line);
}

struct err *db_begin_schema(struct db *db)
{
	return begin(db, BEGIN_SCHEMA, __FILE__, __LINE__);
}

struct err *db_commit(struct db *db)
{
	if (!db_in_transaction(db)) {
		bool begun = db->begun;
		db->begun = false;
		return begun ? undone() : ERR_DETAIL(ERR_BUG, "commit without begin");
	}
	struct err *err = db->engine->control(db, COMMIT);
	if (err != NULL) {
		db_rollback(db);
	}
	db->begun = false;
	return err;
}

/* After an error of the disk or the line the transaction is gone by itself. When it stands and cannot be ended, for
 * want of memory, the process must not go on: a reader would be refused for ever, a writer would commit what it has
 * told to be undone. Another process takes its place. */
static void end_whole(struct db *db)
{
	if (db_in_transaction(db) && db->engine->control(db, ROLLBACK) != NULL && db->engine->stands(db)) {
		abort();
	}
}

void db_rollback(struct db *db)
{
	end_whole(db);
	db->begun = false;
}

void db_chain(struct db *db)
{
	db->chains = db->mode == DB_READ;
}

bool db_is_resting(const struct db *db)
{
	return !db->ends;
}

void db_rest(struct db *db)
{
	if (!db_is_resting(db) && !db->begun) {
		db->engine->rest(db);
	}
}

bool db_in_transaction(const struct db *db)
{
	return db->begun && db->engine->stands(db);
}

bool db_failed_for_good(const struct db *db)
{
	return db->failed && !db->again;
}

void db_hope(struct db *db, bool on)
{
	db->hopes = on;
}

bool db_spoilt(const struct db *db)
{
	return db->spoilt;
}

struct err *db_savepoint(struct db *db)
{
	if (!db->begun) {
		return ERR_DETAIL(ERR_BUG, "savepoint outside a transaction");
	}
	if (!db_in_transaction(db)) {
		return undone();
	}
	if (db->savepoints == SAVEPOINTS) {
		return ERR_DETAIL(ERR_BUG, "more than %d savepoints, one in another", SAVEPOINTS);
	}
	db->writes_before[db->savepoints++] = db->writes;
	return db->hopes ? NULL : db->engine->control(db, SAVEPOINT);
}

struct err *db_release(struct db *db)
{
	if (!db_in_transaction(db)) {
		return undone();
	}
	if (db->savepoints > 0) {
		db->savepoints--;
	}
	return db->hopes ? NULL : db->engine->control(db, RELEASE);
}

void db_rollback_savepoint(struct db *db)
{
	if (db->savepoints == 0) { /* the transaction was undone meanwhile, and every savepoint with it */
		return;
	}
	db->savepoints--;
	if (db->hopes) {
		db->spoilt = db->spoilt || db->writes != db->writes_before[db->savepoints] || db->failed;
	} else if (db_in_transaction(db) && db->engine->control(db, ROLLBACK_TO) != NULL) {
		end_whole(db); /* what follows in the transaction hears that it was undone */
	}
}

bool db_again(struct db *db, int64_t patience_ms)
{
	bool again = db->again && !db->begun;

	for (int64_t waited = 0; again && !db->engine->again(db); waited += AGAIN_STEP_MS) {
		if (waited >= patience_ms) {
			return false;
		}
		poll(NULL, 0, AGAIN_STEP_MS);
	}
	db->again = false;
	return again;
}
