/*
 * The policy: one table, who may do what to what.
 *
 * Sources: the permission matrix of the field (domain reference 2.4) and the roles of the product.
 * Who keeps accounts does not record training; who records training does not keep accounts; who looks
 * over both changes nothing. tests/policy.csv says the same by another hand and tests/policy_test.c
 * compares the two on every route.
 */
#include "trust/permission.h"

#include <stddef.h>

enum { N = REACH_NO, O = REACH_OWN, A = REACH_ALL };

static const unsigned char table[PERM_COUNT][ROLE_COUNT] = {
	/* nobody, administrator, co-ordinator, training officer, trainer, school lead, councillor,
	 * auditor, system */
	[PERM_none] =             { N, N, N, N, N, N, N, N, N },
	[PERM_public] =           { A, A, A, A, A, A, A, A, A },
	[PERM_house] =            { N, N, N, N, N, N, N, N, A },
	[PERM_signed_in] =        { N, A, A, A, A, A, A, A, A },
	[PERM_training_read] =    { N, A, A, A, O, N, N, A, A },
	[PERM_training_manage] =  { N, N, A, A, N, N, N, N, A },
	[PERM_training_deliver] = { N, N, A, A, O, N, N, N, A },
	/* Only the co-ordinator moves an accreditation (domain reference 3.11). */
	[PERM_trainer_accredit] = { N, N, A, N, N, N, N, N, A },
	[PERM_booking_make] =     { N, N, A, A, O, O, N, N, A },
	/* Internal audit takes samples of the records themselves (domain reference 2.4, "samples by
	 * authority"), so that the auditor sees the people behind a figure and each one's page. */
	[PERM_learner_read] =     { N, N, A, A, O, O, N, A, A },
	[PERM_need_read] =        { N, N, A, A, N, O, N, A, A },
	[PERM_evidence_read] =    { N, N, A, A, N, O, N, A, A },
	[PERM_evidence_claim] =   { N, N, A, A, N, O, N, N, A },
	/* Who was reviewed may read what was found; who keeps accounts has no need to. */
	[PERM_review_read] =      { N, N, A, A, O, N, N, A, A },
	[PERM_review_write] =     { N, N, A, A, N, N, N, N, A },
	/* Who delivers training reviews each other's, by a measure that is not theirs to set. */
	[PERM_rubric_write] =     { N, N, A, N, N, N, N, N, A },
	[PERM_school_read] =      { N, A, A, A, N, O, N, A, A },
	[PERM_coverage_read] =    { N, A, A, A, N, N, N, A, A },
	[PERM_school_manage] =    { N, N, A, N, N, N, N, N, A },
	[PERM_agency_read] =      { N, N, A, A, N, N, N, A, A },
	[PERM_contact_read] =     { N, N, A, A, N, O, N, A, A }, /* a lead: who is down as contact of the own school */
	[PERM_agency_manage] =    { N, N, A, A, N, N, N, N, A },
	[PERM_figure_read] =      { N, A, A, A, N, N, A, A, A },
	[PERM_figure_rows] =      { N, N, A, A, N, N, N, A, A },
	[PERM_note_write] =       { N, N, A, N, N, N, N, N, A },
	[PERM_user_manage] =      { N, A, N, N, N, N, N, N, A },
	[PERM_settings_manage] =  { N, A, N, N, N, N, N, N, A },
	[PERM_audit_read] =       { N, A, N, N, N, N, N, A, A },
	[PERM_audit_detail] =     { N, N, N, N, N, N, N, A, A },
};

static const struct word role_items[] = {
	{ ROLE_ADMINISTRATOR, "administrator", "Administrator",
	  "Accounts, settings and the authority's details" },
	{ ROLE_COORDINATOR, "co-ordinator", "Prevent co-ordinator",
	  "The whole programme: training, schools, figures and notes" },
	{ ROLE_TRAINING_OFFICER, "training-officer", "Training officer",
	  "Courses, sessions, attendance and coverage" },
	{ ROLE_TRAINER, "trainer", "Trainer", "The sessions they deliver themselves" },
	{ ROLE_SCHOOL_LEAD, "school-lead", "School safeguarding lead", "Their own school only" },
	{ ROLE_COUNCILLOR, "councillor", "Councillor", "Figures and notes, without names" },
	{ ROLE_AUDITOR, "auditor", "Auditor",
	  "Reads the programme and the audit, changes nothing" },
	{ ROLE_SYSTEM, "system", "System", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words role_words = { "role", role_items };

static const char *const names[PERM_COUNT] = {
	[PERM_none] = "none",
	[PERM_public] = "public",
	[PERM_house] = "house",
	[PERM_signed_in] = "signed_in",
	[PERM_training_read] = "training_read",
	[PERM_training_manage] = "training_manage",
	[PERM_training_deliver] = "training_deliver",
	[PERM_trainer_accredit] = "trainer_accredit",
	[PERM_booking_make] = "booking_make",
	[PERM_learner_read] = "learner_read",
	[PERM_need_read] = "need_read",
	[PERM_evidence_read] = "evidence_read",
	[PERM_evidence_claim] = "evidence_claim",
	[PERM_review_read] = "review_read",
	[PERM_review_write] = "review_write",
	[PERM_rubric_write] = "rubric_write",
	[PERM_school_read] = "school_read",
	[PERM_coverage_read] = "coverage_read",
	[PERM_school_manage] = "school_manage",
	[PERM_agency_read] = "agency_read",
	[PERM_contact_read] = "contact_read",
	[PERM_agency_manage] = "agency_manage",
	[PERM_figure_read] = "figure_read",
	[PERM_figure_rows] = "figure_rows",
	[PERM_note_write] = "note_write",
	[PERM_user_manage] = "user_manage",
	[PERM_settings_manage] = "settings_manage",
	[PERM_audit_read] = "audit_read",
	[PERM_audit_detail] = "audit_detail",
};

enum reach policy_reach(enum role role, enum permission permission)
{
	if ((unsigned)role >= ROLE_COUNT || (unsigned)permission >= PERM_COUNT) {
		return REACH_NO;
	}
	return (enum reach)table[permission][role];
}

bool policy_allows(enum role role, enum permission permission, enum relation relation)
{
	enum reach reach = policy_reach(role, permission);

	return reach == REACH_ALL || (reach == REACH_OWN && relation == RELATION_OWN);
}

uint64_t policy_grant(enum role role)
{
	uint64_t grant = (uint64_t)1 << PERM_public | (uint64_t)1 << PERM_house;

	for (unsigned p = PERM_public; p < PERM_COUNT; p++) {
		if (policy_reach(role, (enum permission)p) != REACH_NO) {
			grant |= (uint64_t)1 << p;
		}
	}
	return grant;
}

const char *permission_name(enum permission permission)
{
	return (unsigned)permission < PERM_COUNT ? names[permission] : "";
}
