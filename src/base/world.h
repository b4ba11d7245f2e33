/*
 * The world outside, passed in: clock and random source. Nothing below cli/ and the process roles
 * reads either by itself (law 7); tests pass a fixed clock and a seeded source.
 */
#ifndef BASE_WORLD_H
#define BASE_WORLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

struct arena;

struct world {
	struct instant (*now)(const struct world *w);
	void (*random)(const struct world *w, void *out, size_t n);
	int64_t offset_ms;  /* real world: added to the clock (--today) */
	struct instant fixed; /* fake world */
	uint64_t *seed;       /* fake world */
};

struct world world_real(void);                                   /* clock_gettime, getrandom */
struct world world_on(struct date today);                        /* real, shifted so that today is that date */
struct world world_fake(struct instant now, uint64_t *seed);     /* fixed clock, repeatable bytes */

struct instant world_now(const struct world *w);
struct date world_today(const struct world *w); /* London */
void world_random(const struct world *w, void *out, size_t n);
/* A short public reference of n characters out of 23456789CDFGHJKMNPQRTVWXY (no vowels, nothing
 * that looks like another): people read it out on the telephone. */
const char *world_reference(const struct world *w, struct arena *a, size_t n);

#endif
