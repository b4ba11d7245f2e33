/* Inside a web process: what its loop, its waiting exchanges and its answers share. */
#ifndef CORE_WEB_H
#define CORE_WEB_H

#include "core/dispatch.h"
#include "core/role.h"

enum { TOUCHED = 256 }; /* logins whose last touch is remembered */

struct waiting { /* an exchange that waits for the keeper; on its request's arena */
	struct waiting *next;
	uint64_t id;
	int64_t until; /* ticks */
	struct dispatch *dispatch;
	struct exchange *exchange;
	struct bytes payload;
	bool resent;
};

struct stepping { /* an exchange whose answer is made piece by piece; on its request's arena */
	struct stepping *next;
	struct dispatch *dispatch;
};

struct web {
	const struct settings *settings;
	const struct world *world;
	struct db *db;
	struct db *long_db; /* of long answers: its snapshot outlives a turn */
	struct http_server *server;
	int listen_fd, keeper, epoll_fd, signal_fd;
	struct waiting *waiting;
	struct stepping *stepping; /* the first is being made */
	uint64_t asked;
	struct touch {
		int64_t login_id;
		int64_t at; /* ticks */
	} touched[TOUCHED];
	struct recents recents;
	bool draining;
};

/* web_ask.c: the keeper's side of an exchange */
void web_ask(struct web *w, struct dispatch *d);
void web_touch(struct web *w, const struct dispatch *d);
struct err *web_from_keeper(struct web *w) MUST_CHECK;
void web_give_up(struct web *w); /* answers what has waited too long */

/* web_step.c: answers that take long */
void web_begin_steps(struct web *w, struct dispatch *d);
void web_step(struct web *w); /* a piece of the first */

/* web_answer.c: what http/ calls */
struct err *web_handle(void *context, struct request *request, struct response *response) MUST_CHECK;
void web_error(void *context, struct request *request, const struct err *err, struct response *response);
void web_finish(void *context, const struct request *request, struct response *response);
size_t web_body_limit(void *context, enum http_method method, const char *path, const struct pairs *cookies);

#endif
