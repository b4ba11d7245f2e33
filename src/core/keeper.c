/*
 * The keeper: the only process that writes to the store. It answers web processes and, over DATA/control,
 * the command line; what has a slow half goes to the slow role in between.
 */
#include "core/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "core/data.h"
#include "core/sandbox.h"

enum {
	EVENTS = 32,
	IDLE_MS = 2000,          /* quiet for so long: the log is folded into the store */
	SWEEP_MS = 10 * 60000,
	DRAIN_MS = 3000,
	WORK_SECONDS = 300,      /* of processor time for one group: the national register takes a few */
	TAG_CONTROL = PORTS_MAX, /* tags below are ports */
	TAG_SLOW,
	TAG_SIGNAL
};

static void port_add(struct keeper *k, int fd, bool control)
{
	for (size_t i = 0; i < PORTS_MAX; i++) {
		if (k->ports[i].fd < 0) {
			struct err *err = role_watch(k->epoll_fd, fd, i);
			if (err != NULL) {
				log_err(LOG_ERROR, "a socket of the keeper", err);
				break;
			}
			k->ports[i] = (struct port){ .fd = fd, .control = control, .serial = ++k->serials };
			return;
		}
	}
	if (control) {
		close(fd);
	}
}

/* DATA/control is mode 0600; who connects must be the same user all the same. */
static void accept_control(struct keeper *k)
{
	int fd = accept4(k->sockets->control_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct ucred peer;
	socklen_t n = sizeof(peer);
	size_t open = 0;

	if (fd < 0) {
		return;
	}
	for (size_t i = 0; i < PORTS_MAX; i++) {
		open += k->ports[i].fd >= 0 && k->ports[i].control;
	}
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) != 0 || (peer.uid != geteuid() && peer.uid != 0) ||
	    open >= CONTROL_MAX) {
		close(fd);
		return;
	}
	port_add(k, fd, true);
}

/* The other end is closed, which the parent prevents while it lives: nothing more will come, and the end of
 * the socket would be told for ever. */
static void part_from_slow(struct keeper *k)
{
	struct task *t;

	epoll_ctl(k->epoll_fd, EPOLL_CTL_DEL, k->sockets->slow, NULL);
	while ((t = tasks_take(&k->waiting)) != NULL) {
		task_refuse(k, t, ERR(ERR_BUSY, "The service is ending. Wait a moment and try again"));
	}
	k->slow_asked = 0; /* who comes now finds nobody there, and is refused instead of waiting */
}

static void on_event(struct keeper *k, const struct epoll_event *event)
{
	uint64_t tag = event->data.u64;
	bool gone = (event->events & EPOLLHUP) != 0;

	if (tag < PORTS_MAX) {
		if (tasks_read(k, (size_t)tag) == 0 && gone) {
			port_close(&k->ports[tag]);
		}
	} else if (tag == TAG_CONTROL) {
		accept_control(k);
	} else if (tag == TAG_SLOW) {
		tasks_from_slow(k);
		if (gone) {
			part_from_slow(k);
		}
	} else {
		k->stopping = true;
	}
}

static struct err *fold(struct keeper *k)
{
	struct err *err = NULL;

	if (k->unsettled) {
		err = db_checkpoint(k->db, true);
		k->unsettled = err != NULL; /* a long page reads: next time */
	}
	return keeper_lives(err);
}

bool keeper_hear(struct keeper *k, int timeout_ms)
{
	struct epoll_event events[EVENTS];
	int n = epoll_wait(k->epoll_fd, events, EVENTS, timeout_ms);

	for (int i = 0; i < n; i++) {
		on_event(k, &events[i]);
	}
	return n != 0;
}

static struct err *turn(struct keeper *k, int timeout_ms, bool *idle)
{
	role_begins_work(WORK_SECONDS);
	*idle = !keeper_hear(k, timeout_ms);
	tasks_give_up(k);
	return k->group.first != NULL ? group_run(k) : NULL;
}

static struct err *run(struct keeper *k)
{
	int64_t until;
	bool idle, more = false;

	while (!k->stopping) {
		TRY(turn(k, more ? 0 : k->waiting.n > 0 || k->unsettled ? IDLE_MS : SWEEP_MS, &idle));
		if (idle && !more) {
			TRY(fold(k));
		}
		if (more || role_ticks_ms() - k->swept_at >= SWEEP_MS) {
			k->swept_at = role_ticks_ms();
			more = false;
			TRY(keeper_sweep(k, &more));
			k->unsettled = true;
		}
	}
	idle = false;
	until = role_ticks_ms() + DRAIN_MS;
	epoll_ctl(k->epoll_fd, EPOLL_CTL_DEL, k->signal_fd, NULL); /* it stays readable */
	while ((!idle || k->waiting.n > 0) && role_ticks_ms() < until) { /* what was asked before the end */
		TRY(turn(k, k->waiting.n > 0 ? 100 : 0, &idle));
	}
	return fold(k);
}

/* That there is a store and its log must outlive a power cut as what is in them does. SQLite syncs the folder
 * once, with the first sync of a log that it has made itself: a keeper that comes after one that made the log and
 * died does not, and an error of that sync is not told. */
static struct err *sync_folder(const struct settings *settings)
{
	int fd = open(settings->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	int saved = errno;

	if (fd >= 0) {
		close(fd);
	}
	return good ? NULL : ERR(ERR_IO, "The data directory %s cannot be written to the disk: %s", settings->data,
				 strerror(saved));
}

static struct err *open_all(struct keeper *k, struct arena *a)
{
	const struct role_sockets *s = k->sockets;

	TRY(role_epoll(&k->epoll_fd));
	TRY(db_open(&k->db, data_store(a, k->settings, DB_WRITE), DB_WRITE));
	TRY(db_schema_current(a, k->db));
	TRY(sync_folder(k->settings));
	TRY(data_make_host(a, k->settings, k->world));
	k->host = data_host(a, k->settings);
	TRY(role_watch(k->epoll_fd, k->signal_fd, TAG_SIGNAL));
	TRY(role_watch(k->epoll_fd, s->slow, TAG_SLOW));
	TRY(role_watch(k->epoll_fd, s->control_fd, TAG_CONTROL));
	for (size_t i = 0; i < s->n_web; i++) {
		port_add(k, s->web[i], false);
	}
	return NULL;
}

/* A keeper that came in place of another: what that one had taken and not answered is asked again. */
static void say_hello(struct keeper *k)
{
	for (size_t i = 0; i < k->sockets->n_web; i++) {
		struct err *err = ipc_send(k->sockets->web[i], &(struct message){ .kind = IPC_PONG, .fd = -1 });
		if (err != NULL) {
			log_err(LOG_WARN, "greeting a web process", err);
		}
	}
}

static void close_all(struct keeper *k)
{
	struct task *t;

	while ((t = tasks_take(&k->waiting)) != NULL || (t = tasks_take(&k->group)) != NULL) {
		task_free(k, t);
	}
	db_close(&k->db);
	close(k->epoll_fd);
	close(k->signal_fd);
}

struct err *keeper_run(const struct settings *settings, const struct world *world, const struct role_sockets *sockets)
{
	struct keeper k = { .settings = settings, .world = world, .sockets = sockets, .epoll_fd = -1,
			    .swept_at = role_ticks_ms() };
	struct arena *a = arena_new(1024 * 1024);

	for (size_t i = 0; i < PORTS_MAX; i++) {
		k.ports[i].fd = -1;
	}
	/* The slow role may still answer what a keeper before this one asked: such an answer must find nobody. */
	world_random(world, &k.slow_ids, sizeof(k.slow_ids));
	TRY(role_begin("keeper", settings, &k.signal_fd));
	struct err *err = open_all(&k, a);
	if (err != NULL) {
		role_failed(sockets, err);
	} else {
		sandbox_enter(SANDBOX_KEEPER, settings);
		say_hello(&k);
		role_ready(sockets, SAID_KEEPER);
		err = run(&k);
	}
	close_all(&k);
	arena_free(&a);
	return err;
}
