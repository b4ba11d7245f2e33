/* Words and field tables of evidence. */
#include "app/training/evidence.h"
#include "app/training/evidence.sql.h"

static const struct word states[] = {
	{ EVIDENCE_CLAIMED, "claimed", "Claimed", NULL },
	{ EVIDENCE_VERIFIED, "verified", "Verified", NULL },
	{ EVIDENCE_REJECTED, "rejected", "Rejected", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words evidence_state_words = { "evidence-state", states };

static const struct word kinds[] = {
	{ EVIDENCE_SELF_DECLARED, "self-declared", "Only what was said", NULL },
	{ EVIDENCE_CERTIFICATE, "certificate", "Certificate or another document", NULL },
	{ EVIDENCE_EXPORT, "e-learning-export", "Export of an e-learning system", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words evidence_kind_words = { "evidence-kind", kinds };
const struct words evidence_seen_words = { "evidence-seen", kinds + 1 };

static const struct choices courses = { &SQL_evidence_course_choices };
static const struct choices agencies = { &SQL_evidence_agency_choices };

static const struct field evidence_fields[] = {
	FIELD(struct evidence, id, .flags = F_COMPUTED),
	FIELD(struct evidence, authority_id, .flags = F_COMPUTED),
	FIELD(struct evidence, reference, .label = "Reference", .flags = F_COMPUTED | F_REFERENCE),
	FIELD(struct evidence, learner_id, .flags = F_NULLABLE),
	FIELD(struct evidence, learner_reference, .label = "Person", .flags = F_NULLABLE | F_REFERENCE),
	FIELD(struct evidence, learner, .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct evidence, establishment_urn, .label = "URN", .flags = F_NULLABLE),
	FIELD(struct evidence, school, .flags = F_NULLABLE),
	FIELD(struct evidence, agency_id, .flags = F_NULLABLE),
	FIELD(struct evidence, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct evidence, course_id),
	FIELD(struct evidence, course, .label = "Course"),
	FIELD(struct evidence, completed_on, .label = "Done on"),
	FIELD(struct evidence, staff, .label = "People"),
	FIELD(struct evidence, kind, .label = "Proof", .words = &evidence_kind_words),
	FIELD(struct evidence, document, .flags = F_NULLABLE),
	FIELD(struct evidence, state, .label = "State", .words = &evidence_state_words),
	FIELD(struct evidence, reason, .label = "Reason", .flags = F_NULLABLE | F_LONG),
	FIELD(struct evidence, claimed_on, .label = "Claimed"),
	FIELD(struct evidence, decided_on, .label = "Decided", .flags = F_NULLABLE),
	FIELD(struct evidence, version, .flags = F_COMPUTED),
	FIELD_END
};
RECORD(evidence, evidence_fields);

static const struct field evidence_args_fields[] = {
	FIELD(struct evidence_args, authority_id),
	FIELD(struct evidence_args, own_user_id),
	FIELD(struct evidence_args, own_urn),
	FIELD(struct evidence_args, after_key),
	FIELD(struct evidence_args, after_id),
	FIELD(struct evidence_args, row_limit),
	FIELD(struct evidence_args, state, .label = "State", .words = &evidence_state_words, .flags = F_NULLABLE),
	FIELD(struct evidence_args, course, .label = "Course", .choices = &courses, .flags = F_NULLABLE),
	FIELD(struct evidence_args, urn, .label = "School (URN)", .min = 100000, .max = 999999, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(evidence_args, evidence_args_fields);

static const struct field evidence_line_fields[] = {
	FIELD(struct evidence_line, id),
	FIELD(struct evidence_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct evidence_line, learner, .label = "Person", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct evidence_line, school, .label = "School", .flags = F_NULLABLE),
	FIELD(struct evidence_line, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct evidence_line, establishment_urn, .label = "URN", .flags = F_NULLABLE),
	FIELD(struct evidence_line, course, .label = "Course"),
	FIELD(struct evidence_line, completed_on, .label = "Done on"),
	FIELD(struct evidence_line, staff, .label = "People"),
	FIELD(struct evidence_line, kind, .label = "Proof", .words = &evidence_kind_words),
	FIELD(struct evidence_line, document, .label = "Document", .flags = F_NULLABLE),
	FIELD(struct evidence_line, state, .label = "State", .words = &evidence_state_words),
	FIELD(struct evidence_line, claimed_on, .label = "Claimed"),
	FIELD(struct evidence_line, decided_on, .label = "Decided", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(evidence_line, evidence_line_fields);

static const struct field evidence_of_school_args_fields[] = {
	FIELD(struct evidence_of_school_args, authority_id),
	FIELD(struct evidence_of_school_args, urn),
	FIELD_END
};
RECORD(evidence_of_school_args, evidence_of_school_args_fields);

#define WHAT(type)                                                                                                    \
	FIELD(type, course, .label = "Course", .choices = &courses, .flags = F_REQUIRED, .asks = "Select the course"), \
		FIELD(type, completed_on, .label = "When was it done?", .hint = "For example, 27 3 2026",              \
		      .flags = F_REQUIRED, .asks = "Enter when it was done")
#define PROOF(type)                                                                                                   \
	FIELD(type, kind, .label = "What proves it?", .words = &evidence_kind_words, .flags = F_REQUIRED,              \
	      .asks = "Select what proves it"),                                                                        \
		FIELD(type, document, .label = "Number of the document, or name of the export",                       \
		      .hint = "Do not name people here")

static const struct field body_claim_fields[] = {
	FIELD(struct body_claim, school, .label = "School", .hint = "Name or URN"),
	FIELD(struct body_claim, agency, .label = "Or another agency", .choices = &agencies),
	WHAT(struct body_claim),
	FIELD(struct body_claim, staff, .label = "How many staff?", .min = 1, .max = 5000, .flags = F_REQUIRED,
	      .asks = "Enter how many staff did it"),
	PROOF(struct body_claim),
	FIELD_END
};
RECORD(body_claim, body_claim_fields);

static const struct field person_claim_fields[] = { WHAT(struct person_claim), PROOF(struct person_claim), FIELD_END };
RECORD(person_claim, person_claim_fields);

#define SEEN(type)                                                                                                    \
	FIELD(type, seen, .label = "What did you see?", .words = &evidence_seen_words, .flags = F_REQUIRED,            \
	      .asks = "Select what you saw"),                                                                          \
		FIELD(type, document, .label = "Number of the document, or name of the export",                       \
		      .hint = "Do not name people here", .flags = F_REQUIRED,                                          \
		      .asks = "Enter the number of the document or the name of the export")

static const struct field verify_form_fields[] = { SEEN(struct verify_form), FIELD_END };
RECORD(verify_form, verify_form_fields);

static const struct field reject_form_fields[] = {
	FIELD(struct reject_form, reason, .label = "Why is it rejected?", .max = 1000, .flags = F_REQUIRED | F_LONG,
	      .asks = "Enter why it is rejected"),
	FIELD_END
};
RECORD(reject_form, reject_form_fields);

static const struct field verify_many_form_fields[] = {
	FIELD(struct verify_many_form, evidence),
	SEEN(struct verify_many_form),
	FIELD_END
};
RECORD(verify_many_form, verify_many_form_fields);
