#include "base/pairs.h"

#include <string.h>

#include "base/arena.h"

void pairs_add(struct arena *a, struct pairs *p, const char *name, const char *value)
{
	if (p->n == p->cap) {
		size_t cap = p->cap == 0 ? 8 : p->cap * 2;
		p->v = arena_grow(a, p->v, p->cap * sizeof(*p->v), cap * sizeof(*p->v));
		p->cap = cap;
	}
	p->v[p->n++] = (struct pair){ name, value == NULL ? "" : value };
}

const char *pairs_get(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++) {
		const char *known = p->v[i].name;
		if (known[0] == name[0] && strcmp(known, name) == 0) { /* most differ at once */
			return p->v[i].value;
		}
	}
	return NULL;
}

size_t pairs_count(const struct pairs *p, const char *name)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		n += strcmp(p->v[i].name, name) == 0 ? 1 : 0;
	}
	return n;
}
