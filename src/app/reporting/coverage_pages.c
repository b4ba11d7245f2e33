/* Coverage on a page: how many schools are trained, by phase, type and district, and the list
 * behind each number. */
#include "app/reporting/coverage.h"

#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct date since_ever = { 1900, 1, 1 };

enum { WAYS = TRAINED_NOT_KNOWN + 1 }; /* a place for each code of trained_words; 0: all */

struct group { /* one line of a breakdown */
	const char *label;
	struct url links[WAYS];
	int64_t n[WAYS];
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
	struct group g = { .label = label };

	for (int way = 0; way < WAYS; way++) {
		const struct word *w = words_by_code(&trained_words, way);

		g.links[way] = link_list(p, name, value, w != NULL ? w->word : NULL);
	}
	return g;
}

static void count(struct group *g, const struct coverage_row *row)
{
	g->n[0]++;
	g->n[row->trained]++;
}

static const char *share(struct arena *a, int64_t part, int64_t of)
{
	return of == 0 ? "" : arena_printf(a, "%.0f%%", 100 * (double)part / (double)of);
}

static void number_cell(struct page *p, const struct group *g, int way)
{
	ui_cell(p->html, &(struct ui_cell){ .text = text_thousands(p->arena, g->n[way]),
					    .format = "numeric",
					    .href = g->n[way] > 0 ? g->links[way]
								  : (struct url){ NULL } });
}

static void breakdown(struct page *p, const char *caption, const char *first,
		      const struct group *groups, size_t n)
{
	const struct ui_cell head[] = { { .text = first },
					{ .text = "Trained directly", .format = "numeric" },
					{ .text = "By the school itself", .format = "numeric" },
					{ .text = "Not known", .format = "numeric" },
					{ .text = "All", .format = "numeric" },
					{ .text = "Share directly", .format = "numeric" } };
	const struct ui_table table = { .caption = caption,
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 6,
					.first_cell_is_header = true,
					.scrolls = true };

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		const struct group *g = &groups[i];

		if (g->n[0] == 0) {
			continue;
		}
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = g->label, .header = true });
		number_cell(p, g, TRAINED_DIRECTLY);
		number_cell(p, g, TRAINED_OWN);
		number_cell(p, g, TRAINED_NOT_KNOWN);
		number_cell(p, g, 0);
		ui_cell(p->html,
			&(struct ui_cell){
				.text = share(p->arena, g->n[TRAINED_DIRECTLY], g->n[0]),
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
	const size_t unknown = c->n - c->trained - c->own;
	const struct ui_bar bars[] = {
		{ "Trained directly", (double)c->trained,
		  text_thousands(p->arena, (int64_t)c->trained) },
		{ "By the school itself", (double)c->own,
		  text_thousands(p->arena, (int64_t)c->own) },
		{ "Not known", (double)unknown, text_thousands(p->arena, (int64_t)unknown) },
	};

	ui_bar_chart(p->html, &(struct ui_bar_chart){
				      .id = "coverage-chart",
				      .title = arena_printf(
					      p->arena, "%zu of %zu schools in scope are trained directly",
					      c->trained, c->n),
				      .description = "The same numbers stand in the tables below.",
				      .bars = bars,
				      .n_bars = 3,
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
		&(struct ui_tile){ .label = "Schools trained directly",
				   .value = text_thousands(p->arena, (int64_t)c.trained),
				   .note = arena_printf(p->arena, "of %s in scope",
							text_thousands(p->arena, (int64_t)c.n)),
				   .href = link_list(p, "trained", "directly", NULL) });
	ui_tile(p->html,
		&(struct ui_tile){ .label = "Trained by the school itself",
				   .value = text_thousands(p->arena, (int64_t)c.own),
				   .href = link_list(p, "trained", "own-delivery", NULL) });
	ui_tile(p->html, &(struct ui_tile){ .label = "Schools where nothing is known",
					    .value = text_thousands(
						    p->arena, (int64_t)(c.n - c.trained - c.own)),
					    .href = link_list(p, "trained", "not-known", NULL) });
	ui_tiles_end(p->html);
	coverage_chart(p, &c);
	ui_paragraph(p->html, arena_printf(p->arena,
					   "On %s. A school is trained directly when at least one "
					   "member of its staff attended in full a delivered "
					   "session, at the school as it is now or as it was "
					   "before a conversion, merger or split; by the school "
					   "itself, when only sessions it gave its own staff are "
					   "recorded; otherwise nothing is known. %s schools "
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
	missing = c.n - c.trained - c.own;
	if (missing > 0) {
		today_add(
			out, false,
			url_with(p->arena, URL("/schools/coverage/list"), "trained", "not-known"),
			"%zu %s in scope without any known training", missing,
			missing == 1 ? "school" : "schools");
	}
	return NULL;
}
