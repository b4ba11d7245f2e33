/* A request from bytes, without a socket: for tests and fuzzing. All but the line splitting is shared. */
#include <string.h>

#include "base/arena.h"
#include "http/body.h"
#include "http/head.h"
#include "http/limits.h"

enum { PARSE_BODY_MAX = 16 * 1024 * 1024 };

struct input {
	const char *p, *end;
};

static struct err *malformed(const char *what)
{
	return ERR_WRAP(ERR_DETAIL(ERR_INVALID, "%s", what), ERR_INVALID,
			"Your browser sent a request that this service cannot accept. Go back and try again.");
}

/* The next line without its CRLF; a bare CR or LF or a NUL is refused. */
static struct err *line(struct arena *a, struct input *in, char **out)
{
	const char *stop = memmem(in->p, (size_t)(in->end - in->p), "\r\n", 2);

	if (stop == NULL) {
		return malformed("the head does not end");
	}
	size_t n = (size_t)(stop - in->p);
	if (memchr(in->p, '\r', n) != NULL || memchr(in->p, '\n', n) != NULL || memchr(in->p, 0, n) != NULL) {
		return malformed("a line holds a control byte");
	}
	*out = arena_strndup(a, in->p, n);
	in->p = stop + 2;
	return NULL;
}

static struct err *request_line(char *s, struct head *head)
{
	char *first = strchr(s, ' ');
	char *last = strrchr(s, ' ');

	if (first == NULL || first == last) {
		return malformed("the request line is malformed");
	}
	*first = '\0';
	*last = '\0';
	head->method = s;
	head->target = first + 1;
	head->version = last + 1;
	return strchr(head->target, ' ') == NULL ? NULL : malformed("a space in the address");
}

static struct err *header(struct arena *a, char *s, struct head *head)
{
	char *colon = strchr(s, ':');

	if (colon == NULL) {
		return malformed("a header without a colon");
	}
	*colon = '\0';
	char *value = colon + 1 + strspn(colon + 1, " \t");
	size_t n = strlen(value);
	while (n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t')) {
		value[--n] = '\0';
	}
	pairs_add(a, &head->headers, s, value);
	return NULL;
}

static struct err *read_head(struct arena *a, struct input *in, struct head *head)
{
	const char *start = in->p;
	char *s;

	TRY(line(a, in, &s));
	TRY(request_line(s, head));
	for (;;) {
		TRY(line(a, in, &s));
		if (*s == '\0') {
			return NULL;
		}
		if (in->p - start > HTTP_HEAD_MAX) {
			return ERR(ERR_LIMIT, "The request's head is too long. Delete this site's cookies and try again.");
		}
		TRY(header(a, s, head));
	}
}

/* One chunk (RFC 9112 section 7.1); *last when it was the empty one and the trailer is over. */
static struct err *chunk(struct arena *a, struct input *in, struct body *body, bool *last)
{
	char *s;
	size_t n = 0, digits;

	TRY(line(a, in, &s));
	digits = strspn(s, "0123456789abcdefABCDEF");
	if (digits == 0 || digits > 8 || (s[digits] != '\0' && s[digits] != ';')) {
		return malformed("a chunk size that is not a number");
	}
	for (size_t i = 0; i < digits; i++) {
		char c = s[i];
		n = n * 16 + (size_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	if (n == 0) {
		*last = true;
		do {
			TRY(line(a, in, &s));
		} while (*s != '\0');
		return NULL;
	}
	if (n > (size_t)(in->end - in->p) || (size_t)(in->end - in->p) - n < 2 || memcmp(in->p + n, "\r\n", 2) != 0) {
		return malformed("a chunk that does not end");
	}
	TRY(body_feed(body, in->p, n));
	in->p += n + 2;
	return NULL;
}

static struct err *read_body(struct input *in, const struct framing *framing, struct request *out)
{
	struct body body;
	bool last = false;

	if (!framing->body) {
		return NULL;
	}
	if (out->method != HTTP_POST) {
		return body_too_big(0);
	}
	if (framing->length > PARSE_BODY_MAX) {
		return body_too_big(PARSE_BODY_MAX);
	}
	TRY(body_begin(&body, out, PARSE_BODY_MAX));
	if (!framing->chunked) {
		if (framing->length > in->end - in->p) {
			return malformed("the body is cut short");
		}
		TRY(body_feed(&body, in->p, (size_t)framing->length));
		return body_end(&body);
	}
	while (!last) {
		TRY(chunk(out->arena, in, &body, &last));
	}
	return body_end(&body);
}

struct err *http_parse(struct arena *a, const char *raw, size_t n, struct request *out)
{
	struct input in = { raw, raw + n };
	struct head head = { 0 };
	struct framing framing;

	*out = (struct request){ .arena = a, .path = "/", .query_string = "", .client = "" };
	TRY(read_head(a, &in, &head));
	TRY(head_check(&head, &framing));
	TRY(head_request(&head, out));
	return read_body(&in, &framing, out);
}
