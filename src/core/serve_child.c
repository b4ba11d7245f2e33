/* One child: what it keeps of the parent's descriptors, and its role. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "core/data.h"
#include "core/keeper.h"
#include "core/serve.h"

_Static_assert(WEB_SLOTS + CONTROL_MAX <= PORTS_MAX, "the keeper hears every web process and the command line");

static void close_but(int fd, bool keep)
{
	if (!keep) {
		close(fd);
	}
}

/* The lock stays with the keeper too: while one lives, nobody else can become the writer. */
static void close_others(struct parent *p, const struct child *c)
{
	bool keeper = c->kind == CHILD_KEEPER;

	close(p->signal_fd);
	close(p->status[0]);
	close_but(p->lock_fd, keeper);
	close_but(p->control_fd, keeper);
	close_but(p->listen_fd, c->kind == CHILD_WEB);
	for (size_t i = 0; i < p->n_slots; i++) {
		close_but(p->web[i].keeper_end, keeper);
		close_but(p->web[i].other_end, c->kind == CHILD_WEB && c->slot == i);
	}
	close_but(p->slow.keeper_end, keeper);
	close_but(p->slow.other_end, c->kind == CHILD_SLOW);
	close_but(p->jobs.keeper_end, keeper);
	close_but(p->jobs.other_end, c->kind == CHILD_JOBS);
}

/* The first keeper brings the store to this program's schema; those after it find it there. */
static struct err *migrate(const struct parent *p)
{
	struct arena *a = arena_new((size_t)16 << 20);
	struct db *db = NULL;
	int applied = 0;
	struct err *err = db_open(&db, data_store(a, &p->settings, DB_WRITE), DB_WRITE);

	if (err == NULL) {
		err = db_migrate(a, db, world_now(p->world), &applied);
	}
	db_close(&db);
	arena_free(&a);
	if (applied > 0) {
		log_line(LOG_NOTICE, "%d schema steps applied", applied);
	}
	return err;
}

static struct err *run_keeper(const struct parent *p)
{
	int web[WEB_SLOTS];
	const struct role_sockets s = { .listen_fd = -1, .control_fd = p->control_fd, .web = web, .n_web = p->n_slots,
					.slow = p->slow.keeper_end, .jobs = p->jobs.keeper_end, .status = p->status[1] };

	for (size_t i = 0; i < p->n_slots; i++) {
		web[i] = p->web[i].keeper_end;
	}
	struct err *err = p->keeper_ready ? NULL : migrate(p);
	if (err != NULL) {
		role_failed(&s, err);
		return err;
	}
	return keeper_run(&p->settings, p->world, &s);
}

static struct err *run_other(const struct parent *p, const struct child *c)
{
	int web[1] = { p->web[c->slot].other_end };
	const struct role_sockets s = { .listen_fd = p->listen_fd, .control_fd = -1, .web = web, .n_web = 1,
					.slow = p->slow.other_end, .jobs = p->jobs.other_end, .status = p->status[1] };

	switch (c->kind) {
	case CHILD_SLOW:
		return slow_run(&p->settings, p->world, &s);
	case CHILD_JOBS:
		return jobs_run(&p->settings, p->world, &s);
	case CHILD_WEB:
	case CHILD_KEEPER:
		break;
	}
	return web_run(&p->settings, p->world, &s);
}

static void be_child(struct parent *p, const struct child *c)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != p->pid) { /* it died in between */
		_exit(0);
	}
	close_others(p, c);
	limits_of_child(c->kind, &p->settings);
	struct err *err = c->kind == CHILD_KEEPER ? run_keeper(p) : run_other(p, c);
	if (err != NULL) {
		log_err(LOG_ERROR, "the role ended", err);
	}
	_exit(err == NULL ? 0 : 1);
}

/* What was meant for the web process before, which is dead: it would be read as this one's. */
static void forget_messages(int fd)
{
	char byte;

	while (recv(fd, &byte, 1, MSG_DONTWAIT) > 0) { /* the rest of a packet goes too */
	}
}

struct err *child_start(struct parent *p, struct child *c)
{
	if (c->kind == CHILD_WEB) {
		forget_messages(p->web[c->slot].other_end);
	}
	fflush(NULL);
	pid_t pid = fork();

	if (pid < 0) {
		return ERR_DETAIL(ERR_IO, "fork: %s", strerror(errno));
	}
	if (pid == 0) {
		be_child(p, c);
	}
	c->pid = pid;
	c->version = p->version;
	c->answers = c->leaving = false;
	c->started = role_ticks_ms();
	return NULL;
}

void child_end(struct child *c, int patience_ms)
{
	if (c->pid != 0 && !c->leaving) {
		c->leaving = true;
		c->kill_at = role_ticks_ms() + patience_ms;
		kill(c->pid, SIGTERM);
	}
}
