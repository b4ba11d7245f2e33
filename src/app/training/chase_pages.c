/* Making a list of people to remind, and the page of one. */
#include "app/training/chase.h"
#include "app/training/chase.sql.h"
#include "app/training/need.sql.h"
#include "app/training/need_due.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const char *place_of(const char *school, const char *agency, const char *organisation)
{
	return !text_empty(school) ? school : !text_empty(agency) ? agency : organisation;
}

/* ---- whom: as the list of who is due was filtered ---- */

struct making {
	struct page *p;
	struct need need;
	struct due_args args;
	struct due_line *people;
	size_t n;
	bool more;
};

static struct err *find_rule(struct making *m, const char *reference, bool *found)
{
	const struct reference_arg key = { m->p->who->authority_id, reference };

	*found = false;
	return text_empty(reference) ? NULL : sql_need_find(m->p->arena, m->p->db, &key, &m->need, found);
}

/* The filters of the list of who is due, from the address; only who is overdue or due is reminded. */
static void take_filters(struct making *m)
{
	struct page *p = m->p;
	struct pairs given = { 0 };
	struct problems ignored = { 0 };

	for (size_t i = 0; i < p->request->query.n; i++) {
		const struct field *f = record_field(&due_args_record, p->request->query.v[i].name);

		if (f != NULL && f->label != NULL) {
			pairs_add(p->arena, &given, f->name, p->request->query.v[i].value);
		}
	}
	record_decode(p->arena, &due_args_record, &given, RECORD_FORM, &m->args, &ignored);
	struct period days = need_status_days(m->args.status == NEED_OVERDUE ? NEED_OVERDUE : NEED_DUE, p->today);

	m->args.authority_id = p->who->authority_id;
	m->args.after_key = "";
	m->args.today = p->today;
	m->args.from_due = m->args.status == NEED_DUE ? days.from : need_status_days(0, p->today).from;
	m->args.to_due = days.to;
	m->args.row_limit = CHASE_MOST + 1;
}

static struct err *load_people(struct making *m)
{
	take_filters(m);
	m->args.need = m->need.reference;
	TRY(sql_due_soonest(m->p->arena, m->p->db, &m->args, &m->people, &m->n));
	m->more = m->n > CHASE_MOST;
	m->n = m->more ? CHASE_MOST : m->n;
	return NULL;
}

/* ---- which rule first ---- */

static struct err *ask_rule(struct page *p)
{
	struct choice_list rules;
	struct html *h = p->html;

	TRY(choices_load(p->arena, p->db, &need_choices, p->who->authority_id, &rules));
	if (rules.n == 0) {
		ui_paragraph(h, "There are no rules yet. Add a rule that says who needs which course first.");
		return NULL;
	}
	struct ui_option *options = ARENA_NEW(p->arena, struct ui_option, rules.n);

	for (size_t i = 0; i < rules.n; i++) {
		options[i] = (struct ui_option){ .value = rules.v[i].value, .text = rules.v[i].label };
	}
	LIT(h, "<form method=\"get\" action=\"/training/chase/new\">");
	ui_select(h, &(struct ui_select){ .id = "need",
					  .name = "need",
					  .items = options,
					  .n_items = rules.n,
					  .label = { .text = "Which course, and who needs it?" } });
	ui_button(h, &(struct ui_button){ .text = "Continue" });
	LIT(h, "</form>");
	return NULL;
}

/* ---- the form ---- */

static const char *const *chosen(struct page *p)
{
	const struct pairs *raw = p->outcome != NULL ? &p->outcome->raw : NULL;
	const char **v = ARENA_NEW(p->arena, const char *, raw == NULL ? 1 : raw->n + 1);
	size_t n = 0;

	for (size_t i = 0; raw != NULL && i < raw->n; i++) {
		if (text_same(raw->v[i].name, "people")) {
			v[n++] = raw->v[i].value;
		}
	}
	v[n] = NULL;
	return v;
}

static void draw_people(struct making *m)
{
	struct page *p = m->p;
	struct ui_item *items = ARENA_NEW(p->arena, struct ui_item, m->n + 1);
	const struct ui_fieldset fieldset = { .legend = { .text = "Who is to be reminded?", .classes = "govuk-fieldset__legend--m" } };
	const char *problem = p->outcome == NULL ? NULL : problem_of(&p->outcome->problems, "people");

	for (size_t i = 0; i < m->n; i++) {
		const struct due_line *d = &m->people[i];
		const char *place = place_of(d->school, d->agency, d->organisation);

		items[i] = (struct ui_item){
			.value = d->reference,
			.text = d->name,
			.hint = { .text = arena_printf(p->arena, "%s%sDue %s", text_empty(place) ? "" : place,
						       text_empty(place) ? "" : ". ", date_long(p->arena, d->due_on)) },
			.checked = p->outcome == NULL ? UI_TRUE : UI_UNSET,
		};
	}
	ui_checkboxes(p->html, &(struct ui_checkboxes){ .fieldset = &fieldset,
							.name = "people",
							.id_prefix = "people",
							.items = items,
							.n_items = m->n,
							.values = chosen(p),
							.error_message = { .text = problem },
							.classes = "govuk-checkboxes--small" });
}

static const char *letter_of(struct arena *a, const struct need *n)
{
	return arena_printf(a,
			    "Dear «Name»,\n\nYour work asks for the training “%s”. Yours is due, or was due, on «Due».\n\nPlease book a place "
			    "on one of the next sessions. If you have done this training elsewhere, tell us when and where, so that it can "
			    "be recorded.\n\nWith kind regards",
			    n->course);
}

static struct err *draw_form(struct making *m)
{
	struct page *p = m->p;
	struct chase_form initial = { .need = m->need.reference,
				      .subject = arena_printf(p->arena, "Your training is due: %s", m->need.course),
				      .letter = letter_of(p->arena, &m->need) };
	const struct form form = { .record = &chase_form_record,
				   .action = URL("/training/chase/new"),
				   .submit = "Make the list",
				   .initial = &initial,
				   .cancel = url_with(p->arena, URL("/training/due"), "need", m->need.reference) };

	ui_paragraph(p->html, arena_printf(p->arena, "%s, %s: %s. Nothing is sent by this service.", m->need.course, m->need.whom,
					   m->more ? arena_printf(p->arena, "the first %d who are due", CHASE_MOST)
						   : arena_printf(p->arena, "%zu who %s due", m->n, m->n == 1 ? "is" : "are")));
	LIT(p->html, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
	TRY(page_form_begin(p, &form));
	draw_people(m);
	TRY(page_form_field(p, &form, "subject"));
	TRY(page_form_field(p, &form, "letter"));
	page_form_end(p, &form);
	LIT(p->html, "</div></div>");
	return NULL;
}

struct err *chase_new_page(struct page *p)
{
	struct making m = { .p = p };
	const char *need = page_query(p, "need");
	bool found;

	if (need == NULL && p->outcome != NULL) {
		need = pairs_get(&p->outcome->raw, "need");
	}
	TRY(find_rule(&m, need, &found));
	page_begin(p, &(struct page_head){ .title = "Make a list of people to remind", .back = URL("/training/due") });
	if (!found) {
		TRY(ask_rule(p));
		page_end(p);
		return NULL;
	}
	TRY(load_people(&m));
	if (m.n == 0) {
		ui_paragraph(p->html, "Nobody is overdue or due in the next 60 days by this rule.");
	} else {
		TRY(draw_form(&m));
	}
	page_end(p);
	return NULL;
}

/* ---- one list ---- */

static const char *state_tag(enum chase_state state)
{
	static const char *const tags[] = { [CHASE_TO_TELL] = "govuk-tag--yellow",
					    [CHASE_TOLD] = "govuk-tag--blue",
					    [CHASE_BOOKED] = "govuk-tag--turquoise",
					    [CHASE_TRAINED] = "govuk-tag--green" };

	return tags[state];
}

static const char *state_text(struct arena *a, const struct chased_line *r)
{
	switch (chase_state_of(r)) {
	case CHASE_TRAINED:
		return arena_printf(a, "Trained %s", date_short(a, r->trained_on));
	case CHASE_BOOKED:
		return arena_printf(a, "Booked for %s", date_short(a, r->booked_on));
	case CHASE_TOLD:
		return arena_printf(a, "Told %s", date_short(a, r->told_on));
	case CHASE_TO_TELL:
		break;
	}
	return "To tell";
}

static void draw_row(struct page *p, const struct chased_line *r)
{
	struct html *h = p->html;
	const struct ui_cell cell = { 0 };
	const struct ui_item item = { .value = r->reference,
				      .text = r->name,
				      .id = arena_printf(p->arena, "person-%s", r->reference) };

	ui_row_begin(h);
	ui_cell_begin(h, &cell);
	ui_checkboxes(h, &(struct ui_checkboxes){ .name = "people",
					  .items = &item,
					  .n_items = 1,
					  .form_group = { .classes = "govuk-!-margin-bottom-0" },
					  .classes = "govuk-checkboxes--small" });
	ui_cell_end(h, &cell);
	ui_cell(h, &(struct ui_cell){ .text = place_of(r->school, r->agency, r->organisation) });
	ui_cell(h, &(struct ui_cell){ .text = date_short(p->arena, r->due_on), .classes = "app-date" });
	ui_cell_begin(h, &cell);
	ui_tag(h, &(struct ui_tag){ .text = state_text(p->arena, r), .classes = state_tag(chase_state_of(r)) });
	ui_cell_end(h, &cell);
	ui_row_end(h);
}

static struct err *draw_told_form(struct page *p, const struct chase *c, const struct chased_line *rows, size_t n)
{
	struct html *h = p->html;
	static const struct ui_cell head[] = { { .text = "Name" }, { .text = "School or organisation" }, { .text = "Due" }, { .text = "State" } };
	const struct ui_table table = { .caption = "People on the list",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 4,
					.scrolls = true };
	const struct chase_told_form initial = { 0 };
	const struct form form = { .record = &chase_told_form_record,
				   .action = url_path(p->arena, "/training/chase/{}/told", c->reference),
				   .initial = &initial };

	TRY(page_form_begin(p, &form));
	ui_table_begin(h, &table);
	for (size_t i = 0; i < n; i++) {
		draw_row(p, &rows[i]);
	}
	ui_table_end(h, &table);
	TRY(page_form_field(p, &form, "told_on"));
	LIT(h, "<div class=\"govuk-button-group\">");
	ui_button(h, &(struct ui_button){ .text = "Mark as told", .prevent_double_click = UI_TRUE });
	ui_submit_to(h, url_path(p->arena, "/training/chase/{}/not-told", c->reference), "Mark as not told",
		     "govuk-button--secondary");
	LIT(h, "</div>");
	page_form_end(p, &form);
	return NULL;
}

static void draw_letter(struct page *p, const struct chase *c)
{
	struct arena *a = p->arena;
	const struct ui_summary_row rows[] = {
		{ .key = "Rule", .value = c->whom, .value_href = link_need(a, c->need_reference) },
		{ .key = "Course", .value = c->course, .value_href = link_course(a, c->course_reference) },
		{ .key = "Made", .value = text_empty(c->made_by_name) ? date_long(a, c->made_on)
								      : arena_printf(a, "%s by %s", date_long(a, c->made_on), c->made_by_name) },
		{ .key = "Subject of the letter", .value = c->subject },
		{ .key = "Letter", .value = c->letter, .value_classes = "app-lines" },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = sizeof(rows) / sizeof(*rows) });
}

struct err *chase_page(struct page *p)
{
	const struct reference_arg key = { p->who->authority_id, page_path(p, "chase") };
	struct chased_args args = { .authority_id = p->who->authority_id,
				    .after_key = "",
				    .row_limit = CHASE_MOST,
				    .today = p->today,
				    .chase = key.reference };
	struct chase c;
	struct chased_line *rows;
	size_t n;
	bool found;

	TRY(sql_chase_find(p->arena, p->db, &key, &c, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no list with the reference %s", key.reference);
	}
	TRY(sql_chased_in_order(p->arena, p->db, &args, &rows, &n));
	page_begin(p, &(struct page_head){ .title = arena_printf(p->arena, "People to remind: %s", c.course),
					   .caption = arena_printf(p->arena, "List %s", c.reference),
					   .back = URL("/training/chase"),
					   .wide = true });
	draw_letter(p, &c);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, url_with(p->arena, URL("/training/chased.csv"), "chase", c.reference), "Names, addresses and dates for a mail merge (CSV)");
	LIT(p->html, "</p>");
	TRY(draw_told_form(p, &c, rows, n));
	page_end(p);
	return NULL;
}
