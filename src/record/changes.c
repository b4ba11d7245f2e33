/* JSON of a struct, and of the difference between two: the API's answers and the audit's entries.
 */
#include "record/record.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { CHANGES_MAX = 1 << 20 };

static bool texts_equal(const struct texts *a, const struct texts *b)
{
	if (a->n != b->n) {
		return false;
	}
	for (size_t i = 0; i < a->n; i++) {
		if (!text_same(a->v[i], b->v[i])) {
			return false;
		}
	}
	return true;
}

static const char *text_at(const struct field *f, const void *in)
{
	const char *s = *FIELD_IN(const char *, in, f);

	return s == NULL ? "" : s;
}

bool field_equal(const struct field *f, const void *a, const void *b)
{
	switch (f->kind) {
	case FIELD_INT:
		return *FIELD_IN(int64_t, a, f) == *FIELD_IN(int64_t, b, f);
	case FIELD_TEXT:
		return strcmp(text_at(f, a), text_at(f, b)) == 0;
	case FIELD_BOOL:
		return *FIELD_IN(bool, a, f) == *FIELD_IN(bool, b, f);
	case FIELD_WORD:
		return *FIELD_IN(int, a, f) == *FIELD_IN(int, b, f);
	case FIELD_DATE:
		return date_compare(*FIELD_IN(struct date, a, f), *FIELD_IN(struct date, b, f)) ==
		       0;
	case FIELD_INSTANT:
		return FIELD_IN(struct instant, a, f)->ms == FIELD_IN(struct instant, b, f)->ms;
	case FIELD_REAL:
		return !(*FIELD_IN(double, a, f) < *FIELD_IN(double, b, f)) &&
		       !(*FIELD_IN(double, a, f) > *FIELD_IN(double, b, f));
	case FIELD_OPT_INT: {
		const struct opt_int *x = FIELD_IN(struct opt_int, a, f);
		const struct opt_int *y = FIELD_IN(struct opt_int, b, f);

		return x->set == y->set && (!x->set || x->v == y->v);
	}
	case FIELD_TEXTS:
		return texts_equal(FIELD_IN(struct texts, a, f), FIELD_IN(struct texts, b, f));
	case FIELD_BYTES: {
		const struct bytes *x = FIELD_IN(struct bytes, a, f);
		const struct bytes *y = FIELD_IN(struct bytes, b, f);

		return x->n == y->n && (x->n == 0 || memcmp(x->p, y->p, x->n) == 0);
	}
	}
	return false;
}

static void json_text_or_null(struct json *j, const struct field *f, const char *s)
{
	json_text(j, s[0] == '\0' && ((f->flags & F_NULLABLE) != 0 || f->kind != FIELD_TEXT) ? NULL
											     : s);
}

/* One value in its JSON type; nothing where there is nothing. Instants are UTC. */
static void json_field(struct arena *a, const struct field *f, const void *in, struct json *j)
{
	const struct opt_int *opt;
	const struct texts *texts;
	struct instant t;
	int64_t n;

	switch (f->kind) {
	case FIELD_INT:
		n = *FIELD_IN(int64_t, in, f);
		if (n == 0 && (f->flags & F_NULLABLE) != 0) {
			json_none(j);
		} else {
			json_int(j, n);
		}
		break;
	case FIELD_OPT_INT:
		opt = FIELD_IN(struct opt_int, in, f);
		if (opt->set) {
			json_int(j, opt->v);
		} else {
			json_none(j);
		}
		break;
	case FIELD_BOOL:
		json_bool(j, *FIELD_IN(bool, in, f));
		break;
	case FIELD_REAL:
		json_number(j, *FIELD_IN(double, in, f));
		break;
	case FIELD_INSTANT:
		t = *FIELD_IN(struct instant, in, f);
		json_text(j, instant_is_set(t) ? instant_utc_iso(a, t) : NULL);
		break;
	case FIELD_TEXTS:
		texts = FIELD_IN(struct texts, in, f);
		json_array_begin(j);
		for (size_t i = 0; i < texts->n; i++) {
			json_text(j, texts->v[i]);
		}
		json_array_end(j);
		break;
	case FIELD_TEXT:
	case FIELD_WORD:
	case FIELD_DATE:
	case FIELD_BYTES:
		json_text_or_null(j, f, field_exchange(a, f, in));
		break;
	}
}

static bool is_told(const struct field *f)
{
	return f->kind != FIELD_BYTES;
}

void record_json(struct arena *a, const struct record *r, const void *in, struct json *j)
{
	json_object_begin(j);
	for (const struct field *f = r->fields; f->name != NULL; f++) {
		if (is_told(f) && (f->flags & F_SECRET) == 0) {
			json_key(j, f->name);
			json_field(a, f, in, j);
		}
	}
	json_object_end(j);
}

static void json_side(struct arena *a, const struct field *f, const void *in, struct json *j)
{
	if (in == NULL) {
		json_none(j);
	} else if ((f->flags & F_SECRET) != 0) {
		json_text(j, "secret");
	} else {
		json_field(a, f, in, j);
	}
}

const char *record_changes(struct arena *a, const struct record *r, const void *before,
			   const void *after)
{
	/* a thing made or removed is compared with one that holds nothing */
	const void *nothing = arena_alloc(a, r->size);
	struct buf b;
	struct json j;

	buf_init(&b, a, CHANGES_MAX);
	json_begin(&j, &b, false);
	json_object_begin(&j);
	for (const struct field *f = r->fields; f->name != NULL; f++) {
		if (!is_told(f) || field_equal(f, before == NULL ? nothing : before,
					       after == NULL ? nothing : after)) {
			continue;
		}
		json_key(&j, f->name);
		json_array_begin(&j);
		json_side(a, f, before, &j);
		json_side(a, f, after, &j);
		json_array_end(&j);
	}
	json_object_end(&j);
	return b.p;
}
