/* Counting answers: scenario 15 of the domain reference, and an answer that leads to nobody. */
#include <math.h>
#include <string.h>

#include "app/training/feedback.h"
#include "app/training/attendance.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static struct arena *arena;

static bool near(double a, double b)
{
	return fabs(a - b) < 0.00005;
}

/* 1,000 attended, 400 answered, 392 agreed: 98% of respondents, response rate 40%. The interval was
 * worked out apart (Wilson 1927 with z = 1.959964): 0.96104 to 0.98983. */
static void scenario_15(void)
{
	const struct feedback_totals totals = { .answers = 400,
						.understanding = 400,
						.understanding_agree = 392 };
	struct feedback_results r;

	feedback_results(&totals, 1000, &r);
	CHECK_TEXT(r.items[0].name, "understanding");
	CHECK(strstr(r.items[0].statement,
		     "better understanding of how Prevent fits my day-to-day job") != NULL);
	CHECK(near(r.items[0].share, 0.98));
	CHECK(near(r.response_rate, 0.40));
	CHECK(near(r.items[0].low, 0.96104));
	CHECK(near(r.items[0].high, 0.98983));
	CHECK_INT(r.items[1].answers, 0);
	CHECK(r.enough);
}

static void nobody_came_or_answered(void)
{
	const struct feedback_totals none = { 0 };
	struct feedback_results r;

	feedback_results(&none, 0, &r);
	CHECK(!r.rate_known);
	CHECK(!r.enough);
	CHECK(near(r.items[0].share, 0));
}

static void comments_need_five(void)
{
	struct feedback_totals t = { .answers = 4 };
	struct feedback_results r;

	feedback_results(&t, 30, &r);
	CHECK(!r.enough);
	t.answers = 5;
	feedback_results(&t, 30, &r);
	CHECK(r.enough);
}

static void an_id_says_nothing(void)
{
	int64_t last = 0;
	int rises = 0;

	for (int i = 0; i < 1000; i++) {
		int64_t id = feedback_id(arena, arena_printf(arena, "%d", i), "CODE2345");

		CHECK(id > 0);
		rises += id > last;
		last = id;
	}
	CHECK(rises > 400 &&
	      rises < 600); /* of 1,000 in order, all would rise; at random about half do */
	CHECK_INT(feedback_id(arena, "t", "CODE2345"), feedback_id(arena, "t", "CODE2345"));
	CHECK(feedback_id(arena, "t", "CODE2345") != feedback_id(arena, "t", "CODE2346"));
}

/* No column of an answer can hold or lead to a person: the list is closed on purpose. */
static void no_column_leads_to_a_person(void)
{
	static const char *const allowed[] = { "id",
					       "session_id",
					       "submitted_on",
					       "understanding",
					       "confidence",
					       "knows_referral",
					       "knows_channel",
					       "would_act",
					       "trainer_quality",
					       "balance",
					       "confidence_before",
					       "confidence_after",
					       "comment",
					       NULL };
	size_t n = 0;

	for (const struct field *f = feedback_record.fields; f->name != NULL; f++) {
		bool known = false;

		for (size_t i = 0; allowed[i] != NULL; i++) {
			known = known || strcmp(allowed[i], f->name) == 0;
		}
		CHECK(known);
		CHECK(f->kind != FIELD_INSTANT); /* the day, never the time of day */
		n++;
	}
	CHECK_INT(n, sizeof(allowed) / sizeof(*allowed) - 1);
	for (const struct field *f = attendance_record.fields; f->name != NULL; f++) {
		CHECK(strstr(f->name, "feedback") == NULL);
	}
	for (const struct field *f = learner_record.fields; f->name != NULL; f++) {
		CHECK(strstr(f->name, "feedback") == NULL);
	}
	CHECK_INT(record_count(&feedback_answer_record), 4); /* the form, the question, what was answered */
	CHECK_TEXT(feedback_answer_record.fields[0].name, "feedback_id");
	CHECK_TEXT(feedback_answer_record.fields[1].name, "question_id");
	CHECK_TEXT(feedback_answer_record.fields[2].name, "value");
	CHECK_TEXT(feedback_answer_record.fields[3].name, "said");
	CHECK(give_feedback.flags & OP_NO_AUDIT);
}

static void limits(void)
{
	CHECK_INT(feedback_most(30, 0), 60);
	CHECK_INT(feedback_most(30, 100), 200);
	CHECK(feedback_is_empty(&(struct feedback_form){ .comment = "" }));
	CHECK(!feedback_is_empty(&(struct feedback_form){ .comment = "Good" }));
	CHECK(!feedback_is_empty(&(struct feedback_form){ .comment = "", .balance = 1 }));
	CHECK(!feedback_is_empty(&(struct feedback_form){ .comment = "", .own_5 = "x" }));
	CHECK(!feedback_is_empty(&(struct feedback_form){ .comment = "", .confidence_after = 1 }));
}

/* Worked out by hand: before 1 2 2 4, after 3 3 4 5; then one more who said 5 and 1. */
static void confidence_before_and_after(void)
{
	const struct confidence_pair pairs[] = { { 1, 3, 1 }, { 2, 3, 1 }, { 2, 4, 1 }, { 4, 5, 1 }, { 5, 1, 1 } };
	struct confidence_results c;

	confidence_results(pairs, 4, &c);
	CHECK_INT(c.n, 4);
	CHECK(!c.enough);
	CHECK(near(c.mean_before, 2.25));
	CHECK(near(c.median_before, 2));
	CHECK(near(c.mean_after, 3.75));
	CHECK(near(c.median_after, 3.5));
	CHECK_INT(c.higher, 4);
	confidence_results(pairs, 5, &c);
	CHECK(c.enough);
	CHECK(near(c.median_before, 2));
	CHECK(near(c.median_after, 3));
	CHECK_INT(c.lower, 1);
	CHECK_INT(c.same, 0);
	confidence_results(pairs, 0, &c);
	CHECK(near(c.median_after, 0));
	CHECK(!c.enough);
}

const struct feature *const features[] = { NULL };

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(scenario_15),
					     TEST(nobody_came_or_answered),
					     TEST(comments_need_five),
					     TEST(an_id_says_nothing),
					     TEST(no_column_leads_to_a_person),
					     TEST(confidence_before_and_after),
					     TEST(limits),
					     TEST_END };

	arena = arena_new(64 << 20);
	int status = test_main(argc, argv, tests);

	arena_free(&arena);
	return status;
}
