/*
 * Forms: the bytes are read as a urlencoded form, as cookies, and - the first line being the boundary -
 * as multipart, once whole and once in small pieces: both ways must say the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "http/http.h"
#include "http/limits.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds)
{
	if (!holds) {
		abort();
	}
}

static int read_multipart(struct arena *a, const char *boundary, const char *p, size_t n, size_t piece, struct request *r)
{
	*r = (struct request){ .arena = a };
	struct multipart *m = multipart_new(r, boundary);

	for (size_t at = 0; at < n; at += piece) {
		if (multipart_feed(m, p + at, piece < n - at ? piece : n - at) != NULL) {
			return 0;
		}
	}
	return multipart_end(m) == NULL;
}

static void compare(const struct request *x, const struct request *y)
{
	require(x->form.n == y->form.n && x->n_uploads == y->n_uploads);
	for (size_t i = 0; i < x->form.n; i++) {
		require(strcmp(x->form.v[i].name, y->form.v[i].name) == 0);
		require(strcmp(x->form.v[i].value, y->form.v[i].value) == 0);
	}
	for (size_t i = 0; i < x->n_uploads; i++) {
		require(x->uploads[i].size == y->uploads[i].size);
	}
}

static void try_multipart(struct arena *a, const char *p, size_t n)
{
	const char *end = memchr(p, '\n', n);
	struct request whole, pieces;

	if (end == NULL) {
		return;
	}
	const char *type = arena_printf(a, "multipart/form-data; boundary=%.*s", (int)(end - p), p);
	const char *boundary = multipart_boundary(a, type);
	if (boundary == NULL) {
		return;
	}
	size_t rest = n - (size_t)(end + 1 - p);
	int good = read_multipart(a, boundary, end + 1, rest, 16384, &whole);
	require(good == read_multipart(a, boundary, end + 1, rest, 3, &pieces));
	if (good) {
		compare(&whole, &pieces);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(256u << 20);
	struct pairs form = { 0 }, cookies = { 0 };
	const char *p = (const char *)data;

	if (http_parse_form(a, p, size, &form) == NULL) {
		require(form.n <= HTTP_FIELDS_MAX);
	}
	http_parse_cookies(a, arena_strndup(a, p, size), &cookies);
	require(cookies.n <= HTTP_COOKIES_MAX);
	try_multipart(a, p, size);
	arena_free(&a);
	return 0;
}
