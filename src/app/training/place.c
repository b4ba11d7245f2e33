#include "app/training/place.h"

#include <ctype.h>
#include <string.h>

#include "app/training/known.h"
#include "app/training/place.sql.h"
#include "base/arena.h"
#include "base/text.h"

static const struct field place_args_fields[] = {
	FIELD(struct place_args, authority_id),
	FIELD(struct place_args, urn),
	FIELD(struct place_args, name_fold),
	FIELD_END
};
RECORD(place_args, place_args_fields);

static const struct field place_school_fields[] = {
	FIELD(struct place_school, urn),
	FIELD(struct place_school, name),
	FIELD(struct place_school, town, .flags = F_NULLABLE),
	FIELD(struct place_school, close_date, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(place_school, place_school_fields);

static const struct field places_args_fields[] = {
	FIELD(struct places_args, authority_id),
	FIELD(struct places_args, urns),
	FIELD_END
};
RECORD(places_args, places_args_fields);

enum { URN_MIN = 100000, URN_MAX = 999999 }; /* six digits (GIAS) */

int64_t place_urn(const char *text)
{
	size_t n = strlen(text);
	const char *digits = text;
	char number[8];
	int64_t urn;

	if (n > 0 && text[n - 1] == ')') {
		const char *open = strrchr(text, '(');

		if (open == NULL) {
			return 0;
		}
		digits = open + 1;
		n = (size_t)(text + n - 1 - digits);
	}
	if (n != 6) {
		return 0;
	}
	memcpy(number, digits, n);
	number[n] = '\0';
	return text_to_int(number, URN_MIN, URN_MAX, &urn) ? urn : 0;
}

const struct place_school *place_choose(const struct place_school *v, size_t n, struct date on)
{
	const struct place_school *open = NULL;
	size_t n_open = 0;

	if (n == 1) {
		return v;
	}
	for (size_t i = 0; i < n; i++) {
		if (!date_is_set(v[i].close_date) || date_compare(v[i].close_date, on) > 0) {
			open = &v[i];
			n_open++;
		}
	}
	return n_open == 1 ? open : NULL;
}

const char *place_label(struct arena *a, const struct place_school *s)
{
	return text_empty(s->town)
		       ? arena_printf(a, "%s (%lld)", s->name, (long long)s->urn)
		       : arena_printf(a, "%s, %s (%lld)", s->name, s->town, (long long)s->urn);
}

static struct err *by_urn(struct arena *a, struct db *db, int64_t authority_id, int64_t urn,
			  struct place *out)
{
	struct place_args args = { .authority_id = authority_id, .urn = urn };
	struct place_school school;
	bool found;

	TRY(sql_place_by_urn(a, db, &args, &school, &found));
	if (found) {
		out->urn = urn;
		out->school = school.name;
	} else {
		out->fault =
			arena_printf(a, "URN %lld is not in the school register. Check the number",
				     (long long)urn);
	}
	return NULL;
}

/* "Oak Lane Primary School, Guildford": the town tells schools of one name apart. */
static void keep_of_town(struct arena *a, const char *town, struct place_school **v, size_t *n)
{
	struct place_school *kept = ARENA_NEW(a, struct place_school, *n + 1);
	const char *fold = text_fold(a, town);
	size_t m = 0;

	for (size_t i = 0; i < *n; i++) {
		if (!text_empty((*v)[i].town) && strcmp(text_fold(a, (*v)[i].town), fold) == 0) {
			kept[m++] = (*v)[i];
		}
	}
	*v = kept;
	*n = m;
}

static struct err *named(struct arena *a, struct db *db, struct place_args *args, const char *text,
			 struct place_school **v, size_t *n)
{
	const char *comma = strrchr(text, ',');

	args->name_fold = text_fold(a, text);
	TRY(sql_places_by_name(a, db, args, v, n));
	if (*n == 0 && comma != NULL) {
		args->name_fold = text_fold(a, arena_strndup(a, text, (size_t)(comma - text)));
		TRY(sql_places_by_name(a, db, args, v, n));
		keep_of_town(a, comma + 1, v, n);
	}
	return NULL;
}

static void ask_which(struct arena *a, const char *text, struct place *out)
{
	struct buf b;

	buf_init(&b, a, 2000);
	buf_printf(&b, "%zu schools are called %s. Say which one by its URN:", out->n_choices,
		   text);
	for (size_t i = 0; i < out->n_choices; i++) {
		buf_printf(&b, "%s %s", i == 0 ? "" : ",", place_label(a, &out->choices[i]));
	}
	out->fault = b.p;
}

static void keep_as_organisation(struct arena *a, const char *text, struct place *out)
{
	out->organisation = text;
	out->organisation_fold = text_fold(a, text);
}

struct err *place_resolve(struct arena *a, struct db *db, int64_t authority_id, struct date on,
			  const char *text, const char *pick, struct place *out)
{
	struct place_args args = { .authority_id = authority_id };
	struct place_school *v;
	size_t n;

	memset(out, 0, sizeof(*out));
	out->school = out->organisation = out->organisation_fold = "";
	if (text_empty(text)) {
		return NULL;
	}
	int64_t urn = place_urn(text_empty(pick) ? text : pick);

	if (urn != 0) {
		return by_urn(a, db, authority_id, urn, out);
	}
	TRY(named(a, db, &args, text, &v, &n));
	const struct place_school *one = n == 0 ? NULL : place_choose(v, n, on);

	if (one != NULL) {
		out->urn = one->urn;
		out->school = one->name;
	} else if (n == 0 || text_same(pick, "none")) {
		keep_as_organisation(a, text, out);
	} else {
		out->choices = v;
		out->n_choices = n;
		ask_which(a, text, out);
	}
	return NULL;
}

/* ---- of a list ---- */

void places_init(struct places *x, struct arena *a, int64_t authority_id, struct date on, size_t most)
{
	*x = (struct places){ .arena = a, .authority_id = authority_id, .on = on, .v = ARENA_NEW(a, struct place, most + 1) };
	index_init(&x->written, a, most);
	index_init(&x->urns, a, most);
	texts_begin(&x->wanted, a);
}

static const char *urn_text(struct arena *a, int64_t urn)
{
	return arena_printf(a, "%lld", (long long)urn);
}

void places_want(struct places *x, const char *text)
{
	int64_t urn = text_empty(text) ? 0 : place_urn(text);

	if (urn != 0 && index_put(&x->urns, urn_text(x->arena, urn), 0)) {
		json_int(&x->wanted, urn);
		x->n_wanted++;
	}
}

static struct err *look_up_wanted(struct places *x, struct db *db)
{
	const struct places_args args = { x->authority_id, texts_end(&x->wanted) };
	size_t n;

	x->n_wanted = 0;
	TRY(sql_places_of_urns(x->arena, db, &args, &x->schools, &n));
	index_init(&x->urns, x->arena, n);
	for (size_t i = 0; i < n; i++) {
		index_put(&x->urns, urn_text(x->arena, x->schools[i].urn), (int64_t)i + 1);
	}
	return NULL;
}

static bool is_looked_up(const struct places *x, const char *text, struct place *out)
{
	int64_t urn = text_empty(text) ? 0 : place_urn(text), at;

	if (urn == 0 || !index_find(&x->urns, urn_text(x->arena, urn), &at) || at == 0) {
		return false;
	}
	*out = (struct place){ .urn = urn, .school = x->schools[at - 1].name, .organisation = "", .organisation_fold = "" };
	return true;
}

struct err *places_resolve(struct places *x, struct db *db, const char *text, struct place *out)
{
	const char *written = text == NULL ? "" : text;
	int64_t at;

	if (index_find(&x->written, written, &at)) {
		*out = x->v[at];
		return NULL;
	}
	if (x->n_wanted > 0) {
		TRY(look_up_wanted(x, db));
	}
	if (!is_looked_up(x, written, out)) {
		TRY(place_resolve(x->arena, db, x->authority_id, x->on, written, NULL, out));
	}
	index_put(&x->written, written, (int64_t)x->n);
	x->v[x->n++] = *out;
	return NULL;
}
