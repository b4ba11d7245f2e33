/* What speaks of training afterwards: was it any good? Tables only; the pages stand under Training. */
#include "app/training/course.h"
#include "app/training/review.h"
#include "app/training/rubric.h"
#include "app/training/training.h"

static const struct record *const records[] = { &review_record, NULL };

static const struct operation *const operations[] = {
	&open_session_review,
	&open_trainer_review,
	&open_package_review,
	&change_reviewer,
	&request_material,
	&record_material_seen,
	&record_access_refused,
	&rate_review,
	&finish_review,
	&add_rubric,
	NULL,
};

static const struct list *const lists[] = { &review_list, NULL };

static const struct route routes[] = {
	{ HTTP_GET, "/training/reviews/new", PERM_review_write, review_new_page, NULL, NULL },
	{ HTTP_GET, "/training/reviews/new/session", PERM_review_write, review_session_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/new/session", PERM_review_write, review_session_page, &open_session_review, NULL },
	{ HTTP_GET, "/training/reviews/new/trainer", PERM_review_write, review_trainer_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/new/trainer", PERM_review_write, review_trainer_page, &open_trainer_review, NULL },
	{ HTTP_GET, "/training/reviews/new/package", PERM_review_write, review_package_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/new/package", PERM_review_write, review_package_page, &open_package_review, NULL },
	{ HTTP_GET, "/training/reviews/{review}", PERM_review_read, review_page, NULL, review_relate },
	{ HTTP_GET, "/training/reviews/{review}/reviewer", PERM_review_write, reviewer_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/reviewer", PERM_review_write, reviewer_page, &change_reviewer, NULL },
	{ HTTP_GET, "/training/reviews/{review}/request", PERM_review_write, review_request_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/request", PERM_review_write, review_request_page, &request_material, NULL },
	{ HTTP_GET, "/training/reviews/{review}/seen", PERM_review_write, review_seen_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/seen", PERM_review_write, review_seen_page, &record_material_seen, NULL },
	{ HTTP_GET, "/training/reviews/{review}/refused", PERM_review_write, review_refused_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/refused", PERM_review_write, review_refused_page, &record_access_refused, NULL },
	{ HTTP_GET, "/training/reviews/{review}/rate", PERM_review_write, review_rate_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/rate", PERM_review_write, review_rate_page, &rate_review, NULL },
	{ HTTP_GET, "/training/reviews/{review}/done", PERM_review_write, review_done_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/done", PERM_review_write, review_done_page, &finish_review, NULL },
	{ HTTP_GET, "/training/rubric", PERM_review_read, rubric_page, NULL, course_relate },
	{ HTTP_GET, "/training/rubric/new", PERM_review_write, rubric_new_page, NULL, NULL },
	{ HTTP_POST, "/training/rubric/new", PERM_review_write, rubric_new_page, &add_rubric, NULL },
	{ 0 },
};

const struct feature quality_feature = {
	.name = "quality",
	.records = records,
	.operations = operations,
	.lists = lists,
	.routes = routes,
	.today = review_today,
};
