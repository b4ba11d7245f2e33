/* People in the store: added, found by their words and namesakes, and what the audit says of them. */
#include <string.h>

#include "app/training/known.h"
#include "app/training/learner.sql.h"
#include "app/training/merge.sql.h"
#include "app/training/person.h"
#include "base/arena.h"
#include "base/text.h"
#include "work/search.h"

enum { REFERENCE_LENGTH = 8 };

/* ---- the audit ---- */

/* The chain is kept for ever and cannot be mended: that a name was changed stands in it, no name does. */
struct person_entry {
	const char *name, *email, *job;
	int standing, audience, sector;
	int64_t establishment_urn;
	const char *organisation, *agency, *team;
	struct date ended_on;
};

static const struct field person_entry_fields[] = {
	FIELD(struct person_entry, name),
	FIELD(struct person_entry, email),
	FIELD(struct person_entry, job),
	FIELD(struct person_entry, standing, .words = &standing_words),
	FIELD(struct person_entry, audience, .words = &audience_words),
	FIELD(struct person_entry, sector, .words = &sector_words),
	FIELD(struct person_entry, establishment_urn),
	FIELD(struct person_entry, organisation),
	FIELD(struct person_entry, agency),
	FIELD(struct person_entry, team),
	FIELD(struct person_entry, ended_on),
	FIELD_END,
};
static RECORD(person_entry, person_entry_fields);

static const char *or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

static struct person_entry entry_of(const struct learner *l)
{
	return (struct person_entry){ "",	    "",
				      "",	    l->standing,
				      l->audience,  l->sector,
				      l->establishment_urn, "",
				      or_empty(l->agency_reference), or_empty(l->team_reference),
				      l->ended_on };
}

static const char *changed(const char *before, const char *after)
{
	return strcmp(or_empty(before), or_empty(after)) == 0 ? "" : "changed";
}

struct err *person_audit(struct op *op, const struct learner *before, const struct learner *after)
{
	struct person_entry is = entry_of(after), was;

	if (before == NULL) {
		return op_audit(op, "learner", after->reference, &person_entry_record, NULL, &is);
	}
	was = entry_of(before);
	is.name = changed(before->name, after->name);
	is.email = changed(before->email, after->email);
	is.job = changed(before->job, after->job);
	is.organisation = changed(before->organisation, after->organisation);
	return op_audit(op, "learner", after->reference, &person_entry_record, &was, &is);
}

/* ---- the store ---- */

struct err *person_find(struct arena *a, struct db *db, int64_t authority_id, const char *reference, struct learner *out)
{
	struct reference_arg key = { authority_id, reference };
	bool found;

	TRY(sql_learner_find(a, db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is nobody with the reference %s", reference);
}

static const struct field learner_added_fields[] = {
	FIELD(struct learner_added, id),
	FIELD(struct learner_added, reference),
	FIELD_END,
};
RECORD(learner_added, learner_added_fields);

struct err *people_add(struct op *op, struct learner *people, size_t n)
{
	struct id_row newest;
	struct learner_added *added;
	struct index of;
	size_t n_added;

	if (n == 0) {
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		people[i].reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	}
	TRY(sql_learner_newest(op->arena, op->db, &newest));
	TRY(sql_learner_add(op->db, people, n));
	TRY(sql_learners_beyond(op->arena, op->db, &(struct id_arg){ newest.id }, &added, &n_added));
	index_init(&of, op->arena, n_added);
	for (size_t i = 0; i < n_added; i++) {
		index_put(&of, added[i].reference, added[i].id);
	}
	for (size_t i = 0; i < n; i++) {
		if (!index_find(&of, people[i].reference, &people[i].id)) {
			return ERR_DETAIL(ERR_BUG, "somebody who was added is not there");
		}
	}
	return NULL;
}

static const struct field people_ids_fields[] = {
	FIELD(struct people_ids, authority_id),
	FIELD(struct people_ids, people),
	FIELD_END,
};
RECORD(people_ids, people_ids_fields);

static const struct field learner_shared_fields[] = {
	FIELD(struct learner_shared, id),
	FIELD(struct learner_shared, name_fold, .flags = F_PERSONAL),
	FIELD(struct learner_shared, shared),
	FIELD(struct learner_shared, marked),
	FIELD_END,
};
RECORD(learner_shared, learner_shared_fields);

const char *people_json(struct arena *a, const struct learner *people, size_t n)
{
	struct json j;

	texts_begin(&j, a);
	for (size_t i = 0; i < n; i++) {
		json_int(&j, people[i].id);
	}
	return texts_end(&j);
}

/* Marks taken away from who shares a name no longer; the names that are shared, as JSON. */
static struct err *take_marks(struct op *op, const struct learner_shared *rows, size_t n, const char **names_out, size_t *n_names)
{
	struct id_arg *wrong = ARENA_NEW(op->arena, struct id_arg, n + 1);
	struct index seen;
	struct json names;
	size_t n_wrong = 0;

	*n_names = 0;
	texts_begin(&names, op->arena);
	index_init(&seen, op->arena, n);
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].shared) {
			wrong[n_wrong++].id = rows[i].id;
		} else if (index_put(&seen, rows[i].name_fold, 1)) {
			json_text(&names, rows[i].name_fold);
			(*n_names)++;
		}
	}
	*names_out = texts_end(&names);
	return sql_learner_turn_mark(op->db, wrong, n_wrong);
}

/* Looked at first: a statement that may write several rows makes the index of words write what it holds. */
static struct err *mark_namesakes(struct op *op, const struct learner *people, size_t n)
{
	const struct people_ids list = { people[0].authority_id, people_json(op->arena, people, n) };
	struct known_args named = { people[0].authority_id, NULL };
	struct learner_shared *rows;
	struct id_arg *unmarked;
	size_t n_rows, n_names, n_unmarked;

	TRY(sql_learners_shared(op->arena, op->db, &list, &rows, &n_rows));
	TRY(take_marks(op, rows, n_rows, &named.texts, &n_names));
	if (n_names == 0) {
		return NULL;
	}
	TRY(sql_learners_unmarked(op->arena, op->db, &named, &unmarked, &n_unmarked));
	return sql_learner_turn_mark(op->db, unmarked, n_unmarked);
}

struct err *people_words(struct op *op, const struct learner *people, size_t n)
{
	enum { TEXTS = 5 };
	struct search_thing *things = ARENA_NEW(op->arena, struct search_thing, n + 1);
	const char **texts = ARENA_NEW(op->arena, const char *, n * TEXTS + 1);

	for (size_t i = 0; i < n; i++) {
		const struct learner *l = &people[i];
		const char *at = text_empty(l->email) ? NULL : strchr(l->email, '@');
		const char **v = texts + i * TEXTS;

		v[0] = l->name;
		v[1] = or_empty(l->job);
		v[2] = or_empty(l->organisation);
		v[3] = at == NULL ? "" : arena_strndup(op->arena, l->email, (size_t)(at - l->email));
		things[i] = (struct search_thing){ .id = l->id, .texts = v };
	}
	return search_put(op->arena, op->db, n > 0 ? people[0].authority_id : 0, SEARCH_LEARNER, things, n);
}

struct err *people_searchable(struct op *op, const struct learner *people, size_t n)
{
	TRY(n > 0 ? mark_namesakes(op, people, n) : NULL);
	return people_words(op, people, n);
}

struct err *person_searchable(struct op *op, const struct learner *l)
{
	return people_searchable(op, l, 1);
}
