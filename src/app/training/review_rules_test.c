/* The moves of a quality review against the table of the domain reference, 3.11: OPENED -> MATERIAL_REQUESTED ->
 * MATERIAL_SEEN / REFUSED -> RATED -> ACTIONED; reviewer not the trainer; REFUSED is an end. */
#include "app/training/review_rules.h"

#include <stddef.h>

#include "base/test.h"

/* rows: opened, requested, seen, refused, rated, actioned; columns: request, see, refuse, rate, finish */
static const int after[REVIEW_ACTIONED][REVIEW_MOVES - 1] = {
	{ REVIEW_REQUESTED, 0, 0, 0, 0 },
	{ 0, REVIEW_SEEN, REVIEW_REFUSED, 0, 0 },
	{ 0, 0, 0, REVIEW_RATED, 0 },
	{ 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, REVIEW_ACTIONED },
	{ 0, 0, 0, 0, 0 },
};

static void every_move_from_every_state(void)
{
	for (int state = REVIEW_OPENED; state <= REVIEW_ACTIONED; state++) {
		for (int move = REVIEW_REQUEST; move < REVIEW_MOVES; move++) {
			int want = after[state - 1][move - 1];

			CHECK_INT(review_after(state, (enum review_move)move), want);
			CHECK((review_move_fault(state, (enum review_move)move) == NULL) == (want != 0));
		}
	}
}

static void who_gives_it_does_not_review_it(void)
{
	CHECK(reviewer_fault(7, 7) != NULL);
	CHECK(reviewer_fault(7, 8) == NULL);
	CHECK(reviewer_fault(7, 0) == NULL); /* a trainer without an account */
	CHECK(reviewer_fault(0, 0) == NULL);
}

static void open_until_decided(void)
{
	CHECK(review_is_open(REVIEW_OPENED) && review_is_open(REVIEW_REQUESTED) && review_is_open(REVIEW_SEEN));
	CHECK(!review_is_open(REVIEW_REFUSED) && !review_is_open(REVIEW_RATED) && !review_is_open(REVIEW_ACTIONED));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_from_every_state), TEST(who_gives_it_does_not_review_it),
					     TEST(open_until_decided), TEST_END };

	return test_main(argc, argv, tests);
}
