/*
 * What the tests of training share: a scratch product with three schools, a course and a trainer.
 * Today is 24 November 2026. What is expected comes from the domain reference (3.11, 4.11, appendix
 * E 15) and from the cases of other systems (peers 4.1 and 4.2).
 */
#ifndef APP_TRAINING_TRAINING_TEST_H
#define APP_TRAINING_TRAINING_TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/directory/import.sql.h"
#include "app/directory/partnership.h"
#include "app/directory/school.h"
#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/feedback.h"
#include "app/training/feedback.sql.h"
#include "app/training/learner.h"
#include "app/training/learner.sql.h"
#include "app/training/session.sql.h"
#include "app/training/session_count.sql.h"
#include "app/training/training.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"
#include "core/harness.sql.h"
#include "db/args.h"
#include "trust/trust.h"

const struct feature *const features[] = { &training_feature, &quality_feature, &partnership_feature, NULL };

enum { OAK = 125404, OAK_EGHAM = 125405, HEATH = 125406 };

static struct harness *h;
static struct arena *arena;

/* ---- a scratch product with three schools, a course and the trainer's reference ---- */

static const char *trainer_ref, *course_ref;

static inline void school(int64_t urn, const char *name, const char *town)
{
	const struct school s = {
		.urn = urn,
		.authority_id = harness_authority(h),
		.la_code = "936",
		.name = name,
		.name_fold = text_fold(arena, name),
		.town = town,
		.status = STATUS_OPEN,
		.type_group = GROUP_MAINTAINED,
		.phase = PHASE_PRIMARY,
	};

	CHECK_OK(db_begin(harness_db(h)));
	CHECK_OK(sql_school_put(harness_db(h), &s, NULL));
	CHECK_OK(db_commit(harness_db(h)));
}

static inline const char *choice_labelled(const struct statement *s, const char *label)
{
	const struct authority_arg args = { harness_authority(h) };
	struct choice *rows;
	size_t n;

	CHECK_OK(db_many(arena, harness_db(h), s, &args, (void *)&rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (text_same(rows[i].label, label)) {
			return rows[i].value;
		}
	}
	return "";
}

static inline void open_product(void)
{
	h = harness_open();
	arena = harness_arena(h);
	school(OAK, "Oak Lane Primary School", "Oxted");
	school(OAK_EGHAM, "Oak Lane Primary School", "Egham");
	school(HEATH, "Heathfield School", "Guildford");
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "add-course", "title",
					     "Prevent awareness", "provider", "council", "delivery",
					     "face-to-face", "duration_minutes", "90", NULL);
	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	course_ref = o.reference;
	trainer_ref = choice_labelled(&SQL_trainer_choices, harness_who(h, ROLE_TRAINER)->name);
}

static inline void close_product(void)
{
	harness_close(&h);
}

static inline const char *schedule(const char *starts_at, const char *host)
{
	struct outcome o = harness_operation(
		h, ROLE_SYSTEM, "schedule-session", "course", course_ref, "starts_at", starts_at,
		"venue", "Town hall", "host", host, "places", "30", "trainer", trainer_ref, NULL);
	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	return o.reference == NULL ? "" : o.reference;
}

static inline const char *path_of(const char *reference, const char *rest)
{
	return arena_printf(arena, "/training/sessions/%s%s", reference, rest);
}

static inline struct session session_of(const char *reference)
{
	const struct reference_arg key = { harness_authority(h), reference };
	struct session s = { 0 };
	bool found;

	CHECK_OK(sql_session_find(arena, harness_db(h), &key, &s, &found));
	return s;
}

static inline const char *state_of(const char *reference)
{
	return words_word(&session_state_words, session_of(reference).state);
}

static inline struct session_counts counts_of(const char *reference)
{
	const struct session_arg args = { .authority_id = harness_authority(h),
					  .session_id = session_of(reference).id };
	struct session_counts c = { 0 };

	CHECK_OK(sql_session_counts(arena, harness_db(h), &args, &c));
	return c;
}

static inline struct attendance_line *list_of(const char *reference, size_t *n)
{
	const struct people_args args = { .authority_id = harness_authority(h),
					  .session_id = session_of(reference).id,
					  .after = "",
					  .row_limit = PEOPLE_ALL };
	struct attendance_line *rows = NULL;

	*n = 0;
	CHECK_OK(sql_attendance_of_session(arena, harness_db(h), &args, &rows, n));
	return rows;
}

static inline struct outcome import(const char *reference, const char *rows)
{
	return harness_operation(h, ROLE_SYSTEM, "import-attendance", "{session}", reference,
				 "rows", rows, NULL);
}

static inline struct outcome move(enum role role, const char *operation, const char *reference)
{
	char version[24];

	snprintf(version, sizeof(version), "%lld", (long long)session_of(reference).version);
	if (text_same(operation, "cancel-session")) {
		return harness_operation(h, role, operation, "{session}", reference, "_version",
					 version, "reason", "Ill", NULL);
	}
	return harness_operation(h, role, operation, "{session}", reference, "_version", version,
				 NULL);
}

static inline const char *told(const struct outcome *o)
{
	return o->err != NULL	   ? o->err->sentence
	       : o->problems.n > 0 ? o->problems.v[0].sentence
				   : "";
}

static inline int64_t served(const char *reference, int64_t urn, int64_t *rows_out)
{
	const struct place_args args = { .authority_id = harness_authority(h), .urn = urn };
	struct school_session *rows;
	size_t n;
	int64_t attended = -1;

	CHECK_OK(sql_school_sessions(arena, harness_db(h), &args, &rows, &n));
	*rows_out = (int64_t)n;
	for (size_t i = 0; i < n; i++) {
		if (text_same(rows[i].reference, reference)) {
			attended = rows[i].attended;
		}
	}
	return attended;
}

static inline const char *delivered(void)
{
	const char *s = schedule("2026-11-23T14:00", "");

	CHECK_INT(import(s, "Ada Fern,,125404\nBen Hale,,125404\nCy Webb,,125404\n").problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	return s;
}

#endif
