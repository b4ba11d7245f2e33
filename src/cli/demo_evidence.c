/* Quality reviews of the demonstration: one in each state, among them one that was refused and one that found a
 * training poor; certificates of some sessions; and training done elsewhere, claimed, verified and rejected. */
#include "app/training/course.sql.h"
#include "app/training/course.h"
#include "app/training/review.h"
#include "app/training/session.sql.h"
#include "base/arena.h"
#include "cli/demo.h"
#include "core/feature.h"

enum { REVIEWS = 6 };

struct found { /* what the reviewer says */
	const char *ratings[8];
	const char *forms, *more, *case_studies, *overall, *summary, *actions;
};

static const struct found good = {
	{ "4", "4", "3", "4", "3", "4", "3", "3" }, "islamist", "extreme-right-wing", "yes", "4",
	"Accurate, practical and balanced. Two local cases led to a good discussion.", ""
};
static const struct found poor = {
	{ "2", "1", "2", "1", "1", "2", "2", "none" }, "islamist", "islamist", "no", "1",
	"Slides of 2015: one ideology only, no case, and the old referral form.",
	"Offer the council’s slides and sit in on the next session"
};

static struct err *rate(struct demo *d, const char *review, const struct found *f, struct date follow_up)
{
	char iso[DATE_ISO_SIZE] = "";

	if (date_is_set(follow_up)) {
		date_iso(follow_up, iso);
	}
	return demo_ask(d, "rate-review", NULL, "{review}", review, "rating-law", f->ratings[0], "rating-guidance",
			f->ratings[1], "rating-referral", f->ratings[2], "rating-ideologies", f->ratings[3],
			"rating-interactive", f->ratings[4], "rating-safeguarding", f->ratings[5], "rating-equality",
			f->ratings[6], "rating-speech", f->ratings[7], "forms", f->forms, "forms", f->more, "case_studies",
			f->case_studies, "overall", f->overall, "summary", f->summary, "actions", f->actions, "follow_up_on",
			iso, NULL);
}

/* Moves a review as far as it is to come, a week at a time. */
static struct err *carry(struct demo *d, const char *review, struct date day, int state, const struct found *found,
			 struct date follow_up)
{
	char on[DATE_ISO_SIZE];

	if (state == REVIEW_OPENED) {
		return NULL;
	}
	date_iso(day, on);
	TRY(demo_ask(d, "request-material", NULL, "{review}", review, "requested_on", on, NULL));
	if (state == REVIEW_REQUESTED) {
		return NULL;
	}
	day = date_add_days(day, 7);
	demo_at(d, day, 11, 0);
	date_iso(day, on);
	if (state == REVIEW_REFUSED) {
		return demo_ask(d, "record-access-refused", NULL, "{review}", review, "seen_on", on, "refusal",
				"The provider does not show its slides outside its own sessions.", NULL);
	}
	TRY(demo_ask(d, "record-material-seen", NULL, "{review}", review, "method", "document-review", "access", "full",
		     "seen_on", on, NULL));
	if (state == REVIEW_SEEN) {
		return NULL;
	}
	TRY(rate(d, review, found, follow_up));
	return state == REVIEW_RATED ? NULL
				     : demo_ask(d, "finish-review", NULL, "{review}", review, "done",
						"The new slides were used at the next session.", NULL);
}

/* A session of the past year that was given by the trainer: the co-ordinator reviews it. */
static struct err *past_sessions(struct demo *d, struct session_line **v, size_t *n)
{
	struct sessions_args args = { .authority_id = d->authority_id,
				      .after_key = "",
				      .row_limit = 60,
				      .today = d->today,
				      .soon = d->today,
				      .state = SESSION_CLOSED };

	db_grant(d->db, policy_grant(ROLE_SYSTEM));
	return sql_sessions_latest(d->arena, d->db, &args, v, n);
}

static struct err *session_reviews(struct demo *d)
{
	static const struct {
		int state;
		const struct found *found;
		int follow_up; /* days from today */
	} plan[REVIEWS] = { { REVIEW_OPENED, NULL, 0 },	  { REVIEW_REQUESTED, NULL, 0 }, { REVIEW_SEEN, NULL, 0 },
			    { REVIEW_RATED, &good, 0 },	  { REVIEW_ACTIONED, &good, 0 }, { REVIEW_RATED, &good, 0 } };
	struct session_line *rows;
	size_t n, done = 0;
	const char *review;

	TRY(past_sessions(d, &rows, &n));
	for (size_t i = 1; i < n && done < REVIEWS; i += 2) {
		struct date day = date_add_days(d->today, -50 + 5 * (int)done);

		demo_at(d, day, 10, 0);
		TRY(demo_ask(d, "open-session-review", &review, "session", rows[i].reference, "reviewer",
			     d->users[DEMO_COORDINATOR], NULL));
		TRY(carry(d, review, day, plan[done].state, plan[done].found, (struct date){ 0 }));
		done++;
	}
	return NULL;
}

static struct err *package_reviews(struct demo *d)
{
	const char *school = arena_printf(d->arena, "%lld", (long long)d->schools[d->n_schools / 3].urn);
	struct date day = date_add_days(d->today, -60);
	const char *review;

	demo_at(d, day, 9, 0);
	TRY(demo_ask(d, "open-package-review", &review, "package", "Staff induction slides", "school", school, "reviewer",
		     d->users[DEMO_OFFICER], NULL));
	TRY(carry(d, review, day, REVIEW_RATED, &poor, date_add_days(d->today, -3)));
	demo_at(d, date_add_days(day, 10), 9, 0);
	TRY(demo_ask(d, "open-package-review", &review, "package", "Online course of a private provider", "reviewer",
		     d->users[DEMO_OFFICER], NULL));
	return carry(d, review, date_add_days(day, 10), REVIEW_REFUSED, NULL, (struct date){ 0 });
}

/* ---- certificates ---- */

/* Of every fourth session that was closed, so that the others can still be issued. */
static struct err *certificates(struct demo *d)
{
	struct session_line *rows;
	size_t n;

	TRY(past_sessions(d, &rows, &n));
	demo_at(d, date_add_days(d->today, -2), 16, 0);
	for (size_t i = 0; i < n && i < 12; i += 4) {
		TRY(demo_ask(d, "issue-certificates", NULL, "{session}", rows[i].reference, NULL));
	}
	return NULL;
}

/* ---- training done elsewhere ---- */

enum { CLAIMS = 9 };

static struct err *some_course(struct demo *d, const char **out)
{
	const struct authority_arg args = { d->authority_id };
	struct choice *rows;
	size_t n;

	db_grant(d->db, policy_grant(ROLE_SYSTEM));
	TRY(sql_course_choices(d->arena, d->db, &args, &rows, &n));
	*out = n == 0 ? "" : rows[n / 2].value;
	return NULL;
}

/* Schools that no session has served: every third claim waits, every third was verified, the last was rejected. */
static struct err *claims(struct demo *d)
{
	const char *course, *claim;
	char on[DATE_ISO_SIZE];

	TRY(some_course(d, &course));
	for (size_t i = 0; i < CLAIMS; i++) {
		const struct school_line *s = &d->schools[(i * 53 + 29) % d->n_schools];
		struct date day = date_add_days(d->today, -200 + (int)i * 13);

		if (school_scope(s, "936", d->today) != SCOPE_IN) {
			continue;
		}
		date_iso(day, on);
		demo_at(d, date_add_days(day, 20), 14, 0);
		TRY(demo_ask(d, "claim-evidence", &claim, "school", arena_printf(d->arena, "%lld", (long long)s->urn),
			     "course", course, "completed_on", on, "staff", arena_printf(d->arena, "%zu", 6 + i * 3), "kind",
			     i % 2 == 0 ? "self-declared" : "e-learning-export", NULL));
		if (i % 3 == 1) {
			TRY(demo_ask(d, "verify-evidence", NULL, "{evidence}", claim, "seen", "e-learning-export",
				     "document", "Export of the GOV.UK course", NULL));
		} else if (i == CLAIMS - 1) {
			TRY(demo_ask(d, "reject-evidence", NULL, "{evidence}", claim, "reason",
				     "The certificate is of another course", NULL));
		}
	}
	return NULL;
}

struct err *demo_evidence(struct demo *d)
{
	TRY(session_reviews(d));
	TRY(certificates(d));
	TRY(package_reviews(d));
	return claims(d);
}
