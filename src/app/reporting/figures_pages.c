/* All figures for a period, and one figure explained: definition, number, what was left out, rows.
 */
#include "app/reporting/figures.h"

#include "app/reporting/compare.h"
#include "app/reporting/coverage.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* ---- the period ---- */

struct period period_default(struct date today)
{
	/* The financial year, in which councils report: from 1 April. */
	int year = today.month >= 4 ? today.year : today.year - 1;

	return (struct period){ { year, 4, 1 }, today };
}

void period_read(struct page *p, const char *name, const char *label, struct date *out,
			struct problems *problems)
{
	const char *text = page_query(p, name);
	struct date date;

	if (text_empty(text)) {
		return;
	}
	if (!date_parse_any(text, &date)) {
		problem_add(p->arena, problems, name,
			    "%s must be a real date, for example 31/3/2026", label);
		return;
	}
	*out = date;
}

void page_period(struct page *p, struct period *out, struct problems *problems)
{
	*out = period_default(p->today);
	period_read(p, "from", "First day", &out->from, problems);
	period_read(p, "to", "Last day", &out->to, problems);
	if (problems->n == 0 && date_compare(out->from, out->to) > 0) {
		problem_add(p->arena, problems, "from", "First day must be before the last day");
	}
	if (problems->n > 0) {
		*out = period_default(p->today);
	}
}

void query_problems(struct page *p, const struct problems *problems)
{
	struct outcome *outcome;

	if (problems->n == 0) {
		return;
	}
	outcome = ARENA_NEW(p->arena, struct outcome, 1);
	outcome->problems = *problems;
	p->outcome = outcome;
	p->input = NULL;
	p->response->status = 422;
}

static const char *date_slashes(struct arena *a, struct date d)
{
	return arena_printf(a, "%d/%d/%d", d.day, d.month, d.year);
}

void period_input(struct page *p, const char *name, const char *label, struct date value,
			 const struct problems *problems)
{
	const char *problem = problem_of(problems, name);
	const char *typed = page_query(p, name);

	ui_input(p->html, &(struct ui_input){
				  .name = name,
				  .label = { .text = label },
				  .hint = { .text = "For example 31/3/2026" },
				  .error_message = { .text = problem },
				  .classes = "govuk-input--width-10",
				  /* nothing typed is lost, though the default is shown below */
				  .value = problems->n > 0 && typed != NULL ? typed : date_slashes(p->arena, value),
			  });
}

void period_form(struct page *p, struct url action, struct period period,
		 const struct problems *problems)
{
	LIT(p->html, "<form method=\"get\" class=\"app-period app-no-print\" action=\"");
	html_url(p->html, action);
	LIT(p->html, "\">");
	period_input(p, "from", "First day", period.from, problems);
	period_input(p, "to", "Last day", period.to, problems);
	ui_button(p->html,
		  &(struct ui_button){ .text = "Show", .classes = "govuk-button--secondary" });
	LIT(p->html, "</form>");
}

/* ---- figures ---- */

static struct figure_call call_of(const struct page *p, struct period period)
{
	return (struct figure_call){ .arena = p->arena, .db = p->db, .authority_id = p->who->authority_id, .period = period };
}

/* "of 210 schools in scope", "of 400 answers" - what the number is out of. */
static const char *out_of(struct arena *a, const struct figure *f, const struct figure_value *v)
{
	if (f->denominator_label == NULL) {
		return "";
	}
	return arena_printf(a, "of %s %s", text_thousands(a, v->denominator), f->denominator_label);
}

struct err *figures_page(struct page *p)
{
	struct problems problems = { 0 };
	struct period period;
	void *kept = NULL;

	page_period(p, &period, &problems);
	query_problems(p, &problems);
	page_begin(p, &(struct page_head){ .title = "Figures" });
	period_form(p, URL("/reports/figures"), period, &problems);
	ui_subheading(p->html, 2,
		      arena_printf(p->arena, "%s to %s", date_long(p->arena, period.from),
				   date_long(p->arena, period.to)));
	ui_tiles_begin(p->html);
	for (const struct figure *const *f = reporting_figures; *f != NULL; f++) {
		struct figure_call call = call_of(p, period);
		struct figure_value value = { 0 };

		call.kept = &kept;
		TRY((*f)->measure(&call, &value));
		ui_tile(p->html, &(struct ui_tile){ .label = (*f)->label,
						    .value = figure_text(p->arena, *f, &value),
						    .note = out_of(p->arena, *f, &value),
						    .href = link_figure(p->arena, *f, period) });
	}
	ui_tiles_end(p->html);
	ui_paragraph(
		p->html,
		"Each figure leads to its definition, what it is out of and what was left out.");
	page_end(p);
	return NULL;
}

static void figure_facts(struct page *p, const struct figure *f, const struct figure_value *v)
{
	struct ui_summary_row rows[7];
	size_t n = 0;

	rows[n++] = (struct ui_summary_row){ .key = "Definition", .value = f->definition };
	rows[n++] = (struct ui_summary_row){ .key = "Version of the definition",
					     .value = arena_printf(p->arena, "%d", f->version) };
	rows[n++] = (struct ui_summary_row){
		.key = "Counted",
		.value = arena_printf(p->arena, "%s %s", text_thousands(p->arena, v->numerator),
				      f->numerator_label)
	};
	if (f->denominator_label != NULL) {
		rows[n++] = (struct ui_summary_row){
			.key = "Out of",
			.value = arena_printf(p->arena, "%s %s",
					      text_thousands(p->arena, v->denominator),
					      f->denominator_label)
		};
	}
	if (f->kind == FIGURE_SHARE && v->asked > 0) {
		rows[n++] = (struct ui_summary_row){
			.key = "Response rate",
			.value = arena_printf(p->arena, "%.0f%%: %s answers from %s attendees",
					      100 * (double)v->denominator / (double)v->asked,
					      text_thousands(p->arena, v->denominator),
					      text_thousands(p->arena, v->asked))
		};
	}
	if (f->kind == FIGURE_SHARE && v->known) {
		rows[n++] = (struct ui_summary_row){ .key = "95% interval",
						     .value = arena_printf(
							     p->arena, "%.1f%% to %.1f%% (Wilson)",
							     100 * v->low, 100 * v->high) };
	}
	rows[n++] = (struct ui_summary_row){ .key = "Left out", .value = v->excluded };
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

static struct url link_rows(struct page *p, const struct figure *f, struct period period)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_iso(period.from, from);
	date_iso(period.to, to);
	return url_with(p->arena,
			url_with(p->arena, url_path(p->arena, "/reports/figures/{}/rows", f->name),
				 "from", from),
			"to", to);
}

struct err *figure_page(struct page *p)
{
	const struct figure *f = figure_find(page_path(p, "figure"));
	struct problems problems = { 0 };
	struct figure_value value = { 0 };
	struct comparison comparison;
	struct figure_call call;
	struct period period;
	void *kept = NULL;

	if (f == NULL) {
		return ERR(ERR_NOT_FOUND, "There is no such figure.");
	}
	page_period(p, &period, &problems);
	comparison_read(p, period, &comparison, &problems);
	call = call_of(p, period);
	call.kept = &kept;
	TRY(f->measure(&call, &value));
	query_problems(p, &problems);
	page_begin(p, &(struct page_head){ .title = f->label,
					   .caption = "Figure",
					   .back = URL("/reports/figures") });
	period_form(p, url_path(p->arena, "/reports/figures/{}", f->name), period, &problems);
	ui_tiles_begin(p->html);
	ui_tile(p->html, &(struct ui_tile){ .label = arena_printf(p->arena, "%s to %s",
								  date_long(p->arena, period.from),
								  date_long(p->arena, period.to)),
					    .value = figure_text(p->arena, f, &value),
					    .note = out_of(p->arena, f, &value) });
	ui_tiles_end(p->html);
	if (page_may(p, f->rows_permission)) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, link_rows(p, f, period), "Show the rows behind this figure");
		LIT(p->html, "</p>");
	}
	figure_facts(p, f, &value);
	TRY(figure_breakdowns(p, f, &call));
	TRY(comparison_draw(p, f, period, &comparison, &problems));
	TRY(released_draw(p, f));
	page_end(p);
	return NULL;
}
