/*
 * HTML as a canonical text, for comparing what two programs rendered: one line a tag or text,
 * attributes in order of name, entities decoded, white space collapsed. Written apart from the sink
 * on purpose: it is what the sink is checked against. Static functions, for test programs only.
 */
#ifndef TESTS_HTML_TOKENS_H
#define TESTS_HTML_TOKENS_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define TOKEN_ATTRIBUTES 64

struct token_attribute {
	const char *name;
	size_t name_n;
	const char *value;
	size_t value_n;
};

static bool token_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static size_t token_entity(const char *s, size_t n, const char **out)
{
	static const struct {
		const char *name, *text;
	} known[] = { { "&amp;", "&" },
		      { "&lt;", "<" },
		      { "&gt;", ">" },
		      { "&quot;", "\"" },
		      { "&#39;", "'" },
		      { "&#x27;", "'" },
		      { "&ctdot;", "\xe2\x8b\xaf" },
		      { "&nbsp;", "\xc2\xa0" } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t length = strlen(known[i].name);
		if (n >= length && memcmp(s, known[i].name, length) == 0) {
			*out = known[i].text;
			return length;
		}
	}
	return 0;
}

/* Decoded; runs of white space become one space and the ends are trimmed, unless kept. */
static void token_text(struct buf *out, const char *s, size_t n, bool keep_space)
{
	bool pending = false, any = false;

	for (size_t i = 0; i < n;) {
		const char *entity = NULL;
		size_t length = s[i] == '&' ? token_entity(s + i, n - i, &entity) : 0;
		if (!keep_space && token_space(s[i])) {
			pending = any;
			i++;
			continue;
		}
		if (pending) {
			buf_char(out, ' ');
			pending = false;
		}
		any = true;
		if (length > 0) {
			buf_str(out, entity);
			i += length;
		} else {
			buf_char(out, s[i]);
			i++;
		}
	}
}

static int token_by_name(const void *a, const void *b)
{
	const struct token_attribute *x = a, *y = b;
	size_t n = x->name_n < y->name_n ? x->name_n : y->name_n;
	int order = memcmp(x->name, y->name, n);

	return order != 0 ? order : (x->name_n > y->name_n) - (x->name_n < y->name_n);
}

static bool token_void(const char *name, size_t n)
{
	static const char *const names[] = { "br",   "hr",   "img", "input",
					     "link", "meta", "col", "wbr" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0) {
			return true;
		}
	}
	return false;
}

/* One attribute at s; returns where the next thing begins. */
static const char *token_attribute(const char *s, const char *end, struct token_attribute *out)
{
	*out = (struct token_attribute){ .name = s };
	while (s < end && !token_space(*s) && *s != '=' && *s != '>' && *s != '/') {
		s++;
	}
	out->name_n = (size_t)(s - out->name);
	if (s < end && *s == '=') {
		char quote = s + 1 < end ? s[1] : '"';
		s += 2;
		out->value = s;
		while (s < end && *s != quote) {
			s++;
		}
		out->value_n = (size_t)(s - out->value);
		s = s < end ? s + 1 : s;
	}
	return s;
}

/* A start tag at s ("<name"). */
static const char *token_start(struct buf *out, const char *s, const char *end, bool names_only,
			       const char **name, size_t *name_n)
{
	struct token_attribute list[TOKEN_ATTRIBUTES];
	size_t n = 0;
	bool slash = false;

	*name = ++s;
	while (s < end && !token_space(*s) && *s != '>' && *s != '/') {
		s++;
	}
	*name_n = (size_t)(s - *name);
	while (s < end && *s != '>') {
		if (*s == '/') {
			slash = true;
			s++;
		} else if (token_space(*s)) {
			s++;
		} else {
			struct token_attribute one;
			const char *next = token_attribute(s, end, &one);
			s = next == s ? s + 1 : next;
			if (n < TOKEN_ATTRIBUTES) {
				list[n++] = one;
			}
		}
	}
	qsort(list, n, sizeof list[0], token_by_name);
	buf_printf(out, "<%.*s", (int)*name_n, *name);
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, " %.*s=\"", (int)list[i].name_n, list[i].name);
		token_text(out, list[i].value, names_only ? 0 : list[i].value_n, false);
		buf_char(out, '"');
	}
	buf_str(out, ">\n");
	if (slash && !token_void(*name, *name_n)) {
		buf_printf(out, "</%.*s>\n", (int)*name_n, *name);
	}
	return s < end ? s + 1 : s;
}

static bool token_is(const char *name, size_t n, const char *what)
{
	return strlen(what) == n && memcmp(name, what, n) == 0;
}

/* The canonical text of n bytes of HTML; names_only: only tags and the names of their attributes.
 */
static void html_tokens(struct buf *out, const char *s, size_t n, bool names_only)
{
	const char *end = s + n;
	const char *name = "";
	size_t name_n = 0;

	while (s < end) {
		const char *less = memchr(s, '<', (size_t)(end - s));
		bool area = token_is(name, name_n, "textarea");
		size_t text = (size_t)((less == NULL ? end : less) - s);
		size_t before = out->n;
		token_text(out, s, names_only ? 0 : text, area);
		if (out->n > before) {
			buf_char(out, '\n');
		}
		if (less == NULL) {
			return;
		}
		s = less;
		name_n = 0;
		if (s + 1 < end && (s[1] == '/' || s[1] == '!')) {
			const char *close = memchr(s, '>', (size_t)(end - s));
			if (close == NULL) {
				return;
			}
			buf_printf(out, "%.*s\n", (int)(close - s + 1), s);
			s = close + 1;
		} else {
			s = token_start(out, s, end, names_only, &name, &name_n);
		}
	}
}

#endif
