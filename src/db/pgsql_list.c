/*
 * PostgreSQL: a statement for many structs at once. Each parameter is an array with the values of all of them, in the
 * server's binary form (array_recv, src/backend/utils/adt/arrayfuncs.c); the text reads them with unnest (tools/sqlgen_list.c).
 */
#include <endian.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/pgsql.h"

/* Of what is sent at once: the next rows are made ready while the server is at these. */
enum { ROWS_AT_ONCE = 2000, BYTES_AT_ONCE = 4 << 20, ARRAY_MAX = 64 << 20 };

static const struct {
	Oid type, array;
} arrays[] = { { OID_INT8, OID_INT8S },
	       { OID_TEXT, OID_TEXTS },
	       { OID_DATE, OID_DATES },
	       { OID_FLOAT8, OID_FLOAT8S },
	       { OID_BYTEA, OID_BYTEAS } };

Oid pgsql_array_of(Oid type)
{
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
		if (arrays[i].type == type) {
			return arrays[i].array;
		}
	}
	return 0;
}

struct heading { /* of an array with one dimension */
	uint32_t dimensions, has_null, type, n, lowest;
};

static void add_number(struct buf *b, uint32_t n)
{
	n = htobe32(n);
	buf_add(b, &n, sizeof n);
}

static void begin_array(struct buf *b, struct arena *a)
{
	static const struct heading empty;

	buf_init(b, a, ARRAY_MAX);
	buf_add(b, &empty, sizeof empty);
}

static void end_array(struct buf *b, Oid element, size_t n)
{
	struct heading h = { htobe32(1), htobe32(1), htobe32(element), htobe32((uint32_t)n), htobe32(1) };

	memcpy(b->p, &h, sizeof h);
}

static void add_value(struct buf *b, const struct value *v)
{
	struct argument to;

	pgsql_argument(&to, v);
	add_number(b, to.p == NULL ? UINT32_MAX : (uint32_t)to.n);
	if (to.p != NULL) {
		buf_add(b, to.p, (size_t)to.n);
	}
}

/* The rows from *at on, as many as are sent at once. */
static struct err *add_rows(struct run *r, const char *list, size_t n, struct buf *arrays_out, size_t *at)
{
	const struct cached *p = r->p;
	size_t size = p->s->args->size, bytes = 0;
	struct value v;

	for (size_t rows = 0; *at < n && rows < ROWS_AT_ONCE && bytes < BYTES_AT_ONCE; rows++, (*at)++) {
		for (int i = 0; i < p->n_parameters; i++) {
			size_t before = arrays_out[i].n;
			TRY(value_of_argument(p, p->parameters[i].field, list + *at * size, &v));
			add_value(&arrays_out[i], &v);
			if (arrays_out[i].full) {
				return ERR(ERR_LIMIT, "%s", db_says_too_big);
			}
			bytes += arrays_out[i].n - before;
		}
	}
	return NULL;
}

static struct err *send_arrays(struct run *r, struct buf *arrays_in, size_t rows)
{
	struct pgsql *pg = pgsql_of(r->db);
	const char *values[PARAMETERS_MAX];
	int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];

	for (int i = 0; i < r->p->n_parameters; i++) {
		end_array(&arrays_in[i], pgsql_type_of(r->p->parameters[i].field), rows);
		values[i] = arrays_in[i].p;
		lengths[i] = (int)arrays_in[i].n;
		formats[i] = 1;
	}
	if (PQsendQueryPrepared(pg->c, pgsql_name(r->p), r->p->n_parameters, values, lengths, formats, 1) != 1) {
		return pgsql_fault(pg, r->p->s, NULL);
	}
	return pgsql_sync(pg);
}

static struct err *send_rows(struct run *r, struct arena *a, const char *list, size_t n)
{
	struct buf columns[PARAMETERS_MAX];

	for (size_t at = 0; at < n;) {
		struct arena_mark mark = arena_mark(a);
		size_t from = at;

		for (int i = 0; i < r->p->n_parameters; i++) {
			begin_array(&columns[i], a);
		}
		TRY(add_rows(r, list, n, columns, &at));
		TRY(send_arrays(r, columns, at - from));
		arena_rewind(a, mark);
	}
	return NULL;
}

struct err *pgsql_list(struct run *r, const void *list, size_t n)
{
	struct pgsql *pg = pgsql_of(r->db);

	TRY(pgsql_ready(pg));
	struct arena *a = arena_new((size_t)PARAMETERS_MAX * ARRAY_MAX);
	struct err *err = send_rows(r, a, list, n);

	arena_free(&a);
	return err_join(pgsql_collect(pg, r->p->s, NULL, 0), err);
}
