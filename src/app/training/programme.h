/* The programme of an event: who speaks when, about what. */
#ifndef APP_TRAINING_PROGRAMME_H
#define APP_TRAINING_PROGRAMME_H

#include "app/training/session_rows.h"

enum { PROGRAMME_MAX = 40 };

enum theme { /* what the joint Safeguarding Board's event looked at (briefing note of 2017, 5.7) */
	THEME_NATIONAL_PRACTICE = 1,
	THEME_LOCAL_THREAT,
	THEME_LOCAL_ACTION
};
extern const struct words theme_words;

struct programme_item {
	int64_t id, session_id;
	int64_t starts_minute; /* of the day */
	int64_t minutes;
	const char *title;
	int theme; /* 0: none */
	const char *speaker;
	int64_t version;
};
RECORD_DECLARE(programme_item);

struct programme_form {
	const char *starts;
	int64_t minutes;
	const char *title;
	int theme;
	const char *speaker;
};
RECORD_DECLARE(programme_form);

/* In the order of time. */
struct err *session_programme(struct arena *a, struct db *db, const struct session *s, struct programme_item **out,
			      size_t *n) MUST_CHECK;
/* The table on a session's page; nothing when there is no programme. */
struct err *programme_part(struct page *p, const struct session *s) MUST_CHECK;

extern const struct operation add_programme_item, change_programme_item, remove_programme_item;
page_fn programme_page, programme_item_page;

#endif
