/*
 * Two records of one person: found, joined, taken apart again.
 *
 * One record stays; the other leads to it and is shown in no list. What was the other's becomes the one's. Everything that
 * is needed to take them apart again stands in learner_merge and its tables.
 */
#ifndef APP_TRAINING_MERGE_H
#define APP_TRAINING_MERGE_H

#include "app/training/person.h"

enum merge_side { MERGE_FIRST = 1, MERGE_SECOND };
enum duplicate_reason { DUPLICATE_MAILBOX = 1, DUPLICATE_PLACE, DUPLICATE_NO_EMAIL, DUPLICATE_NAME };
extern const struct words merge_side_words, duplicate_reason_words;

struct merge {
	int64_t id, authority_id;
	const char *reference;
	int64_t stays_id, gone_id;
	struct date merged_on, undone_on;
	const char *stays, *gone; /* references */
};
RECORD_DECLARE(merge);

struct merge_side_arg {
	int64_t merge_id, learner_id;
	const char *side;
};
RECORD_DECLARE(merge_side_arg);

struct merge_counts { /* what the one that goes has */
	int64_t attendances, evidence, checkins, chases;
	int64_t joined; /* records that were joined into it */
};
RECORD_DECLARE(merge_counts);

struct merge_meeting { /* a session on whose list both are */
	int64_t session_id;
	const char *reference, *course;
	struct date held_on;
	int64_t stays_row, gone_row;
	int stays_state, gone_state;
	int64_t stays_urn, gone_urn;
};
RECORD_DECLARE(merge_meeting);

struct merge_row {
	int64_t merge_id, row_id, winner_id, loser_id;
	const char *side;
	int state;
};
RECORD_DECLARE(merge_row);

struct merge_session {
	int64_t session_id;
};
RECORD_DECLARE(merge_session);

struct merge_person {
	const char *reference;
};
RECORD_DECLARE(merge_person);

struct merge_form { /* which record stays, and whose value where they differ; 0: of the one that stays */
	int stays;
	int name, email, job, standing, audience, sector, place, body, ended_on;
	int64_t second_version;
};
RECORD_DECLARE(merge_form);

struct duplicates_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	int reason;
};
RECORD_DECLARE(duplicates_args);

struct duplicate {
	int64_t id;
	const char *first, *first_name, *first_place, *first_email;
	const char *second, *second_name, *second_place, *second_email;
	int reason;
};
RECORD_DECLARE(duplicate);

struct apart { /* two records that are two people */
	int64_t low_id, high_id;
	struct date decided_on;
};
RECORD_DECLARE(apart);

/* ---- pure: merge_rules.c ---- */

/* Why two records cannot be joined so; NULL: they can. */
const char *merge_refusal(struct arena *a, const struct learner *stays, const struct learner *gone,
			  const struct merge_counts *of_gone, const struct merge_meeting *meetings, size_t n);
/* The record that stays as it becomes. first and second in the order of the form. */
struct learner merge_fields(const struct learner *first, const struct learner *second, const struct merge_form *form);
/* A number of the form's fields in which two records differ and both have something: those a person must choose. */
bool merge_differs(const struct learner *first, const struct learner *second, const char *field);
/* What two rows of one person at one session say together: a place counts before waiting for one. */
int merge_state(int a, int b);
/* The row of which one's facts stand where both are on a session's list: the one that says more, else the one's that stays. */
bool merge_gone_wins(const struct merge_meeting *m);

/* ---- merge_move.c ---- */

enum merge_how {
	MERGE_MOVES,   /* rows become the other's */
	MERGE_JOINS,   /* rows of both may have to become one */
	MERGE_DERIVED, /* worked out anew */
	MERGE_NAMED,   /* keeps the record whose name is on the paper, and finds the other through it (certificate.sql) */
	MERGE_OWN      /* of the joining itself */
};
struct merge_table {
	const char *table;
	enum merge_how how;
};
/* Every table whose rows point to a person (merge_test.c compares it with the schema); ends with NULL. */
extern const struct merge_table merge_tables[];

struct err *merge_meetings(struct arena *a, struct db *db, const struct merge *m, struct merge_meeting **out,
			   size_t *n_out) MUST_CHECK;
/* What was the one's becomes the other's. stays: as it becomes. */
struct err *merge_apply(struct op *op, const struct merge *m, const struct learner *stays, const struct learner *gone) MUST_CHECK;
struct err *merge_undo(struct op *op, const struct merge *m) MUST_CHECK;

/* Records that were joined into this one, with a button to take each apart again; nothing when there are none. */
struct err *merges_of_person(struct page *p, const struct learner *l) MUST_CHECK;

extern const struct operation join_people, part_people, tell_people_apart;
extern const struct list list_duplicates;
page_fn merge_page;

#endif
