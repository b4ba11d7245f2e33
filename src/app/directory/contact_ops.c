/* Contacts are added, changed and end-dated; never deleted. The audit names them by reference only. */
#include "app/directory/contact.sql.h"
#include "app/directory/partnership.h"
#include "app/directory/school.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"
#include "work/search.h"

enum { REFERENCE_LENGTH = 6 };

/* The chain of the audit is kept for ever: of a person it says what, never who. */
struct contact_entry {
	int kind;
	int64_t establishment_urn;
	const char *agency, *team;
	bool secure_email;
	struct date from_on, to_on;
};

static const struct field contact_entry_fields[] = {
	FIELD(struct contact_entry, kind, .words = &contact_kind_words),
	FIELD(struct contact_entry, establishment_urn),
	FIELD(struct contact_entry, agency),
	FIELD(struct contact_entry, team),
	FIELD(struct contact_entry, secure_email),
	FIELD(struct contact_entry, from_on),
	FIELD(struct contact_entry, to_on),
	FIELD_END,
};
static RECORD(contact_entry, contact_entry_fields);

static struct contact_entry entry_of(const struct contact *c)
{
	return (struct contact_entry){ c->kind, c->establishment_urn, c->agency == NULL ? "" : c->agency,
				       c->team == NULL ? "" : c->team, c->secure_email, c->from_on, c->to_on };
}

static struct err *audit(struct op *op, const struct contact *before, const struct contact *after)
{
	struct contact_entry is = entry_of(after), was = before == NULL ? is : entry_of(before);

	return op_audit(op, "contact", after->reference, &contact_entry_record, before == NULL ? NULL : &was, &is);
}

struct err *contact_find(struct arena *a, struct db *db, int64_t authority_id, const char *reference,
			 struct contact *out)
{
	struct reference_arg key = { authority_id, reference };
	bool found;

	TRY(sql_contact_by_reference(a, db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no contact with the reference %s", reference);
}

struct url link_contact(struct arena *a, const char *reference)
{
	return url_path(a, "/partnership/contacts/{}", reference);
}

static struct err *contact_of_op(struct op *op, struct contact *out)
{
	TRY(contact_find(op->arena, op->db, op->who->authority_id, op_path(op, "contact"), out));
	return op_expect_version(op, out->version);
}

/* ---- what the form says ---- */

static struct err *take_places(struct op *op, const struct contact_form *form, struct contact *c)
{
	struct agency_team body;
	struct school school;
	struct err *missing = NULL;

	TRY(agency_team_find(op->arena, op->db, c->authority_id, form->body, &body));
	c->agency_id = body.agency_id;
	c->team_id = body.team_id;
	c->agency = body.agency;
	c->team = body.team;
	c->establishment_urn = form->establishment_urn;
	if (form->establishment_urn != 0) {
		missing = school_find(op->arena, op->db, c->authority_id, form->establishment_urn, &school);
	}
	if (missing != NULL && missing->kind != ERR_NOT_FOUND) {
		return missing;
	}
	if (missing != NULL) {
		problem_add(op->arena, op->problems, "establishment_urn",
			    "URN %lld is not in the school register. Check the number", (long long)form->establishment_urn);
	}
	if (body.agency_id == 0 && form->establishment_urn == 0) {
		problem_add(op->arena, op->problems, "body", "Select an agency, or enter the URN of a school");
	}
	return NULL;
}

static struct err *take_form(struct op *op, const struct contact_form *form, struct contact *c)
{
	c->name = form->name;
	c->name_fold = text_fold(op->arena, form->name);
	c->kind = form->kind;
	c->job = form->job;
	c->email = text_fold(op->arena, form->email);
	c->telephone = form->telephone;
	c->secure_email = form->secure_email;
	c->from_on = form->from_on;
	if (form->secure_email && text_empty(form->email)) {
		problem_add(op->arena, op->problems, "email", "Enter the work email that is secure");
	}
	if (date_compare(form->from_on, op->today) > 0) {
		problem_add(op->arena, op->problems, "from_on", "The first day in the post must be today or in the past");
	}
	if (date_is_set(c->to_on) && date_compare(form->from_on, c->to_on) > 0) {
		problem_add(op->arena, op->problems, "from_on", "The first day in the post must be before the last");
	}
	return take_places(op, form, c);
}

static struct err *searchable(struct op *op, const struct contact *c, bool is_new)
{
	const char *const texts[] = { c->name, c->job == NULL ? "" : c->job, NULL };

	return search_put(op->arena, op->db, c->authority_id, SEARCH_CONTACT, &(struct search_thing){ c->id, texts, is_new }, 1);
}

static void say(struct op *op, const struct contact *c, const char *flash)
{
	op->reference = c->reference;
	op->location = link_contact(op->arena, c->reference);
	op->flash = flash;
}

static struct err *add(struct op *op, const void *input)
{
	struct contact c = { .authority_id = op->who->authority_id,
			     .reference = world_reference(op->world, op->arena, REFERENCE_LENGTH) };
	struct id_row row;

	TRY(take_form(op, input, &c));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_contact_add(op->arena, op->db, &c, &row));
	c.id = row.id;
	TRY(searchable(op, &c, true));
	say(op, &c, "Contact added");
	return audit(op, NULL, &c);
}

static struct err *save(struct op *op, const struct contact *before, const struct contact *after, const char *flash)
{
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_contact_update(op->db, after, NULL));
	TRY(searchable(op, after, false));
	say(op, after, flash);
	return audit(op, before, after);
}

static struct err *change(struct op *op, const void *input)
{
	struct contact before, after;

	TRY(contact_of_op(op, &before));
	after = before;
	TRY(take_form(op, input, &after));
	return save(op, &before, &after, "Contact changed");
}

static struct err *end(struct op *op, const void *input)
{
	const struct contact_leave *form = input;
	struct contact before, after;

	TRY(contact_of_op(op, &before));
	after = before;
	after.to_on = form->to_on;
	if (date_compare(form->to_on, op->today) > 0) {
		problem_add(op->arena, op->problems, "to_on", "The last day in the post must be today or in the past");
	} else if (date_compare(form->to_on, before.from_on) < 0) {
		problem_add(op->arena, op->problems, "to_on", "The last day in the post must be after the first, %s",
			    date_long(op->arena, before.from_on));
	}
	return save(op, &before, &after, "Recorded that they have left");
}

static struct err *take_back(struct op *op, const void *input)
{
	struct contact before, after;

	TRY(contact_of_op(op, &before));
	after = before;
	after.to_on = (struct date){ 0 };
	if (!date_is_set(before.to_on)) {
		problem_add(op->arena, op->problems, NULL, "This contact has not left");
	}
	return save(op, &before, &after, "Recorded that they are in the post");
}

const struct operation add_contact = {
	.name = "add-contact",
	.label = "Add a contact",
	.permission = PERM_agency_manage,
	.input = &contact_form_record,
	.apply = add,
};
const struct operation change_contact = {
	.name = "change-contact",
	.label = "Change a contact",
	.permission = PERM_agency_manage,
	.input = &contact_form_record,
	.apply = change,
};
const struct operation end_contact = {
	.name = "end-contact",
	.label = "Record that a contact has left",
	.permission = PERM_agency_manage,
	.input = &contact_leave_record,
	.apply = end,
};
const struct operation return_contact = {
	.name = "return-contact",
	.label = "Record that a contact has not left",
	.permission = PERM_agency_manage,
	.apply = take_back,
};
