#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"

/* Bytes from the start that are plain ASCII, eight at a time: most of every file is. */
static size_t ascii_prefix(const char *s, size_t n)
{
	size_t i = 0;
	while (n - i >= 8) {
		uint64_t word;
		memcpy(&word, s + i, 8);
		if ((word & UINT64_C(0x8080808080808080)) != 0) {
			break;
		}
		i += 8;
	}
	while (i < n && (unsigned char)s[i] < 0x80) {
		i++;
	}
	return i;
}

bool text_is_utf8(const char *s, size_t n)
{
	size_t i = 0;
	for (;;) {
		i += ascii_prefix(s + i, n - i);
		if (i == n) {
			return true;
		}
		utf8proc_int32_t c;
		utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)s + i,
							 (utf8proc_ssize_t)(n - i), &c);
		if (took <= 0) {
			return false;
		}
		i += (size_t)took;
	}
}

size_t text_length(const char *s)
{
	size_t n = 0;
	for (; *s != '\0'; s++) {
		n += ((unsigned char)*s & 0xC0) != 0x80 ? 1 : 0;
	}
	return n;
}

/* A letter with more marks than this on it is no text, and putting n marks in order takes n squared
 * steps (Unicode UAX #15, section 13: Stream-Safe Text Format). */
enum { MARKS_MAX = 30 };

/* The text without the marks that are too many; s itself when there are none. */
static const char *thinned(struct arena *a, const char *s, size_t *n)
{
	char *out = NULL;
	size_t k = 0, marks = 0;
	for (size_t i = ascii_prefix(s, *n); i < *n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)s + i,
							 (utf8proc_ssize_t)(*n - i), &c);
		if (took <= 0) {
			return s; /* not UTF-8: for the caller to find */
		}
		marks = c < 0x300 || utf8proc_get_property(c)->combining_class == 0 ? 0 : marks + 1;
		if (marks > MARKS_MAX && out == NULL) {
			out = ARENA_NEW(a, char, *n + 1);
			memcpy(out, s, i);
			k = i;
		}
		if (out != NULL && marks <= MARKS_MAX) {
			memcpy(out + k, s + i, (size_t)took);
			k += (size_t)took;
		}
		i += (size_t)took;
	}
	if (out == NULL) {
		return s;
	}
	out[k] = '\0';
	*n = k;
	return out;
}

/* Decomposes, composes or folds by utf8proc's options, into the arena. */
static const char *mapped(struct arena *a, const char *s, size_t n, utf8proc_option_t options)
{
	s = thinned(a, s, &n);
	const utf8proc_uint8_t *in = (const utf8proc_uint8_t *)s;
	utf8proc_ssize_t need = utf8proc_decompose(in, (utf8proc_ssize_t)n, NULL, 0, options);
	if (need < 0) {
		return NULL;
	}
	utf8proc_int32_t *points = ARENA_NEW(a, utf8proc_int32_t, (size_t)need + 1);
	need = utf8proc_decompose(in, (utf8proc_ssize_t)n, points, need, options);
	if (need < 0) {
		return NULL;
	}
	utf8proc_ssize_t length = utf8proc_reencode(points, need, options);
	return length < 0 ? NULL : (const char *)points;
}

enum look { LOOK_SHOWN, LOOK_BLANK, LOOK_DROPPED, LOOK_LINE };

/* What a character looks like that is not ASCII. Dropped are controls (C1) and what is never seen but
 * comes along when people paste: soft hyphens, zero-width spaces, byte order marks - and the marks
 * of writing direction, with which one text can be made to look like another (Unicode UTR #36). */
static enum look look_of(utf8proc_int32_t c)
{
	bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
	bool space = c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
		     c == 0x205F || c == 0x3000;
	bool filler = c == 0x200C || c == 0x200D || c == 0x2800 || c == 0x3164 || c == 0xFFA0;

	if (c == 0x2028 || c == 0x2029) {
		return LOOK_LINE;
	}
	if (direction || (c >= 0x80 && c < 0xA0) || c == 0xAD || c == 0x200B || c == 0x200E ||
	    c == 0x200F || c == 0x2060 || c == 0xFEFF) {
		return LOOK_DROPPED;
	}
	return space || filler ? LOOK_BLANK : LOOK_SHOWN;
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The character at i: how many bytes it has, and how it looks. The text is valid UTF-8. */
static enum look look_at(const char *s, size_t i, size_t n, size_t *took)
{
	utf8proc_int32_t c;
	*took = 1;
	if ((unsigned char)s[i] >= 0x80) {
		*took = (size_t)utf8proc_iterate((const utf8proc_uint8_t *)s + i,
						 (utf8proc_ssize_t)(n - i), &c);
		return look_of(c);
	}
	if (s[i] == '\r') {
		return i + 1 < n && s[i + 1] == '\n' ? LOOK_DROPPED : LOOK_LINE;
	}
	return is_blank(s[i]) ? LOOK_BLANK : is_control(s[i]) ? LOOK_DROPPED : LOOK_SHOWN;
}

/* Line ends made one, what is not seen dropped, ends trimmed. */
static char *cleaned(struct arena *a, const char *s, size_t n, size_t *length)
{
	char *out = ARENA_NEW(a, char, n + 1);
	size_t k = 0, took, from = 0, to = 0; /* from the first shown character to the last */
	for (size_t i = 0; i < n; i += took) {
		enum look look = look_at(s, i, n, &took);
		size_t at = k;
		if (look == LOOK_LINE) {
			out[k++] = '\n';
		} else if (look != LOOK_DROPPED) {
			memcpy(out + k, s + i, took);
			k += took;
		}
		if (look == LOOK_SHOWN) {
			from = to == 0 ? at : from;
			to = k;
		}
	}
	out[to] = '\0';
	*length = to - from;
	return out + from;
}

const char *text_normalise(struct arena *a, const char *s, size_t n)
{
	if (memchr(s, '\0', n) != NULL || !text_is_utf8(s, n)) {
		return NULL;
	}
	size_t length;
	char *clean = cleaned(a, s, n, &length);
	if (ascii_prefix(clean, length) == length) {
		return clean;
	}
	return mapped(a, clean, length, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

const char *text_fold(struct arena *a, const char *s)
{
	size_t n = strlen(s);
	const char *folded = s;
	if (ascii_prefix(s, n) != n) {
		/* LUMP makes one of the kinds of apostrophe, dash and space that people paste. */
		folded = mapped(a, s, n,
				UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
					UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_LUMP);
		if (folded == NULL) {
			folded = "";
		}
		n = strlen(folded);
	}
	char *out = ARENA_NEW(a, char, n + 1);
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		char c = folded[i];
		if (is_blank(c)) {
			if (k > 0 && out[k - 1] != ' ') {
				out[k++] = ' ';
			}
		} else {
			out[k++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		}
	}
	if (k > 0 && out[k - 1] == ' ') {
		k--;
	}
	out[k] = '\0';
	return out;
}

/* 0x80 to 0x9F of Windows-1252 (Unicode Consortium, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT). */
static const uint16_t cp1252[32] = {
	0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178
};

const char *text_from_cp1252(struct arena *a, const char *s, size_t n)
{
	char *out = ARENA_NEW(a, char, 3 * n + 1);
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c < 0x80) {
			out[k++] = s[i];
		} else {
			utf8proc_int32_t point = c < 0xA0 ? cp1252[c - 0x80] : c;
			k += (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out + k);
		}
	}
	out[k] = '\0';
	return out;
}

bool text_is_email(const char *s)
{
	size_t n = strlen(s);
	const char *at = strchr(s, '@');
	if (n > 254 || at == NULL || at == s || at - s > 64 || strchr(at + 1, '@') != NULL) {
		return false;
	}
	for (const char *p = s; *p != '\0'; p++) {
		if ((unsigned char)*p <= ' ' || *p == 0x7F || strchr("\"(),:;<>[\\]", *p) != NULL) {
			return false;
		}
	}
	const char *domain = at + 1;
	const char *dot = strchr(domain, '.');
	return dot != NULL && *domain != '.' && s[n - 1] != '.' && strstr(s, "..") == NULL;
}

bool text_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool text_empty(const char *s)
{
	return s == NULL || s[0] == '\0';
}

bool text_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool text_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);
	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool text_to_int(const char *s, int64_t min, int64_t max, int64_t *out)
{
	bool minus = *s == '-';
	s += minus ? 1 : 0;
	const char *comma = strchr(s, ',');
	size_t lead = comma == NULL ? 0 : (size_t)(comma - s); /* digits before the first comma */
	if (*s == '\0' || (comma != NULL && (lead < 1 || lead > 3))) {
		return false;
	}
	int64_t value = 0; /* kept negative: the smallest has no positive */
	for (size_t i = 0; s[i] != '\0'; i++) {
		bool comma_here = comma != NULL && i >= lead && (i - lead) % 4 == 0;
		if (comma_here != (s[i] == ',')) {
			return false;
		}
		if (comma_here) {
			continue;
		}
		if (s[i] < '0' || s[i] > '9' || __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, s[i] - '0', &value)) {
			return false;
		}
	}
	if (comma != NULL && (strlen(s) - lead) % 4 != 0) {
		return false;
	}
	if (!minus && __builtin_sub_overflow((int64_t)0, value, &value)) {
		return false;
	}
	if (value < min || value > max) {
		return false;
	}
	*out = value;
	return true;
}

const char *text_thousands(struct arena *a, int64_t n)
{
	char digits[24];
	char out[32];
	uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	size_t k = 0, o = sizeof(out);
	do {
		digits[k++] = (char)('0' + size % 10);
		size /= 10;
	} while (size > 0);
	out[--o] = '\0';
	for (size_t i = 0; i < k; i++) {
		if (i > 0 && i % 3 == 0) {
			out[--o] = ',';
		}
		out[--o] = digits[i];
	}
	if (n < 0) {
		out[--o] = '-';
	}
	return arena_strdup(a, out + o);
}
