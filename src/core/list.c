/* A list as a page: filters beside the table, orders above it, pages and downloads below. */
#include "core/list.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/page.h"

/* ---- table ---- */

static void draw_head(struct asked *q, struct ui_cell *cells, size_t *n)
{
	if (q->selects) {
		static const struct ui_attribute select_all[] = { { "data-app-select-all", "" }, { NULL, NULL } };

		cells[(*n)++] = (struct ui_cell){ .text = "Select", .attributes = select_all };
	}
	for (size_t i = 0; i < q->n_columns; i++) {
		const struct column *c = &q->list->columns[i];

		if (!c->export_only) {
			cells[(*n)++] = (struct ui_cell){ .text = column_heading(q, i),
							  .format = c->numeric ? "numeric" : NULL };
		}
	}
}

static void draw_row(struct asked *q, const char *row)
{
	struct arena *a = q->p->arena;
	struct html *h = q->p->html;
	struct ui_cell cell = { .header = true };

	ui_row_begin(h);
	if (q->selects) {
		bulk_cell(q, row);
	}
	for (size_t i = 0; i < q->n_columns; i++) {
		const struct column *c = &q->list->columns[i];

		if (c->export_only) {
			continue;
		}
		cell.text = column_text(a, q, i, row);
		cell.href = c->link != NULL ? c->link(a, row) : (struct url){ NULL };
		cell.tag_colour = c->tag != NULL ? c->tag(row) : NULL;
		cell.format = c->numeric ? "numeric" : NULL;
		cell.classes = column_is_date(q, i) ? "app-date" : NULL;
		ui_cell(h, &cell);
		cell.header = false; /* only the first is */
	}
	ui_row_end(h);
}

/* "Training sessions, newest first: all 7", "...: next 25". */
static const char *caption_of(const struct asked *q, const struct rows *rows)
{
	const char *which =
		rows->started ? (rows->more ? "next" : "last") : (rows->more ? "first" : "all");

	return arena_printf(q->p->arena, "%s: %s %zu",
			    q->list->caption != NULL ? q->list->caption : q->list->title, which,
			    rows->n);
}

static void draw_table(struct asked *q, const struct rows *rows)
{
	struct ui_cell *head = ARENA_NEW(q->p->arena, struct ui_cell, q->n_columns + 1);
	struct ui_table table = { .caption = caption_of(q, rows),
				  .caption_classes = "govuk-table__caption--s",
				  .head = head,
				  .first_cell_is_header = true,
				  .scrolls = true };

	draw_head(q, head, &table.n_head);
	ui_table_begin(q->p->html, &table);
	for (size_t i = 0; i < rows->n; i++) {
		draw_row(q, rows->v + i * q->list->row->size);
	}
	ui_table_end(q->p->html, &table);
}

/* ---- orders and pages ---- */

static void draw_orders(struct asked *q)
{
	struct html *h = q->p->html;
	struct asked other = *q;

	if (q->sort == NULL || q->list->sorts[1].key == NULL) {
		return;
	}
	LIT(h, "<p class=\"govuk-body app-no-print\">Sort by: ");
	for (const struct sort *s = q->list->sorts; s->key != NULL; s++) {
		if (s != q->list->sorts) {
			LIT(h, ", ");
		}
		if (s == q->sort) {
			LIT(h, "<strong>");
			html_text(h, s->label);
			LIT(h, "</strong>");
		} else {
			other.sort = s;
			LIT(h, "<a class=\"app-sort\" href=\"");
			html_url(h, list_url(&other, q->here));
			LIT(h, "\">");
			html_text(h, s->label);
			LIT(h, "</a>");
		}
	}
	LIT(h, "</p>");
}

static struct url next_url(const struct asked *q, const struct rows *rows)
{
	struct arena *a = q->p->arena;
	const char *last = rows->v + (rows->n - 1) * q->list->row->size;
	int64_t id = *FIELD_IN(int64_t, last, record_field(q->list->row, "id"));
	const char *key = q->sort != NULL && q->sort->after != NULL ? q->sort->after(a, last) : "-";
	struct url u = url_with(a, list_url(q, q->here), "after", key);

	return url_with(a, u, "after-id", arena_printf(a, "%lld", (long long)id));
}

static void draw_pages(struct asked *q, const struct rows *rows)
{
	struct ui_pagination pages = { 0 };

	if (!rows->more && !rows->started) {
		return;
	}
	if (rows->started) {
		pages.previous = (struct ui_page_link){ .text = "First page",
							.href = list_url(q, q->here) };
	}
	if (rows->more) {
		pages.next =
			(struct ui_page_link){ .text = "Next page", .href = next_url(q, rows) };
	}
	ui_pagination(q->p->html, &pages);
}

static struct err *draw_rows(struct asked *q)
{
	struct rows rows;

	TRY(list_rows(q, &rows));
	if (rows.n == 0) {
		ui_paragraph(q->p->html, q->list->empty);
		return NULL;
	}
	draw_orders(q);
	TRY(bulk_begin(q, &rows));
	draw_table(q, &rows);
	bulk_end(q, &rows);
	draw_pages(q, &rows);
	return NULL;
}

struct err *list_table(struct page *p, const struct list *list, void *args)
{
	struct asked q;

	list_ask_fixed(&q, p, list, args);
	return draw_rows(&q);
}

/* ---- the page ---- */

static struct err *draw_filters(struct asked *q, bool sound)
{
	struct ui_filter filter = { .action = q->here, .clear = q->here };
	struct ui_filter_tag *tags;

	if (sound) {
		TRY(list_tags(q, &tags, &filter.n_selected));
		filter.selected = tags;
	}
	ui_filter_begin(q->p->html, &filter);
	for (const struct field *f = q->list->args->fields; f->name != NULL; f++) {
		if (f->label != NULL) {
			TRY(control_draw(q->p, f, false));
		}
	}
	if (q->sort != q->list->sorts) {
		ui_hidden(q->p->html, "sort", q->sort->key);
	}
	ui_filter_end(q->p->html, &filter);
	return NULL;
}

static void draw_downloads(struct asked *q)
{
	struct html *h = q->p->html;
	struct url all = list_url(q, q->here);

	LIT(h, "<p class=\"govuk-body app-no-print\">Download this list: ");
	ui_anchor(h, url_file(q->p->arena, all, ".csv"), "CSV");
	LIT(h, " ");
	ui_anchor(h, url_file(q->p->arena, all, ".ods"), "ODS");
	LIT(h, " ");
	ui_anchor(h, url_file(q->p->arena, all, ".json"), "JSON");
	LIT(h, "</p>");
}

/* What is wrong with the filters is shown as with any form. */
static void show_problems(struct asked *q, const struct problems *problems)
{
	struct outcome *outcome = ARENA_NEW(q->p->arena, struct outcome, 1);

	outcome->problems = *problems;
	q->p->outcome = outcome;
	q->p->input = q->list->args;
	q->p->response->status = 422;
}

static struct err *list_page(struct asked *q, const struct problems *problems)
{
	struct page *p = q->p;
	bool filters = list_has_filters(q->list);

	p->values = q->given;
	if (problems->n > 0) {
		show_problems(q, problems);
	} else if (filters) {
		p->values = (struct pairs){ 0 };
		record_to_pairs(p->arena, q->list->args, q->args, &p->values);
	}
	if (problems->n == 0) {
		TRY(list_ahead(q));
	}
	page_begin(p, &(struct page_head){ .title = q->list->title, .wide = true });
	if (q->list->before != NULL) {
		TRY(q->list->before(p, q->args));
	}
	if (filters) {
		TRY(draw_filters(q, problems->n == 0));
	}
	if (problems->n == 0) {
		TRY(views_links(q));
		TRY(draw_rows(q));
		draw_downloads(q);
		TRY(views_manage(q));
	}
	if (filters) {
		ui_filter_close(p->html);
	}
	page_end(p);
	return NULL;
}

struct err *list_foresee(struct page *p, const struct list *list)
{
	struct asked *q = ARENA_NEW(p->arena, struct asked, 1);
	struct problems problems = { 0 };

	list_ask(q, p, list, &problems);
	return problems.n == 0 ? list_ahead(q) : NULL;
}

struct err *list_serve(struct page *p, const struct list *list, const char *format)
{
	struct asked *q = ARENA_NEW(p->arena, struct asked, 1);
	struct problems problems = { 0 };

	list_ask(q, p, list, &problems);
	if (text_same(format, "html")) {
		return list_page(q, &problems);
	}
	if (problems.n > 0) {
		return ERR(ERR_INVALID, "%s", problems.v[0].sentence);
	}
	return list_export(q, format);
}
