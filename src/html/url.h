/* Addresses: only these functions make them, so nothing else can stand in an href. */
#ifndef HTML_URL_H
#define HTML_URL_H

#include <stdint.h>

struct arena;

struct url {
	const char *s; /* percent-encoded, begins with "/" or "#" or "?"; or https:, mailto:, tel: */
};

/* The path pattern is a constant; each {} takes the next text, percent-encoded as one segment:
 * url_path(a, "/training/sessions/{}", ref). */
struct url url_path(struct arena *a, const char *pattern, ...);
/* With name=value added to the query; a NULL or "" value adds nothing. */
struct url url_with(struct arena *a, struct url u, const char *name, const char *value);
struct url url_fragment(struct arena *a, const char *id);           /* "#id" */
struct url url_file(struct arena *a, struct url u, const char *extension); /* ".csv" before the query */
/* From outside (a person typed it): https, mailto and tel only; otherwise {NULL}. */
struct url url_foreign(struct arena *a, const char *s);
/* A path of our own that a person typed (a link in a note, where to return to): "/..." or "#..." with
 * nothing in it that a browser reads as another host; otherwise {NULL}. */
struct url url_own(struct arena *a, const char *s);
#define URL(constant) ((struct url){ "" constant })

#endif
