/* What an operation calls while it runs: audit, version, captures. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/operation.h"
#include "trust/trust.h"

struct err *op_audit(struct op *op, const char *subject_kind, const char *subject_ref,
		     const struct record *record, const void *before, const void *after)
{
	return op_audit_as(op, op->operation->name, subject_kind, subject_ref, record, before,
			   after);
}

struct err *op_audit_as(struct op *op, const char *action, const char *subject_kind,
			const char *subject_ref, const struct record *record, const void *before,
			const void *after)
{
	struct audit_event event = {
		.authority_id = op->who->authority_id,
		.actor = op->who->actor,
		.action = action,
		.subject = arena_printf(op->arena, "%s:%s", subject_kind, subject_ref),
		.at = op->now,
	};

	if (record != NULL) {
		event.changes = record_changes(op->arena, record, before, after);
	}
	op_audit_event(op, &event);
	return NULL;
}

void op_audit_event(struct op *op, const struct audit_event *event)
{
	if (op->n_entries == op->entries_cap) {
		size_t cap = op->entries_cap * 2 + 4;

		op->entries = arena_grow(op->arena, op->entries, op->entries_cap * sizeof *op->entries, cap * sizeof *op->entries);
		op->entries_cap = cap;
	}
	op->entries[op->n_entries++] = *event;
	op->audited = true;
}

struct err *op_write_audit(struct op *op)
{
	size_t n = op->n_entries;

	op->n_entries = 0;
	return n > 0 ? audit_append(op->arena, op->db, op->entries, n) : NULL;
}

struct err *op_expect_version(struct op *op, int64_t version)
{
	const char *given = pairs_get(op->raw, "_version");
	int64_t seen;

	if (given == NULL && (op->who->role == ROLE_SYSTEM || op->several)) {
		return NULL; /* a command names the thing, it has not looked at a form of it */
	}
	if (given == NULL || !text_to_int(given, 0, INT64_MAX, &seen)) {
		return ERR(ERR_INVALID,
			   "This form is incomplete. Go back, reload the page and try again");
	}
	if (seen != version) {
		return ERR(ERR_CONFLICT, "Somebody else changed this while you had it open. Check "
					 "it against what you "
					 "entered, then save again");
	}
	return NULL;
}

const char *op_path(const struct op *op, const char *name)
{
	const char *value = pairs_get(op->path, name);

	return value != NULL ? value : "";
}
