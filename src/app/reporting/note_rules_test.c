/* Every move of a note from every state, and who sees it in which: two tables written by hand from domain reference 3.11. */
#include "app/reporting/note.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

const struct feature *const features[] = { NULL };

static const char *const moves[] = { "change", "review", "return", "sign", "publish", "exempt", "correct" };

/* DRAFT -> REVIEW -> SIGNED_OFF -> PUBLISHED / EXEMPT; review may go back; what was signed is corrected by a new version. */
static const struct {
	int state;
	int after[7];
} table[] = {
	{ NOTE_DRAFT, { NOTE_DRAFT, NOTE_REVIEW, 0, 0, 0, 0, 0 } },
	{ NOTE_REVIEW, { 0, 0, NOTE_DRAFT, NOTE_SIGNED_OFF, 0, 0, 0 } },
	{ NOTE_SIGNED_OFF, { 0, 0, 0, 0, NOTE_PUBLISHED, NOTE_EXEMPT, NOTE_SIGNED_OFF } },
	{ NOTE_PUBLISHED, { 0, 0, 0, 0, 0, 0, NOTE_PUBLISHED } },
	{ NOTE_EXEMPT, { 0, 0, 0, 0, 0, 0, NOTE_EXEMPT } },
};

static void every_move_from_every_state(void)
{
	CHECK_INT(sizeof(table) / sizeof(*table), words_count(&note_state_words));
	CHECK_INT(sizeof(moves) / sizeof(*moves), NOTE_MOVE_COUNT - 1);
	for (size_t s = 0; s < sizeof(table) / sizeof(*table); s++) {
		for (int m = 0; m < NOTE_MOVE_COUNT - 1; m++) {
			const char *fault = note_move_fault(table[s].state, (enum note_move)(m + 1));

			if (!CHECK_INT(note_after(table[s].state, (enum note_move)(m + 1)), table[s].after[m]) ||
			    !CHECK_INT(fault == NULL, table[s].after[m] != 0)) {
				printf("    %s from %s\n", moves[m], words_word(&note_state_words, table[s].state));
			}
		}
	}
}

/* Draft, in review, signed off, published, exempt: y sees it. */
static const struct {
	enum role role;
	const char *sees;
} seen[] = {
	{ ROLE_NOBODY, "nnnyn" }, /* has no permission to read any: hidden before that */
	{ ROLE_ADMINISTRATOR, "nnnyn" },
	{ ROLE_COORDINATOR, "yyyyy" },
	{ ROLE_TRAINING_OFFICER, "nnnyn" },
	{ ROLE_TRAINER, "nnnyn" },
	{ ROLE_SCHOOL_LEAD, "nnnyn" },
	{ ROLE_COUNCILLOR, "nnnyn" },
	{ ROLE_AUDITOR, "nnyyn" },
	{ ROLE_SYSTEM, "yyyyy" },
};

static void who_sees_which(void)
{
	CHECK_INT(sizeof(seen) / sizeof(*seen), ROLE_COUNT);
	for (size_t i = 0; i < sizeof(seen) / sizeof(*seen); i++) {
		for (int state = NOTE_DRAFT; state <= NOTE_EXEMPT; state++) {
			CHECK_INT(note_visible(note_sees(seen[i].role), state), seen[i].sees[state - 1] == 'y');
		}
	}
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_from_every_state), TEST(who_sees_which), TEST_END };

	return test_main(argc, argv, tests);
}
