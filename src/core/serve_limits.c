/*
 * What a role may use at most. Who comes to a limit is refused and says so, or ends and is replaced; the others
 * go on. And no core dumps: what a process holds in memory is about people.
 */
#include <linux/sched.h>
#include <linux/sched/types.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"
#include "base/sanitized.h"
#include "core/serve.h"

#define MB ((rlim_t)1024 * 1024)

enum {
	CONNECTION_KB = 48,    /* of a connection: http/limits.h, and what the library keeps beside it */
	WEB_FILES = 128,       /* uploads, messages and what is always open */
	FILES = 1024,          /* of the others: sockets to every web process, uploads that wait */
	SLOW_NICE = 19,        /* decision 3: what it costs a sign-in, what it spares a page */
	SLOW_SLICE_NS = 100000 /* the least that Linux takes */
};

/* Memory that a role allocates for itself (RLIMIT_DATA; shared mappings of the store do not count). */
static rlim_t memory_of(enum child_kind kind, const struct settings *settings)
{
	switch (kind) {
	case CHILD_WEB: /* two of the largest exports (list_export.c), and its connections */
		return 768 * MB + (rlim_t)settings->max_connections * CONNECTION_KB * 1024;
	case CHILD_KEEPER: /* an import of the national register (keeper_task.c), and as much again beside it */
		return 1536 * MB;
	case CHILD_JOBS: /* the same register being read (jobs.c) */
		return 1280 * MB;
	case CHILD_SLOW: /* one hash of 64 MB (password.c), and what was asked */
		break;
	}
	return 512 * MB;
}

static void set(int what, rlim_t most)
{
	struct rlimit now;

	if (getrlimit((__rlimit_resource_t)what, &now) != 0) {
		return;
	}
	most = now.rlim_max != RLIM_INFINITY && now.rlim_max < most ? now.rlim_max : most;
	setrlimit((__rlimit_resource_t)what, &(struct rlimit){ most, most });
}

static rlim_t web_files(const struct settings *settings)
{
	return (rlim_t)settings->max_connections + WEB_FILES;
}

void limits_of_parent(const struct settings *settings)
{
	struct rlimit files;

	set(RLIMIT_CORE, 0);
	/* A program that takes dumps by a pipe does not ask RLIMIT_CORE. The sanitizer traces itself at the end. */
	prctl(PR_SET_DUMPABLE, SANITIZED ? 1 : 0);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
		if (files.rlim_max != RLIM_INFINITY && files.rlim_max < web_files(settings)) {
			log_line(LOG_WARN, "a process may open %lld files here, too few for %lld connections: raise LimitNOFILE "
					   "or lower max_connections",
				 (long long)files.rlim_max, (long long)settings->max_connections);
		}
	}
}

/* Pages go first where processors are few. A page that comes waits until who is at work has had its slice, whatever its
 * priority: some ms, unless it asked for less (sched_setattr(2); before Linux 6.12 the number is not looked at). */
static void give_way(void)
{
	struct sched_attr gently = { .size = sizeof gently, .sched_policy = SCHED_NORMAL, .sched_nice = SLOW_NICE,
				     .sched_runtime = SLOW_SLICE_NS };

	if (syscall(SYS_sched_setattr, 0, &gently, 0) != 0) {
		log_line(LOG_WARN, "slow work will hold up pages: it may not ask for short slices");
		setpriority(PRIO_PROCESS, 0, SLOW_NICE);
	}
}

void limits_of_child(enum child_kind kind, const struct settings *settings)
{
	set(RLIMIT_NOFILE, kind == CHILD_WEB ? web_files(settings) : FILES);
	if (!SANITIZED) { /* its shadow counts, and is larger than any limit */
		set(RLIMIT_DATA, memory_of(kind, settings));
	}
	if (kind == CHILD_SLOW || kind == CHILD_JOBS) {
		give_way();
	}
}
