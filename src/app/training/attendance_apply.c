/* Saving what a plan says: learners, attendance, the audit of each, the schools served. */
#include <stdlib.h>

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/booking.h"
#include "app/training/known.h"
#include "app/training/need.h"
#include "app/training/learner.sql.h"
#include "app/training/person.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

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

static struct learner new_learner(const struct session *s, const struct plan_row *row)
{
	return (struct learner){
		.authority_id = s->authority_id,
		.name = row->in.name,
		.name_fold = row->name_fold,
		.email = row->in.email,
		.job = row->in.job,
		.sector = row->in.sector,
		.establishment_urn = row->place.urn,
		.organisation = row->place.organisation,
		.organisation_fold = row->place.organisation_fold,
	};
}

static bool place_given(const struct plan_row *row)
{
	return row->place.urn != 0 || !text_empty(row->place.organisation);
}

static bool has_place(const struct learner *l)
{
	return l->establishment_urn != 0 || !text_empty(l->organisation);
}

/* Found by the same words (people_words); a list changes no name. */
static bool same_words(const struct learner *a, const struct learner *b)
{
	return text_same(a->email, b->email) && text_same(a->job, b->job) && text_same(a->organisation, b->organisation);
}

static bool same_work(const struct learner *a, const struct learner *b)
{
	return same_words(a, b) && a->sector == b->sector && a->establishment_urn == b->establishment_urn;
}

/* What is known of somebody, and what the list says where nothing was known. A learner has the place of work of the latest
 * session; older lists entered late do not undo it: moves says whether this one is the latest. */
static struct learner filled(const struct plan_row *row, bool moves)
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
	if (place_given(row) && (moves || !has_place(&after))) {
		after.establishment_urn = row->place.urn;
		after.organisation = row->place.organisation;
		after.organisation_fold = row->place.organisation_fold;
	}
	return after;
}

/* ---- the whole list ---- */

struct applying {
	struct op *op;
	const struct session *session;
	const struct plan *plan;
	struct learner *people;	     /* who is written: those who are new, then those who change */
	size_t n_new, n_changed;
	struct learner *sectored; /* of those who change: whose sector is known now, which rules may ask for */
	struct learner *worded;	  /* of those who change: who is found by other words now */
	size_t n_sectored, n_worded;
	struct attendance *added, *raised;
	size_t n_added, n_raised;
};

static int by_id(const void *a, const void *b)
{
	const struct id_arg *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

/* Those whom the list would move and who were at a later session, by id. */
static struct err *find_later(const struct applying *x, struct id_arg **later_out, size_t *n_out)
{
	struct op *op = x->op;
	struct at_later_args args = { x->session->id, x->session->held_on, NULL };
	struct json j;

	texts_begin(&j, op->arena);
	for (size_t i = 0; i < x->plan->n; i++) {
		const struct plan_row *row = &x->plan->v[i];

		if (row->kind == PLAN_KNOWN && place_given(row) && has_place(&row->learner)) {
			json_int(&j, row->learner.id);
		}
	}
	args.learners = texts_end(&j);
	TRY(sql_learners_at_later(op->arena, op->db, &args, later_out, n_out));
	qsort(*later_out, *n_out, sizeof **later_out, by_id);
	return NULL;
}

static struct err *write_people(struct applying *x)
{
	struct op *op = x->op;
	struct learner *changed;
	struct id_arg *later;
	size_t n_later;

	TRY(find_later(x, &later, &n_later));
	for (size_t i = 0; i < x->plan->n; i++) {
		if (x->plan->v[i].kind == PLAN_NEW) {
			x->people[x->n_new++] = new_learner(x->session, &x->plan->v[i]);
		}
	}
	changed = x->people + x->n_new;
	for (size_t i = 0; i < x->plan->n; i++) {
		const struct plan_row *row = &x->plan->v[i];
		const struct id_arg id = { row->learner.id };

		if (row->kind == PLAN_KNOWN) {
			const struct learner after = filled(row, bsearch(&id, later, n_later, sizeof id, by_id) == NULL);

			changed[x->n_changed] = after;
			x->n_changed += same_work(&row->learner, &after) ? 0 : 1;
			x->sectored[x->n_sectored] = after;
			x->n_sectored += after.sector != row->learner.sector ? 1 : 0;
			x->worded[x->n_worded] = after;
			x->n_worded += same_words(&row->learner, &after) ? 0 : 1;
		}
	}
	TRY(people_add(op, x->people, x->n_new));
	return sql_learner_update(op->db, changed, x->n_changed);
}

static struct attendance new_attendance(const struct session *s, const struct plan_row *row, int64_t learner_id)
{
	return (struct attendance){
		.session_id = s->id,
		.learner_id = learner_id,
		.state = row->state_after,
		.establishment_urn = row->place.urn,
		.sector = row->in.sector,
		.arrived_at = row->arrived_after,
		.left_at = row->left_after,
	};
}

static struct attendance raised(const struct plan_row *row)
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
	return after;
}

/* fresh: of a row that says somebody new, who it is. */
static struct err *take_row(struct applying *x, const struct plan_row *row, const struct learner *fresh)
{
	const struct learner *l = row->kind == PLAN_NEW ? fresh : &row->learner;
	struct attendance *to;

	if (row->kind == PLAN_KNOWN && row->attendance.id != 0) {
		if (!plan_changes(row)) {
			return NULL;
		}
		to = &x->raised[x->n_raised++];
		*to = raised(row);
		return attendance_audit(x->op, x->session, l->reference, &row->attendance, to);
	}
	to = &x->added[x->n_added++];
	*to = new_attendance(x->session, row, l->id);
	return attendance_audit(x->op, x->session, l->reference, NULL, to);
}

static struct err *write_attendance(struct applying *x)
{
	const struct learner *fresh = x->people;

	for (size_t i = 0; i < x->plan->n; i++) {
		const struct plan_row *row = &x->plan->v[i];

		if (row->kind == PLAN_NEW || row->kind == PLAN_KNOWN) {
			TRY(take_row(x, row, fresh));
			fresh += row->kind == PLAN_NEW ? 1 : 0;
		}
	}
	TRY(sql_attendance_add(x->op->db, x->added, x->n_added));
	return sql_attendance_update(x->op->db, x->raised, x->n_raised);
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
	struct applying x = {
		.op = op,
		.session = s,
		.plan = plan,
		.people = ARENA_NEW(op->arena, struct learner, plan->n + 1),
		.sectored = ARENA_NEW(op->arena, struct learner, plan->n + 1),
		.worded = ARENA_NEW(op->arena, struct learner, plan->n + 1),
		.added = ARENA_NEW(op->arena, struct attendance, plan->n + 1),
		.raised = ARENA_NEW(op->arena, struct attendance, plan->n + 1),
	};
	const char *fault;

	TRY(booking_room(op, s->id, books(plan), &fault));
	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	TRY(write_people(&x));
	TRY(write_attendance(&x));
	TRY(people_searchable(op, x.people, x.n_new));
	TRY(people_words(op, x.worded, x.n_worded));
	TRY(op_audit(op, "session", s->reference, &attendance_counts_record, &none, &counts));
	TRY(session_recount(op, s->id));
	TRY(need_of_people(op, x.people, x.n_new, true));
	return need_of_people(op, x.sectored, x.n_sectored, false);
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
	TRY(sql_attendance_update(op->db, &after, 1));
	return attendance_audit(op, s, learner, row, &after);
}
