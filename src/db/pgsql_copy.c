/* PostgreSQL: whole tables read and filled, for copies of the store (copy.c). */
#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "db/pgsql.h"

enum { EPOCH_DAYS = 10957, /* 1 January 2000, from which the server counts dates */
       ROWS_AT_ONCE = 256 }; /* sent before their answers are read */

/* Numbers that are given out go on after the highest there is. */
const char pgsql_after_rows[] =
	"DO $$ DECLARE c record; BEGIN "
	"FOR c IN SELECT t.relname AS in_table, k.attname AS name, "
	"pg_get_serial_sequence(quote_ident(t.relname), k.attname) AS sequence "
	"FROM pg_attribute k JOIN pg_class t ON t.oid = k.attrelid "
	"WHERE k.attidentity <> '' AND t.relnamespace = current_schema()::regnamespace LOOP "
	"EXECUTE format('SELECT setval(%L, max(%I)) FROM %I HAVING max(%I) >= 1', c.sequence, c.name, c.in_table, "
	"c.name); END LOOP; END $$";

/* The planner knows what the tables hold, and an index alone can answer, from the first page on: not only when the
 * server's own housekeeping comes by. */
const char pgsql_after_copy[] = "VACUUM (ANALYZE)";

/* ---- reading ---- */

static int64_t integer_at(const char *s, int n)
{
	uint64_t v = (signed char)s[0] < 0 ? UINT64_MAX : 0;

	for (int i = 0; i < n; i++) {
		v = v << 8 | (unsigned char)s[i];
	}
	return (int64_t)v;
}

static struct err *value_of(const PGresult *r, int i, struct value *out)
{
	const char *s = PQgetvalue(r, 0, i); /* ends with a NUL beyond its length */
	int n = PQgetlength(r, 0, i);

	*out = (struct value){ .kind = VALUE_NULL };
	if (PQgetisnull(r, 0, i) != 0) {
		return NULL;
	}
	switch (PQftype(r, i)) {
	case OID_INT8:
	case OID_INT4:
	case OID_INT2:
		*out = (struct value){ .kind = VALUE_INT, .integer = integer_at(s, n) };
		return NULL;
	case OID_TEXT:
	case OID_VARCHAR:
	case OID_NAME:
		*out = (struct value){ .kind = VALUE_TEXT, .text = s };
		return NULL;
	case OID_DATE:
		*out = (struct value){ .kind = VALUE_DATE,
				       .date = date_from_days((int32_t)integer_at(s, n) + EPOCH_DAYS) };
		return date_is_valid(out->date) ? NULL
						: ERR_DETAIL(ERR_IO, "column %s holds a day that is none", PQfname(r, i));
	case OID_BYTEA:
		*out = (struct value){ .kind = VALUE_BYTES, .bytes = { (const unsigned char *)s, (size_t)n } };
		return NULL;
	case OID_FLOAT8:
		out->kind = VALUE_REAL;
		out->integer = integer_at(s, n);
		memcpy(&out->real, &out->integer, sizeof out->real);
		return NULL;
	default:
		return ERR_DETAIL(ERR_BUG, "column %s is of a type that is not copied", PQfname(r, i));
	}
}

static struct err *take_row(const PGresult *r, struct err *(*take)(void *context, const struct value *v), void *context)
{
	struct value values[VALUES_MAX];

	for (int i = 0; i < PQnfields(r); i++) {
		TRY(value_of(r, i, &values[i]));
	}
	return take(context, values);
}

static struct err *take_rows(struct pgsql *pg, struct err *(*take)(void *context, const struct value *v), void *context)
{
	struct err *err = NULL;

	for (;;) {
		PGresult *r = PQgetResult(pg->c);
		if (PQresultStatus(r) != PGRES_SINGLE_TUPLE) {
			err = PQresultStatus(r) == PGRES_TUPLES_OK ? NULL : pgsql_fault(pg, NULL, r);
			PQclear(r);
			return err;
		}
		err = take_row(r, take, context);
		PQclear(r);
		TRY(err);
	}
}

struct err *pgsql_scan(struct db *db, const char *sql, struct err *(*take)(void *context, const struct value *v),
		       void *context)
{
	struct pgsql *pg = pgsql_of(db);

	TRY(pgsql_ready(pg));
	if (pg->queued) { /* its rows must be the first that come */
		TRY(pgsql_sync(pg));
		TRY(pgsql_collect(pg, NULL, NULL, 0));
	}
	if (PQsendQueryParams(pg->c, sql, 0, NULL, NULL, NULL, NULL, 1) != 1) {
		return pgsql_fault(pg, NULL, NULL);
	}
	TRY(pgsql_sync(pg));
	if (PQsetSingleRowMode(pg->c) != 1) {
		return pgsql_fault(pg, NULL, NULL);
	}
	struct err *err = take_rows(pg, take, context);
	return err_join(err, pgsql_collect(pg, NULL, NULL, 0));
}

/* ---- filling ---- */

struct row { /* as it is sent: bytes as they are, everything else as text, which the server makes the column's type */
	const char *values[VALUES_MAX];
	int lengths[VALUES_MAX], formats[VALUES_MAX];
	char space[VALUES_MAX][32];
};

static void set_value(struct row *row, int i, const struct value *v)
{
	row->values[i] = row->space[i];
	row->formats[i] = 0;
	row->lengths[i] = 0;
	switch (v->kind) {
	case VALUE_INT:
		snprintf(row->space[i], sizeof row->space[i], "%lld", (long long)v->integer);
		break;
	case VALUE_REAL:
		snprintf(row->space[i], sizeof row->space[i], "%.17g", v->real);
		break;
	case VALUE_DATE:
		date_iso(v->date, row->space[i]);
		break;
	case VALUE_TEXT:
		row->values[i] = v->text;
		break;
	case VALUE_BYTES:
		row->values[i] = v->bytes.n > 0 ? (const char *)v->bytes.p : "";
		row->lengths[i] = (int)v->bytes.n;
		row->formats[i] = 1;
		break;
	case VALUE_NULL:
		row->values[i] = NULL;
		break;
	}
}

/* What was sent is known to have gone well. */
static struct err *settle(struct pgsql *pg, struct put *p)
{
	if (p->waiting == 0) {
		return NULL;
	}
	p->waiting = 0;
	TRY(pgsql_sync(pg));
	return pgsql_collect(pg, NULL, NULL, 0);
}

struct err *pgsql_put(struct db *db, struct put *p, const struct value *values)
{
	struct pgsql *pg = pgsql_of(db);
	struct row row;

	if (values == NULL) {
		return settle(pg, p);
	}
	if (p->handle == NULL) { /* the statement without a name: nothing else is asked until the end */
		TRY(pgsql_ready(pg));
		if (PQsendPrepare(pg->c, "", p->sql, 0, NULL) != 1) {
			return pgsql_fault(pg, NULL, NULL);
		}
		p->handle = pg;
		p->waiting++;
	}
	for (int i = 0; i < p->n; i++) {
		set_value(&row, i, &values[i]);
	}
	if (PQsendQueryPrepared(pg->c, "", p->n, row.values, row.lengths, row.formats, 0) != 1) {
		return pgsql_fault(pg, NULL, NULL);
	}
	return ++p->waiting >= ROWS_AT_ONCE ? settle(pg, p) : NULL;
}
