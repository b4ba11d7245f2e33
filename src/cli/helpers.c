/* What commands share: dates, the store, the authority, asking an operation. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/data.h"
#include "core/house.h"

const char *cli_flag(const struct cli *cli, const char *name)
{
	return pairs_get(&cli->flags, name);
}

struct err *cli_date(const struct cli *cli, const char *name, struct date *out)
{
	const char *text = cli_flag(cli, name);

	if (text != NULL && !date_parse_iso(text, out)) {
		return ERR(ERR_USAGE, "--%s must be a real date, written like 2026-03-31.", name);
	}
	return NULL;
}

static void close_db(void *object)
{
	struct db *db = object;

	db_close(&db);
}

struct err *cli_read(struct cli *cli, struct db **out)
{
	TRY(db_open(out, data_path(cli->arena, cli->settings, DATA_STORE), DB_READ));
	arena_defer(cli->arena, close_db, *out);
	TRY(db_schema_current(cli->arena, *out));
	db_grant(*out, policy_grant(ROLE_SYSTEM));
	return NULL;
}

struct err *cli_authority(struct cli *cli, struct db *db, struct authority *out)
{
	const char *code = cli_flag(cli, "authority");

	TRY(authority_find(cli->arena, db, 0, out));
	if (out->id == 0) {
		return ERR(ERR_INVALID, "No authority is set up yet. Open the one-time link that `init` printed, or give "
					"--name and --code to `init`.");
	}
	if (code != NULL && !text_same(code, out->code)) {
		return ERR(ERR_INVALID, "The authority here has the code %s, not %s.", out->code, code);
	}
	return NULL;
}

struct page *cli_page(struct cli *cli, struct db *db, const struct authority *authority)
{
	struct page *p = ARENA_NEW(cli->arena, struct page, 1);
	struct who *who = ARENA_NEW(cli->arena, struct who, 1);
	struct request *request = ARENA_NEW(cli->arena, struct request, 1);

	*who = (struct who){ .role = ROLE_SYSTEM, .authority_id = authority->id, .name = "The system",
			     .actor = "cli:dueregard" };
	*p = (struct page){ .arena = cli->arena, .db = db, .who = who, .authority = authority,
			    .world = &cli->world, .now = world_now(&cli->world),
			    .today = world_today(&cli->world), .settings = cli->settings, .request = request };
	return p;
}

struct err *cli_ask(struct cli *cli, struct door *door, struct ask *ask, struct outcome *out)
{
	struct buf all;

	ask->actor = ask->actor != NULL ? ask->actor : "cli:dueregard";
	ask->source = RECORD_FILE;
	TRY(door_ask(cli->arena, door, ask, out));
	if (out->err != NULL) {
		return out->err;
	}
	if (out->problems.n == 0) {
		return NULL;
	}
	buf_init(&all, cli->arena, 4096);
	for (size_t i = 0; i < out->problems.n; i++) {
		buf_printf(&all, "%s%s.", i > 0 ? " " : "", out->problems.v[i].sentence);
	}
	return ERR(ERR_INVALID, "%s", all.p);
}

struct err *cli_file(struct cli *cli, const char *path, struct bytes *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	unsigned char *p;
	size_t done = 0;

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		struct err *err = ERR(ERR_IO, "The file %s cannot be read: %s.", path,
				      fd < 0 ? strerror(errno) : "it is not an ordinary file");

		if (fd >= 0) {
			close(fd);
		}
		return err;
	}
	p = arena_alloc(cli->arena, (size_t)st.st_size + 1);
	while (done < (size_t)st.st_size) {
		ssize_t n = read(fd, p + done, (size_t)st.st_size - done);

		if (n <= 0) {
			break;
		}
		done += (size_t)n;
	}
	close(fd);
	*out = (struct bytes){ p, done };
	return done == (size_t)st.st_size ? NULL : ERR(ERR_IO, "The file %s cannot be read to its end.", path);
}

bool cli_is(const struct cli *cli, const char *format)
{
	return text_same(cli->format, format);
}

struct json cli_json(struct cli *cli)
{
	struct json j;

	json_begin(&j, &cli->out, true);
	return j;
}
