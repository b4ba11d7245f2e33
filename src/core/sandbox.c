/* What files and ports a role reaches: Landlock (landlock(7)), by what the kernel here knows of it. */
#include "core/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/data.h"

/* Rights that later kernels know and this header may not (landlock.h of Linux 6.2, 6.7, 6.10 and 6.12). */
#define FS_TRUNCATE (UINT64_C(1) << 14)
#define FS_IOCTL_DEV (UINT64_C(1) << 15)
#define NET_BIND UINT64_C(1)
#define NET_CONNECT UINT64_C(2)
#define SCOPE_BOTH UINT64_C(3) /* abstract sockets and signals of processes outside */
#define RULE_NET_PORT 2
#define MDWE_SET 65 /* prctl PR_SET_MDWE, Linux 6.3 */
#define MDWE_REFUSE_EXEC_GAIN 1

enum { ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_NET = 4, ABI_IOCTL = 5, ABI_SCOPE = 6 };

struct ruleset { /* landlock_ruleset_attr as of ABI 6 */
	uint64_t fs, net, scoped;
};
struct net_port { /* landlock_net_port_attr */
	uint64_t allowed_access, port;
};

#define FS_READ ((uint64_t)(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR))
#define FS_WRITE                                                                                              \
	((uint64_t)(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | \
		    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR))
#define FS_NEVER                                                                                              \
	((uint64_t)(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |       \
		    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM))
#define FS_OF_A_FILE ((uint64_t)(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE) | FS_TRUNCATE)

struct walls { /* being put up */
	int rules; /* -1: none */
	struct ruleset handled;
	bool good;
	int why; /* errno of what went wrong */
};

static long abi(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

/* errno is of the call that `good` is of. */
static void went(struct walls *w, bool good)
{
	w->why = w->good && !good ? errno : w->why;
	w->good = w->good && good;
}

/* As much of what is wanted as this kernel knows. */
static struct walls walls_begin(struct ruleset wanted)
{
	long version = abi();
	size_t size = version >= ABI_SCOPE ? sizeof(wanted) : version >= ABI_NET ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
	struct walls w = { .rules = -1, .good = true };

	went(&w, version >= 1);
	if (!w.good) {
		return w;
	}
	wanted.fs &= version >= ABI_TRUNCATE ? ~UINT64_C(0) : ~FS_TRUNCATE;
	wanted.fs &= version >= ABI_IOCTL ? ~UINT64_C(0) : ~FS_IOCTL_DEV;
	wanted.fs |= version >= ABI_REFER ? LANDLOCK_ACCESS_FS_REFER : 0;
	w.rules = (int)syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
	w.handled = wanted;
	went(&w, w.rules >= 0);
	return w;
}

/* A directory with what is in it, or a file; one that is not there is not allowed. */
static void allow_path(struct walls *w, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr beneath = { .parent_fd = w->good ? open(path, O_PATH | O_CLOEXEC) : -1 };
	struct stat st;

	if (beneath.parent_fd < 0) {
		return;
	}
	if (fstat(beneath.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode)) {
		access &= FS_OF_A_FILE;
	}
	beneath.allowed_access = access & w->handled.fs;
	went(w, beneath.allowed_access == 0 ||
			syscall(SYS_landlock_add_rule, w->rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0);
	close(beneath.parent_fd);
}

static void allow_port(struct walls *w, uint16_t port)
{
	const struct net_port rule = { NET_CONNECT, port };

	if (w->good && abi() >= ABI_NET) {
		went(w, syscall(SYS_landlock_add_rule, w->rules, RULE_NET_PORT, &rule, 0) == 0);
	}
}

static bool walls_close(struct walls *w)
{
	if (w->good) {
		went(w, syscall(SYS_landlock_restrict_self, w->rules, 0) == 0);
	}
	if (w->rules >= 0) {
		close(w->rules);
	}
	return w->good;
}

void sandbox_before_store(const struct settings *settings)
{
	struct arena *a = arena_new(64 * 1024);

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	struct walls w = walls_begin((struct ruleset){ .fs = FS_WRITE | FS_NEVER | FS_TRUNCATE });
	allow_path(&w, data_path(a, settings, DATA_STORE "-shm"), FS_WRITE | FS_TRUNCATE);
	(void)walls_close(&w); /* sandbox_enter() tells when there are none */
	arena_free(&a);
}

/* The parent's children open the store, look up a host name and read certificates before they shut themselves in,
 * so here reading stays free. */
static struct walls walls_of_parent(struct arena *a, const struct settings *settings)
{
	bool server = db_is_server(settings->database);
	struct walls w = walls_begin((struct ruleset){ FS_WRITE | FS_TRUNCATE | FS_NEVER,
						       server ? NET_BIND : NET_BIND | NET_CONNECT, SCOPE_BOTH });

	allow_path(&w, settings->data, FS_WRITE | FS_TRUNCATE);
	if (text_starts(settings->listen, "unix:")) { /* it takes its socket away at the end */
		const char *path = settings->listen + strlen("unix:");
		const char *slash = strrchr(path, '/');
		const char *folder = slash == NULL ? "." : slash == path ? "/" : arena_strndup(a, path, (size_t)(slash - path));
		allow_path(&w, folder, LANDLOCK_ACCESS_FS_REMOVE_FILE);
	}
	return w;
}

static struct walls walls_of_role(struct arena *a, enum sandbox kind, const struct settings *settings,
				  const struct db_reach *reach)
{
	struct walls w = walls_begin((struct ruleset){ FS_READ | FS_WRITE | FS_TRUNCATE | FS_IOCTL_DEV | FS_NEVER,
						       NET_BIND | NET_CONNECT, SCOPE_BOTH });

	if (kind == SANDBOX_KEEPER) {
		allow_path(&w, settings->data, FS_READ | FS_WRITE | FS_TRUNCATE);
	}
	if (kind == SANDBOX_JOBS) {
		allow_path(&w, data_path(a, settings, DATA_IMPORTS), FS_READ);
		allow_path(&w, data_path(a, settings, DATA_HOST), FS_READ);
	}
	for (size_t i = 0; i < reach->n_files; i++) {
		allow_path(&w, reach->files[i], FS_READ);
	}
	for (size_t i = 0; i < reach->n_ports; i++) {
		allow_port(&w, reach->ports[i]);
	}
	return w;
}

/* The parent's children look the host of the store up and connect to it, and jobs connects to the keeper. */
static bool shut_calls(enum sandbox kind, const struct settings *settings, const struct db_reach *reach)
{
	static const int every[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };
	int families[4];
	struct sandbox_calls calls = { .kind = kind, .families = families,
				       .opens = kind == SANDBOX_KEEPER || kind == SANDBOX_JOBS ||
						db_is_server(settings->database) }; /* libpq looks for its files anew */

	if (kind == SANDBOX_PARENT && db_is_server(settings->database)) {
		calls.families = every;
		calls.n_families = sizeof(every) / sizeof(*every);
		return sandbox_shut_calls(&calls);
	}
	if (kind == SANDBOX_PARENT || reach->local) {
		families[calls.n_families++] = AF_UNIX;
	}
	if (reach->n_ports > 0) {
		families[calls.n_families++] = AF_INET;
		families[calls.n_families++] = AF_INET6;
	}
	return sandbox_shut_calls(&calls);
}

/* A kernel without it, or told not to use it, and a filter around us that refuses its calls (systemd's, a container's). */
static void tell_no_walls(int why)
{
	if (why == ENOSYS || why == EOPNOTSUPP) {
		log_line(LOG_NOTICE, "this kernel has no Landlock: files outside the data directory stay in reach");
		return;
	}
	log_line(LOG_WARN, "Landlock is refused here (%s): files outside the data directory stay in reach. "
			   "Allow its calls as docs/systemd/dueregard.service does", strerror(why));
}

void sandbox_enter(enum sandbox kind, const struct settings *settings)
{
	struct arena *a = arena_new(64 * 1024);
	bool parent = kind == SANDBOX_PARENT;
	struct db_reach reach = { 0 };

	if (!parent) {
		db_reach(a, data_store(a, settings, kind == SANDBOX_KEEPER ? DB_WRITE : DB_READ), &reach);
	}
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(MDWE_SET, MDWE_REFUSE_EXEC_GAIN, 0, 0, 0); /* where it is known: no code that was data */
	struct walls w = parent ? walls_of_parent(a, settings) : walls_of_role(a, kind, settings, &reach);
	if (!walls_close(&w)) {
		tell_no_walls(w.why);
	}
	if (!shut_calls(kind, settings, &reach)) {
		log_line(LOG_WARN, "seccomp could not be put on: system calls are not limited");
	}
	arena_free(&a);
}
