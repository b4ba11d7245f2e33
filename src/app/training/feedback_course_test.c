/* A course's own questions, confidence before and after, and what many sessions say together. */
#include "app/training/course.h"
#include "app/training/training_test.h"

static const char *course_with_questions(void)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-course", "title", "For foster carers", "provider", "council",
					     "delivery", "face-to-face", "duration_minutes", "60", "statements",
					     "I know whom to ring", "questions", "What was missing?", "asks_confidence", "yes", NULL);

	CHECK_TEXT(told(&o), "");
	return o.reference;
}

/* Three people came. */
static const char *held(const char *course, enum role trainer, const char *on)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "schedule-session", "course", course, "starts_at", on, "venue", "Hall",
					     "places", "30", "trainer",
					     choice_labelled(&SQL_trainer_choices, harness_who(h, trainer)->name), NULL);

	CHECK_TEXT(told(&o), "");
	const char *s = arena_strdup(arena, o.reference);

	CHECK_INT(import(s, "Ada Fern,,125404\nBen Hale,,125404\nCy Webb,,125404\n").problems.n, 0);
	o = move(ROLE_COORDINATOR, "confirm-session", s);
	CHECK_TEXT(told(&o), "");
	o = move(ROLE_COORDINATOR, "deliver-session", s);
	CHECK_TEXT(told(&o), "");
	return s;
}

static struct outcome answered(const char *s, int i, const char *understanding, const char *before, const char *after)
{
	return harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", session_of(s).feedback_code, "ticket",
				 arena_printf(arena, "t%d", i), "understanding", understanding, "confidence_before", before,
				 "confidence_after", after, "own_1", "agree", "own_2", arena_printf(arena, "Word %c", 'z' - i), NULL);
}

static void asked_as_the_version_of_the_day_asks(void)
{
	open_product();
	const char *course = course_with_questions();
	const char *s = held(course, ROLE_TRAINER, "2026-11-23T14:00");
	const char *form = arena_printf(arena, "/f/%s", session_of(s).feedback_code);
	struct answer a = harness_get(h, ROLE_NOBODY, form);

	CHECK(answer_has(&a, "I know whom to ring"));
	CHECK(answer_has(&a, "What was missing?"));
	CHECK(answer_has(&a, "Before the session, how confident"));
	a = harness_get(h, ROLE_NOBODY, arena_printf(arena, "/f/%s", session_of(delivered()).feedback_code));
	CHECK(!answer_has(&a, "I know whom to ring"));
	CHECK(!answer_has(&a, "how confident"));
	a = harness_post(h, ROLE_NOBODY, form, "ticket", "x", "own_1", "not-of-the-scale", "own_2", "Typed already", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Select how far you agree"));
	CHECK(answer_has(&a, "Typed already"));
	a = harness_post(h, ROLE_NOBODY, form, "ticket", "x", "own_2", "Only this", NULL);
	CHECK_INT(a.status, 303); /* one answer is enough, whichever */
	close_product();
}

static void shown_from_five_answers(void)
{
	open_product();
	const char *course = course_with_questions();
	const char *s = held(course, ROLE_TRAINER, "2026-11-23T14:00");
	struct answer a;

	for (int i = 0; i < 4; i++) {
		CHECK_TEXT(told(&(struct outcome){ .err = answered(s, i, "agree", "slightly", "very").err }), "");
	}
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/feedback"));
	CHECK(!answer_has(&a, "Word"));
	CHECK(!answer_has(&a, "Median"));
	CHECK(!answer_has(&a, "I know whom to ring"));
	answered(s, 4, "agree", "", "");
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/feedback"));
	CHECK(answer_has(&a, "100% (5)"));
	CHECK(answer_has(&a, "I know whom to ring"));
	CHECK(answer_has(&a, "Word z"));
	CHECK(!answer_has(&a, "Median")); /* four have answered both */
	answered(s, 5, "agree", "fairly", "fairly");
	answered(s, 5, "disagree", "fairly", "fairly"); /* the same form, sent twice */
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/feedback"));
	CHECK(answer_has(&a, "Median"));
	CHECK(answer_has(&a, "5 answered both: 4 higher after, 1 the same, 0 lower"));
	CHECK(answer_has(&a, "2.2")); /* (2+2+2+2+3) / 5 */
	CHECK(answer_has(&a, "3.8")); /* (4+4+4+4+3) / 5 */
	/* in the order of their letters: not as they came, and not as other answers of the same form stand */
	CHECK(strstr(a.body, "Word u") < strstr(a.body, "Word z"));
	a = harness_get(h, ROLE_AUDITOR, path_of(s, "/feedback"));
	CHECK(answer_has(&a, "I know whom to ring"));
	CHECK(!answer_has(&a, "Word z"));
	close_product();
}

/* Questions that were answered are not put right; new ones are asked from a day on. */
static void answered_questions_stay(void)
{
	open_product();
	const char *course = course_with_questions();
	const char *s = held(course, ROLE_TRAINER, "2026-11-23T14:00");

	answered(s, 0, "agree", "", "");
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "change-course", "{course}", course, "_version", "1", "title",
					     "For foster carers", "provider", "council", "delivery", "face-to-face",
					     "duration_minutes", "60", "statements", "Something else", NULL);
	CHECK(strstr(told(&o), "answered these questions already") != NULL);
	o = harness_operation(h, ROLE_SYSTEM, "change-course", "{course}", course, "_version", "1", "title", "For foster carers",
			      "provider", "council", "delivery", "face-to-face", "duration_minutes", "60", "statements",
			      "Something else", "taught_from", "2026-12-01", NULL);
	CHECK_TEXT(told(&o), "");
	struct answer a = harness_get(h, ROLE_NOBODY, arena_printf(arena, "/f/%s", session_of(s).feedback_code));

	CHECK(answer_has(&a, "I know whom to ring"));
	CHECK(!answer_has(&a, "Something else"));
	close_product();
}

/* A small session is not in the sum: taking off what the others show would give it away. */
static void the_sum_gives_no_small_session_away(void)
{
	open_product();
	const char *course = course_with_questions();
	const char *large = held(course, ROLE_TRAINER, "2026-11-23T14:00");
	const char *small = held(course, ROLE_TRAINING_OFFICER, "2026-11-22T14:00");
	const char *page = arena_printf(arena, "/training/courses/%s/feedback", course);
	struct answer a = harness_get(h, ROLE_COORDINATOR, page);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "0 of the 2"));
	for (int i = 0; i < 6; i++) {
		answered(large, i, "agree", "slightly", "very");
	}
	for (int i = 0; i < 4; i++) {
		answered(small, i, "disagree", "completely", "not-at-all");
	}
	a = harness_get(h, ROLE_COORDINATOR, page);
	CHECK(answer_has(&a, "100% (6)"));
	CHECK(answer_has(&a, "1 of the 2"));
	CHECK(answer_has(&a, "6 answered both: 6 higher after, 0 the same, 0 lower"));
	CHECK(answer_has(&a, "167%")); /* the response rate is of all: 10 answers, 6 came */
	answered(small, 4, "disagree", "", "");
	a = harness_get(h, ROLE_COORDINATOR, page);
	CHECK(answer_has(&a, "55% (6)"));
	CHECK(answer_has(&a, "2 of the 2"));
	CHECK(answer_has(&a, "6 answered both: 6 higher after")); /* four of the small one did: still out */
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/trainers/%s/feedback", trainer_ref));
	CHECK(answer_has(&a, "100% (6)"));
	/* the past 12 months, or all */
	harness_now(h, instant_of_local((struct date){ 2028, 1, 10 }, 9, 0));
	a = harness_get(h, ROLE_COORDINATOR, page);
	CHECK(answer_has(&a, "0 of the 0"));
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "%s?period=all", page));
	CHECK(answer_has(&a, "55% (6)"));
	close_product();
}

static void who_may_see_the_sums(void)
{
	open_product();
	const char *course = arena_printf(arena, "/training/courses/%s/feedback", course_ref);
	const char *own = arena_printf(arena, "/training/trainers/%s/feedback", trainer_ref);
	const char *officer = arena_printf(arena, "/training/trainers/%s/feedback",
					   choice_labelled(&SQL_trainer_choices, harness_who(h, ROLE_TRAINING_OFFICER)->name));

	CHECK_INT(harness_get(h, ROLE_TRAINING_OFFICER, course).status, 200);
	CHECK_INT(harness_get(h, ROLE_AUDITOR, course).status, 200);
	CHECK_INT(harness_get(h, ROLE_TRAINER, course).status, 403);
	CHECK_INT(harness_get(h, ROLE_COUNCILLOR, course).status, 403);
	CHECK_INT(harness_get(h, ROLE_TRAINER, own).status, 200);
	CHECK_INT(harness_get(h, ROLE_TRAINER, officer).status, 404);
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, officer).status, 200);
	CHECK_INT(harness_get(h, ROLE_ADMINISTRATOR, own).status, 403);
	close_product();
}

/* Appendix E 15 by course and by trainer: 1,000 attended, 400 answered, 392 agreed: 98% of respondents, response rate 40%. */
static void scenario_15(void)
{
	struct buf b;
	struct answer a;

	open_product();
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "schedule-session", "course", course_ref, "starts_at",
					     "2026-11-23T14:00", "venue", "Arena", "places", "1000", "trainer", trainer_ref, NULL);
	const char *s = arena_strdup(arena, o.reference);

	buf_init(&b, arena, 100000);
	for (int i = 0; i < 1000; i++) {
		buf_printf(&b, "Person %c%c%c,p%d@oak.example.org,125404\n", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676, i);
	}
	CHECK_INT(import(s, b.p).problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	for (int i = 0; i < 400; i++) {
		harness_operation(h, ROLE_NOBODY, "give-feedback", "{code}", session_of(s).feedback_code, "ticket",
				  arena_printf(arena, "t%d", i), "understanding", i < 392 ? "agree" : "neither", NULL);
	}
	const char *const pages[] = { arena_printf(arena, "/training/courses/%s/feedback", course_ref),
				      arena_printf(arena, "/training/trainers/%s/feedback", trainer_ref) };

	for (size_t i = 0; i < 2; i++) {
		a = harness_get(h, ROLE_COORDINATOR, pages[i]);
		CHECK(answer_has(&a, "98% (392)"));
		CHECK(answer_has(&a, "96% to 99%"));
		CHECK(answer_has(&a, ">40%<"));
		CHECK(answer_has(&a, ">1,000<"));
		CHECK(answer_has(&a, ">400<"));
	}
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(asked_as_the_version_of_the_day_asks),
					     TEST(shown_from_five_answers),
					     TEST(answered_questions_stay),
					     TEST(the_sum_gives_no_small_session_away),
					     TEST(who_may_see_the_sums),
					     TEST(scenario_15),
					     TEST_END };

	return test_main(argc, argv, tests);
}
