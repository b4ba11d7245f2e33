/* Field tables of bookings. */
#include "app/training/booking.h"

static const struct word bookings[] = {
	{ BOOKING_CLOSED, "closed", "The training team only", NULL },
	{ BOOKING_SCHOOLS, "schools", "Safeguarding leads of schools, for their staff", NULL },
	{ BOOKING_PUBLIC, "public", "Anybody, by a link that is also in the training calendar", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words booking_words = { "booking", bookings };

static const struct word tells[] = {
	{ TELL_PLACE, "place", "Has a place now", NULL },
	{ TELL_CHANGED, "changed", "Date, time or place has changed", NULL },
	{ TELL_CANCELLED, "cancelled", "The session is cancelled", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words tell_words = { "tell", tells };

static const struct field booking_session_fields[] = {
	FIELD(struct booking_session, id),
	FIELD(struct booking_session, authority_id),
	FIELD(struct booking_session, reference),
	FIELD(struct booking_session, course_id),
	FIELD(struct booking_session, course_reference),
	FIELD(struct booking_session, course),
	FIELD(struct booking_session, starts_at),
	FIELD(struct booking_session, held_on),
	FIELD(struct booking_session, duration_minutes),
	FIELD(struct booking_session, venue),
	FIELD(struct booking_session, places),
	FIELD(struct booking_session, trainer_id),
	FIELD(struct booking_session, state, .words = &session_state_words),
	FIELD(struct booking_session, booking, .words = &booking_words),
	FIELD(struct booking_session, booking_until, .flags = F_NULLABLE),
	FIELD(struct booking_session, booking_code, .flags = F_NULLABLE),
	FIELD(struct booking_session, taken),
	FIELD(struct booking_session, waiting),
	FIELD(struct booking_session, to_tell),
	FIELD(struct booking_session, version),
	FIELD_END
};
RECORD(booking_session, booking_session_fields);

static const struct field booking_key_fields[] = {
	FIELD(struct booking_key, id, .flags = F_NULLABLE),
	FIELD(struct booking_key, reference, .flags = F_NULLABLE),
	FIELD(struct booking_key, code, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(booking_key, booking_key_fields);

static const struct field booking_row_fields[] = {
	FIELD(struct booking_row, id),
	FIELD(struct booking_row, session_id),
	FIELD(struct booking_row, learner_id),
	FIELD(struct booking_row, learner, .flags = F_REFERENCE),
	FIELD(struct booking_row, state, .label = "Attendance", .words = &attendance_state_words),
	FIELD(struct booking_row, establishment_urn, .flags = F_NULLABLE),
	FIELD(struct booking_row, sector, .words = &sector_words),
	FIELD(struct booking_row, booking_number, .label = "Number", .flags = F_NULLABLE),
	FIELD(struct booking_row, booking_reference, .flags = F_NULLABLE),
	FIELD(struct booking_row, tell, .label = "To be told", .words = &tell_words, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(booking_row, booking_row_fields);

static const struct field booking_find_fields[] = {
	FIELD(struct booking_find, session_id),
	FIELD(struct booking_find, learner_id),
	FIELD(struct booking_find, learner, .flags = F_NULLABLE),
	FIELD(struct booking_find, reference, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(booking_find, booking_find_fields);

static const struct field booking_learner_fields[] = {
	FIELD(struct booking_learner, authority_id),
	FIELD(struct booking_learner, reference),
	FIELD(struct booking_learner, name, .flags = F_PERSONAL),
	FIELD(struct booking_learner, name_fold, .flags = F_PERSONAL),
	FIELD(struct booking_learner, email, .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct booking_learner, job, .flags = F_NULLABLE),
	FIELD(struct booking_learner, sector, .words = &sector_words),
	FIELD(struct booking_learner, audience, .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct booking_learner, standing, .words = &standing_words),
	FIELD(struct booking_learner, establishment_urn, .flags = F_NULLABLE),
	FIELD(struct booking_learner, organisation, .flags = F_NULLABLE),
	FIELD(struct booking_learner, organisation_fold, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(booking_learner, booking_learner_fields);

static const struct field booking_known_fields[] = {
	FIELD(struct booking_known, id),
	FIELD(struct booking_known, reference),
	FIELD_END
};
RECORD(booking_known, booking_known_fields);

static const struct field booking_line_fields[] = {
	FIELD(struct booking_line, id),
	FIELD(struct booking_line, learner, .flags = F_REFERENCE),
	FIELD(struct booking_line, name, .flags = F_PERSONAL),
	FIELD(struct booking_line, email, .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct booking_line, school, .flags = F_NULLABLE),
	FIELD(struct booking_line, organisation, .flags = F_NULLABLE),
	FIELD(struct booking_line, job, .flags = F_NULLABLE),
	FIELD(struct booking_line, state, .words = &attendance_state_words),
	FIELD(struct booking_line, booking_number, .flags = F_NULLABLE),
	FIELD(struct booking_line, establishment_urn, .flags = F_NULLABLE),
	FIELD(struct booking_line, tell, .words = &tell_words, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(booking_line, booking_line_fields);

static const struct field booking_lines_args_fields[] = {
	FIELD(struct booking_lines_args, session_id),
	FIELD(struct booking_lines_args, own_urn),
	FIELD(struct booking_lines_args, state, .words = &attendance_state_words, .flags = F_NULLABLE),
	FIELD(struct booking_lines_args, after),
	FIELD(struct booking_lines_args, row_limit),
	FIELD_END
};
RECORD(booking_lines_args, booking_lines_args_fields);

static const struct field booking_tell_args_fields[] = {
	FIELD(struct booking_tell_args, session_id),
	FIELD(struct booking_tell_args, id),
	FIELD(struct booking_tell_args, tell, .words = &tell_words, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(booking_tell_args, booking_tell_args_fields);

static const struct field booking_settings_fields[] = {
	FIELD(struct booking_settings, id),
	FIELD(struct booking_settings, booking, .label = "Who may book", .words = &booking_words),
	FIELD(struct booking_settings, booking_until, .label = "Last day for bookings", .flags = F_NULLABLE),
	FIELD(struct booking_settings, booking_code, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(booking_settings, booking_settings_fields);

static const struct field bookable_args_fields[] = {
	FIELD(struct bookable_args, authority_id),
	FIELD(struct bookable_args, own_user_id),
	FIELD(struct bookable_args, own_urn),
	FIELD(struct bookable_args, after_key),
	FIELD(struct bookable_args, after_id),
	FIELD(struct bookable_args, row_limit),
	FIELD(struct bookable_args, today),
	FIELD(struct bookable_args, now_ms),
	FIELD(struct bookable_args, course, .label = "Course", .choices = &course_choices, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(bookable_args, bookable_args_fields);

static const struct field bookable_line_fields[] = {
	FIELD(struct bookable_line, id),
	FIELD(struct bookable_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct bookable_line, course, .label = "Course"),
	FIELD(struct bookable_line, starts_at, .label = "Date and time"),
	FIELD(struct bookable_line, venue, .label = "Venue"),
	FIELD(struct bookable_line, places, .label = "Places"),
	FIELD(struct bookable_line, taken, .label = "Places taken"),
	FIELD(struct bookable_line, waiting, .label = "Waiting"),
	FIELD_END
};
RECORD(bookable_line, bookable_line_fields);

static const struct field tell_args_fields[] = {
	FIELD(struct tell_args, authority_id),
	FIELD(struct tell_args, own_user_id),
	FIELD(struct tell_args, own_urn),
	FIELD(struct tell_args, after_key),
	FIELD(struct tell_args, after_id),
	FIELD(struct tell_args, row_limit),
	FIELD_END
};
RECORD(tell_args, tell_args_fields);

static const struct field tell_line_fields[] = {
	FIELD(struct tell_line, id),
	FIELD(struct tell_line, session, .label = "Session", .flags = F_REFERENCE),
	FIELD(struct tell_line, course, .label = "Course"),
	FIELD(struct tell_line, starts_at, .label = "Date and time"),
	FIELD(struct tell_line, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct tell_line, email, .label = "Work email", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct tell_line, tell, .label = "What to tell", .words = &tell_words),
	FIELD_END
};
RECORD(tell_line, tell_line_fields);

static const struct field calendar_args_fields[] = {
	FIELD(struct calendar_args, authority_id),
	FIELD(struct calendar_args, course_id),
	FIELD(struct calendar_args, today),
	FIELD(struct calendar_args, now_ms),
	FIELD(struct calendar_args, after_ms),
	FIELD(struct calendar_args, after_id),
	FIELD(struct calendar_args, row_limit),
	FIELD_END
};
RECORD(calendar_args, calendar_args_fields);

static const struct field calendar_line_fields[] = {
	FIELD(struct calendar_line, id),
	FIELD(struct calendar_line, code, .flags = F_NULLABLE),
	FIELD(struct calendar_line, course),
	FIELD(struct calendar_line, starts_at),
	FIELD(struct calendar_line, venue),
	FIELD(struct calendar_line, duration_minutes),
	FIELD(struct calendar_line, places),
	FIELD(struct calendar_line, taken),
	FIELD(struct calendar_line, waiting),
	FIELD_END
};
RECORD(calendar_line, calendar_line_fields);

/* ---- forms ---- */

#define PERSON_FIELDS(type, more)                                                                           \
	FIELD(type, name, .label = "Name", .hint = "As it is to stand on the sign-in sheet",                \
	      .flags = F_PERSONAL | (more)),                                                                \
	FIELD(type, email, .label = "Work email", .flags = F_PERSONAL | F_EMAIL | (more)),                  \
	FIELD(type, school, .label = "School or organisation", .asks = "Enter the school or organisation",  \
	      .hint = "For a school its name, or its URN when you know it", .flags = (more)),               \
	FIELD(type, job, .label = "Job", .flags = F_PERSONAL),                                              \
	FIELD(type, audience, .label = "What fits the work best", .words = &audience_words)

static const struct field booking_form_fields[] = {
	PERSON_FIELDS(struct booking_form, F_REQUIRED),
	FIELD_END
};
RECORD(booking_form, booking_form_fields);

static const struct field staff_booking_form_fields[] = {
	FIELD(struct staff_booking_form, learner, .flags = F_HIDDEN),
	PERSON_FIELDS(struct staff_booking_form, 0),
	FIELD(struct staff_booking_form, although_full,
	      .label = "Book this person although the session is full"),
	FIELD_END
};
RECORD(staff_booking_form, staff_booking_form_fields);

static const struct field open_booking_form_fields[] = {
	FIELD(struct open_booking_form, booking, .label = "Who may book", .words = &booking_words,
	      .hint = "The training team can always book", .flags = F_REQUIRED | F_RADIOS),
	FIELD(struct open_booking_form, booking_until, .label = "Last day for bookings",
	      .hint = "Leave empty to take bookings until the session begins"),
	FIELD_END
};
RECORD(open_booking_form, open_booking_form_fields);

static const struct field swap_form_fields[] = {
	FIELD(struct swap_form, to, .label = "Other session", .asks = "Choose the other session", .flags = F_REQUIRED),
	FIELD(struct swap_form, waiting, .label = "Put on the waiting list there, and keep the place here"),
	FIELD_END
};
RECORD(swap_form, swap_form_fields);
