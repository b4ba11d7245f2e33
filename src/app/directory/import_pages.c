/* The import on screen: upload, what it would change, apply or discard. */
#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

struct url link_import_changes(struct arena *a, const char *reference, int kind)
{
	return url_path(a, "/schools/imports/run/{}/changes/{}", reference, words_word(&change_kind_words, kind));
}

static struct url link_step(struct arena *a, const char *reference, const char *step)
{
	return url_path(a, "/schools/imports/run/{}/{}", reference, step);
}

static struct err *page_run(struct page *p, struct import_run *out)
{
	return import_find(p->arena, p->db, p->who->authority_id, page_path(p, "run"), out);
}

struct err *imports_before(struct page *p, const void *args)
{
	ui_button(p->html, &(struct ui_button){ .text = "Import the school register",
						.href = URL("/schools/imports/new") });
	return NULL;
}

/* ---- upload ---- */

struct err *import_new_page(struct page *p)
{
	static const char *const fields[] = { "register_on", "all_authorities", NULL };

	page_begin(p, &(struct page_head){ .title = "Import the school register", .back = URL("/schools/imports") });
	page_error_summary(p, &import_upload_record);
	ui_paragraph(p->html, "Download “Establishment fields CSV” from Get Information About Schools. Any extract "
		     "with the columns URN and EstablishmentName will do. Nothing changes until you have seen what "
		     "would change and applied it.");
	TRY(page_form(p, &(struct form){ .record = &import_upload_record, .action = URL("/schools/imports/new"),
					 .submit = "Upload and compare", .cancel = URL("/schools/imports"),
					 .multipart = true, .file_label = "School register (CSV file)",
					 .file_accept = ".csv,text/csv", .only = fields }));
	page_end(p);
	return NULL;
}

struct err *import_links_page(struct page *p)
{
	struct import_run run;

	TRY(page_run(p, &run));
	page_begin(p, &(struct page_head){ .title = "Add the links between schools",
					   .caption = arena_printf(p->arena, "Import %s", run.reference),
					   .back = link_import(p->arena, run.reference) });
	page_error_summary(p, NULL);
	ui_paragraph(p->html, "The links file says which school came before or after which. With it a school keeps "
		     "its training history when it converts, merges or splits. Download “Establishment links CSV” "
		     "from Get Information About Schools.");
	TRY(page_form(p, &(struct form){ .action = link_step(p->arena, run.reference, "links"),
					 .submit = "Upload and compare again", .version = run.version,
					 .cancel = link_import(p->arena, run.reference), .multipart = true,
					 .file_label = "Links between schools (CSV file)",
					 .file_accept = ".csv,text/csv" }));
	page_end(p);
	return NULL;
}

/* ---- one run ---- */

static void draw_reading(struct page *p, const struct import_run *run)
{
	struct html *h = p->html;

	/* Asks again by itself, without a script; the job notes how far it is twice a second. */
	response_header(p->arena, p->response, "Refresh", "2");
	LIT(h, "<p class=\"govuk-body\" role=\"status\">Reading the file: ");
	html_int(h, run->bytes_all == 0 ? 0 : run->bytes_done * 100 / run->bytes_all);
	LIT(h, "% of ");
	html_text(h, text_thousands(p->arena, (run->bytes_all + 999) / 1000));
	LIT(h, " kB. This page reloads by itself. ");
	ui_anchor(h, link_import(p->arena, run->reference), "Reload now");
	LIT(h, "</p>");
}

static void draw_counts(struct page *p, const struct import_run *run)
{
	const struct {
		int kind;
		const char *key;
		int64_t n;
	} counts[] = {
		{ CHANGE_NEW, "New schools", run->new_rows },
		{ CHANGE_CHANGED, "Changed schools", run->changed_rows },
		{ CHANGE_CLOSED, "Closed schools", run->closed_rows },
		{ CHANGE_VANISHED, "No longer in the register", run->vanished_rows },
		{ 0, "Unchanged schools", run->unchanged_rows },
	};
	struct ui_summary_row rows[sizeof(counts) / sizeof(counts[0]) + 1] = { { 0 } };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		rows[n].key = counts[i].key;
		rows[n].value = text_thousands(p->arena, counts[i].n);
		if (counts[i].kind != 0 && counts[i].n > 0 && run->state != IMPORT_DISCARDED) {
			rows[n].value_href = link_import_changes(p->arena, run->reference, counts[i].kind);
		}
		n++;
	}
	rows[n].key = "Changed links between schools";
	rows[n].value = text_empty(run->links_name) ? "No links file was given" :
						      text_thousands(p->arena, run->link_changes);
	if (run->link_changes > 0 && run->state != IMPORT_DISCARDED) {
		rows[n].value_href = link_import_changes(p->arena, run->reference, CHANGE_LINK_NEW);
	}
	n++;
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

/* Texts of several lines, one a line, as a list. */
static void draw_lines(struct page *p, const char *heading, const char *lines)
{
	struct html *h = p->html;

	if (text_empty(lines)) {
		return;
	}
	ui_subheading(h, 2, heading);
	LIT(h, "<ul class=\"govuk-list govuk-list--bullet\">");
	while (*lines != '\0') {
		size_t n = 0;

		while (lines[n] != '\0' && lines[n] != '\n') {
			n++;
		}
		if (n > 0) {
			LIT(h, "<li>");
			html_textn(h, lines, n);
			LIT(h, "</li>");
		}
		lines += lines[n] == '\n' ? n + 1 : n;
	}
	LIT(h, "</ul>");
}

static struct err *draw_problems(struct page *p, const struct import_run *run)
{
	static const struct ui_cell head[] = { { .text = "File" }, { .text = "Line", .format = "numeric" },
					       { .text = "Column" }, { .text = "Problem" } };
	struct ui_table table = { .caption_classes = "govuk-table__caption--m", .head = head, .n_head = 4,
				  .scrolls = true };
	struct import_problem *problems;
	size_t n;

	TRY(sql_import_problems_of(p->arena, p->db, &(struct id_arg){ run->id }, &problems, &n));
	ui_warning_text(p->html, &(struct ui_warning_text){
		.text = "Nothing was imported. Mend the file, or download it again, and upload it again." });
	if (!text_empty(run->fault)) {
		ui_inset_text(p->html, &(struct ui_inset_text){ .text = run->fault });
	}
	if (n == 0) {
		return NULL;
	}
	table.caption = run->refused_rows > (int64_t)n ?
				arena_printf(p->arena, "The first %zu of %s problems", n,
					     text_thousands(p->arena, run->refused_rows)) :
				"What is wrong with the file";
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = problems[i].file[0] == 'r' ? "Register" : "Links" });
		ui_cell(p->html, &(struct ui_cell){ .format = "numeric",
						    .text = text_thousands(p->arena, problems[i].line) });
		ui_cell(p->html, &(struct ui_cell){ .text = problems[i].heading });
		ui_cell(p->html, &(struct ui_cell){ .text = problems[i].sentence });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	return NULL;
}

static void draw_steps(struct page *p, const struct import_run *run)
{
	struct html *h = p->html;
	bool ready = run->state == IMPORT_READY;

	if (!ready && run->state != IMPORT_READING) {
		return;
	}
	LIT(h, "<div class=\"govuk-button-group\">");
	if (ready) {
		ui_button(h, &(struct ui_button){ .text = "Apply", .href = link_step(p->arena, run->reference, "apply") });
		ui_button(h, &(struct ui_button){
			.text = text_empty(run->links_name) ? "Add the links file" : "Change the links file",
			.classes = "govuk-button--secondary", .href = link_step(p->arena, run->reference, "links") });
	}
	ui_button(h, &(struct ui_button){ .text = "Discard", .classes = "govuk-button--secondary",
					  .href = link_step(p->arena, run->reference, "discard") });
	LIT(h, "</div>");
}

static void draw_facts(struct page *p, const struct import_run *run)
{
	const struct ui_summary_row rows[] = {
		{ .key = "State", .value = words_label(&import_state_words, run->state) },
		{ .key = "Date of the register", .value = date_long(p->arena, run->register_on) },
		{ .key = "Schools taken",
		  .value = text_empty(run->la_code) ? "Of all authorities" :
						      arena_printf(p->arena, "Of authority %s", run->la_code) },
		{ .key = "Uploaded", .value = arena_printf(p->arena, "%s by %s", instant_long(p->arena, run->created_at),
							   run->created_by) },
		{ .key = "Register file", .value = run->file_name },
		{ .key = "Links file", .value = text_empty(run->links_name) ? "None" : run->links_name },
		{ .key = "Rows in the file", .value = text_thousands(p->arena, run->rows_read) },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = sizeof(rows) / sizeof(rows[0]) });
}

struct err *import_page(struct page *p)
{
	struct import_run run;

	TRY(page_run(p, &run));
	page_begin(p, &(struct page_head){ .title = arena_printf(p->arena, "Import %s", run.reference),
					   .caption = "School register", .back = URL("/schools/imports") });
	if (run.state == IMPORT_READING) {
		draw_reading(p, &run);
	}
	if (run.state == IMPORT_REFUSED) {
		TRY(draw_problems(p, &run));
	}
	draw_facts(p, &run);
	if (run.state != IMPORT_READING && run.state != IMPORT_REFUSED) {
		ui_subheading(p->html, 2, run.state == IMPORT_APPLIED ? "What it changed" : "What it would change");
		draw_counts(p, &run);
	}
	draw_steps(p, &run);
	draw_lines(p, "Columns that the file does not carry", run.missing_columns);
	draw_lines(p, "Remarks", run.notes);
	page_end(p);
	return NULL;
}

/* ---- confirmation ---- */

struct err *import_apply_page(struct page *p)
{
	struct import_run run;

	TRY(page_run(p, &run));
	page_begin(p, &(struct page_head){ .title = "Apply this import",
					   .caption = arena_printf(p->arena, "Import %s", run.reference),
					   .back = link_import(p->arena, run.reference) });
	if (run.state != IMPORT_READY) {
		ui_paragraph(p->html, "This import is not waiting to be applied.");
	} else {
		ui_paragraph(p->html, "This changes the schools as shown below. Schools are never deleted.");
		draw_counts(p, &run);
		page_button_form(p, link_step(p->arena, run.reference, "apply"), "Apply to the register", run.version,
				 false);
	}
	page_end(p);
	return NULL;
}

struct err *import_discard_page(struct page *p)
{
	struct import_run run;

	TRY(page_run(p, &run));
	page_begin(p, &(struct page_head){ .title = "Discard this import",
					   .caption = arena_printf(p->arena, "Import %s", run.reference),
					   .back = link_import(p->arena, run.reference) });
	if (run.state != IMPORT_READY && run.state != IMPORT_READING) {
		ui_paragraph(p->html, "This import is over already.");
	} else {
		ui_paragraph(p->html, "The uploaded file is removed and the register stays as it is.");
		page_button_form(p, link_step(p->arena, run.reference, "discard"), "Discard the import", run.version,
				 true);
	}
	page_end(p);
	return NULL;
}
