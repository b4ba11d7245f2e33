/* Copies of a store: see copy.h. */
#include "db/copy.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/engine.h"

enum { TABLES_MAX = 200, PROGRESS_ROWS = 1000 };

static int program_number(void)
{
	int n = 0;

	while (migrations[n].number != 0) {
		n++;
	}
	return n;
}

struct err *copy_number(struct arena *a, struct db *db, int *number_out)
{
	int missing = 0;

	TRY(migrate_compare(a, db, migrations, &missing));
	*number_out = program_number() - missing;
	return NULL;
}

struct err *copy_update(struct arena *a, struct db *db, struct instant now)
{
	return migrate_inside(a, db, migrations, program_number(), now);
}

/* ---- what makes up a store: asked of an empty one ---- */

struct listing {
	struct arena *arena;
	struct copy_plan *plan;
	struct copy_table *table;
	struct buf columns, marks, key;
};

static struct err *list_table(void *context, const struct value *v)
{
	struct listing *l = context;

	if (l->plan->n == TABLES_MAX) {
		return ERR_DETAIL(ERR_BUG, "more than %d tables", TABLES_MAX);
	}
	l->plan->tables[l->plan->n++] = (struct copy_table){ .name = arena_strdup(l->arena, v[0].text) };
	return NULL;
}

static struct err *list_column(void *context, const struct value *v)
{
	struct listing *l = context;
	const char *comma = l->table->columns > 0 ? ", " : "";

	l->table->columns++;
	buf_printf(&l->columns, "%s\"%s\"", comma, v[0].text);
	buf_printf(&l->marks, "%s$%zu", comma, l->table->columns);
	return NULL;
}

static struct err *list_key(void *context, const struct value *v)
{
	struct listing *l = context;

	buf_printf(&l->key, "%s\"%s\"", l->key.n > 0 ? ", " : "", v[0].text);
	return NULL;
}

static struct err *list_parent(void *context, const struct value *v)
{
	struct listing *l = context;
	struct copy_table *t = l->table;

	t->parents.v = arena_grow(l->arena, t->parents.v, t->parents.n * sizeof *t->parents.v,
				  (t->parents.n + 1) * sizeof *t->parents.v);
	t->parents.v[t->parents.n++] = arena_strdup(l->arena, v[0].text);
	return NULL;
}

/* Names in the schema files are plain words, so that they need no care between quotation marks. */
static struct err *describe(struct listing *l, struct db *db, struct copy_table *t)
{
	l->table = t;
	buf_init(&l->columns, l->arena, 16384);
	buf_init(&l->marks, l->arena, 16384);
	buf_init(&l->key, l->arena, 16384);
	TRY(db->engine->scan(db, arena_printf(l->arena, "SELECT name FROM pragma_table_info('%s') ORDER BY name", t->name),
			     list_column, l));
	TRY(db->engine->scan(db, arena_printf(l->arena, "SELECT name FROM pragma_table_info('%s') WHERE pk > 0 "
							"ORDER BY pk", t->name), list_key, l));
	TRY(db->engine->scan(db, arena_printf(l->arena, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list('%s') "
							"WHERE \"table\" <> '%s'", t->name, t->name), list_parent, l));
	if (l->key.n == 0 || t->columns > VALUES_MAX) {
		return ERR_DETAIL(ERR_BUG, "table %s has no primary key, or too many columns", t->name);
	}
	t->select = arena_printf(l->arena, "SELECT %s FROM \"%s\" ORDER BY %s", l->columns.p, t->name, l->key.p);
	t->insert = arena_printf(l->arena, "INSERT INTO \"%s\" (%s) VALUES (%s)", t->name, l->columns.p, l->marks.p);
	return NULL;
}

static bool among(const struct copy_table *tables, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (text_same(tables[i].name, name)) {
			return true;
		}
	}
	return false;
}

/* The next of those after `placed` whose parents are placed; plan->n: none. */
static size_t next_to_place(const struct copy_plan *plan, size_t placed)
{
	size_t at = placed;

	for (; at < plan->n; at++) {
		const struct copy_table *t = &plan->tables[at];
		size_t known = 0;

		while (known < t->parents.n && among(plan->tables, placed, t->parents.v[known])) {
			known++;
		}
		if (known == t->parents.n) {
			break;
		}
	}
	return at;
}

static struct err *parents_first(struct copy_plan *plan)
{
	for (size_t placed = 0; placed < plan->n; placed++) {
		size_t next = next_to_place(plan, placed);

		if (next == plan->n) {
			return ERR_DETAIL(ERR_BUG, "tables point to each other in a ring at %s", plan->tables[placed].name);
		}
		struct copy_table t = plan->tables[next];
		memmove(&plan->tables[placed + 1], &plan->tables[placed], (next - placed) * sizeof t);
		plan->tables[placed] = t;
	}
	return NULL;
}

static struct err *list_all(struct arena *a, struct db *db, int number, struct copy_plan *out)
{
	struct listing l = { .arena = a, .plan = out };

	TRY(db_begin_schema(db));
	TRY(migrate_inside(a, db, migrations, number, (struct instant){ 1 }));
	TRY(db_commit(db));
	TRY(db->engine->scan(db,
			     "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
			     "AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migration' ORDER BY name",
			     list_table, &l));
	for (size_t i = 0; i < out->n; i++) {
		TRY(describe(&l, db, &out->tables[i]));
	}
	return parents_first(out);
}

struct err *copy_plan(struct arena *a, int number, struct copy_plan *out)
{
	struct db *db = NULL;

	*out = (struct copy_plan){ .number = number, .tables = ARENA_NEW(a, struct copy_table, TABLES_MAX) };
	TRY(sqlite_open(&db, ":memory:", DB_WRITE));
	struct err *err = list_all(a, db, number, out);
	db_close(&db);
	return err;
}

/* ---- rows ---- */

struct passing { /* the rows of one table on their way */
	struct copying *copying;
	const struct copy_table *table;
	struct db *to; /* NULL: they are only looked at */
	struct put put;
	struct copy_sum *sum;
	max_align_t state[COPY_HASH_STATE / sizeof(max_align_t)];
};

static struct err *arrive(struct passing *p, const struct value *values)
{
	struct err *err = p->to != NULL ? p->to->engine->put(p->to, &p->put, values) : NULL;

	p->copying->writing_failed = p->copying->writing_failed || err != NULL;
	return err;
}

static struct err *pass_row(void *context, const struct value *values)
{
	struct passing *p = context;
	struct copying *c = p->copying;

	digest_row(&c->hash, p->state, values, p->table->columns);
	if (p->sum->rows++ % PROGRESS_ROWS == 0 && c->progress != NULL) {
		c->progress(c->context, p->table->name, p->sum->rows);
	}
	return arrive(p, values);
}

static struct err *pass_table(struct copying *c, const struct copy_table *t, struct db *from, struct db *to,
			      struct copy_sum *sum)
{
	struct passing p = { .copying = c, .table = t, .to = to, .sum = sum,
			     .put = { .sql = t->insert, .n = (int)t->columns } };

	*sum = (struct copy_sum){ 0 };
	c->hash.begin(p.state);
	struct err *err = from->engine->scan(from, t->select, pass_row, &p);
	err = err_join(err, arrive(&p, NULL));
	c->hash.end(p.state, sum->hash);
	return err == NULL ? NULL : ERR_WRAP(err, err->kind, "%s (table %s)", err->sentence, t->name);
}

static struct err *pass_all(struct copying *c, const struct copy_plan *plan, struct db *from, struct db *to,
			    struct copy_sum *sums)
{
	c->writing_failed = false;
	TRY(from->engine->ready(from));
	for (size_t i = 0; i < plan->n; i++) {
		TRY(pass_table(c, &plan->tables[i], from, to, &sums[i]));
	}
	return NULL;
}

struct err *copy_sums(struct copying *c, const struct copy_plan *plan, struct db *db, struct copy_sum *sums)
{
	return pass_all(c, plan, db, NULL, sums);
}

struct err *copy_store(struct copying *c, const struct copy_plan *plan, struct db *from, struct db *to,
		       struct instant now, struct copy_sum *sums)
{
	c->writing_failed = true;
	TRY(migrate_inside(c->arena, to, migrations, plan->number, now));
	TRY(pass_all(c, plan, from, to, sums));
	c->writing_failed = true;
	return to->engine->after_rows != NULL ? to->engine->script(to, to->engine->after_rows) : NULL;
}

void copy_tidy(struct db *to)
{
	if (to->engine->after_copy != NULL) {
		struct err *untidy = to->engine->script(to, to->engine->after_copy);
		(void)untidy; /* the server does it by itself, later */
	}
}

/* ---- files ---- */

struct err *copy_open_file(struct db **out, const char *path)
{
	TRY(sqlite_open(out, path, DB_WRITE));
	struct err *err = db_time_limit(*out, 0);
	err = err != NULL ? err : (*out)->engine->script(*out, "PRAGMA journal_mode=MEMORY");
	if (err != NULL) {
		db_close(out);
	}
	return err;
}

struct err *copy_write_seal(struct db *db, const struct copy_seal *seal)
{
	struct put put = { .sql = "INSERT INTO backup_seal (taken_at, digest) VALUES ($1, $2)", .n = 2 };
	const struct value values[] = { { .kind = VALUE_INT, .integer = seal->taken_at.ms },
					{ .kind = VALUE_TEXT, .text = seal->digest } };

	TRY(db->engine->script(db, "CREATE TABLE backup_seal (taken_at INTEGER NOT NULL PRIMARY KEY, "
				   "digest TEXT NOT NULL) STRICT"));
	struct err *err = db->engine->put(db, &put, values);
	return err_join(err, db->engine->put(db, &put, NULL));
}

struct reading {
	struct arena *arena;
	struct copy_seal *seal;
	bool any;
};

static struct err *see_table(void *context, const struct value *v)
{
	((struct reading *)context)->any = true;
	return NULL;
}

static struct err *take_seal(void *context, const struct value *v)
{
	struct reading *r = context;

	if (v[0].kind == VALUE_INT && v[1].kind == VALUE_TEXT) {
		*r->seal = (struct copy_seal){ { v[0].integer }, arena_strdup(r->arena, v[1].text) };
	}
	return NULL;
}

struct err *copy_read_seal(struct arena *a, struct db *db, struct copy_seal *out)
{
	struct reading r = { .arena = a, .seal = out };

	*out = (struct copy_seal){ .digest = "" };
	TRY(db->engine->scan(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'backup_seal'",
			     see_table, &r));
	return r.any ? db->engine->scan(db, "SELECT taken_at, digest FROM backup_seal", take_seal, &r) : NULL;
}
