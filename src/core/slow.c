/*
 * The slow role: the halves of operations that take long and change nothing (password hashing), one after
 * another, so that a flood of sign-ins costs one hash of memory at a time. And its sister, the jobs process.
 */
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "core/data.h"
#include "core/jobs.h"
#include "core/role.h"
#include "core/sandbox.h"
#include "trust/trust.h"

enum {
	HASH_SECONDS = 10,  /* of processor time: one takes a quarter of a second */
	KEPT_MS = 1000,     /* no password came for so long: its memory is given back */
	REST_MAX_MS = 1000, /* decision 3 */
	JOB_SECONDS = 300,  /* the national register takes a few */
	SLOW_MEMORY = 256 * 1024 * 1024,
	JOBS_AT_ONCE = 20,
	JOBS_IDLE_MS = 60000, /* looks by itself so often, should a wake be lost */
	JOBS_RETRY_MS = 2000
};

struct slow {
	const struct settings *settings;
	const struct world *world;
	const struct role_sockets *sockets;
	struct db *db;
	struct arena *arena;
	int signal_fd;
	bool worn; /* there was no memory: the process that comes in its place has its own again */
};

/* *signalled: SIGTERM came. */
static void wait_for(int fd, int signal_fd, int timeout_ms, bool *signalled)
{
	struct pollfd p[2] = { { .fd = signal_fd, .events = POLLIN }, { .fd = fd, .events = POLLIN } };

	poll(p, 2, timeout_ms);
	*signalled = p[0].revents != 0;
}

/* Wrong or too much: as an outcome has it, and no answer. */
static struct bytes pack_answer(struct arena *a, const struct err *err, struct bytes answer)
{
	struct packer outcome, p;
	struct outcome refused = { .err = err == NULL ? NULL : ERR_WRAP(err, err->kind, "%s", err->sentence) };

	pack_begin(&outcome, a);
	if (err != NULL) {
		outcome_pack(&outcome, &refused);
	}
	pack_begin(&p, a);
	pack_bytes(&p, pack_end(&outcome));
	pack_bytes(&p, answer);
	return pack_end(&p);
}

static struct err *slow_half(struct slow *s, const struct ask *ask, struct bytes *answer_out)
{
	TRY(db_begin(s->db));
	struct err *err = operation_slow(s->arena, s->db, s->settings, s->world, ask, answer_out);
	db_rollback(s->db);
	return err;
}

static struct err *serve_one(struct slow *s, const struct message *m)
{
	struct ask ask;
	struct bytes answer = { 0 };
	struct err *err = ask_unpack(s->arena, m->payload, m->fd, &ask);

	if (err == NULL) {
		err = slow_half(s, &ask, &answer);
		if (err != NULL && db_again(s->db, 0)) { /* the line to the server was cut */
			err = slow_half(s, &ask, &answer);
		}
		s->worn = err != NULL && err->kind == ERR_BUSY;
	}
	if (err != NULL && (err->kind == ERR_BUG || err->kind == ERR_IO)) { /* only its sentence travels */
		log_err(LOG_ERROR, "the slow half of an operation", err);
	}
	return role_send(s->sockets->slow, &(struct message){ .kind = IPC_SLOW_DONE, .id = m->id, .fd = -1,
							      .payload = pack_answer(s->arena, err, answer) });
}

/* While processors are busy with pages it does not take each moment that they leave: it rests as long as it has been kept
 * waiting. Who is alone is not kept waiting. */
static int rest_ms(int64_t began_ms, clock_t began)
{
	int64_t waited = role_ticks_ms() - began_ms - (int64_t)(clock() - began) * 1000 / CLOCKS_PER_SEC;

	return waited < 0 ? 0 : waited > REST_MAX_MS ? REST_MAX_MS : (int)waited;
}

static struct err *slow_loop(struct slow *s)
{
	bool signalled = false, kept = false;

	while (!signalled && !s->worn) {
		struct message m = { .fd = -1 };
		bool got = false;
		int64_t began_ms = role_ticks_ms();
		clock_t began = clock();
		role_begins_work(HASH_SECONDS);
		TRY(ipc_receive(s->arena, s->sockets->slow, &m, &got));
		if (got && m.kind == IPC_SLOW) {
			TRY(serve_one(s, &m));
			kept = true;
			wait_for(-1, s->signal_fd, rest_ms(began_ms, began), &signalled);
		} else if (kept) {
			password_give_back();
			kept = false;
		}
		if (m.fd >= 0) {
			close(m.fd);
		}
		arena_reset(s->arena);
		if (!signalled) {
			wait_for(s->sockets->slow, s->signal_fd, kept ? KEPT_MS : -1, &signalled);
		}
	}
	return NULL;
}

/* Through DATA/control, like the command line: a keeper that was replaced is simply asked anew. */
static struct err *run_due(struct slow *s, bool *more)
{
	struct door *door;
	int ran = 0;

	TRY(door_open(&door, s->settings, s->world));
	struct err *err = jobs_run_due(s->db, door, s->settings, s->world, JOBS_AT_ONCE, &ran);
	door_close(&door);
	*more = ran == JOBS_AT_ONCE;
	return err;
}

static int until_next(struct slow *s)
{
	struct instant due = { 0 };
	struct err *err = jobs_next_due(s->arena, s->db, data_host(s->arena, s->settings), &due);
	int64_t left = due.ms - world_now(s->world).ms;

	arena_reset(s->arena);
	if (err != NULL || !instant_is_set(due) || left > JOBS_IDLE_MS) {
		return JOBS_IDLE_MS;
	}
	return left < 0 ? 0 : (int)left;
}

/* Reads a socket empty. */
static void take_waiting(struct slow *s, int fd)
{
	struct message m = { .fd = -1 };
	bool got = true;

	while (got && ipc_receive(s->arena, fd, &m, &got) == NULL) {
		if (got && m.fd >= 0) {
			close(m.fd);
		}
		arena_reset(s->arena);
	}
}

static struct err *jobs_loop(struct slow *s)
{
	bool signalled = false, more = false;

	while (!signalled) {
		role_begins_work(JOB_SECONDS);
		int pause = until_next(s);
		if (pause == 0) {
			struct err *err = run_due(s, &more);
			if (err != NULL) {
				log_err(LOG_ERROR, "work in the background", err);
			}
			pause = err != NULL ? JOBS_RETRY_MS : more ? 0 : until_next(s);
		}
		wait_for(s->sockets->jobs, s->signal_fd, pause, &signalled);
		take_waiting(s, s->sockets->jobs);
	}
	return NULL;
}

static struct err *run(const char *name, struct slow *s, enum sandbox sandbox, struct err *(*loop)(struct slow *s))
{
	TRY(role_begin(name, s->settings, &s->signal_fd));
	s->arena = arena_new(SLOW_MEMORY);
	struct err *err = role_open_reader(s->arena, s->settings, &s->db);
	arena_reset(s->arena);
	if (err != NULL) {
		role_failed(s->sockets, err);
	} else {
		sandbox_enter(sandbox, s->settings);
		role_ready(s->sockets, SAID_OTHER);
		err = loop(s);
	}
	db_close(&s->db);
	arena_free(&s->arena);
	close(s->signal_fd);
	return err;
}

/* What waits was asked of the process before; the keeper, greeted, asks again for what it waits for. */
static struct err *greet_and_loop(struct slow *s)
{
	take_waiting(s, s->sockets->slow);
	TRY(ipc_send(s->sockets->slow, &(struct message){ .kind = IPC_PONG, .fd = -1 }));
	return slow_loop(s);
}

struct err *slow_run(const struct settings *settings, const struct world *world, const struct role_sockets *sockets)
{
	struct slow s = { .settings = settings, .world = world, .sockets = sockets };

	return run("slow", &s, SANDBOX_SLOW, greet_and_loop);
}

struct err *jobs_run(const struct settings *settings, const struct world *world, const struct role_sockets *sockets)
{
	struct slow s = { .settings = settings, .world = world, .sockets = sockets };

	return run("jobs", &s, SANDBOX_JOBS, jobs_loop);
}
