/*
 * Field tables at work: raw pairs -> struct, struct -> text. Decoding normalises once (UTF-8, NFC,
 * line ends, trim, length) and collects every problem, each with the sentence a person reads
 * (GOV.UK error message templates: "Enter the venue", "Venue must be 200 characters or fewer",
 * "Start date must be a real date", "Select the course"; .asks replaces the first and last).
 *
 * A name that the table does not know is refused (the house's own begin with "_"); so is a name
 * given twice that may stand once. Forms give dates as name-day, name-month, name-year and instants
 * with name-time besides (or the whole date under the name itself, as a date picker does); files,
 * JSON and flags give ISO ("2026-03-27", "2026-03-27T14:30").
 *
 * Absent texts are "" (never NULL). A number with .min and .max both 0 has no limits. In forms a
 * yes-or-no is "yes" or "no" (a check box sends "yes" or nothing); several values repeat the name.
 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/err.h"
#include "base/field.h"
#include "base/json.h"
#include "base/pairs.h"

struct arena;

struct problem {
	const char *field; /* name, or NULL for the whole form */
	const char *sentence;
};

struct problems {
	struct problem *v;
	size_t n, cap;
};

void problem_add(struct arena *a, struct problems *p, const char *field, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
const char *problem_of(const struct problems *p, const char *field); /* first sentence, or NULL */

enum record_source { RECORD_FORM, RECORD_FILE }; /* date parts and check boxes, or ISO texts */

/* *out is zeroed first. Choices from a query are not checked here (see choices_check). */
void record_decode(struct arena *a, const struct record *r, const struct pairs *raw,
		   enum record_source source, void *out, struct problems *problems);

/* The raw form of a struct, as a form of the same record would send it: to fill an edit form. */
void record_to_pairs(struct arena *a, const struct record *r, const void *in, struct pairs *out);

/* One value as a person reads it ("27 March 2026", "Delivered", "Yes", "1,043"; a number that names
 * a thing - F_REFERENCE, or a name ending in urn, id or year - is not grouped) or as a file holds
 * it, so that record_decode of RECORD_FILE reads it back. */
const char *field_display(struct arena *a, const struct field *f, const void *in);
const char *field_exchange(struct arena *a, const struct field *f, const void *in);
bool field_equal(const struct field *f, const void *a, const void *b);

/* JSON object of all fields but secret ones. */
void record_json(struct arena *a, const struct record *r, const void *in, struct json *j);

/* Changed fields as a JSON object {"name":[before,after]}; before or after may be NULL (created,
 * removed); secret fields show that they changed, never what they hold. For the audit entry. */
const char *record_changes(struct arena *a, const struct record *r, const void *before,
			   const void *after);

struct change { /* one field of a change, as text; "" where there was or is nothing */
	const char *field, *before, *after;
};
/* Reads what record_changes wrote, for people to look at; how many. */
size_t changes_read(struct arena *a, const char *json, struct change **out);

#endif
