/* Field tables and words of joining two records. */
#include "app/training/merge.h"

static const struct word sides[] = {
	{ MERGE_FIRST, "first", "First", NULL },
	{ MERGE_SECOND, "second", "Second", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words merge_side_words = { "merge-side", sides };

static const struct word reasons[] = {
	{ DUPLICATE_MAILBOX, "mailbox", "Same work email but for what follows a plus sign", NULL },
	{ DUPLICATE_PLACE, "place", "Same name and same school or organisation", NULL },
	{ DUPLICATE_NO_EMAIL, "no-email", "Same name, one of them without an email", NULL },
	{ DUPLICATE_NAME, "name", "Same name only", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words duplicate_reason_words = { "duplicate-reason", reasons };

static const struct field merge_fields_table[] = {
	FIELD(struct merge, id),
	FIELD(struct merge, authority_id),
	FIELD(struct merge, reference, .flags = F_REFERENCE),
	FIELD(struct merge, stays_id),
	FIELD(struct merge, gone_id),
	FIELD(struct merge, merged_on),
	FIELD(struct merge, undone_on, .flags = F_NULLABLE),
	FIELD(struct merge, stays, .flags = F_REFERENCE),
	FIELD(struct merge, gone, .flags = F_REFERENCE),
	FIELD_END,
};
RECORD(merge, merge_fields_table);

static const struct field merge_side_arg_fields[] = {
	FIELD(struct merge_side_arg, merge_id),
	FIELD(struct merge_side_arg, learner_id),
	FIELD(struct merge_side_arg, side),
	FIELD_END,
};
RECORD(merge_side_arg, merge_side_arg_fields);

static const struct field merge_counts_fields[] = {
	FIELD(struct merge_counts, attendances),
	FIELD(struct merge_counts, evidence),
	FIELD(struct merge_counts, checkins),
	FIELD(struct merge_counts, chases),
	FIELD(struct merge_counts, joined),
	FIELD_END,
};
RECORD(merge_counts, merge_counts_fields);

static const struct field merge_meeting_fields[] = {
	FIELD(struct merge_meeting, session_id),
	FIELD(struct merge_meeting, reference),
	FIELD(struct merge_meeting, course),
	FIELD(struct merge_meeting, held_on),
	FIELD(struct merge_meeting, stays_row),
	FIELD(struct merge_meeting, gone_row),
	FIELD(struct merge_meeting, stays_state, .words = &attendance_state_words),
	FIELD(struct merge_meeting, gone_state, .words = &attendance_state_words),
	FIELD(struct merge_meeting, stays_urn, .flags = F_NULLABLE),
	FIELD(struct merge_meeting, gone_urn, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(merge_meeting, merge_meeting_fields);

static const struct field merge_row_fields[] = {
	FIELD(struct merge_row, merge_id),
	FIELD(struct merge_row, row_id),
	FIELD(struct merge_row, winner_id),
	FIELD(struct merge_row, loser_id),
	FIELD(struct merge_row, side),
	FIELD(struct merge_row, state, .words = &attendance_state_words),
	FIELD_END,
};
RECORD(merge_row, merge_row_fields);

static const struct field merge_session_fields[] = {
	FIELD(struct merge_session, session_id),
	FIELD_END,
};
RECORD(merge_session, merge_session_fields);

static const struct field merge_person_fields[] = {
	FIELD(struct merge_person, reference),
	FIELD_END,
};
RECORD(merge_person, merge_person_fields);

#define SIDE(member, text) FIELD(struct merge_form, member, .label = text, .words = &merge_side_words)
static const struct field merge_form_fields[] = {
	FIELD(struct merge_form, stays, .label = "Which record stays?", .words = &merge_side_words, .flags = F_REQUIRED,
	      .asks = "Select the record that stays"),
	SIDE(name, "Name"),
	SIDE(email, "Work email"),
	SIDE(job, "Job"),
	SIDE(standing, "Standing"),
	SIDE(audience, "What they do"),
	SIDE(sector, "Sector"),
	SIDE(place, "School or organisation"),
	SIDE(body, "Agency or team"),
	SIDE(ended_on, "Left on"),
	FIELD(struct merge_form, second_version, .flags = F_HIDDEN),
	FIELD_END,
};
RECORD(merge_form, merge_form_fields);

static const struct field duplicates_args_fields[] = {
	FIELD(struct duplicates_args, authority_id),
	FIELD(struct duplicates_args, own_user_id),
	FIELD(struct duplicates_args, own_urn),
	FIELD(struct duplicates_args, after_key),
	FIELD(struct duplicates_args, after_id),
	FIELD(struct duplicates_args, row_limit),
	FIELD(struct duplicates_args, reason, .label = "Why", .words = &duplicate_reason_words, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(duplicates_args, duplicates_args_fields);

static const struct field duplicate_fields[] = {
	FIELD(struct duplicate, id),
	FIELD(struct duplicate, first, .label = "First record", .flags = F_REFERENCE),
	FIELD(struct duplicate, first_name, .label = "First name on record", .flags = F_PERSONAL),
	FIELD(struct duplicate, first_place, .label = "First place", .flags = F_NULLABLE),
	FIELD(struct duplicate, first_email, .label = "First email", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct duplicate, second, .label = "Second record", .flags = F_REFERENCE),
	FIELD(struct duplicate, second_name, .label = "Second name on record", .flags = F_PERSONAL),
	FIELD(struct duplicate, second_place, .label = "Second place", .flags = F_NULLABLE),
	FIELD(struct duplicate, second_email, .label = "Second email", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct duplicate, reason, .label = "Why", .words = &duplicate_reason_words),
	FIELD_END,
};
RECORD(duplicate, duplicate_fields);

static const struct field apart_fields[] = {
	FIELD(struct apart, low_id),
	FIELD(struct apart, high_id),
	FIELD(struct apart, decided_on),
	FIELD_END,
};
RECORD(apart, apart_fields);
