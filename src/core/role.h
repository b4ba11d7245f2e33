/* What the loops of the roles share. */
#ifndef CORE_ROLE_H
#define CORE_ROLE_H

#include "core/core.h"

/* Name in the process list and the log, signals (SIGTERM comes out of *signal_fd_out; SIGINT, SIGHUP and SIGPIPE
 * are the parent's affair), end with the parent, trust_init. */
struct err *role_begin(const char *name, const struct settings *settings, int *signal_fd_out) MUST_CHECK;

/* Adds fd to an epoll set; the event's data is `tag`. */
struct err *role_watch(int epoll_fd, int fd, uint64_t tag) MUST_CHECK;
struct err *role_epoll(int *out) MUST_CHECK;

/* Milliseconds for deadlines and pauses; not the clock of the world, which may be set. */
int64_t role_ticks_ms(void);

/* From here the process may use so much processor time, or a tenth less, until this is called again; then the kernel
 * ends it, and the parent replaces it: what would never end holds nobody up for ever. */
void role_begins_work(int seconds);

/* Sends, waiting a moment for room in the queue. */
struct err *role_send(int fd, const struct message *m) MUST_CHECK;

/* To the parent, with the number of the process: IPC_PONG that it answers, IPC_OUTCOME why it cannot. */
enum role_said { SAID_KEEPER = 1, SAID_WEB, SAID_OTHER };
void role_ready(const struct role_sockets *sockets, enum role_said who);
void role_failed(const struct role_sockets *sockets, const struct err *err);

/* The reading handle of a role. */
struct err *role_open_reader(struct arena *a, const struct settings *settings, struct db **out) MUST_CHECK;

#endif
