/* Spreadsheets and the archive they lie in, read back by libzip; what LibreOffice makes of them: tests/ods_test.py. */
#include "work/ods.h"

#include <string.h>
#include <zip.h>

#include "base/arena.h"
#include "base/test.h"
#include "work/zip.h"

static const struct instant at = { 1772634600000 }; /* 4 March 2026, 14:30 */

static zip_t *open_bytes(struct bytes file)
{
	zip_error_t error;

	zip_error_init(&error);
	return zip_open_from_source(zip_source_buffer_create(file.p, file.n, 0, &error), ZIP_RDONLY | ZIP_CHECKCONS, &error);
}

/* A member of the file, its check sum looked at by libzip. */
static const char *member(struct arena *a, struct bytes file, const char *name)
{
	zip_t *zip = open_bytes(file);
	zip_stat_t stat = { 0 };
	char *text = NULL;

	if (zip != NULL && zip_stat(zip, name, 0, &stat) == 0) {
		zip_file_t *f = zip_fopen(zip, name, 0);

		text = arena_alloc(a, stat.size + 1);
		CHECK_INT(zip_fread(f, text, stat.size), stat.size);
		CHECK_INT(zip_fclose(f), 0);
	}
	if (zip != NULL) {
		zip_discard(zip);
	}
	return text != NULL ? text : "";
}

static void test_cells(void)
{
	struct arena *a = arena_new(64 << 20);
	struct bytes file = { NULL, 0 };
	struct ods *o;

	CHECK_OK(ods_begin(a, at, "Sessions: <due>", 3, &o));
	ods_cell(o, ODS_HEADING, "Course");
	ods_cell(o, ODS_HEADING, "Places");
	CHECK_OK(ods_end_row(o));
	ods_cell(o, ODS_TEXT, "=1+1");
	ods_cell(o, ODS_NUMBER, "12");
	ods_cell(o, ODS_NUMBER, "");
	CHECK_OK(ods_end_row(o));
	ods_cell(o, ODS_DATE, "2026-03-27");
	ods_cell(o, ODS_INSTANT, "2026-03-27T14:30");
	ods_cell(o, ODS_TEXT, " <a> & \"b\"\r\nc\x01 \xef\xbf\xbf\td  e");
	CHECK_OK(ods_end_row(o));
	CHECK_OK(ods_end(o, &file));

	const char *content = member(a, file, "content.xml");

	CHECK(strstr(content, "table:name=\"Sessions   due \"") != NULL);
	CHECK(strstr(content, "<table:table-cell office:value-type=\"string\"><text:p>=1+1</text:p></table:table-cell>"
			      "<table:table-cell office:value-type=\"float\" office:value=\"12\"/><table:table-cell/>"
			      "</table:table-row>") != NULL);
	CHECK(strstr(content, "formula") == NULL);
	CHECK(strstr(content, "office:date-value=\"2026-03-27\"/>") != NULL);
	CHECK(strstr(content, "office:date-value=\"2026-03-27T14:30:00\"/>") != NULL);
	CHECK(strstr(content, "<text:p><text:s/>&lt;a&gt; &amp; &quot;b&quot;</text:p><text:p>c <text:tab/>d <text:s/>e"
			      "</text:p>") != NULL);
	arena_free(&a);
}

/* Programs know the file by its first bytes: ODF 1.3 part 2, 3.3. */
static void test_the_type_comes_first(void)
{
	struct arena *a = arena_new(64 << 20);
	struct bytes file = { NULL, 0 };
	struct ods *o;

	CHECK_OK(ods_begin(a, at, "x", 1, &o));
	ods_cell(o, ODS_HEADING, "x");
	CHECK_OK(ods_end_row(o));
	CHECK_OK(ods_end(o, &file));
	CHECK(file.n > 100 && memcmp(file.p, "PK\3\4", 4) == 0);
	CHECK(memcmp(file.p + 30, "mimetype" ODS_TYPE, 8 + strlen(ODS_TYPE)) == 0);
	CHECK(strstr(member(a, file, "META-INF/manifest.xml"), ODS_TYPE) != NULL);
	arena_free(&a);
}

static struct bytes letters(struct arena *a, size_t n)
{
	unsigned char *p = arena_alloc(a, n + 1);

	for (size_t i = 0; i < n; i++) {
		p[i] = (unsigned char)('a' + i * i % 23);
	}
	return (struct bytes){ p, n };
}

/* What is streamed in pieces of every size comes out as it went in. */
static void test_pieces(void)
{
	struct arena *a = arena_new(64 << 20);
	struct bytes all = letters(a, 700001), file = { NULL, 0 };
	struct archive *z;
	size_t i = 0;

	CHECK_OK(archive_begin(a, at, &z));
	CHECK_OK(archive_add(z, "first", letters(a, 10), ARCHIVE_STORED));
	CHECK_OK(archive_stream(z, "long"));
	for (size_t n = 1; i < all.n; i += n, n = n * 3 % 99991) {
		n = n > all.n - i ? all.n - i : n;
		CHECK_OK(archive_write(z, (struct bytes){ all.p + i, n }));
	}
	CHECK_OK(archive_end(z, &file));
	CHECK_TEXT(member(a, file, "long"), (const char *)all.p);
	CHECK_TEXT(member(a, file, "first"), (const char *)letters(a, 10).p);
	CHECK(file.n < all.n);
	arena_free(&a);
}

static void test_whole_members_and_an_empty_stream(void)
{
	struct arena *a = arena_new(64 << 20);
	struct bytes file = { NULL, 0 };
	struct archive *z;

	CHECK_OK(archive_begin(a, at, &z));
	CHECK_OK(archive_add(z, "only", letters(a, 5000), ARCHIVE_DEFLATED));
	CHECK_OK(archive_end(z, &file));
	CHECK_TEXT(member(a, file, "only"), (const char *)letters(a, 5000).p);
	CHECK_OK(archive_begin(a, at, &z));
	CHECK_OK(archive_stream(z, "nothing"));
	CHECK_OK(archive_end(z, &file));
	CHECK_TEXT(member(a, file, "nothing"), "");
	arena_free(&a);
}

/* A browser that goes away in the middle of a download: nothing is left behind (the sanitizers look). */
static void test_given_up(void)
{
	struct arena *a = arena_new(64 << 20);
	struct archive *z;

	for (int written = 0; written < 3; written++) {
		CHECK_OK(archive_begin(a, at, &z));
		CHECK_OK(archive_stream(z, "x"));
		for (int i = 0; i < written; i++) {
			CHECK_OK(archive_write(z, letters(a, 100000)));
		}
		if (written == 1) {
			archive_abandon(z);
		}
	}
	arena_free(&a);
	CHECK(a == NULL);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_cells),
		TEST(test_the_type_comes_first),
		TEST(test_pieces),
		TEST(test_whole_members_and_an_empty_stream),
		TEST(test_given_up),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
