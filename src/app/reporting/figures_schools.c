/* Figures of schools: what coverage says of a period. */
#include "app/reporting/coverage.h"
#include "app/reporting/figures.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static struct err *coverage_of(const struct figure_call *call, struct coverage *out)
{
	struct figures_kept *kept = figures_kept(call);

	if (kept->coverage == NULL) {
		struct coverage *c = ARENA_NEW(call->arena, struct coverage, 1);

		TRY(coverage_load(call->arena, call->db, call->authority_id, call->period, c));
		kept->coverage = c;
	}
	*out = *kept->coverage;
	return NULL;
}

static void counted(struct figure_value *out, int64_t n, const struct coverage *c)
{
	out->numerator = n;
	out->denominator = (int64_t)c->n;
	out->value = (double)n;
	out->known = true;
}

static struct err *measure_trained(const struct figure_call *call, struct figure_value *out)
{
	struct arena *a = call->arena;
	struct coverage c;

	TRY(coverage_of(call, &c));
	counted(out, c.ways[TRAINED_DIRECTLY], &c);
	out->excluded = arena_printf(
		a,
		"Not counted: %s schools trained elsewhere only, with evidence that was verified; %s known to have trained "
		"only their own staff themselves; %s that only claim training; %s that were trained, but neither they nor a "
		"successor were in scope on the last day of the period. Bookings, people who came only in part, and sessions "
		"held at a school that none of its staff attended.",
		text_thousands(a, c.ways[TRAINED_VERIFIED]), text_thousands(a, c.ways[TRAINED_OWN]),
		text_thousands(a, c.ways[TRAINED_CLAIMED]), text_thousands(a, c.trained_out_of_scope));
	return NULL;
}

static struct err *measure_verified(const struct figure_call *call, struct figure_value *out)
{
	struct arena *a = call->arena;
	struct coverage c;

	TRY(coverage_of(call, &c));
	counted(out, c.ways[TRAINED_DIRECTLY] + c.ways[TRAINED_VERIFIED], &c);
	out->excluded = arena_printf(a, "Not counted: %s schools that trained only their own staff themselves; %s that claim "
					"training which nobody has verified; %s that say there was none.",
				     text_thousands(a, c.ways[TRAINED_OWN]), text_thousands(a, c.ways[TRAINED_CLAIMED]),
				     text_thousands(a, c.ways[TRAINED_NONE]));
	return NULL;
}

static struct err *measure_own(const struct figure_call *call, struct figure_value *out)
{
	struct arena *a = call->arena;
	struct coverage c;

	TRY(coverage_of(call, &c));
	counted(out, c.ways[TRAINED_OWN], &c);
	out->excluded = arena_printf(a, "Not counted: schools that train their own staff and were trained directly or elsewhere "
					"as well. Trained directly: %s; elsewhere, verified: %s; not known, claimed or none: %s.",
				     text_thousands(a, c.ways[TRAINED_DIRECTLY]), text_thousands(a, c.ways[TRAINED_VERIFIED]),
				     text_thousands(a, c.ways[TRAINED_CLAIMED] + c.ways[TRAINED_NONE] +
							       c.ways[TRAINED_NOT_KNOWN]));
	return NULL;
}

static struct err *measure_good(const struct figure_call *call, struct figure_value *out)
{
	struct arena *a = call->arena;
	int64_t ways[REVIEWED_WAYS] = { 0 };
	struct coverage c;

	TRY(coverage_of(call, &c));
	for (size_t i = 0; i < c.n; i++) {
		ways[c.rows[i].reviewed] += date_is_set(c.rows[i].last_on) ? 1 : 0;
	}
	counted(out, ways[REVIEWED_GOOD], &c);
	out->excluded = arena_printf(a, "Not counted: %s trained schools whose training was reviewed and not good; %s where access "
					"was refused; %s where nobody has reviewed it; and schools without known training.",
				     text_thousands(a, ways[REVIEWED_NOT_GOOD]), text_thousands(a, ways[REVIEWED_REFUSED]),
				     text_thousands(a, ways[REVIEWED_NOT]));
	return NULL;
}

#define IN_SCOPE                                                                                                       \
	"A school is counted once, under the URN it has on the last day of the period: what happened under the URN it " \
	"had before a conversion, merger or split counts for it. In scope: open maintained schools, academies, free "   \
	"schools, special and independent schools of the authority (Schedule 6, Counter-Terrorism and Security Act "    \
	"2015)."

const struct figure figure_schools_trained = {
	.name = "schools-directly-trained",
	.label = "Schools directly trained",
	.kind = FIGURE_COUNT,
	.version = 1,
	.definition = "Schools in scope on the last day of the period with at least one member of "
		      "staff who attended in full a session delivered in the period by anybody but "
		      "the school itself. " IN_SCOPE,
	.numerator_label = "schools trained",
	.denominator_label = "schools in scope",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_trained,
	.rows = &list_figure_schools,
};

const struct figure figure_schools_verified = {
	.name = "schools-verified-training",
	.label = "Schools with verified training",
	.kind = FIGURE_COUNT,
	.version = 1,
	.definition = "Schools in scope on the last day of the period that were trained directly in the period, or for which a "
		      "document or an official export of training elsewhere in the period was seen. " IN_SCOPE,
	.numerator_label = "schools with verified training",
	.denominator_label = "schools in scope",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_verified,
	.rows = &list_figure_schools_verified,
};

const struct figure figure_schools_own = {
	.name = "schools-own-delivery",
	.label = "Schools that train their own staff",
	.kind = FIGURE_COUNT,
	.version = 1,
	.definition = "Schools in scope on the last day of the period for which only sessions that the school gave its own staff "
		      "are recorded in the period (the scrutiny board's question of 2016: how many schools deliver Prevent "
		      "training). " IN_SCOPE,
	.numerator_label = "schools that train their own staff",
	.denominator_label = "schools in scope",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_own,
	.rows = &list_figure_schools_own,
};

const struct figure figure_schools_good = {
	.name = "schools-reviewed-good",
	.label = "Schools trained and reviewed good",
	.kind = FIGURE_COUNT,
	.version = 1,
	.definition = "Schools in scope on the last day of the period with training in the period - directly, elsewhere and "
		      "verified, or by the school itself - whose latest rating in the period is 3 or 4 of 4. A rating touches a "
		      "school when it is of a session that its staff attended, of the course taught there, or of its own "
		      "package. " IN_SCOPE,
	.numerator_label = "schools trained and reviewed good",
	.denominator_label = "schools in scope",
	.permission = PERM_figure_read,
	.rows_permission = PERM_figure_rows,
	.measure = measure_good,
	.rows = &list_figure_schools_good,
};
