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
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/data.h"
#include "core/sandbox.h"

enum {
	STEADY_MS = 10000,  /* who lived so long has not fallen in a row */
	FALLS_AT_ONCE = 20, /* who answered before it fell is replaced at once, so often */
	PAUSE_MS = 250,     /* and then after this: a browser's request waits for it (web_ask.c) */
	FAILED_FIRST_MS = 100, /* who falls before it answers: doubled each time up to the most */
	FAILED_MOST_MS = 5000,
	FAILED_AT_START = 10, /* falls before anything was answered: it cannot start */
	PATIENCE_MS = 1500,   /* for the lock and the address: a service that was killed lets go of them in this time */
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

/* ---- looking after the children ---- */

static struct child *child_of(struct parent *p, pid_t pid)
{
	for (size_t i = 0; i < p->n_children; i++) {
		if (p->children[i].pid == pid) {
			return &p->children[i];
		}
	}
	return NULL;
}

/* Who was told to end, or answered before it fell, is replaced at once. Who falls before it answers, or again and
 * again, is replaced after a pause, so that the machine is left for the others. */
static int64_t pause_of(const struct child *c)
{
	if (c->leaving || (c->answers && c->falls <= FALLS_AT_ONCE)) {
		return 0;
	}
	if (c->answers) {
		return PAUSE_MS;
	}
	int64_t pause = FAILED_FIRST_MS;
	for (int i = 1; i < c->falls && pause < FAILED_MOST_MS; i++) {
		pause *= 2;
	}
	return pause < FAILED_MOST_MS ? pause : FAILED_MOST_MS;
}

/* Something that no role could say, as it fell first. */
static void cannot_start(struct parent *p)
{
	p->failure = ERR(ERR_IO, "The service cannot start: its processes end before they answer. The log says why");
	p->stopping = true;
}

static void bury_one(struct parent *p, struct child *c, int status)
{
	int64_t now = role_ticks_ms();
	pid_t pid = c->pid;

	c->pid = 0;
	c->falls = c->leaving || now - c->started >= STEADY_MS ? 0 : c->falls;
	c->falls += !c->leaving;
	c->again = now + pause_of(c);
	if (p->stopping || c->leaving) {
		return;
	}
	log_line(LOG_ERROR, "process %d ended (%s %d%s) and is replaced", (int)pid,
		 WIFSIGNALED(status) ? "signal" : "status",
		 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
		 WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF ? ", it had worked on one thing for too long" : "");
	if (!p->answered && c->falls >= FAILED_AT_START) {
		cannot_start(p);
	}
}

static void bury(struct parent *p)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct child *c = child_of(p, pid);
		if (c != NULL) {
			bury_one(p, c, status);
		}
	}
}

/* Those that do not run and are wanted; the rest wait until the first keeper has brought the store up to date. */
static bool is_due(const struct parent *p, const struct child *c)
{
	return c->wanted && c->pid == 0 && (c->kind == CHILD_KEEPER || p->keeper_ready);
}

static void start_due(struct parent *p)
{
	int64_t now = role_ticks_ms();

	for (size_t i = 0; i < p->n_children && !p->stopping; i++) {
		struct child *c = &p->children[i];
		if (c->leaving && c->pid != 0 && now >= c->kill_at) {
			log_line(LOG_WARN, "a process did not end in time and is stopped");
			kill(c->pid, SIGKILL);
			c->kill_at = now + FAILED_MOST_MS;
		}
		if (!is_due(p, c) || now < c->again) {
			continue;
		}
		struct err *err = child_start(p, c);
		if (err != NULL) {
			log_err(LOG_ERROR, "starting a process", err);
			c->again = now + FAILED_MOST_MS;
		}
	}
}

static int until_due(const struct parent *p)
{
	int64_t now = role_ticks_ms(), soonest = -1;

	for (size_t i = 0; i < p->n_children; i++) {
		const struct child *c = &p->children[i];
		int64_t at = is_due(p, c) ? c->again : c->kill_at;
		if (is_due(p, c) || (c->leaving && c->pid != 0)) {
			int64_t left = at > now ? at - now : 0;
			soonest = soonest < 0 || left < soonest ? left : soonest;
		}
	}
	return (int)soonest;
}

/* One of them answers: the keeper says so when the store is ready. */
static void hear_ready(struct parent *p, struct arena *a, const struct message *m)
{
	struct unpacker u;

	unpack_begin(&u, a, m->payload);
	int64_t pid = unpack_int(&u);
	struct child *c = unpack_end(&u) == NULL && pid > 0 ? child_of(p, (pid_t)pid) : NULL;
	if (c != NULL) {
		c->answers = true;
	}
	if (m->id == SAID_KEEPER) {
		p->keeper_ready = true;
	} else if (m->id == SAID_WEB && !p->answered) {
		p->answered = true;
		if (p->serve->ready != NULL) {
			p->serve->ready(p->serve->context, p->address);
		}
	}
}

/* What the children say: that they answer, or why they cannot. */
static void hear(struct parent *p)
{
	struct arena *a = arena_new(1024 * 1024);
	struct message m;
	struct outcome outcome;
	bool got = true;

	while (got && ipc_receive(a, p->status[0], &m, &got) == NULL) {
		if (got && m.kind == IPC_PONG) {
			hear_ready(p, a, &m);
		} else if (got && !p->answered && outcome_unpack(a, m.payload, &outcome) == NULL && outcome.err != NULL) {
			p->failure = outcome.err;
			p->stopping = true;
		}
	}
	arena_free(&a);
}

static void take_signals(struct parent *p)
{
	struct signalfd_siginfo info;

	while (read(p->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		/* The kernel's own SIGHUP says that the terminal has gone; one that was sent says reload. */
		if (info.ssi_signo == SIGCHLD) {
			bury(p);
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
	hear(p);
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
		start_due(&p);
		wait_turn(&p, until_due(&p));
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
