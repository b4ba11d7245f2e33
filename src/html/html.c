/* The sink: literals move the state, values are escaped for it. */
#include "html/html.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "html/lex.h"

#define PAGE_MAX (256u << 10) /* a sink that may grow so far is a whole page ... */
#define PAGE_ROOM                                                                                  \
	(32u << 10) /* ... and gets room for a usual one at once, instead of growing to it */

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

void html_put(struct html *h, const char *s, size_t n)
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

/* The n-th element from the innermost; 0: so many are not open. */
static unsigned char open_at(const struct html *h, size_t n)
{
	return n < h->depth ? h->open[HTML_STEP + h->depth - 1 - n] : 0;
}

static bool apply(struct html *h, const struct effect *effect)
{
	for (size_t i = 0; i < effect->n_popped; i++) {
		unsigned char top = open_at(h, 0);
		if (top != effect->popped[i]) {
			fault(h, "</%s> closes <%s>", element_name(effect->popped[i]), element_name(top));
			return false;
		}
		h->depth--;
	}
	if (h->depth + effect->n_pushed > HTML_DEPTH) {
		fault(h, "elements are nested more than %d deep", HTML_DEPTH);
		return false;
	}
	memcpy(h->open + HTML_STEP + h->depth, effect->pushed, effect->n_pushed);
	h->depth += effect->n_pushed;
	return true;
}

static void remember(struct html_site *site, unsigned char from, const struct effect *effect)
{
	if (effect->n_popped > HTML_STEP || effect->n_pushed > HTML_STEP) {
		return;
	}
	*site = (struct html_site){ .from = from,
				    .to = effect->to,
				    .pops = (unsigned char)effect->n_popped,
				    .pushes = (unsigned char)effect->n_pushed };
	site->still = site->pops + site->pushes == 0 ? from : 0;
	for (size_t i = 0; i < effect->n_popped; i++) { /* closed first is innermost: last of what is open */
		site->popped[HTML_STEP - 1 - i] = effect->popped[i];
		site->closing[HTML_STEP - 1 - i] = 0xff;
	}
	memcpy(site->pushed, effect->pushed, effect->n_pushed);
}

/* Apart from html_move, which would have to make room for an effect each time. */
__attribute__((noinline)) static bool work_out(struct html *h, const char *s, size_t n,
					       struct html_site *site)
{
	unsigned char from = h->state;
	struct effect effect;

	if (h->faulty) {
		return false;
	}
	lex(s, n, from, &effect);
	if (effect.fault != NULL) {
		fault(h, "%s: %.60s", effect.fault, s + (effect.at < n ? effect.at : 0));
		return false;
	}
	if (!apply(h, &effect)) {
		return false;
	}
	remember(site, from, &effect);
	h->state = effect.to;
	return true;
}

static uint64_t word_at(const void *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
	return word;
}

bool html_move(struct html *h, const char *s, size_t n, struct html_site *site)
{
	const size_t depth = h->depth, left = depth - site->pops, now = left + site->pushes;
	unsigned char *open = h->open + HTML_STEP;

	_Static_assert(HTML_STEP == sizeof(uint64_t), "elements are compared and written as one word");
	/* Whatever does not fit is worked out again, which also says what is wrong. */
	if (site->from != h->state || now > HTML_DEPTH ||
	    ((word_at(open + depth - HTML_STEP) ^ word_at(site->popped)) & word_at(site->closing)) != 0) {
		return work_out(h, s, n, site);
	}
	memcpy(open + left, site->pushed, HTML_STEP);
	h->depth = now;
	h->state = site->to;
	return true;
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
__attribute__((noinline)) static void escape_slowly(struct html *h, const char *s, size_t n)
{
	const char *run = s;
	const char *end = s + n;

	for (; s < end; s++) {
		unsigned char which = special[(unsigned char)*s];
		if (which != 0) {
			html_put(h, run, (size_t)(s - run));
			html_put(h, entities[which].s, entities[which].n);
			run = s + 1;
		}
	}
	html_put(h, run, (size_t)(end - run));
}

/* Whether none of eight bytes is special: <, > differ in one bit, and so do ", &, ' and # (which is
 * plain, but rare) in two. A byte below 0x80 minus one has the highest bit only if it was zero; what is
 * carried into the byte above can but add a doubt. */
static bool is_plain(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
	uint64_t angle = (word & 0xfdfdfdfdfdfdfdfd) ^ 0x3c3c3c3c3c3c3c3c;
	uint64_t quote = (word & 0xfafafafafafafafa) ^ 0x2222222222222222;

	return (((word - ones) | (angle - ones) | (quote - ones)) & ~word & high) == 0;
}

static char *escape_bytes(char *to, const char *s, const char *end)
{
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
	return to;
}

static void written_to(struct html *h, char *to)
{
	*to = '\0';
	h->buf.n = (size_t)(to - h->buf.p);
}

/* From a word on that has something special. Apart from escape, which then saves no registers. */
__attribute__((noinline)) static void escape_special(struct html *h, char *to, const char *s, const char *end)
{
	for (; end - s >= 8; s += 8) {
		uint64_t word = word_at(s);
		if (is_plain(word)) {
			memcpy(to, &word, 8);
			to += 8;
		} else {
			to = escape_bytes(to, s, s + 8);
		}
	}
	written_to(h, escape_bytes(to, s, end));
}

/* Most texts are plain: eight bytes at a time, and the last eight once more with what remains. */
static void escape(struct html *h, const char *s, size_t n)
{
	const char *end = s + n;
	char *to = h->buf.p + h->buf.n;

	if ((h->buf.cap - h->buf.n) / sizeof entities[0].s <= n) {
		escape_slowly(h, s, n);
		return;
	}
	if (n < 8) {
		written_to(h, escape_bytes(to, s, end));
		return;
	}
	for (; end - s >= 8; s += 8, to += 8) {
		uint64_t word = word_at(s);
		if (!is_plain(word)) {
			escape_special(h, to, s, end);
			return;
		}
		memcpy(to, &word, 8);
	}
	uint64_t last = word_at(end - 8);
	if (!is_plain(last)) {
		escape_special(h, to, s, end);
		return;
	}
	to += end - s;
	memcpy(to - 8, &last, 8);
	written_to(h, to);
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

void html_value(struct html *h, const char *s)
{
	enum place place = STATE_PLACE(h->state);

	if (place == PLACE_TEXT || place == PLACE_RCDATA) {
		fault(h, "an attribute outside a tag: %.60s", s == NULL ? "" : s);
		return;
	}
	html_text(h, s);
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
	html_put(h, " ", 1);
	html_put(h, name, n);
	if (value != NULL) {
		html_put(h, "=\"", 2);
		escape(h, value, strlen(value));
		html_put(h, "\"", 1);
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
	html_put(h, f.p, f.n);
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
		fault(h, "<%s> is not closed", element_name(open_at(h, 0)));
	} else if (h->state != STATE(PLACE_TEXT, TAG_NORMAL)) {
		fault(h, "the page ends inside a tag");
	}
	return html_fault(h);
}

struct bytes html_bytes(const struct html *h)
{
	return (struct bytes){ (const unsigned char *)h->buf.p, h->buf.n };
}
