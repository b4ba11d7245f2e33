/*
 * Errors: what went wrong, said once for the person and once for the operator.
 *
 * A function that can fail returns struct err *, NULL when all is well. Errors live in a ring of
 * fixed slots in the process (no allocation, so running out of memory can be told too): an error is
 * dealt with by the caller that receives it, long before the ring comes round.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

#define MUST_CHECK __attribute__((warn_unused_result))

enum err_kind {
	ERR_NOT_FOUND, /* no such thing, or not for this person: the two look the same */
	ERR_DENIED,    /* may not, and may know that it exists */
	ERR_INVALID,   /* what was given is wrong; the sentence says what to do */
	ERR_CONFLICT,  /* somebody else changed it first */
	ERR_BUSY,      /* try again in a moment */
	ERR_LIMIT,     /* too big, too many, too often */
	ERR_IO,        /* disk, network or database */
	ERR_USAGE,     /* command line or configuration */
	ERR_BUG        /* ours */
};

struct err {
	enum err_kind kind;
	char sentence[400]; /* for the person: plain English, says what to do, no personal data of others */
	char detail[400];   /* for the operator's log: no personal data */
	const char *file;
	int line;
	const struct err *cause;
};

/* Makes an error. The sentence is what a person reads. */
#define ERR(kind, ...) err_make((kind), __FILE__, __LINE__, __VA_ARGS__)
struct err *err_make(enum err_kind kind, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* An error of kind ERR_BUG or ERR_IO whose sentence is a general one and whose text is for the log. */
#define ERR_DETAIL(kind, ...) err_make_detail((kind), __FILE__, __LINE__, __VA_ARGS__)
struct err *err_make_detail(enum err_kind kind, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Puts a sentence round a cause and keeps the cause for the log. */
#define ERR_WRAP(cause, kind, ...) err_wrap((cause), (kind), __FILE__, __LINE__, __VA_ARGS__)
struct err *err_wrap(const struct err *cause, enum err_kind kind, const char *file, int line,
		     const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Keeps the first error when a second one happens during clean-up; either may be NULL. */
struct err *err_join(struct err *first, struct err *second);

/* Disk, database or memory failed the person: the operator is to know as well. Not what was refused for being too much at
 * once, which has no cause. */
bool err_is_trouble(const struct err *err);

const char *err_kind_word(enum err_kind kind); /* "not-found", "denied" ... */

/* The only macro that returns. */
#define TRY(expression)                                                                            \
	do {                                                                                       \
		struct err *try_err_ = (expression);                                               \
		if (try_err_ != NULL) {                                                            \
			return try_err_;                                                           \
		}                                                                                  \
	} while (0)

#endif
