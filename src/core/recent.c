/*
 * Who was signed in under a login when this process saw it last: ids and role, no names.
 *
 * With it a list's questions travel with the question who asks (db_ahead): one journey to a server, not two. It is a guess
 * and decides nothing. Who asks is what the store says in this snapshot, and an answer is taken by the same question alone, of
 * the same authority, person and reach. Who has signed out or has another role since sees what they would have seen without
 * it. A guess is used once: who it was is forgotten with it, and kept again when the store has said so.
 */
#include <string.h>

#include "base/arena.h"
#include "core/dispatch.h"
#include "core/list.h"
#include "trust/trust.h"

static struct err *ask_as(struct dispatch *d, const struct who *who)
{
	struct page *p = dispatch_page(d);

	p->who = who;
	db_grant(d->db, policy_grant(who->role));
	struct err *err = list_foresee(p, d->matched.list);
	db_grant(d->db, policy_grant(ROLE_NOBODY));
	return err;
}

struct err *recent_ahead(struct dispatch *d)
{
	bool list = d->matched.list != NULL && strcmp(d->matched.format, "html") == 0;
	unsigned char hash[sizeof d->recent->token_hash];

	if (!list || !db_asks_ahead(d->db) || !login_token_hash(d->login_token, hash)) {
		return NULL;
	}
	d->recent = &d->recents->v[hash[0] % RECENTS];
	struct recent last = *d->recent;
	*d->recent = (struct recent){ .who = { .role = ROLE_NOBODY } };
	memcpy(d->recent->token_hash, hash, sizeof hash);
	if (memcmp(last.token_hash, hash, sizeof hash) != 0 || policy_reach(last.who.role, d->matched.list->permission) == REACH_NO) {
		return NULL;
	}
	d->guessed = true;
	TRY(login_ahead(d->arena, d->db, d->login_token));
	return ask_as(d, &last.who);
}

void recent_keep(struct dispatch *d)
{
	d->guessed = false;
	if (d->recent != NULL) {
		d->recent->who = (struct who){ .user_id = d->who.user_id, .role = d->who.role, .authority_id = d->who.authority_id,
					       .establishment_urn = d->who.establishment_urn };
	}
}
