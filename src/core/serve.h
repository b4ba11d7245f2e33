/* Inside the parent: where it listens, and the children it looks after. */
#ifndef CORE_SERVE_H
#define CORE_SERVE_H

#include <sys/types.h>

#include "core/role.h"

/* serve_listen.c: "127.0.0.1:8080", "[::1]:0", "localhost:80", "unix:/path", "systemd". */
struct err *serve_listen(struct arena *a, const char *listen, int *fd_out, const char **address_out) MUST_CHECK;

enum { WEB_MAX = 64 };

enum child_kind { CHILD_KEEPER, CHILD_SLOW, CHILD_JOBS, CHILD_WEB };

struct child {
	enum child_kind kind;
	size_t index;        /* of a web process */
	pid_t pid;           /* 0: not running */
	int64_t started, again; /* ticks; again: not before */
	int64_t back_off;
};

struct link { /* both ends stay open here, so that a child that is replaced finds the same socket */
	int keeper_end, other_end;
};

struct parent {
	const struct settings *settings;
	const struct world *world;
	struct arena *arena;
	void (*ready)(const char *address);
	const char *address;
	const char *control_path;
	pid_t pid;
	int listen_fd, lock_fd, control_fd, signal_fd;
	int status[2];       /* [0] ours, [1] the children's */
	struct link web[WEB_MAX], slow, jobs;
	size_t n_web;
	struct child children[WEB_MAX + 3];
	size_t n_children;
	bool keeper_ready, answered, stopping;
	struct err *failure; /* before anything was answered: why it cannot start */
};

/* serve_child.c */
struct err *child_start(struct parent *p, struct child *c) MUST_CHECK;

#endif
