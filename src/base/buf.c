#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

#define FIRST_ROOM 256

void buf_init(struct buf *b, struct arena *a, size_t max)
{
	size_t cap = max < FIRST_ROOM ? max : FIRST_ROOM;
	*b = (struct buf){ .arena = a, .cap = cap, .max = max };
	b->p = arena_grow(a, NULL, 0, cap + 1);
	b->p[0] = '\0';
}

/* Room for n more bytes and the NUL; false: over the maximum. */
static bool room(struct buf *b, size_t n)
{
	if (b->cap - b->n >= n) {
		return true;
	}
	if (n > b->max - b->n) {
		return false;
	}
	size_t cap = b->cap > b->max / 2 ? b->max : b->cap * 2;
	if (cap < b->n + n) {
		cap = b->n + n;
	}
	b->p = arena_grow(b->arena, b->p, b->cap + 1, cap + 1);
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (b->full) {
		return;
	}
	if (!room(b, n)) {
		b->full = true;
		n = b->max - b->n;
		room(b, n);
	}
	if (n > 0) {
		memcpy(b->p + b->n, p, n);
	}
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
	if (b->n < b->cap && !b->full) {
		b->p[b->n++] = c;
		b->p[b->n] = '\0';
	} else {
		buf_add(b, &c, 1);
	}
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char small[512];
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(small, sizeof(small), format, args);
	if (n >= 0 && (size_t)n < sizeof(small)) {
		buf_add(b, small, (size_t)n);
	} else if (n >= 0) {
		struct arena_mark mark = arena_mark(b->arena);
		char *s = arena_vprintf(b->arena, format, again);
		if (b->cap - b->n >= (size_t)n) {
			buf_add(b, s, (size_t)n);
			arena_rewind(b->arena, mark);
		} else {
			buf_add(b, s, (size_t)n);
		}
	}
	va_end(again);
	va_end(args);
}

char *buf_reserve(struct buf *b, size_t n)
{
	if (b->full || !room(b, n)) {
		b->full = true;
		return NULL;
	}
	return b->p + b->n;
}
