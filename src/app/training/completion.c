/* What people completed, worked out anew from attendance and evidence. */
#include "app/training/completion.h"

#include "app/training/completion.sql.h"
#include "app/training/need.h"
#include "app/training/session_rows.h"

static const struct field learner_arg_fields[] = {
	FIELD(struct learner_arg, authority_id),
	FIELD(struct learner_arg, learner_id),
	FIELD_END
};
RECORD(learner_arg, learner_arg_fields);

static const struct field completion_fields[] = {
	FIELD(struct completion, completed_on),
	FIELD_END
};
RECORD(completion, completion_fields);

static const struct field completion_wrong_fields[] = {
	FIELD(struct completion_wrong, learner),
	FIELD(struct completion_wrong, course),
	FIELD_END
};
RECORD(completion_wrong, completion_wrong_fields);

struct err *completion_of_session(struct op *op, int64_t session_id)
{
	struct session_arg args = { op->who->authority_id, session_id };

	TRY(sql_completion_clear_session(op->db, &args, NULL));
	TRY(sql_completion_fill_session(op->db, &args, NULL));
	return need_of_session(op, session_id);
}

struct err *completion_of_learner(struct op *op, int64_t learner_id)
{
	struct learner_arg args = { op->who->authority_id, learner_id };

	TRY(sql_completion_clear_learner(op->db, &args, NULL));
	TRY(sql_completion_fill_learner(op->db, &args, NULL));
	return need_of_learner(op, learner_id);
}
