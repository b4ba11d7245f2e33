/* An export of an e-learning system: checked, then saved as it was seen. */
#include "app/training/evidence_export.h"
#include "app/training/list_import.h"
#include "base/arena.h"
#include "base/text.h"

static const struct field export_form_fields[] = {
	FIELD(struct export_form, document, .label = "Name of the export",
	      .hint = "For example, e-learning completions, spring term. It is named as the proof. Do not name people here",
	      .flags = F_REQUIRED, .asks = "Enter the name of the export"),
	FIELD(struct export_form, rows, .label = "Export", .max = LIST_TEXT_MAX, .flags = F_LONG | F_PERSONAL),
	FIELD(struct export_form, plan, .flags = F_HIDDEN),
	FIELD(struct export_form, skip_bad, .label = "Leave out rows that cannot be used"),
	FIELD_END,
};
RECORD(export_form, export_form_fields);

static const struct field evidence_known_fields[] = {
	FIELD(struct evidence_known, reference),
	FIELD(struct evidence_known, learner_id, .flags = F_NULLABLE),
	FIELD(struct evidence_known, course_id),
	FIELD(struct evidence_known, completed_on),
	FIELD(struct evidence_known, state, .words = &evidence_state_words),
	FIELD_END,
};
RECORD(evidence_known, evidence_known_fields);

/* Counts; for the command line also the refused rows. */
static void say_plan(struct op *op, const struct export_plan *plan)
{
	static const char *const names[] = { [EXPORT_NEW] = "new", [EXPORT_CLAIMED] = "claimed", [EXPORT_VERIFIED] = "verified",
					     [EXPORT_AGAIN] = "again", [EXPORT_BAD] = "refused" };

	list_say(op, "rows", (int64_t)plan->n);
	for (int k = EXPORT_NEW; k <= EXPORT_BAD; k++) {
		list_say(op, names[k], plan->kinds[k]);
	}
	for (size_t i = 0; i < plan->n; i++) {
		if (plan->v[i].kind == EXPORT_BAD) {
			list_say_bad(op, plan->v[i].line, plan->v[i].reason);
		}
	}
}

static struct err *plan_of_op(struct op *op, const struct export_form *form, struct export_plan *plan)
{
	const char *text;

	TRY(list_text(op->arena, op->upload, form->rows, &text));
	TRY(export_plan(op->arena, op->db, op->who->authority_id, op->today, text, plan));
	if (plan->n == 0) {
		problem_add(op->arena, op->problems, "rows", "Paste the export or choose a file");
	}
	say_plan(op, plan);
	return NULL;
}

static struct err *preview(struct op *op, const void *input)
{
	struct export_plan plan;

	return plan_of_op(op, input, &plan);
}

/* A claim, and what the export says of it: two steps, as with any other proof (domain reference 3.11). */
static struct err *save_row(struct op *op, const struct export_row *row, const char *document)
{
	struct evidence v = { .learner_id = row->learner.id,
			      .learner_reference = row->learner.reference,
			      .establishment_urn = row->learner.establishment_urn,
			      .agency_id = row->learner.agency_id,
			      .course_id = row->course_id,
			      .completed_on = row->completed_on,
			      .staff = 1,
			      .kind = EVIDENCE_EXPORT,
			      .document = document };

	if (row->kind == EXPORT_NEW) {
		TRY(evidence_record_claim(op, &v));
		return evidence_record_seen(op, v.reference, EVIDENCE_EXPORT, document);
	}
	return row->kind == EXPORT_CLAIMED ? evidence_record_seen(op, row->claim, EVIDENCE_EXPORT, document) : NULL;
}

static struct err *import(struct op *op, const void *input)
{
	const struct export_form *form = input;
	struct export_plan plan;

	TRY(plan_of_op(op, form, &plan));
	if (op->problems->n == 0) {
		list_check_seen(op, &(struct list_seen){ "export", form->plan, plan.digest, plan.kinds[EXPORT_BAD], form->skip_bad });
	}
	if (op->problems->n == 0 && plan.kinds[EXPORT_NEW] + plan.kinds[EXPORT_CLAIMED] == 0) {
		problem_add(op->arena, op->problems, "rows", "There is nothing new in this export");
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	for (size_t i = 0; i < plan.n; i++) {
		TRY(save_row(op, &plan.v[i], form->document));
	}
	op->reference = NULL;
	op->location = url_with(op->arena, URL("/training/evidence"), "state", "verified");
	op->flash = arena_printf(op->arena, "Verified by the export: %lld, of which %lld had been claimed",
				 (long long)(plan.kinds[EXPORT_NEW] + plan.kinds[EXPORT_CLAIMED]),
				 (long long)plan.kinds[EXPORT_CLAIMED]);
	return NULL;
}

const struct operation preview_evidence = {
	.name = "preview-evidence",
	.label = "Check an e-learning export before it is saved",
	.permission = PERM_training_manage,
	.input = &export_form_record,
	.apply = preview,
	.flags = OP_NO_AUDIT | OP_SECRET_ANSWER,
	.max_upload = LIST_TEXT_MAX,
};
const struct operation import_evidence = {
	.name = "import-evidence",
	.label = "Record an e-learning export as evidence",
	.permission = PERM_training_manage,
	.input = &export_form_record,
	.apply = import,
	.max_upload = LIST_TEXT_MAX,
};
