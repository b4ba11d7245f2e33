/* Providers: the list, one provider, its form. */
#include "app/training/provider.h"

#include "app/training/course.h"
#include "app/training/provider.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

enum { WHERE_INSIDE = 1, WHERE_OUTSIDE };

static const struct word wheres[] = {
	{ WHERE_INSIDE, "inside", "Of the authority", NULL },
	{ WHERE_OUTSIDE, "outside", "Outside", NULL },
	{ 0, NULL, NULL, NULL },
};
static const struct words where_words = { "where", wheres };

static const struct field providers_args_fields[] = {
	FIELD(struct providers_args, authority_id),
	FIELD(struct providers_args, own_user_id),
	FIELD(struct providers_args, own_urn),
	FIELD(struct providers_args, after_key),
	FIELD(struct providers_args, after_id),
	FIELD(struct providers_args, row_limit),
	FIELD(struct providers_args, where, .label = "Where", .words = &where_words, .flags = F_NULLABLE),
	FIELD(struct providers_args, kind, .label = "Kind", .words = &provider_words, .flags = F_NULLABLE),
	FIELD(struct providers_args, state, .label = "State", .words = &provider_state_words, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(providers_args, providers_args_fields);

static const struct field provider_line_fields[] = {
	FIELD(struct provider_line, id),
	FIELD(struct provider_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct provider_line, name, .label = "Name"),
	FIELD(struct provider_line, name_fold),
	FIELD(struct provider_line, kind, .label = "Kind", .words = &provider_words),
	FIELD(struct provider_line, outside, .label = "Outside the authority"),
	FIELD(struct provider_line, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct provider_line, courses, .label = "Open courses"),
	FIELD(struct provider_line, state, .label = "State", .words = &provider_state_words),
	FIELD_END
};
RECORD(provider_line, provider_line_fields);

static const struct field provider_course_fields[] = {
	FIELD(struct provider_course, id),
	FIELD(struct provider_course, reference),
	FIELD(struct provider_course, title),
	FIELD(struct provider_course, provider, .words = &provider_words),
	FIELD(struct provider_course, state, .words = &course_state_words),
	FIELD_END
};
RECORD(provider_course, provider_course_fields);

static struct url line_link(struct arena *a, const void *row)
{
	return link_provider(a, ((const struct provider_line *)row)->reference);
}

static const char *line_tag(const void *row)
{
	return ((const struct provider_line *)row)->state == PROVIDER_OPEN ? "green" : "grey";
}

static const char *line_after(struct arena *a, const void *row)
{
	return ((const struct provider_line *)row)->name_fold;
}

static const struct column columns[] = {
	{ .field = "name", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .field = "kind" },
	{ .field = "outside" },
	{ .field = "agency", .export_only = true },
	{ .field = "courses", .numeric = true },
	{ .field = "state", .tag = line_tag },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "name", "Name", &SQL_providers_by_name, line_after },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	if (page_may(p, PERM_training_manage)) {
		ui_button(p->html, &(struct ui_button){ .text = "Add a provider",
							.href = URL("/training/providers/new") });
	}
	return NULL;
}

const struct list provider_list = {
	.name = "providers",
	.title = "Providers",
	.caption = "Providers",
	.empty = "There are no providers that fit.",
	.path = "/training/providers",
	.permission = PERM_training_read,
	.args = &providers_args_record,
	.row = &provider_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
};

/* ---- one provider ---- */

static struct err *provider_of_page(struct page *p, struct provider_body *out)
{
	struct reference_arg key = { p->who->authority_id, page_path(p, "provider") };
	bool found;

	TRY(sql_provider_find(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no provider with the reference %s", key.reference);
}

static struct err *courses_of(struct page *p, const struct provider_body *of)
{
	struct html *h = p->html;
	struct provider_course *rows;
	size_t n;

	TRY(sql_provider_courses(p->arena, p->db, &(struct id_arg){ of->id }, &rows, &n));
	ui_subheading(h, 2, "Courses");
	if (n == 0) {
		ui_paragraph(h, "No course names it.");
		return NULL;
	}
	LIT(h, "<ul class=\"govuk-list\">");
	for (size_t i = 0; i < n; i++) {
		LIT(h, "<li>");
		ui_anchor(h, link_course(p->arena, rows[i].reference), rows[i].title);
		if (rows[i].state == COURSE_WITHDRAWN) {
			LIT(h, " (withdrawn)");
		}
		LIT(h, "</li>");
	}
	LIT(h, "</ul>");
	return NULL;
}

static void actions(struct page *p, const struct provider_body *of)
{
	LIT(p->html, "<div class=\"govuk-button-group\">");
	ui_button(p->html, &(struct ui_button){ .text = "Change this provider",
						.classes = "govuk-button--secondary",
						.href = url_path(p->arena, "/training/providers/{}/edit", of->reference) });
	if (of->state == PROVIDER_OPEN) {
		page_button_form(p, url_path(p->arena, "/training/providers/{}/close", of->reference),
				 "Close this provider", of->version, true);
	} else {
		page_button_form(p, url_path(p->arena, "/training/providers/{}/reopen", of->reference),
				 "Open this provider again", of->version, true);
	}
	LIT(p->html, "</div>");
}

struct err *provider_page(struct page *p)
{
	struct provider_body of;

	TRY(provider_of_page(p, &of));
	page_begin(p, &(struct page_head){ .title = of.name, .caption = "Provider", .back = URL("/training/providers") });
	page_summary(p, &provider_body_record, &of, NULL);
	TRY(courses_of(p, &of));
	if (page_may(p, PERM_training_manage)) {
		actions(p, &of);
	}
	page_end(p);
	return NULL;
}

struct err *provider_new_page(struct page *p)
{
	page_begin(p, &(struct page_head){ .title = "Add a provider", .back = URL("/training/providers") });
	TRY(page_form(p, &(struct form){ .record = &provider_form_record,
					 .action = URL("/training/providers/new"),
					 .submit = "Add provider",
					 .cancel = URL("/training/providers") }));
	page_end(p);
	return NULL;
}

struct err *provider_edit_page(struct page *p)
{
	struct provider_body of;

	TRY(provider_of_page(p, &of));
	const struct provider_form initial = {
		.name = of.name, .kind = of.kind, .outside = of.outside, .agency = of.agency_reference
	};

	page_begin(p, &(struct page_head){ .title = "Change this provider",
					   .caption = of.name,
					   .back = link_provider(p->arena, of.reference) });
	TRY(page_form(p, &(struct form){ .record = &provider_form_record,
					 .submit = "Save changes",
					 .initial = &initial,
					 .action = url_path(p->arena, "/training/providers/{}/edit", of.reference),
					 .version = of.version,
					 .cancel = link_provider(p->arena, of.reference) }));
	page_end(p);
	return NULL;
}
