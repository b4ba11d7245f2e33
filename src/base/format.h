/*
 * Short texts without the machinery of printf, which takes hundreds of instructions before the first
 * letter: a list page makes a hundred of them.
 */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* Exactly what vsnprintf would do, for formats of %s, %.*s, %d, %lld, %zu and %% only. -1: there is
 * something else in the format, NULL for a text, or no room: what out holds then means nothing, and
 * vsnprintf is to be asked with arguments of its own. */
int format_brief(char *out, size_t room, const char *format, va_list args) __attribute__((format(printf, 3, 0)));

#endif
