/* Coverage worked out: pure, over rows that somebody else has read. */
#include "app/reporting/coverage.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

static struct coverage_row row_of(const struct school_line *s)
{
	return (struct coverage_row){
		.id = s->urn,
		.name = s->name,
		.type = s->type,
		.type_group = s->type_group,
		.phase = s->phase,
		.district = s->district,
		.trust = s->trust_name,
		.trained = TRAINED_NOT_KNOWN,
		.reviewed = REVIEWED_NOT,
	};
}

static int by_urn(const void *key, const void *row)
{
	const int64_t urn = *(const int64_t *)key;
	const int64_t other = ((const struct coverage_row *)row)->id;

	return urn < other ? -1 : urn > other;
}

static int by_name(const void *x, const void *y)
{
	const struct coverage_row *a = x, *b = y;
	int order = strcasecmp(a->name, b->name);

	return order != 0 ? order : by_urn(&a->id, b);
}

static struct date later(struct date a, struct date b)
{
	return date_compare(a, b) >= 0 ? a : b;
}

/* ---- what is known of one URN, added to a school in scope: itself, or one that it became ---- */

static void trained_at_least(struct coverage_row *row, enum trained way)
{
	row->trained = (int)way < row->trained ? (int)way : row->trained;
}

static void trained_on(struct coverage_row *row, int64_t urn, struct date on)
{
	if (date_compare(on, row->last_on) > 0) {
		row->last_on = on;
		row->trained_as = urn == row->id ? 0 : urn;
	}
}

static void credit_training(struct coverage_row *row, const void *fact)
{
	const struct coverage_training *t = fact;

	trained_at_least(row, date_is_set(t->direct_on) ? TRAINED_DIRECTLY : TRAINED_OWN);
	trained_on(row, t->urn, later(t->direct_on, t->own_on));
	row->sessions += t->sessions;
	row->attended += t->attended;
}

static void credit_evidence(struct coverage_row *row, const void *fact)
{
	const struct coverage_evidence *e = fact;

	if (date_is_set(e->verified_on)) {
		trained_at_least(row, TRAINED_VERIFIED);
		trained_on(row, e->urn, e->verified_on);
	}
	if (date_is_set(e->claimed_on)) {
		trained_at_least(row, TRAINED_CLAIMED);
		row->claimed_on = later(row->claimed_on, e->claimed_on);
	}
	if (date_is_set(e->none_on)) {
		trained_at_least(row, TRAINED_NONE);
		row->none_on = later(row->none_on, e->none_on);
	}
}

/* A rating wins over a refusal, the latest over those before. */
static void credit_review(struct coverage_row *row, const void *fact)
{
	const struct coverage_review *r = fact;
	bool rated = row->reviewed == REVIEWED_GOOD || row->reviewed == REVIEWED_NOT_GOOD;

	if (r->overall == 0 ? rated : rated && date_compare(r->on, row->reviewed_on) < 0) {
		return;
	}
	row->reviewed = r->overall == 0 ? REVIEWED_REFUSED : r->overall >= 3 ? REVIEWED_GOOD : REVIEWED_NOT_GOOD;
	row->reviewed_on = r->on;
}

typedef void credit_fn(struct coverage_row *row, const void *fact);

/* A fact counts for the school itself and for every school it became by that day. False: for none that is counted. */
static bool follow(struct arena *a, struct coverage *c, const struct coverage_facts *f, int64_t urn,
		   credit_fn *credit, const void *fact)
{
	struct coverage_row *row = bsearch(&urn, c->rows, c->n, sizeof(*c->rows), by_urn);
	bool counted = row != NULL;
	struct urns after = succession_of(a, f->succession, urn, AFTER, f->on);

	if (row != NULL) {
		credit(row, fact);
	}
	for (size_t i = 0; i < after.n; i++) {
		row = bsearch(&after.v[i], c->rows, c->n, sizeof(*c->rows), by_urn);
		if (row != NULL) {
			credit(row, fact);
			counted = true;
		}
	}
	return counted;
}

static bool is_apart(enum scope scope)
{
	return scope == SCOPE_COLLEGE || scope == SCOPE_UNIVERSITY || scope == SCOPE_ONLINE || scope == SCOPE_OTHER_TYPE;
}

static void take_schools(struct arena *a, const struct coverage_facts *f, struct coverage *out)
{
	out->rows = ARENA_NEW(a, struct coverage_row, f->n_schools);
	for (size_t i = 0; i < f->n_schools; i++) {
		enum scope scope = school_scope(&f->schools[i], f->la_code, f->on);

		if (f->apart ? is_apart(scope) : scope == SCOPE_IN) {
			out->rows[out->n++] = row_of(&f->schools[i]);
		} else {
			out->out_of_scope++;
		}
	}
}

static void take_facts(struct arena *a, const struct coverage_facts *f, struct coverage *out)
{
	struct arena_mark mark = arena_mark(a);

	for (size_t i = 0; i < f->n_training; i++) {
		out->trained_out_of_scope +=
			follow(a, out, f, f->training[i].urn, credit_training, &f->training[i]) ? 0 : 1;
		arena_rewind(a, mark);
	}
	for (size_t i = 0; i < f->n_evidence; i++) {
		follow(a, out, f, f->evidence[i].urn, credit_evidence, &f->evidence[i]);
		arena_rewind(a, mark);
	}
	for (size_t i = 0; i < f->n_reviews; i++) {
		follow(a, out, f, f->reviews[i].urn, credit_review, &f->reviews[i]);
		arena_rewind(a, mark);
	}
}

/* A band ends on the day years later: trained on 1 May 2024 is "in the last year" up to 30 April 2025. */
static enum staleness staleness_of(struct date last_on, struct date on)
{
	if (!date_is_set(last_on)) {
		return STALE_NEVER;
	}
	for (int years = 1; years <= 3; years++) {
		if (date_compare(on, date_add_months(last_on, 12 * years)) < 0) {
			return (enum staleness)years;
		}
	}
	return STALE_OVER_3;
}

void coverage_compute(struct arena *a, const struct coverage_facts *facts, struct coverage *out)
{
	*out = (struct coverage){ 0 };
	take_schools(a, facts, out);
	take_facts(a, facts, out);
	for (size_t i = 0; i < out->n; i++) {
		struct coverage_row *row = &out->rows[i];

		row->staleness = (int)staleness_of(row->last_on, facts->on);
		out->ways[row->trained]++;
		out->good += date_is_set(row->last_on) && row->reviewed == REVIEWED_GOOD ? 1 : 0;
	}
}

/* ---- the lists ---- */

static bool fits(int asked, int code)
{
	return asked == 0 || asked == code;
}

static bool matches(const struct coverage_row *row, const struct coverage_arg *arg)
{
	return fits(arg->trained, row->trained) && fits(arg->staleness, row->staleness) &&
	       fits(arg->reviewed, row->reviewed) && fits(arg->phase, row->phase) &&
	       fits(arg->type_group, row->type_group) &&
	       (text_empty(arg->district) || text_same(arg->district, row->district)) &&
	       (text_empty(arg->trust) || text_same(arg->trust, row->trust)) &&
	       (!arg->known || date_is_set(row->last_on)) && (arg->own_urn == 0 || arg->own_urn == row->id);
}

static size_t filter(struct arena *a, const struct coverage *c, const struct coverage_arg *arg, struct coverage_row **out)
{
	size_t n = 0;

	*out = ARENA_NEW(a, struct coverage_row, c->n);
	for (size_t i = 0; i < c->n; i++) {
		if (matches(&c->rows[i], arg)) {
			(*out)[n++] = c->rows[i];
		}
	}
	return n;
}

size_t coverage_filter(struct arena *a, const struct coverage *c, const struct coverage_arg *arg,
		       struct coverage_row **out)
{
	size_t n = filter(a, c, arg, out);

	qsort(*out, n, sizeof(**out), by_name);
	return n;
}

/* The reasons for which a school comes next, the gravest first. 0: none. */
enum reason { NO_REASON, NOTHING_KNOWN, SAID_NONE, ONLY_CLAIMED, NOT_GOOD, OVER_3, OVER_2 };

static enum reason first_reason(const struct coverage_row *row)
{
	if (row->trained == TRAINED_NOT_KNOWN) {
		return NOTHING_KNOWN;
	}
	if (row->trained == TRAINED_NONE) {
		return SAID_NONE;
	}
	if (row->trained == TRAINED_CLAIMED) {
		return ONLY_CLAIMED;
	}
	if (row->reviewed == REVIEWED_NOT_GOOD) {
		return NOT_GOOD;
	}
	return row->staleness == STALE_OVER_3 ? OVER_3 : row->staleness == STALE_WITHIN_3 ? OVER_2 : NO_REASON;
}

static int by_reason(const void *x, const void *y)
{
	const struct coverage_row *a = x, *b = y;
	int order = (int)first_reason(a) - (int)first_reason(b);

	order = order != 0 ? order : date_compare(a->last_on, b->last_on);
	return order != 0 ? order : by_name(a, b);
}

static const char *reasons_of(struct arena *a, const struct coverage_row *row)
{
	struct buf b;

	buf_init(&b, a, 400);
	if (row->trained == TRAINED_NOT_KNOWN) {
		buf_str(&b, "no training is known");
	} else if (row->trained == TRAINED_NONE) {
		buf_printf(&b, "said on %s that there was none", date_long(a, row->none_on));
	} else if (row->trained == TRAINED_CLAIMED) {
		buf_printf(&b, "claims training on %s that nobody has verified", date_long(a, row->claimed_on));
	} else if (row->staleness == STALE_OVER_3 || row->staleness == STALE_WITHIN_3) {
		buf_printf(&b, "last trained on %s, over %d years ago", date_long(a, row->last_on),
			   row->staleness == STALE_OVER_3 ? 3 : 2);
	}
	if (row->reviewed == REVIEWED_NOT_GOOD) {
		buf_printf(&b, "%sreviewed on %s and not good", b.n > 0 ? "; " : "", date_long(a, row->reviewed_on));
	} else if (row->reviewed == REVIEWED_REFUSED) {
		buf_printf(&b, "%saccess to the material was refused", b.n > 0 ? "; " : "");
	} else if (row->reviewed == REVIEWED_NOT && date_is_set(row->last_on)) {
		buf_printf(&b, "%snobody has reviewed it", b.n > 0 ? "; " : "");
	}
	b.p[0] = (char)toupper((unsigned char)b.p[0]);
	return b.p;
}

size_t coverage_next(struct arena *a, const struct coverage *c, const struct coverage_arg *arg,
		     struct coverage_row **out)
{
	size_t all = filter(a, c, arg, out), n = 0;

	for (size_t i = 0; i < all; i++) {
		if (first_reason(&(*out)[i]) != NO_REASON) {
			(*out)[n++] = (*out)[i];
		}
	}
	qsort(*out, n, sizeof(**out), by_reason);
	for (size_t i = 0; i < n; i++) {
		(*out)[i].reasons = reasons_of(a, &(*out)[i]);
	}
	return n;
}
