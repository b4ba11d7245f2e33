/* Feedback, through the whole house. */
#include "app/training/training_test.h"

static int64_t answers_of(const char *reference)
{
	const struct session_arg args = { .authority_id = harness_authority(h),
					  .session_id = session_of(reference).id };
	struct feedback_totals t = { 0 };

	CHECK_OK(sql_feedback_totals(arena, harness_db(h), &args, &t));
	return t.answers;
}

static void given_without_an_account(void)
{
	open_product();
	const char *s = delivered();
	const char *form = arena_printf(arena, "/f/%s", session_of(s).feedback_code);
	struct answer a = harness_get(h, ROLE_NOBODY, form);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "better understanding of how Prevent fits my day-to-day job"));
	CHECK(!answer_has(&a, "name=\"_key\""));
	CHECK(pairs_get(&a.headers, "Set-Cookie") == NULL);
	const char *ticket = answer_between(h, &a, "name=\"ticket\" value=\"", "\"");

	CHECK(!text_empty(ticket));
	a = harness_post(h, ROLE_NOBODY, form, "ticket", ticket, "comment", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Answer at least one question"));
	a = harness_post(h, ROLE_NOBODY, form, "ticket", ticket, "understanding", "strongly-agree",
			 "comment", "Useful", NULL);
	CHECK_INT(a.status, 303);
	CHECK(pairs_get(&a.headers, "Set-Cookie") == NULL);
	CHECK(text_ends(a.location, "/thanks"));
	a = harness_get(h, ROLE_NOBODY, a.location);
	CHECK(answer_has(&a, "Your feedback has been sent"));
	CHECK_INT(answers_of(s), 1);
	harness_post(h, ROLE_NOBODY, form, "ticket", ticket, "understanding", "strongly-agree",
		     "comment", "Useful", NULL);
	CHECK_INT(answers_of(s), 1); /* sent twice */
	CHECK_INT(harness_get(h, ROLE_NOBODY, "/f/NOSUCH23").status, 404);
	harness_now(h, instant_of_local((struct date){ 2026, 12, 8 }, 9, 0));
	a = harness_get(h, ROLE_NOBODY, form);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "can no longer be given"));
	a = harness_post(h, ROLE_NOBODY, form, "ticket", "another", "understanding", "agree", NULL);
	CHECK_INT(answers_of(s), 1);
	close_product();
}

static void opened_by_the_trainer_on_the_day(void)
{
	open_product();
	const char *s = schedule("2026-11-24T14:00", "");
	const char *form = arena_printf(arena, "/f/%s", session_of(s).feedback_code);
	struct answer a = harness_get(h, ROLE_NOBODY, form);

	CHECK(answer_has(&a, "Feedback is not open yet"));
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/feedback-window"), "_version", "1",
			 "until-day", "", "until-month", "", "until-year", "", NULL);
	CHECK_INT(a.status, 303);
	CHECK_INT(date_compare(session_of(s).feedback_until, (struct date){ 2026, 12, 8 }), 0);
	a = harness_get(h, ROLE_NOBODY, form);
	CHECK(answer_has(&a, "Tell us about the session"));
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/poster"));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "<svg"));
	const char *later = schedule("2026-11-30T14:00", "");

	a = harness_post(h, ROLE_TRAINER, path_of(later, "/feedback-window"), "_version", "1",
			 "until-day", "", "until-month", "", "until-year", "", NULL);
	CHECK_INT(a.status, 422);
	close_product();
}

/* Nothing that is written when somebody answers leads to them, or says when: no audit entry, no
 * record of the form's key, ids in random order, the day only. */
static void an_answer_leads_to_nobody(void)
{
	struct feedback_comment *rows;
	struct audit_report before, after;
	size_t n;
	int rises = 0;

	open_product();
	const char *s = delivered();
	const struct session_arg args = { .authority_id = harness_authority(h),
					  .session_id = session_of(s).id };

	CHECK_OK(audit_verify(arena, harness_db(h), NULL, &before));
	for (int i = 0; i < 40; i++) {
		harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}",
				  session_of(s).feedback_code, "ticket",
				  arena_printf(arena, "ticket%d", i), "comment",
				  arena_printf(arena, "%d", i), NULL);
	}
	CHECK_OK(audit_verify(arena, harness_db(h), NULL, &after));
	CHECK_INT(after.entries, before.entries);
	CHECK_OK(sql_feedback_comments(arena, harness_db(h), &args, &rows, &n));
	CHECK_INT(n, 40);
	for (size_t i = 1; i < n; i++) {
		rises += strtol(rows[i].comment, NULL, 10) > strtol(rows[i - 1].comment, NULL, 10);
	}
	CHECK(rises > 8 &&
	      rises < 31); /* in order of arrival there would be 39, at random about 20 */
	close_product();
}

static void results_with_their_base(void)
{
	open_product();
	const char *s = delivered();
	const char *code = session_of(s).feedback_code;

	for (int i = 0; i < 4; i++) {
		harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", code, "ticket",
				  arena_printf(arena, "t%d", i), "understanding",
				  i < 3 ? "agree" : "disagree", "comment", "Very helpful", NULL);
	}
	struct answer a = harness_get(h, ROLE_TRAINER, path_of(s, "/feedback"));

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, ">4<"));
	CHECK(!answer_has(&a, "75%")); /* of four, who was in the room may know whose is the fourth */
	CHECK(!answer_has(&a, "Very helpful"));
	harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", code, "ticket", "t4",
			  "balance", "agree", NULL);
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/feedback"));
	CHECK(answer_has(&a, "Very helpful"));
	CHECK(answer_has(&a, "Shown from 5") && !answer_has(&a, "75%")); /* five forms, but four answers to the question */
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/courses/%s/feedback", course_ref));
	CHECK(answer_has(&a, "1 of the 1") && !answer_has(&a, "75%")); /* nor can it be told from a sum */
	harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", code, "ticket", "t5", "understanding", "agree", NULL);
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/courses/%s/feedback", course_ref));
	CHECK(answer_has(&a, "80% (4)"));
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/feedback"));
	CHECK(answer_has(&a, "80% (4)")); /* who left the question out is not in its base */
	CHECK(answer_has(&a, "check the attendance")); /* six answers, three people */
	a = harness_get(h, ROLE_AUDITOR, path_of(s, "/feedback"));
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "Very helpful"));
	/* 30 places, 60 answers at most */
	for (int i = 6; i < 70; i++) {
		harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", code, "ticket",
				  arena_printf(arena, "t%d", i), "balance", "agree", NULL);
	}
	CHECK_INT(answers_of(s), 60);
	/* the last that was taken, sent once more, was taken; another was not */
	struct outcome o = harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", code, "ticket", "t59", "balance",
					     "agree", NULL);

	CHECK_INT(o.problems.n, 0);
	CHECK_TEXT(o.location, arena_printf(arena, "/f/%s/thanks", code));
	o = harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", code, "ticket", "t60", "balance", "agree", NULL);
	CHECK_INT(o.problems.n, 1);
	CHECK_INT(answers_of(s), 60);
	close_product();
}

/* Appendix E 15 through the store: 1,000 attended, 400 answered, 392 agreed. */
static void scenario_15(void)
{
	struct buf b;

	open_product();
	struct outcome o =
		harness_operation(h, ROLE_SYSTEM, "schedule-session", "course", course_ref,
				  "starts_at", "2026-11-23T14:00", "venue", "Arena", "places",
				  "1000", "trainer", trainer_ref, NULL);
	const char *s = o.reference;
	const char *code = session_of(s).feedback_code;

	buf_init(&b, arena, 100000);
	for (int i = 0; i < 1000; i++) {
		buf_printf(&b, "Person %c%c%c,p%d@oak.example.org,125404\n", 'a' + i % 26,
			   'a' + i / 26 % 26, 'a' + i / 676, i);
	}
	CHECK_INT(import(s, b.p).problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	CHECK_INT(counts_of(s).attended, 1000);
	for (int i = 0; i < 400; i++) {
		harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", code, "ticket",
				  arena_printf(arena, "t%d", i), "understanding",
				  i < 392 ? (i % 2 == 0 ? "agree" : "strongly-agree") : "neither",
				  NULL);
	}
	struct answer a = harness_get(h, ROLE_COORDINATOR, path_of(s, "/feedback"));

	CHECK(answer_has(&a, "98% (392)"));
	CHECK(answer_has(&a, "96% to 99%"));
	CHECK(answer_has(&a, "40%"));
	CHECK(answer_has(&a, "1,000"));
	int64_t rows;

	CHECK_INT(served(s, OAK, &rows), 1000);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(given_without_an_account),
					     TEST(opened_by_the_trainer_on_the_day),
					     TEST(an_answer_leads_to_nobody),
					     TEST(results_with_their_base),
					     TEST(scenario_15),
					     TEST_END };

	return test_main(argc, argv, tests);
}
