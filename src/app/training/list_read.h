/* Rows of cells out of a pasted or uploaded list; reading never fails. */
#ifndef APP_TRAINING_LIST_READ_H
#define APP_TRAINING_LIST_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { LIST_CELLS_MAX = 60 };

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

#endif
