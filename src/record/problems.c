/* The problems of a form and the words they are told in (GOV.UK Design System, error message). */
#include "record/record.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "record/decode.h"

void problem_add(struct arena *a, struct problems *p, const char *field, const char *format, ...)
{
	if (p->n == p->cap) {
		size_t cap = p->cap == 0 ? 8 : p->cap * 2;
		struct problem *v = ARENA_NEW(a, struct problem, cap);

		if (p->n > 0) {
			memcpy(v, p->v, p->n * sizeof(*v));
		}
		p->v = v;
		p->cap = cap;
	}
	va_list args;

	va_start(args, format);
	p->v[p->n].field = field;
	p->v[p->n].sentence = arena_vprintf(a, format, args);
	va_end(args);
	p->n++;
}

const char *problem_of(const struct problems *p, const char *field)
{
	for (size_t i = 0; i < p->n; i++) {
		if (text_same(p->v[i].field, field)) {
			return p->v[i].sentence;
		}
	}
	return NULL;
}

const char *sentence_label(struct arena *a, const struct field *f)
{
	if (f->label != NULL) {
		return f->label;
	}
	char *s = arena_strdup(a, f->name);

	for (char *c = s; *c != '\0'; c++) {
		if (*c == '_' || *c == '-') {
			*c = ' ';
		}
	}
	s[0] = (char)toupper((unsigned char)s[0]);
	return s;
}

bool sentence_is_pick(const struct field *f)
{
	return f->words != NULL || f->choices != NULL || f->kind == FIELD_BOOL ||
	       f->kind == FIELD_TEXTS;
}

/* In the middle of a sentence: "venue", but "URN" and "LA code" as they are. */
static const char *inner_label(struct arena *a, const struct field *f)
{
	char *s = arena_strdup(a, sentence_label(a, f));

	if (isupper((unsigned char)s[0]) && !isupper((unsigned char)s[1])) {
		s[0] = (char)tolower((unsigned char)s[0]);
	}
	return s;
}

const char *sentence_ask(struct arena *a, const struct field *f)
{
	const char *verb = sentence_is_pick(f) ? "Select" : "Enter";

	if (f->asks != NULL) {
		return f->asks;
	}
	const char *label = inner_label(a, f);

	if (text_ends(label, "?")) {
		return arena_printf(a, "%s an answer to “%s”", verb, sentence_label(a, f));
	}
	bool owned = text_starts(label, "your ") || text_starts(label, "the ");

	return arena_printf(a, "%s %s%s", verb, owned ? "" : "the ", label);
}
