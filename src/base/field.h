/*
 * Field tables: a plain C struct and one table that says what each member is.
 *
 * FIELD takes the kind from the member's type: a wrong or unsupported type does not compile.
 * db/ maps rows and arguments by these names; record/ decodes, validates and encodes by them;
 * ui/ draws forms and summaries from them; core/ audits and exports with them.
 */
#ifndef BASE_FIELD_H
#define BASE_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/words.h"

struct choices; /* record/choices.h: options that come from a query */

struct opt_int { /* an integer that may be absent although 0 has a meaning */
	bool set;
	int64_t v;
};

struct texts { /* several values of one name: check boxes */
	const char **v;
	size_t n;
};

enum field_kind {
	FIELD_INT,     /* int64_t */
	FIELD_TEXT,    /* const char * */
	FIELD_BOOL,    /* bool */
	FIELD_WORD,    /* int: a code of .words */
	FIELD_DATE,    /* struct date */
	FIELD_INSTANT, /* struct instant */
	FIELD_REAL,    /* double */
	FIELD_OPT_INT, /* struct opt_int */
	FIELD_TEXTS,   /* struct texts; forms only, never a column */
	FIELD_BYTES    /* struct bytes; columns and keeper messages, never a form */
};

enum field_flag {
	F_REQUIRED = 1 << 0,  /* a person must give it */
	F_NULLABLE = 1 << 1,  /* the column may be NULL: "", 0, no date (reading and writing) */
	F_LONG = 1 << 2,      /* text of several lines */
	F_EMAIL = 1 << 3,     /* a work e-mail address */
	F_SECRET = 1 << 4,    /* password: never shown again, logged or audited */
	F_HIDDEN = 1 << 5,    /* carried by the form, not shown */
	F_PERSONAL = 1 << 6,  /* personal data: no logs, no addresses, no file names */
	F_COMPUTED = 1 << 7,  /* only ever read: no form offers it */
	F_REFERENCE = 1 << 8, /* the short public reference of a thing */
	F_RADIOS = 1 << 9,    /* show the choice as radios even when the list is long */
	F_NONE = 1 << 10      /* a choice that may be taken back: radios end with "None of these" */
};

struct field {
	const char *name; /* of member, column, form field, JSON key and CSV heading */
	enum field_kind kind;
	size_t offset;
	unsigned flags;
	const char *label; /* on screen; NULL: never shown */
	const char *hint;
	int64_t min, max; /* of a number; of a text: max characters (0: 200, or 10000 when F_LONG) */
	const struct words *words;
	const struct choices *choices;
	const char *asks; /* for messages: "Enter the venue"; NULL: made from the label */
};

#define FIELD_KIND(member)                                                                         \
	_Generic((member),                                                                         \
		int64_t: FIELD_INT,                                                                \
		const char *: FIELD_TEXT,                                                          \
		bool: FIELD_BOOL,                                                                  \
		int: FIELD_WORD,                                                                   \
		struct date: FIELD_DATE,                                                           \
		struct instant: FIELD_INSTANT,                                                     \
		double: FIELD_REAL,                                                                \
		struct opt_int: FIELD_OPT_INT,                                                     \
		struct texts: FIELD_TEXTS,                                                         \
		struct bytes: FIELD_BYTES)

#define FIELD(type, member, ...)                                                                   \
	{ .name = #member, .kind = FIELD_KIND(((type *)0)->member),                                \
	  .offset = offsetof(type, member), __VA_ARGS__ }
#define FIELD_END { .name = NULL }

/* A record: the struct's size and its table, under the struct's name. */
struct record {
	const char *name;
	size_t size;
	const struct field *fields; /* ends with FIELD_END */
};

/* RECORD(session, session_fields) defines `const struct record session_record` for struct session. */
#define RECORD(tag, table)                                                                         \
	const struct record tag##_record = { .name = #tag, .size = sizeof(struct tag), .fields = (table) }
#define RECORD_DECLARE(tag) extern const struct record tag##_record

const struct field *record_field(const struct record *r, const char *name); /* NULL: none */
size_t record_count(const struct record *r);

/* Typed access; the caller has looked at the kind. */
#define FIELD_AT(type, base, f) ((type *)(void *)((char *)(base) + (f)->offset))
#define FIELD_IN(type, base, f) ((type const *)(const void *)((const char *)(base) + (f)->offset))

#endif
