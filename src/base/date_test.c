#include "base/date.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/test.h"

static const char *iso(struct date d)
{
	static char out[4][DATE_ISO_SIZE];
	static int turn;
	turn = (turn + 1) % 4;
	date_iso(d, out[turn]);
	return out[turn];
}

static struct date on(const char *s)
{
	struct date d = { 0 };
	CHECK(date_parse_iso(s, &d));
	return d;
}

/* Domain notes, scenarios 8 and 9: reviews six and twelve months after an exit. */
static void months_are_clamped(void)
{
	CHECK_TEXT(iso(date_add_months(on("2026-08-31"), 6)), "2027-02-28");
	CHECK_TEXT(iso(date_add_months(on("2026-08-31"), 12)), "2027-08-31");
	CHECK_TEXT(iso(date_add_months(on("2028-02-29"), 6)), "2028-08-29");
	CHECK_TEXT(iso(date_add_months(on("2028-02-29"), 12)), "2029-02-28");
	CHECK_TEXT(iso(date_add_months(on("2026-03-31"), -1)), "2026-02-28");
	CHECK_TEXT(iso(date_add_months(on("2026-01-15"), -1)), "2025-12-15");
	CHECK_TEXT(iso(date_add_months(on("2026-01-31"), -11)), "2025-02-28");
	CHECK_TEXT(iso(date_add_months(on("2026-12-31"), 2)), "2027-02-28");
}

/* Every day against the C library's own calendar. */
static void days_agree_with_the_c_library(void)
{
	int32_t first = date_to_days(on("1800-01-01")), last = date_to_days(on("2200-12-31"));
	CHECK_INT(date_to_days(on("1970-01-01")), 0);
	bool same = true;
	for (int32_t day = first; day <= last; day++) {
		time_t t = (time_t)day * 86400;
		struct tm tm;
		gmtime_r(&t, &tm);
		struct date d = date_from_days(day);
		same = same && d.year == tm.tm_year + 1900 && d.month == tm.tm_mon + 1 &&
		       d.day == tm.tm_mday && date_weekday(d) == (tm.tm_wday + 6) % 7 &&
		       date_to_days(d) == day && date_is_valid(d);
	}
	CHECK(same);
	CHECK_TEXT(iso(date_add_days(on("2024-02-28"), 2)), "2024-03-01");
	CHECK_TEXT(iso(date_add_days(on("2026-01-01"), -1)), "2025-12-31");
}

static void comparing_and_validity(void)
{
	CHECK(date_compare(on("2026-03-27"), on("2026-03-28")) < 0);
	CHECK(date_compare(on("2026-04-01"), on("2026-03-28")) > 0);
	CHECK_INT(date_compare(on("2026-04-01"), on("2026-04-01")), 0);
	CHECK(date_compare((struct date){ 0 }, on("1800-01-01")) < 0);
	CHECK(!date_is_valid((struct date){ 0 }));
	CHECK(!date_is_valid((struct date){ 2026, 2, 29 }));
	CHECK(date_is_valid((struct date){ 2000, 2, 29 }));
	CHECK(!date_is_valid((struct date){ 1900, 2, 29 }));
	CHECK(!date_is_valid((struct date){ 2026, 13, 1 }));
	CHECK(!date_is_valid((struct date){ 1799, 1, 1 }));
}

static void parsing(void)
{
	static const char *const same[] = { "2026-03-27",  "27/3/2026",   "27/03/2026",     "27-03-2026",
					    "27-3-2026",   "27 March 2026", " 27 march 2026 ", "27 Mar 2026",
					    "27 MAR 2026", "27March2026" };
	static const char *const wrong[] = { "",           "2026-02-30", "31/11/2026", "27/03-2026", "27.03.2026",
					     "27/03/26",   "0/1/2026",   "2026-3-27",  "27 Ma 2026", "27 Marchy 2026",
					     "3/27/2026",  "tomorrow",   "2026-03-27x", "27/3/20261" };
	struct date d;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		d = (struct date){ 0 };
		if (!CHECK(date_parse_any(same[i], &d))) {
			CHECK_TEXT(same[i], "a date");
		}
		CHECK_TEXT(iso(d), "2026-03-27");
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		d = (struct date){ 1, 2, 3 };
		if (!CHECK(!date_parse_any(wrong[i], &d))) {
			CHECK_TEXT(wrong[i], "no date");
		}
		CHECK(d.year == 1 && d.day == 3);
	}
	CHECK(!date_parse_iso("27/03/2026", &d));
	CHECK(!date_parse_iso(" 2026-03-27", &d));
	CHECK(!date_parse_iso(NULL, &d));
}

static void writing(void)
{
	struct arena *a = arena_new(1 << 20);
	CHECK_TEXT(date_long(a, on("2026-03-07")), "7 March 2026");
	CHECK_TEXT(date_short(a, on("2026-09-27")), "27 Sep 2026");
	CHECK_TEXT(date_long(a, (struct date){ 0 }), "");
	arena_free(&a);
}

/* Summer Time Order 2002: in 2026 from 29 March 01:00 UTC to 25 October 01:00 UTC. */
static void both_clock_changes(void)
{
	struct arena *a = arena_new(1 << 20);
	static const struct {
		const char *utc, *local;
	} pairs[] = { { "2026-03-29T00:59:00.000Z", "2026-03-29T00:59" },
		      { "2026-03-29T01:00:00.000Z", "2026-03-29T02:00" },
		      { "2026-10-25T00:59:00.000Z", "2026-10-25T01:59" },
		      { "2026-10-25T01:00:00.000Z", "2026-10-25T01:00" },
		      { "2026-07-01T23:30:00.000Z", "2026-07-02T00:30" },
		      { "2026-01-01T00:00:00.000Z", "2026-01-01T00:00" } };
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct tm tm = { 0 };
		strptime(pairs[i].utc, "%Y-%m-%dT%H:%M", &tm);
		struct instant t = { (int64_t)timegm(&tm) * 1000 };
		CHECK_TEXT(instant_local_iso(a, t), pairs[i].local);
		CHECK_TEXT(instant_utc_iso(a, t), pairs[i].utc);
	}
	/* The hour that is missing, and the hour that comes twice. */
	struct instant missing = instant_of_local(on("2026-03-29"), 1, 30);
	CHECK_TEXT(instant_local_iso(a, missing), "2026-03-29T02:30");
	struct instant twice = instant_of_local(on("2026-10-25"), 1, 30);
	CHECK_TEXT(instant_utc_iso(a, twice), "2026-10-25T00:30:00.000Z");
	arena_free(&a);
}

/* Every hour of five years against the system's zone data. */
static void london_agrees_with_zone_data(void)
{
	setenv("TZ", "Europe/London", 1);
	tzset();
	int64_t start = (int64_t)date_to_days(on("2023-01-01")) * 86400;
	bool same = true;
	for (int64_t t = start; t < start + INT64_C(5) * 366 * 86400; t += 3600) {
		time_t c = (time_t)t;
		struct tm tm;
		localtime_r(&c, &tm);
		struct instant i = { t * 1000 };
		int hour, minute;
		instant_clock(i, &hour, &minute);
		struct date d = instant_date(i);
		same = same && hour == tm.tm_hour && minute == tm.tm_min && d.day == tm.tm_mday &&
		       d.month == tm.tm_mon + 1 && d.year == tm.tm_year + 1900;
	}
	CHECK(same);
	unsetenv("TZ");
	tzset();
}

static void instants_read_and_written(void)
{
	struct arena *a = arena_new(1 << 20);
	struct instant t = { 0 };
	CHECK(instant_parse_local("2026-03-27T14:30", &t));
	CHECK_TEXT(instant_long(a, t), "27 March 2026 at 2:30pm");
	CHECK_TEXT(instant_utc_iso(a, t), "2026-03-27T14:30:00.000Z");
	CHECK(instant_parse_local("2026-07-27 09:00", &t));
	CHECK_TEXT(instant_long(a, t), "27 July 2026 at 9am");
	CHECK_TEXT(instant_utc_iso(a, t), "2026-07-27T08:00:00.000Z");
	CHECK(instant_parse_local("2026-07-27 12:00", &t));
	CHECK_TEXT(instant_long(a, t), "27 July 2026 at midday");
	CHECK(instant_parse_local("2026-07-27 12:05", &t));
	CHECK_TEXT(instant_long(a, t), "27 July 2026 at 12:05pm");
	CHECK(!instant_parse_local("2026-07-27T24:00", &t));
	CHECK(!instant_parse_local("2026-07-27T9:00", &t));
	CHECK(!instant_parse_local("2026-07-27", &t));
	CHECK_TEXT(instant_long(a, (struct instant){ 0 }), "");
	CHECK_TEXT(instant_utc_iso(a, (struct instant){ -1 }), "1969-12-31T23:59:59.999Z");
	arena_free(&a);
}

static void clock_times(void)
{
	static const struct {
		const char *text;
		int hour, minute;
	} right[] = { { "14:30", 14, 30 },  { "2:30pm", 14, 30 }, { "2.30 pm", 14, 30 }, { "9am", 9, 0 },
		      { "9 AM", 9, 0 },     { "12am", 0, 0 },     { "12pm", 12, 0 },     { "12:15 a.m.", 0, 15 },
		      { "midday", 12, 0 },  { "Midnight", 0, 0 }, { "00:00", 0, 0 },     { "9:05", 9, 5 } };
	static const char *const wrong[] = { "", "25:00", "9", "13pm", "9:5", "9:60", "9xm", "9ampm", "0am", "14:30:00" };
	int hour, minute;
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
		hour = minute = -1;
		CHECK(clock_parse(right[i].text, &hour, &minute));
		CHECK_INT(hour * 60 + minute, right[i].hour * 60 + right[i].minute);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (!CHECK(!clock_parse(wrong[i], &hour, &minute))) {
			CHECK_TEXT(wrong[i], "no time");
		}
	}
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(months_are_clamped),
					     TEST(days_agree_with_the_c_library),
					     TEST(comparing_and_validity),
					     TEST(parsing),
					     TEST(writing),
					     TEST(both_clock_changes),
					     TEST(london_agrees_with_zone_data),
					     TEST(instants_read_and_written),
					     TEST(clock_times),
					     TEST_END };
	return test_main(argc, argv, tests);
}
