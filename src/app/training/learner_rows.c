/* Field tables of learner pages. */
#include "app/training/learner.h"

#include "record/choices.h"

static const struct field learners_args_fields[] = {
	FIELD(struct learners_args, authority_id),
	FIELD(struct learners_args, own_user_id),
	FIELD(struct learners_args, own_urn),
	FIELD(struct learners_args, after_key),
	FIELD(struct learners_args, after_id),
	FIELD(struct learners_args, row_limit),
	FIELD(struct learners_args, match, .flags = F_NULLABLE),
	FIELD(struct learners_args, find, .label = "Name, job or organisation", .flags = F_PERSONAL | F_NULLABLE, .max = 100),
	FIELD(struct learners_args, sector, .label = "Sector", .words = &sector_words,
	      .flags = F_NULLABLE),
	FIELD(struct learners_args, audience, .label = "What they do", .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct learners_args, standing, .label = "Standing", .words = &standing_words, .flags = F_NULLABLE),
	FIELD(struct learners_args, agency, .label = "Agency", .choices = &agency_choices, .flags = F_NULLABLE),
	FIELD(struct learners_args, presence, .label = "Who is shown", .words = &presence_words),
	FIELD_END
};
RECORD(learners_args, learners_args_fields);

static const struct field learner_line_fields[] = {
	FIELD(struct learner_line, id),
	FIELD(struct learner_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct learner_line, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct learner_line, name_fold),
	FIELD(struct learner_line, job, .label = "Job", .flags = F_NULLABLE),
	FIELD(struct learner_line, sector, .label = "Sector", .words = &sector_words),
	FIELD(struct learner_line, establishment_urn, .label = "URN", .flags = F_NULLABLE),
	FIELD(struct learner_line, school, .label = "School", .flags = F_NULLABLE),
	FIELD(struct learner_line, organisation, .label = "Organisation", .flags = F_NULLABLE),
	FIELD(struct learner_line, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct learner_line, audience, .label = "What they do", .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct learner_line, standing, .label = "Standing", .words = &standing_words),
	FIELD(struct learner_line, ended_on, .label = "Left on", .flags = F_NULLABLE),
	FIELD(struct learner_line, email, .label = "Work email", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct learner_line, attended, .label = "Attended in full"),
	FIELD_END
};
RECORD(learner_line, learner_line_fields);

static const struct field learner_relation_args_fields[] = {
	FIELD(struct learner_relation_args, authority_id),
	FIELD(struct learner_relation_args, learner_id),
	FIELD(struct learner_relation_args, user_id),
	FIELD_END
};
RECORD(learner_relation_args, learner_relation_args_fields);

static const struct field missing_args_fields[] = {
	FIELD(struct missing_args, authority_id),
	FIELD(struct missing_args, own_user_id),
	FIELD(struct missing_args, own_urn),
	FIELD(struct missing_args, after_key),
	FIELD(struct missing_args, after_id),
	FIELD(struct missing_args, row_limit),
	FIELD_END
};
RECORD(missing_args, missing_args_fields);

static const struct field missing_line_fields[] = {
	FIELD(struct missing_line, id),
	FIELD(struct missing_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct missing_line, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct missing_line, name_fold),
	FIELD(struct missing_line, standing, .label = "Standing", .words = &standing_words),
	FIELD(struct missing_line, no_email),
	FIELD(struct missing_line, no_place),
	FIELD(struct missing_line, no_job),
	FIELD(struct missing_line, no_sector),
	FIELD(struct missing_line, no_audience),
	FIELD(struct missing_line, no_outcome),
	FIELD_END
};
RECORD(missing_line, missing_line_fields);

static const struct field school_session_fields[] = {
	FIELD(struct school_session, id),
	FIELD(struct school_session, reference),
	FIELD(struct school_session, course),
	FIELD(struct school_session, held_on),
	FIELD(struct school_session, attended),
	FIELD(struct school_session, state, .words = &session_state_words),
	FIELD_END
};
RECORD(school_session, school_session_fields);

static const struct field school_learner_fields[] = {
	FIELD(struct school_learner, id),
	FIELD(struct school_learner, reference),
	FIELD(struct school_learner, name, .flags = F_PERSONAL),
	FIELD(struct school_learner, name_fold),
	FIELD(struct school_learner, job, .flags = F_NULLABLE),
	FIELD(struct school_learner, trained_on, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(school_learner, school_learner_fields);
