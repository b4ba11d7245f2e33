#include "base/huge_pages.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/test.h"

/* Address space, in kilobytes: exact, which what is written to is not. */
static long held_kb(void)
{
	long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	CHECK(f != NULL && fscanf(f, "%ld", &pages) == 1);
	if (f != NULL) {
		fclose(f);
	}
	return pages * sysconf(_SC_PAGESIZE) / 1024;
}

static void comes_zeroed_and_goes_back(void)
{
	static const size_t sizes[] = { 1, HUGE_PAGE - 1, HUGE_PAGE, HUGE_PAGE + 1, 16 * HUGE_PAGE, 16 * HUGE_PAGE + 70000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		size_t n = sizes[i];
		long before = held_kb();
		char *p = huge_pages_take(n);

		CHECK(p != NULL && (uintptr_t)p % HUGE_PAGE == 0);
		CHECK(p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
		memset(p, 'x', n);
		CHECK(held_kb() >= before + (long)(n / 1024));
		huge_pages_give_back(p, n);
		CHECK_INT(held_kb(), before);
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
