/* What a course asks besides, and when a version may begin. */
#include <string.h>

#include "app/training/course_version.h"
#include "app/training/provider.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static struct arena *arena;

static void questions_are_lines(void)
{
	struct own_questions q, same, other;
	const char *field;

	CHECK_TEXT(own_questions_parse(arena, "I know my part\r\n\n  I know whom to ask \n", "What was missing?", &q, &field), NULL);
	CHECK_INT(q.n, 3);
	CHECK_TEXT(q.v[1].wording, "I know whom to ask");
	CHECK_INT(q.v[1].number, 2);
	CHECK_INT(q.v[1].kind, QUESTION_AGREE);
	CHECK_INT(q.v[2].kind, QUESTION_TEXT);
	CHECK_TEXT(own_questions_text(arena, &q, QUESTION_AGREE), "I know my part\nI know whom to ask");
	CHECK_TEXT(own_questions_text(arena, &q, QUESTION_TEXT), "What was missing?");
	CHECK_TEXT(own_questions_parse(arena, "I know my part\nI know whom to ask", "What was missing?", &same, &field), NULL);
	CHECK(own_questions_same(&q, &same));
	CHECK_TEXT(own_questions_parse(arena, "", "I know my part\nI know whom to ask\nWhat was missing?", &other, &field), NULL);
	CHECK(!own_questions_same(&q, &other));
	CHECK_TEXT(own_questions_parse(arena, "", "", &other, &field), NULL);
	CHECK_INT(other.n, 0);
}

static void five_at_most_and_none_twice(void)
{
	struct own_questions q;
	const char *field, *fault;

	CHECK_TEXT(own_questions_parse(arena, "a\nb\nc", "d\ne", &q, &field), NULL);
	fault = own_questions_parse(arena, "a\nb\nc", "d\ne\nf", &q, &field);
	CHECK(fault != NULL && strstr(fault, "5 questions") != NULL);
	CHECK_TEXT(field, "questions");
	fault = own_questions_parse(arena, "a\na", "", &q, &field);
	CHECK(fault != NULL && strstr(fault, "twice") != NULL);
	CHECK_TEXT(field, "statements");
	char line[QUESTION_MAX + 2];

	memset(line, 'x', QUESTION_MAX + 1);
	line[QUESTION_MAX + 1] = '\0';
	CHECK(own_questions_parse(arena, line, "", &q, &field) != NULL);
	line[QUESTION_MAX] = '\0';
	CHECK_TEXT(own_questions_parse(arena, line, "", &q, &field), NULL);
}

/* What was held was taught as it was: a version begins after today, and after the one before it. */
static void a_version_begins_later(void)
{
	const struct date today = { 2026, 11, 24 };
	const struct course_version first = { .number = 1 };
	const struct course_version second = { .number = 2, .from_on = { 2027, 1, 1 } };

	CHECK(version_from_fault(arena, &first, (struct date){ 2026, 11, 23 }, today) != NULL);
	CHECK(version_from_fault(arena, &first, today, today) != NULL);
	CHECK_TEXT(version_from_fault(arena, &first, (struct date){ 2026, 11, 25 }, today), NULL);
	CHECK(version_from_fault(arena, &second, (struct date){ 2026, 12, 31 }, today) != NULL);
	CHECK(version_from_fault(arena, &second, (struct date){ 2027, 1, 1 }, today) != NULL);
	CHECK_TEXT(version_from_fault(arena, &second, (struct date){ 2027, 1, 2 }, today), NULL);
	CHECK(version_from_fault(arena, &second, (struct date){ 2029, 11, 25 }, today) != NULL);
	CHECK_TEXT(version_text(arena, &first), "Version 1");
	CHECK_TEXT(version_text(arena, &second), "Version 2 (from 1 January 2027)");
}

/* Domain reference 4.11: who provides. The regional police unit's events are outside. */
static void inside_and_outside(void)
{
	for (int kind = PROVIDER_HOME_OFFICE; kind <= PROVIDER_SCHOOL; kind++) {
		CHECK_INT(provider_fault(kind, false) == NULL, kind == PROVIDER_COUNCIL || kind == PROVIDER_OTHER);
		CHECK_INT(provider_fault(kind, true) == NULL, kind != PROVIDER_COUNCIL);
	}
}

/* The five of the mission, paragraph 5.5, in its order. */
static void the_five_aspects(void)
{
	static const char *const five[] = { "duty", "vulnerabilities", "behaviours", "risk", "support", NULL };
	const char *some[] = { "support", "duty" };
	const struct texts t = { some, 2 }, none = { NULL, 0 };

	for (size_t i = 0; i <= 5; i++) {
		CHECK_TEXT(aspect_words.items[i].word, five[i]);
	}
	CHECK_TEXT(texts_labels(arena, &aspect_words, &t),
		   "Awareness of the Prevent duty\nSupport that is available and how to reach it");
	CHECK_TEXT(texts_labels(arena, &aspect_words, &none), "Not recorded");
	CHECK(texts_same(&t, &t) && !texts_same(&t, &none) && !texts_same(&none, &t));
}

const struct feature *const features[] = { NULL };

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(questions_are_lines),
					     TEST(five_at_most_and_none_twice),
					     TEST(a_version_begins_later),
					     TEST(inside_and_outside),
					     TEST(the_five_aspects),
					     TEST_END };

	arena = arena_new(16 << 20);
	int status = test_main(argc, argv, tests);

	arena_free(&arena);
	return status;
}
