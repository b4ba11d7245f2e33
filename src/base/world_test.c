#include "base/world.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static void fake_world_stands_still_and_repeats(void)
{
	struct arena *a = arena_new(1 << 20);
	uint64_t seed = 7, same_seed = 7;
	struct world w = world_fake((struct instant){ 1774621800000 }, &seed);
	struct world v = world_fake((struct instant){ 1774621800000 }, &same_seed);
	CHECK_INT(world_now(&w).ms, 1774621800000);
	CHECK_INT(world_today(&w).day, 27);
	const char *first = world_reference(&w, a, 8);
	CHECK_TEXT(world_reference(&v, a, 8), first);
	CHECK(strcmp(world_reference(&w, a, 8), first) != 0);
	arena_free(&a);
}

static void today_can_be_another_day(void)
{
	struct date day = { 2017, 1, 31 };
	struct world w = world_on(day);
	CHECK_INT(date_compare(world_today(&w), day), 0);
	struct world real = world_real();
	CHECK(world_now(&real).ms > world_now(&w).ms);
}

static void references_use_every_letter_and_no_other(void)
{
	struct arena *a = arena_new(1 << 20);
	uint64_t seed = 1;
	struct world w = world_fake((struct instant){ 1 }, &seed);
	const char *s = world_reference(&w, a, 5000);
	CHECK_INT(strlen(s), 5000);
	CHECK_INT(strspn(s, "23456789CDFGHJKMNPQRTVWXY"), 5000);
	for (const char *c = "23456789CDFGHJKMNPQRTVWXY"; *c != '\0'; c++) {
		size_t n = 0;
		for (const char *p = s; *p != '\0'; p++) {
			n += *p == *c ? 1 : 0;
		}
		CHECK(n > 140 && n < 270); /* 200 expected, standard deviation 14 */
	}
	arena_free(&a);
}

static void real_bytes_differ(void)
{
	struct world w = world_real();
	unsigned char one[32] = { 0 }, other[32] = { 0 }, none[32] = { 0 };
	world_random(&w, one, sizeof(one));
	world_random(&w, other, sizeof(other));
	CHECK(memcmp(one, other, 32) != 0 && memcmp(one, none, 32) != 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(fake_world_stands_still_and_repeats),
					     TEST(today_can_be_another_day),
					     TEST(references_use_every_letter_and_no_other),
					     TEST(real_bytes_differ), TEST_END };
	return test_main(argc, argv, tests);
}
