/* Writing and changing a note. */
#include "app/reporting/note.h"

#include "app/reporting/note.sql.h"
#include "base/arena.h"
#include "core/core.h"

static struct err *note_guard(struct op *op, const void *in)
{
	const struct note_input *input = in;

	note_check_figures(op->arena, "purpose", input->purpose, op->problems);
	note_check_figures(op->arena, "recommendations", input->recommendations, op->problems);
	note_check_figures(op->arena, "information", input->information, op->problems);
	return NULL;
}

static struct note_change note_change_of(const struct op *op, const char *reference,
					 const struct note_input *in)
{
	return (struct note_change){
		.authority_id = op->who->authority_id,
		.reference = reference,
		.addressed_to = in->addressed_to,
		.dated = in->dated,
		.subject = in->subject,
		.purpose = in->purpose,
		.recommendations = in->recommendations,
		.information = in->information,
		.background_papers = in->background_papers,
		.author = in->author,
	};
}

static struct err *note_add(struct op *op, const void *in)
{
	const char *reference = world_reference(op->world, op->arena, 5);
	struct note_change change = note_change_of(op, reference, in);

	TRY(sql_note_insert(op->db, &change, NULL));
	TRY(op_audit(op, "note", reference, &note_input_record, NULL, in));
	op->location = link_note(op->arena, reference);
	op->reference = reference;
	op->flash = "Note saved";
	return NULL;
}

static struct err *note_change(struct op *op, const void *in)
{
	struct reference_arg key = { op->who->authority_id, op_path(op, "note") };
	struct note_change change = note_change_of(op, key.reference, in);
	struct note was;
	struct note_input before;
	bool found;

	TRY(sql_note_find(op->arena, op->db, &key, &was, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no note %s.", key.reference);
	}
	TRY(op_expect_version(op, was.version));
	before = (struct note_input){ was.addressed_to, was.dated, was.subject, was.purpose,
				      was.recommendations, was.information, was.background_papers,
				      was.author };
	TRY(sql_note_update(op->db, &change, NULL));
	TRY(op_audit(op, "note", key.reference, &note_input_record, &before, in));
	op->location = link_note(op->arena, key.reference);
	op->reference = key.reference;
	op->flash = "Note saved";
	return NULL;
}

const struct operation op_add_note = {
	.name = "add-note",
	.label = "Write a note",
	.permission = PERM_note_write,
	.input = &note_input_record,
	.guard = note_guard,
	.apply = note_add,
};

const struct operation op_change_note = {
	.name = "change-note",
	.label = "Change the note",
	.permission = PERM_note_write,
	.input = &note_input_record,
	.guard = note_guard,
	.apply = note_change,
};

/* Nothing is changed: the form is shown again with the note as it will stand above it. */
static struct err *note_preview(struct op *op, const void *in)
{
	return NULL;
}

const struct operation op_preview_note = {
	.name = "preview-note",
	.label = "Preview",
	.permission = PERM_note_write,
	.input = &note_input_record,
	.guard = note_guard,
	.apply = note_preview,
	.flags = OP_NO_AUDIT | OP_SECRET_ANSWER,
};
