/* The digest of rows: see copy.h for what is hashed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/copy.h"
#include "db/engine.h"

static void add_value(const struct copy_hash *h, void *state, char letter, const void *p, size_t n)
{
	char head[32];
	int length = snprintf(head, sizeof head, "%c%zu:", letter, n);

	h->add(state, head, (size_t)length);
	if (n > 0) {
		h->add(state, p, n);
	}
}

static void add_text(const struct copy_hash *h, void *state, char letter, const char *s)
{
	add_value(h, state, letter, s, strlen(s));
}

static void add_one(const struct copy_hash *h, void *state, const struct value *v)
{
	char space[32];
	uint64_t bits;

	switch (v->kind) {
	case VALUE_NULL:
		add_value(h, state, 'N', NULL, 0);
		break;
	case VALUE_INT:
		snprintf(space, sizeof space, "%lld", (long long)v->integer);
		add_text(h, state, 'I', space);
		break;
	case VALUE_REAL:
		memcpy(&bits, &v->real, sizeof bits);
		snprintf(space, sizeof space, "%016llx", (unsigned long long)bits);
		add_text(h, state, 'R', space);
		break;
	case VALUE_TEXT:
		add_text(h, state, 'T', v->text);
		break;
	case VALUE_DATE:
		date_iso(v->date, space);
		add_text(h, state, 'T', space);
		break;
	case VALUE_BYTES:
		add_value(h, state, 'B', v->bytes.p, v->bytes.n);
		break;
	}
}

void digest_row(const struct copy_hash *h, void *state, const struct value *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		add_one(h, state, &values[i]);
	}
	h->add(state, "\n", 1);
}

struct line {
	const char *name;
	const struct copy_sum *sum;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct line *)a)->name, ((const struct line *)b)->name);
}

int64_t copy_digest(struct copying *c, const struct copy_plan *plan, const struct copy_sum *sums, char out[65])
{
	struct line *lines = ARENA_NEW(c->arena, struct line, plan->n + 1);
	max_align_t state[COPY_HASH_STATE / sizeof(max_align_t)];
	int64_t rows = 0;

	for (size_t i = 0; i < plan->n; i++) {
		lines[i] = (struct line){ plan->tables[i].name, &sums[i] };
		rows += sums[i].rows;
	}
	qsort(lines, plan->n, sizeof *lines, by_name);
	c->hash.begin(state);
	for (size_t i = 0; i < plan->n; i++) {
		const char *line = arena_printf(c->arena, "%s %lld %s\n", lines[i].name, (long long)lines[i].sum->rows,
						lines[i].sum->hash);
		c->hash.add(state, line, strlen(line));
	}
	c->hash.end(state, out);
	return rows;
}
