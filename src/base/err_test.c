#include "base/err.h"

#include <string.h>

#include "base/test.h"
#include "base/text.h"

static struct err *refuses(void)
{
	return ERR(ERR_INVALID, "Enter %s", "a venue");
}

static struct err *passes_on(bool *reached_end)
{
	TRY(NULL);
	TRY(refuses());
	*reached_end = true;
	return NULL;
}

static void sentence_kind_and_place(void)
{
	struct err *e = refuses();
	CHECK_INT(e->kind, ERR_INVALID);
	CHECK_TEXT(e->sentence, "Enter a venue");
	CHECK_TEXT(e->detail, "");
	CHECK(strstr(e->file, "err_test.c") != NULL && e->line > 0);
	CHECK_TEXT(err_kind_word(e->kind), "invalid");
}

static void try_returns_the_error(void)
{
	bool reached = false;
	CHECK_TEXT(passes_on(&reached)->sentence, "Enter a venue");
	CHECK(!reached);
}

static void detail_is_not_the_sentence(void)
{
	struct err *e = ERR_DETAIL(ERR_BUG, "row %d has no name", 7);
	CHECK_TEXT(e->detail, "row 7 has no name");
	CHECK(strstr(e->sentence, "row 7") == NULL && e->sentence[0] != '\0');
}

static void causes_are_kept(void)
{
	struct err *cause = ERR_DETAIL(ERR_IO, "disk full");
	struct err *e = ERR_WRAP(cause, ERR_IO, "The file could not be saved.");
	CHECK(e->cause == cause);
	struct err *second = refuses();
	CHECK(err_join(NULL, second) == second);
	CHECK(err_join(second, NULL) == second);
	CHECK(err_join(second, e) == second && second->cause == e);
}

static void trouble_is_what_an_operator_mends(void)
{
	struct err *cause = ERR_DETAIL(ERR_BUSY, "canceling statement due to statement timeout");

	CHECK(err_is_trouble(ERR_WRAP(cause, ERR_BUSY, "This took too long.")));
	CHECK(err_is_trouble(ERR(ERR_IO, "The disk is full.")));
	CHECK(!err_is_trouble(ERR(ERR_BUSY, "The service is busy.")));
	CHECK(!err_is_trouble(ERR(ERR_INVALID, "Enter a name")));
}

static void long_sentences_are_cut_between_characters(void)
{
	char s[900] = "";
	for (int i = 0; i < 400; i++) {
		memcpy(s + 2 * i, "\xC3\xA0", 3);
	}
	struct err *e = ERR(ERR_INVALID, "x%s", s);
	size_t n = strlen(e->sentence);
	CHECK(n < sizeof(e->sentence) && n > 390);
	CHECK(text_is_utf8(e->sentence, n));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(sentence_kind_and_place), TEST(try_returns_the_error),
					     TEST(detail_is_not_the_sentence), TEST(causes_are_kept),
					     TEST(trouble_is_what_an_operator_mends),
					     TEST(long_sentences_are_cut_between_characters), TEST_END };
	return test_main(argc, argv, tests);
}
