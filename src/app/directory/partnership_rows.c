/* Field tables of agencies, teams and contacts. */
#include "app/directory/partnership.h"

#include "app/directory/agency.sql.h"

const struct choices agency_team_choices = { &SQL_agency_team_choices };
const struct choices agency_choices = { &SQL_agency_choices };

/* ---- agencies ---- */

static const struct field agency_fields[] = {
	FIELD(struct agency, id, .flags = F_COMPUTED),
	FIELD(struct agency, authority_id, .flags = F_COMPUTED),
	FIELD(struct agency, reference, .flags = F_COMPUTED | F_REFERENCE),
	FIELD(struct agency, name, .label = "Name", .flags = F_REQUIRED),
	FIELD(struct agency, name_fold, .flags = F_COMPUTED),
	FIELD(struct agency, sch6, .label = "Group of Schedule 6", .words = &schedule_6_words, .flags = F_REQUIRED | F_RADIOS,
	      .hint = "Counter-Terrorism and Security Act 2015, Schedule 6: who is under the Prevent duty",
	      .asks = "Select the group of Schedule 6"),
	FIELD(struct agency, sector, .label = "Sector of its people", .words = &sector_words, .flags = F_REQUIRED,
	      .asks = "Select the sector"),
	FIELD(struct agency, sch7, .label = "Partner of a panel (Schedule 7)"),
	FIELD(struct agency, steering_group, .label = "Member of the steering group"),
	FIELD(struct agency, address, .label = "Address", .max = 500, .flags = F_LONG | F_NULLABLE),
	FIELD(struct agency, agreement_signed_on, .label = "Information sharing agreement signed on", .flags = F_NULLABLE),
	FIELD(struct agency, agreement_review_on, .label = "Agreement to be reviewed on", .flags = F_NULLABLE),
	FIELD(struct agency, last_contact_on, .label = "Last contact on", .flags = F_NULLABLE),
	FIELD(struct agency, state, .label = "State", .words = &agency_state_words, .flags = F_REQUIRED,
	      .asks = "Select the state"),
	FIELD(struct agency, version, .flags = F_COMPUTED),
	FIELD_END,
};
RECORD(agency, agency_fields);

static const struct field agencies_args_fields[] = {
	FIELD(struct agencies_args, authority_id),
	FIELD(struct agencies_args, own_user_id),
	FIELD(struct agencies_args, own_urn),
	FIELD(struct agencies_args, after_key),
	FIELD(struct agencies_args, after_id),
	FIELD(struct agencies_args, row_limit),
	FIELD(struct agencies_args, match, .flags = F_NULLABLE),
	FIELD(struct agencies_args, find, .label = "Name or address", .flags = F_NULLABLE, .max = 100),
	FIELD(struct agencies_args, sch6, .label = "Group of Schedule 6", .words = &schedule_6_words, .flags = F_NULLABLE),
	FIELD(struct agencies_args, state, .label = "State", .words = &agency_state_words, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(agencies_args, agencies_args_fields);

static const struct field agency_line_fields[] = {
	FIELD(struct agency_line, id),
	FIELD(struct agency_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct agency_line, name, .label = "Name"),
	FIELD(struct agency_line, name_fold),
	FIELD(struct agency_line, sch6, .label = "Group of Schedule 6", .words = &schedule_6_words),
	FIELD(struct agency_line, sector, .label = "Sector", .words = &sector_words),
	FIELD(struct agency_line, steering_group, .label = "Steering group"),
	FIELD(struct agency_line, agreement_review_on, .label = "Agreement to be reviewed on", .flags = F_NULLABLE),
	FIELD(struct agency_line, last_contact_on, .label = "Last contact on", .flags = F_NULLABLE),
	FIELD(struct agency_line, contacts, .label = "Contacts"),
	FIELD(struct agency_line, state, .label = "State", .words = &agency_state_words),
	FIELD_END,
};
RECORD(agency_line, agency_line_fields);

static const struct field agency_people_fields[] = {
	FIELD(struct agency_people, people),
	FIELD(struct agency_people, trained),
	FIELD_END,
};
RECORD(agency_people, agency_people_fields);

static const struct field agency_due_fields[] = {
	FIELD(struct agency_due, asked),
	FIELD(struct agency_due, in_date),
	FIELD_END
};
RECORD(agency_due, agency_due_fields);

static const struct field team_fields[] = {
	FIELD(struct team, id),
	FIELD(struct team, agency_id),
	FIELD(struct team, reference, .flags = F_REFERENCE),
	FIELD(struct team, name, .label = "Name"),
	FIELD(struct team, name_fold),
	FIELD(struct team, ended_on, .label = "Ended on", .flags = F_NULLABLE),
	FIELD(struct team, version),
	FIELD_END,
};
RECORD(team, team_fields);

static const struct field team_form_fields[] = {
	FIELD(struct team_form, name, .label = "Name", .flags = F_REQUIRED),
	FIELD(struct team_form, ended_on, .label = "Ended on", .hint = "Leave empty while the team exists"),
	FIELD_END,
};
RECORD(team_form, team_form_fields);

static const struct field part_arg_fields[] = {
	FIELD(struct part_arg, authority_id),
	FIELD(struct part_arg, agency_id),
	FIELD(struct part_arg, reference),
	FIELD(struct part_arg, today),
	FIELD_END,
};
RECORD(part_arg, part_arg_fields);

static const struct field agency_team_arg_fields[] = {
	FIELD(struct agency_team_arg, authority_id),
	FIELD(struct agency_team_arg, agency),
	FIELD(struct agency_team_arg, team),
	FIELD_END,
};
RECORD(agency_team_arg, agency_team_arg_fields);

static const struct field agency_team_fields[] = {
	FIELD(struct agency_team, agency_id),
	FIELD(struct agency_team, team_id, .flags = F_NULLABLE),
	FIELD(struct agency_team, agency),
	FIELD(struct agency_team, team, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(agency_team, agency_team_fields);

/* ---- contacts ---- */

static const struct field contact_fields[] = {
	FIELD(struct contact, id),
	FIELD(struct contact, authority_id),
	FIELD(struct contact, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct contact, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct contact, name_fold, .flags = F_PERSONAL),
	FIELD(struct contact, agency_id, .flags = F_NULLABLE),
	FIELD(struct contact, team_id, .flags = F_NULLABLE),
	FIELD(struct contact, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct contact, agency_reference, .flags = F_NULLABLE),
	FIELD(struct contact, team, .label = "Team", .flags = F_NULLABLE),
	FIELD(struct contact, team_reference, .flags = F_NULLABLE),
	FIELD(struct contact, establishment_urn, .label = "School (URN)", .flags = F_NULLABLE),
	FIELD(struct contact, school, .flags = F_NULLABLE),
	FIELD(struct contact, job, .label = "Job", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct contact, kind, .label = "Contact as", .words = &contact_kind_words),
	FIELD(struct contact, email, .label = "Work email", .flags = F_NULLABLE | F_PERSONAL | F_EMAIL),
	FIELD(struct contact, telephone, .label = "Work telephone", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct contact, secure_email, .label = "Secure email"),
	FIELD(struct contact, from_on, .label = "In the post since", .flags = F_NULLABLE),
	FIELD(struct contact, to_on, .label = "Left on", .flags = F_NULLABLE),
	FIELD(struct contact, version),
	FIELD_END,
};
RECORD(contact, contact_fields);

static const struct field contact_form_fields[] = {
	FIELD(struct contact_form, name, .label = "Name", .flags = F_REQUIRED | F_PERSONAL),
	FIELD(struct contact_form, kind, .label = "Contact as", .words = &contact_kind_words, .flags = F_REQUIRED,
	      .asks = "Select what they are a contact for"),
	FIELD(struct contact_form, job, .label = "Job", .flags = F_PERSONAL),
	FIELD(struct contact_form, body, .label = "Agency or team", .choices = &agency_team_choices),
	FIELD(struct contact_form, establishment_urn, .label = "School (URN)", .min = 100000, .max = 999999,
	      .hint = "The six digits of the school register, when they work at a school"),
	FIELD(struct contact_form, email, .label = "Work email", .flags = F_EMAIL | F_PERSONAL),
	FIELD(struct contact_form, telephone, .label = "Work telephone", .max = 40, .flags = F_PERSONAL),
	FIELD(struct contact_form, secure_email, .label = "Personal data may be sent to this email: it is secure"),
	FIELD(struct contact_form, from_on, .label = "In the post since"),
	FIELD_END,
};
RECORD(contact_form, contact_form_fields);

static const struct field contact_leave_fields[] = {
	FIELD(struct contact_leave, to_on, .label = "Left on", .hint = "Their last day in the post", .flags = F_REQUIRED,
	      .asks = "Enter the last day in the post"),
	FIELD_END,
};
RECORD(contact_leave, contact_leave_fields);

static const struct field contacts_args_fields[] = {
	FIELD(struct contacts_args, authority_id),
	FIELD(struct contacts_args, own_user_id),
	FIELD(struct contacts_args, own_urn),
	FIELD(struct contacts_args, after_key),
	FIELD(struct contacts_args, after_id),
	FIELD(struct contacts_args, row_limit),
	FIELD(struct contacts_args, today),
	FIELD(struct contacts_args, match, .flags = F_NULLABLE),
	FIELD(struct contacts_args, find, .label = "Name or job", .flags = F_NULLABLE | F_PERSONAL, .max = 100),
	FIELD(struct contacts_args, kind, .label = "Contact as", .words = &contact_kind_words, .flags = F_NULLABLE),
	FIELD(struct contacts_args, agency, .label = "Agency", .choices = &agency_choices, .flags = F_NULLABLE),
	FIELD(struct contacts_args, presence, .label = "Who is shown", .words = &presence_words),
	FIELD_END,
};
RECORD(contacts_args, contacts_args_fields);

static const struct field contact_line_fields[] = {
	FIELD(struct contact_line, id),
	FIELD(struct contact_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct contact_line, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct contact_line, name_fold),
	FIELD(struct contact_line, kind, .label = "Contact as", .words = &contact_kind_words),
	FIELD(struct contact_line, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct contact_line, team, .label = "Team", .flags = F_NULLABLE),
	FIELD(struct contact_line, school, .label = "School", .flags = F_NULLABLE),
	FIELD(struct contact_line, establishment_urn, .label = "URN", .flags = F_NULLABLE),
	FIELD(struct contact_line, job, .label = "Job", .flags = F_NULLABLE),
	FIELD(struct contact_line, email, .label = "Work email", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct contact_line, telephone, .label = "Work telephone", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct contact_line, secure_email, .label = "Secure email"),
	FIELD(struct contact_line, from_on, .label = "In the post since", .flags = F_NULLABLE),
	FIELD(struct contact_line, to_on, .label = "Left on", .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(contact_line, contact_line_fields);

static const struct field contacts_of_arg_fields[] = {
	FIELD(struct contacts_of_arg, authority_id),
	FIELD(struct contacts_of_arg, agency_id),
	FIELD(struct contacts_of_arg, establishment_urn),
	FIELD_END,
};
RECORD(contacts_of_arg, contacts_of_arg_fields);
