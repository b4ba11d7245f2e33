/* Agencies and their teams are added and changed; never deleted, because people and contacts belong to them. */
#include "app/directory/agency.sql.h"
#include "app/directory/partnership.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"
#include "work/search.h"

enum { REFERENCE_LENGTH = 6 };

/* ---- agencies ---- */

static void check_dates(struct op *op, const struct agency *g)
{
	if (date_is_set(g->agreement_review_on) && !date_is_set(g->agreement_signed_on)) {
		problem_add(op->arena, op->problems, "agreement_signed_on",
			    "Enter when the agreement was signed, or leave the date of its review empty");
	} else if (date_is_set(g->agreement_review_on) &&
		   date_compare(g->agreement_review_on, g->agreement_signed_on) < 0) {
		problem_add(op->arena, op->problems, "agreement_review_on",
			    "The agreement must be reviewed on or after the day it was signed");
	}
	if (date_compare(g->agreement_signed_on, op->today) > 0) {
		problem_add(op->arena, op->problems, "agreement_signed_on",
			    "The day on which the agreement was signed must be today or in the past");
	}
	if (date_compare(g->last_contact_on, op->today) > 0) {
		problem_add(op->arena, op->problems, "last_contact_on", "The last contact must be today or in the past");
	}
}

/* Two agencies of one name cannot be told apart in a list. */
static struct err *check(struct op *op, const struct agency *g)
{
	struct id_row *others;
	size_t n;

	TRY(sql_agency_same_name(op->arena, op->db, g, &others, &n));
	if (n > 0) {
		problem_add(op->arena, op->problems, "name", "There is already an agency of this name");
	}
	check_dates(op, g);
	return NULL;
}

static void say(struct op *op, const char *reference, const char *flash)
{
	op->reference = reference;
	op->location = link_agency(op->arena, reference);
	op->flash = flash;
}

static struct err *searchable(struct op *op, const struct agency *g, bool is_new)
{
	const char *const texts[] = { g->name, g->address == NULL ? "" : g->address, NULL };

	return search_put(op->arena, op->db, g->authority_id, SEARCH_AGENCY, &(struct search_thing){ g->id, texts, is_new }, 1);
}

static struct err *add(struct op *op, const void *input)
{
	struct agency g = *(const struct agency *)input;
	struct id_row row;

	g.authority_id = op->who->authority_id;
	g.name_fold = text_fold(op->arena, g.name);
	g.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	TRY(check(op, &g));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_agency_add(op->arena, op->db, &g, &row));
	g.id = row.id;
	TRY(searchable(op, &g, true));
	say(op, g.reference, "Agency added");
	return op_audit(op, "agency", g.reference, &agency_record, NULL, &g);
}

static struct err *change(struct op *op, const void *input)
{
	struct agency before, after = *(const struct agency *)input;

	TRY(agency_find(op->arena, op->db, op->who->authority_id, op_path(op, "agency"), &before));
	TRY(op_expect_version(op, before.version));
	after.id = before.id;
	after.authority_id = before.authority_id;
	after.reference = before.reference;
	after.name_fold = text_fold(op->arena, after.name);
	after.version = before.version;
	TRY(check(op, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_agency_update(op->db, &after, NULL));
	TRY(searchable(op, &after, false));
	say(op, after.reference, "Agency changed");
	return op_audit(op, "agency", after.reference, &agency_record, &before, &after);
}

/* ---- teams ---- */

static struct err *check_team(struct op *op, const struct team *t)
{
	struct id_row *others;
	size_t n;

	TRY(sql_team_same_name(op->arena, op->db, t, &others, &n));
	if (n > 0) {
		problem_add(op->arena, op->problems, "name", "This agency already has a team of this name");
	}
	if (date_compare(t->ended_on, op->today) > 0) {
		problem_add(op->arena, op->problems, "ended_on", "The day on which the team ended must be today or in the past");
	}
	return NULL;
}

static struct err *add_a_team(struct op *op, const void *input)
{
	const struct team_form *form = input;
	struct agency g;
	struct id_row row;

	TRY(agency_find(op->arena, op->db, op->who->authority_id, op_path(op, "agency"), &g));
	const struct team t = { .agency_id = g.id,
				.name = form->name,
				.name_fold = text_fold(op->arena, form->name),
				.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH),
				.ended_on = form->ended_on };

	TRY(check_team(op, &t));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_team_add(op->arena, op->db, &t, &row));
	say(op, g.reference, "Team added");
	op->reference = t.reference;
	return op_audit(op, "team", t.reference, &team_record, NULL, &t);
}

static struct err *change_a_team(struct op *op, const void *input)
{
	const struct team_form *form = input;
	struct agency g;
	struct team before, after;

	TRY(agency_find(op->arena, op->db, op->who->authority_id, op_path(op, "agency"), &g));
	TRY(team_find(op->arena, op->db, &g, op_path(op, "team"), &before));
	TRY(op_expect_version(op, before.version));
	after = before;
	after.name = form->name;
	after.name_fold = text_fold(op->arena, form->name);
	after.ended_on = form->ended_on;
	TRY(check_team(op, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_team_update(op->db, &after, NULL));
	say(op, g.reference, "Team changed");
	return op_audit(op, "team", after.reference, &team_record, &before, &after);
}

const struct operation add_agency = {
	.name = "add-agency",
	.label = "Add an agency",
	.permission = PERM_agency_manage,
	.input = &agency_record,
	.apply = add,
};
const struct operation change_agency = {
	.name = "change-agency",
	.label = "Change an agency",
	.permission = PERM_agency_manage,
	.input = &agency_record,
	.apply = change,
};
const struct operation add_team = {
	.name = "add-team",
	.label = "Add a team",
	.permission = PERM_agency_manage,
	.input = &team_form_record,
	.apply = add_a_team,
};
const struct operation change_team = {
	.name = "change-team",
	.label = "Change a team",
	.permission = PERM_agency_manage,
	.input = &team_form_record,
	.apply = change_a_team,
};
