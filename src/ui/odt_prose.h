/* Markdown that people write as the body of an OpenDocument text (ISO/IEC 26300), for work/odt.h: the same reading of it as
 * ui_prose has, in the styles that are defined there. */
#ifndef UI_ODT_PROSE_H
#define UI_ODT_PROSE_H

#include <stdbool.h>

#include "base/buf.h"

struct arena;

struct odt_prose {
	const char *text;
	bool numbered; /* sections 1, 2 and paragraphs 1.1, 1.2, as in ui_prose */
	/* {{figure NAME FROM TO}} in running text: writes text. What stands between the braces after "figure ". */
	void (*place)(void *context, struct buf *out, const char *inside);
	/* {{WORD ...}} that is a paragraph of its own: writes paragraphs and tables. */
	void (*block)(void *context, struct buf *out, const char *inside);
	void *context;
};
void odt_prose(struct buf *out, struct arena *a, const struct odt_prose *o);

/* Text in XML: escaped; what XML has no place for is left out, spaces beside each other are kept. */
void odt_text(struct buf *out, const char *s);

#endif
