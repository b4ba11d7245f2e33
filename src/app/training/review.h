/*
 * Quality review: was the training any good? Of a session, a trainer or a package, by somebody else than who gave it
 * (domain reference 3.11 and 4.12; mission, paragraphs 3.6, 3.7 and 5.6).
 *
 * A review says what was seen of a training and what is to be done. Nothing is worked out of it about a person: the
 * overall rating is the reviewer's own, with reasons, and trainers are neither compared nor put in order.
 */
#ifndef APP_TRAINING_REVIEW_H
#define APP_TRAINING_REVIEW_H

#include "app/training/review_rules.h"
#include "app/training/session_rows.h"

enum review_subject { REVIEW_SESSION = 1, REVIEW_TRAINER, REVIEW_PACKAGE };
enum review_access { ACCESS_FULL = 1, ACCESS_PARTIAL, ACCESS_REFUSED };

extern const struct words review_subject_words, review_state_words, review_method_words, review_access_words;
extern const struct words review_seen_words; /* of access, when something was seen */
extern const struct words review_grade_words, review_case_words, extremism_words, review_due_words;

struct review { /* row */
	int64_t id, authority_id;
	const char *reference;
	int subject;
	int64_t session_id;
	const char *session_reference, *session_course;
	struct date session_held_on;
	int64_t trainer_id;
	const char *trainer;
	int64_t reviewed_id; /* account of who gave it; 0: none is known */
	int64_t course_id;
	const char *course_reference, *course;
	const char *package;
	int64_t establishment_urn;
	const char *school;
	int64_t reviewer_id;
	const char *reviewer_reference, *reviewer;
	struct date opened_on;
	int state, method, access;
	struct date requested_on, seen_on;
	const char *refusal;
	int64_t rubric_id, rubric;
	int case_studies;
	int64_t overall;
	struct date rated_on;
	const char *summary, *actions;
	struct date follow_up_on;
	const char *done;
	struct date done_on;
	int64_t version;
};
RECORD_DECLARE(review);

struct reviews_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	struct date today;
	int subject, state, access, due;
};
RECORD_DECLARE(reviews_args);

struct review_line {
	int64_t id;
	const char *reference;
	int subject;
	const char *course;
	struct date held_on;
	const char *trainer, *package, *school, *reviewer;
	struct date opened_on;
	int state, access;
	int64_t overall;
	struct date follow_up_on;
};
RECORD_DECLARE(review_line);

struct review_counts {
	int64_t open, refused, rated, good, follow_up;
};
RECORD_DECLARE(review_counts);

struct reviewer {
	int64_t id;
	const char *reference, *name;
};
RECORD_DECLARE(reviewer);

struct user_arg {
	int64_t authority_id, user_id;
};
RECORD_DECLARE(user_arg);

struct reviewed_trainer { /* from the trainers of the programme */
	int64_t id, user_id;
	const char *name;
};
RECORD_DECLARE(reviewed_trainer);

/* ---- forms ---- */

struct review_open {
	const char *session, *trainer, *course, *package, *school, *reviewer;
};
RECORD_DECLARE(session_review_form);
RECORD_DECLARE(trainer_review_form);
RECORD_DECLARE(package_review_form);

struct review_request_form {
	struct date requested_on;
};
RECORD_DECLARE(review_request_form);

struct review_seen_form {
	int method, access;
	struct date seen_on;
};
RECORD_DECLARE(review_seen_form);

struct review_refused_form {
	struct date seen_on;
	const char *refusal;
};
RECORD_DECLARE(review_refused_form);

struct review_rate_form {
	int64_t rubric; /* version that the form shows */
	struct texts forms;
	int case_studies;
	int64_t overall;
	const char *summary, *actions;
	struct date follow_up_on;
};
RECORD_DECLARE(review_rate_form);

struct review_done_form {
	const char *done;
};
RECORD_DECLARE(review_done_form);

struct reviewer_form {
	const char *reviewer;
};
RECORD_DECLARE(reviewer_form);

/* ---- finding ---- */

struct url link_review(struct arena *a, const char *reference);
const char *review_state_tag(int state);
/* "Prevent awareness, 23 November 2026", a trainer's name, the name of a package. */
const char *review_title(struct arena *a, const struct review *r);
struct err *review_of_op(struct op *op, struct review *out) MUST_CHECK;
struct err *review_of_page(struct page *p, struct review *out) MUST_CHECK;
/* A review is the own one of who gave what was reviewed, as soon as it has ended or was rated. */
relate_fn review_relate;
/* Finds the review of the route and says why the move may not be made by who asks; *may_out false: it was said. */
struct err *review_to_move(struct op *op, enum review_move move, struct review *out, bool *may_out) MUST_CHECK;
/* Stores what a move has changed, with its audit entry, and says where to go. */
struct err *review_moved(struct op *op, const struct review *before, const struct review *after,
			 const char *flash) MUST_CHECK;

/* On a session's page: whether it was reviewed, or the link that opens a review. */
struct err *review_of_session(struct page *p, const struct session *s) MUST_CHECK;

extern const struct operation open_session_review, open_trainer_review, open_package_review, change_reviewer,
	request_material, record_material_seen, record_access_refused, rate_review, finish_review;
extern const struct list review_list;
page_fn review_page, review_new_page, review_session_page, review_trainer_page, review_package_page, reviewer_page,
	review_request_page, review_seen_page, review_refused_page, review_rate_page, review_done_page;
struct err *review_today(struct page *p, struct today *out);

#endif
