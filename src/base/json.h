/* JSON: a writer of our own for answers, jansson for reading (duplicate keys refused, size capped). */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct json { /* writer: commas and nesting are its business */
	struct buf *out;
	int depth;
	bool comma;     /* a value stands before the next one */
	bool after_key; /* the next value belongs to the key just written */
	bool pretty;
};

/* json_object, json_array, json_real and json_null are names of jansson: these are others. */
void json_begin(struct json *j, struct buf *out, bool pretty);
void json_object_begin(struct json *j);
void json_object_end(struct json *j);
void json_array_begin(struct json *j);
void json_array_end(struct json *j);
void json_key(struct json *j, const char *key);
void json_text(struct json *j, const char *s); /* NULL gives null */
void json_int(struct json *j, int64_t n);
void json_number(struct json *j, double d); /* shortest form that reads back the same */
void json_bool(struct json *j, bool b);
void json_none(struct json *j);

/* Reads a flat object of texts, numbers, booleans (as "true", "false") and arrays of texts into name/value pairs
 * (arrays: the name repeated). Anything else, over 1 MiB, or a repeated key: ERR_INVALID. */
struct pairs;
struct err *json_read_pairs(struct arena *a, const char *text, size_t n, struct pairs *out) MUST_CHECK;

#endif
