/* An index of texts: each has a number, the first one put stays. In an arena; texts are not copied. */
#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct index_slot {
	const char *text;
	int64_t value;
};

struct index {
	struct index_slot *slots;
	size_t mask; /* slots - 1: a power of two */
};

/* For at most `most` texts. */
void index_init(struct index *x, struct arena *a, size_t most);
/* The value put first under the text. False: none. */
bool index_find(const struct index *x, const char *text, int64_t *value_out);
/* Puts a value unless the text has one. False: it has. */
bool index_put(struct index *x, const char *text, int64_t value);

#endif
