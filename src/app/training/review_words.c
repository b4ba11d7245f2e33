/* Code lists of quality reviews (domain reference 3.11, 4.12 and 4.20). */
#include "app/training/review.h"

static const struct word subjects[] = {
	{ REVIEW_SESSION, "session", "A session", NULL },
	{ REVIEW_TRAINER, "trainer", "A trainer", NULL },
	{ REVIEW_PACKAGE, "package", "A package of training", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words review_subject_words = { "review-subject", subjects };

static const struct word states[] = {
	{ REVIEW_OPENED, "opened", "Opened", NULL },
	{ REVIEW_REQUESTED, "material-requested", "Material asked for", NULL },
	{ REVIEW_SEEN, "material-seen", "Material seen", NULL },
	{ REVIEW_REFUSED, "refused", "Access refused", NULL },
	{ REVIEW_RATED, "rated", "Rated", NULL },
	{ REVIEW_ACTIONED, "actioned", "Finished", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words review_state_words = { "review-state", states };

static const struct word methods[] = {
	{ 1, "observation", "Sitting in on a session", NULL },
	{ 2, "document-review", "Reading the material", NULL },
	{ 3, "feedback-analysis", "Looking at the feedback", NULL },
	{ 4, "attendee-sampling", "Asking some who attended", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words review_method_words = { "review-method", methods };

static const struct word accesses[] = {
	{ ACCESS_FULL, "full", "In full", NULL },
	{ ACCESS_PARTIAL, "partial", "In part", NULL },
	{ ACCESS_REFUSED, "refused", "Refused", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words review_access_words = { "review-access", accesses };

static const struct word seen[] = {
	{ ACCESS_FULL, "full", "In full", NULL },
	{ ACCESS_PARTIAL, "partial", "In part", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words review_seen_words = { "review-seen", seen };

/* 4 is best; the code is the number that is stored. */
static const struct word grades[] = {
	{ 4, "4", "4: very good", NULL },
	{ 3, "3", "3: good", NULL },
	{ 2, "2", "2: needs work", NULL },
	{ 1, "1", "1: poor", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words review_grade_words = { "review-grade", grades };

static const struct word cases[] = {
	{ 1, "yes", "Yes", NULL },
	{ 2, "no", "No", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words review_case_words = { "review-case-studies", cases };

/* Types of concern as they are published, without those that say that there is none (4.20). */
static const struct word extremism[] = {
	{ 1, "islamist", "Islamist", NULL },
	{ 2, "extreme-right-wing", "Extreme right-wing", NULL },
	{ 3, "left-wing", "Left-wing, anarchist and single-issue", NULL },
	{ 4, "incel", "Incel", NULL },
	{ 5, "mixed", "Mixed or unclear, and fascination with extreme violence", NULL },
	{ 6, "other", "Another form", NULL },
	{ 7, "none", "None of these", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words extremism_words = { "extremism", extremism };

static const struct word dues[] = {
	{ 1, "follow-up", "Follow-up due", NULL },
	{ 2, "open", "Not finished", NULL },
	{ 3, "rated", "Rated, followed up or not", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words review_due_words = { "review-due", dues };

const char *review_state_tag(int state)
{
	switch (state) {
	case REVIEW_OPENED:
	case REVIEW_REQUESTED:
		return "blue";
	case REVIEW_SEEN:
		return "turquoise";
	case REVIEW_REFUSED:
		return "red";
	case REVIEW_RATED:
		return "green";
	default:
		return "grey";
	}
}
