/* Taking an answer. No audit entry, no idempotency record: each would say when somebody answered.
 */
#include "app/training/feedback.h"
#include "app/training/feedback.sql.h"
#include "app/training/session_rules.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

static const struct field feedback_fields[] = {
	FIELD(struct feedback, id),
	FIELD(struct feedback, session_id),
	FIELD(struct feedback, submitted_on),
	FIELD(struct feedback, understanding, .flags = F_NULLABLE),
	FIELD(struct feedback, confidence, .flags = F_NULLABLE),
	FIELD(struct feedback, knows_referral, .flags = F_NULLABLE),
	FIELD(struct feedback, knows_channel, .flags = F_NULLABLE),
	FIELD(struct feedback, would_act, .flags = F_NULLABLE),
	FIELD(struct feedback, trainer_quality, .flags = F_NULLABLE),
	FIELD(struct feedback, balance, .flags = F_NULLABLE),
	FIELD(struct feedback, comment, .flags = F_NULLABLE | F_LONG),
	FIELD_END
};
RECORD(feedback, feedback_fields);

/* The statements: core items of the domain reference, 4.11. */
static const struct field feedback_form_fields[] = {
	FIELD(struct feedback_form, understanding, .words = &agreement_words,
	      .label = "I have a better understanding of how Prevent fits my day-to-day job"),
	FIELD(struct feedback_form, confidence, .words = &agreement_words,
	      .label = "I am confident that I would recognise when somebody may be at risk"),
	FIELD(struct feedback_form, knows_referral, .words = &agreement_words,
	      .label = "I know how to make a referral"),
	FIELD(struct feedback_form, knows_channel, .words = &agreement_words,
	      .label = "I know what Channel is"),
	FIELD(struct feedback_form, would_act, .words = &agreement_words,
	      .label = "I would act if I were worried about somebody"),
	FIELD(struct feedback_form, trainer_quality, .words = &agreement_words,
	      .label = "The trainer delivered the session well"),
	FIELD(struct feedback_form, balance, .words = &agreement_words,
	      .label = "The session was balanced across different ideologies"),
	FIELD(struct feedback_form, comment, .label = "Is there anything else you want to say?",
	      .max = 2000, .flags = F_LONG),
	FIELD(struct feedback_form, ticket, .max = 40, .flags = F_HIDDEN),
	FIELD_END
};
RECORD(feedback_form, feedback_form_fields);

static const struct field feedback_code_arg_fields[] = {
	FIELD(struct feedback_code_arg, code),
	FIELD_END
};
RECORD(feedback_code_arg, feedback_code_arg_fields);

static const struct field feedback_session_fields[] = {
	FIELD(struct feedback_session, id),
	FIELD(struct feedback_session, reference),
	FIELD(struct feedback_session, course),
	FIELD(struct feedback_session, held_on),
	FIELD(struct feedback_session, state, .words = &session_state_words),
	FIELD(struct feedback_session, feedback_until, .flags = F_NULLABLE),
	FIELD(struct feedback_session, places),
	FIELD(struct feedback_session, people),
	FIELD(struct feedback_session, answers),
	FIELD_END
};
RECORD(feedback_session, feedback_session_fields);

static const struct field feedback_totals_fields[] = {
	FIELD(struct feedback_totals, answers),
	FIELD(struct feedback_totals, understanding),
	FIELD(struct feedback_totals, understanding_agree),
	FIELD(struct feedback_totals, confidence),
	FIELD(struct feedback_totals, confidence_agree),
	FIELD(struct feedback_totals, knows_referral),
	FIELD(struct feedback_totals, knows_referral_agree),
	FIELD(struct feedback_totals, knows_channel),
	FIELD(struct feedback_totals, knows_channel_agree),
	FIELD(struct feedback_totals, would_act),
	FIELD(struct feedback_totals, would_act_agree),
	FIELD(struct feedback_totals, trainer_quality),
	FIELD(struct feedback_totals, trainer_quality_agree),
	FIELD(struct feedback_totals, balance),
	FIELD(struct feedback_totals, balance_agree),
	FIELD_END
};
RECORD(feedback_totals, feedback_totals_fields);

static const struct field feedback_comment_fields[] = {
	FIELD(struct feedback_comment, id),
	FIELD(struct feedback_comment, comment, .flags = F_LONG),
	FIELD_END
};
RECORD(feedback_comment, feedback_comment_fields);

struct url link_feedback(struct arena *a, const char *code)
{
	return url_path(a, "/f/{}", code);
}

const char *feedback_address(const struct page *p, const char *code)
{
	const char *path = link_feedback(p->arena, code).s;

	if (!text_empty(p->settings->public_address)) {
		return arena_printf(p->arena, "%s%s", p->settings->public_address, path);
	}
	return text_empty(p->request->host)
		       ? path
		       : arena_printf(p->arena, "http://%s%s", p->request->host, path);
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

static struct err *give(struct op *op, const void *input)
{
	const struct feedback_form *form = input;
	const struct feedback_code_arg key = { op_path(op, "code") };
	struct feedback_session s;
	struct id_row same;
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
		.comment = form->comment,
	};

	TRY(sql_feedback_add(op->db, &row, NULL));
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
