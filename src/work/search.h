/*
 * Finding things by their words: one entry a thing, in a full-text index of either engine (FTS5, tsvector).
 *
 * A feature puts an entry when it saves a thing and drops it with the thing, in the same transaction. Its list asks
 * `id IN {{found KIND}}` (tools/sqlgen) with the argument :match, which core/list.h makes of the filter `find`.
 */
#ifndef WORK_SEARCH_H
#define WORK_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/words.h"

struct arena;
struct db;

enum search_kind { SEARCH_SCHOOL = 1, SEARCH_LEARNER, SEARCH_COURSE, SEARCH_SESSION, SEARCH_NOTE, SEARCH_AGENCY, SEARCH_CONTACT };
extern const struct words search_kind_words;

struct search_thing {
	int64_t id;
	const char *const *texts; /* ends with NULL; empty ones are passed over by writing "" */
	bool is_new;              /* made in this transaction and not put before: its words of before are not looked for */
};
/* Puts n things of a kind, new or known, each once. Many together cost less than one after another. */
struct err *search_put(struct arena *a, struct db *db, int64_t authority_id, enum search_kind kind,
		       const struct search_thing *things, size_t n) MUST_CHECK;
struct err *search_drop(struct arena *a, struct db *db, enum search_kind kind, int64_t subject_id) MUST_CHECK;
/* The index anew from the entries: after they were copied from another store. */
struct err *search_rebuild(struct db *db) MUST_CHECK;

/* The words of a text: folded (base/text.h), apostrophes left out, anything but letters and digits a space. "" when it
 * has none. As the argument :match every word must be found, each as the beginning of one. */
const char *search_words(struct arena *a, const char *text);

#endif
