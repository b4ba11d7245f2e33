/* The table of routes as it is built: patterns cut into segments, in the order of matching. */
#ifndef CORE_ROUTE_H
#define CORE_ROUTE_H

#include "core/core.h"

enum { ROUTE_SEGMENTS = 8 };

struct segment {
	const char *text; /* literal, or the name of a capture */
	size_t n;
	bool capture;
};

struct entry {
	struct route route;
	const struct list *list;
	const char *format;
	struct segment segments[ROUTE_SEGMENTS];
	size_t n;
};

/* What is wrong with a declaration: ERR_BUG. */
struct err *route_check(const struct route *route) MUST_CHECK;
struct err *operation_check(const struct operation *operation) MUST_CHECK;
struct err *list_check(const struct list *list) MUST_CHECK;

/* Everything that the build refuses: the table, every declaration. 0 when sound; else says why on
 * standard error. Run by tests/routes_check.c as a part of `make`. */
int routes_check(void);

#endif
