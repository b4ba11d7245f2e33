/* SQLite: whole tables read and filled, for copies of the store (copy.c). */
#include <string.h>

#include "db/sqlite.h"

static struct err *value_of(sqlite3_stmt *st, int i, struct value *out)
{
	switch (sqlite3_column_type(st, i)) {
	case SQLITE_INTEGER:
		*out = (struct value){ .kind = VALUE_INT, .integer = sqlite3_column_int64(st, i) };
		return NULL;
	case SQLITE_FLOAT:
		*out = (struct value){ .kind = VALUE_REAL, .real = sqlite3_column_double(st, i) };
		return NULL;
	case SQLITE_TEXT:
		*out = (struct value){ .kind = VALUE_TEXT, .text = (const char *)sqlite3_column_text(st, i) };
		if (out->text == NULL || strlen(out->text) != (size_t)sqlite3_column_bytes(st, i)) {
			return ERR_DETAIL(ERR_IO, "column %s holds a text with a zero byte", sqlite3_column_name(st, i));
		}
		return NULL;
	case SQLITE_BLOB:
		*out = (struct value){ .kind = VALUE_BYTES };
		out->bytes.p = sqlite3_column_blob(st, i);
		out->bytes.n = (size_t)sqlite3_column_bytes(st, i);
		return NULL;
	default:
		*out = (struct value){ .kind = VALUE_NULL };
		return NULL;
	}
}

static struct err *take_row(sqlite3_stmt *st,
			    struct err *(*take)(void *context, const struct value *v), void *context)
{
	struct value values[VALUES_MAX];

	for (int i = 0; i < sqlite3_column_count(st); i++) {
		TRY(value_of(st, i, &values[i]));
	}
	return take(context, values);
}

struct err *sqlite_scan(struct db *db, const char *sql, struct err *(*take)(void *context, const struct value *v),
			void *context)
{
	struct sqlite *q = sqlite_of(db);
	sqlite3_stmt *st = NULL;
	struct err *err = NULL;
	int code = sqlite3_prepare_v2(q->c, sql, -1, &st, NULL);

	if (code == SQLITE_OK && sqlite3_column_count(st) > VALUES_MAX) {
		err = ERR_DETAIL(ERR_BUG, "more than %d columns", VALUES_MAX);
	}
	while (err == NULL && code == SQLITE_OK) {
		code = sqlite3_step(st);
		if (code == SQLITE_ROW) {
			err = take_row(st, take, context);
			code = SQLITE_OK;
		}
	}
	if (err == NULL && code != SQLITE_DONE) {
		err = sqlite_fault(db, NULL, sqlite3_extended_errcode(q->c));
	}
	sqlite3_finalize(st);
	return err;
}

struct err *sqlite_put(struct db *db, struct put *p, const struct value *values)
{
	sqlite3 *c = sqlite_of(db)->c;
	sqlite3_stmt *st = p->handle;
	int code = SQLITE_OK;

	if (values == NULL) {
		sqlite3_finalize(st);
		p->handle = NULL;
		return NULL;
	}
	if (st == NULL) {
		code = sqlite3_prepare_v2(c, p->sql, -1, &st, NULL);
		p->handle = st;
	}
	for (int i = 0; code == SQLITE_OK && i < p->n; i++) {
		code = sqlite_bind(st, i + 1, &values[i]);
	}
	if (code == SQLITE_OK) {
		sqlite3_step(st);
		code = sqlite3_reset(st);
	}
	return code == SQLITE_OK ? NULL : sqlite_fault(db, NULL, sqlite3_extended_errcode(c));
}
