/* Field tables of feedback. */
#include "app/training/feedback.h"

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
	FIELD(struct feedback, confidence_before, .flags = F_NULLABLE),
	FIELD(struct feedback, confidence_after, .flags = F_NULLABLE),
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
	FIELD(struct feedback_form, confidence_before, .words = &confidence_words,
	      .label = "Before the session, how confident were you that you would know what to do?"),
	FIELD(struct feedback_form, confidence_after, .words = &confidence_words,
	      .label = "And now, after the session?"),
	FIELD(struct feedback_form, own_1, .max = 2000, .flags = F_LONG),
	FIELD(struct feedback_form, own_2, .max = 2000, .flags = F_LONG),
	FIELD(struct feedback_form, own_3, .max = 2000, .flags = F_LONG),
	FIELD(struct feedback_form, own_4, .max = 2000, .flags = F_LONG),
	FIELD(struct feedback_form, own_5, .max = 2000, .flags = F_LONG),
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
	FIELD(struct feedback_session, version_id),
	FIELD(struct feedback_session, asks_confidence),
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

static const struct field feedback_answer_fields[] = {
	FIELD(struct feedback_answer, feedback_id),
	FIELD(struct feedback_answer, question_id),
	FIELD(struct feedback_answer, value, .flags = F_NULLABLE),
	FIELD(struct feedback_answer, said, .flags = F_NULLABLE | F_LONG),
	FIELD_END
};
RECORD(feedback_answer, feedback_answer_fields);

static const struct field own_args_fields[] = {
	FIELD(struct own_args, session_id),
	FIELD(struct own_args, version_id),
	FIELD_END
};
RECORD(own_args, own_args_fields);

static const struct field own_total_fields[] = {
	FIELD(struct own_total, id),
	FIELD(struct own_total, number),
	FIELD(struct own_total, kind, .words = &question_kind_words),
	FIELD(struct own_total, wording),
	FIELD(struct own_total, answers),
	FIELD(struct own_total, agree),
	FIELD_END
};
RECORD(own_total, own_total_fields);

static const struct field own_said_fields[] = {
	FIELD(struct own_said, question_id),
	FIELD(struct own_said, said, .flags = F_LONG),
	FIELD_END
};
RECORD(own_said, own_said_fields);

static const struct field confidence_pair_fields[] = {
	FIELD(struct confidence_pair, before),
	FIELD(struct confidence_pair, after),
	FIELD(struct confidence_pair, n),
	FIELD_END
};
RECORD(confidence_pair, confidence_pair_fields);

static const struct field pool_args_fields[] = {
	FIELD(struct pool_args, authority_id),
	FIELD(struct pool_args, course_id),
	FIELD(struct pool_args, trainer_id),
	FIELD(struct pool_args, from),
	FIELD(struct pool_args, to),
	FIELD(struct pool_args, shown_from),
	FIELD_END
};
RECORD(pool_args, pool_args_fields);

static const struct field pool_base_fields[] = {
	FIELD(struct pool_base, sessions),
	FIELD(struct pool_base, shown),
	FIELD(struct pool_base, answers),
	FIELD(struct pool_base, came),
	FIELD_END
};
RECORD(pool_base, pool_base_fields);
