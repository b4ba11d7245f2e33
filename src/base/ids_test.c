#include "base/ids.h"

#include "base/arena.h"
#include "base/test.h"

static void each_counts_once(void)
{
	struct arena *a = arena_new(1 << 20);
	struct ids s = { 0 };

	CHECK_INT(s.n, 0);
	for (int times = 0; times < 3; times++) {
		for (int64_t id = 1; id <= 10000; id += 3) {
			ids_add(a, &s, id);
		}
	}
	CHECK_INT(s.n, 3334);
	ids_add(a, &s, 0);
	ids_add(a, &s, 63);
	ids_add(a, &s, 4095); /* 3 * 1365: not there yet */
	ids_add(a, &s, 4096); /* 3 * 1365 + 1: there */
	ids_add(a, &s, INT64_C(50000000)); /* far away: its piece alone is made */
	CHECK_INT(s.n, 3338);
	ids_add(a, &s, -1);
	ids_add(a, &s, INT64_MAX); /* no id of a store: passed over */
	CHECK_INT(s.n, 3338);
	arena_free(&a);
}

static void lists_are_read(void)
{
	struct arena *a = arena_new(1 << 20);
	struct ids s = { 0 };

	ids_add_list(a, &s, "");
	CHECK_INT(s.n, 0);
	ids_add_list(a, &s, "12,7,40");
	CHECK_INT(s.n, 3);
	ids_add_list(a, &s, "7");
	ids_add_list(a, &s, "40,41");
	CHECK_INT(s.n, 4);
	ids_add_list(a, &s, "1,x,2"); /* what is no number ends it */
	CHECK_INT(s.n, 5);
	ids_add_list(a, &s, "99999999999999999999999999");
	CHECK_INT(s.n, 5);
	arena_free(&a);
}

static void one_set_into_another(void)
{
	struct arena *a = arena_new(1 << 20);
	struct ids s = { 0 }, of = { 0 }, none = { 0 };

	ids_add_list(a, &s, "12,7,40");
	ids_add_all(a, &s, &none);
	CHECK_INT(s.n, 3);
	ids_add_list(a, &of, "7,64,50000000");
	ids_add_all(a, &s, &of);
	CHECK_INT(s.n, 5);
	CHECK_INT(of.n, 3);
	ids_add(a, &of, 41); /* sets of their own: no bits are shared */
	CHECK_INT(s.n, 5);
	ids_add(a, &s, 41);
	CHECK_INT(s.n, 6);
	ids_add_list(a, &s, "64,50000000");
	CHECK_INT(s.n, 6);
	ids_add_all(a, &none, &s);
	CHECK_INT(none.n, 6);
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(each_counts_once), TEST(lists_are_read), TEST(one_set_into_another), TEST_END };

	return test_main(argc, argv, tests);
}
