/* Needs: the dates and words that follow from a rule. No store, no clock. */
#include "app/training/need.h"
#include "base/arena.h"
#include "base/text.h"

static const struct date never = { 2200, 12, 31 }; /* the last day that a date can be (base/date.h) */

struct date need_due_on(int64_t months, int64_t newcomer_days, struct date since, struct date trained_on)
{
	if (!date_is_set(trained_on)) {
		return date_add_days(since, (int)newcomer_days);
	}
	return months == 0 ? never : date_add_months(trained_on, (int)months);
}

bool need_is_never(struct date due_on)
{
	return date_compare(due_on, never) == 0;
}

enum need_status need_status(struct date due_on, struct date today)
{
	if (date_compare(due_on, today) < 0) {
		return NEED_OVERDUE;
	}
	return date_compare(due_on, date_add_days(today, NEED_DUE_DAYS)) <= 0 ? NEED_DUE : NEED_IN_DATE;
}

struct period need_status_days(int status, struct date today)
{
	struct period days = { { 1800, 1, 1 }, never };

	if (status == NEED_OVERDUE) {
		days.to = date_add_days(today, -1);
	} else if (status == NEED_DUE) {
		days.from = today;
		days.to = date_add_days(today, NEED_DUE_DAYS);
	} else if (status == NEED_IN_DATE) {
		days.from = date_add_days(today, NEED_DUE_DAYS + 1);
	}
	return days;
}

int64_t need_months(const struct need *n)
{
	return n->months.set ? n->months.v : n->course_months;
}

static const char *joined(struct arena *a, const char *so_far, const char *more)
{
	return so_far[0] == '\0' ? more : arena_printf(a, "%s, %s", so_far, more);
}

const char *need_whom(struct arena *a, const struct need *n)
{
	const char *s = "";

	if (n->audience != 0) {
		s = words_label(&audience_words, n->audience);
	}
	if (n->sector != 0) {
		s = joined(a, s, arena_printf(a, "sector %s", words_label(&sector_words, n->sector)));
	}
	if (n->standing != 0) {
		s = joined(a, s, words_label(&standing_words, n->standing));
	}
	if (s[0] == '\0') {
		s = "Everybody";
	}
	return text_empty(n->agency) ? s : arena_printf(a, "%s of %s", s, n->agency);
}

const char *need_how_often(struct arena *a, const struct need *n)
{
	int64_t months = need_months(n);

	return months == 0 ? "Once" : arena_printf(a, "Every %lld month%s", (long long)months, months == 1 ? "" : "s");
}
