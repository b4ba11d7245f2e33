/* Looking after the children: who is started, who has fallen and is replaced, what they say. */
#include <signal.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/log.h"
#include "core/serve.h"

enum {
	STEADY_MS = 10000,     /* who lived so long has not fallen in a row */
	FALLS_AT_ONCE = 20,    /* who answered before it fell is replaced at once, so often */
	PAUSE_MS = 250,        /* and then after this: a browser's request waits for it (web_ask.c) */
	FAILED_FIRST_MS = 100, /* who falls before it answers: doubled each time up to the most */
	FAILED_MOST_MS = 5000,
	FAILED_AT_START = 10   /* falls before anything was answered: it cannot start */
};

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

void children_bury(struct parent *p)
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

void children_start(struct parent *p)
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

int children_due(const struct parent *p)
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
void children_hear(struct parent *p)
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
