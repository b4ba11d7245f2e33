/* Inside http/: multipart/form-data (RFC 7578) as it arrives; files go to sealed memory files. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "http/http.h"

struct multipart;

/* The boundary of a Content-Type; NULL: it has none that is allowed (RFC 2046 section 5.1.1). */
const char *multipart_boundary(struct arena *a, const char *content_type);
struct multipart *multipart_new(struct request *request, const char *boundary);
struct err *multipart_feed(struct multipart *m, const char *p, size_t n) MUST_CHECK;
struct err *multipart_end(struct multipart *m) MUST_CHECK; /* ERR_INVALID when the last boundary is missing */

#endif
