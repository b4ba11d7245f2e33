/* PostgreSQL: statements prepared on the server, arguments and rows in its binary forms (network byte order). */
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/pgsql.h"

enum { EPOCH_DAYS = 10957 }; /* 1 January 2000, from which the server counts dates */
enum { SHAPES_MAX = 16, SHAPE_MEMORY = 256 * 1024 };

struct shape { /* the statement with these parameters NULL (pgsql_shape.c) */
	uint64_t nulls;
	char name[24];
};

struct prepared {
	PGresult *description;
	char name[24];
	Oid types[PARAMETERS_MAX];
	uint64_t optional; /* parameters that make a shape */
	struct shape shapes[SHAPES_MAX];
	int n_shapes;
};

static struct prepared *prepared_of(const struct cached *p)
{
	return p->handle;
}

const PGresult *pgsql_description(const struct cached *p)
{
	return prepared_of(p)->description;
}

const char *pgsql_name(const struct cached *p)
{
	return prepared_of(p)->name;
}

/* ---- preparing ---- */

Oid pgsql_type_of(const struct field *f)
{
	static const Oid types[] = {
		[FIELD_INT] = OID_INT8,	  [FIELD_TEXT] = OID_TEXT, [FIELD_BOOL] = OID_INT8,
		[FIELD_WORD] = OID_TEXT,  [FIELD_DATE] = OID_DATE, [FIELD_INSTANT] = OID_INT8,
		[FIELD_REAL] = OID_FLOAT8, [FIELD_OPT_INT] = OID_INT8, [FIELD_TEXTS] = 0,
		[FIELD_BYTES] = OID_BYTEA,
	};

	return f != NULL ? types[f->kind] : 0; /* 0: the server chooses, and run.c tells that there is no such field */
}

static struct err *count_parameters(struct cached *p, Oid types[PARAMETERS_MAX])
{
	const struct statement *s = p->s;

	for (p->n_parameters = 0; s->parameters[p->n_parameters] != NULL; p->n_parameters++) {
		const char *name = s->parameters[p->n_parameters];
		if (p->n_parameters == PARAMETERS_MAX) {
			return ERR_DETAIL(ERR_BUG, "%s: more than %d parameters", s->place, PARAMETERS_MAX);
		}
		Oid type = pgsql_type_of(s->args != NULL ? record_field(s->args, name) : NULL);
		types[p->n_parameters] = s->cardinality == DB_LIST ? pgsql_array_of(type) : type;
	}
	return NULL;
}

static struct err *send_shape(struct pgsql *pg, const struct cached *p, uint64_t nulls, const char *name)
{
	const struct prepared *own = prepared_of(p);
	struct arena *a = arena_new(SHAPE_MEMORY);
	int sent = PQsendPrepare(pg->c, name, pgsql_shape_text(a, p->s->pgsql, own->types, nulls), p->n_parameters,
				 own->types);

	arena_free(&a);
	return sent == 1 ? NULL : pgsql_fault(pg, p->s, NULL);
}

struct err *pgsql_prepare(struct db *db, struct cached *p, bool once)
{
	struct pgsql *pg = pgsql_of(db);
	struct prepared *own = calloc(1, sizeof *own);

	if (own == NULL) {
		abort();
	}
	p->handle = own;
	TRY(count_parameters(p, own->types));
	TRY(pgsql_ready(pg));
	if (!once) {
		snprintf(own->name, sizeof own->name, "s%u", ++pg->prepared);
	}
	TRY(send_shape(pg, p, 0, own->name));
	if (PQsendDescribePrepared(pg->c, own->name) != 1) {
		return pgsql_fault(pg, p->s, NULL);
	}
	TRY(pgsql_sync(pg));
	TRY(pgsql_collect(pg, p->s, &own->description, 1));
	if (PQnparams(own->description) > p->n_parameters) {
		return ERR_DETAIL(ERR_BUG, "%s: parameter ? is no field of struct %s", p->s->place,
				  p->s->args != NULL ? p->s->args->name : "none");
	}
	p->n_columns = PQnfields(own->description);
	p->writes = strncmp(p->s->pgsql, "SELECT", strlen("SELECT")) != 0;
	own->optional = pgsql_optional(p->s->pgsql);
	return NULL;
}

struct err *pgsql_prepare_shape(struct pgsql *pg, const struct cached *p, uint64_t nulls, const char *name)
{
	TRY(send_shape(pg, p, nulls, name));
	TRY(pgsql_sync(pg));
	return pgsql_collect(pg, p->s, NULL, 0);
}

struct err *pgsql_name_of(struct pgsql *pg, const struct cached *p, const struct sent *to, const char **name_out)
{
	struct prepared *own = prepared_of(p);
	uint64_t nulls = to->nulls & own->optional;

	*name_out = own->name;
	if (nulls == 0) {
		return NULL;
	}
	for (int i = 0; i < own->n_shapes; i++) {
		if (own->shapes[i].nulls == nulls) {
			*name_out = own->shapes[i].name;
			return NULL;
		}
	}
	if (own->n_shapes == SHAPES_MAX) {
		*name_out = "";
		return pgsql_prepare_shape(pg, p, nulls, *name_out);
	}
	struct shape *shape = &own->shapes[own->n_shapes];
	shape->nulls = nulls;
	snprintf(shape->name, sizeof shape->name, "s%u", ++pg->prepared);
	TRY(pgsql_prepare_shape(pg, p, nulls, shape->name));
	own->n_shapes++;
	*name_out = shape->name;
	return NULL;
}

const char *pgsql_column_name(const struct cached *p, int i)
{
	return PQfname(prepared_of(p)->description, i);
}

void pgsql_forget(struct db *db, struct cached *p)
{
	pgsql_ahead_drop(pgsql_of(db));
	if (p->handle != NULL) {
		PQclear(prepared_of(p)->description);
		free(p->handle);
		p->handle = NULL;
	}
}

/* ---- arguments ---- */

void pgsql_argument(struct argument *to, const struct value *v)
{
	to->p = (const char *)&to->space;
	to->n = (int)sizeof(uint64_t);
	switch (v->kind) {
	case VALUE_INT:
		to->space.wide = htobe64((uint64_t)v->integer);
		break;
	case VALUE_REAL:
		to->space.real = v->real;
		to->space.wide = htobe64(to->space.wide);
		break;
	case VALUE_DATE:
		to->space.narrow = htobe32((uint32_t)(date_to_days(v->date) - EPOCH_DAYS));
		to->n = (int)sizeof(uint32_t);
		break;
	case VALUE_TEXT:
		to->p = v->text;
		to->n = (int)strlen(v->text);
		break;
	case VALUE_BYTES:
		to->p = v->bytes.n > 0 ? (const char *)v->bytes.p : "";
		to->n = (int)v->bytes.n;
		break;
	case VALUE_NULL:
		to->p = NULL;
		break;
	}
}

struct err *pgsql_encode(const struct cached *p, const void *args, struct sent *out)
{
	struct value v;

	out->nulls = 0;
	for (int i = 0; i < p->n_parameters; i++) {
		TRY(value_of_argument(p, p->parameters[i].field, args, &v));
		pgsql_argument(&out->arguments[i], &v);
		out->values[i] = out->arguments[i].p;
		out->lengths[i] = out->arguments[i].n;
		out->formats[i] = 1;
		out->nulls |= v.kind == VALUE_NULL ? UINT64_C(1) << i : 0;
	}
	return NULL;
}

struct err *pgsql_send_prepared(struct pgsql *pg, const struct cached *p, const char *name, const struct sent *to)
{
	if (PQsendQueryPrepared(pg->c, name, p->n_parameters, to->values, to->lengths, to->formats, 1) != 1) {
		return pgsql_fault(pg, p->s, NULL);
	}
	return NULL;
}

static struct err *start_stream(struct run *r, const char *name, const struct sent *to)
{
	struct pgsql *pg = pgsql_of(r->db);
	const struct cached *p = r->p;

	if (pg->queued) { /* its rows must be the first that come */
		TRY(pgsql_sync(pg));
		TRY(pgsql_collect(pg, p->s, NULL, 0));
	}
	TRY(pgsql_send_prepared(pg, p, name, to));
	TRY(pgsql_sync(pg));
	r->stream = true;
	return PQsetSingleRowMode(pg->c) == 1 ? NULL : pgsql_fault(pg, p->s, NULL);
}

static struct err *ask(struct pgsql *pg, const struct cached *p, const char *name, const struct sent *to, PGresult **out)
{
	TRY(pgsql_send_prepared(pg, p, name, to));
	TRY(pgsql_sync(pg));
	return pgsql_collect(pg, p->s, out, 1);
}

struct err *pgsql_start(struct run *r, const void *args, bool stream)
{
	struct pgsql *pg = pgsql_of(r->db);
	struct sent to;
	PGresult *result = NULL;
	const char *name;

	TRY(pgsql_encode(r->p, args, &to));
	TRY(pgsql_ahead_take(pg, r->p, &to, &result));
	if (result == NULL) {
		TRY(pgsql_ready(pg));
		TRY(pgsql_name_of(pg, r->p, &to, &name));
		if (stream) {
			return start_stream(r, name, &to);
		}
		TRY(ask(pg, r->p, name, &to, &result));
	}
	r->result = result;
	r->n = PQntuples(result);
	return NULL;
}

/* ---- rows ---- */

static bool read_text(struct arena *a, struct slot *slot, const char *s, size_t n, void *row)
{
	const struct field *f = slot->field;

	switch (f->kind) {
	case FIELD_TEXT:
		*FIELD_AT(const char *, row, f) = a == NULL ? s : arena_strndup(a, s, n);
		return true;
	case FIELD_WORD:
		return value_word(slot, s, row);
	case FIELD_DATE:
		return date_parse_iso(s, FIELD_AT(struct date, row, f));
	default:
		return false;
	}
}

static bool read_bytes(struct arena *a, const struct field *f, const char *s, size_t n, void *row)
{
	struct bytes b = { (const unsigned char *)s, n };

	if (f->kind != FIELD_BYTES) {
		return false;
	}
	if (a != NULL && n > 0) {
		unsigned char *q = arena_alloc(a, n);
		memcpy(q, s, n);
		b.p = q;
	}
	*FIELD_AT(struct bytes, row, f) = b;
	return true;
}

static uint64_t wide_at(const char *s)
{
	uint64_t v;

	memcpy(&v, s, sizeof v);
	return be64toh(v);
}

static uint32_t narrow_at(const char *s)
{
	uint32_t v;

	memcpy(&v, s, sizeof v);
	return be32toh(v);
}

static bool read_date(const struct field *f, int32_t days, void *row)
{
	struct date d = date_from_days(days + EPOCH_DAYS);

	if (f->kind != FIELD_DATE || !date_is_valid(d)) {
		return false;
	}
	*FIELD_AT(struct date, row, f) = d;
	return true;
}

static bool read_real(const struct field *f, uint64_t bits, void *row)
{
	if (f->kind != FIELD_REAL) {
		return false;
	}
	memcpy(FIELD_AT(double, row, f), &bits, sizeof bits);
	return true;
}

static bool read_value(struct arena *a, struct slot *slot, const PGresult *r, int at, int i, void *row)
{
	const char *s = PQgetvalue(r, at, i); /* ends with a NUL beyond its length */
	size_t n = (size_t)PQgetlength(r, at, i);
	const struct field *f = slot->field;

	switch (PQftype(r, i)) {
	case OID_INT8:
		return value_integer(f, (int64_t)wide_at(s), row);
	case OID_INT4:
		return value_integer(f, (int32_t)narrow_at(s), row);
	case OID_INT2:
		return value_integer(f, (int16_t)((unsigned char)s[0] << 8 | (unsigned char)s[1]), row);
	case OID_BOOL:
		return value_integer(f, s[0] != 0 ? 1 : 0, row);
	case OID_TEXT:
	case OID_VARCHAR:
	case OID_NAME:
		return read_text(a, slot, s, n, row);
	case OID_DATE:
		return read_date(f, (int32_t)narrow_at(s), row);
	case OID_FLOAT8:
		return read_real(f, wide_at(s), row);
	case OID_BYTEA:
		return read_bytes(a, f, s, n, row);
	default:
		return false;
	}
}

static const char *type_name(Oid type)
{
	switch (type) {
	case OID_INT8:
	case OID_INT4:
	case OID_INT2:
	case OID_BOOL:
		return "an integer";
	case OID_TEXT:
	case OID_VARCHAR:
	case OID_NAME:
		return "a text";
	case OID_DATE:
		return "a date";
	case OID_FLOAT8:
		return "a real";
	case OID_BYTEA:
		return "a blob";
	default:
		return "a value of another type (CAST it)";
	}
}

static struct err *read_row(struct arena *a, const struct cached *p, const PGresult *r, int at, void *row)
{
	for (int i = 0; i < p->n_columns; i++) {
		struct slot *slot = &p->columns[i];
		bool null = PQgetisnull(r, at, i) != 0;
		bool fits = null ? value_null(slot->field, row) : read_value(a, slot, r, at, i, row);

		if (!fits) {
			return value_misfit(p, slot->field, null ? "NULL" : type_name(PQftype(r, i)));
		}
	}
	return NULL;
}

static int64_t changed_by(PGresult *r)
{
	return strtoll(PQcmdTuples(r), NULL, 10);
}

static struct err *next_of_stream(struct run *r, struct arena *a, void *row, bool *found_out)
{
	struct pgsql *pg = pgsql_of(r->db);

	PQclear(r->result);
	r->result = PQgetResult(pg->c);
	*found_out = r->result != NULL && PQresultStatus(r->result) == PGRES_SINGLE_TUPLE;
	if (*found_out) {
		return row != NULL ? read_row(a, r->p, r->result, 0, row) : NULL;
	}
	if (r->result == NULL || PQresultStatus(r->result) != PGRES_TUPLES_OK) {
		return pgsql_fault(pg, r->p->s, r->result);
	}
	return pgsql_collect(pg, r->p->s, NULL, 0);
}

struct err *pgsql_next(struct run *r, struct arena *a, void *row, bool *found_out)
{
	if (r->stream) {
		return next_of_stream(r, a, row, found_out);
	}
	*found_out = r->at < r->n;
	if (!*found_out) {
		r->changed = changed_by(r->result);
		return NULL;
	}
	r->at++;
	return row != NULL ? read_row(a, r->p, r->result, r->at - 1, row) : NULL;
}

/* A stream that was left early is read to its end: nothing else can be asked before. */
void pgsql_finish(struct run *r)
{
	struct pgsql *pg = pgsql_of(r->db);

	PQclear(r->result);
	r->result = NULL;
	if (r->stream && pg->syncs > 0) {
		(void)!pgsql_collect(pg, NULL, NULL, 0);
	}
}
