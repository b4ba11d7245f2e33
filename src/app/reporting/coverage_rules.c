/* Coverage worked out: pure, over rows that somebody else has read. */
#include "app/reporting/coverage.h"

#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

const struct words trained_words = {
	"trained",
	(const struct word[]){ { TRAINED_DIRECTLY, "directly", "Trained directly", NULL },
			       { TRAINED_OWN, "own-delivery", "By the school itself", NULL },
			       { TRAINED_NOT_KNOWN, "not-known", "Not known", NULL },
			       { 0, NULL, NULL, NULL } },
};

static struct coverage_row row_of(const struct school_line *s)
{
	return (struct coverage_row){
		.id = s->urn,
		.name = s->name,
		.type = s->type,
		.type_group = s->type_group,
		.phase = s->phase,
		.district = s->district,
		.trained = TRAINED_NOT_KNOWN,
	};
}

static int by_urn(const void *key, const void *row)
{
	const int64_t urn = *(const int64_t *)key;
	const int64_t other = ((const struct coverage_row *)row)->id;

	return urn < other ? -1 : urn > other;
}

static int by_name(const void *x, const void *y)
{
	const struct coverage_row *a = x, *b = y;
	int order = strcasecmp(a->name, b->name);

	return order != 0 ? order : by_urn(&a->id, b);
}

/* Adds the training of one URN to a school in scope: its own, or that of a predecessor. */
static void credit(struct coverage_row *row, const struct coverage_training *t)
{
	bool direct = date_is_set(t->direct_on);
	bool later = date_compare(t->direct_on, t->own_on) > 0;
	struct date last_on = later ? t->direct_on : t->own_on;

	if (row->trained != TRAINED_DIRECTLY) {
		row->trained = direct ? TRAINED_DIRECTLY : TRAINED_OWN;
	}
	row->sessions += t->sessions;
	row->attended += t->attended;
	if (date_compare(last_on, row->last_on) > 0) {
		row->last_on = last_on;
		row->trained_as = t->urn == row->id ? 0 : t->urn;
	}
}

/* Training counts for the school itself and for every school it became by that day. */
static void follow(struct arena *a, struct coverage *c, const struct succession *succession,
		   const struct coverage_training *t, struct date on)
{
	struct coverage_row *row = bsearch(&t->urn, c->rows, c->n, sizeof(*c->rows), by_urn);
	bool counted = row != NULL;
	struct urns after = succession_of(a, succession, t->urn, AFTER, on);

	if (row != NULL) {
		credit(row, t);
	}
	for (size_t i = 0; i < after.n; i++) {
		row = bsearch(&after.v[i], c->rows, c->n, sizeof(*c->rows), by_urn);
		if (row != NULL) {
			credit(row, t);
			counted = true;
		}
	}
	c->trained_out_of_scope += counted ? 0 : 1;
}

void coverage_compute(struct arena *a, const struct school_line *schools, size_t n_schools,
		      const struct succession *succession, const struct coverage_training *training,
		      size_t n_training, const char *la_code, struct date on, struct coverage *out)
{
	*out = (struct coverage){ .rows = ARENA_NEW(a, struct coverage_row, n_schools) };
	for (size_t i = 0; i < n_schools; i++) {
		if (school_scope(&schools[i], la_code, on) == SCOPE_IN) {
			out->rows[out->n++] = row_of(&schools[i]);
		} else {
			out->out_of_scope++;
		}
	}
	for (size_t i = 0; i < n_training; i++) {
		struct arena_mark mark = arena_mark(a);

		follow(a, out, succession, &training[i], on);
		arena_rewind(a, mark);
	}
	for (size_t i = 0; i < out->n; i++) {
		out->trained += out->rows[i].trained == TRAINED_DIRECTLY ? 1 : 0;
		out->own += out->rows[i].trained == TRAINED_OWN ? 1 : 0;
	}
}

static bool matches(const struct coverage_row *row, const struct coverage_arg *arg)
{
	return (arg->trained == 0 || arg->trained == row->trained) &&
	       (arg->phase == 0 || arg->phase == row->phase) &&
	       (arg->type_group == 0 || arg->type_group == row->type_group) &&
	       (text_empty(arg->district) || text_same(arg->district, row->district)) &&
	       (arg->own_urn == 0 || arg->own_urn == row->id);
}

size_t coverage_filter(struct arena *a, const struct coverage *c, const struct coverage_arg *arg,
		       struct coverage_row **out)
{
	size_t n = 0;

	*out = ARENA_NEW(a, struct coverage_row, c->n);
	for (size_t i = 0; i < c->n; i++) {
		if (matches(&c->rows[i], arg)) {
			(*out)[n++] = c->rows[i];
		}
	}
	qsort(*out, n, sizeof(**out), by_name);
	return n;
}
