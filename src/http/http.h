/*
 * HTTP: requests in, responses out. Only this folder names libmicrohttpd.
 *
 * Before a body byte is read the hygiene pass refuses framing tricks (exactly one Host, one
 * Content-Length of digits or chunked, never both, no control bytes), the caller is asked for the
 * body limit, and a slow or silent client is cut by the reaper. Handlers run in one epoll loop; a
 * handler may answer at once or keep the exchange and answer later (http_suspend/http_answer).
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/pairs.h"

struct arena;
struct http_server;
struct exchange; /* one request and its answer */

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct upload {         /* a file field, spooled to an unlinked file in memory */
	const char *name;     /* of the field */
	const char *filename; /* as the browser said: hostile, for display only */
	int fd;               /* -1: none chosen; closed with the request's arena */
	int64_t size;
};

struct request {
	struct arena *arena; /* dies with the answer */
	enum http_method method;
	const char *path;    /* decoded, "/" first, no "..", no NUL; NULL-safe */
	const char *query_string; /* raw, without "?" */
	struct pairs query;
	struct pairs form;        /* urlencoded or multipart text fields */
	struct upload uploads[4];
	size_t n_uploads;
	const char *body;         /* any other content type, as it came */
	size_t body_n;
	const char *content_type;
	const char *host, *origin, *sec_fetch_site, *accept_encoding, *if_none_match, *user_agent;
	const char *client;       /* address, for limits only; never logged whole */
	struct pairs cookies;
	struct exchange *exchange;
};

struct response {
	int status;
	const char *content_type;
	struct bytes body;     /* on the arena, or static when body_static */
	bool body_static;
	bool compress;         /* body may be gzipped (libdeflate, level 1) when the client takes it */
	struct pairs headers;  /* Location, Set-Cookie, Content-Disposition ... */
	bool close;
};

struct http_options {
	int listen_fd;          /* bound and listening: TCP or Unix */
	const char *proxy;      /* address of a peer that says who asks (X-Forwarded-For); "" or NULL: none over TCP */
	size_t max_connections; /* of this process; default 1000 */
	size_t max_per_address;
	int header_seconds;     /* reaper: whole header, default 10 */
	int idle_seconds;       /* keep-alive, default 60 */
	/* Body limit in bytes for this method and path, asked before the body is read: 0 refuses any body. */
	size_t (*body_limit)(void *context, enum http_method method, const char *path, const struct pairs *cookies);
	/* Answers into *response, or calls http_suspend() and answers later. An error becomes a page by answer_error. */
	struct err *(*handle)(void *context, struct request *request, struct response *response);
	void (*answer_error)(void *context, struct request *request, const struct err *err, struct response *response);
	/* Adds the headers every answer carries (CSP, nosniff ...). */
	void (*finish)(void *context, const struct request *request, struct response *response);
	void *context;
};

struct err *http_open(struct http_server **out, const struct http_options *options) MUST_CHECK;
void http_close(struct http_server **server);
int http_epoll_fd(const struct http_server *server); /* watch this for reading */
void http_run(struct http_server *server);           /* when readable, and at least once a second */
int http_timeout_ms(struct http_server *server);     /* how long the loop may sleep, at most */
/* Stops accepting. What is under way is finished, answers say that the connection closes, and one that is silent is
 * closed after a moment: a request that was on its way is still answered. */
void http_drain(struct http_server *server);
bool http_is_quiet(const struct http_server *server); /* no connection is open */

/* Keeps the exchange open past the handler; its arena lives on. */
void http_suspend(struct exchange *exchange);
bool http_is_suspended(const struct exchange *exchange);
/* Answers a suspended exchange. Safe when the client has gone. */
void http_answer(struct exchange *exchange, struct response *response);

/* In-process: parses raw request bytes without a socket, for tests and fuzzing. */
struct err *http_parse(struct arena *a, const char *raw, size_t n, struct request *out) MUST_CHECK;

/* Multipart and urlencoded bodies: pure parsers behind the server, fuzzed. */
struct err *http_parse_form(struct arena *a, const char *body, size_t n, struct pairs *out) MUST_CHECK;
void http_parse_cookies(struct arena *a, const char *header, struct pairs *out);

/* Whether the client takes this content coding ("gzip", "br"): named and not with q=0. */
bool http_accepts(const char *accept_encoding, const char *coding);

void response_redirect(struct arena *a, struct response *r, const char *location); /* 303 */
void response_header(struct arena *a, struct response *r, const char *name, const char *value);
/* A download: attachment, nosniff; the file name is a constant of ours plus an extension. */
void response_attachment(struct arena *a, struct response *r, const char *filename);

#endif
