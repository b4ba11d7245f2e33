/* What is asked of a list: filters, scope, order, place - and the rows that answer it. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/list.h"
#include "core/page.h"
#include "work/search.h"

/* ---- arguments by name ---- */

static void set_int(const struct list *list, char *args, const char *name, int64_t v)
{
	*FIELD_AT(int64_t, args, record_field(list->args, name)) = v;
}

static void set_text(const struct list *list, char *args, const char *name, const char *v)
{
	*FIELD_AT(const char *, args, record_field(list->args, name)) = v;
}

static size_t size_of(enum field_kind kind)
{
	static const size_t sizes[] = {
		[FIELD_INT] = sizeof(int64_t),	 [FIELD_TEXT] = sizeof(const char *),
		[FIELD_BOOL] = sizeof(bool),	 [FIELD_WORD] = sizeof(int),
		[FIELD_DATE] = sizeof(struct date), [FIELD_INSTANT] = sizeof(struct instant),
		[FIELD_REAL] = sizeof(double),	 [FIELD_OPT_INT] = sizeof(struct opt_int),
		[FIELD_TEXTS] = sizeof(struct texts), [FIELD_BYTES] = sizeof(struct bytes),
	};

	return sizes[kind];
}

void list_scope(const struct list *list, const struct who *who, char *args)
{
	bool own = policy_reach(who->role, list->permission) != REACH_ALL;
	int64_t urn = who->establishment_urn > 0 ? who->establishment_urn : -1;

	set_int(list, args, "authority_id", who->authority_id);
	set_int(list, args, "own_user_id", own ? who->user_id : 0);
	set_int(list, args, "own_urn", own ? urn : 0);
}

/* ---- filters ---- */

static bool is_filter(const struct field *f)
{
	return f->label != NULL;
}

bool list_has_filters(const struct list *list)
{
	for (const struct field *f = list->args->fields; f->name != NULL; f++) {
		if (is_filter(f)) {
			return true;
		}
	}
	return false;
}

/* "from", and of a date "from-day", "from-month", "from-year". */
static const struct field *filter_of(const struct list *list, const char *name)
{
	for (const struct field *f = list->args->fields; f->name != NULL; f++) {
		size_t n = strlen(f->name);

		if (is_filter(f) && strncmp(name, f->name, n) == 0 &&
		    (name[n] == '\0' || name[n] == '-')) {
			return f;
		}
	}
	return NULL;
}

static bool is_given(const struct asked *q, const struct field *f)
{
	for (size_t i = 0; i < q->given.n; i++) {
		if (q->given.v[i].value[0] != '\0' && filter_of(q->list, q->given.v[i].name) == f) {
			return true;
		}
	}
	return false;
}

static void take_defaults(struct asked *q)
{
	char *defaults = arena_alloc(q->p->arena, q->list->args->size);
	const char *zero = arena_alloc(q->p->arena, q->list->args->size);

	q->list->defaults(q->p, defaults);
	for (const struct field *f = q->list->args->fields; f->name != NULL; f++) {
		if (!field_equal(f, defaults, zero) && !(is_filter(f) && is_given(q, f))) {
			memcpy(q->args + f->offset, defaults + f->offset, size_of(f->kind));
		}
	}
}

/* ---- place ---- */

static void take_columns(struct asked *q)
{
	const struct column *columns = q->list->columns;

	while (columns[q->n_columns].field != NULL || columns[q->n_columns].text != NULL) {
		q->n_columns++;
	}
	q->fields = ARENA_NEW(q->p->arena, const struct field *, q->n_columns);
	q->names = ARENA_NEW(q->p->arena, struct choice_list, q->n_columns);
	for (size_t i = 0; i < q->n_columns; i++) {
		if (columns[i].field != NULL) {
			q->fields[i] = record_field(q->list->row, columns[i].field);
		}
	}
}

static size_t page_size(const struct asked *q)
{
	return q->list->page_size > 0 ? (size_t)q->list->page_size : LIST_PAGE;
}

static void take_place(struct asked *q)
{
	const char *key = page_query(q->p, "sort");
	const char *after = page_query(q->p, "after");
	const char *after_id = page_query(q->p, "after-id");
	int64_t id;

	q->sort = q->list->sorts;
	for (const struct sort *s = q->list->sorts; s != NULL && s->key != NULL; s++) {
		if (text_same(s->key, key)) {
			q->sort = s;
		}
	}
	if (q->sort != NULL) {
		set_int(q->list, q->args, "row_limit", (int64_t)page_size(q) + 1);
	}
	set_text(q->list, q->args, "after_key", "");
	set_int(q->list, q->args, "after_id", 0);
	if (!text_empty(after) && text_is_utf8(after, strlen(after)) && after_id != NULL &&
	    text_to_int(after_id, 1, INT64_MAX, &id)) {
		set_text(q->list, q->args, "after_key", after);
		set_int(q->list, q->args, "after_id", id);
	}
}

/* What the filter `find` says, as words of the index; it finds nothing when it has none. */
static void take_match(struct asked *q)
{
	const struct field *find = record_field(q->list->args, "find");
	const struct field *match = record_field(q->list->args, "match");

	if (find == NULL || match == NULL) {
		return;
	}
	const char *typed = *FIELD_IN(const char *, q->args, find);
	const char *words = search_words(q->p->arena, typed);
	*FIELD_AT(const char *, q->args, match) = words;
	q->finds_nothing = !text_empty(typed) && text_empty(words);
}

void list_ask_fixed(struct asked *q, struct page *p, const struct list *list, void *args)
{
	*q = (struct asked){ .p = p, .list = list, .args = args };
	q->here = page_address(p);
	list_scope(list, p->who, q->args);
	take_place(q);
	take_columns(q);
}

void list_ask(struct asked *q, struct page *p, const struct list *list, struct problems *problems)
{
	const struct pairs *query = &p->request->query;
	struct pairs given = { 0 };
	char *args = arena_alloc(p->arena, list->args->size);

	for (size_t i = 0; i < query->n; i++) {
		if (filter_of(list, query->v[i].name) != NULL) {
			pairs_add(p->arena, &given, query->v[i].name, query->v[i].value);
		}
	}
	record_decode(p->arena, list->args, &given, RECORD_FORM, args, problems);
	list_ask_fixed(q, p, list, args);
	q->here = (struct url){ list->path };
	q->given = given;
	if (list->defaults != NULL) {
		take_defaults(q);
	}
	if (list->settle != NULL) {
		list->settle(q->args);
	}
	take_match(q);
}

struct url list_url(const struct asked *q, struct url base)
{
	struct arena *a = q->p->arena;
	const char *zero = arena_alloc(a, q->list->args->size);

	for (const struct field *f = q->list->args->fields; f->name != NULL; f++) {
		if (!is_filter(f) || field_equal(f, q->args, zero)) {
			continue;
		}
		if (f->kind != FIELD_TEXTS) {
			base = url_with(a, base, f->name, field_exchange(a, f, q->args));
			continue;
		}
		const struct texts *texts = FIELD_IN(struct texts, q->args, f);

		for (size_t i = 0; i < texts->n; i++) {
			base = url_with(a, base, f->name, texts->v[i]);
		}
	}
	return q->sort != q->list->sorts ? url_with(a, base, "sort", q->sort->key) : base;
}

/* The value as its control shows it. */
static struct err *filter_text(struct asked *q, const struct field *f, const char **out)
{
	struct choice_list choices = { 0 };
	const char *value = field_exchange(q->p->arena, f, q->args);

	*out = field_display(q->p->arena, f, q->args);
	if (f->choices != NULL) {
		TRY(page_choices(q->p, f->choices, &choices));
	}
	for (size_t i = 0; i < choices.n; i++) {
		if (text_same(choices.v[i].value, value)) {
			*out = choices.v[i].label;
		}
	}
	return NULL;
}

struct err *list_tags(struct asked *q, struct ui_filter_tag **out, size_t *n_out)
{
	struct arena *a = q->p->arena;
	struct ui_filter_tag *tags =
		ARENA_NEW(a, struct ui_filter_tag, record_count(q->list->args));
	const char *zero = arena_alloc(a, q->list->args->size);
	size_t n = 0;

	for (const struct field *f = q->list->args->fields; f->name != NULL; f++) {
		if (!is_filter(f) || !is_given(q, f) || field_equal(f, q->args, zero)) {
			continue;
		}
		struct asked without = *q;

		without.args = arena_alloc(a, q->list->args->size);
		memcpy(without.args, q->args, q->list->args->size);
		memset(without.args + f->offset, 0, size_of(f->kind));
		tags[n].heading = f->label;
		tags[n].href = list_url(&without, q->here);
		TRY(filter_text(q, f, &tags[n].text));
		n++;
	}
	*out = tags;
	*n_out = n;
	return NULL;
}

/* ---- rows ---- */

static int64_t id_at(const struct asked *q, const char *row)
{
	return *FIELD_IN(int64_t, row, record_field(q->list->row, "id"));
}

/* Rows made in C come all at once; the page is cut out of them. */
static struct err *rows_in_c(struct asked *q, size_t page, int64_t after, struct rows *out)
{
	size_t size = q->list->row->size;
	size_t from = 0;

	TRY(q->list->rows(q->p, q->args, &out->v, &out->n));
	for (size_t i = 0; after != 0 && i < out->n; i++) {
		if (id_at(q, out->v + i * size) == after) {
			from = i + 1;
		}
	}
	out->started = from > 0;
	out->more = out->n - from > page;
	if (out->n > 0) {
		out->v += from * size;
	}
	out->n = out->more ? page : out->n - from;
	return NULL;
}

struct err *list_names(struct asked *q)
{
	for (size_t i = 0; i < q->n_columns; i++) {
		if (column_is_named(q, i)) {
			TRY(page_choices(q->p, q->fields[i]->choices, &q->names[i]));
		}
	}
	return NULL;
}

struct err *list_rows(struct asked *q, struct rows *out)
{
	size_t page = page_size(q);
	int64_t after = *FIELD_IN(int64_t, q->args, record_field(q->list->args, "after_id"));

	*out = (struct rows){ .started = after != 0 };
	TRY(list_names(q));
	if (q->sort == NULL) {
		return rows_in_c(q, page, after, out);
	}
	if (q->finds_nothing) {
		return NULL;
	}
	TRY(db_many(q->p->arena, q->p->db, q->sort->statement, q->args, &out->v, &out->n));
	out->more = out->n > page;
	out->n = out->more ? page : out->n;
	return NULL;
}

struct err *list_ahead(struct asked *q)
{
	const struct page *p = q->p;

	for (const struct field *f = q->list->args->fields; f->name != NULL; f++) {
		if (is_filter(f) && f->choices != NULL) {
			TRY(choices_ahead(p->arena, p->db, f->choices, p->who->authority_id));
		}
	}
	for (size_t i = 0; i < q->n_columns; i++) {
		if (column_is_named(q, i)) {
			TRY(choices_ahead(p->arena, p->db, q->fields[i]->choices, p->who->authority_id));
		}
	}
	TRY(views_ahead(q));
	return q->sort != NULL && !q->finds_nothing ? db_ahead(p->arena, p->db, q->sort->statement, q->args) : NULL;
}

/* ---- columns ---- */

const char *column_heading(const struct asked *q, size_t i)
{
	const struct column *c = &q->list->columns[i];

	if (c->heading != NULL) {
		return c->heading;
	}
	return q->fields[i]->label != NULL ? q->fields[i]->label : q->fields[i]->name;
}

bool column_is_date(const struct asked *q, size_t i)
{
	const struct field *f = q->fields[i];

	return q->list->columns[i].date || (f != NULL && f->kind == FIELD_DATE);
}

bool column_is_named(const struct asked *q, size_t i)
{
	const struct field *f = q->fields[i];

	return f != NULL && f->kind == FIELD_INT && f->choices != NULL;
}

const char *column_name(const struct asked *q, size_t i, const void *row)
{
	int64_t id = *FIELD_IN(int64_t, row, q->fields[i]);

	for (size_t n = 0; n < q->names[i].n; n++) {
		if (q->names[i].v[n].id == id) {
			return q->names[i].v[n].label;
		}
	}
	return "";
}

const char *column_text(struct arena *a, const struct asked *q, size_t i, const void *row)
{
	const struct column *c = &q->list->columns[i];

	if (column_is_named(q, i)) {
		return column_name(q, i, row);
	}
	return c->text != NULL ? c->text(a, row) : field_display(a, q->fields[i], row);
}
