/* The scratch product's requests: bytes in, an answer out, as a browser and web.c do it. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/dispatch.h"
#include "core/harness_inside.h"

#define BOUNDARY "dueregard-test-boundary"

enum { REQUEST_MAX = 64 * 1024 * 1024 };

/* ---- answering ---- */

/* The keeper's side, with both messages packed and unpacked as on the way between processes. */
static struct outcome ask_packed(struct harness *h, const struct ask *ask)
{
	int fd = ask->upload != NULL ? ask->upload->fd : -1;
	struct outcome out = { 0 }, arrived = { 0 };
	struct packer p;
	struct ask copy;

	pack_begin(&p, h->arena);
	ask_pack(&p, ask);
	harness_must(ask_unpack(h->arena, pack_end(&p), fd, &copy));
	ask_distrust(&copy);
	harness_must(door_ask(h->arena, h->door, &copy, &out));
	pack_begin(&p, h->arena);
	outcome_pack(&p, &out);
	harness_must(outcome_unpack(h->arena, pack_end(&p), &arrived));
	return arrived;
}

static struct answer answer_of(struct harness *h, const struct response *r)
{
	return (struct answer){
		.status = r->status,
		.type = r->content_type,
		.location = pairs_get(&r->headers, "Location"),
		.body = r->body.n == 0
				? ""
				: arena_strndup(h->arena, (const char *)r->body.p, r->body.n),
		.n = r->body.n,
		.statements = db_statements_run(h->reader) - h->statements_before,
		.journeys = db_journeys(h->reader) - h->journeys_before,
		.headers = r->headers,
	};
}

static void answer(struct harness *h, struct dispatch *d)
{
	enum dispatch_next next = dispatch_begin(d);

	if (next == DISPATCH_ASK) {
		const struct outcome outcome = ask_packed(h, &d->ask);

		dispatch_finish(d, &outcome);
	} else if (next == DISPATCH_STEP) {
		while (!dispatch_step(d, h->long_reader)) {
		}
	}
}

struct answer harness_raw(struct harness *h, const char *bytes, size_t n)
{
	struct request request;
	struct response response = { 0 };
	struct dispatch d = { .arena = h->arena,
			      .db = h->reader,
			      .settings = &h->settings,
			      .world = &h->world,
			      .request = &request,
			      .response = &response,
			      .recents = &h->recents };

	h->statements_before = db_statements_run(h->reader);
	h->journeys_before = db_journeys(h->reader);
	struct err *err = http_parse(h->arena, bytes, n, &request);

	if (err != NULL) {
		dispatch_error(&d, err);
	} else if (n > dispatch_body_limit(&h->settings, request.method, request.path,
					   &request.cookies) +
			       16384) {
		dispatch_error(&d, ERR(ERR_LIMIT, "That is too big"));
	} else {
		answer(h, &d);
	}
	return answer_of(h, &response);
}

/* ---- asking ---- */

static void add_head(struct harness *h, struct buf *b, const char *method, const char *path,
		     const char *cookies)
{
	buf_printf(b,
		   "%s %s HTTP/1.1\r\nHost: newbridge.example\r\nSec-Fetch-Site: same-origin\r\n",
		   method, path);
	if (!text_empty(cookies)) {
		buf_printf(b, "Cookie: %s\r\n", cookies);
	}
}

static const char *login_cookie(struct harness *h, enum role role)
{
	return role == ROLE_NOBODY ? "" : arena_printf(h->arena, "login=%s", h->tokens[role]);
}

static struct answer get_with(struct harness *h, const char *path, const char *cookies)
{
	struct buf b;

	buf_init(&b, h->arena, REQUEST_MAX);
	add_head(h, &b, "GET", path, cookies);
	buf_str(&b, "\r\n");
	return harness_raw(h, b.p, b.n);
}

struct answer harness_get(struct harness *h, enum role role, const char *path)
{
	return get_with(h, path, login_cookie(h, role));
}

static void encode(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		if (isalnum((unsigned char)*s) || strchr("-._~", *s) != NULL) {
			buf_char(b, *s);
		} else {
			buf_printf(b, "%%%02X", (unsigned)(unsigned char)*s);
		}
	}
}

/* The pairs of a test, and what every form of the product carries besides. */
static struct pairs take_pairs(struct harness *h, enum role role, va_list list)
{
	struct pairs pairs = { 0 };
	const char *name;

	while ((name = va_arg(list, const char *)) != NULL) {
		const char *value = va_arg(list, const char *);

		pairs_add(h->arena, &pairs, name, value);
	}
	if (role != ROLE_NOBODY && pairs_get(&pairs, "_csrf") == NULL) {
		pairs_add(h->arena, &pairs, "_csrf",
			  csrf_token(h->arena, &h->world, &h->who[role]));
	}
	if (pairs_get(&pairs, "_key") == NULL) {
		pairs_add(h->arena, &pairs, "_key", world_reference(&h->world, h->arena, 20));
	}
	return pairs;
}

static struct answer post_body(struct harness *h, enum role role, const char *path,
			       const char *type, const struct buf *body)
{
	struct buf b;

	buf_init(&b, h->arena, REQUEST_MAX);
	add_head(h, &b, "POST", path, login_cookie(h, role));
	buf_printf(&b, "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, body->n);
	buf_add(&b, body->p, body->n);
	return harness_raw(h, b.p, b.n);
}

struct answer harness_post(struct harness *h, enum role role, const char *path, ...)
{
	struct buf body;
	va_list list;

	va_start(list, path);
	const struct pairs pairs = take_pairs(h, role, list);
	va_end(list);
	buf_init(&body, h->arena, REQUEST_MAX);
	for (size_t i = 0; i < pairs.n; i++) {
		buf_str(&body, i > 0 ? "&" : "");
		encode(&body, pairs.v[i].name);
		buf_char(&body, '=');
		encode(&body, pairs.v[i].value);
	}
	return post_body(h, role, path, "application/x-www-form-urlencoded", &body);
}

struct answer harness_upload(struct harness *h, enum role role, const char *path,
			     const char *filename, struct bytes file, ...)
{
	struct buf body;
	va_list list;

	va_start(list, file);
	const struct pairs pairs = take_pairs(h, role, list);
	va_end(list);
	buf_init(&body, h->arena, REQUEST_MAX);
	for (size_t i = 0; i < pairs.n; i++) {
		buf_printf(&body,
			   "--" BOUNDARY
			   "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
			   pairs.v[i].name, pairs.v[i].value);
	}
	buf_printf(&body,
		   "--" BOUNDARY
		   "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
		   "Content-Type: application/octet-stream\r\n\r\n",
		   filename);
	buf_add(&body, file.p, file.n);
	buf_str(&body, "\r\n--" BOUNDARY "--\r\n");
	return post_body(h, role, path, "multipart/form-data; boundary=" BOUNDARY, &body);
}

struct answer harness_follow(struct harness *h, enum role role, struct answer from)
{
	struct buf cookies;
	bool login = false;

	if (from.location == NULL) {
		return from;
	}
	buf_init(&cookies, h->arena, 4096);
	for (size_t i = 0; i < from.headers.n; i++) {
		const char *value = from.headers.v[i].value;

		if (text_same(from.headers.v[i].name, "Set-Cookie")) {
			buf_str(&cookies, cookies.n > 0 ? "; " : "");
			buf_add(&cookies, value, strcspn(value, ";"));
			login = login || text_starts(value, "login=");
		}
	}
	if (!login && role != ROLE_NOBODY) {
		buf_str(&cookies, cookies.n > 0 ? "; " : "");
		buf_str(&cookies, login_cookie(h, role));
	}
	return get_with(h, from.location, cookies.n > 0 ? cookies.p : "");
}

/* ---- looking at the answer ---- */

bool answer_has(const struct answer *a, const char *text)
{
	return strstr(a->body, text) != NULL;
}

size_t answer_count(const struct answer *a, const char *text)
{
	size_t n = 0;

	for (const char *s = a->body; (s = strstr(s, text)) != NULL; s += strlen(text)) {
		n++;
	}
	return n;
}

const char *answer_between(struct harness *h, const struct answer *a, const char *before,
			   const char *after)
{
	const char *from = strstr(a->body, before);
	const char *to = from == NULL ? NULL : strstr(from + strlen(before), after);

	if (to == NULL) {
		return NULL;
	}
	from += strlen(before);
	return arena_strndup(h->arena, from, (size_t)(to - from));
}
