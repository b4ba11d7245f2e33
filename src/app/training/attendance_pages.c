/* The keyboard grid: everybody on the list with radios, empty rows below for who is not. */
#include <string.h>

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

struct grid {
	struct page *p;
	struct session s;
	struct people list;
};

static const char *typed(const struct grid *g, const char *name)
{
	const struct outcome *o = g->p->outcome;
	const char *value = o == NULL ? NULL : pairs_get(&o->raw, name);

	return value;
}

static const char *fault_of(const struct grid *g, const char *name)
{
	return g->p->outcome == NULL ? NULL : problem_of(&g->p->outcome->problems, name);
}

/* ---- people on the list ---- */

struct err *people_and_waiting(struct page *p, int64_t session_id, bool waiting, struct people *out)
{
	const char *after = page_query(p, "after");
	const struct people_args args = { .authority_id = p->who->authority_id,
					  .session_id = session_id,
					  .waiting = waiting ? 1 : 0,
					  .after = after == NULL ? "" : after,
					  .row_limit = PEOPLE_PAGE + 1 };

	*out = (struct people){ .started = !text_empty(after) };
	TRY(sql_attendance_of_session(p->arena, p->db, &args, &out->v, &out->n));
	out->more = out->n > PEOPLE_PAGE;
	out->n = out->more ? PEOPLE_PAGE : out->n;
	return NULL;
}

struct err *people_of_page(struct page *p, int64_t session_id, struct people *out)
{
	return people_and_waiting(p, session_id, false, out);
}

void people_pages(struct page *p, struct url list, const struct people *people)
{
	struct ui_pagination pages = { .landmark_label = "Pages of the list of people" };

	if (people->started) {
		pages.previous = (struct ui_page_link){ .text = "First page", .href = list };
	}
	if (people->more) {
		const char *last = people->v[people->n - 1].learner;

		pages.next =
			(struct ui_page_link){ .text = arena_printf(p->arena, "Next %d people",
								    PEOPLE_PAGE),
					       .href = url_with(p->arena, list, "after", last) };
	}
	if (people->started || people->more) {
		ui_pagination(p->html, &pages);
	}
}

static void radio_cell(const struct grid *g, const struct attendance_line *row,
		       const struct word *w, int chosen)
{
	struct html *h = g->p->html;
	struct arena *a = g->p->arena;
	const char *name = arena_printf(a, "state-%s", row->learner);
	const char *id =
		w->code == ATTENDANCE_BOOKED ? name : arena_printf(a, "%s-%s", name, w->word);

	LIT(h, "<td class=\"govuk-table__cell app-grid__choice\"><div class=\"govuk-radios "
	       "govuk-radios--small\">"
	       "<div class=\"govuk-radios__item\"><input class=\"govuk-radios__input\" "
	       "type=\"radio\" name=\"");
	html_text(h, name);
	LIT(h, "\" id=\"");
	html_text(h, id);
	LIT(h, "\" value=\"");
	html_text(h, w->word);
	if (w->code == chosen) {
		LIT(h, "\" checked>");
	} else {
		LIT(h, "\">");
	}
	LIT(h, "<label class=\"govuk-label govuk-radios__label\" for=\"");
	html_text(h, id);
	LIT(h, "\"><span class=\"app-grid__label\">");
	html_text(h, w->label);
	LIT(h, "</span><span class=\"govuk-visually-hidden\">: ");
	html_text(h, row->name);
	LIT(h, "</span></label></div></div></td>");
}

static void person_row(const struct grid *g, const struct attendance_line *row)
{
	struct html *h = g->p->html;
	struct arena *a = g->p->arena;
	const char *name = arena_printf(a, "state-%s", row->learner);
	const char *said = typed(g, name);
	const struct word *w = said == NULL ? NULL : words_by_word(&attendance_said_words, said);
	const char *fault = fault_of(g, name);

	LIT(h, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	html_text(h, row->name);
	LIT(h, "<br><span class=\"govuk-hint app-grid__place\">");
	html_text(h, text_empty(row->school) ? row->organisation : row->school);
	LIT(h, "</span>");
	if (row->state == ATTENDANCE_WAITING) {
		LIT(h, "<br><span class=\"govuk-hint app-grid__place\">On the waiting list</span>");
	}
	if (fault != NULL) {
		ui_error_message(h, &(struct ui_error_message){ .text = fault });
	}
	ui_hidden(h, arena_printf(a, "was-%s", row->learner),
		  words_word(&attendance_state_words, row->state));
	LIT(h, "</th>");
	for (const struct word *item = attendance_said_words.items; item->word != NULL; item++) {
		radio_cell(g, row, item, w != NULL ? w->code : row->state);
	}
	LIT(h, "<td class=\"govuk-table__cell\">");
	ui_anchor(h, link_attendance_person(a, g->s.reference, row->learner), "Times");
	LIT(h, "<span class=\"govuk-visually-hidden\"> of ");
	html_text(h, row->name);
	LIT(h, "</span> ");
	ui_anchor(h,
		  url_path(a, "/training/sessions/{}/attendance/{}/remove", g->s.reference,
			   row->learner),
		  "Remove");
	LIT(h, "<span class=\"govuk-visually-hidden\"> ");
	html_text(h, row->name);
	LIT(h, "</span></td></tr>");
}

static struct url here(const struct grid *g)
{
	return url_path(g->p->arena, "/training/sessions/{}/attendance", g->s.reference);
}

static void people(const struct grid *g)
{
	struct html *h = g->p->html;
	const struct ui_cell head[] = { { .text = "Name" },	    { .text = "Booked" },
					{ .text = "In full" },	    { .text = "In part" },
					{ .text = "Did not come" }, { .text = "Apologies" },
					{ .text = "Times, or take off" } };
	const struct ui_table table = { .caption = "People on the list",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 7,
					.classes = "app-grid app-grid--people" };

	if (g->list.n == 0) {
		return;
	}
	ui_table_begin(h, &table);
	for (size_t i = 0; i < g->list.n; i++) {
		person_row(g, &g->list.v[i]);
	}
	ui_table_end(h, &table);
	people_pages(g->p, here(g), &g->list);
}

/* ---- new people ---- */

static void text_cell(const struct grid *g, int row, const char *column, const char *label)
{
	struct html *h = g->p->html;
	const char *name = arena_printf(g->p->arena, "new-%s-%d", column, row);
	bool email = strcmp(column, "email") == 0;

	LIT(h, "<td class=\"govuk-table__cell\">");
	ui_input(h, &(struct ui_input){ .name = name,
					.value = typed(g, name),
					.label = { .text = arena_printf(g->p->arena, "%s, row %d",
									label, row) },
					.error_message = { .text = fault_of(g, name) },
					.classes = "app-grid__input",
					.inputmode = email ? "email" : NULL,
					.autocomplete = "off",
					.spellcheck = UI_FALSE });
	LIT(h, "</td>");
}

static void state_cell(const struct grid *g, int row, const char *usual)
{
	struct html *h = g->p->html;
	const char *name = arena_printf(g->p->arena, "new-state-%d", row);
	const char *said = typed(g, name);
	struct ui_option options[8];
	size_t n = 0;

	for (const struct word *w = attendance_said_words.items; w->word != NULL; w++) {
		options[n++] = (struct ui_option){ .value = w->word, .text = w->label };
	}
	LIT(h, "<td class=\"govuk-table__cell\">");
	ui_select(h, &(struct ui_select){
			     .name = name,
			     .items = options,
			     .n_items = n,
			     .value = said != NULL ? said : usual,
			     .classes = "app-grid__input",
			     .label = { .text = arena_printf(g->p->arena, "Attendance, row %d",
							     row) } });
	LIT(h, "</td>");
}

/* Which of several schools of one name: asked in the row itself. */
static void pick_row(const struct grid *g, const struct plan_row *planned)
{
	struct html *h = g->p->html;
	const char *name = grid_field(g->p->arena, planned);
	struct ui_option options[24];
	size_t n = 0;

	options[n++] = (struct ui_option){ .value = "", .text = "Select one" };
	for (size_t i = 0; i < planned->place.n_choices && n < 22; i++) {
		options[n++] = (struct ui_option){
			.value = arena_printf(g->p->arena, "%lld",
					      (long long)planned->place.choices[i].urn),
			.text = place_label(g->p->arena, &planned->place.choices[i])
		};
	}
	options[n++] = (struct ui_option){ .value = "none",
					   .text = "None of these: keep the name as it is" };
	LIT(h, "<tr class=\"govuk-table__row\"><td class=\"govuk-table__cell\" colspan=\"5\">");
	ui_select(h, &(struct ui_select){ .name = name,
					  .items = options,
					  .n_items = n,
					  .label = { .text = arena_printf(g->p->arena,
									  "Which school does %s "
									  "work at?",
									  planned->in.name) },
					  .error_message = { .text = fault_of(g, name) } });
	LIT(h, "</td></tr>");
}

/* The rows that were refused, worked out again to draw their questions. */
static struct err *refused(const struct grid *g, struct plan *plan)
{
	struct page *p = g->p;
	struct attendees people;
	const char *school = typed(g, "school");

	*plan = (struct plan){ 0 };
	if (p->outcome == NULL) {
		return NULL;
	}
	const struct plan_for how = { .session = &g->s,
				      .today = p->today,
				      .school = school == NULL ? "" : school,
				      .strict = true };

	grid_read(p->arena, &p->outcome->raw, &people);
	return attendance_plan(p->arena, p->db, &how, &people, plan);
}

static struct err *new_people(const struct grid *g)
{
	struct page *p = g->p;
	struct html *h = p->html;
	bool held = date_compare(g->s.held_on, p->today) <= 0;
	const char *usual = held ? "attended" : "booked";
	int last = p->outcome == NULL ? 0 : grid_last(&p->outcome->raw);
	struct plan plan;
	const struct ui_cell head[] = { { .text = "Name" },
					{ .text = "Work email" },
					{ .text = "School or organisation" },
					{ .text = "Job" },
					{ .text = "Attendance" } };
	const struct ui_attribute marks[] = { { "data-app-grid", NULL }, { NULL, NULL } };
	const struct ui_table table = { .caption = "New people",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 5,
					.classes = "app-grid",
					.attributes = marks };

	TRY(refused(g, &plan));
	ui_table_begin(h, &table);
	for (int row = 1; row <= (last > 0 ? last : 0) + GRID_ROWS && row <= GRID_ROWS_MAX; row++) {
		LIT(h, "<tr class=\"govuk-table__row app-grid__row\">");
		text_cell(g, row, "name", "Name");
		text_cell(g, row, "email", "Work email");
		text_cell(g, row, "school", "School or organisation");
		text_cell(g, row, "job", "Job");
		state_cell(g, row, usual);
		LIT(h, "</tr>");
		for (size_t i = 0; i < plan.n; i++) {
			if (plan.v[i].in.line == row && plan.v[i].place.n_choices > 0) {
				pick_row(g, &plan.v[i]);
			}
		}
	}
	ui_table_end(h, &table);
	return NULL;
}

/* ---- the page ---- */

static int64_t booked(const struct grid *g)
{
	int64_t n = 0;

	for (size_t i = 0; i < g->list.n; i++) {
		n += g->list.v[i].state == ATTENDANCE_BOOKED;
	}
	return n;
}

static struct err *draw_rest(const struct grid *g, const struct form *form)
{
	static const struct ui_option options[] = {
		{ .value = "", .text = "Stays booked" },
		{ .value = "attended", .text = "Attended in full" },
		{ .value = "no-show", .text = "Did not come" },
	};

	if (booked(g) == 0 || date_compare(g->s.held_on, g->p->today) > 0) {
		return NULL;
	}
	ui_select(g->p->html, &(struct ui_select){ .name = "rest",
						   .items = options,
						   .n_items = 3,
						   .value = typed(g, "rest"),
						   .label = { .text = "Everybody above who is "
								      "still booked when you "
								      "save" },
						   .hint = { .text = "Mark the exceptions above, "
								     "then choose here for all "
								     "others" } });
	return NULL;
}

static struct err *draw(const struct grid *g)
{
	struct page *p = g->p;
	struct html *h = p->html;
	const struct grid_form initial = {
		.school = session_host(p->arena, &g->s),
	};
	const struct form form = {
		.record = &grid_form_record,
		.submit = "Save attendance",
		.initial = &initial,
		.action = url_with(p->arena, here(g), "after", page_query(p, "after")),
		.cancel = link_session(p->arena, g->s.reference),
	};

	TRY(page_form_begin(p, &form));
	people(g);
	TRY(draw_rest(g, &form));
	TRY(new_people(g));
	LIT(h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-one-half\">");
	TRY(page_form_field(p, &form, "school"));
	LIT(h, "</div><div class=\"govuk-grid-column-one-half\">");
	TRY(page_form_field(p, &form, "sector"));
	LIT(h, "</div></div>");
	page_form_end(p, &form);
	return NULL;
}

struct err *attendance_page(struct page *p)
{
	struct grid g = { .p = p };

	TRY(session_of_page(p, &g.s));
	TRY(people_and_waiting(p, g.s.id, date_compare(g.s.held_on, p->today) <= 0, &g.list));
	page_begin(p,
		   &(struct page_head){ .title = "Record attendance",
					.wide = true,
					.caption = arena_printf(p->arena, "%s, %s", g.s.course,
								date_long(p->arena, g.s.held_on)),
					.back = link_session(p->arena, g.s.reference) });
	const char *fault = attendance_state_fault(p->arena, g.s.state, g.s.held_on, p->today,
						   ATTENDANCE_BOOKED);

	if (fault != NULL) {
		ui_paragraph(p->html, fault);
	} else {
		LIT(p->html, "<p class=\"govuk-body\">Have the list in a spreadsheet? ");
		ui_anchor(p->html,
			  url_path(p->arena, "/training/sessions/{}/attendance/import",
				   g.s.reference),
			  "Paste it or upload a file");
		LIT(p->html, "</p>");
		TRY(draw(&g));
	}
	page_end(p);
	return NULL;
}

struct err *attendance_remove_page(struct page *p)
{
	struct reference_arg key = { p->who->authority_id, page_path(p, "learner") };
	struct session s;
	struct learner learner;
	bool found;

	TRY(session_of_page(p, &s));
	TRY(sql_learner_find(p->arena, p->db, &key, &learner, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "This person is not on the list of this session");
	}
	struct url back = url_path(p->arena, "/training/sessions/{}/attendance", s.reference);

	page_begin(p, &(struct page_head){ .title = arena_printf(p->arena, "Take %s off the list?",
								 learner.name),
					   .caption = s.course,
					   .back = back });
	ui_paragraph(p->html, "Do this when the name was entered by mistake. To record that "
			      "somebody did not come, choose "
			      "“Did not come” instead.");
	page_button_form(p,
			 url_path(p->arena, "/training/sessions/{}/attendance/{}/remove",
				  s.reference, learner.reference),
			 "Take off the list", 0, false);
	page_end(p);
	return NULL;
}
