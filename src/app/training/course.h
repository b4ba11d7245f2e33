/* Courses: what is taught. Withdrawn courses stay, because sessions of the past belong to them. */
#ifndef APP_TRAINING_COURSE_H
#define APP_TRAINING_COURSE_H

#include "app/training/course_version.h"

struct course {
	int64_t id, authority_id;
	const char *reference;
	const char *title, *title_fold;
	int provider, delivery;
	int64_t provider_id; /* the body that provides it; 0: not named */
	const char *body_reference, *body;
	bool outside; /* of the body */
	int64_t duration_minutes;
	int64_t refresh_months; /* 0: no refresher asked for */
	int state;
	int64_t version;
	struct texts audience; /* for whom; none: for anybody */
};
RECORD_DECLARE(course);

struct course_form { /* add-course and change-course: the course, and what its latest version teaches and asks */
	const char *title;
	int provider;
	const char *body; /* reference */
	int delivery;
	int64_t duration_minutes, refresh_months;
	struct texts audience, aspects;
	const char *objectives, *statements, *questions;
	bool asks_confidence;
	struct date taught_from; /* change-course: not set: what is recorded of the version is put right */
	const char *changed;
};
RECORD_DECLARE(course_form);
RECORD_DECLARE(course_change); /* the same struct, with taught_from and changed */

struct courses_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	int state, audience, provider;
	struct date today;
};
RECORD_DECLARE(courses_args);

struct course_line {
	int64_t id;
	const char *reference, *title, *title_fold;
	int provider, delivery;
	const char *body, *audience, *aspects; /* words with commas between them */
	int64_t duration_minutes, refresh_months;
	int state;
};
RECORD_DECLARE(course_line);

extern const struct operation add_course, change_course, withdraw_course;
extern const struct list course_list;
page_fn course_page, course_new_page, course_edit_page;
relate_fn course_relate; /* the catalogue is every trainer's own */
/* The course of a reference, with its audience. ERR_NOT_FOUND: none. */
struct err *course_of(struct arena *a, struct db *db, const struct who *who, const char *reference,
		      struct course *out) MUST_CHECK;
/* What the form of a course holds at first: the course with its latest version. */
struct course_form course_form_of(struct arena *a, const struct course *c, const struct course_version *v,
				  const struct own_questions *q);
/* Texts of a line's words: "Foster carers, Health practitioners". */
const char *words_labels(struct arena *a, const struct words *words, const char *commas);

#endif
