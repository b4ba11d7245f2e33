/* The days that follow from a rule. Months are clamped as in the scenarios of the domain reference (appendix E, 8 and 9). */
#include "app/training/need.h"
#include "app/training/training.h"
#include "base/arena.h"
#include "base/test.h"

const struct feature *const features[] = { NULL };

static const struct date none;

static void check_day(struct date got, int year, int month, int day)
{
	CHECK_INT(date_compare(got, (struct date){ year, month, day }), 0);
}

static void trained_again_after_months(void)
{
	check_day(need_due_on(6, 90, none, (struct date){ 2026, 8, 31 }), 2027, 2, 28);
	check_day(need_due_on(12, 90, none, (struct date){ 2026, 8, 31 }), 2027, 8, 31);
	check_day(need_due_on(6, 90, none, (struct date){ 2028, 2, 29 }), 2028, 8, 29);
	check_day(need_due_on(12, 90, none, (struct date){ 2028, 2, 29 }), 2029, 2, 28);
}

static void newcomers_have_days(void)
{
	check_day(need_due_on(24, 30, (struct date){ 2026, 11, 24 }, none), 2026, 12, 24);
	check_day(need_due_on(24, 0, (struct date){ 2026, 11, 24 }, none), 2026, 11, 24);
	check_day(need_due_on(0, 60, (struct date){ 2026, 12, 31 }, none), 2027, 3, 1);
}

static void once_is_for_ever(void)
{
	CHECK(need_is_never(need_due_on(0, 90, none, (struct date){ 2011, 1, 1 })));
	CHECK(!need_is_never(need_due_on(120, 90, none, (struct date){ 2011, 1, 1 })));
	CHECK_INT(need_status(need_due_on(0, 90, none, (struct date){ 2011, 1, 1 }), (struct date){ 2026, 11, 24 }), NEED_IN_DATE);
}

static void statuses_at_their_edges(void)
{
	struct date today = { 2026, 11, 24 };

	CHECK_INT(need_status((struct date){ 2026, 11, 23 }, today), NEED_OVERDUE);
	CHECK_INT(need_status((struct date){ 2026, 11, 24 }, today), NEED_DUE); /* the day itself is in time */
	CHECK_INT(need_status((struct date){ 2027, 1, 23 }, today), NEED_DUE);	/* 60 days on */
	CHECK_INT(need_status((struct date){ 2027, 1, 24 }, today), NEED_IN_DATE);
}

/* Every day has one status, and the days of that status hold it. */
static void statuses_and_their_days_agree(void)
{
	struct date today = { 2027, 2, 27 };

	for (int back = -800; back <= 800; back++) {
		struct date d = date_add_days(today, back);

		for (int status = NEED_OVERDUE; status <= NEED_IN_DATE; status++) {
			struct period days = need_status_days(status, today);
			bool within = date_compare(d, days.from) >= 0 && date_compare(d, days.to) <= 0;

			CHECK_INT(within, (int)need_status(d, today) == status);
		}
	}
}

static void rules_in_words(void)
{
	struct arena *a = arena_new(1 << 16);
	struct need n = { .agency = "" };

	CHECK_TEXT(need_whom(a, &n), "Everybody");
	n.audience = AUDIENCE_FOSTER_CARERS;
	CHECK_TEXT(need_whom(a, &n), "Foster carers");
	n.standing = STANDING_VOLUNTEER;
	n.agency = "Oxted Youth Club";
	CHECK_TEXT(need_whom(a, &n), "Foster carers, Volunteer of Oxted Youth Club");
	n.course_months = 24;
	CHECK_TEXT(need_how_often(a, &n), "Every 24 months");
	n.months = (struct opt_int){ true, 1 };
	CHECK_TEXT(need_how_often(a, &n), "Every 1 month");
	n.months.v = 0;
	CHECK_TEXT(need_how_often(a, &n), "Once");
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(trained_again_after_months), TEST(newcomers_have_days),
					     TEST(once_is_for_ever),	       TEST(statuses_at_their_edges),
					     TEST(statuses_and_their_days_agree), TEST(rules_in_words), TEST_END };

	return test_main(argc, argv, tests);
}
