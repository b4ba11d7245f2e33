/*
 * Lists of people to be reminded that their training is due. Somebody chooses the people from who is due, copies the letter or
 * takes the file for a mail merge, tells them, and says so here. The product sends nothing.
 */
#ifndef APP_TRAINING_CHASE_H
#define APP_TRAINING_CHASE_H

#include "app/training/need.h"

enum { CHASE_MOST = 100 }; /* people of one list */

enum chase_state { CHASE_TO_TELL = 1, CHASE_TOLD, CHASE_BOOKED, CHASE_TRAINED };
extern const struct words chase_state_words;

struct chase {
	int64_t id, authority_id;
	const char *reference;
	int64_t need_id;
	const char *need_reference, *whom, *course, *course_reference;
	struct date made_on;
	int64_t made_by;
	const char *made_by_name;
	const char *subject, *letter;
	int64_t version;
};
RECORD_DECLARE(chase);

struct chase_form { /* make-chase-list */
	const char *need; /* reference */
	struct texts people; /* references of learners */
	const char *subject, *letter;
};
RECORD_DECLARE(chase_form);

struct chase_told_form { /* mark-told, mark-not-told */
	struct texts people;
	struct date told_on;
};
RECORD_DECLARE(chase_told_form);

struct chase_person {
	int64_t id, chase_id, learner_id;
	struct date due_on, told_on;
	int64_t told_by;
};
RECORD_DECLARE(chase_person);

struct chase_pick { /* somebody who may be put on a list */
	int64_t authority_id, need_id, learner_id;
	const char *reference;
	struct date due_on;
};
RECORD_DECLARE(chase_pick);

struct chases_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	const char *need;
};
RECORD_DECLARE(chases_args);

struct chase_line {
	int64_t id;
	const char *reference, *whom, *course;
	struct date made_on;
	int64_t people, told, trained;
};
RECORD_DECLARE(chase_line);

struct chased_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	struct date today;
	const char *chase; /* reference */
	int state;
};
RECORD_DECLARE(chased_args);

struct chased_line { /* one person of a list, with what has become of it */
	int64_t id;
	const char *chase, *reference, *name, *name_fold, *email;
	const char *school, *organisation, *agency, *course;
	struct date made_on, due_on, told_on, trained_on, booked_on;
};
RECORD_DECLARE(chased_line);

/* What has become of it: trained since before booked, booked before told. */
enum chase_state chase_state_of(const struct chased_line *p);

struct url link_chase(struct arena *a, const char *reference);
extern const struct operation make_chase_list, mark_told, mark_not_told;
extern const struct list chase_list, chased_list;
page_fn chase_new_page, chase_page;

#endif
