/* Pages of bookings for those who have an account: who may book, a place booked, the list, who is to be told. */
#include <string.h>

#include "app/training/booking.h"
#include "app/training/booking.sql.h"
#include "app/training/learner.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "work/search.h"

enum { FOUND_MOST = 20, BOOKINGS_PAGE = 200, SESSIONS_MOST = 20 };

static bool is_lead(const struct page *p)
{
	return p->who->role == ROLE_SCHOOL_LEAD;
}

static struct url under(const struct page *p, const struct booking_session *s, const char *pattern)
{
	return url_path(p->arena, pattern, s->reference);
}

/* A lead has no page of the session: they came from the list of those that can be booked. */
static struct url back_of(const struct page *p, const struct booking_session *s)
{
	return is_lead(p) ? URL("/training/book") : link_session(p->arena, s->reference);
}

static const char *caption_of(const struct page *p, const struct booking_session *s)
{
	return arena_printf(p->arena, "%s, %s", s->course, instant_long(p->arena, s->starts_at));
}

/* ---- who may book ---- */

struct err *booking_settings_page(struct page *p)
{
	struct booking_session s;

	TRY(booking_session_of_page(p, &s));
	const struct open_booking_form initial = { s.booking, s.booking_until };

	page_begin(p, &(struct page_head){ .title = "Who may book", .caption = caption_of(p, &s),
					   .back = link_session(p->arena, s.reference) });
	if (!booking_is_live(&s, p->now)) {
		ui_paragraph(p->html, "This session has begun, is over or was cancelled.");
	} else {
		TRY(page_form(p, &(struct form){ .record = &open_booking_form_record, .submit = "Save",
						 .initial = &initial, .version = s.version,
						 .action = under(p, &s, "/training/sessions/{}/booking"),
						 .cancel = link_session(p->arena, s.reference) }));
	}
	page_end(p);
	return NULL;
}

/* ---- booking a place ---- */

static const char *place_of(const char *school, const char *organisation)
{
	return text_empty(school) ? organisation : school;
}

/* Somebody known: found by name, booked with one press. */
static void found_row(struct page *p, const struct booking_session *s, const struct learner_line *l)
{
	struct html *h = p->html;
	struct url action = url_with(p->arena, under(p, s, "/training/sessions/{}/book"), "find", page_query(p, "find"));
	const struct form form = { .action = action };

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = l->name });
	ui_cell(h, &(struct ui_cell){ .text = place_of(l->school, l->organisation) });
	ui_cell(h, &(struct ui_cell){ .text = l->job });
	LIT(h, "<td class=\"govuk-table__cell\">");
	if (page_form_begin(p, &form) == NULL) {
		ui_hidden(h, "learner", l->reference);
		LIT(h, "<button type=\"submit\" class=\"govuk-button govuk-button--secondary govuk-!-margin-bottom-0\" "
		       "data-module=\"govuk-button\" data-prevent-double-click=\"true\">Book"
		       "<span class=\"govuk-visually-hidden\"> ");
		html_text(h, l->name);
		LIT(h, "</span></button>");
		page_form_end(p, &form);
	}
	LIT(h, "</td>");
	ui_row_end(h);
}

static struct err *found_people(struct page *p, const struct booking_session *s, const char *find)
{
	bool all = policy_reach(p->who->role, PERM_booking_make) == REACH_ALL;
	const struct learners_args args = { .authority_id = p->who->authority_id,
					    .own_user_id = all ? 0 : p->who->user_id,
					    .own_urn = all ? 0 : p->who->establishment_urn > 0 ? p->who->establishment_urn : -1,
					    .after_key = "",
					    .row_limit = FOUND_MOST,
					    .match = search_words(p->arena, find),
					    .presence = PRESENCE_CURRENT };
	const struct ui_cell head[] = { { .text = "Name" }, { .text = "School or organisation" }, { .text = "Job" },
					{ .text = "Book" } };
	const struct ui_table table = { .caption = "People who are known", .head = head, .n_head = 4, .scrolls = true };
	struct learner_line *v;
	size_t n = 0;

	if (!text_empty(args.match)) {
		TRY(sql_learners_by_name(p->arena, p->db, &args, &v, &n));
	}
	if (n == 0) {
		ui_paragraph(p->html, "Nobody of this name is known. Enter the person below.");
		return NULL;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		found_row(p, s, &v[i]);
	}
	ui_table_end(p->html, &table);
	if (n == FOUND_MOST) {
		ui_paragraph(p->html, arena_printf(p->arena, "No more than %d are shown. Type more of the name to find somebody else.", FOUND_MOST));
	}
	return NULL;
}

static struct err *search(struct page *p, const struct booking_session *s)
{
	struct html *h = p->html;
	const char *find = page_query(p, "find");

	ui_subheading(h, 2, "Somebody who is known");
	LIT(h, "<form method=\"get\" role=\"search\" action=\"");
	html_url(h, under(p, s, "/training/sessions/{}/book"));
	LIT(h, "\">");
	ui_input(h, &(struct ui_input){ .id = "find", .name = "find", .value = find,
					.label = { .text = "Name, job or organisation" },
					.classes = "govuk-input--width-20",
					.error_message = { .text = p->outcome == NULL
								   ? NULL : problem_of(&p->outcome->problems, "find") } });
	ui_button(h, &(struct ui_button){ .text = "Find", .classes = "govuk-button--secondary" });
	LIT(h, "</form>");
	return text_empty(find) ? NULL : found_people(p, s, find);
}

static struct err *new_person(struct page *p, const struct booking_session *s)
{
	static const char *const lead[] = { "name", "email", "job", "audience", NULL };
	static const char *const team[] = { "name", "email", "school", "job", "audience", NULL };
	static const char *const full[] = { "name", "email", "school", "job", "audience", "although_full", NULL };
	bool over = booking_free(s) == 0 && policy_reach(p->who->role, PERM_training_manage) == REACH_ALL;

	ui_subheading(p->html, 2, "Somebody new");
	return page_form(p, &(struct form){ .record = &staff_booking_form_record, .submit = "Book a place",
					    .only = is_lead(p) ? lead : over ? full : team,
					    .action = under(p, s, "/training/sessions/{}/book"),
					    .cancel = back_of(p, s) });
}

static struct err *table_of(struct page *p, const struct booking_session *s, int state, const char *caption, bool *more);

/* Whom the school has on this session already. */
static struct err *own_people(struct page *p, const struct booking_session *s)
{
	bool more;

	if (!is_lead(p)) {
		return NULL;
	}
	ui_subheading(p->html, 2, "Your staff on this session");
	return table_of(p, s, 0, "Your staff on this session", &more);
}

struct err *book_place_page(struct page *p)
{
	struct booking_session s;

	TRY(booking_session_of_page(p, &s));
	const char *fault = booking_fault(&s, is_lead(p) ? BY_SCHOOL : BY_TEAM, p->now, p->today);

	p->input = &staff_booking_form_record;
	page_begin(p, &(struct page_head){ .title = "Book a place", .caption = caption_of(p, &s), .back = back_of(p, &s) });
	if (fault != NULL) {
		ui_paragraph(p->html, fault);
	} else {
		ui_paragraph(p->html, arena_printf(p->arena, "%s. %s.", s.venue, booking_places_text(p->arena, &s)));
		TRY(search(p, &s));
		TRY(new_person(p, &s));
	}
	TRY(own_people(p, &s));
	page_end(p);
	return NULL;
}

/* ---- the list ---- */

static void booking_cells(struct page *p, const struct booking_session *s, const struct booking_line *r, int64_t position)
{
	struct html *h = p->html;
	bool waits = r->state == ATTENDANCE_WAITING;

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = r->name, .href = is_lead(p) ? (struct url){ NULL }
									   : link_learner(p->arena, r->learner) });
	ui_cell(h, &(struct ui_cell){ .text = place_of(r->school, r->organisation) });
	ui_cell(h, &(struct ui_cell){ .text = waits && position > 0
						      ? booking_state_text(p->arena, r->state, position)
						      : words_label(&attendance_state_words, r->state),
				      .tag_colour = waits ? "yellow" : "blue" });
	LIT(h, "<td class=\"govuk-table__cell\">");
	if (booking_is_live(s, p->now)) {
		ui_anchor(h, url_path(p->arena, "/training/sessions/{}/bookings/{}", s->reference, r->learner),
			  "Cancel or move");
		LIT(h, "<span class=\"govuk-visually-hidden\"> the booking of ");
		html_text(h, r->name);
		LIT(h, "</span>");
	}
	LIT(h, "</td>");
	ui_row_end(h);
}

static int64_t after_of(const struct page *p)
{
	const char *text = page_query(p, "after");
	int64_t after;

	return text != NULL && text_to_int(text, 0, INT64_MAX, &after) ? after : 0;
}

/* Where the first of this page stands on the waiting list: those before it are counted, once. */
static struct err *first_position(struct page *p, const struct booking_line *first, const struct booking_session *s,
				  int64_t *out)
{
	const struct booking_row row = { .session_id = s->id, .booking_number = first->booking_number };

	return booking_position(p->arena, p->db, &row, out);
}

/* state 0: both, without numbers on the waiting list (a school's staff are not one after the other there). */
static struct err *table_of(struct page *p, const struct booking_session *s, int state, const char *caption, bool *more)
{
	const struct ui_cell head[] = { { .text = "Name" }, { .text = "School or organisation" }, { .text = "Booking" },
					{ .text = "Change" } };
	const struct ui_table table = { .caption = caption, .caption_classes = "govuk-visually-hidden", .head = head,
					.n_head = 4, .scrolls = true };
	const struct booking_lines_args args = { .session_id = s->id, .state = state,
						 .own_urn = is_lead(p) ? p->who->establishment_urn : 0,
						 .after = state == ATTENDANCE_WAITING ? after_of(p) : 0,
						 .row_limit = BOOKINGS_PAGE + 1 };
	struct booking_line *v;
	size_t n;
	int64_t position = 0;

	TRY(sql_bookings_of_session(p->arena, p->db, &args, &v, &n));
	*more = n > BOOKINGS_PAGE;
	if (n == 0) {
		ui_paragraph(p->html, "Nobody.");
		return NULL;
	}
	if (state == ATTENDANCE_WAITING) {
		TRY(first_position(p, &v[0], s, &position));
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n && i < BOOKINGS_PAGE; i++) {
		if (state == 0 && v[i].state == ATTENDANCE_WAITING) {
			TRY(first_position(p, &v[i], s, &position));
		}
		booking_cells(p, s, &v[i], position);
		position += state == ATTENDANCE_WAITING;
	}
	ui_table_end(p->html, &table);
	if (*more) {
		const struct ui_pagination pages = {
			.landmark_label = "Pages of the waiting list",
			.next = { .text = "Next of those who wait",
				  .href = url_with(p->arena, under(p, s, "/training/sessions/{}/bookings"), "after",
						   arena_printf(p->arena, "%lld",
								(long long)v[BOOKINGS_PAGE - 1].booking_number)) } };
		ui_pagination(p->html, &pages);
	}
	return NULL;
}

struct err *bookings_page(struct page *p)
{
	struct booking_session s;
	bool more;

	TRY(booking_session_of_page(p, &s));
	page_begin(p, &(struct page_head){ .title = "Bookings", .caption = caption_of(p, &s), .back = back_of(p, &s) });
	ui_paragraph(p->html, arena_printf(p->arena, "%lld of %lld places are taken. %lld %s.", (long long)s.taken,
					   (long long)s.places, (long long)s.waiting,
					   s.waiting == 1 ? "person waits" : "people wait"));
	if (booking_is_live(&s, p->now)) {
		ui_button(p->html, &(struct ui_button){ .text = "Book a place",
							.href = under(p, &s, "/training/sessions/{}/book") });
	}
	if (after_of(p) == 0) {
		ui_subheading(p->html, 2, "Booked");
		TRY(table_of(p, &s, ATTENDANCE_BOOKED, "Booked", &more));
	}
	ui_subheading(p->html, 2, "Waiting list");
	ui_paragraph(p->html, "When a place comes free, the first of these gets it at once and is put among the people to "
			      "tell.");
	TRY(table_of(p, &s, ATTENDANCE_WAITING, "Waiting list", &more));
	page_end(p);
	return NULL;
}
