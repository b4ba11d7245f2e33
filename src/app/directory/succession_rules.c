/*
 * Succession: links of the register made into a graph from old school to new. Pure.
 *
 * The real file has links in one direction only, links to schools in no register, pairs of schools
 * that name each other as successor, and cycles; a walk visits each school once and stops at
 * SUCCESSION_MOST, whatever the links say.
 */
#include <stdlib.h>
#include <string.h>

#include "app/directory/school.h"
#include "base/arena.h"

struct edge {
	int64_t from, to; /* forward: old, new; backward: new, old */
	struct date on;
};

struct succession {
	struct edge *forward, *backward; /* each in order of from, to */
	size_t n;
};

/* Old and new school of a link, or false when its kind hands nothing on. */
static bool link_ends(const struct school_link *l, int64_t *old, int64_t *new)
{
	switch (l->kind) {
	case LINK_SUCCESSOR:
	case LINK_SUCCESSOR_MERGED:
	case LINK_SUCCESSOR_AMALGAMATED:
	case LINK_SUCCESSOR_SPLIT:
	case LINK_RESULT_OF_AMALGAMATION: /* LinkURN is what the amalgamation made */
		*old = l->urn;
		*new = l->link_urn;
		break;
	case LINK_PREDECESSOR:
	case LINK_PREDECESSOR_MERGED:
	case LINK_PREDECESSOR_AMALGAMATED:
	case LINK_PREDECESSOR_SPLIT:
		*old = l->link_urn;
		*new = l->urn;
		break;
	default:
		return false;
	}
	return *old != *new;
}

static int by_ends(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (x->from != y->from) {
		return x->from > y->from ? 1 : -1;
	}
	if (x->to != y->to) {
		return x->to > y->to ? 1 : -1;
	}
	return date_compare(x->on, y->on); /* no date first */
}

/* Twins made one; of their dates the earliest that is set. Edges are in order. */
static size_t merge_twins(struct edge *edges, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct edge *last = kept == 0 ? NULL : &edges[kept - 1];

		if (last != NULL && last->from == edges[i].from && last->to == edges[i].to) {
			last->on = date_is_set(last->on) ? last->on : edges[i].on;
		} else {
			edges[kept++] = edges[i];
		}
	}
	return kept;
}

static bool closed(const struct school_line *s)
{
	return s != NULL && (date_is_set(s->close_date) || s->status == STATUS_CLOSED);
}

static const struct edge *edge_between(const struct edge *edges, size_t n, int64_t from, int64_t to)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct edge *e = &edges[middle];

		if (e->from < from || (e->from == from && e->to < to)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < n && edges[low].from == from && edges[low].to == to ? &edges[low] : NULL;
}

/* Whether this is the wrong one of two edges that contradict each other: its new school has closed
 * and its old one has not. */
static bool backwards(const struct edge *edges, size_t n, const struct edge *e,
		      const struct school_line *schools, size_t n_schools)
{
	return edge_between(edges, n, e->to, e->from) != NULL &&
	       closed(school_in(schools, n_schools, e->to)) && !closed(school_in(schools, n_schools, e->from));
}

static void date_edge(struct edge *e, const struct school_line *schools, size_t n_schools)
{
	const struct school_line *old = school_in(schools, n_schools, e->from);
	const struct school_line *new = school_in(schools, n_schools, e->to);

	if (!date_is_set(e->on) && new != NULL) {
		e->on = new->open_date;
	}
	if (!date_is_set(e->on) && old != NULL) {
		e->on = old->close_date;
	}
}

struct succession *succession_new(struct arena *a, const struct school_link *links, size_t n_links,
				  const struct school_line *schools, size_t n_schools)
{
	struct succession *s = ARENA_NEW(a, struct succession, 1);
	struct edge *all = ARENA_NEW(a, struct edge, n_links + 1);
	size_t n = 0;

	for (size_t i = 0; i < n_links; i++) {
		if (link_ends(&links[i], &all[n].from, &all[n].to)) {
			all[n++].on = links[i].established_on;
		}
	}
	qsort(all, n, sizeof(*all), by_ends);
	n = merge_twins(all, n);
	s->forward = ARENA_NEW(a, struct edge, n + 1);
	s->backward = ARENA_NEW(a, struct edge, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct edge e = all[i];

		if (backwards(all, n, &e, schools, n_schools)) {
			continue;
		}
		date_edge(&e, schools, n_schools);
		s->forward[s->n] = e;
		s->backward[s->n++] = (struct edge){ .from = e.to, .to = e.from, .on = e.on };
	}
	qsort(s->backward, s->n, sizeof(*s->backward), by_ends);
	return s;
}

/* The first edge from a school; edges of one school stand together. */
static const struct edge *edges_from(const struct edge *edges, size_t n, int64_t urn)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (edges[middle].from < urn) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return edges + low;
}

static bool holds(const struct edge *e, struct date on)
{
	return !date_is_set(on) || !date_is_set(e->on) || date_compare(e->on, on) <= 0;
}

static bool among(const int64_t *urns, size_t n, int64_t urn)
{
	for (size_t i = 0; i < n; i++) {
		if (urns[i] == urn) {
			return true;
		}
	}
	return false;
}

struct urns succession_of(struct arena *a, const struct succession *s, int64_t urn, enum succession_way way,
			  struct date on)
{
	const struct edge *edges = way == AFTER ? s->forward : s->backward;
	const struct edge *end = edges + s->n;
	int64_t found[SUCCESSION_MOST];
	struct urns out = { 0 };
	int64_t at = urn;

	for (size_t done = 0;; at = found[done++]) {
		for (const struct edge *e = edges_from(edges, s->n, at); e < end && e->from == at; e++) {
			if (!holds(e, on) || e->to == urn || among(found, out.n, e->to)) {
				continue;
			}
			if (out.n == SUCCESSION_MOST) {
				out.cut = true;
				break;
			}
			found[out.n++] = e->to;
		}
		if (done == out.n) {
			break;
		}
	}
	if (out.n > 0) {
		int64_t *copy = ARENA_NEW(a, int64_t, out.n);

		memcpy(copy, found, out.n * sizeof(*copy));
		out.v = copy;
	}
	return out;
}

const struct succession_edge *succession_edges(struct arena *a, const struct succession *s, int64_t urn,
					       enum succession_way way, struct date on, size_t *n_out)
{
	const struct edge *edges = way == AFTER ? s->forward : s->backward;
	const struct edge *end = edges + s->n;
	struct succession_edge *out;
	size_t n = 0;

	for (const struct edge *e = edges_from(edges, s->n, urn); e < end && e->from == urn; e++) {
		n += holds(e, on) ? 1 : 0;
	}
	out = ARENA_NEW(a, struct succession_edge, n + 1);
	n = 0;
	for (const struct edge *e = edges_from(edges, s->n, urn); e < end && e->from == urn; e++) {
		if (holds(e, on)) {
			out[n++] = (struct succession_edge){ .urn = e->to, .on = e->on };
		}
	}
	*n_out = n;
	return out;
}
