/* Settings, audit: who did what to what, and what an entry says has changed. */
#include "app/account/account.h"
#include "app/account/audit.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/text.h"

static const struct choices actors = { &SQL_audit_actors };

static const struct field audit_list_fields[] = {
	FIELD(struct audit_list_args, authority_id),
	FIELD(struct audit_list_args, own_user_id),
	FIELD(struct audit_list_args, own_urn),
	FIELD(struct audit_list_args, subject, .label = "Subject",
	      .hint = "Kind and reference, like session:2K7Q"),
	FIELD(struct audit_list_args, actor, .label = "Person", .choices = &actors),
	FIELD(struct audit_list_args, after_key),
	FIELD(struct audit_list_args, after_id),
	FIELD(struct audit_list_args, row_limit),
	FIELD_END,
};
RECORD(audit_list_args, audit_list_fields);

static const struct field audit_row_fields[] = {
	FIELD(struct audit_list_row, id, .label = "Number", .flags = F_REFERENCE),
	FIELD(struct audit_list_row, at, .label = "When"),
	FIELD(struct audit_list_row, actor, .label = "Actor"),
	FIELD(struct audit_list_row, action, .label = "Action"),
	FIELD(struct audit_list_row, subject, .label = "Subject"),
	FIELD(struct audit_list_row, person, .label = "Person", .flags = F_NULLABLE | F_PERSONAL),
	FIELD_END,
};
RECORD(audit_list_row, audit_row_fields);

static const struct field audit_changes_fields[] = {
	FIELD(struct audit_changes, changes),
	FIELD_END,
};
RECORD(audit_changes, audit_changes_fields);

static struct url entry_link(struct arena *a, const void *row)
{
	const struct audit_list_row *entry = row;

	return url_path(a, "/settings/audit/{}", arena_printf(a, "%lld", (long long)entry->id));
}

/* The person's name, or the system's part that acted ("job:read-register"). */
static const char *entry_actor(struct arena *a, const void *row)
{
	const struct audit_list_row *entry = row;

	return text_empty(entry->person) ? entry->actor : entry->person;
}

/* "schedule-session" as the operation calls itself: "Schedule a session". */
static const char *entry_action(struct arena *a, const void *row)
{
	const struct audit_list_row *entry = row;
	const struct operation *operation = operation_find(entry->action);

	return operation != NULL ? operation->label : entry->action;
}

static const char *entry_after(struct arena *a, const void *row)
{
	return arena_printf(a, "%lld", (long long)((const struct audit_list_row *)row)->id);
}

static const struct column audit_columns[] = {
	{ .field = "at", .link = entry_link },	     { .heading = "Who", .text = entry_actor },
	{ .heading = "What", .text = entry_action }, { .field = "subject" },
	{ .field = "id", .numeric = true },	     { .field = "actor", .export_only = true },
	{ .field = "action", .export_only = true },  { .field = NULL },
};

static const struct sort audit_sorts[] = {
	{ "latest", "Latest first", &SQL_audit_list_latest, entry_after },
	{ .key = NULL },
};

const struct list list_audit = {
	.name = "audit",
	.title = "Audit",
	.caption = "Entries, latest first",
	.empty = "No entry matches these filters.",
	.path = "/settings/audit",
	.permission = PERM_audit_read,
	.args = &audit_list_args_record,
	.row = &audit_list_row_record,
	.columns = audit_columns,
	.sorts = audit_sorts,
	.page_size = 50,
};

/* ---- an entry ---- */

static void show_changes(struct page *p, const char *json)
{
	static const struct ui_cell head[] = { { .text = "Field" },
					       { .text = "Before" },
					       { .text = "After" } };
	const struct ui_table table = { .caption = "What changed",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 3 };
	struct change *changes;
	size_t n = changes_read(p->arena, json, &changes);

	if (n == 0) {
		ui_paragraph(p->html, "This entry lists no changed fields.");
		return;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = changes[i].field });
		ui_cell(p->html, &(struct ui_cell){ .text = changes[i].before });
		ui_cell(p->html, &(struct ui_cell){ .text = changes[i].after });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
}

struct err *audit_entry_page(struct page *p)
{
	struct account_key key = { p->who->authority_id, 0 };
	struct audit_list_row entry;
	struct audit_changes changes;
	bool found = false;

	if (text_to_int(page_path(p, "entry"), 1, INT64_MAX, &key.id)) {
		TRY(sql_audit_entry_find(p->arena, p->db, &key, &entry, &found));
	}
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no such entry");
	}
	const struct page_head head = { .title = entry_action(p->arena, &entry),
					.caption = arena_printf(p->arena, "Audit entry %lld",
								(long long)entry.id),
					.back = URL("/settings/audit") };
	const struct ui_summary_row rows[] = {
		{ .key = "When", .value = instant_long(p->arena, entry.at) },
		{ .key = "Who", .value = entry_actor(p->arena, &entry) },
		{ .key = "Action", .value = entry.action },
		{ .key = "Subject", .value = entry.subject },
	};

	page_begin(p, &head);
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = 4 });
	if (page_may(p, PERM_audit_detail)) {
		TRY(sql_audit_entry_changes(p->arena, p->db, &key, &changes, &found));
		show_changes(p, found ? changes.changes : "");
	}
	page_end(p);
	return NULL;
}
