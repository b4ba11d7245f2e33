/*
 * Each role shuts itself in once everything it needs is open: it can run no program and start no process,
 * open no socket to elsewhere, and reach no file outside the data directory (seccomp, Landlock). Only the
 * keeper can write there. Where the kernel offers neither, the log says so and the role goes on.
 */
#ifndef CORE_SANDBOX_H
#define CORE_SANDBOX_H

#include "core/settings.h"

enum sandbox {
	SANDBOX_READER, /* web, slow: what is open already, and reading in the data directory */
	SANDBOX_JOBS,   /* besides: connects to DATA/control */
	SANDBOX_KEEPER  /* besides reading: writes in the data directory */
};

void sandbox_enter(enum sandbox kind, const struct settings *settings);

#endif
