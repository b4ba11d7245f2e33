/*
 * A text as an OpenDocument file (ISO/IEC 26300), for whoever writes on in a word processor. The body is XML that
 * ui/odt_prose.h and the caller have made, in the styles of odt.c: Heading 1 to 3, Body, Numbered (a number, a tab, the
 * text beside it), Item, Quotation, Listing, Caption, Cell, CellNumber, CellHead, CellHeadNumber, Label, Author; Bullets
 * and Numbers of lists.
 */
#ifndef WORK_ODT_H
#define WORK_ODT_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

struct arena;

#define ODT_TYPE "application/vnd.oasis.opendocument.text"

struct odt_picture { /* an SVG, which the body names as Pictures/NAME */
	const char *name;
	struct bytes svg;
};

struct odt_document {
	const char *title;
	struct bytes body; /* what stands in office:text */
	const struct odt_picture *pictures;
	size_t n_pictures;
};
/* The whole file, on the arena. */
struct err *odt_make(struct arena *a, struct instant now, const struct odt_document *document, struct bytes *out) MUST_CHECK;

#endif
