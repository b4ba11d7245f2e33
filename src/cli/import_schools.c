/*
 * dueregard import schools: the school register into the store, as the pages do it - upload, compare,
 * apply - in one command.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "core/house.h"
#include "db/args.h"

enum {
	POLL_MS = 200,
	PATIENCE = 5 * 60 * 1000 / POLL_MS /* polls without any progress */
};

/* ---- files ---- */

static void close_upload(void *object)
{
	close(((struct upload *)object)->fd);
}

static struct err *open_upload(struct cli *cli, const char *path, struct upload *out)
{
	struct upload *held = ARENA_NEW(cli->arena, struct upload, 1);
	const char *slash = strrchr(path, '/');
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		return ERR(ERR_NOT_FOUND, "%s cannot be read: %s", path, strerror(errno));
	}
	*held = (struct upload){ .name = "file", .filename = slash == NULL ? path : slash + 1, .fd = fd };
	arena_defer(cli->arena, close_upload, held);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		return ERR(ERR_INVALID, "%s is not a file. Download the register and name the file itself", path);
	}
	held->size = st.st_size;
	if (held->size == 0) {
		return ERR(ERR_INVALID, "%s is empty. Download it again", path);
	}
	*out = *held;
	return NULL;
}

/* ---- steps ---- */

struct import {
	struct cli *cli;
	struct door *door;
	struct db *db;
	struct authority authority;
	struct pairs path; /* {run} */
	struct import_run run;
	bool terminal;
};

static void show_progress(const struct import *i)
{
	if (i->terminal) {
		int64_t all = i->run.bytes_all == 0 ? 1 : i->run.bytes_all;

		fprintf(stderr, "\rReading %s: %3lld%%", i->run.file_name, (long long)(i->run.bytes_done * 100 / all));
	}
}

static void end_progress(const struct import *i)
{
	if (i->terminal) {
		fputs("\r\033[K", stderr);
	}
}

static struct err *upload_files(struct import *i, const char *file, const char *links)
{
	struct cli *cli = i->cli;
	struct upload upload, links_upload = { .fd = -1 };
	struct outcome outcome;
	struct pairs raw = { 0 };
	const char *la_code = cli_flag(cli, "authority");
	char on_text[DATE_ISO_SIZE];
	struct date on;

	TRY(open_upload(cli, file, &upload));
	if (links != NULL) {
		TRY(open_upload(cli, links, &links_upload));
		pairs_add(cli->arena, &raw, "links_follow", "yes");
	}
	TRY(cli_date(cli, "on", world_today(&cli->world), &on));
	date_iso(on, on_text);
	pairs_add(cli->arena, &raw, "register_on", on_text);
	if (la_code == NULL) {
		pairs_add(cli->arena, &raw, "all_authorities", "yes");
	} else {
		pairs_add(cli->arena, &raw, "la_code", la_code);
	}
	if (i->terminal) {
		fprintf(stderr, "Reading %s", upload.filename);
	}
	TRY(cli_ask_with(cli, i->door, upload_school_register.name, &raw, NULL, &upload, &outcome));
	pairs_add(cli->arena, &i->path, "run", outcome.reference);
	if (links != NULL) {
		TRY(cli_ask_with(cli, i->door, add_school_links.name, NULL, &i->path, &links_upload, NULL));
	}
	return NULL;
}

/* Until the job has read the files: at once when this process is the keeper. */
static struct err *await_preview(struct import *i)
{
	const char *reference = pairs_get(&i->path, "run");
	int64_t seen = -1;
	int idle = 0;

	for (;;) {
		struct arena_mark mark = arena_mark(i->cli->arena);

		TRY(import_find(i->cli->arena, i->db, i->authority.id, reference, &i->run));
		if (i->run.state != IMPORT_READING) {
			return NULL;
		}
		show_progress(i);
		idle = i->run.bytes_done == seen ? idle + 1 : 0;
		seen = i->run.bytes_done;
		arena_rewind(i->cli->arena, mark);
		if (idle > PATIENCE) {
			return ERR(ERR_BUSY, "The service has not read the file yet. Look at /schools/imports in a "
				   "moment; the import %s waits there", reference);
		}
		poll(NULL, 0, POLL_MS);
	}
}

static struct err *run_import(struct import *i, const char *file, const char *links, bool preview)
{
	struct err *e = upload_files(i, file, links);

	if (e == NULL) {
		e = await_preview(i);
	}
	end_progress(i);
	TRY(e);
	if (i->run.state == IMPORT_READY) {
		TRY(cli_ask(i->cli, i->door, preview ? discard_school_import.name : apply_school_import.name, NULL,
			    &i->path, NULL));
	}
	return NULL;
}

/* ---- what it says ---- */

struct count {
	const char *name;
	int64_t n;
};

static size_t counts_of(const struct import_run *run, struct count out[8])
{
	const struct count counts[] = {
		{ "new", run->new_rows },	      { "changed", run->changed_rows },
		{ "closed", run->closed_rows },	      { "vanished", run->vanished_rows },
		{ "unchanged", run->unchanged_rows }, { "refused", run->refused_rows },
		{ "links", run->link_rows },	      { "links_changed", run->link_changes },
	};

	memcpy(out, counts, sizeof(counts));
	return sizeof(counts) / sizeof(counts[0]);
}

static void json_lines(struct json *j, const char *name, const char *lines)
{
	json_key(j, name);
	json_array_begin(j);
	while (!text_empty(lines)) {
		size_t n = strcspn(lines, "\n");
		char line[1024];

		snprintf(line, sizeof(line), "%.*s", (int)n, lines);
		json_text(j, line);
		lines += lines[n] == '\n' ? n + 1 : n;
	}
	json_array_end(j);
}

static void print_json(struct cli *cli, const struct import_run *run, const struct import_problem *problems, size_t n,
		       bool preview)
{
	struct count counts[8];
	size_t n_counts = counts_of(run, counts);
	struct json j;

	json_begin(&j, &cli->out, true);
	json_object_begin(&j);
	for (size_t i = 0; i < n_counts; i++) {
		json_key(&j, counts[i].name);
		json_int(&j, counts[i].n);
	}
	json_key(&j, "rows");
	json_int(&j, run->rows_read);
	json_key(&j, "applied");
	json_bool(&j, run->state == IMPORT_READY && !preview);
	json_key(&j, "reference");
	json_text(&j, run->reference);
	json_lines(&j, "missing_columns", run->missing_columns);
	json_lines(&j, "remarks", run->notes);
	json_key(&j, "problems");
	json_array_begin(&j);
	for (size_t i = 0; i < n; i++) {
		json_object_begin(&j);
		json_key(&j, "file");
		json_text(&j, problems[i].file);
		json_key(&j, "line");
		json_int(&j, problems[i].line);
		json_key(&j, "column");
		json_text(&j, problems[i].heading);
		json_key(&j, "sentence");
		json_text(&j, problems[i].sentence);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	buf_char(&cli->out, '\n');
}

static void print_lines(struct cli *cli, const char *heading, const char *lines)
{
	if (text_empty(lines)) {
		return;
	}
	cli_print(cli, "%s\n", heading);
	while (*lines != '\0') {
		size_t n = strcspn(lines, "\n");

		cli_print(cli, "  %.*s\n", (int)n, lines);
		lines += lines[n] == '\n' ? n + 1 : n;
	}
}

static void print_text(struct cli *cli, const struct import_run *run, const struct import_problem *problems, size_t n)
{
	struct count counts[8];
	size_t n_counts = counts_of(run, counts);

	for (size_t i = 0; i < n; i++) {
		cli_print(cli, "%s line %lld%s%s: %s\n", problems[i].file, (long long)problems[i].line,
			  problems[i].heading[0] == '\0' ? "" : ", ", problems[i].heading, problems[i].sentence);
	}
	for (size_t i = 0; i < n_counts; i++) {
		if (strcmp(counts[i].name, "links_changed") == 0) {
			cli_print(cli, "%-14s%lld\n", "links changed", (long long)counts[i].n);
		} else {
			cli_print(cli, "%-14s%lld\n", counts[i].name, (long long)counts[i].n);
		}
	}
	print_lines(cli, "Columns that the file does not carry:", run->missing_columns);
	print_lines(cli, "Remarks:", run->notes);
}

static struct err *refusal(const struct import_run *run, const char *file)
{
	if (run->state != IMPORT_REFUSED) {
		return NULL;
	}
	if (!text_empty(run->fault)) {
		return ERR(ERR_INVALID, "Nothing was imported from %s. %s", file, run->fault);
	}
	return ERR(ERR_INVALID, "Nothing was imported from %s: %lld %s in it", file, (long long)run->refused_rows,
		   run->refused_rows == 1 ? "problem" : "problems");
}

static struct err *run(struct cli *cli)
{
	bool preview = cli_has(cli, "preview");
	struct import i = { .cli = cli, .terminal = isatty(STDERR_FILENO) == 1 };
	struct import_problem *problems;
	size_t n;

	TRY(cli_door(cli, &i.door)); /* first: it brings an older store up to this program */
	TRY(cli_store(cli, &i.db));
	TRY(authority_find(cli->arena, i.db, 0, &i.authority));
	if (i.authority.id == 0) {
		return ERR(ERR_NOT_FOUND, "No authority is set up in %s yet. Open the one-time link that init printed",
			   cli->settings.data);
	}
	TRY(run_import(&i, cli->args[0], cli_flag(cli, "links"), preview));
	TRY(sql_import_problems_of(cli->arena, i.db, &(struct id_arg){ i.run.id }, &problems, &n));
	if (cli_format_is(cli, "json")) {
		print_json(cli, &i.run, problems, n, preview);
	} else {
		print_text(cli, &i.run, problems, n);
	}
	return refusal(&i.run, cli->args[0]);
}

static const struct flag flags[] = {
	{ "authority", "CODE", "take only schools of this LA code, like 936; otherwise of all authorities" },
	{ "links", "FILE", "the links file: which school came before or after which" },
	{ "preview", NULL, "say what would change and apply nothing" },
	FLAG_END
};

const struct command command_import_schools = {
	.name = "import schools",
	.summary = "bring the school register up to date from a file of Get Information About Schools",
	.args = "FILE.csv",
	.min_args = 1,
	.max_args = 1,
	.flags = flags,
	.common = CLI_FORMAT | CLI_NO_CSV | CLI_ON,
	.details = "Columns are found by heading; any extract with URN and EstablishmentName will do. A file with a\n"
		   "wrong row is refused whole, each problem named by line and column. --on is the date of the\n"
		   "register, otherwise today.",
	.run = run,
};
