/* What a web process says to http/: assets, pages, errors, the headers of every answer, body limits. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/house.h"
#include "core/web.h"
#include "trust/trust.h"
#include "ui/asset.h"

enum { WITHOUT_LOOKING = 1024 * 1024 }; /* a body up to here is read before anybody asks who sends it */

static const char CONTENT_POLICY[] =
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
static const char PERMISSIONS[] =
	"camera=(), microphone=(), geolocation=(), payment=(), usb=()";

static struct dispatch *dispatch_new(struct web *w, struct request *request, struct response *response)
{
	struct dispatch *d = ARENA_NEW(request->arena, struct dispatch, 1);

	*d = (struct dispatch){ .arena = request->arena, .db = w->db, .settings = w->settings, .world = w->world,
				.request = request, .response = response, .recents = &w->recents };
	return d;
}

static bool is_read(const struct request *request)
{
	return request->method == HTTP_GET || request->method == HTTP_HEAD;
}

static void answer_asset(const struct asset *asset, const struct request *request, struct response *r)
{
	r->content_type = asset->type;
	r->body_static = true;
	response_header(request->arena, r, "ETag", asset->etag);
	response_header(request->arena, r, "Cache-Control", "public, max-age=31536000, immutable");
	response_header(request->arena, r, "Vary", "Accept-Encoding");
	if (request->if_none_match != NULL && strstr(request->if_none_match, asset->etag) != NULL) {
		r->status = 304;
		return;
	}
	r->status = 200;
	r->body = asset->plain;
	if (asset->brotli.n > 0 && http_accepts(request->accept_encoding, "br")) {
		r->body = asset->brotli;
		response_header(request->arena, r, "Content-Encoding", "br");
	} else if (asset->gzip.n > 0 && http_accepts(request->accept_encoding, "gzip")) {
		r->body = asset->gzip;
		response_header(request->arena, r, "Content-Encoding", "gzip");
	}
}

static void answer_alive(struct response *r)
{
	static const unsigned char ok[] = "ok\n";

	r->status = 200;
	r->content_type = "text/plain; charset=utf-8";
	r->body = (struct bytes){ ok, sizeof(ok) - 1 };
	r->body_static = true;
}

struct err *web_handle(void *context, struct request *request, struct response *response)
{
	struct web *w = context;
	const struct asset *asset = is_read(request) ? asset_find(request->path) : NULL;

	if (asset != NULL) {
		answer_asset(asset, request, response);
		return NULL;
	}
	if (is_read(request) && text_same(request->path, "/livez")) {
		answer_alive(response);
		return NULL;
	}
	struct dispatch *d = dispatch_new(w, request, response);
	enum dispatch_next next = dispatch_begin(d);
	web_touch(w, d);
	if (next == DISPATCH_ASK) {
		web_ask(w, d);
	} else if (next == DISPATCH_STEP) {
		web_begin_steps(w, d);
	}
	return NULL;
}

void web_error(void *context, struct request *request, const struct err *err, struct response *response)
{
	dispatch_error(dispatch_new(context, request, response), err);
}

static void add(const struct request *request, struct response *r, const char *name, const char *value)
{
	if (pairs_get(&r->headers, name) == NULL) {
		response_header(request->arena, r, name, value);
	}
}

void web_finish(void *context, const struct request *request, struct response *r)
{
	const struct web *w = context;

	add(request, r, "Content-Security-Policy", CONTENT_POLICY);
	add(request, r, "X-Content-Type-Options", "nosniff");
	add(request, r, "Referrer-Policy", "same-origin");
	add(request, r, "Cross-Origin-Opener-Policy", "same-origin");
	add(request, r, "Cross-Origin-Resource-Policy", "same-origin");
	add(request, r, "Permissions-Policy", PERMISSIONS);
	add(request, r, "Cache-Control", "no-store");
	if (!text_empty(w->settings->public_address) && text_starts(w->settings->public_address, "https://")) {
		add(request, r, "Strict-Transport-Security", "max-age=31536000");
	}
	if (r->status == 429) {
		add(request, r, "Retry-After", "60");
	} else if (r->status == 503) {
		add(request, r, "Retry-After", "5");
	}
	r->close = r->close || r->status >= 500;
}

/* A large file only from somebody who may use the operation that takes it. */
static bool may_upload(struct web *w, struct arena *a, const char *path, const struct pairs *cookies)
{
	const struct login_limits limits = login_limits_of(w->settings);
	const char *token = dispatch_login_cookie(w->settings, cookies);
	struct who who = { 0 };
	struct matched m;
	bool touch;

	if (!route_match(a, HTTP_POST, path, &m) || db_begin(w->db) != NULL) {
		return false;
	}
	db_grant(w->db, policy_grant(ROLE_NOBODY));
	struct err *err = token == NULL ? NULL : login_find(a, w->db, token, world_now(w->world), &limits, &who, &touch);
	db_rollback(w->db);
	return err == NULL && policy_reach(who.role, m.route->permission) != REACH_NO;
}

size_t web_body_limit(void *context, enum http_method method, const char *path, const struct pairs *cookies)
{
	struct web *w = context;
	size_t limit = dispatch_body_limit(w->settings, method, path, cookies);

	if (limit > WITHOUT_LOOKING) {
		struct arena *a = arena_new(1024 * 1024);
		limit = may_upload(w, a, path, cookies) ? limit : WITHOUT_LOOKING;
		arena_free(&a);
	}
	return limit;
}
