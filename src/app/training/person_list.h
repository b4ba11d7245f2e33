/*
 * People out of a list, before any training: what a file would change, worked out once for the preview and again, the same way,
 * for saving.
 */
#ifndef APP_TRAINING_PERSON_LIST_H
#define APP_TRAINING_PERSON_LIST_H

#include "app/training/person.h"

enum { LISTED_MAX = ATTENDEES_MAX };

struct listed { /* one person as written; "" when not given */
	int64_t line;
	const char *name, *email, *school, *job, *sector, *audience, *standing, *agency, *team;
	const char *fault; /* sentence; NULL: can be read */
};

struct listed_row {
	struct listed in;
	enum plan_kind kind;
	const char *reason;  /* of PLAN_BAD */
	const char *changes; /* of PLAN_KNOWN: "Job, School or organisation"; "" none */
	const char *note;    /* to be seen before saving */
	struct learner before, after; /* before: PLAN_KNOWN */
	int64_t same_line;	      /* PLAN_AGAIN: the line above */
};

struct listed_plan {
	struct listed_row *v;
	size_t n;
	bool too_many;
	int64_t fresh, changed, unchanged, again, bad;
	char digest[65];
};

struct people_form { /* paste and upload */
	const char *rows;
	int standing, audience, sector; /* where the list does not say */
	const char *plan;		/* digest that was previewed */
	bool skip_bad;
};
RECORD_DECLARE(people_form);

/* The rows as they are written, nothing looked up yet. ERR_LIMIT: too many. */
struct err *person_list_read(struct arena *a, const char *text, struct listed_plan *out) MUST_CHECK;
struct err *person_plan(struct arena *a, struct db *db, int64_t authority_id, struct date today,
			const struct people_form *form, const char *text, struct listed_plan *out) MUST_CHECK;
/* The rows that cannot be used as a CSV file that can be mended and read again. */
void person_bad_csv(const struct listed_plan *plan, struct buf *out);

extern const struct operation preview_people, import_people;
page_fn people_import_page, people_bad_rows_page;

#endif
