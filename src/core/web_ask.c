/* Asking the keeper without waiting for it: the exchange is suspended and its answer resumes it. */
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "core/web.h"

enum {
	PATIENCE_MS = 20000,
	TOUCH_MS = 60000,
	MESSAGE_MEMORY = 80 * 1024 * 1024
};

static const char NO_ANSWER[] =
	"The service did not answer in time. Wait a moment and send this again: if it was saved the first time, "
	"it is not saved twice";

static const char INTERRUPTED[] =
	"The service was interrupted. Send this again: if it was saved the first time, it is not saved twice";

static struct err *send_ask(const struct web *w, const struct waiting *t)
{
	const struct upload *upload = t->dispatch->ask.upload;

	return ipc_send(w->keeper, &(struct message){ .kind = IPC_OPERATION, .id = t->id, .payload = t->payload,
						      .fd = upload != NULL ? upload->fd : -1 });
}

static void finish(struct waiting *t, const struct outcome *outcome)
{
	dispatch_finish(t->dispatch, outcome);
	if (http_is_suspended(t->exchange)) {
		http_answer(t->exchange, t->dispatch->response);
	}
}

void web_ask(struct web *w, struct dispatch *d)
{
	struct waiting *t = ARENA_NEW(d->arena, struct waiting, 1);
	struct packer p;

	pack_begin(&p, d->arena);
	ask_pack(&p, &d->ask);
	*t = (struct waiting){ .id = ++w->asked, .until = role_ticks_ms() + PATIENCE_MS, .dispatch = d,
			       .exchange = d->request->exchange, .payload = pack_end(&p) };
	struct err *err = send_ask(w, t);
	if (err != NULL) {
		log_err(LOG_WARN, "asking the keeper", err);
		finish(t, &(struct outcome){ .err = ERR_WRAP(err, ERR_BUSY, "%s", NO_ANSWER) });
		return;
	}
	t->next = w->waiting;
	w->waiting = t;
	http_suspend(t->exchange);
}

void web_touch(struct web *w, const struct dispatch *d)
{
	struct touch *slot = &w->touched[(uint64_t)d->who.login_id % TOUCHED];
	int64_t now = role_ticks_ms();
	struct packer p;

	if (!d->touch || (slot->login_id == d->who.login_id && now - slot->at < TOUCH_MS)) {
		return;
	}
	pack_begin(&p, d->arena);
	pack_int(&p, d->who.login_id);
	struct err *err = ipc_send(w->keeper, &(struct message){ .kind = IPC_TOUCH, .payload = pack_end(&p), .fd = -1 });
	if (err == NULL) {
		*slot = (struct touch){ d->who.login_id, now };
	}
}

/* Out of the list; NULL: given up before, or its process's predecessor asked. */
static struct waiting *take(struct web *w, uint64_t id)
{
	for (struct waiting **at = &w->waiting; *at != NULL; at = &(*at)->next) {
		if ((*at)->id == id) {
			struct waiting *t = *at;
			*at = t->next;
			return t;
		}
	}
	return NULL;
}

static void send_again(struct web *w, struct waiting *t)
{
	t->resent = true;
	struct err *err = send_ask(w, t);

	if (err != NULL) {
		log_err(LOG_WARN, "asking the keeper again", err);
	}
}

/* Once: two keepers may have ended because of what was asked. */
static bool may_ask_again(const struct waiting *t)
{
	const struct dispatch *d = t->dispatch;

	return !t->resent && (d->ask.key != NULL || (d->matched.route->operation->flags & OP_ONCE) != 0);
}

/* A new keeper: what the old one had taken is asked again, once, where that is safe. Else (signing out) the person
 * decides, and at once, as no answer will come. */
static void ask_again(struct web *w)
{
	for (struct waiting **at = &w->waiting; *at != NULL;) {
		struct waiting *t = *at;
		if (!may_ask_again(t)) {
			*at = t->next;
			finish(t, &(struct outcome){ .err = ERR(ERR_BUSY, "%s", INTERRUPTED) });
			continue;
		}
		send_again(w, t);
		at = &t->next;
	}
}

struct err *web_from_keeper(struct web *w)
{
	struct arena *a = arena_new(MESSAGE_MEMORY);
	struct err *err = NULL;
	bool got = true;

	while (err == NULL && got) {
		struct message m = { .fd = -1 };
		err = ipc_receive(a, w->keeper, &m, &got);
		if (err != NULL || !got) {
			break;
		}
		if (m.fd >= 0) {
			close(m.fd);
		}
		if (m.kind == IPC_PONG) {
			ask_again(w);
		}
		struct waiting *t = m.kind == IPC_OUTCOME ? take(w, m.id) : NULL;
		if (t != NULL) {
			struct outcome outcome;
			struct err *bad = outcome_unpack(t->dispatch->arena, m.payload, &outcome);
			finish(t, bad == NULL ? &outcome : &(struct outcome){ .err = bad });
		}
	}
	arena_free(&a);
	return err;
}

void web_give_up(struct web *w)
{
	int64_t now = w->waiting != NULL ? role_ticks_ms() : 0;

	for (struct waiting **at = &w->waiting; *at != NULL;) {
		struct waiting *t = *at;
		if (now < t->until) {
			at = &t->next;
			continue;
		}
		*at = t->next;
		log_line(LOG_WARN, "the keeper did not answer");
		finish(t, &(struct outcome){ .err = ERR(ERR_BUSY, "%s", NO_ANSWER) });
	}
}
