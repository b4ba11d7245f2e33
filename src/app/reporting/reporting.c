/* Reporting: figures, coverage and notes to committees. The feature's tables; nothing else. */
#include "app/reporting/coverage.h"
#include "app/reporting/figures.h"
#include "app/reporting/note.h"
#include "app/reporting/note.sql.h"
#include "app/reporting/reporting.h"
#include "core/core.h"

static const char *note_date(struct arena *a, const void *row)
{
	const struct note_row *note = row;

	return field_exchange(a, record_field(&note_row_record, "dated"), note);
}

static struct url note_link(struct arena *a, const void *row)
{
	return link_note(a, ((const struct note_row *)row)->reference);
}

static struct err *before_notes(struct page *p, const void *args)
{
	if (page_may(p, PERM_note_write)) {
		ui_button(p->html, &(struct ui_button){ .text = "Write a note",
							.href = URL("/reports/notes/new") });
	}
	return NULL;
}

static void note_defaults(struct page *p, void *args)
{
	((struct note_list_arg *)args)->sees = note_sees(p->who->role);
}

static const char *note_tag(const void *row)
{
	return note_state_tag(((const struct note_row *)row)->state);
}

static const struct list note_list = {
	.name = "notes",
	.title = "Notes to committees",
	.caption = "Notes, newest first",
	.empty = "No note has been written yet.",
	.path = "/reports/notes",
	.permission = PERM_figure_read,
	.args = &note_list_arg_record,
	.row = &note_row_record,
	.columns =
		(const struct column[]){
			{ .field = "subject", .link = note_link },
			{ .field = "addressed_to" },
			{ .field = "dated" },
			{ .field = "state", .tag = note_tag },
			{ .field = "reference" },
			{ .field = NULL },
		},
	.sorts =
		(const struct sort[]){
			{ "newest", "Newest first", &SQL_note_list_newest, note_date },
			{ .key = NULL },
		},
	.before = before_notes,
	.defaults = note_defaults,
};

static const struct nav_item reports_nav[] = { { "Notes", URL("/reports/notes"), PERM_figure_read, NULL },
					       { "Figures", URL("/reports/figures"),
						 PERM_figure_read, NULL },
					       { .label = NULL } };

static const struct route reporting_routes[] = {
	{ HTTP_GET, "/schools/coverage", PERM_coverage_read, coverage_page, NULL, NULL },
	{ HTTP_GET, "/reports/figures", PERM_figure_read, figures_page, NULL, NULL },
	{ HTTP_GET, "/reports/figures/{figure}", PERM_figure_read, figure_page, NULL, NULL },
	{ HTTP_GET, "/reports/notes/new", PERM_note_write, note_new_page, NULL, NULL },
	{ HTTP_POST, "/reports/notes/new", PERM_note_write, note_new_page, &op_add_note, NULL },
	{ HTTP_GET, "/reports/notes/{note}", PERM_figure_read, note_page, NULL, NULL },
	{ HTTP_GET, "/reports/notes/{note}/note.odt", PERM_figure_read, note_odt_page, NULL, NULL },
	{ HTTP_GET, "/reports/notes/{note}/edit", PERM_note_write, note_edit_page, NULL, NULL },
	{ HTTP_POST, "/reports/notes/{note}/edit", PERM_note_write, note_edit_page, &op_change_note,
	  NULL },
	{ HTTP_POST, "/reports/notes/new/preview", PERM_note_write, note_new_page, &op_preview_note,
	  NULL },
	{ HTTP_POST, "/reports/notes/{note}/preview", PERM_note_write, note_edit_page,
	  &op_preview_note, NULL },
	{ HTTP_POST, "/reports/notes/{note}/review", PERM_note_write, note_page, &op_review_note, NULL },
	{ HTTP_GET, "/reports/notes/{note}/return", PERM_note_write, note_return_page, NULL, NULL },
	{ HTTP_POST, "/reports/notes/{note}/return", PERM_note_write, note_return_page, &op_return_note, NULL },
	{ HTTP_GET, "/reports/notes/{note}/sign-off", PERM_note_write, note_sign_page, NULL, NULL },
	{ HTTP_POST, "/reports/notes/{note}/sign-off", PERM_note_write, note_sign_page, &op_sign_note, NULL },
	{ HTTP_POST, "/reports/notes/{note}/publish", PERM_note_write, note_page, &op_publish_note, NULL },
	{ HTTP_GET, "/reports/notes/{note}/exempt", PERM_note_write, note_exempt_page, NULL, NULL },
	{ HTTP_POST, "/reports/notes/{note}/exempt", PERM_note_write, note_exempt_page, &op_exempt_note, NULL },
	{ HTTP_POST, "/reports/notes/{note}/correct", PERM_note_write, note_page, &op_correct_note, NULL },
	{ .pattern = NULL }
};

const struct figure *const reporting_figures[] = {
	&figure_schools_trained, &figure_schools_verified, &figure_schools_own, &figure_schools_good,
	&figure_staff_trained,	 &figure_understanding,	   &figure_response,	&figure_quality,
	&figure_refused,	 &figure_aspects,	   &figure_in_date, NULL,
};

const struct feature reporting_feature = {
	.name = "reporting",
	.title = "Reports",
	.nav = reports_nav,
	.records = (const struct record *const[]){ &note_record, NULL },
	.operations = (const struct operation *const[]){ &op_add_note, &op_change_note,
							 &op_preview_note, &op_review_note,
							 &op_return_note, &op_sign_note, &op_publish_note,
							 &op_exempt_note, &op_correct_note, NULL },
	.lists = (const struct list *const[]){ &note_list, &list_coverage, &list_who_next, &list_figure_schools,
					       &list_figure_schools_verified, &list_figure_schools_own,
					       &list_figure_schools_good, &list_figure_staff,
					       &list_figure_understanding, &list_figure_response,
					       &list_figure_quality, &list_figure_refused,
					       &list_figure_aspects, &list_figure_due, NULL },
	.figures = reporting_figures,
	.routes = reporting_routes,
	.today = reporting_today,
};
