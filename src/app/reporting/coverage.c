/* Coverage from the store: records, the statements put together, the list behind each number. */
#include "app/reporting/coverage.h"

#include <string.h>

#include "app/reporting/coverage.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "core/house.h"

static const struct field coverage_training_fields[] = {
	FIELD(struct coverage_training, urn),
	FIELD(struct coverage_training, direct_on, .flags = F_NULLABLE),
	FIELD(struct coverage_training, own_on, .flags = F_NULLABLE),
	FIELD(struct coverage_training, sessions),
	FIELD(struct coverage_training, attended),
	FIELD_END,
};
RECORD(coverage_training, coverage_training_fields);

static const struct field coverage_evidence_fields[] = {
	FIELD(struct coverage_evidence, urn),
	FIELD(struct coverage_evidence, verified_on, .flags = F_NULLABLE),
	FIELD(struct coverage_evidence, claimed_on, .flags = F_NULLABLE),
	FIELD(struct coverage_evidence, none_on, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(coverage_evidence, coverage_evidence_fields);

static const struct field coverage_review_fields[] = {
	FIELD(struct coverage_review, urn),
	FIELD(struct coverage_review, on),
	FIELD(struct coverage_review, overall),
	FIELD_END,
};
RECORD(coverage_review, coverage_review_fields);

static const struct field coverage_row_fields[] = {
	FIELD(struct coverage_row, id, .label = "URN"),
	FIELD(struct coverage_row, name, .label = "School"),
	FIELD(struct coverage_row, type, .label = "Type"),
	FIELD(struct coverage_row, type_group, .label = "Type group",
	      .words = &establishment_group_words),
	FIELD(struct coverage_row, phase, .label = "Phase", .words = &phase_words),
	FIELD(struct coverage_row, district, .label = "District"),
	FIELD(struct coverage_row, trust, .label = "Trust"),
	FIELD(struct coverage_row, trained, .label = "Training", .words = &trained_words),
	FIELD(struct coverage_row, last_on, .label = "Last trained"),
	FIELD(struct coverage_row, staleness, .label = "How long ago", .words = &staleness_words),
	FIELD(struct coverage_row, reviewed, .label = "Quality", .words = &reviewed_words),
	FIELD(struct coverage_row, reviewed_on, .label = "Reviewed"),
	FIELD(struct coverage_row, claimed_on, .label = "Claims training on"),
	FIELD(struct coverage_row, none_on, .label = "Said none on"),
	FIELD(struct coverage_row, sessions, .label = "Sessions"),
	FIELD(struct coverage_row, attended, .label = "Attendances in full"),
	FIELD(struct coverage_row, trained_as, .label = "Trained as URN"),
	FIELD(struct coverage_row, reasons, .label = "Why it comes next"),
	FIELD_END,
};
RECORD(coverage_row, coverage_row_fields);

static const struct field coverage_arg_fields[] = {
	FIELD(struct coverage_arg, authority_id),
	FIELD(struct coverage_arg, own_user_id),
	FIELD(struct coverage_arg, own_urn),
	FIELD(struct coverage_arg, from, .label = "Trained since", .hint = "Leave blank for ever"),
	FIELD(struct coverage_arg, on, .label = "On date"),
	FIELD(struct coverage_arg, trained, .label = "Training", .words = &trained_words),
	FIELD(struct coverage_arg, staleness, .label = "How long ago", .words = &staleness_words),
	FIELD(struct coverage_arg, reviewed, .label = "Quality", .words = &reviewed_words),
	FIELD(struct coverage_arg, phase, .label = "Phase", .words = &phase_words),
	FIELD(struct coverage_arg, type_group, .label = "Type group",
	      .words = &establishment_group_words),
	FIELD(struct coverage_arg, district, .label = "District"),
	FIELD(struct coverage_arg, trust, .label = "Trust"),
	FIELD(struct coverage_arg, known, .label = "Only where training is known"),
	FIELD(struct coverage_arg, apart, .label = "Colleges and others that are counted apart"),
	FIELD(struct coverage_arg, after_key),
	FIELD(struct coverage_arg, after_id),
	FIELD(struct coverage_arg, row_limit),
	FIELD_END,
};
RECORD(coverage_arg, coverage_arg_fields);

struct err *coverage_load_both(struct arena *a, struct db *db, int64_t authority_id, struct period period,
			       struct coverage *out, struct coverage *apart)
{
	struct period_arg arg = { authority_id, period.from, period.to };
	struct coverage_facts facts = { .on = period.to };
	struct school_line *schools;
	struct succession *succession;
	struct coverage_training *training;
	struct coverage_evidence *evidence;
	struct coverage_review *reviews;
	struct authority authority;

	TRY(authority_find(a, db, authority_id, &authority));
	TRY(schools_all(a, db, authority_id, &schools, &facts.n_schools));
	TRY(succession_load(a, db, schools, facts.n_schools, &succession));
	TRY(sql_coverage_training(a, db, &arg, &training, &facts.n_training));
	TRY(sql_coverage_evidence(a, db, &arg, &evidence, &facts.n_evidence));
	TRY(sql_coverage_reviews(a, db, &arg, &reviews, &facts.n_reviews));
	facts.la_code = authority.code;
	facts.schools = schools;
	facts.succession = succession;
	facts.training = training;
	facts.evidence = evidence;
	facts.reviews = reviews;
	coverage_compute(a, &facts, out);
	if (apart != NULL) {
		facts.apart = true;
		coverage_compute(a, &facts, apart);
	}
	return NULL;
}

struct err *coverage_load(struct arena *a, struct db *db, int64_t authority_id, struct period period,
			  struct coverage *out)
{
	return coverage_load_both(a, db, authority_id, period, out, NULL);
}
