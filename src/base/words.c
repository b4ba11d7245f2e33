#include "base/words.h"

#include <string.h>
#include <strings.h>

const struct word *words_by_code(const struct words *list, int code)
{
	for (const struct word *w = list->items; w->word != NULL; w++) {
		if (w->code == code) {
			return w;
		}
	}
	return NULL;
}

const struct word *words_by_word(const struct words *list, const char *word)
{
	for (const struct word *w = list->items; word != NULL && w->word != NULL; w++) {
		if (strcmp(w->word, word) == 0) {
			return w;
		}
	}
	return NULL;
}

const struct word *words_find(const struct words *list, const char *text)
{
	for (const struct word *w = list->items; text != NULL && w->word != NULL; w++) {
		if (strcasecmp(w->word, text) == 0 ||
		    (w->label != NULL && strcasecmp(w->label, text) == 0)) {
			return w;
		}
	}
	return NULL;
}

const char *words_label(const struct words *list, int code)
{
	const struct word *w = words_by_code(list, code);
	return w == NULL || w->label == NULL ? "" : w->label;
}

const char *words_word(const struct words *list, int code)
{
	const struct word *w = words_by_code(list, code);
	return w == NULL ? "" : w->word;
}

size_t words_count(const struct words *list)
{
	size_t n = 0;
	while (list->items[n].word != NULL) {
		n++;
	}
	return n;
}
