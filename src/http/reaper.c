/*
 * The reaper: the daemon's own time limit only counts silence, so a client that sends a byte a second
 * would hold its connection for ever. Every connection has a state with a deadline; who passes it is
 * shut down. Who has ended is not waited for.
 *
 * And lingering: an answer given before the body was read must not be lost to a reset, so the socket
 * is kept for a moment after the daemon has closed its end, and what still comes is thrown away.
 */
#include "http/server.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>


enum {
	REAP_EVERY_MS = 500,
	LOOK_EVERY_MS = 2000,  /* at each connection's next byte: a call of the system for each */
	RATE_GRACE_MS = 20000, /* before the floor applies; the values of Apache's mod_reqtimeout */
	HEAD_SPARED_MS = 1000, /* when room is short: a head in one piece is there long before */
	SLOW_SPARED_MS = 5000,
	ROOM_KEPT = 90,        /* per cent of the connections that may be held without use */
	RATE_FLOOR = 500,      /* bytes a second, body and answer */
	LINGER_MS = 3000,
	DRAIN_GRACE_MS = 500   /* what a client sent before it could know is answered */
};

int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t); /* intervals only: no wall clock */
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void connection_enter(struct connection *c, enum connection_state state)
{
	c->state = state;
	c->since_ms = monotonic_ms();
	c->bytes = 0;
}

static int64_t deadline(const struct http_server *s, const struct connection *c)
{
	switch (c->state) {
	case CONNECTION_HEAD:
		return c->since_ms + (int64_t)s->options.header_seconds * 1000;
	case CONNECTION_IDLE:
		return c->since_ms + (int64_t)s->options.idle_seconds * 1000;
	case CONNECTION_BODY:
	case CONNECTION_SENDING:
		return c->since_ms + RATE_GRACE_MS + (int64_t)(c->bytes / RATE_FLOOR) * 1000;
	case CONNECTION_BUSY:
		break;
	}
	return INT64_MAX;
}

static void linger_begin(struct http_server *s, int fd)
{
	if (s->n_lingering == LINGERING_MAX) {
		return;
	}
	int kept = dup(fd);
	if (kept < 0) {
		return;
	}
	struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.fd = kept };
	if (epoll_ctl(s->epoll_fd, EPOLL_CTL_ADD, kept, &event) != 0) {
		close(kept);
		return;
	}
	shutdown(kept, SHUT_WR);
	s->lingering[s->n_lingering++] = (struct lingering){ kept, monotonic_ms() + LINGER_MS };
}

void linger_read(struct http_server *s)
{
	static char waste[64 * 1024]; /* thrown away: never read */
	int64_t now = s->n_lingering > 0 ? monotonic_ms() : 0;

	for (size_t i = 0; i < s->n_lingering;) {
		struct lingering *l = &s->lingering[i];
		ssize_t n = recv(l->fd, waste, sizeof(waste), MSG_DONTWAIT);
		bool more = n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
		if (more && now < l->until_ms) {
			i++;
			continue;
		}
		close(l->fd); /* leaves the epoll set by itself: it was the last descriptor */
		*l = s->lingering[--s->n_lingering];
	}
}

void linger_close_all(struct http_server *s)
{
	for (size_t i = 0; i < s->n_lingering; i++) {
		close(s->lingering[i].fd);
	}
	s->n_lingering = 0;
}

/* How long somebody may be let go for others: who says nothing at once, who is slow after a moment. */
static int64_t spared_until(const struct connection *c)
{
	switch (c->state) {
	case CONNECTION_IDLE:
		return c->since_ms;
	case CONNECTION_HEAD:
		return c->since_ms + HEAD_SPARED_MS;
	case CONNECTION_BODY:
	case CONNECTION_SENDING:
		return c->since_ms + SLOW_SPARED_MS;
	case CONNECTION_BUSY:
		break;
	}
	return INT64_MAX;
}

/* The one that has kept its place the longest without using it; NULL: nobody. */
static struct connection *longest_unused(struct http_server *s, int64_t now)
{
	struct connection *first = NULL;

	for (struct connection *c = s->connections; c != NULL; c = c->next) {
		if (!c->shut && spared_until(c) <= now && (first == NULL || spared_until(c) < spared_until(first))) {
			first = c;
		}
	}
	return first;
}

/* Nearly full: slow and idle clients never keep others out. Who is being answered stays. */
static void make_room(struct http_server *s)
{
	size_t room = s->options.max_connections * ROOM_KEPT / 100;
	int64_t now = monotonic_ms();
	struct connection *c;

	for (size_t n = s->n_connections; n > room && (c = longest_unused(s, now)) != NULL; n--) {
		c->shut = true;
		shutdown(c->fd, SHUT_RDWR);
	}
}

static void opened(struct http_server *s, struct MHD_Connection *mhd, void **own)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct connection *c = calloc(1, sizeof(*c));

	if (c == NULL || info == NULL) {
		free(c);
		return;
	}
	c->fd = info->connect_fd;
	c->next = s->connections;
	if (c->next != NULL) {
		c->next->before = c;
	}
	s->connections = c;
	s->n_connections++;
	connection_enter(c, CONNECTION_HEAD);
	*own = c;
	make_room(s);
}

void connection_changed(void *context, struct MHD_Connection *mhd, void **own, enum MHD_ConnectionNotificationCode code)
{
	struct http_server *s = context;
	struct connection *c = *own;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		opened(s, mhd, own);
		return;
	}
	if (c == NULL) {
		return;
	}
	if (c->linger) {
		linger_begin(s, c->fd);
	}
	if (c->exchange != NULL) {
		exchange_free(c->exchange);
	}
	if (c->before != NULL) {
		c->before->next = c->next;
	} else {
		s->connections = c->next;
	}
	if (c->next != NULL) {
		c->next->before = c->before;
	}
	s->n_connections--;
	free(c);
	*own = NULL;
}

/* What recv gives for a look at the next byte: 0, the other side has ended; less, nothing lies there unread. */
static ssize_t peek(const struct connection *c)
{
	char byte;

	return recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
}

/* Nothing has come, and nothing lies there unread. */
static bool is_silent(const struct connection *c)
{
	return c->exchange == NULL && peek(c) <= 0;
}

/* More is awaited of somebody who has ended. The daemon hears of an end by itself only when it comes after what was
 * sent: of one that comes with it the edge has been used up. */
static bool is_forsaken(const struct connection *c)
{
	bool awaited = c->state == CONNECTION_HEAD || c->state == CONNECTION_BODY || c->state == CONNECTION_IDLE;

	return awaited && peek(c) == 0;
}

void reap(struct http_server *s)
{
	int64_t now = monotonic_ms();
	bool shut_silent = s->draining && now - s->drained_ms >= DRAIN_GRACE_MS;
	bool look = now - s->looked_ms >= LOOK_EVERY_MS;

	if (now - s->reaped_ms < REAP_EVERY_MS && !s->draining) {
		return;
	}
	s->reaped_ms = now;
	s->looked_ms = look ? now : s->looked_ms;
	s->out_of_room = false;
	make_room(s); /* full, nobody new is taken who would ask for it */
	for (struct connection *c = s->connections; c != NULL; c = c->next) {
		if (now >= deadline(s, c) || (shut_silent && is_silent(c))) {
			shutdown(c->fd, SHUT_RDWR);
		} else if (look && is_forsaken(c)) {
			shutdown(c->fd, SHUT_RD); /* wakes the daemon, which reads the end; what it still sends is sent */
		}
	}
}
