/*
 * Job read-school-register: reads a run's files, compares them with the store, and hands what would
 * change to the keeper in one piece (operation finish-school-preview). Reads only.
 */
#include <stdlib.h>
#include <string.h>

#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "app/directory/school.sql.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "db/args.h"

#define NOTE_EVERY_MS 500
#define SCRATCH_CAP ((size_t)64 * 1024 * 1024)

struct work {
	struct job_call *call;
	struct import_run run;
	struct register_file file;
	struct links_file links;
	bool *known;             /* of the file's schools: the store has it */
	int64_t *urns;           /* of store and file */
	size_t n_urns, cap_urns;
	struct preview_writer preview;
	struct import_result result;
	struct arena *item;      /* emptied after each */
	struct instant told;
};

/* ---- asking the keeper ---- */

static struct err *ask_keeper(struct work *w, struct arena *a, const char *operation, const struct pairs *raw,
			      const struct upload *upload)
{
	struct ask ask = { .operation = operation, .source = RECORD_FILE, .actor = "job:read-school-register",
			   .authority_id = w->call->authority_id, .raw = *raw, .upload = upload };
	struct outcome outcome;

	pairs_add(a, &ask.path, "run", w->run.reference);
	TRY(door_ask(a, w->call->door, &ask, &outcome));
	if (outcome.err == NULL && outcome.problems.n > 0) {
		return ERR_DETAIL(ERR_BUG, "%s: %s: %s", operation,
				  outcome.problems.v[0].field == NULL ? "" : outcome.problems.v[0].field,
				  outcome.problems.v[0].sentence);
	}
	return outcome.err;
}

/* At most twice a second; people watch it, nothing hangs on it. */
static bool tell_progress(void *context, size_t done, size_t all)
{
	struct work *w = context;
	struct instant now = world_now(w->call->world);
	struct pairs raw = { 0 };
	struct err *e;

	if (now.ms - w->told.ms < NOTE_EVERY_MS) {
		return true;
	}
	w->told = now;
	pairs_add(w->item, &raw, "bytes_done", arena_printf(w->item, "%zu", done));
	e = ask_keeper(w, w->item, "note-import-progress", &raw, NULL);
	if (e != NULL) {
		log_err(LOG_WARN, "note-import-progress", e);
	}
	arena_reset(w->item);
	return true;
}

/* ---- schools ---- */

static void keep_urn(struct work *w, int64_t urn)
{
	if (w->n_urns == w->cap_urns) {
		size_t cap = w->cap_urns == 0 ? 4096 : 2 * w->cap_urns;
		int64_t *more = ARENA_NEW(w->call->arena, int64_t, cap);

		if (w->n_urns > 0) {
			memcpy(more, w->urns, w->n_urns * sizeof(*more));
		}
		w->urns = more;
		w->cap_urns = cap;
	}
	w->urns[w->n_urns++] = urn;
}

static struct err *note_school(struct work *w, enum change_kind kind, const struct school *before,
			       const struct school *after)
{
	struct import_change c = { .kind = (int)kind, .urn = after->urn, .name = after->name };
	int64_t *counts[] = { [CHANGE_NEW] = &w->result.new_rows,
			      [CHANGE_CHANGED] = &w->result.changed_rows,
			      [CHANGE_CLOSED] = &w->result.closed_rows,
			      [CHANGE_VANISHED] = &w->result.vanished_rows };

	(*counts[kind])++;
	c.changes = before == NULL ? NULL : school_changes(w->item, before, after);
	c.packed = school_pack(w->item, after);
	TRY(preview_change(&w->preview, &c));
	arena_reset(w->item);
	return NULL;
}

static int by_urn(const void *key, const void *row)
{
	int64_t urn = *(const int64_t *)key;
	const struct school *s = row;

	return (urn > s->urn) - (urn < s->urn);
}

/* A school of the store: still in the file, changed, or vanished from it. */
static struct err *compare_known(void *context, const void *row)
{
	struct work *w = context;
	const struct school *before = row;
	const struct school *in_file = NULL;
	struct school after;
	enum change_kind kind;

	keep_urn(w, before->urn);
	if (w->file.n > 0) {
		in_file = bsearch(&before->urn, w->file.schools, w->file.n, sizeof(*in_file), by_urn);
	}
	if (in_file != NULL) {
		w->known[in_file - w->file.schools] = true;
		kind = school_compare(before, in_file, w->file.carried, &after);
		if (kind != CHANGE_NONE) {
			return note_school(w, kind, before, &after);
		}
		w->result.unchanged_rows++;
		return NULL;
	}
	if (!text_empty(w->run.la_code) && !text_same(before->la_code, w->run.la_code)) {
		return NULL; /* not of the authority whose register this is */
	}
	if (date_is_set(before->vanished_on)) {
		return NULL;
	}
	after = *before;
	after.vanished_on = w->run.register_on;
	return note_school(w, CHANGE_VANISHED, before, &after);
}

static struct err *compare_schools(struct work *w)
{
	struct import_scope scope = { .authority_id = w->call->authority_id };

	w->known = ARENA_NEW(w->call->arena, bool, w->file.n + 1);
	TRY(db_each(w->call->arena, w->call->db, &SQL_import_known_schools, &scope, compare_known, w));
	for (size_t i = 0; i < w->file.n; i++) {
		struct school after;

		if (!w->known[i]) {
			keep_urn(w, w->file.schools[i].urn);
			school_compare(NULL, &w->file.schools[i], w->file.carried, &after);
			after.authority_id = w->call->authority_id;
			TRY(note_school(w, CHANGE_NEW, NULL, &after));
		}
	}
	return NULL;
}

/* ---- links ---- */

static struct err *note_link(void *context, enum change_kind kind, const struct school_link *l)
{
	struct work *w = context;
	struct import_change c = { .kind = (int)kind, .urn = l->urn };

	w->result.link_changes++;
	c.name = arena_printf(w->item, "%s: %s (%lld)", words_label(&link_kind_words, l->kind), l->link_name,
			      (long long)l->link_urn);
	c.packed = link_pack(w->item, l);
	TRY(preview_change(&w->preview, &c));
	arena_reset(w->item);
	return NULL;
}

static struct err *compare_links(struct work *w)
{
	struct school_link *before;
	size_t n;

	if (text_empty(w->run.links_name)) {
		return NULL;
	}
	links_keep(w->call->arena, &w->links, w->urns, w->n_urns);
	w->result.link_rows = (int64_t)w->links.n;
	TRY(sql_links_every(w->call->arena, w->call->db, &before, &n));
	return links_compare(before, n, w->links.links, w->links.n, note_link, w);
}

/* ---- reading ---- */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* A fault of the file goes into the result; other errors are returned. */
static struct err *take_fault(struct work *w, struct err *e)
{
	if (e == NULL || (e->kind != ERR_INVALID && e->kind != ERR_NOT_FOUND && e->kind != ERR_LIMIT)) {
		return e;
	}
	if (text_empty(w->result.fault)) {
		w->result.fault = arena_strdup(w->call->arena, e->sentence);
	}
	return NULL;
}

static struct err *read_register(struct work *w)
{
	struct import_scope scope = { w->call->authority_id, w->run.la_code };
	struct register_options options = { .la_code = w->run.la_code, .on = w->run.register_on,
					    .progress = tell_progress, .context = w };
	struct urn_row *rows;
	struct bytes bytes;
	int64_t *known;

	if (!text_empty(w->run.la_code)) {
		TRY(sql_import_known_urns(w->call->arena, w->call->db, &scope, &rows, &options.n_known));
		known = ARENA_NEW(w->call->arena, int64_t, options.n_known + 1);
		for (size_t i = 0; i < options.n_known; i++) {
			known[i] = rows[i].urn;
		}
		qsort(known, options.n_known, sizeof(*known), by_number);
		options.known = known;
	}
	TRY(take_fault(w, import_file_map(w->call->arena, w->call->settings, w->run.reference, false, &bytes)));
	if (!text_empty(w->result.fault)) {
		return NULL;
	}
	w->result.bytes_all = (int64_t)bytes.n;
	TRY(take_fault(w, register_read(w->call->arena, bytes, &options, &w->file)));
	if (text_empty(w->result.fault) && w->file.problems.all == 0 && w->file.n == 0) {
		w->result.fault = arena_printf(w->call->arena, "The file has no school of authority %s among its "
					       "%lld rows. Check the local authority code, or download the register "
					       "of the right authority.", w->run.la_code, (long long)w->file.rows);
	}
	return NULL;
}

static struct err *read_links(struct work *w)
{
	struct bytes bytes;

	if (text_empty(w->run.links_name)) {
		return NULL;
	}
	TRY(take_fault(w, import_file_map(w->call->arena, w->call->settings, w->run.reference, true, &bytes)));
	if (!text_empty(w->result.fault)) {
		return NULL;
	}
	return take_fault(w, links_read(w->call->arena, bytes, &w->links));
}

static struct err *list_problems(struct work *w)
{
	const struct register_problems *both[] = { &w->file.problems, &w->links.problems };
	struct import_problem p = { 0 };

	for (size_t b = 0; b < 2; b++) {
		for (size_t i = 0; i < both[b]->n && p.number < REGISTER_PROBLEMS_MOST; i++) {
			p.number++;
			p.file = b == 0 ? "register" : "links";
			p.line = both[b]->v[i].line;
			p.heading = both[b]->v[i].column;
			p.sentence = both[b]->v[i].sentence;
			TRY(preview_problem(&w->preview, &p));
		}
		w->result.refused_rows += both[b]->all;
	}
	return NULL;
}

/* ---- the job ---- */

static struct err *hand_over(struct work *w)
{
	struct arena *a = w->call->arena;
	struct upload upload = { .name = "file", .filename = "preview" };
	struct pairs raw = { 0 };
	struct err *e;

	TRY(preview_end(&w->preview));
	upload.fd = w->preview.fd;
	upload.size = w->preview.size;
	w->result.rows_read = w->file.rows;
	w->result.missing_columns = arena_printf(a, "%s%s", w->file.missing, w->links.missing);
	w->result.notes = arena_printf(a, "%s%s", w->file.notes, w->links.notes);
	record_to_pairs(a, &import_result_record, &w->result, &raw);
	e = ask_keeper(w, a, "finish-school-preview", &raw, &upload);
	if (e != NULL && (e->kind == ERR_CONFLICT || e->kind == ERR_NOT_FOUND)) {
		return NULL; /* discarded, or given links meanwhile: another job reads it again */
	}
	return e;
}

static struct err *read_and_compare(struct work *w)
{
	TRY(read_register(w));
	TRY(read_links(w));
	TRY(list_problems(w));
	if (text_empty(w->result.fault) && w->result.refused_rows == 0) {
		TRY(compare_schools(w));
		TRY(compare_links(w));
	}
	return hand_over(w);
}

static void drop_arena(void *holder)
{
	arena_free((struct arena **)holder);
}

static struct err *run_job(struct job_call *call)
{
	struct work *w = ARENA_NEW(call->arena, struct work, 1);
	struct count_row last;

	w->call = call;
	w->file.missing = w->file.notes = w->links.missing = w->links.notes = "";
	TRY(import_find(call->arena, call->db, call->authority_id, call->subject, &w->run));
	if (w->run.state != IMPORT_READING) {
		return NULL; /* discarded meanwhile */
	}
	w->item = arena_new(SCRATCH_CAP);
	arena_defer(call->arena, drop_arena, &w->item);
	/* Before the schools are read: what is applied later must not count as seen. */
	TRY(sql_import_last_applied(call->arena, call->db, &(struct authority_arg){ call->authority_id }, &last));
	w->result.based_on = last.n;
	w->result.run_version = w->run.version;
	w->result.missing_columns = w->result.notes = w->result.fault = "";
	TRY(preview_open(call->arena, &w->preview));
	return read_and_compare(w);
}

const struct job read_school_register = { .name = "read-school-register", .run = run_job };
