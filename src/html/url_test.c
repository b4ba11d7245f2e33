#include "html/url.h"

#include "base/arena.h"
#include "base/test.h"

static struct arena *arena;

static void test_path(void)
{
	CHECK_TEXT(url_path(arena, "/training/sessions/{}", "2K7Q").s, "/training/sessions/2K7Q");
	CHECK_TEXT(url_path(arena, "/a/{}/b/{}", "x y", "1/2?#&\"<").s, "/a/x%20y/b/"
									"1%2F2%3F%23%26%22%3C");
	CHECK_TEXT(url_path(arena, "/a/{}", "Caf\xc3\xa9").s, "/a/Caf%C3%A9");
	CHECK_TEXT(url_path(arena, "/a/{}", "javascript:alert(1)").s, "/a/"
								      "javascript%3Aalert%281%29");
}

/* WHATWG URL: "." and ".." (also percent-encoded) climb; two slashes at the start name a host. */
static void test_path_cannot_climb(void)
{
	CHECK_TEXT(url_path(arena, "/a/{}/b", "..").s, "/a/-/b");
	CHECK_TEXT(url_path(arena, "/a/{}/b", ".").s, "/a/-/b");
	CHECK_TEXT(url_path(arena, "/{}/evil.example", "").s, "/-/evil.example");
	CHECK_TEXT(url_path(arena, "/{}/evil.example", NULL).s, "/-/evil.example");
}

static void test_query(void)
{
	struct url u = url_with(arena, URL("/list"), "q", "a&b=c d");

	CHECK_TEXT(u.s, "/list?q=a%26b%3Dc%20d");
	u = url_with(arena, u, "after", "10");
	CHECK_TEXT(u.s, "/list?q=a%26b%3Dc%20d&after=10");
	CHECK_TEXT(url_with(arena, u, "empty", "").s, u.s);
	CHECK_TEXT(url_with(arena, u, "none", NULL).s, u.s);
	CHECK_TEXT(url_with(arena, URL("/list#rows"), "q", "1").s, "/list?q=1#rows");
	CHECK_TEXT(url_with(arena, (struct url){ NULL }, "q", "1").s, NULL);
}

static void test_fragment_and_file(void)
{
	CHECK_TEXT(url_fragment(arena, "starts_at-day").s, "#starts_at-day");
	CHECK_TEXT(url_fragment(arena, "a b\"").s, "#a%20b%22");
	CHECK_TEXT(url_file(arena, URL("/list"), ".csv").s, "/list.csv");
	CHECK_TEXT(url_file(arena, URL("/list?q=a.b#c"), ".csv").s, "/list.csv?q=a.b#c");
}

static void test_foreign(void)
{
	static const char *const refused[] = {
		"javascript:alert(1)",
		"JaVaScRiPt:alert(1)",
		" https://a.example",
		"http://a.example",
		"//a.example",
		"/own/path",
		"data:text/html,x",
		"https://",
		"https:///x",
		"https://user@bank.example",
		"https://a.example\n/x",
		"https:\\\\a.example",
		"https://a\\b.example",
		"vbscript:x",
		"",
		"ftp://a.example",
	};

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		CHECK_TEXT(url_foreign(arena, refused[i]).s, NULL);
	}
	CHECK_TEXT(url_foreign(arena, NULL).s, NULL);
	CHECK_TEXT(url_foreign(arena, "https://www.gov.uk/a?b=c&d#e").s, "https://www.gov.uk/"
									 "a?b=c&d#e");
	CHECK_TEXT(url_foreign(arena, "HTTPS://a.example:8443/x y\"<").s, "HTTPS://a.example:8443/"
									  "x%20y%22%3C");
	CHECK_TEXT(url_foreign(arena, "mailto:prevent@council.example").s, "mailto:prevent@council."
									   "example");
	CHECK_TEXT(url_foreign(arena, "tel:+44 800 789321").s, "tel:+44%20800%20789321");
}

static void test_own(void)
{
	static const char *const refused[] = { "//evil.example",
					       "/\\evil.example",
					       "\\\\evil.example",
					       "https://a.example",
					       "javascript:x",
					       "/\t/evil.example",
					       "",
					       "x" };

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		CHECK_TEXT(url_own(arena, refused[i]).s, NULL);
	}
	CHECK_TEXT(url_own(arena, NULL).s, NULL);
	CHECK_TEXT(url_own(arena, "/schools/123?on=2026-01-01#rows").s, "/schools/"
									"123?on=2026-01-01#rows");
	CHECK_TEXT(url_own(arena, "#a b").s, "#a%20b");
	CHECK_TEXT(url_own(arena, "/").s, "/");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_path),    TEST(test_path_cannot_climb),
		TEST(test_query),   TEST(test_fragment_and_file),
		TEST(test_foreign), TEST(test_own),
		TEST_END,
	};

	arena = arena_new(1u << 20);
	int status = test_main(argc, argv, tests);
	arena_free(&arena);
	return status;
}
