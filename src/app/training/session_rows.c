/* Field tables of sessions, and how somebody stands to one. */
#include "app/training/session_rows.h"

#include "app/training/session_series.h"
#include "app/training/session.sql.h"
#include "app/training/course.sql.h"
#include "base/arena.h"
#include "core/core.h"

static const struct field session_fields[] = {
	FIELD(struct session, id, .flags = F_COMPUTED),
	FIELD(struct session, authority_id, .flags = F_COMPUTED),
	FIELD(struct session, reference, .label = "Reference", .flags = F_COMPUTED | F_REFERENCE),
	FIELD(struct session, course_id, .flags = F_COMPUTED),
	FIELD(struct session, course_reference, .flags = F_COMPUTED),
	FIELD(struct session, course, .label = "Course"),
	FIELD(struct session, starts_at, .label = "Date and time"),
	FIELD(struct session, held_on),
	FIELD(struct session, duration_minutes, .label = "Length in minutes"),
	FIELD(struct session, venue, .label = "Venue"),
	FIELD(struct session, host, .label = "Host organisation", .flags = F_NULLABLE),
	FIELD(struct session, host_urn, .label = "Host school (URN)", .flags = F_NULLABLE),
	FIELD(struct session, host_school, .flags = F_NULLABLE),
	FIELD(struct session, places, .label = "Places"),
	FIELD(struct session, trainer_id),
	FIELD(struct session, trainer_reference),
	FIELD(struct session, trainer, .label = "Trainer"),
	FIELD(struct session, state, .label = "State", .words = &session_state_words),
	FIELD(struct session, cancel_reason, .label = "Reason for cancelling",
	      .flags = F_NULLABLE | F_LONG),
	FIELD(struct session, feedback_code),
	FIELD(struct session, feedback_until, .label = "Feedback until", .flags = F_NULLABLE),
	FIELD(struct session, series_id, .flags = F_NULLABLE),
	FIELD(struct session, checkin_code, .flags = F_NULLABLE),
	FIELD(struct session, checkin_open, .label = "Check-in is open"),
	FIELD(struct session, version, .flags = F_COMPUTED),
	FIELD_END
};
RECORD(session, session_fields);

static const struct field session_arg_fields[] = {
	FIELD(struct session_arg, authority_id),
	FIELD(struct session_arg, session_id),
	FIELD_END
};
RECORD(session_arg, session_arg_fields);

static const struct field session_counts_fields[] = {
	FIELD(struct session_counts, booked),
	FIELD(struct session_counts, attended),
	FIELD(struct session_counts, part),
	FIELD(struct session_counts, no_show),
	FIELD(struct session_counts, apologies),
	FIELD(struct session_counts, unsettled),
	FIELD_END
};
RECORD(session_counts, session_counts_fields);

static const struct field relation_row_fields[] = {
	FIELD(struct relation_row, trainer_id),
	FIELD_END
};
RECORD(relation_row, relation_row_fields);

static const struct word dues[] = {
	{ DUE_TO_MARK, "to-mark", "Date passed, not marked as delivered", NULL },
	{ DUE_TO_CLOSE, "to-close", "Delivered, ready to close", NULL },
	{ DUE_FEEDBACK_ENDING, "feedback-ending", "Feedback ends within 3 days", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words session_due_words = { "session-due", dues };

static const struct field sessions_args_fields[] = {
	FIELD(struct sessions_args, authority_id),
	FIELD(struct sessions_args, own_user_id),
	FIELD(struct sessions_args, own_urn),
	FIELD(struct sessions_args, after_key),
	FIELD(struct sessions_args, after_id),
	FIELD(struct sessions_args, row_limit),
	FIELD(struct sessions_args, today),
	FIELD(struct sessions_args, soon),
	FIELD(struct sessions_args, state, .label = "State", .words = &session_state_words,
	      .flags = F_NULLABLE),
	FIELD(struct sessions_args, due, .label = "What is due", .words = &session_due_words,
	      .flags = F_NULLABLE),
	FIELD(struct sessions_args, from, .label = "From", .flags = F_NULLABLE),
	FIELD(struct sessions_args, to, .label = "To", .flags = F_NULLABLE),
	FIELD(struct sessions_args, course, .label = "Course", .choices = &course_filter_choices,
	      .flags = F_NULLABLE),
	FIELD(struct sessions_args, find, .label = "Course, venue or host", .flags = F_NULLABLE, .max = 100),
	FIELD(struct sessions_args, match, .flags = F_NULLABLE),
	FIELD(struct sessions_args, from_ms),
	FIELD(struct sessions_args, to_ms),
	FIELD_END
};
RECORD(sessions_args, sessions_args_fields);

static const struct field session_line_fields[] = {
	FIELD(struct session_line, id),
	FIELD(struct session_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct session_line, course, .label = "Course", .choices = &course_filter_choices),
	FIELD(struct session_line, starts_at, .label = "Date and time"),
	FIELD(struct session_line, venue, .label = "Venue"),
	FIELD(struct session_line, trainer, .label = "Trainer"),
	FIELD(struct session_line, people, .label = "People on the list"),
	FIELD(struct session_line, places, .label = "Places"),
	FIELD(struct session_line, state, .label = "State", .words = &session_state_words),
	FIELD_END
};
RECORD(session_line, session_line_fields);

static const struct field training_due_fields[] = {
	FIELD(struct training_due, to_mark),
	FIELD(struct training_due, to_close),
	FIELD(struct training_due, coming),
	FIELD(struct training_due, feedback_ending),
	FIELD_END
};
RECORD(training_due, training_due_fields);

static const struct field trainer_fields[] = {
	FIELD(struct trainer, id),
	FIELD(struct trainer, reference),
	FIELD(struct trainer, name),
	FIELD_END
};
RECORD(trainer, trainer_fields);

const struct choices course_choices = { &SQL_course_choices };
const struct choices course_filter_choices = { &SQL_course_filter_choices };
const struct choices trainer_choices = { &SQL_trainer_choices };

#define SHARED_FIELDS                                                                             \
	FIELD(struct session_form, starts_at, .label = "Date",                                     \
	      .hint = "For example, 27 3 2026, at 2:30pm", .flags = F_REQUIRED),                    \
	FIELD(struct session_form, duration_minutes, .label = "Length in minutes", .min = 10,      \
	      .max = 1440, .hint = "Leave empty to use the length of the course"),                 \
	FIELD(struct session_form, venue, .label = "Venue", .flags = F_REQUIRED,                   \
	      .hint = "An address, or the name of the online meeting service"),                    \
	FIELD(struct session_form, host, .label = "Host school or organisation",                   \
	      .hint = "Name or URN of a school, or the name of another organisation"),             \
	FIELD(struct session_form, places, .label = "Places", .min = 1, .max = 5000,               \
	      .flags = F_REQUIRED, .asks = "Enter how many places there are"),                     \
	FIELD(struct session_form, trainer, .label = "Trainer", .choices = &trainer_choices,       \
	      .flags = F_REQUIRED, .asks = "Select a trainer")

static const struct field session_form_fields[] = {
	FIELD(struct session_form, course, .label = "Course", .choices = &course_choices,
	      .flags = F_REQUIRED, .asks = "Select a course"),
	SHARED_FIELDS,
	FIELD(struct session_form, repeat, .label = "Does this session repeat?", .words = &repeat_words),
	FIELD(struct session_form, times, .label = "How many sessions in all", .max = SERIES_MAX,
	      .hint = "When it repeats: from 2 to 20, this one included"),
	FIELD(struct session_form, dates, .label = "Or list the further dates", .flags = F_LONG, .max = 1000,
	      .hint = "One date on each line, like 27/3/2026. Time, venue and trainer are the same"),
	FIELD_END
};
RECORD(session_form, session_form_fields);

/* A session keeps its course: whoever booked, booked that. */
static const struct field session_change_fields[] = {
	SHARED_FIELDS,
	FIELD(struct session_form, later, .label = "Change the later sessions of the series in the same way",
	      .hint = "Each keeps its date; time, length, venue, first host, places and trainer become those above"),
	FIELD_END
};
const struct record session_change_record = { .name = "session_change",
					      .size = sizeof(struct session_form),
					      .fields = session_change_fields };

static const struct field cancel_form_fields[] = {
	FIELD(struct cancel_form, reason, .label = "Why is the session cancelled?", .max = 500,
	      .hint = "Do not name people who are not staff", .flags = F_REQUIRED | F_LONG,
	      .asks = "Enter why the session is cancelled"),
	FIELD_END
};
RECORD(cancel_form, cancel_form_fields);

static const struct field feedback_until_form_fields[] = {
	FIELD(struct feedback_until_form, until, .label = "Last day for feedback",
	      .hint = "Leave empty for 14 days " "after the session"),
	FIELD_END
};
RECORD(feedback_until_form, feedback_until_form_fields);

/* ---- links ---- */

struct url link_session(struct arena *a, const char *reference)
{
	return url_path(a, "/training/sessions/{}", reference);
}

struct url link_course(struct arena *a, const char *reference)
{
	return url_path(a, "/training/courses/{}", reference);
}

struct url link_learner(struct arena *a, const char *reference)
{
	return url_path(a, "/training/learners/{}", reference);
}

struct url link_school_training(struct arena *a, int64_t urn)
{
	return url_path(a, "/schools/{}/training", arena_printf(a, "%lld", (long long)urn));
}

const char *session_host(struct arena *a, const struct session *s)
{
	return s->host_urn == 0
		       ? s->host
		       : arena_printf(a, "%s (%lld)", s->host_school, (long long)s->host_urn);
}

/* ---- finding ---- */

static struct err *find_session(struct arena *a, struct db *db, int64_t authority_id,
				const char *reference, struct session *out)
{
	struct reference_arg args = { .authority_id = authority_id, .reference = reference };
	bool found;

	TRY(sql_session_find(a, db, &args, out, &found));
	return found ? NULL
		     : ERR(ERR_NOT_FOUND, "There is no session with the reference %s", reference);
}

struct err *session_of_op(struct op *op, struct session *out)
{
	return find_session(op->arena, op->db, op->who->authority_id, op_path(op, "session"), out);
}

struct err *session_of_page(struct page *p, struct session *out)
{
	return find_session(p->arena, p->db, p->who->authority_id, page_path(p, "session"), out);
}

static struct err *relate(struct arena *a, struct db *db, const struct who *who,
			  const char *reference, enum relation *out)
{
	struct reference_arg args = { who->authority_id, reference };
	struct relation_row row;
	bool found;

	*out = RELATION_NONE;
	TRY(sql_session_relation(a, db, &args, &row, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no session with the reference %s", reference);
	}
	if (who->user_id != 0 && row.trainer_id == who->user_id) {
		*out = RELATION_OWN;
	}
	return NULL;
}

struct err *session_relate(struct page *p, enum relation *out)
{
	return relate(p->arena, p->db, p->who, page_path(p, "session"), out);
}

struct err *session_op_relate(struct op *op, enum relation *out)
{
	return relate(op->arena, op->db, op->who, op_path(op, "session"), out);
}
