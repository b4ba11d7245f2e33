/* Where something is placed in Markdown that people write; for the two that write it out. Private to ui/. */
#ifndef UI_PROSE_MARKS_H
#define UI_PROSE_MARKS_H

#include <cmark.h>
#include <stddef.h>

struct arena;

/* The next "{{figure INSIDE}}" in s: NULL when there is none. */
const char *prose_next_mark(const char *s, const char **inside, size_t *n);
/* What stands between the braces of a paragraph that is one {{WORD ...}} and no figure; NULL: it is none. */
const char *prose_sole_mark(struct arena *a, cmark_node *node);

#endif
