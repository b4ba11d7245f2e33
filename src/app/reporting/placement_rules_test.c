/* What is placed in a note: how it is written, which periods it asks for. */
#include <string.h>

#include "app/reporting/placement.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static const struct figure staff = { .name = "staff-trained", .label = "Staff trained" };
static const struct feature feature = { .name = "reporting",
					.figures = (const struct figure *const[]){ &staff, NULL } };
const struct feature *const features[] = { &feature, NULL };

static struct arena *arena;

static const char *iso(struct date d)
{
	char *out = arena_alloc(arena, DATE_ISO_SIZE);

	date_iso(d, out);
	return out;
}

/* The points as "FROM TO, FROM TO"; or "!" and the fault. */
static const char *points(const char *inside)
{
	struct period periods[CHART_POINTS_MAX];
	struct placement placement;
	const char *why = placement_new_fault(arena, inside, &placement), *all = "";

	if (why != NULL) {
		return arena_printf(arena, "!%s", why);
	}
	for (size_t i = 0, n = placement_points(&placement, periods); i < n; i++) {
		all = arena_printf(arena, "%s%s%s %s", all, i > 0 ? ", " : "", iso(periods[i].from), iso(periods[i].to));
	}
	return all;
}

static bool is_fault(const char *inside, const char *says)
{
	const char *got = points(inside);

	return got[0] == '!' && strstr(got, says) != NULL;
}

static void a_figure(void)
{
	CHECK_TEXT(points("figure staff-trained 2026-01-01 2026-12-31"), "2026-01-01 2026-12-31");
	CHECK_TEXT(points("  figure  staff-trained 2026-01-01\n2026-01-01 "), "2026-01-01 2026-01-01");
	CHECK(is_fault("", "Write a figure as"));
	CHECK(is_fault("figures staff-trained 2026-01-01 2026-12-31", "Write a figure as"));
	CHECK(is_fault("figure staff-trained 2026-01-01", "Write a figure as"));
	CHECK(is_fault("figure staff-trained 2026-01-01 2026-12-31 x", "Write a figure as"));
	CHECK(is_fault("figure staff-trained 2026-01-01 2026-02-30", "must be real dates"));
	CHECK(is_fault("figure staff-trained 2026-02-01 2026-01-01", "must be the earlier one"));
	CHECK(is_fault("figure staff-traind 2026-01-01 2026-12-31", "There is no figure called staff-traind"));
	CHECK(is_fault("figure <b> 2026-01-01 2026-12-31", "There is no figure called <b>"));
}

static void a_comparison_in_order_of_time(void)
{
	CHECK_TEXT(points("compare staff-trained 2025-04-01 2026-03-31 with 2024-04-01 2025-03-31"),
		   "2024-04-01 2025-03-31, 2025-04-01 2026-03-31");
	CHECK_TEXT(points("compare staff-trained 2024-04-01 2025-03-31 with 2025-04-01 2026-03-31"),
		   "2024-04-01 2025-03-31, 2025-04-01 2026-03-31");
	CHECK(is_fault("compare staff-trained 2025-04-01 2026-03-31", "Write a comparison as"));
	CHECK(is_fault("compare staff-trained 2025-04-01 2026-03-31 and 2024-04-01 2025-03-31", "Write a comparison as"));
	CHECK(is_fault("compare staff-trained 2025-04-01 2026-03-31 with 2024-04-01 2024-02-30", "must be real dates"));
}

static void a_chart_is_cut_into_periods(void)
{
	CHECK_TEXT(points("chart staff-trained 2026-01-01 2026-03-10 by month"),
		   "2026-01-01 2026-01-31, 2026-02-01 2026-02-28, 2026-03-01 2026-03-10");
	CHECK_TEXT(points("chart staff-trained 2025-10-01 2026-03-31 by quarter"),
		   "2025-10-01 2025-12-31, 2026-01-01 2026-03-31");
	CHECK_TEXT(points("chart staff-trained 2024-04-01 2026-03-31 by year"),
		   "2024-04-01 2025-03-31, 2025-04-01 2026-03-31");
	/* 31 January and a month is the end of February; no day is left out or counted twice */
	CHECK_TEXT(points("chart staff-trained 2026-01-31 2026-04-01 by month"),
		   "2026-01-31 2026-02-27, 2026-02-28 2026-03-30, 2026-03-31 2026-04-01");
	CHECK_TEXT(points("chart staff-trained 2026-01-05 2026-01-05 by year"), "2026-01-05 2026-01-05");
	CHECK(is_fault("chart staff-trained 2026-01-01 2026-03-10 by week", "Write a chart as"));
	CHECK(is_fault("chart staff-trained 2026-01-01 2026-03-10", "Write a chart as"));
	CHECK(points("chart staff-trained 2024-01-01 2025-12-31 by month")[0] != '!');
	CHECK(is_fault("chart staff-trained 2024-01-01 2026-01-01 by month", "at most 24 bars"));
}

static const char *problem(const char *text)
{
	struct problems problems = { 0 };
	size_t n = 0;

	placements_check(arena, "information", text, &n, &problems);
	return problems.n > 0 ? problems.v[0].sentence : NULL;
}

#define CHART "{{chart staff-trained 2024-01-01 2025-12-31 by month}}"

static void where_they_stand(void)
{
	CHECK_TEXT(problem("So {{figure staff-trained 2026-01-01 2026-12-31}} came."), NULL);
	CHECK_TEXT(problem(CHART), NULL);
	CHECK_TEXT(problem("Text\n\n" CHART "\n\nText"), NULL);
	CHECK(strstr(problem("Text\n" CHART "\n\nText"), "on a line of its own") != NULL);
	CHECK(strstr(problem("Text\n\n" CHART "\nText"), "on a line of its own") != NULL);
	CHECK(strstr(problem("- " CHART), "on a line of its own") != NULL);
	CHECK(strstr(problem("Text " CHART), "on a line of its own") != NULL);
	CHECK_TEXT(problem("{{figure staff-trained"), "Close the figure with }}");
	CHECK(strstr(problem("{{nonsense}}"), "Write a figure as") != NULL);
	CHECK_TEXT(problem(CHART "\n\n" CHART), NULL); /* 48 */
	CHECK(strstr(problem(CHART "\n\n" CHART "\n\n" CHART), "at most 50 figures") != NULL);
}

static void a_period_in_words(void)
{
	struct period p = { { 2026, 4, 1 }, { 2026, 4, 30 } };

	CHECK_TEXT(period_text(arena, p), "April 2026");
	p.to = (struct date){ 2026, 6, 30 };
	CHECK_TEXT(period_text(arena, p), "April to June 2026");
	p.to = (struct date){ 2027, 3, 31 };
	CHECK_TEXT(period_text(arena, p), "April 2026 to March 2027");
	p.to = (struct date){ 2027, 3, 30 };
	CHECK_TEXT(period_text(arena, p), "1 April 2026 to 30 March 2027");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(a_figure),	      TEST(a_comparison_in_order_of_time),
					     TEST(a_chart_is_cut_into_periods), TEST(where_they_stand),
					     TEST(a_period_in_words), TEST_END };
	int failed;

	arena = arena_new(1 << 22);
	failed = test_main(argc, argv, tests);
	arena_free(&arena);
	return failed;
}
