/* A small HTML state machine over one literal. */
#include "html/lex.h"

#include <string.h>

struct lexer {
	const char *s;
	size_t n, at;
	enum place place;
	enum tag_kind kind;
	struct effect *out;
};

static bool refuse(struct lexer *l, const char *why)
{
	l->out->fault = why;
	l->out->at = l->at;
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static size_t name_length(const struct lexer *l)
{
	size_t end = l->at;

	while (end < l->n && (is_letter(l->s[end]) || (l->s[end] >= '0' && l->s[end] <= '9'))) {
		end++;
	}
	return end - l->at;
}

static bool close_element(struct lexer *l, unsigned char element)
{
	struct effect *out = l->out;

	if (out->n_pushed > 0) {
		if (out->pushed[out->n_pushed - 1] != element) {
			return refuse(l, "an end tag does not match the element that is open");
		}
		out->n_pushed--;
		return true;
	}
	if (out->n_popped == LEX_MAX) {
		return refuse(l, "one literal closes too many elements");
	}
	out->popped[out->n_popped++] = element;
	return true;
}

/* At "</". */
static bool end_tag(struct lexer *l)
{
	enum tag_kind kind;
	unsigned char element;
	size_t n;

	l->at += 2;
	n = name_length(l);
	element = element_find(l->s + l->at, n, &kind);
	if (element == 0 || kind == TAG_VOID || kind == TAG_EMPTY) {
		return refuse(l, "an end tag of no element that has one");
	}
	if ((l->place == PLACE_RCDATA && kind != TAG_RCDATA) ||
	    (l->place == PLACE_RAW && kind != TAG_RAW)) {
		return refuse(l, "an end tag inside an element that holds text only");
	}
	if (!close_element(l, element)) {
		return false;
	}
	l->at += n;
	if (l->at >= l->n || l->s[l->at] != '>') {
		return refuse(l, "an end tag is not closed within its literal");
	}
	l->at++;
	l->place = PLACE_TEXT;
	return true;
}

/* At "<" of a start tag. */
static bool start_tag(struct lexer *l)
{
	unsigned char element;
	size_t n;

	l->at++;
	n = name_length(l);
	element = element_find(l->s + l->at, n, &l->kind);
	if (element == 0) {
		return refuse(l, "an element that may not be written");
	}
	l->at += n;
	if (l->at < l->n && l->s[l->at] != '>' && l->s[l->at] != '/' && !is_space(l->s[l->at])) {
		return refuse(l, "a space is missing after an element's name");
	}
	if (l->kind != TAG_VOID && l->kind != TAG_EMPTY) {
		if (l->out->n_pushed == LEX_MAX) {
			return refuse(l, "one literal opens too many elements");
		}
		l->out->pushed[l->out->n_pushed++] = element;
	}
	l->place = PLACE_TAG;
	return true;
}

static bool in_text(struct lexer *l)
{
	static const char doctype[] = "<!DOCTYPE html>";
	const char *less = memchr(l->s + l->at, '<', l->n - l->at);

	if (less == NULL) {
		l->at = l->n;
		return true;
	}
	l->at = (size_t)(less - l->s);
	if (l->at + 1 < l->n && less[1] == '/') {
		return end_tag(l);
	}
	if (l->n - l->at >= sizeof doctype - 1 && memcmp(less, doctype, sizeof doctype - 1) == 0) {
		l->at += sizeof doctype - 1;
		return true;
	}
	if (l->at + 1 >= l->n || !is_letter(less[1])) {
		return refuse(l, "\"<\" begins no tag");
	}
	return start_tag(l);
}

static bool in_text_only(struct lexer *l)
{
	const char *less = memchr(l->s + l->at, '<', l->n - l->at);

	if (l->place == PLACE_RAW && less != l->s + l->at) {
		return refuse(l, "a script comes from a file, never from a page");
	}
	if (less == NULL) {
		l->at = l->n;
		return true;
	}
	l->at = (size_t)(less - l->s);
	if (l->at + 1 >= l->n || less[1] != '/') {
		return refuse(l, "a tag inside an element that holds text only");
	}
	return end_tag(l);
}

/* At ">" or "/>" of a start tag. */
static bool tag_closes(struct lexer *l)
{
	static const enum place after[] = { [TAG_NORMAL] = PLACE_TEXT,
					    [TAG_VOID] = PLACE_TEXT,
					    [TAG_RCDATA] = PLACE_RCDATA,
					    [TAG_RAW] = PLACE_RAW,
					    [TAG_EMPTY] = PLACE_TEXT };
	bool slash = l->s[l->at] == '/';

	if (slash) {
		l->at++;
		if (l->at >= l->n || l->s[l->at] != '>') {
			return refuse(l, "\"/\" stands alone in a tag");
		}
		if (l->kind != TAG_EMPTY && l->kind != TAG_VOID) {
			return refuse(l, "an element that needs an end tag closes itself");
		}
	} else if (l->kind == TAG_EMPTY) {
		return refuse(l, "a shape must close itself with \"/>\"");
	}
	l->at++;
	l->place = after[l->kind];
	l->kind = TAG_NORMAL;
	return true;
}

/* At the first character of an attribute's name. */
static bool attribute(struct lexer *l)
{
	size_t start = l->at;
	enum attribute_class class;

	while (l->at < l->n && attribute_char(l->s[l->at])) {
		l->at++;
	}
	if (l->at == start) {
		return refuse(l, "a character that may not stand in a tag");
	}
	class = attribute_classify(l->s + start, l->at - start);
	if (class == ATTRIBUTE_REFUSED) {
		l->at = start;
		return refuse(l, "an attribute that may not be written");
	}
	l->place = PLACE_TAG;
	if (l->at >= l->n || l->s[l->at] != '=') {
		return true;
	}
	l->at++;
	if (l->at >= l->n) {
		l->place = PLACE_UNQUOTED;
		return true;
	}
	if (l->s[l->at] != '"') {
		return refuse(l, "an attribute's value must be in double quotes");
	}
	l->at++;
	l->place = class == ATTRIBUTE_ADDRESS ? PLACE_ADDRESS : PLACE_VALUE;
	return true;
}

static bool in_tag(struct lexer *l)
{
	char c = l->s[l->at];

	if (c == '>' || c == '/') {
		return tag_closes(l);
	}
	if (is_space(c)) {
		l->at++;
		l->place = PLACE_TAG_SPACE;
		return true;
	}
	if (l->place != PLACE_TAG_SPACE) {
		return refuse(l, "a space is missing between two attributes");
	}
	return attribute(l);
}

static bool in_value(struct lexer *l)
{
	const char *quote = memchr(l->s + l->at, '"', l->n - l->at);

	if (quote == NULL) {
		l->at = l->n;
		l->place = l->place == PLACE_VALUE ? PLACE_VALUE : PLACE_ADDRESS_END;
		return true;
	}
	l->at = (size_t)(quote - l->s) + 1;
	l->place = PLACE_TAG;
	return true;
}

static bool step(struct lexer *l)
{
	switch (l->place) {
	case PLACE_TEXT:
		return in_text(l);
	case PLACE_RCDATA:
	case PLACE_RAW:
		return in_text_only(l);
	case PLACE_TAG:
	case PLACE_TAG_SPACE:
		return in_tag(l);
	case PLACE_VALUE:
	case PLACE_ADDRESS:
	case PLACE_ADDRESS_END:
		return in_value(l);
	case PLACE_UNQUOTED:
		return refuse(l, "an attribute's value must be in double quotes");
	case PLACE_BROKEN:
		break;
	}
	return refuse(l, "nothing can be written after a fault");
}

void lex(const char *s, size_t n, unsigned char from, struct effect *out)
{
	struct lexer l = {
		.s = s, .n = n, .place = STATE_PLACE(from), .kind = STATE_KIND(from), .out = out
	};

	out->n_popped = 0;
	out->n_pushed = 0;
	out->fault = NULL;
	out->at = 0;
	while (l.at < l.n) {
		if (!step(&l)) {
			out->to = STATE(PLACE_BROKEN, TAG_NORMAL);
			return;
		}
	}
	out->to = STATE(l.place, l.kind);
}
