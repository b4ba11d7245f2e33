/* Inside feature directory: records of the import, its steps, and what the tables name. */
#ifndef APP_DIRECTORY_DIRECTORY_H
#define APP_DIRECTORY_DIRECTORY_H

#include "app/directory/register.h"
#include "app/directory/school.h"
#include "core/core.h"

enum import_state {
	IMPORT_READING = 1, /* the file is kept, the job has not finished */
	IMPORT_READY,       /* compared: people may look, apply or discard */
	IMPORT_APPLIED,
	IMPORT_DISCARDED,
	IMPORT_REFUSED      /* the file is wrong: problems say where */
};
extern const struct words import_state_words, change_kind_words;

/* Larger than any register yet (national, all columns: about 60 MB). */
#define REGISTER_MOST ((size_t)160 * 1000 * 1000)

struct import_run {
	int64_t id, authority_id;
	const char *reference;
	int state;
	struct date register_on;
	const char *la_code;
	struct instant created_at;
	const char *created_by, *file_name, *links_name;
	int64_t bytes_all, bytes_done, rows_read;
	int64_t new_rows, changed_rows, closed_rows, unchanged_rows, vanished_rows, refused_rows;
	int64_t link_rows, link_changes;
	const char *missing_columns, *notes, *fault;
	int64_t based_on, applied_number;
	struct instant applied_at;
	int64_t version;
};
RECORD_DECLARE(import_run);

struct import_upload { /* form of upload-school-register */
	struct date register_on;
	bool all_authorities;
	const char *la_code; /* "": the authority's own */
	bool links_follow;   /* the links file comes next: do not read yet */
};
RECORD_DECLARE(import_upload);

struct import_progress { /* of note-import-progress */
	int64_t bytes_done;
};
RECORD_DECLARE(import_progress);

struct import_result { /* of finish-school-preview */
	int64_t bytes_all, rows_read, new_rows, changed_rows, closed_rows, unchanged_rows, vanished_rows;
	int64_t refused_rows, link_rows, link_changes, based_on;
	int64_t run_version; /* of the run that was read: it may have been given links since */
	const char *missing_columns, *notes, *fault;
};
RECORD_DECLARE(import_result);

struct import_change {
	int64_t id, run_id;
	int kind;
	int64_t urn;
	const char *name, *changes;
	struct bytes packed;
};
RECORD_DECLARE(import_change);

struct import_problem {
	int64_t run_id, number;
	const char *file;
	int64_t line;
	const char *heading, *sentence;
};
RECORD_DECLARE(import_problem);

struct import_scope { /* which schools of the store a run looks at */
	int64_t authority_id;
	const char *la_code;
};
RECORD_DECLARE(import_scope);

struct import_change_arg { /* one kind of a run's changes, page by page */
	int64_t run_id;
	int kind;
	int64_t after_urn, after_id, row_limit;
};
RECORD_DECLARE(import_change_arg);

struct urn_row {
	int64_t urn;
};
RECORD_DECLARE(urn_row);

struct school_arg {
	int64_t authority_id, urn;
};
RECORD_DECLARE(school_arg);

struct family_arg {
	int64_t authority_id, urn;
};
RECORD_DECLARE(family_arg);

struct school_filter { /* of the list of schools */
	int64_t authority_id, own_user_id, own_urn;
	const char *find, *match;
	int phase, status;
	const char *district, *la_code;
	const char *after_key;
	int64_t after_id, row_limit;
};
RECORD_DECLARE(school_filter);

struct school_row { /* of the list of schools */
	int64_t id; /* URN */
	const char *name, *name_fold, *type;
	int phase;
	const char *district;
	int status;
	const char *town, *postcode;
};
RECORD_DECLARE(school_row);

struct import_filter {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
};
RECORD_DECLARE(import_filter);

/* ---- the run's files (import_files.c): DATA/imports/REF.csv and REF.links.csv, mode 0600 ---- */

/* Copies an upload there; ERR_IO with a sentence when there is no room. */
struct err *import_file_keep(struct arena *a, const struct settings *settings, const char *reference, bool links,
			     const struct upload *upload) MUST_CHECK;
/* The file's bytes, mapped until the arena ends. ERR_NOT_FOUND: it is not there any more. */
struct err *import_file_map(struct arena *a, const struct settings *settings, const char *reference, bool links,
			    struct bytes *out) MUST_CHECK;
/* Removes both; it is no fault when they are not there. */
void import_files_drop(struct arena *a, const struct settings *settings, const char *reference);

/* ---- packing (import_pack.c): rows of a preview on their way to the keeper and in the store ---- */

struct bytes school_pack(struct arena *a, const struct school *s);
struct err *school_unpack(struct arena *a, struct bytes b, struct school *out) MUST_CHECK;
struct bytes link_pack(struct arena *a, const struct school_link *l);
struct err *link_unpack(struct arena *a, struct bytes b, struct school_link *out) MUST_CHECK;
/* {"Label":["before","after"]} of the fields that differ and have a label; NULL: none. */
const char *school_changes(struct arena *a, const struct school *before, const struct school *after);

struct preview_writer { /* a memory file of changes and problems */
	int fd;
	int64_t size;
	struct arena *scratch; /* emptied after each chunk */
	struct packer chunk;
	size_t items;
	bool open;
};
struct err *preview_open(struct arena *a, struct preview_writer *w) MUST_CHECK; /* closed with the arena */
struct err *preview_change(struct preview_writer *w, const struct import_change *c) MUST_CHECK;
struct err *preview_problem(struct preview_writer *w, const struct import_problem *p) MUST_CHECK;
struct err *preview_end(struct preview_writer *w) MUST_CHECK;
/* Reads it back; either function is called per item, strings live during the call. */
struct preview_reader {
	struct err *(*change)(void *context, struct import_change *c);
	struct err *(*problem)(void *context, struct import_problem *p);
	void *context;
};
struct err *preview_read(struct arena *a, int fd, int64_t size, const struct preview_reader *r) MUST_CHECK;

/* ---- declarations (import_ops.c, import_job.c, pages) ---- */

extern const struct operation upload_school_register, add_school_links, note_import_progress,
	finish_school_preview, apply_school_import, discard_school_import;
extern const struct job read_school_register;
extern const struct list list_schools, list_school_imports;
extern const struct feature directory_feature;

struct url link_import(struct arena *a, const char *reference);
struct url link_import_changes(struct arena *a, const char *reference, int kind);

page_fn school_page, import_new_page, import_links_page, import_page, import_changes_page, import_apply_page,
	import_discard_page;
struct err *imports_before(struct page *p, const void *args) MUST_CHECK;
relate_fn school_relate;

/* A run of the authority by its reference; ERR_NOT_FOUND. */
struct err *import_find(struct arena *a, struct db *db, int64_t authority_id, const char *reference,
			struct import_run *out) MUST_CHECK;

#endif
