/* Inside the parent: where it listens, and the children it looks after. */
#ifndef CORE_SERVE_H
#define CORE_SERVE_H

#include <sys/types.h>

#include "core/role.h"

/* serve_listen.c: "127.0.0.1:8080", "[::1]:0", "localhost:80", "unix:/path", "systemd" (whose sockets the
 * environment tells of). ERR_BUSY: somebody else has the address. */
struct err *serve_listen(struct arena *a, const char *listen, const char *const *environment, int *fd_out,
			 const char **address_out) MUST_CHECK;

enum {
	WEB_MAX = 64,
	WEB_SPARE = 4, /* so many web processes may drain while those in their place serve already */
	WEB_SLOTS = WEB_MAX + WEB_SPARE,
	CHILDREN_MAX = WEB_SLOTS + 3
};

enum child_kind { CHILD_KEEPER, CHILD_SLOW, CHILD_JOBS, CHILD_WEB };

struct child {
	enum child_kind kind;
	size_t slot;      /* of a web process: which socket to the keeper is its own */
	bool wanted;      /* to run; false: a spare slot, or one whose process drains for good */
	pid_t pid;        /* 0: not running */
	unsigned version; /* of the settings that it was started with */
	bool answers;     /* it has said that it is ready */
	bool leaving;     /* it was told to end */
	int64_t started, again, kill_at; /* ticks; again: not started before */
	int falls;        /* in a row, none of them asked for */
};

struct link { /* both ends stay open here, so that a child that is replaced finds the same socket */
	int keeper_end, other_end;
};

struct parent {
	const struct serve *serve;
	struct settings settings;
	struct arena *settings_arena; /* of those that were read again; NULL: the caller's own */
	unsigned version;             /* of the settings: one more with each reload */
	const struct world *world;
	struct arena *arena;
	const char *address;
	const char *control_path;
	pid_t pid;
	int listen_fd, lock_fd, control_fd, signal_fd;
	int status[2];       /* [0] ours, [1] the children's */
	struct link web[WEB_SLOTS], slow, jobs;
	size_t n_web;        /* wanted; n_slots with the spare ones */
	size_t n_slots;
	struct child children[CHILDREN_MAX];
	size_t n_children;
	struct child *fresh, *stale; /* a reload: the web process that comes, and the one that goes when it answers */
	bool rolling;
	bool keeper_ready, answered, stopping;
	struct err *failure; /* before anything was answered: why it cannot start */
};

/* serve_child.c */
struct err *child_start(struct parent *p, struct child *c) MUST_CHECK;
void child_end(struct child *c, int patience_ms); /* asked to; killed when it has not after so long */

/* serve_watch.c */
void children_start(struct parent *p); /* those that do not run and should */
int children_due(const struct parent *p); /* milliseconds until there is something to be done; -1: nothing */
void children_bury(struct parent *p);  /* those that have ended */
void children_hear(struct parent *p);  /* that they answer, or why they cannot */

/* serve_limits.c: memory, descriptors and processor time of a role; no core dumps of anybody. */
void limits_of_parent(const struct settings *settings);
void limits_of_child(enum child_kind kind, const struct settings *settings);

/* serve_reload.c */
void reload_begin(struct parent *p); /* reads the settings again; wrong ones are told and change nothing */
void reload_step(struct parent *p);  /* after every event: whose turn it is to be replaced */

#endif
