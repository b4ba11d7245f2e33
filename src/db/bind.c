/* Structs and rows: a field into a parameter, a column into a field. */
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "db/engine.h"

/* ---- arguments ---- */

static struct err *no_value(const struct cached *p, const struct field *f)
{
	return ERR_DETAIL(ERR_BUG, "%s: %s has no value and is not F_NULLABLE", p->s->place, f->name);
}

static int bind_date(sqlite3_stmt *st, int i, struct date d)
{
	char iso[DATE_ISO_SIZE];

	date_iso(d, iso);
	return sqlite3_bind_text(st, i, iso, DATE_ISO_SIZE - 1, SQLITE_TRANSIENT);
}

static int bind_bytes(sqlite3_stmt *st, int i, const struct bytes *b)
{
	return b->n == 0 ? sqlite3_bind_zeroblob(st, i, 0)
			 : sqlite3_bind_blob64(st, i, b->p, b->n, SQLITE_STATIC);
}

/* Is the member what stands for NULL? */
static bool is_empty(const struct field *f, const void *args)
{
	switch (f->kind) {
	case FIELD_INT:
		return *FIELD_IN(int64_t, args, f) == 0;
	case FIELD_TEXT:
		return *FIELD_IN(const char *, args, f) == NULL || **FIELD_IN(const char *, args, f) == '\0';
	case FIELD_WORD:
		return *FIELD_IN(int, args, f) == 0;
	case FIELD_DATE:
		return !date_is_set(*FIELD_IN(struct date, args, f));
	case FIELD_INSTANT:
		return !instant_is_set(*FIELD_IN(struct instant, args, f));
	case FIELD_REAL:
		return !(*FIELD_IN(double, args, f) < 0 || *FIELD_IN(double, args, f) > 0);
	case FIELD_OPT_INT:
		return !FIELD_IN(struct opt_int, args, f)->set;
	case FIELD_BYTES:
		return FIELD_IN(struct bytes, args, f)->n == 0;
	case FIELD_BOOL:
	case FIELD_TEXTS:
		break;
	}
	return false;
}

/* Which of the empty values may stand as they are: 0, "", no bytes. The others need F_NULLABLE. */
static bool may_be_empty(const struct field *f, const void *args)
{
	return f->kind == FIELD_INT || f->kind == FIELD_REAL || f->kind == FIELD_BYTES ||
	       (f->kind == FIELD_TEXT && *FIELD_IN(const char *, args, f) != NULL);
}

static struct err *bind_word(const struct cached *p, const struct field *f, int i, int code,
			     int *result)
{
	const struct word *w = f->words != NULL ? words_by_code(f->words, code) : NULL;

	if (w == NULL) {
		return ERR_DETAIL(ERR_BUG, "%s: %s: %d is no code of its words", p->s->place, f->name,
				  code);
	}
	*result = sqlite3_bind_text(p->st, i, w->word, -1, SQLITE_STATIC);
	return NULL;
}

static struct err *bind_one(const struct cached *p, const struct field *f, int i, const void *args,
			    int *result)
{
	if (is_empty(f, args)) {
		if ((f->flags & F_NULLABLE) != 0 || f->kind == FIELD_OPT_INT) {
			*result = sqlite3_bind_null(p->st, i);
			return NULL;
		}
		if (!may_be_empty(f, args)) {
			return no_value(p, f);
		}
	}
	switch (f->kind) {
	case FIELD_INT:
		*result = sqlite3_bind_int64(p->st, i, *FIELD_IN(int64_t, args, f));
		break;
	case FIELD_TEXT:
		*result = sqlite3_bind_text(p->st, i, *FIELD_IN(const char *, args, f), -1, SQLITE_STATIC);
		break;
	case FIELD_BOOL:
		*result = sqlite3_bind_int(p->st, i, *FIELD_IN(bool, args, f) ? 1 : 0);
		break;
	case FIELD_WORD:
		return bind_word(p, f, i, *FIELD_IN(int, args, f), result);
	case FIELD_DATE:
		*result = bind_date(p->st, i, *FIELD_IN(struct date, args, f));
		break;
	case FIELD_INSTANT:
		*result = sqlite3_bind_int64(p->st, i, FIELD_IN(struct instant, args, f)->ms);
		break;
	case FIELD_REAL:
		*result = sqlite3_bind_double(p->st, i, *FIELD_IN(double, args, f));
		break;
	case FIELD_OPT_INT:
		*result = sqlite3_bind_int64(p->st, i, FIELD_IN(struct opt_int, args, f)->v);
		break;
	case FIELD_BYTES:
		*result = bind_bytes(p->st, i, FIELD_IN(struct bytes, args, f));
		break;
	case FIELD_TEXTS:
		return ERR_DETAIL(ERR_BUG, "%s: %s: a list is never a parameter", p->s->place, f->name);
	}
	return NULL;
}

struct err *bind_arguments(struct db *db, const struct cached *p, const void *args)
{
	int code = SQLITE_OK;

	if (p->n_parameters > 0 && args == NULL) {
		return ERR_DETAIL(ERR_BUG, "%s: called without arguments", p->s->place);
	}
	for (int i = 0; i < p->n_parameters; i++) {
		TRY(bind_one(p, p->parameters[i].field, i + 1, args, &code));
		if (code != SQLITE_OK) {
			return engine_fault(db, p->s, code);
		}
	}
	return NULL;
}

/* ---- rows ---- */

static struct err *wrong_value(const struct cached *p, const struct field *f, int type)
{
	static const char *const types[] = { "?", "an integer", "a real", "a text", "a blob", "NULL" };

	return ERR_DETAIL(ERR_BUG, "%s: column %s holds %s that its field cannot take", p->s->place,
			  f->name, types[type >= 1 && type <= 5 ? type : 0]);
}

static const char *text_of(struct arena *a, sqlite3_value *v)
{
	const char *s = (const char *)sqlite3_value_text(v);

	return a == NULL ? s : arena_strndup(a, s, (size_t)sqlite3_value_bytes(v));
}

static bool read_word(struct slot *slot, const char *s, int *out)
{
	const struct field *f = slot->field;

	if (slot->last == NULL || strcmp(slot->last->word, s) != 0) {
		const struct word *w = f->words != NULL ? words_by_word(f->words, s) : NULL;
		if (w == NULL) {
			return false;
		}
		slot->last = w;
	}
	*out = slot->last->code;
	return true;
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

/* NULL: the row was zeroed, only a text needs its "". */
static bool read_null(const struct field *f, void *row)
{
	if (f->kind == FIELD_TEXT) {
		*FIELD_AT(const char *, row, f) = "";
	}
	return (f->flags & F_NULLABLE) != 0 || f->kind == FIELD_OPT_INT;
}

/* False: the value does not fit the field. */
static bool read_integer(const struct field *f, int64_t v, void *row)
{
	switch (f->kind) {
	case FIELD_INT:
		*FIELD_AT(int64_t, row, f) = v;
		return true;
	case FIELD_BOOL:
		*FIELD_AT(bool, row, f) = v != 0;
		return v == 0 || v == 1;
	case FIELD_INSTANT:
		FIELD_AT(struct instant, row, f)->ms = v;
		return true;
	case FIELD_OPT_INT:
		*FIELD_AT(struct opt_int, row, f) = (struct opt_int){ .set = true, .v = v };
		return true;
	case FIELD_REAL:
		*FIELD_AT(double, row, f) = (double)v;
		return true;
	default:
		return false;
	}
}

static bool read_text(struct arena *a, sqlite3_value *v, struct slot *slot, void *row)
{
	const struct field *f = slot->field;

	switch (f->kind) {
	case FIELD_TEXT:
		*FIELD_AT(const char *, row, f) = text_of(a, v);
		return true;
	case FIELD_WORD:
		return read_word(slot, (const char *)sqlite3_value_text(v), FIELD_AT(int, row, f));
	case FIELD_DATE:
		return date_parse_iso((const char *)sqlite3_value_text(v),
				      FIELD_AT(struct date, row, f));
	default:
		return false;
	}
}

/* sqlite3_column_value() once a column is cheaper than a sqlite3_column_x() for type, value and length;
 * its "unprotected" value is safe where there are no threads. */
struct err *read_row(struct arena *a, const struct cached *p, void *row)
{
	for (int i = 0; i < p->n_columns; i++) {
		const struct field *f = p->columns[i].field;
		sqlite3_value *v = sqlite3_column_value(p->st, i);
		int type = sqlite3_value_type(v);
		bool fits = false;

		if (type == SQLITE_INTEGER) {
			fits = read_integer(f, sqlite3_value_int64(v), row);
		} else if (type == SQLITE_TEXT) {
			fits = read_text(a, v, &p->columns[i], row);
		} else if (type == SQLITE_NULL) {
			fits = read_null(f, row);
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
