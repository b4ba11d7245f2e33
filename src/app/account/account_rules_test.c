/* Rules of accounts and of the authority's details. */
#include "app/account/account.h"

#include "base/arena.h"
#include "base/test.h"

const struct feature *const features[] = { &account_feature, NULL };

/* Vectors: WCAG 2.2 understanding 1.4.3 (#777 4.48, #767676 4.54), black 21, white 1. */
static void contrast(void)
{
	double c;

	CHECK(accent_contrast("#000000", &c) && c > 20.99 && c < 21.01);
	CHECK(accent_contrast("#FFFFFF", &c) && c > 0.99 && c < 1.01);
	CHECK(accent_contrast("#777777", &c) && c > 4.475 && c < 4.485);
	CHECK(accent_contrast("#767676", &c) && c > 4.535 && c < 4.545);
	CHECK(accent_contrast("#ff0000", &c) && c > 3.99 && c < 4.01);
	CHECK(!accent_contrast("#fff", &c));
	CHECK(!accent_contrast("#gg0000", &c));
	CHECK(!accent_contrast("0x00000", &c));
	CHECK(!accent_contrast("", &c));
}

static void authority_rules(void)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct problems problems = { 0 };

	authority_check(a, "936", ACCENT_DEFAULT, &problems);
	authority_check(a, "001", "#767676", &problems);
	CHECK_INT(problems.n, 0);
	authority_check(a, "93a", "#777777", &problems);
	CHECK_TEXT(problem_of(&problems, "code"), "LA code must be 3 numbers, like 936");
	CHECK_TEXT(
		problem_of(&problems, "accent"),
		"Accent colour is too light: white text on it has a contrast of 4.4 to 1. Choose a "
		"darker one, with at least 4.5 to 1");
	arena_free(&a);
}

/* Every role of a person can be given, the system's cannot; they are told in the same words. */
static void roles(void)
{
	for (int role = ROLE_ADMINISTRATOR; role < ROLE_SYSTEM; role++) {
		CHECK_TEXT(words_word(&person_roles, role), words_word(&role_words, role));
		CHECK_TEXT(words_label(&person_roles, role), words_label(&role_words, role));
	}
	CHECK(words_by_code(&person_roles, ROLE_SYSTEM) == NULL);
	CHECK_INT(words_count(&person_roles) + 1, words_count(&role_words));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(contrast), TEST(authority_rules), TEST(roles),
					     TEST_END };

	return test_main(argc, argv, tests);
}
