/* Addresses: percent-encoding, queries, and what may come from outside. */
#include "html/url.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"

#define URL_MAX 8000 /* longer ones are refused by servers and proxies alike */
#define FOREIGN_MAX 2000

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 3986 section 2.3. */
static bool is_unreserved(char c)
{
	return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static void encode_char(struct buf *b, char c)
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char byte = (unsigned char)c;

	buf_char(b, '%');
	buf_char(b, hex[byte >> 4]);
	buf_char(b, hex[byte & 15]);
}

/* In runs: nearly all of every address is plain. */
static void encode(struct buf *b, const char *s)
{
	while (*s != '\0') {
		size_t n = 0;

		while (is_unreserved(s[n])) {
			n++;
		}
		buf_add(b, s, n);
		s += n;
		if (*s != '\0') {
			encode_char(b, *s++);
		}
	}
}

/* One segment. Nothing, "." and ".." would make a browser read another path (an empty one after the
 * first slash even another host), so they become "-", which no reference is. */
static void encode_segment(struct buf *b, const char *s)
{
	if (s == NULL || *s == '\0' || strcmp(s, ".") == 0 || strcmp(s, "..") == 0) {
		s = "-";
	}
	encode(b, s);
}

struct url url_path(struct arena *a, const char *pattern, ...)
{
	struct buf b;
	va_list args;

	buf_init(&b, a, URL_MAX);
	va_start(args, pattern);
	for (const char *hole; (hole = strstr(pattern, "{}")) != NULL; pattern = hole + 2) {
		buf_add(&b, pattern, (size_t)(hole - pattern));
		encode_segment(&b, va_arg(args, const char *));
	}
	buf_str(&b, pattern);
	va_end(args);
	return (struct url){ b.n == 0 ? "" : b.p };
}

struct url url_with(struct arena *a, struct url u, const char *name, const char *value)
{
	struct buf b;
	size_t stem;

	if (u.s == NULL || value == NULL || *value == '\0') {
		return u;
	}
	stem = strcspn(u.s, "#");
	buf_init(&b, a, URL_MAX);
	buf_add(&b, u.s, stem);
	buf_char(&b, memchr(u.s, '?', stem) == NULL ? '?' : '&');
	encode(&b, name);
	buf_char(&b, '=');
	encode(&b, value);
	buf_str(&b, u.s + stem);
	return (struct url){ b.p };
}

struct url url_fragment(struct arena *a, const char *id)
{
	struct buf b;

	buf_init(&b, a, URL_MAX);
	buf_char(&b, '#');
	encode(&b, id == NULL ? "" : id);
	return (struct url){ b.p };
}

struct url url_file(struct arena *a, struct url u, const char *extension)
{
	struct buf b;
	size_t stem;

	if (u.s == NULL) {
		return u;
	}
	stem = strcspn(u.s, "?#");
	buf_init(&b, a, URL_MAX);
	buf_add(&b, u.s, stem);
	buf_str(&b, extension);
	buf_str(&b, u.s + stem);
	return (struct url){ b.p };
}

/* The part of https://HOST that names the host: letters, digits, "-", "." and a port; no user name,
 * which is only ever there to mislead. */
static bool good_host(const char *host)
{
	size_t n = strcspn(host, "/?#");

	if (n == 0 || !is_alnum(host[0])) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (!is_alnum(host[i]) && host[i] != '-' && host[i] != '.' && host[i] != ':') {
			return false;
		}
	}
	return true;
}

/* Control characters are refused (browsers drop some of them), the rest is encoded where RFC 3986
 * wants it. */
static struct url tidy(struct arena *a, const char *s)
{
	static const char allowed[] = "-._~:/?#[]@!$&'()*+,;=%";
	struct buf b;

	buf_init(&b, a, URL_MAX);
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s < 0x20 || *s == 0x7f) {
			return (struct url){ NULL };
		}
		if (is_alnum(*s) || strchr(allowed, *s) != NULL) {
			buf_char(&b, *s);
		} else {
			encode_char(&b, *s);
		}
	}
	return b.full ? (struct url){ NULL } : (struct url){ b.p };
}

struct url url_own(struct arena *a, const char *s)
{
	const struct url none = { NULL };

	if (s == NULL || strlen(s) > FOREIGN_MAX || (s[0] != '/' && s[0] != '#') || s[1] == '/') {
		return none;
	}
	/* Browsers read "\" as "/". */
	return strchr(s, '\\') != NULL ? none : tidy(a, s);
}

struct url url_foreign(struct arena *a, const char *s)
{
	const struct url none = { NULL };

	if (s == NULL || strlen(s) > FOREIGN_MAX) {
		return none;
	}
	if (strncasecmp(s, "https://", 8) == 0) {
		if (!good_host(s + 8)) {
			return none;
		}
	} else if (strncasecmp(s, "mailto:", 7) != 0 && strncasecmp(s, "tel:", 4) != 0) {
		return none;
	}
	return tidy(a, s);
}
