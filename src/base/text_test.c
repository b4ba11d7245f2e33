#include "base/text.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static struct arena *a;

/* Markus Kuhn's UTF-8 stress test: overlong forms, surrogates, lonely and missing bytes. */
static void utf8_is_checked(void)
{
	static const char *const wrong[] = { "\x80",         "abcdefgh\xBF",     "\xC0\xAF",         "\xE0\x80\xAF",
					     "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\xC3",
					     "\xE2\x82",     "\xFE",             "\xE0 school" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		CHECK(!text_is_utf8(wrong[i], strlen(wrong[i])));
	}
	const char *right = "na\xC3\xAFve \xE2\x82\xAC \xF0\x9F\x8F\xAB";
	CHECK(text_is_utf8(right, strlen(right)));
	CHECK(text_is_utf8("", 0));
	CHECK_INT(text_length(right), 9);
}

static void normalising(void)
{
	CHECK_TEXT(text_normalise(a, "e\xCC\x81t\xC3\xA9", 6), "\xC3\xA9t\xC3\xA9");
	CHECK_TEXT(text_normalise(a, "  a\r\nb\rc\x07 \t\n", 12), "a\nb\nc");
	CHECK_TEXT(text_normalise(a, "a\tb\x1b[31m\x7F", 9), "a\tb[31m");
	CHECK_TEXT(text_normalise(a, "x\xC2\x85y", 4), "xy");
	CHECK_TEXT(text_normalise(a, "\xC2\xA3" "5", 3), "\xC2\xA3" "5");
	CHECK_TEXT(text_normalise(a, "   ", 3), "");
	CHECK(text_normalise(a, "a\0b", 3) == NULL);
	CHECK(text_normalise(a, "a\xE0", 2) == NULL);
}

/* What nobody sees: zero-width spaces, direction marks, spaces that are not ASCII at the ends. */
static void unseen_characters(void)
{
	static const char *const nothing[] = { "\xC2\xA0", "\xE2\x80\x8B\xE2\x80\x8B", "\xEF\xBB\xBF", "\xE3\x80\x80 \xE2\x80\x83",
					       "\xE2\x80\xAE", "\xE2\x80\x8D", "\xE3\x85\xA4", "\xC2\xAD" };
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
		CHECK_TEXT(text_normalise(a, nothing[i], strlen(nothing[i])), "");
	}
	CHECK_TEXT(text_normalise(a, "Jo Marsh\xC2\xA0", 10), "Jo Marsh");
	CHECK_TEXT(text_normalise(a, "abc\xE2\x80\xAE" "fdp.exe", 13), "abcfdp.exe");
	CHECK_TEXT(text_normalise(a, "a\xE2\x80\xA8" "b", 5), "a\nb");
	CHECK_TEXT(text_normalise(a, "10\xC2\xA0km", 6), "10\xC2\xA0km");
	const char *family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"; /* woman, joiner, girl */
	CHECK_TEXT(text_normalise(a, family, strlen(family)), family);
}

/* Marks above and below in turn: putting n of them in order takes n squared steps. Within a test's
 * patience only when most of them are left out. */
static void heaps_of_marks(void)
{
	size_t pairs = 100000;
	char *s = ARENA_NEW(a, char, 4 * pairs + 2);
	s[0] = 'a';
	for (size_t i = 0; i < pairs; i++) {
		memcpy(s + 1 + 4 * i, "\xCC\x81\xCC\x96", 4);
	}
	const char *out = text_normalise(a, s, 4 * pairs + 1);
	CHECK_INT(text_length(out), 30); /* the letter took one of its 30 marks up: á */
	CHECK_TEXT(text_fold(a, s), "a");
	CHECK_TEXT(text_normalise(a, "e\xCC\x81\xCC\x96", 5), "\xC3\xA9\xCC\x96");
}

static void folding(void)
{
	CHECK_TEXT(text_fold(a, "  St  MARY\xE2\x80\x99s \xC3\x89\x63ole "), "st mary's ecole");
	CHECK_TEXT(text_fold(a, "Siob\xC3\xA1n O'Neill"), "sioban o'neill");
	CHECK_TEXT(text_fold(a, "stra\xC3\x9F" "e"), "strasse");
	CHECK_TEXT(text_fold(a, "PLAIN"), "plain");
	CHECK_TEXT(text_fold(a, ""), "");
}

/* Against iconv's own table: every byte but the five that have no character. */
static void windows_1252(void)
{
	CHECK_TEXT(text_from_cp1252(a, "caf\xE9 \x80 \x93x\x94 \x9F", 12),
		   "caf\xC3\xA9 \xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D \xC5\xB8");
	CHECK_TEXT(text_from_cp1252(a, "\x81\x8D\x8F\x90\x9D", 5),
		   "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	CHECK_TEXT(text_from_cp1252(a, "\xA0\xE0\xFF", 3), "\xC2\xA0\xC3\xA0\xC3\xBF");
}

static void email_addresses(void)
{
	static const char *const right[] = { "a@b.uk", "jo.bloggs+prevent@surrey.example.gov.uk", "o'neill@x.org" };
	static const char *const wrong[] = { "",       "a",         "a@b",      "@b.uk",     "a@@b.uk", "a@.uk",
					     "a@b.",   "a b@c.uk",  "a@b.uk\n", "a@b..uk",   "<a@b.uk>", "a@b.uk,c@d.uk",
					     "a@b.uk\x01" };
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
		CHECK(text_is_email(right[i]));
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (!CHECK(!text_is_email(wrong[i]))) {
			CHECK_TEXT(wrong[i], "no address");
		}
	}
	char long_one[300];
	memset(long_one, 'a', sizeof(long_one));
	memcpy(long_one, "x@y.", 4);
	long_one[255] = '\0';
	CHECK(!text_is_email(long_one));
	long_one[254] = '\0';
	CHECK(text_is_email(long_one));
}

static void numbers(void)
{
	int64_t n = 0;
	CHECK(text_to_int("51", 0, 100, &n) && n == 51);
	CHECK(text_to_int("1,000", 0, 5000, &n) && n == 1000);
	CHECK(text_to_int("-1,234,567", INT64_MIN, INT64_MAX, &n) && n == -1234567);
	CHECK(text_to_int("9223372036854775807", INT64_MIN, INT64_MAX, &n) && n == INT64_MAX);
	CHECK(text_to_int("-9223372036854775808", INT64_MIN, INT64_MAX, &n) && n == INT64_MIN);
	static const char *const wrong[] = { "",     "-",     "1,00",  "1,0000", ",100", "1,,000", "12,34",  "1000,000",
					     "101",  " 5",    "5 ",    "5x",     "0x5",  "1e3",    "1.0",    "-1",
					     "+5",   "1,000,", "9223372036854775808" };
	n = 77;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (!CHECK(!text_to_int(wrong[i], 0, 100, &n))) {
			CHECK_TEXT(wrong[i], "no number");
		}
	}
	CHECK(!text_to_int("9223372036854775808", INT64_MIN, INT64_MAX, &n));
	CHECK(!text_to_int("1,0000", INT64_MIN, INT64_MAX, &n));
	CHECK(!text_to_int("1,000,", INT64_MIN, INT64_MAX, &n));
	CHECK_INT(n, 77);
	CHECK_TEXT(text_thousands(a, 1234567), "1,234,567");
	CHECK_TEXT(text_thousands(a, 999), "999");
	CHECK_TEXT(text_thousands(a, -1000), "-1,000");
	CHECK_TEXT(text_thousands(a, INT64_MIN), "-9,223,372,036,854,775,808");
}

static void small_ones(void)
{
	CHECK(text_same(NULL, NULL) && text_same("a", "a") && !text_same("a", NULL) && !text_same("a", "b"));
	CHECK(text_empty(NULL) && text_empty("") && !text_empty(" "));
	CHECK(text_starts("session", "sess") && !text_starts("se", "sess"));
	CHECK(text_ends("x.csv", ".csv") && !text_ends("csv", ".csv"));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(utf8_is_checked), TEST(normalising),     TEST(folding),
					     TEST(unseen_characters), TEST(heaps_of_marks),
					     TEST(windows_1252),    TEST(email_addresses), TEST(numbers),
					     TEST(small_ones),      TEST_END };
	a = arena_new(4 << 20);
	int status = test_main(argc, argv, tests);
	arena_free(&a);
	return status;
}
