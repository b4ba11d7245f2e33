/* dueregard audit verify: whether the chain of entries is whole. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "trust/trust.h"

static struct err *read_kept(struct cli *cli, struct audit_report *kept)
{
	const char *entries = cli_flag(cli, "entries");
	const char *head = cli_flag(cli, "head");

	if (entries == NULL || head == NULL) {
		return cli_usage(cli, "--entries and --head go together: both stand in what an earlier run printed");
	}
	if (!text_to_int(entries, 0, INT64_MAX, &kept->entries)) {
		return cli_usage(cli, "--entries must be a number");
	}
	if (strlen(head) != 64 || strspn(head, "0123456789abcdef") != 64) {
		return cli_usage(cli, "--head must be 64 digits of 0-9 and a-f");
	}
	memcpy(kept->head, head, sizeof(kept->head));
	return NULL;
}

static void print_json(struct cli *cli, const struct audit_report *r)
{
	struct json j;

	json_begin(&j, &cli->out, true);
	json_object_begin(&j);
	json_key(&j, "sound");
	json_bool(&j, r->fault == NULL);
	json_key(&j, "entries");
	json_int(&j, r->entries);
	json_key(&j, "head");
	json_text(&j, r->head);
	json_key(&j, "first_bad");
	if (r->first_bad == 0) {
		json_none(&j);
	} else {
		json_int(&j, r->first_bad);
	}
	json_key(&j, "fault");
	json_text(&j, r->fault);
	json_object_end(&j);
	buf_char(&cli->out, '\n');
}

static struct err *run(struct cli *cli)
{
	struct audit_report kept = { 0 }, report = { 0 };
	bool has_kept = cli_has(cli, "entries") || cli_has(cli, "head");
	struct db *db;

	if (has_kept) {
		TRY(read_kept(cli, &kept));
	}
	TRY(cli_store(cli, &db));
	TRY(audit_verify(cli->arena, db, has_kept ? &kept : NULL, &report));
	if (cli_format_is(cli, "json")) {
		print_json(cli, &report);
	} else if (report.fault == NULL) {
		cli_print(cli, "The audit is whole: %s entries. To find out later that its end was not cut off, keep\n"
			       "this and give it to the next run: --entries %lld --head %s\n",
			  text_thousands(cli->arena, report.entries), (long long)report.entries, report.head);
	}
	return report.fault == NULL ? NULL : ERR(ERR_CONFLICT, "%s", report.fault);
}

static const struct flag flags[] = {
	{ "entries", "N", "number of entries that an earlier run printed" },
	{ "head", "HASH", "head that the same run printed" },
	FLAG_END
};

const struct command command_audit_verify = {
	.name = "audit verify",
	.summary = "check that no entry of the audit was changed, taken out or put in",
	.flags = flags,
	.common = CLI_FORMAT | CLI_NO_CSV,
	.run = run,
};
