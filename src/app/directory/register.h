/*
 * Reading the school register's files: bytes in, structs and named problems out. Pure.
 *
 * Two files are known: the establishments extract ("register") and the links file. Columns are found
 * by heading; of a pair "X (code)" / "X (name)" either half will do, the code is preferred.
 */
#ifndef APP_DIRECTORY_REGISTER_H
#define APP_DIRECTORY_REGISTER_H

#include "app/directory/school.h"
#include "base/csv.h"

/* ---- code tables (register_codes.c) ---- */

struct establishment_type {
	int code;
	const char *name;
	int group; /* enum establishment_group */
};
const struct establishment_type *establishment_type_by_code(int code);         /* NULL: unknown */
const struct establishment_type *establishment_type_by_name(const char *name); /* letter case ignored */
/* "936" for "Surrey"; NULL: no authority of that name. */
const char *la_code_by_name(const char *name);
const char *la_name_by_code(const char *code);

/* ---- problems ---- */

#define REGISTER_PROBLEMS_MOST 100

struct register_problem {
	int64_t line;
	const char *column; /* heading; "" when the whole row is meant */
	const char *sentence;
};

struct register_problems {
	struct register_problem v[REGISTER_PROBLEMS_MOST];
	size_t n;
	int64_t all; /* how many there were, the first 100 are kept */
};

/* ---- the register ---- */

struct register_options {
	const char *la_code;  /* only schools of this authority; NULL or "": all */
	const int64_t *known; /* URNs in order that are wanted although their LA (code) is another now */
	size_t n_known;
	struct date on;       /* of the register: tells open from closed when the status is missing */
	bool (*progress)(void *context, size_t done, size_t all); /* may be NULL; false stops */
	void *context;
};

struct register_file {
	struct school *schools; /* in order of URN; authority_id 0 */
	size_t n;
	int64_t rows;           /* of the file, all authorities */
	uint64_t carried;       /* bit i: the file has field i of school_record */
	const char *missing;    /* headings the file does not carry, one a line; "" none */
	const char *notes;      /* values not known to this program, and the like, one a line */
	bool cp1252;
	struct register_problems problems;
};

/* Reads a whole register. ERR_INVALID: not a register at all, or broken as CSV (the sentence names
 * line and column); wrong rows are in out->problems. *out is valid in both cases. Strings on a. */
struct err *register_read(struct arena *a, struct bytes file, const struct register_options *options,
			  struct register_file *out) MUST_CHECK;

/* ---- the links file ---- */

struct links_file {
	struct school_link *links; /* in order of urn, link_urn, kind; each once */
	size_t n;
	int64_t rows;
	const char *missing, *notes;
	struct register_problems problems;
};
struct err *links_read(struct arena *a, struct bytes file, struct links_file *out) MUST_CHECK;

/* By urn, link_urn, kind. */
void links_sort(struct school_link *links, size_t n);

/* Keeps the links whose chain touches one of these URNs (in order): whole families, so that a chain
 * that runs through schools elsewhere stays whole. */
void links_keep(struct arena *a, struct links_file *f, const int64_t *urns, size_t n);

/* ---- comparing ---- */

enum change_kind {
	CHANGE_NONE = 0,
	CHANGE_NEW = 1,
	CHANGE_CHANGED,
	CHANGE_CLOSED,
	CHANGE_VANISHED,
	CHANGE_LINK_NEW,
	CHANGE_LINK_CHANGED,
	CHANGE_LINK_REMOVED
};

/* The school as it will be: `before` with what the file carries put over it. before NULL: new. */
enum change_kind school_compare(const struct school *before, const struct school *row, uint64_t carried,
				struct school *after_out);

/* Calls each() for every link that is new, changed or gone between two sets; sorts both. */
struct err *links_compare(struct school_link *before, size_t n_before, struct school_link *after, size_t n_after,
			  struct err *(*each)(void *context, enum change_kind kind, const struct school_link *l),
			  void *context) MUST_CHECK;

/* Bit of a field of school_record by member name. */
uint64_t school_bit(const char *field);

/* ---- inside: shared by register_columns.c and register_rules.c ---- */

enum column_kind {
	COLUMN_URN,
	COLUMN_TEXT,
	COLUMN_NAME,
	COLUMN_LA,
	COLUMN_TYPE,
	COLUMN_GROUP,
	COLUMN_STATUS,
	COLUMN_PHASE,
	COLUMN_DATE,
	COLUMN_NUMBER
};

struct register_column {
	const char *heading;   /* "LA", without "(code)" and "(name)" */
	bool has_code;         /* the "(code)" half is understood */
	bool has_name;         /* the heading carries "(name)" */
	enum column_kind kind;
	const char *field;     /* of school_record */
	const char *field_two; /* LA: la_name */
};
#define REGISTER_COLUMNS 27
extern const struct register_column register_columns[REGISTER_COLUMNS];

struct column_place { /* where a column's cells are: index from 0, -1 absent */
	int code, name;
};
/* Matches a heading row. *missing_out: lines naming what is not there. ERR_INVALID: not a register. */
struct err *register_match(struct arena *a, const struct csv_row *heading,
			   struct column_place places[REGISTER_COLUMNS], const char **missing_out) MUST_CHECK;
/* Faults that show in the first bytes: nothing, a web page, a zip or Excel file. */
struct err *register_sniff(struct bytes file, const char *what) MUST_CHECK;
/* Whether two headings are the same, letter case and spaces round them ignored. */
bool register_same_heading(const char *a, const char *b);

void register_problem(struct arena *a, struct register_problems *p, int64_t line, const char *column,
		      const char *format, ...) __attribute__((format(printf, 5, 6)));
/* A file whose lines end with CRLF, and that ends in the middle of a cell: it was cut short. (The links file
 * is published without a last line end, but its last cell is closed. Files with LF alone are made by
 * hand and by scripts, which often leave the last one out.) */
bool register_cut_short(struct bytes file);
/* What stands in a cell, short enough for a sentence, on one line. */
const char *register_quote(struct arena *a, const char *cell);
/* URN of 5 or 6 digits; 0: it is not one. */
int64_t register_urn(const char *cell);
/* dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd; "" is no date. False: not a real date. */
bool register_date(const char *cell, struct date *out);

#endif
