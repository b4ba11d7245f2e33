/* From a parsed request to its answer. */
#include "core/dispatch.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/cookie.h"
#include "core/house.h"
#include "core/page.h"
#include "trust/trust.h"

enum { THEN_MAX = 2000, /* a header that any proxy takes, encoded threefold */ FORM_MAX = 256 * 1024 };

struct page *dispatch_page(struct dispatch *d)
{
	struct page *p = ARENA_NEW(d->arena, struct page, 1);

	*p = (struct page){
		.arena = d->arena, .db = d->db, .who = &d->who, .authority = &d->authority,
		.world = d->world, .now = world_now(d->world), .today = world_today(d->world),
		.settings = d->settings, .request = d->request, .path = &d->matched.path,
		.response = d->response,
	};
	return p;
}

void dispatch_error(struct dispatch *d, const struct err *err)
{
	page_error(dispatch_page(d), err);
}

/* ---- who and where ---- */

static struct err *find_person(struct dispatch *d)
{
	const struct login_limits limits = login_limits_of(d->settings);

	db_grant(d->db, policy_grant(ROLE_NOBODY));
	d->login_token = dispatch_login_cookie(d->settings, &d->request->cookies);
	if (d->login_token != NULL) {
		TRY(recent_ahead(d));
		TRY(login_find(d->arena, d->db, d->login_token, world_now(d->world), &limits,
			       &d->who, &d->touch));
		recent_keep(d);
	}
	d->authority = d->who.authority;
	if (d->who.role == ROLE_NOBODY) {
		TRY(authority_find(d->arena, d->db, 0, &d->authority));
		d->who.authority_id = d->authority.id;
	}
	return NULL;
}

static void wrong_method(struct dispatch *d)
{
	enum http_method method = d->request->method;
	struct matched other;
	bool get = method != HTTP_GET && method != HTTP_HEAD &&
		   route_match(d->arena, HTTP_GET, d->request->path, &other);

	dispatch_error(
		d,
		ERR(ERR_NOT_FOUND,
		    "This page cannot be used in that way. Go back and follow a link or button"));
	d->response->status = 405;
	response_header(d->arena, d->response, "Allow", get ? "GET, HEAD" : "POST");
}

/* Where somebody who is not signed in is sent. What a form held is kept by its own page (kept_form.c). */
static void ask_to_sign_in(struct dispatch *d)
{
	struct matched page;
	const char *then = d->request->path;

	if (!route_match(d->arena, HTTP_GET, then, &page)) {
		then = "/";
	}
	if (d->request->method != HTTP_POST && !text_empty(d->request->query_string)) {
		then = arena_printf(d->arena, "%s?%s", then, d->request->query_string);
	}
	if (strlen(then) > THEN_MAX) {
		then = "/";
	}
	response_redirect(
		d->arena, d->response,
		url_with(d->arena, URL("/sign-in"), "then", text_same(then, "/") ? NULL : then).s);
}

const char *dispatch_then(const char *then)
{
	if (then == NULL || then[0] != '/' || then[1] == '/' || then[1] == '\\') {
		return "/";
	}
	for (const char *s = then; *s != '\0'; s++) {
		if ((unsigned char)*s < 0x21 || *s == '\\' || (unsigned char)*s == 0x7f) {
			return "/";
		}
	}
	return then;
}

/* ---- a GET ---- */

static struct err *serve(struct dispatch *d, const struct outcome *outcome)
{
	struct page *p = dispatch_page(d);

	p->outcome = outcome;
	p->flash = cookie_take_flash(p);
	TRY(page_serve(p, &d->matched));
	d->page = p->step != NULL ? p : NULL;
	return NULL;
}

bool dispatch_step(struct dispatch *d, struct db *db)
{
	struct page *p = d->page;
	struct err *err = NULL;
	bool done = false;

	if (p->db != db) { /* the first */
		p->db = db;
		db_grant(db, policy_grant(p->who->role));
		err = db_begin(db);
	}
	if (err == NULL) {
		err = p->step(p, p->step_context, &done);
	}
	if (err != NULL) {
		dispatch_error(d, err);
	}
	if (err != NULL || done) {
		db_rollback(db);
	}
	return err != NULL || done;
}

/* ---- a POST ---- */

/* OWASP: fetch metadata where the browser sends it, else the origin; an old browser that sends
 * neither still needs the token of its login. */
static bool same_origin(const struct dispatch *d)
{
	const struct request *r = d->request;
	const char *own = d->settings->public_address;
	const char *host;

	if (r->sec_fetch_site != NULL) {
		return text_same(r->sec_fetch_site, "same-origin") ||
		       text_same(r->sec_fetch_site, "none");
	}
	if (r->origin == NULL || (!text_empty(own) && text_same(r->origin, own))) {
		return true;
	}
	host = strstr(r->origin, "://");
	return host != NULL && text_same(host + 3, r->host);
}

/* Before anything of the form is shown, too: another site could fill in a form here in a person's name. */
static struct err *check_origin(const struct dispatch *d)
{
	if (d->request->method != HTTP_POST || same_origin(d)) {
		return NULL;
	}
	return ERR(ERR_DENIED,
		   "This form was sent from another site. Open it here and fill it in again");
}

static void fill_ask(struct dispatch *d)
{
	const struct request *r = d->request;

	d->ask = (struct ask){
		.operation = d->matched.route->operation->name,
		.login_token = d->login_token,
		.csrf = pairs_get(&r->form, "_csrf"),
		.key = pairs_get(&r->form, "_key"),
		.client = r->client,
		.path = d->matched.path,
		.raw = r->form,
		.source = RECORD_FORM,
	};
	for (size_t i = 0; i < r->n_uploads && d->ask.upload == NULL; i++) {
		if (r->uploads[i].fd >= 0) {
			d->ask.upload = &r->uploads[i];
		}
	}
}

/* The form is of an earlier login of this person, or lost its token on the way through signing in. */
static bool open_too_long(const struct dispatch *d)
{
	return d->who.role != ROLE_NOBODY && d->matched.route->page != NULL &&
	       !csrf_good(&d->who, d->ask.csrf);
}

/* Shown again with a fresh token: the person looks at it once more, and nothing typed is lost. */
static struct err *show_stale(struct dispatch *d)
{
	struct outcome *o = ARENA_NEW(d->arena, struct outcome, 1);

	o->raw = d->ask.raw;
	problem_add(d->arena, &o->problems, NULL,
		    "This page was open for too long. Check what you typed, then send it again");
	return serve(d, o);
}

static void show_signed_out(struct dispatch *d)
{
	if (d->matched.route->method != HTTP_POST || !signed_out_page(dispatch_page(d), &d->matched)) {
		ask_to_sign_in(d);
	}
}

static struct err *begin(struct dispatch *d, enum dispatch_next *next)
{
	bool routed = route_match(d->arena, d->request->method, d->request->path, &d->matched);

	*next = DISPATCH_ANSWERED;
	TRY(find_person(d));
	if (!routed) {
		if (d->matched.other_method) {
			wrong_method(d);
			return NULL;
		}
		return ERR(ERR_NOT_FOUND, "There is nothing here under this address");
	}
	TRY(check_origin(d));
	if (d->who.role == ROLE_NOBODY &&
	    policy_reach(ROLE_NOBODY, d->matched.route->permission) == REACH_NO) {
		show_signed_out(d);
		return NULL;
	}
	if (d->matched.route->method == HTTP_POST) {
		fill_ask(d);
		if (open_too_long(d)) {
			return show_stale(d);
		}
		*next = DISPATCH_ASK;
		return NULL;
	}
	TRY(serve(d, NULL));
	*next = d->page != NULL ? DISPATCH_STEP : DISPATCH_ANSWERED;
	return NULL;
}

/* When nothing can be read, a form that was sent is not lost with it. */
static void tell_fault(struct dispatch *d, const struct err *err)
{
	bool passing = err->kind == ERR_IO || err->kind == ERR_BUSY;
	bool form = d->request->method == HTTP_POST &&
		    (d->matched.route != NULL || route_match(d->arena, HTTP_POST, d->request->path, &d->matched));

	if (!passing || !form || check_origin(d) != NULL || !unread_page(dispatch_page(d), &d->matched, err)) {
		dispatch_error(d, err);
	}
}

/* In one snapshot. */
static struct err *begin_once(struct dispatch *d, enum dispatch_next *next)
{
	TRY(db_begin(d->db));
	struct err *err = begin(d, next);

	db_rollback(d->db); /* nothing was written: this only ends the snapshot */
	return err;
}

/* Before anything was answered: as it came. */
static void begin_anew(struct dispatch *d)
{
	*d = (struct dispatch){ .arena = d->arena, .db = d->db, .settings = d->settings, .world = d->world,
				.request = d->request, .response = d->response, .recents = d->recents };
	*d->response = (struct response){ 0 };
}

enum dispatch_next dispatch_begin(struct dispatch *d)
{
	enum dispatch_next next = DISPATCH_ANSWERED;
	struct err *err = begin_once(d, &next);

	if (err != NULL && (db_again(d->db, 0) || d->guessed)) { /* the line to the server was cut; or a guess went wrong */
		begin_anew(d);
		err = begin_once(d, &next);
	}
	if (err != NULL) {
		tell_fault(d, err);
		next = DISPATCH_ANSWERED;
	}
	return next;
}

/* ---- the keeper's answer ---- */

static bool can_be_mended(const struct err *err)
{
	return err == NULL || err->kind == ERR_INVALID || err->kind == ERR_CONFLICT ||
	       err->kind == ERR_BUSY || err->kind == ERR_LIMIT || err->kind == ERR_IO;
}

static struct err *serve_once(struct dispatch *d, const struct outcome *o)
{
	TRY(db_begin(d->db));
	struct err *err = serve(d, o);

	db_rollback(d->db);
	return err;
}

/* The form again, with what was typed and what is to be mended. */
static struct err *show_again(struct dispatch *d, struct outcome *o)
{
	if (o->err != NULL) {
		problem_add(d->arena, &o->problems, NULL, "%s", o->err->sentence);
	}
	struct err *err = serve_once(d, o);

	return err != NULL && db_again(d->db, 0) ? serve_once(d, o) : err;
}

/* Since the request came: "Sign out" was pressed twice, or the account was closed. */
static bool login_has_ended(struct dispatch *d)
{
	if (d->login_token == NULL || d->who.role == ROLE_NOBODY || db_begin(d->db) != NULL) {
		return false;
	}
	struct err *err = find_person(d);

	db_rollback(d->db);
	return err == NULL && d->who.role == ROLE_NOBODY;
}

void dispatch_finish(struct dispatch *d, const struct outcome *outcome)
{
	struct outcome o = *outcome;
	struct err *err = o.err;

	o.raw = d->ask.raw;
	if (o.login_token != NULL) {
		cookie_set_login(d->arena, d->settings, d->response, o.login_token);
	}
	bool done = err == NULL && o.problems.n == 0;
	/* What holds a one-time link is shown by the answer itself: no address or cookie carries
	 * it. */
	bool shown = (d->matched.route->operation->flags & (OP_SECRET_ANSWER | OP_SHOWN)) != 0;

	if (done && !shown) {
		cookie_set_flash(d->arena, d->response, o.flash);
		response_redirect(d->arena, d->response, text_empty(o.location) ? "/" : o.location);
	} else if (err != NULL && err->kind == ERR_DENIED && login_has_ended(d)) {
		show_signed_out(d);
		return;
	} else if (can_be_mended(err) && d->matched.route->page != NULL) {
		err = show_again(d, &o);
	} else if (err == NULL) {
		err = ERR(ERR_INVALID, "%s", o.problems.v[0].sentence);
	}
	if (err != NULL) {
		tell_fault(d, err);
	}
}

size_t dispatch_body_limit(const struct settings *settings, enum http_method method,
			   const char *path, const struct pairs *cookies)
{
	if (method == HTTP_GET || method == HTTP_HEAD) {
		return 0;
	}
	size_t file = route_upload_limit(path);
	bool known = dispatch_login_cookie(settings, cookies) != NULL;

	return FORM_MAX + (known || file == 0 ? file : 0);
}
