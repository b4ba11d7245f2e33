/* One request and its answer: head, body limit, body, handler, and waiting for somebody else. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/log.h"
#include "http/limits.h"
#include "http/server.h"

enum {
	BODY_WASTE_MAX = 64 * 1024, /* read past a chunked body's limit before the connection is cut */
	ANSWER_HEAD_ROOM = 4096,    /* of a connection's memory, in which the answer's head is made, too */
	VALUE_SIZE = 64             /* of that, what libmicrohttpd 0.9 takes for each header, cookie and argument beside its text */
};

static struct exchange *exchange_new(struct http_server *s)
{
	struct exchange *x = s->spares;

	if (x != NULL) {
		s->spares = x->next;
		s->n_spares--;
		x->next = NULL;
		return x;
	}
	x = calloc(1, sizeof(*x));
	if (x != NULL) {
		x->server = s;
		x->arena = arena_new(HTTP_ARENA_MAX);
	}
	return x;
}

void exchange_free(struct exchange *x)
{
	struct http_server *s = x->server;
	struct arena *arena = x->arena;

	if (x->connection != NULL) {
		x->connection->exchange = NULL;
	}
	if (s->n_spares >= SPARES_MAX) {
		arena_free(&arena);
		free(x);
		return;
	}
	arena_reset(arena);
	*x = (struct exchange){ .server = s, .arena = arena, .next = s->spares };
	s->spares = x;
	s->n_spares++;
}

static struct connection *connection_of(struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info == NULL ? NULL : info->socket_context;
}

void *exchange_open(void *context, const char *uri, struct MHD_Connection *mhd)
{
	struct exchange *x = exchange_new(context);
	struct connection *c = connection_of(mhd);

	if (x == NULL) {
		return NULL;
	}
	if (c != NULL && c->exchange != NULL) {
		exchange_free(c->exchange);
	}
	x->mhd = mhd;
	x->connection = c;
	x->phase = EXCHANGE_FRESH;
	x->target = arena_strdup(x->arena, uri);
	x->request = (struct request){ .arena = x->arena, .path = "/", .query_string = "", .client = "", .exchange = x };
	if (c != NULL) {
		c->exchange = x;
		if (c->state == CONNECTION_IDLE) {
			connection_enter(c, CONNECTION_HEAD);
		}
	}
	return x;
}

void exchange_completed(void *context, struct MHD_Connection *mhd, void **own, enum MHD_RequestTerminationCode how)
{
	struct exchange *x = *own;

	if (x == NULL) {
		return;
	}
	if (x->connection != NULL) {
		connection_enter(x->connection, CONNECTION_IDLE);
	}
	exchange_free(x);
	*own = NULL;
}

static enum MHD_Result keep_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct exchange *x = context;

	pairs_add(x->arena, &x->head.headers, name, value == NULL ? "" : value);
	return MHD_YES;
}

/* Behind a proxy on a Unix socket, or at the address that is believed, the proxy says who asks: the last address it
 * added. */
static const char *forwarded(struct exchange *x)
{
	const char *list = head_get(&x->head, "X-Forwarded-For");
	struct in6_addr address;

	if (list == NULL) {
		return "local";
	}
	const char *last = strrchr(list, ',');
	last = last == NULL ? list : last + 1;
	last += strspn(last, " \t");
	bool good = inet_pton(AF_INET, last, &address) == 1 || inet_pton(AF_INET6, last, &address) == 1;
	return good ? last : "local";
}

static const char *client_of(struct exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";

	if (info == NULL || info->client_addr == NULL) {
		return "local";
	}
	if (info->client_addr->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, info->client_addr, sizeof(in));
		inet_ntop(AF_INET, &in.sin_addr, text, sizeof(text));
	} else if (info->client_addr->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;
		memcpy(&in6, info->client_addr, sizeof(in6));
		inet_ntop(AF_INET6, &in6.sin6_addr, text, sizeof(text));
	} else {
		return forwarded(x);
	}
	const char *proxy = x->server->options.proxy;
	return proxy != NULL && strcmp(proxy, text) == 0 ? forwarded(x) : arena_strdup(x->arena, text);
}

/* Does the head leave no room for an answer's? The daemon would close the connection then and say nothing. */
static bool head_fills(const struct exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	int n = MHD_get_connection_values(x->mhd, MHD_HEADER_KIND | MHD_COOKIE_KIND | MHD_GET_ARGUMENT_KIND, NULL, NULL);
	size_t used = (info == NULL ? 0 : info->header_size) + (n > 0 ? (size_t)n * VALUE_SIZE : 0);

	return used > HTTP_HEAD_MAX - ANSWER_HEAD_ROOM;
}

/* Said past the daemon, whose memory is full: nothing was sent on this connection that is not all sent. */
static enum MHD_Result refuse_head(const struct exchange *x)
{
	static const char answer[] = "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_CONNECTION_FD);

	if (info == NULL || send(info->connect_fd, answer, sizeof answer - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
		log_line(LOG_INFO, "a request's head was too long, and whoever sent it did not wait to be told");
	}
	return MHD_NO;
}

/* First call: everything that can be refused without reading a byte of the body. */
static enum MHD_Result begin(struct exchange *x, const char *method, const char *version)
{
	const struct http_options *o = &x->server->options;
	size_t limit;

	if (head_fills(x)) {
		return refuse_head(x);
	}
	x->head.method = method;
	x->head.target = x->target;
	x->head.version = version;
	MHD_get_connection_values(x->mhd, MHD_HEADER_KIND, keep_header, x);
	x->request.client = client_of(x);
	struct err *e = head_check(&x->head, &x->framing);
	if (e == NULL) {
		e = head_request(&x->head, &x->request);
	}
	if (e != NULL) {
		log_err(LOG_INFO, "a request was refused", e);
		return answer_refusal(x, e, e->kind == ERR_LIMIT ? 413 : 400);
	}
	if (x->framing.body) {
		limit = o->body_limit == NULL ? 0 : o->body_limit(o->context, x->request.method, x->request.path,
								  &x->request.cookies);
		if (limit == 0 || (uint64_t)x->framing.length > limit) {
			return answer_refusal(x, body_too_big(limit), 413);
		}
		e = body_begin(&x->body, &x->request, limit);
		if (e != NULL) {
			return answer_refusal(x, e, 400);
		}
	}
	x->phase = EXCHANGE_READING;
	if (x->connection != NULL) {
		connection_enter(x->connection, CONNECTION_BODY);
	}
	return MHD_YES;
}

static void fail(struct exchange *x, const struct err *e)
{
	x->refusal = *e;
	x->refusal.cause = NULL;
	x->refusal_status = e->kind == ERR_LIMIT ? 413 : e->kind == ERR_INVALID ? 400 : 500;
	x->phase = EXCHANGE_FAILED;
}

/* A piece of the body. The daemon cannot answer in the middle of one, so what fails is read on. */
static enum MHD_Result feed(struct exchange *x, const char *p, size_t *n)
{
	if (x->connection != NULL) {
		x->connection->bytes += *n;
	}
	if (x->phase == EXCHANGE_READING) {
		struct err *e = body_feed(&x->body, p, *n);
		if (e != NULL) {
			fail(x, e);
		}
	} else {
		x->body.seen += *n;
	}
	*n = 0;
	return x->body.seen > x->body.limit + BODY_WASTE_MAX && x->framing.chunked ? MHD_NO : MHD_YES;
}

static enum MHD_Result dispatch(struct exchange *x)
{
	const struct http_options *o = &x->server->options;
	struct err *e = x->framing.body ? body_end(&x->body) : NULL;

	if (e != NULL) {
		return answer_refusal(x, e, e->kind == ERR_LIMIT ? 413 : 400);
	}
	if (x->connection != NULL) {
		connection_enter(x->connection, CONNECTION_BUSY);
	}
	e = o->handle(o->context, &x->request, &x->response);
	if (e != NULL) {
		if (x->phase == EXCHANGE_WAITING) { /* it asked somebody and failed all the same */
			MHD_resume_connection(x->mhd);
			x->phase = EXCHANGE_ANSWERED;
			answer_error(x, e);
			return MHD_YES;
		}
		answer_error(x, e);
	}
	return x->phase == EXCHANGE_WAITING ? MHD_YES : answer_send(x);
}

enum MHD_Result exchange_continue(void *context, struct MHD_Connection *mhd, const char *url, const char *method,
				  const char *version, const char *upload, size_t *upload_n, void **own)
{
	struct exchange *x = *own;

	if (x == NULL) {
		return MHD_NO;
	}
	switch (x->phase) {
	case EXCHANGE_FRESH:
		return begin(x, method, version);
	case EXCHANGE_READING:
		return *upload_n > 0 ? feed(x, upload, upload_n) : dispatch(x);
	case EXCHANGE_FAILED:
		return *upload_n > 0 ? feed(x, upload, upload_n) : answer_refusal(x, &x->refusal, x->refusal_status);
	case EXCHANGE_ANSWERED:
		return answer_send(x);
	case EXCHANGE_WAITING:
		break;
	}
	return MHD_YES;
}

void http_suspend(struct exchange *x)
{
	if (x->phase == EXCHANGE_READING) {
		x->phase = EXCHANGE_WAITING;
		MHD_suspend_connection(x->mhd);
	}
}

bool http_is_suspended(const struct exchange *x)
{
	return x->phase == EXCHANGE_WAITING;
}

void http_answer(struct exchange *x, struct response *response)
{
	if (x->phase != EXCHANGE_WAITING) {
		return;
	}
	x->response = *response;
	x->phase = EXCHANGE_ANSWERED;
	MHD_resume_connection(x->mhd);
}
