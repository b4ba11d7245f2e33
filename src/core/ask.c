/* An operation asked for and its outcome, as they cross between processes. */
#include <stdio.h>

#include "base/arena.h"
#include "core/core.h"

void ask_distrust(struct ask *ask)
{
	ask->actor = NULL;
	ask->authority_id = 0;
}

/* The file itself rides along as a descriptor, see struct message. */
void ask_pack(struct packer *p, const struct ask *ask)
{
	pack_text(p, ask->operation);
	pack_text(p, ask->login_token);
	pack_text(p, ask->actor);
	pack_int(p, ask->authority_id);
	pack_text(p, ask->csrf);
	pack_text(p, ask->key);
	pack_text(p, ask->client);
	pack_pairs(p, &ask->path);
	pack_pairs(p, &ask->raw);
	pack_int(p, ask->source);
	pack_int(p, ask->upload != NULL);
	if (ask->upload != NULL) {
		pack_text(p, ask->upload->name);
		pack_text(p, ask->upload->filename);
		pack_int(p, ask->upload->size);
	}
}

struct err *ask_unpack(struct arena *a, struct bytes b, int fd, struct ask *out)
{
	struct unpacker u;

	*out = (struct ask){ 0 };
	unpack_begin(&u, a, b);
	out->operation = unpack_text(&u);
	out->login_token = unpack_text(&u);
	out->actor = unpack_text(&u);
	out->authority_id = unpack_int(&u);
	out->csrf = unpack_text(&u);
	out->key = unpack_text(&u);
	out->client = unpack_text(&u);
	unpack_pairs(&u, &out->path);
	unpack_pairs(&u, &out->raw);
	out->source = unpack_int(&u) == RECORD_FILE ? RECORD_FILE : RECORD_FORM;
	if (unpack_int(&u) != 0) {
		struct upload *upload = ARENA_NEW(a, struct upload, 1);

		upload->name = unpack_text(&u);
		upload->filename = unpack_text(&u);
		upload->size = unpack_int(&u);
		upload->fd = fd;
		out->upload = upload;
	}
	TRY(unpack_end(&u));
	if (out->operation == NULL ||
	    (out->upload != NULL && (fd < 0 || out->upload->name == NULL))) {
		return ERR_DETAIL(ERR_BUG, "an asked operation came without its name or file");
	}
	return NULL;
}

static void pack_err(struct packer *p, const struct err *err)
{
	pack_int(p, err != NULL);
	if (err != NULL) {
		pack_int(p, err->kind);
		pack_text(p, err->sentence);
		pack_text(p, err->detail);
	}
}

/* The error as it was, its place being where it crossed. */
static struct err *unpack_err(struct unpacker *u)
{
	if (unpack_int(u) == 0) {
		return NULL;
	}
	int64_t kind = unpack_int(u);
	const char *sentence = unpack_text(u);
	const char *detail = unpack_text(u);

	if (kind < ERR_NOT_FOUND || kind > ERR_BUG || sentence == NULL) {
		u->bad = true;
		return NULL;
	}
	struct err *err = ERR((enum err_kind)kind, "%s", sentence);

	if (detail != NULL) {
		snprintf(err->detail, sizeof(err->detail), "%s", detail);
	}
	return err;
}

/* What was typed does not travel: the asker has it. */
void outcome_pack(struct packer *p, const struct outcome *o)
{
	pack_err(p, o->err);
	pack_int(p, (int64_t)o->problems.n);
	for (size_t i = 0; i < o->problems.n; i++) {
		pack_text(p, o->problems.v[i].field);
		pack_text(p, o->problems.v[i].sentence);
	}
	pack_text(p, o->location);
	pack_text(p, o->flash);
	pack_text(p, o->reference);
	pack_text(p, o->login_token);
	pack_pairs(p, &o->result);
}

struct err *outcome_unpack(struct arena *a, struct bytes b, struct outcome *out)
{
	struct unpacker u;

	*out = (struct outcome){ 0 };
	unpack_begin(&u, a, b);
	out->err = unpack_err(&u);
	for (int64_t n = unpack_int(&u); n > 0 && !u.bad; n--) {
		const char *field = unpack_text(&u);
		const char *sentence = unpack_text(&u);

		problem_add(a, &out->problems, field, "%s", sentence != NULL ? sentence : "");
	}
	out->location = unpack_text(&u);
	out->flash = unpack_text(&u);
	out->reference = unpack_text(&u);
	out->login_token = unpack_text(&u);
	unpack_pairs(&u, &out->result);
	return unpack_end(&u);
}
