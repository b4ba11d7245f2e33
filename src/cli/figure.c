/* dueregard figure: a figure with its definition and what it left out; without a name, all there are. */
#include "app/reporting/figures.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"

static void as_json(struct json *j, const struct figure *f, const struct figure_value *v,
		    struct period period)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_iso(period.from, from);
	date_iso(period.to, to);
	json_object_begin(j);
	json_key(j, "name"), json_text(j, f->name);
	json_key(j, "label"), json_text(j, f->label);
	json_key(j, "from"), json_text(j, from);
	json_key(j, "to"), json_text(j, to);
	json_key(j, "value");
	if (!v->known) {
		json_none(j);
	} else if (f->kind == FIGURE_COUNT) {
		json_int(j, v->numerator);
	} else {
		json_number(j, v->value);
	}
	json_key(j, "numerator"), json_int(j, v->numerator);
	json_key(j, "denominator");
	if (f->denominator_label != NULL) {
		json_int(j, v->denominator);
	} else {
		json_none(j);
	}
	if (f->kind == FIGURE_SHARE) {
		json_key(j, "asked"), json_int(j, v->asked);
		json_key(j, "interval_low"), json_number(j, v->low);
		json_key(j, "interval_high"), json_number(j, v->high);
	}
	json_key(j, "definition"), json_text(j, f->definition);
	json_key(j, "version"), json_int(j, f->version);
	json_key(j, "excluded"), json_text(j, v->excluded);
	json_object_end(j);
}

static void as_text(struct cli *cli, const struct figure *f, const struct figure_value *v, struct period period)
{
	struct arena *a = cli->arena;

	buf_printf(&cli->out, "%s, %s to %s: %s\n", f->label, date_long(a, period.from),
		   date_long(a, period.to), figure_text(a, f, v));
	buf_printf(&cli->out, "  %s %s", text_thousands(a, v->numerator), f->numerator_label);
	if (f->denominator_label != NULL) {
		buf_printf(&cli->out, " of %s %s", text_thousands(a, v->denominator), f->denominator_label);
	}
	if (f->kind == FIGURE_SHARE && v->known) {
		buf_printf(&cli->out, "; 95%% interval %.1f%% to %.1f%%", 100 * v->low, 100 * v->high);
	}
	if (v->asked > 0) {
		buf_printf(&cli->out, "; %s could have answered", text_thousands(a, v->asked));
	}
	buf_printf(&cli->out, "\n  %s\n  %s\n", f->definition, v->excluded);
}

static void as_csv(struct cli *cli, const struct figure *f, const struct figure_value *v, struct period period)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];
	const char *cells[6];

	date_iso(period.from, from);
	date_iso(period.to, to);
	cells[0] = f->name;
	cells[1] = from;
	cells[2] = to;
	cells[3] = !v->known ? "" : arena_printf(cli->arena, "%.10g", v->value);
	cells[4] = arena_printf(cli->arena, "%lld", (long long)v->numerator);
	cells[5] = f->denominator_label == NULL ? ""
						: arena_printf(cli->arena, "%lld", (long long)v->denominator);
	for (size_t i = 0; i < 6; i++) {
		csv_cell(&cli->out, i == 0, cells[i]);
	}
	csv_cell(&cli->out, false, f->definition);
	csv_cell(&cli->out, false, v->excluded);
	csv_end_row(&cli->out);
}

static void csv_head(struct cli *cli)
{
	static const char *const names[] = { "name", "from", "to", "value", "numerator", "denominator", "definition",
					     "excluded" };

	for (size_t i = 0; i < 8; i++) {
		csv_cell(&cli->out, i == 0, names[i]);
	}
	csv_end_row(&cli->out);
}

static struct err *measure(struct cli *cli, struct json *j, const struct figure *f,
			   const struct figure_call *call)
{
	struct figure_value value = { 0 };

	TRY(f->measure(call, &value));
	if (cli_format_is(cli, "json")) {
		as_json(j, f, &value, call->period);
	} else if (cli_format_is(cli, "csv")) {
		as_csv(cli, f, &value, call->period);
	} else {
		as_text(cli, f, &value, call->period);
	}
	return NULL;
}

static struct err *measure_all(struct cli *cli, struct json *j, const struct figure_call *call)
{
	json_array_begin(j);
	for (size_t i = 0; features[i] != NULL; i++) {
		for (size_t k = 0; features[i]->figures != NULL && features[i]->figures[k] != NULL; k++) {
			TRY(measure(cli, j, features[i]->figures[k], call));
		}
	}
	json_array_end(j);
	return NULL;
}

/* The period; where a flag is missing, this financial year up to today. */
static struct err *period_of(struct cli *cli, struct period *out)
{
	struct period usual = period_default(world_today(&cli->world));

	TRY(cli_date(cli, "from", usual.from, &out->from));
	TRY(cli_date(cli, "to", usual.to, &out->to));
	if (date_compare(out->from, out->to) > 0) {
		return cli_usage(cli, "--from must not be after --to");
	}
	return NULL;
}

static struct err *run(struct cli *cli)
{
	const struct figure *f = cli->n_args > 0 ? figure_find(cli->args[0]) : NULL;
	struct figure_call call = { .arena = cli->arena };
	struct buf json;
	struct json j;
	struct authority authority;

	if (cli->n_args > 0 && f == NULL) {
		return cli_usage(cli, "There is no figure %s. `dueregard figure` lists them", cli->args[0]);
	}
	TRY(period_of(cli, &call.period));
	TRY(cli_store(cli, &call.db));
	TRY(db_begin(call.db));
	TRY(cli_authority(cli, call.db, &authority));
	call.authority_id = authority.id;
	buf_init(&json, cli->arena, 1 << 20);
	json_begin(&j, &json, true);
	if (cli_format_is(cli, "csv")) {
		csv_head(cli);
	}
	TRY(f != NULL ? measure(cli, &j, f, &call) : measure_all(cli, &j, &call));
	if (cli_format_is(cli, "json")) {
		cli_print(cli, "%s\n", json.p);
	}
	return NULL;
}

const struct command command_figure = {
	.name = "figure",
	.args = "[NAME]",
	.summary = "a figure for a period, with its definition and what was left out",
	.max_args = 1,
	.common = CLI_FORMAT | CLI_PERIOD | CLI_AUTHORITY,
	.run = run,
};
