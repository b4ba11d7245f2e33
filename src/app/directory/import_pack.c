/*
 * A preview on its way: chunks of packed items in a memory file, each chunk with its length first.
 * Rows are packed by their field table, one value after the other in the table's order.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/directory/directory.h"
#include "base/arena.h"
#include "base/text.h"

#define CHUNK_ITEMS 200
#define CHUNK_MOST ((int64_t)64 * 1024 * 1024)
#define SCRATCH_CAP ((size_t)128 * 1024 * 1024)

enum item { ITEM_CHANGE = 1, ITEM_PROBLEM = 2 };

/* ---- rows ---- */

static void pack_date(struct packer *p, struct date d)
{
	pack_int(p, d.year * 10000 + d.month * 100 + d.day);
}

static struct date unpack_date(struct unpacker *u)
{
	int64_t n = unpack_int(u);

	if (n < 0 || n > 99991231) {
		u->bad = true;
		return (struct date){ 0 };
	}
	return (struct date){ .year = (int)(n / 10000), .month = (int)(n / 100 % 100), .day = (int)(n % 100) };
}

static void row_pack(struct packer *p, const struct record *record, const void *row)
{
	for (const struct field *f = record->fields; f->name != NULL; f++) {
		switch (f->kind) {
		case FIELD_INT:
			pack_int(p, *FIELD_IN(int64_t, row, f));
			break;
		case FIELD_TEXT:
			pack_text(p, *FIELD_IN(const char *, row, f));
			break;
		case FIELD_WORD:
			pack_int(p, *FIELD_IN(int, row, f));
			break;
		case FIELD_DATE:
			pack_date(p, *FIELD_IN(struct date, row, f));
			break;
		case FIELD_OPT_INT:
			pack_int(p, FIELD_IN(struct opt_int, row, f)->set ? 1 : 0);
			pack_int(p, FIELD_IN(struct opt_int, row, f)->v);
			break;
		case FIELD_BYTES:
			pack_bytes(p, *FIELD_IN(struct bytes, row, f));
			break;
		default: /* no such column in these records */
			break;
		}
	}
}

static void row_unpack(struct unpacker *u, const struct record *record, void *row)
{
	memset(row, 0, record->size);
	for (const struct field *f = record->fields; f->name != NULL; f++) {
		switch (f->kind) {
		case FIELD_INT:
			*FIELD_AT(int64_t, row, f) = unpack_int(u);
			break;
		case FIELD_TEXT:
			*FIELD_AT(const char *, row, f) = unpack_text(u);
			break;
		case FIELD_WORD:
			*FIELD_AT(int, row, f) = (int)unpack_int(u);
			break;
		case FIELD_DATE:
			*FIELD_AT(struct date, row, f) = unpack_date(u);
			break;
		case FIELD_OPT_INT:
			FIELD_AT(struct opt_int, row, f)->set = unpack_int(u) == 1;
			FIELD_AT(struct opt_int, row, f)->v = unpack_int(u);
			break;
		case FIELD_BYTES:
			*FIELD_AT(struct bytes, row, f) = unpack_bytes(u);
			break;
		default:
			break;
		}
	}
}

static struct bytes packed(struct arena *a, const struct record *record, const void *row)
{
	struct packer p;

	pack_begin(&p, a);
	row_pack(&p, record, row);
	return pack_end(&p);
}

struct bytes school_pack(struct arena *a, const struct school *s)
{
	return packed(a, &school_record, s);
}

struct err *school_unpack(struct arena *a, struct bytes b, struct school *out)
{
	struct unpacker u;

	unpack_begin(&u, a, b);
	row_unpack(&u, &school_record, out);
	return unpack_end(&u);
}

struct bytes link_pack(struct arena *a, const struct school_link *l)
{
	return packed(a, &school_link_record, l);
}

struct err *link_unpack(struct arena *a, struct bytes b, struct school_link *out)
{
	struct unpacker u;

	unpack_begin(&u, a, b);
	row_unpack(&u, &school_link_record, out);
	return unpack_end(&u);
}

/* Texts in every case, so that json_read_pairs reads it back. */
const char *school_changes(struct arena *a, const struct school *before, const struct school *after)
{
	struct buf out;
	struct json j;
	bool any = false;

	buf_init(&out, a, 65536);
	json_begin(&j, &out, false);
	json_object_begin(&j);
	for (const struct field *f = school_record.fields; f->name != NULL; f++) {
		const char *was, *is;

		if (f->label == NULL || field_equal(f, before, after)) {
			continue;
		}
		was = field_display(a, f, before);
		is = field_display(a, f, after);
		any = true;
		json_key(&j, f->label);
		json_array_begin(&j);
		json_text(&j, was == NULL ? "" : was);
		json_text(&j, is == NULL ? "" : is);
		json_array_end(&j);
	}
	json_object_end(&j);
	return any ? out.p : NULL;
}

/* ---- writing ---- */

static void close_fd(void *fd)
{
	close(*(int *)fd);
}

static void drop_arena(void *holder)
{
	arena_free((struct arena **)holder);
}

struct err *preview_open(struct arena *a, struct preview_writer *w)
{
	int *fd = ARENA_NEW(a, int, 1);
	struct arena **scratch = ARENA_NEW(a, struct arena *, 1);

	*w = (struct preview_writer){ .fd = memfd_create("preview", MFD_CLOEXEC) };
	if (w->fd < 0) {
		return ERR_DETAIL(ERR_IO, "memfd_create: %s", strerror(errno));
	}
	*fd = w->fd;
	arena_defer(a, close_fd, fd);
	w->scratch = *scratch = arena_new(SCRATCH_CAP);
	arena_defer(a, drop_arena, scratch);
	return NULL;
}

static struct err *write_all(struct preview_writer *w, const void *p, size_t n)
{
	const char *at = p;

	while (n > 0) {
		ssize_t did = write(w->fd, at, n);

		if (did < 0 && errno != EINTR) {
			return ERR_DETAIL(ERR_IO, "preview: write: %s", strerror(errno));
		}
		did = did < 0 ? 0 : did;
		at += did;
		n -= (size_t)did;
		w->size += did;
	}
	return NULL;
}

static struct err *flush_chunk(struct preview_writer *w)
{
	struct bytes b;
	struct packer head;

	if (!w->open) {
		return NULL;
	}
	b = pack_end(&w->chunk);
	if (w->chunk.buf.full) {
		return ERR_DETAIL(ERR_LIMIT, "preview: a chunk of %zu items does not fit", w->items);
	}
	pack_begin(&head, w->scratch);
	pack_int(&head, (int64_t)b.n);
	TRY(write_all(w, pack_end(&head).p, 8));
	TRY(write_all(w, b.p, b.n));
	arena_reset(w->scratch);
	w->open = false;
	w->items = 0;
	return NULL;
}

static struct err *add_item(struct preview_writer *w, enum item kind, const struct record *record,
			    const void *row)
{
	if (w->open && w->items == CHUNK_ITEMS) {
		TRY(flush_chunk(w));
	}
	if (!w->open) {
		pack_begin(&w->chunk, w->scratch);
		w->open = true;
	}
	pack_int(&w->chunk, kind);
	row_pack(&w->chunk, record, row);
	w->items++;
	return NULL;
}

struct err *preview_change(struct preview_writer *w, const struct import_change *c)
{
	return add_item(w, ITEM_CHANGE, &import_change_record, c);
}

struct err *preview_problem(struct preview_writer *w, const struct import_problem *p)
{
	return add_item(w, ITEM_PROBLEM, &import_problem_record, p);
}

struct err *preview_end(struct preview_writer *w)
{
	return flush_chunk(w);
}

/* ---- reading ---- */

static struct err *read_at(int fd, void *p, size_t n, int64_t at)
{
	char *to = p;

	while (n > 0) {
		ssize_t did = pread(fd, to, n, (off_t)at);

		if (did == 0 || (did < 0 && errno != EINTR)) {
			return ERR_DETAIL(ERR_IO, "preview: short read: %s", did < 0 ? strerror(errno) : "ends");
		}
		did = did < 0 ? 0 : did;
		to += did;
		n -= (size_t)did;
		at += did;
	}
	return NULL;
}

static struct err *read_chunk(struct arena *a, struct bytes chunk, const struct preview_reader *r)
{
	struct unpacker u;

	unpack_begin(&u, a, chunk);
	while (u.n > 0 && !u.bad) {
		struct import_change c;
		struct import_problem p;

		switch (unpack_int(&u)) {
		case ITEM_CHANGE:
			row_unpack(&u, &import_change_record, &c);
			if (!u.bad) {
				TRY(r->change(r->context, &c));
			}
			break;
		case ITEM_PROBLEM:
			row_unpack(&u, &import_problem_record, &p);
			if (!u.bad) {
				TRY(r->problem(r->context, &p));
			}
			break;
		default:
			u.bad = true;
			break;
		}
	}
	return unpack_end(&u);
}

struct err *preview_read(struct arena *a, int fd, int64_t size, const struct preview_reader *r)
{
	int64_t at = 0;

	while (at < size) {
		struct arena_mark mark = arena_mark(a);
		unsigned char head[8];
		struct unpacker u;
		unsigned char *chunk;
		int64_t n;

		TRY(read_at(fd, head, sizeof(head), at));
		unpack_begin(&u, a, (struct bytes){ head, sizeof(head) });
		n = unpack_int(&u);
		if (n <= 0 || n > CHUNK_MOST || n > size - at - 8) {
			return ERR_DETAIL(ERR_INVALID, "preview: a chunk of %lld bytes", (long long)n);
		}
		chunk = arena_alloc(a, (size_t)n);
		TRY(read_at(fd, chunk, (size_t)n, at + 8));
		TRY(read_chunk(a, (struct bytes){ chunk, (size_t)n }, r));
		at += 8 + n;
		arena_rewind(a, mark);
	}
	return NULL;
}
