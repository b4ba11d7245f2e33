/* A note along its states (domain reference 3.11): reviewed, signed off with its figures, published, corrected. */
#include "app/reporting/note.sql.h"
#include "app/reporting/note_inside.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* The note as it is and as it is to be; a problem when there is no such move. */
static struct err *move_begin(struct op *op, enum note_move move, struct note *before, struct note *after)
{
	const char *fault;

	TRY(note_of_op(op, before));
	TRY(op_expect_version(op, before->version));
	fault = note_move_fault(before->state, move);
	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
	}
	*after = *before;
	after->state = note_after(before->state, move);
	after->version++;
	return NULL;
}

static struct err *move_end(struct op *op, const struct note *before, const struct note *after, const char *flash)
{
	TRY(sql_note_move(op->db, after, NULL));
	op->location = link_note(op->arena, after->reference);
	op->reference = after->reference;
	op->flash = flash;
	return op_audit(op, "note", after->reference, &note_record, before, after);
}

static struct err *review(struct op *op, const void *in)
{
	struct note before, after;

	TRY(move_begin(op, NOTE_MOVE_REVIEW, &before, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	after.remark = NULL;
	return move_end(op, &before, &after, "Note sent for review");
}

static struct err *return_to_draft(struct op *op, const void *in)
{
	struct note before, after;

	TRY(move_begin(op, NOTE_MOVE_RETURN, &before, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	after.remark = ((const struct note_return *)in)->remark;
	return move_end(op, &before, &after, "Note returned to draft");
}

/* ---- sign-off ---- */

static bool has_figure(const struct note_figures *figures, const struct placement *placement, const char **unknown_out)
{
	struct period periods[CHART_POINTS_MAX];
	size_t n = placement_points(placement, periods);

	*unknown_out = NULL;
	for (size_t i = 0; i < n; i++) {
		const struct note_figure *f = note_figure_at(figures, placement->name, periods[i]);

		if (f == NULL) {
			return false;
		}
		if (!f->known) {
			*unknown_out = f->label;
		}
	}
	return true;
}

/* A month of a chart without anything to count says so in its place; a sentence cannot. */
static void check_text(struct arena *a, const char *text, const struct note_figures *figures, struct problems *problems)
{
	const char *inside, *rest = text, *unknown;
	struct placement placement;

	while (placement_next(a, rest, &inside, &rest) != NULL) {
		const char *why = placement_new_fault(a, inside, &placement);

		if (why != NULL) {
			problem_add(a, problems, NULL, "%s", why);
		} else if (!has_figure(figures, &placement, &unknown)) {
			problem_add(a, problems, NULL, "The figure {{%s}} could not be measured. Take it out", inside);
		} else if (unknown != NULL && placement.kind != PLACE_CHART) {
			problem_add(a, problems, NULL,
				    "%s has nothing to count in {{%s}}. Choose another period or take it out", unknown, inside);
		}
	}
}

void note_sign_check(struct arena *a, const struct note *note, const struct note_figures *figures,
		     struct problems *problems)
{
	if (text_empty(note->background_papers)) {
		problem_add(a, problems, NULL,
			    "List the background papers, or write None, before the note is signed off");
	}
	check_text(a, note->purpose, figures, problems);
	check_text(a, note->recommendations, figures, problems);
	check_text(a, note->information, figures, problems);
	check_text(a, note->background_papers, figures, problems);
}

static struct err *keep_figures(struct op *op, const struct note *note, struct note_figures *figures)
{
	for (size_t i = 0; i < figures->n; i++) {
		figures->v[i].note_id = note->id;
		TRY(sql_note_figure_keep(op->db, &figures->v[i], NULL));
	}
	return NULL;
}

/* Measured and kept in the transaction that signs: what the note says is what the store said at that moment. */
static struct err *sign(struct op *op, const void *in)
{
	struct figure_call call = { .arena = op->arena, .db = op->db, .authority_id = op->who->authority_id };
	struct note_figures figures;
	struct note before, after;

	TRY(move_begin(op, NOTE_MOVE_SIGN, &before, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	if (!((const struct note_sign *)in)->checked) {
		problem_add(op->arena, op->problems, "checked",
			    "Confirm that you have read the note and that it identifies nobody who was trained");
	}
	TRY(note_figures_measure(&call, op->now, &before, &figures));
	note_sign_check(op->arena, &before, &figures, op->problems);
	if (op->problems->n > 0) {
		return NULL;
	}
	after.signed_by = op->who->name;
	after.signed_at = op->now;
	TRY(keep_figures(op, &after, &figures));
	return move_end(op, &before, &after, "Note signed off. Its figures stay as they are now");
}

/* ---- out ---- */

static struct err *publish(struct op *op, const void *in)
{
	struct note before, after;

	TRY(move_begin(op, NOTE_MOVE_PUBLISH, &before, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	after.released_on = op->today;
	return move_end(op, &before, &after, "Note published");
}

static struct err *exempt(struct op *op, const void *in)
{
	struct note before, after;

	TRY(move_begin(op, NOTE_MOVE_EXEMPT, &before, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	after.released_on = op->today;
	after.exempt_under = ((const struct note_exempt *)in)->paragraph;
	return move_end(op, &before, &after, "Note made exempt. Only those who write notes see it");
}

/* A draft with the same text that points to the note whose place it takes. */
static struct err *correct(struct op *op, const void *in)
{
	struct note before, after, next;
	struct id_row row;

	TRY(move_begin(op, NOTE_MOVE_CORRECT, &before, &after));
	if (op->problems->n == 0 && !text_empty(before.corrected_by)) {
		problem_add(op->arena, op->problems, NULL, "There is a new version of this note already: %s",
			    before.corrected_by);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	next = (struct note){
		.authority_id = before.authority_id,
		.reference = world_reference(op->world, op->arena, NOTE_REFERENCE),
		.addressed_to = before.addressed_to,
		.dated = op->today,
		.subject = before.subject,
		.purpose = before.purpose,
		.recommendations = before.recommendations,
		.information = before.information,
		.background_papers = before.background_papers,
		.author = before.author,
		.state = NOTE_DRAFT,
		.corrects_id = before.id,
		.corrects = before.reference,
	};
	TRY(sql_note_insert(op->arena, op->db, &next, &row));
	next.id = row.id;
	TRY(note_searchable(op, &next, true));
	op->location = link_note(op->arena, next.reference);
	op->reference = next.reference;
	op->flash = "New version made. It is a draft";
	return op_audit(op, "note", next.reference, &note_record, NULL, &next);
}

#define MOVE(id, verb, words, record, run)                                                                             \
	const struct operation op_##id##_note = {                                                                      \
		.name = verb, .label = words, .permission = PERM_note_write, .input = (record), .apply = (run),        \
	}
MOVE(review, "send-note-for-review", "Send for review", NULL, review);
MOVE(return, "return-note", "Return to draft", &note_return_record, return_to_draft);
MOVE(sign, "sign-off-note", "Sign off", &note_sign_record, sign);
MOVE(publish, "publish-note", "Publish", NULL, publish);
MOVE(exempt, "exempt-note", "Make exempt", &note_exempt_record, exempt);
MOVE(correct, "correct-note", "Make a new version", NULL, correct);
