/* Bodies: a urlencoded form, a multipart form, or anything else as it came. */
#include "http/body.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "http/limits.h"

static bool is_type(const char *content_type, const char *wanted)
{
	size_t n = strlen(wanted);

	return content_type != NULL && strncasecmp(content_type, wanted, n) == 0 &&
	       strchr("; \t", content_type[n]) != NULL; /* the terminating NUL is found too */
}

struct err *body_too_big(size_t limit)
{
	if (limit == 0) {
		return ERR(ERR_LIMIT, "Nothing can be sent to this address. Check the address.");
	}
	if (limit < 1024 * 1024) {
		return ERR(ERR_LIMIT, "That is too big: at most %zu KB can be sent here. Send it in parts.", limit / 1024);
	}
	return ERR(ERR_LIMIT, "That is too big: at most %zu MB can be sent here. Send it in parts.", limit / (1024 * 1024));
}

struct err *body_begin(struct body *b, struct request *request, size_t limit)
{
	const char *type = request->content_type;

	*b = (struct body){ .request = request, .limit = limit };
	if (is_type(type, "multipart/form-data")) {
		const char *boundary = multipart_boundary(request->arena, type);
		if (boundary == NULL) {
			return ERR(ERR_INVALID, "The form did not arrive as it should. Go back and send it again.");
		}
		b->multipart = multipart_new(request, boundary);
		return NULL;
	}
	b->urlencoded = is_type(type, "application/x-www-form-urlencoded");
	b->limit = limit < HTTP_TEXT_MAX ? limit : HTTP_TEXT_MAX; /* held in memory, not spooled */
	buf_init(&b->text, request->arena, b->limit + 1);
	return NULL;
}

struct err *body_feed(struct body *b, const char *p, size_t n)
{
	b->seen += n;
	if (b->seen > b->limit) {
		return body_too_big(b->limit);
	}
	if (b->multipart != NULL) {
		return multipart_feed(b->multipart, p, n);
	}
	buf_add(&b->text, p, n);
	return NULL;
}

struct err *body_end(struct body *b)
{
	struct request *r = b->request;

	if (b->multipart != NULL) {
		return multipart_end(b->multipart);
	}
	if (b->urlencoded) {
		return http_parse_form(r->arena, b->text.p == NULL ? "" : b->text.p, b->text.n, &r->form);
	}
	r->body = b->text.p;
	r->body_n = b->text.n;
	return NULL;
}
