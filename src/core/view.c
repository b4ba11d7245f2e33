/*
 * Saved views: a list's filters and order under a name, for the person who saved them and nobody else. A view is an
 * address, so opening one asks the list as anybody would: what may be seen is decided then.
 *
 * What is searched for by words is not kept (the filter `find`): it may be somebody's name, and a view would put it into
 * a table and every address that leads to it.
 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/form.h"
#include "core/form.sql.h"
#include "core/house.h"
#include "core/list.h"

enum { VIEWS_MAX = 30, QUERY_MAX = 1500 };

static const struct field view_key_fields[] = {
	FIELD(struct view_key, user_id),
	FIELD(struct view_key, list),
	FIELD(struct view_key, name),
	FIELD_END,
};
RECORD(view_key, view_key_fields);

static const struct field saved_view_fields[] = {
	FIELD(struct saved_view, id),
	FIELD(struct saved_view, user_id),
	FIELD(struct saved_view, list),
	FIELD(struct saved_view, name),
	FIELD(struct saved_view, query),
	FIELD_END,
};
RECORD(saved_view, saved_view_fields);

struct view_form {
	const char *list, *query, *view_name;
};
static const struct field view_form_fields[] = {
	FIELD(struct view_form, list, .flags = F_HIDDEN),
	FIELD(struct view_form, query, .flags = F_HIDDEN, .max = QUERY_MAX),
	FIELD(struct view_form, view_name, .label = "Name of the view", .max = 60, .flags = F_REQUIRED,
	      .hint = "Only you see it. Words that you searched for are not kept.", .asks = "Enter a name for the view"),
	FIELD_END,
};
static const struct record view_form_record = { "view_form", sizeof(struct view_form), view_form_fields };

/* ---- saving and removing ---- */

/* The address of a list that this person may see; {NULL}: there is none of that name. */
static struct url list_of(const struct who *who, const char *name)
{
	const struct list *list = list_find(name);
	bool may = list != NULL && list->path != NULL && policy_reach(who->role, list->permission) != REACH_NO;

	return (struct url){ may ? list->path : NULL };
}

static bool is_kept(const struct list *list, const char *name)
{
	for (const struct field *f = list->args->fields; f->name != NULL; f++) {
		size_t n = strlen(f->name);

		if (f->label != NULL && strncmp(name, f->name, n) == 0 && (name[n] == '\0' || name[n] == '-')) {
			return strcmp(f->name, "find") != 0 && (f->flags & F_PERSONAL) == 0;
		}
	}
	return strcmp(name, "sort") == 0;
}

/* The query again, of nothing but what the list knows. */
static struct err *clean_query(struct arena *a, const struct list *list, const char *query, const char **out)
{
	struct pairs given = { 0 };
	struct url u = { list->path };

	TRY(http_parse_form(a, query, strlen(query), &given));
	for (size_t i = 0; i < given.n; i++) {
		if (is_kept(list, given.v[i].name)) {
			u = url_with(a, u, given.v[i].name, given.v[i].value);
		}
	}
	*out = u.s + strlen(list->path);
	return NULL;
}

static struct err *save(struct op *op, const void *input)
{
	const struct view_form *form = input;
	struct saved_view view = { .user_id = op->who->user_id, .list = form->list, .name = form->view_name };
	const struct view_key key = { op->who->user_id, form->list, form->view_name };
	struct url list = list_of(op->who, form->list);
	struct saved_view *views;
	size_t n;

	if (list.s == NULL || op->who->user_id == 0) {
		return ERR(ERR_NOT_FOUND, "There is no list with this name");
	}
	TRY(clean_query(op->arena, list_find(form->list), form->query[0] == '?' ? form->query + 1 : form->query, &view.query));
	TRY(sql_saved_views(op->arena, op->db, &key, &views, &n));
	if (n >= VIEWS_MAX) {
		problem_add(op->arena, op->problems, "view_name", "You have %d views of this list. Remove one first", VIEWS_MAX);
		return NULL;
	}
	op->location = (struct url){ arena_printf(op->arena, "%s%s", list.s, view.query) };
	op->flash = "View saved";
	return sql_view_save(op->db, &view, NULL);
}

static struct err *remove_it(struct op *op, const void *input)
{
	const struct view_form *form = input;
	const struct view_key key = { op->who->user_id, form->list, form->view_name };
	struct url list = list_of(op->who, form->list);

	op->location = list.s != NULL ? list : URL("/");
	op->flash = "View removed";
	return sql_view_remove(op->db, &key, NULL);
}

/* No audit entry: what a person keeps for themselves is no part of the programme's record. */
const struct operation save_view = {
	.name = "save-view",
	.label = "Save a view of a list",
	.permission = PERM_signed_in,
	.input = &view_form_record,
	.apply = save,
	.flags = OP_NO_AUDIT,
};
const struct operation remove_view = {
	.name = "remove-view",
	.label = "Remove a view of a list",
	.permission = PERM_signed_in,
	.input = &view_form_record,
	.apply = remove_it,
	.flags = OP_NO_AUDIT,
};

struct err *view_page(struct page *p)
{
	struct url list = list_of(p->who, pairs_get(&p->outcome->raw, "list"));

	page_begin(p, &(struct page_head){ .title = "Save this view", .back = list.s != NULL ? list : URL("/") });
	TRY(page_form(p, &(struct form){ .record = &view_form_record, .action = URL("/views"), .submit = "Save view" }));
	page_end(p);
	return NULL;
}

/* ---- on the list's page ---- */

/* Somebody's, and of a list that has a page. */
static bool may_have_views(const struct asked *q)
{
	return q->p->who->user_id != 0 && q->list->path != NULL;
}

static struct view_key key_of(const struct asked *q)
{
	return (struct view_key){ q->p->who->user_id, q->list->name, "" };
}

struct err *views_ahead(struct asked *q)
{
	const struct view_key key = key_of(q);

	return may_have_views(q) ? db_ahead(q->p->arena, q->p->db, &SQL_saved_views, &key) : NULL;
}

static struct err *load(struct asked *q, struct saved_view **out, size_t *n_out)
{
	const struct view_key key = key_of(q);

	*n_out = 0;
	return may_have_views(q) ? sql_saved_views(q->p->arena, q->p->db, &key, out, n_out) : NULL;
}

struct err *views_links(struct asked *q)
{
	struct html *h = q->p->html;
	struct saved_view *views = NULL;
	size_t n;

	TRY(load(q, &views, &n));
	q->views = views;
	q->n_views = n;
	if (n == 0) {
		return NULL;
	}
	LIT(h, "<p class=\"govuk-body app-no-print\">Your views: ");
	for (size_t i = 0; i < n; i++) {
		struct url u = url_own(q->p->arena, arena_printf(q->p->arena, "%s%s", q->list->path, views[i].query));

		LIT(h, " ");
		ui_anchor(h, u.s != NULL ? u : (struct url){ q->list->path }, views[i].name);
	}
	LIT(h, "</p>");
	return NULL;
}

static struct err *draw_removal(struct asked *q, const struct saved_view *view)
{
	const struct form form = { .action = URL("/views/remove") };
	struct html *h = q->p->html;

	TRY(page_form_begin(q->p, &form));
	ui_hidden(h, "list", view->list);
	ui_hidden(h, "view_name", view->name);
	ui_button(h, &(struct ui_button){ .text = arena_printf(q->p->arena, "Remove “%s”", view->name),
					  .classes = "govuk-button--secondary" });
	page_form_end(q->p, &form);
	return NULL;
}

struct err *views_manage(struct asked *q)
{
	const char *query = strchr(list_url(q, q->here).s, '?');
	const struct view_form initial = { .list = q->list->name, .query = query != NULL ? query : "", .view_name = "" };
	const struct form form = { .record = &view_form_record, .action = URL("/views"), .initial = &initial, .submit = "Save view" };

	if (!may_have_views(q)) {
		return NULL;
	}
	LIT(q->p->html, "<div class=\"app-no-print\">");
	ui_details_begin(q->p->html, &(struct ui_details){ .summary_text = "Save this view" });
	TRY(page_form(q->p, &form));
	for (size_t i = 0; i < q->n_views; i++) {
		TRY(draw_removal(q, &q->views[i]));
	}
	ui_details_end(q->p->html);
	LIT(q->p->html, "</div>");
	return NULL;
}
