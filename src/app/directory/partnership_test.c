/*
 * Agencies, teams and contacts through the whole house. Expected: groups of Schedule 6 (domain reference 2.3), work data
 * only, leavers end-dated and never deleted (4.9), a lead sees the own school's contacts only. Today is 24 November 2026.
 */
#include <string.h>

#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "app/directory/partnership.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"
#include "trust/audit.sql.h"
#include "trust/statements.h"

const struct feature *const features[] = { &directory_feature, &partnership_feature, NULL };

enum { OAK = 125404, HEATH = 125406 };

static struct harness *h;
static struct arena *arena;

static void school(int64_t urn, const char *name)
{
	const struct school s = { .urn = urn,
				  .authority_id = harness_authority(h),
				  .la_code = "936",
				  .name = name,
				  .name_fold = text_fold(arena, name),
				  .status = STATUS_OPEN,
				  .type_group = GROUP_MAINTAINED,
				  .phase = PHASE_PRIMARY };

	CHECK_OK(db_begin(harness_db(h)));
	CHECK_OK(sql_school_put(harness_db(h), &s, NULL));
	CHECK_OK(db_commit(harness_db(h)));
}

static void open_product(void)
{
	h = harness_open();
	arena = harness_arena(h);
	school(OAK, "Oak Lane Primary School");
	school(HEATH, "Heathfield School");
}

static const char *made(struct outcome o)
{
	CHECK_OK(o.err);
	CHECK_TEXT(o.problems.n > 0 ? o.problems.v[0].sentence : NULL, NULL);
	return o.reference == NULL ? "" : o.reference;
}

static const char *agency(const char *name, const char *sch6)
{
	return made(harness_operation(h, ROLE_COORDINATOR, "add-agency", "name", name, "sch6", sch6, "sector", "health",
				      "state", "active", NULL));
}

static struct agency agency_now(const char *reference)
{
	struct agency g = { 0 };

	CHECK_OK(agency_find(arena, harness_db(h), harness_authority(h), reference, &g));
	return g;
}

static struct contact contact_now(const char *reference)
{
	struct contact c = { 0 };

	CHECK_OK(contact_find(arena, harness_db(h), harness_authority(h), reference, &c));
	return c;
}

static const char *refused(struct outcome o)
{
	CHECK_OK(o.err);
	return o.problems.n == 0 ? "" : o.problems.v[0].sentence;
}

/* Domain reference 2.3: six groups, by their letters; every one is in plain English on screen. */
static void groups_of_schedule_6(void)
{
	static const char *const codes[] = { "lg", "cj", "ed", "hs", "po", "ns" };
	static const char *const labels[] = { "Local government", "Criminal justice", "Education and child care",
					      "Health and social care", "Police", "Not specified" };

	CHECK_INT(words_count(&schedule_6_words), 6);
	for (size_t i = 0; i < 6; i++) {
		const struct word *w = words_by_word(&schedule_6_words, codes[i]);

		CHECK(w != NULL && text_starts(w->label, labels[i]));
	}
	CHECK_INT(words_count(&contact_kind_words), 8);
}

static void agencies_are_kept(void)
{
	open_product();
	const char *g = agency("Newbridge Hospitals NHS Trust", "hs");
	const char *w = agency("Mill Street Mosque", "ns");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/partnership/agencies");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Newbridge Hospitals NHS Trust") && answer_has(&a, "Mill Street Mosque"));
	a = harness_get(h, ROLE_COORDINATOR, "/partnership/agencies?sch6=ns");
	CHECK(!answer_has(&a, "Newbridge Hospitals NHS Trust") && answer_has(&a, "Mill Street Mosque"));
	a = harness_get(h, ROLE_AUDITOR, "/partnership/agencies?find=hospital");
	CHECK(answer_has(&a, "Newbridge Hospitals NHS Trust") && !answer_has(&a, "Mill Street Mosque"));
	CHECK(!answer_has(&a, "Add an agency")); /* who looks over changes nothing */
	CHECK_TEXT(refused(harness_operation(h, ROLE_COORDINATOR, "add-agency", "name", "NEWBRIDGE hospitals nhs trust",
					     "sch6", "hs", "sector", "health", "state", "active", NULL)),
		   "There is already an agency of this name");
	CHECK_TEXT(refused(harness_operation(h, ROLE_SYSTEM, "add-agency", "name", "X", "sch6", "hs", "sector", "health",
					     "state", "active", "agreement_signed_on", "2026-03-02", "agreement_review_on",
					     "2026-03-01", NULL)),
		   "The agreement must be reviewed on or after the day it was signed");
	made(harness_operation(h, ROLE_COORDINATOR, "change-agency", "{agency}", w, "_version", "1", "name",
			       "Mill Street Mosque", "sch6", "ns", "sector", "faith", "state", "dormant", NULL));
	CHECK_INT(agency_now(w).state, AGENCY_DORMANT);
	struct outcome late = harness_operation(h, ROLE_COORDINATOR, "change-agency", "{agency}", w, "_version", "1", "name",
						"Other", "sch6", "ns", "sector", "faith", "state", "closed", NULL);
	CHECK(late.err != NULL && late.err->kind == ERR_CONFLICT);
	CHECK_INT(agency_now(w).state, AGENCY_DORMANT);
	CHECK_INT(harness_get(h, ROLE_ADMINISTRATOR, arena_printf(arena, "/partnership/agencies/%s", g)).status, 403);
	harness_close(&h);
}

/* A team that ended takes nobody new and stays with those it had. */
static void teams_end(void)
{
	open_product();
	const char *g = agency("Newbridge Hospitals NHS Trust", "hs");
	const char *t = made(harness_operation(h, ROLE_TRAINING_OFFICER, "add-team", "{agency}", g, "name", "Nursing", NULL));
	struct agency_team at;
	struct choice_list offered;

	CHECK_TEXT(refused(harness_operation(h, ROLE_COORDINATOR, "add-team", "{agency}", g, "name", "nursing", NULL)),
		   "This agency already has a team of this name");
	CHECK_OK(choices_load(arena, harness_db(h), &agency_team_choices, harness_authority(h), &offered));
	CHECK_INT(offered.n, 2);
	CHECK_TEXT(offered.v[1].label, "Newbridge Hospitals NHS Trust: Nursing");
	made(harness_operation(h, ROLE_SYSTEM, "change-team", "{agency}", g, "{team}", t, "name", "Nursing", "ended_on",
			       "2026-10-31", NULL));
	CHECK_OK(choices_load(arena, harness_db(h), &agency_team_choices, harness_authority(h), &offered));
	CHECK_INT(offered.n, 1);
	CHECK_OK(agency_team_find(arena, harness_db(h), harness_authority(h), arena_printf(arena, "%s/%s", g, t), &at));
	CHECK_TEXT(at.team, "Nursing");
	struct err *none = agency_team_find(arena, harness_db(h), harness_authority(h), arena_printf(arena, "%s/ZZ", g), &at);
	CHECK(none != NULL && none->kind == ERR_NOT_FOUND);
	harness_close(&h);
}

static void leavers_stay(void)
{
	open_product();
	const char *g = agency("Newbridge Hospitals NHS Trust", "hs");
	const char *c = made(harness_operation(h, ROLE_SYSTEM, "add-contact", "name", "Ada Fern", "kind", "panel-rep", "body",
					       g, "email", "Ada@Trust.example.org", "from_on", "2025-01-06", NULL));
	const char *list = "/partnership/contacts", *gone = "/partnership/contacts?presence=left";
	struct answer a = harness_get(h, ROLE_COORDINATOR, list);

	CHECK(answer_has(&a, "Ada Fern"));
	CHECK_TEXT(contact_now(c).email, "ada@trust.example.org");
	CHECK_TEXT(refused(harness_operation(h, ROLE_SYSTEM, "end-contact", "{contact}", c, "to_on", "2026-11-25", NULL)),
		   "The last day in the post must be today or in the past");
	CHECK(text_starts(refused(harness_operation(h, ROLE_SYSTEM, "end-contact", "{contact}", c, "to_on", "2025-01-05", NULL)),
			  "The last day in the post must be after the first"));
	made(harness_operation(h, ROLE_SYSTEM, "end-contact", "{contact}", c, "to_on", "2026-10-30", NULL));
	a = harness_get(h, ROLE_COORDINATOR, list);
	CHECK(!answer_has(&a, "Ada Fern"));
	a = harness_get(h, ROLE_COORDINATOR, gone);
	CHECK(answer_has(&a, "Ada Fern"));
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/partnership/agencies/%s", g));
	CHECK(answer_has(&a, "Left on 30 October 2026"));
	made(harness_operation(h, ROLE_SYSTEM, "return-contact", "{contact}", c, NULL));
	CHECK(!date_is_set(contact_now(c).to_on));
	CHECK_TEXT(refused(harness_operation(h, ROLE_SYSTEM, "return-contact", "{contact}", c, NULL)),
		   "This contact has not left");
	/* the chain of the audit is kept for ever: nobody is named in it */
	struct audit_row *rows;
	size_t n, contacts = 0;

	CHECK_OK(sql_audit_all(arena, harness_db(h), &rows, &n));
	for (size_t i = 0; i < n; i++) {
		contacts += text_starts(rows[i].subject, "contact:");
		CHECK(rows[i].changes == NULL || (strstr(rows[i].changes, "Ada") == NULL &&
						  strstr(rows[i].changes, "trust.example") == NULL));
	}
	CHECK_INT(contacts, 3);
	harness_close(&h);
}

static void a_contact_belongs_somewhere(void)
{
	open_product();
	CHECK_TEXT(refused(harness_operation(h, ROLE_SYSTEM, "add-contact", "name", "Ada Fern", "kind", "dsl", NULL)),
		   "Select an agency, or enter the URN of a school");
	CHECK_TEXT(refused(harness_operation(h, ROLE_SYSTEM, "add-contact", "name", "Ada Fern", "kind", "dsl",
					     "establishment_urn", "125499", NULL)),
		   "URN 125499 is not in the school register. Check the number");
	CHECK(text_starts(refused(harness_operation(h, ROLE_SYSTEM, "add-contact", "name", "Ada Fern", "kind", "dsl", "body",
						    "ZZZZZ", NULL)),
			  "Select"));
	harness_close(&h);
}

static void a_lead_sees_their_own_schools(void)
{
	open_product();
	const char *own = made(harness_operation(h, ROLE_SYSTEM, "add-contact", "name", "Dee Ash", "kind", "dsl",
						 "establishment_urn", "125404", NULL));
	const char *other = made(harness_operation(h, ROLE_SYSTEM, "add-contact", "name", "Eve Moss", "kind", "dsl",
						   "establishment_urn", "125406", NULL));
	harness_school(h, OAK);
	struct answer a = harness_get(h, ROLE_SCHOOL_LEAD, "/schools/125404");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Dee Ash"));
	CHECK(!answer_has(&a, "Add a contact"));
	a = harness_get(h, ROLE_SCHOOL_LEAD, "/partnership/contacts?presence=all");
	CHECK(answer_has(&a, "Dee Ash") && !answer_has(&a, "Eve Moss"));
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, arena_printf(arena, "/partnership/contacts/%s", own)).status, 200);
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, arena_printf(arena, "/partnership/contacts/%s", other)).status, 404);
	a = harness_get(h, ROLE_ADMINISTRATOR, "/schools/125404");
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "Dee Ash")); /* who keeps accounts sees the school, not its people */
	harness_close(&h);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(groups_of_schedule_6), TEST(agencies_are_kept), TEST(teams_end),
					     TEST(leavers_stay), TEST(a_contact_belongs_somewhere),
					     TEST(a_lead_sees_their_own_schools), TEST_END };

	return test_main(argc, argv, tests);
}
