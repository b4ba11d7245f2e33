/*
 * The system calls that a role may make: seccomp. A role has a list of what its work takes, and hears of anything
 * else that this kernel does not have it (ENOSYS: a newer C library then goes the older way). The parent has a list
 * of what nobody needs, as its children open everything before they shut themselves in.
 */
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "core/sandbox.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* ---- what a role's work takes ---- */

static const int every_role[] = {
	/* memory; mmap and mprotect below: never anything that could be run */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	/* what is open already; stat only says that a file is there */
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(pwrite64),
	SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat),
	SCMP_SYS(statx), SCMP_SYS(fcntl), SCMP_SYS(dup), SCMP_SYS(memfd_create), SCMP_SYS(ftruncate),
	/* messages and waiting */
	SCMP_SYS(recvmsg), SCMP_SYS(sendmsg), SCMP_SYS(recvfrom), SCMP_SYS(sendto), SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(shutdown), SCMP_SYS(poll),
	SCMP_SYS(ppoll), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait),
	/* time, chance, itself */
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
	SCMP_SYS(time), SCMP_SYS(setitimer), SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid),
	SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
	SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(getrusage), SCMP_SYS(sched_yield),
	SCMP_SYS(futex), SCMP_SYS(rseq), SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(exit), SCMP_SYS(exit_group),
};
static const int looking_calls[] = { /* for a file that is then opened; Landlock says which */
	SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
};
static const int keeper_calls[] = { /* writes the store and uploads, hears the command line */
	SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(fallocate), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
	SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
	SCMP_SYS(fchmod), SCMP_SYS(fchown), SCMP_SYS(getdents64), SCMP_SYS(accept4),
};
static const int web_calls[] = { SCMP_SYS(accept4) };
static const int connecting_calls[] = { SCMP_SYS(connect) };

/* ---- what nobody needs ---- */

/* Running programs, looking into others, mounting, loading code into the kernel, other identities, setting the clock. */
static const int never[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(process_madvise), SCMP_SYS(kcmp), SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
	SCMP_SYS(open_tree), SCMP_SYS(move_mount), SCMP_SYS(fsopen), SCMP_SYS(fsmount), SCMP_SYS(fsconfig),
	SCMP_SYS(mount_setattr), SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(init_module),
	SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load),
	SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
	SCMP_SYS(personality), SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at), SCMP_SYS(settimeofday),
	SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(setuid), SCMP_SYS(setgid),
	SCMP_SYS(setreuid), SCMP_SYS(setregid), SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups),
	SCMP_SYS(setfsuid), SCMP_SYS(setfsgid), SCMP_SYS(capset), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(symlink),
	SCMP_SYS(symlinkat), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(quotactl),
	SCMP_SYS(acct), SCMP_SYS(syslog), SCMP_SYS(vhangup), SCMP_SYS(ioperm), SCMP_SYS(iopl),
};

/* ---- rules ---- */

struct filter {
	scmp_filter_ctx c;
	bool good;
};

static void rule(struct filter *f, uint32_t action, int call, unsigned n, const struct scmp_arg_cmp *args)
{
	f->good = seccomp_rule_add_array(f->c, action, call, n, args) == 0 && f->good;
}

static void rules(struct filter *f, uint32_t action, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		rule(f, action, calls[i], 0, NULL);
	}
}

static struct scmp_arg_cmp arg_is(unsigned arg, uint64_t value)
{
	return (struct scmp_arg_cmp){ .arg = arg, .op = SCMP_CMP_EQ, .datum_a = value };
}

/* The bits of `mask` in the argument are `value`. */
static struct scmp_arg_cmp arg_has(unsigned arg, uint64_t mask, uint64_t value)
{
	return (struct scmp_arg_cmp){ .arg = arg, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value };
}

/* With an argument that says more than the call. */
static void allow_some(struct filter *f)
{
	const struct scmp_arg_cmp not_to_be_run = arg_has(2, PROT_EXEC, 0);
	const struct scmp_arg_cmp itself = arg_is(0, (uint64_t)getpid());
	const struct scmp_arg_cmp own_limits[] = { arg_is(0, 0), arg_is(2, 0) };
	const struct scmp_arg_cmp how_much = arg_is(1, FIONREAD);

	rule(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &not_to_be_run);
	rule(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &not_to_be_run);
	rule(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &itself); /* abort() */
	rule(f, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, own_limits); /* to be read */
	rule(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, &how_much);
}

/* One rule a family: the comparisons of one rule must all hold. A server's Unix socket is a stream, DATA/control one of
 * packets: who may connect to the first cannot connect to the second. */
static void allow_sockets(struct filter *f, const struct sandbox_calls *calls)
{
	const struct scmp_arg_cmp packets[] = { arg_is(0, AF_UNIX), arg_has(1, 0xf, SOCK_SEQPACKET) };

	for (size_t i = 0; i < calls->n_families; i++) {
		const struct scmp_arg_cmp stream[] = { arg_is(0, (uint64_t)calls->families[i]),
						       arg_has(1, 0xf, SOCK_STREAM) };
		rule(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, stream);
	}
	if (calls->kind == SANDBOX_JOBS) {
		rule(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, packets);
	}
	if (calls->n_families > 0 || calls->kind == SANDBOX_JOBS) {
		rules(f, SCMP_ACT_ALLOW, connecting_calls, COUNT(connecting_calls));
	}
}

/* For reading only, but for the keeper. */
static void allow_opening(struct filter *f, bool writes)
{
	const uint64_t changes = O_ACCMODE | O_CREAT | O_TRUNC;
	const struct scmp_arg_cmp at = arg_has(2, changes, O_RDONLY), plain = arg_has(1, changes, O_RDONLY);

	rules(f, SCMP_ACT_ALLOW, looking_calls, COUNT(looking_calls));
	rule(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), writes ? 0 : 1, writes ? NULL : &at);
	rule(f, SCMP_ACT_ALLOW, SCMP_SYS(open), writes ? 0 : 1, writes ? NULL : &plain);
}

static void fill_role(struct filter *f, const struct sandbox_calls *calls)
{
	rules(f, SCMP_ACT_ALLOW, every_role, COUNT(every_role));
	allow_some(f);
	allow_sockets(f, calls);
	if (calls->kind == SANDBOX_KEEPER) {
		rules(f, SCMP_ACT_ALLOW, keeper_calls, COUNT(keeper_calls));
	} else if (calls->kind == SANDBOX_WEB) {
		rules(f, SCMP_ACT_ALLOW, web_calls, COUNT(web_calls));
	}
	if (calls->opens) {
		allow_opening(f, calls->kind == SANDBOX_KEEPER);
	}
}

static void fill_parent(struct filter *f, const struct sandbox_calls *calls)
{
	const uint32_t refuse = SCMP_ACT_ERRNO(EPERM);
	const uint64_t namespaces[] = { 0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000 };
	int most = 0;

	rules(f, refuse, never, COUNT(never));
	if (!SANITIZED) { /* which looks for leaks by tracing itself */
		rule(f, refuse, SCMP_SYS(ptrace), 0, NULL);
	}
	rule(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL); /* its flags cannot be looked at; clone is asked then */
	for (size_t i = 0; i < COUNT(namespaces); i++) { /* CLONE_NEW... of sched.h */
		const struct scmp_arg_cmp new_one = arg_has(0, namespaces[i], namespaces[i]);
		rule(f, refuse, SCMP_SYS(clone), 1, &new_one);
	}
	const struct scmp_arg_cmp raw[] = { arg_is(0, AF_INET), arg_has(1, 0xf, SOCK_RAW) };
	const struct scmp_arg_cmp raw6[] = { arg_is(0, AF_INET6), arg_has(1, 0xf, SOCK_RAW) };
	rule(f, refuse, SCMP_SYS(socket), 2, raw);
	rule(f, refuse, SCMP_SYS(socket), 2, raw6);
	/* Families are numbers: every one up to the highest that is not among those allowed, and all above it. */
	for (size_t i = 0; i < calls->n_families; i++) {
		most = calls->families[i] > most ? calls->families[i] : most;
	}
	for (int family = 0; family <= most; family++) {
		bool known = false;
		for (size_t i = 0; i < calls->n_families; i++) {
			known = known || calls->families[i] == family;
		}
		if (!known) {
			const struct scmp_arg_cmp other = arg_is(0, (uint64_t)family);
			rule(f, refuse, SCMP_SYS(socket), 1, &other);
		}
	}
	const struct scmp_arg_cmp above = { .arg = 0, .op = SCMP_CMP_GT, .datum_a = (uint64_t)most };
	rule(f, refuse, SCMP_SYS(socket), 1, &above);
}

bool sandbox_shut_calls(const struct sandbox_calls *calls)
{
	bool parent = calls->kind == SANDBOX_PARENT;
	struct filter f = { .c = seccomp_init(parent ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(ENOSYS)), .good = true };

	if (f.c == NULL) {
		return false;
	}
	if (parent) {
		fill_parent(&f, calls);
	} else {
		fill_role(&f, calls);
	}
	seccomp_attr_set(f.c, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree: a page makes many calls */
	bool good = f.good && seccomp_load(f.c) == 0;
	seccomp_release(f.c);
	return good;
}
