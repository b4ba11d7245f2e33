/* Field tables of check-in. */
#include "app/training/checkin.h"

static const struct field checkin_code_arg_fields[] = {
	FIELD(struct checkin_code_arg, code),
	FIELD_END
};
RECORD(checkin_code_arg, checkin_code_arg_fields);

static const struct field checkin_session_fields[] = {
	FIELD(struct checkin_session, id),
	FIELD(struct checkin_session, authority_id),
	FIELD(struct checkin_session, reference),
	FIELD(struct checkin_session, course),
	FIELD(struct checkin_session, venue),
	FIELD(struct checkin_session, starts_at),
	FIELD(struct checkin_session, held_on),
	FIELD(struct checkin_session, duration_minutes),
	FIELD(struct checkin_session, state, .words = &session_state_words),
	FIELD(struct checkin_session, checkin_open),
	FIELD(struct checkin_session, places),
	FIELD(struct checkin_session, entries),
	FIELD_END
};
RECORD(checkin_session, checkin_session_fields);

static const struct field checkin_fields[] = {
	FIELD(struct checkin, id, .flags = F_COMPUTED),
	FIELD(struct checkin, session_id, .flags = F_COMPUTED),
	FIELD(struct checkin, at, .label = "Sent at"),
	FIELD(struct checkin, learner_id, .flags = F_NULLABLE),
	FIELD(struct checkin, said, .label = "Work email or booking reference, until it is settled",
	      .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct checkin, name, .label = "Name, until it is settled", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct checkin, organisation, .label = "School or organisation, until it is settled", .flags = F_NULLABLE),
	FIELD(struct checkin, state, .label = "What became of it", .words = &checkin_state_words),
	FIELD_END
};
RECORD(checkin, checkin_fields);

static const struct field checkin_match_arg_fields[] = {
	FIELD(struct checkin_match_arg, session_id),
	FIELD(struct checkin_match_arg, email),
	FIELD(struct checkin_match_arg, reference),
	FIELD_END
};
RECORD(checkin_match_arg, checkin_match_arg_fields);

static const struct field checkin_match_fields[] = {
	FIELD(struct checkin_match, id),
	FIELD(struct checkin_match, session_id),
	FIELD(struct checkin_match, learner_id),
	FIELD(struct checkin_match, learner, .flags = F_REFERENCE),
	FIELD(struct checkin_match, state, .words = &attendance_state_words),
	FIELD(struct checkin_match, establishment_urn, .flags = F_NULLABLE),
	FIELD(struct checkin_match, sector, .words = &sector_words),
	FIELD(struct checkin_match, arrived_at, .flags = F_NULLABLE),
	FIELD(struct checkin_match, left_at, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(checkin_match, checkin_match_fields);

static const struct field checkin_form_fields[] = {
	FIELD(struct checkin_form, said, .label = "Work email or booking reference", .flags = F_REQUIRED | F_PERSONAL,
	      .max = 254, .asks = "Enter your work email or your booking reference"),
	FIELD(struct checkin_form, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct checkin_form, organisation, .label = "School or organisation"),
	FIELD(struct checkin_form, ticket, .max = 40, .flags = F_HIDDEN),
	FIELD_END
};
RECORD(checkin_form, checkin_form_fields);

static const struct field arrival_form_fields[] = {
	FIELD(struct arrival_form, arrive, .max = 20),
	FIELD(struct arrival_form, leave, .max = 20),
	FIELD(struct arrival_form, undo, .max = 20),
	FIELD_END
};
RECORD(arrival_form, arrival_form_fields);

static const struct field settle_form_fields[] = {
	FIELD(struct settle_form, entry, .max = 20, .flags = F_HIDDEN),
	FIELD(struct settle_form, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct settle_form, organisation, .label = "School or organisation", .hint = "Name or URN"),
	FIELD(struct settle_form, leave_out),
	FIELD_END
};
RECORD(settle_form, settle_form_fields);
