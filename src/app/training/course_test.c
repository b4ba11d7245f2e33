/* Courses in full, their versions and providers, through the whole house. */
#include "app/training/course.h"
#include "app/training/training_test.h"

static const char *course_path(const char *rest)
{
	return arena_printf(arena, "/training/courses/%s%s", course_ref, rest);
}

/* The course of the fixture with other aspects; taught from a day, or put right. */
static struct outcome teach(const char *version, const char *aspects, const char *from, const char *to_agree)
{
	return harness_operation(h, ROLE_SYSTEM, "change-course", "{course}", course_ref, "_version", version, "title",
				 "Prevent awareness", "provider", "council", "delivery", "face-to-face", "duration_minutes",
				 "90", "aspects", aspects, "taught_from", from, "changed", "More on support", "statements",
				 to_agree, NULL);
}

static void for_whom_and_about_what(void)
{
	open_product();
	struct answer a = harness_get(h, ROLE_TRAINING_OFFICER, "/training/courses/new");

	CHECK_INT(a.status, 200);
	CHECK_INT(answer_count(&a, "name=\"aspects\""), 5);
	CHECK_INT(answer_count(&a, "name=\"audience\""), 16);
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/courses/new", "title", "For foster carers", "provider", "council",
			 "delivery", "webinar", "duration_minutes", "60", "audience", "foster-carers", "audience",
			 "social-care", "aspects", "duty", "aspects", "support", "statements", "I know whom to call", NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_TRAINING_OFFICER, a);
	CHECK(answer_has(&a, "Foster carers"));
	CHECK(answer_has(&a, "Support that is available and how to reach it"));
	CHECK(answer_has(&a, "I know whom to call"));
	CHECK(!answer_has(&a, "Consideration of risk"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/courses?audience=foster-carers");
	CHECK(answer_has(&a, "For foster carers"));
	CHECK(!answer_has(&a, "Prevent awareness"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/courses?audience=health");
	CHECK(!answer_has(&a, "For foster carers"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/courses.csv");
	CHECK(answer_has(&a, "Social care; Foster carers") || answer_has(&a, "Foster carers; Social care"));
	CHECK(answer_has(&a, "Awareness of the Prevent duty; Support"));
	a = harness_post(h, ROLE_COORDINATOR, "/training/courses/new", "title", "Wrong", "provider", "council", "delivery",
			 "webinar", "duration_minutes", "60", "audience", "nobody-of-the-list", "statements",
			 "1\n2\n3\n4\n5\n6", NULL);
	CHECK_INT(a.status, 422);
	close_product();
}

/* A session shows what the version of its day covered (mission, paragraph 5.5). */
static void a_session_keeps_the_version_of_its_day(void)
{
	open_product();
	const char *held = delivered(); /* on 23 November 2026 */
	const char *later = schedule("2026-12-10T14:00", "");
	struct answer a;

	CHECK_TEXT(told(&(struct outcome){ 0 }), "");
	struct outcome o = teach("1", "duty;risk", "", "");

	CHECK_TEXT(told(&o), "");
	a = harness_get(h, ROLE_COORDINATOR, path_of(held, ""));
	CHECK(answer_has(&a, "Version 1"));
	CHECK(answer_has(&a, "Consideration of risk")); /* put right: it was taught all along */
	o = teach("2", "duty;support", "2026-11-24", "");
	CHECK(strstr(told(&o), "must be in the future") != NULL);
	o = teach("2", "duty;support", "2026-12-01", "");
	CHECK_TEXT(told(&o), "");
	a = harness_get(h, ROLE_COORDINATOR, path_of(held, ""));
	CHECK(answer_has(&a, "Version 1"));
	CHECK(answer_has(&a, "Consideration of risk"));
	CHECK(!answer_has(&a, "Support that is available"));
	a = harness_get(h, ROLE_TRAINER, path_of(later, ""));
	CHECK(answer_has(&a, "Version 2 (from 1 December 2026)"));
	CHECK(answer_has(&a, "Support that is available"));
	CHECK(!answer_has(&a, "Consideration of risk"));
	a = harness_get(h, ROLE_AUDITOR, course_path(""));
	CHECK(answer_has(&a, "More on support"));
	CHECK(answer_has(&a, "Version 1"));
	o = teach("3", "duty;support", "2027-01-01", "");
	CHECK(strstr(told(&o), "Change what it covers") != NULL);
	o = teach("3", "duty", "2026-12-01", "");
	CHECK(strstr(told(&o), "Version 2 is taught from 1 December 2026") != NULL);
	close_product();
}

static void providers_inside_and_outside(void)
{
	open_product();
	struct answer a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/providers/new", "name", "Regional Prevent unit",
				       "kind", "police", NULL);

	CHECK_INT(a.status, 422); /* its events are outside */
	CHECK(answer_has(&a, "outside the authority"));
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/providers/new", "name", "Regional Prevent unit", "kind", "police",
			 "outside", "yes", NULL);
	CHECK_INT(a.status, 303);
	const char *unit = arena_strdup(arena, strrchr(a.location, '/') + 1);

	CHECK_INT(harness_get(h, ROLE_TRAINER, a.location).status, 200);
	a = harness_post(h, ROLE_COORDINATOR, "/training/providers/new", "name", "regional PREVENT unit", "kind", "police",
			 "outside", "yes", NULL);
	CHECK(answer_has(&a, "already a provider with this name"));
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Regional event", "provider", "council",
					     "body", unit, "delivery", "webinar", "duration_minutes", "60", NULL);
	CHECK(strstr(told(&o), "recorded as “Police”") != NULL);
	o = harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Regional event", "provider", "police", "body", unit,
			      "delivery", "webinar", "duration_minutes", "60", NULL);
	CHECK_TEXT(told(&o), "");
	a = harness_get(h, ROLE_TRAINER, arena_printf(arena, "/training/courses/%s", o.reference));
	CHECK(answer_has(&a, "Regional Prevent unit (Police, outside)"));
	a = harness_get(h, ROLE_AUDITOR, "/training/providers?where=outside");
	CHECK(answer_has(&a, "Regional Prevent unit"));
	a = harness_get(h, ROLE_AUDITOR, "/training/providers?where=inside");
	CHECK(!answer_has(&a, "Regional Prevent unit"));
	o = harness_operation(h, ROLE_SYSTEM, "change-provider", "{provider}", unit, "_version", "1", "name", "Unit", "kind",
			      "agency", "outside", "yes", NULL);
	CHECK(strstr(told(&o), "Courses are provided by it") != NULL);
	CHECK_TEXT(told(&o), problem_of(&o.problems, "kind"));
	o = harness_operation(h, ROLE_SYSTEM, "close-provider", "{provider}", unit, "_version", "1", NULL);
	CHECK_TEXT(told(&o), "");
	o = harness_operation(h, ROLE_SYSTEM, "close-provider", "{provider}", unit, "_version", "2", NULL);
	CHECK(strstr(told(&o), "closed already") != NULL);
	o = harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Another event", "provider", "police", "body", unit,
			      "delivery", "webinar", "duration_minutes", "60", NULL);
	CHECK(strstr(told(&o), "that is open") != NULL);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(for_whom_and_about_what),
					     TEST(a_session_keeps_the_version_of_its_day),
					     TEST(providers_inside_and_outside),
					     TEST_END };

	return test_main(argc, argv, tests);
}
