/* What a list of people would change: worked out once for the preview and again, the same way, for
 * saving. */
#include <stdio.h>
#include <string.h>

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"
#include "db/args.h"
#include "trust/trust.h"

enum { REFERENCE_SIZE = 32 };

struct planner {
	struct arena *arena;
	struct db *db;
	const struct plan_for *how;
	struct plan *plan;
};

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

static struct err *complete(const struct planner *pl, struct plan_row *row)
{
	const struct session *s = pl->how->session;
	const char *school = text_empty(row->in.school) ? pl->how->school : row->in.school;

	row->in.state = said_state(pl, row);
	row->name_fold = text_fold(pl->arena, row->in.name);
	const char *fault = attendance_state_fault(pl->arena, s->state, s->held_on, pl->how->today,
						   row->in.state);

	if (fault != NULL) {
		refuse(row, fault);
		return NULL;
	}
	TRY(place_resolve(pl->arena, pl->db, s->authority_id, s->held_on, school, row->in.pick,
			  &row->place));
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
	struct person_key key = key_of_row(row);

	for (struct plan_row *above = pl->plan->v; above < row; above++) {
		if (above->kind != PLAN_NEW && above->kind != PLAN_KNOWN) {
			continue;
		}
		struct person_key other = key_of_row(above);

		if (!same_person(&key, &other)) {
			continue;
		}
		if (strcmp(key.name_fold, other.name_fold) != 0) {
			refuse(row, arena_printf(pl->arena,
						 "Row %lld has the same email and another name. "
						 "Give each person "
						 "their own email, or leave it empty",
						 (long long)above->in.line));
		} else {
			join_rows(above, row);
		}
		return;
	}
}

/* ---- learners we know ---- */

static struct person_key key_of_learner(const struct learner *l)
{
	return (struct person_key){ l->name_fold, l->email == NULL ? "" : l->email,
				    l->establishment_urn,
				    l->organisation_fold == NULL ? "" : l->organisation_fold };
}

/* Of many people with one name only the one who fits stays in memory: a list may repeat the name on
 * every row. */
static struct err *find_by_name(const struct planner *pl, struct plan_row *row)
{
	struct learner_args args = { .authority_id = pl->how->session->authority_id,
				     .name_fold = row->name_fold };
	struct person_key key = key_of_row(row);
	struct arena_mark mark = arena_mark(pl->arena);
	struct reference_arg found = { .authority_id = args.authority_id };
	char reference[REFERENCE_SIZE];
	struct learner *v;
	size_t n, same = 0;
	bool there = false;

	TRY(sql_learners_named(pl->arena, pl->db, &args, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct person_key other = key_of_learner(&v[i]);

		if (same_person(&key, &other)) {
			snprintf(reference, sizeof(reference), "%s", v[i].reference);
			same++;
		}
	}
	arena_rewind(pl->arena, mark);
	if (same == 1) {
		found.reference = reference;
		TRY(sql_learner_find(pl->arena, pl->db, &found, &row->learner, &there));
	}
	row->kind = there ? PLAN_KNOWN : PLAN_NEW;
	if (same > 1) {
		refuse(row, arena_printf(pl->arena,
					 "%zu people of this name are known there. Give the work "
					 "email to say "
					 "which one",
					 same));
	}
	return NULL;
}

static struct err *find_learner(const struct planner *pl, struct plan_row *row)
{
	struct learner_args args = { .authority_id = pl->how->session->authority_id,
				     .email = row->in.email };
	bool found = false;

	if (!text_empty(row->in.email)) {
		TRY(sql_learner_by_email(pl->arena, pl->db, &args, &row->learner, &found));
	}
	if (!found) {
		return find_by_name(pl, row);
	}
	row->kind = PLAN_KNOWN;
	if (strcmp(row->learner.name_fold, row->name_fold) != 0) {
		row->note = arena_printf(pl->arena, "This email belongs to %s", row->learner.name);
		if (pl->how->strict) {
			refuse(row, arena_printf(pl->arena,
						 "This email belongs to %s. Enter that name, or "
						 "leave the email "
						 "empty",
						 row->learner.name));
		}
	}
	return NULL;
}

/* One learner, written in two ways on one list. */
static bool learner_above(const struct planner *pl, struct plan_row *row)
{
	for (struct plan_row *above = pl->plan->v; above < row; above++) {
		if (above->kind == PLAN_KNOWN && above->learner.id == row->learner.id) {
			join_rows(above, row);
			return true;
		}
	}
	return false;
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

static struct err *find_attendance(const struct planner *pl, struct plan_row *row)
{
	struct attendance_arg args = { pl->how->session->id, row->learner.id };
	bool found;

	TRY(sql_attendance_find(pl->arena, pl->db, &args, &row->attendance, &found));
	if (!found) {
		row->attendance = (struct attendance){ 0 };
		return NULL;
	}
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
	return NULL;
}

/* ---- the whole ---- */

static struct err *plan_row(const struct planner *pl, struct plan_row *row)
{
	if (row->in.fault != NULL) {
		refuse(row, row->in.fault);
		return NULL;
	}
	TRY(complete(pl, row));
	if (row->kind != PLAN_BAD) {
		look_above(pl, row);
	}
	if (row->kind == PLAN_BAD || row->kind == PLAN_AGAIN) {
		return NULL;
	}
	TRY(find_learner(pl, row));
	if (row->kind != PLAN_KNOWN || learner_above(pl, row)) {
		return NULL;
	}
	return find_attendance(pl, row);
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

struct err *attendance_plan(struct arena *a, struct db *db, const struct plan_for *how,
			    const struct attendees *people, struct plan *out)
{
	struct planner pl = { a, db, how, out };

	*out = (struct plan){ .v = ARENA_NEW(a, struct plan_row, people->n + 1), .n = people->n };
	for (size_t i = 0; i < people->n; i++) {
		out->v[i].in = people->v[i];
		TRY(plan_row(&pl, &out->v[i]));
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
