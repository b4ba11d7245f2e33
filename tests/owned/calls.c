/* Programs, processes, the network, other processes, the kernel. Whatever goes through is undone. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "tests/owned/owned.h"

enum { PAGE = 4096, IO_URING_PARAMS = 120 };

static int result_of(long r)
{
	return r >= 0 ? 0 : errno;
}

static int closed(int fd)
{
	int result = result_of(fd);

	if (fd >= 0) {
		close(fd);
	}
	return result;
}

/* ---- programs and processes ---- */

/* In a child where there can be one, as a program that runs does not come back. */
static int run_program(bool at)
{
	static char *const argv[] = { (char *)(uintptr_t) "true", NULL };
	static char *const none[] = { NULL };
	pid_t pid = fork();
	int status = 0;

	if (pid > 0) {
		waitpid(pid, &status, 0);
		return WEXITSTATUS(status);
	}
	if (at) {
		syscall(SYS_execveat, AT_FDCWD, "/bin/true", argv, none, 0);
	} else {
		execve("/bin/true", argv, none);
	}
	if (pid == 0) {
		_exit(errno);
	}
	return errno;
}

static int run_execve(const struct owned *o, pid_t victim)
{
	return run_program(false);
}

static int run_execveat(const struct owned *o, pid_t victim)
{
	return run_program(true);
}

/* A process was made: it ends at once. */
static int made(long pid)
{
	if (pid == 0) {
		_exit(0);
	}
	if (pid > 0) {
		waitpid((pid_t)pid, NULL, 0);
	}
	return result_of(pid);
}

static int try_fork(const struct owned *o, pid_t victim)
{
	return made(fork());
}

static int try_vfork(const struct owned *o, pid_t victim)
{
	pid_t pid = vfork();

	if (pid == 0) {
		_exit(0);
	}
	return made(pid);
}

static int try_clone(const struct owned *o, pid_t victim)
{
	return made(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL));
}

static int try_clone3(const struct owned *o, pid_t victim)
{
	uint64_t args[11] = { [4] = SIGCHLD }; /* struct clone_args: exit_signal */

	return made(syscall(SYS_clone3, args, sizeof(args)));
}

static int clone_namespace(const struct owned *o, pid_t victim)
{
	return made(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL));
}

/* ---- the network ---- */

static int tcp(const struct owned *o, pid_t victim)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(o->tcp_port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int result = fd < 0 ? errno : result_of(connect(fd, (const struct sockaddr *)&at, sizeof(at)));

	close(fd);
	return result;
}

static int udp(const struct owned *o, pid_t victim)
{
	return closed(socket(AF_INET, SOCK_DGRAM, 0));
}

static int raw(const struct owned *o, pid_t victim)
{
	return closed(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
}

static int packet(const struct owned *o, pid_t victim)
{
	return closed(socket(AF_PACKET, SOCK_RAW, 0));
}

static int netlink(const struct owned *o, pid_t victim)
{
	return closed(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
}

static int control(const struct owned *o, pid_t victim)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%.80s/control", o->data);
	int result = fd < 0 ? errno : result_of(connect(fd, (const struct sockaddr *)&at, sizeof(at)));
	close(fd);
	return result;
}

/* By the kind of socket that a role has for a server. */
static int control_stream(const struct owned *o, pid_t victim)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%.80s/control", o->data);
	int result = fd < 0 ? errno : result_of(connect(fd, (const struct sockaddr *)&at, sizeof(at)));
	close(fd);
	return result == EPROTOTYPE ? EPERM : result; /* the kernel's word for another kind */
}

/* A socket of any kind that the role can have: of its own or one that it inherited. */
static int some_socket(bool *own)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	int type;
	socklen_t n = sizeof(type);

	*own = fd >= 0;
	for (int i = 3; fd < 0 && i < 1024; i++) {
		if (getsockopt(i, SOL_SOCKET, SO_TYPE, &type, &n) == 0) {
			fd = i;
		}
	}
	return fd;
}

static int bind_or_listen(const struct owned *o, bool listens)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	bool own;
	int fd = some_socket(&own);

	snprintf(at.sun_path, sizeof(at.sun_path), "%.80s/bound", o->data);
	int bound = result_of(bind(fd, (const struct sockaddr *)&at, sizeof(at)));
	int result = listens ? result_of(listen(fd, 1)) : bound;
	unlink(at.sun_path);
	if (own) {
		close(fd);
	}
	return result;
}

static int try_bind(const struct owned *o, pid_t victim)
{
	return bind_or_listen(o, false);
}

static int try_listen(const struct owned *o, pid_t victim)
{
	return bind_or_listen(o, true);
}

/* ---- other processes ---- */

static int trace(const struct owned *o, pid_t victim)
{
	int result = result_of(ptrace(PTRACE_ATTACH, victim, NULL, NULL));

	if (result == 0) {
		waitpid(victim, NULL, __WALL);
		ptrace(PTRACE_DETACH, victim, NULL, NULL);
	}
	return result;
}

static int read_memory(const struct owned *o, pid_t victim)
{
	static char there = 1, here;
	struct iovec local = { &here, 1 }, remote = { &there, 1 };

	return result_of(process_vm_readv(victim, &local, 1, &remote, 1, 0));
}

static int open_memory(const struct owned *o, pid_t victim)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)victim);
	return closed(open(path, O_RDWR));
}

static int take_descriptor(const struct owned *o, pid_t victim)
{
	int pidfd = (int)syscall(SYS_pidfd_open, victim, 0);
	int result = pidfd < 0 ? errno : closed((int)syscall(SYS_pidfd_getfd, pidfd, 2, 0));

	close(pidfd);
	return result;
}

static int signal_parent(const struct owned *o, pid_t victim)
{
	return result_of(kill(getppid(), 0));
}

static int signal_keeper(const struct owned *o, pid_t victim)
{
	return result_of(kill(victim, 0));
}

static int limit_other(const struct owned *o, pid_t victim)
{
	struct rlimit as_it_is;

	getrlimit(RLIMIT_CPU, &as_it_is);
	return result_of(syscall(SYS_prlimit64, victim, RLIMIT_CPU, &as_it_is, NULL));
}

static int leave_dump(const struct owned *o, pid_t victim)
{
	struct rlimit most;
	int dumpable = prctl(PR_GET_DUMPABLE); /* -1: the role may not even ask; the parent set it for all */

	getrlimit(RLIMIT_CORE, &most);
	return most.rlim_cur > 0 || most.rlim_max > 0 || (dumpable == 1 && !SANITIZED) ? 0 : EPERM;
}

/* ---- the kernel ---- */

static int write_and_run(const struct owned *o, pid_t victim)
{
	void *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : result_of(munmap(p, PAGE));
}

static int write_then_run(const struct owned *o, pid_t victim)
{
	void *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int result = p == MAP_FAILED ? ENOMEM : result_of(mprotect(p, PAGE, PROT_READ | PROT_EXEC));

	munmap(p, PAGE);
	return result;
}

static int io_uring(const struct owned *o, pid_t victim)
{
	char params[IO_URING_PARAMS] = { 0 };

	return closed((int)syscall(SYS_io_uring_setup, 1, params));
}

static int faults_of_memory(const struct owned *o, pid_t victim)
{
	return closed((int)syscall(SYS_userfaultfd, O_CLOEXEC));
}

static int bpf_map(const struct owned *o, pid_t victim)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1 };

	return closed((int)syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr)));
}

static int perf(const struct owned *o, pid_t victim)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE, .size = sizeof(attr), .disabled = 1, .exclude_kernel = 1 };

	return closed((int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0));
}

static int keyring(const struct owned *o, pid_t victim)
{
	return result_of(syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 1));
}

static int other_user(const struct owned *o, pid_t victim)
{
	return result_of(setresuid(getuid(), getuid(), getuid()));
}

static int try_mount(const struct owned *o, pid_t victim)
{
	int result = result_of(mount("none", o->outside, "tmpfs", 0, NULL));

	if (result == 0) {
		umount2(o->outside, MNT_DETACH);
	}
	return result;
}

static int try_chroot(const struct owned *o, pid_t victim)
{
	return result_of(chroot("/"));
}

static int try_unshare(const struct owned *o, pid_t victim)
{
	return result_of(unshare(CLONE_FS));
}

static int try_personality(const struct owned *o, pid_t victim)
{
	return result_of(personality(0xffffffff));
}

const struct attempt call_attempts[] = {
	{ "execve", run_execve, 0, 0, true, 0 },
	{ "execveat", run_execveat, 0, 0, true, 0 },
	{ "fork", try_fork, PARENT, PARENT, true, 0 },
	{ "vfork", try_vfork, PARENT, 0, true, 0 },
	{ "clone", try_clone, PARENT, PARENT, true, 0 },
	{ "clone3", try_clone3, 0, 0, true, 0 },
	{ "clone into a namespace", clone_namespace, 0, 0, false, 0 },
	{ "connect by TCP", tcp, 0, 0, true, PARENT },
	{ "a UDP socket", udp, 0, 0, true, PARENT },
	{ "a raw socket", raw, 0, 0, false, 0 },
	{ "a packet socket", packet, 0, 0, false, 0 },
	{ "a netlink socket", netlink, 0, 0, true, PARENT },
	{ "connect to DATA/control", control, PARENT | JOBS, JOBS, true, 0 },
	{ "a stream to DATA/control", control_stream, 0, 0, false, 0 },
	{ "bind", try_bind, 0, 0, true, 0 },
	{ "listen", try_listen, 0, 0, true, 0 },
	{ "ptrace another role", trace, 0, 0, false, 0 },
	{ "read another's memory", read_memory, 0, 0, false, 0 },
	{ "open /proc/PID/mem", open_memory, 0, 0, false, 0 },
	{ "take another's descriptor", take_descriptor, 0, 0, false, 0 },
	/* The parent signals its children; since Linux 6.12 nobody else. */
	{ "signal the one above", signal_parent, PARENT, 0, true, 0 },
	{ "signal another role", signal_keeper, PARENT, 0, true, 0 },
	{ "change another's limits", limit_other, PARENT, 0, false, 0 },
	{ "leave a core dump", leave_dump, 0, 0, false, 0 },
	{ "memory to write and run", write_and_run, 0, 0, true, 0 },
	{ "memory to write, then run", write_then_run, 0, 0, true, 0 },
	{ "io_uring", io_uring, 0, 0, false, 0 },
	{ "userfaultfd", faults_of_memory, 0, 0, false, 0 },
	{ "bpf", bpf_map, 0, 0, false, 0 },
	{ "perf events", perf, 0, 0, false, 0 },
	{ "keyrings", keyring, 0, 0, false, 0 },
	{ "set the user", other_user, 0, 0, true, 0 },
	{ "mount", try_mount, 0, 0, false, 0 },
	{ "chroot", try_chroot, 0, 0, false, 0 },
	{ "unshare", try_unshare, 0, 0, true, 0 },
	{ "personality", try_personality, 0, 0, true, 0 },
	{ NULL, NULL, 0, 0, false, 0 },
};
