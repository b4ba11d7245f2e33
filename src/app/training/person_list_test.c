/* People out of a list: what it would change is told before, and only that is saved. Cases of lists: peers 4.1 and 4.2. */
#include "app/training/person_list.h"
#include "app/training/training_test.h"

static struct outcome bring(const char *rows, const char *skip)
{
	return harness_operation(h, ROLE_SYSTEM, "import-people", "rows", rows, "skip_bad", skip, NULL);
}

static int64_t said(const struct outcome *o, const char *name)
{
	const char *text = pairs_get(&o->result, name);

	return text == NULL ? -1 : strtoll(text, NULL, 10);
}

static struct learner of_email(const char *email)
{
	const struct learner_args args = { .authority_id = harness_authority(h), .email = email };
	struct learner l = { 0 };
	bool found;

	CHECK_OK(sql_learner_by_email(arena, harness_db(h), &args, &l, &found));
	CHECK(found);
	return l;
}

static void added_changed_unchanged(void)
{
	open_product();
	struct outcome g = harness_operation(h, ROLE_SYSTEM, "add-agency", "name", "Newbridge Fostering", "sch6", "ed", "sector",
					     "foster-carers", "state", "active", NULL);
	harness_operation(h, ROLE_SYSTEM, "add-team", "{agency}", g.reference, "name", "North", NULL);
	struct outcome o = bring("Name\tEmail\tAudience\tStanding\tAgency\tTeam\tSchool\n"
				 "Ada Fern\tada@home.example.org\tfoster-carers\tfoster-carer\tNEWBRIDGE fostering\tNorth\t\n"
				 "Ben Hale\tben@oak.example.org\tSchool staff\t\t\t\t125404\n"
				 "Cy Webb\t\t\tvolunteer\t\t\t\n"
				 "Ada Fern\tada@home.example.org\t\t\t\t\t\n", "no");

	CHECK_TEXT(told(&o), "");
	CHECK_INT(said(&o, "new"), 3);
	CHECK_INT(said(&o, "again"), 1);
	CHECK_INT(of_email("ada@home.example.org").standing, STANDING_FOSTER_CARER);
	CHECK_TEXT(of_email("ada@home.example.org").team, "North");
	CHECK_INT(of_email("ben@oak.example.org").sector, SECTOR_SCHOOL);
	CHECK_INT(of_email("ben@oak.example.org").standing, STANDING_STAFF);
	CHECK(of_email("ben@oak.example.org").kept);
	o = bring("name,email,job,school\nBen Hale,ben@oak.example.org,Head,\nAda Fern,ada@home.example.org,,\n"
		  "Cy Webb,,,\n", "no");
	CHECK_TEXT(told(&o), "");
	CHECK_INT(said(&o, "new"), 0);
	CHECK_INT(said(&o, "changed"), 1);
	CHECK_INT(said(&o, "unchanged"), 2);
	CHECK_TEXT(of_email("ben@oak.example.org").job, "Head");
	CHECK_INT(of_email("ben@oak.example.org").establishment_urn, OAK); /* what the list leaves out stays */
	close_product();
}

static void bad_rows_say_why(void)
{
	static const struct {
		const char *row, *why;
	} cases[] = {
		{ ",x@oak.example.org", "Enter the name" },
		{ "Ada Fern,nobody", "The work email must be an email address" },
		{ "Ada Fern,,999999", "URN 999999 is not in the school register" },
		{ "Ada Fern,,Oak Lane Primary School", "2 schools are called" },
		{ "Ada Fern,,,,plumbing", "The sector must be one of" },
		{ "Ada Fern,,,,,wizard", "The audience must be one of" },
		{ "Ada Fern,,,,,,ghost", "The standing must be one of" },
		{ "Ada Fern,,,,,,,Nowhere Agency", "There is no agency or team called Nowhere Agency" },
		{ "Ada Fern,,,,,,,,North", "A team needs its agency" },
	};

	open_product();
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct outcome o = bring(arena_printf(arena, "Eve Moss\n%s\n", cases[i].row), "no");
		const char *bad = pairs_get(&o.result, "bad");

		CHECK_INT(said(&o, "refused"), 1);
		CHECK(o.problems.n == 1);
		if (!CHECK(bad != NULL && strstr(bad, cases[i].why) != NULL)) {
			printf("    %s: %s\n", cases[i].row, bad == NULL ? "nothing" : bad);
		}
	}
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/learners");

	CHECK(!answer_has(&a, "Eve Moss")); /* nothing is saved while a row is refused */
	struct outcome o = bring("Eve Moss\nAda Fern,nobody\n", "yes");

	CHECK_TEXT(told(&o), "");
	CHECK(strstr(pairs_get(&o.result, "bad_csv"), "Ada Fern,nobody") != NULL);
	a = harness_get(h, ROLE_COORDINATOR, "/training/learners");
	CHECK(answer_has(&a, "Eve Moss") && !answer_has(&a, "Ada Fern"));
	o = bring("A B,one@oak.example.org\nC D,one@oak.example.org\n", "no");
	CHECK(strstr(pairs_get(&o.result, "bad"), "same email and another name") != NULL);
	close_product();
}

/* What was previewed is what is saved. */
static void looked_at_first(void)
{
	open_product();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/training/learners/import", "rows", "Ada Fern\n", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Check the list before you save it"));
	a = harness_post(h, ROLE_COORDINATOR, "/training/learners/import/preview", "rows", "Ada Fern\nBen Hale,nobody\n", NULL);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Nothing is saved yet. 2 rows read: 1 new"));
	const char *digest = answer_between(h, &a, "name=\"plan\" value=\"", "\"");

	CHECK(digest != NULL);
	a = harness_post(h, ROLE_COORDINATOR, "/training/learners/import", "rows", "Ada Fern\n", "plan", digest, NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "has changed since the preview"));
	a = harness_post(h, ROLE_COORDINATOR, "/training/learners/import/bad-rows", "rows", "Ada Fern\nBen Hale,nobody\n", NULL);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Ben Hale,nobody") && !answer_has(&a, "Ada Fern"));
	a = harness_post(h, ROLE_COORDINATOR, "/training/learners/import", "rows", "Ada Fern\nBen Hale,nobody\n", "plan", digest,
			 "skip_bad", "yes", NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_COORDINATOR, a);
	CHECK(answer_has(&a, "People saved: 1 added, 0 changed") && answer_has(&a, "Ada Fern"));
	close_product();
}

static size_t times_due(const char *name)
{
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/due.csv");
	size_t n = 0;

	for (const char *at = a.body; (at = strstr(at, name)) != NULL; at++) {
		n++;
	}
	return n;
}

/* Each of what a rule may ask for (domain reference 5.4, person_need), said by a list of people who are known. */
static void rules_follow_what_a_list_says(void)
{
	open_product();
	struct outcome g = harness_operation(h, ROLE_SYSTEM, "add-agency", "name", "Newbridge Fostering", "sch6", "ed", "sector",
					     "foster-carers", "state", "active", NULL);
	const struct {
		const char *field, *value, *row;
	} cases[] = {
		{ "audience", "foster-carers", ",foster-carers,," },
		{ "sector", "health", "health,,," },
		{ "standing", "volunteer", ",,volunteer," },
		{ "agency", g.reference, ",,,Newbridge Fostering" },
	};
	int64_t wrong;
	const char *first;

	CHECK_TEXT(told(&g), "");
	CHECK_INT(bring("Ada Fern,ada@home.example.org\n", "no").problems.n, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-need", "course", course_ref, cases[i].field, cases[i].value,
						     "newcomer_days", "30", "from_on", "2026-01-01", NULL);

		CHECK_TEXT(told(&o), "");
		while (harness_jobs(h) > 0) {
		}
		CHECK_INT(times_due("Ada Fern"), i);
		o = bring(arena_printf(arena, "name,email,sector,audience,standing,agency\nAda Fern,ada@home.example.org,%s\n",
				       cases[i].row), "no");
		CHECK_INT(said(&o, "changed"), 1);
		CHECK_INT(times_due("Ada Fern"), i + 1);
		CHECK_OK(training_check(arena, harness_db(h), &wrong, &first));
		CHECK_TEXT(first, NULL);
	}
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(added_changed_unchanged), TEST(bad_rows_say_why), TEST(looked_at_first),
					     TEST(rules_follow_what_a_list_says), TEST_END };

	return test_main(argc, argv, tests);
}
