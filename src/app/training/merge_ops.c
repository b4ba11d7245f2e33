/* Joining two records of one person, taking them apart again, and recording that they are two people. */
#include "app/training/learner.sql.h"
#include "app/training/merge.h"
#include "app/training/merge.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

enum { REFERENCE_LENGTH = 8 };

struct merge_entry { /* in the audit: which record, how much; of a person nothing else */
	const char *joined;
	int64_t attendances, evidence, checkins;
};

static const struct field merge_entry_fields[] = {
	FIELD(struct merge_entry, joined, .flags = F_REFERENCE),
	FIELD(struct merge_entry, attendances),
	FIELD(struct merge_entry, evidence),
	FIELD(struct merge_entry, checkins),
	FIELD_END,
};
static RECORD(merge_entry, merge_entry_fields);

/* Somebody whom the asker may not see is not there. */
static struct err *see(struct op *op, const char *reference, struct learner *out)
{
	if (policy_reach(op->who->role, PERM_learner_read) != REACH_ALL) {
		return ERR(ERR_NOT_FOUND, "There is nobody with the reference %s", reference);
	}
	return person_find(op->arena, op->db, op->who->authority_id, reference, out);
}

static struct err *both(struct op *op, struct learner *first, struct learner *second)
{
	TRY(see(op, op_path(op, "learner"), first));
	return see(op, op_path(op, "other"), second);
}

static struct apart apart_of(const struct op *op, const struct learner *a, const struct learner *b)
{
	return (struct apart){ a->id < b->id ? a->id : b->id, a->id < b->id ? b->id : a->id, op->today };
}

/* ---- join ---- */

static struct err *expect_versions(struct op *op, const struct merge_form *form, const struct learner *first,
				   const struct learner *second)
{
	TRY(op_expect_version(op, first->version));
	if (op->who->role != ROLE_SYSTEM && form->second_version != second->version) {
		return ERR(ERR_CONFLICT, "Somebody else changed one of the two while you had them open. Look at them again");
	}
	return NULL;
}

static struct err *refuse(struct op *op, const struct merge *m, const struct learner *stays, const struct learner *gone,
			  struct merge_counts *counts)
{
	struct merge_meeting *meetings;
	size_t n;

	TRY(sql_merge_counts(op->arena, op->db, m, counts));
	TRY(merge_meetings(op->arena, op->db, m, &meetings, &n));
	const char *why = merge_refusal(op->arena, stays, gone, counts, meetings, n);

	if (why != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", why);
	}
	return NULL;
}

static struct err *audit_join(struct op *op, const struct learner *before, const struct learner *after,
			      const struct learner *gone, const struct merge_counts *counts)
{
	const struct merge_entry none = { .joined = "" };
	const struct merge_entry entry = { gone->reference, counts->attendances, counts->evidence, counts->checkins };

	TRY(op_audit(op, "learner", after->reference, &merge_entry_record, &none, &entry));
	return person_audit(op, before, after);
}

static struct err *join(struct op *op, const void *input)
{
	const struct merge_form *form = input;
	struct learner first, second;
	struct merge_counts counts;
	struct id_row row;

	TRY(both(op, &first, &second));
	TRY(expect_versions(op, form, &first, &second));
	const struct learner *stays = form->stays == MERGE_SECOND ? &second : &first;
	const struct learner *gone = form->stays == MERGE_SECOND ? &first : &second;
	struct merge m = { .authority_id = op->who->authority_id,
			   .reference = world_reference(op->world, op->arena, REFERENCE_LENGTH),
			   .stays_id = stays->id,
			   .gone_id = gone->id,
			   .merged_on = op->today };

	TRY(refuse(op, &m, stays, gone, &counts));
	if (op->problems->n > 0) {
		return NULL;
	}
	const struct learner after = merge_fields(&first, &second, form);
	const struct apart apart = apart_of(op, &first, &second);

	TRY(sql_apart_drop(op->db, &apart, NULL));
	TRY(sql_merge_add(op->arena, op->db, &m, &row));
	m.id = row.id;
	TRY(merge_apply(op, &m, &after, gone));
	TRY(person_searchable(op, &after));
	op->reference = m.reference;
	op->location = link_learner(op->arena, stays->reference);
	op->flash = "The two records are one now";
	return audit_join(op, stays, &after, gone, &counts);
}

/* ---- take apart ---- */

static struct err *check_undo(struct op *op, const struct merge *m)
{
	struct learner stays;
	struct merge *later;
	struct merge_person *taken;
	size_t n, n_taken;

	TRY(person_find(op->arena, op->db, m->authority_id, m->stays, &stays));
	TRY(sql_merges_into(op->arena, op->db, m, &later, &n));
	TRY(sql_merge_email_taken(op->arena, op->db, m, &taken, &n_taken));
	if (date_is_set(m->undone_on)) {
		problem_add(op->arena, op->problems, NULL, "These two records have been taken apart already");
	} else if (!text_empty(stays.merged_into)) {
		problem_add(op->arena, op->problems, NULL, "%s was joined into %s since. Take those apart first", m->stays,
			    stays.merged_into);
	} else if (n > 0 && later[0].id != m->id) {
		problem_add(op->arena, op->problems, NULL, "%s was joined into this record later. Take that apart first",
			    later[0].gone);
	} else if (n_taken > 0) {
		problem_add(op->arena, op->problems, NULL,
			    "A work email that was theirs belongs to %s now. Change it there first", taken[0].reference);
	}
	return NULL;
}

static struct err *part(struct op *op, const void *input)
{
	struct reference_arg key = { op->who->authority_id, op_path(op, "merge") };
	struct learner stays, gone;
	struct merge m;
	bool found;

	TRY(see(op, op_path(op, "learner"), &stays));
	TRY(sql_merge_by_reference(op->arena, op->db, &key, &m, &found));
	if (!found || m.stays_id != stays.id) {
		return ERR(ERR_NOT_FOUND, "Nothing was joined under the reference %s", key.reference);
	}
	TRY(check_undo(op, &m));
	if (op->problems->n > 0) {
		return NULL;
	}
	m.undone_on = op->today;
	TRY(merge_undo(op, &m));
	TRY(person_find(op->arena, op->db, m.authority_id, m.stays, &stays));
	TRY(person_find(op->arena, op->db, m.authority_id, m.gone, &gone));
	TRY(person_searchable(op, &stays));
	TRY(person_searchable(op, &gone));
	op->reference = m.reference;
	op->location = link_learner(op->arena, m.stays);
	op->flash = "The two records are apart again";
	const struct merge_entry none = { .joined = "" }, was = { .joined = m.gone };

	return op_audit(op, "learner", m.stays, &merge_entry_record, &was, &none);
}

/* ---- two people ---- */

static struct err *tell_apart(struct op *op, const void *input)
{
	struct learner first, second;
	struct apart apart, there;
	bool found;

	TRY(both(op, &first, &second));
	apart = apart_of(op, &first, &second);
	TRY(sql_apart_find(op->arena, op->db, &apart, &there, &found));
	if (first.id == second.id) {
		problem_add(op->arena, op->problems, NULL, "This is one record");
		return NULL;
	}
	if (!found) {
		TRY(sql_apart_add(op->db, &apart, NULL));
	}
	op->reference = first.reference;
	op->location = URL("/training/learners/duplicates");
	op->flash = "Recorded as two people. They are not shown as one again";
	return op_audit(op, "learner", arena_printf(op->arena, "%s/%s", first.reference, second.reference), NULL, NULL, NULL);
}

const struct operation join_people = {
	.name = "join-people",
	.label = "Join two records of one person",
	.permission = PERM_training_manage,
	.input = &merge_form_record,
	.apply = join,
};
const struct operation part_people = {
	.name = "part-people",
	.label = "Take two records apart again",
	.permission = PERM_training_manage,
	.apply = part,
};
const struct operation tell_people_apart = {
	.name = "tell-people-apart",
	.label = "Record that two records are two people",
	.permission = PERM_training_manage,
	.apply = tell_apart,
};
