/*
 * Group commit: everything that waits is run in one transaction, each operation undone by itself when it fails,
 * with one synchronous write at the end. Nobody is told anything before it is on the disk.
 */
#include "base/arena.h"
#include "base/log.h"
#include "core/form.h"
#include "core/house.h"
#include "core/jobs.h"
#include "core/keeper.h"
#include "core/operation.h"
#include "trust/trust.h"

enum {
	PATIENCE_MS = 10000, /* half of a web process's, which answers for us when we do not */
	TRIES_MAX = 5,
	SPOILT_MOST = 4,
	GROUP_MOST = 32 /* nobody joins more: the first of them waits for the commit */
};

static struct err *touch(struct keeper *k, const struct task *t)
{
	return login_touch(k->db, t->login_id, world_now(k->world));
}

/* Of a group that is spoilt, the operation that has to be undone by itself; of one that is spoilt again and again, all. */
static void mark_undone(struct keeper *k, struct task *spoiler, int times)
{
	spoiler->undone = true;
	for (struct task *t = k->group.first; times >= SPOILT_MOST && t != NULL; t = t->next) {
		t->undone = true;
	}
}

static void log_trouble(const struct task *t)
{
	if (t->outcome.err != NULL && err_is_trouble(t->outcome.err)) {
		log_err(LOG_WARN, t->ask.operation, t->outcome.err);
	}
}

/* A statement reached its limit, or waited for something that somebody else held: it would again, and hold up all. */
static bool took_too_long(const struct keeper *k, const struct task *t)
{
	return t->outcome.err != NULL && t->outcome.err->kind == ERR_BUSY && db_failed_for_good(k->db);
}

/* Who comes while others are at work joins them: a commit costs as much as several operations, and they would wait for it. */
static struct task *next_task(struct keeper *k, const struct task *t)
{
	if (t->next == NULL && k->group.n < GROUP_MOST) {
		keeper_hear(k, 0);
	}
	return t->next;
}

/* Most operations need not be undone by themselves: who is refused is refused before anything is written. The one that is
 * refused later is known when it has happened, and the group is run again, it alone with a savepoint: a long import beside it
 * is not to pay for that. */
static struct err *run_tasks(struct keeper *k, int times_spoilt)
{
	TRY(db_begin(k->db));
	for (struct task *t = k->group.first; t != NULL; t = next_task(k, t)) {
		if (t->in_vain) {
			continue;
		}
		db_hope(k->db, !t->undone);
		if (t->kind == TASK_TOUCH) {
			TRY(touch(k, t));
		} else {
			TRY(operation_run(t->arena, k->db, k->settings, k->world, &t->ask, t->slow, t->slow_done,
					  &t->needs_slow, &t->outcome));
			task_pack(t);
			log_trouble(t);
		}
		if (db_spoilt(k->db)) {
			db_rollback(k->db);
			t->in_vain = took_too_long(k, t);
			mark_undone(k, t, times_spoilt + 1);
			return run_tasks(k, times_spoilt + 1);
		}
	}
	return db_commit(k->db);
}

/* A job may have been queued: its process is woken when the next one is due at a time it does not know of. */
static void wake_jobs(struct keeper *k)
{
	struct arena *a = arena_new(64 * 1024);
	struct instant due = { 0 };
	struct err *err = jobs_next_due(a, k->db, k->host, &due);

	if (err == NULL && instant_is_set(due) && due.ms != k->job_due.ms) {
		err = ipc_send(k->sockets->jobs, &(struct message){ .kind = IPC_WAKE, .fd = -1 });
	}
	if (err == NULL || err->kind == ERR_BUSY) { /* a full queue wakes too */
		k->job_due = due;
	} else {
		log_err(LOG_ERROR, "waking the jobs process", err);
	}
	arena_free(&a);
}

/* "Busy", as the form is then shown again with what was typed. */
static struct err *told(const struct err *why)
{
	if (why->kind == ERR_BUSY || why->kind == ERR_IO) { /* the engine knows whether anything may have been saved */
		return ERR_WRAP(why, ERR_BUSY, "%s", why->sentence);
	}
	return ERR_WRAP(why, ERR_BUSY, "The service could not write to its disk. Nothing was saved. Tell the "
				       "person who looks after it, then try again");
}

static void nothing_saved(struct keeper *k, const struct err *why)
{
	for (struct task *t = k->group.first; t != NULL; t = t->next) {
		t->needs_slow = false;
		t->outcome = (struct outcome){ .err = told(why) };
		task_pack(t);
	}
}

/* On a server a group may be undone, or the line be cut: then it is run again, whole. */
static struct err *run_until_done(struct keeper *k)
{
	struct err *err = run_tasks(k, 0);

	for (int tries = 1; err != NULL && tries < TRIES_MAX; tries++) {
		db_rollback(k->db);
		if (!db_again(k->db, k->away ? 0 : PATIENCE_MS)) {
			k->away = true; /* those after these do not wait as long */
			return err;
		}
		log_line(LOG_NOTICE, "a group is run again");
		err = run_tasks(k, 0);
	}
	k->away = false;
	return err;
}

struct err *group_run(struct keeper *k)
{
	struct err *err = run_until_done(k);
	struct task *t;

	if (err != NULL) {
		db_rollback(k->db);
		log_err(LOG_ERROR, "the group was rolled back", err);
		nothing_saved(k, err);
	}
	while ((t = tasks_take(&k->group)) != NULL) {
		if (t->needs_slow) {
			task_to_slow(k, t);
		} else {
			task_answer(k, t);
		}
	}
	k->unsettled = true;
	if (err == NULL) {
		wake_jobs(k);
		err = db_checkpoint(k->db, false);
	}
	return keeper_lives(err);
}

struct err *keeper_lives(struct err *err)
{
	return err != NULL && err->kind == ERR_BUSY ? NULL : err;
}

struct err *keeper_sweep(struct keeper *k, bool *more_out)
{
	const struct login_limits limits = login_limits_of(k->settings);

	TRY(db_begin(k->db));
	struct err *err = trust_sweep(k->db, world_now(k->world), &limits);
	err = err != NULL ? err : remembered_sweep(k->db, world_now(k->world), more_out);
	err = err != NULL ? err : drafts_sweep(k->db, world_now(k->world));
	if (err == NULL) {
		err = db_commit(k->db);
	}
	if (err != NULL) {
		db_rollback(k->db);
	}
	return keeper_lives(err);
}
