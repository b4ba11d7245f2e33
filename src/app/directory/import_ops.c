/*
 * The import as operations: upload -> (job reads and compares) -> ready -> apply or discard.
 * What is applied is what was previewed: the rows kept in import_change, all in one transaction, and
 * only if no other import has been applied since they were compared.
 */
#include <string.h>

#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/data.h"
#include "core/house.h"
#include "db/args.h"
#include "work/search.h"
#include "work/work.h"

#define APPLY_STEP 500
enum { FILE_NAME_MAX = 100 };

struct url link_import(struct arena *a, const char *reference)
{
	return url_path(a, "/schools/imports/run/{}", reference);
}

struct err *import_find(struct arena *a, struct db *db, int64_t authority_id, const char *reference,
			struct import_run *out)
{
	bool found;

	TRY(sql_import_run_find(a, db, &(struct reference_arg){ authority_id, reference }, out, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no import with this reference.");
	}
	return NULL;
}

static struct err *run_of(struct op *op, struct import_run *out)
{
	return import_find(op->arena, op->db, op->who->authority_id, op_path(op, "run"), out);
}

static struct err *audit_run(struct op *op, const struct import_run *before, const struct import_run *after)
{
	return op_audit(op, "school-import", after->reference, &import_run_record, before, after);
}

/* ---- upload-school-register ---- */

static bool three_digits(const char *s)
{
	return strlen(s) == 3 && strspn(s, "0123456789") == 3;
}

static void check_file(struct op *op, const char *what)
{
	if (op->upload == NULL || op->upload->fd < 0) {
		problem_add(op->arena, op->problems, "file", "Select the %s", what);
	} else if (op->upload->size == 0) {
		problem_add(op->arena, op->problems, "file", "The selected file is empty");
	}
}

static struct err *guard_upload(struct op *op, const void *input)
{
	const struct import_upload *in = input;

	check_file(op, "register file");
	if (date_is_set(in->register_on) && date_compare(in->register_on, op->today) > 0) {
		problem_add(op->arena, op->problems, "register_on",
			    "Date of the register must be today or in the past");
	}
	if (!text_empty(in->la_code) && !three_digits(in->la_code)) {
		problem_add(op->arena, op->problems, "la_code",
			    "The local authority code must be 3 digits, like 936");
	}
	return NULL;
}

static struct err *queue_reading(struct op *op, const char *reference)
{
	return job_queue(op->arena, op->db, op->who->authority_id, read_school_register.name, reference, op->now,
			 data_host(op->arena, op->settings)); /* where the files were kept */
}

/* As the browser said it, for people to see: its last part, readable, not too long. */
static const char *name_of_file(const struct op *op, const char *otherwise)
{
	const char *said = text_empty(op->upload->filename) ? "" : op->upload->filename;
	const char *name = said;

	for (const char *c = said; *c != '\0'; c++) {
		name = *c == '/' || *c == '\\' ? c + 1 : name;
	}
	name = text_normalise(op->arena, name, strlen(name));
	return text_empty(name) || text_length(name) > FILE_NAME_MAX ? otherwise : name;
}

static struct err *apply_upload(struct op *op, const void *input)
{
	const struct import_upload *in = input;
	struct import_run run = { .authority_id = op->who->authority_id, .state = IMPORT_READING };
	struct authority authority;
	struct id_row made;

	TRY(authority_find(op->arena, op->db, op->who->authority_id, &authority));
	run.reference = world_reference(op->world, op->arena, 8);
	run.register_on = date_is_set(in->register_on) ? in->register_on : op->today;
	run.la_code = in->all_authorities ? "" : text_empty(in->la_code) ? authority.code : in->la_code;
	run.created_at = op->now;
	run.created_by = op->who->name;
	run.file_name = name_of_file(op, "register.csv");
	run.bytes_all = op->upload->size;
	TRY(sql_import_run_add(op->arena, op->db, &run, &made));
	TRY(import_file_keep(op->arena, op->settings, run.reference, false, op->upload));
	if (!in->links_follow) {
		TRY(queue_reading(op, run.reference));
	}
	op->location = link_import(op->arena, run.reference);
	op->flash = "Register uploaded";
	op->reference = run.reference;
	return audit_run(op, NULL, &run);
}

const struct operation upload_school_register = {
	.name = "upload-school-register",
	.label = "Upload the school register",
	.permission = PERM_school_manage,
	.input = &import_upload_record,
	.guard = guard_upload,
	.apply = apply_upload,
	.max_upload = REGISTER_MOST,
};

/* ---- add-school-links ---- */

static struct err *forget_preview(struct op *op, const struct import_run *run)
{
	TRY(sql_import_changes_drop(op->db, &(struct id_arg){ run->id }, NULL));
	return sql_import_problems_drop(op->db, &(struct id_arg){ run->id }, NULL);
}

static struct err *guard_links(struct op *op, const void *input)
{
	struct import_run run;

	TRY(run_of(op, &run));
	if (run.state != IMPORT_READING && run.state != IMPORT_READY) {
		return ERR(ERR_CONFLICT, "This import is over. Start a new one with both files.");
	}
	check_file(op, "links file");
	return NULL;
}

static struct err *apply_links(struct op *op, const void *input)
{
	struct import_run before, run;

	TRY(run_of(op, &before));
	run = before;
	run.state = IMPORT_READING;
	run.bytes_done = 0;
	run.links_name = name_of_file(op, "links.csv");
	TRY(forget_preview(op, &run));
	TRY(import_file_keep(op->arena, op->settings, run.reference, true, op->upload));
	TRY(sql_import_run_set(op->db, &run, NULL));
	TRY(queue_reading(op, run.reference));
	op->location = link_import(op->arena, run.reference);
	op->flash = "Links file uploaded";
	op->reference = run.reference;
	return audit_run(op, &before, &run);
}

const struct operation add_school_links = {
	.name = "add-school-links",
	.label = "Add the links between schools",
	.permission = PERM_school_manage,
	.guard = guard_links,
	.apply = apply_links,
	.max_upload = REGISTER_MOST,
};

/* ---- note-import-progress: of the job; changes nothing that anybody decides by ---- */

static struct err *apply_progress(struct op *op, const void *input)
{
	struct import_run run;

	TRY(run_of(op, &run));
	run.bytes_done = ((const struct import_progress *)input)->bytes_done;
	return sql_import_run_note(op->db, &run, NULL);
}

const struct operation note_import_progress = {
	.name = "note-import-progress",
	.label = "Note how far an import has come",
	.permission = PERM_house,
	.input = &import_progress_record,
	.apply = apply_progress,
	.flags = OP_NO_AUDIT,
};

/* ---- finish-school-preview: of the job ---- */

struct keeping {
	struct op *op;
	int64_t run_id;
};

static struct err *keep_change(void *context, struct import_change *c)
{
	const struct keeping *k = context;

	c->run_id = k->run_id;
	return sql_import_change_add(k->op->db, c, NULL);
}

static struct err *keep_problem(void *context, struct import_problem *p)
{
	const struct keeping *k = context;

	p->run_id = k->run_id;
	return sql_import_problem_add(k->op->db, p, NULL);
}

static void take_result(struct import_run *run, const struct import_result *r)
{
	run->bytes_all = run->bytes_done = r->bytes_all;
	run->rows_read = r->rows_read;
	run->new_rows = r->new_rows;
	run->changed_rows = r->changed_rows;
	run->closed_rows = r->closed_rows;
	run->unchanged_rows = r->unchanged_rows;
	run->vanished_rows = r->vanished_rows;
	run->refused_rows = r->refused_rows;
	run->link_rows = r->link_rows;
	run->link_changes = r->link_changes;
	run->based_on = r->based_on;
	run->missing_columns = r->missing_columns;
	run->notes = r->notes;
	run->fault = r->fault;
}

static struct err *apply_finish(struct op *op, const void *input)
{
	const struct import_result *result = input;
	struct import_run before, run;
	struct keeping keeping = { .op = op };

	TRY(run_of(op, &before));
	if (before.state != IMPORT_READING || before.version != result->run_version) {
		return ERR(ERR_CONFLICT, "The import has moved on since this file was read.");
	}
	run = before;
	take_result(&run, result);
	run.state = text_empty(run.fault) && run.refused_rows == 0 ? IMPORT_READY : IMPORT_REFUSED;
	TRY(forget_preview(op, &run));
	keeping.run_id = run.id;
	if (op->upload != NULL) {
		struct preview_reader reader = { keep_change, keep_problem, &keeping };

		TRY(preview_read(op->arena, op->upload->fd, op->upload->size, &reader));
	}
	TRY(sql_import_run_set(op->db, &run, NULL));
	if (run.state == IMPORT_REFUSED) {
		import_files_drop(op->arena, op->settings, run.reference);
	}
	return audit_run(op, &before, &run);
}

const struct operation finish_school_preview = {
	.name = "finish-school-preview",
	.label = "Say what an import would change",
	.permission = PERM_house,
	.input = &import_result_record,
	.apply = apply_finish,
	.max_upload = (size_t)1 << 30,
};

/* ---- apply-school-import ---- */

static struct err *school_searchable(struct op *op, const struct school *s)
{
	const char *const texts[] = { s->name, s->town != NULL ? s->town : "",
				      s->postcode != NULL ? s->postcode : "", arena_printf(op->arena, "%lld", (long long)s->urn), NULL };

	return search_put(op->arena, op->db, s->authority_id, SEARCH_SCHOOL, &(struct search_thing){ .id = s->urn, .texts = texts }, 1);
}

static struct err *put_change(struct op *op, const struct import_change *c)
{
	struct school school;
	struct school_link link;

	switch (c->kind) {
	case CHANGE_NEW:
	case CHANGE_CHANGED:
	case CHANGE_CLOSED:
	case CHANGE_VANISHED:
		TRY(school_unpack(op->arena, c->packed, &school));
		TRY(sql_school_put(op->db, &school, NULL));
		return school_searchable(op, &school);
	case CHANGE_LINK_NEW:
	case CHANGE_LINK_CHANGED:
		TRY(link_unpack(op->arena, c->packed, &link));
		return sql_link_put(op->db, &link, NULL);
	case CHANGE_LINK_REMOVED:
		TRY(link_unpack(op->arena, c->packed, &link));
		return sql_link_drop(op->db, &link, NULL);
	default:
		return ERR_DETAIL(ERR_BUG, "import change of kind %d", c->kind);
	}
}

static struct err *put_kind(struct op *op, int64_t run_id, int kind)
{
	struct import_change_arg arg = { .run_id = run_id, .kind = kind, .row_limit = APPLY_STEP };
	struct import_change *changes;
	size_t n;

	do {
		struct arena_mark mark = arena_mark(op->arena);

		TRY(sql_import_changes_of(op->arena, op->db, &arg, &changes, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(put_change(op, &changes[i]));
			arg.after_urn = changes[i].urn;
			arg.after_id = changes[i].id;
		}
		arena_rewind(op->arena, mark);
	} while (n == APPLY_STEP);
	return NULL;
}

static struct err *guard_apply(struct op *op, const void *input)
{
	struct import_run run;
	struct count_row last;

	TRY(run_of(op, &run));
	TRY(op_expect_version(op, run.version));
	if (run.state != IMPORT_READY) {
		return ERR(ERR_CONFLICT, "This import cannot be applied: its state is “%s”.",
			   words_label(&import_state_words, run.state));
	}
	TRY(sql_import_last_applied(op->arena, op->db, &(struct authority_arg){ run.authority_id }, &last));
	if (last.n != run.based_on) {
		return ERR(ERR_CONFLICT, "Another import has been applied since this one was compared with the "
			   "register. Discard this one and upload the file again.");
	}
	return NULL;
}

static struct err *apply_import(struct op *op, const void *input)
{
	struct import_run before, run;

	TRY(run_of(op, &before));
	for (const struct word *w = change_kind_words.items; w->word != NULL; w++) {
		TRY(put_kind(op, before.id, w->code));
	}
	run = before;
	run.state = IMPORT_APPLIED;
	run.applied_number = run.based_on + 1;
	run.applied_at = op->now;
	TRY(sql_import_run_set(op->db, &run, NULL));
	import_files_drop(op->arena, op->settings, run.reference);
	op->location = link_import(op->arena, run.reference);
	op->flash = "Register applied";
	op->reference = run.reference;
	return audit_run(op, &before, &run);
}

const struct operation apply_school_import = {
	.name = "apply-school-import",
	.label = "Apply an import of the school register",
	.permission = PERM_school_manage,
	.guard = guard_apply,
	.apply = apply_import,
};

/* ---- discard-school-import ---- */

static struct err *guard_discard(struct op *op, const void *input)
{
	struct import_run run;

	TRY(run_of(op, &run));
	TRY(op_expect_version(op, run.version));
	if (run.state != IMPORT_READING && run.state != IMPORT_READY) {
		return ERR(ERR_CONFLICT, "This import is over already: its state is “%s”.",
			   words_label(&import_state_words, run.state));
	}
	return NULL;
}

static struct err *apply_discard(struct op *op, const void *input)
{
	struct import_run before, run;

	TRY(run_of(op, &before));
	run = before;
	run.state = IMPORT_DISCARDED;
	TRY(forget_preview(op, &run));
	TRY(sql_import_run_set(op->db, &run, NULL));
	import_files_drop(op->arena, op->settings, run.reference);
	op->location = link_import(op->arena, run.reference);
	op->flash = "Import discarded";
	op->reference = run.reference;
	return audit_run(op, &before, &run);
}

const struct operation discard_school_import = {
	.name = "discard-school-import",
	.label = "Discard an import of the school register",
	.permission = PERM_school_manage,
	.guard = guard_discard,
	.apply = apply_discard,
};
