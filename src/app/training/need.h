/*
 * Who needs which course, how often and by when (mission, paragraph 5.4; domain reference 4.11): rules, and one row for each
 * person that a rule touches (person_need) with the day by which the person must be trained. In date, due and overdue
 * follow from that day and are never kept.
 */
#ifndef APP_TRAINING_NEED_H
#define APP_TRAINING_NEED_H

#include "app/training/session.h"
#include "db/args.h"

struct learner;

enum { NEED_DUE_DAYS = 60,	    /* due: this many days before the day, and the day itself */
       NEED_TOUCHED_MOST = 10000 }; /* people are counted up to here */

enum need_status { NEED_OVERDUE = 1, NEED_DUE, NEED_IN_DATE };
extern const struct words need_status_words;

struct need { /* a rule; a member that is not set leaves it open */
	int64_t id, authority_id;
	const char *reference;
	int64_t course_id;
	const char *course_reference, *course;
	int64_t course_months; /* 0: the course asks for no refresher */
	int audience, sector, standing;
	int64_t agency_id;
	const char *agency_reference, *agency;
	const char *whom; /* the four in words */
	struct opt_int months; /* again after so many; 0: once; not set: as the course says */
	int64_t newcomer_days;
	struct date from_on, to_on; /* first and last day */
	bool ended;
	struct opt_int reach; /* being worked out, up to this id of learner */
	int64_t version;
};
RECORD_DECLARE(need);

struct need_form { /* check-need, add-need, change-need */
	const char *course; /* reference */
	int audience, sector, standing;
	const char *agency; /* reference */
	struct opt_int months;
	int64_t newcomer_days;
	struct date from_on, to_on;
	bool checked; /* the person has seen whom it touches */
};
RECORD_DECLARE(need_form);

struct need_end_form {
	struct date to_on;
};
RECORD_DECLARE(need_end_form);

struct need_agency {
	int64_t id;
	const char *reference, *name;
};
RECORD_DECLARE(need_agency);

struct need_course_arg {
	int64_t authority_id, course_id;
};
RECORD_DECLARE(need_course_arg);

struct need_open { /* a rule that leaves open how often */
	const char *reference, *course, *whom;
};
RECORD_DECLARE(need_open);

struct need_progress { /* people looked at so far, of all */
	int64_t done, people;
};
RECORD_DECLARE(need_progress);

struct needs_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	struct date today;
	int audience;
};
RECORD_DECLARE(needs_args);

/* ---- who is due ---- */

struct due_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	struct date today;
	struct date from_due, to_due; /* what the status says, as bounds of due_on */
	const char *need;	      /* reference */
	int status, audience, sector;
	int64_t urn;
	const char *agency; /* reference */
};
RECORD_DECLARE(due_args);

struct due_line {
	int64_t id;
	const char *reference, *name, *name_fold;
	const char *need, *course;
	struct date due_on, trained_on, today;
	int audience, sector;
	int64_t establishment_urn;
	const char *school, *agency, *organisation, *email;
};
RECORD_DECLARE(due_line);

/* ---- pure ---- */

/* By when somebody must be trained: the day of the last training and the months of the rule, clamped to the end of a shorter
 * month; who was never trained, so many days after the rule began to touch them. months 0: once, and then never again. */
struct date need_due_on(int64_t months, int64_t newcomer_days, struct date since, struct date trained_on);
bool need_is_never(struct date due_on);
enum need_status need_status(struct date due_on, struct date today);
/* The days of due_on that have this status (0: any). */
struct period need_status_days(int status, struct date today);
int64_t need_months(const struct need *n);
/* "Foster carers", "School staff, volunteers", "Everybody"; of a body: "Everybody of Oak Fostering". */
const char *need_whom(struct arena *a, const struct need *n);
/* "Every 24 months", "Once". */
const char *need_how_often(struct arena *a, const struct need *n);

/* ---- worked out (need_work.c) ---- */

/* Whom the rules touch, inside the running transaction. Called by whatever changes what a person does, where, on which terms
 * or whether at all; completion.c calls it for what they completed. */
struct err *need_of_learner(struct op *op, int64_t learner_id) MUST_CHECK;
/* The same of many. added: nothing is kept of them yet. */
struct err *need_of_people(struct op *op, const struct learner *people, size_t n, bool added) MUST_CHECK;
/* Of everybody on a session's list, who may have completed its course. */
struct err *need_of_session(struct op *op, int64_t session_id) MUST_CHECK;
/* The refresh period of a course has changed: its rules are worked out anew by a job. */
struct err *need_of_course(struct op *op, int64_t course_id) MUST_CHECK;
/* A person who is about to be deleted as nothing of them is kept. */
struct err *need_forget_learner(struct op *op, int64_t learner_id) MUST_CHECK;
/* Begins to work a rule out; a job goes on with it from `when`. */
struct err *need_begin(struct op *op, const struct need *n, struct instant when) MUST_CHECK;
/* For `dueregard check`: adds to *wrong; *first_out keeps what it is when it is set. */
struct err *need_check(struct arena *a, struct db *db, int64_t *wrong, const char **first_out) MUST_CHECK;

struct url link_need(struct arena *a, const char *reference);
extern const struct operation check_need, add_need, change_need, end_need, work_out_need;
extern const struct job work_out_need_job;
extern const struct list need_list, due_list;
extern const struct choices need_choices;
page_fn need_page, need_new_page, need_edit_page, need_end_page;
struct err *need_of_page(struct page *p, struct need *out) MUST_CHECK;
struct err *need_of_op(struct op *op, struct need *out) MUST_CHECK;
struct err *need_today(struct page *p, struct today *out);
/* "Training in date: 12 of 40 that is asked for", with a link to who is due, on a school's page. */
struct err *need_of_school(struct page *p, int64_t urn) MUST_CHECK;

#endif
