/* People in their own right: added before any training, changed, end-dated when they leave. */
#ifndef APP_TRAINING_PERSON_H
#define APP_TRAINING_PERSON_H

#include "app/training/attendance.h"

struct person_form {
	const char *name, *email, *job;
	int standing, audience, sector;
	const char *place; /* school or organisation, as people write it */
	const char *body;  /* of agency_team_choices */
};
RECORD_DECLARE(person_form);

struct person_leave {
	struct date ended_on;
};
RECORD_DECLARE(person_leave);


/* ---- the store ---- */

/* A person of the authority by reference, also one whose record was joined into another; ERR_NOT_FOUND. */
struct err *person_find(struct arena *a, struct db *db, int64_t authority_id, const char *reference,
			struct learner *out) MUST_CHECK;
struct learner_added {
	int64_t id;
	const char *reference;
};
RECORD_DECLARE(learner_added);
struct people_ids {
	int64_t authority_id;
	const char *people; /* JSON: ids */
};
RECORD_DECLARE(people_ids);
struct learner_shared {
	int64_t id;
	const char *name_fold;
	bool shared, marked; /* somebody else has the name; the mark says so */
};
RECORD_DECLARE(learner_shared);
const char *people_json(struct arena *a, const struct learner *people, size_t n); /* their ids */
/* Adds people, with a reference each, and fills in reference and id. */
struct err *people_add(struct op *op, struct learner *people, size_t n) MUST_CHECK;
/* Found by name, job, organisation, and what stands before the @ of the work e-mail; marked when they share their name. To be
 * called for whoever is new or was changed: l has id, authority, name and name_fold. */
struct err *person_searchable(struct op *op, const struct learner *l) MUST_CHECK;
/* The same of many, all of one authority and each once, when all are written. */
struct err *people_searchable(struct op *op, const struct learner *people, size_t n) MUST_CHECK;
/* Of people whose names are as they were. */
struct err *people_words(struct op *op, const struct learner *people, size_t n) MUST_CHECK;
/* The audit's entry: what changed about somebody, never who it is. before may be NULL. */
struct err *person_audit(struct op *op, const struct learner *before, const struct learner *after) MUST_CHECK;
/* The person of the page's path. */
struct err *learner_of_page(struct page *p, struct learner *out) MUST_CHECK;

void person_facts(struct page *p, const struct learner *l);
/* Buttons below the facts, for those who may change them. */
struct err *person_actions(struct page *p, const struct learner *l) MUST_CHECK;

extern const struct operation add_person, change_person, end_person, return_person;
page_fn person_new_page, person_edit_page, person_leave_page;

#endif
