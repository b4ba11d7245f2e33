/*
 * The export of an e-learning system as evidence of persons: what its rows would record, worked out once for the preview and
 * again, the same way, for saving. Only people who are known already; the others are told, so that a slip of the pen makes
 * nobody up.
 */
#ifndef APP_TRAINING_EVIDENCE_EXPORT_H
#define APP_TRAINING_EVIDENCE_EXPORT_H

#include "app/training/attendance.h"
#include "app/training/evidence.h"

enum { EXPORT_MAX = 2000 };

enum export_kind {
	EXPORT_NEW = 1,	 /* recorded as verified */
	EXPORT_CLAIMED,	 /* claimed before: the export verifies it */
	EXPORT_VERIFIED, /* verified before: nothing changes */
	EXPORT_AGAIN,	 /* the same completion stands further up */
	EXPORT_BAD	 /* cannot be used; reason says why */
};

struct export_row {
	int64_t line;
	const char *name, *email, *school, *course, *completed; /* as written; "" when not given */
	enum export_kind kind;
	const char *reason, *note; /* sentences; NULL: none */
	struct person_key key;
	struct learner learner;
	int64_t course_id;
	const char *title;
	struct date completed_on;
	const char *claim;  /* EXPORT_CLAIMED: its reference */
	int64_t same_line;  /* EXPORT_AGAIN: the line above */
};

struct export_plan {
	struct export_row *v;
	size_t n;
	bool too_many;
	int64_t kinds[EXPORT_BAD + 1]; /* how many of each */
	char digest[65];
};

struct export_form { /* paste and upload */
	const char *rows, *document;
	const char *plan; /* digest that was previewed */
	bool skip_bad;
};
RECORD_DECLARE(export_form);

struct evidence_known {
	const char *reference;
	int64_t learner_id, course_id;
	struct date completed_on;
	int state;
};
RECORD_DECLARE(evidence_known);

struct err *export_plan(struct arena *a, struct db *db, int64_t authority_id, struct date today, const char *text,
			struct export_plan *out) MUST_CHECK;

extern const struct operation preview_evidence, import_evidence;
page_fn evidence_import_page;

#endif
