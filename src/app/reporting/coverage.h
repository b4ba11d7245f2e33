/*
 * Coverage: every school in scope on a date - how it was trained, how long ago, and whether the training was any good -
 * through conversion, merger and split. Answers the committee's question of 2016: have all schools received quality training?
 */
#ifndef APP_REPORTING_COVERAGE_H
#define APP_REPORTING_COVERAGE_H

#include "app/directory/school.h"
#include "app/reporting/figures.h"
#include "core/feature.h"

/* ---- what is known of one URN, as the store has it ---- */

struct coverage_training { /* sessions that staff of the school attended in full */
	int64_t urn;
	struct date direct_on, own_on; /* latest by anybody else; by the school itself */
	int64_t sessions, attended;
};
RECORD_DECLARE(coverage_training);

struct coverage_evidence { /* of training elsewhere, and what the school has said */
	int64_t urn;
	struct date verified_on, claimed_on; /* latest day of training that is verified; that is only claimed */
	struct date none_on;                 /* latest day on which it said that there was none */
};
RECORD_DECLARE(coverage_evidence);

struct coverage_review { /* of a session that its staff attended, of the course taught there, of its own package */
	int64_t urn;
	struct date on;  /* rated, or refused */
	int64_t overall; /* 1 to 4; 0: access was refused */
};
RECORD_DECLARE(coverage_review);

/* ---- what is said of a school ---- */

/* The strongest that is known (mission, paragraph 3.6). The scrutiny board asked in 2016 how many schools deliver training
 * themselves (domain reference E 22): own delivery stays apart from what others have given. */
enum trained {
	TRAINED_DIRECTLY = 1, /* a session of the programme */
	TRAINED_VERIFIED,     /* elsewhere, and a document or an official export was seen */
	TRAINED_OWN,	      /* by the school itself */
	TRAINED_CLAIMED,      /* it says so; nobody has seen anything */
	TRAINED_NONE,	      /* it says that there was none */
	TRAINED_NOT_KNOWN,
	TRAINED_WAYS
};
enum staleness { /* years since the latest training that is known; leads are trained anew every two years (Keeping
		    * children safe in education) */
	STALE_WITHIN_1 = 1,
	STALE_WITHIN_2,
	STALE_WITHIN_3,
	STALE_OVER_3,
	STALE_NEVER,
	STALE_BANDS
};
enum reviewed {
	REVIEWED_GOOD = 1,  /* the latest rating that touches the school is 3 or 4 of 4 */
	REVIEWED_NOT_GOOD,  /* 1 or 2 */
	REVIEWED_REFUSED,   /* nothing is rated, and access to material was refused */
	REVIEWED_NOT,
	REVIEWED_WAYS
};
extern const struct words trained_words, staleness_words, reviewed_words;

struct coverage_row { /* a school in scope, with the training of its predecessors */
	int64_t id;   /* URN */
	const char *name, *type, *district, *trust;
	int type_group, phase;
	int trained, staleness, reviewed; /* words of the above */
	struct date last_on;    /* latest training that is known: direct, verified or own */
	struct date claimed_on; /* latest that is only claimed */
	struct date reviewed_on;
	int64_t sessions, attended; /* attendances in full */
	int64_t trained_as; /* URN under which the latest training stands, when not its own; else 0 */
	const char *reasons;    /* who-next: why the school stands in the list; NULL elsewhere */
	struct date none_on;
};
RECORD_DECLARE(coverage_row);

struct coverage {
	struct coverage_row *rows; /* in scope, in order of URN */
	size_t n;
	int64_t ways[TRAINED_WAYS];   /* rows by how they were trained */
	int64_t good;                 /* trained directly, verified elsewhere or by the school itself, and reviewed good */
	int64_t out_of_scope;         /* schools of the register not counted */
	int64_t trained_out_of_scope; /* URNs with training that lead to no school counted */
};

/* All that coverage is worked out from; each array in order of URN. */
struct coverage_facts {
	const struct school_line *schools;
	size_t n_schools;
	const struct succession *succession;
	const struct coverage_training *training;
	size_t n_training;
	const struct coverage_evidence *evidence;
	size_t n_evidence;
	const struct coverage_review *reviews; /* of one URN in order of days */
	size_t n_reviews;
	const char *la_code; /* of the authority */
	struct date on;
	bool apart; /* instead of schools in scope: colleges, universities and others of the register that are reported apart */
};

/* Pure: the arithmetic. */
void coverage_compute(struct arena *a, const struct coverage_facts *facts, struct coverage *out);

/* The same from the store: what happened from period.from to period.to, schools in scope on period.to. */
struct err *coverage_load(struct arena *a, struct db *db, int64_t authority_id,
			  struct period period, struct coverage *out) MUST_CHECK;
/* And beside it those of the register that are reported apart; apart may be NULL. */
struct err *coverage_load_both(struct arena *a, struct db *db, int64_t authority_id, struct period period,
			       struct coverage *out, struct coverage *apart) MUST_CHECK;

struct coverage_arg { /* of the list behind each number */
	int64_t authority_id, own_user_id, own_urn;
	struct date on;
	int trained, staleness, reviewed, phase, type_group;
	const char *district, *trust;
	struct date from; /* training since; blank: ever */
	bool apart, known;
	const char *after_key;
	int64_t after_id, row_limit;
};
RECORD_DECLARE(coverage_arg);

struct coverage_body { /* agencies of one sector: bodies that are in no school register */
	int sector;
	int64_t bodies, trained, verified, claimed; /* each body by the first that holds */
};
RECORD_DECLARE(coverage_body);
/* Further education, early years, out-of-school settings and whoever else is kept as an agency, by sector: a table. */
struct err *coverage_bodies(struct page *p, struct date on) MUST_CHECK;

extern const struct list list_coverage, list_who_next;
page_fn coverage_page;
/* Schools without known training, for those who may see all of them. */
struct err *reporting_today(struct page *p, struct today *out) MUST_CHECK;

/* Rows that match the filters, by name; the whole of them. */
size_t coverage_filter(struct arena *a, const struct coverage *c, const struct coverage_arg *arg,
		       struct coverage_row **out);
/* Schools to be trained next, of those that match, each with its reasons in words; in order of the first reason - nothing
 * known, said none, only claimed, reviewed and not good, older than three years, than two - and of age within it. No number
 * is worked out: whoever plans reads the reasons. */
size_t coverage_next(struct arena *a, const struct coverage *c, const struct coverage_arg *arg,
		     struct coverage_row **out);

#endif
