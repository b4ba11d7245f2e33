/*
 * Between a parsed request and its answer: the one way, for the web process and for the tests.
 *
 *   dispatch_begin()   finds route and person, checks origin and method; answers a GET, or hands
 *                      back what the keeper must be asked
 *   dispatch_finish()  takes the keeper's outcome: sends the browser on, or shows the form again
 *   dispatch_step()    makes another piece of a long answer (an export)
 *
 * Between the two the exchange may be suspended; `struct dispatch` lives on the request's arena.
 * Static assets are not dispatched: web.c answers them before.
 */
#ifndef CORE_DISPATCH_H
#define CORE_DISPATCH_H

#include "core/core.h"

enum { RECENTS = 256 };
struct recents { /* who was seen under a login, to guess by: recent.c */
	struct recent {
		unsigned char token_hash[32];
		struct who who; /* ids and role */
	} v[RECENTS];
};

struct dispatch {
	/* Set by the caller before dispatch_begin. */
	struct arena *arena;
	struct db *db; /* reading handle of this process */
	const struct settings *settings;
	const struct world *world;
	struct request *request;
	struct response *response;
	struct recents *recents; /* of this process */
	/* Set by dispatch_begin. */
	struct who who;
	struct authority authority;
	const char *login_token; /* of the cookie, NULL: none */
	struct recent *recent;   /* of this login, where a list's page is asked for; else NULL */
	bool guessed;            /* who it is, and it is not known yet */
	bool touch;              /* the login was used: the keeper is to be told (IPC_TOUCH) */
	struct matched matched;
	struct ask ask;          /* after DISPATCH_ASK; its upload's fd stays the request arena's */
	struct page *page;       /* after DISPATCH_STEP */
};

enum dispatch_next {
	DISPATCH_ANSWERED, /* *response is filled */
	DISPATCH_ASK,      /* send d->ask to the keeper, then dispatch_finish */
	DISPATCH_STEP      /* call dispatch_step until it says that *response is filled */
};

enum dispatch_next dispatch_begin(struct dispatch *d);
/* outcome->err may be of the caller's own making: ERR_BUSY when the keeper cannot be reached. */
void dispatch_finish(struct dispatch *d, const struct outcome *outcome);
/* True: answered. The handle is another than dispatch_begin's, and nobody else's from the first step to the last: it
 * holds the snapshot that the whole answer is of. */
bool dispatch_step(struct dispatch *d, struct db *db);
/* An error page for what http/ refused (limits, framing). Only the caller's members need be set;
 * the request may be empty. Does not touch the store. */
void dispatch_error(struct dispatch *d, const struct err *err);

/* A page of the exchange as it stands. */
struct page *dispatch_page(struct dispatch *d);

/* recent.c. Before login_find: says what a list will ask for, when this login was seen before (db_ahead), and forgets who it
 * was; after it: keeps who it is. */
struct err *recent_ahead(struct dispatch *d) MUST_CHECK;
void recent_keep(struct dispatch *d);

/* Largest body that this method and path may send: 0 for a GET; 256 KiB for a form; a route that
 * takes a file allows its operation's max_upload besides, to a browser with a login cookie or when
 * public. */
size_t dispatch_body_limit(const struct settings *settings, enum http_method method,
			   const char *path, const struct pairs *cookies);

/* The cookie's value when it has the form of a login token, else NULL. The name is "__Host-login"
 * under a https public address and "login" otherwise. */
const char *dispatch_login_cookie(const struct settings *settings, const struct pairs *cookies);

/* Local path to go to after sign-in: "/..." of this service, otherwise "/". */
const char *dispatch_then(const char *then);

#endif
