/* Options that come from the store. */
#include "record/choices.h"

#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"
#include "record/decode.h"

static const struct field choice_fields[] = {
	FIELD(struct choice, value),
	FIELD(struct choice, label),
	FIELD(struct choice, id),
	FIELD_END,
};
RECORD(choice, choice_fields);

struct err *choices_load(struct arena *a, struct db *db, const struct choices *c,
			 int64_t authority_id, struct choice_list *out)
{
	struct authority_arg args = { .authority_id = authority_id };

	return db_many(a, db, c->statement, &args, &out->v, &out->n);
}

struct err *choices_ahead(struct arena *a, struct db *db, const struct choices *c, int64_t authority_id)
{
	struct authority_arg args = { .authority_id = authority_id };

	return db_ahead(a, db, c->statement, &args);
}

static bool is_among(const struct choice_list *list, const char *value)
{
	for (size_t i = 0; i < list->n; i++) {
		if (text_same(list->v[i].value, value)) {
			return true;
		}
	}
	return false;
}

/* What was left open is the decoder's affair, and needs no options. */
static bool is_given(struct arena *a, const struct field *f, const void *in)
{
	return f->kind == FIELD_TEXTS ? FIELD_IN(struct texts, in, f)->n > 0 : *field_exchange(a, f, in) != '\0';
}

static bool values_are_among(struct arena *a, const struct field *f, const void *in,
			     const struct choice_list *list)
{
	if (f->kind == FIELD_TEXTS) {
		const struct texts *t = FIELD_IN(struct texts, in, f);

		for (size_t i = 0; i < t->n; i++) {
			if (!is_among(list, t->v[i])) {
				return false;
			}
		}
		return true;
	}
	return is_among(list, field_exchange(a, f, in));
}

struct err *choices_check(struct arena *a, struct db *db, const struct record *r, const void *in,
			  int64_t authority_id, struct problems *problems)
{
	for (const struct field *f = r->fields; f->name != NULL; f++) {
		struct choice_list list;

		if (f->choices == NULL || (f->flags & F_COMPUTED) != 0 ||
		    problem_of(problems, f->name) != NULL || !is_given(a, f, in)) {
			continue;
		}
		TRY(choices_load(a, db, f->choices, authority_id, &list));
		if (!values_are_among(a, f, in, &list)) {
			problem_add(a, problems, f->name, "%s", sentence_ask(a, f));
		}
	}
	return NULL;
}
