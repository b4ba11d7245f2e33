/* The index of texts against a list that is searched from its beginning. */
#include "base/index.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"

enum { TEXTS = 3000, DIFFERENT = 700 };

static void the_first_stays(void)
{
	struct arena *a = arena_new(8 << 20);
	const char *texts[TEXTS];
	struct index x;
	int64_t value, wrong = 0;

	index_init(&x, a, DIFFERENT);
	CHECK(!index_find(&x, "", &value));
	for (int i = 0; i < TEXTS; i++) {
		texts[i] = arena_printf(a, "t%d", (i * 7919) % DIFFERENT);
		int first = 0;

		while (strcmp(texts[first], texts[i]) != 0) {
			first++;
		}
		wrong += index_put(&x, texts[i], i) != (first == i);
		wrong += !index_find(&x, texts[i], &value) || value != first;
	}
	CHECK_INT(wrong, 0);
	CHECK(!index_find(&x, "t700", &value));
	CHECK(index_put(&x, "", 9) && index_find(&x, "", &value));
	CHECK_INT(value, 9);
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(the_first_stays), TEST_END };

	return test_main(argc, argv, tests);
}
