/*
 * Bookings by link, without an account. A person is known by their work e-mail, and whoever has the link may write anybody's:
 * so an e-mail that is booked already changes nothing, and the answer holds neither the state of that booking nor the way
 * to it. It does say that the booking may be an earlier one: without a message to that mailbox there is no honest way to
 * tell a person that they have a reference and a stranger nothing. What one address can try is limited.
 */
#include "app/training/booking.h"
#include "app/training/booking.sql.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"
#include "trust/trust.h"

enum { TICKET_LENGTH = 16, BOOKINGS_OF_ADDRESS = 60 };

struct url link_booking(struct arena *a, const char *code)
{
	return url_path(a, "/b/{}", code);
}

struct url link_own_booking(struct arena *a, const char *code, const char *reference)
{
	return url_path(a, "/b/{}/{}", code, reference);
}

static struct err *session_by_code(struct op *op, const char *code, struct booking_session *out)
{
	const struct booking_key key = { .code = code };
	bool found;

	TRY(sql_booking_session(op->arena, op->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no session to book under this address");
}

/* The session and place of work that a form speaks of; what is wrong is in op->problems. */
static struct err *check(struct op *op, const struct booking_form *form, struct booking_session *s, struct place *place)
{
	TRY(session_by_code(op, op_path(op, "booking"), s));
	const char *fault = booking_fault(s, BY_LINK, op->now, op->today);
	struct attendee person = { .name = form->name, .email = form->email, .school = form->school, .job = form->job };

	attendee_check(op->arena, &person);
	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
	}
	if (person.fault != NULL) {
		problem_add(op->arena, op->problems, "name", "%s", person.fault);
	}
	TRY(place_resolve(op->arena, op->db, s->authority_id, s->held_on, form->school, NULL, place));
	if (place->fault != NULL) {
		problem_add(op->arena, op->problems, "school", "%s", place->fault);
	}
	return NULL;
}

static struct err *check_it(struct op *op, const void *input)
{
	struct booking_session s;
	struct place place;

	TRY(check(op, input, &s, &place));
	if (op->problems->n == 0) {
		pairs_add(op->arena, op->result, "checked", "yes");
	}
	return NULL;
}

static struct err *person_of(struct op *op, const struct booking_form *form, const struct place *place,
			     struct booking_person *out)
{
	const struct learner_args args = { .authority_id = op->who->authority_id,
					   .email = text_fold(op->arena, form->email) };
	int sector = sector_of_audience(form->audience);
	struct booking_known known;
	bool found;

	TRY(sql_booking_learner_by_email(op->arena, op->db, &args, &known, &found));
	if (!found) {
		TRY(booking_add_learner(op, form, place, &known));
	}
	*out = (struct booking_person){ known.id, known.reference, place->urn,
					sector == SECTOR_NOT_KNOWN && place->urn != 0 ? SECTOR_SCHOOL : sector };
	return NULL;
}

static struct err *book_it(struct op *op, const void *input)
{
	const struct booking_form *form = input;
	const char *ticket = world_reference(op->world, op->arena, TICKET_LENGTH);
	struct booking_session s;
	struct place place;
	struct booking_person who;
	struct booked booked;

	TRY(limit_use(op->arena, op->db, "booking", op->client, BOOKINGS_OF_ADDRESS, op->now));
	TRY(check(op, form, &s, &place));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(person_of(op, form, &place, &who));
	TRY(booking_put(op, &s, &who, ticket, false, &booked));
	op->location = booked.again ? url_path(op->arena, "/b/{}/again", s.booking_code)
				    : link_own_booking(op->arena, s.booking_code, ticket);
	return NULL;
}

/* ---- one's own booking ---- */

static struct err *own(struct op *op, struct booking_session *s, struct booking_row *row)
{
	struct booking_find find = { .reference = op_path(op, "ticket") };
	bool found;

	TRY(session_by_code(op, op_path(op, "booking"), s));
	find.session_id = s->id;
	TRY(sql_booking_by_reference(op->arena, op->db, &find, row, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no booking under this address");
	}
	if (!booking_is_live(s, op->now)) {
		problem_add(op->arena, op->problems, NULL,
			    "This session has begun, is over or was cancelled. The booking can no longer be changed");
	} else if (row->state != ATTENDANCE_BOOKED && row->state != ATTENDANCE_WAITING) {
		problem_add(op->arena, op->problems, NULL, "This booking is cancelled already");
	}
	return NULL;
}

static struct err *cancel_own(struct op *op, const void *input)
{
	struct booking_session s;
	struct booking_row row;

	TRY(own(op, &s, &row));
	if (op->problems->n > 0) {
		return NULL;
	}
	op->location = link_own_booking(op->arena, s.booking_code, row.booking_reference);
	op->flash = "Booking cancelled";
	return booking_cancel(op, &s, &row);
}

static struct err *swap_own(struct op *op, const void *input)
{
	const struct swap_form *form = input;
	const char *ticket = world_reference(op->world, op->arena, TICKET_LENGTH);
	struct booking_session from, to;
	struct booking_row row;
	struct booked booked;

	TRY(own(op, &from, &row));
	TRY(session_by_code(op, form->to, &to));
	const char *fault = booking_fault(&to, BY_LINK, op->now, op->today);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, "to", "%s", fault);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(booking_swap(op, &from, &row, &to, ticket, form->waiting, &booked));
	op->location = link_own_booking(op->arena, to.booking_code, ticket);
	return NULL;
}

const struct operation check_booking = {
	.name = "check-booking",
	.label = "Check a booking",
	.permission = PERM_public,
	.input = &booking_form_record,
	.apply = check_it,
	.flags = OP_NO_AUDIT | OP_SECRET_ANSWER,
};
const struct operation book_by_link = {
	.name = "book-by-link",
	.label = "Book a place by link",
	.permission = PERM_public,
	.input = &booking_form_record,
	.apply = book_it,
};
const struct operation cancel_own_booking = {
	.name = "cancel-own-booking",
	.label = "Cancel one's own booking",
	.permission = PERM_public,
	.apply = cancel_own,
};
const struct operation swap_own_booking = {
	.name = "swap-own-booking",
	.label = "Move one's own booking to another session",
	.permission = PERM_public,
	.input = &swap_form_record,
	.apply = swap_own,
};
