/* On which days a session repeats: no store, no clock. */
#include <string.h>

#include "app/training/session_series.h"
#include "base/arena.h"
#include "base/text.h"

static const struct word repeats[] = {
	{ REPEAT_ONCE, "once", "No", NULL },
	{ REPEAT_WEEKLY, "weekly", "Every week", NULL },
	{ REPEAT_FORTNIGHTLY, "fortnightly", "Every 2 weeks", NULL },
	{ REPEAT_MONTHLY, "monthly", "Every month", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words repeat_words = { "repeat", repeats };

static void refuse(struct series_dates *out, const char *field, const char *fault)
{
	out->field = field;
	out->fault = fault;
}

static struct date repeated(struct date first, int repeat, int i)
{
	switch (repeat) {
	case REPEAT_WEEKLY:
		return date_add_days(first, 7 * i);
	case REPEAT_FORTNIGHTLY:
		return date_add_days(first, 14 * i);
	default: /* from the first each time, so that the 31st comes back after February */
		return date_add_months(first, i);
	}
}

static bool has_date(const struct series_dates *d, struct date first, struct date day)
{
	bool has = date_compare(day, first) == 0;

	for (size_t i = 0; i < d->n; i++) {
		has = has || date_compare(d->v[i], day) == 0;
	}
	return has;
}

static void read_dates(struct arena *a, struct date first, const char *text, struct series_dates *out)
{
	while (*text != '\0' && out->fault == NULL) {
		size_t n = strcspn(text, "\r\n,;");
		const char *line = text_normalise(a, text, n);
		struct date day;

		text += n;
		text += strspn(text, "\r\n,;");
		if (text_empty(line)) {
			continue;
		}
		if (!date_parse_any(line, &day)) {
			refuse(out, "dates", arena_printf(a, "“%s” is not a date. Write each date on its own line, "
							     "like 27/3/2026 or 27 March 2026", line));
		} else if (has_date(out, first, day)) {
			refuse(out, "dates", arena_printf(a, "%s stands there twice", date_long(a, day)));
		} else if (out->n + 1 >= SERIES_MAX) {
			refuse(out, "dates", arena_printf(a, "A series can have %d sessions at most", SERIES_MAX));
		} else {
			out->v[out->n++] = day;
		}
	}
}

void series_plan(struct arena *a, struct date first, int repeat, int64_t times, const char *dates,
		 struct series_dates *out)
{
	*out = (struct series_dates){ 0 };
	repeat = repeat == REPEAT_ONCE ? 0 : repeat;
	if (!text_empty(dates)) {
		if (repeat != 0) {
			refuse(out, "dates", "Choose how often it repeats, or write the dates, not both");
			return;
		}
		read_dates(a, first, dates, out);
		return;
	}
	if (repeat == 0) {
		if (times > 1) {
			refuse(out, "repeat", "Select how often the session repeats");
		}
		return;
	}
	if (times < 2) {
		refuse(out, "times", arena_printf(a, "Enter how many sessions there are in all, from 2 to %d", SERIES_MAX));
		return;
	}
	for (int i = 1; i < times && i < SERIES_MAX; i++) {
		out->v[out->n++] = repeated(first, repeat, i);
	}
}
