/*
 * The parent: binds, takes the lock, makes the sockets between the roles, starts them, replaces those that
 * die (all of them in turn on SIGHUP, serve_reload.c), and drains in order: web first, then keeper, slow and jobs.
 * It parses nothing from outside.
 */
#include "core/serve.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/data.h"
#include "core/sandbox.h"

enum {
	PATIENCE_MS = 1500, /* for the lock and the address: a service that was killed lets go of them in this time */
	TRY_MS = 20,
	DRAIN_WEB_MS = 8500,
	DRAIN_REST_MS = 1400,
	DATA_MEMORY = 1024 * 1024
};

/* ---- opening ---- */

/* Cores this process may use; two web processes for each. */
static size_t web_processes(const struct settings *settings)
{
	int64_t n = settings->web_processes;

	if (n <= 0) {
		n = 2 * (int64_t)sysconf(_SC_NPROCESSORS_ONLN);
	}
	return (size_t)(n < 1 ? 1 : n > WEB_MAX ? WEB_MAX : n);
}

static struct err *link_open(struct link *l)
{
	int ends[2];

	TRY(ipc_pair(ends));
	*l = (struct link){ .keeper_end = ends[0], .other_end = ends[1] };
	return NULL;
}

static struct err *signals(struct parent *p)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	p->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return p->signal_fd < 0 ? ERR_DETAIL(ERR_IO, "signalfd: %s", strerror(errno)) : NULL;
}

static void add_child(struct parent *p, enum child_kind kind, size_t slot, bool wanted)
{
	p->children[p->n_children++] = (struct child){ .kind = kind, .slot = slot, .wanted = wanted };
}

static void add_children(struct parent *p)
{
	add_child(p, CHILD_KEEPER, 0, true);
	for (size_t i = 0; i < p->n_slots; i++) {
		add_child(p, CHILD_WEB, i, i < p->n_web);
	}
	add_child(p, CHILD_SLOW, 0, true);
	add_child(p, CHILD_JOBS, 0, true);
}

/* The lock, then the address: both are free a moment after a service that was killed. */
static struct err *take_places(struct parent *p)
{
	const struct settings *s = &p->settings;
	int64_t until = role_ticks_ms() + PATIENCE_MS;
	struct err *err;

	for (;;) {
		err = p->lock_fd >= 0 ? NULL : data_lock(s, &p->lock_fd);
		if (err == NULL) {
			TRY(data_expect_store(p->arena, s));
			TRY(data_create(s)); /* what a program before this one had not */
			err = serve_listen(p->arena, s->listen, p->serve->environment, &p->listen_fd, &p->address);
		}
		if (err == NULL || err->kind != ERR_BUSY || role_ticks_ms() >= until) {
			return err;
		}
		poll(NULL, 0, TRY_MS);
	}
}

static struct err *open_all(struct parent *p)
{
	limits_of_parent(&p->settings);
	TRY(take_places(p));
	p->control_path = data_path(p->arena, &p->settings, DATA_CONTROL);
	TRY(ipc_listen(p->control_path, &p->control_fd));
	TRY(ipc_pair(p->status));
	TRY(link_open(&p->slow));
	TRY(link_open(&p->jobs));
	p->n_web = web_processes(&p->settings);
	p->n_slots = p->n_web + WEB_SPARE;
	for (size_t i = 0; i < p->n_slots; i++) {
		TRY(link_open(&p->web[i]));
	}
	TRY(route_table_build()); /* once, before forking: the children share its pages */
	add_children(p);
	return signals(p);
}

/* ---- turning ---- */

static void take_signals(struct parent *p)
{
	struct signalfd_siginfo info;

	while (read(p->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		/* The kernel's own SIGHUP says that the terminal has gone; one that was sent says reload. */
		if (info.ssi_signo == SIGCHLD) {
			children_bury(p);
		} else if (info.ssi_signo == SIGHUP && info.ssi_code != SI_KERNEL) {
			reload_begin(p);
		} else {
			p->stopping = true;
		}
	}
}

static void wait_turn(struct parent *p, int timeout_ms)
{
	struct pollfd fds[2] = { { .fd = p->signal_fd, .events = POLLIN }, { .fd = p->status[0], .events = POLLIN } };

	poll(fds, 2, timeout_ms);
	children_hear(p);
	take_signals(p);
}

/* ---- ending ---- */

static bool is_of(const struct child *c, bool web)
{
	return c->pid != 0 && (c->kind == CHILD_WEB) == web;
}

static size_t send_all(struct parent *p, bool web, int signal_number)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_children; i++) {
		if (is_of(&p->children[i], web)) {
			n++;
			if (signal_number != 0) {
				kill(p->children[i].pid, signal_number);
			}
		}
	}
	return n;
}

static void end_all(struct parent *p, bool web, int patience_ms)
{
	int64_t until = role_ticks_ms() + patience_ms;

	send_all(p, web, SIGTERM);
	while (send_all(p, web, 0) > 0) {
		int64_t left = until - role_ticks_ms();
		if (left <= 0) {
			log_line(LOG_WARN, "a process did not end in time and is stopped");
			send_all(p, web, SIGKILL);
			until = role_ticks_ms() + patience_ms;
			continue;
		}
		wait_turn(p, (int)left);
	}
}

static void close_all(struct parent *p)
{
	if (p->control_fd >= 0) {
		unlink(p->control_path);
	}
	if (p->listen_fd >= 0 && p->address != NULL && text_starts(p->address, "unix:") &&
	    text_starts(p->settings.listen, "unix:")) {
		unlink(p->address + strlen("unix:"));
	}
	if (p->lock_fd >= 0) {
		close(p->lock_fd);
	}
}

struct err *serve_run(const struct serve *serve)
{
	struct parent p = { .serve = serve, .settings = *serve->settings, .world = serve->world, .pid = getpid(),
			    .listen_fd = -1, .lock_fd = -1, .control_fd = -1, .signal_fd = -1,
			    .arena = arena_new(DATA_MEMORY) };

	log_set((enum log_level)p.settings.log_level, "parent");
	struct err *err = open_all(&p);
	if (err == NULL) {
		sandbox_enter(SANDBOX_PARENT, &p.settings);
	}
	while (err == NULL && !p.stopping) {
		reload_step(&p);
		children_start(&p);
		wait_turn(&p, children_due(&p));
	}
	if (p.failure != NULL) {
		err = ERR_WRAP(p.failure, p.failure->kind, "%s", p.failure->sentence);
	}
	if (p.listen_fd >= 0) {
		close(p.listen_fd);
	}
	end_all(&p, true, DRAIN_WEB_MS);
	end_all(&p, false, DRAIN_REST_MS);
	close_all(&p);
	arena_free(&p.settings_arena);
	arena_free(&p.arena);
	return err;
}
