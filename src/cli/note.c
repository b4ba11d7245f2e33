/* dueregard note: the notes there are, or one as Markdown or OpenDocument text with its figures. */
#include "app/reporting/note.h"
#include "app/reporting/note.sql.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"

static struct err *print_one(struct cli *cli, struct db *db, const struct authority *authority)
{
	struct reference_arg key = { authority->id, cli->args[0] };
	struct figure_call call = { .arena = cli->arena, .db = db, .authority_id = authority->id };
	struct note note;
	struct buf text;
	bool found;

	TRY(sql_note_find(cli->arena, db, &key, &note, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no note %s. `dueregard note` lists them.", cli->args[0]);
	}
	if (cli_has(cli, "odt")) {
		struct bytes file;

		TRY(note_odt(&call, world_now(&cli->world), &note, &file));
		buf_add(&cli->out, (const char *)file.p, file.n);
		return NULL;
	}
	buf_init(&text, cli->arena, 1 << 20);
	TRY(note_markdown(&call, &note, &text));
	if (cli_format_is(cli, "json")) {
		struct json j;

		json_begin(&j, &cli->out, true);
		json_object_begin(&j);
		json_key(&j, "reference"), json_text(&j, note.reference);
		json_key(&j, "subject"), json_text(&j, note.subject);
		json_key(&j, "markdown"), json_text(&j, text.p);
		json_object_end(&j);
		buf_char(&cli->out, '\n');
		return NULL;
	}
	buf_add(&cli->out, text.p, text.n);
	return NULL;
}

static struct err *run(struct cli *cli)
{
	struct note_list_arg arg = { .after_key = "", .sees = SEES_ALL };
	struct authority authority;
	struct who who;
	struct db *db;

	TRY(cli_store(cli, &db));
	TRY(db_begin(db));
	TRY(cli_authority(cli, db, &authority));
	if (cli->n_args == 0 && cli_has(cli, "odt")) {
		return cli_usage(cli, "Give the reference of the note");
	}
	if (cli->n_args > 0) {
		return print_one(cli, db, &authority);
	}
	arg.authority_id = authority.id;
	who = cli_who(cli, &authority);
	return list_print(cli->arena, db, &who, list_find("notes"), &arg,
			  cli->format, &cli->out);
}

const struct command command_note = {
	.name = "note",
	.args = "[REFERENCE]",
	.summary = "the notes to committees, or one as Markdown with its figures worked out",
	.max_args = 1,
	.flags =
		(const struct flag[]){
			{ "odt", NULL, "the note as an OpenDocument text, for a file or a pipe" },
			FLAG_END },
	.common = CLI_FORMAT | CLI_AUTHORITY,
	.run = run,
};
