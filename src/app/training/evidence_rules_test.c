/* The moves of evidence against the table of the domain reference, 3.11: CLAIMED -> VERIFIED / REJECTED. */
#include "app/training/evidence.h"
#include <stddef.h>

#include "base/test.h"

static void every_move_from_every_state(void)
{
	/* rows: claimed, verified, rejected; columns: verify, reject */
	static const int after[3][2] = { { EVIDENCE_VERIFIED, EVIDENCE_REJECTED }, { 0, 0 }, { 0, 0 } };

	for (int state = EVIDENCE_CLAIMED; state <= EVIDENCE_REJECTED; state++) {
		for (int move = EVIDENCE_VERIFY; move < EVIDENCE_MOVES; move++) {
			int want = after[state - 1][move - 1];

			CHECK_INT(evidence_after(state, (enum evidence_move)move), want);
			CHECK((evidence_move_fault(state, (enum evidence_move)move) == NULL) == (want != 0));
		}
	}
}

static void days(void)
{
	const struct date today = { 2026, 11, 24 };

	CHECK(evidence_date_fault(today, today) == NULL);
	CHECK(evidence_date_fault((struct date){ 2026, 11, 25 }, today) != NULL);
	CHECK(evidence_date_fault((struct date){ 2015, 7, 1 }, today) == NULL);
	CHECK(evidence_date_fault((struct date){ 2015, 6, 30 }, today) != NULL);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_from_every_state), TEST(days), TEST_END };

	return test_main(argc, argv, tests);
}
