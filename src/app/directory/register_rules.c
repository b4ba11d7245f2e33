/*
 * The register, row by row, to schools. Pure: bytes in, structs and named problems out.
 *
 * A wrong row is a problem with line and column; the caller refuses the whole file when there is one.
 * A value of a code list that this program does not know (GIAS adds types) is left empty and noted,
 * except the status: without it nobody can say whether a school is open.
 */
#include <stdlib.h>
#include <string.h>

#include "app/directory/register.h"
#include "base/arena.h"
#include "base/text.h"

#define SCRATCH_CAP ((size_t)128 * 1024 * 1024)
#define NOTES_MOST 20

struct seen_urn {
	int64_t urn, line;
};

struct reader {
	struct arena *arena; /* results */
	const struct register_options *options;
	struct register_file *out;
	struct column_place places[REGISTER_COLUMNS];
	const struct field *fields[REGISTER_COLUMNS];
	size_t heading_n;
	bool may_be_long; /* rows may have more cells than the heading */
	bool matched;
	bool whole_la; /* no LA column: every row is taken as the authority's */
	size_t cap;
	struct seen_urn *seen;
	size_t n_seen, cap_seen;
	int64_t last_line; /* where the last row begins */
	struct buf notes;
	int n_notes;
};

static void *grown(struct arena *a, void *p, size_t size, size_t n, size_t *cap)
{
	void *q;

	if (n < *cap) {
		return p;
	}
	*cap = *cap == 0 ? 1024 : *cap * 2;
	q = arena_array(a, size, *cap);
	if (n > 0) {
		memcpy(q, p, n * size);
	}
	return q;
}

static bool urn_among(const int64_t *urns, size_t n, int64_t urn)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (urns[middle] == urn) {
			return true;
		}
		if (urns[middle] < urn) {
			low = middle + 1;
		} else {
			n = middle;
		}
	}
	return false;
}

static void note(struct reader *r, int64_t line, const char *heading, const char *value, const char *what)
{
	if (r->n_notes++ < NOTES_MOST) {
		buf_printf(&r->notes, "Line %lld, %s: \"%s\" %s\n", (long long)line, heading,
			   register_quote(r->arena, value), what);
	}
}

static const char *cell_of(const struct csv_row *row, int index)
{
	return index < 0 ? "" : row->cells[index];
}

static const char *text_cell(struct arena *a, const char *cell)
{
	const char *clean;

	if (cell[0] == '\0') {
		return "";
	}
	clean = text_normalise(a, cell, strlen(cell));
	return clean == NULL ? "" : clean;
}

/* ---- one kind of column each ---- */

/* "936" for the row: its code, else its name's code, else "" (unknown name). */
static void read_la(struct reader *r, const struct csv_row *row, struct column_place place, struct school *s)
{
	const char *code = text_cell(r->arena, cell_of(row, place.code));
	const char *name = text_cell(r->arena, cell_of(row, place.name));
	const char *known;

	if (code[0] == '\0' && name[0] != '\0') {
		known = la_code_by_name(name);
		code = known == NULL ? "" : known;
	}
	if (name[0] == '\0' && place.name < 0) {
		known = la_name_by_code(code);
		name = known == NULL ? "" : known;
	}
	s->la_code = code;
	s->la_name = name;
}

static void read_type(struct reader *r, const struct csv_row *row, struct column_place place, struct school *s)
{
	const char *code = cell_of(row, place.code);
	const char *name = text_cell(r->arena, cell_of(row, place.name));
	const struct establishment_type *type = NULL;
	int64_t number;

	if (code[0] != '\0' && text_to_int(code, 0, 999, &number)) {
		type = establishment_type_by_code((int)number);
	}
	if (type == NULL && name[0] != '\0') {
		type = establishment_type_by_name(name);
	}
	if (type == NULL && (code[0] != '\0' || name[0] != '\0')) {
		note(r, row->line, "TypeOfEstablishment", name[0] != '\0' ? name : code,
		     "is a type that this program does not know; it is kept as written.");
		s->type = name[0] != '\0' ? name : arena_printf(r->arena, "Type %s", register_quote(r->arena, code));
		return;
	}
	s->type = type == NULL ? "" : type->name;
	if (type != NULL && s->type_group == 0) {
		s->type_group = type->group;
	}
}

/* The word's code, by the register's number (+ more) or else its label; 0: empty or unknown. */
static int read_word(const struct csv_row *row, struct column_place place, const struct words *words,
		     int more, bool *unknown)
{
	const char *code = cell_of(row, place.code), *name = cell_of(row, place.name);
	const struct word *w = NULL;
	int64_t number;

	*unknown = false;
	if (code[0] != '\0' && text_to_int(code, 0, 99, &number)) {
		w = words_by_code(words, (int)number + more);
	}
	if (w == NULL && name[0] != '\0') {
		w = words_find(words, name);
	}
	*unknown = w == NULL && (code[0] != '\0' || name[0] != '\0');
	return w == NULL ? 0 : w->code;
}

static const char *either(const struct csv_row *row, struct column_place place)
{
	const char *name = cell_of(row, place.name);

	return name[0] != '\0' ? name : cell_of(row, place.code);
}

static void read_coded(struct reader *r, const struct csv_row *row, size_t i, struct school *s)
{
	const struct register_column *c = &register_columns[i];
	bool unknown;

	if (c->kind == COLUMN_STATUS) {
		s->status = read_word(row, r->places[i], &establishment_status_words, 0, &unknown);
		if (s->status == 0) {
			register_problem(r->arena, &r->out->problems, row->line, c->heading,
					 "\"%s\" is not a status of the register. It must be Open, Closed, "
					 "\"Open, but proposed to close\" or Proposed to open.",
					 register_quote(r->arena, either(row, r->places[i])));
		}
		return;
	}
	if (c->kind == COLUMN_GROUP) {
		int group = read_word(row, r->places[i], &establishment_group_words, 0, &unknown);

		s->type_group = group != 0 ? group : s->type_group;
	} else {
		s->phase = read_word(row, r->places[i], &phase_words, 1, &unknown);
	}
	if (unknown) {
		note(r, row->line, c->heading, either(row, r->places[i]),
		     "is not known to this program and is left empty.");
	}
}

static void read_number(struct reader *r, const struct csv_row *row, size_t i, struct school *s)
{
	const char *cell = text_cell(r->arena, cell_of(row, r->places[i].name));
	struct opt_int *out = FIELD_AT(struct opt_int, s, r->fields[i]);

	if (cell[0] == '\0') {
		return;
	}
	out->set = text_to_int(cell, 0, 1000000, &out->v);
	if (!out->set) {
		register_problem(r->arena, &r->out->problems, row->line, register_columns[i].heading,
				 "\"%s\" is not a whole number.", register_quote(r->arena, cell));
	}
}

static void read_column(struct reader *r, const struct csv_row *row, size_t i, struct school *s)
{
	const struct register_column *c = &register_columns[i];
	const char *cell = cell_of(row, r->places[i].name);

	switch (c->kind) {
	case COLUMN_URN:
	case COLUMN_LA:
		break; /* read before, to tell whether the row is wanted */
	case COLUMN_NAME:
		s->name = text_cell(r->arena, cell);
		s->name_fold = text_fold(r->arena, s->name);
		if (s->name[0] == '\0') {
			register_problem(r->arena, &r->out->problems, row->line, c->heading,
					 "The name is empty.");
		}
		break;
	case COLUMN_TEXT:
		*FIELD_AT(const char *, s, r->fields[i]) = text_cell(r->arena, cell);
		break;
	case COLUMN_DATE:
		if (!register_date(cell, FIELD_AT(struct date, s, r->fields[i]))) {
			register_problem(r->arena, &r->out->problems, row->line, c->heading,
					 "\"%s\" is not a real date: write it as dd-mm-yyyy.",
					 register_quote(r->arena, cell));
		}
		break;
	case COLUMN_NUMBER:
		read_number(r, row, i, s);
		break;
	case COLUMN_TYPE:
		read_type(r, row, r->places[i], s);
		break;
	case COLUMN_GROUP:
	case COLUMN_STATUS:
	case COLUMN_PHASE:
		read_coded(r, row, i, s);
		break;
	}
}

/* ---- rows ---- */

static struct err *read_heading(struct reader *r, const struct csv_row *row)
{
	struct register_file *out = r->out;

	TRY(register_match(r->arena, row, r->places, &out->missing));
	r->matched = true;
	r->heading_n = row->n;
	r->may_be_long = register_same_heading(row->cells[row->n - 1], "Linked establishments");
	for (size_t i = 0; i < REGISTER_COLUMNS; i++) {
		const struct register_column *c = &register_columns[i];

		r->fields[i] = record_field(&school_record, c->field);
		if (r->places[i].code < 0 && r->places[i].name < 0) {
			r->whole_la = r->whole_la || c->kind == COLUMN_LA;
			continue;
		}
		out->carried |= school_bit(c->field);
		if (c->field_two != NULL) {
			out->carried |= school_bit(c->field_two);
		}
		if (c->kind == COLUMN_NAME) {
			out->carried |= school_bit("name_fold");
		}
		if (c->kind == COLUMN_TYPE) {
			out->carried |= school_bit("type_group"); /* the type says its group */
		}
	}
	return NULL;
}

/* All texts "" rather than NULL: what the store gives back for an empty column. */
static void school_blank(struct school *s)
{
	memset(s, 0, sizeof(*s));
	for (size_t i = 0; school_record.fields[i].name != NULL; i++) {
		if (school_record.fields[i].kind == FIELD_TEXT) {
			*FIELD_AT(const char *, s, &school_record.fields[i]) = "";
		}
	}
}

static bool wanted(const struct reader *r, const struct school *s)
{
	const struct register_options *o = r->options;

	return text_empty(o->la_code) || text_same(s->la_code, o->la_code) ||
	       urn_among(o->known, o->n_known, s->urn);
}

/* Notes the URN; twice the same is found when all are there. False: the cell holds none. */
static bool read_urn(struct reader *r, const struct csv_row *row, struct school *s)
{
	const char *cell = cell_of(row, r->places[0].name);

	s->urn = register_urn(cell);
	if (s->urn == 0) {
		register_problem(r->arena, &r->out->problems, row->line, "URN",
				 "\"%s\" is not a URN: a URN is a number of 5 or 6 digits.",
				 register_quote(r->arena, cell));
		return false;
	}
	r->seen = grown(r->arena, r->seen, sizeof(*r->seen), r->n_seen, &r->cap_seen);
	r->seen[r->n_seen++] = (struct seen_urn){ s->urn, row->line };
	return true;
}

/* GIAS writes its last column "Linked establishments" with commas and without quotes; any other
 * row that is too long has moved its cells into wrong columns. */
static bool right_length(struct reader *r, const struct csv_row *row)
{
	if (row->n < r->heading_n) {
		register_problem(r->arena, &r->out->problems, row->line, "",
				 "The row has %zu cells and the heading has %zu. If it is the last row, the "
				 "file was cut short: download it again.", row->n, r->heading_n);
		return false;
	}
	for (size_t i = r->heading_n; i < row->n && !r->may_be_long; i++) {
		if (row->cells[i][0] != '\0') {
			register_problem(r->arena, &r->out->problems, row->line, "",
					 "The row has %zu cells and the heading has %zu. A cell with a comma in it "
					 "must stand in quotation marks.", row->n, r->heading_n);
			return false;
		}
	}
	return true;
}

static struct err *read_row(void *context, const struct csv_row *row)
{
	struct reader *r = context;
	struct arena_mark mark;
	struct school s;

	r->last_line = row->line;
	if (!r->matched) {
		return read_heading(r, row);
	}
	r->out->rows++;
	if (!right_length(r, row)) {
		return NULL;
	}
	school_blank(&s);
	if (!read_urn(r, row, &s)) {
		return NULL;
	}
	mark = arena_mark(r->arena); /* after what must stay */
	read_la(r, row, r->places[2], &s);
	if (r->whole_la && !text_empty(r->options->la_code)) {
		s.la_code = r->options->la_code;
	}
	if (!wanted(r, &s)) {
		arena_rewind(r->arena, mark);
		return NULL;
	}
	for (size_t i = 0; i < REGISTER_COLUMNS; i++) {
		if (r->places[i].code >= 0 || r->places[i].name >= 0) {
			read_column(r, row, i, &s);
		}
	}
	if ((r->out->carried & school_bit("status")) == 0) {
		bool over = date_is_set(s.close_date) && date_compare(s.close_date, r->options->on) < 0;

		s.status = over ? STATUS_CLOSED : STATUS_OPEN;
	}
	r->out->schools = grown(r->arena, r->out->schools, sizeof(s), r->out->n, &r->cap);
	r->out->schools[r->out->n++] = s;
	return NULL;
}

/* ---- the whole file ---- */

static int by_urn(const void *a, const void *b)
{
	const struct school *x = a, *y = b;

	return (x->urn > y->urn) - (x->urn < y->urn);
}

static int by_seen(const void *a, const void *b)
{
	const struct seen_urn *x = a, *y = b;

	if (x->urn != y->urn) {
		return x->urn > y->urn ? 1 : -1;
	}
	return (x->line > y->line) - (x->line < y->line);
}

static int by_line(const void *a, const void *b)
{
	const struct register_problem *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

static void find_twins(struct reader *r)
{
	if (r->n_seen == 0) {
		return;
	}
	qsort(r->seen, r->n_seen, sizeof(*r->seen), by_seen);
	for (size_t i = 1; i < r->n_seen; i++) {
		if (r->seen[i].urn == r->seen[i - 1].urn) {
			register_problem(r->arena, &r->out->problems, r->seen[i].line, "URN",
					 "URN %lld stands here for the second time; it is on line %lld too.",
					 (long long)r->seen[i].urn, (long long)r->seen[i - 1].line);
		}
	}
}

static void finish_notes(struct reader *r)
{
	if (r->n_notes > NOTES_MOST) {
		buf_printf(&r->notes, "And %d more values that this program does not know.\n",
			   r->n_notes - NOTES_MOST);
	}
	if (r->whole_la && !text_empty(r->options->la_code)) {
		buf_printf(&r->notes, "The file does not say which authority a school belongs to; every row is "
			   "taken as a school of authority %s.\n", r->options->la_code);
	}
	r->out->notes = r->notes.n == 0 ? "" : r->notes.p;
}

static bool tell_progress(void *context, size_t done, size_t all)
{
	struct reader *r = context;

	return r->options->progress == NULL || r->options->progress(r->options->context, done, all);
}

struct err *register_read(struct arena *a, struct bytes file, const struct register_options *options,
			  struct register_file *out)
{
	struct csv_options csv = { .max_columns = 300, .max_cell = 16384, .long_rows = true,
				   .progress = tell_progress };
	struct reader r = { .arena = a, .options = options, .out = out };
	struct arena *scratch;
	struct err *e;

	memset(out, 0, sizeof(*out));
	out->missing = out->notes = "";
	TRY(register_sniff(file, "register"));
	buf_init(&r.notes, a, 16384);
	scratch = arena_new(SCRATCH_CAP);
	e = csv_read(scratch, file, &csv, read_row, &r, &out->cp1252);
	arena_free(&scratch);
	if (r.matched) {
		find_twins(&r);
		if (e == NULL && out->problems.all == 0 && register_cut_short(file)) {
			register_problem(a, &out->problems, r.last_line, "", "The file ends in the middle of this "
					 "row: it was cut short. Download it again.");
		}
		qsort(out->problems.v, out->problems.n, sizeof(out->problems.v[0]), by_line);
		finish_notes(&r);
	}
	if (out->n > 1) {
		qsort(out->schools, out->n, sizeof(*out->schools), by_urn);
	}
	if (e == NULL && out->rows == 0) {
		return ERR(ERR_INVALID, "The register has a heading and no rows. Download it again.");
	}
	return e;
}
