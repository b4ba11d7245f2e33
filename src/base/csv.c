#include "base/csv.h"

#include <csv.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define PROGRESS_STEP ((size_t)1024 * 1024)
#define DEFAULT_COLUMNS 500
#define DEFAULT_CELL ((size_t)64 * 1024)

struct reader {
	struct arena *scratch;
	bool cp1252;
	size_t max_columns, max_cell;
	bool long_rows;
	struct err *(*row)(void *context, const struct csv_row *row);
	void *context;
	struct err *err;       /* the first; after it nothing is called any more */
	struct buf text;       /* of the row being gathered, each cell with its NUL */
	size_t *starts;        /* of each cell in it */
	const char **cells;
	const char **headings; /* NULL before the heading has been read */
	size_t heading_n;
	size_t n;
	bool something;        /* the row has a cell that is not empty */
	int64_t line;          /* being read */
	int64_t row_line;      /* where the row began; 0: not yet */
	int64_t cell_line;     /* where the cell that is open began */
};

/* "line 3, column 2 (TypeName)", the column counted as a spreadsheet does. */
static const char *place(struct reader *r, int64_t line, size_t column)
{
	if (r->headings != NULL && column < r->heading_n && r->headings[column][0] != '\0') {
		return arena_printf(r->scratch, "line %lld, column %zu (%.60s)", (long long)line,
				    column + 1, r->headings[column]);
	}
	return arena_printf(r->scratch, "line %lld, column %zu", (long long)line, column + 1);
}

static struct err *fault(struct reader *r, int64_t line, size_t column, const char *what)
{
	return ERR(ERR_INVALID, "The file cannot be read at %s: %s.", place(r, line, column), what);
}

static void cell(void *bytes, size_t n, void *context)
{
	struct reader *r = context;
	if (r->err != NULL) {
		return;
	}
	int64_t began = r->cell_line;
	r->cell_line = r->line;
	if (r->n == 0) {
		r->row_line = began;
	}
	if (n > r->max_cell) {
		r->err = fault(r, began, r->n, "the cell is too long");
		return;
	}
	if (r->n >= r->max_columns || (r->headings != NULL && r->n >= r->heading_n && !r->long_rows)) {
		if (r->headings == NULL) {
			r->err = fault(r, began, r->n, "there are too many columns");
		} else if (n > 0) {
			r->err = fault(r, began, r->n, "the row has more cells than the heading");
		}
		return;
	}
	r->starts[r->n++] = r->text.n;
	r->something = r->something || n > 0;
	if (r->cp1252 && n > 0) {
		struct arena_mark mark = arena_mark(r->scratch);
		const char *utf8 = text_from_cp1252(r->scratch, bytes, n);
		size_t length = strlen(utf8);
		if (r->text.cap - r->text.n > length) { /* the buffer will not move: give it back */
			buf_add(&r->text, utf8, length + 1);
			arena_rewind(r->scratch, mark);
		} else {
			buf_add(&r->text, utf8, length + 1);
		}
	} else {
		buf_add(&r->text, bytes, n);
		buf_char(&r->text, '\0');
	}
}

static void keep_heading(struct reader *r)
{
	r->headings = ARENA_NEW(r->scratch, const char *, r->n + 1);
	for (size_t i = 0; i < r->n; i++) {
		r->headings[i] = arena_strdup(r->scratch, r->cells[i]);
	}
	r->heading_n = r->n;
}

static void end_of_row(int c, void *context)
{
	struct reader *r = context;
	if (r->err == NULL && r->something) {
		size_t n = r->n > r->heading_n ? r->n : r->heading_n;
		for (size_t i = 0; i < n; i++) {
			r->cells[i] = i < r->n ? r->text.p + r->starts[i] : "";
		}
		struct csv_row row = { .line = r->row_line, .cells = r->cells, .n = r->n };
		if (r->headings == NULL) {
			keep_heading(r);
		}
		struct arena_mark mark = arena_mark(r->scratch);
		r->err = r->row(r->context, &row);
		arena_rewind(r->scratch, mark);
	}
	r->n = 0;
	r->text.n = 0;
	r->something = false;
}

/* The first line's most frequent separator outside quotes; a comma when none is more frequent. */
static char guess_delimiter(const unsigned char *p, size_t n)
{
	size_t commas = 0, tabs = 0, semicolons = 0;
	bool quoted = false;
	for (size_t i = 0; i < n && (quoted || (p[i] != '\n' && p[i] != '\r')); i++) {
		quoted = p[i] == '"' ? !quoted : quoted;
		commas += !quoted && p[i] == ',' ? 1 : 0;
		tabs += !quoted && p[i] == '\t' ? 1 : 0;
		semicolons += !quoted && p[i] == ';' ? 1 : 0;
	}
	if (tabs > commas && tabs >= semicolons) {
		return '\t';
	}
	return semicolons > commas ? ';' : ',';
}

/* Files that people choose by mistake, said as what they are. */
static struct err *refuse_other_kinds(struct bytes f)
{
	if (f.n >= 4 && memcmp(f.p, "PK\003\004", 4) == 0) {
		return ERR(ERR_INVALID, "This is a spreadsheet or ZIP file, not CSV (line 1, column 1). Open it in "
					"the spreadsheet program and save it as CSV.");
	}
	if (f.n >= 2 && (memcmp(f.p, "\xFF\xFE", 2) == 0 || memcmp(f.p, "\xFE\xFF", 2) == 0)) {
		return ERR(ERR_INVALID, "This file is in UTF-16 (line 1, column 1). Save it as \"CSV UTF-8\".");
	}
	const unsigned char *nul = f.n == 0 ? NULL : memchr(f.p, 0, f.n);
	if (nul != NULL) {
		long long line = 1;
		for (const unsigned char *p = f.p; p < nul; p++) {
			line += *p == '\n' ? 1 : 0;
		}
		return ERR(ERR_INVALID, "This file is not CSV: line %lld holds bytes that are not text. Choose the "
					"CSV file.",
			   line);
	}
	return NULL;
}

/* Fed line by line, so that each place has its line; libcsv keeps a cell open across them. */
static void read_lines(struct reader *r, struct csv_parser *parser, struct bytes f,
		       const struct csv_options *o)
{
	/* Files of old Macintosh programs end lines with CR alone. */
	int end_mark = memchr(f.p, '\n', f.n) != NULL ? '\n' : '\r';
	size_t at = 0, told = 0;
	while (at < f.n && r->err == NULL) {
		const unsigned char *end = memchr(f.p + at, end_mark, f.n - at);
		size_t length = end == NULL ? f.n - at : (size_t)(end - (f.p + at)) + 1;
		r->line++;
		if (r->n == 0 && parser->entry_pos == 0 && !parser->quoted) {
			r->cell_line = r->line;
		}
		size_t did = csv_parse(parser, f.p + at, length, cell, end_of_row, r);
		if (did != length && r->err == NULL) {
			r->err = fault(r, r->cell_line, r->n,
				       "a quotation mark in this cell is out of place. Quotation marks "
				       "inside a cell must be doubled and the cell put in quotation marks");
		} else if (parser->entry_pos > r->max_cell && r->err == NULL) {
			r->err = fault(r, r->cell_line, r->n,
				       "the cell is too long; a closing quotation mark may be missing");
		}
		at += length;
		if (o->progress != NULL && (at - told >= PROGRESS_STEP || at == f.n) && r->err == NULL) {
			told = at;
			if (!o->progress(r->context, at, f.n)) {
				r->err = ERR(ERR_LIMIT, "Reading the file was stopped.");
			}
		}
	}
}

struct err *csv_read(struct arena *scratch, struct bytes file, const struct csv_options *options,
		     struct err *(*row)(void *context, const struct csv_row *row), void *context,
		     bool *was_cp1252_out)
{
	struct csv_options o = options == NULL ? (struct csv_options){ 0 } : *options;
	TRY(refuse_other_kinds(file));
	if (file.n >= 3 && memcmp(file.p, "\xEF\xBB\xBF", 3) == 0) {
		file = (struct bytes){ file.p + 3, file.n - 3 };
	}
	struct reader r = { .scratch = scratch,
			    .cp1252 = !text_is_utf8((const char *)file.p, file.n),
			    .max_columns = o.max_columns == 0 ? DEFAULT_COLUMNS : o.max_columns,
			    .max_cell = o.max_cell == 0 ? DEFAULT_CELL : o.max_cell,
			    .long_rows = o.long_rows,
			    .row = row,
			    .context = context };
	if (was_cp1252_out != NULL) {
		*was_cp1252_out = r.cp1252;
	}
	r.starts = ARENA_NEW(scratch, size_t, r.max_columns + 1);
	r.cells = ARENA_NEW(scratch, const char *, r.max_columns + 1);
	buf_init(&r.text, scratch, 3 * (r.max_cell + 1) * r.max_columns);
	struct csv_parser parser;
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
		return ERR_DETAIL(ERR_IO, "csv_init failed");
	}
	csv_set_blk_size(&parser, 4096);
	csv_set_delim(&parser, (unsigned char)(o.delimiter != 0 ? o.delimiter
								 : guess_delimiter(file.p, file.n)));
	if (file.n > 0) {
		read_lines(&r, &parser, file, &o);
	}
	if (r.err == NULL && csv_fini(&parser, cell, end_of_row, &r) != 0) {
		r.err = fault(&r, r.cell_line, r.n,
			      "the file ends inside this cell: its closing quotation mark is missing");
	}
	csv_free(&parser);
	return r.err;
}

/* A number is left alone: "-3.5", "+44"; a telephone number "+44 1483" is not one. */
static bool is_number(const char *s)
{
	s += *s == '-' || *s == '+' ? 1 : 0;
	bool digit = false, dot = false;
	for (; *s != '\0'; s++) {
		if (*s == '.' && !dot) {
			dot = true;
		} else if (*s >= '0' && *s <= '9') {
			digit = true;
		} else {
			return false;
		}
	}
	return digit;
}

/* What a spreadsheet would run as a formula: these signs at the start, also as the full-width ones of
 * East Asian keyboards (OWASP, CSV Injection). */
bool csv_is_formula(const char *s)
{
	static const char *const wide[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0" };
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		if (text_starts(s, wide[i])) {
			return true;
		}
	}
	return s[0] != '\0' && strchr("=+-@\t\r\n", s[0]) != NULL && !is_number(s);
}

void csv_cell(struct buf *b, bool first, const char *text)
{
	const char *s = text == NULL ? "" : text;
	bool guard = csv_is_formula(s);
	bool quotes = strpbrk(s, ",\"\r\n;\t") != NULL || s[0] == ' ' || text_ends(s, " ");
	if (!first) {
		buf_char(b, ',');
	}
	if (quotes) {
		buf_char(b, '"');
	}
	if (guard) {
		buf_char(b, '\'');
	}
	for (; *s != '\0'; s++) {
		if (*s == '"') {
			buf_char(b, '"');
		}
		buf_char(b, *s);
	}
	if (quotes) {
		buf_char(b, '"');
	}
}

void csv_end_row(struct buf *b)
{
	buf_add(b, "\r\n", 2);
}
