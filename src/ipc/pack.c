/*
 * Packing: integers as eight bytes big-endian, texts and byte strings as length and bytes. A NULL
 * text has the length -1. Nothing here depends on struct layout, so both ends may be different
 * builds of the program for the moment of an upgrade.
 */
#include "ipc/ipc.h"

#include <string.h>

#include "base/arena.h"

enum {
	PACK_MAX = 64 * 1024 * 1024, /* of one message; the arenas' own cap */
	PAIRS_MAX = 4096             /* twice what a form may hold (http/): fields and captures */
};

void pack_begin(struct packer *p, struct arena *a)
{
	buf_init(&p->buf, a, PACK_MAX);
}

void pack_int(struct packer *p, int64_t n)
{
	unsigned char b[8];
	uint64_t u = (uint64_t)n;

	for (int i = 7; i >= 0; i--) {
		b[i] = (unsigned char)(u & 0xff);
		u >>= 8;
	}
	buf_add(&p->buf, b, sizeof(b));
}

void pack_text(struct packer *p, const char *s)
{
	if (s == NULL) {
		pack_int(p, -1);
		return;
	}
	size_t n = strlen(s);
	pack_int(p, (int64_t)n);
	buf_add(&p->buf, s, n);
}

void pack_bytes(struct packer *p, struct bytes b)
{
	pack_int(p, (int64_t)b.n);
	if (b.n > 0) {
		buf_add(&p->buf, b.p, b.n);
	}
}

void pack_pairs(struct packer *p, const struct pairs *pairs)
{
	pack_int(p, (int64_t)pairs->n);
	for (size_t i = 0; i < pairs->n; i++) {
		pack_text(p, pairs->v[i].name);
		pack_text(p, pairs->v[i].value);
	}
}

struct bytes pack_end(struct packer *p)
{
	return (struct bytes){ .p = (const unsigned char *)p->buf.p, .n = p->buf.n };
}

void unpack_begin(struct unpacker *u, struct arena *a, struct bytes b)
{
	*u = (struct unpacker){ .arena = a, .p = b.p, .n = b.n };
}

int64_t unpack_int(struct unpacker *u)
{
	uint64_t v = 0;

	if (u->bad || u->n < 8) {
		u->bad = true;
		return 0;
	}
	for (int i = 0; i < 8; i++) {
		v = (v << 8) | u->p[i];
	}
	u->p += 8;
	u->n -= 8;
	return (int64_t)v;
}

/* The next so many bytes; NULL when there are not so many. */
static const unsigned char *take(struct unpacker *u, int64_t length)
{
	if (u->bad || length < 0 || (uint64_t)length > u->n) {
		u->bad = true;
		return NULL;
	}
	const unsigned char *at = u->p;
	u->p += length;
	u->n -= (size_t)length;
	return at;
}

const char *unpack_text(struct unpacker *u)
{
	int64_t length = unpack_int(u);

	if (u->bad || length == -1) {
		return NULL;
	}
	const unsigned char *at = take(u, length);
	if (at == NULL || memchr(at, 0, (size_t)length) != NULL) {
		u->bad = true;
		return NULL;
	}
	return arena_strndup(u->arena, (const char *)at, (size_t)length);
}

struct bytes unpack_bytes(struct unpacker *u)
{
	int64_t length = unpack_int(u);
	const unsigned char *at = take(u, length);

	if (at == NULL || length == 0) {
		return (struct bytes){ NULL, 0 };
	}
	unsigned char *copy = arena_alloc(u->arena, (size_t)length);
	memcpy(copy, at, (size_t)length);
	return (struct bytes){ copy, (size_t)length };
}

void unpack_pairs(struct unpacker *u, struct pairs *out)
{
	int64_t n = unpack_int(u);

	if (n < 0 || n > PAIRS_MAX) {
		u->bad = true;
		return;
	}
	for (int64_t i = 0; i < n && !u->bad; i++) {
		const char *name = unpack_text(u);
		const char *value = unpack_text(u);
		if (name == NULL || value == NULL) {
			u->bad = true;
			return;
		}
		pairs_add(u->arena, out, name, value);
	}
}

struct err *unpack_end(struct unpacker *u)
{
	if (u->bad || u->n != 0) {
		return ERR_DETAIL(ERR_BUG, "a message between processes is not what it should be");
	}
	return NULL;
}
