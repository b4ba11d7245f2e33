/*
 * Lists of people as they come out of a spreadsheet: pasted (TAB between cells) or saved as CSV.
 * base/csv.h refuses a file at its first fault, which is right for a register; here one bad row
 * must not cost the other 29, so this reader has no faults of its own: a quotation mark that is
 * never closed is a quotation mark, a row that is too long has cells that nobody asks for.
 */
#include "app/training/attendance.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"

enum list_column {
	NAME,
	EMAIL,
	SCHOOL,
	JOB,
	SECTOR,
	STATE,
	FIRST,
	LAST,
	ARRIVED,
	LEFT,
	COLUMNS,
	NO_COLUMN = COLUMNS
};

enum { CELLS_MAX = 60 };

struct row {
	int64_t line;
	const char *cells[CELLS_MAX];
	size_t n;
	bool empty;
};

struct reader {
	struct arena *arena;
	const char *p;
	char delimiter;
	int64_t line;
};

/* ---- cells ---- */

static char find_delimiter(const char *text)
{
	const char *p = text + strspn(text, "\n\r ");
	size_t n = strcspn(p, "\n\r");

	if (memchr(p, '\t', n) != NULL) {
		return '\t';
	}
	return memchr(p, ',', n) == NULL && memchr(p, ';', n) != NULL ? ';' : ',';
}

/* Where the quotation that begins at p ends (its last mark), or NULL when it is never closed. */
static const char *closing_mark(const char *p)
{
	for (p++; (p = strchr(p, '"')) != NULL; p += 2) {
		if (p[1] != '"') {
			return p;
		}
	}
	return NULL;
}

static void add_quoted(struct reader *r, struct buf *b, const char *end)
{
	for (const char *p = r->p + 1; p < end; p++) {
		r->line += *p == '\n';
		buf_char(b, *p == '\n' || *p == '\r' || *p == '\t' ? ' ' : *p);
		p += *p == '"';
	}
	r->p = end + 1;
}

static bool at_end(const struct reader *r)
{
	return *r->p == '\0' || *r->p == '\n' || *r->p == '\r' || *r->p == r->delimiter;
}

/* Our own files put an apostrophe before what a spreadsheet would run as a formula (base/csv.h); so may
 * have the spreadsheet that read one before. */
static const char *without_guard(const char *cell)
{
	const char *s = cell;

	while (*s == '\'') {
		s++;
	}
	return s != cell && csv_is_formula(s) ? s : cell;
}

static const char *read_cell(struct reader *r)
{
	struct buf b;

	buf_init(&b, r->arena, 20000);
	while (*r->p == ' ' && r->delimiter != ' ') {
		r->p++;
	}
	if (*r->p == '"') {
		const char *end = closing_mark(r->p);

		if (end != NULL) {
			add_quoted(r, &b, end);
		}
	}
	for (; !at_end(r); r->p++) {
		buf_char(&b, *r->p == '\t' ? ' ' : *r->p);
	}
	const char *clean = b.n == 0 ? "" : text_normalise(r->arena, b.p, b.n);

	return clean == NULL ? "" : without_guard(clean);
}

/* False: no more rows. */
static bool read_row(struct reader *r, struct row *out)
{
	if (*r->p == '\0') {
		return false;
	}
	*out = (struct row){ .line = r->line, .empty = true };
	for (;;) {
		struct arena_mark mark = arena_mark(r->arena);
		const char *cell = read_cell(r);

		out->empty = out->empty && cell[0] == '\0';
		if (out->n < CELLS_MAX) {
			out->cells[out->n++] = cell;
		} else { /* a line of half a million cells leaves nothing behind */
			arena_rewind(r->arena, mark);
		}
		if (*r->p != r->delimiter) {
			break;
		}
		r->p++;
	}
	if (*r->p == '\r') {
		r->p++;
	}
	if (*r->p == '\n') {
		r->p++;
	}
	r->line++;
	return true;
}

/* ---- headings ---- */

static enum list_column column_of(struct arena *a, const char *cell)
{
	static const struct {
		const char *text;
		enum list_column column;
	} known[] = {
		{ "name", NAME },
		{ "fullname", NAME },
		{ "attendee", NAME },
		{ "attendeename", NAME },
		{ "delegate", NAME },
		{ "learner", NAME },
		{ "staffname", NAME },
		{ "firstname", FIRST },
		{ "forename", FIRST },
		{ "givenname", FIRST },
		{ "lastname", LAST },
		{ "surname", LAST },
		{ "familyname", LAST },
		{ "email", EMAIL },
		{ "emailaddress", EMAIL },
		{ "workemail", EMAIL },
		{ "workemailaddress", EMAIL },
		{ "mail", EMAIL },
		{ "school", SCHOOL },
		{ "organisation", SCHOOL },
		{ "schoolororganisation", SCHOOL },
		{ "organization", SCHOOL },
		{ "setting", SCHOOL },
		{ "urn", SCHOOL },
		{ "establishment", SCHOOL },
		{ "company", SCHOOL },
		{ "schoolorganisation", SCHOOL },
		{ "job", JOB },
		{ "jobtitle", JOB },
		{ "role", JOB },
		{ "post", JOB },
		{ "position", JOB },
		{ "sector", SECTOR },
		{ "audience", SECTOR },
		{ "state", STATE },
		{ "status", STATE },
		{ "attendance", STATE },
		{ "attended", STATE },
		{ "arrived", ARRIVED },
		{ "arrival", ARRIVED },
		{ "arrivedat", ARRIVED },
		{ "timein", ARRIVED },
		{ "time", ARRIVED },
		{ "in", ARRIVED },
		{ "signedin", ARRIVED },
		{ "left", LEFT },
		{ "leftat", LEFT },
		{ "timeout", LEFT },
		{ "out", LEFT },
		{ "signedout", LEFT },
	};
	const char *s = attendance_squeeze(a, cell);

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (strcmp(known[i].text, s) == 0) {
			return known[i].column;
		}
	}
	return NO_COLUMN;
}

/* Is this row a heading? Then where[] says which cell holds which column (-1: none). */
static bool read_heading(struct arena *a, const struct row *row, int where[COLUMNS])
{
	int found[COLUMNS];

	for (int c = 0; c < COLUMNS; c++) {
		found[c] = -1;
	}
	for (size_t i = 0; i < row->n; i++) {
		enum list_column c = column_of(a, row->cells[i]);

		if (c != NO_COLUMN && found[c] < 0) {
			found[c] = (int)i;
		}
		if (strchr(row->cells[i], '@') != NULL) {
			return false;
		}
	}
	if (found[NAME] < 0 && found[FIRST] < 0 && found[LAST] < 0) {
		return false;
	}
	memcpy(where, found, sizeof(found));
	return true;
}

/* ---- people ---- */

static const char *cell_of(const struct row *row, const int where[COLUMNS], enum list_column c)
{
	return where[c] < 0 || (size_t)where[c] >= row->n ? "" : row->cells[where[c]];
}

static const char *full_name(struct arena *a, const struct row *row, const int where[COLUMNS])
{
	const char *first = cell_of(row, where, FIRST), *last = cell_of(row, where, LAST);

	if (where[NAME] >= 0) {
		return cell_of(row, where, NAME);
	}
	return arena_printf(a, "%s%s%s", first, first[0] != '\0' && last[0] != '\0' ? " " : "",
			    last);
}

static struct attendee person_of(struct arena *a, const struct row *row, const int where[COLUMNS])
{
	struct attendee p = {
		.line = row->line,
		.name = full_name(a, row, where),
		.email = text_fold(a, cell_of(row, where, EMAIL)),
		.school = cell_of(row, where, SCHOOL),
		.job = cell_of(row, where, JOB),
		.sector_text = cell_of(row, where, SECTOR),
		.state_text = cell_of(row, where, STATE),
		.arrived_text = cell_of(row, where, ARRIVED),
		.left_text = cell_of(row, where, LEFT),
		.pick = "",
	};

	p.sector = sector_read(a, p.sector_text);
	p.state = attendance_state_read(a, p.state_text);
	p.arrived = attendance_minutes(p.arrived_text);
	p.left = attendance_minutes(p.left_text);
	attendee_check(a, &p);
	return p;
}

void attendance_parse(struct arena *a, const char *text, struct attendees *out)
{
	int where[COLUMNS] = { 0, 1, 2, 3, 4, 5, -1, -1, -1, -1 };
	struct reader r = { .arena = a, .p = text, .delimiter = find_delimiter(text), .line = 1 };
	struct row row;
	bool first = true;

	*out = (struct attendees){ .v = ARENA_NEW(a, struct attendee, ATTENDEES_MAX) };
	for (struct arena_mark mark = arena_mark(a); read_row(&r, &row); mark = arena_mark(a)) {
		if (row.empty) {
			arena_rewind(a, mark);
			continue;
		}
		if (first && read_heading(a, &row, where)) {
			first = false;
			continue;
		}
		first = false;
		if (out->n == ATTENDEES_MAX) {
			out->too_many = true;
			return;
		}
		out->v[out->n++] = person_of(a, &row, where);
	}
}
