#include "core/role.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "core/data.h"
#include "core/sandbox.h"
#include "trust/trust.h"

enum { SEND_PATIENCE_MS = 1000 };

/* What was allowed last, and when: of this process alone, as timers are. */
static struct {
	int seconds;
	int64_t at_ms;
} allowed;

struct err *role_begin(const char *name, const struct settings *settings, int *signal_fd_out)
{
	char title[16] = "dueregard: "; /* the kernel keeps 15 characters */
	sigset_t set;

	strncat(title, name, sizeof(title) - strlen(title) - 1);
	prctl(PR_SET_NAME, title);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	log_set((enum log_level)settings->log_level, name);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a full disk quota is an error to be told, not the end */
	signal(SIGINT, SIG_IGN); /* a terminal sends it to all; the parent drains in order */
	signal(SIGHUP, SIG_IGN); /* and reloads in order */
	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	*signal_fd_out = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (*signal_fd_out < 0) {
		return ERR_DETAIL(ERR_IO, "signalfd: %s", strerror(errno));
	}
	allowed.seconds = 0;
	trust_init();
	tzset(); /* what the libraries read once, they read before the role shuts itself in */
	return NULL;
}

struct err *role_epoll(int *out)
{
	*out = epoll_create1(EPOLL_CLOEXEC);
	return *out < 0 ? ERR_DETAIL(ERR_IO, "epoll: %s", strerror(errno)) : NULL;
}

struct err *role_watch(int epoll_fd, int fd, uint64_t tag)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u64 = tag };

	if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0) {
		return ERR_DETAIL(ERR_IO, "epoll: %s", strerror(errno));
	}
	return NULL;
}

int64_t role_ticks_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A web process comes here at every turn, and has mostly used a thousandth of what it may: the kernel is asked again
 * only when a tenth may be gone. One thread never uses more processor time than passes on the clock. */
void role_begins_work(int seconds)
{
	int64_t now = role_ticks_ms();

	if (seconds == allowed.seconds && now - allowed.at_ms < seconds * INT64_C(100)) {
		return;
	}
	allowed.seconds = seconds;
	allowed.at_ms = now;
	setitimer(ITIMER_PROF, &(struct itimerval){ .it_value = { .tv_sec = seconds } }, NULL);
}

struct err *role_send(int fd, const struct message *m)
{
	int64_t until = role_ticks_ms() + SEND_PATIENCE_MS;
	struct err *err;

	while ((err = ipc_send(fd, m)) != NULL && err->kind == ERR_BUSY) {
		int64_t left = until - role_ticks_ms();
		struct pollfd p = { .fd = fd, .events = POLLOUT };
		if (left <= 0) {
			return err;
		}
		poll(&p, 1, (int)left);
	}
	return err;
}

void role_ready(const struct role_sockets *sockets, enum role_said who)
{
	struct arena *a = arena_new(4096);
	struct packer p;

	pack_begin(&p, a);
	pack_int(&p, getpid());
	if (sockets->status >= 0) {
		struct message m = { .kind = IPC_PONG, .id = who, .payload = pack_end(&p), .fd = -1 };
		struct err *err = ipc_send(sockets->status, &m);
		if (err != NULL) {
			log_err(LOG_WARN, "telling the parent", err);
		}
	}
	arena_free(&a);
}

void role_failed(const struct role_sockets *sockets, const struct err *err)
{
	struct arena *a = arena_new(64 * 1024);
	struct outcome outcome = { .err = ERR_WRAP(err, err->kind, "%s", err->sentence) };
	struct packer p;

	log_err(LOG_ERROR, "the role ends", err);
	pack_begin(&p, a);
	outcome_pack(&p, &outcome);
	if (sockets->status >= 0) {
		struct message m = { .kind = IPC_OUTCOME, .payload = pack_end(&p), .fd = -1 };
		struct err *sent = ipc_send(sockets->status, &m);
		if (sent != NULL) {
			log_err(LOG_WARN, "telling the parent", sent);
		}
	}
	arena_free(&a);
}

struct err *role_open_reader(struct arena *a, const struct settings *settings, struct db **out)
{
	sandbox_before_store(settings);
	TRY(db_open(out, data_store(a, settings, DB_READ), DB_READ));
	struct err *err = db_schema_current(a, *out);
	if (err != NULL) {
		db_close(out);
	}
	return err;
}
