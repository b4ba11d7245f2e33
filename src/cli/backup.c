/* dueregard backup: the whole store in one file, taken while the service runs, and looked at before it counts. */
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "core/store_copy.h"
#include "core/store_file.h"

/* One snapshot of the store, whoever writes meanwhile. */
static struct err *fill(struct cli *cli, struct store_copy *s, struct db *from, struct db *to)
{
	const struct instant now = world_now(&cli->world);

	TRY(db_begin_schema(to));
	TRY(store_copy_fill(s, from, to, now));
	TRY(copy_write_seal(to, &(struct copy_seal){ now, s->digest }));
	return db_commit(to);
}

static struct err *write_part(struct cli *cli, struct store_copy *s, struct db *from, const char *part)
{
	struct db *to = NULL;

	s->copying.writing_failed = true; /* whose disk an error is of: see explain() */
	TRY(copy_open_file(&to, part));
	struct err *err = db_begin(from);
	err = err != NULL ? err : fill(cli, s, from, to);
	db_rollback(from);
	db_rollback(to);
	db_close(&to);
	return err;
}

/* Opened anew: what is judged is what was written. */
static struct err *verify_part(struct store_copy *s, const char *part)
{
	struct db *db = NULL;

	TRY(db_open(&db, part, DB_READ));
	struct err *err = db_time_limit(db, 0);
	err = err != NULL ? err : db_begin(db);
	err = err != NULL ? err : store_copy_compare(s, db);
	err = err != NULL ? err : store_copy_check(s, db);
	db_rollback(db);
	db_close(&db);
	return err;
}

static struct err *explain(const struct store_copy *s, const char *path, struct err *err)
{
	if (err == NULL || !s->copying.writing_failed) {
		return err == NULL ? NULL : ERR_WRAP(err, err->kind, "No backup was made. %s", err->sentence);
	}
	return ERR_WRAP(err, err->kind, "No backup was made: %s could not be written. Is the disk full, or is there a "
					"limit? Make room, or choose another place", path);
}

static struct err *make(struct cli *cli, struct db *from, struct store_file *f, struct store_copy *s)
{
	struct progress progress;

	progress_begin(cli, &progress, "Copying");
	s->copying.progress = progress_rows;
	s->copying.context = &progress;
	struct err *err = write_part(cli, s, from, f->part);
	if (err == NULL) {
		progress.what = "Checking";
		s->copying.writing_failed = false;
		err = verify_part(s, f->part);
	}
	progress_end(&progress);
	err = explain(s, f->path, err);
	err = err != NULL ? err : store_file_place(cli->arena, f);
	store_file_drop(f);
	return err;
}

static struct err *run(struct cli *cli)
{
	struct store_copy s = { .copying.arena = cli->arena };
	struct store_file f;
	struct db *from;

	(void)!nice(10); /* the service comes first */
	TRY(cli_store(cli, &from)); /* refuses a schema that is not this program's */
	TRY(db_time_limit(from, 0));
	TRY(store_file_begin(cli->arena, cli->args[0], &f));
	TRY(make(cli, from, &f, &s));
	cli_print(cli,
		  "The backup is made and checked: %s\n"
		  "rows    %s\n"
		  "digest  %s\n"
		  "audit   %s entries\n"
		  "head    %s\n",
		  f.path, text_thousands(cli->arena, s.rows), s.digest, text_thousands(cli->arena, s.audit.entries),
		  s.audit.head);
	return NULL;
}

const struct command command_backup = {
	.name = "backup",
	.summary = "copy the whole store into one file, checked, while the service runs",
	.args = "FILE",
	.min_args = 1,
	.max_args = 1,
	.details = "FILE is a store by itself, whatever engine the service runs on; restore makes a store of it on either.\n"
		   "It holds what the store holds, names of people included: keep it as safe as the store.",
	.run = run,
};
