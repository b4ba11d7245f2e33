/* Trainers are added (they apply), accredited, renewed and withdrawn: by the co-ordinator (domain reference 3.11). */
#include "app/training/trainer.h"

#include "app/training/provider.h"
#include "app/training/provider.sql.h"
#include "app/training/session.sql.h"
#include "app/training/session_rows.h"
#include "app/training/trainer.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

enum { REFERENCE_LENGTH = 6, YEARS_AHEAD = 10, YEARS_BACK = 30 };

static const struct field accreditation_fields[] = {
	FIELD(struct accreditation, id),
	FIELD(struct accreditation, authority_id),
	FIELD(struct accreditation, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct accreditation, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct accreditation, name_fold, .flags = F_PERSONAL),
	FIELD(struct accreditation, user_id, .flags = F_NULLABLE),
	FIELD(struct accreditation, user_reference, .flags = F_NULLABLE),
	FIELD(struct accreditation, user, .label = "Account", .flags = F_NULLABLE | F_PERSONAL),
	FIELD(struct accreditation, provider_id, .flags = F_NULLABLE),
	FIELD(struct accreditation, provider_reference, .flags = F_NULLABLE),
	FIELD(struct accreditation, provider, .label = "Works for", .flags = F_NULLABLE),
	FIELD(struct accreditation, accreditation, .label = "Accreditation", .words = &accreditation_words),
	FIELD(struct accreditation, state, .label = "State", .words = &accreditation_state_words),
	FIELD(struct accreditation, accredited_on, .label = "Accredited on", .flags = F_NULLABLE),
	FIELD(struct accreditation, expires_on, .label = "Last day", .flags = F_NULLABLE),
	FIELD(struct accreditation, topics, .label = "Topics", .flags = F_NULLABLE | F_LONG),
	FIELD(struct accreditation, languages, .label = "Languages", .flags = F_NULLABLE),
	FIELD(struct accreditation, reason, .label = "Reason for withdrawing", .flags = F_NULLABLE | F_LONG),
	FIELD(struct accreditation, version),
	FIELD_END
};
RECORD(accreditation, accreditation_fields);

static const struct field trainer_form_fields[] = {
	FIELD(struct trainer_form, name, .label = "Name", .flags = F_REQUIRED | F_PERSONAL),
	FIELD(struct trainer_form, account, .label = "Account", .choices = &trainer_choices,
	      .hint = "A session names its trainer by account. Leave empty when the trainer has none"),
	FIELD(struct trainer_form, provider, .label = "Works for which provider?", .choices = &provider_choices,
	      .hint = "Leave empty when it is not on the list of providers"),
	FIELD(struct trainer_form, accreditation, .label = "Which accreditation?", .words = &accreditation_words,
	      .flags = F_REQUIRED, .asks = "Select the accreditation"),
	FIELD(struct trainer_form, topics, .label = "Topics", .max = 1000, .flags = F_LONG | F_NULLABLE),
	FIELD(struct trainer_form, languages, .label = "Languages", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(trainer_form, trainer_form_fields);

static const struct field accredit_form_fields[] = {
	FIELD(struct accredit_form, accredited_on, .label = "Accredited on", .flags = F_REQUIRED),
	FIELD(struct accredit_form, expires_on, .label = "Last day", .flags = F_NULLABLE,
	      .hint = "Leave empty when it has no end"),
	FIELD_END
};
RECORD(accredit_form, accredit_form_fields);

static const struct field renew_form_fields[] = {
	FIELD(struct renew_form, expires_on, .label = "New last day", .flags = F_REQUIRED),
	FIELD_END
};
RECORD(renew_form, renew_form_fields);

static const struct field withdrawal_form_fields[] = {
	FIELD(struct withdrawal_form, reason, .label = "Why is it withdrawn?", .max = 1000, .flags = F_REQUIRED | F_LONG,
	      .asks = "Enter why it is withdrawn"),
	FIELD_END
};
RECORD(withdrawal_form, withdrawal_form_fields);

static const struct field user_arg_fields[] = {
	FIELD(struct account_day_arg, authority_id),
	FIELD(struct account_day_arg, user_id),
	FIELD(struct account_day_arg, from, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(account_day_arg, user_arg_fields);

struct url link_trainer(struct arena *a, const char *reference)
{
	return url_path(a, "/training/trainers/{}", reference);
}

struct err *trainer_of(struct arena *a, struct db *db, const struct who *who, const char *reference,
		       struct accreditation *out)
{
	const struct reference_arg key = { who->authority_id, reference };
	bool found;

	TRY(sql_accreditation_find(a, db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no trainer with the reference %s", reference);
}

struct err *trainer_fault(struct arena *a, struct db *db, int64_t authority_id, int64_t user_id, const char *name,
			  struct date day, const char **fault_out)
{
	const struct account_day_arg key = { .authority_id = authority_id, .user_id = user_id };
	struct accreditation x;
	bool found;

	TRY(sql_accreditation_of_user(a, db, &key, &x, &found));
	*fault_out = accreditation_fault(a, found ? &x : NULL, name, day);
	return NULL;
}

/* ---- add and change ---- */

static struct err *of_op(struct op *op, struct accreditation *out)
{
	return trainer_of(op->arena, op->db, op->who, op_path(op, "trainer"), out);
}

static struct err *take_account(struct op *op, const char *reference, struct accreditation *x)
{
	const struct reference_arg key = { op->who->authority_id, reference };
	struct trainer account;
	struct id_row *others;
	size_t n;
	bool found;

	x->user_id = 0;
	x->user = x->user_reference = "";
	if (text_empty(reference)) {
		return NULL;
	}
	TRY(sql_trainer_find(op->arena, op->db, &key, &account, &found));
	if (!found) {
		problem_add(op->arena, op->problems, "account", "Select an account that is open");
		return NULL;
	}
	x->user_id = account.id;
	x->user_reference = account.reference;
	x->user = account.name;
	TRY(sql_accreditation_others(op->arena, op->db, x, &others, &n));
	if (n > 0) {
		problem_add(op->arena, op->problems, "account", "This account is recorded as a trainer already");
	}
	return NULL;
}

static struct err *take_provider(struct op *op, const char *reference, struct accreditation *x)
{
	const struct reference_arg key = { op->who->authority_id, reference };
	int64_t before = x->provider_id;
	struct provider_body body;
	bool found;

	x->provider_id = 0;
	x->provider = x->provider_reference = "";
	if (text_empty(reference)) {
		return NULL;
	}
	TRY(sql_provider_find(op->arena, op->db, &key, &body, &found));
	if (!found || (body.state == PROVIDER_CLOSED && body.id != before)) {
		problem_add(op->arena, op->problems, "provider", "Select a provider that is open");
		return NULL;
	}
	x->provider_id = body.id;
	x->provider_reference = body.reference;
	x->provider = body.name;
	return NULL;
}

static struct err *take_form(struct op *op, const struct trainer_form *form, struct accreditation *x)
{
	x->name = form->name;
	x->name_fold = text_fold(op->arena, form->name);
	x->accreditation = form->accreditation;
	x->topics = form->topics;
	x->languages = form->languages;
	TRY(take_account(op, form->account, x));
	return take_provider(op, form->provider, x);
}

static struct err *say(struct op *op, const struct accreditation *before, const struct accreditation *x, const char *flash)
{
	op->reference = x->reference;
	op->location = link_trainer(op->arena, x->reference);
	op->flash = flash;
	return op_audit(op, "trainer", x->reference, &accreditation_record, before, x);
}

static struct err *add(struct op *op, const void *input)
{
	struct accreditation x = { .authority_id = op->who->authority_id, .state = ACCREDITATION_APPLIED };
	struct id_row row;

	TRY(take_form(op, input, &x));
	if (op->problems->n > 0) {
		return NULL;
	}
	x.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	TRY(sql_accreditation_add(op->arena, op->db, &x, &row));
	x.id = row.id;
	return say(op, NULL, &x, "Trainer added. They can be named on a confirmed session once they are accredited");
}

static struct err *change(struct op *op, const void *input)
{
	struct accreditation before, after;

	TRY(of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	if (before.state == ACCREDITATION_WITHDRAWN) {
		problem_add(op->arena, op->problems, NULL, "This accreditation was withdrawn and is no longer changed");
		return NULL;
	}
	after = before;
	TRY(take_form(op, input, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_accreditation_update(op->db, &after, NULL));
	return say(op, &before, &after, "Trainer changed");
}

/* ---- the moves ---- */

static void check_last_day(struct op *op, struct date last, struct date since)
{
	if (date_compare(last, op->today) < 0 || (date_is_set(since) && date_compare(last, since) < 0)) {
		problem_add(op->arena, op->problems, "expires_on", "The last day must be today or later");
	} else if (date_compare(last, date_add_months(op->today, 12 * YEARS_AHEAD)) > 0) {
		problem_add(op->arena, op->problems, "expires_on", "The last day must be in the next %d years", YEARS_AHEAD);
	}
}

/* The trainer as the move finds it; a reason when it cannot be made. */
static struct err *move_of(struct op *op, enum accreditation_move to, struct accreditation *before)
{
	TRY(of_op(op, before));
	TRY(op_expect_version(op, before->version));
	const char *fault = accreditation_move_fault(accreditation_on(before->state, before->expires_on, op->today), to);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
	}
	return NULL;
}

static struct err *moved(struct op *op, const struct accreditation *before, const struct accreditation *after,
			 const char *flash)
{
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_accreditation_update(op->db, after, NULL));
	return say(op, before, after, flash);
}

static struct err *accredit(struct op *op, const void *input)
{
	const struct accredit_form *form = input;
	struct accreditation before, after;

	TRY(move_of(op, MOVE_ACCREDIT, &before));
	after = before;
	after.state = ACCREDITATION_ACTIVE;
	after.accredited_on = form->accredited_on;
	after.expires_on = form->expires_on;
	if (op->problems->n == 0 &&
	    (date_compare(form->accredited_on, op->today) > 0 ||
	     date_compare(form->accredited_on, date_add_months(op->today, -12 * YEARS_BACK)) < 0)) {
		problem_add(op->arena, op->problems, "accredited_on", "The day must be today or in the last %d years", YEARS_BACK);
	}
	if (op->problems->n == 0 && date_is_set(form->expires_on)) {
		check_last_day(op, form->expires_on, form->accredited_on);
	}
	return moved(op, &before, &after, "Trainer accredited");
}

static struct err *renew(struct op *op, const void *input)
{
	const struct renew_form *form = input;
	struct accreditation before, after;

	TRY(move_of(op, MOVE_RENEW, &before));
	after = before;
	after.accredited_on = accredited_since(&before, op->today);
	after.expires_on = form->expires_on;
	if (op->problems->n == 0) {
		check_last_day(op, form->expires_on, after.accredited_on);
	}
	if (op->problems->n == 0 && date_is_set(before.expires_on) && date_compare(form->expires_on, before.expires_on) <= 0) {
		problem_add(op->arena, op->problems, "expires_on", "The new last day must be after %s, the last day now",
			    date_long(op->arena, before.expires_on));
	}
	return moved(op, &before, &after, "Accreditation renewed");
}

static struct err *withdraw(struct op *op, const void *input)
{
	const struct withdrawal_form *form = input;
	struct accreditation before, after;

	TRY(move_of(op, MOVE_WITHDRAW, &before));
	after = before;
	after.state = ACCREDITATION_WITHDRAWN;
	after.reason = form->reason;
	return moved(op, &before, &after, "Accreditation withdrawn. Sessions that name the trainer are not changed");
}

const struct operation add_trainer = {
	.name = "add-trainer",
	.label = "Add a trainer",
	.permission = PERM_trainer_accredit,
	.input = &trainer_form_record,
	.apply = add,
};
const struct operation change_trainer = {
	.name = "change-trainer",
	.label = "Change a trainer",
	.permission = PERM_trainer_accredit,
	.input = &trainer_form_record,
	.apply = change,
};
const struct operation accredit_trainer = {
	.name = "accredit-trainer",
	.label = "Accredit a trainer",
	.permission = PERM_trainer_accredit,
	.input = &accredit_form_record,
	.apply = accredit,
};
const struct operation renew_trainer = {
	.name = "renew-trainer",
	.label = "Renew an accreditation",
	.permission = PERM_trainer_accredit,
	.input = &renew_form_record,
	.apply = renew,
};
const struct operation withdraw_trainer = {
	.name = "withdraw-trainer",
	.label = "Withdraw an accreditation",
	.permission = PERM_trainer_accredit,
	.input = &withdrawal_form_record,
	.apply = withdraw,
};
