/* Inside http/: the head of a request, whoever read it off the wire, and the hygiene pass over it. */
#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include "http/http.h"

struct head {
	const char *method, *target, *version; /* "GET", "/a?b", "HTTP/1.1" */
	struct pairs headers;                  /* in order, repeated ones included */
};

struct framing { /* how the body is delimited; trusted after head_check */
	bool chunked;
	int64_t length; /* 0 when chunked or without a body */
	bool body;      /* one follows */
};

/* Refuses what two HTTP readers could understand differently (RFC 9112 section 11.2). */
struct err *head_check(const struct head *head, struct framing *out) MUST_CHECK;

/* Fills everything of the request but form, uploads and body. request->arena is set by the caller. */
struct err *head_request(const struct head *head, struct request *request) MUST_CHECK;

/* The one value of a header, letter case of the name ignored; NULL: none. */
const char *head_get(const struct head *head, const char *name);

/* In place: %XX, and + as a space when plus; -1 when a NUL would appear, else the new length. */
long percent_decode(char *s, size_t n, bool plus);

#endif
