#include "work/search.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/field.h"
#include "base/text.h"
#include "work/search.sql.h"

enum { WORDS_MAX = 100000, MATCH_WORDS = 12 }; /* a note of many pages; more words than anybody looks for */

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

static struct err *put(struct arena *a, struct db *db, struct search_entry *entry)
{
	struct search_entry old;
	struct id_row row;
	bool found;

	TRY(sql_search_entry_find(a, db, entry, &old, &found));
	if (!found) {
		TRY(sql_search_entry_add(a, db, entry, &row));
		entry->id = row.id;
		return sql_search_index_add(db, entry, NULL);
	}
	if (text_same(old.words, entry->words)) {
		return NULL;
	}
	entry->id = old.id;
	TRY(sql_search_index_drop(db, &old, NULL));
	TRY(sql_search_entry_change(db, entry, NULL));
	return sql_search_index_add(db, entry, NULL);
}

struct err *search_put(struct arena *a, struct db *db, int64_t authority_id, enum search_kind kind, int64_t subject_id,
		       const char *const *texts)
{
	struct buf b;

	buf_init(&b, a, WORDS_MAX);
	for (; *texts != NULL; texts++) {
		add_words(&b, text_fold(a, *texts), -1);
	}
	struct search_entry entry = { 0, authority_id, (int)kind, subject_id, b.n > 0 ? b.p : "" };
	return put(a, db, &entry);
}

struct err *search_drop(struct arena *a, struct db *db, enum search_kind kind, int64_t subject_id)
{
	const struct search_entry which = { .kind = (int)kind, .subject_id = subject_id };
	struct search_entry old;
	bool found;

	TRY(sql_search_entry_find(a, db, &which, &old, &found));
	if (!found) {
		return NULL;
	}
	TRY(sql_search_index_drop(db, &old, NULL));
	return sql_search_entry_drop(db, &old, NULL);
}

struct err *search_rebuild(struct db *db)
{
	return sql_search_index_rebuild(db, NULL);
}
