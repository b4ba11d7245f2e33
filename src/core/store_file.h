/*
 * A file that is whole or not there: made as PATH.part beside its place, and put there in one step. A store,
 * or a backup of one.
 */
#ifndef CORE_STORE_FILE_H
#define CORE_STORE_FILE_H

#include "base/err.h"

struct arena;

struct store_file {
	const char *path, *part;
	int fd; /* of the part, locked; -1: none */
};

/* Refuses a place where something stands; what a killed run left as PATH.part is begun anew (mode 0600). */
struct err *store_file_begin(struct arena *a, const char *path, struct store_file *out) MUST_CHECK;
/* On the disk and under its name, which nobody has taken meanwhile. Nothing has the part open any more. */
struct err *store_file_place(struct arena *a, struct store_file *f) MUST_CHECK;
void store_file_drop(struct store_file *f); /* takes the part away; after store_file_place(): nothing */

#endif
