/* Migrations, and the statement check, each fault once. */
#include "db/test_store.h"

static const struct migration first_two[] = {
	{ 1, "0001_a", "aa", "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT NOT NULL, y TEXT) STRICT;",
	  "CREATE TABLE t (id BIGINT PRIMARY KEY, x TEXT NOT NULL, y TEXT);" },
	{ 2, "0002_b", "bb",
	  "CREATE TABLE u (tid INTEGER NOT NULL, z TEXT NOT NULL, PRIMARY KEY (tid, z)) STRICT;"
	  "CREATE INDEX t_by_x ON t (x);",
	  "CREATE TABLE u (tid BIGINT NOT NULL, z TEXT NOT NULL, PRIMARY KEY (tid, z));"
	  "CREATE INDEX t_by_x ON t (x);" },
	{ 0, NULL, NULL, NULL, NULL }
};
static const struct migration edited[] = { { 1, "0001_a", "a2", "SELECT 1", "SELECT 1" },
					   { 2, "0002_b", "bb", "SELECT 1", "SELECT 1" },
					   { 0, NULL, NULL, NULL, NULL } };
static const struct migration other_name[] = { { 1, "0001_other", "aa", "SELECT 1", "SELECT 1" },
					       { 2, "0002_b", "bb", "SELECT 1", "SELECT 1" },
					       { 0, NULL, NULL, NULL, NULL } };
static const struct migration broken_third[] = {
	{ 1, "0001_a", "aa", "SELECT 1", "SELECT 1" },
	{ 2, "0002_b", "bb", "SELECT 1", "SELECT 1" },
	{ 3, "0003_c", "cc", "CREATE TABLE v (id INTEGER) STRICT; CREATE TABLE v (id INTEGER)",
	  "CREATE TABLE v (id BIGINT); CREATE TABLE v (id BIGINT)" },
	{ 0, NULL, NULL, NULL, NULL }
};
static const struct migration only_first[] = { { 1, "0001_a", "aa", "SELECT 1", "SELECT 1" },
					       { 0, NULL, NULL, NULL, NULL } };

static struct arena *a;
static struct db *db;
static const struct instant now = { 1000 };

static void set_up(void)
{
	int applied = 0;

	store_new();
	a = arena_new(64 << 20);
	CHECK_OK(db_open(&db, store_place, DB_WRITE));
	CHECK_OK(migrate_to(a, db, first_two, now, &applied));
	CHECK_INT(applied, 2);
}

static void tear_down(void)
{
	db_close(&db);
	arena_free(&a);
	store_remove();
}

static bool refused(struct err *e, const char *part)
{
	return e != NULL && e->kind == ERR_USAGE && strstr(e->sentence, part) != NULL;
}

static void migrations_are_applied_once(void)
{
	int n = -1;

	set_up();
	CHECK_OK(migrate_to(a, db, first_two, now, &n));
	CHECK_INT(n, 0);
	CHECK_OK(migrate_compare(a, db, first_two, &n));
	CHECK_INT(n, 0);
	CHECK_OK(migrate_compare(a, db, broken_third, &n));
	CHECK_INT(n, 1);
	CHECK(refused(migrate_to(a, db, edited, now, &n), "was changed after"));
	CHECK(refused(migrate_to(a, db, other_name, now, &n), "another set"));
	CHECK(refused(migrate_to(a, db, only_first, now, &n), "newer version"));
	CHECK(refused(migrate_compare(a, db, only_first, &n), "newer version"));
	tear_down();
}

static void broken_migration_leaves_nothing(void)
{
	int n = -1;

	set_up();
	struct err *e = migrate_to(a, db, broken_third, now, &n);
	CHECK(e != NULL && strstr(e->sentence, "0003_c") != NULL);
	CHECK_INT(n, 0);
	CHECK(!db_in_transaction(db));
	CHECK(db->engine->script(db, "SELECT * FROM v") != NULL);
	CHECK_OK(migrate_compare(a, db, broken_third, &n));
	CHECK_INT(n, 1);
	tear_down();
}

static void another_programs_store_is_left_alone(void)
{
	int n = 0;

	store_new();
	a = arena_new(64 << 20);
	CHECK_OK(db_open(&db, store_place, DB_WRITE));
	CHECK_OK(db->engine->script(db, "CREATE TABLE moz_places (id INTEGER PRIMARY KEY)"));
	CHECK(refused(db_migrate(a, db, now, &n), "another program"));
	CHECK(refused(db_schema_current(a, db), "another program"));
	CHECK_INT(n, 0);
	db_close(&db);
	arena_free(&a);
	store_remove();
}

static void programs_own_schema(void)
{
	struct db *reader = NULL;
	int n = 0;

	store_new();
	a = arena_new(64 << 20);
	CHECK_OK(db_open(&db, store_place, DB_WRITE));
	CHECK(refused(db_schema_current(a, db), "older version"));
	CHECK_OK(db_migrate(a, db, now, &n));
	CHECK(n >= 4);
	CHECK_OK(db_schema_current(a, db));
	CHECK_OK(db_open(&reader, store_place, DB_READ));
	CHECK_OK(db_schema_current(a, reader));
	db_close(&reader);
	tear_down();
}

/* ---- statement check ---- */

struct t_row {
	int64_t id;
	const char *x;
};
static const struct field t_fields[] = { FIELD(struct t_row, id), FIELD(struct t_row, x), FIELD_END };
RECORD_DECLARE(t_row);
RECORD(t_row, t_fields);

struct x_row {
	int64_t x;
};
static const struct field x_fields[] = { FIELD(struct x_row, x), FIELD_END };
RECORD_DECLARE(x_row);
RECORD(x_row, x_fields);

struct y_row {
	const char *y;
};
static const struct field y_fields[] = { FIELD(struct y_row, y), FIELD_END };
RECORD_DECLARE(y_row);
RECORD(y_row, y_fields);

struct z_row {
	const char *z;
};
static const struct field z_fields[] = { FIELD(struct z_row, z), FIELD_END };
RECORD_DECLARE(z_row);
RECORD(z_row, z_fields);

static const char *faults(const char *sql, const struct record *row, const char *plan)
{
	struct statement s = { .name = "s", .place = "test.sql:1", .sqlite = sql, .pgsql = sql,
			       .parameters = id_names, .cardinality = DB_MANY,
			       .args = &id_arg_record, .row = row, .permission = 2,
			       .sqlite_plan = scratch_on_server() ? NULL : plan, .pgsql_plan = plan };
	const char *out = NULL;

	CHECK_OK(db_check_statement(a, db, &s, &out));
	return out != NULL ? out : "";
}

#define CHECK_FAULT(part, ...) CHECK(strstr(faults(__VA_ARGS__), (part)) != NULL)

static void statement_faults_are_found(void)
{
	set_up();
	CHECK_TEXT(faults("SELECT id, x FROM t WHERE id = $1", &t_row_record, NULL), "");
	CHECK_FAULT(either("no such column", "does not exist"), "SELECT id, xx FROM t WHERE id = $1", &t_row_record, NULL);
	CHECK_FAULT(either("no such table", "does not exist"), "SELECT id, x FROM tt WHERE id = $1", &t_row_record, NULL);
	CHECK_FAULT("is no field", "SELECT id, x, y FROM t WHERE id = $1", &t_row_record, NULL);
	CHECK_FAULT("no column for field x", "SELECT id FROM t WHERE id = $1", &t_row_record, NULL);
	CHECK_FAULT("parameter", "SELECT id, x FROM t WHERE id = $1 AND x <> $2", &t_row_record, NULL);
	CHECK_FAULT("which its field cannot take", "SELECT x FROM t WHERE id = $1", &x_row_record, NULL);
	CHECK_FAULT("can be NULL", "SELECT y FROM t WHERE id = $1", &y_row_record, NULL);
	CHECK_TEXT(faults("SELECT y FROM t WHERE id = $1 AND t.y IS NOT NULL", &y_row_record, NULL), "");
	CHECK_FAULT("can be NULL", "SELECT z FROM t LEFT JOIN u ON u.tid = t.id WHERE t.id = $1",
		    &z_row_record, NULL);
	CHECK_TEXT(faults("SELECT z FROM t JOIN u ON u.tid = t.id WHERE t.id = $1", &z_row_record, NULL),
		   "");
	tear_down();
}

static void costly_plans_are_found(void)
{
	static const char cte[] = "WITH c AS MATERIALIZED (SELECT id, x FROM t WHERE id > $1 LIMIT 5) ";

	set_up();
	CHECK_FAULT("scans a table", "SELECT id, x FROM t", &t_row_record, NULL);
	CHECK_FAULT("scans a table", "SELECT q.id, q.x FROM t AS q WHERE y = 'z'", &t_row_record, NULL);
	CHECK_FAULT(either("temporary b-tree", "sorts (Sort)"), "SELECT id, x FROM t WHERE id > $1 ORDER BY y", &t_row_record, NULL);
	CHECK_FAULT(either("automatic index", "scans a table"),
		    "SELECT a.id, a.x FROM t a JOIN t b ON b.y = a.y WHERE a.id > $1", &t_row_record, NULL);
	CHECK_TEXT(faults("SELECT id, x FROM t", &t_row_record, "all are wanted"), "");
	CHECK_FAULT("stale", "SELECT id, x FROM t WHERE id = $1", &t_row_record, "all are wanted");
	CHECK_TEXT(faults(arena_printf(a, "%s SELECT id, x FROM c", cte), &t_row_record, NULL), "");
	CHECK_TEXT(faults(arena_printf(a, "%s SELECT k.id, k.x FROM c AS k", cte), &t_row_record, NULL), "");
	CHECK_TEXT(faults(arena_printf(a, "%s SELECT k.id, k.x FROM c k", cte), &t_row_record, NULL), "");
	CHECK_FAULT("scans a table",
		    arena_printf(a, "%s SELECT k.id, k.x FROM c CROSS JOIN t k", cte), &t_row_record, NULL);
	CHECK_TEXT(faults("WITH RECURSIVE s (id) AS (SELECT $1 UNION SELECT u.tid FROM s JOIN u ON u.tid = "
			  "s.id) SELECT id FROM s",
			  &id_row_record, NULL),
		   "");
	CHECK_TEXT(faults("SELECT q.id FROM (SELECT id FROM t WHERE id > $1 LIMIT 3) q WHERE q.id > 0",
			  &id_row_record, NULL),
		   "");
	CHECK_FAULT("scans a table", "UPDATE t SET x = 'a' WHERE y = 'b'", NULL, NULL);
	tear_down();
}

static const struct test tests[] = { TEST(migrations_are_applied_once),
				     TEST(broken_migration_leaves_nothing),
				     TEST(another_programs_store_is_left_alone),
				     TEST(programs_own_schema),
				     TEST(statement_faults_are_found),
				     TEST(costly_plans_are_found),
				     TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
