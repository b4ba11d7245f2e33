#include "base/huge_pages.h"

#include <stdint.h>
#include <string.h>

#include "base/test.h"

static void comes_zeroed_and_goes_back(void)
{
	static const size_t sizes[] = { 1, HUGE_PAGE - 1, HUGE_PAGE, HUGE_PAGE + 1, 16 * HUGE_PAGE, 16 * HUGE_PAGE + 70000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		size_t n = sizes[i];
		long before = test_held_kb();
		char *p = huge_pages_take(n);

		CHECK(p != NULL && (uintptr_t)p % HUGE_PAGE == 0);
		CHECK(p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
		memset(p, 'x', n);
		CHECK(test_held_kb() >= before + (long)(n / 1024));
		huge_pages_give_back(p, n);
		CHECK_INT(test_held_kb(), before);
	}
}

static void what_there_is_not(void)
{
	CHECK(huge_pages_take(SIZE_MAX / 4) == NULL);
	huge_pages_give_back(NULL, 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(comes_zeroed_and_goes_back), TEST(what_there_is_not), TEST_END };

	return test_main(argc, argv, tests);
}
