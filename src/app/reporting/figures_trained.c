/* Staff trained: different people who attended in full, in all and by sector, provider and course, from the lists of who was
 * at each session (training/session_count.c): sets of ids, so that a million attendances cost milliseconds. */
#include <stdlib.h>
#include <string.h>

#include "app/reporting/figures.h"
#include "app/reporting/figures.sql.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/ids.h"
#include "base/text.h"
#include "core/core.h"
#include "db/db.h"

enum way { BY_SECTOR, BY_KIND, BY_PROVIDER, BY_COURSE, WAYS };
enum { PARTS_MOST = 200 };

struct staff_part {
	const char *label;
	struct ids people;
	struct staff_part *next;
};

struct staff_leaf { /* one sector, kind, provider and course: each attendance falls into one of them, and is looked at once */
	const char *labels[WAYS];
	struct ids people;
	struct staff_leaf *next;
};

struct staff_lists { /* of a period */
	struct arena *arena;
	struct ids people;
	struct staff_leaf *leaves; /* the one used last first */
	struct staff_part *parts[WAYS];
};

static const struct field staff_trained_fields[] = {
	FIELD(struct staff_trained, attendances),
	FIELD(struct staff_trained, part),
	FIELD(struct staff_trained, no_shows),
	FIELD(struct staff_trained, booked),
	FIELD_END,
};
RECORD(staff_trained, staff_trained_fields);

static const struct field trained_list_fields[] = {
	FIELD(struct trained_list, sector),
	FIELD(struct trained_list, kind),
	FIELD(struct trained_list, provider, .flags = F_NULLABLE),
	FIELD(struct trained_list, course),
	FIELD(struct trained_list, people),
	FIELD_END,
};
RECORD(trained_list, trained_list_fields);

static bool is_leaf(const struct staff_leaf *leaf, const char *const labels[WAYS])
{
	for (int way = 0; way < WAYS; way++) {
		if (!text_same(leaf->labels[way], labels[way])) {
			return false;
		}
	}
	return true;
}

/* The leaf with these labels, made when there is none. */
static struct staff_leaf *leaf_of(struct staff_lists *t, const char *const labels[WAYS])
{
	struct staff_leaf **at = &t->leaves, *leaf;

	while (*at != NULL && !is_leaf(*at, labels)) {
		at = &(*at)->next;
	}
	leaf = *at;
	if (leaf == NULL) {
		leaf = ARENA_NEW(t->arena, struct staff_leaf, 1);
		for (int way = 0; way < WAYS; way++) {
			leaf->labels[way] = arena_strdup(t->arena, labels[way]);
		}
	} else {
		*at = leaf->next;
	}
	leaf->next = t->leaves;
	t->leaves = leaf;
	return leaf;
}

static struct err *take_list(void *context, const void *row)
{
	const struct trained_list *list = row;
	struct staff_lists *t = context;
	const char *const labels[WAYS] = {
		[BY_SECTOR] = list->sector,
		[BY_KIND] = list->kind,
		[BY_PROVIDER] = list->provider != NULL ? list->provider : "",
		[BY_COURSE] = list->course,
	};

	ids_add_list(t->arena, &leaf_of(t, labels)->people, list->people);
	return NULL;
}

static struct staff_part *part_of(struct staff_lists *t, int way, const char *label)
{
	struct staff_part *part = t->parts[way];

	while (part != NULL && !text_same(part->label, label)) {
		part = part->next;
	}
	if (part == NULL) {
		part = ARENA_NEW(t->arena, struct staff_part, 1);
		part->label = label;
		part->next = t->parts[way];
		t->parts[way] = part;
	}
	return part;
}

static void join_leaves(struct staff_lists *t)
{
	for (const struct staff_leaf *leaf = t->leaves; leaf != NULL; leaf = leaf->next) {
		ids_add_all(t->arena, &t->people, &leaf->people);
		for (int way = 0; way < WAYS; way++) {
			ids_add_all(t->arena, &part_of(t, way, leaf->labels[way])->people, &leaf->people);
		}
	}
}

static struct err *trained_of(const struct figure_call *call, const struct staff_lists **out)
{
	const struct period_arg arg = { call->authority_id, call->period.from, call->period.to };
	struct figures_kept *kept = figures_kept(call);

	if (kept->staff == NULL) {
		struct staff_lists *t = ARENA_NEW(call->arena, struct staff_lists, 1);

		t->arena = call->arena;
		TRY(db_each(call->arena, call->db, &SQL_trained_lists, &arg, take_list, t));
		join_leaves(t);
		kept->staff = t;
	}
	*out = kept->staff;
	return NULL;
}

static struct err *measure(const struct figure_call *call, struct figure_value *out)
{
	const struct period_arg arg = { call->authority_id, call->period.from, call->period.to };
	const struct staff_lists *trained;
	struct staff_trained row;

	TRY(sql_staff_trained_measure(call->arena, call->db, &arg, &row));
	TRY(trained_of(call, &trained));
	out->numerator = trained->people.n;
	out->value = (double)trained->people.n;
	out->known = true;
	out->excluded = arena_printf(call->arena,
				     "Not counted: %s attendances in part, %s who did not come, %s "
				     "bookings not reconciled. %s attendances in full were by people already counted.",
				     text_thousands(call->arena, row.part),
				     text_thousands(call->arena, row.no_shows),
				     text_thousands(call->arena, row.booked),
				     text_thousands(call->arena, row.attendances - trained->people.n));
	return NULL;
}

/* ---- parts ---- */

static int compare_labels(const void *a, const void *b)
{
	return strcmp(((const struct figure_part *)a)->label, ((const struct figure_part *)b)->label);
}

static struct err *parts_by(const struct figure_call *call, enum way way, struct figure_part **out, size_t *n_out)
{
	struct figure_part *parts;
	const struct staff_lists *trained;
	size_t n = 0;

	TRY(trained_of(call, &trained));
	for (const struct staff_part *p = trained->parts[way]; p != NULL; p = p->next) {
		n++;
	}
	parts = ARENA_NEW(call->arena, struct figure_part, n);
	n = 0;
	for (const struct staff_part *p = trained->parts[way]; p != NULL; p = p->next) {
		parts[n++] = (struct figure_part){ .label = p->label, .numerator = p->people.n };
	}
	qsort(parts, n, sizeof *parts, compare_labels);
	*out = parts;
	*n_out = n < PARTS_MOST ? n : PARTS_MOST;
	return NULL;
}

static struct err *by_sector(const struct figure_call *call, struct figure_part **out, size_t *n_out)
{
	return parts_by(call, BY_SECTOR, out, n_out);
}

static struct err *by_kind(const struct figure_call *call, struct figure_part **out, size_t *n_out)
{
	return parts_by(call, BY_KIND, out, n_out);
}

static struct err *by_provider(const struct figure_call *call, struct figure_part **out, size_t *n_out)
{
	return parts_by(call, BY_PROVIDER, out, n_out);
}

static struct err *by_course(const struct figure_call *call, struct figure_part **out, size_t *n_out)
{
	return parts_by(call, BY_COURSE, out, n_out);
}

static const struct figure_breakdown breakdowns[] = {
	{ "By sector", "Sector", &sector_words, by_sector, 0 },
	{ "By kind of provider", "Kind of provider", &provider_words, by_kind, 0 },
	{ "By provider", "Provider", NULL, by_provider, 0 },
	{ "By course", "Course", NULL, by_course, 0 },
	{ 0 },
};

const struct figure figure_staff_trained = {
	.name = "staff-trained",
	.label = "Staff trained",
	.kind = FIGURE_COUNT,
	.version = 1,
	.definition = "Different people who attended in full at least one session delivered in the "
		      "period. "
		      "Somebody who came to several sessions is counted once.",
	.numerator_label = "people trained",
	.permission = PERM_figure_read,
	.rows_permission = PERM_learner_read,
	.measure = measure,
	.rows = &list_figure_staff,
	.breakdowns = breakdowns,
};
