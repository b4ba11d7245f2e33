/* What is said of a school's training. */
#include "app/reporting/coverage.h"

static const struct word trained_items[] = {
	{ TRAINED_DIRECTLY, "directly", "Trained directly", NULL },
	{ TRAINED_VERIFIED, "verified-elsewhere", "Elsewhere, verified", NULL },
	{ TRAINED_OWN, "own-delivery", "By the school itself", NULL },
	{ TRAINED_CLAIMED, "claimed", "Claimed, not verified", NULL },
	{ TRAINED_NONE, "none", "None, the school says", NULL },
	{ TRAINED_NOT_KNOWN, "not-known", "Not known", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words trained_words = { "trained", trained_items };

static const struct word staleness_items[] = {
	{ STALE_WITHIN_1, "within-1-year", "In the last year", NULL },
	{ STALE_WITHIN_2, "1-to-2-years", "1 to 2 years ago", NULL },
	{ STALE_WITHIN_3, "2-to-3-years", "2 to 3 years ago", NULL },
	{ STALE_OVER_3, "over-3-years", "Over 3 years ago", NULL },
	{ STALE_NEVER, "never", "No training known", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words staleness_words = { "staleness", staleness_items };

static const struct word reviewed_items[] = {
	{ REVIEWED_GOOD, "good", "Reviewed good", NULL },
	{ REVIEWED_NOT_GOOD, "not-good", "Reviewed, not good", NULL },
	{ REVIEWED_REFUSED, "access-refused", "Access refused", NULL },
	{ REVIEWED_NOT, "not-reviewed", "Not reviewed", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words reviewed_words = { "reviewed", reviewed_items };
