#include "base/csv.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static struct arena *a;
static struct arena *scratch; /* what rows put there goes: what is gathered lies on a */

struct gathered { /* rows as "line:a|b|c;" */
	struct buf out;
	int stop_at; /* row number that refuses; 0: none */
	int rows;
	size_t told;
};

static struct err *gather(void *context, const struct csv_row *row)
{
	struct gathered *g = context;
	g->rows++;
	buf_printf(&g->out, "%lld:", (long long)row->line);
	for (size_t i = 0; i < row->n; i++) {
		buf_printf(&g->out, "%s%s", i > 0 ? "|" : "", row->cells[i]);
	}
	buf_str(&g->out, ";");
	return g->rows == g->stop_at ? ERR(ERR_INVALID, "Row %d is not wanted.", g->rows) : NULL;
}

static struct err *read_n(const char *s, size_t n, const struct csv_options *o, const char **rows, bool *cp1252)
{
	struct gathered g = { .stop_at = 0 };
	buf_init(&g.out, a, 1 << 20);
	struct err *e = csv_read(scratch, (struct bytes){ (const unsigned char *)s, n }, o, gather, &g, cp1252);
	*rows = g.out.p;
	return e;
}

static const char *rows_of(const char *s)
{
	const char *rows;
	bool cp1252;
	CHECK_OK(read_n(s, strlen(s), NULL, &rows, &cp1252));
	return rows;
}

static const char *refusal(const char *s)
{
	const char *rows;
	bool cp1252;
	struct err *e = read_n(s, strlen(s), NULL, &rows, &cp1252);
	if (!CHECK(e != NULL)) {
		return s;
	}
	CHECK_INT(e->kind, ERR_INVALID);
	return arena_strdup(a, e->sentence);
}

static void plain_files(void)
{
	CHECK_TEXT(rows_of("URN,Name\r\n1,One\r\n2,Two"), "1:URN|Name;2:1|One;3:2|Two;");
	CHECK_TEXT(rows_of("URN,Name\n1,\n,Two\n"), "1:URN|Name;2:1|;3:|Two;");
	CHECK_TEXT(rows_of("URN,Name\r1,One\r2,Two\r"), "1:URN|Name;2:1|One;3:2|Two;");
	CHECK_TEXT(rows_of("A, B \n 1 , x y \n"), "1:A|B;2:1|x y;");
	CHECK_TEXT(rows_of(""), "");
}

static void quotes_and_embedded_newlines(void)
{
	CHECK_TEXT(rows_of("A,B\n\"x, \"\"y\"\"\",\" z \"\n"), "1:A|B;2:x, \"y\"| z ;");
	CHECK_TEXT(rows_of("A,B\n\"one\ntwo\r\nthree\",2\n3,4\n"), "1:A|B;2:one\ntwo\r\nthree|2;5:3|4;");
	CHECK_TEXT(rows_of("A,B\n1,\"x\ny\"\n\"p\nq\",2\n5,6\n"), "1:A|B;2:1|x\ny;4:p\nq|2;6:5|6;");
}

static void empty_rows_are_passed_over(void)
{
	CHECK_TEXT(rows_of("\n\nA,B\n\n1,2\n,\n  \n3,4\n\n"), "3:A|B;5:1|2;8:3|4;");
}

static void byte_order_mark(void)
{
	CHECK_TEXT(rows_of("\xEF\xBB\xBF\"URN\",B\n1,2\n"), "1:URN|B;2:1|2;");
}

static void delimiters(void)
{
	CHECK_TEXT(rows_of("A;B,C;D\n1;2;3\n"), "1:A|B,C|D;2:1|2|3;");
	CHECK_TEXT(rows_of("A\tB\n1, x\t2\n"), "1:A|B;2:1, x|2;");
	CHECK_TEXT(rows_of("\"A;;;\",B\n1,2\n"), "1:A;;;|B;2:1|2;");
	const char *rows;
	bool cp1252;
	CHECK_OK(read_n("A|B\n1|2\n", 8, &(struct csv_options){ .delimiter = '|' }, &rows, &cp1252));
	CHECK_TEXT(rows, "1:A|B;2:1|2;");
}

/* Domain notes, scenario 13: a byte 0xE0 in a name. */
static void windows_1252_and_utf8(void)
{
	const char *rows;
	bool cp1252 = false;
	const char *s = "Name,B\nL\xE0 School,\x80\n";
	CHECK_OK(read_n(s, strlen(s), NULL, &rows, &cp1252));
	CHECK(cp1252);
	CHECK_TEXT(rows, "1:Name|B;2:L\xC3\xA0 School|\xE2\x82\xAC;");
	s = "Name,B\nL\xC3\xA0 School,x\n";
	CHECK_OK(read_n(s, strlen(s), NULL, &rows, &cp1252));
	CHECK(!cp1252);
	CHECK_TEXT(rows, "1:Name|B;2:L\xC3\xA0 School|x;");
}

static void long_windows_1252_cells(void)
{
	char s[4100];
	memset(s, '\xE9', sizeof(s));
	memcpy(s, "A\n", 2);
	const char *rows;
	bool cp1252;
	CHECK_OK(read_n(s, sizeof(s), NULL, &rows, &cp1252));
	CHECK_INT(strlen(rows), strlen("1:A;2:;") + 2 * 4098);
	CHECK(text_is_utf8(rows, strlen(rows)));
}

static void faults_name_line_and_column(void)
{
	CHECK_TEXT(refusal("URN,Name\n1,One\n2,\"Two\n3,Three\n"),
		   "The file cannot be read at line 3, column 2 (Name): the file ends inside this cell: its "
		   "closing quotation mark is missing.");
	CHECK(strstr(refusal("URN,Name\n1,One\n2,T\"w\"o\n"), "line 3, column 2 (Name): a quotation mark") != NULL);
	CHECK(strstr(refusal("URN,Name\n1,\"One\" x\n"), "line 2, column 2 (Name): a quotation mark") != NULL);
	/* An unfinished quote that meets the next one is named where it began. */
	CHECK(strstr(refusal("URN,Name\n1,\"One\n2,Two\n3,\"Three\"\n"), "line 2, column 2 (Name)") != NULL);
	CHECK_TEXT(refusal("URN,Name\n1,One\n2,Two,3\n"),
		   "The file cannot be read at line 3, column 3: the row has more cells than the heading.");
	CHECK(strstr(refusal("\"URN,Name\n1,One\n"), "line 1, column 1: the file ends inside") != NULL);
	CHECK_TEXT(rows_of("URN,Name\n1,One,,\n"), "1:URN|Name;2:1|One;");
}

static void other_files_are_told_by_name(void)
{
	const char *rows;
	bool cp1252;
	CHECK(strstr(refusal("PK\003\004xxxxxx"), "spreadsheet or ZIP") != NULL);
	struct err *e = read_n("\xFF\xFE" "A\0,\0", 6, NULL, &rows, &cp1252);
	CHECK(e != NULL && strstr(e->sentence, "UTF-16") != NULL);
	e = read_n("A,B\n1,\0\n", 8, NULL, &rows, &cp1252);
	CHECK(e != NULL && strstr(e->sentence, "line 2") != NULL);
}

static void limits(void)
{
	const char *rows;
	bool cp1252;
	struct err *e = read_n("A,B,C\n", 6, &(struct csv_options){ .max_columns = 2 }, &rows, &cp1252);
	CHECK(e != NULL && strstr(e->sentence, "line 1, column 3: there are too many columns") != NULL);
	const struct csv_options small = { .max_cell = 5 };
	e = read_n("A,B\n1,123456\n", 13, &small, &rows, &cp1252);
	CHECK(e != NULL && strstr(e->sentence, "line 2, column 2 (B): the cell is too long") != NULL);
	CHECK_OK(read_n("A,B\n1,12345\n", 12, &small, &rows, &cp1252));
	const char *open_quote = "A,B\n1,\"xxx\nyyy\nzzz\n2,3\n";
	e = read_n(open_quote, strlen(open_quote), &small, &rows, &cp1252);
	CHECK(e != NULL && strstr(e->sentence, "line 2, column 2 (B): the cell is too long; a closing") != NULL);
}

static void the_reader_of_rows_may_refuse(void)
{
	struct gathered g = { .stop_at = 2 };
	buf_init(&g.out, a, 1 << 20);
	const char *s = "A\n1\n2\n3\n";
	struct err *e =
		csv_read(scratch, (struct bytes){ (const unsigned char *)s, strlen(s) }, NULL, gather, &g, NULL);
	CHECK(e != NULL && strcmp(e->sentence, "Row 2 is not wanted.") == 0);
	CHECK_INT(g.rows, 2);
}

static bool count_progress(void *context, size_t done, size_t all)
{
	struct gathered *g = context;
	g->told++;
	return done <= all && g->told < 3;
}

static struct err *ignore(void *context, const struct csv_row *row)
{
	struct gathered *g = context;
	g->rows++;
	return NULL;
}

static void progress_is_told_and_can_stop(void)
{
	size_t n = 5 << 20;
	char *s = arena_alloc(a, n);
	memset(s, 'x', n);
	for (size_t i = 99; i < n; i += 100) {
		s[i] = '\n';
	}
	struct gathered g = { .stop_at = 0 };
	struct csv_options o = { .progress = count_progress };
	struct err *e = csv_read(scratch, (struct bytes){ (const unsigned char *)s, n }, &o, ignore, &g, NULL);
	CHECK(e != NULL && e->kind == ERR_LIMIT);
	CHECK_INT(g.told, 3);
	CHECK(g.rows > 30000 && g.rows < 32000);
}

static void memory_does_not_grow_with_rows(void)
{
	size_t n = 4 << 20;
	char *s = arena_alloc(a, n);
	memset(s, '\xE9', n);
	for (size_t i = 99; i < n; i += 100) {
		s[i] = '\n';
	}
	struct arena *small = arena_new(256 << 10);
	struct gathered g = { .stop_at = 0 };
	CHECK_OK(csv_read(small, (struct bytes){ (const unsigned char *)s, n }, NULL, ignore, &g, NULL));
	CHECK_INT(g.rows, (4 << 20) / 100 + 1);
	arena_free(&small);
}

static const char *written(const char *first, const char *second)
{
	struct buf b;
	buf_init(&b, a, 1000);
	csv_cell(&b, true, first);
	csv_cell(&b, false, second);
	csv_end_row(&b);
	return b.p;
}

static void writer_quotes(void)
{
	CHECK_TEXT(written("a", "b c"), "a,b c\r\n");
	CHECK_TEXT(written("a,b", "say \"yes\""), "\"a,b\",\"say \"\"yes\"\"\"\r\n");
	CHECK_TEXT(written("two\nlines", NULL), "\"two\nlines\",\r\n");
}

/* OWASP, CSV injection: cells that begin with = + - @ TAB CR. */
static void writer_guards_formulas(void)
{
	CHECK_TEXT(written("=1+1", "@SUM(A1)"), "'=1+1,'@SUM(A1)\r\n");
	CHECK_TEXT(written("+44 1483", "-x"), "'+44 1483,'-x\r\n");
	CHECK_TEXT(written("\tx", "=\"a\""), "\"'\tx\",\"'=\"\"a\"\"\"\r\n");
	CHECK_TEXT(written("\r=x", "-"), "\"'\r=x\",'-\r\n");
	CHECK_TEXT(written("-3.5", "+7"), "-3.5,+7\r\n");
	CHECK_TEXT(written("-3-2", "1=1"), "'-3-2,1=1\r\n");
	CHECK_TEXT(written("\xEF\xBC\x9D" "1", "\xEF\xBC\xA0x"), "'\xEF\xBC\x9D" "1,'\xEF\xBC\xA0x\r\n"); /* full width */
}

static void what_is_written_reads_back(void)
{
	const char *s = written("a \"quoted\", text\nover lines", " blanks ");
	CHECK_TEXT(rows_of(arena_printf(a, "A,B\n%s", s)), "1:A|B;2:a \"quoted\", text\nover lines| blanks ;");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(plain_files),
					     TEST(quotes_and_embedded_newlines),
					     TEST(empty_rows_are_passed_over),
					     TEST(byte_order_mark),
					     TEST(delimiters),
					     TEST(windows_1252_and_utf8),
					     TEST(long_windows_1252_cells),
					     TEST(faults_name_line_and_column),
					     TEST(other_files_are_told_by_name),
					     TEST(limits),
					     TEST(the_reader_of_rows_may_refuse),
					     TEST(progress_is_told_and_can_stop),
					     TEST(memory_does_not_grow_with_rows),
					     TEST(writer_quotes),
					     TEST(writer_guards_formulas),
					     TEST(what_is_written_reads_back),
					     TEST_END };
	a = arena_new(64 << 20);
	scratch = arena_new(64 << 20);
	int status = test_main(argc, argv, tests);
	arena_free(&scratch);
	arena_free(&a);
	return status;
}
