/* What a course asks besides, and when a version may begin: no store, no clock. */
#include <string.h>

#include "app/training/course_version.h"
#include "base/arena.h"
#include "base/text.h"

enum { YEARS_AHEAD = 3 };

static bool asked_already(const struct own_questions *q, const char *wording)
{
	for (size_t i = 0; i < q->n; i++) {
		if (text_same(q->v[i].wording, wording)) {
			return true;
		}
	}
	return false;
}

/* The lines of one text; NULL, or why not. */
static const char *take_lines(struct arena *a, const char *text, int kind, struct own_questions *out)
{
	while (text != NULL && *text != '\0') {
		size_t n = strcspn(text, "\r\n");
		const char *line = text_normalise(a, text, n);

		text += n;
		text += strspn(text, "\r\n");
		if (text_empty(line)) {
			continue;
		}
		if (text_length(line) > QUESTION_MAX) {
			return arena_printf(a, "Each line must be %d characters or fewer", QUESTION_MAX);
		}
		if (asked_already(out, line)) {
			return arena_printf(a, "“%s” stands there twice", line);
		}
		if (out->n == OWN_QUESTIONS) {
			return arena_printf(a, "A course can ask %d questions of its own or fewer", OWN_QUESTIONS);
		}
		out->v[out->n] = (struct course_question){ .number = (int64_t)out->n + 1,
							   .kind = kind,
							   .wording = line };
		out->n++;
	}
	return NULL;
}

const char *own_questions_parse(struct arena *a, const char *to_agree, const char *in_words, struct own_questions *out,
				const char **field_out)
{
	const char *fault;

	*out = (struct own_questions){ 0 };
	*field_out = "statements";
	fault = take_lines(a, to_agree, QUESTION_AGREE, out);
	if (fault == NULL) {
		*field_out = "questions";
		fault = take_lines(a, in_words, QUESTION_TEXT, out);
	}
	return fault;
}

const char *own_questions_text(struct arena *a, const struct own_questions *q, int kind)
{
	const char *text = "";

	for (size_t i = 0; i < q->n; i++) {
		if (q->v[i].kind == kind) {
			text = arena_printf(a, "%s%s%s", text, text[0] == '\0' ? "" : "\n", q->v[i].wording);
		}
	}
	return text;
}

bool own_questions_same(const struct own_questions *a, const struct own_questions *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++) {
		same = a->v[i].kind == b->v[i].kind && text_same(a->v[i].wording, b->v[i].wording);
	}
	return same;
}

static bool texts_has(const struct texts *t, const char *word)
{
	for (size_t i = 0; i < t->n; i++) {
		if (text_same(t->v[i], word)) {
			return true;
		}
	}
	return false;
}

bool texts_same(const struct texts *a, const struct texts *b)
{
	bool same = true;

	for (size_t i = 0; i < a->n; i++) {
		same = same && texts_has(b, a->v[i]);
	}
	for (size_t i = 0; i < b->n; i++) {
		same = same && texts_has(a, b->v[i]);
	}
	return same;
}

const char *texts_labels(struct arena *a, const struct words *words, const struct texts *t)
{
	const char *text = "";

	for (const struct word *w = words->items; w->word != NULL; w++) {
		if (texts_has(t, w->word)) {
			text = arena_printf(a, "%s%s%s", text, text[0] == '\0' ? "" : "\n", w->label);
		}
	}
	return text[0] == '\0' ? "Not recorded" : text;
}

const char *version_from_fault(struct arena *a, const struct course_version *latest, struct date from, struct date today)
{
	if (date_compare(from, today) <= 0) {
		return "The day from which it is taught must be in the future: sessions that were held keep the version "
		       "of their day. To put right what is recorded, leave the date empty";
	}
	if (date_compare(from, date_add_months(today, 12 * YEARS_AHEAD)) > 0) {
		return arena_printf(a, "The day from which it is taught must be in the next %d years", YEARS_AHEAD);
	}
	if (date_is_set(latest->from_on) && date_compare(from, latest->from_on) <= 0) {
		return arena_printf(a, "Version %lld is taught from %s. Give a later day, or leave the date empty to put "
				       "that version right",
				    (long long)latest->number, date_long(a, latest->from_on));
	}
	return NULL;
}

const char *version_text(struct arena *a, const struct course_version *v)
{
	return date_is_set(v->from_on) ? arena_printf(a, "Version %lld (from %s)", (long long)v->number,
						      date_long(a, v->from_on))
				       : arena_printf(a, "Version %lld", (long long)v->number);
}
