#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/format.h"
#include "base/huge_pages.h"
#include "base/sanitized.h"

#if SANITIZED
#include <sanitizer/asan_interface.h>
/* Not inlined: gcc would take the poisoning of a fresh block for a reading of it. */
__attribute__((noinline)) static void hide(char *p, size_t n)
{
	__asan_poison_memory_region(p, n);
}
#define show(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define hide(p, n) ((void)0)
#define show(p, n) ((void)0)
#endif

/*
 * A page list fits the first block; later blocks double so that long results take few of them. From the largest step on
 * a block is huge pages: a list of 20,000 rows takes some 100 MB.
 */
#define FIRST_BLOCK ((size_t)32 * 1024)
#define LARGEST_STEP (HUGE_PAGE - sizeof(struct block))
#define ALIGN alignof(max_align_t)

struct block {
	struct block *below; /* older */
	size_t size;
	size_t used;
	alignas(max_align_t) char bytes[];
};

struct deferred {
	struct deferred *next; /* registered earlier */
	void (*fn)(void *);
	void *object;
};

struct arena {
	struct block *top;
	struct block *spare; /* the one that was dropped last, until the arena is emptied */
	struct deferred *deferred;
	size_t held; /* bytes of all blocks */
	size_t cap;
	size_t step; /* size of the next block */
	size_t below_top; /* bytes used in the blocks below the top one */
};

static _Noreturn void give_up(const char *why)
{
	/* No error value can be made of this: who asked could not hold the answer. */
	char line[120];
	int n = snprintf(line, sizeof(line), "<3>memory: %s; the process ends\n", why);
	if (write(STDERR_FILENO, line, n > 0 ? (size_t)n : 0) < 0) {
		_exit(71);
	}
	_exit(70);
}

static bool is_of_huge_pages(size_t size)
{
	return !SANITIZED && size >= LARGEST_STEP;
}

static struct block *block_new(struct arena *a, size_t size)
{
	if (size > a->cap || a->held > a->cap - size) {
		give_up("more was asked for than an arena may hold");
	}
	struct block *b = a->spare;
	if (b != NULL && b->size == size) {
		a->spare = NULL;
	} else {
		b = is_of_huge_pages(size) ? huge_pages_take(sizeof(*b) + size) : malloc(sizeof(*b) + size);
		if (b == NULL) {
			give_up("there is none left");
		}
		b->size = size;
		hide(b->bytes, size);
	}
	b->below = a->top;
	b->used = 0;
	a->held += size;
	return b;
}

static void block_free(struct block *b)
{
	if (b == NULL) {
		return;
	}
	show(b->bytes, b->size);
	if (is_of_huge_pages(b->size)) {
		huge_pages_give_back(b, sizeof(*b) + b->size);
	} else {
		free(b);
	}
}

static void block_drop(struct arena *a)
{
	struct block *b = a->top;
	a->top = b->below;
	a->held -= b->size;
	if (a->top != NULL) {
		a->below_top -= a->top->used;
	}
	hide(b->bytes, b->used);
	block_free(a->spare);
	a->spare = b; /* who goes back and forth over the end of a block is given it again */
}

struct arena *arena_new(size_t cap)
{
	struct arena *a = calloc(1, sizeof(*a));
	if (a == NULL) {
		give_up("there is none left");
	}
	a->cap = cap < FIRST_BLOCK ? FIRST_BLOCK : cap;
	a->step = FIRST_BLOCK;
	a->top = block_new(a, FIRST_BLOCK);
	return a;
}

static void run_deferred(struct arena *a)
{
	while (a->deferred != NULL) {
		struct deferred *d = a->deferred;
		a->deferred = d->next;
		d->fn(d->object);
	}
}

void arena_reset(struct arena *a)
{
	run_deferred(a);
	while (a->top->below != NULL) {
		block_drop(a);
	}
	block_free(a->spare);
	a->spare = NULL;
	a->top->used = 0;
	a->below_top = 0;
	a->step = FIRST_BLOCK;
	hide(a->top->bytes, a->top->size);
}

void arena_free(struct arena **a)
{
	struct arena *gone = *a;

	if (gone == NULL) {
		return;
	}
	run_deferred(gone);
	*a = NULL; /* before the blocks go: the pointer itself may lie in one of them */
	while (gone->top != NULL) {
		block_drop(gone);
	}
	block_free(gone->spare);
	free(gone);
}

static size_t rounded(size_t size)
{
	if (size > SIZE_MAX - ALIGN) {
		give_up("an impossible size was asked for");
	}
	return (size + ALIGN - 1) / ALIGN * ALIGN;
}

/* Of the next block, which has to hold so much. */
static size_t next_size(struct arena *a, size_t need)
{
	a->step = a->step * 2 < LARGEST_STEP ? a->step * 2 : LARGEST_STEP;
	size_t room = a->cap - a->held;
	size_t size = need > a->step ? need : a->step;
	return size > room && need <= room ? room : size; /* the last block takes what is left */
}

static void *take(struct arena *a, size_t size)
{
	size_t need = rounded(size == 0 ? 1 : size);
	if (a->top->size - a->top->used < need) {
		size_t was = a->top->used;
		a->top = block_new(a, next_size(a, need));
		a->below_top += was;
	}
	void *p = a->top->bytes + a->top->used;
	a->top->used += need;
	show(p, size);
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(take(a, size), 0, size);
}

void *arena_array(struct arena *a, size_t size, size_t n)
{
	if (size != 0 && n > SIZE_MAX / size) {
		give_up("an impossible size was asked for");
	}
	return arena_alloc(a, size * n);
}

void *arena_grow(struct arena *a, void *p, size_t old_size, size_t new_size)
{
	if (p == NULL) {
		return take(a, new_size);
	}
	size_t old_need = rounded(old_size == 0 ? 1 : old_size);
	size_t new_need = rounded(new_size == 0 ? 1 : new_size);
	struct block *b = a->top;
	bool last = b->used >= old_need && (char *)p == b->bytes + (b->used - old_need);
	if (last && new_need >= old_need && b->size - b->used >= new_need - old_need) {
		b->used += new_need - old_need;
		show(p, new_size);
		return p;
	}
	void *q = take(a, new_size);
	return memcpy(q, p, old_size < new_size ? old_size : new_size);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy = take(a, n + 1);
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s == NULL ? NULL : arena_strndup(a, s, strlen(s));
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
	char brief[256]; /* most texts are short: formatted once instead of measured first */
	va_list again;
	va_copy(again, args);
	int n = format_brief(brief, sizeof(brief), format, again);
	va_end(again);
	if (n >= 0) {
		return arena_strndup(a, brief, (size_t)n);
	}
	va_copy(again, args);
	n = vsnprintf(brief, sizeof(brief), format, again);
	va_end(again);
	if (n < 0) {
		give_up("a text could not be formatted");
	}
	if ((size_t)n < sizeof(brief)) {
		return arena_strndup(a, brief, (size_t)n);
	}
	char *s = take(a, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, format, args);
	return s;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *s = arena_vprintf(a, format, args);
	va_end(args);
	return s;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *object)
{
	struct deferred *d = ARENA_NEW(a, struct deferred, 1);
	*d = (struct deferred){ a->deferred, fn, object };
	a->deferred = d;
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->top, a->top->used };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	while (a->top != mark.block) {
		block_drop(a);
	}
	hide(a->top->bytes + mark.used, a->top->used - mark.used); /* what lies after was never shown */
	a->top->used = mark.used;
}

size_t arena_used(const struct arena *a)
{
	return a->below_top + a->top->used;
}
