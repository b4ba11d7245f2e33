/* Hostile requests, and what is answered to each. Included by one test program. */
#ifndef HTTP_PROBES_TEST_H
#define HTTP_PROBES_TEST_H

#include <stdbool.h>
#include <stddef.h>

#define SENTINEL "GET /sentinel HTTP/1.1\r\nHost: a\r\n\r\n"

struct probe {
	const char *name;
	const char *raw;
	size_t n;
	int status; /* of the first answer; 0: closed without one */
	int or_status;
	bool goes_on; /* understood: the sentinel may be answered */
};
#define PROBE(name, raw, status, or_status, goes_on) { name, raw, sizeof(raw) - 1, status, or_status, goes_on }

static const struct probe probes[] = {
	PROBE("a good request, and the sentinel behind it", "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n" SENTINEL, 200, 200, true),
	PROBE("two different Content-Length",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 41\r\n\r\nhello" SENTINEL, 400, 400, false),
	PROBE("the same Content-Length twice",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello" SENTINEL, 400, 400, false),
	PROBE("a list of Content-Length",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello" SENTINEL, 400, 400, false),
	PROBE("Content-Length and Transfer-Encoding",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SENTINEL, 400, 400,
	      false),
	PROBE("Transfer-Encoding and Content-Length",
	      "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 50\r\n\r\n0\r\n\r\n" SENTINEL, 400, 400,
	      false),
	PROBE("gzip, chunked with Content-Length",
	      "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" SENTINEL, 400, 400,
	      false),
	PROBE("unknown Transfer-Encoding",
	      "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("two Transfer-Encoding",
	      "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" SENTINEL,
	      400, 400, false),
	PROBE("chunked in HTTP/1.0",
	      "POST /p HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("Content-Length: +5", "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello" SENTINEL, 400, 400, false),
	PROBE("Content-Length: 5x", "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5x\r\n\r\nhello" SENTINEL, 400, 400, false),
	PROBE("Content-Length: -1", "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nhello" SENTINEL, 400, 400, false),
	PROBE("empty Content-Length", "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\nhello" SENTINEL, 400, 400, false),
	PROBE("space before the colon",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\nhello" SENTINEL, 400, 400, false),
	PROBE("space before another header's colon", "GET /p HTTP/1.1\r\nHost: a\r\nX-A : 5\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("obsolete line folding", "GET /p HTTP/1.1\r\nHost: a\r\nX-A: one\r\n two\r\n\r\n" SENTINEL, 200, 400, true),
	PROBE("NUL in a value", "GET /p HTTP/1.1\r\nHost: a\r\nX-A: one\0two\r\n\r\n" SENTINEL, 200, 400, true),
	PROBE("control byte in a value", "GET /p HTTP/1.1\r\nHost: a\r\nX-A: one\001two\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("bare CR in a value", "GET /p HTTP/1.1\r\nHost: a\r\nX-A: one\rtwo\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("header without a colon", "GET /p HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("no Host", "GET /p HTTP/1.1\r\nX-A: a\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("two Hosts", "GET /p HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("a Host that is none", "GET /p HTTP/1.1\r\nHost: a/b?c\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("chunk size 0x5",
	      "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n" SENTINEL, 400, 0, false),
	PROBE("10 GB announced", "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\nhello" SENTINEL, 413, 413, false),
	PROBE("over the route's limit", "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\nhello" SENTINEL, 413, 413, false),
	PROBE("a body with GET", "GET /p HTTP/1.1\r\nHost: a\r\nContent-Length: 41\r\n\r\n" SENTINEL, 413, 413, false),
	PROBE("a path with ..", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("an encoded ..", "GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("an encoded slash", "GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("an encoded NUL", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("a path that is not UTF-8", "GET /a%ff HTTP/1.1\r\nHost: a\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("a foreign absolute address", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n" SENTINEL, 400, 400, false),
	PROBE("HTTP/0.9", "GET /p\r\n\r\n" SENTINEL, 400, 0, false),
	PROBE("HTTP/3.0", "GET /p HTTP/3.0\r\nHost: a\r\n\r\n" SENTINEL, 400, 505, false),
	PROBE("not HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n" SENTINEL, 400, 0, false),
	PROBE("a good form",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=%41" SENTINEL,
	      200, 200, true),
	PROBE("a good chunked form",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
	      "5\r\na=%41\r\n0\r\n\r\n" SENTINEL, 200, 200, true),
	PROBE("a form with a NUL",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=%00" SENTINEL,
	      400, 400, false),
	PROBE("multipart without a boundary",
	      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data\r\nContent-Length: 5\r\n\r\nhello" SENTINEL, 400, 400,
	      false),
};

#endif
