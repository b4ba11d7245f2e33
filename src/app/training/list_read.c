/*
 * Lists of people as they come out of a spreadsheet: pasted (TAB between cells) or saved as CSV.
 * base/csv.h refuses a file at its first fault, which is right for a register; here one bad row
 * must not cost the other 29, so this reader has no faults of its own: a quotation mark that is
 * never closed is a quotation mark, a row that is too long has cells that nobody asks for.
 */
#include "app/training/list_read.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"

static char find_delimiter(const char *text)
{
	const char *p = text + strspn(text, "\n\r ");
	size_t n = strcspn(p, "\n\r");

	if (memchr(p, '\t', n) != NULL) {
		return '\t';
	}
	return memchr(p, ',', n) == NULL && memchr(p, ';', n) != NULL ? ';' : ',';
}

/* Where the quotation that begins at p ends (its last mark), or NULL when it is never closed. */
static const char *closing_mark(const char *p)
{
	for (p++; (p = strchr(p, '"')) != NULL; p += 2) {
		if (p[1] != '"') {
			return p;
		}
	}
	return NULL;
}

static void add_quoted(struct list_reader *r, struct buf *b, const char *end)
{
	for (const char *p = r->p + 1; p < end; p++) {
		r->line += *p == '\n';
		buf_char(b, *p == '\n' || *p == '\r' || *p == '\t' ? ' ' : *p);
		p += *p == '"';
	}
	r->p = end + 1;
}

static bool at_end(const struct list_reader *r)
{
	return *r->p == '\0' || *r->p == '\n' || *r->p == '\r' || *r->p == r->delimiter;
}

/* Our own files put an apostrophe before what a spreadsheet would run as a formula (base/csv.h); so may
 * have the spreadsheet that read one before. */
static const char *without_guard(const char *cell)
{
	const char *s = cell;

	while (*s == '\'') {
		s++;
	}
	return s != cell && csv_is_formula(s) ? s : cell;
}

static const char *read_cell(struct list_reader *r)
{
	struct buf b;

	buf_init(&b, r->arena, 20000);
	while (*r->p == ' ' && r->delimiter != ' ') {
		r->p++;
	}
	if (*r->p == '"') {
		const char *end = closing_mark(r->p);

		if (end != NULL) {
			add_quoted(r, &b, end);
		}
	}
	for (; !at_end(r); r->p++) {
		buf_char(&b, *r->p == '\t' ? ' ' : *r->p);
	}
	const char *clean = b.n == 0 ? "" : text_normalise(r->arena, b.p, b.n);

	return clean == NULL ? "" : without_guard(clean);
}

void list_begin(struct list_reader *r, struct arena *a, const char *text)
{
	*r = (struct list_reader){ .arena = a, .p = text, .delimiter = find_delimiter(text), .line = 1 };
}

static bool read_row(struct list_reader *r, struct list_row *out)
{
	if (*r->p == '\0') {
		return false;
	}
	*out = (struct list_row){ .line = r->line, .empty = true };
	for (;;) {
		struct arena_mark mark = arena_mark(r->arena);
		const char *cell = read_cell(r);

		out->empty = out->empty && cell[0] == '\0';
		if (out->n < LIST_CELLS_MAX) {
			out->cells[out->n++] = cell;
		} else { /* a line of half a million cells leaves nothing behind */
			arena_rewind(r->arena, mark);
		}
		if (*r->p != r->delimiter) {
			break;
		}
		r->p++;
	}
	if (*r->p == '\r') {
		r->p++;
	}
	if (*r->p == '\n') {
		r->p++;
	}
	r->line++;
	return true;
}

bool list_next(struct list_reader *r, struct list_row *out)
{
	for (;;) {
		struct arena_mark mark = arena_mark(r->arena);

		if (!read_row(r, out)) {
			return false;
		}
		if (!out->empty) {
			return true;
		}
		arena_rewind(r->arena, mark);
	}
}

/* ---- headings ---- */

const char *list_squeeze(struct arena *a, const char *text)
{
	char *s = arena_strdup(a, text_fold(a, text));
	char *to = s;

	for (const char *c = s; *c != '\0'; c++) {
		if (isalnum((unsigned char)*c) || (unsigned char)*c >= 0x80) {
			*to++ = *c;
		}
	}
	*to = '\0';
	return s;
}

static int column_of(const char *heading, const struct list_heading *known, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(known[i].text, heading) == 0) {
			return known[i].column;
		}
	}
	return -1;
}

void list_find_columns(struct arena *a, const struct list_row *row, const struct list_heading *known, size_t n_known,
		       int found[LIST_COLUMNS_MAX])
{
	for (int c = 0; c < LIST_COLUMNS_MAX; c++) {
		found[c] = -1;
	}
	for (size_t i = 0; i < row->n; i++) {
		int c = column_of(list_squeeze(a, row->cells[i]), known, n_known);

		if (c >= 0 && found[c] < 0) {
			found[c] = (int)i;
		}
	}
}

const char *list_cell(const struct list_row *row, const int where[LIST_COLUMNS_MAX], int column)
{
	return where[column] < 0 || (size_t)where[column] >= row->n ? "" : row->cells[where[column]];
}
