/* Rows, arguments and forms of sessions. */
#ifndef APP_TRAINING_SESSION_ROWS_H
#define APP_TRAINING_SESSION_ROWS_H

#include "app/training/session.h"
#include "db/args.h"

struct session {
	int64_t id, authority_id;
	const char *reference;
	int64_t course_id;
	const char *course_reference, *course;
	struct instant starts_at;
	struct date held_on; /* London date of starts_at */
	int64_t duration_minutes;
	const char *venue;
	const char *host;	 /* organisation, when not a school of the register */
	int64_t host_urn;	 /* 0: no school */
	const char *host_school; /* its name */
	int64_t places;
	int64_t trainer_id;
	const char *trainer_reference, *trainer;
	int state;
	const char *cancel_reason;
	const char *feedback_code;
	struct date feedback_until;
	int64_t series_id;	  /* the first of its series; 0: not repeated */
	const char *checkin_code; /* of the short link /c/CODE */
	bool checkin_open;	  /* the trainer has opened check-in */
	int64_t version;
};
RECORD_DECLARE(session);

struct session_arg {
	int64_t authority_id, session_id;
};
RECORD_DECLARE(session_arg);

struct session_counts {
	int64_t booked, attended, part, no_show, apologies, unsettled;
};
RECORD_DECLARE(session_counts);

struct relation_row {
	int64_t trainer_id;
};
RECORD_DECLARE(relation_row);

enum session_due { DUE_TO_MARK = 1, DUE_TO_CLOSE, DUE_FEEDBACK_ENDING };

struct sessions_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	struct date today, soon;
	int state, due;
	struct date from, to;
	const char *course, *find, *match;
	int64_t from_ms,
		to_ms; /* the same as bounds of starts_at, so that an index finds them; 0: none */
};
RECORD_DECLARE(sessions_args);

struct session_line {
	int64_t id;
	const char *reference;
	int64_t course; /* its id */
	struct instant starts_at;
	const char *venue, *trainer;
	int64_t people, places;
	int state;
};
RECORD_DECLARE(session_line);

struct training_due {
	int64_t to_mark, to_close, coming, feedback_ending;
};
RECORD_DECLARE(training_due);

struct trainer {
	int64_t id;
	const char *reference, *name;
};
RECORD_DECLARE(trainer);

struct session_school_wrong {
	const char *reference;
	int64_t urn, stored, counted;
};
RECORD_DECLARE(session_school_wrong);

struct session_wrong {
	const char *reference;
};
RECORD_DECLARE(session_wrong);

struct person_attended { /* in full */
	const char *sector;
	int64_t learner_id;
};
RECORD_DECLARE(person_attended);

struct people_list { /* of one sector, "12,7,40" */
	int64_t session_id;
	const char *sector, *people;
};
RECORD_DECLARE(people_list);

struct session_form {	    /* schedule-session; change-session: all but the course */
	const char *course; /* reference */
	struct instant starts_at;
	int64_t duration_minutes;
	const char *venue, *host;
	int64_t places;
	const char *trainer; /* reference */
	int repeat;	     /* session_series.h; 0: not by a rule */
	int64_t times;
	const char *dates; /* further ones, one a line */
	bool later;	   /* changes the later sessions of the series too */
};
RECORD_DECLARE(session_form);
RECORD_DECLARE(session_change); /* the same struct: no course, no repeating, but `later` */

struct cancel_form {
	const char *reason;
};
RECORD_DECLARE(cancel_form);

struct feedback_until_form {
	struct date until;
};
RECORD_DECLARE(feedback_until_form);

extern const struct words session_due_words;
extern const struct choices course_choices, trainer_choices, course_filter_choices;

/* "Oak Lane School (125404)", the organisation's name, or "". */
const char *session_host(struct arena *a, const struct session *s);
/* The session of the route's {session}: ERR_NOT_FOUND when there is none. */
struct err *session_of_op(struct op *op, struct session *out) MUST_CHECK;
struct err *session_of_page(struct page *p, struct session *out) MUST_CHECK;
/* A session is its trainer's own. */
relate_fn session_relate;
struct err *session_op_relate(struct op *op, enum relation *out) MUST_CHECK;

extern const struct operation schedule_session, change_session, confirm_session, deliver_session,
	close_session, cancel_session, open_feedback;
extern const struct list session_list;
page_fn session_page, session_new_page, session_edit_page, session_cancel_page,
	session_feedback_window_page;
struct err *training_today(struct page *p, struct today *out);

#endif
