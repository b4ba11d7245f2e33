/* A figure beside itself in another period, and the notes in which it was released (domain reference 7.6: which vintage). */
#include "app/reporting/compare.h"
#include "app/reporting/figures.h"
#include "app/reporting/note.sql.h"
#include "app/reporting/note_inside.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

enum { RELEASED_MAX = 20 };

/* ---- two periods ---- */

void comparison_read(struct page *p, struct period period, struct comparison *out, struct problems *problems)
{
	size_t before = problems->n;

	out->with = (struct period){ date_add_months(period.from, -12), date_add_months(period.to, -12) };
	out->asked = !text_empty(page_query(p, "with_from")) || !text_empty(page_query(p, "with_to"));
	period_read(p, "with_from", "First day of the other period", &out->with.from, problems);
	period_read(p, "with_to", "Last day of the other period", &out->with.to, problems);
	if (problems->n == before && date_compare(out->with.from, out->with.to) > 0) {
		problem_add(p->arena, problems, "with_from", "First day of the other period must be before its last day");
	}
	out->asked = out->asked && problems->n == before;
}

static void comparison_form(struct page *p, const struct figure *f, struct period period, struct period with,
			    const struct problems *problems)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_iso(period.from, from);
	date_iso(period.to, to);
	LIT(p->html, "<form method=\"get\" class=\"app-period app-no-print\" action=\"");
	html_url(p->html, url_path(p->arena, "/reports/figures/{}", f->name));
	LIT(p->html, "\">");
	ui_hidden(p->html, "from", from);
	ui_hidden(p->html, "to", to);
	period_input(p, "with_from", "First day of the other period", with.from, problems);
	period_input(p, "with_to", "Last day of the other period", with.to, problems);
	ui_button(p->html, &(struct ui_button){ .text = "Compare", .classes = "govuk-button--secondary" });
	LIT(p->html, "</form>");
}

static struct err *measure_both(struct page *p, const struct figure *f, const struct placement *placement,
				struct note_view *view)
{
	struct figure_call call = note_call(p);
	struct period periods[CHART_POINTS_MAX];

	*view = (struct note_view){ .arena = p->arena,
				    .figures = { .v = ARENA_NEW(p->arena, struct note_figure, 2), .n = 2 } };
	(void)placement_points(placement, periods);
	for (size_t i = 0; i < 2; i++) {
		call.period = periods[i];
		TRY(note_figure_measure(&call, p->now, f, &view->figures.v[i]));
	}
	return NULL;
}

struct err *comparison_draw(struct page *p, const struct figure *f, struct period period, const struct comparison *comparison,
			    const struct problems *problems)
{
	const struct placement placement = {
		.kind = PLACE_COMPARE, .name = f->name, .period = period, .with = comparison->with
	};
	struct note_table table;
	struct note_view view;

	ui_subheading(p->html, 2, "Compare with another period");
	comparison_form(p, f, period, comparison->with, problems);
	if (!comparison->asked) {
		return NULL;
	}
	TRY(measure_both(p, f, &placement, &view));
	if (note_table_of(&view, &placement, &table)) {
		note_graph_draw(p, "comparison", &placement, &table);
	}
	return NULL;
}

/* ---- released ---- */

static void released_table(struct page *p, const struct figure *f, const struct released_row *rows, size_t n)
{
	const struct ui_cell head[] = { { .text = "Note" },	   { .text = "Period" },
					{ .text = "As released" }, { .text = "Measured" },
					{ .text = "Definition" } };
	const struct ui_table table = {
		.caption = n < RELEASED_MAX ? "Notes that say this figure" : "The newest notes that say this figure",
		.head = head,
		.n_head = 5,
		.scrolls = true
	};

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		const struct released_row *r = &rows[i];
		const char *now = r->definition_version == f->version ? "" : ", changed since";

		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = r->subject, .href = link_note(p->arena, r->reference) });
		ui_cell(p->html,
			&(struct ui_cell){ .text = period_text(p->arena, (struct period){ r->from_date, r->to_date }) });
		ui_cell(p->html, &(struct ui_cell){ .text = r->shown });
		ui_cell(p->html, &(struct ui_cell){ .text = date_long(p->arena, instant_date(r->measured_at)) });
		ui_cell(p->html, &(struct ui_cell){ .text = arena_printf(p->arena, "Version %lld%s",
									 (long long)r->definition_version, now) });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
}

struct err *released_draw(struct page *p, const struct figure *f)
{
	const struct released_arg arg = { .authority_id = p->who->authority_id,
					  .figure = f->name,
					  .sees = note_sees(p->who->role),
					  .row_limit = RELEASED_MAX };
	struct released_row *rows;
	size_t n;

	TRY(sql_note_figure_released(p->arena, p->db, &arg, &rows, &n));
	if (n > 0) {
		ui_subheading(p->html, 2, "Released in");
		released_table(p, f, rows, n);
	}
	return NULL;
}
