/* Where somebody works, as people write it: "125404", "St Mary's School", "Oak Lane (125404)". */
#ifndef APP_TRAINING_PLACE_H
#define APP_TRAINING_PLACE_H

#include "app/training/session.h"
#include "base/index.h"
#include "base/json.h"

struct place_args {
	int64_t authority_id, urn;
	const char *name_fold;
};
RECORD_DECLARE(place_args);

struct place_school {
	int64_t urn;
	const char *name, *town;
	struct date close_date;
};
RECORD_DECLARE(place_school);

struct place {
	int64_t urn;		  /* 0: not a school of the register */
	const char *school;	  /* its name */
	const char *organisation; /* what was written, when it is no school; "" when nothing was */
	const char *organisation_fold;
	const char *fault; /* sentence: no such URN, or more than one school of that name */
	struct place_school *choices; /* when more than one fits */
	size_t n_choices;
};

struct places_args {
	int64_t authority_id;
	const char *urns; /* JSON */
};
RECORD_DECLARE(places_args);

/* ---- pure ---- */
/* The URN in "125404" or "... (125404)"; 0: none. */
int64_t place_urn(const char *text);
/* Among schools of one name: the only one, or the only one not closed on the day; NULL: a person
 * must say. */
const struct place_school *place_choose(const struct place_school *v, size_t n, struct date on);

/* Looks the text up on a day. pick: the answer to an earlier question, a URN or "none" (keep as an
 * organisation); NULL or "": none given. What cannot be resolved is told in out->fault. */
struct err *place_resolve(struct arena *a, struct db *db, int64_t authority_id, struct date on,
			  const char *text, const char *pick, struct place *out) MUST_CHECK;

/* The same for a list, of one day: a place that was written so before is not looked up again, and schools that are named by
 * their URN are looked up together. */
struct places {
	struct arena *arena;
	int64_t authority_id;
	struct date on;
	struct index written; /* -> place in v */
	struct place *v;
	size_t n;
	struct json wanted;   /* URNs, not looked up yet */
	size_t n_wanted;
	struct index urns;    /* wanted: 0; looked up: place in schools, from 1 */
	struct place_school *schools;
};
/* For at most `most` rows. */
void places_init(struct places *x, struct arena *a, int64_t authority_id, struct date on, size_t most);
/* This will be looked up: to be said of all rows before the first is. */
void places_want(struct places *x, const char *text);
struct err *places_resolve(struct places *x, struct db *db, const char *text, struct place *out) MUST_CHECK;

/* "St Mary's School, Oxted (125404)" */
const char *place_label(struct arena *a, const struct place_school *s);

#endif
