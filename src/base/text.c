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

/* Decomposes, composes or folds by utf8proc's options, into the arena. */
static const char *mapped(struct arena *a, const char *s, size_t n, utf8proc_option_t options)
{
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

static bool is_control(const char *s, size_t i, size_t n)
{
	unsigned char c = (unsigned char)s[i];
	if (c == 0xC2 && i + 1 < n) { /* C1: U+0080 to U+009F */
		return (unsigned char)s[i + 1] >= 0x80 && (unsigned char)s[i + 1] <= 0x9F;
	}
	return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Line ends made one, controls dropped, ends trimmed. */
static char *cleaned(struct arena *a, const char *s, size_t n, size_t *length)
{
	char *out = ARENA_NEW(a, char, n + 1);
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\r') {
			if (i + 1 == n || s[i + 1] != '\n') {
				out[k++] = '\n';
			}
		} else if (is_control(s, i, n)) {
			i += (unsigned char)s[i] == 0xC2 ? 1 : 0;
		} else {
			out[k++] = s[i];
		}
	}
	while (k > 0 && is_blank(out[k - 1])) {
		k--;
	}
	size_t from = 0;
	while (from < k && is_blank(out[from])) {
		from++;
	}
	out[k] = '\0';
	*length = k - from;
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
