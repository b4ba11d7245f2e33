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

	p->n_parameters = sqlite3_bind_parameter_count(p->st);
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

static struct err *resolve_columns(struct cached *p)
{
	const struct statement *s = p->s;

	p->n_columns = s->row != NULL ? sqlite3_column_count(p->st) : 0;
	p->columns = allocated(calloc((size_t)p->n_columns + 1, sizeof *p->columns));
	for (int i = 0; i < p->n_columns; i++) {
		const char *name = sqlite3_column_name(p->st, i);
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

void cached_free(struct cached **cached)
{
	struct cached *p = *cached;

	if (p != NULL) {
		sqlite3_finalize(p->st);
		free(p->parameters);
		free(p->columns);
		free(p);
		*cached = NULL;
	}
}

struct err *cached_new(struct cached **out, struct db *db, const struct statement *s, unsigned flags)
{
	struct cached *p = allocated(calloc(1, sizeof *p));
	const char *rest = NULL;

	p->s = s;
	int code = sqlite3_prepare_v3(db->c, s->sqlite, -1, flags, &p->st, &rest);
	struct err *err = code == SQLITE_OK ? NULL : engine_fault(db, s, code);
	if (err == NULL && (p->st == NULL || *rest != '\0')) {
		err = ERR_DETAIL(ERR_BUG, "%s: is not one statement", s->place);
	}
	err = err != NULL ? err : resolve_parameters(p);
	err = err != NULL ? err : resolve_columns(p);
	if (err != NULL) {
		cached_free(&p);
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

/* ---- a run: start, step, finish ---- */

struct run {
	struct db *db;
	struct cached *p;
	bool own; /* not the cache's: the statement was already running further out */
};

static struct err *refuse(const struct db *db, const struct statement *s)
{
	if (s->permission > 63 || (db->granted >> s->permission & 1) == 0) {
		return ERR_DETAIL(ERR_BUG, "%s: %s: permission %u is not granted", s->place, s->name,
				  s->permission);
	}
	if (db->begun && sqlite3_get_autocommit(db->c) != 0) {
		return ERR(ERR_IO, "Nothing was saved, because the store undid the change. Try again.");
	}
	return NULL;
}

static struct err *run_begin(struct run *r, struct db *db, const struct statement *s, const void *args)
{
	*r = (struct run){ .db = db };
	TRY(refuse(db, s));
	if (s->index >= db->n_cache) {
		grow_cache(db, s->index);
	}
	struct cached **slot = &db->cache[s->index];
	r->own = *slot != NULL && sqlite3_stmt_busy((*slot)->st) != 0;
	if (r->own) {
		TRY(cached_new(&r->p, db, s, 0));
	} else {
		if (*slot != NULL && (*slot)->s != s) {
			cached_free(slot); /* tests number their own statements */
		}
		if (*slot == NULL) {
			TRY(cached_new(slot, db, s, SQLITE_PREPARE_PERSISTENT));
		}
		r->p = *slot;
	}
	db->statements_run++;
	db->started_ms = 0;
	struct err *err = bind_arguments(db, r->p, args);
	if (err != NULL && r->own) {
		cached_free(&r->p);
	}
	return err;
}

/* *row_out: there is a row. */
static struct err *run_step(struct run *r, bool *row_out)
{
	int code = sqlite3_step(r->p->st);

	*row_out = code == SQLITE_ROW;
	return code == SQLITE_ROW || code == SQLITE_DONE ? NULL : engine_fault(r->db, r->p->s, code);
}

/* Hands the error through: the first that happened is the one to tell. */
static struct err *run_end(struct run *r, struct err *err)
{
	sqlite3_reset(r->p->st);
	if (r->own) {
		cached_free(&r->p);
	}
	return err;
}

/* Reads the only row, and steps on: a RETURNING has to come to its end before a commit. */
static struct err *only_row(struct arena *a, struct run *r, void *row, bool *found)
{
	bool another = false;

	TRY(run_step(r, found));
	if (!*found) {
		return NULL;
	}
	memset(row, 0, r->p->s->row->size);
	TRY(read_row(a, r->p, row));
	TRY(run_step(r, &another));
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
	TRY(run_begin(&r, db, s, args));
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
		TRY(run_step(r, &row));
		if (!row) {
			break;
		}
		if (n == cap) {
			char *more = arena_array(a, size, cap * 2);
			memcpy(more, rows, n * size);
			rows = more;
			cap *= 2;
		}
		TRY(read_row(a, r->p, rows + n * size));
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
	TRY(run_begin(&r, db, s, args));
	TRY(run_end(&r, all_rows(a, &r, &rows, n_out)));
	memcpy(rows_out, &rows, sizeof rows);
	return NULL;
}

static struct err *to_the_end(struct run *r)
{
	bool row = true;

	while (row) {
		TRY(run_step(r, &row));
	}
	return NULL;
}

struct err *db_exec(struct db *db, const struct statement *s, const void *args, int64_t *changed)
{
	struct run r;

	TRY(run_begin(&r, db, s, args));
	TRY(run_end(&r, to_the_end(&r)));
	if (changed != NULL) {
		*changed = sqlite3_changes64(db->c);
	}
	return NULL;
}

static struct err *each_row(struct run *r, void *row,
			    struct err *(*take)(void *context, const void *row), void *context)
{
	bool found = false;

	for (;;) {
		TRY(run_step(r, &found));
		if (!found) {
			return NULL;
		}
		memset(row, 0, r->p->s->row->size);
		TRY(read_row(NULL, r->p, row));
		TRY(take(context, row));
	}
}

struct err *db_each(struct arena *a, struct db *db, const struct statement *s, const void *args,
		    struct err *(*row)(void *context, const void *row), void *context)
{
	struct run r;

	TRY(run_begin(&r, db, s, args));
	return run_end(&r, each_row(&r, arena_alloc(a, s->row->size), row, context));
}
