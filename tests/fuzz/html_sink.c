/*
 * The sink under any order of literals, texts, addresses and attributes. Each input is played three
 * times: with hostile values, with harmless ones, and with effects worked out anew. Values must
 * never change which tags and attributes a reader finds (an independent tokenizer tells), and what
 * was remembered about a literal must never change what is written.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../support/html_tokens.h"
#include "base/arena.h"
#include "html/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_OPS 300
#define LIT_OF(s)                                                                                  \
	{                                                                                          \
		s, sizeof s - 1                                                                    \
	}

static const struct {
	const char *s;
	size_t n;
} literals[] = {
	LIT_OF("<p class=\"govuk-body\">"),
	LIT_OF("</p>"),
	LIT_OF("<div"),
	LIT_OF(">"),
	LIT_OF("/>"),
	LIT_OF("\">"),
	LIT_OF("\""),
	LIT_OF("</div>"),
	LIT_OF("<a class=\"govuk-link\" href=\""),
	LIT_OF("</a>"),
	LIT_OF("<img alt=\"\" src=\""),
	LIT_OF("<form method=\"post\" action=\""),
	LIT_OF("</form>"),
	LIT_OF("<input type=\"text\" value=\""),
	LIT_OF("<input"),
	LIT_OF(" disabled"),
	LIT_OF(" title=\""),
	LIT_OF(" id="),
	LIT_OF(" onclick=\""),
	LIT_OF(" style=\""),
	LIT_OF("<textarea name=\"t\">"),
	LIT_OF("</textarea>"),
	LIT_OF("<title>"),
	LIT_OF("</title>"),
	LIT_OF("<script type=\"module\" src=\""),
	LIT_OF("<script>"),
	LIT_OF("</script>"),
	LIT_OF("<style>"),
	LIT_OF("<svg viewBox=\"0 0 1 1\"><path d=\""),
	LIT_OF("</svg>"),
	LIT_OF("<br><hr>"),
	LIT_OF("<ul><li><strong>x</strong></li></ul>"),
	LIT_OF("<table><tbody><tr><td>"),
	LIT_OF("</td></tr></tbody></table>"),
	LIT_OF("<!-- "),
	LIT_OF("<"),
	LIT_OF("plain &amp; simple"),
	LIT_OF("/own/path"),
	LIT_OF(" "),
	LIT_OF(""),
};
#define N_LITERALS (sizeof literals / sizeof *literals)

static struct html_site remembered[N_LITERALS];

struct input {
	const uint8_t *p;
	size_t n;
};

static uint8_t next(struct input *in)
{
	if (in->n == 0) {
		return 0;
	}
	in->n--;
	return *in->p++;
}

/* A value: up to 63 bytes of the input, or "x" in the harmless run. */
static const char *value(struct arena *a, struct input *in, bool hostile)
{
	size_t n = next(in) % 64;
	const char *s;

	n = n < in->n ? n : in->n;
	s = arena_strndup(a, (const char *)in->p, n);
	in->p += n;
	in->n -= n;
	return hostile ? s : "x";
}

static void address(struct arena *a, struct html *h, const char *s)
{
	struct url foreign = url_foreign(a, s);
	struct url own = url_own(a, s);

	if (own.s != NULL) {
		html_url(h, url_with(a, own, "q", s));
	} else {
		html_url(h, foreign.s != NULL ? foreign : url_path(a, "/a/{}/b", s));
	}
}

static void op(struct arena *a, struct html *h, struct input *in, bool hostile, bool remember)
{
	uint8_t what = next(in);
	struct html_site fresh = { 0 };

	if (what < 200) {
		size_t i = what % N_LITERALS;
		html_literal(h, literals[i].s, literals[i].n, remember ? &remembered[i] : &fresh);
	} else if (what < 225) {
		html_text(h, value(a, in, hostile));
	} else if (what < 235) {
		html_attribute(h, "data-x", value(a, in, hostile));
	} else if (what < 250) {
		address(a, h, value(a, in, hostile));
	} else {
		html_int(h, (int8_t)next(in));
	}
}

static struct html *play(struct arena *a, struct input in, bool hostile, bool remember)
{
	struct html *h = html_new(a, 1u << 20);

	for (int i = 0; i < MAX_OPS && in.n > 0; i++) {
		op(a, h, &in, hostile, remember);
	}
	html_finish(h);
	return h;
}

static const char *skeleton(struct arena *a, const struct html *h)
{
	struct buf b;

	buf_init(&b, a, 1u << 20);
	html_tokens(&b, (const char *)html_bytes(h).p, html_bytes(h).n, true);
	return b.p;
}

static void must(bool good)
{
	if (!good) {
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(32u << 20);
	struct input in = { data, size };
	struct html *hostile = play(a, in, true, true);
	struct html *harmless = play(a, in, false, true);
	struct html *anew = play(a, in, true, false);

	must((html_fault(hostile) == NULL) == (html_fault(harmless) == NULL));
	must((html_fault(hostile) == NULL) == (html_fault(anew) == NULL));
	must(strcmp((const char *)html_bytes(hostile).p, (const char *)html_bytes(anew).p) == 0);
	if (html_fault(hostile) == NULL) {
		must(strcmp(skeleton(a, hostile), skeleton(a, harmless)) == 0);
	}
	arena_free(&a);
	return 0;
}
