/* dueregard demo: makes the demonstration in an empty data directory and says who can sign in. */
#include "cli/demo.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/training/session.sql.h"
#include "app/training/session_rows.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "core/data.h"
#include "core/jobs.h"
#include "ui/asset.h"

#define ACCOUNTS_FILE "demo-accounts.txt"

/* ---- asking ---- */

void demo_at(struct demo *d, struct date day, int hour, int minute)
{
	d->world.fixed = instant_of_local(day, hour, minute);
}

static void take_pairs(struct demo *d, struct ask *ask, va_list args)
{
	for (const char *name = va_arg(args, const char *); name != NULL;
	     name = va_arg(args, const char *)) {
		const char *value = va_arg(args, const char *);
		size_t n = strlen(name);

		if (name[0] == '{') {
			pairs_add(d->scratch, &ask->path,
				  arena_strndup(d->scratch, name + 1, n - 2), value);
		} else {
			pairs_add(d->scratch, &ask->raw, name, value);
		}
	}
}

/* What an answer says under the name `said` (NULL: its reference), on d->arena. */
static struct err *ask_it(struct demo *d, struct ask *ask, const char *said, const char **out)
{
	struct outcome outcome;

	ask->actor = "cli:demo";
	ask->authority_id = d->authority_id;
	ask->source = RECORD_FILE;
	TRY(door_ask(d->scratch, d->door, ask, &outcome));
	if (outcome.err != NULL) {
		return ERR_WRAP(outcome.err, outcome.err->kind,
				"The demonstration cannot be made: %s: %s", ask->operation,
				outcome.err->sentence);
	}
	if (outcome.problems.n > 0) {
		return ERR(ERR_BUG, "The demonstration cannot be made: %s: %s", ask->operation,
			   outcome.problems.v[0].sentence);
	}
	if (out != NULL) {
		*out = arena_strdup(d->arena, said == NULL ? outcome.reference
							   : pairs_get(&outcome.result, said));
	}
	arena_reset(d->scratch);
	return NULL;
}

struct err *demo_ask(struct demo *d, const char *operation, const char **reference_out, ...)
{
	struct ask ask = { .operation = operation };
	va_list args;

	va_start(args, reference_out);
	take_pairs(d, &ask, args);
	va_end(args);
	return ask_it(d, &ask, NULL, reference_out);
}

static void close_upload(void *object)
{
	close(((struct upload *)object)->fd);
}

struct err *demo_ask_file(struct demo *d, const char *operation, struct bytes file,
			  const char **reference_out, ...)
{
	struct upload *upload = ARENA_NEW(d->scratch, struct upload, 1);
	struct ask ask = { .operation = operation, .upload = upload };
	va_list args;

	*upload = (struct upload){ .name = "file",
				   .filename = "register.csv",
				   .size = (int64_t)file.n,
				   .fd = memfd_create("register", MFD_CLOEXEC) };
	if (upload->fd < 0 || write(upload->fd, file.p, file.n) != (ssize_t)file.n ||
	    lseek(upload->fd, 0, SEEK_SET) != 0) {
		return ERR_DETAIL(ERR_IO, "a file of the demonstration cannot be held in memory");
	}
	arena_defer(d->scratch, close_upload, upload);
	va_start(args, reference_out);
	take_pairs(d, &ask, args);
	va_end(args);
	return ask_it(d, &ask, NULL, reference_out);
}

struct err *demo_token(struct demo *d, const char *user, const char **out)
{
	struct ask ask = { .operation = "make-sign-in-link" };
	const char *path;

	if (user != NULL) {
		pairs_add(d->scratch, &ask.path, "user", user);
	}
	TRY(ask_it(d, &ask, "path", &path));
	*out = strrchr(path, '/') + 1;
	return NULL;
}

struct err *demo_feedback_code(struct demo *d, const char *session, const char **out)
{
	struct reference_arg key = { d->authority_id, session };
	struct session s;
	bool found;

	db_grant(d->db, policy_grant(ROLE_SYSTEM));
	TRY(sql_session_find(d->arena, d->db, &key, &s, &found));
	*out = found ? s.feedback_code : "";
	return NULL;
}

/* ---- schools ---- */

struct err *demo_register(struct demo *d)
{
	const char *run;
	int ran;

	demo_at(d, (struct date){ 2015, 7, 3 }, 9, 0);
	TRY(demo_ask_file(d, "upload-school-register", asset_text("surrey-schools.csv"), &run,
			  "links_follow", "yes", NULL));
	TRY(demo_ask_file(d, "add-school-links", asset_text("surrey-links.csv"), NULL, "{run}", run,
			  NULL));
	TRY(jobs_run_due(d->db, d->door, &d->settings, &d->world, 10, &ran)); /* nobody else does */
	TRY(demo_ask(d, "apply-school-import", NULL, "{run}", run, NULL));
	db_grant(d->db, policy_grant(ROLE_SYSTEM));
	TRY(schools_all(d->arena, d->db, d->authority_id, &d->schools, &d->n_schools));
	TRY(succession_load(d->arena, d->db, d->schools, d->n_schools, &d->succession));
	return NULL;
}

/* ---- the command ---- */

static struct err *make(struct demo *d)
{
	TRY(demo_accounts(d));
	TRY(demo_register(d));
	TRY(demo_people(d));
	TRY(demo_trainers(d));
	TRY(demo_training(d));
	TRY(demo_sessions(d));
	TRY(demo_courses(d));
	TRY(demo_evidence(d));
	TRY(demo_partners(d));
	TRY(demo_needs(d));
	TRY(demo_bookings(d));
	return demo_notes(d);
}

static struct err *open_demo(struct cli *cli, struct demo *d)
{
	int applied, lock;

	TRY(data_create(&d->settings));
	TRY(data_lock(&d->settings, &lock)); /* held until the process ends */
	TRY(db_open(&d->db, data_store(d->arena, &d->settings, DB_WRITE), DB_WRITE));
	TRY(db_migrate(d->arena, d->db, world_now(&d->world), &applied));
	TRY(data_make_host(d->arena, &d->settings, &cli->world)); /* two demonstrations are two hosts */
	d->door = door_local(d->arena, d->db, &d->settings, &d->world);
	return NULL;
}

static struct err *keep_file(struct demo *d, const char *name, const char *mode, const char *text)
{
	FILE *file = fopen(data_path(d->arena, &d->settings, name), mode);
	bool written = file != NULL && fputs(text, file) >= 0;

	if ((file != NULL && fclose(file) != 0) || !written) {
		return ERR(ERR_IO, "The file %s cannot be written beside the store.", name);
	}
	return NULL;
}

static struct err *run(struct cli *cli)
{
	struct demo *d = ARENA_NEW(cli->arena, struct demo, 1);
	struct bytes kept;
	bool made;

	TRY(data_store_made(cli->arena, &cli->settings, &made));
	if (made) {
		if (!cli_has(cli, "if-absent")) {
			return ERR(ERR_INVALID,
				   "There is a store in %s already. Choose an empty directory with "
				   "--data.",
				   cli->settings.data);
		}
		TRY(cli_read_file(cli, data_path(cli->arena, &cli->settings, ACCOUNTS_FILE),
				  1 << 16, &kept));
		buf_add(&cli->out, kept.p, kept.n);
		return NULL;
	}
	d->cli = cli;
	d->arena = cli->arena;
	d->scratch = arena_new((size_t)512 << 20);
	d->settings = cli->settings;
	d->settings.demo = true;
	d->seed = 2017;
	d->today = world_today(&cli->world);
	d->world = world_fake(world_now(&cli->world), &d->seed);
	d->password = world_reference(&cli->world, d->arena, 12);
	TRY(open_demo(cli, d));
	TRY(make(d));
	TRY(keep_file(d, ACCOUNTS_FILE, "w", demo_account_text(d)));
	TRY(keep_file(d, "dueregard.conf", "a",
		      "# Every page says that this is a demonstration.\ndemo = yes\n"));
	db_close(&d->db);
	arena_free(&d->scratch);
	if (cli_format_is(cli, "json")) {
		demo_account_json(d, &cli->out);
	} else {
		buf_str(&cli->out, demo_account_text(d));
	}
	return NULL;
}

const struct command command_demo = {
	.name = "demo",
	.summary = "makes a demonstration authority in an empty directory",
	.flags =
		(const struct flag[]){
			{ "if-absent", NULL,
			  "only when there is none yet; says the accounts either way" },
			FLAG_END },
	.common = CLI_FORMAT | CLI_NO_CSV,
	.run = run,
};
