#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/pairs.h"
#include "base/test.h"

static struct arena *a;

static void write_sample(struct json *j)
{
	json_object_begin(j);
	json_key(j, "name");
	json_text(j, "a \"b\" \\ \n\x01 \xC3\xA9");
	json_key(j, "n");
	json_int(j, INT64_MIN);
	json_key(j, "rows");
	json_array_begin(j);
	json_int(j, 1);
	json_object_begin(j);
	json_object_end(j);
	json_array_begin(j);
	json_array_end(j);
	json_bool(j, true);
	json_none(j);
	json_text(j, NULL);
	json_array_end(j);
	json_key(j, "share");
	json_number(j, 0.98);
	json_object_end(j);
}

static void writes_commas_and_nesting(void)
{
	struct buf b;
	struct json j;
	buf_init(&b, a, 10000);
	json_begin(&j, &b, false);
	write_sample(&j);
	CHECK_TEXT(b.p, "{\"name\":\"a \\\"b\\\" \\\\ \\n\\u0001 \xC3\xA9\",\"n\":-9223372036854775808,"
			"\"rows\":[1,{},[],true,null,null],\"share\":0.98}");
}

static void writes_for_people(void)
{
	struct buf b;
	struct json j;
	buf_init(&b, a, 10000);
	json_begin(&j, &b, true);
	json_object_begin(&j);
	json_key(&j, "a");
	json_array_begin(&j);
	json_int(&j, 1);
	json_int(&j, 2);
	json_array_end(&j);
	json_key(&j, "b");
	json_object_begin(&j);
	json_object_end(&j);
	json_object_end(&j);
	CHECK_TEXT(b.p, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
}

static void reals_read_back(void)
{
	static const double some[] = { 0.1, 1.0 / 3, 392.0 / 400, 1e300, -2.5e-10, 123456789.125, 0 };
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		struct buf b;
		struct json j;
		buf_init(&b, a, 100);
		json_begin(&j, &b, false);
		json_number(&j, some[i]);
		CHECK(strtod(b.p, NULL) == some[i]);
	}
	struct buf b;
	struct json j;
	buf_init(&b, a, 100);
	json_begin(&j, &b, false);
	json_number(&j, NAN);
	CHECK_TEXT(b.p, "null");
	buf_init(&b, a, 100);
	json_begin(&j, &b, false);
	json_number(&j, 0.1);
	CHECK_TEXT(b.p, "0.1");
}

static struct err *read_text(const char *s, struct pairs *out)
{
	*out = (struct pairs){ 0 };
	return json_read_pairs(a, s, strlen(s), out);
}

static void reads_flat_objects(void)
{
	struct pairs p;
	CHECK_OK(read_text("{\"venue\": \"County \\u0048all\", \"places\": 30, \"open\": true, \"share\": 0.5,"
			   "\"big\": 9007199254740993, \"phase\": [\"primary\", \"secondary\"], \"none\": []}",
			   &p));
	CHECK_TEXT(pairs_get(&p, "venue"), "County Hall");
	CHECK_TEXT(pairs_get(&p, "places"), "30");
	CHECK_TEXT(pairs_get(&p, "open"), "true");
	CHECK_TEXT(pairs_get(&p, "share"), "0.5");
	CHECK_TEXT(pairs_get(&p, "big"), "9007199254740993");
	CHECK_INT(pairs_count(&p, "phase"), 2);
	CHECK_INT(pairs_count(&p, "none"), 0);
	CHECK_INT(p.n, 7);
}

static void refuses_the_rest(void)
{
	static const char *const wrong[] = { "",
					     "[]",
					     "5",
					     "{",
					     "{\"a\":1}x",
					     "{\"a\":{}}",
					     "{\"a\":null}",
					     "{\"a\":[1]}",
					     "{\"a\":1,\"a\":2}",
					     "{\"a\":\"\xE0\"}",
					     "{\"a\":\"\\u0000\"}",
					     "{\"a\":01}" };
	struct pairs p;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err *e = read_text(wrong[i], &p);
		if (CHECK(e != NULL)) {
			CHECK_INT(e->kind, ERR_INVALID);
		} else {
			CHECK_TEXT(wrong[i], "refused");
		}
	}
	char *long_one = arena_alloc(a, (1 << 20) + 20);
	memset(long_one, ' ', (1 << 20) + 10);
	memcpy(long_one, "{}", 2);
	CHECK_INT(read_text(long_one, &p)->kind, ERR_INVALID);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(writes_commas_and_nesting), TEST(writes_for_people),
					     TEST(reals_read_back), TEST(reads_flat_objects),
					     TEST(refuses_the_rest), TEST_END };
	a = arena_new(8 << 20);
	int status = test_main(argc, argv, tests);
	arena_free(&a);
	return status;
}
