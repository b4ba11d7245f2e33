/* Coverage on a page: how many schools are trained, by phase, type and district, and the list
 * behind each number. */
#include "app/reporting/coverage.h"

#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct date since_ever = { 1900, 1, 1 };

enum { WAYS = TRAINED_WAYS, GROUPS_MOST = 400 };

struct group { /* one line of a breakdown */
	const char *label;
	const char *value; /* of the filter; NULL: cannot be asked for */
	int64_t n[WAYS];   /* by how they were trained; 0: all */
	int64_t good;
};

struct breakdown {
	const char *caption, *first; /* heading of the first column */
	const char *filter;	     /* of the list behind the numbers */
	bool apart;		     /* of those counted apart */
};

/* The list behind a number: of a group, trained in a way, reviewed in a way; NULL where it does not matter. */
static struct url link_list(struct page *p, const struct breakdown *b, const char *value, const char *trained,
			    const char *reviewed)
{
	struct url u = url_with(p->arena, URL("/schools/coverage/list"), "on", page_query(p, "on"));

	u = url_with(p->arena, u, "apart", b->apart ? "yes" : NULL);
	u = b->filter != NULL ? url_with(p->arena, u, b->filter, value) : u;
	u = url_with(p->arena, u, "trained", trained);
	if (reviewed == NULL) {
		return u;
	}
	u = b->filter != NULL && text_same(b->filter, "reviewed") ? u : url_with(p->arena, u, "reviewed", reviewed);
	return url_with(p->arena, u, "known", "yes");
}

static void count(struct group *g, const struct coverage_row *row)
{
	g->n[0]++;
	g->n[row->trained]++;
	g->good += date_is_set(row->last_on) && row->reviewed == REVIEWED_GOOD ? 1 : 0;
}

static const char *share(struct arena *a, int64_t part, int64_t of)
{
	return of == 0 ? "" : arena_printf(a, "%.0f%%", 100 * (double)part / (double)of);
}

static void number_cell(struct page *p, const struct breakdown *b, const struct group *g, int64_t n, const char *trained,
			const char *reviewed)
{
	bool linked = n > 0 && g->value != NULL;

	ui_cell(p->html, &(struct ui_cell){ .text = text_thousands(p->arena, n),
					    .format = "numeric",
					    .href = linked ? link_list(p, b, g->value, trained, reviewed)
							   : (struct url){ NULL } });
}

static void group_row(struct page *p, const struct breakdown *b, const struct group *g)
{
	ui_row_begin(p->html);
	ui_cell(p->html, &(struct ui_cell){ .text = g->label, .header = true });
	number_cell(p, b, g, g->n[0], NULL, NULL);
	for (const struct word *w = trained_words.items; w->word != NULL; w++) {
		number_cell(p, b, g, g->n[w->code], w->word, NULL);
	}
	number_cell(p, b, g, g->good, NULL, words_word(&reviewed_words, REVIEWED_GOOD));
	ui_cell(p->html, &(struct ui_cell){ .text = share(p->arena, g->n[TRAINED_DIRECTLY], g->n[0]), .format = "numeric" });
	ui_row_end(p->html);
}

static void draw_breakdown(struct page *p, const struct breakdown *b, const struct group *groups, size_t n)
{
	struct ui_cell head[WAYS + 4];
	size_t n_head = 0;

	head[n_head++] = (struct ui_cell){ .text = b->first };
	head[n_head++] = (struct ui_cell){ .text = "All", .format = "numeric" };
	for (const struct word *w = trained_words.items; w->word != NULL; w++) {
		head[n_head++] = (struct ui_cell){ .text = w->label, .format = "numeric" };
	}
	head[n_head++] = (struct ui_cell){ .text = "Trained and reviewed good", .format = "numeric" };
	head[n_head++] = (struct ui_cell){ .text = "Share directly", .format = "numeric" };
	const struct ui_table table = { .caption = b->caption,
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = n_head,
					.first_cell_is_header = true,
					.scrolls = true };

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		if (groups[i].n[0] > 0) {
			group_row(p, b, &groups[i]);
		}
	}
	ui_table_end(p->html, &table);
}

/* By a code list: one line a word, and one for schools without a word. */
static void by_words(struct page *p, const struct coverage *c, const struct words *words,
		     int (*code)(const struct coverage_row *), const struct breakdown *b)
{
	size_t n = words_count(words);
	struct group *groups = ARENA_NEW(p->arena, struct group, n + 1);

	for (size_t i = 0; i < n; i++) {
		groups[i] = (struct group){ .label = words->items[i].label, .value = words->items[i].word };
	}
	groups[n] = (struct group){ .label = "Not recorded" };
	for (size_t i = 0; i < c->n; i++) {
		const struct word *w = words_by_code(words, code(&c->rows[i]));

		count(w == NULL ? &groups[n] : &groups[w - words->items], &c->rows[i]);
	}
	draw_breakdown(p, b, groups, n + 1);
}

static int phase_of(const struct coverage_row *row)
{
	return row->phase;
}

static int type_group_of(const struct coverage_row *row)
{
	return row->type_group;
}

static int staleness_code(const struct coverage_row *row)
{
	return row->staleness;
}

static int reviewed_code(const struct coverage_row *row)
{
	return row->reviewed;
}

static int by_district_of(const void *x, const void *y)
{
	const char *a = (*(const struct coverage_row *const *)x)->district;
	const char *b = (*(const struct coverage_row *const *)y)->district;

	return strcasecmp(a != NULL ? a : "", b != NULL ? b : "");
}

static int by_trust_of(const void *x, const void *y)
{
	const char *a = (*(const struct coverage_row *const *)x)->trust;
	const char *b = (*(const struct coverage_row *const *)y)->trust;

	return strcasecmp(a != NULL ? a : "", b != NULL ? b : "");
}

static const char *district_of(const struct coverage_row *row)
{
	return row->district;
}

static const char *trust_of(const struct coverage_row *row)
{
	return row->trust;
}

/* By a text of the register, in its order; schools without one last. Groups of fewer than `least` are left out. */
static size_t groups_by(struct arena *a, const struct coverage *c, int (*order)(const void *, const void *),
			const char *(*text)(const struct coverage_row *), int64_t least, struct group **out)
{
	const struct coverage_row **rows = ARENA_NEW(a, const struct coverage_row *, c->n + 1);
	struct group *groups = ARENA_NEW(a, struct group, GROUPS_MOST + 2);
	struct group none = { .label = "Not recorded" };
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		rows[i] = &c->rows[i];
	}
	qsort(rows, c->n, sizeof(*rows), order);
	for (size_t i = 0; i < c->n; i++) {
		const char *label = text(rows[i]);

		if (text_empty(label)) {
			count(&none, rows[i]);
			continue;
		}
		if (n == 0 || strcasecmp(groups[n - 1].label, label) != 0) {
			n -= n > 0 && groups[n - 1].n[0] < least ? 1 : 0;
			if (n == GROUPS_MOST) {
				break;
			}
			groups[n++] = (struct group){ .label = label, .value = label };
		}
		count(&groups[n - 1], rows[i]);
	}
	n -= n > 0 && groups[n - 1].n[0] < least ? 1 : 0;
	groups[n++] = none;
	*out = groups;
	return n;
}

static void by_text(struct page *p, const struct coverage *c)
{
	struct group *groups;
	size_t n = groups_by(p->arena, c, by_district_of, district_of, 1, &groups);

	draw_breakdown(p, &(struct breakdown){ .caption = "By district", .first = "District", .filter = "district" }, groups, n);
	n = groups_by(p->arena, c, by_trust_of, trust_of, 2, &groups);
	if (n > 1) {
		draw_breakdown(p, &(struct breakdown){ .caption = "By trust (of two schools or more)", .first = "Trust", .filter = "trust" }, groups, n - 1);
	}
}

static void coverage_chart(struct page *p, const struct coverage *c)
{
	struct ui_bar bars[WAYS];
	size_t n = 0;

	for (const struct word *w = trained_words.items; w->word != NULL; w++) {
		bars[n++] = (struct ui_bar){ w->label, (double)c->ways[w->code],
					     text_thousands(p->arena, c->ways[w->code]) };
	}
	ui_bar_chart(p->html, &(struct ui_bar_chart){
				      .id = "coverage-chart",
				      .title = arena_printf(p->arena, "%lld of %zu schools in scope are trained directly",
							    (long long)c->ways[TRAINED_DIRECTLY], c->n),
				      .description = "The same numbers stand in the tables below.",
				      .bars = bars,
				      .n_bars = n,
				      .max = (double)c->n });
}

static void tile(struct page *p, const char *label, int64_t n, const char *note, const char *trained, const char *reviewed)
{
	ui_tile(p->html, &(struct ui_tile){ .label = label,
					    .value = text_thousands(p->arena, n),
					    .note = note,
					    .href = link_list(p, &(struct breakdown){ 0 }, NULL, trained, reviewed) });
}

static void tiles(struct page *p, const struct coverage *c)
{
	ui_tiles_begin(p->html);
	tile(p, "Schools trained directly", c->ways[TRAINED_DIRECTLY],
	     arena_printf(p->arena, "of %s in scope", text_thousands(p->arena, (int64_t)c->n)), "directly", NULL);
	tile(p, "Trained elsewhere, verified", c->ways[TRAINED_VERIFIED], NULL, "verified-elsewhere", NULL);
	tile(p, "Trained by the school itself", c->ways[TRAINED_OWN], NULL, "own-delivery", NULL);
	tile(p, "Trained and reviewed good", c->good, NULL, NULL, "good");
	tile(p, "Schools where nothing is known", c->ways[TRAINED_NOT_KNOWN], NULL, "not-known", NULL);
	ui_tiles_end(p->html);
}

/* What the words of the tables mean. */
static void explain(struct page *p, const struct coverage *c, struct date on)
{
	ui_paragraph(p->html,
		     arena_printf(p->arena,
				  "On %s. A school is trained directly when at least one member of its staff attended in "
				  "full a delivered session, at the school as it is now or as it was before a conversion, "
				  "merger or split; elsewhere, when a document or an official export of other training was "
				  "seen; by the school itself, when only sessions it gave its own staff are recorded. Claimed: "
				  "it says so, nobody has verified it. None: it says that there was none. Otherwise nothing is "
				  "known. Each school is counted once, by the first of these that holds. %s schools of the "
				  "register are not in scope on that day: closed, not open yet, or not a school under "
				  "Schedule 6.",
				  date_long(p->arena, on), text_thousands(p->arena, c->out_of_scope)));
}

static void apart_table(struct page *p, const struct coverage *apart)
{
	if (apart->n == 0) {
		return;
	}
	by_words(p, apart, &establishment_group_words, type_group_of,
		 &(struct breakdown){ .caption = "Colleges and others of the register, counted apart", .first = "Type", .filter = "type_group", .apart = true });
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
	struct coverage c, apart;

	if (!text_empty(text) && !date_parse_any(text, &on)) {
		problem_add(p->arena, &problems, "on",
			    "Date must be a real date, for example 31/3/2026");
		on = p->today;
	}
	TRY(coverage_load_both(p->arena, p->db, p->who->authority_id, (struct period){ since_ever, on }, &c, &apart));
	query_problems(p, &problems);
	page_begin(p, &(struct page_head){ .title = "Coverage", .wide = true });
	coverage_form(p, on, problem_of(&problems, "on"));
	tiles(p, &c);
	LIT(p->html, "<p class=\"govuk-body app-no-print\">");
	ui_anchor(p->html, url_with(p->arena, URL("/schools/coverage/next"), "on", page_query(p, "on")),
		  "Which schools come next, and why");
	LIT(p->html, "</p>");
	coverage_chart(p, &c);
	explain(p, &c, on);
	by_words(p, &c, &staleness_words, staleness_code,
		 &(struct breakdown){ .caption = "By how long ago", .first = "Latest training", .filter = "staleness" });
	by_words(p, &c, &reviewed_words, reviewed_code, &(struct breakdown){ .caption = "By quality", .first = "Quality", .filter = "reviewed" });
	by_words(p, &c, &phase_words, phase_of, &(struct breakdown){ .caption = "By phase", .first = "Phase", .filter = "phase" });
	by_words(p, &c, &establishment_group_words, type_group_of, &(struct breakdown){ .caption = "By type", .first = "Type", .filter = "type_group" });
	by_text(p, &c);
	apart_table(p, &apart);
	TRY(coverage_bodies(p, on));
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
	missing = (size_t)c.ways[TRAINED_NOT_KNOWN];
	if (missing > 0) {
		today_add(
			out, false,
			url_with(p->arena, URL("/schools/coverage/list"), "trained", "not-known"),
			"%zu %s in scope without any known training", missing,
			missing == 1 ? "school" : "schools");
	}
	return NULL;
}
