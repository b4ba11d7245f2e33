/* What several operations on accounts share. */
#include <string.h>

#include "app/account/account.h"
#include "base/arena.h"
#include "base/text.h"
#include "trust/trust.h"

struct err *audit_as_person(struct op *op, const struct account_secret *person, const char *action)
{
	const struct audit_event event = {
		.authority_id = person->authority_id,
		.actor = arena_printf(op->arena, "user:%lld", (long long)person->id),
		.action = action,
		.subject = arena_printf(op->arena, "user:%s", person->reference),
		.at = op->now,
	};

	op_audit_event(op, &event);
	return NULL;
}

void check_new_password(struct op *op, const char *password, const char *name, const char *email,
			const char *authority_name)
{
	const char *const own[] = { name, email, authority_name, NULL };
	const char *weakness = password_weakness(op->arena, password, own);

	if (weakness != NULL) {
		problem_add(op->arena, op->problems, "new_password", "%s", weakness);
	}
}

void say_link(struct op *op, const char *pattern, const char *token)
{
	const char *path = url_path(op->arena, pattern, token).s;
	const char *address = op->settings->public_address;
	const char *base = address == NULL ? "" : address;
	size_t n = strlen(base);

	n -= n > 0 && base[n - 1] == '/' ? 1 : 0;
	pairs_add(op->arena, op->result, "path", path);
	pairs_add(op->arena, op->result, "link",
		  arena_printf(op->arena, "%.*s%s", (int)n, base, path));
}

struct url link_user(struct arena *a, const char *reference)
{
	return url_path(a, "/settings/users/{}", reference);
}
