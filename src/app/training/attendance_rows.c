/* Field tables of attendance and learners. */
#include "app/training/attendance.h"
#include "app/training/list_import.h"

static const struct field attendance_fields[] = {
	FIELD(struct attendance, id),
	FIELD(struct attendance, session_id),
	FIELD(struct attendance, learner_id),
	FIELD(struct attendance, state, .label = "Attendance", .words = &attendance_state_words),
	FIELD(struct attendance, establishment_urn, .label = "School on that day (URN)",
	      .flags = F_NULLABLE),
	FIELD(struct attendance, sector, .label = "Sector on that day", .words = &sector_words),
	FIELD(struct attendance, arrived_at, .label = "Arrived", .flags = F_NULLABLE),
	FIELD(struct attendance, left_at, .label = "Left before the end", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(attendance, attendance_fields);

static const struct field attendance_arg_fields[] = {
	FIELD(struct attendance_arg, session_id),
	FIELD(struct attendance_arg, learner_id),
	FIELD_END
};
RECORD(attendance_arg, attendance_arg_fields);

static const struct field people_args_fields[] = {
	FIELD(struct people_args, authority_id),
	FIELD(struct people_args, session_id),
	FIELD(struct people_args, waiting),
	FIELD(struct people_args, after, .flags = F_NULLABLE),
	FIELD(struct people_args, row_limit),
	FIELD_END
};
RECORD(people_args, people_args_fields);

static const struct field attendance_line_fields[] = {
	FIELD(struct attendance_line, id),
	FIELD(struct attendance_line, learner, .flags = F_REFERENCE),
	FIELD(struct attendance_line, name, .flags = F_PERSONAL),
	FIELD(struct attendance_line, name_fold, .flags = F_PERSONAL),
	FIELD(struct attendance_line, email, .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct attendance_line, job, .flags = F_NULLABLE),
	FIELD(struct attendance_line, sector, .words = &sector_words),
	FIELD(struct attendance_line, establishment_urn, .flags = F_NULLABLE),
	FIELD(struct attendance_line, school, .flags = F_NULLABLE),
	FIELD(struct attendance_line, organisation, .flags = F_NULLABLE),
	FIELD(struct attendance_line, state, .words = &attendance_state_words),
	FIELD(struct attendance_line, arrived_at, .flags = F_NULLABLE),
	FIELD(struct attendance_line, left_at, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(attendance_line, attendance_line_fields);

static const struct field learner_fields[] = {
	FIELD(struct learner, id),
	FIELD(struct learner, authority_id),
	FIELD(struct learner, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct learner, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct learner, name_fold, .flags = F_PERSONAL),
	FIELD(struct learner, email, .label = "Work email",
	      .flags = F_NULLABLE | F_PERSONAL | F_EMAIL),
	FIELD(struct learner, job, .label = "Job", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct learner, sector, .label = "Sector", .words = &sector_words),
	FIELD(struct learner, establishment_urn, .label = "School (URN)", .flags = F_NULLABLE),
	FIELD(struct learner, school, .flags = F_NULLABLE),
	FIELD(struct learner, organisation, .label = "Organisation", .flags = F_NULLABLE),
	FIELD(struct learner, organisation_fold, .flags = F_NULLABLE),
	FIELD(struct learner, agency_id, .flags = F_NULLABLE),
	FIELD(struct learner, team_id, .flags = F_NULLABLE),
	FIELD(struct learner, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct learner, agency_reference, .flags = F_NULLABLE),
	FIELD(struct learner, team, .label = "Team", .flags = F_NULLABLE),
	FIELD(struct learner, team_reference, .flags = F_NULLABLE),
	FIELD(struct learner, audience, .label = "What they do", .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct learner, standing, .label = "Standing", .words = &standing_words, .flags = F_NULLABLE),
	FIELD(struct learner, ended_on, .label = "Left on", .flags = F_NULLABLE),
	FIELD(struct learner, kept, .flags = F_NULLABLE),
	FIELD(struct learner, merged_into, .flags = F_NULLABLE | F_REFERENCE),
	FIELD(struct learner, version, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(learner, learner_fields);

static const struct field learner_args_fields[] = {
	FIELD(struct learner_args, authority_id),
	FIELD(struct learner_args, email),
	FIELD(struct learner_args, name_fold),
	FIELD_END
};
RECORD(learner_args, learner_args_fields);

static const struct field at_later_args_fields[] = {
	FIELD(struct at_later_args, session_id),
	FIELD(struct at_later_args, held_on),
	FIELD(struct at_later_args, learners),
	FIELD_END
};
RECORD(at_later_args, at_later_args_fields);

static const struct field import_form_fields[] = {
	FIELD(struct import_form, rows, .label = "List", .max = LIST_TEXT_MAX,
	      .flags = F_LONG | F_PERSONAL),
	FIELD(struct import_form, school,
	      .label = "School or organisation, where the list does not say", .hint = "Name or URN"),
	FIELD(struct import_form, state, .label = "Attendance, where the list does not say",
	      .words = &attendance_said_words),
	FIELD(struct import_form, sector, .label = "Sector, where the list does not say",
	      .words = &sector_words,
	      .hint = "People at a school of the register count as school staff"),
	FIELD(struct import_form, plan, .flags = F_HIDDEN),
	FIELD(struct import_form, skip_bad, .label = "Leave out rows that cannot be used"),
	FIELD_END
};
RECORD(import_form, import_form_fields);

static const struct field grid_form_fields[] = {
	FIELD(struct grid_form, school, .label = "School or organisation of new people",
	      .hint = "Name or URN; used for rows that leave it empty"),
	FIELD(struct grid_form, sector, .label = "Sector of new people", .words = &sector_words,
	      .hint = "People at a school of the register count as school staff"),
	FIELD(struct grid_form, rest, .label = "Everybody who is still booked",
	      .words = &attendance_said_words),
	FIELD_END
};
RECORD(grid_form, grid_form_fields);
