/* Lists that are looked at before they are saved: what was sent, what is answered, what was agreed to. */
#include <string.h>
#include <unistd.h>

#include "app/training/list_import.h"
#include "base/arena.h"
#include "base/text.h"

/* A spreadsheet that was saved as it is, instead of as CSV, begins with these bytes. */
static bool is_spreadsheet(const char *p, size_t n)
{
	return n >= 4 && (memcmp(p, "PK\003\004", 4) == 0 || memcmp(p, "\xd0\xcf\x11\xe0", 4) == 0);
}

struct err *list_text(struct arena *a, const struct upload *upload, const char *rows, const char **out)
{
	struct buf b;
	char piece[16384];
	off_t at = 0;
	ssize_t got;

	*out = rows == NULL ? "" : rows;
	if (upload == NULL || upload->fd < 0 || upload->size == 0) {
		return NULL;
	}
	buf_init(&b, a, LIST_TEXT_MAX + 1);
	while ((got = pread(upload->fd, piece, sizeof(piece), at)) > 0) {
		buf_add(&b, piece, (size_t)got);
		at += got;
	}
	if (b.full) {
		return ERR(ERR_LIMIT, "The file must be smaller than 1.9 MB. Split the list in two");
	}
	if (is_spreadsheet(b.p, b.n)) {
		return ERR(ERR_INVALID, "This is a spreadsheet. Save it as CSV and choose that file, or copy the rows and paste them");
	}
	size_t skip = b.n >= 3 && memcmp(b.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	const char *text = text_is_utf8(b.p, b.n) ? b.p : text_from_cp1252(a, b.p, b.n);

	*out = text_normalise(a, text + skip, strlen(text + skip));
	return *out != NULL ? NULL : ERR(ERR_INVALID, "The file is not text. Save the list as CSV and try again");
}

void list_need_rows(struct op *op, size_t n)
{
	if (n == 0) {
		problem_add(op->arena, op->problems, "rows", "Paste the list or choose a file");
	}
}

void list_say(struct op *op, const char *name, int64_t n)
{
	pairs_add(op->arena, op->result, name, arena_printf(op->arena, "%lld", (long long)n));
}

void list_say_bad(struct op *op, int64_t line, const char *reason)
{
	if (op->who->role == ROLE_SYSTEM) {
		pairs_add(op->arena, op->result, "bad", arena_printf(op->arena, "%lld\t%s", (long long)line, reason));
	}
}

void list_say_bad_csv(struct op *op, const struct buf *csv)
{
	if (op->who->role == ROLE_SYSTEM) {
		pairs_add(op->arena, op->result, "bad_csv", csv->p);
	}
}

void list_check_seen(struct op *op, const struct list_seen *s)
{
	if (op->who->role != ROLE_SYSTEM && text_empty(s->agreed)) {
		problem_add(op->arena, op->problems, NULL, "Check the %s before you save it", s->what);
	} else if (!text_empty(s->agreed) && strcmp(s->agreed, s->digest) != 0) {
		problem_add(op->arena, op->problems, NULL,
			    "The %s, or what is recorded already, has changed since the preview. Look at it again, then save", s->what);
	} else if (s->bad > 0 && !s->skip_bad) {
		problem_add(op->arena, op->problems, "rows", "%lld row%s cannot be used. Mend the %s, or leave them out",
			    (long long)s->bad, s->bad == 1 ? "" : "s", s->what);
	}
}
