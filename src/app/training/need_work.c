/*
 * Whom the rules touch, and by when: worked out anew wherever a person, what they completed, or a rule changes. A person or a
 * session at once, in the transaction of the change; a rule by a job, so many people at a time.
 */
#include "app/training/need_work.h"

#include "app/training/attendance.h"
#include "app/training/completion.h"
#include "app/training/known.h"
#include "app/training/need.sql.h"
#include "app/training/need_tally.h"
#include "app/training/need_tally.sql.h"
#include "app/training/need_work.sql.h"
#include "app/training/person.h"
#include "app/training/session_rows.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "work/work.h"

enum { PIECE = 1000 }; /* people; the keeper answers others after each */

static const struct field need_scope_fields[] = {
	FIELD(struct need_scope, authority_id), FIELD(struct need_scope, need_id),   FIELD(struct need_scope, after_id),
	FIELD(struct need_scope, upto_id),	FIELD(struct need_scope, row_limit), FIELD_END
};
RECORD(need_scope, need_scope_fields);

static const struct field need_fact_fields[] = {
	FIELD(struct need_fact, need_id),
	FIELD(struct need_fact, learner_id),
	FIELD(struct need_fact, authority_id),
	FIELD(struct need_fact, months),
	FIELD(struct need_fact, course_months, .flags = F_NULLABLE),
	FIELD(struct need_fact, newcomer_days),
	FIELD(struct need_fact, from_on),
	FIELD(struct need_fact, to_on, .flags = F_NULLABLE),
	FIELD(struct need_fact, audience, .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct need_fact, sector, .words = &sector_words),
	FIELD(struct need_fact, name_fold, .flags = F_PERSONAL),
	FIELD(struct need_fact, completed_on, .flags = F_NULLABLE),
	FIELD(struct need_fact, since_on, .flags = F_NULLABLE),
	FIELD(struct need_fact, trained_on, .flags = F_NULLABLE),
	FIELD(struct need_fact, due_on, .flags = F_NULLABLE),
	FIELD(struct need_fact, audience_was, .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct need_fact, sector_was, .words = &sector_words, .flags = F_NULLABLE),
	FIELD(struct need_fact, name_was, .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct need_fact, from_was, .flags = F_NULLABLE),
	FIELD(struct need_fact, to_was, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(need_fact, need_fact_fields);

static const struct field person_need_fields[] = {
	FIELD(struct person_need, authority_id),
	FIELD(struct person_need, need_id),
	FIELD(struct person_need, learner_id),
	FIELD(struct person_need, since_on),
	FIELD(struct person_need, trained_on, .flags = F_NULLABLE),
	FIELD(struct person_need, due_on),
	FIELD(struct person_need, audience, .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct person_need, sector, .words = &sector_words),
	FIELD(struct person_need, name_fold, .flags = F_PERSONAL),
	FIELD(struct person_need, from_on),
	FIELD(struct person_need, to_on, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(person_need, person_need_fields);

static const struct field need_piece_fields[] = {
	FIELD(struct need_piece, upto_id, .flags = F_NULLABLE), FIELD(struct need_piece, n), FIELD_END
};
RECORD(need_piece, need_piece_fields);

static const struct field need_beyond_fields[] = {
	FIELD(struct need_beyond, learner), FIELD(struct need_beyond, need), FIELD_END
};
RECORD(need_beyond, need_beyond_fields);

/* ---- rows ---- */

static struct date later(struct date a, struct date b)
{
	return date_compare(a, b) >= 0 ? a : b;
}

/* What is to be kept of a person and a rule. begins: on which day the rule begins to touch whom it did not touch before. */
static struct person_need worked_out(const struct need_fact *f, struct date begins)
{
	struct date since = date_is_set(f->since_on) ? f->since_on : later(f->from_on, begins);
	int64_t months = f->months.set ? f->months.v : f->course_months;

	return (struct person_need){
		.authority_id = f->authority_id,
		.need_id = f->need_id,
		.learner_id = f->learner_id,
		.since_on = since,
		.trained_on = f->completed_on,
		.due_on = need_due_on(months, f->newcomer_days, since, f->completed_on),
		.audience = f->audience,
		.sector = f->sector,
		.name_fold = f->name_fold,
		.from_on = f->from_on,
		.to_on = f->to_on,
	};
}

static bool is_kept(const struct need_fact *f, const struct person_need *p)
{
	return date_is_set(f->since_on) && date_compare(f->due_on, p->due_on) == 0 &&
	       date_compare(f->trained_on, p->trained_on) == 0 && f->audience_was == p->audience && f->sector_was == p->sector &&
	       text_same(f->name_was, p->name_fold) && date_compare(f->from_was, p->from_on) == 0 &&
	       date_compare(f->to_was, p->to_on) == 0;
}

/* The rows that are not as they should be. */
static struct person_need *rows_to_put(struct arena *a, const struct need_fact *facts, size_t n, struct date begins, size_t *n_out)
{
	struct person_need *rows = ARENA_NEW(a, struct person_need, n + 1);

	*n_out = 0;
	for (size_t i = 0; i < n; i++) {
		rows[*n_out] = worked_out(&facts[i], begins);
		*n_out += is_kept(&facts[i], &rows[*n_out]) ? 0 : 1;
	}
	return rows;
}

struct need_scope need_scope_of(const struct op *op, int64_t learner_id)
{
	return (struct need_scope){ .authority_id = op->who->authority_id, .after_id = learner_id - 1, .upto_id = learner_id };
}

static struct err *work_out(struct op *op, const struct need_scope *scope, struct date begins, struct need_tally *tally)
{
	struct need_touch *before;
	struct need_fact *facts;
	struct person_need *rows;
	size_t n, n_before, n_rows;
	int64_t cleared;

	TRY(sql_need_touches_of_people(op->arena, op->db, scope, &before, &n_before));
	TRY(sql_person_need_clear(op->db, scope, &cleared));
	TRY(sql_person_need_facts(op->arena, op->db, scope, &facts, &n));
	rows = rows_to_put(op->arena, facts, n, begins, &n_rows);
	TRY(sql_person_need_put(op->db, rows, n_rows));
	if (n_rows == 0 && cleared == 0) {
		return NULL;
	}
	need_tally_add(op->arena, tally, before, n_before, -1);
	return need_tally_of_people(op, scope, 1, tally);
}

struct err *need_of_learner(struct op *op, int64_t learner_id)
{
	const struct need_scope scope = need_scope_of(op, learner_id);
	struct need_tally tally = { 0 };

	TRY(work_out(op, &scope, op->today, &tally));
	return need_tally_keep(op, &tally);
}

static struct err *tally_of_list(struct op *op, const struct people_ids *list, int sign, struct need_tally *t)
{
	struct need_touch *rows;
	size_t n;

	TRY(sql_need_touches_of_list(op->arena, op->db, list, &rows, &n));
	need_tally_add(op->arena, t, rows, n, sign);
	return NULL;
}

struct err *need_of_people(struct op *op, const struct learner *people, size_t n, bool added)
{
	const struct people_ids list = { op->who->authority_id, people_json(op->arena, people, n) };
	struct need_tally tally = { 0 };
	struct need_fact *facts;
	struct person_need *rows;
	size_t n_facts, n_rows;

	if (n == 0) {
		return NULL;
	}
	if (!added) {
		TRY(tally_of_list(op, &list, -1, &tally));
		TRY(sql_person_need_clear_people(op->db, &list, NULL));
	}
	TRY(sql_person_need_facts_people(op->arena, op->db, &list, &facts, &n_facts));
	rows = rows_to_put(op->arena, facts, n_facts, op->today, &n_rows);
	TRY(sql_person_need_put(op->db, rows, n_rows));
	TRY(added && n_rows == 0 ? NULL : tally_of_list(op, &list, 1, &tally));
	return need_tally_keep(op, &tally);
}

/* Whose rows these are, each once: those of a person stand together in no order of people. */
static const char *people_of_rows(struct arena *a, const struct person_need *rows, size_t n)
{
	struct index seen;
	struct json j;

	texts_begin(&j, a);
	index_init(&seen, a, n);
	for (size_t i = 0; i < n; i++) {
		if (index_put(&seen, arena_printf(a, "%lld", (long long)rows[i].learner_id), 1)) {
			json_int(&j, rows[i].learner_id);
		}
	}
	return texts_end(&j);
}

struct err *need_of_session(struct op *op, int64_t session_id)
{
	const struct session_arg args = { op->who->authority_id, session_id };
	struct people_ids list = { op->who->authority_id, NULL };
	struct need_tally tally = { 0 };
	struct need_fact *facts;
	struct person_need *rows;
	size_t n, n_rows;

	TRY(sql_person_need_facts_session(op->arena, op->db, &args, &facts, &n));
	rows = rows_to_put(op->arena, facts, n, op->today, &n_rows);
	if (n_rows == 0) {
		return NULL;
	}
	list.people = people_of_rows(op->arena, rows, n_rows);
	TRY(tally_of_list(op, &list, -1, &tally));
	TRY(sql_person_need_put(op->db, rows, n_rows));
	TRY(tally_of_list(op, &list, 1, &tally));
	return need_tally_keep(op, &tally);
}

struct err *need_forget_learner(struct op *op, int64_t learner_id)
{
	const struct need_scope scope = need_scope_of(op, learner_id);
	struct need_tally tally = { 0 };

	TRY(need_tally_of_people(op, &scope, -1, &tally));
	TRY(sql_person_need_forget(op->db, &scope, NULL));
	TRY(need_tally_of_people(op, &scope, 1, &tally));
	return need_tally_keep(op, &tally);
}

/* ---- a rule, in pieces ---- */

struct err *need_begin(struct op *op, const struct need *n, struct instant when)
{
	struct need begun = *n;

	if (when.ms <= op->now.ms) {
		begun.reach = (struct opt_int){ .set = true };
		TRY(sql_need_set_reach(op->db, &begun, NULL));
	}
	return job_queue(op->arena, op->db, op->who->authority_id, work_out_need_job.name, n->reference, when, "");
}

struct err *need_of_course(struct op *op, int64_t course_id)
{
	const struct need_course_arg args = { op->who->authority_id, course_id };
	struct need *rules;
	size_t n;

	TRY(sql_needs_of_course(op->arena, op->db, &args, &rules, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(need_begin(op, &rules[i], op->now));
	}
	return NULL;
}

/* A rule that is new touches people from its first day; one that was changed touches whom it did not before from the day on
 * which it is worked out. */
static struct date begins(const struct op *op, const struct need *n)
{
	return n->version == 1 ? n->from_on : op->today;
}

/* The next piece of a rule. On the day after its last one a rule ends: then it touches nobody. */
static struct err *next_piece(struct op *op, const void *input)
{
	struct need n;
	struct need_scope scope = { .authority_id = op->who->authority_id, .row_limit = PIECE };
	struct need_tally tally = { 0 };
	struct need_piece piece;

	TRY(need_of_op(op, &n));
	if (!n.ended && date_is_set(n.to_on) && date_compare(n.to_on, op->today) < 0) {
		n.ended = true;
		n.reach = (struct opt_int){ .set = true };
	}
	scope.need_id = n.id;
	scope.after_id = n.reach.v;
	TRY(sql_need_piece(op->arena, op->db, &scope, &piece));
	if (n.reach.set && piece.n > 0) {
		scope.upto_id = piece.upto_id;
		/* who fits no longer, and whoever does */
		TRY(sql_need_set_reach(op->db, &n, NULL));
		TRY(work_out(op, &scope, begins(op, &n), &tally));
		TRY(need_tally_keep(op, &tally));
	}
	n.reach = (struct opt_int){ .set = n.reach.set && piece.n == PIECE, .v = piece.upto_id };
	TRY(sql_need_set_reach(op->db, &n, NULL));
	op->reference = n.reach.set ? "more" : "done";
	return NULL;
}

const struct operation work_out_need = {
	.name = "work-out-need",
	.label = "Work out whom a rule of training touches",
	.permission = PERM_house,
	.apply = next_piece,
	.flags = OP_NO_AUDIT, /* what follows from the rule, whose change is in the audit */
};

static struct err *run_job(struct job_call *call)
{
	bool more = true;

	while (more) {
		struct arena_mark mark = arena_mark(call->arena);
		struct ask ask = { .operation = work_out_need.name,
				   .source = RECORD_FILE,
				   .actor = "job:work-out-need",
				   .authority_id = call->authority_id };
		struct outcome outcome;

		pairs_add(call->arena, &ask.path, "need", call->subject);
		TRY(door_ask(call->arena, call->door, &ask, &outcome));
		TRY(outcome.err);
		more = text_same(outcome.reference, "more");
		arena_rewind(call->arena, mark);
	}
	return NULL;
}

const struct job work_out_need_job = { .name = "work-out-need", .run = run_job };

/* ---- dueregard check ---- */

struct checking {
	struct arena *arena;
	int64_t wrong;
	int64_t need_id, learner_id; /* of the first */
};

static struct err *compare(void *context, const void *row)
{
	struct checking *c = context;
	const struct need_fact *f = row;
	struct person_need right = worked_out(f, f->from_on);

	if (!is_kept(f, &right)) {
		if (c->wrong++ == 0) {
			c->need_id = f->need_id;
			c->learner_id = f->learner_id;
		}
	}
	return NULL;
}

struct err *need_check(struct arena *a, struct db *db, int64_t *wrong, const char **first_out)
{
	struct checking c = { .arena = a };
	struct need_beyond *beyond;
	size_t n;

	TRY(db_each(a, db, &SQL_person_need_all, NULL, compare, &c));
	TRY(sql_person_need_beyond(a, db, &beyond, &n));
	TRY(need_tally_check(a, db, wrong, first_out));
	*wrong += c.wrong + (int64_t)n;
	if (*first_out == NULL && c.wrong > 0) {
		*first_out = arena_printf(a, "the day by which person %lld must be trained by rule %lld",
					  (long long)c.learner_id, (long long)c.need_id);
	} else if (*first_out == NULL && n > 0) {
		*first_out = arena_printf(a, "rule %s touches person %s no longer", beyond[0].need, beyond[0].learner);
	}
	return NULL;
}
