/* Whose accreditation is active on a day (domain reference 3.11). */
#include <string.h>

#include "app/training/trainer.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static struct arena *arena;

static const struct date first = { 2026, 3, 1 }, last = { 2027, 2, 28 };

static bool may(int state, struct date from, struct date to, struct date day)
{
	const struct accreditation x = { .state = state, .accredited_on = from, .expires_on = to };

	return accreditation_fault(arena, &x, "Ada", day) == NULL;
}

static void active_from_its_first_to_its_last_day(void)
{
	const struct date none = { 0 };

	CHECK(may(ACCREDITATION_ACTIVE, first, last, first));
	CHECK(may(ACCREDITATION_ACTIVE, first, last, last));
	CHECK(!may(ACCREDITATION_ACTIVE, first, last, date_add_days(first, -1)));
	CHECK(!may(ACCREDITATION_ACTIVE, first, last, date_add_days(last, 1)));
	CHECK(may(ACCREDITATION_ACTIVE, none, none, first));
	CHECK(may(ACCREDITATION_ACTIVE, first, none, (struct date){ 2099, 1, 1 }));
	CHECK(!may(ACCREDITATION_APPLIED, none, none, first));
	CHECK(!may(ACCREDITATION_WITHDRAWN, first, last, first));
	CHECK(strstr(accreditation_fault(arena, NULL, "Ada", first), "Ada has no accreditation") != NULL);
}

static void lapsed_follows_from_the_last_day(void)
{
	CHECK_INT(accreditation_on(ACCREDITATION_ACTIVE, last, last), ACCREDITATION_ACTIVE);
	CHECK_INT(accreditation_on(ACCREDITATION_ACTIVE, last, date_add_days(last, 1)), ACCREDITATION_LAPSED);
	CHECK_INT(accreditation_on(ACCREDITATION_ACTIVE, (struct date){ 0 }, last), ACCREDITATION_ACTIVE);
	CHECK_INT(accreditation_on(ACCREDITATION_WITHDRAWN, last, date_add_days(last, 1)), ACCREDITATION_WITHDRAWN);
	CHECK_INT(accreditation_on(ACCREDITATION_APPLIED, (struct date){ 0 }, last), ACCREDITATION_APPLIED);
}

static void the_moves(void)
{
	static const bool goes[ACCREDITATION_WITHDRAWN][3] = { /* accredit, renew, withdraw */
							       { true, false, true },
							       { false, true, true },
							       { false, true, true },
							       { false, false, false } };

	for (int state = ACCREDITATION_APPLIED; state <= ACCREDITATION_WITHDRAWN; state++) {
		for (int move = MOVE_ACCREDIT; move <= MOVE_WITHDRAW; move++) {
			CHECK_INT(accreditation_move_fault(state, (enum accreditation_move)move) == NULL,
				  goes[state - 1][move - 1]);
		}
	}
}

/* Domain reference 4.12. */
static void the_kinds(void)
{
	CHECK_TEXT(accreditation_words.items[0].label, "WRAP accredited facilitator");
	CHECK_TEXT(accreditation_words.items[1].label, "Home Office recognised");
	CHECK_TEXT(accreditation_words.items[2].label, "Internal");
}

const struct feature *const features[] = { NULL };

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(active_from_its_first_to_its_last_day),
					     TEST(lapsed_follows_from_the_last_day),
					     TEST(the_moves),
					     TEST(the_kinds),
					     TEST_END };

	arena = arena_new(16 << 20);
	int status = test_main(argc, argv, tests);

	arena_free(&arena);
	return status;
}
