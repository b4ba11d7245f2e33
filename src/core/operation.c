/*
 * The one door for change. Every operation - from a form, a command or a job - takes this way:
 *
 *   who asks -> may they -> is it sound -> was it asked before -> does it hold -> do it -> was it
 * audited
 *
 * in one savepoint, which is kept only when every step went well.
 */
#include "core/operation.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/form.h"
#include "core/house.h"
#include "trust/trust.h"

static const struct field nothing_fields[] = { FIELD_END };
static const struct record nothing = { "nothing", 1, nothing_fields };

/* ---- who asks ---- */

static struct err *find_who(struct run *run)
{
	const struct ask *ask = run->ask;
	struct op *op = &run->op;
	const struct login_limits limits = login_limits_of(op->settings);
	bool touch;

	if (ask->login_token != NULL) {
		TRY(login_find(op->arena, op->db, ask->login_token, op->now, &limits, &run->who,
			       &touch));
		if (run->who.role != ROLE_NOBODY && !csrf_good(&run->who, ask->csrf)) {
			return ERR(ERR_DENIED, "This page was open for too long. Go back, reload "
					       "it and try again");
		}
	} else if (ask->actor != NULL) {
		run->who = (struct who){ .role = ROLE_SYSTEM, .authority_id = ask->authority_id,
					 .name = "The system", .actor = ask->actor };
	}
	if (run->who.authority_id == 0) {
		struct authority first;

		TRY(authority_find(op->arena, op->db, 0, &first));
		run->who.authority_id = first.id;
	}
	if (run->who.role == ROLE_NOBODY) {
		run->who.actor = "public";
	}
	return NULL;
}

/* ---- may they ---- */

static struct err *check_policy(struct run *run)
{
	const struct operation *operation = run->operation;
	enum relation relation = RELATION_NONE;

	if (policy_reach(run->who.role, operation->permission) == REACH_NO) {
		return ERR(ERR_DENIED, "You do not have permission to do this. Ask your "
				       "administrator if you need it");
	}
	if (operation->relate != NULL) {
		TRY(operation->relate(&run->op, &relation));
	}
	if (!policy_allows(run->who.role, operation->permission, relation)) {
		return ERR(ERR_NOT_FOUND, "There is nothing here under this address");
	}
	return NULL;
}

/* ---- is it sound ---- */

/* The fields that the record knows, dates by their parts, for operations that read the others from
 * op->raw. */
static struct pairs known_fields(struct arena *a, const struct record *record,
				 const struct pairs *raw)
{
	struct pairs known = { 0 };

	for (size_t i = 0; i < raw->n; i++) {
		const char *name = raw->v[i].name;
		const char *dash = strrchr(name, '-');
		const char *whole =
			dash == NULL ? name : arena_strndup(a, name, (size_t)(dash - name));

		if (record_field(record, name) != NULL || record_field(record, whole) != NULL) {
			pairs_add(a, &known, name, raw->v[i].value);
		}
	}
	return known;
}

static void decode_input(struct run *run)
{
	const struct operation *operation = run->operation;
	const struct record *record = operation->input != NULL ? operation->input : &nothing;
	const struct upload *upload = run->ask->upload;
	struct arena *a = run->op.arena;
	struct pairs raw = conflict_settled(a, record, &run->ask->raw);

	if ((operation->flags & OP_ANY_FIELDS) != 0) {
		raw = known_fields(a, record, &raw);
	}
	run->input = arena_alloc(a, record->size);
	record_decode(a, record, &raw, run->ask->source, run->input, &run->problems);
	if (upload != NULL && upload->size > (int64_t)operation->max_upload) {
		problem_add(a, &run->problems, upload->name, "The file must be smaller than %zu MB",
			    operation->max_upload / 1000000 + 1);
	}
}

struct err *run_prepare(struct run *run, struct arena *a, struct db *db,
			const struct settings *settings, const struct world *world,
			const struct ask *ask)
{
	*run = (struct run){ .ask = ask, .operation = operation_find(ask->operation) };
	run->op = (struct op){
		.arena = a, .db = db, .who = &run->who, .world = world, .now = world_now(world),
		.today = world_today(world), .settings = settings, .operation = run->operation,
		.path = &ask->path, .raw = &ask->raw, .upload = ask->upload, .client = ask->client,
		.problems = &run->problems, .result = &run->result,
	};
	if (run->operation == NULL) {
		return ERR(ERR_NOT_FOUND, "There is no operation called “%s”", ask->operation);
	}
	db_grant(db, policy_grant(ROLE_NOBODY));
	TRY(find_who(run));
	db_grant(db, policy_grant(run->who.role));
	TRY(check_policy(run));
	decode_input(run);
	return NULL;
}

/* ---- do it ---- */

static struct err *check_input(struct run *run)
{
	const struct operation *operation = run->operation;
	struct op *op = &run->op;

	if (operation->input != NULL && run->problems.n == 0) {
		TRY(choices_check(op->arena, op->db, operation->input, run->input,
				  run->who.authority_id, &run->problems));
	}
	if (operation->guard != NULL && run->problems.n == 0) {
		TRY(operation->guard(op, run->input));
	}
	return NULL;
}

static struct err *apply(struct run *run)
{
	const struct operation *operation = run->operation;

	TRY(operation->apply(&run->op, run->input));
	if (run->problems.n == 0 && !run->op.audited && (operation->flags & OP_NO_AUDIT) == 0) {
		return ERR_DETAIL(ERR_BUG, "operation %s made no audit entry", operation->name);
	}
	return run->problems.n == 0 || run->op.keep ? op_write_audit(&run->op) : NULL;
}

static void take_outcome(const struct run *run, struct outcome *out)
{
	out->problems = run->problems;
	out->raw = run->ask->raw;
	out->location = run->op.location.s;
	out->flash = run->op.flash;
	out->reference = run->op.reference;
	out->login_token = run->op.login_token;
	out->result = run->result;
}

/* Everything inside the savepoint; *keep_out: what was written is to stay. */
static struct err *run_whole(struct run *run, bool slow_done, bool *needs_slow, bool *keep_out,
			     struct outcome *out)
{
	bool known = false;

	TRY(run_recall(run, out, &known));
	if (known) {
		return NULL;
	}
	TRY(check_input(run));
	if (run->problems.n == 0 && run->operation->slow != NULL && !slow_done) {
		*needs_slow = true;
		return NULL;
	}
	if (run->problems.n == 0) {
		TRY(apply(run));
		*keep_out = run->problems.n == 0 || run->op.keep;
	}
	take_outcome(run, out);
	if (run->problems.n == 0) {
		TRY(run_remember(run, out));
		TRY(draft_forget(&run->op));
	}
	return NULL;
}

struct err *operation_run(struct arena *a, struct db *db, const struct settings *settings,
			  const struct world *world, const struct ask *ask,
			  struct bytes slow_answer, bool slow_done, bool *needs_slow,
			  struct outcome *out)
{
	struct run *run = ARENA_NEW(a, struct run, 1);
	uint64_t granted = db_granted(db); /* a job that asks through the same handle reads on afterwards */
	bool keep = false;

	*out = (struct outcome){ 0 };
	*needs_slow = false;
	TRY(db_savepoint(db));
	out->err = run_prepare(run, a, db, settings, world, ask);
	if (out->err == NULL) {
		run->op.slow = slow_answer;
		out->err = run_whole(run, slow_done, needs_slow, &keep, out);
	}
	db_grant(db, granted);
	if (out->err == NULL && keep) {
		return db_release(db);
	}
	out->raw = ask->raw;
	db_rollback_savepoint(db);
	return NULL;
}

static struct err *run_within(struct run *run, bool *keep_out)
{
	TRY(check_policy(run));
	decode_input(run);
	TRY(check_input(run));
	if (run->problems.n == 0) {
		TRY(apply(run));
	}
	*keep_out = run->problems.n == 0;
	return NULL;
}

struct err *operation_within(struct op *outer, const struct operation *operation, const struct pairs *path,
			     const struct pairs *raw, bool dry, struct outcome *out)
{
	struct run *run = ARENA_NEW(outer->arena, struct run, 1);
	struct ask *ask = ARENA_NEW(outer->arena, struct ask, 1);
	bool keep = false;

	*ask = (struct ask){ .operation = operation->name, .path = *path, .raw = *raw, .source = RECORD_FORM };
	*run = (struct run){ .ask = ask, .operation = operation, .who = *outer->who };
	run->op = *outer;
	run->op.operation = operation;
	run->op.who = &run->who;
	run->op.path = &ask->path;
	run->op.raw = &ask->raw;
	run->op.upload = NULL;
	run->op.problems = &run->problems;
	run->op.result = &run->result;
	run->op.audited = false;
	run->op.several = true;
	*out = (struct outcome){ 0 };
	TRY(op_write_audit(outer)); /* what it has done so far stands before what is done within it */
	run->op.entries = NULL;
	run->op.n_entries = run->op.entries_cap = 0;
	TRY(db_savepoint(outer->db));
	out->err = run_within(run, &keep);
	take_outcome(run, out);
	if (out->err == NULL && keep && !dry) {
		return db_release(outer->db);
	}
	db_rollback_savepoint(outer->db);
	return NULL;
}

struct err *operation_slow(struct arena *a, struct db *db, const struct settings *settings,
			   const struct world *world, const struct ask *ask, struct bytes *answer)
{
	struct run *run = ARENA_NEW(a, struct run, 1);

	TRY(run_prepare(run, a, db, settings, world, ask));
	if (run->operation->slow == NULL || run->problems.n > 0) {
		return ERR_DETAIL(ERR_BUG, "operation %s has nothing to do in the slow role",
				  ask->operation);
	}
	return run->operation->slow(&run->op, run->input, answer);
}
