/* Raw pairs to a struct, by its field table. */
#include "record/record.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "record/decode.h"

enum { TEXT_MAX = 200, LONG_TEXT_MAX = 10000, TEXTS_MAX = 1000, NUMBER_MAX = 40 };

static int64_t text_max(const struct field *f)
{
	if (f->max > 0) {
		return f->max;
	}
	return (f->flags & F_LONG) != 0 ? LONG_TEXT_MAX : TEXT_MAX;
}

/* A value as it came: UTF-8, NFC, trimmed; on one line unless the field has several. */
static const char *clean(struct decode *d, const struct field *f, const char *value)
{
	const char *s = text_normalise(d->arena, value, strlen(value));

	if (s == NULL) {
		problem_add(d->arena, d->problems, f->name,
			    "%s has characters that cannot be read. Type it again",
			    sentence_label(d->arena, f));
		return NULL;
	}
	if ((f->flags & F_LONG) == 0 && strpbrk(s, "\n\t") != NULL) {
		char *line = arena_strdup(d->arena, s);

		for (char *c = line; *c != '\0'; c++) {
			if (*c == '\n' || *c == '\t') {
				*c = ' ';
			}
		}
		s = line;
	}
	return s;
}

const char *decode_one(struct decode *d, const struct field *f, const char *name)
{
	size_t n = pairs_count(d->raw, name);

	if (n == 0) {
		return "";
	}
	if (n > 1) {
		problem_add(d->arena, d->problems, f->name,
			    "%s was given more than once. Give it once",
			    sentence_label(d->arena, f));
		return NULL;
	}
	return clean(d, f, pairs_get(d->raw, name));
}

const char *decode_part_name(struct arena *a, const struct field *f, const char *suffix)
{
	return arena_printf(a, "%s-%s", f->name, suffix);
}

/* The value of a field that stands once; NULL: nothing to decode (told, where it is required). */
static const char *value_of(struct decode *d, const struct field *f)
{
	const char *s = decode_one(d, f, f->name);

	if (s != NULL && s[0] == '\0') {
		if ((f->flags & F_REQUIRED) != 0) {
			problem_add(d->arena, d->problems, f->name, "%s",
				    sentence_ask(d->arena, f));
		}
		return NULL;
	}
	return s;
}

static bool length_fits(struct decode *d, const struct field *f, const char *s)
{
	const char *label = sentence_label(d->arena, f);
	int64_t n = (int64_t)text_length(s);
	int64_t max = text_max(f);

	if (n > max) {
		problem_add(d->arena, d->problems, f->name, "%s must be %s characters or fewer",
			    label, text_thousands(d->arena, max));
		return false;
	}
	if (n < f->min) {
		problem_add(d->arena, d->problems, f->name, "%s must be %s characters or more",
			    label, text_thousands(d->arena, f->min));
		return false;
	}
	return true;
}

static void decode_text(struct decode *d, const struct field *f)
{
	const char *s = value_of(d, f);

	*FIELD_AT(const char *, d->out, f) = "";
	if (s == NULL || !length_fits(d, f, s)) {
		return;
	}
	if ((f->flags & F_EMAIL) != 0 && !text_is_email(s)) {
		problem_add(d->arena, d->problems, f->name,
			    "Enter an email address in the correct format, like name@example.com");
		return;
	}
	*FIELD_AT(const char *, d->out, f) = s;
}

/* "must be between 1 and 5,000", or the half of it that is set; min and max both 0: any number. */
static void number_range_problem(struct decode *d, const struct field *f)
{
	struct arena *a = d->arena;
	const char *label = sentence_label(a, f);

	if (f->max > 0 || (f->max == 0 && f->min < 0)) {
		problem_add(a, d->problems, f->name, "%s must be between %s and %s", label,
			    text_thousands(a, f->min), text_thousands(a, f->max));
	} else if (f->min > 0) {
		problem_add(a, d->problems, f->name, "%s must be %s or more", label,
			    text_thousands(a, f->min));
	} else {
		problem_add(a, d->problems, f->name, "%s must be a smaller number", label);
	}
}

static bool in_range(const struct field *f, double v)
{
	if (f->min == 0 && f->max == 0) {
		return true;
	}
	return v >= (double)f->min && (f->max == 0 ? f->min >= 0 || v <= 0 : v <= (double)f->max);
}

/* Plain decimal numbers: no exponent, no hexadecimal, no words. */
static bool read_real(struct arena *a, const char *s, double *out)
{
	char *digits = arena_strdup(a, s);
	char *end = digits;
	bool any = false;

	for (const char *c = s; *c != '\0'; c++) {
		if (*c == ',') {
			continue;
		}
		if (!isdigit((unsigned char)*c) && *c != '.' &&
		    !((*c == '-' || *c == '+') && c == s)) {
			return false;
		}
		any = any || isdigit((unsigned char)*c);
		*end++ = *c;
	}
	*end = '\0';
	*out = strtod(digits, &end);
	return any && *end == '\0' && isfinite(*out) && strlen(s) <= NUMBER_MAX;
}

static bool read_int(struct decode *d, const struct field *f, const char *s, int64_t *out)
{
	double real;

	if (text_to_int(s, INT64_MIN, INT64_MAX, out)) {
		bool low = *out < f->min;
		bool high = f->max != 0 || f->min < 0 ? *out > f->max : false;

		if ((f->min != 0 || f->max != 0) && (low || high)) {
			number_range_problem(d, f);
			return false;
		}
		return true;
	}
	if (!read_real(d->arena, s, &real)) {
		problem_add(d->arena, d->problems, f->name, "%s must be a number",
			    sentence_label(d->arena, f));
	} else if (strchr(s, '.') == NULL) {
		number_range_problem(d, f);
	} else {
		problem_add(d->arena, d->problems, f->name, "%s must be a whole number",
			    sentence_label(d->arena, f));
	}
	return false;
}

static const struct word *find_word(const struct decode *d, const struct field *f, const char *s)
{
	return d->source == RECORD_FILE ? words_find(f->words, s) : words_by_word(f->words, s);
}

/* A value that is in no list: a form asks again, a file is told what it may say. */
static void pick_problem(struct decode *d, const struct field *f)
{
	struct buf b;

	if (d->source == RECORD_FORM || f->words == NULL) {
		problem_add(d->arena, d->problems, f->name, "%s", sentence_ask(d->arena, f));
		return;
	}
	buf_init(&b, d->arena, 300);
	for (const struct word *w = f->words->items; w->word != NULL; w++) {
		buf_printf(&b, "%s%s", b.n == 0 ? "" : ", ", w->word);
	}
	problem_add(d->arena, d->problems, f->name, "%s must be one of: %s",
		    sentence_label(d->arena, f), b.p);
}

/* A number out of a list (a scale of answers): its word or the number itself. */
static bool read_number(struct decode *d, const struct field *f, const char *s, int64_t *out)
{
	if (f->words != NULL) {
		const struct word *w = find_word(d, f, s);

		if (w == NULL && text_to_int(s, INT32_MIN, INT32_MAX, out)) {
			w = words_by_code(f->words, (int)*out);
		}
		if (w == NULL) {
			pick_problem(d, f);
			return false;
		}
		*out = w->code;
		return true;
	}
	if (f->choices != NULL && !text_to_int(s, INT64_MIN, INT64_MAX, out)) {
		pick_problem(d, f);
		return false;
	}
	return read_int(d, f, s, out);
}

static void decode_int(struct decode *d, const struct field *f)
{
	const char *s = value_of(d, f);
	int64_t n = 0;

	if (s != NULL && read_number(d, f, s, &n)) {
		*FIELD_AT(int64_t, d->out, f) = n;
	}
}

static void decode_opt_int(struct decode *d, const struct field *f)
{
	const char *s = value_of(d, f);
	int64_t n = 0;

	if (s != NULL && read_number(d, f, s, &n)) {
		*FIELD_AT(struct opt_int, d->out, f) = (struct opt_int){ true, n };
	}
}

static void decode_real(struct decode *d, const struct field *f)
{
	const char *s = value_of(d, f);
	double v;

	if (s == NULL) {
		return;
	}
	if (!read_real(d->arena, s, &v)) {
		problem_add(d->arena, d->problems, f->name, "%s must be a number",
			    sentence_label(d->arena, f));
	} else if (!in_range(f, v)) {
		number_range_problem(d, f);
	} else {
		*FIELD_AT(double, d->out, f) = v;
	}
}

static void decode_word(struct decode *d, const struct field *f)
{
	const char *s = value_of(d, f);
	const struct word *w = s == NULL ? NULL : find_word(d, f, s);

	if (w != NULL) {
		*FIELD_AT(int, d->out, f) = w->code;
	} else if (s != NULL) {
		pick_problem(d, f);
	}
}

static bool read_bool(enum record_source source, const char *s, bool *out)
{
	static const char *const yes[] = { "yes", "y", "true", "1" };
	static const char *const no[] = { "no", "n", "false", "0" };
	size_t known = source == RECORD_FORM ? 1 : 4;

	for (size_t i = 0; i < known; i++) {
		if (strcasecmp(s, yes[i]) == 0) {
			*out = true;
			return true;
		}
		if (strcasecmp(s, no[i]) == 0) {
			*out = false;
			return true;
		}
	}
	return false;
}

static void decode_bool(struct decode *d, const struct field *f)
{
	const char *s = value_of(d, f);

	if (s == NULL || read_bool(d->source, s, FIELD_AT(bool, d->out, f))) {
		return;
	}
	if (d->source == RECORD_FORM) {
		problem_add(d->arena, d->problems, f->name, "%s", sentence_ask(d->arena, f));
	} else {
		problem_add(d->arena, d->problems, f->name, "%s must be yes or no",
			    sentence_label(d->arena, f));
	}
}

/* One of several values: false when it was refused; an empty one is passed over. */
static bool texts_add(struct decode *d, const struct field *f, const char *value, struct texts *out)
{
	const char *s = clean(d, f, value);

	if (s == NULL || (s[0] != '\0' && !length_fits(d, f, s))) {
		return false;
	}
	if (s[0] != '\0' && f->words != NULL) {
		const struct word *w = find_word(d, f, s);

		if (w == NULL) {
			pick_problem(d, f);
			return false;
		}
		s = w->word;
	}
	if (s[0] != '\0') {
		out->v[out->n++] = s;
	}
	return true;
}

/* The values as sent; a file's cell holds several with ";" between them. */
static struct pairs texts_given(struct decode *d, const struct field *f)
{
	struct pairs given = { 0 };

	for (size_t i = 0; i < d->raw->n; i++) {
		const char *s = d->raw->v[i].value;

		if (!text_same(d->raw->v[i].name, f->name)) {
			continue;
		}
		for (size_t n = strcspn(s, ";"); d->source == RECORD_FILE && s[n] == ';';
		     n = strcspn(s, ";")) {
			pairs_add(d->arena, &given, f->name, arena_strndup(d->arena, s, n));
			s += n + 1;
		}
		pairs_add(d->arena, &given, f->name, s);
	}
	return given;
}

static void decode_texts(struct decode *d, const struct field *f)
{
	struct pairs given = texts_given(d, f);
	struct texts texts = { ARENA_NEW(d->arena, const char *, given.n + 1), 0 };

	if (given.n > TEXTS_MAX) {
		problem_add(d->arena, d->problems, f->name, "%s must have %s answers or fewer",
			    sentence_label(d->arena, f), text_thousands(d->arena, TEXTS_MAX));
		return;
	}
	for (size_t i = 0; i < given.n; i++) {
		if (!texts_add(d, f, given.v[i].value, &texts)) {
			return;
		}
	}
	if (texts.n == 0 && (f->flags & F_REQUIRED) != 0) {
		problem_add(d->arena, d->problems, f->name, "%s", sentence_ask(d->arena, f));
		return;
	}
	*FIELD_AT(struct texts, d->out, f) = texts;
}

static bool is_input(const struct field *f)
{
	return (f->flags & F_COMPUTED) == 0 && f->kind != FIELD_BYTES;
}

/* True for the field's own name and, of dates in forms, the names of its parts. */
static bool field_takes(const struct field *f, enum record_source source, const char *name)
{
	size_t n = strlen(f->name);

	if (!is_input(f) || strncmp(f->name, name, n) != 0) {
		return false;
	}
	if (name[n] == '\0') {
		return true;
	}
	if (source != RECORD_FORM || name[n] != '-') {
		return false;
	}
	const char *part = name + n + 1;
	bool date = f->kind == FIELD_DATE || f->kind == FIELD_INSTANT;

	return (date &&
		(text_same(part, "day") || text_same(part, "month") || text_same(part, "year"))) ||
	       (f->kind == FIELD_INSTANT && text_same(part, "time"));
}

/* One sentence for the first name that the table does not know; it is quoted only when readable. */
static void refuse_unknown(struct decode *d, const struct record *r)
{
	for (size_t i = 0; i < d->raw->n; i++) {
		const char *name = d->raw->v[i].name;
		bool known = name[0] == '_';

		for (const struct field *f = r->fields; !known && f->name != NULL; f++) {
			known = field_takes(f, d->source, name);
		}
		if (known) {
			continue;
		}
		size_t n = strlen(name);

		if (n > 0 && n <= 60 && text_is_utf8(name, n)) {
			problem_add(d->arena, d->problems, NULL,
				    "There is no field called “%s”. %s", name,
				    d->source == RECORD_FORM ? "Open the page again and fill it in"
							     : "Remove it and try again");
		} else {
			problem_add(
				d->arena, d->problems, NULL,
				"A field was sent that is not known here. Open the page again and "
				"fill it in");
		}
		return;
	}
}

void record_decode(struct arena *a, const struct record *r, const struct pairs *raw,
		   enum record_source source, void *out, struct problems *problems)
{
	static void (*const decoders[])(struct decode *, const struct field *) = {
		[FIELD_INT] = decode_int,     [FIELD_TEXT] = decode_text,
		[FIELD_BOOL] = decode_bool,   [FIELD_WORD] = decode_word,
		[FIELD_DATE] = decode_date,   [FIELD_INSTANT] = decode_instant,
		[FIELD_REAL] = decode_real,   [FIELD_OPT_INT] = decode_opt_int,
		[FIELD_TEXTS] = decode_texts,
	};
	struct decode d = {
		.arena = a, .raw = raw, .source = source, .out = out, .problems = problems
	};

	memset(out, 0, r->size);
	refuse_unknown(&d, r);
	for (const struct field *f = r->fields; f->name != NULL; f++) {
		if (is_input(f)) {
			decoders[f->kind](&d, f);
		} else if (f->kind == FIELD_TEXT) {
			*FIELD_AT(const char *, out, f) = "";
		}
	}
}
