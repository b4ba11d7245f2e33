/*
 * Bookings: places at a session that has not begun, and the list of those who wait for one. Who is booked is a row of
 * attendance; what is added here is the order in which people came and what they are still to be told. Everything that
 * gives or frees a place goes through the keeper, one after the other, so that no place is given twice.
 */
#ifndef APP_TRAINING_BOOKING_H
#define APP_TRAINING_BOOKING_H

#include "app/training/attendance.h"

enum booking { BOOKING_CLOSED = 1, BOOKING_SCHOOLS, BOOKING_PUBLIC }; /* who may book: each more than the one before */
enum tell { TELL_PLACE = 1, TELL_CHANGED, TELL_CANCELLED };	       /* what a person is still to be told */
enum booking_by { BY_TEAM = 1, BY_SCHOOL, BY_LINK };

extern const struct words booking_words, tell_words;

struct booking_session { /* what a booking needs to know of a session */
	int64_t id, authority_id;
	const char *reference;
	int64_t course_id;
	const char *course_reference, *course;
	struct instant starts_at;
	struct date held_on;
	int64_t duration_minutes;
	const char *venue;
	int64_t places, trainer_id;
	int state, booking;
	struct date booking_until;
	const char *booking_code;
	int64_t taken, waiting, to_tell; /* who has a place; who waits for one; whom a person is still to tell */
	int64_t version;
};
RECORD_DECLARE(booking_session);

struct booking_key { /* one of the three */
	int64_t id;
	const char *reference, *code;
};
RECORD_DECLARE(booking_key);

/* ---- pure: booking_rules.c ---- */

/* Why nobody of this kind may book now, as a sentence; NULL: they may. */
const char *booking_fault(const struct booking_session *s, enum booking_by by, struct instant now, struct date today);
/* A place can still be given or given up: the session is to come and has not begun. */
bool booking_is_live(const struct booking_session *s, struct instant now);
int64_t booking_free(const struct booking_session *s);
enum { WAITING_MOST = 2000 }; /* so that nobody with the link makes the list endless */
/* Where somebody works who does this; SECTOR_NOT_KNOWN: it does not say. */
int sector_of_audience(int audience);
/* "12 places left", "Full: you can join the waiting list" */
const char *booking_places_text(struct arena *a, const struct booking_session *s);
/* "Booked", "Number 3 on the waiting list" ... of one booking */
const char *booking_state_text(struct arena *a, int state, int64_t position);

/* ---- rows ---- */

struct booking_row {
	int64_t id, session_id, learner_id;
	const char *learner; /* reference */
	int state;
	int64_t establishment_urn;
	int sector;
	int64_t booking_number;
	const char *booking_reference;
	int tell;
};
RECORD_DECLARE(booking_row);

struct booking_find {
	int64_t session_id, learner_id; /* by person */
	const char *learner, *reference; /* by the person's reference, by the booking's */
};
RECORD_DECLARE(booking_find);

struct booking_learner { /* a new person, as they are kept */
	int64_t authority_id;
	const char *reference, *name, *name_fold, *email, *job;
	int sector, audience, standing;
	int64_t establishment_urn;
	const char *organisation, *organisation_fold;
};
RECORD_DECLARE(booking_learner);

struct booking_known { /* all that is read of somebody who is known */
	int64_t id;
	const char *reference;
};
RECORD_DECLARE(booking_known);

struct booking_line { /* one booking on the team's list */
	int64_t id;
	const char *learner, *name, *email, *school, *organisation, *job;
	int state;
	int64_t booking_number, establishment_urn;
	int tell;
};
RECORD_DECLARE(booking_line);

struct booking_lines_args {
	int64_t session_id, own_urn; /* 0: every school's people */
	int state;		     /* 0: those with a place and those who wait */
	int64_t after, row_limit;    /* booking_number of the last one seen */
};
RECORD_DECLARE(booking_lines_args);

struct booking_tell_args {
	int64_t session_id, id;
	int tell;
};
RECORD_DECLARE(booking_tell_args);

struct booking_settings { /* open-booking */
	int64_t id;
	int booking;
	struct date booking_until;
	const char *booking_code;
};
RECORD_DECLARE(booking_settings);

struct bookable_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	struct date today;
	int64_t now_ms;
	const char *course;
};
RECORD_DECLARE(bookable_args);

struct bookable_line {
	int64_t id;
	const char *reference, *course;
	struct instant starts_at;
	const char *venue;
	int64_t places, taken, waiting;
};
RECORD_DECLARE(bookable_line);

struct tell_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
};
RECORD_DECLARE(tell_args);

struct tell_line {
	int64_t id;
	const char *session, *course;
	struct instant starts_at;
	const char *name, *email;
	int tell;
};
RECORD_DECLARE(tell_line);

struct calendar_args {
	int64_t authority_id, course_id; /* 0: every course */
	struct date today;
	int64_t now_ms, after_ms, after_id, row_limit;
};
RECORD_DECLARE(calendar_args);

struct calendar_line {
	int64_t id;
	const char *code, *course;
	struct instant starts_at;
	const char *venue;
	int64_t duration_minutes, places, taken, waiting;
};
RECORD_DECLARE(calendar_line);

/* ---- forms ---- */

struct booking_form { /* book-by-link, and what staff enter of somebody new */
	const char *name, *email, *school, *job;
	int audience;
};
RECORD_DECLARE(booking_form);

struct staff_booking_form { /* book-place */
	const char *learner; /* reference of somebody known; "": as entered */
	const char *name, *email, *school, *job;
	int audience;
	bool although_full;
};
RECORD_DECLARE(staff_booking_form);

struct open_booking_form {
	int booking;
	struct date booking_until;
};
RECORD_DECLARE(open_booking_form);

struct swap_form {
	const char *to; /* code or reference of the other session */
	bool waiting;	/* it is full: wait there, and keep the place here */
};
RECORD_DECLARE(swap_form);

/* ---- what changes a booking: booking.c; inside an operation ---- */

struct err *booking_session_find(struct arena *a, struct db *db, const struct booking_key *key,
				 struct booking_session *out, bool *found) MUST_CHECK;

struct booking_person {
	int64_t learner_id;
	const char *learner;
	int64_t urn;
	int sector;
};
struct booked {
	int state;
	int64_t position; /* on the waiting list; 1 is the next */
	bool again;	  /* was on the list already: nothing has changed */
};
/* Gives a place, or the next number on the waiting list. reference: the person's own, or NULL. although_full: a place over
 * the number of places. What stands in the way is in op->problems. */
struct err *booking_put(struct op *op, struct booking_session *s, const struct booking_person *who, const char *reference,
			bool although_full, struct booked *out) MUST_CHECK;
/* Frees the place or leaves the waiting list; a place that was freed goes to who is first. */
struct err *booking_cancel(struct op *op, const struct booking_session *s, const struct booking_row *row) MUST_CHECK;
/* Moves a booking to another session of the course: into a free place, or, when form->waiting, onto the waiting list there
 * with the place here kept. */
struct err *booking_swap(struct op *op, const struct booking_session *from, const struct booking_row *row,
			 struct booking_session *to, const char *reference, bool waiting, struct booked *out) MUST_CHECK;
/* Gives free places to those who wait, in order. Called whenever a place may have come free (session_recount). */
struct err *booking_settle(struct op *op, int64_t session_id) MUST_CHECK;
/* The audit entry of a person who has been told what row->tell says. */
struct err *booking_audit_told(struct op *op, const struct booking_session *s, const struct booking_row *row) MUST_CHECK;
/* Everybody booked or waiting is to be told this. */
struct err *booking_tell_everybody(struct op *op, int64_t session_id, enum tell what) MUST_CHECK;
/* A list of people that would book more than there are places, before the session has begun: a sentence, or NULL. more:
 * how many it would book. */
struct err *booking_room(struct op *op, int64_t session_id, int64_t more, const char **fault_out) MUST_CHECK;
/* Says in op->flash when fewer places are left than people are booked: nobody loses a place by it. */
struct err *booking_say_over(struct op *op, int64_t session_id) MUST_CHECK;
/* The number of those who wait up to and with this one. */
struct err *booking_position(struct arena *a, struct db *db, const struct booking_row *row, int64_t *out) MUST_CHECK;
/* Somebody who is not known yet. */
struct err *booking_add_learner(struct op *op, const struct booking_form *form, const struct place *place,
				struct booking_known *out) MUST_CHECK;

/* ---- pages and operations ---- */

struct url link_booking(struct arena *a, const char *code);
struct url link_own_booking(struct arena *a, const char *code, const char *reference);
struct err *booking_session_of_page(struct page *p, struct booking_session *out) MUST_CHECK;
/* How somebody stands to a session that is booked: the trainer's own; a school lead's when schools may book. */
relate_fn booking_relate, booking_person_relate;
/* Radios of the field `to` of swap_form. */
void booking_choice(struct page *p, const struct ui_item *items, size_t n);
/* What the page of a session says of bookings, and where they lead. */
struct err *booking_section(struct page *p, const struct session *s) MUST_CHECK;
struct err *booking_today(struct page *p, struct today *out) MUST_CHECK;

extern const struct operation open_booking, book_place, cancel_booking, move_booking, mark_booked_told;
extern const struct operation check_booking, book_by_link, cancel_own_booking, swap_own_booking;
extern const struct list bookable_list, tell_list;
page_fn booking_settings_page, book_place_page, bookings_page, booking_change_page, tell_page;
page_fn calendar_page, book_page, book_again_page, own_booking_page, own_cancel_page, own_swap_page;

#endif
