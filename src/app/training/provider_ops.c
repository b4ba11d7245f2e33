/* Providers are added, changed, closed and opened again; never deleted, because courses name them. */
#include "app/training/provider.h"

#include "app/training/provider.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

enum { REFERENCE_LENGTH = 6 };

static const struct field provider_body_fields[] = {
	FIELD(struct provider_body, id),
	FIELD(struct provider_body, authority_id),
	FIELD(struct provider_body, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct provider_body, name, .label = "Name"),
	FIELD(struct provider_body, name_fold),
	FIELD(struct provider_body, kind, .label = "Kind", .words = &provider_words),
	FIELD(struct provider_body, outside, .label = "Outside the authority"),
	FIELD(struct provider_body, agency_id, .flags = F_NULLABLE),
	FIELD(struct provider_body, agency_reference, .flags = F_NULLABLE),
	FIELD(struct provider_body, agency, .label = "Agency", .flags = F_NULLABLE),
	FIELD(struct provider_body, state, .label = "State", .words = &provider_state_words),
	FIELD(struct provider_body, version),
	FIELD_END
};
RECORD(provider_body, provider_body_fields);

const struct choices provider_choices = { &SQL_provider_choices };

static const struct field provider_form_fields[] = {
	FIELD(struct provider_form, name, .label = "Name", .flags = F_REQUIRED),
	FIELD(struct provider_form, kind, .label = "What kind of provider?", .words = &provider_words,
	      .flags = F_REQUIRED, .asks = "Select what kind of provider it is"),
	FIELD(struct provider_form, outside, .label = "It is outside the authority",
	      .hint = "The regional police unit, the Home Office, other agencies and schools are"),
	FIELD(struct provider_form, agency, .label = "Which agency of the programme is it?",
	      .choices = &agency_choices, .hint = "Leave empty when it is none of them"),
	FIELD_END
};
RECORD(provider_form, provider_form_fields);

/* ---- pure ---- */

const char *provider_fault(int kind, bool outside)
{
	if (kind == PROVIDER_COUNCIL && outside) {
		return "What the council provides itself is not outside. Clear the box or select another kind";
	}
	if (kind != PROVIDER_COUNCIL && kind != PROVIDER_OTHER && !outside) {
		return "A provider of this kind is outside the authority. Tick the box or select another kind";
	}
	return NULL;
}

struct url link_provider(struct arena *a, const char *reference)
{
	return url_path(a, "/training/providers/{}", reference);
}

/* ---- operations ---- */

static struct err *provider_of_op(struct op *op, struct provider_body *out)
{
	struct reference_arg key = { op->who->authority_id, op_path(op, "provider") };
	bool found;

	TRY(sql_provider_find(op->arena, op->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no provider with the reference %s", key.reference);
}

static struct err *take_form(struct op *op, const struct provider_form *form, struct provider_body *p)
{
	const struct reference_arg agency = { op->who->authority_id, form->agency };
	const char *fault = provider_fault(form->kind, form->outside);
	struct id_row *same, row;
	size_t n;
	bool found;

	p->name = form->name;
	p->name_fold = text_fold(op->arena, form->name);
	p->kind = form->kind;
	p->outside = form->outside;
	p->agency_id = 0;
	if (fault != NULL) {
		problem_add(op->arena, op->problems, "outside", "%s", fault);
	}
	TRY(sql_provider_same_name(op->arena, op->db, p, &same, &n));
	if (n > 0) {
		problem_add(op->arena, op->problems, "name", "There is already a provider with this name");
	}
	if (!text_empty(form->agency)) {
		TRY(sql_provider_agency(op->arena, op->db, &agency, &row, &found));
		p->agency_id = found ? row.id : 0;
		p->agency_reference = form->agency;
	}
	return NULL;
}

static void say(struct op *op, const struct provider_body *p, const char *flash)
{
	op->reference = p->reference;
	op->location = link_provider(op->arena, p->reference);
	op->flash = flash;
}

static struct err *add(struct op *op, const void *input)
{
	struct provider_body p = { .authority_id = op->who->authority_id, .state = PROVIDER_OPEN };
	struct id_row row;

	TRY(take_form(op, input, &p));
	if (op->problems->n > 0) {
		return NULL;
	}
	p.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	TRY(sql_provider_add(op->arena, op->db, &p, &row));
	p.id = row.id;
	say(op, &p, "Provider added");
	return op_audit(op, "provider", p.reference, &provider_body_record, NULL, &p);
}

/* Courses say what kind provides them: with courses, the kind of a provider stays. */
static struct err *check_kind(struct op *op, const struct provider_body *before, const struct provider_body *after)
{
	struct provider_course *courses;
	size_t n = 0;

	if (before->kind != after->kind) {
		TRY(sql_provider_courses(op->arena, op->db, &(struct id_arg){ before->id }, &courses, &n));
	}
	if (n > 0) {
		problem_add(op->arena, op->problems, "kind",
			    "Courses are provided by it as “%s”. Add another provider for the other kind",
			    words_label(&provider_words, before->kind));
	}
	return NULL;
}

static struct err *change(struct op *op, const void *input)
{
	struct provider_body before, after;

	TRY(provider_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	after = before;
	TRY(take_form(op, input, &after));
	TRY(check_kind(op, &before, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_provider_update(op->db, &after, NULL));
	say(op, &after, "Provider changed");
	return op_audit(op, "provider", after.reference, &provider_body_record, &before, &after);
}

static struct err *set_state(struct op *op, int state, const char *already, const char *flash)
{
	struct provider_body before, after;

	TRY(provider_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	if (before.state == state) {
		problem_add(op->arena, op->problems, NULL, "%s", already);
		return NULL;
	}
	after = before;
	after.state = state;
	TRY(sql_provider_update(op->db, &after, NULL));
	say(op, &after, flash);
	return op_audit(op, "provider", after.reference, &provider_body_record, &before, &after);
}

static struct err *close_it(struct op *op, const void *input)
{
	return set_state(op, PROVIDER_CLOSED, "This provider is closed already",
			 "Provider closed. Its courses keep it and are not changed");
}

static struct err *reopen(struct op *op, const void *input)
{
	return set_state(op, PROVIDER_OPEN, "This provider is open already", "Provider opened again");
}

const struct operation add_provider = {
	.name = "add-provider",
	.label = "Add a provider",
	.permission = PERM_training_manage,
	.input = &provider_form_record,
	.apply = add,
};
const struct operation change_provider = {
	.name = "change-provider",
	.label = "Change a provider",
	.permission = PERM_training_manage,
	.input = &provider_form_record,
	.apply = change,
};
const struct operation close_provider = {
	.name = "close-provider",
	.label = "Close a provider",
	.permission = PERM_training_manage,
	.apply = close_it,
};
const struct operation reopen_provider = {
	.name = "reopen-provider",
	.label = "Open a provider again",
	.permission = PERM_training_manage,
	.apply = reopen,
};
