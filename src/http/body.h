/* Inside http/: the body of a request as its pieces arrive. */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "http/http.h"
#include "http/multipart.h"

struct body {
	struct request *request;
	struct multipart *multipart; /* NULL: text holds the body */
	struct buf text;
	bool urlencoded;
	size_t limit, seen;
};

struct err *body_begin(struct body *b, struct request *request, size_t limit) MUST_CHECK;
struct err *body_feed(struct body *b, const char *p, size_t n) MUST_CHECK; /* ERR_LIMIT: over the limit */
struct err *body_end(struct body *b) MUST_CHECK;
struct err *body_too_big(size_t limit) MUST_CHECK; /* the sentence of a 413 */

#endif
