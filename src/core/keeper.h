/* Inside the keeper: who asks, what was asked, and the group that is committed together. */
#ifndef CORE_KEEPER_H
#define CORE_KEEPER_H

#include "core/role.h"

enum {
	PORTS_MAX = 96,     /* web processes and command lines */
	CONTROL_MAX = 16,   /* of them command lines */
	SLOW_MAX = 40,      /* waiting for the slow role: five seconds of hashing */
	SPARE_TASKS = 32
};

struct port { /* a socket that asks */
	int fd;          /* -1: free */
	bool control;    /* the command line of the data directory's owner: trusted with an actor */
	uint64_t serial; /* so that an answer never goes to the one who came after */
};

enum task_kind { TASK_OPERATION, TASK_TOUCH };

struct task { /* one message and what becomes of it */
	struct task *next;
	struct arena *arena;
	enum task_kind kind;
	size_t port;
	uint64_t port_serial;
	uint64_t id;        /* the asker's */
	uint64_t slow_id;   /* ours */
	int64_t slow_since; /* ticks: waits for the slow role from then on */
	struct ask ask;
	int fd;             /* of the upload, -1: none */
	int64_t login_id;   /* TASK_TOUCH */
	struct bytes slow;
	bool slow_done, needs_slow;
	bool undone;        /* wrote and was refused then: is run with a savepoint of its own */
	bool in_vain;       /* a statement of it took too long: is not run again with the group, its outcome stands */
	struct outcome outcome;
	struct bytes answer; /* the outcome packed, as soon as it is known: its error lies in a ring */
};

struct tasks { /* first in, first out */
	struct task *first, **last;
	size_t n;
};

struct keeper {
	const struct settings *settings;
	const struct world *world;
	const struct role_sockets *sockets;
	struct db *db;
	const char *host; /* this one's name among those of a server */
	int epoll_fd, signal_fd;
	struct port ports[PORTS_MAX];
	uint64_t serials;
	struct tasks group;   /* to be run now */
	struct tasks waiting; /* for the slow role, which is asked for the first */
	struct task *spares;
	size_t n_spares;
	uint64_t slow_ids;
	uint64_t slow_asked;    /* the slow_id it works at, be it given up by now; 0: at nothing */
	struct instant job_due; /* of which the jobs process was told */
	int64_t swept_at;       /* ticks */
	bool away;              /* the server of the store is out of reach */
	bool unsettled;         /* something was committed since the last idle checkpoint */
	bool stopping;
};

/* keeper_task.c */
struct task *task_new(struct keeper *k);
void task_free(struct keeper *k, struct task *t);
void tasks_add(struct tasks *list, struct task *t);
struct task *tasks_take(struct tasks *list);
struct err *task_read(struct keeper *k, struct task *t, size_t port, const struct message *m) MUST_CHECK;
void task_pack(struct task *t);                      /* outcome to answer */
void task_answer(struct keeper *k, struct task *t); /* sends the outcome and frees the task */
void task_refuse(struct keeper *k, struct task *t, struct err *err); /* answers with the error alone */
void task_to_slow(struct keeper *k, struct task *t);
void tasks_from_slow(struct keeper *k);             /* what the slow role has answered joins the group */
void tasks_give_up(struct keeper *k);               /* what waited too long for it is answered */
size_t tasks_read(struct keeper *k, size_t port);   /* everything that waits on a socket joins the group */
void port_close(struct port *port);

/* keeper.c */
bool keeper_hear(struct keeper *k, int timeout_ms); /* what is asked joins the group; false: nothing was */

/* keeper_group.c */
/* What a moment's wait may mend does not end the keeper. */
struct err *keeper_lives(struct err *err) MUST_CHECK;
struct err *group_run(struct keeper *k) MUST_CHECK; /* an error: the store can no longer be trusted */
struct err *keeper_sweep(struct keeper *k, bool *more_out) MUST_CHECK; /* *more_out: it is to be called again soon */

#endif
