#include "base/json.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/pairs.h"

#define LARGEST ((size_t)1024 * 1024)

void json_begin(struct json *j, struct buf *out, bool pretty)
{
	*j = (struct json){ .out = out, .pretty = pretty };
}

static void new_line(struct json *j)
{
	if (j->pretty) {
		buf_char(j->out, '\n');
		for (int i = 0; i < j->depth; i++) {
			buf_add(j->out, "  ", 2);
		}
	}
}

/* What stands before a value: comma and line, or nothing after a key. */
static void before(struct json *j)
{
	if (j->after_key) {
		j->after_key = false;
		return;
	}
	if (j->comma) {
		buf_char(j->out, ',');
	}
	if (j->depth > 0) {
		new_line(j);
	}
}

static void open_with(struct json *j, char c)
{
	before(j);
	buf_char(j->out, c);
	j->depth++;
	j->comma = false;
}

static void close_with(struct json *j, char c)
{
	bool empty = !j->comma;
	j->depth--;
	if (!empty) {
		new_line(j);
	}
	buf_char(j->out, c);
	j->comma = true;
}

void json_object_begin(struct json *j)
{
	open_with(j, '{');
}

void json_object_end(struct json *j)
{
	close_with(j, '}');
}

void json_array_begin(struct json *j)
{
	open_with(j, '[');
}

void json_array_end(struct json *j)
{
	close_with(j, ']');
}

static void quoted(struct buf *b, const char *s)
{
	buf_char(b, '"');
	for (;;) {
		size_t n = 0;
		while ((unsigned char)s[n] >= 0x20 && s[n] != '"' && s[n] != '\\') {
			n++;
		}
		buf_add(b, s, n);
		s += n;
		if (*s == '\0') {
			break;
		}
		switch (*s) {
		case '"':
			buf_str(b, "\\\"");
			break;
		case '\\':
			buf_str(b, "\\\\");
			break;
		case '\n':
			buf_str(b, "\\n");
			break;
		case '\r':
			buf_str(b, "\\r");
			break;
		case '\t':
			buf_str(b, "\\t");
			break;
		default:
			buf_printf(b, "\\u%04x", (unsigned)(unsigned char)*s);
		}
		s++;
	}
	buf_char(b, '"');
}

void json_key(struct json *j, const char *key)
{
	before(j);
	quoted(j->out, key);
	buf_str(j->out, j->pretty ? ": " : ":");
	j->after_key = true;
}

void json_text(struct json *j, const char *s)
{
	if (s == NULL) {
		json_none(j);
		return;
	}
	before(j);
	quoted(j->out, s);
	j->comma = true;
}

static void bare(struct json *j, const char *s)
{
	before(j);
	buf_str(j->out, s);
	j->comma = true;
}

void json_int(struct json *j, int64_t n)
{
	char s[24];
	snprintf(s, sizeof(s), "%lld", (long long)n);
	bare(j, s);
}

static void shortest(double d, char *out, size_t size)
{
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(out, size, "%.*g", digits, d);
		if (strtod(out, NULL) == d) { /* a process never leaves the C locale */
			return;
		}
	}
}

void json_number(struct json *j, double d)
{
	char s[40];
	if (!isfinite(d)) { /* JSON has no word for it */
		json_none(j);
		return;
	}
	shortest(d, s, sizeof(s));
	bare(j, s);
}

void json_bool(struct json *j, bool b)
{
	bare(j, b ? "true" : "false");
}

void json_none(struct json *j)
{
	bare(j, "null");
}

/* One plain value as text; NULL: not a plain value. */
static const char *plain(struct arena *a, const json_t *v)
{
	char s[40];
	switch (json_typeof(v)) {
	case JSON_STRING:
		return arena_strdup(a, json_string_value(v));
	case JSON_INTEGER:
		return arena_printf(a, "%lld", (long long)json_integer_value(v));
	case JSON_REAL:
		shortest(json_real_value(v), s, sizeof(s));
		return arena_strdup(a, s);
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	default:
		return NULL;
	}
}

static struct err *read_member(struct arena *a, const char *name, json_t *v, struct pairs *out)
{
	const char *key = arena_strdup(a, name);
	if (json_is_array(v)) {
		for (size_t i = 0; i < json_array_size(v); i++) {
			json_t *item = json_array_get(v, i);
			if (!json_is_string(item)) {
				return ERR(ERR_INVALID, "The list \"%s\" may hold only texts.", key);
			}
			pairs_add(a, out, key, plain(a, item));
		}
		return NULL;
	}
	const char *text = plain(a, v);
	if (text == NULL) {
		return ERR(ERR_INVALID,
			   "\"%s\" must be a text, a number, true, false or a list of texts.", key);
	}
	pairs_add(a, out, key, text);
	return NULL;
}

struct err *json_read_pairs(struct arena *a, const char *text, size_t n, struct pairs *out)
{
	if (n > LARGEST) {
		return ERR(ERR_INVALID, "The JSON is larger than 1 MB. Send less at a time.");
	}
	json_error_t error;
	json_t *root = json_loadb(text, n, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL) {
		return ERR(ERR_INVALID, "The JSON cannot be read: line %d, column %d. Check what stands there.",
			   error.line, error.column);
	}
	struct err *e = NULL;
	if (!json_is_object(root)) {
		e = ERR(ERR_INVALID, "The JSON must be one object: {\"name\": \"value\"}.");
	} else {
		const char *key;
		json_t *v;
		json_object_foreach(root, key, v) {
			e = read_member(a, key, v, out);
			if (e != NULL) {
				break;
			}
		}
	}
	json_decref(root);
	return e;
}
