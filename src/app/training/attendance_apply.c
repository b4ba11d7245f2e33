/* Saving what a plan says: learners, attendance, the audit of each, the schools served. */
#include <string.h>

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/booking.h"
#include "app/training/learner.sql.h"
#include "app/training/person.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

enum { REFERENCE_LENGTH = 8 };

/* What the audit says of one person at one session. The chain is kept for ever and cannot be
 * mended, so that it names people by reference only. */
struct attendance_entry {
	const char *session, *learner;
	int state;
	int64_t establishment_urn;
	int sector;
	struct instant arrived_at, left_at;
};

static const struct field attendance_entry_fields[] = {
	FIELD(struct attendance_entry, session, .flags = F_REFERENCE),
	FIELD(struct attendance_entry, learner, .flags = F_REFERENCE),
	FIELD(struct attendance_entry, state, .words = &attendance_state_words),
	FIELD(struct attendance_entry, establishment_urn),
	FIELD(struct attendance_entry, sector, .words = &sector_words),
	FIELD(struct attendance_entry, arrived_at),
	FIELD(struct attendance_entry, left_at),
	FIELD_END
};
static RECORD(attendance_entry, attendance_entry_fields);

struct attendance_counts {
	int64_t added, changed, unchanged, refused;
};

static const struct field attendance_counts_fields[] = {
	FIELD(struct attendance_counts, added),
	FIELD(struct attendance_counts, changed),
	FIELD(struct attendance_counts, unchanged),
	FIELD(struct attendance_counts, refused),
	FIELD_END
};
static RECORD(attendance_counts, attendance_counts_fields);

static struct attendance_entry entry_of(const struct session *s, const char *learner,
					const struct attendance *a)
{
	return (struct attendance_entry){ s->reference, learner, a->state, a->establishment_urn,
					  a->sector, a->arrived_at, a->left_at };
}

struct err *attendance_audit(struct op *op, const struct session *s, const char *learner,
			     const struct attendance *before, const struct attendance *after)
{
	const char *subject = arena_printf(op->arena, "%s/%s", s->reference, learner);
	struct attendance_entry was = { 0 }, is = { 0 };

	if (before != NULL) {
		was = entry_of(s, learner, before);
	}
	if (after != NULL) {
		is = entry_of(s, learner, after);
	}
	return op_audit(op, "attendance", subject, &attendance_entry_record,
			before == NULL ? NULL : &was, after == NULL ? NULL : &is);
}

/* ---- learners ---- */

static struct err *add_learner(struct op *op, const struct session *s, const struct plan_row *row,
			       struct learner *out)
{
	struct id_row id;

	*out = (struct learner){
		.authority_id = s->authority_id,
		.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH),
		.name = row->in.name,
		.name_fold = row->name_fold,
		.email = row->in.email,
		.job = row->in.job,
		.sector = row->in.sector,
		.establishment_urn = row->place.urn,
		.organisation = row->place.organisation,
		.organisation_fold = row->place.organisation_fold,
	};
	TRY(sql_learner_add(op->arena, op->db, out, &id));
	out->id = id.id;
	return NULL;
}

static void move_to(struct learner *l, const struct place *place)
{
	l->establishment_urn = place->urn;
	l->organisation = place->organisation;
	l->organisation_fold = place->organisation_fold;
}

/* A learner has the place of work of the latest session; older lists entered late do not undo it.
 */
static struct err *take_place(struct op *op, const struct session *s, const struct plan_row *row,
			      struct learner *l)
{
	struct attendance_arg args = { s->id, l->id };
	struct learner_last last;
	bool given = row->place.urn != 0 || !text_empty(row->place.organisation);
	bool none = l->establishment_urn == 0 && text_empty(l->organisation);

	if (!given) {
		return NULL;
	}
	if (!none) {
		TRY(sql_learner_last_session(op->arena, op->db, &args, &last));
		if (date_is_set(last.held_on) && date_compare(last.held_on, s->held_on) > 0) {
			return NULL;
		}
	}
	move_to(l, &row->place);
	return NULL;
}

static bool same_work(const struct learner *a, const struct learner *b)
{
	return text_same(a->email, b->email) && text_same(a->job, b->job) && a->sector == b->sector &&
	       a->establishment_urn == b->establishment_urn && text_same(a->organisation, b->organisation);
}

/* *changed: after differs, and is written. */
static struct err *fill_learner(struct op *op, const struct session *s, const struct plan_row *row, struct learner *out, bool *changed)
{
	struct learner after = row->learner;

	if (text_empty(after.email)) {
		after.email = row->in.email;
	}
	if (text_empty(after.job)) {
		after.job = row->in.job;
	}
	if (after.sector == SECTOR_NOT_KNOWN) {
		after.sector = row->in.sector;
	}
	TRY(take_place(op, s, row, &after));
	*out = after;
	*changed = !same_work(&row->learner, &after);
	return *changed ? sql_learner_update(op->db, &after, NULL) : NULL;
}

/* ---- attendance ---- */

static struct err *add_attendance(struct op *op, const struct session *s,
				  const struct plan_row *row, const struct learner *l)
{
	struct attendance a = {
		.session_id = s->id,
		.learner_id = l->id,
		.state = row->state_after,
		.establishment_urn = row->place.urn,
		.sector = row->in.sector,
		.arrived_at = row->arrived_after,
		.left_at = row->left_after,
	};
	struct id_row id;

	TRY(sql_attendance_add(op->arena, op->db, &a, &id));
	return attendance_audit(op, s, l->reference, NULL, &a);
}

static struct err *raise_attendance(struct op *op, const struct session *s,
				    const struct plan_row *row)
{
	struct attendance after = row->attendance;

	after.state = row->state_after;
	after.arrived_at = row->arrived_after;
	after.left_at = row->left_after;
	if (after.establishment_urn == 0) {
		after.establishment_urn = row->place.urn;
	}
	if (after.sector == SECTOR_NOT_KNOWN) {
		after.sector = row->in.sector;
	}
	TRY(sql_attendance_update(op->db, &after, NULL));
	return attendance_audit(op, s, row->learner.reference, &row->attendance, &after);
}

/* *l, *written: the person, new or changed. */
static struct err *apply_row(struct op *op, const struct session *s, const struct plan_row *row, struct learner *l, bool *written)
{
	*written = false;
	if (row->kind == PLAN_NEW) {
		TRY(add_learner(op, s, row, l));
		*written = true;
		return add_attendance(op, s, row, l);
	}
	if (row->kind != PLAN_KNOWN) {
		return NULL;
	}
	TRY(fill_learner(op, s, row, l, written));
	if (row->attendance.id == 0) {
		return add_attendance(op, s, row, l);
	}
	return plan_changes(row) ? raise_attendance(op, s, row) : NULL;
}

/* How many places the plan takes that were not taken before. */
static int64_t books(const struct plan *plan)
{
	int64_t n = 0;

	for (size_t i = 0; i < plan->n; i++) {
		const struct plan_row *row = &plan->v[i];

		n += row->state_after == ATTENDANCE_BOOKED && row->attendance.id == 0 &&
		     (row->kind == PLAN_NEW || row->kind == PLAN_KNOWN);
	}
	return n;
}

struct err *attendance_apply(struct op *op, const struct session *s, const struct plan *plan)
{
	struct attendance_counts none = { 0 };
	struct attendance_counts counts = { plan->added, plan->changed, plan->unchanged,
					    plan->bad };
	struct learner *people = ARENA_NEW(op->arena, struct learner, plan->n + 1);
	const char *fault;
	size_t n = 0;
	bool written;

	TRY(booking_room(op, s->id, books(plan), &fault));
	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	for (size_t i = 0; i < plan->n; i++) {
		TRY(apply_row(op, s, &plan->v[i], &people[n], &written));
		n += written ? 1 : 0;
	}
	TRY(people_searchable(op, people, n));
	TRY(op_audit(op, "session", s->reference, &attendance_counts_record, &none, &counts));
	return session_recount(op, s->id);
}

struct err *attendance_set(struct op *op, const struct session *s, const struct attendance *row,
			   const char *learner, int state)
{
	struct attendance after = *row;
	const char *fault;

	TRY(booking_room(op, s->id, state == ATTENDANCE_BOOKED ? 1 : 0, &fault));
	if (fault != NULL) {
		problem_add(op->arena, op->problems, arena_printf(op->arena, "state-%s", learner), "%s", fault);
		return NULL;
	}
	after.state = state;
	if (!attendance_was_there(state)) {
		after.arrived_at = after.left_at = (struct instant){ 0 };
	}
	TRY(sql_attendance_update(op->db, &after, NULL));
	return attendance_audit(op, s, learner, row, &after);
}
