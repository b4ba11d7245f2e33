/* Coverage on a page: how many schools are trained, by phase, type and district, and the list
 * behind each number. */
#include "app/reporting/coverage.h"

#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct date since_ever = { 1900, 1, 1 };

struct group { /* one line of a breakdown */
	const char *label;
	struct url all, yes, no;
	int64_t n, trained;
};

/* The list with one filter more. */
static struct url link_list(struct page *p, const char *name, const char *value,
			    const char *trained)
{
	struct url u = url_with(p->arena, URL("/schools/coverage/list"), "on", page_query(p, "on"));

	return url_with(p->arena, url_with(p->arena, u, name, value), "trained", trained);
}

static struct group group_of(struct page *p, const char *name, const char *value, const char *label)
{
	return (struct group){ .label = label,
			       .all = link_list(p, name, value, NULL),
			       .yes = link_list(p, name, value, "trained"),
			       .no = link_list(p, name, value, "not-trained") };
}

static void count(struct group *g, const struct coverage_row *row)
{
	g->n++;
	g->trained += row->trained == TRAINED_YES ? 1 : 0;
}

static const char *share(struct arena *a, int64_t part, int64_t of)
{
	return of == 0 ? "" : arena_printf(a, "%.0f%%", 100 * (double)part / (double)of);
}

static void number_cell(struct html *h, struct arena *a, int64_t n, struct url href)
{
	ui_cell(h, &(struct ui_cell){ .text = text_thousands(a, n),
				      .format = "numeric",
				      .href = n > 0 ? href : (struct url){ NULL } });
}

static void breakdown(struct page *p, const char *caption, const char *first,
		      const struct group *groups, size_t n)
{
	const struct ui_cell head[] = { { .text = first },
					{ .text = "Trained", .format = "numeric" },
					{ .text = "Not trained", .format = "numeric" },
					{ .text = "All", .format = "numeric" },
					{ .text = "Share trained", .format = "numeric" } };
	const struct ui_table table = { .caption = caption,
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 5,
					.first_cell_is_header = true,
					.scrolls = true };

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		const struct group *g = &groups[i];

		if (g->n == 0) {
			continue;
		}
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = g->label, .header = true });
		number_cell(p->html, p->arena, g->trained, g->yes);
		number_cell(p->html, p->arena, g->n - g->trained, g->no);
		number_cell(p->html, p->arena, g->n, g->all);
		ui_cell(p->html, &(struct ui_cell){ .text = share(p->arena, g->trained, g->n),
						    .format = "numeric" });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
}

/* By a code list: one line a word, and one for schools without a word. */
static void by_words(struct page *p, const struct coverage *c, const struct words *words,
		     int (*code)(const struct coverage_row *), const char *name,
		     const char *caption, const char *first)
{
	size_t n = words_count(words);
	struct group *groups = ARENA_NEW(p->arena, struct group, n + 1);

	for (size_t i = 0; i < n; i++) {
		groups[i] = group_of(p, name, words->items[i].word, words->items[i].label);
	}
	groups[n] = (struct group){ .label = "Not recorded" };
	for (size_t i = 0; i < c->n; i++) {
		const struct word *w = words_by_code(words, code(&c->rows[i]));

		count(w == NULL ? &groups[n] : &groups[w - words->items], &c->rows[i]);
	}
	breakdown(p, caption, first, groups, n + 1);
}

static int phase_of(const struct coverage_row *row)
{
	return row->phase;
}

static int type_group_of(const struct coverage_row *row)
{
	return row->type_group;
}

static int by_label(const void *x, const void *y)
{
	return strcasecmp(((const struct group *)x)->label, ((const struct group *)y)->label);
}

static struct group *district_group(struct page *p, struct group *groups, size_t *n,
				    const char *district)
{
	const char *label = text_empty(district) ? "Not recorded" : district;

	for (size_t i = 0; i < *n; i++) {
		if (text_same(groups[i].label, label)) {
			return &groups[i];
		}
	}
	groups[*n] = group_of(p, "district", district, label);
	return &groups[(*n)++];
}

static void by_district(struct page *p, const struct coverage *c)
{
	enum { MOST = 400 }; /* England has some 300 districts */
	struct group *groups = ARENA_NEW(p->arena, struct group, MOST + 1);
	size_t n = 0;

	for (size_t i = 0; i < c->n && n < MOST; i++) {
		count(district_group(p, groups, &n, c->rows[i].district), &c->rows[i]);
	}
	qsort(groups, n, sizeof(*groups), by_label);
	breakdown(p, "By district", "District", groups, n);
}

static void coverage_chart(struct page *p, const struct coverage *c)
{
	const struct ui_bar bars[] = {
		{ "Trained", (double)c->trained, text_thousands(p->arena, (int64_t)c->trained) },
		{ "Not trained", (double)(c->n - c->trained),
		  text_thousands(p->arena, (int64_t)(c->n - c->trained)) },
	};

	ui_bar_chart(p->html, &(struct ui_bar_chart){
				      .id = "coverage-chart",
				      .title = arena_printf(
					      p->arena, "%zu of %zu schools in scope are trained",
					      c->trained, c->n),
				      .description = "The same numbers stand in the tables below.",
				      .bars = bars,
				      .n_bars = 2,
				      .max = (double)c->n });
}

static void coverage_form(struct page *p, struct date on, const char *problem)
{
	LIT(p->html,
	    "<form method=\"get\" class=\"app-period app-no-print\" action=\"/schools/coverage\">");
	ui_input(p->html,
		 &(struct ui_input){ .name = "on",
				     .label = { .text = "On date" },
				     .hint = { .text = "For example 31/3/2026" },
				     .error_message = { .text = problem },
				     .classes = "govuk-input--width-10",
				     .value = problem != NULL
						      ? page_query(p, "on")
						      : arena_printf(p->arena, "%d/%d/%d", on.day,
								     on.month, on.year) });
	ui_button(p->html,
		  &(struct ui_button){ .text = "Show", .classes = "govuk-button--secondary" });
	LIT(p->html, "</form>");
}

struct err *coverage_page(struct page *p)
{
	const char *text = page_query(p, "on");
	struct problems problems = { 0 };
	struct date on = p->today;
	struct coverage c;

	if (!text_empty(text) && !date_parse_any(text, &on)) {
		problem_add(p->arena, &problems, "on",
			    "Date must be a real date, for example 31/3/2026");
		on = p->today;
	}
	TRY(coverage_load(p->arena, p->db, p->who->authority_id, (struct period){ since_ever, on },
			  &c));
	query_problems(p, &problems);
	page_begin(p, &(struct page_head){ .title = "Coverage" });
	coverage_form(p, on, problem_of(&problems, "on"));
	ui_tiles_begin(p->html);
	ui_tile(p->html,
		&(struct ui_tile){ .label = "Schools trained",
				   .value = text_thousands(p->arena, (int64_t)c.trained),
				   .note = arena_printf(p->arena, "of %s in scope",
							text_thousands(p->arena, (int64_t)c.n)),
				   .href = link_list(p, "trained", "trained", NULL) });
	ui_tile(p->html,
		&(struct ui_tile){ .label = "Schools not trained",
				   .value = text_thousands(p->arena, (int64_t)(c.n - c.trained)),
				   .href = link_list(p, "trained", "not-trained", NULL) });
	ui_tiles_end(p->html);
	coverage_chart(p, &c);
	ui_paragraph(p->html, arena_printf(p->arena,
					   "On %s. A school is trained when at least one member of "
					   "its staff attended in full a delivered "
					   "session, at the school as it is now or as it was "
					   "before a conversion, merger or split. %s schools "
					   "of the register are not in scope on that day: closed, "
					   "not open yet, or not a school under "
					   "Schedule 6.",
					   date_long(p->arena, on),
					   text_thousands(p->arena, c.out_of_scope)));
	by_words(p, &c, &phase_words, phase_of, "phase", "By phase", "Phase");
	by_words(p, &c, &establishment_group_words, type_group_of, "type_group", "By type", "Type");
	by_district(p, &c);
	page_end(p);
	return NULL;
}

struct err *reporting_today(struct page *p, struct today *out)
{
	struct coverage c;
	size_t missing;

	if (!policy_allows(p->who->role, PERM_coverage_read, RELATION_NONE)) {
		return NULL;
	}
	TRY(coverage_load(p->arena, p->db, p->who->authority_id,
			  (struct period){ since_ever, p->today }, &c));
	missing = c.n - c.trained;
	if (missing > 0) {
		today_add(
			out, false,
			url_with(p->arena, URL("/schools/coverage/list"), "trained", "not-trained"),
			"%zu %s in scope %s never been trained", missing,
			missing == 1 ? "school" : "schools", missing == 1 ? "has" : "have");
	}
	return NULL;
}
