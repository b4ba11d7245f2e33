/*
 * The parent: binds, takes the lock, makes the sockets between the roles, starts them, replaces those that
 * die, and drains in order: web first, then keeper, slow and jobs. It parses nothing from outside.
 */
#include "core/serve.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/data.h"

enum {
	BACK_OFF_FIRST_MS = 100,
	BACK_OFF_MOST_MS = 5000,
	STEADY_MS = 10000, /* who lived so long is replaced at once */
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
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	p->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return p->signal_fd < 0 ? ERR_DETAIL(ERR_IO, "signalfd: %s", strerror(errno)) : NULL;
}

static void add_child(struct parent *p, enum child_kind kind, size_t index)
{
	p->children[p->n_children++] = (struct child){ .kind = kind, .index = index };
}

static struct err *open_all(struct parent *p)
{
	struct rlimit files;

	TRY(data_lock(p->settings, &p->lock_fd));
	TRY(data_expect_store(p->arena, p->settings));
	TRY(serve_listen(p->arena, p->settings->listen, &p->listen_fd, &p->address));
	p->control_path = data_path(p->arena, p->settings, DATA_CONTROL);
	TRY(ipc_listen(p->control_path, &p->control_fd));
	TRY(ipc_pair(p->status));
	TRY(link_open(&p->slow));
	TRY(link_open(&p->jobs));
	p->n_web = web_processes(p->settings);
	for (size_t i = 0; i < p->n_web; i++) {
		TRY(link_open(&p->web[i]));
	}
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) { /* a connection each, and uploads */
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	TRY(route_table_build()); /* once, before forking: the children share its pages */
	add_child(p, CHILD_KEEPER, 0);
	for (size_t i = 0; i < p->n_web; i++) {
		add_child(p, CHILD_WEB, i);
	}
	add_child(p, CHILD_SLOW, 0);
	add_child(p, CHILD_JOBS, 0);
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

static void bury(struct parent *p)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct child *c = child_of(p, pid);
		int64_t now = role_ticks_ms();
		if (c == NULL) {
			continue;
		}
		c->pid = 0;
		c->back_off = now - c->started >= STEADY_MS || c->back_off == 0 ? BACK_OFF_FIRST_MS : c->back_off * 2;
		c->back_off = c->back_off > BACK_OFF_MOST_MS ? BACK_OFF_MOST_MS : c->back_off;
		c->again = now + c->back_off;
		if (!p->stopping) {
			log_line(LOG_ERROR, "process %d ended (%s %d) and is replaced", (int)pid,
				 WIFSIGNALED(status) ? "signal" : "status",
				 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
		}
	}
}

/* Those that do not run and may; the rest wait until the first keeper has brought the store up to date. */
static void start_due(struct parent *p)
{
	int64_t now = role_ticks_ms();

	for (size_t i = 0; i < p->n_children && !p->stopping; i++) {
		struct child *c = &p->children[i];
		if (c->pid != 0 || now < c->again || (c->kind != CHILD_KEEPER && !p->keeper_ready)) {
			continue;
		}
		struct err *err = child_start(p, c);
		if (err != NULL) {
			log_err(LOG_ERROR, "starting a process", err);
			c->again = now + BACK_OFF_MOST_MS;
		}
	}
}

static int until_due(const struct parent *p)
{
	int64_t now = role_ticks_ms(), soonest = -1;

	for (size_t i = 0; i < p->n_children; i++) {
		const struct child *c = &p->children[i];
		if (c->pid == 0 && (c->kind == CHILD_KEEPER || p->keeper_ready)) {
			int64_t left = c->again > now ? c->again - now : 0;
			soonest = soonest < 0 || left < soonest ? left : soonest;
		}
	}
	return (int)soonest;
}

/* The keeper says that the store is ready, a web process that it answers, any of them why it cannot. */
static void hear(struct parent *p)
{
	struct arena *a = arena_new(1024 * 1024);
	struct message m;
	struct outcome outcome;
	bool got = true;

	while (got && ipc_receive(a, p->status[0], &m, &got) == NULL) {
		if (!got || m.kind != IPC_PONG) {
			bool failed = got && !p->answered && outcome_unpack(a, m.payload, &outcome) == NULL;
			if (failed && outcome.err != NULL) {
				p->failure = outcome.err;
				p->stopping = true;
			}
		} else if (m.id == SAID_KEEPER) {
			p->keeper_ready = true;
		} else if (!p->answered) {
			p->answered = true;
			if (p->ready != NULL) {
				p->ready(p->address);
			}
		}
	}
	arena_free(&a);
}

static void take_signals(struct parent *p)
{
	struct signalfd_siginfo info;

	while (read(p->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGCHLD) {
			bury(p);
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
	    text_starts(p->settings->listen, "unix:")) {
		unlink(p->address + strlen("unix:"));
	}
	if (p->lock_fd >= 0) {
		close(p->lock_fd);
	}
}

struct err *serve_run(const struct settings *settings, const struct world *world, void (*ready)(const char *address))
{
	struct parent p = { .settings = settings, .world = world, .ready = ready, .pid = getpid(), .listen_fd = -1,
			    .lock_fd = -1, .control_fd = -1, .signal_fd = -1, .arena = arena_new(DATA_MEMORY) };

	log_set((enum log_level)settings->log_level, "parent");
	struct err *err = open_all(&p);
	while (err == NULL && !p.stopping) {
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
	arena_free(&p.arena);
	return err;
}
