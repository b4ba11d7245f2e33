/* Between the files of tools/lint. */
#ifndef LINT_H
#define LINT_H

#include <stdbool.h>
#include <stddef.h>

struct source {
	const char *path;   /* from ROOT: "src/app/training/session.c" */
	char folder[256];   /* below src/: "app/training"; "" for others */
	char *text;
	char *code;         /* the same with comments and what strings hold blanked */
	char *strings;      /* only what strings hold */
	bool test; /* plays the outsider: may name any library, write SQL and HTML, allocate */
};

void fault(const struct source *s, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool among(const char *const *list, const char *word, size_t n); /* word of n bytes in a NULL-ended list */
bool starts(const char *s, const char *with);
bool in_word(char c);
int line_of(const char *text, const char *at); /* from 1 */

/* lint_words.c */
void check_library_include(const struct source *s, int line, const char *header);
void check_code(const struct source *s);    /* names and calls */
void check_strings(const struct source *s); /* SQL and HTML */

#endif
