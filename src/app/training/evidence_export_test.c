/* An e-learning export as evidence of persons (domain reference 3.11: an official export verifies; 4.11: completion is that of
 * the day in the export). */
#include "app/training/evidence_export.h"
#include "app/training/completion.h"
#include "app/training/completion.sql.h"
#include "app/training/evidence.sql.h"
#include "app/training/training_test.h"

static int64_t said(const struct outcome *o, const char *name)
{
	const char *text = pairs_get(&o->result, name);

	return text == NULL ? -1 : strtoll(text, NULL, 10);
}

/* Two people who are known, one of them by name and school only. */
static void people(void)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "import-people", "rows",
					     "name,email,school\nAda Fern,ada@oak.example.org,125404\nBen Hale,,125404\n", NULL);

	CHECK_TEXT(told(&o), "");
	CHECK_INT(said(&o, "new"), 2);
}

static struct outcome bring(const char *rows, const char *skip)
{
	return harness_operation(h, ROLE_SYSTEM, "import-evidence", "rows", rows, "document", "Spring export", "skip_bad", skip, NULL);
}

static struct evidence_line *evidence(size_t *n)
{
	const struct evidence_args args = { .authority_id = harness_authority(h), .after_key = "", .after_id = INT64_MAX,
					    .row_limit = 50 };
	struct evidence_line *v = NULL;

	CHECK_OK(sql_evidence_latest(arena, harness_db(h), &args, &v, n));
	return v;
}

static void each_row_says_what_it_is(void)
{
	static const char rows[] = "Full name,Work email,Course title,Completion date,School\n"
				   "Ada Fern,ADA@oak.example.org,Prevent awareness,2/3/2026,\n"
				   "A. Fern,ada@oak.example.org,prevent AWARENESS,2026-03-02,\n"
				   "Ben Hale,,Prevent awareness,5 March 2026,125404\n"
				   "Zed Nobody,zed@oak.example.org,Prevent awareness,5/3/2026,125404\n"
				   "Ben Hale,,Prevent awareness,5/3/2026,125406\n"
				   "Ada Fern,ada@oak.example.org,Knitting,5/3/2026,\n"
				   "Ada Fern,ada@oak.example.org,Prevent awareness,31/2/2026,\n"
				   "Ada Fern,ada@oak.example.org,Prevent awareness,25/11/2026,\n"
				   ",,Prevent awareness,5/3/2026,\n"
				   "Ada Fern,ada@oak,Prevent awareness,5/3/2026,\n";
	size_t n;

	open_product();
	people();
	const struct learner_args who = { .authority_id = harness_authority(h), .email = "ada@oak.example.org" };
	struct learner ada;
	bool found;

	CHECK_OK(sql_learner_by_email(arena, harness_db(h), &who, &ada, &found));
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "claim-evidence-of-person", "{learner}", ada.reference, "course",
					     course_ref, "completed_on", "2026-03-02", "kind", "self-declared", NULL);

	CHECK_TEXT(told(&o), "");
	o = bring(rows, "no");
	CHECK(strstr(told(&o), "7 rows cannot be used") != NULL);
	CHECK_INT(said(&o, "rows"), 10);
	CHECK_INT(said(&o, "new"), 1);
	CHECK_INT(said(&o, "claimed"), 1);
	CHECK_INT(said(&o, "again"), 1);
	CHECK_INT(said(&o, "refused"), 7);
	CHECK_INT(evidence(&n)->state, EVIDENCE_CLAIMED);
	CHECK_INT(n, 1);

	o = bring(rows, "yes");
	CHECK_TEXT(told(&o), "");
	struct evidence_line *v = evidence(&n);

	CHECK_INT(n, 2);
	for (size_t i = 0; i < n; i++) {
		CHECK_INT(v[i].state, EVIDENCE_VERIFIED);
		CHECK_INT(v[i].kind, EVIDENCE_EXPORT);
		CHECK_TEXT(v[i].document, "Spring export");
		CHECK_INT(v[i].establishment_urn, OAK);
	}
	const struct attendance_arg args = { session_of(schedule("2026-11-20T14:00", "")).id, ada.id };
	struct completion c;

	CHECK_OK(sql_completion_of(arena, harness_db(h), &args, &c, &found));
	CHECK(found && date_compare(c.completed_on, (struct date){ 2026, 3, 2 }) == 0);
	o = bring(rows, "yes");
	CHECK(strstr(told(&o), "nothing new") != NULL);
	evidence(&n);
	CHECK_INT(n, 2);
	close_product();
}

static void a_row_that_cannot_be_used_says_why(void)
{
	static const struct {
		const char *row, *why;
	} cases[] = {
		{ ",,Prevent awareness,5/3/2026", "Enter the work email or the name" },
		{ "Ada Fern,ada@oak,Prevent awareness,5/3/2026", "must be an email address" },
		{ "Ada Fern,ada@oak.example.org,,5/3/2026", "Enter the course" },
		{ "Ada Fern,ada@oak.example.org,Knitting,5/3/2026", "There is no course called Knitting" },
		{ "Ada Fern,ada@oak.example.org,Prevent awareness,31/2/2026", "Enter the day of completion" },
		{ "Ada Fern,ada@oak.example.org,Prevent awareness,25/11/2026", "must be today or in the past" },
		{ "Ada Fern,ada@oak.example.org,Prevent awareness,30/6/2015", "when the Prevent duty began" },
		{ "Ada Fern,,Prevent awareness,5/3/2026,Oak Lane Primary School", "2 schools are called" },
		{ "Zed Nobody,zed@oak.example.org,Prevent awareness,5/3/2026", "Add the person first" },
	};

	open_product();
	people();
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct outcome o = bring(cases[i].row, "no");
		const char *bad = pairs_get(&o.result, "bad");

		CHECK_INT(said(&o, "refused"), 1);
		CHECK(bad != NULL && strstr(bad, cases[i].why) != NULL);
	}
	char *rows = arena_alloc(arena, (EXPORT_MAX + 1) * 8 + 1);

	for (size_t i = 0; i <= EXPORT_MAX; i++) {
		memcpy(rows + i * 8, "A B,,C,\n", 9);
	}
	struct outcome o = bring(rows, "yes");

	CHECK(strstr(told(&o), "2000 rows or fewer") != NULL);
	close_product();
}

/* What was previewed is what is saved, by whoever runs the training and nobody else. */
static void looked_at_first(void)
{
	static const char rows[] = "Ada Fern,ada@oak.example.org,Prevent awareness,2/3/2026\nZed Nobody,,Prevent awareness,2/3/2026\n";
	static const enum role others[] = { ROLE_ADMINISTRATOR, ROLE_TRAINER, ROLE_SCHOOL_LEAD, ROLE_COUNCILLOR, ROLE_AUDITOR };
	static const char path[] = "/training/evidence/import";

	open_product();
	people();
	harness_school(h, OAK);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		CHECK_INT(harness_get(h, others[i], path).status, 403);
		CHECK_INT(harness_post(h, others[i], path, "rows", rows, "document", "Spring export", NULL).status, 403);
	}
	struct answer a = harness_get(h, ROLE_TRAINING_OFFICER, path);

	CHECK_INT(a.status, 200);
	a = harness_post(h, ROLE_TRAINING_OFFICER, path, "rows", rows, "document", "Spring export", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Check the export before you save it"));
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/evidence/import/preview", "rows", rows, "document", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Enter the name of the export") && answer_has(&a, "Zed Nobody"));
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/training/evidence/import/preview", "rows", rows, "document", "Spring export", NULL);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Nothing is saved yet. 2 rows read: 1 new") && answer_has(&a, "Add the person first"));
	const char *digest = answer_between(h, &a, "name=\"plan\" value=\"", "\"");

	CHECK(digest != NULL);
	a = harness_post(h, ROLE_TRAINING_OFFICER, path, "rows", "Ada Fern,ada@oak.example.org,Prevent awareness,3/3/2026\n", "document",
			 "Spring export", "plan", digest, NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "has changed since the preview"));
	a = harness_post(h, ROLE_TRAINING_OFFICER, path, "rows", rows, "document", "Spring export", "plan", digest, "skip_bad", "yes",
			 NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_TRAINING_OFFICER, a);
	CHECK(answer_has(&a, "Verified by the export: 1") && answer_has(&a, "Ada Fern") && !answer_has(&a, "Zed Nobody"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(each_row_says_what_it_is), TEST(a_row_that_cannot_be_used_says_why),
					     TEST(looked_at_first), TEST_END };

	return test_main(argc, argv, tests);
}
