/* Forms and queries as urlencoded text (WHATWG URL, application/x-www-form-urlencoded), and cookies. */
#include <string.h>

#include "base/arena.h"
#include "http/head.h"
#include "http/limits.h"

static struct err *add_pair(struct arena *a, const char *s, size_t n, struct pairs *out)
{
	const char *equals = memchr(s, '=', n);
	size_t name_n = equals == NULL ? n : (size_t)(equals - s);
	size_t value_n = equals == NULL ? 0 : n - name_n - 1;

	if (name_n > HTTP_NAME_MAX) {
		return ERR(ERR_INVALID, "The form holds a field that this service does not know. Go back and try again.");
	}
	char *name = arena_strndup(a, s, name_n);
	char *value = arena_strndup(a, equals == NULL ? "" : equals + 1, value_n);
	long name_to = percent_decode(name, name_n, true);
	long value_to = percent_decode(value, value_n, true);
	if (name_to < 0 || value_to < 0) {
		return ERR(ERR_INVALID, "The form holds a character that is not text. Remove it and send again.");
	}
	name[name_to] = '\0';
	value[value_to] = '\0';
	pairs_add(a, out, name, value);
	return NULL;
}

struct err *http_parse_form(struct arena *a, const char *body, size_t n, struct pairs *out)
{
	const char *end = body + n;

	while (body < end) {
		const char *stop = memchr(body, '&', (size_t)(end - body));
		if (stop == NULL) {
			stop = end;
		}
		if (stop > body) {
			if (out->n >= HTTP_FIELDS_MAX) {
				return ERR(ERR_LIMIT, "The form has too many fields. Send it in smaller parts.");
			}
			TRY(add_pair(a, body, (size_t)(stop - body), out));
		}
		body = stop + 1;
	}
	return NULL;
}

void http_parse_cookies(struct arena *a, const char *header, struct pairs *out)
{
	while (*header != '\0' && out->n < HTTP_COOKIES_MAX) {
		size_t skip = strspn(header, " \t;");
		const char *s = header + skip;
		size_t n = strcspn(s, ";");
		const char *equals = memchr(s, '=', n);
		header = s + n;
		if (equals == NULL || equals == s) {
			continue;
		}
		const char *value = equals + 1;
		size_t value_n = n - (size_t)(value - s);
		while (value_n > 0 && (value[value_n - 1] == ' ' || value[value_n - 1] == '\t')) {
			value_n--;
		}
		if (value_n >= 2 && value[0] == '"' && value[value_n - 1] == '"') {
			value++;
			value_n -= 2;
		}
		pairs_add(a, out, arena_strndup(a, s, (size_t)(equals - s)), arena_strndup(a, value, value_n));
	}
}
