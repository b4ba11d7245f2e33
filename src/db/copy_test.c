/* Copies and their digest: what is copied, that every value arrives, that every change shows. */
#include "db/copy.h"
#include "db/test_store.h"

/* In the place of a hash, so that what would be hashed can be read: the text itself, or its sum. */
static char hashed[4096];
static size_t n_hashed;

static void begin(void *state)
{
	memset(state, 0, COPY_HASH_STATE);
	n_hashed = 0;
}

static void add(void *state, const void *p, size_t n)
{
	uint64_t *h = state;

	for (size_t i = 0; i < n; i++) {
		*h = (*h ^ ((const unsigned char *)p)[i]) * UINT64_C(0x100000001b3) + 1;
		if (n_hashed + 1 < sizeof hashed) {
			hashed[n_hashed++] = ((const char *)p)[i];
		}
	}
	hashed[n_hashed] = '\0';
}

static void end(void *state, char hex[65])
{
	snprintf(hex, 65, "%016llx", (unsigned long long)*(uint64_t *)state);
}

static struct arena *a;
static struct copying copying;
static struct copy_plan plan;
static struct db *from, *to;
static char file[128];
static const struct instant now = { 1000 };

static int newest(void)
{
	int n = 0;

	while (migrations[n].number != 0) {
		n++;
	}
	return n;
}

/* A store with a row of many kinds, in a place of the engine under test. */
static void set_up(void)
{
	int n = 0;

	store_new();
	snprintf(file, sizeof file, "%s/copy", store_folder);
	a = arena_new(64 << 20);
	copying = (struct copying){ .arena = a, .hash = { begin, add, end } };
	CHECK_OK(db_open(&from, store_place, DB_WRITE));
	CHECK_OK(db_migrate(a, from, now, &n));
	CHECK_OK(copy_plan(a, newest(), &plan));
	CHECK_OK(from->engine->script(from,
		"INSERT INTO authority (id, name, code) VALUES (7, 'A''s \"town\" \xc3\xa9\xe2\x82\xac\ttab\nline', '936');"
		"INSERT INTO establishment (urn, authority_id, la_code, name, name_fold, status, open_date, low_age, website) "
		"VALUES (9223372036854775807, 7, '936', '', '\\', 'open', '1900-02-28', -1, NULL);"
		"INSERT INTO user_account (id, authority_id, reference, email, name, role) VALUES "
		"(3, 7, 'R', 'e', 'n', 'trainer')"));
	CHECK_OK(from->engine->script(from,
		either("INSERT INTO login (id, user_id, token_hash, csrf, created_at, used_at) VALUES "
		       "(41, 3, x'00ff0d0a5c', x'', 1, 2)",
		       "INSERT INTO login (id, user_id, token_hash, csrf, created_at, used_at) VALUES "
		       "(41, 3, '\\x00ff0d0a5c', '', 1, 2)")));
}

static void tear_down(void)
{
	db_close(&from);
	db_close(&to);
	unlink(file);
	arena_free(&a);
	store_remove();
}

static size_t table_at(const char *name)
{
	size_t i = 0;

	while (i < plan.n && strcmp(plan.tables[i].name, name) != 0) {
		i++;
	}
	return i;
}

static struct copy_sum *sums_of(struct db *db)
{
	struct copy_sum *sums = ARENA_NEW(a, struct copy_sum, plan.n);

	CHECK_OK(db_begin(db));
	CHECK_OK(copy_sums(&copying, &plan, db, sums));
	db_rollback(db);
	return sums;
}

static const char *digest_of(struct db *db)
{
	char *hex = arena_alloc(a, 65);

	copy_digest(&copying, &plan, sums_of(db), hex);
	return hex;
}

static void the_plan_is_the_schemas(void)
{
	set_up();
	CHECK(plan.n > 15);
	CHECK(table_at("establishment") < plan.n);
	CHECK(table_at("schema_migration") == plan.n);
	for (size_t i = 0; i < plan.n; i++) {
		for (size_t p = 0; p < plan.tables[i].parents.n; p++) {
			CHECK(table_at(plan.tables[i].parents.v[p]) < i);
		}
	}
	CHECK_INT((int64_t)plan.tables[table_at("login")].parents.n, 1);
	CHECK_TEXT(plan.tables[table_at("attempt")].select,
		   "SELECT \"at\", \"n\", \"subject_hash\" FROM \"attempt\" ORDER BY \"subject_hash\", \"at\"");
	CHECK_TEXT(plan.tables[table_at("attempt")].insert,
		   "INSERT INTO \"attempt\" (\"at\", \"n\", \"subject_hash\") VALUES ($1, $2, $3)");
	tear_down();
}

static void values_are_written_as_told(void)
{
	const struct value row[] = {
		{ .kind = VALUE_INT, .integer = INT64_MIN }, { .kind = VALUE_NULL },
		{ .kind = VALUE_TEXT, .text = "" }, { .kind = VALUE_TEXT, .text = "caf\xc3\xa9" },
		{ .kind = VALUE_DATE, .date = { 2026, 3, 7 } }, { .kind = VALUE_REAL, .real = -0.5 },
		{ .kind = VALUE_BYTES, .bytes = { (const unsigned char *)"x\ny", 3 } },
		{ .kind = VALUE_BYTES },
	};
	max_align_t state[COPY_HASH_STATE / sizeof(max_align_t)];
	const struct copy_hash hash = { begin, add, end };

	begin(state);
	digest_row(&hash, state, row, sizeof row / sizeof *row);
	CHECK_TEXT(hashed, "I20:-9223372036854775808N0:T0:T5:caf\xc3\xa9T10:2026-03-07R16:bfe0000000000000B3:x\nyB0:\n");
}

static struct err *copy(struct db *source, struct db *target)
{
	struct copy_sum *sums = ARENA_NEW(a, struct copy_sum, plan.n);

	CHECK_OK(db_begin_schema(target));
	CHECK_OK(db_begin(source));
	struct err *err = copy_store(&copying, &plan, source, target, now, sums);
	err = err != NULL ? err : db_commit(target);
	db_rollback(target);
	db_rollback(source);
	return err;
}

static struct err *take_number(void *out, const struct value *v)
{
	*(int *)out = (int)v->integer;
	return NULL;
}

/* From the engine under test into a file and back into another place of that engine. */
static void every_value_arrives(void)
{
	int number = -1;
	struct db *back = NULL;

	set_up();
	const char *before = digest_of(from);
	CHECK_OK(copy_open_file(&to, file));
	CHECK_OK(copy_number(a, to, &number));
	CHECK_INT(number, 0);
	CHECK_OK(copy(from, to));
	CHECK_TEXT(digest_of(to), before);
	CHECK_OK(copy_number(a, to, &number));
	CHECK_INT(number, newest());
	CHECK_INT(access(store_file("-journal"), F_OK), -1);

	const char *place = scratch_new(a, arena_printf(a, "%s/back", store_folder));
	CHECK_OK(db_open(&back, place, DB_WRITE));
	CHECK_OK(copy(to, back));
	CHECK_TEXT(digest_of(back), before);
	/* what is given a number by the store comes after what was copied */
	CHECK_OK(back->engine->script(back, "INSERT INTO authority (name, code) VALUES ('b', '2')"));
	CHECK_OK(back->engine->scan(back, "SELECT id FROM authority WHERE code = '2'", take_number, &number));
	CHECK_INT(number, 8);
	CHECK(strcmp(digest_of(back), before) != 0);
	db_close(&back);
	scratch_drop(place);
	unlink(arena_printf(a, "%s/back", store_folder));
	unlink(arena_printf(a, "%s/back-wal", store_folder));
	unlink(arena_printf(a, "%s/back-shm", store_folder));
	tear_down();
}

static void every_change_shows(void)
{
	static const char *const changes[] = {
		"UPDATE authority SET name = name || ' '",
		"UPDATE establishment SET website = ''",
		"UPDATE establishment SET open_date = '1900-03-01'",
		"UPDATE establishment SET low_age = 1",
		"UPDATE login SET csrf = token_hash",
		"DELETE FROM login",
	};

	set_up();
	const char *last = digest_of(from);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		CHECK_OK(from->engine->script(from, changes[i]));
		const char *next = digest_of(from);
		CHECK(strcmp(next, last) != 0);
		CHECK_TEXT(digest_of(from), next);
		last = next;
	}
	tear_down();
}

static void a_place_that_is_taken_stays_as_it_is(void)
{
	set_up();
	CHECK_OK(copy_open_file(&to, file));
	CHECK_OK(copy(from, to));
	const char *before = digest_of(from);
	struct err *e = copy(to, from); /* the same keys are there already */
	CHECK(e != NULL && e->kind == ERR_CONFLICT);
	CHECK(e != NULL && strstr(e->sentence, "(table authority)") != NULL);
	CHECK(copying.writing_failed);
	CHECK_TEXT(digest_of(from), before);
	tear_down();
}

static void a_source_that_lacks_a_table_is_told(void)
{
	set_up();
	CHECK_OK(copy_open_file(&to, file));
	CHECK_OK(from->engine->script(from, "DROP TABLE saved_view"));
	CHECK(copy(from, to) != NULL);
	CHECK(!copying.writing_failed);
	tear_down();
}

static void an_older_schema_is_copied_and_brought_up(void)
{
	int number = 0;
	struct db *back = NULL;

	set_up();
	CHECK_OK(copy_plan(a, 2, &plan));
	CHECK(table_at("session") == plan.n && table_at("establishment") < plan.n);
	CHECK_OK(copy_open_file(&to, file));
	CHECK_OK(copy(from, to));
	CHECK_OK(copy_number(a, to, &number));
	CHECK_INT(number, 2);
	const char *before = digest_of(to);
	const char *place = scratch_new(a, arena_printf(a, "%s/back", store_folder));
	CHECK_OK(db_open(&back, place, DB_WRITE));
	CHECK_OK(copy(to, back));
	CHECK_TEXT(digest_of(back), before);
	CHECK_OK(db_begin_schema(back));
	CHECK_OK(copy_update(a, back, now));
	CHECK_OK(db_commit(back));
	CHECK_OK(db_schema_current(a, back));
	db_close(&back);
	scratch_drop(place);
	unlink(arena_printf(a, "%s/back", store_folder));
	unlink(arena_printf(a, "%s/back-wal", store_folder));
	unlink(arena_printf(a, "%s/back-shm", store_folder));
	tear_down();
}

static void a_seal_is_read_again(void)
{
	struct copy_seal seal = { 0 };

	set_up();
	CHECK_OK(copy_open_file(&to, file));
	CHECK_OK(copy(from, to));
	CHECK_OK(copy_read_seal(a, to, &seal));
	CHECK(!instant_is_set(seal.taken_at));
	const char *before = digest_of(to);
	CHECK_OK(copy_write_seal(to, &(struct copy_seal){ { 12345 }, "abc" }));
	CHECK_OK(copy_read_seal(a, to, &seal));
	CHECK_INT(seal.taken_at.ms, 12345);
	CHECK_TEXT(seal.digest, "abc");
	CHECK_TEXT(digest_of(to), before); /* the file's own, none of the store's */
	tear_down();
}

static const struct test tests[] = { TEST(the_plan_is_the_schemas),
				     TEST(values_are_written_as_told),
				     TEST(every_value_arrives),
				     TEST(every_change_shows),
				     TEST(a_place_that_is_taken_stays_as_it_is),
				     TEST(a_source_that_lacks_a_table_is_told),
				     TEST(an_older_schema_is_copied_and_brought_up),
				     TEST(a_seal_is_read_again),
				     TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
