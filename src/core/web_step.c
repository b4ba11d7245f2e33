/*
 * Long answers: one at a time, a piece after every turn of the loop, so that nobody waits for more than a piece of
 * somebody else's export, and no more than one is held in memory.
 */
#include "base/arena.h"
#include "core/web.h"

void web_begin_steps(struct web *w, struct dispatch *d)
{
	struct stepping *s = ARENA_NEW(d->arena, struct stepping, 1);
	struct stepping **last = &w->stepping;

	while (*last != NULL) {
		last = &(*last)->next;
	}
	*s = (struct stepping){ .dispatch = d };
	*last = s;
	http_suspend(d->request->exchange);
}

void web_step(struct web *w)
{
	struct stepping *s = w->stepping;

	if (s != NULL && dispatch_step(s->dispatch, w->long_db)) {
		w->stepping = s->next; /* it lies on the arena that goes with the answer */
		http_answer(s->dispatch->request->exchange, s->dispatch->response);
	}
}
