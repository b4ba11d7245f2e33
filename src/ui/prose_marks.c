#include "ui/prose_marks.h"

#include <string.h>

#include "base/arena.h"

#define MARK "{{figure "

const char *prose_next_mark(const char *s, const char **inside, size_t *n)
{
	for (s = strstr(s, MARK); s != NULL; s = strstr(s + 1, MARK)) {
		const char *end;
		*inside = s + sizeof MARK - 1;
		end = strstr(*inside, "}}");
		if (end == NULL) {
			return NULL;
		}
		if (end > *inside) {
			*n = (size_t)(end - *inside);
			return s;
		}
	}
	return NULL;
}

const char *prose_sole_mark(struct arena *a, cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);
	const char *s;
	size_t n;

	if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH || child == NULL || cmark_node_next(child) != NULL ||
	    cmark_node_get_type(child) != CMARK_NODE_TEXT) {
		return NULL;
	}
	s = cmark_node_get_literal(child);
	n = strlen(s);
	if (n < 5 || strncmp(s, "{{", 2) != 0 || strstr(s, "}}") != s + n - 2 || strncmp(s, MARK, sizeof MARK - 1) == 0) {
		return NULL;
	}
	return arena_strndup(a, s + 2, n - 4);
}
