/* A statement for a list: as if it were done for each one by one. */
#include "db/thing_test.h"

#define UNNEST "unnest($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) AS v (p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,p12)"
static const struct statement list_things = {
	.name = "list", .place = "test.sql:list", .cardinality = DB_LIST, .permission = 2, .index = 20,
	.sqlite = "INSERT INTO thing (" COLUMNS ") VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
	.pgsql = "INSERT INTO thing (" COLUMNS ") SELECT p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,p12 FROM " UNNEST,
	.parameters = columns, .args = &thing_record,
};
static const char *const changed_columns[] = { "share", "score", "id", NULL };
static const struct statement list_changes = {
	.name = "changes", .place = "test.sql:changes", .cardinality = DB_LIST, .permission = 2, .index = 21,
	.sqlite = "UPDATE thing SET share = ?1, score = ?2 WHERE id = ?3",
	.pgsql = "UPDATE thing SET share = v.p1, score = v.p2 FROM unnest($1,$2,$3) AS v (p1,p2,p3) WHERE id = v.p3",
	.parameters = changed_columns, .args = &thing_record,
};
enum { LISTED = 5003 }; /* a server is sent them in three parts */

static struct thing *things(void)
{
	struct thing *v = ARENA_NEW(a, struct thing, LISTED);

	for (int i = 0; i < LISTED; i++) {
		v[i] = a_thing(i + 1);
		v[i].name = arena_printf(a, "%d: %s", i, i % 3 == 0 ? "" : "it's {\"quoted\", NULL} \\ \xc3\xa9");
		v[i].parent = i % 2 == 0 ? 0 : i; /* of the one before it */
		v[i].note = i % 5 == 0 ? NULL : "NULL";
		v[i].ended = i % 7 == 0 ? (struct date){ 0 } : (struct date){ 1999, 12, 31 };
		v[i].hash.n = (size_t)i % 4;
		v[i].score = (struct opt_int){ i % 4 != 0, -i };
		v[i].share = i / 8.0;
	}
	return v;
}

static void check_same(const struct thing *x, const struct thing *y)
{
	CHECK_INT(x->id, y->id);
	CHECK_TEXT(x->name, y->name);
	CHECK_INT(x->parent, y->parent);
	CHECK_TEXT(x->note, y->note == NULL ? "" : y->note);
	CHECK(date_compare(x->on, y->on) == 0 && date_is_set(x->ended) == date_is_set(y->ended));
	CHECK(date_compare(x->ended, y->ended) == 0);
	CHECK(x->hash.n == y->hash.n && (x->hash.n == 0 || memcmp(x->hash.p, y->hash.p, x->hash.n) == 0));
	CHECK(x->score.set == y->score.set && (!x->score.set || x->score.v == y->score.v));
	CHECK_INT((int64_t)(x->share * 8), (int64_t)(y->share * 8));
	CHECK(x->open == y->open && x->colour == y->colour && x->at.ms == y->at.ms);
}

static void a_list_is_done_as_if_one_by_one(void)
{
	struct thing *rows = NULL;
	size_t n = 0;

	set_up();
	struct thing *v = things();
	CHECK_OK(db_list(db, &list_things, v, 0));
	CHECK_INT(db_statements_run(db), 0);
	CHECK_OK(db_begin(db));
	CHECK_OK(db_list(db, &list_things, v, LISTED));
	CHECK_OK(db_commit(db));
	CHECK_OK(db_many(a, db, &all_things, NULL, &rows, &n));
	CHECK_INT(n, LISTED);
	for (size_t i = 0; i < n; i++) {
		check_same(&rows[i], &v[i]);
	}
	for (int i = 1; i < LISTED; i += 2) { /* not the first */
		v[i].share = 1000 + i;
		v[i].score = (struct opt_int){ i % 3 == 0, i };
	}
	CHECK_OK(db_list(db, &list_changes, v + 1, LISTED - 1));
	CHECK_OK(db_many(a, db, &all_things, NULL, &rows, &n));
	CHECK_INT(n, LISTED);
	for (size_t i = 0; i < n; i++) {
		check_same(&rows[i], &v[i]);
	}
	tear_down();
}

static void a_list_fails_whole_in_its_transaction(void)
{
	set_up();
	struct thing *v = things();
	v[LISTED - 10].id = 17; /* there already, from an earlier part */
	CHECK_OK(db_begin(db));
	struct err *e = db_list(db, &list_things, v, LISTED);
	CHECK(e != NULL && e->kind == ERR_CONFLICT);
	db_rollback(db);
	CHECK_INT(count(), 0);
	v[LISTED - 10] = v[LISTED - 1];
	v[LISTED - 1].colour = 77;
	CHECK_OK(db_begin(db));
	CHECK(is_bug(db_list(db, &list_things, v, LISTED), "77 is no code"));
	db_rollback(db);
	CHECK_INT(count(), 0);
	CHECK_OK(db_begin(db)); /* the line is as good as before */
	CHECK_OK(db_savepoint(db));
	v[3].name = NULL;
	CHECK(is_bug(db_list(db, &list_things, v, 5), "name has no value"));
	db_rollback_savepoint(db);
	CHECK_OK(db_list(db, &list_things, v, 3));
	CHECK_OK(db_commit(db));
	CHECK_INT(count(), 3);
	db_grant(db, 0);
	struct statement s = list_things;
	s.permission = 5;
	s.index = 22;
	CHECK(is_bug(db_list(db, &s, v, 3), "not granted"));
	tear_down();
}

static const struct test tests[] = { TEST(a_list_is_done_as_if_one_by_one), TEST(a_list_fails_whole_in_its_transaction), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
