/*
 * A table of rows as an OpenDocument spreadsheet (ISO/IEC 26300): the first row is the heading; a cell is text, a
 * number or a date. It is packed as it comes: a row is written, and is held no longer than some 64 KiB of them.
 *
 * A cell never holds a formula: formulas stand in an attribute that is not written, and text is said to be text.
 */
#ifndef WORK_ODS_H
#define WORK_ODS_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

struct arena;
struct ods;

#define ODS_TYPE "application/vnd.oasis.opendocument.spreadsheet"

enum ods_kind {
	ODS_TEXT,
	ODS_NUMBER,  /* "12", "-0.5" */
	ODS_DATE,    /* "2026-03-27" */
	ODS_INSTANT, /* "2026-03-27T14:30", local time */
	ODS_HEADING
};

/* A sheet of n_columns columns, on the arena. The first row that is written is its heading. */
struct err *ods_begin(struct arena *a, struct instant now, const char *sheet, size_t n_columns, struct ods **out) MUST_CHECK;
/* The next cell of the row; "" is an empty one, of any kind. */
void ods_cell(struct ods *o, enum ods_kind kind, const char *text);
struct err *ods_end_row(struct ods *o) MUST_CHECK;
/* The whole file, on the arena. */
struct err *ods_end(struct ods *o, struct bytes *out) MUST_CHECK;
/* Gives up one that was begun. */
void ods_abandon(struct ods *o);

#endif
