/* The statement cache and the runners behind the generated functions. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/engine.h"

/* ---- prepared statements ---- */

static void *allocated(void *p)
{
	if (p == NULL) {
		abort(); /* as the arena does: without memory there is no honest answer */
	}
	return p;
}

static struct err *resolve_parameters(struct cached *p)
{
	const struct statement *s = p->s;

	p->parameters = allocated(calloc((size_t)p->n_parameters + 1, sizeof *p->parameters));
	for (int i = 0; i < p->n_parameters; i++) {
		const char *name = s->parameters[i];
		const struct field *f = name != NULL && s->args != NULL ? record_field(s->args, name)
									: NULL;
		if (f == NULL) {
			return ERR_DETAIL(ERR_BUG, "%s: parameter %s is no field of struct %s", s->place,
					  name != NULL ? name : "?",
					  s->args != NULL ? s->args->name : "none");
		}
		if (f->kind == FIELD_TEXTS) {
			return ERR_DETAIL(ERR_BUG, "%s: parameter %s is a list", s->place, name);
		}
		p->parameters[i].field = f;
	}
	return NULL;
}

static bool has_column(const struct cached *p, const struct field *f)
{
	for (int i = 0; i < p->n_columns; i++) {
		if (p->columns[i].field == f) {
			return true;
		}
	}
	return false;
}

static struct err *resolve_columns(const struct engine *engine, struct cached *p)
{
	const struct statement *s = p->s;

	p->n_columns = s->row != NULL ? p->n_columns : 0;
	p->columns = allocated(calloc((size_t)p->n_columns + 1, sizeof *p->columns));
	for (int i = 0; i < p->n_columns; i++) {
		const char *name = engine->column_name(p, i);
		const struct field *f = record_field(s->row, name);
		if (f == NULL) {
			return ERR_DETAIL(ERR_BUG, "%s: column %s is no field of struct %s", s->place,
					  name, s->row->name);
		}
		if (has_column(p, f)) {
			return ERR_DETAIL(ERR_BUG, "%s: column %s is there twice", s->place, name);
		}
		p->columns[i].field = f;
	}
	for (const struct field *f = s->row != NULL ? s->row->fields : NULL; f != NULL && f->name != NULL;
	     f++) {
		if (f->kind != FIELD_TEXTS && !has_column(p, f)) {
			return ERR_DETAIL(ERR_BUG, "%s: no column for field %s of struct %s", s->place,
					  f->name, s->row->name);
		}
	}
	return NULL;
}

void cached_free(struct db *db, struct cached **cached)
{
	struct cached *p = *cached;

	if (p != NULL) {
		db->engine->forget(db, p);
		free(p->parameters);
		free(p->columns);
		free(p);
		*cached = NULL;
	}
}

struct err *cached_new(struct cached **out, struct db *db, const struct statement *s, bool once)
{
	struct cached *p = allocated(calloc(1, sizeof *p));

	p->s = s;
	struct err *err = db->engine->prepare(db, p, once);
	err = err != NULL ? err : resolve_parameters(p);
	err = err != NULL ? err : resolve_columns(db->engine, p);
	if (err != NULL) {
		cached_free(db, &p);
		return err;
	}
	*out = p;
	return NULL;
}

static void grow_cache(struct db *db, int index)
{
	int n = (index + 64) & ~63;

	db->cache = allocated(realloc(db->cache, (size_t)n * sizeof *db->cache));
	memset(db->cache + db->n_cache, 0, (size_t)(n - db->n_cache) * sizeof *db->cache);
	db->n_cache = n;
}

/* ---- a run: start, next, finish ---- */

static struct err *refuse(const struct db *db, const struct statement *s)
{
	if (s->permission > 63 || (db->granted >> s->permission & 1) == 0) {
		return ERR_DETAIL(ERR_BUG, "%s: %s: permission %u is not granted", s->place, s->name,
				  s->permission);
	}
	if (db->streaming) {
		return ERR_DETAIL(ERR_BUG, "%s: %s: asked while db_each() runs on the same handle", s->place, s->name);
	}
	if (db->begun && !db->engine->stands(db)) {
		return ERR(ERR_IO, "%s", db_says_undone);
	}
	return NULL;
}

static struct err *find_cached(struct run *r, const struct statement *s)
{
	struct db *db = r->db;

	if (s->index >= db->n_cache) {
		grow_cache(db, s->index);
	}
	struct cached **slot = &db->cache[s->index];
	if (*slot != NULL && (*slot)->s != s) {
		cached_free(db, slot); /* tests number their own statements */
	}
	if (*slot == NULL) {
		struct err *err = cached_new(slot, db, s, false);
		db->failed = db->failed || err != NULL;
		TRY(err);
	}
	r->p = *slot;
	return NULL;
}

/* Hands the error through: the first that happened is the one to tell. */
static struct err *run_end(struct run *r, struct err *err)
{
	r->db->engine->finish(r);
	r->db->streaming = false;
	r->db->failed = r->db->failed || err != NULL;
	return err;
}

static struct err *run_find(struct run *r, struct db *db, const struct statement *s, const void *args)
{
	*r = (struct run){ .db = db };
	TRY(refuse(db, s));
	TRY(db->engine->ready(db));
	TRY(find_cached(r, s));
	if (r->p->n_parameters > 0 && args == NULL) {
		return run_end(r, ERR_DETAIL(ERR_BUG, "%s: called without arguments", s->place));
	}
	return NULL;
}

static struct err *run_prepare(struct run *r, struct db *db, const struct statement *s, const void *args)
{
	TRY(run_find(r, db, s, args));
	db->statements_run++;
	db->writes += r->p->writes ? 1 : 0;
	return NULL;
}

static struct err *run_begin(struct run *r, struct db *db, const struct statement *s, const void *args, bool stream)
{
	TRY(run_prepare(r, db, s, args));
	db->streaming = stream;
	struct err *err = db->engine->start(r, args, stream);
	return err != NULL ? run_end(r, err) : NULL;
}

bool db_asks_ahead(const struct db *db)
{
	return db->engine->ahead != NULL;
}

struct err *db_ahead(struct arena *a, struct db *db, const struct statement *s, const void *args)
{
	struct run r;

	if (!db_asks_ahead(db)) {
		return NULL;
	}
	TRY(run_find(&r, db, s, args));
	return run_end(&r, db->engine->ahead(a, db, r.p, args));
}

/* Reads the only row, and steps on: a RETURNING has to come to its end before a commit. */
static struct err *only_row(struct arena *a, struct run *r, void *row, bool *found)
{
	bool another = false;

	memset(row, 0, r->p->s->row->size);
	TRY(r->db->engine->next(r, a, row, found));
	if (!*found) {
		return NULL;
	}
	TRY(r->db->engine->next(r, a, NULL, &another));
	if (another) {
		return ERR_DETAIL(ERR_BUG, "%s: gives more than one row", r->p->s->place);
	}
	return NULL;
}

struct err *db_maybe(struct arena *a, struct db *db, const struct statement *s, const void *args,
		     void *row, bool *found)
{
	struct run r;

	*found = false;
	TRY(run_begin(&r, db, s, args, false));
	return run_end(&r, only_row(a, &r, row, found));
}

struct err *db_one(struct arena *a, struct db *db, const struct statement *s, const void *args, void *row)
{
	bool found = false;

	TRY(db_maybe(a, db, s, args, row, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no such thing here. Check the address, or go back "
					  "and look for it in the list.");
	}
	return NULL;
}

static struct err *all_rows(struct arena *a, struct run *r, char **rows_out, size_t *n_out)
{
	size_t size = r->p->s->row->size;
	size_t cap = 32;
	size_t n = 0;
	char *rows = arena_array(a, size, cap);
	bool row = false;

	for (;;) {
		if (n == cap) {
			char *more = arena_array(a, size, cap * 2);
			memcpy(more, rows, n * size);
			rows = more;
			cap *= 2;
		}
		TRY(r->db->engine->next(r, a, rows + n * size, &row));
		if (!row) {
			break;
		}
		n++;
	}
	*rows_out = rows;
	*n_out = n;
	return NULL;
}

struct err *db_many(struct arena *a, struct db *db, const struct statement *s, const void *args,
		    void *rows_out, size_t *n_out)
{
	struct run r;
	char *rows = NULL;

	*n_out = 0;
	TRY(run_begin(&r, db, s, args, false));
	TRY(run_end(&r, all_rows(a, &r, &rows, n_out)));
	memcpy(rows_out, &rows, sizeof rows);
	return NULL;
}

static struct err *to_the_end(struct run *r)
{
	bool row = true;

	while (row) {
		TRY(r->db->engine->next(r, NULL, NULL, &row));
	}
	return NULL;
}

struct err *db_exec(struct db *db, const struct statement *s, const void *args, int64_t *changed)
{
	struct run r;

	TRY(run_begin(&r, db, s, args, false));
	TRY(run_end(&r, to_the_end(&r)));
	if (changed != NULL) {
		*changed = r.changed;
	}
	return NULL;
}

struct err *db_list(struct db *db, const struct statement *s, const void *list, size_t n)
{
	struct run r;

	if (n > 0 && db->engine->list != NULL) {
		TRY(run_prepare(&r, db, s, list));
		return run_end(&r, db->engine->list(&r, list, n));
	}
	for (size_t i = 0; i < n; i++) {
		TRY(db_exec(db, s, (const char *)list + i * s->args->size, NULL));
	}
	return NULL;
}

static struct err *each_row(struct run *r, void *row,
			    struct err *(*take)(void *context, const void *row), void *context)
{
	bool found = false;

	for (;;) {
		memset(row, 0, r->p->s->row->size);
		TRY(r->db->engine->next(r, NULL, row, &found));
		if (!found) {
			return NULL;
		}
		TRY(take(context, row));
	}
}

struct err *db_each(struct arena *a, struct db *db, const struct statement *s, const void *args,
		    struct err *(*row)(void *context, const void *row), void *context)
{
	struct run r;

	TRY(run_begin(&r, db, s, args, true));
	return run_end(&r, each_row(&r, arena_alloc(a, s->row->size), row, context));
}
