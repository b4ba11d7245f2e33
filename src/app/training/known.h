/*
 * Whom a list may speak of: everybody of the store who may be one of its people, fetched with two statements however long the
 * list is.
 */
#ifndef APP_TRAINING_KNOWN_H
#define APP_TRAINING_KNOWN_H

#include "app/training/attendance.h"
#include "base/index.h"
#include "base/json.h"

struct known_args {
	int64_t authority_id;
	const char *texts; /* JSON: work e-mail addresses, or [folded name, URN or null, folded organisation] */
};
RECORD_DECLARE(known_args);
/* Writing texts: the values of one array stand between the two. */
void texts_begin(struct json *j, struct arena *a);
const char *texts_end(struct json *j);

struct known {
	struct learner *by_email, *by_name;
	struct index emails, names; /* place in by_email; the first of that name and place in by_name */
	size_t n_by_name;
};

/* keys: of the list's rows; name_fold NULL: passed over. */
struct err *known_load(struct arena *a, struct db *db, int64_t authority_id, const struct person_key *keys, size_t n,
		       struct known *out) MUST_CHECK;
/* Whose e-mail it is; NULL: nobody's. */
const struct learner *known_of_email(const struct known *k, const char *email);
/* How many of that name and place are the same person by same_person(); the first of them. */
size_t known_of_name(struct arena *a, const struct known *k, const struct person_key *key, const struct learner **out);
/* Name and place as one text. */
const char *person_key_text(struct arena *a, const struct person_key *key);
/* What tells a learner from others of a list. */
struct person_key person_key_of(const struct learner *l);

/* The rows further up on a list, by who they are (same_person). */
struct above {
	struct arena *arena;
	struct index emails, names, mute_names; /* -> number of the row; mute: without an e-mail */
};
void above_init(struct above *x, struct arena *a, size_t most);
/* The first row above that is the same person: by the e-mail; by name and place where one of the two has none. */
bool above_find(const struct above *x, const struct person_key *key, int64_t *at_out);
void above_put(struct above *x, const struct person_key *key, int64_t at);

#endif
