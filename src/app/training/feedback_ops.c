/* Taking an answer. No audit entry, no idempotency record: each would say when somebody answered.
 */
#include "app/training/feedback.h"
#include "app/training/feedback.sql.h"
#include "app/training/session_count.sql.h"
#include "app/training/session_rules.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

struct url link_feedback(struct arena *a, const char *code)
{
	return url_path(a, "/f/{}", code);
}

static void check(struct op *op, const struct feedback_session *s, const struct feedback_form *form)
{
	switch (feedback_window(s->state, s->held_on, s->feedback_until, op->today)) {
	case FEEDBACK_NOT_YET:
		problem_add(op->arena, op->problems, NULL,
			    "Feedback for this session is not open yet");
		return;
	case FEEDBACK_ENDED:
		problem_add(op->arena, op->problems, NULL,
			    "Feedback for this session has ended. Thank you for wanting to "
			    "tell us");
		return;
	case FEEDBACK_OPEN:
		break;
	}
	if (feedback_is_empty(form)) {
		problem_add(op->arena, op->problems, "understanding",
			    "Answer at least one question");
	}
	if (s->answers >= feedback_most(s->places, s->people)) {
		problem_add(op->arena, op->problems, NULL,
			    "This session has all the answers it can take. Tell the trainer");
	}
}

/* Answers to the course's own questions; a word that is none of the scale is refused. */
static size_t take_own(struct op *op, const struct feedback_form *form, const struct own_questions *asked, int64_t feedback_id,
		       struct feedback_answer *out)
{
	size_t n = 0;

	for (size_t i = 0; i < asked->n; i++) {
		const struct course_question *q = &asked->v[i];
		const char *typed = feedback_own(form, q->number);
		const struct word *w = words_by_word(&agreement_words, typed);

		if (text_empty(typed)) {
			continue;
		}
		if (q->kind == QUESTION_AGREE && w == NULL) {
			problem_add(op->arena, op->problems, arena_printf(op->arena, "own_%lld", (long long)q->number),
				    "Select how far you agree");
			continue;
		}
		out[n++] = (struct feedback_answer){ .feedback_id = feedback_id,
						     .question_id = q->id,
						     .value = q->kind == QUESTION_AGREE ? w->code : 0,
						     .said = q->kind == QUESTION_AGREE ? "" : typed };
	}
	return n;
}

static struct err *give(struct op *op, const void *input)
{
	const struct feedback_form *form = input;
	const struct feedback_code_arg key = { op_path(op, "code") };
	struct feedback_session s;
	struct id_row same;
	struct own_questions asked;
	struct feedback_answer own[OWN_QUESTIONS];
	size_t n_own;
	bool found, sent_before;

	TRY(sql_feedback_session(op->arena, op->db, &key, &s, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no feedback form under this address");
	}
	const char *ticket =
		text_empty(form->ticket) ? world_reference(op->world, op->arena, 20) : form->ticket;
	const struct id_arg id = { feedback_id(op->arena, ticket, key.code) };

	/* Looked for first: the form that took the last place, sent twice, is not to hear that there is none. */
	TRY(sql_feedback_find(op->arena, op->db, &id, &same, &sent_before));
	TRY(course_version_questions(op->arena, op->db, s.version_id, &asked));
	n_own = take_own(op, form, &asked, id.id, own);
	if (!sent_before) {
		check(op, &s, form);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	const struct feedback row = {
		.id = id.id,
		.session_id = s.id,
		.submitted_on = op->today,
		.understanding = form->understanding,
		.confidence = form->confidence,
		.knows_referral = form->knows_referral,
		.knows_channel = form->knows_channel,
		.would_act = form->would_act,
		.trainer_quality = form->trainer_quality,
		.balance = form->balance,
		.confidence_before = s.asks_confidence ? form->confidence_before : 0,
		.confidence_after = s.asks_confidence ? form->confidence_after : 0,
		.comment = form->comment,
	};

	TRY(sql_feedback_add(op->db, &row, NULL));
	TRY(sql_session_tally_feedback(op->db, &row, NULL));
	for (size_t i = 0; i < n_own && !sent_before; i++) {
		TRY(sql_feedback_answer_add(op->db, &own[i], NULL));
	}
	op->location = url_path(op->arena, "/f/{}/thanks", key.code);
	return NULL;
}

const struct operation give_feedback = {
	.name = "give-feedback",
	.label = "Give feedback on a session",
	.permission = PERM_public,
	.input = &feedback_form_record,
	.apply = give,
	.flags = OP_NO_AUDIT | OP_ONCE,
};
