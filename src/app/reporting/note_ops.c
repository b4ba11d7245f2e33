/* Writing and changing a note. */
#include "app/reporting/note.sql.h"
#include "app/reporting/note_inside.h"
#include "app/reporting/placement.h"
#include "base/arena.h"
#include "core/core.h"
#include "work/search.h"

static struct err *note_guard(struct op *op, const void *in)
{
	const struct note *input = in;
	size_t n = 0;

	placements_check(op->arena, "purpose", input->purpose, &n, op->problems);
	placements_check(op->arena, "recommendations", input->recommendations, &n, op->problems);
	placements_check(op->arena, "information", input->information, &n, op->problems);
	placements_check(op->arena, "background_papers", input->background_papers, &n, op->problems);
	return NULL;
}

struct err *note_of_op(struct op *op, struct note *out)
{
	struct reference_arg key = { op->who->authority_id, op_path(op, "note") };
	bool found;

	TRY(sql_note_find(op->arena, op->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no note %s", key.reference);
}

static void say(struct op *op, const struct note *note)
{
	op->location = link_note(op->arena, note->reference);
	op->reference = note->reference;
	op->flash = "Note saved";
}

struct err *note_searchable(struct op *op, const struct note *n, bool is_new)
{
	const char *const texts[] = { n->subject, n->addressed_to, n->purpose, n->recommendations, n->information,
				      n->background_papers, NULL };

	return search_put(op->arena, op->db, n->authority_id, SEARCH_NOTE, &(struct search_thing){ n->id, texts, is_new }, 1);
}

static struct err *note_add(struct op *op, const void *in)
{
	struct note note = *(const struct note *)in;
	struct id_row row;

	note.authority_id = op->who->authority_id;
	note.reference = world_reference(op->world, op->arena, NOTE_REFERENCE);
	note.state = NOTE_DRAFT;
	TRY(sql_note_insert(op->arena, op->db, &note, &row));
	note.id = row.id;
	TRY(note_searchable(op, &note, true));
	say(op, &note);
	return op_audit(op, "note", note.reference, &note_record, NULL, &note);
}

static struct err *note_change(struct op *op, const void *in)
{
	const struct note *input = in;
	struct note before, after;

	TRY(note_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	if (note_move_fault(before.state, NOTE_MOVE_CHANGE) != NULL) {
		return ERR(ERR_CONFLICT, "%s", note_move_fault(before.state, NOTE_MOVE_CHANGE));
	}
	after = before;
	after.addressed_to = input->addressed_to;
	after.dated = input->dated;
	after.subject = input->subject;
	after.purpose = input->purpose;
	after.recommendations = input->recommendations;
	after.information = input->information;
	after.background_papers = input->background_papers;
	after.author = input->author;
	after.version++;
	TRY(sql_note_update(op->db, &after, NULL));
	TRY(note_searchable(op, &after, false));
	say(op, &after);
	return op_audit(op, "note", after.reference, &note_record, &before, &after);
}

const struct operation op_add_note = {
	.name = "add-note",
	.label = "Write a note",
	.permission = PERM_note_write,
	.input = &note_record,
	.guard = note_guard,
	.apply = note_add,
};

const struct operation op_change_note = {
	.name = "change-note",
	.label = "Change the note",
	.permission = PERM_note_write,
	.input = &note_record,
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
	.input = &note_record,
	.guard = note_guard,
	.apply = note_preview,
	.flags = OP_NO_AUDIT | OP_SECRET_ANSWER,
};
