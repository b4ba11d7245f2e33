/* SQLite: statements prepared, started and stepped; arguments bound, columns read. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/sqlite.h"

static sqlite3_stmt *statement_of(const struct cached *p)
{
	return p->handle;
}

/*
 * INSERT INTO t (...) VALUES (...) RETURNING id: its length without the last two words; 0: it is another.
 *
 * RETURNING is a trigger to SQLite, and a statement with a trigger opens a savepoint of its own, with which the index
 * of words writes what it holds to its tables: for each operation of a group again (sqlite.org/fts5.html, xSavepoint).
 * One row added without it needs none, and the library knows its id.
 */
static size_t length_without_id(const char *sql)
{
	static const char tail[] = " RETURNING id";
	size_t n = strlen(sql);
	bool is = n > sizeof tail && strcmp(sql + n - (sizeof tail - 1), tail) == 0 && strncmp(sql, "INSERT INTO ", 12) == 0 &&
		  strstr(sql, ") VALUES (") != NULL && strstr(sql, "SELECT ") == NULL && strstr(sql, " ON CONFLICT") == NULL;

	return is ? n - (sizeof tail - 1) : 0;
}

struct err *sqlite_prepare(struct db *db, struct cached *p, bool once)
{
	sqlite3_stmt *st = NULL;
	const char *rest = NULL;
	size_t cut = length_without_id(p->s->sqlite);
	size_t n = cut > 0 ? cut : strlen(p->s->sqlite);
	int code = sqlite3_prepare_v3(sqlite_of(db)->c, p->s->sqlite, (int)n, once ? 0 : SQLITE_PREPARE_PERSISTENT, &st,
				      &rest);

	p->handle = st;
	if (code != SQLITE_OK) {
		return sqlite_fault(db, p->s, code);
	}
	if (st == NULL || rest != p->s->sqlite + n) {
		return ERR_DETAIL(ERR_BUG, "%s: is not one statement", p->s->place);
	}
	p->gives_id = cut > 0;
	p->n_parameters = sqlite3_bind_parameter_count(st);
	p->n_columns = p->gives_id ? 1 : sqlite3_column_count(st);
	p->writes = sqlite3_stmt_readonly(st) == 0;
	return NULL;
}

const char *sqlite_column_name(const struct cached *p, int i)
{
	return p->gives_id ? "id" : sqlite3_column_name(statement_of(p), i);
}

void sqlite_forget(struct db *db, struct cached *p)
{
	sqlite3_finalize(statement_of(p));
	p->handle = NULL;
}

/* ---- arguments ---- */

int sqlite_bind(sqlite3_stmt *st, int i, const struct value *v)
{
	char iso[DATE_ISO_SIZE];

	switch (v->kind) {
	case VALUE_INT:
		return sqlite3_bind_int64(st, i, v->integer);
	case VALUE_REAL:
		return sqlite3_bind_double(st, i, v->real);
	case VALUE_TEXT:
		return sqlite3_bind_text(st, i, v->text, -1, SQLITE_STATIC);
	case VALUE_DATE:
		date_iso(v->date, iso);
		return sqlite3_bind_text(st, i, iso, DATE_ISO_SIZE - 1, SQLITE_TRANSIENT);
	case VALUE_BYTES:
		return v->bytes.n == 0 ? sqlite3_bind_zeroblob(st, i, 0)
				       : sqlite3_bind_blob64(st, i, v->bytes.p, v->bytes.n, SQLITE_STATIC);
	case VALUE_NULL:
		break;
	}
	return sqlite3_bind_null(st, i);
}

struct err *sqlite_start(struct run *r, const void *args, bool stream)
{
	const struct cached *p = r->p;
	struct value v;

	sqlite_of(r->db)->started_ms = 0;
	for (int i = 0; i < p->n_parameters; i++) {
		TRY(value_of_argument(p, p->parameters[i].field, args, &v));
		int code = sqlite_bind(statement_of(p), i + 1, &v);
		if (code != SQLITE_OK) {
			return sqlite_fault(r->db, p->s, code);
		}
	}
	return NULL;
}

/* ---- rows ---- */

static const char *text_of(struct arena *a, sqlite3_value *v)
{
	const char *s = (const char *)sqlite3_value_text(v);

	return a == NULL ? s : arena_strndup(a, s, (size_t)sqlite3_value_bytes(v));
}

static struct bytes bytes_of(struct arena *a, sqlite3_value *v)
{
	const unsigned char *p = sqlite3_value_blob(v);
	struct bytes b = { .p = p, .n = (size_t)sqlite3_value_bytes(v) };

	if (a != NULL && b.n > 0) {
		unsigned char *q = arena_alloc(a, b.n);
		memcpy(q, p, b.n);
		b.p = q;
	}
	return b;
}

static bool read_text(struct arena *a, sqlite3_value *v, struct slot *slot, void *row)
{
	const struct field *f = slot->field;

	switch (f->kind) {
	case FIELD_TEXT:
		*FIELD_AT(const char *, row, f) = text_of(a, v);
		return true;
	case FIELD_WORD:
		return value_word(slot, (const char *)sqlite3_value_text(v), row);
	case FIELD_DATE:
		return date_parse_iso((const char *)sqlite3_value_text(v),
				      FIELD_AT(struct date, row, f));
	default:
		return false;
	}
}

static struct err *wrong_value(const struct cached *p, const struct field *f, int type)
{
	static const char *const types[] = { "?", "an integer", "a real", "a text", "a blob", "NULL" };

	return value_misfit(p, f, types[type >= 1 && type <= 5 ? type : 0]);
}

/* sqlite3_column_value() once a column is cheaper than a sqlite3_column_x() for type, value and length;
 * its "unprotected" value is safe where there are no threads. */
static struct err *read_row(struct arena *a, const struct cached *p, void *row)
{
	sqlite3_stmt *st = statement_of(p);

	for (int i = 0; i < p->n_columns; i++) {
		const struct field *f = p->columns[i].field;
		sqlite3_value *v = sqlite3_column_value(st, i);
		int type = sqlite3_value_type(v);
		bool fits = false;

		if (type == SQLITE_INTEGER) {
			fits = value_integer(f, sqlite3_value_int64(v), row);
		} else if (type == SQLITE_TEXT) {
			fits = read_text(a, v, &p->columns[i], row);
		} else if (type == SQLITE_NULL) {
			fits = value_null(f, row);
		} else if (type == SQLITE_FLOAT && f->kind == FIELD_REAL) {
			*FIELD_AT(double, row, f) = sqlite3_value_double(v);
			fits = true;
		} else if (type == SQLITE_BLOB && f->kind == FIELD_BYTES) {
			*FIELD_AT(struct bytes, row, f) = bytes_of(a, v);
			fits = true;
		}
		if (!fits) {
			return wrong_value(p, f, type);
		}
	}
	return NULL;
}

static struct err *give_id(struct run *r, void *row, bool *found_out)
{
	const struct field *f = r->p->columns[0].field;

	r->ended = *found_out = true;
	if (row != NULL && !value_integer(f, sqlite3_last_insert_rowid(sqlite_of(r->db)->c), row)) {
		return wrong_value(r->p, f, SQLITE_INTEGER);
	}
	return NULL;
}

struct err *sqlite_next(struct run *r, struct arena *a, void *row, bool *found_out)
{
	*found_out = false;
	if (r->ended) {
		return NULL;
	}
	int code = sqlite3_step(statement_of(r->p));
	*found_out = code == SQLITE_ROW;
	if (code == SQLITE_ROW) {
		return row != NULL ? read_row(a, r->p, row) : NULL;
	}
	if (code != SQLITE_DONE) {
		return sqlite_fault(r->db, r->p->s, code);
	}
	r->changed = sqlite3_changes64(sqlite_of(r->db)->c);
	return r->p->gives_id ? give_id(r, row, found_out) : NULL;
}

void sqlite_finish(struct run *r)
{
	sqlite3_reset(statement_of(r->p));
}
