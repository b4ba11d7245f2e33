/* Two people change one thing: what comes back says, field by field, what was, what is and what was entered. */
#include "app/training/training_test.h"

static const char *course_path(void)
{
	return arena_printf(arena, "/training/courses/%s/edit", course_ref);
}

/* As the form sends it, opened when the title was as it was at first. */
static struct answer change(enum role role, const char *version, const char *title, const char *minutes, const char *more,
			    const char *value)
{
	return harness_post(h, role, course_path(), "_version", version, "title", title, "provider", "council", "delivery",
			    "face-to-face", "duration_minutes", minutes, "refresh_months", "24", "objectives", "", "_was-title",
			    "Prevent awareness", "_was-provider", "council", "_was-delivery", "face-to-face",
			    "_was-duration_minutes", "90", "_was-refresh_months", "24", more, value, NULL);
}

static const char *version(void)
{
	struct answer a = harness_get(h, ROLE_COORDINATOR, course_path());

	return answer_between(h, &a, "name=\"_version\" value=\"", "\"");
}

static bool course_has(const char *text)
{
	struct answer a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/courses/%s", course_ref));

	return answer_has(&a, text);
}

static void a_form_carries_what_stood_in_it(void)
{
	open_product();
	struct answer a = harness_get(h, ROLE_COORDINATOR, course_path());

	CHECK(answer_has(&a, "<input type=\"hidden\" name=\"_was-title\" value=\"Prevent awareness\">"));
	CHECK(answer_has(&a, "name=\"_was-duration_minutes\" value=\"90\""));
	a = harness_get(h, ROLE_COORDINATOR, "/training/courses/new");
	CHECK(!answer_has(&a, "_was-"));
	close_product();
}

static void what_only_they_changed_is_taken_over(void)
{
	open_product();
	const char *first = version();

	CHECK_INT(change(ROLE_TRAINING_OFFICER, first, "Prevent awareness", "75", "_", "").status, 303);
	struct answer a = change(ROLE_COORDINATOR, first, "Awareness for all", "90", "_", "");

	CHECK_INT(a.status, 409);
	CHECK(answer_has(&a, "What has changed meanwhile"));
	CHECK(answer_has(&a, arena_printf(arena, "%s changed it on 24 November 2026 at 9am.",
					  harness_who(h, ROLE_TRAINING_OFFICER)->name)));
	CHECK(answer_has(&a, "</strong> is now: 75. It was: 90."));
	CHECK(answer_has(&a, "value=\"75\""));
	CHECK(answer_has(&a, "value=\"Awareness for all\"")); /* only yours: it stays */
	CHECK(!answer_has(&a, "_keep-"));
	CHECK(course_has("75 minutes"));
	a = change(ROLE_COORDINATOR, version(), "Awareness for all", "75", "_", "");
	CHECK_INT(a.status, 303);
	CHECK(course_has("Awareness for all"));
	CHECK(course_has("75 minutes"));
	close_product();
}

static void what_both_changed_is_chosen(void)
{
	open_product();
	const char *first = version();

	CHECK_INT(change(ROLE_TRAINING_OFFICER, first, "Theirs", "90", "_", "").status, 303);
	struct answer a = change(ROLE_COORDINATOR, first, "Mine", "90", "_", "");

	CHECK_INT(a.status, 409);
	CHECK(answer_has(&a, "When you opened this page: Prevent awareness"));
	CHECK(answer_has(&a, "Use what you entered: Mine"));
	CHECK(answer_has(&a, "Keep what it is now: Theirs"));
	CHECK(answer_has(&a, "name=\"_was-title\" value=\"Theirs\""));
	CHECK(course_has("Theirs"));
	/* The page again: the version is the new one, and _was-title is theirs. */
	const char *again = answer_between(h, &a, "name=\"_version\" value=\"", "\"");

	a = harness_post(h, ROLE_COORDINATOR, course_path(), "_version", again, "title", "Mine", "provider", "council",
			 "delivery", "face-to-face", "duration_minutes", "80", "refresh_months", "24", "objectives", "",
			 "_was-title", "Theirs", "_keep-title", "theirs", NULL);
	CHECK_INT(a.status, 303);
	CHECK(course_has("Theirs"));
	CHECK(course_has("80 minutes"));
	a = change(ROLE_COORDINATOR, version(), "Mine", "80", "_keep-title", "mine");
	CHECK_INT(a.status, 303);
	CHECK(course_has("Mine"));
	close_product();
}

/* What stands in the store never depends on what a form says was there. */
static void a_form_that_does_not_say_what_was_is_asked(void)
{
	open_product();
	const char *first = version();

	CHECK_INT(change(ROLE_TRAINING_OFFICER, first, "Theirs", "90", "_", "").status, 303);
	struct answer a = harness_post(h, ROLE_COORDINATOR, course_path(), "_version", first, "title", "Mine", "provider", "council",
				       "delivery", "face-to-face", "duration_minutes", "90", "refresh_months", "24", "objectives",
				       "", NULL);

	CHECK_INT(a.status, 409);
	CHECK(answer_has(&a, "Keep what it is now: Theirs"));
	CHECK(!answer_has(&a, "When you opened this page"));
	close_product();
}

static struct answer move_to(const char *s, const char *version, const char *venue, const char *time)
{
	return harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/sessions/%s/edit", s), "_version", version,
			    "starts_at-day", "27", "starts_at-month", "11", "starts_at-year", "2026", "starts_at-time", time,
			    "duration_minutes", "90", "venue", venue, "host", "125406", "places", "30", "trainer", trainer_ref,
			    "_was-starts_at-day", "27", "_was-starts_at-month", "11", "_was-starts_at-year", "2026",
			    "_was-starts_at-time", "2pm", "_was-duration_minutes", "90", "_was-venue", "Town hall", "_was-places",
			    "30", "_was-trainer", trainer_ref, NULL);
}

/* Dates are of parts; a field that stands as it was is not spoken of, however it is written. */
static void a_session(void)
{
	open_product();
	const char *s = schedule("2026-11-27T14:00", "125406");
	struct answer a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/sessions/%s/edit", s));
	const char *first = answer_between(h, &a, "name=\"_version\" value=\"", "\"");
	const char *venue = answer_between(h, &a, "name=\"_was-venue\" value=\"", "\"");

	CHECK(answer_has(&a, "name=\"_was-starts_at-time\" value=\"2pm\""));
	CHECK_INT(move_to(s, first, venue, "4pm").status, 303);
	a = move_to(s, first, venue, "2.00 pm");
	CHECK_INT(a.status, 409);
	CHECK(answer_has(&a, "is now: 27 November 2026 at 4pm. It was: 27 November 2026 at 2pm."));
	CHECK(answer_has(&a, "value=\"4pm\""));
	CHECK(answer_has(&a, "You changed it on"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(a_form_carries_what_stood_in_it),
		TEST(what_only_they_changed_is_taken_over),
		TEST(what_both_changed_is_chosen),
		TEST(a_form_that_does_not_say_what_was_is_asked),
		TEST(a_session),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
