/*
 * Each role shuts itself in once everything it needs is open: it can run no program and start no process, open no
 * socket to elsewhere, and reach no file but what its work is (Landlock); of the system calls it has those that its
 * work takes and no others (seccomp). Where the kernel does not offer Landlock, the log says so and the role goes on.
 *
 *   parent   starts and ends processes; writes in the data directory alone, as its children inherit this
 *   keeper   reads and writes in the data directory; nothing else
 *   web, slow   no file at all: the store is open
 *   jobs     reads what was uploaded (DATA/imports), and connects to DATA/control
 *
 * With the store on a server, all but the parent may connect anew: over TCP to its ports only, and reading the files
 * that its address names (certificates).
 */
#ifndef CORE_SANDBOX_H
#define CORE_SANDBOX_H

#include "core/settings.h"

enum sandbox { SANDBOX_PARENT, SANDBOX_KEEPER, SANDBOX_WEB, SANDBOX_SLOW, SANDBOX_JOBS };

/* Before a reading role opens the store: from here it can write nothing but the readers' marks. SQLite, which asks
 * for more when it opens the log, then has it for reading. */
void sandbox_before_store(const struct settings *settings);

void sandbox_enter(enum sandbox kind, const struct settings *settings);

/* sandbox_calls.c: the system calls of a role. */
struct sandbox_calls {
	enum sandbox kind;
	const int *families; /* AF_...: of the sockets by which it may connect */
	size_t n_families;
	bool opens;          /* files, of those that Landlock lets it reach */
};
bool sandbox_shut_calls(const struct sandbox_calls *calls);

#endif
