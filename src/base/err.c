#include "base/err.h"

#include <stdio.h>
#include <string.h>

/* The ring of slots: an error outlives its making by as many errors as there are slots. */
#define SLOTS 64
static struct err slots[SLOTS];
static unsigned next_slot;

static struct err *slot(enum err_kind kind, const char *file, int line)
{
	struct err *e = &slots[next_slot++ % SLOTS];
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->file = file;
	e->line = line;
	return e;
}

/* What did not fit is cut between characters, never inside one. */
static void put(char *out, size_t size, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));
static void put(char *out, size_t size, const char *format, va_list args)
{
	int n = vsnprintf(out, size, format, args);
	if (n < 0) {
		out[0] = '\0';
	} else if ((size_t)n >= size) {
		size_t end = size - 1;
		while (end > 0 && ((unsigned char)out[end - 1] & 0xC0) == 0x80) {
			end--;
		}
		if (end > 0 && ((unsigned char)out[end - 1] & 0xC0) == 0xC0) {
			end--;
		}
		out[end] = '\0';
	}
}

static const char *general_sentence(enum err_kind kind)
{
	switch (kind) {
	case ERR_BUSY:
		return "The service is busy. Try again in a moment.";
	case ERR_IO:
		return "The service could not read or write its data. Try again; if it happens again, "
		       "tell whoever runs the service.";
	default:
		return "Something went wrong on our side. Try again; if it happens again, tell "
		       "whoever runs the service.";
	}
}

struct err *err_make(enum err_kind kind, const char *file, int line, const char *format, ...)
{
	struct err *e = slot(kind, file, line);
	va_list args;
	va_start(args, format);
	put(e->sentence, sizeof(e->sentence), format, args);
	va_end(args);
	return e;
}

struct err *err_make_detail(enum err_kind kind, const char *file, int line, const char *format, ...)
{
	struct err *e = slot(kind, file, line);
	va_list args;
	va_start(args, format);
	put(e->detail, sizeof(e->detail), format, args);
	va_end(args);
	snprintf(e->sentence, sizeof(e->sentence), "%s", general_sentence(kind));
	return e;
}

struct err *err_wrap(const struct err *cause, enum err_kind kind, const char *file, int line,
		     const char *format, ...)
{
	struct err *e = slot(kind, file, line);
	va_list args;
	va_start(args, format);
	put(e->sentence, sizeof(e->sentence), format, args);
	va_end(args);
	e->cause = cause;
	return e;
}

struct err *err_join(struct err *first, struct err *second)
{
	if (first == NULL) {
		return second;
	}
	/* A cause that is already there says more than the clean-up's error. */
	if (second != NULL && first->cause == NULL && first != second) {
		first->cause = second;
	}
	return first;
}

bool err_is_trouble(const struct err *err)
{
	return err->kind == ERR_IO || (err->kind == ERR_BUSY && err->cause != NULL);
}

const char *err_kind_word(enum err_kind kind)
{
	switch (kind) {
	case ERR_NOT_FOUND:
		return "not-found";
	case ERR_DENIED:
		return "denied";
	case ERR_INVALID:
		return "invalid";
	case ERR_CONFLICT:
		return "conflict";
	case ERR_BUSY:
		return "busy";
	case ERR_LIMIT:
		return "limit";
	case ERR_IO:
		return "io";
	case ERR_USAGE:
		return "usage";
	case ERR_BUG:
		return "bug";
	}
	return "unknown";
}
