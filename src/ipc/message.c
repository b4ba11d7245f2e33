/*
 * Messages over sequenced-packet sockets. A packet is a header and, when it is short, the payload.
 * A longer payload rides along as a memory file that its sender has sealed: the receiver looks at
 * the seals, so that what it read once cannot change under it.
 */
#include "ipc/ipc.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"

enum {
	INLINE_MAX = 32 * 1024,          /* well under the socket buffer, so that several fit */
	PAYLOAD_MAX = 64 * 1024 * 1024,
	MAGIC = 0x64723031,              /* "dr01" */
	IN_FILE = 1,                     /* flag: the payload is the first descriptor */
	HAS_FD = 2,                      /* flag: the last descriptor is the message's own */
	SEALS = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW
};

struct header {
	uint32_t magic;
	uint32_t kind;
	uint64_t id;
	uint64_t length;
	uint32_t flags;
	uint32_t zero;
};

struct err *ipc_pair(int fds[2])
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) != 0) {
		return ERR_DETAIL(ERR_IO, "socketpair: %s", strerror(errno));
	}
	return NULL;
}

static struct err *payload_file(struct bytes payload, int *fd_out)
{
	int fd = memfd_create("dueregard-message", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	size_t done = 0;

	if (fd < 0) {
		return ERR_DETAIL(ERR_IO, "memfd_create: %s", strerror(errno));
	}
	while (done < payload.n) {
		ssize_t n = write(fd, payload.p + done, payload.n - done);
		if (n <= 0) {
			struct err *e = ERR_DETAIL(ERR_IO, "memory file: %s", strerror(errno));
			close(fd);
			return e;
		}
		done += (size_t)n;
	}
	if (fcntl(fd, F_ADD_SEALS, SEALS) != 0) {
		struct err *e = ERR_DETAIL(ERR_IO, "sealing: %s", strerror(errno));
		close(fd);
		return e;
	}
	*fd_out = fd;
	return NULL;
}

/* Descriptors of a packet: at most the payload and one of the message's own. */
union control {
	struct cmsghdr align;
	char space[CMSG_SPACE(2 * sizeof(int))];
};

static void attach(struct msghdr *mh, union control *control, const int *fds, size_t n)
{
	if (n == 0) {
		return;
	}
	memset(control, 0, sizeof(*control));
	mh->msg_control = control->space;
	mh->msg_controllen = CMSG_SPACE(n * sizeof(int));
	struct cmsghdr *c = CMSG_FIRSTHDR(mh);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(n * sizeof(int));
	memcpy(CMSG_DATA(c), fds, n * sizeof(int));
}

static struct err *send_error(int saved)
{
	if (saved == EAGAIN || saved == EWOULDBLOCK || saved == ENOBUFS) {
		return ERR(ERR_BUSY, "The service is busy. Wait a moment and try again.");
	}
	return ERR_DETAIL(ERR_IO, "sendmsg: %s", strerror(saved));
}

struct err *ipc_send(int fd, const struct message *m)
{
	struct header h = { .magic = MAGIC, .kind = (uint32_t)m->kind, .id = m->id, .length = m->payload.n };
	int fds[2];
	size_t n_fds = 0;
	int file = -1;
	union control control;

	if (m->payload.n > PAYLOAD_MAX) {
		return ERR(ERR_LIMIT, "That is too much to send at once. Send less.");
	}
	if (m->payload.n > INLINE_MAX) {
		TRY(payload_file(m->payload, &file));
		h.flags |= IN_FILE;
		fds[n_fds++] = file;
	}
	if (m->fd >= 0) {
		h.flags |= HAS_FD;
		fds[n_fds++] = m->fd;
	}
	struct iovec iov[2] = { { &h, sizeof(h) },
				{ (void *)(uintptr_t)m->payload.p, file < 0 ? m->payload.n : 0 } };
	struct msghdr mh = { .msg_iov = iov, .msg_iovlen = 2 };
	attach(&mh, &control, fds, n_fds);
	ssize_t sent;
	do {
		sent = sendmsg(fd, &mh, MSG_NOSIGNAL | MSG_DONTWAIT);
	} while (sent < 0 && errno == EINTR);
	int saved = errno;
	if (file >= 0) {
		close(file);
	}
	return sent < 0 ? send_error(saved) : NULL;
}

static size_t detach(struct msghdr *mh, int fds[2])
{
	size_t n = 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(mh); c != NULL; c = CMSG_NXTHDR(mh, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) {
			continue;
		}
		size_t here = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < here; i++) {
			int fd;
			memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof(int));
			if (n < 2) {
				fds[n++] = fd;
			} else {
				close(fd);
			}
		}
	}
	return n;
}

static struct err *read_file(struct arena *a, int fd, uint64_t length, struct bytes *out)
{
	struct stat st;
	int seals = fcntl(fd, F_GET_SEALS);

	if (seals < 0 || (seals & SEALS) != SEALS || fstat(fd, &st) != 0 || length > PAYLOAD_MAX ||
	    st.st_size != (off_t)length) {
		return ERR_DETAIL(ERR_BUG, "a message's memory file is not sealed or not of its length");
	}
	unsigned char *p = arena_alloc(a, (size_t)length);
	for (size_t done = 0; done < length;) {
		ssize_t n = pread(fd, p + done, (size_t)length - done, (off_t)done);
		if (n <= 0) {
			return ERR_DETAIL(ERR_IO, "memory file: %s", strerror(errno));
		}
		done += (size_t)n;
	}
	*out = (struct bytes){ p, (size_t)length };
	return NULL;
}

/* What was received, put together; takes no descriptor unless it succeeds. */
static struct err *assemble(struct arena *a, const struct header *h, const unsigned char *inlined,
			    size_t n_inlined, const int *fds, size_t n_fds, struct message *out)
{
	size_t wanted = ((h->flags & IN_FILE) != 0) + (size_t)((h->flags & HAS_FD) != 0);

	if (h->magic != MAGIC || wanted != n_fds) {
		return ERR_DETAIL(ERR_BUG, "a packet between processes is not a message");
	}
	*out = (struct message){ .kind = (enum ipc_kind)h->kind, .id = h->id, .fd = -1 };
	if ((h->flags & IN_FILE) != 0) {
		TRY(read_file(a, fds[0], h->length, &out->payload));
	} else if (h->length != n_inlined) {
		return ERR_DETAIL(ERR_BUG, "a packet between processes is cut short");
	} else if (n_inlined > 0) {
		unsigned char *p = arena_alloc(a, n_inlined);
		memcpy(p, inlined, n_inlined);
		out->payload = (struct bytes){ p, n_inlined };
	}
	if ((h->flags & HAS_FD) != 0) {
		out->fd = fds[n_fds - 1];
	}
	return NULL;
}

struct err *ipc_receive(struct arena *a, int fd, struct message *out, bool *got_out)
{
	struct header h;
	unsigned char inlined[INLINE_MAX];
	struct iovec iov[2] = { { &h, sizeof(h) }, { inlined, sizeof(inlined) } };
	union control control;
	struct msghdr mh = { .msg_iov = iov, .msg_iovlen = 2, .msg_control = control.space,
			     .msg_controllen = sizeof(control.space) };
	int fds[2] = { -1, -1 };
	ssize_t n;

	*got_out = false;
	do {
		n = recvmsg(fd, &mh, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	} while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
		return NULL;
	}
	if (n <= 0) {
		return ERR_DETAIL(ERR_IO, "recvmsg: %s", n == 0 ? "the other side is gone" : strerror(errno));
	}
	size_t n_fds = detach(&mh, fds);
	struct err *e;
	if ((size_t)n < sizeof(h) || (mh.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		e = ERR_DETAIL(ERR_BUG, "a packet between processes is cut short");
	} else {
		e = assemble(a, &h, inlined, (size_t)n - sizeof(h), fds, n_fds, out);
	}
	for (size_t i = 0; i < n_fds; i++) {
		if (e != NULL || fds[i] != out->fd) {
			close(fds[i]);
		}
	}
	*got_out = e == NULL;
	return e;
}

static struct err *address_of(const char *path, struct sockaddr_un *out)
{
	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(out->sun_path)) {
		return ERR(ERR_USAGE, "The path of the data directory is too long for a socket in it. "
			   "Use a directory whose path is shorter than 95 characters.");
	}
	memcpy(out->sun_path, path, strlen(path) + 1);
	return NULL;
}

struct err *ipc_listen(const char *path, int *fd_out)
{
	struct sockaddr_un address;

	TRY(address_of(path, &address));
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		return ERR_DETAIL(ERR_IO, "socket: %s", strerror(errno));
	}
	unlink(path);
	mode_t mask = umask(0177);
	int bound = bind(fd, (const struct sockaddr *)&address, sizeof(address));
	int saved = errno;
	umask(mask);
	if (bound != 0 || listen(fd, 16) != 0) {
		saved = bound != 0 ? saved : errno;
		close(fd);
		return ERR(ERR_IO, "The program cannot make the socket “control” in the data directory: "
				"%s. Look at the directory's permissions.", strerror(saved));
	}
	*fd_out = fd;
	return NULL;
}

struct err *ipc_connect(const char *path, int *fd_out)
{
	struct sockaddr_un address;

	TRY(address_of(path, &address));
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		return ERR_DETAIL(ERR_IO, "socket: %s", strerror(errno));
	}
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0) {
		*fd_out = fd;
		return NULL;
	}
	int saved = errno;
	close(fd);
	if (saved == ENOENT || saved == ECONNREFUSED) {
		return ERR(ERR_NOT_FOUND, "The service is not running.");
	}
	if (saved == EAGAIN) {
		return ERR(ERR_BUSY, "The service is busy. Wait a moment and try again.");
	}
	return ERR_DETAIL(ERR_IO, "connect: %s", strerror(saved));
}
