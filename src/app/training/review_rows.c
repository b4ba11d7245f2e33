/* Field tables of quality reviews, and how somebody stands to one. */
#include "app/training/course.sql.h"
#include "app/training/review.h"
#include "app/training/review.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field review_fields[] = {
	FIELD(struct review, id, .flags = F_COMPUTED),
	FIELD(struct review, authority_id, .flags = F_COMPUTED),
	FIELD(struct review, reference, .label = "Reference", .flags = F_COMPUTED | F_REFERENCE),
	FIELD(struct review, subject, .label = "What is reviewed", .words = &review_subject_words),
	FIELD(struct review, session_id, .flags = F_NULLABLE),
	FIELD(struct review, session_reference, .label = "Session", .flags = F_NULLABLE | F_REFERENCE),
	FIELD(struct review, session_course, .flags = F_NULLABLE),
	FIELD(struct review, session_held_on, .flags = F_NULLABLE),
	FIELD(struct review, trainer_id, .flags = F_NULLABLE),
	FIELD(struct review, trainer, .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct review, reviewed_id, .flags = F_NULLABLE),
	FIELD(struct review, course_id, .flags = F_NULLABLE),
	FIELD(struct review, course_reference, .flags = F_NULLABLE),
	FIELD(struct review, course, .label = "Course", .flags = F_NULLABLE),
	FIELD(struct review, package, .label = "Package", .flags = F_NULLABLE),
	FIELD(struct review, establishment_urn, .label = "URN", .flags = F_NULLABLE),
	FIELD(struct review, school, .flags = F_NULLABLE),
	FIELD(struct review, reviewer_id),
	FIELD(struct review, reviewer_reference, .label = "Reviewer", .flags = F_REFERENCE),
	FIELD(struct review, reviewer, .flags = F_PERSONAL),
	FIELD(struct review, opened_on, .label = "Opened"),
	FIELD(struct review, state, .label = "State", .words = &review_state_words),
	FIELD(struct review, method, .label = "How it was looked at", .words = &review_method_words,
	      .flags = F_NULLABLE),
	FIELD(struct review, access, .label = "Access to the material", .words = &review_access_words,
	      .flags = F_NULLABLE),
	FIELD(struct review, requested_on, .label = "Asked for", .flags = F_NULLABLE),
	FIELD(struct review, seen_on, .label = "Seen or refused", .flags = F_NULLABLE),
	FIELD(struct review, refusal, .label = "What was said", .flags = F_NULLABLE | F_LONG),
	FIELD(struct review, rubric_id, .flags = F_NULLABLE),
	FIELD(struct review, rubric, .label = "Version of the rubric", .flags = F_NULLABLE),
	FIELD(struct review, case_studies, .label = "Case studies used", .words = &review_case_words,
	      .flags = F_NULLABLE),
	FIELD(struct review, overall, .label = "Overall", .words = &review_grade_words, .flags = F_NULLABLE),
	FIELD(struct review, rated_on, .label = "Rated", .flags = F_NULLABLE),
	FIELD(struct review, summary, .label = "Reasons", .flags = F_NULLABLE | F_LONG),
	FIELD(struct review, actions, .label = "What is to be done", .flags = F_NULLABLE | F_LONG),
	FIELD(struct review, follow_up_on, .label = "Follow up", .flags = F_NULLABLE),
	FIELD(struct review, done, .label = "What was done", .flags = F_NULLABLE | F_LONG),
	FIELD(struct review, done_on, .label = "Finished", .flags = F_NULLABLE),
	FIELD(struct review, version, .flags = F_COMPUTED),
	FIELD_END
};
RECORD(review, review_fields);

static const struct field reviews_args_fields[] = {
	FIELD(struct reviews_args, authority_id),
	FIELD(struct reviews_args, own_user_id),
	FIELD(struct reviews_args, own_urn),
	FIELD(struct reviews_args, after_key),
	FIELD(struct reviews_args, after_id),
	FIELD(struct reviews_args, row_limit),
	FIELD(struct reviews_args, today),
	FIELD(struct reviews_args, subject, .label = "What is reviewed", .words = &review_subject_words,
	      .flags = F_NULLABLE),
	FIELD(struct reviews_args, state, .label = "State", .words = &review_state_words, .flags = F_NULLABLE),
	FIELD(struct reviews_args, access, .label = "Access to the material", .words = &review_access_words,
	      .flags = F_NULLABLE),
	FIELD(struct reviews_args, due, .label = "How far it is", .words = &review_due_words, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(reviews_args, reviews_args_fields);

static const struct field review_line_fields[] = {
	FIELD(struct review_line, id),
	FIELD(struct review_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct review_line, subject, .label = "What is reviewed", .words = &review_subject_words),
	FIELD(struct review_line, course, .label = "Course", .flags = F_NULLABLE),
	FIELD(struct review_line, held_on, .label = "Held on", .flags = F_NULLABLE),
	FIELD(struct review_line, trainer, .label = "Trainer", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct review_line, package, .label = "Package", .flags = F_NULLABLE),
	FIELD(struct review_line, school, .label = "School", .flags = F_NULLABLE),
	FIELD(struct review_line, reviewer, .label = "Reviewer", .flags = F_PERSONAL),
	FIELD(struct review_line, opened_on, .label = "Opened"),
	FIELD(struct review_line, state, .label = "State", .words = &review_state_words),
	FIELD(struct review_line, access, .label = "Access to the material", .words = &review_access_words,
	      .flags = F_NULLABLE),
	FIELD(struct review_line, overall, .label = "Overall", .words = &review_grade_words, .flags = F_NULLABLE),
	FIELD(struct review_line, follow_up_on, .label = "Follow up", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(review_line, review_line_fields);

static const struct field review_counts_fields[] = {
	FIELD(struct review_counts, open),
	FIELD(struct review_counts, refused),
	FIELD(struct review_counts, rated),
	FIELD(struct review_counts, good),
	FIELD(struct review_counts, follow_up),
	FIELD_END
};
RECORD(review_counts, review_counts_fields);

static const struct field reviewer_fields[] = {
	FIELD(struct reviewer, id),
	FIELD(struct reviewer, reference),
	FIELD(struct reviewer, name),
	FIELD_END
};
RECORD(reviewer, reviewer_fields);

static const struct field user_arg_fields[] = {
	FIELD(struct user_arg, authority_id),
	FIELD(struct user_arg, user_id),
	FIELD_END
};
RECORD(user_arg, user_arg_fields);

static const struct field reviewed_trainer_fields[] = {
	FIELD(struct reviewed_trainer, id),
	FIELD(struct reviewed_trainer, user_id, .flags = F_NULLABLE),
	FIELD(struct reviewed_trainer, name),
	FIELD_END
};
RECORD(reviewed_trainer, reviewed_trainer_fields);

/* ---- forms ---- */

static const struct choices reviewer_choices = { &SQL_reviewer_choices };
static const struct choices reviewed_trainer_choices = { &SQL_reviewed_trainer_choices };
static const struct choices reviewed_course_choices = { &SQL_course_filter_choices };

#define REVIEWER(type)                                                                                                \
	FIELD(type, reviewer, .label = "Reviewer", .choices = &reviewer_choices,                                       \
	      .hint = "Somebody else than who gives the training", .flags = F_REQUIRED, .asks = "Select the reviewer")

static const struct field session_review_form_fields[] = {
	FIELD(struct review_open, session, .label = "Reference of the session", .max = 10,
	      .hint = "Six characters; it stands on the session’s page", .flags = F_REQUIRED | F_REFERENCE,
	      .asks = "Enter the reference of the session"),
	REVIEWER(struct review_open),
	FIELD_END
};
const struct record session_review_form_record = { .name = "session_review_form",
						   .size = sizeof(struct review_open),
						   .fields = session_review_form_fields };

static const struct field trainer_review_form_fields[] = {
	FIELD(struct review_open, trainer, .label = "Trainer", .choices = &reviewed_trainer_choices,
	      .flags = F_REQUIRED, .asks = "Select the trainer"),
	REVIEWER(struct review_open),
	FIELD_END
};
const struct record trainer_review_form_record = { .name = "trainer_review_form",
						   .size = sizeof(struct review_open),
						   .fields = trainer_review_form_fields };

static const struct field package_review_form_fields[] = {
	FIELD(struct review_open, course, .label = "Course", .choices = &reviewed_course_choices,
	      .hint = "When it is one of the catalogue here"),
	FIELD(struct review_open, package, .label = "Name of the package",
	      .hint = "When a school or another body uses material of its own"),
	FIELD(struct review_open, school, .label = "School that uses it", .hint = "Name or URN"),
	REVIEWER(struct review_open),
	FIELD_END
};
const struct record package_review_form_record = { .name = "package_review_form",
						   .size = sizeof(struct review_open),
						   .fields = package_review_form_fields };

static const struct field review_request_form_fields[] = {
	FIELD(struct review_request_form, requested_on, .label = "When did you ask?", .flags = F_REQUIRED,
	      .asks = "Enter the day on which you asked"),
	FIELD_END
};
RECORD(review_request_form, review_request_form_fields);

static const struct field review_seen_form_fields[] = {
	FIELD(struct review_seen_form, method, .label = "How did you look at the training?",
	      .words = &review_method_words, .flags = F_REQUIRED, .asks = "Select how you looked at the training"),
	FIELD(struct review_seen_form, access, .label = "How much of the material could you see?",
	      .words = &review_seen_words, .flags = F_REQUIRED, .asks = "Select how much you could see"),
	FIELD(struct review_seen_form, seen_on, .label = "When did you see it?", .flags = F_REQUIRED,
	      .asks = "Enter the day on which you saw it"),
	FIELD_END
};
RECORD(review_seen_form, review_seen_form_fields);

static const struct field review_refused_form_fields[] = {
	FIELD(struct review_refused_form, seen_on, .label = "When was access refused?", .flags = F_REQUIRED,
	      .asks = "Enter the day on which access was refused"),
	FIELD(struct review_refused_form, refusal, .label = "What was said?", .max = 2000,
	      .flags = F_REQUIRED | F_LONG, .asks = "Enter what was said"),
	FIELD_END
};
RECORD(review_refused_form, review_refused_form_fields);

static const struct field review_rate_form_fields[] = {
	FIELD(struct review_rate_form, rubric, .min = 1, .max = 100000), /* drawn by the page: always that of the form shown */
	FIELD(struct review_rate_form, forms, .label = "Which forms of extremism does the material cover?",
	      .words = &extremism_words, .flags = F_REQUIRED, .asks = "Select what the material covers"),
	FIELD(struct review_rate_form, case_studies, .label = "Are case studies used?", .words = &review_case_words,
	      .flags = F_REQUIRED, .asks = "Select whether case studies are used"),
	FIELD(struct review_rate_form, overall, .label = "Overall", .words = &review_grade_words,
	      .hint = "Your own judgement; it is not worked out from the ratings above", .flags = F_REQUIRED,
	      .asks = "Select your overall rating"),
	FIELD(struct review_rate_form, summary, .label = "Reasons", .max = 4000,
	      .hint = "What was good, and what was not", .flags = F_REQUIRED | F_LONG,
	      .asks = "Enter your reasons"),
	FIELD(struct review_rate_form, actions, .label = "What is to be done", .max = 4000, .flags = F_LONG),
	FIELD(struct review_rate_form, follow_up_on, .label = "When to look again"),
	FIELD_END
};
RECORD(review_rate_form, review_rate_form_fields);

static const struct field review_done_form_fields[] = {
	FIELD(struct review_done_form, done, .label = "What was done?", .max = 4000, .flags = F_REQUIRED | F_LONG,
	      .asks = "Enter what was done"),
	FIELD_END
};
RECORD(review_done_form, review_done_form_fields);

static const struct field reviewer_form_fields[] = { REVIEWER(struct reviewer_form), FIELD_END };
RECORD(reviewer_form, reviewer_form_fields);

/* ---- finding ---- */

struct url link_review(struct arena *a, const char *reference)
{
	return url_path(a, "/training/reviews/{}", reference);
}

const char *review_title(struct arena *a, const struct review *r)
{
	switch (r->subject) {
	case REVIEW_SESSION:
		return arena_printf(a, "%s, %s", r->session_course, date_long(a, r->session_held_on));
	case REVIEW_TRAINER:
		return r->trainer;
	default:
		return text_empty(r->package) ? r->course : r->package;
	}
}

static struct err *find(struct arena *a, struct db *db, int64_t authority_id, const char *reference,
			struct review *out)
{
	const struct reference_arg key = { authority_id, reference };
	bool found;

	TRY(sql_review_find(a, db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no quality review with the reference %s", reference);
}

struct err *review_of_op(struct op *op, struct review *out)
{
	return find(op->arena, op->db, op->who->authority_id, op_path(op, "review"), out);
}

struct err *review_of_page(struct page *p, struct review *out)
{
	return find(p->arena, p->db, p->who->authority_id, page_path(p, "review"), out);
}

struct err *review_relate(struct page *p, enum relation *out)
{
	struct review r;

	TRY(review_of_page(p, &r));
	bool own = p->who->user_id != 0 && r.reviewed_id == p->who->user_id && !review_is_open(r.state);

	*out = own ? RELATION_OWN : RELATION_NONE;
	return NULL;
}
