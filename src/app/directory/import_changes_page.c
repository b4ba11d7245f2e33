/* The schools behind a count of an import, with what was and what will be; page by page. */
#include <string.h>

#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"

#define CHANGES_PAGE 25

static void draw_kinds(struct page *p, const struct import_run *run, int kind)
{
	size_t n = words_count(&change_kind_words);
	struct ui_sub_item *items = ARENA_NEW(p->arena, struct ui_sub_item, n);

	for (size_t i = 0; i < n; i++) {
		const struct word *w = &change_kind_words.items[i];

		items[i] = (struct ui_sub_item){ .text = w->label, .active = w->code == kind,
						 .href = link_import_changes(p->arena, run->reference, w->code) };
	}
	ui_sub_navigation(p->html, &(struct ui_sub_navigation){ .label = "Kinds of change", .items = items, .n_items = n });
}

/* "Name: Old School → New School", a line each. */
static struct err *draw_before_after(struct page *p, const struct import_change *c)
{
	struct html *h = p->html;
	struct pairs pairs = { 0 };

	if (text_empty(c->changes)) {
		return NULL;
	}
	TRY(json_read_pairs(p->arena, c->changes, strlen(c->changes), &pairs));
	LIT(h, "<ul class=\"govuk-list\">");
	for (size_t i = 0; i + 1 < pairs.n; i += 2) {
		LIT(h, "<li>");
		html_text(h, pairs.v[i].name);
		LIT(h, ": <del>");
		html_text(h, pairs.v[i].value[0] == '\0' ? "empty" : pairs.v[i].value);
		LIT(h, "</del> <ins>");
		html_text(h, pairs.v[i + 1].value[0] == '\0' ? "empty" : pairs.v[i + 1].value);
		LIT(h, "</ins></li>");
	}
	LIT(h, "</ul>");
	return NULL;
}

/* What a new school is, as nothing was before. */
static struct err *draw_new(struct page *p, const struct import_change *c)
{
	struct school s;

	TRY(school_unpack(p->arena, c->packed, &s));
	html_text(p->html, s.type);
	if (!text_empty(s.town)) {
		LIT(p->html, ", ");
		html_text(p->html, s.town);
	}
	LIT(p->html, ", ");
	html_text(p->html, words_label(&establishment_status_words, s.status));
	return NULL;
}

static struct err *draw_change(struct page *p, const struct import_run *run, const struct import_change *c)
{
	struct html *h = p->html;
	const struct ui_cell what = { .text = NULL };
	bool known = c->kind != CHANGE_NEW || run->state == IMPORT_APPLIED;
	bool link = c->kind >= CHANGE_LINK_NEW;

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = c->name, .header = true,
				      .href = known && !link ? link_school(p->arena, c->urn) : (struct url){ NULL } });
	ui_cell(h, &(struct ui_cell){ .text = arena_printf(p->arena, "%lld", (long long)c->urn), .format = "numeric" });
	if (!link) {
		ui_cell_begin(h, &what);
		TRY(c->kind == CHANGE_NEW ? draw_new(p, c) : draw_before_after(p, c));
		ui_cell_end(h, &what);
	}
	ui_row_end(h);
	return NULL;
}

static struct err *draw_changes(struct page *p, const struct import_run *run, const struct word *kind,
				const struct import_change *changes, size_t n)
{
	const struct ui_cell head[] = { { .text = kind->code >= CHANGE_LINK_NEW ? "Link" : "School" },
					{ .text = "URN", .format = "numeric" },
					{ .text = kind->code == CHANGE_NEW ? "What it is" : "Before and after" } };
	struct ui_table table = { .caption = kind->label, .caption_classes = "govuk-table__caption--m", .head = head,
				  .n_head = kind->code >= CHANGE_LINK_NEW ? 2 : 3, .first_cell_is_header = true,
				  .scrolls = true };

	if (n == 0) {
		ui_paragraph(p->html, "There are none.");
		return NULL;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		TRY(draw_change(p, run, &changes[i]));
	}
	ui_table_end(p->html, &table);
	return NULL;
}

/* The place of a page: URN and id of the row before it. */
static void take_place(const struct page *p, struct import_change_arg *arg)
{
	const char *urn = page_query(p, "after"), *id = page_query(p, "after-id");

	if (urn == NULL || id == NULL || !text_to_int(urn, 0, INT64_MAX, &arg->after_urn) ||
	    !text_to_int(id, 0, INT64_MAX, &arg->after_id)) {
		arg->after_urn = arg->after_id = 0;
	}
}

static void draw_paging(struct page *p, struct url here, const struct import_change_arg *arg,
			const struct import_change *last, bool more)
{
	struct ui_pagination pages = { 0 };

	if (arg->after_id != 0) {
		pages.previous = (struct ui_page_link){ .text = "First page", .href = here };
	}
	if (more) {
		struct url next = url_with(p->arena, here, "after", arena_printf(p->arena, "%lld", (long long)last->urn));

		pages.next.text = "Next page";
		pages.next.href = url_with(p->arena, next, "after-id",
					   arena_printf(p->arena, "%lld", (long long)last->id));
	}
	if (pages.previous.text != NULL || pages.next.text != NULL) {
		ui_pagination(p->html, &pages);
	}
}

struct err *import_changes_page(struct page *p)
{
	const struct word *kind = words_by_word(&change_kind_words, page_path(p, "kind"));
	struct import_change_arg arg = { .row_limit = CHANGES_PAGE + 1 };
	struct import_change *changes;
	struct import_run run;
	bool more;
	size_t n;

	if (kind == NULL) {
		return ERR(ERR_NOT_FOUND, "There is nothing here under this address.");
	}
	TRY(import_find(p->arena, p->db, p->who->authority_id, page_path(p, "run"), &run));
	arg.run_id = run.id;
	arg.kind = kind->code;
	take_place(p, &arg);
	TRY(sql_import_changes_of(p->arena, p->db, &arg, &changes, &n));
	more = n > CHANGES_PAGE;
	n = more ? CHANGES_PAGE : n;
	page_begin(p, &(struct page_head){ .title = kind->label,
					   .caption = arena_printf(p->arena, "Import %s", run.reference),
					   .back = link_import(p->arena, run.reference), .wide = true });
	draw_kinds(p, &run, kind->code);
	TRY(draw_changes(p, &run, kind, changes, n));
	draw_paging(p, link_import_changes(p->arena, run.reference, kind->code), &arg, n > 0 ? &changes[n - 1] : NULL,
		    more);
	page_end(p);
	return NULL;
}
