/* How many are asked for training, in date, due and overdue, day by day: worked out of the rules that touch each of them. */
#include "app/training/need_tally.h"

#include <stdlib.h>
#include <string.h>

#include "app/training/need_tally.sql.h"
#include "base/arena.h"
#include "core/core.h"
#include "db/db.h"

enum { ROOM_FIRST = 1024 };

static const struct field need_touch_fields[] = {
	FIELD(struct need_touch, learner_id),
	FIELD(struct need_touch, authority_id),
	FIELD(struct need_touch, audience, .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct need_touch, from_on),
	FIELD(struct need_touch, to_on, .flags = F_NULLABLE),
	FIELD(struct need_touch, trained_on, .flags = F_NULLABLE),
	FIELD(struct need_touch, due_on),
	FIELD_END
};
RECORD(need_touch, need_touch_fields);

static const struct field need_step_fields[] = {
	FIELD(struct need_step, authority_id),
	FIELD(struct need_step, audience, .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct need_step, on_day),
	FIELD(struct need_step, required),
	FIELD(struct need_step, in_date),
	FIELD(struct need_step, asked),
	FIELD(struct need_step, overdue),
	FIELD(struct need_step, due),
	FIELD_END
};
RECORD(need_step, need_step_fields);

/* ---- one person ---- */

static bool in_force(const struct need_touch *r, struct date day)
{
	return date_compare(r->from_on, day) <= 0 && (!date_is_set(r->to_on) || date_compare(day, r->to_on) <= 0);
}

static bool is_in_date(const struct need_touch *r, struct date day)
{
	return date_is_set(r->trained_on) && date_compare(r->trained_on, day) <= 0 && date_compare(day, r->due_on) <= 0;
}

/* What one person counts for on a day. */
static struct need_step stand_on(const struct need_touch *rows, size_t n, struct date day)
{
	struct need_step s = { .authority_id = rows[0].authority_id, .audience = rows[0].audience, .on_day = day };
	int64_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		enum need_status status = need_status(rows[i].due_on, day);

		if (in_force(&rows[i], day)) {
			s.asked++;
			s.overdue += status == NEED_OVERDUE ? 1 : 0;
			s.due += status == NEED_DUE ? 1 : 0;
			kept += is_in_date(&rows[i], day) ? 1 : 0;
		}
	}
	s.required = s.asked > 0 ? 1 : 0;
	s.in_date = s.asked > 0 && kept == s.asked ? 1 : 0;
	return s;
}

/* s and so many times the other: the day stays. */
static void add_numbers(struct need_step *s, const struct need_step *other, int times)
{
	s->required += times * other->required;
	s->in_date += times * other->in_date;
	s->asked += times * other->asked;
	s->overdue += times * other->overdue;
	s->due += times * other->due;
}

static bool is_nothing(const struct need_step *s)
{
	return s->required == 0 && s->in_date == 0 && s->asked == 0 && s->overdue == 0 && s->due == 0;
}

/* Days are few: each takes its place among those before it, once. */
static size_t add_day(struct need_step *out, size_t n, struct date day)
{
	size_t at = n;

	while (at > 0 && date_compare(out[at - 1].on_day, day) > 0) {
		at--;
	}
	if (at > 0 && date_compare(out[at - 1].on_day, day) == 0) {
		return n;
	}
	memmove(&out[at + 1], &out[at], (n - at) * sizeof *out);
	out[at].on_day = day;
	return n + 1;
}

static size_t add_day_after(struct need_step *out, size_t n, struct date day)
{
	return !date_is_set(day) || need_is_never(day) ? n : add_day(out, n, date_add_days(day, 1));
}

size_t need_steps(const struct need_touch *rows, size_t n, struct need_step *out)
{
	struct need_step before = { 0 };
	size_t days = 0, steps = 0;

	for (size_t i = 0; i < n; i++) {
		days = add_day(out, days, rows[i].from_on);
		days = add_day_after(out, days, rows[i].to_on);
		days = date_is_set(rows[i].trained_on) ? add_day(out, days, rows[i].trained_on) : days;
		days = add_day(out, days, date_add_days(rows[i].due_on, -NEED_DUE_DAYS));
		days = add_day_after(out, days, rows[i].due_on);
	}
	for (size_t i = 0; i < days; i++) {
		struct need_step now = stand_on(rows, n, out[i].on_day), step = now;

		add_numbers(&step, &before, -1);
		if (!is_nothing(&step)) {
			out[steps++] = step;
		}
		before = now;
	}
	return steps;
}

/* ---- of many ---- */

static int compare_steps(const void *a, const void *b)
{
	const struct need_step *x = a, *y = b;

	if (x->authority_id != y->authority_id) {
		return x->authority_id < y->authority_id ? -1 : 1;
	}
	if (x->audience != y->audience) {
		return x->audience < y->audience ? -1 : 1;
	}
	return date_compare(x->on_day, y->on_day);
}

/* In order, one step a day; what comes to nothing falls out. */
static void settle(struct need_tally *t)
{
	size_t n = 0;

	qsort(t->steps, t->n, sizeof *t->steps, compare_steps);
	for (size_t i = 0; i < t->n;) {
		struct need_step sum = t->steps[i++];

		for (; i < t->n && compare_steps(&t->steps[i], &sum) == 0; i++) {
			add_numbers(&sum, &t->steps[i], 1);
		}
		if (!is_nothing(&sum)) {
			t->steps[n++] = sum;
		}
	}
	t->n = n;
}

/* Room for so many more: what there is is settled first, so that it grows with days, not with people. */
static void make_room(struct need_tally *t, size_t more)
{
	if (t->n + more <= t->room) {
		return;
	}
	if (t->n > 0) {
		settle(t);
	}
	if (t->n + more > t->room / 2) {
		size_t room = t->room * 2 > ROOM_FIRST ? t->room * 2 : ROOM_FIRST;
		struct need_step *steps;

		while (room < (t->n + more) * 2) {
			room *= 2;
		}
		steps = ARENA_NEW(t->arena, struct need_step, room);
		if (t->n > 0) {
			memcpy(steps, t->steps, t->n * sizeof *steps);
		}
		t->steps = steps;
		t->room = room;
	}
}

/* More becomes fewer. */
static void turn(struct need_step *s)
{
	const struct need_step was = *s;

	add_numbers(s, &was, -2);
}

static void add_person(struct need_tally *t, const struct need_touch *rows, size_t n, int sign)
{
	struct need_step *steps;
	size_t n_steps;

	make_room(t, n * NEED_STEPS_OF_RULE);
	steps = &t->steps[t->n];
	n_steps = need_steps(rows, n, steps);
	for (size_t i = 0; sign < 0 && i < n_steps; i++) {
		turn(&steps[i]);
	}
	t->n += n_steps;
}

void need_tally_add(struct arena *a, struct need_tally *t, const struct need_touch *rows, size_t n, int sign)
{
	t->arena = a;
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && rows[end].learner_id == rows[i].learner_id; end++) {
		}
		add_person(t, &rows[i], end - i, sign);
	}
}

struct err *need_tally_of_people(struct op *op, const struct need_scope *scope, int sign, struct need_tally *t)
{
	struct need_touch *rows;
	size_t n;

	TRY(sql_need_touches_of_people(op->arena, op->db, scope, &rows, &n));
	need_tally_add(op->arena, t, rows, n, sign);
	return NULL;
}

struct err *need_tally_keep(struct op *op, struct need_tally *t)
{
	if (t->n > 0) {
		settle(t);
	}
	return sql_need_step_put(op->db, t->steps, t->n);
}

/* ---- dueregard check ---- */

struct check_of_tally {
	struct need_tally tally;
	struct need_touch *rows; /* of one person, who is not complete yet */
	size_t n, room;
};

static struct err *take_touch(void *context, const void *row)
{
	struct check_of_tally *c = context;
	const struct need_touch *touch = row;

	if (c->n > 0 && c->rows[0].learner_id != touch->learner_id) {
		add_person(&c->tally, c->rows, c->n, 1);
		c->n = 0;
	}
	if (c->n == c->room) {
		struct need_touch *rows = ARENA_NEW(c->tally.arena, struct need_touch, c->room * 2 + 16);

		if (c->n > 0) {
			memcpy(rows, c->rows, c->n * sizeof *rows);
		}
		c->rows = rows;
		c->room = c->room * 2 + 16;
	}
	c->rows[c->n++] = *touch;
	return NULL;
}

static struct err *take_kept(void *context, const void *row)
{
	struct check_of_tally *c = context;

	make_room(&c->tally, 1);
	c->tally.steps[c->tally.n] = *(const struct need_step *)row;
	turn(&c->tally.steps[c->tally.n++]);
	return NULL;
}

struct err *need_tally_check(struct arena *a, struct db *db, int64_t *wrong, const char **first_out)
{
	struct check_of_tally c = { .tally.arena = a };

	TRY(db_each(a, db, &SQL_need_touches_of_all, NULL, take_touch, &c));
	if (c.n > 0) {
		add_person(&c.tally, c.rows, c.n, 1);
	}
	TRY(db_each(a, db, &SQL_need_tally_all, NULL, take_kept, &c));
	if (c.tally.n > 0) {
		settle(&c.tally);
	}
	*wrong += (int64_t)c.tally.n;
	if (*first_out == NULL && c.tally.n > 0) {
		*first_out = arena_printf(a, "how many people are in date from %s on", date_long(a, c.tally.steps[0].on_day));
	}
	return NULL;
}
