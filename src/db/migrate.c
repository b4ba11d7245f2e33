/* Migrations: what schema/ holds against what the store says was applied to it. */
#include "base/arena.h"
#include "base/text.h"
#include "db/engine.h"
#include "db/migrate.sql.h"

struct applied_migration {
	int64_t number;
	const char *name;
	const char *checksum;
	struct instant applied_at;
};

static const struct field applied_migration_fields[] = {
	FIELD(struct applied_migration, number),
	FIELD(struct applied_migration, name),
	FIELD(struct applied_migration, checksum),
	FIELD(struct applied_migration, applied_at),
	FIELD_END
};
RECORD_DECLARE(applied_migration);
RECORD(applied_migration, applied_migration_fields);

static int length(const struct migration *list)
{
	int n = 0;

	while (list[n].number != 0) {
		n++;
	}
	return n;
}

/* The applied ones must be the first of the list, unedited. */
static struct err *compare(const struct applied_migration *rows, size_t n, const struct migration *list)
{
	size_t known = (size_t)length(list);

	if (n > known) {
		return ERR(ERR_USAGE,
			   "This store was written by a newer version of dueregard (it has schema %s, "
			   "this program knows %d). Use the newer program, or restore an older backup.",
			   rows[n - 1].name, (int)known);
	}
	for (size_t i = 0; i < n; i++) {
		if (rows[i].number != list[i].number || !text_same(rows[i].name, list[i].name)) {
			return ERR(ERR_USAGE,
				   "This store was made with another set of schema files (number %d is "
				   "%s there, %s here). Use the program that made it.",
				   (int)rows[i].number, rows[i].name, list[i].name);
		}
		if (!text_same(rows[i].checksum, list[i].checksum)) {
			return ERR(ERR_USAGE,
				   "The schema file %s was changed after it was applied to this store. "
				   "Use the program that made the store, or make a new store.",
				   list[i].name);
		}
	}
	return NULL;
}

/* Our tables are not put beside those of another program. */
static struct err *expect_nothing(struct arena *a, struct db *db)
{
	struct count_row tables = { 0 };

	TRY(sql_schema_tables(a, db, &tables));
	if (tables.n > 0) {
		return ERR(ERR_USAGE, "This file is the database of another program. Put the store back in its place, "
				      "or choose another data directory.");
	}
	return NULL;
}

struct err *migrate_compare(struct arena *a, struct db *db, const struct migration *list,
			    int *missing_out)
{
	struct applied_migration *rows = NULL;
	struct count_row table = { 0 };
	size_t n = 0;

	TRY(sql_schema_migration_table(a, db, &table));
	if (table.n > 0) {
		TRY(sql_schema_migration_list(a, db, &rows, &n));
	} else {
		TRY(expect_nothing(a, db));
	}
	TRY(compare(rows, n, list));
	*missing_out = length(list) - (int)n;
	return NULL;
}

static struct err *make_table(struct arena *a, struct db *db)
{
	struct count_row table = { 0 };

	TRY(sql_schema_migration_table(a, db, &table));
	return table.n > 0 ? NULL : db->engine->script(db, db->engine->own_tables);
}

static struct err *apply(struct arena *a, struct db *db, const struct migration *m, struct instant now)
{
	struct applied_migration row = {
		.number = m->number, .name = m->name, .checksum = m->checksum, .applied_at = now
	};

	TRY(make_table(a, db));
	struct err *err = db->engine->script(db, db->engine->migration_text(m));
	if (err != NULL) {
		return ERR_WRAP(err, err->kind, "The schema file %s could not be applied: the store is as it was "
						"before it.", m->name);
	}
	return sql_schema_migration_insert(db, &row, NULL);
}

/* The next one that is missing, in a transaction of its own. What is missing is looked up inside it: another
 * host may be at the same work. */
static struct err *apply_next(struct arena *a, struct db *db, const struct migration *list, struct instant now,
			      int *missing_out)
{
	TRY(db_begin_schema(db));
	struct err *err = migrate_compare(a, db, list, missing_out);
	const struct migration *m = &list[length(list) - (err == NULL ? *missing_out : 0)];
	if (err == NULL && *missing_out > 0) {
		err = apply(a, db, m, now);
	}
	if (err != NULL) {
		db_rollback(db);
		return err;
	}
	return db_commit(db);
}

struct err *migrate_to(struct arena *a, struct db *db, const struct migration *list, struct instant now,
		       int *applied_out)
{
	int missing = 0;

	*applied_out = 0;
	TRY(migrate_compare(a, db, list, &missing));
	while (missing > 0) {
		TRY(apply_next(a, db, list, now, &missing));
		*applied_out += missing > 0 ? 1 : 0;
		missing -= missing > 0 ? 1 : 0;
	}
	return NULL;
}

struct err *migrate_inside(struct arena *a, struct db *db, const struct migration *list, int to, struct instant now)
{
	int missing = 0;

	TRY(migrate_compare(a, db, list, &missing));
	for (int i = length(list) - missing; i < to; i++) {
		TRY(apply(a, db, &list[i], now));
	}
	return NULL;
}

struct err *db_migrate(struct arena *a, struct db *db, struct instant now, int *applied_out)
{
	return migrate_to(a, db, migrations, now, applied_out);
}

struct err *db_schema_made(struct arena *a, struct db *db, bool *made_out)
{
	struct count_row table = { 0 };

	TRY(sql_schema_migration_table(a, db, &table));
	*made_out = table.n > 0;
	return NULL;
}

struct err *db_schema_current(struct arena *a, struct db *db)
{
	int missing = 0;

	TRY(migrate_compare(a, db, migrations, &missing));
	if (missing > 0) {
		return ERR(ERR_USAGE,
			   "This store is from an older version of dueregard (%d schema files behind). "
			   "Start the service: that brings it up to date.",
			   missing);
	}
	return NULL;
}
