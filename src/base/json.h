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
	bool comma;
	bool pretty;
};

void json_begin(struct json *j, struct buf *out, bool pretty);
void json_object(struct json *j);
void json_object_end(struct json *j);
void json_array(struct json *j);
void json_array_end(struct json *j);
void json_key(struct json *j, const char *key);
void json_text(struct json *j, const char *s); /* NULL gives null */
void json_int(struct json *j, int64_t n);
void json_real(struct json *j, double d); /* shortest form that reads back the same */
void json_bool(struct json *j, bool b);
void json_null(struct json *j);

/* Reads a flat object of texts, numbers, booleans and arrays of texts into name/value pairs
 * (arrays: the name repeated). Anything else, over 1 MiB, or a repeated key: ERR_INVALID. */
struct pairs;
struct err *json_read_pairs(struct arena *a, const char *text, size_t n, struct pairs *out) MUST_CHECK;

#endif
