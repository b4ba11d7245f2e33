/*
 * Who came to a session: three ways in (grid, paste, file), one plan of what they would change, one
 * application of it. The plan is made from the same text before and after the person has agreed.
 */
#ifndef APP_TRAINING_ATTENDANCE_H
#define APP_TRAINING_ATTENDANCE_H

#include "app/training/place.h"
#include "app/training/session_rows.h"

enum { ATTENDEES_MAX = 20000 };

/* Who comes later than this after the start is shown as late. No source sets a limit; a quarter of an hour is what the
 * product decides, said on the page wherever "late" is shown. */
enum { LATE_MINUTES = 15 };

struct attendee {     /* one person as written on a list */
	int64_t line; /* of the text, or number of the grid's row; 1 is the first */
	const char *name, *email, *school, *job; /* "" when not given; e-mail folded */
	int sector, state;			 /* 0: not given */
	const char *sector_text, *state_text;	 /* as written */
	const char *arrived_text, *left_text;	 /* "" or NULL when not given */
	struct opt_int arrived, left;		 /* minutes of the day, London time */
	const char *pick;			 /* answer to "which school?", "" none */
	const char *fault;			 /* sentence; NULL: can be read */
};

struct attendees {
	struct attendee *v;
	size_t n;
	bool too_many; /* more than ATTENDEES_MAX: the rest was not read */
};

/* ---- pure: attendance_rules.c, attendance_parse.c ---- */

/* Reads a list as pasted from a spreadsheet or out of a CSV file: TAB, comma or semicolon, with or
 * without a heading row. Rows that cannot be used carry a fault; nothing is dropped silently. */
void attendance_parse(struct arena *a, const char *text, struct attendees *out);
/* What is wrong with one person as written (name, e-mail, lengths); sets fault. */
void attendee_check(struct arena *a, struct attendee *p);
/* Words of lists: "present", "dna", "y" ...; 0: not known. */
int attendance_state_read(struct arena *a, const char *text);
int sector_read(struct arena *a, const char *text);
/* Two records of one person at one session: a fact wins over a booking, more wins over less, so
 * that the order in which lists are entered does not matter and a list never takes attendance away.
 * 0: nothing recorded. */
int attendance_merge(int now, int said);
/* What is wrong with the times of one person as written; NULL: nothing. */
const char *attendee_time_fault(const struct attendee *p);
/* "9:05am", "09.05" -> minutes of the day; not set when it is no time. */
struct opt_int attendance_minutes(const char *text);
/* Two records of when somebody came: the earlier one, whichever was entered first (peers 4.2, pretix: a paper list
 * entered later wins by its earlier time). A record without a time says nothing against one. */
struct instant attendance_arrival(struct instant now, struct instant said);
/* In full or in part. */
bool attendance_was_there(int state);
/* Came more than LATE_MINUTES after it had begun. */
bool attendance_late(struct instant starts_at, struct instant arrived_at);
/* "9:20am", London time. */
const char *attendance_clock(struct arena *a, struct instant t);
/* "9:20am, late; left at 11:05am", or "" when neither is known. */
const char *attendance_times_text(struct arena *a, struct instant starts_at, struct instant arrived_at,
				  struct instant left_at);
/* May this be recorded for the session today? NULL: yes. */
const char *attendance_state_fault(struct arena *a, int session_state, struct date held_on,
				   struct date today, int said);
/* Is it the same person? E-mail decides when both have one; else name and place. */
struct person_key {
	const char *name_fold, *email;
	int64_t urn;
	const char *organisation_fold;
};
bool same_person(const struct person_key *a, const struct person_key *b);

/* ---- rows ---- */

struct attendance {
	int64_t id, session_id, learner_id;
	int state;
	int64_t establishment_urn;
	int sector;
	struct instant arrived_at, left_at;
};
RECORD_DECLARE(attendance);

struct attendance_arg {
	int64_t session_id, learner_id;
};
RECORD_DECLARE(attendance_arg);

struct people_args {
	int64_t authority_id, session_id, waiting; /* waiting 1: with those who wait for a place */
	const char
		*after; /* reference of the last learner of the page before; "": the first page */
	int64_t row_limit;
};
RECORD_DECLARE(people_args);

struct attendance_line {
	int64_t id;
	const char *learner; /* reference */
	const char *name, *name_fold, *email, *job;
	int sector;
	int64_t establishment_urn;
	const char *school, *organisation;
	int state;
	struct instant arrived_at, left_at;
};
RECORD_DECLARE(attendance_line);

struct learner {
	int64_t id, authority_id;
	const char *reference, *name, *name_fold, *email, *job;
	int sector;
	int64_t establishment_urn;
	const char *school, *organisation, *organisation_fold;
	int64_t agency_id, team_id;
	const char *agency, *agency_reference, *team, *team_reference; /* of the two before; "" none */
	int audience, standing; /* standing 0 in a new one: member of staff */
	struct date ended_on;	/* left on */
	bool kept;		/* entered for its own sake: stays without any training */
	const char *merged_into; /* reference of the record that stays; "": this one is its own */
	int64_t version;
};
RECORD_DECLARE(learner);

struct learner_args {
	int64_t authority_id;
	const char *email, *name_fold;
};
RECORD_DECLARE(learner_args);

struct at_later_args {
	int64_t session_id;
	struct date held_on;
	const char *learners; /* JSON: ids */
};
RECORD_DECLARE(at_later_args);

/* Row and learner of the route's {learner} at a session; *found false: not on its list. */
struct err *attendance_row_of(struct arena *a, struct db *db, const struct session *s, const char *learner,
			      struct learner *who, struct attendance *row, bool *found) MUST_CHECK;

/* ---- the plan: attendance_plan.c ---- */

enum plan_kind {
	PLAN_NEW = 1, /* nobody like this is known */
	PLAN_KNOWN,   /* a learner already */
	PLAN_AGAIN,   /* the same person stands further up on this list */
	PLAN_BAD      /* cannot be used; reason says why */
};

struct plan_row {
	struct attendee in;
	enum plan_kind kind;
	const char *reason; /* of PLAN_BAD */
	const char *note;   /* to be seen before saving: known under another name, left as it was */
	struct place place;
	const char *name_fold;
	struct learner learner;	      /* PLAN_KNOWN */
	struct attendance attendance; /* id 0: not on the session's list yet */
	int state_after;
	struct instant arrived_after, left_after; /* none where the list and the record say nothing */
	int64_t same_line; /* PLAN_AGAIN: the line above */
};

struct plan {
	struct plan_row *v;
	size_t n;
	int64_t fresh, known, again, bad; /* rows of each kind */
	int64_t added, changed,
		unchanged; /* of fresh and known: what saving does to the session's list */
	char digest[65];   /* of everything above: what was previewed is what is saved */
};

struct plan_for {
	const struct session *session;
	struct date today;
	int state, sector;  /* where the list does not say; 0: booked or attended by date, not
			       recorded */
	const char *school; /* likewise */
	bool strict;	    /* grid: no preview follows, so what should be looked at is refused */
	bool books;	    /* gives a place or a number on the waiting list: who cancelled may come back */
};

struct err *attendance_plan(struct arena *a, struct db *db, const struct plan_for *how,
			    const struct attendees *people, struct plan *out) MUST_CHECK;
/* Saves every row but the bad ones, audits each, recounts the schools. */
struct err *attendance_apply(struct op *op, const struct session *session,
			     const struct plan *plan) MUST_CHECK;
/* Sets one person's state as somebody chose it on the grid (any state to any other). */
struct err *attendance_set(struct op *op, const struct session *session,
			   const struct attendance *row, const char *learner, int state) MUST_CHECK;
/* The audit entry of one person at one session; before or after may be NULL. */
struct err *attendance_audit(struct op *op, const struct session *session, const char *learner,
			     const struct attendance *before,
			     const struct attendance *after) MUST_CHECK;
/* The row of a known learner changes what is on the session's list. */
bool plan_changes(const struct plan_row *row);
/* The bad rows as a CSV file that can be mended and read again. */
void plan_bad_csv(const struct plan *plan, struct buf *out);

/* ---- forms and pages ---- */

/* Who is on a session's list, a page of it: a form of 300 people fits the limits of a request. */
enum { PEOPLE_PAGE = 300, PEOPLE_ALL = 100000 };
struct people {
	struct attendance_line *v;
	size_t n;
	bool more, started; /* there are pages after and before this one */
};
/* Those with a place, and those who had one. */
struct err *people_of_page(struct page *p, int64_t session_id, struct people *out) MUST_CHECK;
/* And, when waiting, those who wait for one: they may turn up all the same. */
struct err *people_and_waiting(struct page *p, int64_t session_id, bool waiting, struct people *out) MUST_CHECK;
/* Links to the other pages, below a list; nothing when there is but one. */
void people_pages(struct page *p, struct url here, const struct people *people);

struct import_form { /* paste and upload */
	const char *rows;
	const char *school;
	int state, sector;
	const char *plan; /* digest that was previewed */
	bool skip_bad;
};
RECORD_DECLARE(import_form);

struct grid_form { /* the rest of the grid is read from the raw fields */
	const char *school;
	int sector;
	int rest; /* what becomes of everybody still booked; 0: they stay booked */
};
RECORD_DECLARE(grid_form);

/* Reads the text and the answers to "which school?" (pick-LINE in raw) and plans. */
struct err *import_plan(struct arena *a, struct db *db, const struct session *session,
			struct date today, const struct import_form *form, const char *text,
			const struct pairs *raw, struct plan *out) MUST_CHECK;

/* Rows of the grid are numbered from 1: new-name-1, new-email-1 ... */
enum { GRID_ROWS = 10, GRID_ROWS_MAX = 500 };
/* The grid's new rows out of raw fields; empty rows are passed over, line is the number of the row.
 */
void grid_read(struct arena *a, const struct pairs *raw, struct attendees *out);
/* Highest row number that was sent with something in it. */
int grid_last(const struct pairs *raw);
/* The field of the grid that a refused row's reason belongs to: "new-school-3". */
const char *grid_field(struct arena *a, const struct plan_row *row);

/* One person's attendance with its times. */
struct url link_attendance_person(struct arena *a, const char *session, const char *learner);
extern const struct operation set_attendance;
page_fn attendance_person_page;

extern const struct operation record_attendance, preview_attendance, import_attendance,
	remove_attendance;
page_fn attendance_page, attendance_import_page, attendance_bad_rows_page, attendance_remove_page;

#endif
