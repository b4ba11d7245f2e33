#include "core/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"

/* ---- files: Landlock ---- */

/* Rights that later kernels know and this header may not (landlock.h of Linux 6.2 and 6.7). */
#define FS_TRUNCATE (UINT64_C(1) << 14)
#define NET_TCP UINT64_C(3) /* bind and connect */

enum { ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_NET = 4 };

struct ruleset { /* landlock_ruleset_attr as of ABI 4 */
	uint64_t handled_access_fs, handled_access_net;
};

#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_WRITE                                                                                    \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | \
	 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR)
#define FS_NEVER                                                                                    \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |        \
	 LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

static bool allow_beneath(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access = access,
						      .parent_fd = open(path, O_PATH | O_CLOEXEC) };

	if (beneath.parent_fd < 0) {
		return false;
	}
	long added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	close(beneath.parent_fd);
	return added == 0;
}

static bool shut_files(enum sandbox kind, const char *data, bool server)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset attr = { .handled_access_fs = FS_READ | FS_WRITE | FS_NEVER };
	size_t size = abi >= ABI_NET ? sizeof(attr) : sizeof(attr.handled_access_fs);
	uint64_t truncate = abi >= ABI_TRUNCATE ? FS_TRUNCATE : 0;

	if (abi < 1) {
		return false;
	}
	attr.handled_access_fs |= truncate | (abi >= ABI_REFER ? LANDLOCK_ACCESS_FS_REFER : 0);
	attr.handled_access_net = abi >= ABI_NET && !server ? NET_TCP : 0;
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, size, 0);
	if (rules < 0) {
		return false;
	}
	bool good = allow_beneath(rules, data, kind == SANDBOX_KEEPER ? FS_READ | FS_WRITE | truncate : FS_READ) &&
		    syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return good;
}

/* ---- system calls: seccomp ---- */

/* Nobody here runs programs, makes processes, traces, mounts, loads code into the kernel or sets the clock. */
static const int never[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(clone), SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kill), SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
	SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(init_module), SCMP_SYS(finit_module),
	SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(keyctl),
	SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup),
	SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register), SCMP_SYS(personality), SCMP_SYS(open_by_handle_at),
	SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex),
	SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid), SCMP_SYS(setregid), SCMP_SYS(setresuid),
	SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(symlink),
	SCMP_SYS(symlinkat), SCMP_SYS(mknod), SCMP_SYS(mknodat),
};

static bool deny(scmp_filter_ctx filter, const int *calls, size_t n)
{
	bool good = true;

	for (size_t i = 0; i < n; i++) {
		good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0) == 0 && good;
	}
	return good;
}

/* A lost line to the server of the store is opened again by whoever has one: streams, and no other kind. */
static bool allow_server(scmp_filter_ctx filter)
{
	struct scmp_arg_cmp families = { .arg = 0, .op = SCMP_CMP_GT, .datum_a = AF_INET6 };
	struct scmp_arg_cmp datagrams = { .arg = 1, .op = SCMP_CMP_MASKED_EQ, .datum_a = 0xf, .datum_b = SOCK_DGRAM };
	struct scmp_arg_cmp raw = { .arg = 1, .op = SCMP_CMP_MASKED_EQ, .datum_a = 0xf, .datum_b = SOCK_RAW };

	return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, &families) == 0 &&
	       seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, &datagrams) == 0 &&
	       seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, &raw) == 0;
}

static bool shut_calls(enum sandbox kind, bool server)
{
	static const int sockets[] = { SCMP_SYS(socket), SCMP_SYS(connect) };
	static const int changes[] = {
		SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
		SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(link), SCMP_SYS(linkat),
		SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchownat), SCMP_SYS(truncate),
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	if (filter == NULL) {
		return false;
	}
	bool good = deny(filter, never, sizeof(never) / sizeof(*never));
	/* glibc tries clone3 first and must hear that there is none, or it gives up in another way. */
	good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 && good;
	if (server) {
		good = allow_server(filter) && good;
	} else if (kind == SANDBOX_JOBS) {
		struct scmp_arg_cmp other = { .arg = 0, .op = SCMP_CMP_NE, .datum_a = AF_UNIX };
		good = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, &other) == 0 && good;
	} else {
		good = deny(filter, sockets, 2) && good;
	}
	if (kind != SANDBOX_KEEPER) {
		good = deny(filter, changes, sizeof(changes) / sizeof(*changes)) && good;
	}
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree: a page makes many calls */
	good = seccomp_load(filter) == 0 && good;
	seccomp_release(filter);
	return good;
}

void sandbox_enter(enum sandbox kind, const struct settings *settings)
{
	bool server = !text_empty(settings->database);

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (!shut_files(kind, settings->data, server)) {
		log_line(LOG_NOTICE, "this kernel has no Landlock: files outside the data directory stay in reach");
	}
	if (!shut_calls(kind, server)) {
		log_line(LOG_WARN, "seccomp could not be put on: system calls are not limited");
	}
}
