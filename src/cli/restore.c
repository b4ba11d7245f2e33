/* dueregard restore: a backup into an empty place, on either engine: all of it or nothing. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "core/data.h"
#include "core/store_copy.h"
#include "core/store_file.h"

struct restore {
	struct cli *cli;
	const char *path;    /* of the backup */
	struct db *from;     /* it */
	struct copy_seal seal;
	struct store_copy copy;
	struct outcome outcome; /* of restore-store */
};

/* ---- the backup ---- */

static struct err *not_good(const struct restore *r, const struct err *why)
{
	return ERR_WRAP(why, ERR_INVALID, "%s is damaged, cut short or not a backup of dueregard. Nothing was restored; take "
					  "another backup", r->path);
}

/* Said before anything is made: damaged, of another program, of a newer one. */
static struct err *judge(struct restore *r)
{
	struct arena *a = r->cli->arena;
	const char *report = NULL;
	int number = 0;

	TRY(db_time_limit(r->from, 0));
	struct err *err = db_integrity(a, r->from, &report);
	if (err != NULL || report != NULL) {
		return not_good(r, err != NULL ? err : ERR_DETAIL(ERR_IO, "%.300s", report));
	}
	err = copy_number(a, r->from, &number);
	if (err != NULL && err->kind == ERR_USAGE) {
		return ERR_WRAP(err, ERR_USAGE, "%s cannot be restored. %s", r->path, err->sentence);
	}
	if (err != NULL || number == 0) {
		return not_good(r, err != NULL ? err : ERR_DETAIL(ERR_INVALID, "no tables"));
	}
	err = copy_read_seal(a, r->from, &r->seal);
	return err != NULL ? not_good(r, err) : NULL;
}

static struct err *open_backup(struct restore *r)
{
	struct stat st;

	if (stat(r->path, &st) != 0) {
		return ERR(ERR_NOT_FOUND, "%s cannot be read: %s", r->path, strerror(errno));
	}
	if (!S_ISREG(st.st_mode)) {
		return ERR(ERR_INVALID, "%s is not a file. Name the backup itself", r->path);
	}
	if (access(r->path, R_OK) != 0) {
		return ERR(ERR_DENIED, "%s cannot be read: %s", r->path, strerror(errno));
	}
	struct err *err = db_open(&r->from, r->path, DB_READ);
	return err != NULL ? not_good(r, err) : judge(r);
}

/* ---- into an empty place ---- */

static struct err *fill(struct restore *r, struct db *to)
{
	struct err *err = store_copy_fill(&r->copy, r->from, to, world_now(&r->cli->world));

	if (err != NULL && !r->copy.copying.writing_failed) {
		return not_good(r, err);
	}
	TRY(err);
	if (instant_is_set(r->seal.taken_at) && !text_same(r->seal.digest, r->copy.digest)) {
		return not_good(r, ERR_DETAIL(ERR_INVALID, "digest %s, sealed with %s", r->copy.digest, r->seal.digest));
	}
	return NULL;
}

/* The newest schema, and the operation that lets nobody in who was let in before. */
static struct err *settle(struct restore *r, struct db *to)
{
	struct cli *cli = r->cli;
	struct pairs raw = { 0 };
	bool needs_slow;

	if (instant_is_set(r->seal.taken_at)) {
		pairs_add(cli->arena, &raw, "taken", instant_utc_iso(cli->arena, r->seal.taken_at));
	}
	pairs_add(cli->arena, &raw, "digest", r->copy.digest);
	const struct ask ask = { .operation = "restore-store", .actor = cli->actor, .source = RECORD_FILE, .raw = raw };

	TRY(copy_update(cli->arena, to, world_now(&cli->world)));
	TRY(operation_run(cli->arena, to, &cli->settings, &cli->world, &ask, (struct bytes){ 0 }, false, &needs_slow,
			  &r->outcome));
	if (r->outcome.err == NULL && r->outcome.problems.n > 0) {
		return ERR_DETAIL(ERR_BUG, "restore-store: %s", r->outcome.problems.v[0].sentence);
	}
	return r->outcome.err;
}

/* One step on the part: a transaction, committed when it goes well. */
static struct err *write_part(struct restore *r, const char *part, struct err *(*step)(struct restore *r, struct db *to))
{
	struct db *to = NULL;

	TRY(copy_open_file(&to, part));
	struct err *err = db_begin_schema(to);
	err = err != NULL ? err : step(r, to);
	err = err != NULL ? err : db_commit(to);
	db_rollback(to);
	db_close(&to);
	return err;
}

static struct err *read_part(struct restore *r, const char *part,
			     struct err *(*step)(struct store_copy *copy, struct db *to))
{
	struct db *to = NULL;

	TRY(db_open(&to, part, DB_READ));
	struct err *err = db_time_limit(to, 0);
	err = err != NULL ? err : db_begin(to);
	err = err != NULL ? err : step(&r->copy, to);
	db_rollback(to);
	db_close(&to);
	return err;
}

static struct err *into_file(struct restore *r)
{
	struct arena *a = r->cli->arena;
	struct store_file f;

	TRY(store_file_begin(a, data_path(a, &r->cli->settings, DATA_STORE), &f));
	struct err *err = write_part(r, f.part, fill);
	err = err != NULL ? err : read_part(r, f.part, store_copy_compare);
	err = err != NULL ? err : write_part(r, f.part, settle);
	err = err != NULL ? err : read_part(r, f.part, store_copy_check);
	err = err != NULL ? err : store_file_place(a, &f);
	store_file_drop(&f);
	return err;
}

static struct err *expect_empty(struct restore *r, struct db *to)
{
	int number = 0;
	struct err *err = copy_number(r->cli->arena, to, &number);

	if (err != NULL && err->kind != ERR_USAGE) {
		return err;
	}
	return err == NULL && number == 0 ? NULL
					  : ERR(ERR_CONFLICT, "The database has tables already, and they are left as they "
							      "are. Make an empty one and name it in the setting database");
}

/* One transaction: what it has not committed, nobody ever sees. */
static struct err *fill_server(struct restore *r, struct db *to)
{
	TRY(db_begin_schema(to));
	TRY(expect_empty(r, to));
	TRY(fill(r, to));
	TRY(store_copy_compare(&r->copy, to));
	TRY(settle(r, to));
	TRY(store_copy_check(&r->copy, to));
	return db_commit(to);
}

static struct err *into_server(struct restore *r)
{
	struct settings *settings = &r->cli->settings;
	struct db *to = NULL;

	TRY(db_open(&to, data_store(r->cli->arena, settings, DB_WRITE), DB_WRITE));
	struct err *err = db_time_limit(to, 0);
	err = err != NULL ? err : fill_server(r, to);
	if (err == NULL) {
		copy_tidy(to);
	}
	db_rollback(to);
	db_close(&to);
	return err;
}

/* ---- the command ---- */

static struct err *put_back(struct restore *r)
{
	struct cli *cli = r->cli;
	bool server = !text_empty(cli->settings.database);
	struct progress progress;
	int lock = -1;

	TRY(data_create(&cli->settings));
	TRY(data_lock(&cli->settings, &lock));
	progress_begin(cli, &progress, "Restoring");
	r->copy.copying.progress = progress_rows;
	r->copy.copying.context = &progress;
	struct err *err = server ? into_server(r) : into_file(r);
	progress_end(&progress);
	close(lock);
	return err;
}

static void say(struct restore *r)
{
	struct cli *cli = r->cli;
	struct arena *a = cli->arena;
	const struct store_copy *s = &r->copy;

	cli_print(cli, "The store is restored and checked: %s\n",
		  text_empty(cli->settings.database) ? cli->settings.data : "the database of the settings");
	if (instant_is_set(r->seal.taken_at)) {
		cli_print(cli, "backup  of %s, its digest found again\n", instant_long(a, r->seal.taken_at));
	} else {
		cli_print(cli, "backup  a plain store: it carries no digest, so that only its structure and its audit were "
			       "checked\n");
	}
	cli_print(cli,
		  "rows    %s\n"
		  "digest  %s\n"
		  "audit   %s entries, the last says that this was a restore\n"
		  "head    %s\n"
		  "Sign-ins ended: %s. Unused one-time links taken back: %s; \"dueregard user link\" makes new ones.\n"
		  "Start the service:  dueregard serve --data %s\n",
		  text_thousands(a, s->rows), s->digest, text_thousands(a, s->audit.entries), s->audit.head,
		  pairs_get(&r->outcome.result, "logins"), pairs_get(&r->outcome.result, "links"), cli->settings.data);
}

static struct err *run(struct cli *cli)
{
	struct restore r = { .cli = cli, .path = cli->args[0], .copy.copying.arena = cli->arena };
	struct err *err = open_backup(&r);

	err = err != NULL ? err : put_back(&r);
	db_close(&r.from);
	TRY(err);
	say(&r);
	return NULL;
}

const struct command command_restore = {
	.name = "restore",
	.summary = "make a store of a backup, in an empty place",
	.args = "FILE",
	.min_args = 1,
	.max_args = 1,
	.details = "The place is a data directory without a store, or the empty database that the setting database names.\n"
		   "A backup of an older program is brought up to date on the way. Everybody has to sign in again.",
	.run = run,
};
