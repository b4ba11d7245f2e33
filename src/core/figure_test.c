/* Wilson's interval against published values, and figures as text. */
#include <math.h>

#include "base/arena.h"
#include "base/test.h"
#include "core/core.h"

const struct feature *const features[] = { NULL };

/* R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine
 * 17 (1998) 857-872, table I, method 3 (score, without continuity correction). */
static void test_wilson_as_published(void)
{
	static const struct {
		int64_t r, n;
		double low, high;
	} cases[] = { { 81, 263, 0.2553, 0.3662 },
		      { 15, 148, 0.0624, 0.1605 },
		      { 0, 20, 0, 0.1611 },
		      { 1, 29, 0.0061, 0.1718 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		double low, high;

		wilson_interval(cases[i].r, cases[i].n, &low, &high);
		CHECK(fabs(low - cases[i].low) < 0.00005001);
		CHECK(fabs(high - cases[i].high) < 0.00005001);
	}
}

static void test_wilson_at_the_ends(void)
{
	double low, high;

	wilson_interval(20, 20, &low, &high);
	CHECK(fabs(low - (1 - 0.1611)) < 0.00005001);
	CHECK(high >= 1 && high <= 1);
	wilson_interval(0, 0, &low, &high);
	CHECK(low <= 0 && high >= 1);
}

/* Domain reference 7.6: fewer than five are hidden, and so are as many others as subtraction would need. */
static void test_small_parts_are_hidden_with_a_second(void)
{
	const struct figure_part parts[] = { { "A", 9, 12 }, { "B", 2, 3 }, { "C", 6, 9 }, { "D", 0, 0 } };
	const struct figure_part two[] = { { "A", 2, 2 }, { "B", 3, 3 }, { "C", 6, 9 } };
	const struct figure_part open[] = { { "A", 5, 5 }, { "B", 6, 9 } };
	bool hidden[4];

	figure_hide(parts, 4, 5, hidden);
	CHECK(!hidden[0] && hidden[1] && hidden[2] && !hidden[3]);
	figure_hide(two, 3, 5, hidden); /* two and three are five together: enough */
	CHECK(hidden[0] && hidden[1] && !hidden[2]);
	figure_hide(open, 2, 5, hidden);
	CHECK(!hidden[0] && !hidden[1]);
	figure_hide(parts, 1, 20, hidden);
	CHECK(hidden[0]);
	figure_hide(parts, 4, 0, hidden);
	CHECK(!hidden[1]);
}

static void test_text_and_link(void)
{
	struct arena *a = arena_new(1 << 20);
	const struct figure count = { .name = "schools", .kind = FIGURE_COUNT };
	const struct figure share = { .name = "understanding", .kind = FIGURE_SHARE };
	const struct period period = { { 2015, 10, 1 }, { 2017, 1, 31 } };

	CHECK_TEXT(
		figure_text(a, &count, &(struct figure_value){ .numerator = 1012, .known = true }),
		"1,012");
	CHECK_TEXT(
		figure_text(a, &share, &(struct figure_value){ .value = 0.9788, .known = true }),
		"98%");
	CHECK_TEXT(figure_text(a, &share, &(struct figure_value){ .known = false }), "not known");
	CHECK_TEXT(link_figure(a, &count, period).s,
		   "/reports/figures/schools?from=2015-10-01&to=2017-01-31");
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_wilson_as_published),
					     TEST(test_wilson_at_the_ends),
					     TEST(test_small_parts_are_hidden_with_a_second),
					     TEST(test_text_and_link), TEST_END };

	return test_main(argc, argv, tests);
}
