/* The authority's own details: name, code in the school register, accent colour of the header. */
#include "app/account/account.h"
#include "app/account/account.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/text.h"
#include "trust/trust.h"

static struct err *authority_guard(struct op *op, const void *in)
{
	const struct authority_input *input = in;

	authority_check(op->arena, input->code, input->accent, op->problems);
	return NULL;
}

/* From the command line before the first run (init --name --code): there is no authority yet. */
static struct err *make_authority(struct op *op, const struct authority_input *input)
{
	const struct authority_change change = { 0, input->name, input->code, input->accent };
	struct id_row made;

	TRY(sql_authority_insert_first(op->arena, op->db, &change, &made));
	const struct audit_event event = {
		.authority_id = made.id,
		.actor = op->who->actor,
		.action = op->operation->name,
		.subject = arena_printf(op->arena, "authority:%s", input->code),
		.at = op->now,
		.changes = record_changes(op->arena, &authority_input_record, NULL, input),
	};

	op_audit_event(op, &event);
	return NULL;
}

static struct err *authority_apply(struct op *op, const void *in)
{
	const struct authority_input *input = in;
	const struct authority_arg key = { op->who->authority_id };
	struct authority_change change = { key.authority_id, input->name, input->code,
					   input->accent };
	struct authority_details was;
	bool found;

	op->reference = input->code;
	TRY(sql_authority_details_find(op->arena, op->db, &key, &was, &found));
	if (!found) {
		return make_authority(op, input);
	}
	const struct authority_input before = { was.name, was.code, was.accent };

	TRY(op_expect_version(op, was.version));
	TRY(sql_authority_update(op->db, &change, NULL));
	TRY(op_audit(op, "authority", input->code, &authority_input_record, &before, input));
	op->location = URL("/settings/authority");
	op->flash =
		text_same(was.accent, input->accent)
			? "Details saved"
			: arena_printf(op->arena, "Details saved. The accent colour is good: %s",
				       accent_sentence(op->arena, input->accent));
	return NULL;
}

const struct operation op_change_authority = {
	.name = "change-authority",
	.label = "Change the authority's details",
	.permission = PERM_settings_manage,
	.input = &authority_input_record,
	.guard = authority_guard,
	.apply = authority_apply,
};

struct err *authority_page(struct page *p)
{
	const struct page_head head = { .title = "Authority" };
	struct authority_details details;
	bool found;

	TRY(sql_authority_details_find(p->arena, p->db,
				       &(struct authority_arg){ p->who->authority_id }, &details,
				       &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no authority yet");
	}
	const struct authority_input initial = { details.name, details.code, details.accent };
	const struct form form = { .record = &authority_input_record,
				   .action = URL("/settings/authority"),
				   .submit = "Save",
				   .initial = &initial,
				   .version = details.version };

	page_begin(p, &head);
	TRY(page_form(p, &form));
	page_end(p);
	return NULL;
}
