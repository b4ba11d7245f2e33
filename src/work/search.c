#include "work/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/field.h"
#include "base/json.h"
#include "base/text.h"
#include "work/search.sql.h"

enum { WORDS_MAX = 100000, MATCH_WORDS = 12, /* a note of many pages; more words than anybody looks for */
       SUBJECTS_MAX = 4 << 20 };

static const struct word kinds[] = {
	{ SEARCH_SCHOOL, "school", "School", NULL },	{ SEARCH_LEARNER, "learner", "Person trained", NULL },
	{ SEARCH_COURSE, "course", "Course", NULL },	{ SEARCH_SESSION, "session", "Session", NULL },
	{ SEARCH_NOTE, "note", "Note", NULL },		{ SEARCH_AGENCY, "agency", "Agency", NULL },
	{ SEARCH_CONTACT, "contact", "Contact", NULL }, { 0 },
};
const struct words search_kind_words = { "search-kind", kinds };

struct search_entry {
	int64_t id, authority_id;
	int kind;
	int64_t subject_id;
	const char *words;
};
RECORD_DECLARE(search_entry);

static const struct field search_entry_fields[] = {
	FIELD(struct search_entry, id),
	FIELD(struct search_entry, authority_id),
	FIELD(struct search_entry, kind, .words = &search_kind_words),
	FIELD(struct search_entry, subject_id),
	FIELD(struct search_entry, words),
	FIELD_END,
};
RECORD(search_entry, search_entry_fields);

struct search_subjects {
	int kind;
	const char *subjects; /* JSON: ids of things */
};
RECORD_DECLARE(search_subjects);

static const struct field search_subjects_fields[] = {
	FIELD(struct search_subjects, kind, .words = &search_kind_words),
	FIELD(struct search_subjects, subjects),
	FIELD_END,
};
RECORD(search_subjects, search_subjects_fields);

static bool is_letter_or_digit(unsigned char c)
{
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* "O'Brien" and "O’Brien" are one word, and it is that of "OBrien". */
static size_t apostrophe(const char *s)
{
	static const char curly[] = "\xe2\x80\x99";

	return *s == '\'' ? 1 : strncmp(s, curly, sizeof curly - 1) == 0 ? sizeof curly - 1 : 0;
}

static void add_words(struct buf *b, const char *folded, int most)
{
	bool inside = false;

	for (const char *s = folded; *s != '\0';) {
		size_t skipped = apostrophe(s);
		if (skipped > 0) {
			s += skipped;
		} else if (is_letter_or_digit((unsigned char)*s)) {
			if (!inside && most-- == 0) {
				return;
			}
			if (!inside && b->n > 0) {
				buf_char(b, ' ');
			}
			buf_char(b, *s++);
			inside = true;
		} else {
			inside = false;
			s++;
		}
	}
}

const char *search_words(struct arena *a, const char *text)
{
	struct buf b;

	buf_init(&b, a, WORDS_MAX);
	if (!text_empty(text) && text_is_utf8(text, strlen(text))) {
		add_words(&b, text_fold(a, text), MATCH_WORDS);
	}
	return b.n > 0 ? b.p : "";
}

/* ---- entries ---- */

static int by_subject(const void *a, const void *b)
{
	const struct search_entry *x = a, *y = b;

	return (x->subject_id > y->subject_id) - (x->subject_id < y->subject_id);
}

/* Those there are of the subjects, in order. */
static struct err *find_old(struct arena *a, struct db *db, const struct search_entry *entries, size_t n,
			    struct search_entry **old_out, size_t *n_out)
{
	struct buf b;
	struct json j;

	*n_out = 0;
	if (n == 0) {
		return NULL;
	}
	buf_init(&b, a, SUBJECTS_MAX);
	json_begin(&j, &b, false);
	json_array_begin(&j);
	for (size_t i = 0; i < n; i++) {
		json_int(&j, entries[i].subject_id);
	}
	json_array_end(&j);
	const struct search_subjects args = { entries[0].kind, b.p };

	TRY(sql_search_entries_of(a, db, &args, old_out, n_out));
	qsort(*old_out, *n_out, sizeof **old_out, by_subject);
	return NULL;
}

/* Rows of one kind of thing, each thing once: n of which each may be known, and in `added` n_new that are not, with room
 * for the others. */
static struct err *put(struct arena *a, struct db *db, const struct search_entry *entries, size_t n,
		       struct search_entry *added, size_t n_new)
{
	struct search_entry *changed = ARENA_NEW(a, struct search_entry, n), *gone = ARENA_NEW(a, struct search_entry, n);
	struct search_entry *old = NULL;
	size_t n_old, n_changed = 0;

	TRY(find_old(a, db, entries, n, &old, &n_old));
	for (size_t i = 0; i < n; i++) {
		const struct search_entry *was = n_old > 0 ? bsearch(&entries[i], old, n_old, sizeof *old, by_subject) : NULL;

		if (was == NULL) {
			added[n_new++] = entries[i];
		} else if (!text_same(was->words, entries[i].words)) {
			gone[n_changed] = *was;
			changed[n_changed] = entries[i];
			changed[n_changed++].id = was->id;
		}
	}
	TRY(sql_search_index_drop(db, gone, n_changed));
	TRY(sql_search_entry_change(db, changed, n_changed));
	TRY(sql_search_entry_add(db, added, n_new));
	TRY(sql_search_index_add(db, changed, n_changed));
	return sql_search_index_add(db, added, n_new);
}

struct err *search_put(struct arena *a, struct db *db, int64_t authority_id, enum search_kind kind,
		       const struct search_thing *things, size_t n)
{
	struct search_entry *known = ARENA_NEW(a, struct search_entry, n), *added = ARENA_NEW(a, struct search_entry, n);
	size_t n_known = 0, n_new = 0;

	for (size_t i = 0; i < n; i++) {
		struct buf b;

		buf_init(&b, a, WORDS_MAX);
		for (const char *const *text = things[i].texts; *text != NULL; text++) {
			add_words(&b, text_fold(a, *text), -1);
		}
		*(things[i].is_new ? &added[n_new++] : &known[n_known++]) =
			(struct search_entry){ 0, authority_id, (int)kind, things[i].id, b.n > 0 ? b.p : "" };
	}
	return put(a, db, known, n_known, added, n_new);
}

struct err *search_drop(struct arena *a, struct db *db, enum search_kind kind, int64_t subject_id)
{
	const struct search_entry which = { .kind = (int)kind, .subject_id = subject_id };
	struct search_entry *old;
	size_t n;

	TRY(find_old(a, db, &which, 1, &old, &n));
	TRY(sql_search_index_drop(db, old, n));
	return n > 0 ? sql_search_entry_drop(db, old, NULL) : NULL;
}

struct err *search_rebuild(struct db *db)
{
	return sql_search_index_rebuild(db, NULL);
}
