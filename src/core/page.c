/* A page: permission and relation, the shell round it, and the page of an error. */
#include "core/page.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/house.h"
#include "trust/trust.h"

enum { PAGE_MAX = 8 * 1024 * 1024 };

/* ---- serving ---- */

static struct err *permit(struct page *p, const struct matched *m)
{
	enum permission permission = m->route->permission;
	enum reach reach = policy_reach(p->who->role, permission);

	if (reach == REACH_NO) {
		return ERR(ERR_DENIED, "Your account does not have permission to see this page");
	}
	if (m->list != NULL || reach == REACH_ALL) {
		p->relation =
			RELATION_NONE; /* a list narrows its rows to the person's own itself */
		return m->route->relate != NULL ? m->route->relate(p, &p->relation) : NULL;
	}
	if (m->route->relate != NULL) {
		TRY(m->route->relate(p, &p->relation));
	}
	if (!policy_allows(p->who->role, permission, p->relation)) {
		return ERR(ERR_NOT_FOUND, "There is nothing here under this address");
	}
	return NULL;
}

/* A form shown again: what is wrong with it, or 200 when it was done and says something once. */
static int status_of_outcome(const struct outcome *o)
{
	if (o->err != NULL) { /* too many attempts, rather than too much in one */
		return o->err->kind == ERR_LIMIT ? 429 : status_of(o->err->kind);
	}
	return o->problems.n > 0 ? 422 : 200;
}

struct err *page_serve(struct page *p, const struct matched *m)
{
	db_grant(p->db, policy_grant(p->who->role));
	TRY(permit(p, m));
	p->response->status = 200;
	if (p->outcome != NULL) {
		p->input = m->route->operation->input;
		p->response->status = status_of_outcome(p->outcome);
	}
	return m->list != NULL ? list_serve(p, m->list, m->format) : m->route->page(p);
}

/* ---- navigation ---- */

static bool may_item(const struct page *p, const struct nav_item *item)
{
	return page_may(p, item->permission);
}

/* How much of the path this address is the beginning of, by whole segments; 0: it is not. */
static size_t depth_of(const char *path, const char *address)
{
	size_t n = strlen(address);

	if (strncmp(path, address, n) != 0 || (path[n] != '\0' && path[n] != '/' && n > 1)) {
		return 0;
	}
	return n > 1 || path[1] == '\0' ? n : 0;
}

static size_t nav_length(const struct feature *f)
{
	size_t n = 0;

	while (f->nav != NULL && f->nav[n].label != NULL) {
		n++;
	}
	return n;
}

/* The feature and its item that the path lies under: the deepest. */
static const struct feature *active_feature(const char *path, const struct nav_item **item_out)
{
	const struct feature *found = NULL, *f;
	size_t best = 0;

	*item_out = NULL;
	for (size_t i = 0; path != NULL && (f = feature_at(i)) != NULL; i++) {
		for (size_t k = 0; k < nav_length(f); k++) {
			size_t depth = depth_of(path, f->nav[k].url.s);

			if (depth > best) {
				best = depth;
				found = f;
				*item_out = &f->nav[k];
			}
		}
	}
	return found;
}

static const struct ui_nav_item *top_level(struct page *p, const struct feature *active)
{
	const struct feature *f;
	struct ui_nav_item *items;
	size_t n = 0;

	while (feature_at(n) != NULL) {
		n++;
	}
	items = ARENA_NEW(p->arena, struct ui_nav_item, n + 1);
	n = 0;
	for (size_t i = 0; (f = feature_at(i)) != NULL; i++) {
		for (size_t k = 0; f->title != NULL && k < nav_length(f); k++) {
			if (may_item(p, &f->nav[k])) {
				items[n++] = (struct ui_nav_item){ f->title, f->nav[k].url,
								    f == active };
				break;
			}
		}
	}
	return items;
}

static bool same_group(const struct nav_item *a, const struct nav_item *b)
{
	return a == b || (a->group != NULL && b->group != NULL && strcmp(a->group, b->group) == 0);
}

/* What stands beside the item, itself included, and this person may see. */
static size_t group_of(const struct page *p, const struct feature *f, const struct nav_item *item,
		       const struct nav_item **first)
{
	size_t n = 0;

	for (size_t k = 0; k < nav_length(f); k++) {
		if (may_item(p, &f->nav[k]) && same_group(&f->nav[k], item)) {
			*first = n++ == 0 ? &f->nav[k] : *first;
		}
	}
	return n;
}

/* An entry for each group, which leads to the first of it that this person may see; one that is left alone goes by its
 * own name. */
static const struct ui_nav_item *second_level(struct page *p, const struct feature *active,
					      const struct nav_item *item)
{
	size_t n = 0;

	if (active == NULL || active->title == NULL) {
		return NULL;
	}
	struct ui_nav_item *items = ARENA_NEW(p->arena, struct ui_nav_item, nav_length(active) + 1);

	for (size_t k = 0; k < nav_length(active); k++) {
		const struct nav_item *here = &active->nav[k], *first = NULL;
		size_t members = group_of(p, active, here, &first);

		if (here == first) {
			items[n++] = (struct ui_nav_item){ members > 1 ? here->group : here->label, here->url,
							   same_group(here, item) };
		}
	}
	return n > 1 ? items : NULL;
}

static const struct ui_nav_item *third_level(struct page *p, const struct feature *active, const struct nav_item *item)
{
	const struct nav_item *first = NULL;
	size_t n = 0;

	if (active == NULL || active->title == NULL || group_of(p, active, item, &first) < 2) {
		return NULL;
	}
	struct ui_nav_item *items = ARENA_NEW(p->arena, struct ui_nav_item, nav_length(active) + 1);

	for (const struct nav_item *k = first; k->label != NULL; k++) {
		if (may_item(p, k) && same_group(k, item)) {
			items[n++] = (struct ui_nav_item){ k->label, k->url, k == item };
		}
	}
	return items;
}

/* ---- the shell ---- */

static struct ui_shell shell_of(struct page *p, const struct page_head *head)
{
	struct ui_shell shell = {
		.title = head->title,
		.service_name = "Prevent duty",
		.authority = p->authority->name,
		.accent_class = "app-accent",
		.error = p->outcome != NULL && p->outcome->problems.n > 0,
		.demo = p->settings->demo,
		.wide = head->wide,
		.crumbs = head->crumbs,
		.back = head->back,
		.flash = p->flash,
	};

	if (p->who->user_id != 0 && !head->plain) {
		const struct nav_item *item;
		const struct feature *active = active_feature(p->request->path, &item);

		shell.signed_in_as = p->who->name;
		shell.account = URL("/account");
		shell.sign_out = URL("/sign-out");
		shell.csrf = csrf_token(p->arena, p->world, p->who);
		shell.navigation = top_level(p, active);
		shell.sub_navigation = second_level(p, active, item);
		shell.beside = third_level(p, active, item);
		shell.beside_label = shell.beside == NULL ? NULL : item->group;
	}
	return shell;
}

void page_begin(struct page *p, const struct page_head *head)
{
	struct ui_shell shell = shell_of(p, head);

	p->html = html_new(p->arena, PAGE_MAX);
	ui_shell_begin(p->html, &shell);
	page_error_summary(p, p->input);
	if (!head->no_heading) {
		ui_heading(p->html, head->caption, head->title);
	}
}

/* What ui_shell_end needs is not of this page alone. */
static void finish_html(struct page *p)
{
	struct ui_shell shell = { .service_name = "Prevent duty", .authority = p->authority->name };

	ui_shell_end(p->html, &shell);
	p->response->content_type = "text/html; charset=utf-8";
	p->response->body = html_bytes(p->html);
	p->response->compress = true;
	response_header(p->arena, p->response, "Cache-Control", "no-store");
}

void page_end(struct page *p)
{
	finish_html(p);
	const char *fault = html_finish(p->html);

	if (fault != NULL) {
		page_error(p, ERR_DETAIL(ERR_BUG, "page %s: %s", p->request->path, fault));
	}
}

/* ---- errors ---- */

int status_of(enum err_kind kind)
{
	static const int statuses[] = {
		[ERR_NOT_FOUND] = 404, [ERR_DENIED] = 403, [ERR_INVALID] = 422,
		[ERR_CONFLICT] = 409,  [ERR_BUSY] = 503,   [ERR_LIMIT] = 413,
		[ERR_IO] = 503,	       [ERR_USAGE] = 400,  [ERR_BUG] = 500,
	};

	return statuses[kind];
}

/* Titles: GOV.UK Design System, "Page not found", "There is a problem with the service",
 * "Sorry, the service is unavailable". */
static const char *title_of(enum err_kind kind)
{
	static const char *const titles[] = {
		[ERR_NOT_FOUND] = "Page not found",
		[ERR_DENIED] = "You cannot do this",
		[ERR_INVALID] = "There is a problem with what was entered",
		[ERR_CONFLICT] = "Somebody else changed this first",
		[ERR_BUSY] = "The service is busy",
		[ERR_LIMIT] = "That is too much at once",
		[ERR_IO] = "Sorry, the service is unavailable",
		[ERR_USAGE] = "There is a problem with the request",
		[ERR_BUG] = "Sorry, there is a problem with the service",
	};

	return titles[kind];
}

static bool is_ours(const struct err *err)
{
	return err->kind == ERR_IO || err->kind == ERR_BUG;
}

static void error_body(struct page *p, const struct err *err)
{
	struct html *h = p->html;

	if (err->kind == ERR_NOT_FOUND) {
		ui_paragraph(h, "If you typed the web address, check it is correct. If you pasted "
				"it, check you "
				"copied the whole address.");
		ui_paragraph(h, "It may also be that this is not for your account to see.");
	} else if (!is_ours(err)) {
		if (err_is_trouble(err)) {
			log_err(LOG_WARN, "a page was refused", err);
		}
		ui_paragraph(h, text_ends(err->sentence, ".") ? err->sentence :
				arena_printf(p->arena, "%s.", err->sentence));
	} else {
		const char *reference = world_reference(p->world, p->arena, 8);

		log_err(LOG_ERROR, arena_printf(p->arena, "reference %s", reference), err);
		ui_paragraph(h, err->kind == ERR_IO ? err->sentence :
				"Try again later. Nothing that you entered on this page was saved.");
		ui_paragraph(
			h,
			arena_printf(
				p->arena,
				"If it happens again, tell your administrator this reference: %s.",
				reference));
	}
	LIT(h, "<p class=\"govuk-body\">");
	ui_anchor(h, URL("/"), "Go to the start page");
	LIT(h, "</p>");
}

void page_error(struct page *p, const struct err *err)
{
	const struct page_head head = { .title = title_of(err->kind) };

	p->outcome = NULL;
	p->input = NULL;
	p->flash = NULL;
	*p->response = (struct response){ .status = status_of(err->kind),
					  .headers = p->response->headers };
	page_begin(p, &head);
	error_body(p, err);
	finish_html(p);
	if (html_finish(p->html) != NULL) {
		static const char plain[] = "Sorry, there is a problem with the service.\n";

		log_line(LOG_ERROR, "the error page itself: %s", html_fault(p->html));
		p->response->content_type = "text/plain; charset=utf-8";
		p->response->body =
			(struct bytes){ (const unsigned char *)plain, sizeof(plain) - 1 };
		p->response->body_static = true;
	}
}

/* ---- what features ask of a page ---- */

void page_bytes(struct page *p, const char *content_type, struct bytes body, const char *filename)
{
	p->response->status = 200;
	p->response->content_type = content_type;
	p->response->body = body;
	p->response->compress = true;
	response_header(p->arena, p->response, "Cache-Control", "no-store");
	if (filename != NULL) {
		response_attachment(p->arena, p->response, filename);
	}
}

const char *page_path(const struct page *p, const char *name)
{
	const char *value = pairs_get(p->path, name);

	return value != NULL ? value : "";
}

const char *page_query(const struct page *p, const char *name)
{
	return pairs_get(&p->request->query, name);
}

const char *page_public_address(const struct page *p, struct url path)
{
	if (!text_empty(p->settings->public_address)) {
		return arena_printf(p->arena, "%s%s", p->settings->public_address, path.s);
	}
	return text_empty(p->request->host) ? path.s : arena_printf(p->arena, "http://%s%s", p->request->host, path.s);
}

bool page_may(const struct page *p, enum permission permission)
{
	return policy_reach(p->who->role, permission) != REACH_NO;
}

struct url page_address(const struct page *p)
{
	const char *path = p->request->path;
	struct url u = { "" };

	while (*path == '/') {
		size_t n = strcspn(++path, "/");
		const char *segment = arena_strndup(p->arena, path, n);

		u.s = arena_printf(p->arena, "%s%s", u.s, url_path(p->arena, "/{}", segment).s);
		path += n;
	}
	return u;
}

struct offered {
	const struct db *db; /* a long answer goes on in another snapshot, by another handle */
	const struct choices *choices;
	struct choice_list list;
	struct offered *next;
};

struct err *page_choices(struct page *p, const struct choices *choices, struct choice_list *out)
{
	struct offered *o = p->offered;

	while (o != NULL && (o->choices != choices || o->db != p->db)) {
		o = o->next;
	}
	if (o == NULL) {
		o = ARENA_NEW(p->arena, struct offered, 1);
		TRY(choices_load(p->arena, p->db, choices, p->who->authority_id, &o->list));
		o->db = p->db;
		o->choices = choices;
		o->next = p->offered;
		p->offered = o;
	}
	*out = o->list;
	return NULL;
}
