/* The audit's JSON back into rows of text: only what record_changes writes,
 * {"name":[before,after]}. */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { CHANGES_AT_MOST = 500, TEXT_AT_MOST = 1 << 16 };

/* One code point below 0x800, as \u escapes of control characters are. */
static void add_escaped(struct buf *b, unsigned long code)
{
	if (code < 0x80) {
		buf_char(b, (char)code);
	} else {
		buf_char(b, (char)(0xC0 | (code >> 6 & 0x1F)));
		buf_char(b, (char)(0x80 | (code & 0x3F)));
	}
}

/* The text of a quoted string; *s moves behind it. */
static const char *read_text(struct arena *a, const char **s)
{
	static const char names[] = "nrtbf";
	static const char signs[] = "\n\r\t\b\f";
	struct buf b;

	buf_init(&b, a, TEXT_AT_MOST);
	for ((*s)++; **s != '\0' && **s != '"'; (*s)++) {
		if (**s != '\\' || (*s)[1] == '\0') {
			buf_char(&b, **s);
			continue;
		}
		(*s)++;
		const char *name = strchr(names, **s);

		if (**s == 'u' && strspn(*s + 1, "0123456789abcdefABCDEF") >= 4) {
			add_escaped(&b, strtoul(arena_strndup(a, *s + 1, 4), NULL, 16));
			*s += 4;
		} else {
			buf_char(&b, name != NULL ? signs[name - names] : **s);
		}
	}
	*s += **s == '"' ? 1 : 0;
	return b.p;
}

static const char *read_value(struct arena *a, const char **s);

/* Several values: one after the other with a comma. */
static const char *read_list(struct arena *a, const char **s)
{
	struct buf b;

	buf_init(&b, a, TEXT_AT_MOST);
	(*s)++;
	while (**s != '\0' && **s != ']') {
		buf_str(&b, b.n == 0 ? "" : ", ");
		buf_str(&b, read_value(a, s));
		*s += **s == ',' ? 1 : 0;
	}
	*s += **s == ']' ? 1 : 0;
	return b.p;
}

static const char *read_value(struct arena *a, const char **s)
{
	if (**s == '"') {
		return read_text(a, s);
	}
	if (**s == '[') {
		return read_list(a, s);
	}
	size_t n = strcspn(*s, ",]}");
	const char *word = arena_strndup(a, *s, n);

	/* a sign that belongs to nothing here is passed over, so that every step moves on */
	*s += n == 0 && **s != '\0' ? 1 : n;
	return text_same(word, "null") ? "" : word;
}

size_t changes_read(struct arena *a, const char *json, struct change **out)
{
	struct change *v = ARENA_NEW(a, struct change, CHANGES_AT_MOST);
	size_t n = 0;
	const char *s = json + (json[0] == '{' ? 1 : 0);

	while (*s == '"' && n < CHANGES_AT_MOST) {
		v[n].field = read_text(a, &s);
		if (s[0] != ':' || s[1] != '[') {
			break;
		}
		s += 2;
		v[n].before = read_value(a, &s);
		s += *s == ',' ? 1 : 0;
		v[n].after = read_value(a, &s);
		n++;
		s += *s == ']' ? 1 : 0;
		s += *s == ',' ? 1 : 0;
	}
	*out = v;
	return n;
}
