/* The handle, as far as it is the same for both engines. */
#include <stdlib.h>
#include <string.h>

#include "db/engine.h"

const char db_says_disk_full[] = "Nothing was saved, because the disk that holds the data is full. "
				 "Tell the person who runs this service; when there is room, try again.";
const char db_says_damaged[] = "The file that holds the data is damaged or is not a dueregard store. "
			       "Stop the service and restore the newest backup.";
const char db_says_busy[] = "The data is in use just now. Try again in a moment.";
const char db_says_too_long[] = "This took too long and was stopped. Ask for less at a time, for "
				"example a shorter period.";
const char db_says_undone[] = "Nothing was saved, because the store undid the change. Try again.";
const char db_says_conflict[] = "There is one like this already. Look at it first, then try again.";
const char db_says_too_big[] = "This is too long to be saved. Make it shorter.";

bool db_is_server(const char *place)
{
	return strncmp(place, "postgresql:", strlen("postgresql:")) == 0 ||
	       strncmp(place, "postgres:", strlen("postgres:")) == 0;
}

struct err *db_open(struct db **out, const char *place, enum db_mode mode)
{
	return db_is_server(place) ? pgsql_open(out, place, mode) : sqlite_open(out, place, mode);
}

void db_reach(struct arena *a, const char *place, struct db_reach *out)
{
	*out = (struct db_reach){ 0 };
	if (db_is_server(place)) {
		pgsql_reach(a, place, out);
	}
}

void db_close(struct db **db_at)
{
	struct db *db = *db_at;

	if (db == NULL) {
		return;
	}
	for (int i = 0; i < db->n_cache; i++) {
		cached_free(db, &db->cache[i]);
	}
	free(db->cache);
	db->engine->close(db);
	free(db);
	*db_at = NULL;
}

const char *db_engine_name(const struct db *db)
{
	return db->engine->name;
}

struct err *db_time_limit(struct db *db, int64_t ms)
{
	db->limit_ms = ms;
	return db->engine->time_limit(db);
}

void db_grant(struct db *db, uint64_t permissions)
{
	db->granted = permissions | DB_GRANTED_AT_OPEN;
}

uint64_t db_granted(const struct db *db)
{
	return db->granted;
}

int64_t db_statements_run(const struct db *db)
{
	return db->statements_run;
}

int64_t db_journeys(const struct db *db)
{
	return db->journeys;
}

struct err *db_checkpoint(struct db *db, bool idle)
{
	if (db->mode != DB_WRITE || db->begun) {
		return ERR_DETAIL(ERR_BUG, "a checkpoint is for the writer, between transactions");
	}
	return db->engine->checkpoint(db, idle);
}

struct err *db_integrity(struct arena *a, struct db *db, const char **report_out)
{
	return db->engine->integrity(a, db, report_out);
}
