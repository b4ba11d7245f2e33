/* PostgreSQL: what it says of a statement, and of the whole store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
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

/* What in this line of a plan needs a reason; NULL: nothing. */
static const char *costly(const char *line)
{
	const char *node = line + strspn(line, " ->");

	if (text_starts(node, "Seq Scan on ")) {
		return "scans a table";
	}
	return strcmp(node, "Sort") == 0 ? "sorts" : NULL;
}

/* EXPLAIN EXECUTE, whatever its parameters are: the plan is one for all of them (settle() in pgsql.c). */
static const char *explain_text(struct arena *a, const struct cached *p)
{
	struct buf sql;

	buf_init(&sql, a, 1024);
	buf_str(&sql, "EXPLAIN (COSTS OFF) EXECUTE looked_at");
	for (int i = 0; i < p->n_parameters; i++) {
		buf_str(&sql, i == 0 ? " (NULL" : ", NULL");
	}
	buf_str(&sql, p->n_parameters > 0 ? ")" : "");
	return sql.p;
}

/* What the plan of the statement with these filters left out does that needs a reason; NULL: nothing. */
static struct err *look_at_plan(struct arena *a, struct db *db, const struct cached *p, uint64_t left_out,
				const char **found_out)
{
	struct pgsql *pg = pgsql_of(db);
	PGresult *r = NULL;

	*found_out = NULL;
	TRY(pgsql_prepare_shape(pg, p, left_out, "looked_at"));
	TRY(pgsql_ready(pg));
	if (PQsendQueryParams(pg->c, explain_text(a, p), 0, NULL, NULL, NULL, NULL, 0) != 1) {
		return pgsql_fault(pg, p->s, NULL);
	}
	TRY(pgsql_sync(pg));
	TRY(pgsql_collect(pg, p->s, &r, 1));
	for (int i = 0; *found_out == NULL && i < PQntuples(r); i++) {
		const char *line = PQgetvalue(r, i, 0);
		const char *what = costly(line);
		*found_out = what == NULL ? NULL : arena_printf(a, "%s (%s)", what, line + strspn(line, " ->"));
	}
	PQclear(r);
	return pgsql_script(db, "DEALLOCATE looked_at");
}

/* With scans and sorts as dear as can be the server plans one only where no index spares it, whatever the tables hold:
 * here they are empty. Looked at with every filter left out and with every one there (pgsql_shape.c). */
struct err *pgsql_check_plan(struct arena *a, struct db *db, const struct cached *p, struct buf *faults)
{
	const struct statement *s = p->s;
	const uint64_t shapes[] = { pgsql_optional(s->pgsql), 0 };
	const char *found = NULL;

	TRY(pgsql_script(db, "SET enable_seqscan = off; SET enable_sort = off"));
	for (int i = 0; found == NULL && i < (shapes[0] != 0 ? 2 : 1); i++) {
		struct err *err = look_at_plan(a, db, p, shapes[i], &found);
		if (err != NULL) {
			buf_printf(faults, "%s: %s: with every filter %s: %s\n", s->place, s->name,
				   i == 0 ? "left out" : "there", err->cause != NULL ? err->cause->detail : err->detail);
			return NULL;
		}
	}
	if (found != NULL && s->pgsql_plan == NULL) {
		buf_printf(faults, "%s: %s: %s without a plan: reason\n", s->place, s->name, found);
	} else if (found == NULL && s->pgsql_plan != NULL && s->sqlite_plan == NULL) {
		buf_printf(faults, "%s: %s: plan: reason is stale, the plan needs none\n", s->place, s->name);
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
