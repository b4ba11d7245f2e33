/* Open addressing, at most half full; FNV-1a (Fowler, Noll, Vo). */
#include "base/index.h"

#include <string.h>

#include "base/arena.h"

static uint64_t hash(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *s != '\0'; s++) {
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	}
	return h;
}

void index_init(struct index *x, struct arena *a, size_t most)
{
	size_t n = 16;

	while (n < most * 2) {
		n *= 2;
	}
	x->slots = ARENA_NEW(a, struct index_slot, n);
	x->mask = n - 1;
}

static struct index_slot *slot_of(const struct index *x, const char *text)
{
	size_t i = (size_t)hash(text) & x->mask;

	while (x->slots[i].text != NULL && strcmp(x->slots[i].text, text) != 0) {
		i = (i + 1) & x->mask;
	}
	return &x->slots[i];
}

bool index_find(const struct index *x, const char *text, int64_t *value_out)
{
	const struct index_slot *slot = slot_of(x, text);

	if (slot->text == NULL) {
		return false;
	}
	*value_out = slot->value;
	return true;
}

bool index_put(struct index *x, const char *text, int64_t value)
{
	struct index_slot *slot = slot_of(x, text);

	if (slot->text != NULL) {
		return false;
	}
	*slot = (struct index_slot){ text, value };
	return true;
}
