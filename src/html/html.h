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
#include <string.h>

#include "base/buf.h"
#include "html/url.h"

struct arena;

enum {
	HTML_DEPTH = 96, /* elements open at once */
	HTML_STEP = 8	 /* elements that one literal may close or open and still be remembered */
};

/* A sink. Its members are html/'s own; they stand here so that LIT needs no call. */
struct html {
	struct buf buf;
	struct arena *arena;
	unsigned char state; /* of the lexer (html/lex.h); never 0 */
	bool faulty;
	size_t depth;
	/* Numbers of the open elements, outermost first, after as many zeros as are compared at once and
	 * before room for as many as are written at once. */
	unsigned char open[HTML_STEP + HTML_DEPTH + HTML_STEP];
	char fault[240];
};

struct html_site { /* memory of one LIT: zero at first */
	unsigned char from, to; /* states before and after; from 0: not worked out, or too much to keep */
	unsigned char still;	/* from, when no element is closed or left open; else 0 */
	unsigned char pops, pushes;
	/* What must be open, innermost last, where `closing` has ones; what is open then. */
	unsigned char popped[HTML_STEP], closing[HTML_STEP], pushed[HTML_STEP];
};

struct html *html_new(struct arena *a, size_t max);
/* A sink for a part, on the same arena as the whole: for fragments. */
struct html *html_part(const struct html *whole);

#define LIT(h, s)                                                                                  \
	do {                                                                                       \
		static struct html_site site_;                                                     \
		html_literal((h), "" s, sizeof(s) - 1, &site_);                                    \
	} while (0)

/* Part of LIT: moves the state over a literal; false: a fault. */
bool html_move(struct html *h, const char *s, size_t n, struct html_site *site);
/* Part of LIT: what does not fit into the room there is, or is too long to be copied in place. */
void html_put(struct html *h, const char *s, size_t n);

/* What LIT does: most literals move no element and are a dozen bytes, which then cost a dozen instructions. */
static inline void html_literal(struct html *h, const char *s, size_t n, struct html_site *site)
{
	enum { IN_PLACE = 64 };
	struct buf *b = &h->buf;

	if (site->still == h->state) {
		h->state = site->to;
	} else if (!html_move(h, s, n, site)) {
		return;
	}
	if (n <= IN_PLACE && n < b->cap - b->n) {
		memcpy(b->p + b->n, s, n);
		b->n += n;
		b->p[b->n] = '\0';
	} else {
		html_put(h, s, n);
	}
}

void html_text(struct html *h, const char *s); /* escaped for the context; NULL writes nothing */
void html_textn(struct html *h, const char *s, size_t n);
void html_int(struct html *h, int64_t n);
void html_format(struct html *h, const char *format, ...) __attribute__((format(printf, 2, 3)));
void html_url(struct html *h, struct url u); /* only inside href, src, action, formaction */

/* name="value" with a leading space, inside a tag only. The name is a string constant, looked at as any
 * literal is; the value is text, never an address. */
#define ATTRIBUTE(h, name, value)                                                                  \
	do {                                                                                       \
		LIT(h, " " name "=\"");                                                            \
		html_value(h, value);                                                              \
		LIT(h, "\"");                                                                      \
	} while (0)
/* Part of ATTRIBUTE: text as a value, nowhere else. */
void html_value(struct html *h, const char *s);
/* The same for a name that is known only when the program runs. It is the programmer's (lower case,
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
