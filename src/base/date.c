#include "base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

#define DAY_MS INT64_C(86400000)
#define HOUR_MS INT64_C(3600000)
#define MINUTE_MS INT64_C(60000)

static const char *const month_names[] = { "January", "February", "March",     "April",   "May",      "June",
					   "July",    "August",   "September", "October", "November", "December" };

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && leap(year) ? 29 : lengths[month - 1];
}

bool date_is_set(struct date d)
{
	return d.year != 0 || d.month != 0 || d.day != 0;
}

bool date_is_valid(struct date d)
{
	return d.year >= 1800 && d.year <= 2200 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= month_length(d.year, d.month);
}

int date_compare(struct date a, struct date b)
{
	int da = (a.year * 16 + a.month) * 32 + a.day;
	int db = (b.year * 16 + b.month) * 32 + b.day;
	return (da > db) - (da < db);
}

/* Years are counted from 1 March, so that the leap day is a year's last (Hinnant, "chrono-compatible
 * low-level date algorithms", days_from_civil and civil_from_days). */
int32_t date_to_days(struct date d)
{
	int y = d.month <= 2 ? d.year - 1 : d.year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct date date_from_days(int32_t days)
{
	int z = days + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int day_of_era = z - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int m = (5 * day_of_year + 2) / 153;
	int month = m < 10 ? m + 3 : m - 9;
	return (struct date){ .year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
			      .month = month,
			      .day = day_of_year - (153 * m + 2) / 5 + 1 };
}

struct date date_add_days(struct date d, int days)
{
	return date_from_days(date_to_days(d) + days);
}

struct date date_add_months(struct date d, int n)
{
	int months = d.year * 12 + d.month - 1 + n;
	struct date out = { .year = months / 12, .month = months % 12 + 1, .day = d.day };
	int last = month_length(out.year, out.month);
	if (out.day > last) {
		out.day = last;
	}
	return out;
}

int date_weekday(struct date d)
{
	int w = (date_to_days(d) + 3) % 7; /* 1 January 1970 was a Thursday */
	return w < 0 ? w + 7 : w;
}

/* Reads min to max digits; false: not so many. */
static bool digits(const char **s, int min, int max, int *out)
{
	int n = 0, value = 0;
	while (n < max && (*s)[n] >= '0' && (*s)[n] <= '9') {
		value = value * 10 + ((*s)[n] - '0');
		n++;
	}
	*s += n;
	*out = value;
	return n >= min;
}

static bool one(const char **s, char c)
{
	if (**s != c) {
		return false;
	}
	(*s)++;
	return true;
}

static void blanks(const char **s)
{
	while (**s == ' ' || **s == '\t') {
		(*s)++;
	}
}

static bool read_iso(const char **s, struct date *out)
{
	struct date d;
	if (!digits(s, 4, 4, &d.year) || !one(s, '-') || !digits(s, 2, 2, &d.month) || !one(s, '-') ||
	    !digits(s, 2, 2, &d.day) || !date_is_valid(d)) {
		return false;
	}
	*out = d;
	return true;
}

bool date_parse_iso(const char *s, struct date *out)
{
	struct date d;
	if (s == NULL || !read_iso(&s, &d) || *s != '\0') {
		return false;
	}
	*out = d;
	return true;
}

/* "March", "Mar", "Sept"; at least three letters of the name. */
static int month_of(const char **s)
{
	size_t n = 0;
	while (isalpha((unsigned char)(*s)[n])) {
		n++;
	}
	for (int m = 0; n >= 3 && m < 12; m++) {
		if (n <= strlen(month_names[m]) && strncasecmp(*s, month_names[m], n) == 0) {
			*s += n;
			return m + 1;
		}
	}
	return 0;
}

static bool read_day_first(const char **s, struct date *out)
{
	struct date d;
	if (!digits(s, 1, 2, &d.day)) {
		return false;
	}
	char separator = **s;
	if (separator == '/' || separator == '-') {
		(*s)++;
		if (!digits(s, 1, 2, &d.month) || !one(s, separator)) {
			return false;
		}
	} else {
		blanks(s);
		d.month = month_of(s);
		blanks(s);
	}
	if (!digits(s, 4, 4, &d.year) || !date_is_valid(d)) {
		return false;
	}
	*out = d;
	return true;
}

bool date_parse_any(const char *s, struct date *out)
{
	if (s == NULL) {
		return false;
	}
	blanks(&s);
	const char *again = s;
	struct date d;
	if (!read_iso(&s, &d)) {
		s = again;
		if (!read_day_first(&s, &d)) {
			return false;
		}
	}
	blanks(&s);
	if (*s != '\0') {
		return false;
	}
	*out = d;
	return true;
}

/* Pieces of a date, put one behind the other: a list shows hundreds of dates, and printf was a tenth
 * of its page. */
enum { LONG_SIZE = 64 };

static char *put_number(char *to, int n, int least)
{
	char digits[12];
	int i = 0;
	unsigned rest = n > 0 ? (unsigned)n : 0;
	do {
		digits[i++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0 || i < least);
	while (i > 0) {
		*to++ = digits[--i];
	}
	return to;
}

static char *put_text(char *to, const char *s, size_t most)
{
	size_t n = strnlen(s, most);
	memcpy(to, s, n);
	return to + n;
}

void date_iso(struct date d, char out[DATE_ISO_SIZE])
{
	char *to = put_number(out, d.year % 10000, 4);
	*to++ = '-';
	to = put_number(to, d.month % 100, 2);
	*to++ = '-';
	*put_number(to, d.day % 100, 2) = '\0';
}

/* A date without a real month puts nothing. */
static char *put_named(char *to, struct date d, size_t letters)
{
	if (!date_is_set(d) || d.month < 1 || d.month > 12) {
		return to;
	}
	to = put_number(to, d.day, 1);
	*to++ = ' ';
	to = put_text(to, month_names[d.month - 1], letters);
	*to++ = ' ';
	return put_number(to, d.year, 1);
}

static const char *named(struct arena *a, struct date d, size_t letters)
{
	char text[LONG_SIZE];
	char *end = put_named(text, d, letters);
	return arena_strndup(a, text, (size_t)(end - text));
}

const char *date_long(struct arena *a, struct date d)
{
	return named(a, d, 20);
}

const char *date_short(struct arena *a, struct date d)
{
	return named(a, d, 3);
}

bool instant_is_set(struct instant t)
{
	return t.ms != 0;
}

/* Whole days since 1970-01-01 and what is left of the day. */
static int32_t split(int64_t ms, int64_t *rest)
{
	int64_t days = ms / DAY_MS;
	*rest = ms % DAY_MS;
	if (*rest < 0) {
		*rest += DAY_MS;
		days--;
	}
	return (int32_t)days;
}

static int64_t last_sunday_at_one(int year, int month)
{
	struct date last = { year, month, 31 }; /* March and October both have 31 days */
	int back = (date_weekday(last) + 1) % 7;
	return (int64_t)(date_to_days(last) - back) * DAY_MS + HOUR_MS;
}

/* Only in March and October does it depend on the day. */
static bool is_summer_time(int64_t ms)
{
	int64_t rest;
	struct date d = date_from_days(split(ms, &rest));
	if (d.month == 3 || d.month == 10) {
		return (ms >= last_sunday_at_one(d.year, d.month)) == (d.month == 3);
	}
	return d.month > 3 && d.month < 10;
}

static int64_t london(struct instant t)
{
	return t.ms + (is_summer_time(t.ms) ? HOUR_MS : 0);
}

struct instant instant_of_local(struct date d, int hour, int minute)
{
	int64_t clock = (int64_t)date_to_days(d) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
	int64_t summer = clock - HOUR_MS;
	return (struct instant){ is_summer_time(summer) ? summer : clock };
}

struct date instant_date(struct instant t)
{
	if (!instant_is_set(t)) {
		return (struct date){ 0 };
	}
	int64_t rest;
	return date_from_days(split(london(t), &rest));
}

void instant_clock(struct instant t, int *hour, int *minute)
{
	int64_t rest;
	split(london(t), &rest);
	*hour = (int)(rest / HOUR_MS);
	*minute = (int)(rest % HOUR_MS / MINUTE_MS);
}

/* GOV.UK style: 2:30pm, 2pm, midday, midnight. */
const char *instant_long(struct arena *a, struct instant t)
{
	if (!instant_is_set(t)) {
		return "";
	}
	char text[LONG_SIZE];
	int64_t rest;
	int32_t day = split(london(t), &rest);
	int hour = (int)(rest / HOUR_MS);
	int minute = (int)(rest % HOUR_MS / MINUTE_MS);
	char *to = put_named(text, date_from_days(day), 20);
	to = mempcpy(to, " at ", 4);
	if (minute == 0 && hour % 12 == 0) {
		to = put_text(to, hour == 0 ? "midnight" : "midday", 8);
		return arena_strndup(a, text, (size_t)(to - text));
	}
	to = put_number(to, hour % 12 == 0 ? 12 : hour % 12, 1);
	if (minute != 0) {
		*to++ = ':';
		to = put_number(to, minute, 2);
	}
	to = mempcpy(to, hour < 12 ? "am" : "pm", 2);
	return arena_strndup(a, text, (size_t)(to - text));
}

const char *instant_local_iso(struct arena *a, struct instant t)
{
	if (!instant_is_set(t)) {
		return "";
	}
	char day[DATE_ISO_SIZE];
	int hour, minute;
	date_iso(instant_date(t), day);
	instant_clock(t, &hour, &minute);
	return arena_printf(a, "%sT%02d:%02d", day, hour, minute);
}

const char *instant_utc_iso(struct arena *a, struct instant t)
{
	if (!instant_is_set(t)) {
		return "";
	}
	int64_t rest;
	char day[DATE_ISO_SIZE];
	date_iso(date_from_days(split(t.ms, &rest)), day);
	return arena_printf(a, "%sT%02d:%02d:%02d.%03dZ", day, (int)(rest / HOUR_MS),
			    (int)(rest % HOUR_MS / MINUTE_MS), (int)(rest % MINUTE_MS / 1000),
			    (int)(rest % 1000));
}

bool instant_parse_local(const char *s, struct instant *out)
{
	struct date d;
	int hour, minute;
	if (s == NULL || !read_iso(&s, &d) || (*s != 'T' && *s != ' ')) {
		return false;
	}
	s++;
	if (!digits(&s, 2, 2, &hour) || !one(&s, ':') || !digits(&s, 2, 2, &minute) || *s != '\0' ||
	    hour > 23 || minute > 59) {
		return false;
	}
	*out = instant_of_local(d, hour, minute);
	return true;
}

/* "am" or "pm" or "a.m." or "p.m." at the end; 0 none, 'a', 'p', '?' for anything else. */
static char half_of_day(const char *s)
{
	blanks(&s);
	if (*s == '\0') {
		return 0;
	}
	char which = (char)tolower((unsigned char)*s++);
	one(&s, '.');
	char m = (char)tolower((unsigned char)*s);
	if ((which != 'a' && which != 'p') || m != 'm') {
		return '?';
	}
	s++;
	one(&s, '.');
	blanks(&s);
	return *s == '\0' ? which : '?';
}

bool clock_parse(const char *s, int *hour, int *minute)
{
	int h, m = 0;
	if (s == NULL) {
		return false;
	}
	blanks(&s);
	if (strcasecmp(s, "midday") == 0 || strcasecmp(s, "noon") == 0 ||
	    strcasecmp(s, "midnight") == 0) {
		*hour = strcasecmp(s, "midnight") == 0 ? 0 : 12;
		*minute = 0;
		return true;
	}
	if (!digits(&s, 1, 2, &h)) {
		return false;
	}
	bool with_minutes = *s == ':' || *s == '.';
	if (with_minutes) {
		s++;
		if (!digits(&s, 2, 2, &m)) {
			return false;
		}
	}
	char half = half_of_day(s);
	if (half == '?' || m > 59 || (half == 0 && (!with_minutes || h > 23)) ||
	    (half != 0 && (h < 1 || h > 12))) {
		return false;
	}
	if (half != 0) {
		h = h % 12 + (half == 'p' ? 12 : 0);
	}
	*hour = h;
	*minute = m;
	return true;
}
