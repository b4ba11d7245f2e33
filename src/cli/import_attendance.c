/* dueregard import attendance, import people: a list of people, by the same plan as the page's. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"

static const char *const counts[] = { "rows",  "new",	  "known",     "again",
				      "added", "changed", "unchanged", "refused" };

enum { COUNTS = sizeof(counts) / sizeof(*counts) };

static void close_file(void *upload)
{
	close(((struct upload *)upload)->fd);
}

static struct err *open_list(struct cli *cli, struct upload **out)
{
	struct upload *u = ARENA_NEW(cli->arena, struct upload, 1);
	struct stat st;

	*u = (struct upload){ .name = "file",
			      .filename = "list.csv",
			      .fd = open(cli->args[0], O_RDONLY | O_CLOEXEC) };
	if (u->fd < 0) {
		return ERR(ERR_IO, "%s cannot be read: %s", cli->args[0], strerror(errno));
	}
	arena_defer(cli->arena, close_file, u);
	if (fstat(u->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		return ERR(ERR_IO, "%s is not a file", cli->args[0]);
	}
	u->size = st.st_size;
	*out = u;
	return NULL;
}

/* What the answer is about: a session, or people as such. */
static const char *about(struct cli *cli)
{
	const char *session = cli_flag(cli, "session");

	return session != NULL ? session : "people";
}

static int64_t count(const struct outcome *o, const char *name)
{
	const char *text = pairs_get(&o->result, name);
	int64_t n = 0;

	return text != NULL && text_to_int(text, 0, INT64_MAX, &n) ? n : 0;
}

/* A refused row is "line TAB reason". */
static const char *reason_of(const char *bad)
{
	const char *tab = strchr(bad, '\t');

	return tab == NULL ? bad : tab + 1;
}

static void print_json(struct cli *cli, const struct outcome *o, bool saved)
{
	struct json j;

	json_begin(&j, &cli->out, true);
	json_object_begin(&j);
	if (cli_flag(cli, "session") != NULL) {
		json_key(&j, "session");
		json_text(&j, cli_flag(cli, "session"));
	}
	json_key(&j, "saved");
	json_bool(&j, saved);
	for (size_t i = 0; i < COUNTS; i++) {
		json_key(&j, counts[i]);
		json_int(&j, count(o, counts[i]));
	}
	json_key(&j, "bad");
	json_array_begin(&j);
	for (size_t i = 0; i < o->result.n; i++) {
		if (text_same(o->result.v[i].name, "bad")) {
			json_object_begin(&j);
			json_key(&j, "line");
			json_int(&j, strtoll(o->result.v[i].value, NULL, 10));
			json_key(&j, "reason");
			json_text(&j, reason_of(o->result.v[i].value));
			json_object_end(&j);
		}
	}
	json_array_end(&j);
	json_object_end(&j);
	cli_print(cli, "\n");
}

static void print_text(struct cli *cli, const struct outcome *o, bool saved)
{
	cli_print(cli,
		  "%s: %lld rows, %lld added, %lld changed, %lld unchanged, %lld twice, %lld "
		  "refused%s\n",
		  about(cli), (long long)count(o, "rows"),
		  (long long)count(o, "added"), (long long)count(o, "changed"),
		  (long long)count(o, "unchanged"), (long long)count(o, "again"),
		  (long long)count(o, "refused"), saved ? "" : "; nothing was saved");
	for (size_t i = 0; i < o->result.n; i++) {
		if (text_same(o->result.v[i].name, "bad")) {
			cli_print(cli, "line %lld: %s\n", strtoll(o->result.v[i].value, NULL, 10),
				  reason_of(o->result.v[i].value));
		}
	}
}

static void print_outcome(struct cli *cli, const struct outcome *o, bool saved)
{
	const char *bad = pairs_get(&o->result, "bad_csv");
	bool csv =
		cli_format_is(cli, "csv") || (cli_format_is(cli, "text") && saved && bad != NULL);

	if (csv) {
		cli_print(cli, "%s", bad == NULL ? "" : bad);
	} else if (cli_format_is(cli, "json")) {
		print_json(cli, o, saved);
	} else {
		print_text(cli, o, saved);
	}
}

static struct err *ask_list(struct cli *cli, const char *operation, struct outcome *out)
{
	struct authority authority;
	struct upload *list = NULL;
	struct db *db;
	struct door *door;

	TRY(open_list(cli, &list));
	TRY(cli_store(cli, &db));
	TRY(cli_authority(cli, db, &authority));
	struct ask ask = {
		.operation = operation,
		.actor = cli->actor,
		.authority_id = authority.id,
		.source = RECORD_FILE,
		.upload = list,
	};

	if (cli_flag(cli, "session") != NULL) {
		pairs_add(cli->arena, &ask.path, "session", cli_flag(cli, "session"));
	}
	if (cli_flag(cli, "skip-bad") != NULL) {
		pairs_add(cli->arena, &ask.raw, "skip_bad", "yes");
	}
	TRY(cli_door(cli, &door));
	TRY(door_ask(cli->arena, door, &ask, out));
	return out->err;
}

static struct err *import(struct cli *cli, const char *look, const char *save)
{
	bool preview = cli_flag(cli, "preview") != NULL;
	struct outcome o = { 0 };

	TRY(ask_list(cli, preview ? look : save, &o));
	bool refused = o.problems.n > 0 || (preview && count(&o, "refused") > 0);

	if (pairs_get(&o.result, "rows") != NULL) {
		print_outcome(cli, &o, !preview && !refused);
		TRY(cli_flush(cli));
	}
	int64_t bad = count(&o, "refused");

	if (refused && bad > 0) {
		return ERR(ERR_INVALID,
			   "%lld row%s cannot be used. Mend the list, or leave %s out with "
			   "--skip-bad",
			   (long long)bad, bad == 1 ? "" : "s", bad == 1 ? "it" : "them");
	}
	return refused ? ERR(ERR_INVALID, "%s", o.problems.v[0].sentence) : NULL;
}

static struct err *run(struct cli *cli)
{
	if (cli_flag(cli, "session") == NULL) {
		return cli_usage(cli, "Say which session: --session REF");
	}
	return import(cli, "preview-attendance", "import-attendance");
}

static struct err *run_people(struct cli *cli)
{
	return import(cli, "preview-people", "import-people");
}

static const struct flag people_flags[] = { { "preview", NULL, "say what would be saved, save nothing" },
					    { "skip-bad", NULL, "save the good rows and print the others as CSV" },
					    FLAG_END };

static const struct flag flags[] = { { "session", "REF", "reference of the session" },
				     { "preview", NULL, "say what would be saved, save nothing" },
				     { "skip-bad", NULL,
				       "save the good rows and print the others as CSV" },
				     FLAG_END };

const struct command command_import_attendance = {
	.name = "import attendance",
	.summary = "record who was at a session, from a list",
	.args = "FILE.csv",
	.min_args = 1,
	.max_args = 1,
	.flags = flags,
	.common = CLI_FORMAT | CLI_AUTHORITY,
	.details = "Columns: name, email, school (name or URN), job, sector, state. A heading row "
		   "may stand first; then they "
		   "may be in any order. Without --skip-bad nothing is saved while a row is "
		   "refused (exit status 1).",
	.run = run,
};

const struct command command_import_people = {
	.name = "import people",
	.summary = "add or change people, from a list",
	.args = "FILE.csv",
	.min_args = 1,
	.max_args = 1,
	.flags = people_flags,
	.common = CLI_FORMAT | CLI_AUTHORITY,
	.details = "Columns: name, email, school (name or URN), job, sector, audience, standing, agency, team. A heading row may stand "
		   "first; then they may be in any order. Somebody who is known by email, or by name and school, is changed where the "
		   "list says something else; nobody is removed. Without --skip-bad nothing is saved while a row is refused (exit "
		   "status 1).",
	.run = run_people,
};
