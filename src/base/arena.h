/*
 * Arena: memory that lives as long as one request, job or command, and dies at once.
 *
 * A function that returns allocated data takes the arena first; one that does not take it returns
 * nothing allocated. Nobody frees. Running out of memory or over the arena's cap ends the process
 * (the parent replaces it): a worker that cannot allocate has no honest answer.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena_mark {
	void *block;
	size_t used;
};

/* A new arena that may hold at most cap bytes. Owned by the caller until arena_free(). */
struct arena *arena_new(size_t cap);

/* Runs what was deferred, releases everything, sets *a to NULL. Accepts a pointer to NULL. */
void arena_free(struct arena **a);

/* Runs what was deferred (last first) and makes the arena empty again, keeping its first block. */
void arena_reset(struct arena *a);

/* Zeroed memory, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *a, size_t size);

/* n items of the type, zeroed. */
#define ARENA_NEW(a, type, n) ((type *)arena_array((a), sizeof(type), (n)))
void *arena_array(struct arena *a, size_t size, size_t n);

char *arena_strdup(struct arena *a, const char *s); /* NULL gives NULL */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* The same bytes with room for new_size: grown where it stands when p was allocated last, else
 * copied. What is beyond old_size is not zeroed. p NULL: a new allocation. */
void *arena_grow(struct arena *a, void *p, size_t old_size, size_t new_size);

/* Calls fn(object) at reset or free; in reverse order of registration. */
void arena_defer(struct arena *a, void (*fn)(void *), void *object);

/* Temporaries in a loop: everything allocated after the mark goes at rewind (nothing deferred
 * may lie between the two). */
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

size_t arena_used(const struct arena *a);

#endif
