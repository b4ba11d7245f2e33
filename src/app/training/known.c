/* Whom a list may speak of, fetched at once and found by e-mail or by name and place. */
#include "app/training/known.h"

#include <stdlib.h>
#include <string.h>

#include "app/training/known.sql.h"
#include "app/training/person.h"
#include "base/arena.h"
#include "base/text.h"

enum { LIST_JSON_MAX = 16 << 20 };

static const struct field known_args_fields[] = {
	FIELD(struct known_args, authority_id),
	FIELD(struct known_args, texts),
	FIELD_END,
};
RECORD(known_args, known_args_fields);

const char *person_key_text(struct arena *a, const struct person_key *key)
{
	return arena_printf(a, "%s\n%lld\n%s", key->name_fold, (long long)key->urn,
			    key->organisation_fold == NULL ? "" : key->organisation_fold);
}

struct person_key person_key_of(const struct learner *l)
{
	return (struct person_key){ l->name_fold, l->email == NULL ? "" : l->email, l->establishment_urn,
				    l->organisation_fold == NULL ? "" : l->organisation_fold };
}

void texts_begin(struct json *j, struct arena *a)
{
	struct buf *b = ARENA_NEW(a, struct buf, 1);

	buf_init(b, a, LIST_JSON_MAX);
	json_begin(j, b, false);
	json_array_begin(j);
}

const char *texts_end(struct json *j)
{
	json_array_end(j);
	return j->out->p;
}

/* ---- e-mails ---- */

static const char *emails_json(struct arena *a, const struct person_key *keys, size_t n)
{
	struct index seen;
	struct json j;

	texts_begin(&j, a);
	index_init(&seen, a, n);
	for (size_t i = 0; i < n; i++) {
		if (keys[i].name_fold != NULL && !text_empty(keys[i].email) && index_put(&seen, keys[i].email, 1)) {
			json_text(&j, keys[i].email);
		}
	}
	return texts_end(&j);
}

/* The e-mail of a record that was joined into another leads to the one that stays. */
static struct err *load_emails(struct arena *a, struct db *db, const struct known_args *args, struct known *out)
{
	size_t n;

	TRY(sql_known_by_email(a, db, args, &out->by_email, &n));
	index_init(&out->emails, a, n);
	for (size_t i = 0; i < n; i++) {
		struct learner *l = &out->by_email[i];
		const char *email = l->email;

		if (!text_empty(l->merged_into)) { /* few: one statement each */
			TRY(person_find(a, db, args->authority_id, l->merged_into, l));
		}
		index_put(&out->emails, email, (int64_t)i);
	}
	return NULL;
}

/* ---- names ---- */

static const char *names_json(struct arena *a, const struct person_key *keys, size_t n, const struct known *k)
{
	struct index seen;
	struct json j;

	texts_begin(&j, a);
	index_init(&seen, a, n);
	for (size_t i = 0; i < n; i++) {
		if (keys[i].name_fold == NULL || known_of_email(k, keys[i].email) != NULL ||
		    !index_put(&seen, person_key_text(a, &keys[i]), 1)) {
			continue;
		}
		json_array_begin(&j);
		json_text(&j, keys[i].name_fold);
		if (keys[i].urn == 0) {
			json_none(&j);
		} else {
			json_int(&j, keys[i].urn);
		}
		json_text(&j, keys[i].organisation_fold == NULL ? "" : keys[i].organisation_fold);
		json_array_end(&j);
	}
	return texts_end(&j);
}

static int by_name_and_id(const void *a, const void *b)
{
	const struct learner *x = a, *y = b;
	int c = strcmp(x->name_fold, y->name_fold);

	if (c == 0) {
		c = (x->establishment_urn > y->establishment_urn) - (x->establishment_urn < y->establishment_urn);
	}
	if (c == 0) {
		c = strcmp(text_empty(x->organisation_fold) ? "" : x->organisation_fold,
			   text_empty(y->organisation_fold) ? "" : y->organisation_fold);
	}
	return c != 0 ? c : (x->id > y->id) - (x->id < y->id);
}

static struct err *load_names(struct arena *a, struct db *db, const struct known_args *args, struct known *out)
{
	size_t n;

	TRY(sql_known_by_name(a, db, args, &out->by_name, &n));
	qsort(out->by_name, n, sizeof(*out->by_name), by_name_and_id);
	out->n_by_name = n;
	index_init(&out->names, a, n);
	for (size_t i = 0; i < n; i++) {
		const struct person_key key = person_key_of(&out->by_name[i]);

		index_put(&out->names, person_key_text(a, &key), (int64_t)i);
	}
	return NULL;
}

/* ---- the whole ---- */

struct err *known_load(struct arena *a, struct db *db, int64_t authority_id, const struct person_key *keys, size_t n,
		       struct known *out)
{
	struct known_args args = { authority_id, emails_json(a, keys, n) };

	TRY(load_emails(a, db, &args, out));
	args.texts = names_json(a, keys, n, out);
	return load_names(a, db, &args, out);
}

const struct learner *known_of_email(const struct known *k, const char *email)
{
	int64_t at;

	return !text_empty(email) && index_find(&k->emails, email, &at) ? &k->by_email[at] : NULL;
}

size_t known_of_name(struct arena *a, const struct known *k, const struct person_key *key, const struct learner **out)
{
	struct arena_mark mark = arena_mark(a);
	const char *text = person_key_text(a, key);
	size_t same = 0;
	int64_t first;

	*out = NULL;
	if (!index_find(&k->names, text, &first)) {
		arena_rewind(a, mark);
		return 0;
	}
	arena_rewind(a, mark);
	for (size_t i = (size_t)first; i < k->n_by_name; i++) {
		const struct person_key other = person_key_of(&k->by_name[i]);

		if (strcmp(other.name_fold, key->name_fold) != 0 || other.urn != key->urn ||
		    strcmp(other.organisation_fold, key->organisation_fold == NULL ? "" : key->organisation_fold) != 0) {
			break;
		}
		if (same_person(key, &other)) {
			*out = same == 0 ? &k->by_name[i] : *out;
			same++;
		}
	}
	return same;
}

/* ---- rows further up ---- */

void above_init(struct above *x, struct arena *a, size_t most)
{
	x->arena = a;
	index_init(&x->emails, a, most);
	index_init(&x->names, a, most);
	index_init(&x->mute_names, a, most);
}

bool above_find(const struct above *x, const struct person_key *key, int64_t *at_out)
{
	struct arena_mark mark = arena_mark(x->arena);
	bool mute = text_empty(key->email);
	int64_t first = INT64_MAX, at;

	if (!mute && index_find(&x->emails, key->email, &at)) {
		first = at;
	}
	if (index_find(mute ? &x->names : &x->mute_names, person_key_text(x->arena, key), &at) && at < first) {
		first = at;
	}
	arena_rewind(x->arena, mark);
	*at_out = first;
	return first != INT64_MAX;
}

void above_put(struct above *x, const struct person_key *key, int64_t at)
{
	const char *text = person_key_text(x->arena, key);

	if (text_empty(key->email)) {
		index_put(&x->mute_names, text, at);
	} else {
		index_put(&x->emails, key->email, at);
	}
	index_put(&x->names, text, at);
}
