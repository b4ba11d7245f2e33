/* What the house itself declares. */
#include "core/house.h"

#include <string.h>

#include "base/arena.h"
#include "core/form.h"
#include "core/house.sql.h"
#include "work/job.h"

static const struct field authority_fields[] = {
	FIELD(struct authority, id),
	FIELD(struct authority, name, .label = "Name of the authority"),
	FIELD(struct authority, code, .label = "Code of the authority",
	      .hint = "LA code of the school register"),
	FIELD(struct authority, accent, .label = "Accent colour"),
	FIELD_END,
};
RECORD(authority, authority_fields);

struct err *authority_find(struct arena *a, struct db *db, int64_t id, struct authority *out)
{
	bool found;

	*out = (struct authority){ .name = "", .code = "", .accent = "" };
	return sql_authority_by_id(a, db, &(struct id_arg){ id }, out, &found);
}

struct login_limits login_limits_of(const struct settings *settings)
{
	return (struct login_limits){ settings->idle_minutes, settings->login_hours };
}

/* The colour of the header as a style of its own, because a page may carry no inline style (CSP).
 */
static bool is_colour(const char *s)
{
	return s != NULL && s[0] == '#' && strlen(s) == 7 &&
	       strspn(s + 1, "0123456789abcdefABCDEF") == 6;
}

static struct err *accent_page(struct page *p)
{
	const char *css = is_colour(p->authority->accent)
				  ? arena_printf(p->arena, ".app-accent{--app-accent:%s}\n",
						 p->authority->accent)
				  : "";

	page_bytes(p, "text/css; charset=utf-8",
		   (struct bytes){ (const unsigned char *)css, strlen(css) }, NULL);
	p->response->headers = (struct pairs){ 0 };
	response_header(p->arena, p->response, "Cache-Control", "public, max-age=3600");
	return NULL;
}

static const struct route house_routes[] = {
	{ HTTP_GET, "/", PERM_signed_in, today_page, NULL, NULL },
	{ HTTP_GET, "/style/accent.css", PERM_public, accent_page, NULL, NULL },
	{ HTTP_GET, "/settings/dictionary", PERM_audit_read, dictionary_page, NULL, NULL },
	{ HTTP_POST, "/views", PERM_signed_in, view_page, &save_view, NULL },
	{ HTTP_POST, "/views/remove", PERM_signed_in, NULL, &remove_view, NULL },
	{ HTTP_POST, "/drafts", PERM_signed_in, draft_page, &save_draft, NULL },
	{ HTTP_POST, "/drafts/discard", PERM_signed_in, NULL, &discard_draft, NULL },
	{ HTTP_POST, "/several", PERM_signed_in, several_page, &do_to_several, NULL },
	{ .pattern = NULL },
};

static const struct nav_item house_nav[] = {
	{ "Today", URL("/"), PERM_signed_in, NULL },
	{ .label = NULL },
};

const struct feature house_feature = {
	.name = "house",
	.title = "Today",
	.nav = house_nav,
	.records = (const struct record *const[]){ &authority_record, &job_row_record, &several_record, &draft_record,
						     &saved_view_record, NULL },
	.operations = (const struct operation *const[]){ &take_job, &finish_job, &do_to_several,
							   &save_view, &remove_view, &save_draft,
							   &discard_draft, NULL },
	.lists = (const struct list *const[]){ &job_list, NULL },
	.routes = house_routes,
	.today = drafts_today,
};
