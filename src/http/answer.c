/* Answers: headers, compression, and what is said when a request is refused before any handler. */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "http/server.h"

enum { COMPRESS_FROM = 1024 }; /* below it the answer fits one packet anyway */

void response_header(struct arena *a, struct response *r, const char *name, const char *value)
{
	pairs_add(a, &r->headers, name, value);
}

void response_redirect(struct arena *a, struct response *r, const char *location)
{
	r->status = 303;
	response_header(a, r, "Location", location);
}

void response_attachment(struct arena *a, struct response *r, const char *filename)
{
	response_header(a, r, "Content-Disposition", arena_printf(a, "attachment; filename=\"%s\"", filename));
	response_header(a, r, "X-Content-Type-Options", "nosniff");
}

bool http_accepts(const char *accept, const char *coding) /* RFC 9110 section 12.5.3 */
{
	size_t length = strlen(coding);

	while (accept != NULL && *accept != '\0') {
		accept += strspn(accept, ", \t");
		size_t n = strcspn(accept, ",");
		if (n >= length && strncasecmp(accept, coding, length) == 0 &&
		    (n == length || strchr("; \t", accept[length]) != NULL)) {
			const char *q = memmem(accept, n, "q=", 2);
			return q == NULL || strspn(q + 2, "0.") < (size_t)(accept + n - (q + 2));
		}
		accept += n;
	}
	return false;
}

static void compress_body(struct exchange *x)
{
	struct http_server *s = x->server;
	struct response *r = &x->response;

	if (!r->compress || r->body.n < COMPRESS_FROM) {
		return;
	}
	response_header(x->arena, r, "Vary", "Accept-Encoding");
	if (!http_accepts(x->request.accept_encoding, "gzip")) {
		return;
	}
	if (s->compressor == NULL) {
		s->compressor = libdeflate_alloc_compressor(1);
	}
	if (s->compressor == NULL) {
		return;
	}
	size_t room = libdeflate_gzip_compress_bound(s->compressor, r->body.n);
	unsigned char *out = arena_alloc(x->arena, room);
	size_t n = libdeflate_gzip_compress(s->compressor, r->body.p, r->body.n, out, room);
	if (n > 0 && n < r->body.n) {
		r->body = (struct bytes){ out, n };
		response_header(x->arena, r, "Content-Encoding", "gzip");
	}
}

static bool add_headers(struct MHD_Response *out, const struct response *r, bool close_after)
{
	bool good = true;

	if (r->content_type != NULL) {
		good &= MHD_add_response_header(out, "Content-Type", r->content_type) == MHD_YES;
	}
	for (size_t i = 0; i < r->headers.n; i++) {
		good &= MHD_add_response_header(out, r->headers.v[i].name, r->headers.v[i].value) == MHD_YES;
	}
	if (close_after) {
		good &= MHD_add_response_header(out, "Connection", "close") == MHD_YES;
	}
	return good;
}

enum MHD_Result answer_send(struct exchange *x)
{
	struct response *r = &x->response;
	const struct http_options *o = &x->server->options;

	if (r->status == 0) {
		r->status = 200;
	}
	if (o->finish != NULL) {
		o->finish(o->context, &x->request, r);
	}
	compress_body(x);
	/* The body lies on the exchange's arena, which lives until the daemon says that it is done. */
	struct MHD_Response *out = MHD_create_response_from_buffer(r->body.n, (void *)(uintptr_t)r->body.p,
								   MHD_RESPMEM_PERSISTENT);
	if (out == NULL) {
		return MHD_NO;
	}
	/* Half an answer is none: without its cookie a sign-in looks done, without its policy a page is open. The connection
	 * is closed, and who asked asks again. */
	if (!add_headers(out, r, r->close || x->server->draining)) {
		log_line(LOG_ERROR, "a header could not be added, and so the answer is not sent (status %d)", r->status);
		MHD_destroy_response(out);
		return MHD_NO;
	}
	x->phase = EXCHANGE_ANSWERED;
	if (x->connection != NULL) {
		connection_enter(x->connection, CONNECTION_SENDING);
		x->connection->bytes = r->body.n;
	}
	enum MHD_Result queued = MHD_queue_response(x->mhd, (unsigned)r->status, out);
	MHD_destroy_response(out);
	return queued;
}

static int status_of(enum err_kind kind)
{
	switch (kind) {
	case ERR_NOT_FOUND:
		return 404;
	case ERR_DENIED:
		return 403;
	case ERR_INVALID:
		return 400;
	case ERR_CONFLICT:
		return 409;
	case ERR_BUSY:
	case ERR_IO:
		return 503;
	case ERR_LIMIT:
		return 429;
	case ERR_USAGE:
	case ERR_BUG:
		break;
	}
	return 500;
}

void answer_error(struct exchange *x, const struct err *err)
{
	const struct http_options *o = &x->server->options;

	x->response = (struct response){ .status = status_of(err->kind), .close = true };
	if (o->answer_error != NULL) {
		o->answer_error(o->context, &x->request, err, &x->response);
	}
	if (x->response.body.n == 0) {
		const char *text = arena_printf(x->arena, "%s\n", err->sentence);
		x->response.content_type = "text/plain; charset=utf-8";
		x->response.body = (struct bytes){ (const unsigned char *)text, strlen(text) };
	}
}

enum MHD_Result answer_refusal(struct exchange *x, const struct err *err, int status)
{
	answer_error(x, err);
	x->response.status = status;
	x->response.close = true; /* what follows on this connection cannot be trusted, or is not wanted */
	if (x->connection != NULL) {
		x->connection->linger = true;
	}
	return answer_send(x);
}
