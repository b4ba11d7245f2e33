/* Code lists: the one place where a stored word, a C number and the label on screen meet. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct word {
	int code;          /* the enum constant; 0 is never used for a word */
	const char *word;  /* stored and exchanged: lower case, hyphens */
	const char *label; /* on screen, the field's own term (domain.md) */
	const char *hint;  /* may be NULL */
};

struct words {
	const char *name;         /* of the list: "session-state" */
	const struct word *items; /* ends with a NULL word */
};

const struct word *words_by_code(const struct words *list, int code);      /* NULL: unknown */
const struct word *words_by_word(const struct words *list, const char *w); /* NULL: unknown */
/* By word or label, letter case ignored: for files people typed. */
const struct word *words_find(const struct words *list, const char *text);
const char *words_label(const struct words *list, int code); /* "" when unknown */
const char *words_word(const struct words *list, int code);  /* "" when unknown */
size_t words_count(const struct words *list);

#endif
