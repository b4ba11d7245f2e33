/*
 * The door: how the command line and jobs ask operations. Through the keeper's control socket when
 * a service runs on the data directory; otherwise this process is the keeper for as long as the
 * door is open.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/core.h"
#include "core/data.h"
#include "core/jobs.h"

enum { JOBS_AT_ONCE = 20, SETTLE_MS = 100, SETTLE_TRIES = 30, TRIES_MAX = 5, PATIENCE_MS = 10000 };

struct door {
	struct arena *arena; /* owned when the door was opened, NULL when local */
	const struct settings *settings;
	const struct world *world;
	struct db *db; /* this process is the keeper */
	int control;   /* a keeper listens: its socket; else -1 */
	int lock;      /* held; else -1 */
	uint64_t asked;
	bool in_job;   /* jobs ask through the same door */
};

/* ---- opening ---- */

struct door *door_local(struct arena *a, struct db *db, const struct settings *settings,
			const struct world *world)
{
	struct door *door = ARENA_NEW(a, struct door, 1);

	*door = (struct door){
		.settings = settings, .world = world, .db = db, .control = -1, .lock = -1
	};
	return door;
}

static struct err *become_keeper(struct door *door)
{
	int applied;

	TRY(data_lock(door->settings, &door->lock));
	TRY(db_open(&door->db, data_store(door->arena, door->settings, DB_WRITE), DB_WRITE));
	TRY(db_migrate(door->arena, door->db, world_now(door->world), &applied));
	return data_make_host(door->arena, door->settings, door->world);
}

/* A service that is just starting holds the lock and does not listen yet: a little patience. */
static struct err *open_either(struct door *door)
{
	struct err *err = NULL;

	for (int i = 0; i < SETTLE_TRIES; i++) {
		err = ipc_connect(data_path(door->arena, door->settings, DATA_CONTROL),
				  &door->control);
		if (err == NULL) {
			return NULL;
		}
		door->control = -1;
		err = become_keeper(door);
		if (err == NULL || err->kind != ERR_BUSY) {
			return err;
		}
		poll(NULL, 0, SETTLE_MS);
	}
	return err;
}

struct err *door_open(struct door **out, const struct settings *settings, const struct world *world)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct door *door = door_local(a, NULL, settings, world);
	struct err *err;

	door->arena = a;
	err = open_either(door);
	if (err != NULL) {
		door_close(&door);
		return err;
	}
	*out = door;
	return NULL;
}

void door_close(struct door **door)
{
	struct door *d = *door;

	*door = NULL;
	if (d == NULL || d->arena == NULL) {
		return;
	}
	db_close(&d->db);
	if (d->control >= 0) {
		close(d->control);
	}
	if (d->lock >= 0) {
		close(d->lock);
	}
	arena_free(&d->arena);
}

/* ---- through the keeper ---- */

static struct err *lost(void)
{
	return ERR(ERR_IO, "The service went away before it answered. Start it again, then look "
			   "whether this was done");
}

static struct err *wait_for(int fd, short what)
{
	struct pollfd p = { .fd = fd, .events = what };

	while (poll(&p, 1, -1) < 0) {
		if (errno != EINTR) {
			return lost();
		}
	}
	return NULL;
}

static struct err *receive_outcome(struct arena *a, struct door *door, struct outcome *out)
{
	struct message m;
	bool got;

	for (;;) {
		TRY(wait_for(door->control, POLLIN));
		got = false;
		if (ipc_receive(a, door->control, &m, &got) != NULL) {
			return lost();
		}
		if (got && m.kind == IPC_OUTCOME && m.id == door->asked) {
			return outcome_unpack(a, m.payload, out);
		}
	}
}

static struct err *ask_keeper(struct arena *a, struct door *door, const struct ask *ask,
			      struct outcome *out)
{
	struct packer p;
	struct err *err;

	pack_begin(&p, a);
	ask_pack(&p, ask);
	struct message m = { .kind = IPC_OPERATION, .id = ++door->asked, .payload = pack_end(&p),
			     .fd = ask->upload != NULL ? ask->upload->fd : -1 };

	while ((err = ipc_send(door->control, &m)) != NULL && err->kind == ERR_BUSY) {
		TRY(wait_for(door->control, POLLOUT));
	}
	return err != NULL ? lost() : receive_outcome(a, door, out);
}

/* ---- as the keeper ---- */

/* In the hope that nothing in it has to be undone by itself (db_hope); when something had, once more without. */
static struct err *try_once(struct arena *a, struct door *door, const struct ask *ask,
			    struct bytes slow, bool slow_done, bool *needs_slow,
			    struct outcome *out, bool hope)
{
	TRY(db_begin(door->db));
	db_hope(door->db, hope);
	struct err *err = operation_run(a, door->db, door->settings, door->world, ask, slow,
					slow_done, needs_slow, out);

	if (err == NULL && db_spoilt(door->db)) {
		db_rollback(door->db);
		return try_once(a, door, ask, slow, slow_done, needs_slow, out, false);
	}
	if (err == NULL) {
		err = db_commit(door->db);
	}
	if (err != NULL) {
		db_rollback(door->db);
	}
	return err;
}

static struct err *run_once(struct arena *a, struct door *door, const struct ask *ask,
			    struct bytes slow, bool slow_done, bool *needs_slow,
			    struct outcome *out)
{
	struct err *err = try_once(a, door, ask, slow, slow_done, needs_slow, out, true);

	for (int tries = 1; err != NULL && tries < TRIES_MAX && db_again(door->db, PATIENCE_MS); tries++) {
		err = try_once(a, door, ask, slow, slow_done, needs_slow, out, true);
	}
	return err;
}

static struct err *ask_here(struct arena *a, struct door *door, const struct ask *ask,
			    struct outcome *out)
{
	struct bytes slow = { 0 };
	bool needs_slow;

	TRY(run_once(a, door, ask, slow, false, &needs_slow, out));
	if (!needs_slow) {
		return NULL;
	}
	TRY(operation_slow(a, door->db, door->settings, door->world, ask, &slow));
	return run_once(a, door, ask, slow, true, &needs_slow, out);
}

/* With no service beside it, nobody else would run the jobs that this operation queued. */
static struct err *run_jobs(struct door *door)
{
	int ran = 0;
	struct err *err;

	door->in_job = true;
	do {
		err = jobs_run_due(door->db, door, door->settings, door->world, JOBS_AT_ONCE, &ran);
	} while (err == NULL && ran > 0); /* what a job queues is run too */
	door->in_job = false;
	return err;
}

struct err *door_ask(struct arena *a, struct door *door, const struct ask *ask, struct outcome *out)
{
	struct err *err =
		door->control >= 0 ? ask_keeper(a, door, ask, out) : ask_here(a, door, ask, out);

	TRY(err);
	out->raw = ask->raw;
	if (door->lock >= 0 && !door->in_job && out->err == NULL && out->problems.n == 0) {
		return run_jobs(door);
	}
	return NULL;
}
