/* Training done elsewhere, through the whole house (domain reference 3.11, 4.11, 5.4: self-declared is shown apart). */
#include "app/training/evidence.h"
#include "app/training/completion.h"
#include "app/training/completion.sql.h"
#include "app/training/evidence.sql.h"
#include "app/training/training_test.h"

static struct evidence evidence_named(const char *reference)
{
	const struct reference_arg key = { harness_authority(h), reference };
	struct evidence v = { 0 };
	bool found;

	CHECK_OK(sql_evidence_find(arena, harness_db(h), &key, &v, &found));
	return v;
}

static const char *evidence_state(const char *reference)
{
	return words_word(&evidence_state_words, evidence_named(reference).state);
}

static struct outcome claim(enum role role, const char *school, const char *day)
{
	struct date d = { 0 };

	CHECK(date_parse_iso(day, &d));
	return harness_operation(h, role, "claim-evidence", "school", school, "course", course_ref, "completed_on-day",
				 arena_printf(arena, "%d", d.day), "completed_on-month", arena_printf(arena, "%d", d.month),
				 "completed_on-year", arena_printf(arena, "%d", d.year), "staff", "12", "kind",
				 "self-declared", NULL);
}

static const char *claimed(const char *day)
{
	struct outcome o = claim(ROLE_COORDINATOR, "125404", day);

	CHECK_OK(o.err);
	CHECK_TEXT(told(&o), "");
	return o.reference == NULL ? "" : arena_strdup(arena, o.reference);
}

static struct outcome decide(enum role role, const char *operation, const char *reference)
{
	const char *version = arena_printf(arena, "%lld", (long long)evidence_named(reference).version);

	return text_same(operation, "verify-evidence")
		       ? harness_operation(h, role, operation, "{evidence}", reference, "_version", version, "seen",
					   "certificate", "document", "C-17", NULL)
		       : harness_operation(h, role, operation, "{evidence}", reference, "_version", version, "reason",
					   "Another course", NULL);
}

/* Every state x move x role. */
static void every_move_through_the_door(void)
{
	static const char *const operations[] = { "verify-evidence", "reject-evidence" };
	static const char *const to[3][2] = { { "verified", "rejected" }, { "", "" }, { "", "" } };
	static const enum role roles[] = { ROLE_NOBODY,	     ROLE_ADMINISTRATOR, ROLE_TRAINER, ROLE_SCHOOL_LEAD,
					   ROLE_COUNCILLOR, ROLE_AUDITOR,	 ROLE_TRAINING_OFFICER };
	int day = 1;

	open_product();
	harness_school(h, OAK);
	for (int state = EVIDENCE_CLAIMED; state <= EVIDENCE_REJECTED; state++) {
		for (size_t m = 0; m < 2; m++) {
			const char *v = claimed(arena_printf(arena, "2026-03-%02d", day++));

			if (state != EVIDENCE_CLAIMED) {
				decide(ROLE_COORDINATOR, operations[state - EVIDENCE_VERIFIED], v);
			}
			for (size_t r = 0; r < sizeof(roles) / sizeof(roles[0]); r++) {
				bool may = roles[r] == ROLE_TRAINING_OFFICER && to[state - 1][m][0] != '\0';
				struct outcome o = decide(roles[r], operations[m], v);

				CHECK_TEXT(evidence_state(v),
					   may ? to[state - 1][m] : words_word(&evidence_state_words, state));
				CHECK(may == (told(&o)[0] == '\0'));
			}
		}
	}
	close_product();
}

static void what_a_claim_needs(void)
{
	open_product();
	struct outcome o = claim(ROLE_COORDINATOR, "125404", "2026-11-25");

	CHECK(strstr(told(&o), "today or in the past") != NULL);
	o = claim(ROLE_COORDINATOR, "125404", "2015-06-30");
	CHECK(strstr(told(&o), "when the Prevent duty began") != NULL);
	o = claim(ROLE_COORDINATOR, "No Such School", "2026-03-27");
	CHECK(strstr(told(&o), "no school with this name") != NULL);
	const char *v = claimed("2026-03-27");

	o = claim(ROLE_COORDINATOR, "125404", "2026-03-27");
	CHECK(strstr(told(&o), "claimed already") != NULL);
	decide(ROLE_COORDINATOR, "reject-evidence", v);
	o = claim(ROLE_COORDINATOR, "125404", "2026-03-27"); /* the only way back is a new claim */
	CHECK_TEXT(told(&o), "");
	/* VERIFIED needs document or official export: what was only said verifies nothing */
	struct answer a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/evidence/%s/verify", o.reference),
				       "_version", "1", "document", "", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Select what you saw"));
	CHECK(answer_has(&a, "Enter the number of the document or the name of the export"));
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "/training/evidence/%s/verify", o.reference), "_version",
			 "1", "seen", "self-declared", "document", "Said so", NULL);
	CHECK_INT(a.status, 422);
	CHECK_TEXT(evidence_state(o.reference), "claimed");
	close_product();
}

/* A safeguarding lead claims for the own school and sees no other's. */
static void a_school_claims_for_itself(void)
{
	open_product();
	harness_school(h, HEATH);
	const char *other = claimed("2026-03-27");
	struct outcome o = claim(ROLE_SCHOOL_LEAD, "125404", "2026-03-28"); /* whatever is sent */

	CHECK_TEXT(told(&o), "");
	CHECK_INT(evidence_named(o.reference).establishment_urn, HEATH);
	struct answer a = harness_get(h, ROLE_SCHOOL_LEAD, "/training/evidence");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Heathfield School: 12 staff"));
	CHECK(!answer_has(&a, "Oak Lane"));
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, arena_printf(arena, "/training/evidence/%s", other)).status, 404);
	a = harness_get(h, ROLE_SCHOOL_LEAD, arena_printf(arena, "/training/evidence/%s", o.reference));
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "/verify"));
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/schools/125406/training");
	CHECK(answer_has(&a, "Training done elsewhere"));
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/training/evidence/new");
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "name=\"school\""));
	a = harness_get(h, ROLE_COORDINATOR, "/");
	CHECK(answer_has(&a, "2 claims of training done elsewhere to verify"));
	close_product();
}

static int64_t wrong(void)
{
	int64_t n;
	const char *first;

	CHECK_OK(training_check(arena, harness_db(h), &n, &first));
	return n;
}

/* A claim completes nothing; verified, it is what the person last completed. */
static void a_person_has_completed_it_when_verified(void)
{
	struct completion c;
	size_t n;
	bool found;

	open_product();
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "Ada Fern,,125404\n").problems.n, 0);
	const char *person = list_of(s, &n)[0].learner;
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "claim-evidence-of-person", "{learner}", person, "course",
					     course_ref, "completed_on", "2026-03-27", "kind", "certificate", NULL);

	CHECK_TEXT(told(&o), "");
	const struct attendance_arg args = { session_of(s).id, evidence_named(o.reference).learner_id };

	CHECK_OK(sql_completion_of(arena, harness_db(h), &args, &c, &found));
	CHECK(!found);
	decide(ROLE_COORDINATOR, "verify-evidence", o.reference);
	CHECK_OK(sql_completion_of(arena, harness_db(h), &args, &c, &found));
	CHECK(found);
	CHECK_INT(date_compare(c.completed_on, (struct date){ 2026, 3, 27 }), 0);
	CHECK_INT(wrong(), 0);
	o = harness_operation(h, ROLE_SYSTEM, "claim-evidence-of-person", "{learner}", person, "course", course_ref,
			      "completed_on", "2026-03-27", "kind", "certificate", NULL);
	CHECK(strstr(told(&o), "claimed already") != NULL);
	close_product();
}

static void several_at_once(void)
{
	open_product();
	const char *first = claimed("2026-03-27"), *second = claimed("2026-03-28"), *third = claimed("2026-03-29");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/evidence/several");

	CHECK(answer_has(&a, first) && answer_has(&a, second));
	decide(ROLE_COORDINATOR, "reject-evidence", third);
	a = harness_get(h, ROLE_COORDINATOR,
			arena_printf(arena, "/training/evidence/several/check?evidence=%s&evidence=%s&evidence=%s", first,
				     second, third));
	CHECK_INT(answer_count(&a, "Becomes verified"), 2);
	CHECK(answer_has(&a, "already been rejected"));
	a = harness_post(h, ROLE_COORDINATOR, "/training/evidence/several/check", "evidence", first, "evidence", second,
			 "evidence", third, "document", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK_INT(answer_count(&a, "Becomes verified"), 2); /* what was chosen is not lost */
	a = harness_post(h, ROLE_COORDINATOR, "/training/evidence/several/check", "evidence", first, "evidence", second,
			 "evidence", third, "seen", "e-learning-export", "document", "Export of 24 November", NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_COORDINATOR, a);
	CHECK(answer_has(&a, arena_printf(arena, "2 verified. Not changed: %s is rejected", third)));
	CHECK_TEXT(evidence_state(first), "verified");
	CHECK_TEXT(evidence_named(second).document, "Export of 24 November");
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_move_through_the_door), TEST(what_a_claim_needs),
					     TEST(a_school_claims_for_itself), TEST(a_person_has_completed_it_when_verified),
					     TEST(several_at_once), TEST_END };

	return test_main(argc, argv, tests);
}
