/* Files of the front end, embedded at build (tools/embed) under names that carry a content hash. */
#ifndef UI_ASSET_H
#define UI_ASSET_H

#include <stddef.h>

#include "base/buf.h"
#include "html/url.h"

struct asset {
	const char *name;   /* "app.css" */
	const char *path;   /* "/assets/app-1a2b3c4d5e6f.css": may be cached for ever */
	const char *type;   /* Content-Type */
	const char *etag;   /* with its quotes */
	struct bytes plain;
	struct bytes gzip, brotli; /* n 0: no such variant */
};

extern const struct asset assets[];
extern const size_t n_assets;

const struct asset *asset_find(const char *path); /* NULL: none */
struct url asset_url(const char *name);           /* {NULL}: none */

/* Text for the program itself: the Markdown of a public page, data of the demonstration. n 0: none. */
struct bytes asset_text(const char *name);

#endif
