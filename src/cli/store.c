/* The store and the door as commands use them. */
#include "base/arena.h"
#include "base/text.h"
#include "cli/cli.h"
#include "core/data.h"
#include "core/house.h"

struct held { /* what the arena closes at its end */
	struct db *db;
	struct door *door;
};

static void let_go(void *object)
{
	struct held *h = object;

	db_close(&h->db);
	door_close(&h->door);
}

static struct held *hold(struct cli *cli)
{
	struct held *h = ARENA_NEW(cli->arena, struct held, 1);

	arena_defer(cli->arena, let_go, h);
	return h;
}

struct err *cli_expect_store(struct cli *cli)
{
	return data_expect_store(cli->arena, &cli->settings);
}

struct err *cli_store(struct cli *cli, struct db **out)
{
	struct held *h = hold(cli);
	bool made;

	TRY(cli_expect_store(cli));
	TRY(db_open(&h->db, data_store(cli->arena, &cli->settings, DB_READ), DB_READ));
	TRY(db_schema_made(cli->arena, h->db, &made));
	if (!made) {
		return ERR(ERR_NOT_FOUND, "There is no store in the database yet. Make one with: dueregard init --data %s",
			   cli->settings.data);
	}
	TRY(db_schema_current(cli->arena, h->db));
	db_grant(h->db, policy_grant(ROLE_SYSTEM));
	*out = h->db;
	return NULL;
}

struct err *cli_authority(struct cli *cli, struct db *db, struct authority *out)
{
	const char *code = cli_flag(cli, "authority");
	struct authority found;

	TRY(authority_find(cli->arena, db, 0, &found));
	if (found.id == 0) {
		return ERR(ERR_NOT_FOUND, "No authority is set up in %s yet. Open the one-time link that init printed",
			   cli->settings.data);
	}
	if (code != NULL && !text_same(code, found.code)) {
		return ERR(ERR_NOT_FOUND, "This store is of %s (%s); it has no authority %s", found.name, found.code,
			   code);
	}
	*out = found;
	return NULL;
}

struct who cli_who(const struct cli *cli, const struct authority *authority)
{
	return (struct who){ .role = ROLE_SYSTEM, .authority_id = authority->id, .name = "The system",
			     .actor = cli->actor };
}

struct err *cli_door(struct cli *cli, struct door **out)
{
	struct held *h = hold(cli);

	TRY(cli_expect_store(cli));
	TRY(door_open(&h->door, &cli->settings, &cli->world));
	*out = h->door;
	return NULL;
}

/* All that is to be mended, in one text. */
static struct err *problems_said(struct cli *cli, const struct problems *problems)
{
	struct buf b;

	buf_init(&b, cli->arena, 4096);
	for (size_t i = 0; i < problems->n; i++) {
		const char *sentence = problems->v[i].sentence;
		buf_printf(&b, "%s%s%s", i == 0 ? "" : " ", sentence, text_ends(sentence, ".") ? "" : ".");
	}
	return ERR(ERR_INVALID, "%s", b.p);
}

struct err *cli_ask_with(struct cli *cli, struct door *door, const char *operation, const struct pairs *raw,
			 const struct pairs *path, const struct upload *upload, struct outcome *out)
{
	static const struct pairs none = { 0 };
	struct outcome outcome = { 0 };
	struct ask ask = { .operation = operation,
			   .actor = cli->actor,
			   .source = RECORD_FILE,
			   .raw = raw == NULL ? none : *raw,
			   .path = path == NULL ? none : *path,
			   .upload = upload };

	TRY(door_ask(cli->arena, door, &ask, &outcome));
	if (outcome.err != NULL) {
		return outcome.err;
	}
	if (outcome.problems.n > 0) {
		return problems_said(cli, &outcome.problems);
	}
	if (out != NULL) {
		*out = outcome;
	}
	return NULL;
}

struct err *cli_ask(struct cli *cli, struct door *door, const char *operation, const struct pairs *raw,
		    const struct pairs *path, struct outcome *out)
{
	return cli_ask_with(cli, door, operation, raw, path, NULL, out);
}

const char *cli_address(struct cli *cli, const char *path)
{
	const char *listen = cli->settings.listen;

	if (!text_empty(cli->settings.public_address)) {
		return arena_printf(cli->arena, "%s%s", cli->settings.public_address, path);
	}
	if (text_starts(listen, "unix:") || text_same(listen, "systemd")) {
		return path;
	}
	if (text_starts(listen, "0.0.0.0:")) { /* every interface: this machine's own is one of them */
		listen = arena_printf(cli->arena, "127.0.0.1:%s", listen + 8);
	}
	return arena_printf(cli->arena, "http://%s%s", listen, path);
}
