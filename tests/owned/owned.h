/* What a role whose code somebody else has taken over would try; see main.c. */
#ifndef TESTS_OWNED_H
#define TESTS_OWNED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { ROLES = 5, ATTEMPTS_MAX = 80, PATH_LENGTH = 200 };

struct owned { /* in memory that every process shares */
	bool open;       /* the negative control: nobody shuts in */
	int lock;        /* one role tries at a time */
	int done[ROLES];
	int result[ROLES][ATTEMPTS_MAX]; /* 0: it went through; an errno; NOT_TRIED, ENDED */
	pid_t keeper;
	uint16_t tcp_port;  /* of a listener that has nothing to do with the service */
	int answers;        /* the service said that it is ready */
	char address[PATH_LENGTH];
	char data[PATH_LENGTH], outside[PATH_LENGTH];
	char database[2 * PATH_LENGTH]; /* "": the store is the file in data */
};

enum { NOT_TRIED = -1, ENDED = -2 };

/* Bits in the order of enum sandbox. */
enum { PARENT = 1, KEEPER = 2, WEB = 4, SLOW = 8, JOBS = 16 };

struct attempt {
	const char *name;
	int (*run)(const struct owned *o, pid_t victim); /* 0: it went through; else the errno */
	unsigned may;  /* whose work it is */
	unsigned must; /* of them: without it the role cannot do its work */
	bool anybody;  /* goes through for every account when nobody shuts in */
	unsigned server; /* whose work it is besides when the store is on a server: its children look the host up */
};

extern const struct attempt file_attempts[], call_attempts[]; /* end with a NULL name */

#endif
