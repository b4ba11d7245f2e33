/* A set of ids, which the store gives out from 1 upwards: a bit each, in pieces that are made when an id falls into them. */
#ifndef BASE_IDS_H
#define BASE_IDS_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct ids { /* all zero: empty */
	uint64_t **pieces; /* on the arena; NULL where no id fell */
	size_t n_pieces;
	int64_t n; /* different ids in it */
};

/* id: from 0 to 2^40. One that is there already changes nothing. */
void ids_add(struct arena *a, struct ids *s, int64_t id);
/* Adds each id of a list "12,7,40"; what is no number ends it. */
void ids_add_list(struct arena *a, struct ids *s, const char *list);
/* Adds what stands in another set, which stays as it is. */
void ids_add_all(struct arena *a, struct ids *s, const struct ids *of);

#endif
