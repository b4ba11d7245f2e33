/*
 * What a piece of HTML does to the sink's state: worked out here, remembered by html.c. A pure
 * function of the text and the state before it.
 */
#ifndef HTML_LEX_H
#define HTML_LEX_H

#include <stddef.h>

#include "html/names.h"

/* Where the sink stands: a place in the low four bits, the kind of the open tag above them. */
enum place {
	PLACE_TEXT = 1,    /* between tags */
	PLACE_RCDATA,      /* in <title> or <textarea>: text and its own end tag only */
	PLACE_RAW,         /* in <script>: its own end tag only */
	PLACE_TAG,         /* in a start tag, after its name, an attribute or a value */
	PLACE_TAG_SPACE,   /* the same, after a space */
	PLACE_UNQUOTED,    /* after "=": only a quote may follow */
	PLACE_VALUE,       /* in a quoted value */
	PLACE_ADDRESS,     /* at the start of a quoted value of href, src, action ... */
	PLACE_ADDRESS_END, /* in such a value, something written */
	PLACE_BROKEN       /* after a fault */
};

#define STATE(place, kind) ((unsigned char)((place) | ((kind) << 4)))
#define STATE_PLACE(state) ((enum place)((state) & 15))
#define STATE_KIND(state) ((enum tag_kind)((state) >> 4))

#define LEX_MAX 64 /* elements that one literal may open or close */

struct effect {
	unsigned char to;
	size_t n_popped, n_pushed;
	unsigned char popped[LEX_MAX]; /* elements closed that the literal did not open, in order */
	unsigned char pushed[LEX_MAX]; /* elements left open */
	const char *fault;             /* NULL: allowed */
	size_t at;                     /* where in the literal the fault lies */
};

void lex(const char *s, size_t n, unsigned char from, struct effect *out);

#endif
