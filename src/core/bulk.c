/*
 * What is done to several rows of a list at once. Without scripts: check boxes and a button; a page that says to which
 * rows it would be done and which are refused, and why; then it is done. The preview is the operation itself, run and
 * undone again for each row, so that it cannot say anything else than what will happen. What the operation needs to be
 * told (the day on which all of them left) is asked once, before the preview.
 *
 * Each row is an operation of its own, with its permission, relation and audit entry, all in one transaction. One that
 * is refused does not keep back the others.
 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/house.h"
#include "core/list.h"
#include "core/operation.h"
#include "core/page.h"

enum { ROWS_MAX = 200 };

struct several {
	const char *list, *action, *back;
	bool sure;
	struct texts row;
};
static const struct field several_fields[] = {
	FIELD(struct several, list),
	FIELD(struct several, action),
	FIELD(struct several, back, .max = 2000),
	FIELD(struct several, sure),
	FIELD(struct several, row),
	FIELD_END,
};
RECORD(several, several_fields);

/* ---- doing it ---- */

static const struct bulk *bulk_find(const struct list *list, const char *operation)
{
	for (const struct bulk *b = list != NULL ? list->bulk : NULL; b != NULL && b->operation != NULL; b++) {
		if (text_same(b->operation->name, operation)) {
			return b;
		}
	}
	return NULL;
}

/* ---- what is asked ---- */

/* "ended_on", "ended_on-day": is this value one of what the person enters for all rows? */
static bool is_asked(const struct bulk *b, const char *name)
{
	for (const char *const *f = b->asks; f != NULL && *f != NULL; f++) {
		size_t n = strlen(*f);

		if (strncmp(name, *f, n) == 0 && (name[n] == '\0' || name[n] == '-')) {
			return true;
		}
	}
	return false;
}

static void take_asked(struct arena *a, const struct bulk *b, const struct pairs *sent, struct pairs *out)
{
	for (size_t i = 0; i < sent->n; i++) {
		if (is_asked(b, sent->v[i].name)) {
			pairs_add(a, out, sent->v[i].name, sent->v[i].value);
		}
	}
}

static bool is_to_be_asked(struct arena *a, const struct bulk *b, const struct pairs *sent)
{
	struct pairs entered = { 0 };

	take_asked(a, b, sent, &entered);
	return b->asks != NULL && entered.n == 0;
}

/* What cannot be read is said once, at its field. */
static void check_asked(struct op *op, const struct bulk *b)
{
	const struct record *record = b->operation->input;
	struct problems problems = { 0 };
	struct pairs entered = { 0 };

	if (b->asks == NULL) {
		return;
	}
	take_asked(op->arena, b, op->raw, &entered);
	record_decode(op->arena, record, &entered, RECORD_FORM, arena_alloc(op->arena, record->size), &problems);
	for (size_t i = 0; i < problems.n; i++) {
		if (problems.v[i].field != NULL && is_asked(b, problems.v[i].field)) {
			problem_add(op->arena, op->problems, problems.v[i].field, "%s", problems.v[i].sentence);
		}
	}
}

/* ---- the rows ---- */

/* Why it was refused, as one sentence; "": it was not. */
static const char *refusal(struct arena *a, const struct outcome *o)
{
	if (o->err != NULL) {
		return o->err->kind == ERR_NOT_FOUND ? "It is no longer there" : arena_strdup(a, o->err->sentence);
	}
	return o->problems.n > 0 ? o->problems.v[0].sentence : "";
}

/* An error of the disk is not a row's: everything is undone. */
static bool is_of_the_row(const struct err *err)
{
	return err == NULL || (err->kind != ERR_IO && err->kind != ERR_BUG && err->kind != ERR_BUSY);
}

static struct err *do_one(struct op *op, const struct bulk *b, const char *key, bool dry)
{
	struct pairs path = { 0 }, raw = { 0 };
	struct outcome outcome;

	pairs_add(op->arena, &path, b->capture, key);
	for (const char *const *v = b->values; v != NULL && *v != NULL; v += 2) {
		pairs_add(op->arena, &raw, v[0], v[1]);
	}
	take_asked(op->arena, b, op->raw, &raw);
	TRY(operation_within(op, b->operation, &path, &raw, dry, &outcome));
	if (!is_of_the_row(outcome.err)) {
		return outcome.err;
	}
	pairs_add(op->arena, op->result, key, refusal(op->arena, &outcome));
	return NULL;
}

static struct err *do_several(struct op *op, const void *input)
{
	const struct several *s = input;
	const struct bulk *b = bulk_find(list_find(s->list), s->action);

	if (b == NULL) {
		problem_add(op->arena, op->problems, NULL, "Go back to the list and select what to do");
	} else if (s->row.n == 0) {
		problem_add(op->arena, op->problems, NULL, "Go back and select one or more rows of the list");
	} else if (s->row.n > ROWS_MAX) {
		problem_add(op->arena, op->problems, NULL, "Select %d rows or fewer", ROWS_MAX);
	}
	bool ready = op->problems->n == 0 && (s->sure || !is_to_be_asked(op->arena, b, op->raw));

	if (ready) {
		check_asked(op, b);
		ready = op->problems->n == 0;
	}
	for (size_t i = 0; ready && i < s->row.n; i++) {
		TRY(do_one(op, b, s->row.v[i], !s->sure));
	}
	op->audited = true; /* each by itself; a preview has nothing to tell */
	return NULL;
}

const struct operation do_to_several = {
	.name = "do-to-several",
	.label = "Do to several rows of a list",
	.permission = PERM_signed_in,
	.input = &several_record,
	.apply = do_several,
	.flags = OP_ANY_FIELDS | OP_SHOWN, /* besides: the names of the rows, as the list shows them */
};

/* ---- the preview, and what was done ---- */

static const char *name_field(struct arena *a, const char *key)
{
	return arena_printf(a, "name-%s", key);
}

/* As the list showed it: what the row was called is not asked again. */
static const char *name_of(struct page *p, const char *key)
{
	const char *name = pairs_get(&p->outcome->raw, name_field(p->arena, key));

	return text_empty(name) ? key : name;
}

static size_t count(const struct pairs *result, bool refused)
{
	size_t n = 0;

	for (size_t i = 0; i < result->n; i++) {
		n += (result->v[i].value[0] != '\0') == refused;
	}
	return n;
}

static void draw_part(struct page *p, const char *heading, bool refused)
{
	const struct pairs *result = &p->outcome->result;
	struct html *h = p->html;

	if (count(result, refused) == 0) {
		return;
	}
	LIT(h, "<h2 class=\"govuk-heading-m\">");
	html_text(h, arena_printf(p->arena, "%s (%zu)", heading, count(result, refused)));
	LIT(h, "</h2><ul class=\"govuk-list govuk-list--bullet\">");
	for (size_t i = 0; i < result->n; i++) {
		if ((result->v[i].value[0] != '\0') != refused) {
			continue;
		}
		LIT(h, "<li>");
		html_text(h, name_of(p, result->v[i].name));
		if (refused) {
			LIT(h, ": ");
			html_text(h, result->v[i].value);
		}
		LIT(h, "</li>");
	}
	LIT(h, "</ul>");
}

static void carry_row(struct page *p, const char *key)
{
	ui_hidden(p->html, "row", key);
	ui_hidden(p->html, name_field(p->arena, key), name_of(p, key));
}

static void carry_which(struct page *p, const struct bulk *b, struct url back)
{
	ui_hidden(p->html, "list", pairs_get(&p->outcome->raw, "list"));
	ui_hidden(p->html, "action", b->operation->name);
	ui_hidden(p->html, "back", back.s);
}

/* What the person enters for all of them; again, as they typed it, when every row was refused. */
static struct err *draw_ask(struct page *p, const struct bulk *b, struct url back)
{
	const struct form form = { .record = b->operation->input, .action = URL("/several"), .submit = "Continue", .cancel = back };
	const struct pairs *raw = &p->outcome->raw;

	p->input = b->operation->input;
	page_begin(p, &(struct page_head){ .title = b->question, .back = back });
	draw_part(p, "Will stay as they are", true);
	if (p->outcome->result.n == 0) {
		LIT(p->html, "<ul class=\"govuk-list govuk-list--bullet\">");
		for (size_t i = 0; i < raw->n; i++) {
			if (text_same(raw->v[i].name, "row")) {
				LIT(p->html, "<li>");
				html_text(p->html, name_of(p, raw->v[i].value));
				LIT(p->html, "</li>");
			}
		}
		LIT(p->html, "</ul>");
	}
	TRY(page_form_begin(p, &form));
	carry_which(p, b, back);
	for (size_t i = 0; i < raw->n; i++) {
		if (text_same(raw->v[i].name, "row")) {
			carry_row(p, raw->v[i].value);
		}
	}
	for (const char *const *f = b->asks; *f != NULL; f++) {
		TRY(page_form_field(p, &form, *f));
	}
	page_form_end(p, &form);
	return NULL;
}

/* The rows that were not refused, once more, and that the person is sure. */
static struct err *draw_sure(struct page *p, const struct bulk *b, struct url back)
{
	const struct form form = { .action = URL("/several"), .submit = b->label, .warning = b->warning, .cancel = back };
	const struct pairs *result = &p->outcome->result;
	struct pairs entered = { 0 };

	TRY(page_form_begin(p, &form));
	carry_which(p, b, back);
	ui_hidden(p->html, "sure", "yes");
	take_asked(p->arena, b, &p->outcome->raw, &entered);
	for (size_t i = 0; i < entered.n; i++) {
		ui_hidden(p->html, entered.v[i].name, entered.v[i].value);
	}
	for (size_t i = 0; i < result->n; i++) {
		if (result->v[i].value[0] == '\0') {
			carry_row(p, result->v[i].name);
		}
	}
	page_form_end(p, &form);
	return NULL;
}

/* What was entered for all of them, as it was understood. */
static void draw_entered(struct page *p, const struct bulk *b)
{
	const struct record *record = b->operation->input;
	struct problems problems = { 0 };
	struct pairs entered = { 0 };

	if (b->asks == NULL) {
		return;
	}
	void *in = arena_alloc(p->arena, record->size);

	take_asked(p->arena, b, &p->outcome->raw, &entered);
	record_decode(p->arena, record, &entered, RECORD_FORM, in, &problems);
	for (const char *const *f = b->asks; *f != NULL; f++) {
		const struct field *field = record_field(record, *f);

		ui_paragraph(p->html, arena_printf(p->arena, "%s: %s", field->label, field_display(p->arena, field, in)));
	}
}

static struct err *draw_preview(struct page *p, const struct bulk *b, struct url back)
{
	size_t n = count(&p->outcome->result, false);

	page_begin(p, &(struct page_head){ .title = n > 0 ? b->question : "None of these can be changed", .back = back });
	draw_entered(p, b);
	draw_part(p, "Will be changed", false);
	draw_part(p, "Will stay as they are", true);
	if (n > 0) {
		return draw_sure(p, b, back);
	}
	return NULL;
}

static void draw_done(struct page *p, const struct bulk *b, struct url back)
{
	size_t n = count(&p->outcome->result, false);
	const char *title = n > 0 ? arena_printf(p->arena, "%zu %s", n, b->done) : "Nothing was changed";

	page_begin(p, &(struct page_head){ .title = title, .back = back });
	draw_part(p, "Changed", false);
	draw_part(p, "Left as they are", true);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, back, "Back to the list");
	LIT(p->html, "</p>");
}

struct err *several_page(struct page *p)
{
	const struct pairs *raw = &p->outcome->raw;
	const struct list *list = list_find(pairs_get(raw, "list"));
	const struct bulk *b = bulk_find(list, pairs_get(raw, "action"));
	const char *given = pairs_get(raw, "back");
	struct url back = given != NULL ? url_own(p->arena, given) : (struct url){ NULL };

	if (back.s == NULL) {
		back = list != NULL && list->path != NULL ? (struct url){ list->path } : URL("/");
	}
	if (b != NULL && p->outcome->problems.n > 0 && p->outcome->problems.v[0].field != NULL) {
		TRY(draw_ask(p, b, back)); /* what was entered for all of them cannot be read */
	} else if (b == NULL || p->outcome->problems.n > 0) {
		page_begin(p, &(struct page_head){ .title = "Several rows at once", .back = back });
	} else if (text_same(pairs_get(raw, "sure"), "yes")) {
		draw_done(p, b, back);
	} else if (b->asks != NULL && count(&p->outcome->result, false) == 0) {
		TRY(draw_ask(p, b, back));
	} else {
		TRY(draw_preview(p, b, back));
	}
	page_end(p);
	return NULL;
}

/* ---- in the list ---- */

static bool is_offered(const struct asked *q, const struct bulk *b, const char *row)
{
	return page_may(q->p, b->operation->permission) && (b->offers == NULL || b->offers(row));
}

static bool is_offered_for_any(const struct asked *q, const struct bulk *b, const struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (is_offered(q, b, rows->v + i * q->list->row->size)) {
			return true;
		}
	}
	return false;
}

struct err *bulk_begin(struct asked *q, const struct rows *rows)
{
	for (const struct bulk *b = q->list->bulk; b != NULL && b->operation != NULL; b++) {
		q->selects = q->selects || is_offered_for_any(q, b, rows);
	}
	if (!q->selects) {
		return NULL;
	}
	TRY(page_form_begin(q->p, &(struct form){ .action = URL("/several") }));
	ui_hidden(q->p->html, "list", q->list->name);
	ui_hidden(q->p->html, "back", list_url(q, q->here).s);
	return NULL;
}

/* What the row is called: its first two columns. */
static const char *row_name(struct asked *q, const char *row)
{
	struct arena *a = q->p->arena;
	const char *name = "";
	int taken = 0;

	for (size_t i = 0; i < q->n_columns && taken < 2; i++) {
		const char *text = q->list->columns[i].export_only ? "" : column_text(a, q, i, row);

		if (text[0] != '\0') {
			name = taken++ == 0 ? text : arena_printf(a, "%s, %s", name, text);
		}
	}
	return name;
}

/* The first one offered whose key the row has: every action of a list names its rows in the same way. */
static const char *row_key(const struct asked *q, const char *row)
{
	bool offered = false;

	for (const struct bulk *b = q->list->bulk; b->operation != NULL; b++) {
		offered = offered || is_offered(q, b, row);
	}
	return offered ? *FIELD_IN(const char *, row, record_field(q->list->row, q->list->bulk->field)) : "";
}

void bulk_cell(struct asked *q, const char *row)
{
	const struct ui_cell cell = { .text = "" };
	struct html *h = q->p->html;
	const char *key = row_key(q, row);

	ui_cell_begin(h, &cell);
	if (key[0] != '\0') {
		const char *id = arena_printf(q->p->arena, "row-%s", key);

		LIT(h, "<div class=\"govuk-checkboxes govuk-checkboxes--small\"><div class=\"govuk-checkboxes__item\">"
		       "<input class=\"govuk-checkboxes__input\" type=\"checkbox\" name=\"row\" value=\"");
		html_text(h, key);
		LIT(h, "\" id=\"");
		html_text(h, id);
		LIT(h, "\"><label class=\"govuk-label govuk-checkboxes__label\" for=\"");
		html_text(h, id);
		LIT(h, "\"><span class=\"govuk-visually-hidden\">");
		html_text(h, row_name(q, row));
		LIT(h, "</span></label></div></div>");
		ui_hidden(h, name_field(q->p->arena, key), row_name(q, row));
	}
	ui_cell_end(h, &cell);
}

void bulk_end(struct asked *q, const struct rows *rows)
{
	struct html *h = q->p->html;

	if (!q->selects) {
		return;
	}
	LIT(h, "<div class=\"govuk-button-group app-no-print\">");
	for (const struct bulk *b = q->list->bulk; b->operation != NULL; b++) {
		if (is_offered_for_any(q, b, rows)) {
			ui_button(h, &(struct ui_button){ .text = b->label, .name = "action", .value = b->operation->name,
							  .classes = "govuk-button--secondary" });
		}
	}
	LIT(h, "</div></form>");
}
