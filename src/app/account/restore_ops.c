/* A store that was restored from a backup: who was let in before is not, what waits for files that are not there has
 * failed, and the audit says what happened. */
#include "app/account/account.h"
#include "base/arena.h"
#include "trust/trust.h"
#include "work/work.h"

struct restore_input {
	const char *taken, *digest;
};
static const struct field restore_fields[] = {
	FIELD(struct restore_input, taken, .label = "Backup taken"),
	FIELD(struct restore_input, digest, .label = "Digest of the backup"),
	FIELD_END,
};
static const struct record restore_record = { "restore_input", sizeof(struct restore_input), restore_fields };

static struct err *restore_apply(struct op *op, const void *in)
{
	int64_t logins, links;

	TRY(login_end_all(op->db, &logins, &links));
	TRY(job_forsake_hosts(op->db));
	TRY(op_audit(op, "store", "restored", &restore_record, NULL, in));
	pairs_add(op->arena, op->result, "logins", arena_printf(op->arena, "%lld", (long long)logins));
	pairs_add(op->arena, op->result, "links", arena_printf(op->arena, "%lld", (long long)links));
	return NULL;
}

/* The command's alone (cli/restore.c): no route asks it. */
const struct operation op_restore_store = {
	.name = "restore-store",
	.label = "Restore the store from a backup",
	.permission = PERM_settings_manage,
	.input = &restore_record,
	.apply = restore_apply,
};
