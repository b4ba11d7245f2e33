/* XML 1.0, 2.2 (characters) and 2.4 (what must be written otherwise). */
#include "base/xml.h"

#include "base/test.h"

static size_t dropped(const char *s)
{
	return xml_forbidden((const unsigned char *)s);
}

static void markup_is_written_otherwise(void)
{
	CHECK_TEXT(xml_escape('&'), "&amp;");
	CHECK_TEXT(xml_escape('<'), "&lt;");
	CHECK_TEXT(xml_escape('>'), "&gt;");
	CHECK_TEXT(xml_escape('"'), "&quot;");
	CHECK(xml_escape('a') == NULL);
	CHECK(xml_escape(0xc3) == NULL);
}

static void what_has_no_place_is_known(void)
{
	CHECK_INT(dropped(""), 0);
	CHECK_INT(dropped("\t"), 0);
	CHECK_INT(dropped("\n"), 0);
	CHECK_INT(dropped("\r"), 1);
	CHECK_INT(dropped("\x01"), 1);
	CHECK_INT(dropped("\x1f"), 1);
	CHECK_INT(dropped(" "), 0);
	CHECK_INT(dropped("\xed\x9f\xbf"), 0); /* U+D7FF */
	CHECK_INT(dropped("\xed\xa0\x80"), 3); /* U+D800 */
	CHECK_INT(dropped("\xee\x80\x80"), 0); /* U+E000 */
	CHECK_INT(dropped("\xef\xbf\xbd"), 0); /* U+FFFD */
	CHECK_INT(dropped("\xef\xbf\xbe"), 3);
	CHECK_INT(dropped("\xef\xbf\xbf"), 3);
	CHECK_INT(dropped("\xf0\x90\x80\x80"), 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(markup_is_written_otherwise), TEST(what_has_no_place_is_known), TEST_END };

	return test_main(argc, argv, tests);
}
