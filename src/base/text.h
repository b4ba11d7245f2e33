/* Text: UTF-8 checked and normalised once at the border (utf8proc), folded for search and sorting. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

bool text_is_utf8(const char *s, size_t n);
size_t text_length(const char *s); /* characters of valid UTF-8 */
/* NFC, line ends to LF, ends trimmed (also of spaces that are not ASCII); control characters but LF
 * and TAB are dropped, and so are zero-width and direction marks and what is above 30 accents on one
 * letter. NULL when s is not UTF-8 or holds a NUL. */
const char *text_normalise(struct arena *a, const char *s, size_t n);
/* Lower case, no accents, single spaces: for finding and ordering names. */
const char *text_fold(struct arena *a, const char *s);
/* Bytes of a Windows-1252 file as UTF-8; the five unassigned bytes become U+FFFD. */
const char *text_from_cp1252(struct arena *a, const char *s, size_t n);
bool text_is_email(const char *s); /* one @, a dot in the domain, no control byte, at most 254 */
bool text_same(const char *a, const char *b); /* NULL-safe equality */
bool text_empty(const char *s);               /* NULL or "" */
bool text_starts(const char *s, const char *prefix);
bool text_ends(const char *s, const char *suffix);
/* Decimal int64 in [min, max], nothing else in the string; thousands commas allowed. */
bool text_to_int(const char *s, int64_t min, int64_t max, int64_t *out);
const char *text_thousands(struct arena *a, int64_t n); /* 1,234 */

#endif
