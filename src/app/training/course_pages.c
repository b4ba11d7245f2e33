/* Courses: the list, one course, its form. */
#include <string.h>

#include "app/training/course.h"
#include "app/training/course.sql.h"
#include "app/training/provider.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field courses_args_fields[] = {
	FIELD(struct courses_args, authority_id),
	FIELD(struct courses_args, own_user_id),
	FIELD(struct courses_args, own_urn),
	FIELD(struct courses_args, after_key),
	FIELD(struct courses_args, after_id),
	FIELD(struct courses_args, row_limit),
	FIELD(struct courses_args, state, .label = "State", .words = &course_state_words,
	      .flags = F_NULLABLE),
	FIELD(struct courses_args, audience, .label = "For", .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct courses_args, provider, .label = "Provider", .words = &provider_words, .flags = F_NULLABLE),
	FIELD(struct courses_args, today),
	FIELD_END
};
RECORD(courses_args, courses_args_fields);

static const struct field course_line_fields[] = {
	FIELD(struct course_line, id),
	FIELD(struct course_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct course_line, title, .label = "Title"),
	FIELD(struct course_line, title_fold),
	FIELD(struct course_line, provider, .label = "Provider", .words = &provider_words),
	FIELD(struct course_line, body, .label = "Provided by", .flags = F_NULLABLE),
	FIELD(struct course_line, audience, .label = "For", .flags = F_NULLABLE),
	FIELD(struct course_line, aspects, .label = "Covers", .flags = F_NULLABLE),
	FIELD(struct course_line, delivery, .label = "Delivery", .words = &delivery_words),
	FIELD(struct course_line, duration_minutes, .label = "Minutes"),
	FIELD(struct course_line, refresh_months, .label = "Refresher after months",
	      .flags = F_NULLABLE),
	FIELD(struct course_line, state, .label = "State", .words = &course_state_words),
	FIELD_END
};
RECORD(course_line, course_line_fields);

static struct url line_link(struct arena *a, const void *row)
{
	return link_course(a, ((const struct course_line *)row)->reference);
}

static const char *line_tag(const void *row)
{
	return ((const struct course_line *)row)->state == COURSE_OPEN ? "green" : "grey";
}

static const char *line_after(struct arena *a, const void *row)
{
	return ((const struct course_line *)row)->title_fold;
}

/* Words as a statement joins them: "foster-carers,health". */
const char *words_labels(struct arena *a, const struct words *words, const char *commas)
{
	const char *text = "";

	while (commas != NULL && *commas != '\0') {
		size_t n = strcspn(commas, ",");
		const struct word *w = words_by_word(words, arena_strndup(a, commas, n));

		text = arena_printf(a, "%s%s%s", text, text[0] == '\0' ? "" : "; ", w != NULL ? w->label : "");
		commas += n;
		commas += strspn(commas, ",");
	}
	return text;
}

static const char *line_audience(struct arena *a, const void *row)
{
	const struct course_line *c = row;

	return text_empty(c->audience) ? "Anybody" : words_labels(a, &audience_words, c->audience);
}

static const char *line_aspects(struct arena *a, const void *row)
{
	return words_labels(a, &aspect_words, ((const struct course_line *)row)->aspects);
}

static const struct column columns[] = {
	{ .field = "title", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .heading = "For", .text = line_audience },
	{ .field = "provider" },
	{ .field = "body", .export_only = true },
	{ .heading = "Covers", .text = line_aspects, .export_only = true },
	{ .field = "delivery" },
	{ .field = "duration_minutes", .numeric = true },
	{ .field = "refresh_months", .export_only = true },
	{ .field = "state", .tag = line_tag },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "title", "Title", &SQL_courses_by_title, line_after },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	if (page_may(p, PERM_training_manage)) {
		ui_button(p->html, &(struct ui_button){ .text = "Add a course",
							.href = URL("/training/courses/new") });
	}
	return NULL;
}

static void list_defaults(struct page *p, void *args)
{
	((struct courses_args *)args)->today = p->today;
}

const struct list course_list = {
	.name = "courses",
	.title = "Courses",
	.caption = "Courses",
	.empty = "There are no courses yet.",
	.path = "/training/courses",
	.permission = PERM_training_read,
	.args = &courses_args_record,
	.row = &course_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
	.defaults = list_defaults,
};

/* ---- one course ---- */

struct err *course_relate(struct page *p, enum relation *out)
{
	*out = RELATION_OWN;
	return NULL;
}

static struct err *course_of_page(struct page *p, struct course *out)
{
	return course_of(p->arena, p->db, p->who, page_path(p, "course"), out);
}

/* "Regional Prevent unit (Police, outside)". */
static const char *provider_text(struct arena *a, const struct course *c)
{
	const char *kind = words_label(&provider_words, c->provider);

	return c->provider_id == 0 ? kind : arena_printf(a, "%s (%s%s)", c->body, kind, c->outside ? ", outside" : "");
}

static void course_facts(struct page *p, const struct course *c)
{
	struct arena *a = p->arena;
	const struct ui_summary_row rows[] = {
		{ .key = "Reference", .value = c->reference },
		{ .key = "For",
		  .value = c->audience.n == 0 ? "Anybody" : texts_labels(a, &audience_words, &c->audience),
		  .value_classes = "app-lines" },
		{ .key = "Provider",
		  .value = provider_text(a, c),
		  .value_href = c->provider_id == 0 ? (struct url){ 0 } : link_provider(a, c->body_reference) },
		{ .key = "Delivery", .value = words_label(&delivery_words, c->delivery) },
		{ .key = "Length",
		  .value = arena_printf(a, "%lld minutes", (long long)c->duration_minutes) },
		{ .key = "Refresher",
		  .value = c->refresh_months == 0 ? "Not asked for"
						  : arena_printf(a, "After %lld months",
								 (long long)c->refresh_months) },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){
					 .rows = rows, .n_rows = sizeof(rows) / sizeof(*rows) });
}

struct err *course_page(struct page *p)
{
	struct course c;
	bool manages = page_may(p, PERM_training_manage);

	TRY(course_of_page(p, &c));
	page_begin(p, &(struct page_head){ .title = c.title,
					   .caption = "Course",
					   .back = URL("/training/courses") });
	if (c.state == COURSE_WITHDRAWN) {
		ui_inset_text(p->html, &(struct ui_inset_text){
					       .text = "This course has been withdrawn. No new "
						       "sessions of it can be scheduled." });
	}
	course_facts(p, &c);
	TRY(course_versions_part(p, c.id));
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, url_with(p->arena, URL("/training/sessions"), "course", c.reference),
		  "Sessions of this course");
	LIT(p->html, "</p>");
	if (page_may(p, PERM_figure_rows)) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, url_path(p->arena, "/training/courses/{}/feedback", c.reference), "What people said of this course");
		LIT(p->html, "</p>");
	}
	if (manages) {
		LIT(p->html, "<div class=\"govuk-button-group\">");
		ui_button(p->html, &(struct ui_button){
					   .text = "Change this course",
					   .classes = "govuk-button--secondary",
					   .href = url_path(p->arena, "/training/courses/{}/edit",
							    c.reference) });
		if (c.state == COURSE_OPEN) {
			page_button_form(
				p, url_path(p->arena, "/training/courses/{}/withdraw", c.reference),
				"Withdraw this course", c.version, true);
		}
		LIT(p->html, "</div>");
	}
	page_end(p);
	return NULL;
}

struct err *course_new_page(struct page *p)
{
	page_begin(p, &(struct page_head){ .title = "Add a course",
					   .back = URL("/training/courses") });
	TRY(page_form(p, &(struct form){ .record = &course_form_record,
					 .action = URL("/training/courses/new"),
					 .submit = "Add course",
					 .cancel = URL("/training/courses") }));
	page_end(p);
	return NULL;
}

struct err *course_edit_page(struct page *p)
{
	struct course c;
	struct course_version latest;
	struct own_questions questions;

	TRY(course_of_page(p, &c));
	TRY(course_version_latest(p->arena, p->db, c.id, &latest));
	TRY(course_version_questions(p->arena, p->db, latest.id, &questions));
	const struct course_form initial = course_form_of(p->arena, &c, &latest, &questions);

	page_begin(p, &(struct page_head){ .title = "Change this course",
					   .caption = c.title,
					   .back = link_course(p->arena, c.reference) });
	TRY(page_form(p, &(struct form){ .record = &course_change_record,
					 .submit = "Save changes",
					 .initial = &initial,
					 .action = url_path(p->arena, "/training/courses/{}/edit",
							    c.reference),
					 .version = c.version,
					 .cancel = link_course(p->arena, c.reference) }));
	page_end(p);
	return NULL;
}
