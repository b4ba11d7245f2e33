/* Values, names, grants, transactions: the statement runner on a store of one table. */
#include "db/thing_test.h"

static void every_kind_comes_back(void)
{
	struct thing t = a_thing(1);
	struct thing got = { 0 };
	int64_t changed = 0;

	set_up();
	CHECK_OK(db_exec(db, &insert_thing, &t, &changed));
	CHECK_INT(changed, 1);
	CHECK_OK(db_one(a, db, &find_thing, &(struct id_arg){ 1 }, &got));
	CHECK_TEXT(got.name, t.name);
	CHECK(got.open);
	CHECK_INT(got.colour, COLOUR_SEA_GREEN);
	CHECK(date_compare(got.on, t.on) == 0);
	CHECK_INT(got.at.ms, 1456704000123);
	CHECK(got.share > 0.9799 && got.share < 0.9801);
	CHECK(got.score.set && got.score.v == 0);
	CHECK(got.hash.n == 3 && memcmp(got.hash.p, t.hash.p, 3) == 0);
	CHECK_INT(got.parent, 0);
	CHECK_TEXT(got.note, "");
	CHECK(!date_is_set(got.ended));
	CHECK_OK(db->engine->script(db, "UPDATE thing SET score = NULL"));
	CHECK_OK(db_one(a, db, &find_thing, &(struct id_arg){ 1 }, &got));
	CHECK(!got.score.set);
	CHECK_INT(db_statements_run(db), 3);
	tear_down();
}

static void values_that_do_not_fit_are_told(void)
{
	struct thing t = a_thing(1);
	struct thing got;

	set_up();
	t.colour = 0;
	CHECK(is_bug(db_exec(db, &insert_thing, &t, NULL), "colour has no value"));
	t.colour = 77;
	CHECK(is_bug(db_exec(db, &insert_thing, &t, NULL), "77 is no code"));
	t = a_thing(1);
	t.on = (struct date){ 0 };
	CHECK(is_bug(db_exec(db, &insert_thing, &t, NULL), "on has no value"));
	t = a_thing(1);
	t.name = NULL;
	CHECK(is_bug(db_exec(db, &insert_thing, &t, NULL), "name has no value"));
	t = a_thing(1);
	CHECK_OK(db_exec(db, &insert_thing, &t, NULL));
	CHECK_OK(db->engine->script(db, "UPDATE thing SET colour = 'mauve'"));
	CHECK(is_bug(db_one(a, db, &find_thing, &(struct id_arg){ 1 }, &got), "column colour"));
	/* a server's dates are real ones, but may lie where ours do not */
	CHECK_OK(db->engine->script(db, either("UPDATE thing SET colour = 'red', \"on\" = '2015-02-29'",
					       "UPDATE thing SET colour = 'red', \"on\" = '4015-02-28'")));
	CHECK(is_bug(db_one(a, db, &find_thing, &(struct id_arg){ 1 }, &got), "column on"));
	CHECK_OK(db->engine->script(db, "UPDATE thing SET \"on\" = '2015-02-28', open = 2"));
	CHECK(is_bug(db_one(a, db, &find_thing, &(struct id_arg){ 1 }, &got), "column open"));
	tear_down();
}

static void names_are_checked(void)
{
	static const struct statement no_field = STATEMENT(5, "SELECT 1 AS m", DB_ONE,
							   .parameters = no_names,
							   .row = &count_row_record);
	static const struct statement no_column =
		STATEMENT(6, "SELECT 1 AS authority_id", DB_ONE, .parameters = no_names,
			  .row = &reference_arg_record);
	static const struct statement twice = STATEMENT(7, "SELECT 1 AS n, 2 AS n", DB_ONE,
							.parameters = no_names, .row = &count_row_record);
	static const struct statement no_argument =
		STATEMENT(8, "SELECT $1 AS n", DB_ONE, .parameters = urn_names,
			  .args = &id_arg_record, .row = &count_row_record);
	static const struct statement is_null = STATEMENT(9, "SELECT NULL AS n", DB_ONE,
							  .parameters = no_names, .row = &count_row_record);
	static const struct statement two_rows = STATEMENT(
		10, "VALUES (1), (2)", DB_ONE, .parameters = no_names, .row = &count_row_record);
	struct reference_arg wide;
	struct count_row n;

	set_up();
	CHECK(is_bug(db_one(a, db, &no_field, NULL, &n), "column m is no field of struct count_row"));
	CHECK(is_bug(db_one(a, db, &no_column, NULL, &wide), "no column for field reference"));
	CHECK(is_bug(db_one(a, db, &twice, NULL, &n), "column n is there twice"));
	CHECK(is_bug(db_one(a, db, &no_argument, &(struct id_arg){ 1 }, &n), "parameter urn"));
	CHECK(is_bug(db_one(a, db, &is_null, NULL, &n), "column n holds NULL"));
	CHECK(is_bug(db_one(a, db, &two_rows, NULL, &n), "column1 is no field"));
	tear_down();
}

static void one_row_and_none(void)
{
	static const struct statement two = STATEMENT(5, "SELECT 1 AS n UNION ALL SELECT 2", DB_ONE,
						      .parameters = no_names, .row = &count_row_record);
	struct thing got;
	struct count_row n;
	bool found = true;

	set_up();
	struct err *e = db_one(a, db, &find_thing, &(struct id_arg){ 9 }, &got);
	CHECK(e != NULL && e->kind == ERR_NOT_FOUND);
	CHECK_OK(db_maybe(a, db, &find_thing, &(struct id_arg){ 9 }, &got, &found));
	CHECK(!found);
	CHECK(is_bug(db_one(a, db, &two, NULL, &n), "more than one row"));
	tear_down();
}

static struct err *sum_ids(void *context, const void *row)
{
	const struct thing *t = row;

	*(int64_t *)context += t->id;
	return t->id == 77 && *(int64_t *)context < 0 ? ERR(ERR_LIMIT, "stop") : NULL;
}

/* On a server the rows still come: nothing else can be asked, and on a file it is the same. */
static struct err *nested(void *context, const void *row)
{
	struct count_row inner = { 0 };

	return db_one(a, db, &count_things, NULL, &inner);
}

static void many_and_each(void)
{
	struct thing *rows = NULL;
	size_t n = 7;
	int64_t sum = 0;

	set_up();
	CHECK_OK(db_many(a, db, &all_things, NULL, &rows, &n));
	CHECK_INT(n, 0);
	for (int64_t i = 1; i <= 100; i++) {
		struct thing t = a_thing(i);
		CHECK_OK(db_exec(db, &insert_thing, &t, NULL));
	}
	CHECK_OK(db_many(a, db, &all_things, NULL, &rows, &n));
	CHECK_INT(n, 100);
	CHECK_INT(rows[99].id, 100);
	CHECK_TEXT(rows[99].name, a_thing(1).name);
	CHECK_OK(db_each(a, db, &all_things, NULL, sum_ids, &sum));
	CHECK_INT(sum, 5050);
	CHECK(is_bug(db_each(a, db, &all_things, NULL, nested, NULL), "asked while db_each() runs"));
	sum = -1000000;
	struct err *e = db_each(a, db, &all_things, NULL, sum_ids, &sum);
	CHECK(e != NULL && e->kind == ERR_LIMIT);
	sum = 0;
	CHECK_OK(db_each(a, db, &all_things, NULL, sum_ids, &sum)); /* the statement is free again */
	tear_down();
}

static void grants_hold(void)
{
	struct statement s = count_things;
	struct count_row n;

	set_up();
	s.permission = 5;
	s.index = 5;
	CHECK(is_bug(db_one(a, db, &s, NULL, &n), "permission 5 is not granted"));
	db_grant(db, UINT64_C(1) << 5);
	CHECK_OK(db_one(a, db, &s, NULL, &n));
	CHECK_OK(db_one(a, db, &count_things, NULL, &n));
	db_grant(db, 0);
	CHECK(is_bug(db_one(a, db, &s, NULL, &n), "not granted"));
	s.permission = 0;
	db_grant(db, ~UINT64_C(0) - 1);
	CHECK(is_bug(db_one(a, db, &s, NULL, &n), "not granted"));
	tear_down();
}

static void transactions_and_savepoints(void)
{
	struct id_row id;

	set_up();
	CHECK_OK(db_begin(db));
	CHECK(is_bug(db_begin(db), "run_test.c"));
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db_one(a, db, &insert_returning, &(struct text_arg){ "kept" }, &id));
	CHECK_INT(id.id, 1);
	CHECK_OK(db_release(db));
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db_one(a, db, &insert_returning, &(struct text_arg){ "undone" }, &id));
	db_rollback_savepoint(db);
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db_one(a, db, &insert_returning, &(struct text_arg){ "kept too" }, &id));
	CHECK_OK(db_release(db));
	CHECK_OK(db_commit(db));
	CHECK(!db_in_transaction(db));
	CHECK_INT(count(), 2);
	CHECK_OK(db_begin(db));
	CHECK_OK(db_one(a, db, &insert_returning, &(struct text_arg){ "rolled back" }, &id));
	db_rollback(db);
	CHECK_INT(count(), 2);
	CHECK(is_bug(db_commit(db), "commit without begin"));
	CHECK(is_bug(db_savepoint(db), "outside a transaction"));
	tear_down();
}

static const struct statement no_such_table = STATEMENT(12, "DELETE FROM nowhere", DB_EXEC, .parameters = no_names);

/* Savepoints that are only hoped not to be needed. */
static void hope_is_spoilt_by_what_must_be_undone(void)
{
	struct id_row id;
	struct thing t = a_thing(1);

	set_up();
	CHECK_OK(db_begin(db));
	db_hope(db, true);
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db_one(a, db, &insert_returning, &(struct text_arg){ "kept" }, &id));
	CHECK_OK(db_release(db));
	CHECK_OK(db_savepoint(db));
	CHECK_INT(count(), 1);
	db_rollback_savepoint(db); /* it only looked */
	CHECK(!db_spoilt(db));
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db_one(a, db, &insert_returning, &(struct text_arg){ "refused afterwards" }, &id));
	db_rollback_savepoint(db);
	CHECK(db_spoilt(db));
	db_rollback(db);
	CHECK_INT(count(), 0);
	CHECK_OK(db_begin(db)); /* and the next transaction has savepoints again */
	CHECK(!db_spoilt(db));
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db_exec(db, &insert_thing, &t, NULL));
	CHECK(db_exec(db, &insert_thing, &t, NULL) != NULL);
	db_rollback_savepoint(db);
	CHECK_OK(db_commit(db));
	CHECK_INT(count(), 0);
	CHECK_OK(db_begin(db)); /* hoped for one, not for the next */
	db_hope(db, true);
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db_one(a, db, &insert_returning, &(struct text_arg){ "kept" }, &id));
	CHECK_OK(db_release(db));
	db_hope(db, false);
	CHECK_OK(db_savepoint(db));
	CHECK_OK(db_one(a, db, &insert_returning, &(struct text_arg){ "undone" }, &id));
	CHECK_INT(count(), 2);
	db_rollback_savepoint(db);
	CHECK(!db_spoilt(db));
	CHECK_OK(db_commit(db));
	CHECK_INT(count(), 1);
	CHECK_OK(db_begin(db));
	db_hope(db, true);
	CHECK_OK(db_savepoint(db));
	t.colour = 77;
	CHECK(!db_failed_for_good(db));
	CHECK(db_exec(db, &insert_thing, &t, NULL) != NULL); /* a server takes no statement after one that failed */
	CHECK(db_failed_for_good(db));
	db_rollback_savepoint(db);
	CHECK(db_spoilt(db));
	db_rollback(db);
	CHECK_OK(db_begin(db));
	CHECK(!db_failed_for_good(db));
	db_hope(db, true);
	CHECK_OK(db_savepoint(db));
	CHECK(db_exec(db, &no_such_table, NULL, NULL) != NULL); /* nor after one that it could not prepare */
	db_rollback_savepoint(db);
	CHECK(db_spoilt(db));
	db_rollback(db);
	tear_down();
}

static void what_the_store_refuses(void)
{
	struct thing t = a_thing(1);

	set_up();
	CHECK_OK(db_exec(db, &insert_thing, &t, NULL));
	struct err *e = db_exec(db, &insert_thing, &t, NULL);
	CHECK(e != NULL && e->kind == ERR_CONFLICT);
	t.id = 2;
	t.parent = 99; /* no such row: foreign keys are on */
	e = db_exec(db, &insert_thing, &t, NULL);
	CHECK(e != NULL && e->kind == ERR_BUG);
	/* A text in double quotes is never a string here. */
	static const struct statement quoted = STATEMENT(11, "SELECT \"nothing\" AS n", DB_ONE,
							 .parameters = no_names, .row = &count_row_record);
	struct count_row n;
	CHECK(is_bug(db_one(a, db, &quoted, NULL, &n), either("no such column", "column \"nothing\" does not exist")));
	CHECK(db->engine->script(db, "PRAGMA writable_schema=1; DELETE FROM sqlite_master") != NULL);
	tear_down();
}

static const struct test tests[] = { TEST(every_kind_comes_back),
				     TEST(values_that_do_not_fit_are_told),
				     TEST(names_are_checked),
				     TEST(one_row_and_none),
				     TEST(many_and_each),
				     TEST(grants_hold),
				     TEST(transactions_and_savepoints),
				     TEST(hope_is_spoilt_by_what_must_be_undone),
				     TEST(what_the_store_refuses),
				     TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
