/* Courses: what is taught. Withdrawn courses stay, because sessions of the past belong to them. */
#ifndef APP_TRAINING_COURSE_H
#define APP_TRAINING_COURSE_H

#include "app/training/session.h"

struct course { /* row, and the form of add-course and change-course */
	int64_t id, authority_id;
	const char *reference;
	const char *title, *title_fold;
	int provider, delivery;
	int64_t duration_minutes;
	int64_t refresh_months; /* 0: no refresher asked for */
	const char *objectives;
	int state;
	int64_t version;
};
RECORD_DECLARE(course);

struct courses_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	int state;
};
RECORD_DECLARE(courses_args);

struct course_line {
	int64_t id;
	const char *reference, *title, *title_fold;
	int provider, delivery;
	int64_t duration_minutes, refresh_months;
	int state;
};
RECORD_DECLARE(course_line);

extern const struct operation add_course, change_course, withdraw_course;
extern const struct list course_list;
page_fn course_page, course_new_page, course_edit_page;
relate_fn course_relate; /* the catalogue is every trainer's own */

#endif
