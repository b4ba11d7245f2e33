/*
 * What a course teaches and asks, by version. Aspects, objectives and questions of the feedback belong to a version; a
 * session was taught as the version in force on its day, so that what it covered stays known when the course changes
 * (mission, paragraph 5.5).
 */
#ifndef APP_TRAINING_COURSE_VERSION_H
#define APP_TRAINING_COURSE_VERSION_H

#include "app/training/session.h"

enum question_kind { QUESTION_AGREE = 1, QUESTION_TEXT };
extern const struct words question_kind_words;

enum { OWN_QUESTIONS = 5, QUESTION_MAX = 200 };

struct course_version {
	int64_t id, course_id;
	int64_t number;
	struct date from_on; /* not set: from the beginning */
	const char *changed; /* what is different from the one before */
	const char *objectives;
	bool asks_confidence;
	struct texts aspects;
};
RECORD_DECLARE(course_version);

struct course_question {
	int64_t id, version_id;
	int64_t number;
	int kind;
	const char *wording;
};
RECORD_DECLARE(course_question);

struct course_day_args {
	int64_t course_id;
	struct date day;
};
RECORD_DECLARE(course_day_args);

struct id_word { /* one of the words that a thing has */
	int64_t id;
	const char *word;
};
RECORD_DECLARE(id_word);

struct own_questions {
	struct course_question v[OWN_QUESTIONS];
	size_t n;
};

/* ---- pure ---- */

/* The questions of two long texts, one a line: statements first. What is wrong is a sentence, and the field it belongs to
 * ("statements", "questions"); NULL: nothing is. */
const char *own_questions_parse(struct arena *a, const char *to_agree, const char *in_words, struct own_questions *out,
				const char **field_out);
/* Back to a text of one kind, one a line. */
const char *own_questions_text(struct arena *a, const struct own_questions *q, int kind);
bool own_questions_same(const struct own_questions *a, const struct own_questions *b);
/* Both hold words of one list, in the order of the list. */
bool texts_same(const struct texts *a, const struct texts *b);
/* Why a version after `latest` cannot begin on that day; NULL: it can. What was held was taught as it was: a version begins
 * after today. */
const char *version_from_fault(struct arena *a, const struct course_version *latest, struct date from, struct date today);
/* "Version 2 (from 1 September 2026)"; "Version 1" is from the beginning. */
const char *version_text(struct arena *a, const struct course_version *v);

/* ---- the store ---- */

/* The version in force on a day, with its aspects. */
struct err *course_version_on(struct arena *a, struct db *db, int64_t course_id, struct date day,
			      struct course_version *out) MUST_CHECK;
/* The latest, in force or still to come. */
struct err *course_version_latest(struct arena *a, struct db *db, int64_t course_id, struct course_version *out) MUST_CHECK;
struct err *course_version_questions(struct arena *a, struct db *db, int64_t version_id, struct own_questions *out) MUST_CHECK;
/* Writes a new version: id and number are set. */
struct err *course_version_add(struct op *op, struct course_version *v, const struct own_questions *q) MUST_CHECK;
/* Puts right what is recorded of a version. Questions that somebody has answered stay: *answered_out, and nothing of them
 * was changed. */
struct err *course_version_correct(struct op *op, const struct course_version *v, const struct own_questions *q,
				   bool *answered_out) MUST_CHECK;

/* Part of a course's page: its versions, the latest first. */
struct err *course_versions_part(struct page *p, int64_t course_id) MUST_CHECK;
/* Words as a list of their labels, "Not recorded" when there are none. */
const char *texts_labels(struct arena *a, const struct words *words, const struct texts *t);

#endif
