/*
 * Coverage: every school in scope on a date, trained or not, through conversion, merger and split.
 * Answers the committee's question of 2016: have all schools received training?
 */
#ifndef APP_REPORTING_COVERAGE_H
#define APP_REPORTING_COVERAGE_H

#include "app/directory/school.h"
#include "app/reporting/figures.h"
#include "core/feature.h"

struct coverage_training { /* what one URN has had in the period */
	int64_t urn;
	struct date direct_on, own_on; /* latest by the authority's training; by the school itself */
	int64_t sessions, attended;
};
RECORD_DECLARE(coverage_training);

struct coverage_row { /* a school in scope, with the training of its predecessors */
	int64_t id;   /* URN */
	const char *name, *type, *district;
	int type_group, phase;
	int trained; /* word of trained_words */
	struct date last_on;
	int64_t sessions, attended; /* attendances in full */
	int64_t trained_as; /* URN under which the latest training stands, when not its own; else 0
			     */
};
RECORD_DECLARE(coverage_row);

/* The scrutiny board asked in 2016 how many schools deliver training: three ways (domain.md E 22). */
enum { TRAINED_DIRECTLY = 1, TRAINED_OWN, TRAINED_NOT_KNOWN };
extern const struct words trained_words;

struct coverage {
	struct coverage_row *rows; /* in scope, in order of URN */
	size_t n, trained, own;    /* all; trained directly; only by the school itself */
	int64_t out_of_scope;         /* schools of the register not counted */
	int64_t trained_out_of_scope; /* URNs with training that lead to no school in scope */
};

/* Pure: the arithmetic. schools and training in order of URN; la_code: of the authority. */
void coverage_compute(struct arena *a, const struct school_line *schools, size_t n_schools,
		      const struct succession *succession, const struct coverage_training *training,
		      size_t n_training, const char *la_code, struct date on, struct coverage *out);

/* The same from the store: training from period.from to period.to, schools in scope on period.to.
 */
struct err *coverage_load(struct arena *a, struct db *db, int64_t authority_id,
			  struct period period, struct coverage *out) MUST_CHECK;

struct coverage_arg { /* of the list behind each number */
	int64_t authority_id, own_user_id, own_urn;
	struct date on;
	int trained, phase, type_group;
	const char *district;
	struct date from; /* figure rows only: training since; blank: ever */
	const char *after_key;
	int64_t after_id, row_limit;
};
RECORD_DECLARE(coverage_arg);

extern const struct list list_coverage;
page_fn coverage_page;
/* Schools without known training, for those who may see all of them. */
struct err *reporting_today(struct page *p, struct today *out) MUST_CHECK;

/* Rows that match the filters, by name; the whole of them. */
size_t coverage_filter(struct arena *a, const struct coverage *c, const struct coverage_arg *arg,
		       struct coverage_row **out);

#endif
