/* Structs to text: for the form that shows them again, for people, for files. */
#include "record/record.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "record/decode.h"

/* 0 that stands for nothing: nullable, a choice not made, or below what the field allows. */
static bool int_is_unset(const struct field *f, int64_t v)
{
	return v == 0 && ((f->flags & F_NULLABLE) != 0 || f->choices != NULL || f->words != NULL ||
			  f->min > 0);
}

/* The shortest decimal that reads back the same; never with an exponent, which nobody types. */
static const char *real_text(struct arena *a, double v)
{
	char s[400]; /* 309 digits before the point, 60 after */

	for (int decimals = 0; decimals <= 60; decimals++) {
		double back;

		snprintf(s, sizeof(s), "%.*f", decimals, v);
		if (sscanf(s, "%lf", &back) == 1 && back == v) {
			break;
		}
	}
	return arena_strdup(a, s);
}

static const char *number_text(struct arena *a, const struct field *f, int64_t v)
{
	if (f->words != NULL) {
		return words_word(f->words, (int)v);
	}
	return int_is_unset(f, v) ? "" : arena_printf(a, "%lld", (long long)v);
}

static const char *date_text(struct arena *a, struct date d)
{
	char iso[DATE_ISO_SIZE];

	if (!date_is_set(d)) {
		return "";
	}
	date_iso(d, iso);
	return arena_strdup(a, iso);
}

static const char *texts_text(struct arena *a, const struct field *f, const struct texts *t,
			      bool labels)
{
	struct buf b;

	buf_init(&b, a, 1 << 20);
	for (size_t i = 0; i < t->n; i++) {
		const struct word *w = f->words == NULL ? NULL : words_by_word(f->words, t->v[i]);

		buf_str(&b, i == 0 ? "" : labels ? ", " : ";");
		buf_str(&b, labels && w != NULL ? w->label : t->v[i]);
	}
	return b.n == 0 ? "" : b.p;
}

const char *field_exchange(struct arena *a, const struct field *f, const void *in)
{
	const struct opt_int *opt;
	struct instant t;

	switch (f->kind) {
	case FIELD_INT:
		return number_text(a, f, *FIELD_IN(int64_t, in, f));
	case FIELD_OPT_INT:
		opt = FIELD_IN(struct opt_int, in, f);
		if (!opt->set) {
			return "";
		}
		return f->words != NULL ? words_word(f->words, (int)opt->v)
					: arena_printf(a, "%lld", (long long)opt->v);
	case FIELD_TEXT:
		return *FIELD_IN(const char *, in, f) == NULL ? "" : *FIELD_IN(const char *, in, f);
	case FIELD_BOOL:
		return *FIELD_IN(bool, in, f) ? "yes" : "no";
	case FIELD_WORD:
		return words_word(f->words, *FIELD_IN(int, in, f));
	case FIELD_DATE:
		return date_text(a, *FIELD_IN(struct date, in, f));
	case FIELD_INSTANT:
		t = *FIELD_IN(struct instant, in, f);
		return instant_is_set(t) ? instant_local_iso(a, t) : "";
	case FIELD_REAL:
		return real_text(a, *FIELD_IN(double, in, f));
	case FIELD_TEXTS:
		return texts_text(a, f, FIELD_IN(struct texts, in, f), false);
	case FIELD_BYTES:
		return "";
	}
	return "";
}

/* Numbers that name a thing (a URN, an id) are not grouped; counts are. */
static bool is_name_number(const struct field *f)
{
	return (f->flags & F_REFERENCE) != 0 || text_ends(f->name, "urn") ||
	       text_ends(f->name, "id") || text_ends(f->name, "year");
}

static const char *count_text(struct arena *a, const struct field *f, int64_t v)
{
	if (f->words != NULL) {
		return words_label(f->words, (int)v);
	}
	return is_name_number(f) ? arena_printf(a, "%lld", (long long)v) : text_thousands(a, v);
}

const char *field_display(struct arena *a, const struct field *f, const void *in)
{
	const struct opt_int *opt;
	struct date d;
	struct instant t;
	int64_t n;

	switch (f->kind) {
	case FIELD_INT:
		n = *FIELD_IN(int64_t, in, f);
		return int_is_unset(f, n) ? "" : count_text(a, f, n);
	case FIELD_OPT_INT:
		opt = FIELD_IN(struct opt_int, in, f);
		return opt->set ? count_text(a, f, opt->v) : "";
	case FIELD_BOOL:
		return *FIELD_IN(bool, in, f) ? "Yes" : "No";
	case FIELD_WORD:
		return words_label(f->words, *FIELD_IN(int, in, f));
	case FIELD_DATE:
		d = *FIELD_IN(struct date, in, f);
		return date_is_set(d) ? date_long(a, d) : "";
	case FIELD_INSTANT:
		t = *FIELD_IN(struct instant, in, f);
		return instant_is_set(t) ? instant_long(a, t) : "";
	case FIELD_TEXTS:
		return texts_text(a, f, FIELD_IN(struct texts, in, f), true);
	case FIELD_TEXT:
	case FIELD_REAL:
	case FIELD_BYTES:
		break;
	}
	return (f->flags & F_SECRET) != 0 ? "" : field_exchange(a, f, in);
}

static void date_pairs(struct arena *a, const struct field *f, struct date d, struct pairs *out)
{
	pairs_add(a, out, decode_part_name(a, f, "day"), arena_printf(a, "%d", d.day));
	pairs_add(a, out, decode_part_name(a, f, "month"), arena_printf(a, "%d", d.month));
	pairs_add(a, out, decode_part_name(a, f, "year"), arena_printf(a, "%d", d.year));
}

/* "2:30pm": GOV.UK style of times. */
static const char *clock_text(struct arena *a, struct instant t)
{
	int hour, minute;

	instant_clock(t, &hour, &minute);
	int twelve = hour % 12 == 0 ? 12 : hour % 12;

	return minute == 0 ? arena_printf(a, "%d%s", twelve, hour < 12 ? "am" : "pm")
			   : arena_printf(a, "%d:%02d%s", twelve, minute, hour < 12 ? "am" : "pm");
}

void record_to_pairs(struct arena *a, const struct record *r, const void *in, struct pairs *out)
{
	for (const struct field *f = r->fields; f->name != NULL; f++) {
		if ((f->flags & (F_SECRET | F_COMPUTED)) != 0 || f->kind == FIELD_BYTES) {
			continue;
		}
		if (f->kind == FIELD_DATE && date_is_set(*FIELD_IN(struct date, in, f))) {
			date_pairs(a, f, *FIELD_IN(struct date, in, f), out);
		} else if (f->kind == FIELD_INSTANT &&
			   instant_is_set(*FIELD_IN(struct instant, in, f))) {
			struct instant t = *FIELD_IN(struct instant, in, f);

			date_pairs(a, f, instant_date(t), out);
			pairs_add(a, out, decode_part_name(a, f, "time"), clock_text(a, t));
		} else if (f->kind == FIELD_TEXTS) {
			const struct texts *t = FIELD_IN(struct texts, in, f);

			for (size_t i = 0; i < t->n; i++) {
				pairs_add(a, out, f->name, t->v[i]);
			}
		} else if (f->kind != FIELD_DATE && f->kind != FIELD_INSTANT) {
			const char *s = field_exchange(a, f, in);

			if (s[0] != '\0') {
				pairs_add(a, out, f->name, s);
			}
		}
	}
}
