/*
 * The HTML sink: knows where it is, escapes or refuses accordingly.
 *
 * LIT takes string constants only and runs a small HTML state machine over them (text, tag,
 * attribute, quoted value, URL attribute, element stack). Values go through html_text() and
 * html_url(), which look at the context: text in an unquoted attribute, in href/src/action, in an
 * on* or style attribute, inside <script> or <style>, a mismatched end tag - each is a fault. The
 * first fault is remembered (html_fault); the page is then replaced by the error page.
 *
 * What a literal does to the state is worked out once per call site and kept beside it.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "html/url.h"

struct arena;
struct html;

struct html_site { /* memory of one LIT: zero at first */
	unsigned char known;
	unsigned char from, to; /* lexer state before and after */
	unsigned char pops, pushes;
	/* Element numbers; a literal with more of them is worked out each time. */
	unsigned char popped[10], pushed[10];
};

struct html *html_new(struct arena *a, size_t max);
/* A sink for a part, on the same arena as the whole: for fragments. */
struct html *html_part(const struct html *whole);

#define LIT(h, s)                                                                                  \
	do {                                                                                       \
		static struct html_site site_;                                                     \
		html_literal((h), "" s, sizeof(s) - 1, &site_);                                    \
	} while (0)
void html_literal(struct html *h, const char *s, size_t n, struct html_site *site);

void html_text(struct html *h, const char *s); /* escaped for the context; NULL writes nothing */
void html_textn(struct html *h, const char *s, size_t n);
void html_int(struct html *h, int64_t n);
void html_format(struct html *h, const char *format, ...) __attribute__((format(printf, 2, 3)));
void html_url(struct html *h, struct url u); /* only inside href, src, action, formaction */

/* name="value" with a leading space, inside a tag only. The name is the programmer's (lower case,
 * digits, "-", "."; never on*, style or an address attribute); a NULL value writes the name alone. */
void html_attribute(struct html *h, const char *name, const char *value);

/* HTML that the sink itself has made earlier on the same arena and that was well-formed. */
struct html_fragment {
	const char *p;
	size_t n;
};
/* Everything written so far; a fault if not in text with an empty stack. */
struct html_fragment html_fragment(struct html *h);
void html_insert(struct html *h, struct html_fragment f); /* only in text context */

/* NULL: sound so far. At the end of a page call html_finish: open elements are a fault too. */
const char *html_fault(const struct html *h);
const char *html_finish(struct html *h);
struct bytes html_bytes(const struct html *h);

#endif
