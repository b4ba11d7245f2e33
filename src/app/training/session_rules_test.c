/* Every move from every state by every role, against a table written out by hand from the domain
 * reference, 3.11. */
#include "app/training/session_rules.h"

#include "base/arena.h"
#include "base/test.h"

/* Where each move leads: rows are states, columns CONFIRM, DELIVER, CLOSE, CANCEL; "-" is refused.
 */
static const struct {
	int state;
	const char *to[4];
} expected[] = {
	{ SESSION_PLANNED, { "confirmed", "-", "-", "cancelled" } },
	{ SESSION_CONFIRMED, { "-", "delivered", "-", "cancelled" } },
	{ SESSION_DELIVERED, { "-", "-", "closed", "cancelled" } },
	{ SESSION_CLOSED, { "-", "-", "-", "-" } },
	{ SESSION_CANCELLED, { "-", "-", "-", "-" } },
};

/* Who: n nobody may, o their own session, a every session. CONFIRM, DELIVER, CLOSE, CANCEL. */
static const struct {
	enum role role;
	const char *reach;
} who[] = {
	{ ROLE_NOBODY, "nnnn" },      { ROLE_ADMINISTRATOR, "nnnn" },
	{ ROLE_COORDINATOR, "aaaa" }, { ROLE_TRAINING_OFFICER, "aaaa" },
	{ ROLE_TRAINER, "oonn" },     { ROLE_SCHOOL_LEAD, "nnnn" },
	{ ROLE_COUNCILLOR, "nnnn" },  { ROLE_AUDITOR, "nnnn" },
	{ ROLE_SYSTEM, "aaaa" },
};

static const struct date today = { 2026, 11, 24 }, yesterday = { 2026, 11, 23 },
			 tomorrow = { 2026, 11, 25 };

/* Everything in order: only the state and the move decide. */
static struct session_facts ready(int state)
{
	return (struct session_facts){ .state = state,
				       .held_on = yesterday,
				       .feedback_until = yesterday,
				       .has_trainer = true,
				       .booked = 0,
				       .came = 12 };
}

static void every_move_from_every_state(void)
{
	CHECK_INT(sizeof(expected) / sizeof(*expected), words_count(&session_state_words));
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
		for (int m = MOVE_CONFIRM; m < MOVE_COUNT; m++) {
			struct session_facts facts = ready(expected[i].state);
			const char *want = expected[i].to[m - 1];
			int after = session_after(facts.state, (enum session_move)m);
			const char *fault = session_move_fault(&facts, (enum session_move)m, today);

			CHECK_TEXT(after == 0 ? "-" : words_word(&session_state_words, after),
				   want);
			CHECK((fault == NULL) == (want[0] != '-'));
		}
	}
}

static void every_role(void)
{
	CHECK_INT(sizeof(who) / sizeof(*who), ROLE_COUNT);
	for (size_t i = 0; i < sizeof(who) / sizeof(*who); i++) {
		for (int m = MOVE_CONFIRM; m < MOVE_COUNT; m++) {
			enum permission p = session_move_permission((enum session_move)m);
			char reach = who[i].reach[m - 1];

			CHECK_INT(policy_allows(who[i].role, p, RELATION_OWN), reach != 'n');
			CHECK_INT(policy_allows(who[i].role, p, RELATION_NONE), reach == 'a');
		}
	}
}

static void delivering(void)
{
	struct session_facts f = ready(SESSION_CONFIRMED);

	CHECK(session_move_fault(&f, MOVE_DELIVER, today) == NULL);
	f.held_on = today;
	CHECK(session_move_fault(&f, MOVE_DELIVER, today) == NULL);
	f.held_on = tomorrow;
	CHECK(session_move_fault(&f, MOVE_DELIVER, today) != NULL);
	f = ready(SESSION_CONFIRMED);
	f.came = 0;
	f.booked = 30; /* bookings are not attendance */
	CHECK(session_move_fault(&f, MOVE_DELIVER, today) != NULL);
	f = ready(SESSION_CONFIRMED);
	f.has_trainer = false;
	CHECK(session_move_fault(&f, MOVE_DELIVER, today) != NULL);
}

static void closing(void)
{
	struct session_facts f = ready(SESSION_DELIVERED);

	CHECK(session_move_fault(&f, MOVE_CLOSE, today) == NULL);
	f.booked = 1;
	CHECK(session_move_fault(&f, MOVE_CLOSE, today) != NULL);
	f = ready(SESSION_DELIVERED);
	f.feedback_until = today; /* the last day belongs to the window */
	CHECK(session_move_fault(&f, MOVE_CLOSE, today) != NULL);
	f.feedback_until = (struct date){ 0, 0, 0 };
	CHECK(session_move_fault(&f, MOVE_CLOSE, today) == NULL);
}

static void changing(void)
{
	CHECK(session_may_change(SESSION_PLANNED));
	CHECK(session_may_change(SESSION_CONFIRMED));
	CHECK(!session_may_change(SESSION_DELIVERED));
	CHECK(!session_may_change(SESSION_CLOSED));
	CHECK(!session_may_change(SESSION_CANCELLED));
}

static void the_feedback_window(void)
{
	const struct date none = { 0, 0, 0 };

	CHECK_INT(feedback_window(SESSION_CONFIRMED, today, none, today), FEEDBACK_NOT_YET);
	CHECK_INT(feedback_window(SESSION_CONFIRMED, today, tomorrow, today), FEEDBACK_OPEN);
	CHECK_INT(feedback_window(SESSION_CONFIRMED, tomorrow, tomorrow, today), FEEDBACK_NOT_YET);
	CHECK_INT(feedback_window(SESSION_DELIVERED, yesterday, today, today), FEEDBACK_OPEN);
	CHECK_INT(feedback_window(SESSION_DELIVERED, yesterday, yesterday, today), FEEDBACK_ENDED);
	CHECK_INT(feedback_window(SESSION_CLOSED, yesterday, tomorrow, today), FEEDBACK_ENDED);
	CHECK_INT(feedback_window(SESSION_CANCELLED, yesterday, tomorrow, today), FEEDBACK_ENDED);
}

const struct feature *const features[] = { NULL };

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_from_every_state),
					     TEST(every_role),
					     TEST(delivering),
					     TEST(closing),
					     TEST(changing),
					     TEST(the_feedback_window),
					     TEST_END };

	return test_main(argc, argv, tests);
}
