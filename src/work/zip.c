/*
 * libzip asks for the bytes of a member when it writes the archive, all in one call (zip_close). A long member would
 * keep its process from everybody else meanwhile. So that call has a stack of its own: when it asks for bytes that are
 * not there yet, archive_write returns, and the next one goes on where it stopped.
 */
#include "work/zip.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <zip.h>

#include "base/arena.h"

enum {
	STACK = 256 * 1024, /* touched: some 20 KiB */
	GUARD = 64 * 1024,  /* below it, whatever the size of a page */
	FAST = 1            /* of zlib's levels: a quarter of the time of the default, a fifth more bytes */
};

struct archive {
	struct arena *arena;
	uint16_t day, clock; /* of MS-DOS, as ZIP has them */
	zip_t *zip;
	zip_source_t *target;
	bool streams;
	/* While zip_close runs on its own stack: */
	char *stack;
	ucontext_t asker, packer;
	struct bytes piece; /* what it has not taken yet */
	bool last, given_up, returned;
	int result;
	zip_error_t error; /* of the source */
};

static struct err *fault(const char *what, zip_error_t *error)
{
	return ERR_DETAIL(ERR_IO, "zip: %s: %s", what, error != NULL ? zip_error_strerror(error) : "no reason given");
}

static void release(void *context)
{
	archive_abandon(context);
}

static void take_time(struct archive *z, struct instant now)
{
	struct date d = instant_date(now);
	int hour, minute;

	instant_clock(now, &hour, &minute);
	z->day = (uint16_t)((d.year > 1980 ? d.year - 1980 : 0) << 9 | d.month << 5 | d.day);
	z->clock = (uint16_t)(hour << 11 | minute << 5);
}

struct err *archive_begin(struct arena *a, struct instant now, struct archive **out)
{
	struct archive *z = ARENA_NEW(a, struct archive, 1);
	zip_error_t error;

	z->arena = a;
	take_time(z, now);
	zip_error_init(&error);
	zip_error_init(&z->error);
	z->target = zip_source_buffer_create(NULL, 0, 0, &error);
	if (z->target == NULL) {
		return fault("no room for an archive", &error);
	}
	zip_source_keep(z->target); /* read after zip_close, which takes its own away */
	z->zip = zip_open_from_source(z->target, ZIP_TRUNCATE, &error);
	if (z->zip == NULL) {
		zip_source_free(z->target);
		zip_source_free(z->target);
		z->target = NULL;
		return fault("an archive cannot be begun", &error);
	}
	arena_defer(a, release, z);
	*out = z;
	return NULL;
}

static struct err *add_source(struct archive *z, const char *name, zip_source_t *source, enum archive_way way)
{
	zip_int64_t i;

	if (source == NULL) {
		return fault(name, zip_get_error(z->zip));
	}
	i = zip_file_add(z->zip, name, source, ZIP_FL_ENC_UTF_8);
	if (i < 0) {
		zip_source_free(source);
		return fault(name, zip_get_error(z->zip));
	}
	if (zip_set_file_compression(z->zip, (zip_uint64_t)i, way == ARCHIVE_STORED ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
				     way == ARCHIVE_STORED ? 0 : FAST) != 0 ||
	    zip_file_set_dostime(z->zip, (zip_uint64_t)i, z->clock, z->day, 0) != 0) {
		return fault(name, zip_get_error(z->zip));
	}
	return NULL;
}

struct err *archive_add(struct archive *z, const char *name, struct bytes bytes, enum archive_way way)
{
	if (z->streams) {
		return ERR_DETAIL(ERR_BUG, "zip: %s comes after the member that is streamed", name);
	}
	return add_source(z, name, zip_source_buffer(z->zip, bytes.p, bytes.n, 0), way);
}

/* ---- the member that comes piece by piece ---- */

/* Bytes for libzip; waits for the next piece by going back to who makes it. */
static zip_int64_t read_piece(struct archive *z, void *data, zip_uint64_t most)
{
	while (z->piece.n == 0 && !z->last && !z->given_up) {
		swapcontext(&z->packer, &z->asker);
	}
	if (z->given_up) {
		zip_error_set(&z->error, ZIP_ER_CANCELLED, 0);
		return -1;
	}
	size_t n = z->piece.n < most ? z->piece.n : (size_t)most;
	if (n > 0) { /* none: of no address */
		memcpy(data, z->piece.p, n);
		z->piece.p += n;
		z->piece.n -= n;
	}
	return (zip_int64_t)n;
}

static zip_int64_t source(void *context, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
	struct archive *z = context;

	switch (command) {
	case ZIP_SOURCE_SUPPORTS:
		return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
						      ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
	case ZIP_SOURCE_STAT:
		zip_stat_init(data);
		return (zip_int64_t)sizeof(zip_stat_t);
	case ZIP_SOURCE_READ:
		return read_piece(z, data, n);
	case ZIP_SOURCE_ERROR:
		return zip_error_to_data(&z->error, data, n);
	default:
		return 0;
	}
}

struct err *archive_stream(struct archive *z, const char *name)
{
	TRY(add_source(z, name, zip_source_function(z->zip, source, z), ARCHIVE_DEFLATED));
	z->streams = true;
	return NULL;
}

/* makecontext passes ints only. */
static void close_on_own_stack(unsigned high, unsigned low)
{
	struct archive *z = (struct archive *)(((uintptr_t)high << 32) | low);

	z->result = zip_close(z->zip);
	z->returned = true;
}

static struct err *start(struct archive *z)
{
	uintptr_t p = (uintptr_t)z;
	char *stack = mmap(NULL, STACK + GUARD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (stack == MAP_FAILED) {
		return ERR_DETAIL(ERR_IO, "zip: no room for a stack");
	}
	z->stack = stack;
	if (mprotect(stack, GUARD, PROT_NONE) != 0 || getcontext(&z->packer) != 0) {
		return ERR_DETAIL(ERR_IO, "zip: its stack cannot be made");
	}
	z->packer.uc_stack.ss_sp = stack + GUARD;
	z->packer.uc_stack.ss_size = STACK;
	z->packer.uc_link = &z->asker;
	makecontext(&z->packer, (void (*)(void))close_on_own_stack, 2, (unsigned)(p >> 32), (unsigned)(p & 0xffffffffu));
	return NULL;
}

/* Lets zip_close run until it wants more than there is, or has returned. */
static struct err *resume(struct archive *z)
{
	if (z->stack == NULL) {
		TRY(start(z));
	}
	if (!z->returned) {
		swapcontext(&z->asker, &z->packer);
	}
	return NULL;
}

struct err *archive_write(struct archive *z, struct bytes piece)
{
	if (piece.n == 0) {
		return NULL;
	}
	z->piece = piece;
	TRY(resume(z));
	return z->returned ? fault("the archive ended early", zip_get_error(z->zip)) : NULL;
}

/* ---- the end ---- */

/* zip_close has freed the archive when all went well, and only then. */
static struct err *close_whole(struct archive *z)
{
	if (z->streams) {
		z->last = true;
		TRY(resume(z));
	} else {
		z->result = zip_close(z->zip);
	}
	if (z->result != 0) {
		return fault("the archive was not written", zip_get_error(z->zip));
	}
	z->zip = NULL;
	return NULL;
}

struct err *archive_end(struct archive *z, struct bytes *out)
{
	zip_stat_t stat;
	unsigned char *p;

	TRY(close_whole(z));
	if (zip_source_stat(z->target, &stat) != 0 || zip_source_open(z->target) != 0) {
		return fault("the archive cannot be read", zip_source_error(z->target));
	}
	p = arena_alloc(z->arena, (size_t)stat.size + 1);
	zip_int64_t n = zip_source_read(z->target, p, stat.size);
	zip_source_close(z->target);
	if (n < 0 || (zip_uint64_t)n != stat.size) {
		return fault("the archive is shorter than it was", zip_source_error(z->target));
	}
	*out = (struct bytes){ p, (size_t)n };
	archive_abandon(z);
	return NULL;
}

void archive_abandon(struct archive *z)
{
	if (z->stack != NULL) {
		z->given_up = true;
		if (!z->returned) {
			swapcontext(&z->asker, &z->packer);
		}
		munmap(z->stack, STACK + GUARD);
		z->stack = NULL;
	}
	if (z->zip != NULL) {
		zip_discard(z->zip);
		z->zip = NULL;
	}
	if (z->target != NULL) {
		zip_source_free(z->target);
		z->target = NULL;
	}
	zip_error_fini(&z->error);
}
