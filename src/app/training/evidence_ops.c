/* Claiming, verifying and rejecting training done elsewhere. */
#include "app/training/completion.h"
#include "app/training/evidence.h"
#include "app/training/evidence.sql.h"
#include "app/training/learner.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

enum { REFERENCE_LENGTH = 8 };

/* ---- claiming ---- */

static struct err *take_course(struct op *op, const char *reference, struct evidence *v)
{
	const struct reference_arg key = { op->who->authority_id, reference };
	struct id_row row = { 0 };
	bool found;

	TRY(sql_evidence_course_find(op->arena, op->db, &key, &row, &found));
	if (!found) {
		problem_add(op->arena, op->problems, "course", "Select the course");
	}
	v->course_id = row.id;
	return NULL;
}

struct err *evidence_record_claim(struct op *op, struct evidence *v)
{
	struct id_row row;

	v->authority_id = op->who->authority_id;
	v->reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	v->state = EVIDENCE_CLAIMED;
	v->claimed_on = op->today;
	TRY(sql_evidence_add(op->arena, op->db, v, &row));
	v->id = row.id;
	op->reference = v->reference;
	op->location = link_evidence(op->arena, v->reference);
	return op_audit(op, "evidence", v->reference, &evidence_record, NULL, v);
}

static struct err *claim(struct op *op, struct evidence *v, const char *course)
{
	const char *fault = evidence_date_fault(v->completed_on, op->today);
	struct id_row *again;
	size_t n = 0;

	v->authority_id = op->who->authority_id;
	TRY(take_course(op, course, v));
	if (fault != NULL) {
		problem_add(op->arena, op->problems, "completed_on", "%s", fault);
	}
	if (op->problems->n == 0) {
		TRY(sql_evidence_again(op->arena, op->db, v, &again, &n));
	}
	if (n > 0) {
		problem_add(op->arena, op->problems, "completed_on", "This course on this day has been claimed already");
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	op->flash = "Claim recorded. It counts as verified when somebody of the Prevent team has seen the proof";
	return evidence_record_claim(op, v);
}

static struct err *take_body(struct op *op, const struct body_claim *form, struct evidence *v)
{
	const struct reference_arg key = { op->who->authority_id, form->agency };
	struct id_row row = { 0 };
	struct place place;
	bool found;

	if (text_empty(form->school) == text_empty(form->agency)) {
		problem_add(op->arena, op->problems, "school", "Enter a school or select an agency: one of the two");
		return NULL;
	}
	if (!text_empty(form->agency)) {
		TRY(sql_evidence_agency_find(op->arena, op->db, &key, &row, &found));
		v->agency_id = row.id;
		if (!found) {
			problem_add(op->arena, op->problems, "agency", "Select an agency");
		}
		return NULL;
	}
	TRY(place_resolve(op->arena, op->db, op->who->authority_id, form->completed_on, form->school, NULL, &place));
	if (place.fault != NULL || place.urn == 0) {
		problem_add(op->arena, op->problems, "school", "%s",
			    place.fault != NULL ? place.fault : "There is no school with this name. Check it, or enter the URN");
	}
	v->establishment_urn = place.urn;
	return NULL;
}

static struct err *claim_body(struct op *op, const void *input)
{
	const struct body_claim *form = input;
	struct evidence v = { .completed_on = form->completed_on,
			      .staff = form->staff,
			      .kind = form->kind,
			      .document = form->document };

	if (op->who->establishment_urn != 0) { /* whatever was sent: the own school */
		v.establishment_urn = op->who->establishment_urn;
	} else {
		TRY(take_body(op, form, &v));
	}
	return claim(op, &v, form->course);
}

static struct err *learner_of_op(struct op *op, struct learner *out)
{
	const struct reference_arg key = { op->who->authority_id, op_path(op, "learner") };
	bool found;

	TRY(sql_learner_find(op->arena, op->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is nobody with the reference %s", key.reference);
}

static struct err *claim_person(struct op *op, const void *input)
{
	const struct person_claim *form = input;
	struct learner l;

	TRY(learner_of_op(op, &l));
	struct evidence v = { .learner_id = l.id,
			      .learner_reference = l.reference,
			      .establishment_urn = l.establishment_urn,
			      .agency_id = l.agency_id,
			      .completed_on = form->completed_on,
			      .staff = 1,
			      .kind = form->kind,
			      .document = form->document };

	if (!text_empty(l.merged_into)) {
		problem_add(op->arena, op->problems, NULL, "This record was merged into another. Claim it there");
		return NULL;
	}
	return claim(op, &v, form->course);
}

/* Who has a school claims for it, and for nobody else. */
static struct err *own_school(struct op *op, enum relation *out)
{
	*out = op->who->establishment_urn != 0 ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

static struct err *own_person(struct op *op, enum relation *out)
{
	struct learner l;

	TRY(learner_of_op(op, &l));
	*out = l.establishment_urn != 0 && l.establishment_urn == op->who->establishment_urn ? RELATION_OWN
											       : RELATION_NONE;
	return NULL;
}

/* ---- deciding ---- */

static struct err *evidence_named(struct op *op, const char *reference, struct evidence *out)
{
	const struct reference_arg key = { op->who->authority_id, reference };
	bool found;

	TRY(sql_evidence_find(op->arena, op->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no evidence with the reference %s", reference);
}

/* Stores a decision; a person's verified training counts from now on. */
static struct err *decide(struct op *op, const struct evidence *before, struct evidence *after)
{
	after->decided_on = op->today;
	TRY(sql_evidence_set(op->db, after, NULL));
	if (after->learner_id != 0) {
		TRY(completion_of_learner(op, after->learner_id));
	}
	op->reference = after->reference;
	op->location = link_evidence(op->arena, after->reference);
	return op_audit(op, "evidence", after->reference, &evidence_record, before, after);
}

static struct err *verify_one(struct op *op, const struct evidence *before, int seen, const char *document)
{
	struct evidence after = *before;

	after.state = EVIDENCE_VERIFIED;
	after.kind = seen;
	after.document = document;
	return decide(op, before, &after);
}

struct err *evidence_record_seen(struct op *op, const char *reference, int seen, const char *document)
{
	struct evidence v;

	TRY(evidence_named(op, reference, &v));
	return verify_one(op, &v, seen, document);
}

static struct err *may_move(struct op *op, enum evidence_move move, struct evidence *out)
{
	TRY(evidence_named(op, op_path(op, "evidence"), out));
	TRY(op_expect_version(op, out->version));
	const char *fault = evidence_move_fault(out->state, move);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
	}
	return NULL;
}

static struct err *verify(struct op *op, const void *input)
{
	const struct verify_form *form = input;
	struct evidence v;

	TRY(may_move(op, EVIDENCE_VERIFY, &v));
	op->flash = "Verified";
	return op->problems->n > 0 ? NULL : verify_one(op, &v, form->seen, form->document);
}

static struct err *reject(struct op *op, const void *input)
{
	const struct reject_form *form = input;
	struct evidence before, after;

	TRY(may_move(op, EVIDENCE_REJECT, &before));
	if (op->problems->n > 0) {
		return NULL;
	}
	after = before;
	after.state = EVIDENCE_REJECTED;
	after.reason = form->reason;
	op->flash = "Rejected";
	return decide(op, &before, &after);
}

/* Those that can be verified are; which were not, and why, is told. */
static struct err *verify_several(struct op *op, const void *input)
{
	const struct verify_many_form *form = input;
	struct buf left;
	size_t done = 0;

	if (form->evidence.n == 0) {
		problem_add(op->arena, op->problems, NULL, "Select at least one claim");
		return NULL;
	}
	buf_init(&left, op->arena, 1 << 14);
	for (size_t i = 0; i < form->evidence.n && i < 100; i++) {
		struct evidence v;

		TRY(evidence_named(op, form->evidence.v[i], &v));
		if (evidence_move_fault(v.state, EVIDENCE_VERIFY) == NULL) {
			TRY(verify_one(op, &v, form->seen, form->document));
			done++;
		} else {
			buf_printf(&left, "%s %s is %s", left.n == 0 ? ". Not changed:" : ",", v.reference,
				   words_word(&evidence_state_words, v.state));
		}
	}
	if (done == 0) {
		problem_add(op->arena, op->problems, NULL, "None of these is still a claim%s", left.p);
		return NULL;
	}
	op->reference = NULL;
	op->location = url_with(op->arena, URL("/training/evidence"), "state", "verified");
	op->flash = arena_printf(op->arena, "%zu verified%s", done, left.p);
	return NULL;
}

const struct operation claim_evidence = {
	.name = "claim-evidence",
	.label = "Record training done elsewhere",
	.permission = PERM_evidence_claim,
	.input = &body_claim_record,
	.apply = claim_body,
	.relate = own_school,
};
const struct operation claim_evidence_of_person = {
	.name = "claim-evidence-of-person",
	.label = "Record training that a person did elsewhere",
	.permission = PERM_evidence_claim,
	.input = &person_claim_record,
	.apply = claim_person,
	.relate = own_person,
};
const struct operation verify_evidence = {
	.name = "verify-evidence",
	.label = "Verify evidence",
	.permission = PERM_training_manage,
	.input = &verify_form_record,
	.apply = verify,
};
const struct operation reject_evidence = {
	.name = "reject-evidence",
	.label = "Reject evidence",
	.permission = PERM_training_manage,
	.input = &reject_form_record,
	.apply = reject,
};
const struct operation verify_several_evidence = {
	.name = "verify-several-evidence",
	.label = "Verify several pieces of evidence",
	.permission = PERM_training_manage,
	.input = &verify_many_form_record,
	.apply = verify_several,
};
