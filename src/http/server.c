/* The server: libmicrohttpd inside somebody else's epoll loop. */
#include "http/server.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "http/limits.h"

enum { QUIET_MS = 60000, CLOSE_ROUNDS = 3, ASIDE_MS = 2, CROWD = 32 };

/* Addresses are decoded once, by head.c: the daemon leaves them as they came. */
static size_t leave_escaped(void *context, struct MHD_Connection *mhd, char *s)
{
	return strlen(s);
}

/* The options are variadic and untyped in C, so they travel as an array of typed items. */
static struct MHD_Daemon *start(struct http_server *s)
{
	const struct http_options *o = &s->options;
	struct MHD_OptionItem items[] = {
		{ MHD_OPTION_CONNECTION_LIMIT, (intptr_t)o->max_connections, NULL },
		{ MHD_OPTION_PER_IP_CONNECTION_LIMIT, (intptr_t)o->max_per_address, NULL },
		{ MHD_OPTION_CONNECTION_TIMEOUT, o->idle_seconds, NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_HEAD_MAX, NULL },
		{ MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
		{ MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)exchange_open, s },
		{ MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_escaped, NULL },
		{ MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)exchange_completed, s },
		{ MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)connection_changed, s },
		{ MHD_OPTION_END, 0, NULL },
	};

	return MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
					MHD_USE_NO_LISTEN_SOCKET,
				0, NULL, NULL, exchange_continue, s, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
}

static bool watch(const struct http_server *s, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	return epoll_ctl(s->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

static struct err *watch_daemon(struct http_server *s)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);

	s->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (info == NULL || s->epoll_fd < 0 || !watch(s, info->epoll_fd)) {
		return ERR_DETAIL(ERR_IO, "epoll: %s", strerror(errno));
	}
	return NULL;
}

/* ---- who comes ---- */

static int64_t aside_ms(const struct http_server *s)
{
	bool few = s->n_connections > 0 && s->n_connections < CROWD; /* a crowd spreads by itself, and must not wait at the door */
	int64_t ms = few ? s->aside_until_ms - monotonic_ms() : 0;

	return ms > 0 ? ms : 0;
}

/* The socket is listened to while there is room, and not at once by who has just taken one: of those who come together
 * each process takes some, and not all of them the first that was woken, before its neighbours were. */
static void listen_while_room(struct http_server *s)
{
	bool wanted = !s->draining && !s->out_of_room && s->n_connections < s->options.max_connections && aside_ms(s) == 0;

	if (wanted && !s->listening) {
		s->listening = watch(s, s->options.listen_fd);
	} else if (!wanted && s->listening) {
		epoll_ctl(s->epoll_fd, EPOLL_CTL_DEL, s->options.listen_fd, NULL);
		s->listening = false;
	}
}

/* One at a time: whoever is woken first would take all that wait, and answer them one by one while its neighbours
 * wake up. */
static void take_one(struct http_server *s)
{
	struct sockaddr_storage from;
	socklen_t n = sizeof(from);
	int fd = accept4(s->options.listen_fd, (struct sockaddr *)&from, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd >= 0) {
		s->aside_until_ms = monotonic_ms() + ASIDE_MS;
		(void)MHD_add_connection(s->daemon, fd, (struct sockaddr *)&from, n); /* or it is closed */
	} else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
		s->out_of_room = true; /* until reap() looks again */
	}
}

static void take_who_waits(struct http_server *s)
{
	struct epoll_event events[8];
	int n = s->listening && aside_ms(s) == 0 ? epoll_wait(s->epoll_fd, events, 8, 0) : 0;

	for (int i = 0; i < n; i++) {
		if (events[i].data.fd == s->options.listen_fd) {
			take_one(s);
		}
	}
}

struct err *http_open(struct http_server **out, const struct http_options *options)
{
	struct http_server *s = calloc(1, sizeof(*s));

	if (s == NULL) {
		return ERR_DETAIL(ERR_IO, "no memory");
	}
	s->options = *options;
	s->epoll_fd = -1;
	s->options.max_connections = options->max_connections == 0 ? 1000 : options->max_connections;
	s->options.header_seconds = options->header_seconds == 0 ? 10 : options->header_seconds;
	s->options.idle_seconds = options->idle_seconds == 0 ? 60 : options->idle_seconds;
	fcntl(options->listen_fd, F_SETFL, fcntl(options->listen_fd, F_GETFL) | O_NONBLOCK);
	s->daemon = start(s);
	struct err *e = s->daemon == NULL ? ERR_DETAIL(ERR_IO, "the HTTP server does not start") : watch_daemon(s);
	if (e == NULL) {
		listen_while_room(s);
	}
	if (e != NULL) {
		http_close(&s);
		return e;
	}
	*out = s;
	return NULL;
}

/* Exchanges that still wait for somebody are answered: the daemon cannot be stopped with them. */
static void release_waiting(struct http_server *s)
{
	for (struct connection *c = s->connections; c != NULL; c = c->next) {
		if (c->exchange != NULL && http_is_suspended(c->exchange)) {
			answer_error(c->exchange, ERR(ERR_BUSY, "The service is restarting. Wait a moment and try again."));
			c->exchange->phase = EXCHANGE_ANSWERED;
			MHD_resume_connection(c->exchange->mhd);
		}
	}
}

void http_close(struct http_server **server)
{
	struct http_server *s = *server;

	if (s == NULL) {
		return;
	}
	if (s->daemon != NULL) {
		http_drain(s);
		release_waiting(s);
		for (int i = 0; i < CLOSE_ROUNDS; i++) {
			MHD_run(s->daemon);
		}
		MHD_stop_daemon(s->daemon);
	}
	linger_close_all(s);
	while (s->spares != NULL) {
		struct exchange *x = s->spares;
		s->spares = x->next;
		arena_free(&x->arena);
		free(x);
	}
	if (s->compressor != NULL) {
		libdeflate_free_compressor(s->compressor);
	}
	if (s->epoll_fd >= 0) {
		close(s->epoll_fd);
	}
	free(s);
	*server = NULL;
}

int http_epoll_fd(const struct http_server *s)
{
	return s->epoll_fd;
}

void http_run(struct http_server *s)
{
	take_who_waits(s);
	MHD_run(s->daemon);
	linger_read(s);
	reap(s);
	listen_while_room(s);
}

int http_timeout_ms(struct http_server *s)
{
	MHD_UNSIGNED_LONG_LONG wanted;
	int aside = (int)aside_ms(s);
	int most = aside > 0 ? aside : s->connections != NULL || s->n_lingering > 0 || s->out_of_room ? 1000 : QUIET_MS;

	if (MHD_get_timeout(s->daemon, &wanted) == MHD_YES && wanted < (MHD_UNSIGNED_LONG_LONG)most) {
		return (int)wanted;
	}
	return most;
}

void http_drain(struct http_server *s)
{
	if (!s->draining) {
		s->draining = true;
		s->drained_ms = monotonic_ms();
		listen_while_room(s);
	}
}

bool http_is_quiet(const struct http_server *s)
{
	return s->connections == NULL && s->n_lingering == 0;
}
