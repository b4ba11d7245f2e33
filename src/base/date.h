/*
 * Dates and instants. A date is a date (no zone); an instant is UTC milliseconds and is shown in
 * Europe/London (summer time from 01:00 UTC on the last Sunday of March to the last Sunday of
 * October: Summer Time Order 2002, SI 2002/262; the same rule is applied to earlier years).
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct date {
	int year, month, day; /* all 0: no date */
};

struct instant {
	int64_t ms; /* since 1970-01-01T00:00Z; 0: none */
};

bool date_is_set(struct date d);
bool date_is_valid(struct date d); /* a real day of the years 1800 to 2200 */
int date_compare(struct date a, struct date b);
int32_t date_to_days(struct date d); /* since 1970-01-01 */
struct date date_from_days(int32_t days);
struct date date_add_days(struct date d, int days);
/* Clamped: 31 August + 6 months is the last of February. n may be negative. */
struct date date_add_months(struct date d, int n);
int date_weekday(struct date d); /* 0 Monday ... 6 Sunday */

/* False: not a real date; *out is then untouched. */
bool date_parse_iso(const char *s, struct date *out); /* YYYY-MM-DD and nothing else */
bool date_parse_any(const char *s, struct date *out); /* ISO, d/m/yyyy, d-m-yyyy, "27 March 2026" */

#define DATE_ISO_SIZE 11
void date_iso(struct date d, char out[DATE_ISO_SIZE]);
const char *date_long(struct arena *a, struct date d);  /* "27 March 2026" */
const char *date_short(struct arena *a, struct date d); /* "27 Mar 2026" */

bool instant_is_set(struct instant t);
/* Europe/London. The hour that comes twice in October is the first one; the hour that is missing in
 * March is taken as an hour later. */
struct instant instant_of_local(struct date d, int hour, int minute);
struct date instant_date(struct instant t);                           /* London date */
void instant_clock(struct instant t, int *hour, int *minute);         /* London time */
const char *instant_long(struct arena *a, struct instant t);          /* "27 March 2026 at 2:30pm" */
const char *instant_local_iso(struct arena *a, struct instant t);     /* "2026-03-27T14:30" London */
const char *instant_utc_iso(struct arena *a, struct instant t);       /* "2026-03-27T14:30:00.000Z" */
/* "2026-03-27T14:30" or "2026-03-27 14:30", London time. */
bool instant_parse_local(const char *s, struct instant *out);
/* "14:30", "2:30pm", "2.30 pm", "9am", "midday", "midnight" to hour and minute. */
bool clock_parse(const char *s, int *hour, int *minute);

#endif
