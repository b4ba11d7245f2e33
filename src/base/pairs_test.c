#include "base/pairs.h"

#include "base/arena.h"
#include "base/test.h"

static void kept_in_order_and_counted(void)
{
	struct arena *a = arena_new(1 << 20);
	struct pairs p = { 0 };
	CHECK(pairs_get(&p, "venue") == NULL);
	pairs_add(a, &p, "venue", "County Hall");
	pairs_add(a, &p, "phase", "primary");
	pairs_add(a, &p, "phase", "secondary");
	pairs_add(a, &p, "empty", NULL);
	for (int i = 0; i < 100; i++) {
		pairs_add(a, &p, arena_printf(a, "n%d", i), arena_printf(a, "%d", i * i));
	}
	CHECK_INT(p.n, 104);
	CHECK_TEXT(pairs_get(&p, "phase"), "primary");
	CHECK_INT(pairs_count(&p, "phase"), 2);
	CHECK_INT(pairs_count(&p, "district"), 0);
	CHECK_TEXT(pairs_get(&p, "empty"), "");
	CHECK_TEXT(pairs_get(&p, "n99"), "9801");
	CHECK_TEXT(p.v[2].value, "secondary");
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(kept_in_order_and_counted), TEST_END };
	return test_main(argc, argv, tests);
}
