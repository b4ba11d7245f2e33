/* A quality review that was rated, made through the doors: from then on who gave the session may read it. */
#ifndef TESTS_SUPPORT_REVIEW_H
#define TESTS_SUPPORT_REVIEW_H

#include "app/training/review.h"
#include "app/training/review.sql.h"
#include "base/test.h"
#include "core/harness.h"

static inline const char *rated_review(struct harness *product, const char *session)
{
	const struct user_arg key = { harness_authority(product), harness_who(product, ROLE_COORDINATOR)->user_id };
	struct reviewer by = { 0 };
	struct outcome o;
	bool found;

	CHECK_OK(sql_reviewer_self(harness_arena(product), harness_db(product), &key, &by, &found));
	o = harness_operation(product, ROLE_SYSTEM, "open-session-review", "session", session, "reviewer", by.reference,
			      NULL);
	const char *r = o.reference;

	harness_operation(product, ROLE_SYSTEM, "request-material", "{review}", r, "requested_on", "2026-11-24", NULL);
	harness_operation(product, ROLE_SYSTEM, "record-material-seen", "{review}", r, "method", "observation", "access",
			  "full", "seen_on", "2026-11-24", NULL);
	o = harness_operation(product, ROLE_SYSTEM, "rate-review", "{review}", r, "rating-law", "4", "rating-guidance",
			      "4", "rating-referral", "4", "rating-ideologies", "4", "rating-interactive", "4",
			      "rating-safeguarding", "4", "rating-equality", "4", "rating-speech", "4", "forms",
			      "islamist", "case_studies", "yes", "overall", "4", "summary", "Clear", NULL);
	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	return r;
}

#endif
