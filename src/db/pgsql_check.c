/* PostgreSQL: what it says of a statement, and of the whole store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/pgsql.h"

const char *pgsql_statement_text(const struct statement *s)
{
	return s->pgsql;
}

static bool type_fits(Oid type, enum field_kind kind)
{
	switch (kind) {
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_INSTANT:
	case FIELD_OPT_INT:
		return type == OID_INT8 || type == OID_INT4 || type == OID_INT2 || type == OID_BOOL;
	case FIELD_TEXT:
	case FIELD_WORD:
		return type == OID_TEXT || type == OID_VARCHAR || type == OID_NAME;
	case FIELD_DATE:
		return type == OID_DATE || type == OID_TEXT;
	case FIELD_REAL:
		return type == OID_FLOAT8 || type == OID_INT8;
	case FIELD_BYTES:
		return type == OID_BYTEA;
	case FIELD_TEXTS:
		break;
	}
	return false;
}

/* One row of up to three texts on the arena; *found_out false: none. */
static struct err *ask(struct arena *a, struct pgsql *pg, const char *sql, const char *const *values, int n,
		       const char *out[3], bool *found_out)
{
	PGresult *r = NULL;

	TRY(pgsql_ready(pg));
	if (PQsendQueryParams(pg->c, sql, n, NULL, values, NULL, NULL, 0) != 1) {
		return pgsql_fault(pg, NULL, NULL);
	}
	TRY(pgsql_sync(pg));
	TRY(pgsql_collect(pg, NULL, &r, 1));
	*found_out = PQntuples(r) > 0;
	for (int i = 0; *found_out && i < PQnfields(r); i++) {
		out[i] = arena_strdup(a, PQgetvalue(r, 0, i));
	}
	PQclear(r);
	return NULL;
}

struct err *pgsql_column_source(struct arena *a, struct db *db, const struct cached *p, int i,
				struct column_source *out)
{
	const PGresult *d = pgsql_description(p);
	char table[16];
	char number[16];
	char type[16];
	const char *const values[] = { table, number, type };
	const char *found[3] = { NULL, NULL, NULL };
	bool any = false;

	*out = (struct column_source){ .fits = type_fits(PQftype(d, i), p->columns[i].field->kind) };
	snprintf(type, sizeof type, "%u", PQftype(d, i));
	snprintf(table, sizeof table, "%u", PQftable(d, i));
	snprintf(number, sizeof number, "%d", PQftablecol(d, i));
	TRY(ask(a, pgsql_of(db), "SELECT $1::oid::regtype::text", &values[2], 1, found, &any));
	out->type = found[0];
	if (PQftable(d, i) == 0) {
		return NULL;
	}
	TRY(ask(a, pgsql_of(db),
		"SELECT c.relname::text, t.attname::text, t.attnotnull::text FROM pg_attribute t "
		"JOIN pg_class c ON c.oid = t.attrelid WHERE t.attrelid = $1::oid AND t.attnum = $2::smallint",
		values, 2, found, &any));
	if (any) {
		out->table = found[0];
		out->column = found[1];
		out->may_be_null = strcmp(found[2], "true") != 0;
	}
	return NULL;
}

/* The plan depends on what a table holds, so that it is looked at on SQLite, whose planner is given nothing to
 * guess from; the indexes are the same. Here: the text stays sound without the filters that may be left out. */
struct err *pgsql_check_plan(struct arena *a, struct db *db, const struct cached *p, struct buf *faults)
{
	struct err *err = pgsql_prepare_shape(pgsql_of(db), p, pgsql_optional(p->s->pgsql), "");

	if (err != NULL) {
		buf_printf(faults, "%s: %s: with every filter left out: %s\n", p->s->place, p->s->name, err->detail);
	}
	return NULL;
}

/* References are looked at by the server with every change, pages by its checksums (initdb -k) when they are read:
 * every table is read whole. */
struct err *pgsql_integrity(struct arena *a, struct db *db, const char **report_out)
{
	*report_out = NULL;
	return pgsql_script(db,
			    "DO $$ DECLARE t regclass; n bigint; BEGIN "
			    "FOR t IN SELECT c.oid FROM pg_class c WHERE c.relkind = 'r' "
			    "AND c.relnamespace = current_schema()::regnamespace LOOP "
			    "EXECUTE format('SELECT count(r::text) FROM %s AS r', t) INTO n; END LOOP; END $$");
}
