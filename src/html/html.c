/* The sink: literals move the state, values are escaped for it. */
#include "html/html.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "html/lex.h"

#define DEPTH 96	      /* elements open at once */
#define PAGE_MAX (256u << 10) /* a sink that may grow so far is a whole page ... */
#define PAGE_ROOM                                                                                  \
	(32u << 10) /* ... and gets room for a usual one at once, instead of growing to it */

struct html {
	struct buf buf;
	struct arena *arena;
	unsigned char state;
	bool faulty;
	size_t depth;
	unsigned char open[DEPTH];
	char fault[240];
};

/* What html_fragment answers for a sink with a fault: html_insert knows it by its address. */
static const char broken_fragment[] = "!";

/* ---- state ---- */

static void fault(struct html *h, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void fault(struct html *h, const char *format, ...)
{
	va_list args;

	if (h->faulty) {
		return;
	}
	h->faulty = true;
	h->state = STATE(PLACE_BROKEN, TAG_NORMAL);
	va_start(args, format);
	vsnprintf(h->fault, sizeof h->fault, format, args);
	va_end(args);
}

struct html *html_new(struct arena *a, size_t max)
{
	struct html *h = ARENA_NEW(a, struct html, 1);

	h->arena = a;
	h->state = STATE(PLACE_TEXT, TAG_NORMAL);
	buf_init(&h->buf, a, max);
	if (max >= PAGE_MAX) {
		buf_reserve(&h->buf, PAGE_ROOM);
	}
	return h;
}

struct html *html_part(const struct html *whole)
{
	return html_new(whole->arena, PAGE_MAX - 1);
}

static inline void put(struct html *h, const char *s, size_t n)
{
	struct buf *b = &h->buf;

	if (n < b->cap - b->n) {
		memcpy(b->p + b->n, s, n);
		b->n += n;
		b->p[b->n] = '\0';
	} else {
		buf_add(b, s, n);
	}
}

/* ---- literals ---- */

static bool apply(struct html *h, const unsigned char *popped, size_t n_popped,
		  const unsigned char *pushed, size_t n_pushed)
{
	for (size_t i = 0; i < n_popped; i++) {
		unsigned char top = h->depth > 0 ? h->open[h->depth - 1] : 0;
		if (top != popped[i]) {
			fault(h, "</%s> closes <%s>", element_name(popped[i]), element_name(top));
			return false;
		}
		h->depth--;
	}
	if (h->depth + n_pushed > DEPTH) {
		fault(h, "elements are nested more than %d deep", DEPTH);
		return false;
	}
	for (size_t i = 0; i < n_pushed; i++) {
		h->open[h->depth++] = pushed[i];
	}
	return true;
}

static bool work_out(struct html *h, const char *s, size_t n, struct html_site *site)
{
	struct effect effect;

	lex(s, n, h->state, &effect);
	if (effect.fault != NULL) {
		fault(h, "%s: %.60s", effect.fault, s + (effect.at < n ? effect.at : 0));
		return false;
	}
	if (!apply(h, effect.popped, effect.n_popped, effect.pushed, effect.n_pushed)) {
		return false;
	}
	if (effect.n_popped <= sizeof site->popped && effect.n_pushed <= sizeof site->pushed) {
		site->from = h->state;
		site->to = effect.to;
		site->pops = (unsigned char)effect.n_popped;
		site->pushes = (unsigned char)effect.n_pushed;
		memcpy(site->popped, effect.popped, effect.n_popped);
		memcpy(site->pushed, effect.pushed, effect.n_pushed);
		site->known = 1;
	}
	h->state = effect.to;
	return true;
}

void html_literal(struct html *h, const char *s, size_t n, struct html_site *site)
{
	if (site->known && site->from == h->state) {
		if (site->pops + site->pushes > 0 &&
		    !apply(h, site->popped, site->pops, site->pushed, site->pushes)) {
			return;
		}
		h->state = site->to;
	} else if (h->faulty || !work_out(h, s, n, site)) {
		return;
	}
	put(h, s, n);
}

/* ---- values ---- */

/* 0: as it is; n: the n-th entity. NUL cannot stand in HTML and becomes U+FFFD. */
static const unsigned char special[256] = {
	['\0'] = 6, ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5
};

static const struct entity {
	char s[8];
	size_t n;
} entities[] = { { "", 0 },	  { "&amp;", 5 }, { "&lt;", 4 },	{ "&gt;", 4 },
		 { "&quot;", 6 }, { "&#39;", 5 }, { "\xef\xbf\xbd", 3 } };

/* Where it may not fit: piece by piece, so that the buffer's maximum holds. */
static void escape_slowly(struct html *h, const char *s, size_t n)
{
	const char *run = s;
	const char *end = s + n;

	for (; s < end; s++) {
		unsigned char which = special[(unsigned char)*s];
		if (which != 0) {
			put(h, run, (size_t)(s - run));
			put(h, entities[which].s, entities[which].n);
			run = s + 1;
		}
	}
	put(h, run, (size_t)(end - run));
}

static void escape(struct html *h, const char *s, size_t n)
{
	struct buf *b = &h->buf;
	const char *end = s + n;
	char *to = b->p + b->n;

	if ((b->cap - b->n) / sizeof entities[0].s <= n) {
		escape_slowly(h, s, n);
		return;
	}
	while (s < end) {
		unsigned char which = special[(unsigned char)*s];
		if (which == 0) {
			*to++ = *s++;
		} else {
			memcpy(to, entities[which].s, sizeof entities[which].s);
			to += entities[which].n;
			s++;
		}
	}
	*to = '\0';
	b->n = (size_t)(to - b->p);
}

static const char *why_no_text(enum place place)
{
	switch (place) {
	case PLACE_RAW:
		return "text inside a script";
	case PLACE_TAG:
	case PLACE_TAG_SPACE:
		return "text inside a tag";
	case PLACE_UNQUOTED:
		return "text in an unquoted attribute";
	case PLACE_ADDRESS:
	case PLACE_ADDRESS_END:
		return "text in an address: use html_url";
	default:
		return "text where none may stand";
	}
}

void html_textn(struct html *h, const char *s, size_t n)
{
	enum place place = STATE_PLACE(h->state);

	if (place != PLACE_TEXT && place != PLACE_VALUE && place != PLACE_RCDATA) {
		fault(h, "%s: %.*s", why_no_text(place), (int)(n < 60 ? n : 60), s);
		return;
	}
	escape(h, s, n);
}

void html_text(struct html *h, const char *s)
{
	if (s != NULL) {
		html_textn(h, s, strlen(s));
	}
}

void html_int(struct html *h, int64_t n)
{
	char digits[24];
	char *p = digits + sizeof digits;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		*--p = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (n < 0) {
		*--p = '-';
	}
	html_textn(h, p, (size_t)(digits + sizeof digits - p));
}

void html_format(struct html *h, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	html_text(h, arena_vprintf(h->arena, format, args));
	va_end(args);
}

void html_url(struct html *h, struct url u)
{
	if (STATE_PLACE(h->state) != PLACE_ADDRESS) {
		fault(h, "an address outside the start of href, src or action: %.60s",
		      u.s == NULL ? "" : u.s);
		return;
	}
	if (u.s == NULL) {
		fault(h, "an address is missing");
		return;
	}
	escape(h, u.s, strlen(u.s));
	h->state = STATE(PLACE_ADDRESS_END, STATE_KIND(h->state));
}

void html_attribute(struct html *h, const char *name, const char *value)
{
	size_t n = strlen(name);
	enum place place = STATE_PLACE(h->state);
	bool good = n > 0 && attribute_classify(name, n) == ATTRIBUTE_PLAIN;

	for (size_t i = 0; good && i < n; i++) {
		good = attribute_char(name[i]);
	}
	if (!good || (place != PLACE_TAG && place != PLACE_TAG_SPACE)) {
		fault(h,
		      good ? "an attribute outside a tag: %.60s"
			   : "an attribute that may not be written: %.60s",
		      name);
		return;
	}
	put(h, " ", 1);
	put(h, name, n);
	if (value != NULL) {
		put(h, "=\"", 2);
		escape(h, value, strlen(value));
		put(h, "\"", 1);
	}
	h->state = STATE(PLACE_TAG, STATE_KIND(h->state));
}

/* ---- fragments and the end ---- */

struct html_fragment html_fragment(struct html *h)
{
	if (html_finish(h) != NULL) {
		return (struct html_fragment){ broken_fragment, 1 };
	}
	return (struct html_fragment){ h->buf.p == NULL ? "" : h->buf.p, h->buf.n };
}

void html_insert(struct html *h, struct html_fragment f)
{
	if (f.p == broken_fragment) {
		fault(h, "a fragment with a fault of its own");
		return;
	}
	if (STATE_PLACE(h->state) != PLACE_TEXT) {
		fault(h, "a fragment outside text");
		return;
	}
	put(h, f.p, f.n);
}

const char *html_fault(const struct html *h)
{
	return h->faulty ? h->fault : NULL;
}

const char *html_finish(struct html *h)
{
	if (h->buf.full) {
		fault(h, "the page is larger than %zu bytes", h->buf.max);
	} else if (h->depth > 0) {
		fault(h, "<%s> is not closed", element_name(h->open[h->depth - 1]));
	} else if (h->state != STATE(PLACE_TEXT, TAG_NORMAL)) {
		fault(h, "the page ends inside a tag");
	}
	return html_fault(h);
}

struct bytes html_bytes(const struct html *h)
{
	return (struct bytes){ (const unsigned char *)h->buf.p, h->buf.n };
}
