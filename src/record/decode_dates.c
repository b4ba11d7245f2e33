/*
 * Dates and instants of forms (day, month, year, time in boxes of their own) and of files (one
 * text). Sentences: GOV.UK Design System, date input, error messages.
 */
#include "record/decode.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* "3", "03", "March", "mar": people are asked for numbers and may write names (date input
 * guidance). */
static bool read_month(struct arena *a, const char *s, int64_t *out)
{
	static const char *const months[] = { "january",   "february", "march",	   "april",
					      "may",	   "june",     "july",	   "august",
					      "september", "october",  "november", "december" };
	const char *folded = text_fold(a, s);

	if (text_to_int(s, 1, 12, out)) {
		return true;
	}
	for (int i = 0; i < 12; i++) {
		if (text_same(folded, months[i]) ||
		    (strlen(folded) == 3 && strncmp(folded, months[i], 3) == 0)) {
			*out = i + 1;
			return true;
		}
	}
	return false;
}

static bool all_digits(const char *s)
{
	return s[0] != '\0' && s[strspn(s, "0123456789")] == '\0';
}

/* "a year", "a day and month", "a day, month and year" is never needed: then nothing was given. */
static const char *missing_parts(struct arena *a, const char *day, const char *month,
				 const char *year)
{
	const char *names[3];
	size_t n = 0;

	if (day[0] == '\0') {
		names[n++] = "day";
	}
	if (month[0] == '\0') {
		names[n++] = "month";
	}
	if (year[0] == '\0') {
		names[n++] = "year";
	}
	if (n == 0) {
		return NULL;
	}
	return n == 1 ? arena_printf(a, "a %s", names[0])
		      : arena_printf(a, "a %s and %s", names[0], names[1]);
}

enum found { FOUND_NOTHING, FOUND_DATE, FOUND_PROBLEM };

static enum found date_of_parts(struct decode *d, const struct field *f, const char *const part[3],
				struct date *out)
{
	struct arena *a = d->arena;
	const char *label = sentence_label(a, f);
	int64_t day = 0, month = 0, year = 0;

	if (part[0][0] == '\0' && part[1][0] == '\0' && part[2][0] == '\0') {
		return FOUND_NOTHING;
	}
	const char *missing = missing_parts(a, part[0], part[1], part[2]);

	if (missing != NULL) {
		problem_add(a, d->problems, f->name, "%s must include %s", label, missing);
		return FOUND_PROBLEM;
	}
	if (all_digits(part[2]) && strlen(part[2]) != 4) {
		problem_add(a, d->problems, f->name, "Year must include 4 numbers");
		return FOUND_PROBLEM;
	}
	bool real = text_to_int(part[0], 1, 31, &day) && read_month(a, part[1], &month) &&
		    all_digits(part[2]) && text_to_int(part[2], 1, 9999, &year);

	*out = (struct date){ (int)year, (int)month, (int)day };
	if (!real || !date_is_valid(*out)) {
		problem_add(a, d->problems, f->name, "%s must be a real date", label);
		return FOUND_PROBLEM;
	}
	return FOUND_DATE;
}

/* The date of a form or a file: boxes of its own, or one text (a date picker, a cell, a flag). */
static enum found read_date(struct decode *d, const struct field *f, struct date *out)
{
	static const char *const suffixes[] = { "day", "month", "year" };
	const char *part[3];
	const char *whole = decode_one(d, f, f->name);

	if (whole == NULL) {
		return FOUND_PROBLEM;
	}
	if (whole[0] != '\0') {
		if (date_parse_any(whole, out) && date_is_valid(*out)) {
			return FOUND_DATE;
		}
		problem_add(d->arena, d->problems, f->name,
			    "%s must be a real date, like 2026-03-27", sentence_label(d->arena, f));
		return FOUND_PROBLEM;
	}
	if (d->source != RECORD_FORM) {
		return FOUND_NOTHING;
	}
	for (int i = 0; i < 3; i++) {
		part[i] = decode_one(d, f, decode_part_name(d->arena, f, suffixes[i]));
		if (part[i] == NULL) {
			return FOUND_PROBLEM;
		}
	}
	return date_of_parts(d, f, part, out);
}

static void ask_when_required(struct decode *d, const struct field *f)
{
	if ((f->flags & F_REQUIRED) != 0) {
		problem_add(d->arena, d->problems, f->name, "%s", sentence_ask(d->arena, f));
	}
}

void decode_date(struct decode *d, const struct field *f)
{
	struct date date;

	switch (read_date(d, f, &date)) {
	case FOUND_DATE:
		*FIELD_AT(struct date, d->out, f) = date;
		break;
	case FOUND_NOTHING:
		ask_when_required(d, f);
		break;
	case FOUND_PROBLEM:
		break;
	}
}

/* A file's instant: "2026-03-27T14:30", London time. */
static void instant_of_text(struct decode *d, const struct field *f, const char *s)
{
	struct instant t;

	if (instant_parse_local(s, &t)) {
		*FIELD_AT(struct instant, d->out, f) = t;
		return;
	}
	problem_add(d->arena, d->problems, f->name,
		    "%s must be a real date and time, like 2026-03-27T14:30",
		    sentence_label(d->arena, f));
}

void decode_instant(struct decode *d, const struct field *f)
{
	const char *label = sentence_label(d->arena, f);
	struct date date;
	int hour, minute;
	const char *whole = decode_one(d, f, f->name);
	const char *time = whole;

	if (whole == NULL) {
		return;
	}
	if (d->source == RECORD_FORM) {
		time = decode_one(d, f, decode_part_name(d->arena, f, "time"));
		if (time == NULL) {
			return;
		}
	}
	if (whole[0] != '\0' && (d->source == RECORD_FILE || time[0] == '\0')) {
		instant_of_text(d, f, whole);
		return;
	}
	enum found found = read_date(d, f, &date);

	if (found == FOUND_PROBLEM) {
		return;
	}
	if (found == FOUND_NOTHING && time[0] == '\0') {
		ask_when_required(d, f);
	} else if (found == FOUND_NOTHING) {
		problem_add(d->arena, d->problems, f->name, "%s must include a date", label);
	} else if (time[0] == '\0') {
		problem_add(d->arena, d->problems, f->name, "%s must include a time", label);
	} else if (!clock_parse(time, &hour, &minute)) {
		problem_add(d->arena, d->problems, f->name,
			    "%s must include a real time, like 2:30pm", label);
	} else {
		*FIELD_AT(struct instant, d->out, f) = instant_of_local(date, hour, minute);
	}
}
