/* The address of the service: bound once, by the parent, and inherited by every web process. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/serve.h"

enum { BACKLOG = 511, SYSTEMD_FD = 3 };

static struct err *not_an_address(const char *listen)
{
	return ERR(ERR_USAGE, "“%s” is not an address to listen on. Write 127.0.0.1:8080, [::1]:8080, unix:/path or systemd",
		   listen);
}

static struct err *cannot(const char *listen, int why)
{
	if (why == EADDRINUSE) {
		return ERR(ERR_BUSY, "Another program is using %s. Stop it, or listen elsewhere: --listen 127.0.0.1:8081",
			   listen);
	}
	return ERR(ERR_USAGE, "The program cannot listen on %s: %s", listen, strerror(why));
}

union any_address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
};

/* "host:port" with a numeric host; names are not looked up, as a start must not wait for a network. */
static bool parse_address(struct arena *a, const char *listen, union any_address *out, socklen_t *n)
{
	const char *colon = strrchr(listen, ':');
	int64_t port;

	if (colon == NULL || !text_to_int(colon + 1, 0, 65535, &port)) {
		return false;
	}
	const char *host = arena_strndup(a, listen, (size_t)(colon - listen));
	if (text_same(host, "localhost")) {
		host = "127.0.0.1";
	}
	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, host, &out->in.sin_addr) == 1) {
		out->in.sin_family = AF_INET;
		out->in.sin_port = htons((uint16_t)port);
		*n = sizeof(out->in);
		return true;
	}
	size_t length = strlen(host);
	if (length < 4 || host[0] != '[' || host[length - 1] != ']') {
		return false;
	}
	out->in6.sin6_family = AF_INET6;
	out->in6.sin6_port = htons((uint16_t)port);
	*n = sizeof(out->in6);
	return inet_pton(AF_INET6, arena_strndup(a, host + 1, length - 2), &out->in6.sin6_addr) == 1;
}

/* As bound: the port may have been 0. */
static const char *address_of(struct arena *a, int fd)
{
	union any_address at;
	socklen_t n = sizeof(at);
	char host[INET6_ADDRSTRLEN] = "";

	if (getsockname(fd, &at.any, &n) != 0) {
		return "";
	}
	if (at.any.sa_family == AF_INET) {
		inet_ntop(AF_INET, &at.in.sin_addr, host, sizeof(host));
		return arena_printf(a, "http://%s:%d", host, ntohs(at.in.sin_port));
	}
	if (at.any.sa_family == AF_INET6) {
		inet_ntop(AF_INET6, &at.in6.sin6_addr, host, sizeof(host));
		return arena_printf(a, "http://[%s]:%d", host, ntohs(at.in6.sin6_port));
	}
	return arena_printf(a, "unix:%s", n > offsetof(struct sockaddr_un, sun_path) ? at.un.sun_path : "");
}

static struct err *listen_tcp(struct arena *a, const char *listen_at, int *fd_out)
{
	union any_address at;
	socklen_t n;
	int on = 1;

	if (!parse_address(a, listen_at, &at, &n)) {
		return not_an_address(listen_at);
	}
	int fd = socket(at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		return cannot(listen_at, errno);
	}
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)); /* accepted sockets inherit it */
	if (bind(fd, &at.any, n) != 0 || listen(fd, BACKLOG) != 0) {
		int why = errno;
		close(fd);
		return cannot(listen_at, why);
	}
	*fd_out = fd;
	return NULL;
}

/* For a proxy on the same host: its permissions are those of the socket's file, owner and group. */
static struct err *listen_unix(const char *path, int *fd_out)
{
	union any_address at = { .un = { .sun_family = AF_UNIX } };
	struct stat st;

	if (path[0] == '\0' || strlen(path) >= sizeof(at.un.sun_path)) {
		return not_an_address(path);
	}
	memcpy(at.un.sun_path, path, strlen(path) + 1);
	if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode)) {
		unlink(path); /* of an earlier run: the lock on the data directory says that it is over */
	}
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mode_t mask = umask(0117);
	int bound = fd < 0 ? -1 : bind(fd, &at.any, sizeof(at.un));
	int why = errno;
	umask(mask);
	if (bound != 0 || listen(fd, BACKLOG) != 0) {
		why = bound != 0 ? why : errno;
		if (fd >= 0) {
			close(fd);
		}
		return cannot(path, why);
	}
	*fd_out = fd;
	return NULL;
}

/* ---- a socket that systemd has opened ---- */

static const char *variable(const char *const *environment, const char *name)
{
	size_t n = strlen(name);

	for (const char *const *e = environment; e != NULL && *e != NULL; e++) {
		if (strncmp(*e, name, n) == 0 && (*e)[n] == '=') {
			return *e + n + 1;
		}
	}
	return "";
}

/* sd_listen_fds(3): the variables are meant for the process whose number LISTEN_PID is; the first of LISTEN_FDS
 * descriptors is 3. A socket kept by systemd stays open while the service starts anew: who comes in between waits. */
static struct err *listen_systemd(const char *const *environment, int *fd_out)
{
	int64_t pid, n_fds;
	int listening = 0, type = 0, on = 1;
	socklen_t n = sizeof(int);

	if (!text_to_int(variable(environment, "LISTEN_PID"), 1, INT32_MAX, &pid) || pid != getpid() ||
	    !text_to_int(variable(environment, "LISTEN_FDS"), 1, INT32_MAX, &n_fds)) {
		return ERR(ERR_USAGE, "The service was told to take its socket from systemd and has none. Start it by its socket "
			   "unit, or set listen to an address");
	}
	if (n_fds != 1) {
		return ERR(ERR_USAGE, "systemd has opened %lld sockets for the service, which takes one. Leave one ListenStream= "
			   "in the socket unit", (long long)n_fds);
	}
	if (getsockopt(SYSTEMD_FD, SOL_SOCKET, SO_ACCEPTCONN, &listening, &n) != 0 || listening == 0 ||
	    getsockopt(SYSTEMD_FD, SOL_SOCKET, SO_TYPE, &type, &n) != 0 || type != SOCK_STREAM) {
		return ERR(ERR_USAGE, "What systemd has opened for the service is not a listening stream socket. Use "
			   "ListenStream= with Accept=no in the socket unit");
	}
	fcntl(SYSTEMD_FD, F_SETFD, FD_CLOEXEC);
	fcntl(SYSTEMD_FD, F_SETFL, fcntl(SYSTEMD_FD, F_GETFL) | O_NONBLOCK);
	setsockopt(SYSTEMD_FD, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)); /* fails on a Unix socket, which has no delay */
	*fd_out = SYSTEMD_FD;
	return NULL;
}

struct err *serve_listen(struct arena *a, const char *listen_at, const char *const *environment, int *fd_out,
			 const char **address_out)
{
	if (text_same(listen_at, "systemd")) {
		TRY(listen_systemd(environment, fd_out));
	} else if (text_starts(listen_at, "unix:")) {
		TRY(listen_unix(listen_at + strlen("unix:"), fd_out));
	} else {
		TRY(listen_tcp(a, listen_at, fd_out));
	}
	*address_out = address_of(a, *fd_out);
	return NULL;
}
