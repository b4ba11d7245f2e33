/* All rows of a list by the same columns: CSV, ODS and JSON for files, a text table for the command
 * line. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"
#include "core/list.h"
#include "work/ods.h"

enum {
	BYTES_MAX = 64 * 1024 * 1024,
	PIECE = 500,  /* rows: a few milliseconds, for which others wait */
	WHOLE = LIST_EXPORT_MAX + 1
};

#define MORE "The first %d rows; there are more"

struct writer { /* of one export, row by row */
	struct asked *q;
	struct buf *out;
	struct json json;
	struct ods *ods;
	struct arena *files; /* the spreadsheet lies there */
	struct arena *scratch; /* of one row */
	size_t n;
	bool more;
	struct err *(*row)(struct writer *w, const void *row);
	size_t *widths; /* text table: of each column */
	size_t piece;   /* rows that are asked for at once */
	size_t came;    /* of them */
};

/* ---- CSV ---- */

static const char *export_text(struct writer *w, size_t i, const void *row)
{
	const struct field *f = w->q->fields[i];

	if (column_is_named(w->q, i)) {
		return column_name(w->q, i, row);
	}
	return f != NULL ? field_exchange(w->scratch, f, row)
			 : w->q->list->columns[i].text(w->scratch, row);
}

static struct err *csv_row_out(struct writer *w, const void *row)
{
	for (size_t i = 0; i < w->q->n_columns; i++) {
		csv_cell(w->out, i == 0, export_text(w, i, row));
	}
	csv_end_row(w->out);
	return NULL;
}

static void csv_head(struct writer *w)
{
	for (size_t i = 0; i < w->q->n_columns; i++) {
		csv_cell(w->out, i == 0, column_heading(w->q, i));
	}
	csv_end_row(w->out);
}

/* ---- JSON ---- */

/* The field's name; of a column made of several, its heading in the same style: "last_trained". */
static const char *json_name(struct writer *w, size_t i)
{
	const struct field *f = w->q->fields[i];
	char *s;

	if (f != NULL) {
		return f->name;
	}
	s = arena_strdup(w->scratch, w->q->list->columns[i].heading);
	for (char *c = s; *c != '\0'; c++) {
		*c = isalnum((unsigned char)*c) ? (char)tolower((unsigned char)*c) : '_';
	}
	return s;
}

static void json_value(struct writer *w, size_t i, const void *row)
{
	const struct field *f = w->q->fields[i];

	if (f != NULL && f->kind == FIELD_INT && f->words == NULL && f->choices == NULL) {
		json_int(&w->json, *FIELD_IN(int64_t, row, f));
	} else if (f != NULL && f->kind == FIELD_BOOL) {
		json_bool(&w->json, *FIELD_IN(bool, row, f));
	} else if (f != NULL && f->kind == FIELD_REAL) {
		json_number(&w->json, *FIELD_IN(double, row, f));
	} else if (f != NULL && f->kind == FIELD_OPT_INT && FIELD_IN(struct opt_int, row, f)->set) {
		json_int(&w->json, FIELD_IN(struct opt_int, row, f)->v);
	} else {
		const char *text = export_text(w, i, row);

		json_text(&w->json, text_empty(text) ? NULL : text);
	}
}

static struct err *json_row_out(struct writer *w, const void *row)
{
	json_object_begin(&w->json);
	for (size_t i = 0; i < w->q->n_columns; i++) {
		json_key(&w->json, json_name(w, i));
		json_value(w, i, row);
	}
	json_object_end(&w->json);
	return NULL;
}

static void json_head(struct writer *w)
{
	json_begin(&w->json, w->out, false);
	json_object_begin(&w->json);
	json_key(&w->json, "list");
	json_text(&w->json, w->q->list->name);
	json_key(&w->json, "rows");
	json_array_begin(&w->json);
}

static void json_foot(struct writer *w)
{
	json_array_end(&w->json);
	json_key(&w->json, "complete");
	json_bool(&w->json, !w->more);
	json_object_end(&w->json);
	buf_char(w->out, '\n');
}

/* ---- ODS ---- */

/* A number that stands for a word or an option, and what a column makes of several fields, is text. */
static enum ods_kind ods_kind_of(const struct field *f)
{
	static const enum ods_kind kinds[] = {
		[FIELD_INT] = ODS_NUMBER,   [FIELD_OPT_INT] = ODS_NUMBER,  [FIELD_REAL] = ODS_NUMBER,
		[FIELD_DATE] = ODS_DATE,    [FIELD_INSTANT] = ODS_INSTANT, [FIELD_TEXT] = ODS_TEXT,
		[FIELD_BOOL] = ODS_TEXT,    [FIELD_WORD] = ODS_TEXT,       [FIELD_TEXTS] = ODS_TEXT,
		[FIELD_BYTES] = ODS_TEXT,
	};

	return f == NULL || f->words != NULL || f->choices != NULL ? ODS_TEXT : kinds[f->kind];
}

static struct err *ods_row_out(struct writer *w, const void *row)
{
	for (size_t i = 0; i < w->q->n_columns; i++) {
		ods_cell(w->ods, ods_kind_of(w->q->fields[i]), export_text(w, i, row));
	}
	return ods_end_row(w->ods);
}

static struct err *ods_head(struct writer *w)
{
	TRY(ods_begin(w->files, w->q->p->now, w->q->list->title, w->q->n_columns, &w->ods));
	for (size_t i = 0; i < w->q->n_columns; i++) {
		ods_cell(w->ods, ODS_HEADING, column_heading(w->q, i));
	}
	return ods_end_row(w->ods);
}

/* The file in place of what was written. */
static struct err *ods_foot(struct writer *w)
{
	struct bytes file;

	if (w->more) {
		ods_cell(w->ods, ODS_TEXT, arena_printf(w->scratch, MORE, LIST_EXPORT_MAX));
		TRY(ods_end_row(w->ods));
	}
	TRY(ods_end(w->ods, &file));
	w->out->n = 0;
	buf_add(w->out, file.p, file.n);
	return NULL;
}

/* ---- text table ---- */

static bool in_text(const struct asked *q, size_t i)
{
	return !q->list->columns[i].export_only;
}

static struct err *measure(struct writer *w, const void *row)
{
	for (size_t i = 0; i < w->q->n_columns; i++) {
		const char *text = row == NULL ? column_heading(w->q, i)
					       : column_text(w->scratch, w->q, i, row);
		size_t n = text_length(text);

		w->widths[i] = n > w->widths[i] ? n : w->widths[i];
	}
	return NULL;
}

static struct err *text_row_out(struct writer *w, const void *row)
{
	size_t start = w->out->n;

	for (size_t i = 0; i < w->q->n_columns; i++) {
		if (!in_text(w->q, i)) {
			continue;
		}
		const char *text = row == NULL ? column_heading(w->q, i)
					       : column_text(w->scratch, w->q, i, row);
		int space = (int)(w->widths[i] - text_length(text));
		bool right = w->q->list->columns[i].numeric;

		buf_printf(w->out, "%s%*s%s%*s", w->out->n > start ? "  " : "", right ? space : 0,
			   "", text, right ? 0 : space, "");
	}
	while (w->out->n > start && w->out->p[w->out->n - 1] == ' ') {
		w->out->p[--w->out->n] = '\0';
	}
	buf_char(w->out, '\n');
	return NULL;
}

/* ---- walking ---- */

static void set_int(struct asked *q, const char *name, int64_t v)
{
	*FIELD_AT(int64_t, q->args, record_field(q->list->args, name)) = v;
}

static void set_place(struct asked *q, const char *key, int64_t id)
{
	*FIELD_AT(const char *, q->args, record_field(q->list->args, "after_key")) = key;
	set_int(q, "after_id", id);
}

/* The piece after this one begins behind its last row. */
static void keep_place(struct writer *w, const void *row)
{
	struct asked *q = w->q;
	struct arena *a = q->p->arena;
	const char *key = q->sort->after != NULL ? q->sort->after(a, row) : "-";

	set_place(q, arena_strdup(a, key), *FIELD_IN(int64_t, row, record_field(q->list->row, "id")));
}

static struct err *take_row(void *context, const void *row)
{
	struct writer *w = context;
	struct arena_mark mark = arena_mark(w->scratch);

	if (++w->came == w->piece && w->piece < WHOLE) {
		keep_place(w, row);
	}
	if (w->n == LIST_EXPORT_MAX) {
		w->more = true;
		return NULL;
	}
	w->n++;
	struct err *err = w->row(w, row);
	arena_rewind(w->scratch, mark);
	return err;
}

static void start(struct writer *w)
{
	w->n = 0;
	w->more = false;
	set_place(w->q, "", 0);
}

/* The next rows, up to a piece of them; rows that are made in C come all at once. */
static struct err *walk_piece(struct writer *w, bool *done_out)
{
	struct asked *q = w->q;
	const char *rows = NULL;
	size_t n = 0;

	w->came = 0;
	TRY(list_names(q));
	set_int(q, "row_limit", (int64_t)w->piece);
	*done_out = true;
	if (q->finds_nothing) {
		return NULL;
	}
	if (q->sort != NULL) {
		TRY(db_each(q->p->arena, q->p->db, q->sort->statement, q->args, take_row, w));
		*done_out = w->came < w->piece || w->more;
		return NULL;
	}
	TRY(q->list->rows(q->p, q->args, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(take_row(w, rows + i * q->list->row->size));
	}
	return NULL;
}

static struct err *walk(struct writer *w)
{
	bool done;

	start(w);
	return walk_piece(w, &done);
}

static struct err *write_text(struct writer *w)
{
	w->widths = ARENA_NEW(w->q->p->arena, size_t, w->q->n_columns);
	TRY(measure(w, NULL));
	w->row = measure;
	TRY(walk(w));
	TRY(text_row_out(w, NULL));
	w->row = text_row_out;
	return walk(w);
}

/* What differs between files. */
static const struct form_of_file {
	const char *format, *content_type;
	bool attached; /* saved under the list's name, not shown */
} forms[] = {
	{ "csv", "text/csv; charset=utf-8", true },
	{ "ods", ODS_TYPE, true },
	{ "json", "application/json", false },
};

/* NULL: a table for the command line. */
static const struct form_of_file *form_of(const char *format)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		if (text_same(forms[i].format, format)) {
			return &forms[i];
		}
	}
	return NULL;
}

static struct err *write_head(struct writer *w, const char *format)
{
	if (text_same(format, "csv")) {
		csv_head(w);
		w->row = csv_row_out;
	} else if (text_same(format, "ods")) {
		TRY(ods_head(w));
		w->row = ods_row_out;
	} else {
		json_head(w);
		w->row = json_row_out;
	}
	return NULL;
}

static struct err *expect_room(const struct writer *w)
{
	if (w->out->full) {
		return ERR(ERR_LIMIT,
			   "The list is too long for one file. Use the filters to make it shorter");
	}
	return NULL;
}

static struct err *write_foot(struct writer *w, const char *format)
{
	if (text_same(format, "json")) {
		json_foot(w);
	} else if (text_same(format, "ods")) {
		TRY(ods_foot(w));
	} else if (w->more) {
		buf_printf(w->out, "# " MORE "\r\n", LIST_EXPORT_MAX);
	}
	return expect_room(w);
}

static struct err *write_file(struct writer *w, const char *format)
{
	TRY(write_head(w, format));
	TRY(walk(w));
	return write_foot(w, format);
}

static void free_arena(void *arena)
{
	struct arena *a = arena;

	arena_free(&a);
}

static struct arena *arena_beside(struct arena *a, size_t cap)
{
	struct arena *other = arena_new(cap);

	arena_defer(a, free_arena, other);
	return other;
}

struct err *list_write(struct asked *q, const char *format, struct buf *out, bool *all_out)
{
	struct writer w = { .q = q, .out = out, .scratch = arena_new(BYTES_MAX), .piece = WHOLE };
	struct err *err;

	w.files = arena_beside(q->p->arena, BYTES_MAX);
	err = form_of(format) != NULL ? write_file(&w, format) : write_text(&w);
	err = err == NULL ? expect_room(&w) : err;
	*all_out = !w.more;
	arena_free(&w.scratch);
	return err;
}

/* ---- for a browser, piece by piece ---- */

struct export { /* on the page's arena */
	struct writer w;
	struct buf out;
	const struct form_of_file *form;
	bool again;
};

static struct err *export_start(struct export *e)
{
	if (e->w.ods != NULL) {
		ods_abandon(e->w.ods);
	}
	e->out.n = 0;
	start(&e->w);
	return write_head(&e->w, e->form->format);
}

static struct err *export_finish(struct export *e)
{
	struct page *p = e->w.q->p;

	TRY(write_foot(&e->w, e->form->format));
	page_bytes(p, e->form->content_type, (struct bytes){ (const unsigned char *)e->out.p, e->out.n },
		   e->form->attached ? arena_printf(p->arena, "%s.%s", e->w.q->list->name, e->form->format) : NULL);
	p->response->compress = e->w.ods == NULL; /* which is compressed */
	return NULL;
}

static struct err *export_step(struct page *p, void *context, bool *done_out)
{
	struct export *e = context;

	if (!e->again) { /* what was made before is of another snapshot */
		e->again = true;
		TRY(export_start(e));
	}
	TRY(walk_piece(&e->w, done_out));
	return *done_out ? export_finish(e) : NULL;
}

struct err *list_export(struct asked *q, const char *format)
{
	struct arena *a = q->p->arena;
	struct export *e = ARENA_NEW(a, struct export, 1);
	bool done;

	e->form = form_of(format);
	e->w = (struct writer){ .q = q, .out = &e->out, .piece = q->sort != NULL ? PIECE : WHOLE,
				.scratch = arena_beside(a, BYTES_MAX), .files = arena_beside(a, BYTES_MAX) };
	/* grows by doubling: more than it holds */
	buf_init(&e->out, arena_beside(a, (size_t)4 * BYTES_MAX), BYTES_MAX);
	TRY(export_start(e));
	TRY(walk_piece(&e->w, &done));
	if (done) {
		return export_finish(e);
	}
	q->p->step = export_step;
	q->p->step_context = e;
	return NULL;
}

struct err *list_print(struct arena *a, struct db *db, const struct who *who,
		       const struct list *list, const void *args, const char *format,
		       struct buf *out)
{
	static const struct request no_request = { .path = "/" };
	struct page page = { .arena = a, .db = db, .who = who, .request = &no_request };
	char *own = arena_alloc(a, list->args->size);
	struct asked q;
	bool all;

	memcpy(own, args, list->args->size);
	list_ask_fixed(&q, &page, list, own);
	return list_write(&q, format, out, &all);
}
