/* Feature directory: schools of the register, and how the register comes in. Tables only. */
#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "app/directory/school.sql.h"
#include "base/arena.h"

/* ---- schools ---- */

static struct url school_row_link(struct arena *a, const void *row)
{
	return link_school(a, ((const struct school_row *)row)->id);
}

static const char *school_row_tag(const void *row)
{
	switch (((const struct school_row *)row)->status) {
	case STATUS_OPEN:
		return "green";
	case STATUS_CLOSING:
		return "yellow";
	case STATUS_PROPOSED:
		return "blue";
	default:
		return "grey";
	}
}

static const char *school_row_after(struct arena *a, const void *row)
{
	return ((const struct school_row *)row)->name_fold;
}

static const struct column school_columns[] = {
	{ .field = "name", .link = school_row_link },
	{ .field = "id", .heading = "URN", .numeric = true },
	{ .field = "type" },
	{ .field = "phase" },
	{ .field = "district" },
	{ .field = "status", .tag = school_row_tag },
	{ .field = "town", .export_only = true },
	{ .field = "postcode", .export_only = true },
	{ .field = NULL }
};

static const struct sort school_sorts[] = {
	{ "name", "Name", &SQL_schools_by_name, school_row_after },
	{ .key = NULL }
};

const struct list list_schools = {
	.name = "schools",
	.title = "Schools",
	.caption = "Schools by name",
	.empty = "No school of the register matches.",
	.path = "/schools",
	.permission = PERM_school_read,
	.args = &school_filter_record,
	.row = &school_row_record,
	.columns = school_columns,
	.sorts = school_sorts,
};

/* ---- imports ---- */

static struct url import_row_link(struct arena *a, const void *row)
{
	return link_import(a, ((const struct import_run *)row)->reference);
}

static const char *import_row_tag(const void *row)
{
	switch (((const struct import_run *)row)->state) {
	case IMPORT_APPLIED:
		return "green";
	case IMPORT_READY:
		return "yellow";
	case IMPORT_READING:
		return "blue";
	case IMPORT_REFUSED:
		return "red";
	default:
		return "grey";
	}
}

static const struct column import_columns[] = {
	{ .field = "reference", .heading = "Import", .link = import_row_link },
	{ .field = "created_at" },
	{ .field = "created_by" },
	{ .field = "register_on" },
	{ .field = "new_rows", .heading = "New", .numeric = true },
	{ .field = "changed_rows", .heading = "Changed", .numeric = true },
	{ .field = "closed_rows", .heading = "Closed", .numeric = true },
	{ .field = "vanished_rows", .heading = "Gone", .numeric = true },
	{ .field = "state", .tag = import_row_tag },
	{ .field = "unchanged_rows", .export_only = true },
	{ .field = "file_name", .export_only = true },
	{ .field = "links_name", .export_only = true },
	{ .field = NULL }
};

static const struct sort import_sorts[] = {
	{ "newest", "Newest first", &SQL_import_runs_newest, NULL },
	{ .key = NULL }
};

const struct list list_school_imports = {
	.name = "school-imports",
	.title = "Imports of the school register",
	.caption = "Imports, newest first",
	.empty = "The school register has not been imported yet.",
	.path = "/schools/imports",
	.permission = PERM_school_manage,
	.args = &import_filter_record,
	.row = &import_run_record,
	.columns = import_columns,
	.sorts = import_sorts,
	.before = imports_before,
};

/* ---- the feature ---- */

static const struct record *const records[] = { &school_record, &school_link_record, &import_run_record, NULL };

static const struct operation *const operations[] = {
	&upload_school_register, &add_school_links,    &note_import_progress,  &finish_school_preview,
	&apply_school_import,	 &discard_school_import, NULL
};

static const struct list *const lists[] = { &list_schools, &list_school_imports, NULL };

static const struct job *const jobs[] = { &read_school_register, NULL };

static const struct route routes[] = {
	{ HTTP_GET, "/schools/{urn}", PERM_school_read, school_page, NULL, school_relate },
	{ HTTP_GET, "/schools/imports/new", PERM_school_manage, import_new_page, NULL, NULL },
	{ HTTP_POST, "/schools/imports/new", PERM_school_manage, import_new_page, &upload_school_register, NULL },
	{ HTTP_GET, "/schools/imports/run/{run}", PERM_school_manage, import_page, NULL, NULL },
	{ HTTP_GET, "/schools/imports/run/{run}/changes/{kind}", PERM_school_manage, import_changes_page, NULL, NULL },
	{ HTTP_GET, "/schools/imports/run/{run}/links", PERM_school_manage, import_links_page, NULL, NULL },
	{ HTTP_POST, "/schools/imports/run/{run}/links", PERM_school_manage, import_links_page, &add_school_links,
	  NULL },
	{ HTTP_GET, "/schools/imports/run/{run}/apply", PERM_school_manage, import_apply_page, NULL, NULL },
	{ HTTP_POST, "/schools/imports/run/{run}/apply", PERM_school_manage, import_apply_page, &apply_school_import,
	  NULL },
	{ HTTP_GET, "/schools/imports/run/{run}/discard", PERM_school_manage, import_discard_page, NULL, NULL },
	{ HTTP_POST, "/schools/imports/run/{run}/discard", PERM_school_manage, import_discard_page,
	  &discard_school_import, NULL },
	{ .pattern = NULL }
};

/* Coverage is of feature reporting; people look for it among the schools. */
static const struct nav_item nav[] = {
	{ "Schools", URL("/schools"), PERM_school_read, NULL },
	{ "Coverage", URL("/schools/coverage"), PERM_coverage_read, NULL },
	{ "Imports of the register", URL("/schools/imports"), PERM_school_manage, NULL },
	{ .label = NULL }
};

const struct feature directory_feature = {
	.name = "directory",
	.title = "Schools",
	.nav = nav,
	.records = records,
	.operations = operations,
	.lists = lists,
	.routes = routes,
	.jobs = jobs,
};
