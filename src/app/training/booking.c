/* Places given, freed and passed on: what every way of booking shares. Inside an operation's transaction. */
#include "app/training/booking.h"

#include "app/training/booking.sql.h"
#include "app/training/need.h"
#include "app/training/person.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

enum { REFERENCE_LENGTH = 8 };

/* What the audit says of one booking: references only, as it is kept for ever. */
struct booking_entry {
	const char *session, *learner;
	int state;
	int64_t number;
	int tell;
};

static const struct field booking_entry_fields[] = {
	FIELD(struct booking_entry, session, .flags = F_REFERENCE),
	FIELD(struct booking_entry, learner, .flags = F_REFERENCE),
	FIELD(struct booking_entry, state, .words = &attendance_state_words),
	FIELD(struct booking_entry, number),
	FIELD(struct booking_entry, tell, .words = &tell_words, .flags = F_NULLABLE),
	FIELD_END
};
static RECORD(booking_entry, booking_entry_fields);

static struct err *audit(struct op *op, const char *action, const struct booking_session *s,
			 const struct booking_row *before, const struct booking_row *after)
{
	const char *subject = arena_printf(op->arena, "%s/%s", s->reference, after->learner);
	struct booking_entry was = { 0 };
	const struct booking_entry is = { s->reference, after->learner, after->state, after->booking_number,
					  after->tell };

	if (before != NULL) {
		was = (struct booking_entry){ s->reference, before->learner, before->state, before->booking_number,
					      before->tell };
	}
	return op_audit_as(op, action, "booking", subject, &booking_entry_record, before == NULL ? NULL : &was, &is);
}

struct err *booking_session_find(struct arena *a, struct db *db, const struct booking_key *key,
				 struct booking_session *out, bool *found)
{
	return sql_booking_session(a, db, key, out, found);
}

static struct err *session_again(struct op *op, struct booking_session *s)
{
	const struct booking_key key = { .id = s->id };
	bool found;

	TRY(sql_booking_session(op->arena, op->db, &key, s, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no such session");
}

/* ---- the waiting list moves ---- */

static struct err *promote(struct op *op, const struct booking_session *s, const struct booking_row *row)
{
	struct booking_row after = *row;

	after.state = ATTENDANCE_BOOKED;
	after.tell = TELL_PLACE;
	TRY(sql_booking_update(op->db, &after, NULL));
	return audit(op, "move-waiting-list", s, row, &after);
}

static struct err *settle(struct op *op, struct booking_session *s)
{
	const struct booking_find first = { .session_id = s->id };
	struct booking_row row;
	bool found = true;

	while (booking_is_live(s, op->now) && booking_free(s) > 0 && s->waiting > 0) {
		TRY(sql_booking_first_waiting(op->arena, op->db, &first, &row, &found));
		if (!found) {
			return ERR_DETAIL(ERR_BUG, "nobody is first of those who wait");
		}
		TRY(promote(op, s, &row));
		s->taken++;
		s->waiting--;
	}
	return NULL;
}

struct err *booking_settle(struct op *op, int64_t session_id)
{
	struct booking_session s = { .id = session_id };

	TRY(session_again(op, &s));
	return settle(op, &s);
}

/* ---- booking ---- */

struct err *booking_position(struct arena *a, struct db *db, const struct booking_row *row, int64_t *out)
{
	struct count_row count;

	TRY(sql_booking_place_in_line(a, db, row, &count));
	*out = count.n;
	return NULL;
}

/* Somebody who is on the list already; who waits may be given a place over the number. */
static struct err *again(struct op *op, const struct booking_session *s, const struct booking_row *row,
			 bool although_full, struct booked *out)
{
	*out = (struct booked){ .state = row->state, .again = true };
	if (row->state == ATTENDANCE_WAITING && although_full) {
		*out = (struct booked){ .state = ATTENDANCE_BOOKED };
		return promote(op, s, row);
	}
	if (row->state == ATTENDANCE_WAITING) {
		TRY(booking_position(op->arena, op->db, row, &out->position));
	}
	return audit(op, op->operation->name, s, row, row);
}

static int state_for(const struct booking_session *s, bool although_full)
{
	if (booking_free(s) > 0 || although_full) {
		return ATTENDANCE_BOOKED;
	}
	return s->waiting < WAITING_MOST ? ATTENDANCE_WAITING : 0;
}

static struct err *keep(struct op *op, const struct booking_session *s, const struct booking_row *before,
			const struct booking_row *after)
{
	struct id_row id;

	if (before != NULL) {
		TRY(sql_booking_update(op->db, after, NULL));
	} else {
		TRY(sql_booking_add(op->arena, op->db, after, &id));
	}
	return audit(op, op->operation->name, s, before, after);
}

struct err *booking_put(struct op *op, struct booking_session *s, const struct booking_person *who, const char *reference,
			bool although_full, struct booked *out)
{
	const struct booking_find find = { .session_id = s->id, .learner_id = who->learner_id };
	struct booking_row before;
	struct count_row number;
	bool found;

	TRY(settle(op, s)); /* nobody overtakes those who wait */
	TRY(sql_booking_of_person(op->arena, op->db, &find, &before, &found));
	if (found && before.state != ATTENDANCE_CANCELLED) {
		return again(op, s, &before, although_full, out);
	}
	int state = state_for(s, although_full);

	if (state == 0) {
		problem_add(op->arena, op->problems, NULL,
			    "All places are taken and the waiting list is full. Choose another session");
		return NULL;
	}
	TRY(sql_booking_next_number(op->arena, op->db, &find, &number));
	const struct booking_row after = { .id = found ? before.id : 0, .session_id = s->id,
					   .learner_id = who->learner_id, .learner = who->learner, .state = state,
					   .establishment_urn = who->urn, .sector = who->sector,
					   .booking_number = number.n, .booking_reference = reference };

	TRY(keep(op, s, found ? &before : NULL, &after));
	s->taken += state == ATTENDANCE_BOOKED;
	s->waiting += state == ATTENDANCE_WAITING;
	*out = (struct booked){ .state = state, .position = state == ATTENDANCE_WAITING ? s->waiting : 0 };
	return NULL;
}

/* ---- cancelling and moving ---- */

struct err *booking_cancel(struct op *op, const struct booking_session *s, const struct booking_row *row)
{
	struct booking_session now = *s;
	struct booking_row after = *row;

	after.state = ATTENDANCE_CANCELLED;
	after.tell = 0;
	TRY(sql_booking_update(op->db, &after, NULL));
	TRY(audit(op, "cancel-booking", s, row, &after));
	TRY(session_again(op, &now));
	return settle(op, &now);
}

struct err *booking_swap(struct op *op, const struct booking_session *from, const struct booking_row *row,
			 struct booking_session *to, const char *reference, bool waiting, struct booked *out)
{
	const struct booking_person who = { row->learner_id, row->learner, row->establishment_urn, row->sector };

	if (to->course_id != from->course_id || to->id == from->id) {
		problem_add(op->arena, op->problems, "to", "Choose another session of the same course");
		return NULL;
	}
	TRY(settle(op, to));
	if (booking_free(to) == 0 && !waiting) {
		problem_add(op->arena, op->problems, "to",
			    "That session is full. The booking here is kept. You can also wait for a place there");
		return NULL;
	}
	TRY(booking_put(op, to, &who, reference, false, out));
	if (op->problems->n > 0 || out->again) {
		if (out->again) {
			problem_add(op->arena, op->problems, "to", "There is a booking in that session already");
		}
		return NULL;
	}
	/* Who only waits there keeps what they have here. */
	return out->state == ATTENDANCE_BOOKED ? booking_cancel(op, from, row) : NULL;
}

struct err *booking_audit_told(struct op *op, const struct booking_session *s, const struct booking_row *row)
{
	struct booking_row after = *row;

	after.tell = 0;
	return audit(op, op->operation->name, s, row, &after);
}

struct err *booking_tell_everybody(struct op *op, int64_t session_id, enum tell what)
{
	const struct booking_tell_args args = { .session_id = session_id, .tell = (int)what };

	return sql_booking_tell_all(op->db, &args, NULL);
}

struct err *booking_room(struct op *op, int64_t session_id, int64_t more, const char **fault_out)
{
	struct booking_session s = { .id = session_id };

	*fault_out = NULL;
	if (more == 0) {
		return NULL;
	}
	TRY(session_again(op, &s));
	if (booking_is_live(&s, op->now) && more > booking_free(&s)) {
		*fault_out = arena_printf(op->arena,
					  "There are %lld places and %lld are taken: %lld more cannot be booked. Put people "
					  "on the waiting list with “Book a place”, or give the session more places",
					  (long long)s.places, (long long)s.taken, (long long)more);
	}
	return NULL;
}

struct err *booking_say_over(struct op *op, int64_t session_id)
{
	struct booking_session s = { .id = session_id };

	TRY(session_again(op, &s));
	if (booking_is_live(&s, op->now) && s.taken > s.places) {
		op->flash = arena_printf(op->arena,
					 "%s. %lld people are booked for %lld places: they keep them, and nobody else can book",
					 op->flash, (long long)s.taken, (long long)s.places);
	}
	return NULL;
}

/* ---- people ---- */

struct err *booking_add_learner(struct op *op, const struct booking_form *form, const struct place *place,
				struct booking_known *out)
{
	int sector = sector_of_audience(form->audience);
	struct id_row id;
	const struct booking_learner l = {
		.authority_id = op->who->authority_id,
		.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH),
		.name = form->name,
		.name_fold = text_fold(op->arena, form->name),
		.email = text_fold(op->arena, text_empty(form->email) ? "" : form->email),
		.job = form->job,
		.sector = sector == SECTOR_NOT_KNOWN && place->urn != 0 ? SECTOR_SCHOOL : sector,
		.audience = form->audience,
		.standing = form->audience == AUDIENCE_FOSTER_CARERS ? STANDING_FOSTER_CARER : STANDING_STAFF,
		.establishment_urn = place->urn,
		.organisation = place->organisation,
		.organisation_fold = place->organisation_fold,
	};

	TRY(sql_booking_learner_add(op->arena, op->db, &l, &id));
	*out = (struct booking_known){ id.id, l.reference };
	TRY(person_searchable(op, &(struct learner){ .id = id.id, .authority_id = l.authority_id, .name = l.name, .name_fold = l.name_fold,
						     .email = l.email, .job = l.job, .organisation = l.organisation }));
	return need_of_learner(op, id.id);
}
