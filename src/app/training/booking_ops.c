/* Bookings by the training team, by a session's trainer, and by the safeguarding lead of a school for its staff. */
#include <string.h>

#include "app/training/booking.h"
#include "app/training/booking.sql.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

enum { CODE_LENGTH = 8 };

/* ---- who stands how to what ---- */

static struct err *session_named(struct arena *a, struct db *db, const struct who *who, const char *reference,
				 struct booking_session *out)
{
	const struct booking_key key = { .reference = reference };
	bool found;

	TRY(sql_booking_session(a, db, &key, out, &found));
	return found && out->authority_id == who->authority_id
		       ? NULL
		       : ERR(ERR_NOT_FOUND, "There is no session with the reference %s", reference);
}

static bool is_lead(const struct who *who)
{
	return who->role == ROLE_SCHOOL_LEAD;
}

static enum booking_by by_whom(const struct who *who)
{
	return is_lead(who) ? BY_SCHOOL : BY_TEAM;
}

/* A trainer's own sessions; to a school lead, those that schools may book. */
static enum relation relation_to(const struct who *who, const struct booking_session *s)
{
	bool schools = s->booking == BOOKING_SCHOOLS || s->booking == BOOKING_PUBLIC;
	bool own = is_lead(who) ? who->establishment_urn > 0 && schools : who->user_id == s->trainer_id;

	return own ? RELATION_OWN : RELATION_NONE;
}

struct err *booking_session_of_page(struct page *p, struct booking_session *out)
{
	return session_named(p->arena, p->db, p->who, page_path(p, "session"), out);
}

static struct err *session_of(struct op *op, struct booking_session *out)
{
	return session_named(op->arena, op->db, op->who, op_path(op, "session"), out);
}

struct err *booking_relate(struct page *p, enum relation *out)
{
	struct booking_session s;

	TRY(booking_session_of_page(p, &s));
	*out = relation_to(p->who, &s);
	return NULL;
}

static struct err *op_relate(struct op *op, enum relation *out)
{
	struct booking_session s;

	TRY(session_of(op, &s));
	*out = relation_to(op->who, &s);
	return NULL;
}

/* The booking of one person; a lead's own are those of the school's staff. */
static struct err *row_of(struct arena *a, struct db *db, const struct booking_session *s, const char *learner,
			  struct booking_row *out)
{
	const struct booking_find find = { .session_id = s->id, .learner = learner };
	bool found;

	TRY(sql_booking_of_learner(a, db, &find, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "This person is not on the list of this session");
}

static enum relation relation_to_row(const struct who *who, const struct booking_session *s,
				     const struct booking_row *row)
{
	if (is_lead(who) && row->establishment_urn != who->establishment_urn) {
		return RELATION_NONE;
	}
	return relation_to(who, s);
}

struct err *booking_person_relate(struct page *p, enum relation *out)
{
	struct booking_session s;
	struct booking_row row;

	TRY(booking_session_of_page(p, &s));
	TRY(row_of(p->arena, p->db, &s, page_path(p, "learner"), &row));
	*out = relation_to_row(p->who, &s, &row);
	return NULL;
}

static struct err *person_op_relate(struct op *op, enum relation *out)
{
	struct booking_session s;
	struct booking_row row;

	TRY(session_of(op, &s));
	TRY(row_of(op->arena, op->db, &s, op_path(op, "learner"), &row));
	*out = relation_to_row(op->who, &s, &row);
	return NULL;
}

/* Where somebody is led who has changed a booking: a lead has no page of the session. */
static struct url after_booking(struct op *op, const struct booking_session *s)
{
	return is_lead(op->who) ? url_path(op->arena, "/training/sessions/{}/book", s->reference)
				: url_path(op->arena, "/training/sessions/{}/bookings", s->reference);
}

/* ---- opening ---- */

static struct err *open_it(struct op *op, const void *input)
{
	const struct open_booking_form *form = input;
	struct booking_session s;

	TRY(session_of(op, &s));
	TRY(op_expect_version(op, s.version));
	if (!booking_is_live(&s, op->now)) {
		problem_add(op->arena, op->problems, NULL,
			    "This session has begun, is over or was cancelled. Booking can no longer be opened");
	} else if (date_is_set(form->booking_until) && (date_compare(form->booking_until, op->today) < 0 ||
						       date_compare(form->booking_until, s.held_on) > 0)) {
		problem_add(op->arena, op->problems, "booking_until",
			    "Last day for bookings must be between today and the day of the session");
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	const struct booking_settings before = { s.id, s.booking, s.booking_until, s.booking_code };
	struct booking_settings after = { s.id, form->booking, form->booking_until, s.booking_code };

	if (after.booking == BOOKING_PUBLIC && text_empty(after.booking_code)) {
		after.booking_code = world_reference(op->world, op->arena, CODE_LENGTH);
	}
	TRY(sql_booking_open(op->db, &after, NULL));
	op->reference = s.reference;
	op->location = link_session(op->arena, s.reference);
	op->flash = after.booking == BOOKING_CLOSED ? "Only the training team can book now" : "Booking is open";
	return op_audit(op, "session", s.reference, &booking_settings_record, &before, &after);
}

/* ---- booking ---- */

/* Which field a refusal of the plan belongs to. */
static const char *field_of(const struct plan_row *row)
{
	if (row->place.fault != NULL) {
		return "school";
	}
	return !text_empty(row->in.email) && !text_is_email(row->in.email) ? "email" : "name";
}

/* Somebody as entered: known by e-mail, or by name and place, or new. */
static struct err *person_entered(struct op *op, const struct booking_session *s, const struct staff_booking_form *form,
				  struct booking_person *out)
{
	const char *school = is_lead(op->who) ? arena_printf(op->arena, "%lld", (long long)op->who->establishment_urn)
					      : form->school;
	struct attendee in = { .line = 1, .name = form->name, .email = text_fold(op->arena, form->email),
			       .school = school, .job = form->job, .state = ATTENDANCE_BOOKED, .pick = "",
			       .sector_text = "", .state_text = "" };
	const struct attendees people = { &in, 1, false };
	const struct session session = { .id = s->id, .authority_id = s->authority_id, .state = s->state,
					 .held_on = s->held_on };
	const struct plan_for how = { .session = &session, .today = op->today, .school = "", .strict = true,
				      .books = true };
	struct plan plan;
	struct booking_known known;

	attendee_check(op->arena, &in);
	TRY(attendance_plan(op->arena, op->db, &how, &people, &plan));
	const struct plan_row *row = &plan.v[0];

	if (row->kind == PLAN_BAD) {
		problem_add(op->arena, op->problems, field_of(row), "%s", row->reason);
		return NULL;
	}
	*out = (struct booking_person){ row->learner.id, row->learner.reference, row->place.urn, row->in.sector };
	if (row->kind == PLAN_NEW) {
		const struct booking_form person = { form->name, form->email, school, form->job, form->audience };

		TRY(booking_add_learner(op, &person, &row->place, &known));
		out->learner_id = known.id;
		out->learner = known.reference;
	}
	if (sector_of_audience(form->audience) != SECTOR_NOT_KNOWN) {
		out->sector = sector_of_audience(form->audience);
	}
	return NULL;
}

/* Somebody chosen among those who are known. */
static struct err *person_known(struct op *op, const char *reference, struct booking_person *out)
{
	const struct reference_arg key = { op->who->authority_id, reference };
	struct learner l;
	bool found;

	TRY(sql_learner_find(op->arena, op->db, &key, &l, &found));
	if (!found || (is_lead(op->who) && l.establishment_urn != op->who->establishment_urn)) {
		problem_add(op->arena, op->problems, "find", "Choose a person who is known, or enter who it is");
		return NULL;
	}
	*out = (struct booking_person){ l.id, l.reference, l.establishment_urn, l.sector };
	return NULL;
}

static const char *booked_text(struct arena *a, const struct booked *b)
{
	if (b->state == ATTENDANCE_WAITING) {
		return arena_printf(a, "%s %lld on the waiting list",
				    b->again ? "This person was on the list already, as number"
					     : "All places are taken. The person is number",
				    (long long)b->position);
	}
	return b->again ? "This person was on the list already" : "A place is booked";
}

static struct err *book_it(struct op *op, const void *input)
{
	const struct staff_booking_form *form = input;
	struct booking_session s;
	struct booking_person who = { 0 };
	struct booked booked;

	TRY(session_of(op, &s));
	const char *fault = booking_fault(&s, by_whom(op->who), op->now, op->today);
	bool over = form->although_full && policy_reach(op->who->role, PERM_training_manage) == REACH_ALL;

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	TRY(text_empty(form->learner) ? person_entered(op, &s, form, &who) : person_known(op, form->learner, &who));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(booking_put(op, &s, &who, NULL, over, &booked));
	op->reference = who.learner;
	op->location = after_booking(op, &s);
	op->flash = booked_text(op->arena, &booked);
	return NULL;
}

/* ---- cancelling and moving ---- */

static struct err *row_to_change(struct op *op, struct booking_session *s, struct booking_row *row)
{
	TRY(session_of(op, s));
	TRY(row_of(op->arena, op->db, s, op_path(op, "learner"), row));
	if (!booking_is_live(s, op->now)) {
		problem_add(op->arena, op->problems, NULL,
			    "This session has begun, is over or was cancelled. Record who came instead");
	} else if (row->state != ATTENDANCE_BOOKED && row->state != ATTENDANCE_WAITING) {
		problem_add(op->arena, op->problems, NULL, "There is no booking of this person to cancel or move");
	}
	return NULL;
}

static struct err *cancel_it(struct op *op, const void *input)
{
	struct booking_session s;
	struct booking_row row;

	TRY(row_to_change(op, &s, &row));
	if (op->problems->n > 0) {
		return NULL;
	}
	op->location = after_booking(op, &s);
	op->flash = "Booking cancelled";
	return booking_cancel(op, &s, &row);
}

static struct err *move_it(struct op *op, const void *input)
{
	const struct swap_form *form = input;
	struct booking_session from, to;
	struct booking_row row;
	struct booked booked;

	TRY(row_to_change(op, &from, &row));
	TRY(session_named(op->arena, op->db, op->who, form->to, &to));
	const char *fault = booking_fault(&to, by_whom(op->who), op->now, op->today);

	if (!policy_allows(op->who->role, PERM_booking_make, relation_to(op->who, &to))) {
		return ERR(ERR_NOT_FOUND, "There is no session with the reference %s", form->to);
	}
	if (fault != NULL) {
		problem_add(op->arena, op->problems, "to", "%s", fault);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(booking_swap(op, &from, &row, &to, NULL, form->waiting, &booked));
	op->location = after_booking(op, &from);
	op->flash = booked.state == ATTENDANCE_WAITING ? "On the waiting list of the other session; the booking here is kept"
						       : "Moved to the other session";
	return NULL;
}

/* ---- who has been told ---- */

static struct err *told(struct op *op, const void *input)
{
	struct booking_lines_args of = { .row_limit = ATTENDEES_MAX };
	struct booking_session s;
	struct booking_line *v;
	size_t n, marked = 0;

	TRY(session_of(op, &s));
	of.session_id = s.id;
	TRY(sql_booking_to_tell(op->arena, op->db, &of, &v, &n));
	for (size_t i = 0; i < n; i++) {
		const struct booking_tell_args told = { .session_id = s.id, .id = v[i].id };
		const struct booking_row was = { .learner = v[i].learner, .state = v[i].state,
						 .booking_number = v[i].booking_number, .tell = v[i].tell };

		/* What was seen is what was told: somebody may have been given another message meanwhile. */
		if (!text_same(pairs_get(op->raw, arena_printf(op->arena, "told-%s", v[i].learner)),
			       words_word(&tell_words, v[i].tell))) {
			continue;
		}
		TRY(sql_booking_told(op->db, &told, NULL));
		TRY(booking_audit_told(op, &s, &was));
		marked++;
	}
	if (marked == 0) {
		problem_add(op->arena, op->problems, NULL, "Choose the people you have told");
		return NULL;
	}
	op->location = url_path(op->arena, "/training/sessions/{}/tell", s.reference);
	op->flash = arena_printf(op->arena, "%zu %s marked as told", marked, marked == 1 ? "person" : "people");
	return NULL;
}

const struct operation open_booking = {
	.name = "open-booking",
	.label = "Say who may book",
	.permission = PERM_training_deliver,
	.input = &open_booking_form_record,
	.apply = open_it,
	.relate = session_op_relate,
};
const struct operation book_place = {
	.name = "book-place",
	.label = "Book a place",
	.permission = PERM_booking_make,
	.input = &staff_booking_form_record,
	.apply = book_it,
	.relate = op_relate,
};
const struct operation cancel_booking = {
	.name = "cancel-booking",
	.label = "Cancel a booking",
	.permission = PERM_booking_make,
	.apply = cancel_it,
	.relate = person_op_relate,
};
const struct operation move_booking = {
	.name = "move-booking",
	.label = "Move a booking to another session",
	.permission = PERM_booking_make,
	.input = &swap_form_record,
	.apply = move_it,
	.relate = person_op_relate,
};
const struct operation mark_booked_told = {
	.name = "mark-booked-told",
	.label = "Mark people as told about their booking",
	.permission = PERM_training_deliver,
	.apply = told,
	.relate = session_op_relate,
	.flags = OP_ANY_FIELDS,
};
