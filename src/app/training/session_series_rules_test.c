/* On which days a session repeats. Expected days: `cal` and Python's datetime (date + timedelta; last day of a month from
 * calendar.monthrange). */
#include "app/training/session_series.h"
#include "base/arena.h"
#include "base/test.h"

static struct arena *a;

static const char *days_of(struct date first, int repeat, int64_t times, const char *dates)
{
	struct series_dates d;
	const char *s = "";

	series_plan(a, first, repeat, times, dates, &d);
	if (d.fault != NULL) {
		return arena_printf(a, "%s: %s", d.field, d.fault);
	}
	for (size_t i = 0; i < d.n; i++) {
		char iso[DATE_ISO_SIZE];

		date_iso(d.v[i], iso);
		s = arena_printf(a, "%s%s%s", s, i == 0 ? "" : " ", iso);
	}
	return s;
}

static void by_a_rule(void)
{
	a = arena_new(1 << 20);
	CHECK_TEXT(days_of((struct date){ 2026, 11, 24 }, 0, 0, ""), "");
	CHECK_TEXT(days_of((struct date){ 2026, 12, 22 }, REPEAT_WEEKLY, 3, ""), "2026-12-29 2027-01-05");
	CHECK_TEXT(days_of((struct date){ 2028, 2, 22 }, REPEAT_FORTNIGHTLY, 3, ""), "2028-03-07 2028-03-21");
	/* a month that lacks the day has it on its last, and the next comes back to it */
	CHECK_TEXT(days_of((struct date){ 2027, 1, 31 }, REPEAT_MONTHLY, 4, ""), "2027-02-28 2027-03-31 2027-04-30");
	struct series_dates d;

	series_plan(a, (struct date){ 2026, 11, 24 }, REPEAT_WEEKLY, 20, "", &d);
	CHECK_INT(d.n, 19);
	arena_free(&a);
}

static void by_dates(void)
{
	a = arena_new(1 << 20);
	CHECK_TEXT(days_of((struct date){ 2026, 11, 24 }, 0, 0, "3/12/2026\n\n 10 December 2026\r\n2027-01-07"),
		   "2026-12-03 2026-12-10 2027-01-07");
	CHECK_TEXT(days_of((struct date){ 2026, 11, 24 }, 0, 0, "24/11/2026"), "dates: 24 November 2026 stands there twice");
	CHECK_TEXT(days_of((struct date){ 2026, 11, 24 }, 0, 0, "soon"),
		   "dates: “soon” is not a date. Write each date on its own line, like 27/3/2026 or 27 March 2026");
	CHECK_TEXT(days_of((struct date){ 2026, 11, 24 }, REPEAT_WEEKLY, 2, "3/12/2026"),
		   "dates: Choose how often it repeats, or write the dates, not both");
	CHECK_TEXT(days_of((struct date){ 2026, 11, 24 }, REPEAT_WEEKLY, 0, ""),
		   "times: Enter how many sessions there are in all, from 2 to 20");
	CHECK_TEXT(days_of((struct date){ 2026, 11, 24 }, 0, 3, ""), "repeat: Select how often the session repeats");
	const char *many = "";

	for (int i = 1; i <= 20; i++) {
		many = arena_printf(a, "%s%d/1/2027\n", many, i);
	}
	CHECK_TEXT(days_of((struct date){ 2026, 11, 24 }, 0, 0, many), "dates: A series can have 20 sessions at most");
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(by_a_rule), TEST(by_dates), TEST_END };

	return test_main(argc, argv, tests);
}
