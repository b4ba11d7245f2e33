/* A session as a calendar file (RFC 5545), for whoever may see it or has booked it. */
#ifndef APP_TRAINING_CALENDAR_H
#define APP_TRAINING_CALENDAR_H

#include "app/training/session_rows.h"

struct calendar_event { /* nobody's name: a calendar is shared with colleagues */
	const char *uid;	 /* the same for ever: calendar_uid */
	int64_t sequence;	 /* grows with each change */
	int state;		 /* of session_state_words */
	struct instant starts_at;
	int64_t minutes;
	const char *summary, *location;
	const char *description; /* "" none */
	const char *address;	 /* of the page about it; NULL or "": none */
	struct instant stamp;	 /* when the file is made */
};

/* "session-2K7QF-936@dueregard": of the session's reference and the authority's code. */
const char *calendar_uid(struct arena *a, const char *reference, const char *authority_code);
/* The file: UTC times, lines of at most 75 octets ended by CRLF. */
struct bytes session_calendar(struct arena *a, const struct calendar_event *e);
/* The event of a session without description and address. */
struct calendar_event calendar_of(struct arena *a, const struct session *s, const char *authority_code, struct instant stamp);

page_fn session_calendar_page;

#endif
