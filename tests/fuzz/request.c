/* A whole request from bytes: whatever comes, it is refused or read; what was read keeps its promises. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "http/http.h"
#include "http/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds)
{
	if (!holds) {
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(256u << 20);
	struct request r;

	if (http_parse(a, (const char *)data, size, &r) == NULL) {
		require(r.path[0] == '/' && strstr(r.path, "/../") == NULL && strchr(r.path, '\r') == NULL);
		require(r.host != NULL && r.host[0] != '\0' && strchr(r.host, '/') == NULL);
		require(r.form.n + r.n_uploads <= HTTP_FIELDS_MAX && r.query.n <= HTTP_FIELDS_MAX);
		require(r.cookies.n <= HTTP_COOKIES_MAX && r.n_uploads <= sizeof(r.uploads) / sizeof(*r.uploads));
		require(r.method == HTTP_POST || (r.form.n == 0 && r.n_uploads == 0 && r.body_n == 0));
		for (size_t i = 0; i < r.n_uploads; i++) {
			require(r.uploads[i].name != NULL && r.uploads[i].filename != NULL);
			require(r.uploads[i].size >= 0 && (size_t)r.uploads[i].size <= size);
		}
	}
	arena_free(&a);
	return 0;
}
