/*
 * Training that was done elsewhere: claimed, then verified or rejected (domain reference 3.11 and 4.11). Of one person,
 * or of a number of staff of a school or another body. Verified means that somebody here saw a document or an official
 * export; a word of the school's own is kept apart as a claim.
 */
#ifndef APP_TRAINING_EVIDENCE_H
#define APP_TRAINING_EVIDENCE_H

#include "app/training/session.h"

enum evidence_state { EVIDENCE_CLAIMED = 1, EVIDENCE_VERIFIED, EVIDENCE_REJECTED };
enum evidence_move { EVIDENCE_VERIFY = 1, EVIDENCE_REJECT, EVIDENCE_MOVES };
enum evidence_kind { EVIDENCE_SELF_DECLARED = 1, EVIDENCE_CERTIFICATE, EVIDENCE_EXPORT };

extern const struct words evidence_state_words, evidence_kind_words;
extern const struct words evidence_seen_words; /* kinds that verify */

struct evidence { /* row */
	int64_t id, authority_id;
	const char *reference;
	int64_t learner_id;
	const char *learner_reference, *learner;
	int64_t establishment_urn;
	const char *school;
	int64_t agency_id;
	const char *agency;
	int64_t course_id;
	const char *course;
	struct date completed_on;
	int64_t staff;
	int kind;
	const char *document;
	int state;
	const char *reason;
	struct date claimed_on, decided_on;
	int64_t version;
};
RECORD_DECLARE(evidence);

struct evidence_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	int state;
	const char *course;
	int64_t urn;
};
RECORD_DECLARE(evidence_args);

struct evidence_line {
	int64_t id;
	const char *reference, *learner, *school, *agency;
	int64_t establishment_urn;
	const char *course;
	struct date completed_on;
	int64_t staff;
	int kind;
	const char *document;
	int state;
	struct date claimed_on, decided_on;
};
RECORD_DECLARE(evidence_line);

struct evidence_of_school_args {
	int64_t authority_id, urn;
};
RECORD_DECLARE(evidence_of_school_args);

/* ---- forms ---- */

struct body_claim { /* claim-evidence; a school safeguarding lead claims for the own school */
	const char *school, *agency, *course;
	struct date completed_on;
	int64_t staff;
	int kind;
	const char *document;
};
RECORD_DECLARE(body_claim);

struct person_claim { /* claim-evidence-of-person */
	const char *course;
	struct date completed_on;
	int kind;
	const char *document;
};
RECORD_DECLARE(person_claim);

struct verify_form {
	int seen;
	const char *document;
};
RECORD_DECLARE(verify_form);

struct reject_form {
	const char *reason;
};
RECORD_DECLARE(reject_form);

struct verify_many_form {
	struct texts evidence; /* references */
	int seen;
	const char *document;
};
RECORD_DECLARE(verify_many_form);

/* ---- pure: evidence_rules.c ---- */

/* The state after the move; 0: there is no such move from here. */
int evidence_after(int state, enum evidence_move move);
/* Why not, as a sentence; NULL: it may be done. */
const char *evidence_move_fault(int state, enum evidence_move move);
/* What is wrong with the day on which training was done; NULL: nothing. */
const char *evidence_date_fault(struct date completed_on, struct date today);
const char *evidence_state_tag(int state);

/* ---- steps of operations: evidence_ops.c ---- */

/* Records a claim that is sound, with its audit entry. */
struct err *evidence_record_claim(struct op *op, struct evidence *v) MUST_CHECK;
/* The claim becomes verified by what was seen, with its audit entry; the person has completed the course. */
struct err *evidence_record_seen(struct op *op, const char *reference, int seen, const char *document) MUST_CHECK;

/* ---- pages ---- */

struct url link_evidence(struct arena *a, const char *reference);
/* "Ada Fern", "Oak Lane Primary School: 12 staff". */
const char *evidence_who(struct arena *a, const char *learner, const char *school, const char *agency, int64_t staff);
struct err *evidence_of_page(struct page *p, struct evidence *out) MUST_CHECK;
/* Evidence of a school is its safeguarding lead's own; so is that of a person who worked there. */
relate_fn evidence_relate, evidence_new_relate, evidence_person_relate;
/* On a school's page: what it did elsewhere, and the link to say so. */
struct err *evidence_of_school(struct page *p, int64_t urn) MUST_CHECK;

extern const struct operation claim_evidence, claim_evidence_of_person, verify_evidence, reject_evidence,
	verify_several_evidence;
extern const struct list evidence_list;
page_fn evidence_page, evidence_new_page, evidence_person_page, evidence_verify_page, evidence_reject_page,
	evidence_several_page, evidence_several_check_page;
struct err *evidence_today(struct page *p, struct today *out);

#endif
