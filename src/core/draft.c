/*
 * Drafts: a long form that a person puts aside, or that a script saves while they type. One a page and person, for
 * thirty days, until the form is sent or the draft is discarded. Whoever has no account has none; passwords and files
 * are never kept; nobody else is shown it.
 *
 * Derived for every form whose record has a text of several lines. The form itself is sent to /drafts instead of its own
 * operation: _page says where it stands, _action what it would have done.
 */
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "core/form.h"
#include "core/form.sql.h"
#include "core/house.h"
#include "trust/trust.h"

enum { KEEP_DAYS = 30, FIELDS_MAX = 600 * 1024 /* more than a form may hold */, PAGE_MAX = 400 };

static const struct field draft_key_fields[] = {
	FIELD(struct draft_key, user_id),
	FIELD(struct draft_key, page),
	FIELD(struct draft_key, since),
	FIELD_END,
};
RECORD(draft_key, draft_key_fields);

static const struct field draft_fields[] = {
	FIELD(struct draft, id),
	FIELD(struct draft, user_id),
	FIELD(struct draft, page),
	FIELD(struct draft, label),
	FIELD(struct draft, fields),
	FIELD(struct draft, at),
	FIELD_END,
};
RECORD(draft, draft_fields);

static struct instant oldest(struct instant now)
{
	return (struct instant){ now.ms - (int64_t)KEEP_DAYS * 24 * 60 * 60 * 1000 };
}

/* ---- what is kept ---- */

static bool is_secret(const struct record *record)
{
	for (const struct field *f = record->fields; f->name != NULL; f++) {
		if ((f->flags & F_SECRET) != 0) {
			return true;
		}
	}
	return false;
}

/* The record of what the form would have done, when it is one of ours that this person may do. */
static const struct operation *operation_of(struct arena *a, const struct who *who, const struct pairs *raw)
{
	const char *action = pairs_get(raw, "_action");
	struct matched m;

	if (action == NULL || !route_match(a, HTTP_POST, action, &m) || m.route->operation->input == NULL ||
	    is_secret(m.route->operation->input) || policy_reach(who->role, m.route->permission) == REACH_NO) {
		return NULL;
	}
	return m.route->operation;
}

static bool is_page(struct arena *a, const char *page)
{
	struct matched m;

	return page != NULL && strlen(page) < PAGE_MAX && url_own(a, page).s != NULL && strchr(page, '?') == NULL &&
	       route_match(a, HTTP_GET, page, &m);
}

static bool is_kept(const char *name)
{
	return name[0] != '_' || text_same(name, "_version") || text_starts(name, "_was-");
}

static bool is_first(const struct pairs *p, size_t i)
{
	for (size_t k = 0; k < i; k++) {
		if (text_same(p->v[k].name, p->v[i].name)) {
			return false;
		}
	}
	return true;
}

static void put_values(struct json *j, const struct pairs *raw, const char *name)
{
	bool several = pairs_count(raw, name) > 1;

	json_key(j, name);
	if (several) {
		json_array_begin(j);
	}
	for (size_t i = 0; i < raw->n; i++) {
		if (text_same(raw->v[i].name, name)) {
			json_text(j, raw->v[i].value);
		}
	}
	if (several) {
		json_array_end(j);
	}
}

static const char *fields_of(struct arena *a, const struct pairs *raw)
{
	struct buf b;
	struct json j;

	buf_init(&b, a, FIELDS_MAX);
	json_begin(&j, &b, false);
	json_object_begin(&j);
	for (size_t i = 0; i < raw->n; i++) {
		if (is_kept(raw->v[i].name) && is_first(raw, i) && text_is_utf8(raw->v[i].value, strlen(raw->v[i].value)) &&
		    text_is_utf8(raw->v[i].name, strlen(raw->v[i].name))) {
			put_values(&j, raw, raw->v[i].name);
		}
	}
	json_object_end(&j);
	return b.full ? NULL : b.p;
}

/* ---- operations ---- */

static struct err *save(struct op *op, const void *input)
{
	const char *page = pairs_get(op->raw, "_page");
	const struct operation *operation = operation_of(op->arena, op->who, op->raw);
	struct draft draft = { .user_id = op->who->user_id, .page = page, .at = op->now };

	if (operation != NULL) {
		draft.label = operation->label;
		draft.fields = fields_of(op->arena, op->raw);
	}
	if (draft.fields == NULL || draft.user_id == 0 || !is_page(op->arena, page)) {
		problem_add(op->arena, op->problems, NULL, "This form cannot be put aside. Go back and send it instead");
		return NULL;
	}
	op->location = URL("/");
	if (pairs_get(op->raw, "_quiet") == NULL) {
		op->flash = "Draft saved. It is kept for 30 days, for you alone";
	}
	return sql_draft_save(op->db, &draft, NULL);
}

static struct err *discard(struct op *op, const void *input)
{
	const char *page = pairs_get(op->raw, "_page");

	if (!is_page(op->arena, page)) {
		problem_add(op->arena, op->problems, NULL, "There is no draft of this page");
		return NULL;
	}
	op->location = (struct url){ page };
	op->flash = "Draft discarded";
	return sql_draft_remove(op->db, &(struct draft_key){ .user_id = op->who->user_id, .page = page }, NULL);
}

/* No audit entry: nothing of the programme has changed. */
const struct operation save_draft = {
	.name = "save-draft",
	.label = "Save a draft",
	.permission = PERM_signed_in,
	.apply = save,
	.flags = OP_NO_AUDIT | OP_ANY_FIELDS,
};
const struct operation discard_draft = {
	.name = "discard-draft",
	.label = "Discard a draft",
	.permission = PERM_signed_in,
	.apply = discard,
	.flags = OP_NO_AUDIT | OP_ANY_FIELDS,
};

struct err *draft_forget(struct op *op)
{
	const char *page = pairs_get(op->raw, "_page");

	if (page == NULL || op->who->user_id == 0 || op->operation == &save_draft) {
		return NULL;
	}
	return sql_draft_remove(op->db, &(struct draft_key){ .user_id = op->who->user_id, .page = page }, NULL);
}

struct err *drafts_sweep(struct db *db, struct instant now)
{
	return sql_draft_sweep(db, &(struct draft_key){ .page = "", .since = oldest(now) }, NULL);
}

/* A draft that could not be saved, mostly as the login had ended: what was typed is still here. */
struct err *draft_page(struct page *p)
{
	const struct pairs *raw = &p->outcome->raw;

	page_begin(p, &(struct page_head){ .title = "Save and come back later" });
	if (operation_of(p->arena, p->who, raw) != NULL) {
		TRY(page_form_begin(p, &(struct form){ .action = URL("/drafts") }));
		for (size_t i = 0; i < raw->n; i++) {
			if (text_same(raw->v[i].name, "_page") || text_same(raw->v[i].name, "_action") || is_kept(raw->v[i].name)) {
				ui_hidden(p->html, raw->v[i].name, raw->v[i].value);
			}
		}
		page_form_end(p, &(struct form){ .submit = "Save the draft" });
	}
	page_end(p);
	return NULL;
}

/* ---- in the form ---- */

bool draft_offered(const struct page *p, const struct form *form)
{
	bool is_long = false;
	struct matched m;

	if (p->who->user_id == 0 || form->record == NULL || form->submit == NULL || form->multipart ||
	    is_secret(form->record)) {
		return false;
	}
	for (const struct field *f = form->record->fields; f->name != NULL; f++) {
		is_long = is_long || (f->label != NULL && (f->flags & F_LONG) != 0 && (f->flags & F_COMPUTED) == 0);
	}
	return is_long && route_match(p->arena, HTTP_GET, p->request->path, &m) && m.list == NULL;
}

static void draw_notice(struct page *p, const struct draft *draft)
{
	struct html *h = p->html;

	LIT(h, "<div class=\"govuk-inset-text\"><p class=\"govuk-body\">");
	html_text(h, arena_printf(p->arena, "You have an unsaved draft from %s.", instant_long(p->arena, draft->at)));
	LIT(h, "</p><p class=\"govuk-body\">");
	ui_anchor(h, url_with(p->arena, page_address(p), "draft", "continue"), "Continue with the draft");
	LIT(h, "</p><form method=\"post\" action=\"/drafts/discard\">");
	ui_hidden(h, "_csrf", csrf_token(p->arena, p->world, p->who));
	ui_hidden(h, "_page", page_address(p).s);
	ui_button(h, &(struct ui_button){ .text = "Discard the draft", .classes = "govuk-button--secondary" });
	LIT(h, "</form></div>");
}

struct err *draft_open(struct page *p, struct pairs *out, bool *undecided)
{
	const struct draft_key key = { .user_id = p->who->user_id, .page = page_address(p).s, .since = oldest(p->now) };
	struct draft draft;
	bool found;

	TRY(sql_draft_find(p->arena, p->db, &key, &draft, &found));
	*undecided = found && !text_same(page_query(p, "draft"), "continue");
	if (*undecided) {
		draw_notice(p, &draft);
	} else if (found) {
		TRY(json_read_pairs(p->arena, draft.fields, strlen(draft.fields), out));
	}
	return NULL;
}

void draft_carry(struct page *p, const struct form *form)
{
	ui_hidden(p->html, "_page", page_address(p).s);
	ui_hidden(p->html, "_action", form->action.s);
}

void draft_button(struct page *p)
{
	ui_submit_to(p->html, URL("/drafts"), "Save and come back later", "govuk-button--secondary");
}

/* ---- Today ---- */

struct err *drafts_today(struct page *p, struct today *out)
{
	const struct draft_key key = { .user_id = p->who->user_id, .page = "", .since = oldest(p->now) };
	struct draft *drafts;
	size_t n;

	TRY(sql_drafts_of(p->arena, p->db, &key, &drafts, &n));
	for (size_t i = 0; i < n; i++) {
		struct url page = url_own(p->arena, drafts[i].page);

		if (page.s != NULL) {
			today_add(out, false, page, "Unfinished: %s, draft from %s", drafts[i].label,
				  instant_long(p->arena, drafts[i].at));
		}
	}
	return NULL;
}
