/* What the keeper is asked: read, kept while the slow role works, answered. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "core/keeper.h"

enum {
	TASK_MEMORY = 512 * 1024 * 1024, /* an import of the national register lives in one task */
	SLOW_PATIENCE_MS = 15000, /* a web process answers for us a little later (web_ask.c): nobody waits then */
	READ_AT_ONCE = 64
};

#define BUSY "The service is busy. Wait a moment and try again"

struct task *task_new(struct keeper *k)
{
	struct task *t = k->spares;

	if (t == NULL) {
		struct arena *a = arena_new(TASK_MEMORY);

		t = ARENA_NEW(a, struct task, 1); /* it lies on its own arena and goes with it */
		*t = (struct task){ .arena = a, .fd = -1 };
		return t;
	}
	k->spares = t->next;
	k->n_spares--;
	t->next = NULL;
	return t;
}

void task_free(struct keeper *k, struct task *t)
{
	struct arena *a = t->arena;

	if (t->fd >= 0) {
		close(t->fd);
	}
	if (k->n_spares >= SPARE_TASKS) {
		arena_free(&a);
		return;
	}
	arena_reset(a);
	t = ARENA_NEW(a, struct task, 1);
	*t = (struct task){ .arena = a, .fd = -1, .next = k->spares };
	k->spares = t;
	k->n_spares++;
}

void tasks_add(struct tasks *list, struct task *t)
{
	if (list->first == NULL) {
		list->last = &list->first;
	}
	t->next = NULL;
	*list->last = t;
	list->last = &t->next;
	list->n++;
}

struct task *tasks_take(struct tasks *list)
{
	struct task *t = list->first;

	if (t != NULL) {
		list->first = t->next;
		list->n--;
		t->next = NULL;
	}
	return t;
}

/* A file is what the kernel says, not what the asker said; from the network's side it must be sealed. */
static struct err *check_upload(struct task *t, bool trusted)
{
	const int seals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;
	struct stat st;

	if (t->ask.upload == NULL) {
		return NULL;
	}
	if (fstat(t->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (!trusted && (fcntl(t->fd, F_GET_SEALS) & seals) != seals)) {
		return ERR_DETAIL(ERR_BUG, "an upload is not a sealed file");
	}
	struct upload *checked = ARENA_NEW(t->arena, struct upload, 1);
	*checked = *t->ask.upload;
	checked->size = st.st_size;
	t->ask.upload = checked;
	return NULL;
}

struct err *task_read(struct keeper *k, struct task *t, size_t port, const struct message *m)
{
	t->port = port;
	t->port_serial = k->ports[port].serial;
	t->id = m->id;
	t->fd = m->fd;
	if (m->kind == IPC_TOUCH) {
		struct unpacker u;
		t->kind = TASK_TOUCH;
		unpack_begin(&u, t->arena, m->payload);
		t->login_id = unpack_int(&u);
		return unpack_end(&u);
	}
	if (m->kind != IPC_OPERATION) {
		return ERR_DETAIL(ERR_BUG, "the keeper was sent a message of kind %d", (int)m->kind);
	}
	t->kind = TASK_OPERATION;
	TRY(ask_unpack(t->arena, m->payload, m->fd, &t->ask));
	if (!k->ports[port].control) {
		ask_distrust(&t->ask);
	}
	return check_upload(t, k->ports[port].control);
}

void task_pack(struct task *t)
{
	struct packer p;

	pack_begin(&p, t->arena);
	outcome_pack(&p, &t->outcome);
	t->answer = pack_end(&p);
}

void task_answer(struct keeper *k, struct task *t)
{
	struct port *port = &k->ports[t->port];

	if (t->kind == TASK_OPERATION && port->fd >= 0 && port->serial == t->port_serial) {
		struct message m = { .kind = IPC_OUTCOME, .id = t->id, .payload = t->answer, .fd = -1 };
		struct err *err = role_send(port->fd, &m);
		if (err != NULL) {
			log_err(LOG_WARN, "an outcome was not taken", err);
		}
	}
	task_free(k, t);
}

void task_refuse(struct keeper *k, struct task *t, struct err *err)
{
	t->outcome = (struct outcome){ .err = err };
	task_pack(t);
	task_answer(k, t);
}

static struct err *send_to_slow(struct keeper *k, struct task *t)
{
	struct packer p;

	pack_begin(&p, t->arena);
	ask_pack(&p, &t->ask);
	return role_send(k->sockets->slow, &(struct message){ .kind = IPC_SLOW, .id = t->slow_id,
							      .payload = pack_end(&p), .fd = t->fd });
}

/* One at a time, in the order they came: the rest wait here, where they can be given up. */
static void ask_slow(struct keeper *k)
{
	while (k->slow_asked == 0 && k->waiting.first != NULL) {
		struct err *err = send_to_slow(k, k->waiting.first);
		if (err == NULL) {
			k->slow_asked = k->waiting.first->slow_id;
		} else {
			task_refuse(k, tasks_take(&k->waiting), ERR_WRAP(err, ERR_BUSY, "%s", BUSY));
		}
	}
}

void task_to_slow(struct keeper *k, struct task *t)
{
	t->slow_id = ++k->slow_ids;
	t->slow_since = role_ticks_ms();
	if (k->waiting.n >= SLOW_MAX) {
		task_refuse(k, t, ERR(ERR_BUSY, "%s", BUSY));
		return;
	}
	tasks_add(&k->waiting, t);
	ask_slow(k);
}

/* NULL: it was given up, or is not what was asked (of a keeper before this one). */
static struct task *take_done(struct keeper *k, uint64_t slow_id)
{
	if (slow_id != k->slow_asked) {
		return NULL;
	}
	k->slow_asked = 0;
	return k->waiting.first != NULL && k->waiting.first->slow_id == slow_id ? tasks_take(&k->waiting) : NULL;
}

/* What the slow role says: nothing wrong and the answer, or an error as an outcome has it. */
static struct err *slow_answer(struct task *t, struct bytes payload)
{
	struct unpacker u;

	unpack_begin(&u, t->arena, payload);
	struct bytes refused = unpack_bytes(&u);
	t->slow = unpack_bytes(&u);
	t->slow_done = true;
	t->needs_slow = false;
	struct err *err = unpack_end(&u);
	if (err == NULL && refused.n > 0) {
		err = outcome_unpack(t->arena, refused, &t->outcome);
	}
	return err != NULL ? err : t->outcome.err;
}

void tasks_from_slow(struct keeper *k)
{
	struct arena *a = arena_new(TASK_MEMORY);
	struct message m;
	bool got = true;

	while (got) {
		struct err *err = ipc_receive(a, k->sockets->slow, &m, &got);
		if (err != NULL) {
			log_err(LOG_ERROR, "from the slow role", err);
			break;
		}
		if (got && m.fd >= 0) {
			close(m.fd);
		}
		struct task *t = NULL;
		if (got && m.kind == IPC_PONG) { /* a new process: is asked again what its predecessor was */
			k->slow_asked = 0;
		} else if (got && m.kind == IPC_SLOW_DONE) {
			t = take_done(k, m.id);
		}
		ask_slow(k);
		if (t != NULL) {
			err = slow_answer(t, m.payload);
			if (err != NULL) {
				task_refuse(k, t, err);
			} else {
				tasks_add(&k->group, t);
			}
		}
	}
	arena_free(&a);
}

void tasks_give_up(struct keeper *k)
{
	int64_t now = k->waiting.n > 0 ? role_ticks_ms() : 0;

	while (k->waiting.first != NULL && now - k->waiting.first->slow_since >= SLOW_PATIENCE_MS) {
		task_refuse(k, tasks_take(&k->waiting), ERR(ERR_BUSY, "%s", BUSY));
	}
}

void port_close(struct port *port)
{
	if (port->fd >= 0) {
		close(port->fd);
	}
	*port = (struct port){ .fd = -1 };
}

size_t tasks_read(struct keeper *k, size_t index)
{
	struct port *port = &k->ports[index];
	size_t n = 0;

	while (n < READ_AT_ONCE && port->fd >= 0) {
		struct task *t = task_new(k);
		struct message m = { .fd = -1 };
		bool got = false;
		struct err *err = ipc_receive(t->arena, port->fd, &m, &got);
		if (err != NULL && port->control) { /* the command line has gone */
			task_free(k, t);
			port_close(port);
			return n;
		}
		if (err == NULL && got) {
			n++;
			err = task_read(k, t, index, &m);
		} else if (err == NULL) {
			task_free(k, t);
			return n;
		}
		if (err == NULL) {
			tasks_add(&k->group, t);
			continue;
		}
		log_err(LOG_ERROR, "a message to the keeper", err);
		task_refuse(k, t, err);
		if (!got) {
			return n;
		}
	}
	return n;
}
