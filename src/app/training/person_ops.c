/* People are added, changed and end-dated. Who is entered here stays without any training (learner.kept). */
#include <string.h>

#include "app/training/learner.sql.h"
#include "app/training/merge.h"
#include "app/training/need.h"
#include "app/training/person.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

/* ---- what the form says ---- */

static struct err *check_email(struct op *op, const struct learner *l)
{
	struct learner_args args = { .authority_id = l->authority_id, .email = l->email };
	struct learner other;
	bool found = false;

	if (!text_empty(l->email)) {
		TRY(sql_learner_by_email(op->arena, op->db, &args, &other, &found));
	}
	if (found && other.id != l->id) {
		problem_add(op->arena, op->problems, "email", "This email belongs to %s already, reference %s", other.name,
			    other.reference);
	}
	return NULL;
}

static struct err *take_place(struct op *op, const char *text, struct learner *l)
{
	struct place place;

	TRY(place_resolve(op->arena, op->db, l->authority_id, op->today, text, NULL, &place));
	if (place.fault != NULL) {
		problem_add(op->arena, op->problems, "place", "%s", place.fault);
	}
	l->establishment_urn = place.urn;
	l->school = place.school;
	l->organisation = place.organisation;
	l->organisation_fold = place.organisation_fold;
	return NULL;
}

static struct err *take_body(struct op *op, const char *value, struct learner *l)
{
	const char *slash = strchr(value, '/');
	struct agency_team body;

	TRY(agency_team_find(op->arena, op->db, l->authority_id, value, &body));
	l->agency_id = body.agency_id;
	l->team_id = body.team_id;
	l->agency = body.agency;
	l->team = body.team;
	l->agency_reference = slash == NULL ? value : arena_strndup(op->arena, value, (size_t)(slash - value));
	l->team_reference = slash == NULL ? "" : slash + 1;
	return NULL;
}

static struct err *take_form(struct op *op, const struct person_form *form, struct learner *l)
{
	l->name = form->name;
	l->name_fold = text_fold(op->arena, form->name);
	l->email = text_fold(op->arena, form->email);
	l->job = form->job;
	l->standing = form->standing;
	l->audience = form->audience;
	l->kept = true;
	TRY(take_place(op, form->place, l));
	TRY(take_body(op, form->body, l));
	/* whoever works at a school of the register is school staff unless the form says otherwise */
	l->sector = form->sector != 0 ? form->sector : l->establishment_urn != 0 ? SECTOR_SCHOOL : SECTOR_NOT_KNOWN;
	return check_email(op, l);
}

static void say(struct op *op, const struct learner *l, const char *flash)
{
	op->reference = l->reference;
	op->location = link_learner(op->arena, l->reference);
	op->flash = flash;
}

static struct err *person_of_op(struct op *op, struct learner *out)
{
	TRY(person_find(op->arena, op->db, op->who->authority_id, op_path(op, "learner"), out));
	if (!text_empty(out->merged_into)) {
		return ERR(ERR_INVALID, "This record was joined into %s. Change that one", out->merged_into);
	}
	return op_expect_version(op, out->version);
}

static struct err *save(struct op *op, const struct learner *before, const struct learner *after, const char *flash)
{
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_person_update(op->db, after, 1));
	TRY(person_searchable(op, after));
	TRY(need_of_learner(op, after->id)); /* what they do decides what they need */
	say(op, after, flash);
	return person_audit(op, before, after);
}

/* ---- operations ---- */

static struct err *add(struct op *op, const void *input)
{
	struct learner l = { .authority_id = op->who->authority_id };

	TRY(take_form(op, input, &l));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(people_add(op, &l, 1));
	TRY(person_searchable(op, &l));
	TRY(need_of_learner(op, l.id));
	say(op, &l, "Person added");
	return person_audit(op, NULL, &l);
}

static struct err *change(struct op *op, const void *input)
{
	struct learner before, after;

	TRY(person_of_op(op, &before));
	after = before;
	TRY(take_form(op, input, &after));
	return save(op, &before, &after, "Person changed");
}

static struct err *end(struct op *op, const void *input)
{
	struct learner before, after;

	TRY(person_of_op(op, &before));
	after = before;
	after.ended_on = ((const struct person_leave *)input)->ended_on;
	if (date_compare(after.ended_on, op->today) > 0) {
		problem_add(op->arena, op->problems, "ended_on", "The last day must be today or in the past");
	}
	return save(op, &before, &after, "Recorded that they have left");
}

static struct err *take_back(struct op *op, const void *input)
{
	struct learner before, after;

	TRY(person_of_op(op, &before));
	after = before;
	after.ended_on = (struct date){ 0 };
	if (!date_is_set(before.ended_on)) {
		problem_add(op->arena, op->problems, NULL, "This person has not left");
	}
	return save(op, &before, &after, "Recorded that they have not left");
}

const struct operation add_person = {
	.name = "add-person",
	.label = "Add a person",
	.permission = PERM_training_manage,
	.input = &person_form_record,
	.apply = add,
};
const struct operation change_person = {
	.name = "change-person",
	.label = "Change a person",
	.permission = PERM_training_manage,
	.input = &person_form_record,
	.apply = change,
};
const struct operation end_person = {
	.name = "end-person",
	.label = "Record that a person has left",
	.permission = PERM_training_manage,
	.input = &person_leave_record,
	.apply = end,
};
const struct operation return_person = {
	.name = "return-person",
	.label = "Record that a person has not left",
	.permission = PERM_training_manage,
	.apply = take_back,
};
