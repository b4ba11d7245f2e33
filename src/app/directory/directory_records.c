/* Field tables of feature directory. */
#include "app/directory/directory.h"
#include "app/directory/school.sql.h"

static const struct choices districts = { &SQL_school_districts };

static const struct field school_fields[] = {
	FIELD(struct school, urn, .label = "URN"),
	FIELD(struct school, authority_id),
	FIELD(struct school, la_code, .label = "Local authority code"),
	FIELD(struct school, la_name, .label = "Local authority", .flags = F_NULLABLE),
	FIELD(struct school, number, .label = "Establishment number", .flags = F_NULLABLE),
	FIELD(struct school, ukprn, .label = "UKPRN", .flags = F_NULLABLE),
	FIELD(struct school, name, .label = "Name"),
	FIELD(struct school, name_fold),
	FIELD(struct school, type, .label = "Type", .flags = F_NULLABLE),
	FIELD(struct school, type_group, .label = "Type group", .words = &establishment_group_words,
	      .flags = F_NULLABLE),
	FIELD(struct school, status, .label = "Status", .words = &establishment_status_words),
	FIELD(struct school, phase, .label = "Phase", .words = &phase_words, .flags = F_NULLABLE),
	FIELD(struct school, open_date, .label = "Opened", .flags = F_NULLABLE),
	FIELD(struct school, close_date, .label = "Closed", .flags = F_NULLABLE),
	FIELD(struct school, low_age, .label = "Lowest age", .flags = F_NULLABLE),
	FIELD(struct school, high_age, .label = "Highest age", .flags = F_NULLABLE),
	FIELD(struct school, gender, .label = "Gender of entry", .flags = F_NULLABLE),
	FIELD(struct school, religious_character, .label = "Religious character", .flags = F_NULLABLE),
	FIELD(struct school, pupils, .label = "Pupils", .flags = F_NULLABLE),
	FIELD(struct school, trust_name, .label = "Trust", .flags = F_NULLABLE),
	FIELD(struct school, street, .label = "Street", .flags = F_NULLABLE),
	FIELD(struct school, locality, .label = "Locality", .flags = F_NULLABLE),
	FIELD(struct school, town, .label = "Town", .flags = F_NULLABLE),
	FIELD(struct school, county, .label = "County", .flags = F_NULLABLE),
	FIELD(struct school, postcode, .label = "Postcode", .flags = F_NULLABLE),
	FIELD(struct school, district, .label = "District", .flags = F_NULLABLE),
	FIELD(struct school, ward, .label = "Ward", .flags = F_NULLABLE),
	FIELD(struct school, website, .label = "Website", .flags = F_NULLABLE),
	FIELD(struct school, telephone, .label = "Telephone", .flags = F_NULLABLE),
	FIELD(struct school, last_changed, .label = "Register entry last changed", .flags = F_NULLABLE),
	FIELD(struct school, vanished_on, .label = "No longer in the register since", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(school, school_fields);

static const struct field school_line_fields[] = {
	FIELD(struct school_line, urn),
	FIELD(struct school_line, la_code),
	FIELD(struct school_line, name),
	FIELD(struct school_line, type, .flags = F_NULLABLE),
	FIELD(struct school_line, type_group, .words = &establishment_group_words, .flags = F_NULLABLE),
	FIELD(struct school_line, status, .words = &establishment_status_words),
	FIELD(struct school_line, phase, .words = &phase_words, .flags = F_NULLABLE),
	FIELD(struct school_line, district, .flags = F_NULLABLE),
	FIELD(struct school_line, trust_name, .flags = F_NULLABLE),
	FIELD(struct school_line, open_date, .flags = F_NULLABLE),
	FIELD(struct school_line, close_date, .flags = F_NULLABLE),
	FIELD(struct school_line, vanished_on, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(school_line, school_line_fields);

static const struct field school_link_fields[] = {
	FIELD(struct school_link, urn, .label = "URN"),
	FIELD(struct school_link, link_urn, .label = "Linked URN"),
	FIELD(struct school_link, kind, .label = "Link type", .words = &link_kind_words),
	FIELD(struct school_link, link_name, .label = "Linked school"),
	FIELD(struct school_link, established_on, .label = "Link established", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(school_link, school_link_fields);

static const struct field school_arg_fields[] = {
	FIELD(struct school_arg, authority_id),
	FIELD(struct school_arg, urn),
	FIELD_END
};
RECORD(school_arg, school_arg_fields);

static const struct field family_arg_fields[] = {
	FIELD(struct family_arg, authority_id),
	FIELD(struct family_arg, urn),
	FIELD_END
};
RECORD(family_arg, family_arg_fields);

static const struct field school_filter_fields[] = {
	FIELD(struct school_filter, authority_id),
	FIELD(struct school_filter, own_user_id),
	FIELD(struct school_filter, own_urn),
	FIELD(struct school_filter, find, .label = "Name, town, postcode or URN", .flags = F_NULLABLE, .max = 100),
	FIELD(struct school_filter, match, .flags = F_NULLABLE),
	FIELD(struct school_filter, phase, .label = "Phase", .words = &phase_words, .flags = F_NULLABLE),
	FIELD(struct school_filter, district, .label = "District", .choices = &districts, .flags = F_NULLABLE),
	FIELD(struct school_filter, status, .label = "Status", .words = &establishment_status_words,
	      .flags = F_NULLABLE),
	FIELD(struct school_filter, la_code, .label = "Local authority code", .flags = F_NULLABLE, .max = 3),
	FIELD(struct school_filter, after_key),
	FIELD(struct school_filter, after_id),
	FIELD(struct school_filter, row_limit),
	FIELD_END
};
RECORD(school_filter, school_filter_fields);

static const struct field school_row_fields[] = {
	FIELD(struct school_row, id, .label = "URN"),
	FIELD(struct school_row, name, .label = "School"),
	FIELD(struct school_row, name_fold),
	FIELD(struct school_row, type, .label = "Type", .flags = F_NULLABLE),
	FIELD(struct school_row, phase, .label = "Phase", .words = &phase_words, .flags = F_NULLABLE),
	FIELD(struct school_row, district, .label = "District", .flags = F_NULLABLE),
	FIELD(struct school_row, status, .label = "Status", .words = &establishment_status_words),
	FIELD(struct school_row, town, .label = "Town", .flags = F_NULLABLE),
	FIELD(struct school_row, postcode, .label = "Postcode", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(school_row, school_row_fields);

/* ---- the import ---- */

static const struct field import_run_fields[] = {
	FIELD(struct import_run, id),
	FIELD(struct import_run, authority_id),
	FIELD(struct import_run, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct import_run, state, .label = "State", .words = &import_state_words),
	FIELD(struct import_run, register_on, .label = "Date of the register"),
	FIELD(struct import_run, la_code, .label = "Local authority code", .flags = F_NULLABLE),
	FIELD(struct import_run, created_at, .label = "Uploaded"),
	FIELD(struct import_run, created_by, .label = "Uploaded by"),
	FIELD(struct import_run, file_name, .label = "Register file"),
	FIELD(struct import_run, links_name, .label = "Links file", .flags = F_NULLABLE),
	FIELD(struct import_run, bytes_all),
	FIELD(struct import_run, bytes_done),
	FIELD(struct import_run, rows_read, .label = "Rows in the file"),
	FIELD(struct import_run, new_rows, .label = "New schools"),
	FIELD(struct import_run, changed_rows, .label = "Changed schools"),
	FIELD(struct import_run, closed_rows, .label = "Closed schools"),
	FIELD(struct import_run, unchanged_rows, .label = "Unchanged schools"),
	FIELD(struct import_run, vanished_rows, .label = "No longer in the register"),
	FIELD(struct import_run, refused_rows, .label = "Problems"),
	FIELD(struct import_run, link_rows, .label = "Links between schools"),
	FIELD(struct import_run, link_changes, .label = "Changed links"),
	FIELD(struct import_run, missing_columns, .flags = F_NULLABLE | F_LONG),
	FIELD(struct import_run, notes, .flags = F_NULLABLE | F_LONG),
	FIELD(struct import_run, fault, .flags = F_NULLABLE | F_LONG),
	FIELD(struct import_run, based_on),
	FIELD(struct import_run, applied_number, .flags = F_NULLABLE),
	FIELD(struct import_run, applied_at, .label = "Applied", .flags = F_NULLABLE),
	FIELD(struct import_run, version),
	FIELD_END
};
RECORD(import_run, import_run_fields);

static const struct field import_upload_fields[] = {
	FIELD(struct import_upload, register_on, .label = "Date of the register",
	      .hint = "The day you downloaded it. Leave this blank for today."),
	FIELD(struct import_upload, all_authorities, .label = "Take schools of every authority",
	      .hint = "Otherwise only schools of your own authority are taken."),
	FIELD(struct import_upload, la_code, .max = 3),
	FIELD(struct import_upload, links_follow),
	FIELD_END
};
RECORD(import_upload, import_upload_fields);

static const struct field import_progress_fields[] = {
	FIELD(struct import_progress, bytes_done),
	FIELD_END
};
RECORD(import_progress, import_progress_fields);

static const struct field import_result_fields[] = {
	FIELD(struct import_result, bytes_all),
	FIELD(struct import_result, rows_read),
	FIELD(struct import_result, new_rows),
	FIELD(struct import_result, changed_rows),
	FIELD(struct import_result, closed_rows),
	FIELD(struct import_result, unchanged_rows),
	FIELD(struct import_result, vanished_rows),
	FIELD(struct import_result, refused_rows),
	FIELD(struct import_result, link_rows),
	FIELD(struct import_result, link_changes),
	FIELD(struct import_result, based_on),
	FIELD(struct import_result, run_version),
	FIELD(struct import_result, missing_columns, .flags = F_LONG, .max = 8192),
	FIELD(struct import_result, notes, .flags = F_LONG, .max = 40000),
	FIELD(struct import_result, fault, .flags = F_LONG, .max = 2000),
	FIELD_END
};
RECORD(import_result, import_result_fields);

static const struct field import_change_fields[] = {
	FIELD(struct import_change, id),
	FIELD(struct import_change, run_id),
	FIELD(struct import_change, kind, .words = &change_kind_words),
	FIELD(struct import_change, urn, .label = "URN"),
	FIELD(struct import_change, name, .label = "School"),
	FIELD(struct import_change, changes, .flags = F_NULLABLE),
	FIELD(struct import_change, packed),
	FIELD_END
};
RECORD(import_change, import_change_fields);

static const struct field import_problem_fields[] = {
	FIELD(struct import_problem, run_id),
	FIELD(struct import_problem, number),
	FIELD(struct import_problem, file),
	FIELD(struct import_problem, line, .label = "Line"),
	FIELD(struct import_problem, heading, .label = "Column"),
	FIELD(struct import_problem, sentence, .label = "Problem"),
	FIELD_END
};
RECORD(import_problem, import_problem_fields);

static const struct field import_scope_fields[] = {
	FIELD(struct import_scope, authority_id),
	FIELD(struct import_scope, la_code, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(import_scope, import_scope_fields);

static const struct field import_change_arg_fields[] = {
	FIELD(struct import_change_arg, run_id),
	FIELD(struct import_change_arg, kind, .words = &change_kind_words),
	FIELD(struct import_change_arg, after_urn),
	FIELD(struct import_change_arg, after_id),
	FIELD(struct import_change_arg, row_limit),
	FIELD_END
};
RECORD(import_change_arg, import_change_arg_fields);

static const struct field urn_row_fields[] = {
	FIELD(struct urn_row, urn),
	FIELD_END
};
RECORD(urn_row, urn_row_fields);

static const struct field import_filter_fields[] = {
	FIELD(struct import_filter, authority_id),
	FIELD(struct import_filter, own_user_id),
	FIELD(struct import_filter, own_urn),
	FIELD(struct import_filter, after_key),
	FIELD(struct import_filter, after_id),
	FIELD(struct import_filter, row_limit),
	FIELD_END
};
RECORD(import_filter, import_filter_fields);
