/* Names and raw values as they came: a form, a query, a CSV row, a JSON object, flags. */
#ifndef BASE_PAIRS_H
#define BASE_PAIRS_H

#include <stddef.h>

struct arena;

struct pair {
	const char *name;
	const char *value; /* as sent, not yet checked; never NULL */
};

struct pairs {
	struct pair *v;
	size_t n;
	size_t cap;
};

void pairs_add(struct arena *a, struct pairs *p, const char *name, const char *value);
/* The first value of the name, NULL when there is none. */
const char *pairs_get(const struct pairs *p, const char *name);
size_t pairs_count(const struct pairs *p, const char *name);

#endif
