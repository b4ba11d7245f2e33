/*
 * Fuzz target: a form or a file's row into a struct. Input: first byte odd: a file; then name=value
 * pairs with "&" between them, bytes as they are.
 *
 * What must hold for any input: texts are UTF-8 and within their limits, dates are real, numbers in
 * range, every problem has a sentence of UTF-8; and a record decoded without problems, shown again
 * as a form, decodes to itself.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "record/record.h"

static const struct word colour_items[] = {
	{ 1, "red", "Red", NULL },
	{ 2, "blue", "Blue", NULL },
	{ 0, NULL, NULL, NULL },
};
static const struct words colours = { "colour", colour_items };

struct target {
	const char *t, *l, *e;
	int64_t n;
	struct opt_int o;
	double r;
	bool b;
	int w;
	struct date d;
	struct instant i;
	struct texts m;
};

static const struct field target_fields[] = {
	FIELD(struct target, t, .label = "T", .max = 10, .flags = F_REQUIRED),
	FIELD(struct target, l, .label = "L", .max = 20, .flags = F_LONG),
	FIELD(struct target, e, .label = "E", .flags = F_EMAIL),
	FIELD(struct target, n, .label = "N", .min = -5, .max = 5000),
	FIELD(struct target, o, .label = "O"),
	FIELD(struct target, r, .label = "R", .min = -2, .max = 2),
	FIELD(struct target, b, .label = "B"),
	FIELD(struct target, w, .label = "W", .words = &colours),
	FIELD(struct target, d, .label = "D"),
	FIELD(struct target, i, .label = "I"),
	FIELD(struct target, m, .label = "M", .max = 10),
	FIELD_END,
};
static const struct record target_record = { "target", sizeof(struct target), target_fields };

static void must(int holds)
{
	if (!holds) {
		abort();
	}
}

static void must_fit(const char *s, size_t most)
{
	must(s != NULL && text_is_utf8(s, strlen(s)) && text_length(s) <= most);
}

static struct pairs read_pairs(struct arena *a, const char *s)
{
	struct pairs pairs = { 0 };

	while (*s != '\0') {
		size_t n = strcspn(s, "&");
		const char *pair = arena_strndup(a, s, n);
		size_t name = strcspn(pair, "=");

		pairs_add(a, &pairs, arena_strndup(a, pair, name),
			  pair[name] == '=' ? pair + name + 1 : "");
		s += n + (s[n] == '&' ? 1 : 0);
	}
	return pairs;
}

static void check_values(const struct target *out, const struct problems *problems)
{
	must_fit(out->t, 10);
	must_fit(out->l, 20);
	must_fit(out->e, 254);
	must(strpbrk(out->t, "\n\t") == NULL);
	must(out->n >= -5 && out->n <= 5000 && out->r >= -2 && out->r <= 2);
	must(out->w >= 0 && out->w <= 2);
	must(!date_is_set(out->d) || date_is_valid(out->d));
	for (size_t i = 0; i < out->m.n; i++) {
		must_fit(out->m.v[i], 10);
	}
	for (size_t i = 0; i < problems->n; i++) {
		must_fit(problems->v[i].sentence, 1000);
	}
}

static void check_shown_again(struct arena *a, const struct target *out)
{
	struct pairs again = { 0 };
	struct problems problems = { 0 };
	struct target back;

	record_to_pairs(a, &target_record, out, &again);
	record_decode(a, &target_record, &again, RECORD_FORM, &back, &problems);
	must(problems.n == 0);
	for (const struct field *f = target_fields; f->name != NULL; f++) {
		must(field_equal(f, out, &back));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a;
	struct target out;
	struct problems problems = { 0 };

	if (n == 0 || n > 1 << 16) {
		return 0;
	}
	a = arena_new((size_t)64 << 20);
	struct pairs pairs = read_pairs(a, arena_strndup(a, (const char *)data + 1, n - 1));

	record_decode(a, &target_record, &pairs, (data[0] & 1) != 0 ? RECORD_FILE : RECORD_FORM,
		      &out, &problems);
	check_values(&out, &problems);
	if (problems.n == 0) {
		check_shown_again(a, &out);
	}
	arena_free(&a);
	return 0;
}
