/*
 * Messages between the roles over Unix sequenced-packet sockets. One message, one struct; a payload
 * that does not fit a packet travels as a sealed memory file. File descriptors (uploads) may ride along.
 */
#ifndef IPC_IPC_H
#define IPC_IPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/pairs.h"

struct arena;

enum ipc_kind {
	IPC_OPERATION = 1, /* to the keeper: run an operation */
	IPC_OUTCOME,       /* from the keeper */
	IPC_SLOW,          /* to slow: the slow half of an operation */
	IPC_SLOW_DONE,
	IPC_TOUCH,         /* a login was used (at most once a minute each) */
	IPC_WAKE,          /* there is a job */
	IPC_PING,
	IPC_PONG,
	IPC_DRAIN
};

struct message {
	enum ipc_kind kind;
	uint64_t id; /* pairs answer with question; chosen by the asker */
	struct bytes payload;
	int fd; /* -1: none; received: owned by the receiver */
};

struct err *ipc_pair(int fds[2]) MUST_CHECK;                       /* connected sockets, close-on-exec, non-blocking */
struct err *ipc_send(int fd, const struct message *m) MUST_CHECK;  /* ERR_BUSY when the queue is full */
/* false in *got_out: nothing there now. ERR_IO: the other side is gone. Payload on the arena. */
struct err *ipc_receive(struct arena *a, int fd, struct message *out, bool *got_out) MUST_CHECK;
struct err *ipc_listen(const char *path, int *fd_out) MUST_CHECK;  /* mode 0600 */
struct err *ipc_connect(const char *path, int *fd_out) MUST_CHECK; /* ERR_NOT_FOUND when nobody listens */

/* Packing: a reader that runs past the end or leaves bytes over says so. */
struct packer {
	struct buf buf;
};
void pack_begin(struct packer *p, struct arena *a);
void pack_int(struct packer *p, int64_t n);
void pack_text(struct packer *p, const char *s); /* NULL kept apart from "" */
void pack_bytes(struct packer *p, struct bytes b);
void pack_pairs(struct packer *p, const struct pairs *pairs);
struct bytes pack_end(struct packer *p);

struct unpacker {
	struct arena *arena;
	const unsigned char *p;
	size_t n;
	bool bad;
};
void unpack_begin(struct unpacker *u, struct arena *a, struct bytes b);
int64_t unpack_int(struct unpacker *u);
const char *unpack_text(struct unpacker *u);
struct bytes unpack_bytes(struct unpacker *u);
void unpack_pairs(struct unpacker *u, struct pairs *out);
struct err *unpack_end(struct unpacker *u) MUST_CHECK;

#endif
