/*
 * The figures of the programme. Each says what it counts, out of what, what it left out, and where
 * its rows are (domain.md 5.4: exact definitions and the traps of each).
 */
#ifndef APP_REPORTING_FIGURES_H
#define APP_REPORTING_FIGURES_H

#include "core/feature.h"

struct period_arg {
	int64_t authority_id;
	struct date from_date, to_date;
};
RECORD_DECLARE(period_arg);

struct staff_trained { /* of sessions delivered in a period */
	int64_t attendances, part, no_shows, booked;
};
RECORD_DECLARE(staff_trained);

struct trained_list { /* who attended one session in full, of one sector */
	const char *sector, *kind, *provider, *course;
	const char *people; /* ids: base/ids.h */
};
RECORD_DECLARE(trained_list);

struct period_rows_arg { /* of the rows behind a figure */
	int64_t authority_id, own_user_id, own_urn;
	struct date from, to;
	const char *after_key;
	int64_t after_id, row_limit;
};
RECORD_DECLARE(period_rows_arg);

struct staff_row {
	int64_t id;
	const char *reference, *name, *name_fold;
	int sector;
	const char *works_at;
	int64_t sessions;
	struct date last_on;
};
RECORD_DECLARE(staff_row);

struct understanding_arg {
	int64_t authority_id;
	struct date from_date, to_date;
	int64_t least; /* answers of one session, for it to count */
};
RECORD_DECLARE(understanding_arg);

struct understanding { /* of the sessions that count; few: those with answers, but too few */
	int64_t agreed, answers, forms, attendees, few;
};
RECORD_DECLARE(understanding);

struct responses {
	int64_t forms, attendees;
};
RECORD_DECLARE(responses);

struct understanding_rows_arg {
	int64_t authority_id, own_user_id, own_urn;
	struct date from, to;
	const char *after_key;
	int64_t after_id, row_limit, least;
};
RECORD_DECLARE(understanding_rows_arg);

struct understanding_row { /* a session in which enough answered */
	int64_t id;
	const char *reference, *course;
	struct date held_on;
	int64_t attendees, answers, agreed;
};
RECORD_DECLARE(understanding_row);

struct response_row { /* a session delivered in the period */
	int64_t id;
	const char *reference, *course;
	struct date held_on;
	int64_t attendees, forms;
};
RECORD_DECLARE(response_row);

struct quality { /* of sessions delivered in a period, and of what was reviewed in it */
	int64_t sessions, reviewed, refused, others;
};
RECORD_DECLARE(quality);

struct quality_row { /* a session delivered in the period */
	int64_t id;
	const char *reference, *course;
	struct date held_on;
	const char *trainer;
	int64_t overall; /* of its latest rating; 0: none */
	struct date rated_on;
};
RECORD_DECLARE(quality_row);

struct aspects_count { /* sessions delivered, and those of them that covered all five */
	int64_t sessions, all;
};
RECORD_DECLARE(aspects_count);

struct aspect_row { /* a session delivered in the period */
	int64_t id;
	const char *reference, *course;
	struct date held_on;
	int64_t aspects; /* covered, of five */
};
RECORD_DECLARE(aspect_row);

struct due_row { /* a person and a course that a rule asks for */
	int64_t id;
	const char *reference, *name, *name_fold;
	int audience;
	const char *course;
	struct date trained_on, due_on;
	bool in_date;
};
RECORD_DECLARE(due_row);

struct refused_row { /* a review that ended because access was refused */
	int64_t id;
	const char *reference, *about;
	struct date requested_on, seen_on;
};
RECORD_DECLARE(refused_row);

extern const struct figure figure_schools_trained, figure_schools_verified, figure_schools_own, figure_schools_good,
	figure_staff_trained, figure_understanding, figure_response, figure_quality, figure_refused,
	figure_aspects, figure_in_date;
extern const struct list list_figure_schools, list_figure_schools_verified, list_figure_schools_own,
	list_figure_schools_good, list_figure_staff, list_figure_understanding, list_figure_response, list_figure_quality,
	list_figure_refused, list_figure_aspects, list_figure_due;

/* The figures of reporting.c, in reading order; ends with NULL. */
extern const struct figure *const reporting_figures[];

struct figures_kept { /* what several figures of one period are worked out from, once it was loaded; else NULL */
	struct period period;
	const struct coverage *coverage;
	const struct staff_lists *staff;
	const struct in_date *in_date;
};
/* Of the period that is asked for, on the arena of the call; lost after it when the call keeps nothing. */
struct figures_kept *figures_kept(const struct figure_call *call);

/* By sector, by course ...: a table for each breakdown of a figure, small shares hidden. */
struct err *figure_breakdowns(struct page *p, const struct figure *f, const struct figure_call *call) MUST_CHECK;
extern const struct figure_breakdown understanding_breakdowns[], response_breakdowns[],
	quality_breakdowns[], refused_breakdowns[], aspect_breakdowns[];

page_fn figures_page, figure_page;

/* The period a page is asked for: from and to of its query, else 1 April of this financial year to
 * today. A date that cannot be read is a problem and leaves the default. */
void page_period(struct page *p, struct period *out, struct problems *problems);
/* One of its dates, and its control. */
void period_read(struct page *p, const char *name, const char *label, struct date *out, struct problems *problems);
void period_input(struct page *p, const char *name, const char *label, struct date value,
		  const struct problems *problems);
/* What is wrong with an address is shown as with a form: summary, title and 422. Before page_begin.
 */
void query_problems(struct page *p, const struct problems *problems);
struct period period_default(struct date today);
/* The same for the rows behind a figure: args is a struct period_rows_arg. */
void period_defaults(struct page *p, void *args);
/* A form of two dates above a page, GET to the same page. */
void period_form(struct page *p, struct url action, struct period period,
		 const struct problems *problems);

#endif
