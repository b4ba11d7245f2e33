/* Rows of cells out of a pasted or uploaded list; reading never fails. */
#ifndef APP_TRAINING_LIST_READ_H
#define APP_TRAINING_LIST_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { LIST_CELLS_MAX = 60, LIST_COLUMNS_MAX = 16 };

struct list_row {
	int64_t line; /* of the text; 1 is the first */
	const char *cells[LIST_CELLS_MAX];
	size_t n;
	bool empty;
};

struct list_reader {
	struct arena *arena;
	const char *p;
	char delimiter;
	int64_t line;
};

void list_begin(struct list_reader *r, struct arena *a, const char *text);
/* The next row that has something in it. False: no more. */
bool list_next(struct list_reader *r, struct list_row *out);

/* ---- headings ---- */

struct list_heading {
	const char *text; /* squeezed: "emailaddress" */
	int column;
};

/* Folded, letters and digits only: "E-mail address" -> "emailaddress". */
const char *list_squeeze(struct arena *a, const char *text);
/* Which cell holds which column, by its heading; -1: none does. */
void list_find_columns(struct arena *a, const struct list_row *row, const struct list_heading *known, size_t n_known,
		       int found[LIST_COLUMNS_MAX]);
/* What stands in a column; "": nothing. */
const char *list_cell(const struct list_row *row, const int where[LIST_COLUMNS_MAX], int column);

#endif
