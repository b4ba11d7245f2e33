/* The web role: HTTP on one side, the keeper on the other, one loop, never waiting for either. */
#include "core/web.h"

#include <sys/epoll.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/sandbox.h"

enum {
	EVENTS = 8,
	DRAIN_MS = 8000,
	DRAIN_TICK_MS = 50,
	TICK_MS = 1000, /* while something waits */
	WORK_SECONDS = 30, /* of processor time in one turn: a page has 10 for each statement (db.h) */
	TAG_HTTP = 0,
	TAG_KEEPER,
	TAG_SIGNAL
};

/* Who has nothing to do at once ends its snapshot first. */
static int wait_for(struct web *w, struct epoll_event *events, int timeout_ms)
{
	int n = db_is_resting(w->db) ? 0 : epoll_wait(w->epoll_fd, events, EVENTS, 0);

	if (n != 0) {
		return n;
	}
	db_rest(w->db);
	return epoll_wait(w->epoll_fd, events, EVENTS, timeout_ms);
}

static struct err *turn(struct web *w)
{
	struct epoll_event events[EVENTS];
	int timeout = http_timeout_ms(w->server);
	int most = w->stepping != NULL ? 0 : w->draining ? DRAIN_TICK_MS : w->waiting != NULL ? TICK_MS : timeout;

	role_begins_work(WORK_SECONDS);
	int n = wait_for(w, events, timeout < most ? timeout : most);
	for (int i = 0; i < n; i++) {
		if (events[i].data.u64 == TAG_KEEPER) {
			TRY(web_from_keeper(w));
		} else if (events[i].data.u64 == TAG_SIGNAL) {
			w->draining = true;
		}
	}
	web_give_up(w);
	web_step(w);
	http_run(w->server);
	return NULL;
}

static struct err *loop(struct web *w)
{
	while (!w->draining) {
		TRY(turn(w));
	}
	int64_t until = role_ticks_ms() + DRAIN_MS;
	epoll_ctl(w->epoll_fd, EPOLL_CTL_DEL, w->signal_fd, NULL);
	http_drain(w->server);
	close(w->listen_fd); /* who comes now is another process's, or refused, and not reset at the end */
	while (!http_is_quiet(w->server) && role_ticks_ms() < until) {
		TRY(turn(w));
	}
	return NULL;
}

static struct err *open_all(struct web *w, struct arena *a, const struct role_sockets *sockets)
{
	const struct http_options options = {
		.listen_fd = sockets->listen_fd,
		.proxy = w->settings->proxy,
		.max_connections = (size_t)w->settings->max_connections,
		.body_limit = web_body_limit,
		.handle = web_handle,
		.answer_error = web_error,
		.finish = web_finish,
		.context = w,
	};

	TRY(role_open_reader(a, w->settings, &w->db));
	db_chain(w->db);
	TRY(role_open_reader(a, w->settings, &w->long_db));
	TRY(role_epoll(&w->epoll_fd));
	TRY(http_open(&w->server, &options));
	TRY(role_watch(w->epoll_fd, http_epoll_fd(w->server), TAG_HTTP));
	TRY(role_watch(w->epoll_fd, w->keeper, TAG_KEEPER));
	return role_watch(w->epoll_fd, w->signal_fd, TAG_SIGNAL);
}

struct err *web_run(const struct settings *settings, const struct world *world, const struct role_sockets *sockets)
{
	struct web w = { .settings = settings, .world = world, .keeper = sockets->web[0], .epoll_fd = -1,
			 .listen_fd = sockets->listen_fd };
	struct arena *a = arena_new(1024 * 1024);

	TRY(role_begin("web", settings, &w.signal_fd));
	world_random(world, &w.asked, sizeof(w.asked)); /* an answer meant for the process before finds nobody */
	struct err *err = open_all(&w, a, sockets);
	arena_free(&a);
	if (err != NULL) {
		role_failed(sockets, err);
	} else {
		sandbox_enter(SANDBOX_WEB, settings);
		role_ready(sockets, SAID_WEB);
		err = loop(&w);
	}
	http_close(&w.server);
	db_close(&w.db);
	db_close(&w.long_db);
	close(w.epoll_fd);
	close(w.signal_fd);
	return err;
}
