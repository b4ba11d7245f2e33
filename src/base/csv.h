/*
 * CSV as people's spreadsheets and registers write it (RFC 4180; reader: libcsv, strict quotes).
 * Reader: first row is the heading; rows come as fields by column; every place has line and column.
 * Writer: CRLF, quotes where needed, a cell that a spreadsheet would run as a formula gets a
 * leading apostrophe (= + - @ TAB CR; numbers are left alone).
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct arena;

struct csv_row {
	int64_t line;       /* of the file, where the row begins; the heading is line 1 */
	const char **cells; /* UTF-8, NUL-terminated, valid during the call only */
	size_t n;           /* cells the row has; further ones up to the heading's count are "" */
};

struct csv_options {
	char delimiter;       /* 0: comma, or TAB / semicolon when the first line has more of those */
	size_t max_columns;   /* 0: 500 */
	size_t max_cell;      /* 0: 64 KiB */
	bool long_rows;       /* rows longer than the heading are given whole, not refused */
	bool (*progress)(void *context, size_t bytes_done, size_t bytes_all); /* may be NULL; false stops */
};

/* Reads a whole file held in memory (BOM skipped; UTF-8, else Windows-1252: *was_cp1252_out).
 * Calls row() for the heading and each row, in order. A quote out of place, an unfinished quoted
 * cell at the end, a row longer than the heading, a file that is not CSV: ERR_INVALID naming line
 * and column. Empty lines and rows of nothing but empty cells are passed over, empty cells beyond
 * the heading are dropped, blanks round an unquoted cell too. What row() allocates on scratch goes
 * when it returns. was_cp1252_out may be NULL. */
struct err *csv_read(struct arena *scratch, struct bytes file, const struct csv_options *options,
		     struct err *(*row)(void *context, const struct csv_row *row), void *context,
		     bool *was_cp1252_out) MUST_CHECK;

/* A text that a spreadsheet would run: csv_cell() puts an apostrophe before it. */
bool csv_is_formula(const char *text);
void csv_cell(struct buf *b, bool first, const char *text); /* with formula guard */
void csv_end_row(struct buf *b);

#endif
