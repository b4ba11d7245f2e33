/* Markdown as the body of an OpenDocument text: what stands where, and that nothing typed becomes markup. */
#include "ui/odt_prose.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static struct arena *arena;

static void place(void *context, struct buf *out, const char *inside)
{
	buf_str(out, "<");
	odt_text(out, inside);
	buf_str(out, ">");
}

static const char *odt(const char *text, bool numbered)
{
	struct buf b;

	buf_init(&b, arena, 1 << 20);
	odt_prose(&b, arena, &(struct odt_prose){ .text = text, .numbered = numbered, .place = place, .block = place });
	return b.p;
}

#define P(style, text) "<text:p text:style-name=\"" style "\">" text "</text:p>"

static void sections_and_paragraphs_have_numbers(void)
{
	CHECK_TEXT(odt("## Purpose\n\nTo brief.\n\nAgain.\n\n### Part\n\n## Next\n\nThird.", true),
		   "<text:h text:style-name=\"Heading_20_1\" text:outline-level=\"1\">1<text:tab/>Purpose</text:h>"
		   P("Numbered", "1.1<text:tab/>To brief.") P("Numbered", "1.2<text:tab/>Again.")
		   "<text:h text:style-name=\"Heading_20_2\" text:outline-level=\"2\">Part</text:h>"
		   "<text:h text:style-name=\"Heading_20_1\" text:outline-level=\"1\">2<text:tab/>Next</text:h>"
		   P("Numbered", "2.1<text:tab/>Third."));
	CHECK_TEXT(odt("Text", false), P("Body", "Text"));
}

static void lists_and_what_is_in_a_line(void)
{
	CHECK_TEXT(odt("- a\n  1. b\n- *c* **d** `e  f`", false),
		   "<text:list text:style-name=\"Bullets\"><text:list-item>" P("Item", "a")
		   "<text:list text:style-name=\"Numbers\"><text:list-item>" P("Item", "b")
		   "</text:list-item></text:list></text:list-item><text:list-item>"
		   P("Item", "<text:span text:style-name=\"Emphasis\">c</text:span> <text:span "
			     "text:style-name=\"Strong\">d</text:span> <text:span text:style-name=\"Code\">e <text:s/>f</text:span>")
		   "</text:list-item></text:list>");
	CHECK_TEXT(odt("3. a", false), "<text:list text:style-name=\"Numbers\"><text:list-item text:start-value=\"3\">"
				       P("Item", "a") "</text:list-item></text:list>");
	CHECK_TEXT(odt("> q\n\n---\n\n    x\n    y\n", false),
		   P("Quotation", "q") "<text:p text:style-name=\"Rule\"/>" P("Listing", "x") P("Listing", "y"));
	CHECK_TEXT(odt("one\ntwo  \nthree", false), P("Body", "one two<text:line-break/>three"));
}

static void a_link_says_where_it_leads(void)
{
	CHECK_TEXT(odt("[Guidance](https://www.gov.uk/a?b=1&c=2)", false),
		   P("Body", "<text:a xlink:type=\"simple\" xlink:href=\"https://www.gov.uk/a?b=1&amp;c=2\">Guidance</text:a> "
			     "(https://www.gov.uk/a?b=1&amp;c=2)"));
	CHECK_TEXT(odt("[own](/schools) [bad](javascript:alert(1))", false), P("Body", "own bad"));
}

static void what_is_placed(void)
{
	CHECK_TEXT(odt("So {{figure a b}} and\n\n{{chart c}}\n\n{{figure d}}", false),
		   P("Body", "So <a b> and") "<chart c>" P("Body", "<d>"));
}

static void nothing_typed_becomes_markup(void)
{
	CHECK_TEXT(odt("a < b & \"c\" > d \\<text:p>", false), P("Body", "a &lt; b &amp; &quot;c&quot; &gt; d &lt;text:p&gt;"));
	CHECK_TEXT(odt("x <script>y</script> ![alt](z.png)", false), P("Body", "x y alt"));
	CHECK_TEXT(odt("<table>\n<tr>\n", false), "");
}

/* Deeper than OpenDocument has lists: the text stays, and each list that was begun ends. */
static void nested_as_deep_as_anybody_likes(void)
{
	const char *out;
	int begun = 0, ended = 0;
	struct buf b;

	buf_init(&b, arena, 8000);
	for (int i = 0; i < 60; i++) {
		buf_str(&b, "- ");
	}
	buf_str(&b, "deep\n\n");
	for (int i = 0; i < 200; i++) {
		buf_str(&b, "*a **b ");
	}
	for (int i = 0; i < 200; i++) {
		buf_str(&b, "c** d*");
	}
	out = odt(b.p, false);
	CHECK(strstr(out, "deep") != NULL);
	for (const char *at = out; (at = strstr(at, "<text:list ")) != NULL; at++) {
		begun++;
	}
	for (const char *at = out; (at = strstr(at, "</text:list>")) != NULL; at++) {
		ended++;
	}
	CHECK_INT(begun, 10);
	CHECK_INT(ended, begun);
	begun = ended = 0;
	for (const char *at = out; (at = strstr(at, "<text:span ")) != NULL; at++) {
		begun++;
	}
	for (const char *at = out; (at = strstr(at, "</text:span>")) != NULL; at++) {
		ended++;
	}
	CHECK_INT(ended, begun);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(sections_and_paragraphs_have_numbers),
					     TEST(lists_and_what_is_in_a_line),
					     TEST(a_link_says_where_it_leads),
					     TEST(what_is_placed),
					     TEST(nothing_typed_becomes_markup),
					     TEST(nested_as_deep_as_anybody_likes),
					     TEST_END };
	int failed;

	arena = arena_new(1 << 22);
	failed = test_main(argc, argv, tests);
	arena_free(&arena);
	return failed;
}
