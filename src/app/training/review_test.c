/* Quality reviews, through the whole house (domain reference 3.11, 4.12; appendix E 23; mission 3.7 and 5.6). */
#include "app/training/review.h"
#include "app/training/review.sql.h"
#include "app/training/rubric.h"
#include "app/training/training_test.h"

static const char *account(enum role role)
{
	const struct user_arg args = { harness_authority(h), harness_who(h, role)->user_id };
	struct reviewer r = { 0 };
	bool found;

	CHECK_OK(sql_reviewer_self(arena, harness_db(h), &args, &r, &found));
	return r.reference;
}

static struct review review_named(const char *reference)
{
	const struct reference_arg key = { harness_authority(h), reference };
	struct review r = { 0 };
	bool found;

	CHECK_OK(sql_review_find(arena, harness_db(h), &key, &r, &found));
	return r;
}

static const char *review_state(const char *reference)
{
	return words_word(&review_state_words, review_named(reference).state);
}

static const char *opened(const char *session, enum role reviewer)
{
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "open-session-review", "session", session, "reviewer",
					     account(reviewer), NULL);

	CHECK_OK(o.err);
	CHECK_TEXT(told(&o), "");
	return o.reference == NULL ? "" : arena_strdup(arena, o.reference);
}

static struct outcome step(enum role role, const char *operation, const char *review)
{
	const char *version = arena_printf(arena, "%lld", (long long)review_named(review).version);

	if (text_same(operation, "request-material")) {
		return harness_operation(h, role, operation, "{review}", review, "_version", version,
					 "requested_on-day", "24", "requested_on-month", "11", "requested_on-year", "2026",
					 NULL);
	}
	if (text_same(operation, "record-material-seen")) {
		return harness_operation(h, role, operation, "{review}", review, "_version", version, "method",
					 "observation", "access", "full", "seen_on-day", "24", "seen_on-month", "11",
					 "seen_on-year", "2026", NULL);
	}
	if (text_same(operation, "record-access-refused")) {
		return harness_operation(h, role, operation, "{review}", review, "_version", version, "seen_on-day", "24",
					 "seen_on-month", "11", "seen_on-year", "2026", "refusal",
					 "The slides are not shared", NULL);
	}
	if (text_same(operation, "rate-review")) {
		return harness_operation(h, role, operation, "{review}", review, "_version", version, "rating-law", "4",
					 "rating-guidance", "3", "rating-referral", "3", "rating-ideologies", "2",
					 "rating-interactive", "4", "rating-safeguarding", "none", "rating-equality", "3",
					 "rating-speech", "3", "forms", "islamist", "forms", "incel", "case_studies", "yes",
					 "overall", "3", "summary", "Clear, but one-sided", "actions", "Add a case",
					 "follow_up_on-day", "1", "follow_up_on-month", "12", "follow_up_on-year", "2026",
					 NULL);
	}
	return harness_operation(h, role, operation, "{review}", review, "_version", version, "done", "A case was added",
				 NULL);
}

static const char *const operations[] = { "request-material", "record-material-seen", "record-access-refused",
					  "rate-review", "finish-review" };

/* Puts a review into a state through the doors only. */
static const char *in_state(const char *session, int state)
{
	const char *r = opened(session, ROLE_COORDINATOR);

	if (state > REVIEW_OPENED) {
		step(ROLE_COORDINATOR, "request-material", r);
	}
	if (state == REVIEW_REFUSED) {
		step(ROLE_COORDINATOR, "record-access-refused", r);
	} else if (state > REVIEW_REQUESTED) {
		step(ROLE_COORDINATOR, "record-material-seen", r);
	}
	if (state >= REVIEW_RATED) {
		step(ROLE_COORDINATOR, "rate-review", r);
	}
	if (state == REVIEW_ACTIONED) {
		step(ROLE_COORDINATOR, "finish-review", r);
	}
	CHECK_TEXT(review_state(r), words_word(&review_state_words, state));
	return r;
}

/* Every state x move x role. Only the reviewer moves it; another officer is told so. */
static void every_move_through_the_door(void)
{
	static const char *const to[REVIEW_ACTIONED][5] = {
		{ "material-requested", "", "", "", "" },
		{ "", "material-seen", "refused", "", "" },
		{ "", "", "", "rated", "" },
		{ "", "", "", "", "" },
		{ "", "", "", "", "actioned" },
		{ "", "", "", "", "" },
	};
	static const enum role roles[] = { ROLE_NOBODY,	    ROLE_ADMINISTRATOR, ROLE_TRAINING_OFFICER, ROLE_TRAINER,
					   ROLE_SCHOOL_LEAD, ROLE_COUNCILLOR,	ROLE_AUDITOR,	       ROLE_COORDINATOR };

	open_product();
	const char *s = delivered();

	for (int state = REVIEW_OPENED; state <= REVIEW_ACTIONED; state++) {
		for (size_t m = 0; m < 5; m++) {
			const char *r = in_state(s, state);
			const char *was = words_word(&review_state_words, state);

			for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
				bool may = roles[i] == ROLE_COORDINATOR && to[state - 1][m][0] != '\0';
				int64_t version = review_named(r).version;
				struct outcome o = step(roles[i], operations[m], r);

				CHECK_TEXT(review_state(r), may ? to[state - 1][m] : was);
				CHECK(may == (told(&o)[0] == '\0'));
				CHECK_INT(review_named(r).version, may ? version + 1 : version);
			}
		}
	}
	close_product();
}

/* The way of a refusal: appendix E 23. */
static void access_refused_is_counted(void)
{
	open_product();
	const char *s = delivered();
	const char *r = opened(s, ROLE_COORDINATOR);
	struct answer a = harness_get(h, ROLE_COORDINATOR, path_of(s, ""));

	CHECK(answer_has(&a, "Opened on 24 November 2026"));
	step(ROLE_COORDINATOR, "request-material", r);
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/reviews/%s/refused", r), "_version", "2",
			 "seen_on-day", "24", "seen_on-month", "11", "seen_on-year", "2026", "refusal", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Enter what was said"));
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/reviews/%s/refused", r), "_version", "2",
			 "seen_on-day", "24", "seen_on-month", "11", "seen_on-year", "2026", "refusal",
			 "The slides are not shared", NULL);
	CHECK_INT(a.status, 303);
	CHECK_TEXT(review_state(r), "refused");
	CHECK_INT(review_named(r).access, ACCESS_REFUSED);
	const struct reviews_args args = { .authority_id = harness_authority(h), .today = { 2026, 11, 24 } };
	struct review_counts n;

	CHECK_OK(sql_review_counts(arena, harness_db(h), &args, &n));
	CHECK_INT(n.refused, 1);
	CHECK_INT(n.rated, 0);
	a = harness_get(h, ROLE_AUDITOR, "/training/reviews.csv?access=refused");
	CHECK_INT(answer_count(&a, "\n"), 2);
	close_product();
}

/* Who gives the training does not review it: at the opening, and when it changed hands since. */
static void the_reviewer_is_somebody_else(void)
{
	open_product();
	const char *mine = trainer_ref;

	trainer_ref = choice_labelled(&SQL_trainer_choices, harness_who(h, ROLE_TRAINING_OFFICER)->name);
	const char *s = delivered();
	struct outcome o = harness_operation(h, ROLE_TRAINING_OFFICER, "open-session-review", "session", s, "reviewer",
					     account(ROLE_TRAINING_OFFICER), NULL);

	CHECK(strstr(told(&o), "gives this training") != NULL);
	const char *r = opened(s, ROLE_COORDINATOR);

	o = harness_operation(h, ROLE_COORDINATOR, "change-reviewer", "{review}", r, "_version", "1", "reviewer",
			      account(ROLE_TRAINING_OFFICER), NULL);
	CHECK(strstr(told(&o), "gives this training") != NULL);
	/* a planned session that is handed to the reviewer afterwards */
	trainer_ref = mine;
	s = schedule("2026-11-27T14:00", "");
	r = opened(s, ROLE_COORDINATOR);
	step(ROLE_COORDINATOR, "request-material", r);
	step(ROLE_COORDINATOR, "record-material-seen", r);
	o = harness_operation(h, ROLE_SYSTEM, "change-session", "{session}", s, "_version", "1", "starts_at",
			      "2026-11-27T14:00", "venue", "Town hall", "host", "", "places", "30", "trainer",
			      choice_labelled(&SQL_trainer_choices, harness_who(h, ROLE_COORDINATOR)->name), NULL);
	CHECK_TEXT(told(&o), "");
	o = step(ROLE_COORDINATOR, "rate-review", r);
	CHECK(strstr(told(&o), "gives this training") != NULL);
	CHECK_TEXT(review_state(r), "material-seen");
	o = harness_operation(h, ROLE_COORDINATOR, "change-reviewer", "{review}", r, "_version", "3", "reviewer",
			      account(ROLE_TRAINING_OFFICER), NULL);
	CHECK_TEXT(told(&o), "");
	o = step(ROLE_COORDINATOR, "rate-review", r);
	CHECK(strstr(told(&o), "Only the reviewer") != NULL);
	o = step(ROLE_TRAINING_OFFICER, "rate-review", r);
	CHECK_TEXT(told(&o), "");
	close_product();
}

static void who_sees_it(void)
{
	open_product();
	const char *s = delivered();
	const char *r = in_state(s, REVIEW_SEEN);
	const char *page = arena_printf(arena, "/training/reviews/%s", r);

	CHECK_INT(harness_get(h, ROLE_TRAINER, page).status, 404); /* not before it is rated */
	step(ROLE_COORDINATOR, "rate-review", r);
	struct answer a = harness_get(h, ROLE_TRAINER, page);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Clear, but one-sided"));
	CHECK(answer_has(&a, "Islamist; Incel") || answer_has(&a, "Incel; Islamist"));
	CHECK(answer_has(&a, "Could not be told"));
	CHECK(!answer_has(&a, "Record what was done"));
	a = harness_get(h, ROLE_TRAINER, path_of(s, ""));
	CHECK(answer_has(&a, "overall 3: good"));
	a = harness_get(h, ROLE_TRAINER, "/training/reviews.csv");
	CHECK_INT(answer_count(&a, "\n"), 2);
	CHECK_INT(harness_get(h, ROLE_ADMINISTRATOR, page).status, 403);
	CHECK_INT(harness_get(h, ROLE_COUNCILLOR, page).status, 403);
	CHECK_INT(harness_get(h, ROLE_AUDITOR, page).status, 200);
	/* due */
	harness_now(h, instant_of_local((struct date){ 2026, 12, 2 }, 9, 0));
	a = harness_get(h, ROLE_COORDINATOR, "/");
	CHECK(answer_has(&a, "1 quality review to follow up"));
	close_product();
}

/* A review keeps the version of the rubric it was rated by. */
static void versions_of_the_rubric(void)
{
	open_product();
	const char *s = delivered();
	const char *old = in_state(s, REVIEW_RATED);

	CHECK_INT(review_named(old).rubric, 1);
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/training/rubric/new", "from_on-day", "23", "from_on-month",
				       "11", "from_on-year", "2026", "key-1", "law", "label-1", "", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "First day must be today or in the future"));
	CHECK(answer_has(&a, "Enter at least one criterion"));
	a = harness_post(h, ROLE_COORDINATOR, "/training/rubric/new", "from_on-day", "26", "from_on-month", "11",
			 "from_on-year", "2026", "key-1", "law", "label-1", "The law is right", "hint-1", "", NULL);
	CHECK_INT(a.status, 303);
	const char *before = in_state(s, REVIEW_RATED); /* version 2 does not hold yet */

	CHECK_INT(review_named(before).rubric, 1);
	const char *r = in_state(s, REVIEW_SEEN);

	harness_now(h, instant_of_local((struct date){ 2026, 11, 26 }, 9, 0));
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/reviews/%s/rate", r));
	CHECK(answer_has(&a, "The law is right"));
	CHECK(!answer_has(&a, "It is interactive"));
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "rate-review", "{review}", r, "rubric", "1", "rating-law", "1",
					     "forms", "none", "case_studies", "no", "overall", "1", "summary", "Poor", NULL);

	CHECK(strstr(told(&o), "rubric has changed") != NULL);
	o = harness_operation(h, ROLE_SYSTEM, "rate-review", "{review}", r, "rating-law", "1", "forms", "none",
			      "case_studies", "no", "overall", "1", "summary", "Poor", NULL);
	CHECK_TEXT(told(&o), "");
	CHECK_INT(review_named(r).rubric, 2);
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/reviews/%s", old));
	CHECK(answer_has(&a, "version 1 of the rubric"));
	CHECK(answer_has(&a, "The law is described accurately"));
	close_product();
}

static void packages_and_wrong_input(void)
{
	open_product();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/training/reviews/new/package", "course", "", "package", "",
				       "school", "", "reviewer", account(ROLE_COORDINATOR), NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "one of the two"));
	a = harness_post(h, ROLE_COORDINATOR, "/training/reviews/new/package", "course", "", "package", "Staff slides",
			 "school", "125404", "reviewer", account(ROLE_COORDINATOR), NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_COORDINATOR, a);
	CHECK(answer_has(&a, "Oak Lane Primary School (125404)"));
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "open-session-review", "session", "ZZZZZZ", "reviewer",
					     account(ROLE_COORDINATOR), NULL);

	CHECK(strstr(told(&o), "no session with this reference") != NULL);
	const char *s = delivered();
	const char *r = in_state(s, REVIEW_SEEN);

	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/reviews/%s/rate", r), "_version", "3",
			 "rating-law", "4", "summary", "Typed already", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Select what the material covers"));
	CHECK(answer_has(&a, "Typed already"));
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/reviews/%s/rate", r), "_version", "3",
			 "rating-law", "4", "summary", "Typed already", "forms", "islamist", "case_studies", "yes",
			 "overall", "4", "actions", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Select a rating: It is interactive"));
	CHECK(!answer_has(&a, "Select a rating: The law"));
	CHECK(answer_has(&a, "Typed already"));
	for (const char *const *path = (const char *const[]){ "/training/reviews/new", "/training/reviews/new/session",
							      "/training/reviews/new/trainer", "/training/rubric",
							      "/training/rubric/new", NULL };
	     *path != NULL; path++) {
		bool sets = text_same(*path, "/training/rubric/new"); /* the measure is the co-ordinator's */

		CHECK_INT(harness_get(h, ROLE_COORDINATOR, *path).status, 200);
		CHECK_INT(harness_get(h, ROLE_TRAINING_OFFICER, *path).status, sets ? 403 : 200);
	}
	a = harness_get(h, ROLE_TRAINING_OFFICER, "/training/rubric");
	CHECK(!answer_has(&a, "Make a new version"));
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/rubric/new", "from_on-day", "26", "from_on-month", "11", "from_on-year",
			 "2026", "label-1", "Mine", NULL);
	CHECK_INT(a.status, 403);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_through_the_door), TEST(access_refused_is_counted),
					     TEST(the_reviewer_is_somebody_else), TEST(who_sees_it),
					     TEST(versions_of_the_rubric), TEST(packages_and_wrong_input), TEST_END };

	return test_main(argc, argv, tests);
}
