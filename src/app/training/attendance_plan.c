/* What a list of people would change: worked out once for the preview and again, the same way, for
 * saving. */
#include <string.h>

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/known.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"
#include "trust/trust.h"

/* However long the list is, the number of statements does not grow with it, but for places that are written differently. */
struct planner {
	struct arena *arena;
	struct db *db;
	const struct plan_for *how;
	struct plan *plan;
	struct known known;		   /* whom the store knows */
	struct attendance *there;	   /* the session's list as it is */
	struct index listed;		   /* learner -> place in there */
	struct places places;
	struct above above;
	struct index learners; /* known, further up */
};

static const char *id_text(struct arena *a, int64_t id)
{
	return arena_printf(a, "%lld", (long long)id);
}

static void refuse(struct plan_row *row, const char *reason)
{
	row->kind = PLAN_BAD;
	row->reason = reason;
}

/* ---- what the list leaves unsaid ---- */

static int said_state(const struct planner *pl, const struct plan_row *row)
{
	const struct plan_for *how = pl->how;
	bool held = date_compare(how->session->held_on, how->today) <= 0;

	if (row->in.state != 0) {
		return row->in.state;
	}
	if (row->in.arrived.set || row->in.left.set) {
		return ATTENDANCE_ATTENDED;
	}
	if (how->state != 0) {
		return how->state;
	}
	return held ? ATTENDANCE_ATTENDED : ATTENDANCE_BOOKED;
}

/* Whoever works at a school of the register is school staff unless the list says otherwise. */
static int said_sector(const struct planner *pl, const struct plan_row *row)
{
	if (row->in.sector != 0) {
		return row->in.sector;
	}
	if (pl->how->sector != 0 && pl->how->sector != SECTOR_NOT_KNOWN) {
		return pl->how->sector;
	}
	return row->place.urn != 0 ? SECTOR_SCHOOL : SECTOR_NOT_KNOWN;
}

static struct instant at_minute(const struct session *s, struct opt_int minute)
{
	return minute.set ? instant_of_local(s->held_on, (int)minute.v / 60, (int)minute.v % 60)
			  : (struct instant){ 0 };
}

static const char *written_school(const struct planner *pl, const struct attendee *p)
{
	return text_empty(p->school) ? pl->how->school : p->school;
}

static struct err *complete(struct planner *pl, struct plan_row *row)
{
	const struct session *s = pl->how->session;
	const char *school = written_school(pl, &row->in);

	row->in.state = said_state(pl, row);
	row->name_fold = text_fold(pl->arena, row->in.name);
	const char *fault = attendance_state_fault(pl->arena, s->state, s->held_on, pl->how->today,
						   row->in.state);

	if (fault != NULL) {
		refuse(row, fault);
		return NULL;
	}
	if (text_empty(row->in.pick)) {
		TRY(places_resolve(&pl->places, pl->db, school, &row->place));
	} else {
		TRY(place_resolve(pl->arena, pl->db, s->authority_id, s->held_on, school, row->in.pick, &row->place));
	}
	if (row->place.fault != NULL) {
		refuse(row, row->place.fault);
	}
	row->in.sector = said_sector(pl, row);
	row->state_after = row->in.state;
	row->arrived_after = at_minute(s, row->in.arrived);
	row->left_after = at_minute(s, row->in.left);
	return NULL;
}

/* ---- the same person further up ---- */

static struct person_key key_of_row(const struct plan_row *row)
{
	return (struct person_key){ row->name_fold, row->in.email, row->place.urn,
				    row->place.organisation_fold };
}

static void join_rows(struct plan_row *above, struct plan_row *row)
{
	row->kind = PLAN_AGAIN;
	row->same_line = above->in.line;
	above->state_after = attendance_merge(above->state_after, row->in.state);
	above->arrived_after = attendance_arrival(above->arrived_after, row->arrived_after);
	above->left_after = instant_is_set(row->left_after) ? row->left_after : above->left_after;
}

/* Rows on one list with one e-mail and two names are two people with one mailbox, or a slip. */
static void look_above(const struct planner *pl, struct plan_row *row)
{
	const struct person_key key = key_of_row(row);
	int64_t at;

	if (!above_find(&pl->above, &key, &at)) {
		return;
	}
	struct plan_row *above = &pl->plan->v[at];

	if (strcmp(above->name_fold, row->name_fold) != 0) {
		refuse(row, arena_printf(pl->arena,
					 "Row %lld has the same email and another name. "
					 "Give each person "
					 "their own email, or leave it empty",
					 (long long)above->in.line));
	} else {
		join_rows(above, row);
	}
}

/* Rows below are compared with this one. */
static void remember(struct planner *pl, const struct plan_row *row)
{
	const struct person_key key = key_of_row(row);
	int64_t at = row - pl->plan->v;

	above_put(&pl->above, &key, at);
	if (row->kind == PLAN_KNOWN) {
		index_put(&pl->learners, row->learner.reference, at);
	}
}

/* ---- learners we know ---- */

static void find_by_name(const struct planner *pl, struct plan_row *row)
{
	struct person_key key = key_of_row(row);
	const struct learner *one;
	size_t same = known_of_name(pl->arena, &pl->known, &key, &one);

	row->kind = same == 1 ? PLAN_KNOWN : PLAN_NEW;
	if (same == 1) {
		row->learner = *one;
	} else if (same > 1) {
		refuse(row, arena_printf(pl->arena,
					 "%zu people of this name are known there. Give the work "
					 "email to say "
					 "which one",
					 same));
	}
}

static void find_learner(const struct planner *pl, struct plan_row *row)
{
	const struct learner *l = known_of_email(&pl->known, row->in.email);

	if (l == NULL) {
		find_by_name(pl, row);
		return;
	}
	row->kind = PLAN_KNOWN;
	row->learner = *l;
	if (strcmp(l->name_fold, row->name_fold) != 0) {
		row->note = arena_printf(pl->arena, "This email belongs to %s", l->name);
		if (pl->how->strict) {
			refuse(row, arena_printf(pl->arena,
						 "This email belongs to %s. Enter that name, or "
						 "leave the email "
						 "empty",
						 l->name));
		}
	}
}

/* One learner, written in two ways on one list. */
static bool learner_above(const struct planner *pl, struct plan_row *row)
{
	int64_t at;

	if (!index_find(&pl->learners, row->learner.reference, &at)) {
		return false;
	}
	join_rows(&pl->plan->v[at], row);
	return true;
}

/* The earlier arrival stays, whoever says it; an hour of leaving that the list does not name stays as it was. */
static void merge_times(const struct planner *pl, struct plan_row *row)
{
	const struct attendance *a = &row->attendance;

	if (instant_is_set(row->arrived_after) && instant_is_set(a->arrived_at) &&
	    a->arrived_at.ms < row->arrived_after.ms) {
		row->note = arena_printf(pl->arena, "Recorded as there at %s already: the earlier time stays",
					 attendance_clock(pl->arena, a->arrived_at));
	}
	row->arrived_after = attendance_arrival(a->arrived_at, row->arrived_after);
	row->left_after = instant_is_set(row->left_after) ? row->left_after : a->left_at;
}

/* A list does not book who waits or has cancelled: that would overtake others. */
static void keep_from_booking(const struct planner *pl, struct plan_row *row, const char *label)
{
	int now = row->attendance.state;

	if (pl->how->books || row->in.state != ATTENDANCE_BOOKED ||
	    (now != ATTENDANCE_WAITING && now != ATTENDANCE_CANCELLED)) {
		return;
	}
	row->note = arena_printf(pl->arena, "Already recorded as “%s”: left as it is. Use “Book a place”", label);
	if (pl->how->strict) {
		refuse(row, arena_printf(pl->arena, "%s is recorded as “%s”. Use “Book a place”", row->learner.name, label));
	}
}

static void find_attendance(const struct planner *pl, struct plan_row *row)
{
	int64_t at;

	if (!index_find(&pl->listed, id_text(pl->arena, row->learner.id), &at)) {
		row->attendance = (struct attendance){ 0 };
		return;
	}
	row->attendance = pl->there[at];
	merge_times(pl, row);
	int now = row->attendance.state;
	const char *label = words_label(&attendance_state_words, now);

	row->state_after = attendance_merge(now, row->in.state);
	if (row->state_after == now && row->in.state != now && row->in.state != ATTENDANCE_BOOKED) {
		row->note =
			arena_printf(pl->arena, "Already recorded as “%s”: left as it is", label);
		if (pl->how->strict) {
			refuse(row,
			       arena_printf(pl->arena,
					    "%s is already on the list as “%s”. Change it there",
					    row->learner.name, label));
		}
	}
	keep_from_booking(pl, row, label);
}

/* ---- the whole ---- */

static void plan_row(struct planner *pl, struct plan_row *row)
{
	if (row->kind != PLAN_BAD) {
		look_above(pl, row);
	}
	if (row->kind == PLAN_BAD || row->kind == PLAN_AGAIN) {
		return;
	}
	find_learner(pl, row);
	if (row->kind == PLAN_KNOWN && !learner_above(pl, row)) {
		find_attendance(pl, row);
	}
	if (row->kind == PLAN_NEW || row->kind == PLAN_KNOWN) {
		remember(pl, row);
	}
}

bool plan_changes(const struct plan_row *row)
{
	const struct attendance *a = &row->attendance;

	return row->state_after != a->state || row->arrived_after.ms != a->arrived_at.ms ||
	       row->left_after.ms != a->left_at.ms || (a->establishment_urn == 0 && row->place.urn != 0) ||
	       (a->sector == SECTOR_NOT_KNOWN && row->in.sector != SECTOR_NOT_KNOWN);
}

static void count(struct plan *plan, const struct plan_row *row)
{
	switch (row->kind) {
	case PLAN_NEW:
		plan->fresh++;
		plan->added++;
		break;
	case PLAN_KNOWN:
		plan->known++;
		if (row->attendance.id == 0) {
			plan->added++;
		} else if (plan_changes(row)) {
			plan->changed++;
		} else {
			plan->unchanged++;
		}
		break;
	case PLAN_AGAIN:
		plan->again++;
		break;
	case PLAN_BAD:
		plan->bad++;
		break;
	}
}

static void digest(struct arena *a, struct plan *plan)
{
	struct buf b;

	buf_init(&b, a, 8 << 20);
	for (size_t i = 0; i < plan->n; i++) {
		const struct plan_row *r = &plan->v[i];

		buf_printf(
			&b, "%d|%lld|%s|%s|%lld|%s|%s|%d|%d|%d|%lld|%lld|%lld\n", (int)r->kind,
			(long long)r->learner.id, r->in.name, r->in.email, (long long)r->place.urn,
			text_empty(r->place.organisation) ? "" : r->place.organisation, r->in.job,
			r->in.sector, r->attendance.state, r->state_after, (long long)r->same_line,
			(long long)r->arrived_after.ms, (long long)r->left_after.ms);
	}
	sha256_hex(b.p == NULL ? "" : b.p, b.n, plan->digest);
}

static struct err *read_rows(struct planner *pl, const struct attendees *people)
{
	const struct session *s = pl->how->session;

	places_init(&pl->places, pl->arena, s->authority_id, s->held_on, people->n);
	for (size_t i = 0; i < people->n; i++) {
		places_want(&pl->places, written_school(pl, &people->v[i]));
	}
	for (size_t i = 0; i < people->n; i++) {
		struct plan_row *row = &pl->plan->v[i];

		row->in = people->v[i];
		if (row->in.fault != NULL) {
			refuse(row, row->in.fault);
		} else {
			TRY(complete(pl, row));
		}
	}
	return NULL;
}

/* Everybody of the store who may be one of the list, and the session's list as it is. */
static struct err *look_up(struct planner *pl)
{
	size_t n = pl->plan->n, n_there;
	struct person_key *keys = ARENA_NEW(pl->arena, struct person_key, n + 1);
	const struct attendance_arg args = { pl->how->session->id, 0 };

	for (size_t i = 0; i < n; i++) {
		keys[i] = pl->plan->v[i].kind == PLAN_BAD ? (struct person_key){ 0 } : key_of_row(&pl->plan->v[i]);
	}
	TRY(known_load(pl->arena, pl->db, pl->how->session->authority_id, keys, n, &pl->known));
	TRY(sql_attendance_rows(pl->arena, pl->db, &args, &pl->there, &n_there));
	index_init(&pl->listed, pl->arena, n_there);
	for (size_t i = 0; i < n_there; i++) {
		index_put(&pl->listed, id_text(pl->arena, pl->there[i].learner_id), (int64_t)i);
	}
	above_init(&pl->above, pl->arena, n);
	index_init(&pl->learners, pl->arena, n);
	return NULL;
}

struct err *attendance_plan(struct arena *a, struct db *db, const struct plan_for *how,
			    const struct attendees *people, struct plan *out)
{
	struct planner pl = { .arena = a, .db = db, .how = how, .plan = out };

	*out = (struct plan){ .v = ARENA_NEW(a, struct plan_row, people->n + 1), .n = people->n };
	TRY(read_rows(&pl, people));
	TRY(look_up(&pl));
	for (size_t i = 0; i < out->n; i++) {
		plan_row(&pl, &out->v[i]);
	}
	for (size_t i = 0; i < out->n; i++) {
		count(out, &out->v[i]);
	}
	digest(a, out);
	return NULL;
}

void plan_bad_csv(const struct plan *plan, struct buf *out)
{
	static const char *const headings[] = { "name",	   "email", "school", "job",  "sector",
						"state", "arrived", "left",   "line", "reason" };

	for (size_t i = 0; i < sizeof(headings) / sizeof(*headings); i++) {
		csv_cell(out, i == 0, headings[i]);
	}
	csv_end_row(out);
	for (size_t i = 0; i < plan->n; i++) {
		const struct plan_row *r = &plan->v[i];

		if (r->kind != PLAN_BAD) {
			continue;
		}
		csv_cell(out, true, r->in.name);
		csv_cell(out, false, r->in.email);
		csv_cell(out, false, r->in.school);
		csv_cell(out, false, r->in.job);
		csv_cell(out, false, r->in.sector_text);
		csv_cell(out, false, r->in.state_text);
		csv_cell(out, false, r->in.arrived_text == NULL ? "" : r->in.arrived_text);
		csv_cell(out, false, r->in.left_text == NULL ? "" : r->in.left_text);
		csv_cell(out, false, arena_printf(out->arena, "%lld", (long long)r->in.line));
		csv_cell(out, false, r->reason);
		csv_end_row(out);
	}
}
