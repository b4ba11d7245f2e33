/* Versions of the rubric: kept, read, added. */
#include "app/training/rubric.h"

#include <string.h>

#include "app/training/rubric.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

enum { LABEL_MAX = 200, KEY_LENGTH = 6 };

static const struct field criterion_fields[] = {
	FIELD(struct criterion, id),
	FIELD(struct criterion, rubric_id),
	FIELD(struct criterion, place),
	FIELD(struct criterion, key),
	FIELD(struct criterion, label),
	FIELD(struct criterion, hint, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(criterion, criterion_fields);

static const struct field rubric_fields[] = {
	FIELD(struct rubric, id),
	FIELD(struct rubric, authority_id),
	FIELD(struct rubric, version, .label = "Version"),
	FIELD(struct rubric, from_on, .label = "From"),
	FIELD_END
};
RECORD(rubric, rubric_fields);

static const struct field rubric_arg_fields[] = {
	FIELD(struct rubric_arg, authority_id),
	FIELD(struct rubric_arg, on),
	FIELD_END
};
RECORD(rubric_arg, rubric_arg_fields);

static const struct field rating_fields[] = {
	FIELD(struct rating, review_id),
	FIELD(struct rating, criterion_id),
	FIELD(struct rating, rating, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(rating, rating_fields);

static const struct field rating_line_fields[] = {
	FIELD(struct rating_line, id),
	FIELD(struct rating_line, label),
	FIELD(struct rating_line, rating, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(rating_line, rating_line_fields);

extern const struct words extremism_words;

static const struct field form_row_fields[] = {
	FIELD(struct form_row, review_id),
	FIELD(struct form_row, form, .words = &extremism_words),
	FIELD_END
};
RECORD(form_row, form_row_fields);

static const struct field rubric_form_fields[] = {
	FIELD(struct rubric_form, from_on, .label = "First day of this version",
	      .hint = "Reviews that are rated before that day keep the version before", .flags = F_REQUIRED,
	      .asks = "Enter the first day of this version"),
	FIELD_END
};
RECORD(rubric_form, rubric_form_fields);

/* ---- version 1 ---- */

/* The duty came into force on 1 July 2015; the eight criteria of the domain reference, 4.12. */
static const struct date first_day = { 2015, 7, 1 };
static const struct criterion first_criteria[] = {
	{ .key = "law", .label = "The law is described accurately",
	  .hint = "The duty, what it asks of this audience, and what it does not" },
	{ .key = "guidance", .label = "It follows current guidance",
	  .hint = "The Prevent duty guidance in force, and the sector’s own" },
	{ .key = "referral", .label = "The referral route is right",
	  .hint = "Whom to tell here, how, and what happens then" },
	{ .key = "ideologies", .label = "All ideologies are covered",
	  .hint = "In proportion to the risk, nationally and locally" },
	{ .key = "interactive", .label = "It is interactive", .hint = "Discussion, cases, questions" },
	{ .key = "safeguarding", .label = "It is framed as safeguarding",
	  .hint = "Notice, check, share: as with any other harm" },
	{ .key = "equality", .label = "It is framed by equality",
	  .hint = "No group is held under suspicion; the equality duty is kept in mind" },
	{ .key = "speech", .label = "It is balanced about free speech",
	  .hint = "Lawful debate is protected, and says so" },
};
enum { FIRST = sizeof(first_criteria) / sizeof(first_criteria[0]) };

static void product_own(struct arena *a, int64_t authority_id, struct rubric_whole *out)
{
	*out = (struct rubric_whole){
		.rubric = { .authority_id = authority_id, .version = 1, .from_on = first_day },
		.v = ARENA_NEW(a, struct criterion, FIRST),
		.n = FIRST,
	};
	for (size_t i = 0; i < FIRST; i++) {
		out->v[i] = first_criteria[i];
		out->v[i].place = (int64_t)i + 1;
	}
}

struct err *rubric_on(struct arena *a, struct db *db, int64_t authority_id, struct date day, struct rubric_whole *out)
{
	const struct rubric_arg args = { authority_id, day };
	bool found;

	*out = (struct rubric_whole){ 0 };
	TRY(sql_rubric_find(a, db, &args, &out->rubric, &found));
	if (!found) {
		product_own(a, authority_id, out);
		return NULL;
	}
	return sql_rubric_criteria(a, db, &(struct id_arg){ out->rubric.id }, &out->v, &out->n);
}

static struct err *store(struct op *op, struct rubric_whole *r)
{
	struct id_row row;

	TRY(sql_rubric_add(op->arena, op->db, &r->rubric, &row));
	r->rubric.id = row.id;
	for (size_t i = 0; i < r->n; i++) {
		r->v[i].rubric_id = r->rubric.id;
		r->v[i].place = (int64_t)i + 1;
		TRY(sql_criterion_add(op->arena, op->db, &r->v[i], &row));
		r->v[i].id = row.id;
	}
	return NULL;
}

struct err *rubric_keep(struct op *op, struct rubric_whole *rubric)
{
	return rubric->rubric.id == 0 ? store(op, rubric) : NULL;
}

const char *rating_field(struct arena *a, const struct criterion *c)
{
	return arena_printf(a, "rating-%s", c->key);
}

/* ---- a new version ---- */

static const char *row_name(struct arena *a, const char *what, size_t i)
{
	return arena_printf(a, "%s-%zu", what, i + 1);
}

static const char *typed(struct op *op, const char *what, size_t i)
{
	const char *s = pairs_get(op->raw, row_name(op->arena, what, i));
	const char *clean = s == NULL ? "" : text_normalise(op->arena, s, strlen(s));

	return clean == NULL ? "" : clean;
}

/* A criterion keeps its key from version to version; one that is new gets its own. */
static const char *key_of(struct op *op, const struct rubric_whole *before, size_t i)
{
	const char *key = typed(op, "key", i);

	for (size_t k = 0; k < before->n; k++) {
		if (text_same(before->v[k].key, key)) {
			return before->v[k].key;
		}
	}
	return world_reference(op->world, op->arena, KEY_LENGTH);
}

static bool has_key(const struct rubric_whole *r, const char *key)
{
	for (size_t i = 0; i < r->n; i++) {
		if (text_same(r->v[i].key, key)) {
			return true;
		}
	}
	return false;
}

static void take_rows(struct op *op, const struct rubric_whole *before, struct rubric_whole *r)
{
	r->v = ARENA_NEW(op->arena, struct criterion, CRITERIA_MAX);
	for (size_t i = 0; i < CRITERIA_MAX; i++) {
		const char *label = typed(op, "label", i), *hint = typed(op, "hint", i);
		const char *key = key_of(op, before, i);

		if (text_empty(label)) {
			continue;
		}
		if (text_length(label) > LABEL_MAX || text_length(hint) > LABEL_MAX) {
			problem_add(op->arena, op->problems, row_name(op->arena, "label", i),
				    "Criterion %zu must be %d characters or fewer", i + 1, LABEL_MAX);
		}
		r->v[r->n++] = (struct criterion){
			.key = has_key(r, key) ? world_reference(op->world, op->arena, KEY_LENGTH) : key,
			.label = label,
			.hint = hint,
		};
	}
	if (r->n == 0) {
		problem_add(op->arena, op->problems, "label-1", "Enter at least one criterion");
	}
}

static struct err *add(struct op *op, const void *input)
{
	const struct rubric_form *form = input;
	struct rubric_whole last, r = { .rubric = { .authority_id = op->who->authority_id, .from_on = form->from_on } };

	TRY(rubric_on(op->arena, op->db, op->who->authority_id, (struct date){ 2200, 12, 31 }, &last));
	TRY(rubric_keep(op, &last));
	if (date_compare(form->from_on, op->today) < 0) {
		problem_add(op->arena, op->problems, "from_on", "First day must be today or in the future");
	} else if (date_compare(form->from_on, last.rubric.from_on) <= 0) {
		problem_add(op->arena, op->problems, "from_on", "First day must be after %s, when version %lld begins",
			    date_long(op->arena, last.rubric.from_on), (long long)last.rubric.version);
	}
	take_rows(op, &last, &r);
	if (op->problems->n > 0) {
		return NULL;
	}
	r.rubric.version = last.rubric.version + 1;
	TRY(store(op, &r));
	op->location = URL("/training/rubric");
	op->flash = arena_printf(op->arena, "Version %lld added", (long long)r.rubric.version);
	return op_audit(op, "rubric", arena_printf(op->arena, "%lld", (long long)r.rubric.version), &rubric_record,
			NULL, &r.rubric);
}

const struct operation add_rubric = {
	.name = "add-rubric",
	.label = "Add a version of the rubric",
	.permission = PERM_rubric_write,
	.input = &rubric_form_record,
	.apply = add,
	.flags = OP_ANY_FIELDS,
};
