#include "html/html.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/test.h"

static struct arena *arena;

static struct html *sink(void)
{
	arena_reset(arena);
	return html_new(arena, 1 << 20);
}

static const char *written(struct html *h)
{
	return (const char *)html_bytes(h).p;
}

static void test_writes_and_escapes(void)
{
	struct html *h = sink();

	LIT(h, "<p class=\"govuk-body\">");
	html_text(h, "Tom & <b>\"Jerry\"</b> 'n' more");
	LIT(h, "</p><p title=\"");
	html_text(h, "a \"b\" <c> & 'd'");
	LIT(h, "\">");
	html_int(h, -1234567890123);
	html_format(h, "%d<%s", 7, "x");
	html_text(h, NULL);
	LIT(h, "</p>");
	CHECK_TEXT(html_finish(h), NULL);
	CHECK_TEXT(written(h), "<p class=\"govuk-body\">Tom &amp; "
			       "&lt;b&gt;&quot;Jerry&quot;&lt;/b&gt; "
			       "&#39;n&#39; more</p><p title=\"a &quot;b&quot; &lt;c&gt; &amp; "
			       "&#39;d&#39;\">"
			       "-12345678901237&lt;x</p>");
}

/* The same in the plainest way, to compare with. */
static const char *escaped(const char *s, size_t n)
{
	struct buf b;

	buf_init(&b, arena, 1 << 16);
	for (size_t i = 0; i < n; i++) {
		switch (s[i]) {
		case '&': buf_str(&b, "&amp;"); break;
		case '<': buf_str(&b, "&lt;"); break;
		case '>': buf_str(&b, "&gt;"); break;
		case '"': buf_str(&b, "&quot;"); break;
		case '\'': buf_str(&b, "&#39;"); break;
		case '\0': buf_str(&b, "\xef\xbf\xbd"); break;
		default: buf_char(&b, s[i]); break;
		}
	}
	return b.p;
}

static void test_escapes_each_byte_everywhere(void)
{
	for (size_t n = 1; n < 27; n++) {
		for (size_t at = 0; at < n; at++) {
			struct html *h = sink();
			char text[32];
			memset(text, 'x', sizeof text);
			for (int c = 0; c < 256; c++) {
				text[at] = (char)c;
				html_textn(h, text, n);
				CHECK_TEXT(written(h) + html_bytes(h).n - strlen(escaped(text, n)),
					   escaped(text, n));
			}
		}
	}
}

/* Texts of which a quarter is special, and one in eight bytes not ASCII. */
static void test_escapes_many_at_once(void)
{
	static const char some[] = "&<>\"'#%;=abcdefghijklmnopqrs\x01\x80\xff";
	uint64_t seed = 7;

	for (int round = 0; round < 4000; round++) {
		struct html *h = sink();
		char text[64];
		size_t n = (size_t)(round % 64);
		for (size_t i = 0; i < n; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			text[i] = some[(seed >> 33) % sizeof some];
		}
		html_textn(h, text, n);
		CHECK_TEXT(written(h), escaped(text, n));
	}
}

static void test_nul_becomes_replacement(void)
{
	struct html *h = sink();

	html_textn(h, "a\0b", 3);
	CHECK_TEXT(html_finish(h), NULL);
	CHECK_TEXT(written(h), "a\xef\xbf\xbd"
			       "b");
}

static void test_int_limits(void)
{
	struct html *h = sink();

	html_int(h, INT64_MIN);
	html_int(h, INT64_MAX);
	html_int(h, 0);
	CHECK_TEXT(written(h), "-922337203685477580892233720368547758070");
}

static void test_page(void)
{
	struct html *h = sink();

	LIT(h, "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
	html_text(h, "</title><script>");
	LIT(h, "</title><link rel=\"stylesheet\" href=\"");
	html_url(h, URL("/assets/app.css"));
	LIT(h, "\"><script type=\"module\" src=\"");
	html_url(h, URL("/assets/app.js?a=1&b=2"));
	LIT(h, "\"></script></head><body><form action=\"/x\" method=\"post\"><textarea name=\"t\" "
	       "rows=\"5\">");
	html_text(h, "</textarea>");
	LIT(h, "</textarea><input type=\"checkbox\"");
	LIT(h, " checked");
	html_attribute(h, "data-i18n.one", "\"<");
	html_attribute(h, "hidden", NULL);
	ATTRIBUTE(h, "title", "a \"b\"");
	LIT(h, "></form><br><svg viewBox=\"0 0 1 1\"><path d=\"");
	html_text(h, "M0 0");
	LIT(h, "\"/></svg></body></html>");
	CHECK_TEXT(html_finish(h), NULL);
	CHECK(strstr(written(h), "<title>&lt;/title&gt;&lt;script&gt;</title>") != NULL);
	CHECK(strstr(written(h), "src=\"/assets/app.js?a=1&amp;b=2\"") != NULL);
	CHECK(strstr(written(h), "checked data-i18n.one=\"&quot;&lt;\" hidden "
				 "title=\"a &quot;b&quot;\">") != NULL);
}

/* Every context in which text is refused, by the first fault that the sink names. */
#define REFUSES(why, ...)                                                                          \
	do {                                                                                       \
		struct html *h = sink();                                                           \
		__VA_ARGS__;                                                                       \
		html_finish(h);                                                                    \
		if (!CHECK(html_fault(h) != NULL && strstr(html_fault(h), why) != NULL)) {         \
			printf("    fault: %s\n", html_fault(h) == NULL ? "none" : html_fault(h)); \
		}                                                                                  \
	} while (0)

static void test_text_contexts(void)
{
	REFUSES("unquoted attribute", LIT(h, "<p class="); html_text(h, "x"));
	REFUSES("text in an address", LIT(h, "<a href=\""); html_text(h, "javascript:x"));
	REFUSES("text in an address", LIT(h, "<a href=\"/schools/"); html_text(h, "x"));
	REFUSES("text in an address", LIT(h, "<img src=\""); html_text(h, "x"));
	REFUSES("text in an address", LIT(h, "<form action=\""); html_text(h, "x"));
	REFUSES("text in an address", LIT(h, "<button formaction=\""); html_int(h, 1));
	REFUSES("may not be written", LIT(h, "<p onclick=\""); html_text(h, "x"));
	REFUSES("may not be written", LIT(h, "<p ONCLICK=\""); html_text(h, "x"));
	REFUSES("may not be written", LIT(h, "<p style=\""); html_text(h, "x"));
	REFUSES("may not be written", LIT(h, "<meta http-equiv=\"refresh\">"));
	REFUSES("may not be written", LIT(h, "<style>"); html_text(h, "x"));
	REFUSES("may not be written", LIT(h, "<iframe srcdoc=\""));
	REFUSES("inside a script", LIT(h, "<script>"); html_text(h, "x"));
	REFUSES("comes from a file", LIT(h, "<script>alert(1)</script>"));
	REFUSES("text inside a tag", LIT(h, "<p"); html_text(h, "x"));
	REFUSES("text inside a tag", LIT(h, "<p "); html_text(h, "x"));
	REFUSES("text inside a tag", LIT(h, "<p hidden"); html_text(h, "x"));
}

static void test_address_contexts(void)
{
	REFUSES("outside the start", html_url(h, URL("/x")));
	REFUSES("outside the start", LIT(h, "<p title=\""); html_url(h, URL("/x")));
	REFUSES("outside the start", LIT(h, "<a href=\"/y"); html_url(h, URL("/x")));
	REFUSES("outside the start", LIT(h, "<a href=\""); html_url(h, URL("/x"));
		html_url(h, URL("/x")));
	REFUSES("missing", LIT(h, "<a href=\""); html_url(h, (struct url){ NULL }));
}

static void test_structure(void)
{
	REFUSES("</div> closes <p>", LIT(h, "<div><p>"); LIT(h, "</div>"));
	REFUSES("does not match", LIT(h, "<div><p></div>"));
	REFUSES("</p> closes <nothing>", LIT(h, "</p>"));
	REFUSES("<div> is not closed", LIT(h, "<div>"));
	REFUSES("ends inside a tag", LIT(h, "<br"));
	REFUSES("no element that has one", LIT(h, "<p></br></p>"));
	REFUSES("closes itself", LIT(h, "<div/>"));
	REFUSES("close itself", LIT(h, "<svg><path d=\"\"></svg>"));
	REFUSES("holds text only", LIT(h, "<textarea><b>x</b></textarea>"));
	REFUSES("holds text only", LIT(h, "<div><textarea></div>"));
	REFUSES("begins no tag", LIT(h, "1 < 2"));
	REFUSES("begins no tag", LIT(h, "<!-- x -->"));
	REFUSES("double quotes", LIT(h, "<p class='x'>"));
	REFUSES("double quotes", LIT(h, "<p class=x>"));
	REFUSES("space is missing", LIT(h, "<p class=\"a\"id=\"b\">"));
	REFUSES("space is missing", LIT(h, "<p"); LIT(h, "class=\"a\">"));
	REFUSES("may not be written", LIT(h, "<blink>x</blink>"));
	REFUSES("not closed within", LIT(h, "<p></p"));
	REFUSES("larger than 4 bytes", h = html_new(arena, 4); LIT(h, "<p>xxxx</p>"));
}

static void test_attribute_contexts(void)
{
	REFUSES("outside a tag", html_attribute(h, "id", "x"));
	REFUSES("outside a tag", ATTRIBUTE(h, "id", "x"));
	REFUSES("outside a tag", LIT(h, "<textarea>"); ATTRIBUTE(h, "id", "x"));
	REFUSES("text inside a tag", LIT(h, "<p title=\""); ATTRIBUTE(h, "id", "x"));
	REFUSES("may not be written", LIT(h, "<p"); ATTRIBUTE(h, "onclick", "x"));
	REFUSES("may not be written", LIT(h, "<p"); ATTRIBUTE(h, "style", "x"));
	REFUSES("text in an address", LIT(h, "<a"); ATTRIBUTE(h, "href", "x"));
	REFUSES("may not be written", LIT(h, "<p"); html_attribute(h, "onclick", "x"));
	REFUSES("may not be written", LIT(h, "<a"); html_attribute(h, "href", "x"));
	REFUSES("may not be written", LIT(h, "<a"); html_attribute(h, "a b", "x"));
	REFUSES("may not be written", LIT(h, "<a"); html_attribute(h, "", "x"));
}

/* The same place in the code meets the sink in another state: what was remembered does not apply.
 */
static void close_any(struct html *h)
{
	LIT(h, ">");
}

static void test_remembered_effect_follows_state(void)
{
	struct html *h = sink();

	for (int i = 0; i < 3; i++) {
		LIT(h, "<textarea");
		close_any(h);
		html_text(h, "<");
		LIT(h, "</textarea>");
		LIT(h, "<br");
		close_any(h);
		LIT(h, "<p");
		close_any(h);
		LIT(h, "</p>");
	}
	CHECK_TEXT(html_finish(h), NULL);
	h = sink();
	LIT(h, "<div><p");
	close_any(h);
	LIT(h, "</div>");
	CHECK_TEXT(html_fault(h), "</div> closes <p>");
}

static void test_remembered_pops_are_checked(void)
{
	for (int i = 0; i < 2; i++) {
		struct html *h = sink();
		if (i == 0) {
			LIT(h, "<div><p>");
		} else {
			LIT(h, "<div><li>");
		}
		LIT(h, "</p></div>");
		CHECK((html_finish(h) == NULL) == (i == 0));
	}
}

/* At the bottom of the stack nothing is left to be closed. */
static void test_remembered_pops_need_something_open(void)
{
	for (int i = 0; i < 3; i++) {
		struct html *h = sink();
		if (i != 1) {
			LIT(h, "<p><b>");
		}
		LIT(h, "</b></p>");
		CHECK_TEXT(html_finish(h), i == 1 ? "</b> closes <nothing>" : NULL);
	}
}

static void test_remembered_order_is_checked(void)
{
	for (int i = 0; i < 3; i++) {
		struct html *h = sink();
		if (i == 1) {
			LIT(h, "<b><p>");
		} else {
			LIT(h, "<p><b>");
		}
		LIT(h, "</b></p>");
		CHECK((html_finish(h) == NULL) == (i != 1));
	}
}

static void test_more_elements_than_are_remembered(void)
{
	for (int i = 0; i < 2; i++) {
		struct html *h = sink();
		LIT(h, "<p>");
		LIT(h, "<b><i><b><i><b><i><b><i><b>");
		LIT(h, "</b></i></b></i></b></i></b></i></b>");
		LIT(h, "<b><i><b><i><b><i><b><i>");
		LIT(h, "</i></b></i></b></i></b></i></b></p>");
		CHECK_TEXT(html_finish(h), NULL);
	}
}

static void test_depth_has_an_end(void)
{
	struct html *h = sink();

	for (int i = 0; i < HTML_DEPTH; i++) {
		LIT(h, "<b>");
	}
	CHECK_TEXT(html_fault(h), NULL);
	for (int i = 0; i < HTML_DEPTH; i++) {
		LIT(h, "</b>");
	}
	CHECK_TEXT(html_finish(h), NULL);
	for (int i = 0; i <= HTML_DEPTH; i++) {
		LIT(h, "<i>");
	}
	CHECK_TEXT(html_fault(h), "elements are nested more than 96 deep");
}

static void test_fragment(void)
{
	struct html *part = sink();
	struct html *h = html_new(arena, 1000);
	struct html *bad = html_new(arena, 1000);
	struct html_fragment f;

	LIT(part, "<strong>");
	html_text(part, "<x>");
	LIT(part, "</strong>");
	f = html_fragment(part);
	LIT(h, "<p>");
	html_insert(h, f);
	LIT(h, "</p>");
	CHECK_TEXT(html_finish(h), NULL);
	CHECK_TEXT(written(h), "<p><strong>&lt;x&gt;</strong></p>");
	LIT(h, "<p title=\"");
	html_insert(h, f);
	CHECK(html_fault(h) != NULL);
	LIT(bad, "<p>");
	h = html_new(arena, 1000);
	html_insert(h, html_fragment(bad));
	CHECK_TEXT(html_fault(h), "a fragment with a fault of its own");
}

static void test_nothing_after_a_fault(void)
{
	struct html *h = sink();

	LIT(h, "<p>");
	LIT(h, "</div>");
	LIT(h, "<b>x</b>");
	html_text(h, "y");
	CHECK_TEXT(html_fault(h), "</div> closes <p>");
	CHECK_TEXT(written(h), "<p>");
}

/* A 24 KB page of 25 rows and 9 columns, as measured for the design (3.8 us with cheaper literals).
 */
static void table_page(struct html *h)
{
	LIT(h, "<table class=\"govuk-table\"><tbody class=\"govuk-table__body\">");
	for (int row = 0; row < 25; row++) {
		LIT(h, "<tr class=\"govuk-table__row\">");
		for (int column = 0; column < 9; column++) {
			LIT(h, "<td class=\"govuk-table__cell\"><a class=\"govuk-link\" href=\"");
			html_url(h, URL("/training/sessions/2K7Q"));
			LIT(h, "\">");
			html_text(h, "St Mary's & All Saints");
			LIT(h, "</a></td>");
		}
		LIT(h, "</tr>");
	}
	LIT(h, "</tbody></table>");
}

static double microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void test_speed(void)
{
	double best = 1e9;
	size_t n = 0;

	for (int round = 0; round < 200; round++) {
		struct html *h = sink();
		double start = microseconds();
		table_page(h);
		start = microseconds() - start;
		best = start < best ? start : best;
		CHECK(html_finish(h) == NULL);
		n = html_bytes(h).n;
	}
	printf("    %zu bytes in %.1f us at best\n", n, best);
	CHECK(best < 1000); /* a guard against accidents only: the bench measures */
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_writes_and_escapes),
		TEST(test_escapes_each_byte_everywhere),
		TEST(test_escapes_many_at_once),
		TEST(test_nul_becomes_replacement),
		TEST(test_int_limits),
		TEST(test_page),
		TEST(test_text_contexts),
		TEST(test_address_contexts),
		TEST(test_structure),
		TEST(test_attribute_contexts),
		TEST(test_remembered_effect_follows_state),
		TEST(test_remembered_pops_are_checked),
		TEST(test_remembered_pops_need_something_open),
		TEST(test_remembered_order_is_checked),
		TEST(test_more_elements_than_are_remembered),
		TEST(test_depth_has_an_end),
		TEST(test_fragment),
		TEST(test_nothing_after_a_fault),
		TEST(test_speed),
		TEST_END,
	};

	arena = arena_new(64u << 20);
	int status = test_main(argc, argv, tests);
	arena_free(&arena);
	return status;
}
