/*
 * Reload (SIGHUP): the settings are read again and every process is replaced by one that has them. Web processes
 * first, each one started before the one in whose place it comes is drained, so that somebody always accepts;
 * then the keeper, slow and jobs, which are asked through sockets that stay open: what comes in between waits.
 */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "core/serve.h"

enum { SETTINGS_MEMORY = 1024 * 1024, LEAVE_MS = 10000 };

/* What is bound, locked or counted when the service starts stays as it is until it is started anew. */
static bool keep_what_is_fixed(const struct settings *now, struct settings *read)
{
	bool same = text_same(now->data, read->data) && text_same(now->database, read->database) &&
		    text_same(now->database_read, read->database_read) && text_same(now->listen, read->listen) &&
		    now->web_processes == read->web_processes;

	read->web_processes = now->web_processes;
	return same;
}

/* The texts of the settings that stay, on the arena of those that come: the old arena goes. */
static void copy_fixed(struct arena *a, const struct settings *now, struct settings *read)
{
	read->data = arena_strdup(a, now->data);
	read->database = arena_strdup(a, now->database);
	read->database_read = arena_strdup(a, now->database_read);
	read->listen = arena_strdup(a, now->listen);
}

void reload_begin(struct parent *p)
{
	struct arena *a = arena_new(SETTINGS_MEMORY);
	struct settings read;
	struct err *err = p->serve->reread == NULL ? NULL : p->serve->reread(p->serve->context, a, &read);

	if (err != NULL) {
		log_line(LOG_ERROR, "not reloaded, as a setting is wrong: %s", err->sentence);
		arena_free(&a);
		return;
	}
	if (p->serve->reread != NULL) {
		if (!keep_what_is_fixed(&p->settings, &read)) {
			log_line(LOG_WARN, "data, database, listen and web_processes change only when the service is started "
					   "anew; the other settings are taken now");
		}
		copy_fixed(a, &p->settings, &read);
		p->settings = read;
		arena_free(&p->settings_arena);
		p->settings_arena = a;
		log_set((enum log_level)read.log_level, "parent");
	} else {
		arena_free(&a);
	}
	p->version++;
	p->rolling = true;
	log_line(LOG_NOTICE, "reloading");
}

/* A web process of earlier settings that still serves; NULL: none. */
static struct child *stale_web(struct parent *p)
{
	for (size_t i = 0; i < p->n_children; i++) {
		struct child *c = &p->children[i];
		if (c->kind == CHILD_WEB && c->wanted && c->version != p->version) {
			return c;
		}
	}
	return NULL;
}

static struct child *empty_slot(struct parent *p)
{
	for (size_t i = 0; i < p->n_children; i++) {
		struct child *c = &p->children[i];
		if (c->kind == CHILD_WEB && !c->wanted && c->pid == 0) {
			return c;
		}
	}
	return NULL;
}

/* True: all web processes have the new settings. */
static bool replace_web(struct parent *p)
{
	if (p->fresh != NULL) {
		if (!p->fresh->answers) {
			return false;
		}
		p->stale->wanted = false;
		child_end(p->stale, LEAVE_MS);
		p->fresh = p->stale = NULL;
	}
	p->stale = stale_web(p);
	if (p->stale == NULL) {
		return true;
	}
	p->fresh = empty_slot(p); /* none: four drain already, and one of them ends soon */
	if (p->fresh != NULL) {
		p->fresh->wanted = true;
		p->fresh->again = 0;
		p->fresh->falls = 0;
	}
	return false;
}

/* True: this one has the new settings and answers. */
static bool replace_one(struct parent *p, enum child_kind kind)
{
	for (size_t i = 0; i < p->n_children; i++) {
		struct child *c = &p->children[i];
		if (c->kind == kind && c->version != p->version && c->pid != 0 && !c->leaving) {
			child_end(c, LEAVE_MS);
		}
		if (c->kind == kind) {
			return c->version == p->version && c->answers;
		}
	}
	return true;
}

void reload_step(struct parent *p)
{
	if (!p->rolling || p->stopping || !replace_web(p)) {
		return;
	}
	if (replace_one(p, CHILD_KEEPER) && replace_one(p, CHILD_SLOW) && replace_one(p, CHILD_JOBS)) {
		p->rolling = false;
		log_line(LOG_NOTICE, "reloaded");
	}
}
