/* Bookings without an account: the training calendar, the form, what was booked, and what can be done with it. */
#include "app/training/booking.h"
#include "app/training/booking.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

enum { CALENDAR_PAGE = 50, SWAP_MOST = 20 };

/* ---- the training calendar ---- */

static struct err *open_sessions(struct page *p, int64_t course_id, int64_t after_ms, int64_t after_id, int64_t most,
				 struct calendar_line **v, size_t *n)
{
	const struct calendar_args args = { .authority_id = p->authority->id, .course_id = course_id, .today = p->today,
					    .now_ms = p->now.ms, .after_ms = after_ms, .after_id = after_id,
					    .row_limit = most };

	return sql_calendar_soonest(p->arena, p->db, &args, v, n);
}

static const char *places_of(struct arena *a, const struct calendar_line *l)
{
	const struct booking_session s = { .places = l->places, .taken = l->taken, .waiting = l->waiting };

	return booking_places_text(a, &s);
}

static void calendar_table(struct page *p, const struct calendar_line *v, size_t n)
{
	const struct ui_cell head[] = { { .text = "Course" }, { .text = "Date and time" }, { .text = "Where" },
					{ .text = "Places" } };
	const struct ui_table table = { .caption = "Sessions that can be booked", .caption_classes = "govuk-visually-hidden",
					.head = head, .n_head = 4, .scrolls = true };

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = v[i].course, .href = link_booking(p->arena, v[i].code) });
		ui_cell(p->html, &(struct ui_cell){ .text = instant_long(p->arena, v[i].starts_at) });
		ui_cell(p->html, &(struct ui_cell){ .text = v[i].venue });
		ui_cell(p->html, &(struct ui_cell){ .text = places_of(p->arena, &v[i]) });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
}

static int64_t number_of(const struct page *p, const char *name)
{
	const char *text = page_query(p, name);
	int64_t n;

	return text != NULL && text_to_int(text, 0, INT64_MAX, &n) ? n : 0;
}

struct err *calendar_page(struct page *p)
{
	struct calendar_line *v;
	size_t n;

	TRY(open_sessions(p, 0, number_of(p, "after"), number_of(p, "id"), CALENDAR_PAGE + 1, &v, &n));
	page_begin(p, &(struct page_head){ .title = "Training calendar", .plain = true });
	ui_paragraph(p->html, "Training on the Prevent duty that anybody who works or volunteers here can book.");
	if (n == 0) {
		ui_paragraph(p->html, "There is nothing to book at the moment. Look again later, or ask the council’s training "
				      "team.");
	} else {
		calendar_table(p, v, n > CALENDAR_PAGE ? CALENDAR_PAGE : n);
	}
	if (n > CALENDAR_PAGE) {
		const struct calendar_line *last = &v[CALENDAR_PAGE - 1];
		struct url next = url_with(p->arena, URL("/training-calendar"), "after",
					   arena_printf(p->arena, "%lld", (long long)last->starts_at.ms));
		const struct ui_pagination pages = {
			.landmark_label = "Pages of the calendar",
			.next = { .text = "Later sessions",
				  .href = url_with(p->arena, next, "id", arena_printf(p->arena, "%lld", (long long)last->id)) } };

		ui_pagination(p->html, &pages);
	}
	page_end(p);
	return NULL;
}

/* ---- the session, and the form ---- */

static struct err *session_by_code(struct page *p, struct booking_session *out)
{
	const struct booking_key key = { .code = page_path(p, "booking") };
	bool found;

	TRY(sql_booking_session(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no session to book under this address");
}

static void session_facts(struct page *p, const struct booking_session *s)
{
	const struct ui_summary_row rows[] = {
		{ .key = "Course", .value = s->course },
		{ .key = "Date and time", .value = instant_long(p->arena, s->starts_at) },
		{ .key = "Length", .value = arena_printf(p->arena, "%lld minutes", (long long)s->duration_minutes) },
		{ .key = "Where", .value = s->venue },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = 4 });
}

static struct url calendar(void)
{
	return URL("/training-calendar");
}

static struct err *fields(struct page *p, const struct form *form)
{
	for (const struct field *f = booking_form_record.fields; f->name != NULL; f++) {
		TRY(page_form_field(p, form, f->name));
	}
	return NULL;
}

/* What was entered, before it is sent. */
static struct err *answers(struct page *p, const struct booking_session *s, const struct form *form)
{
	const struct pairs *raw = &p->outcome->raw;
	struct ui_summary_row rows[8];
	size_t n = 0;

	for (const struct field *f = booking_form_record.fields; f->name != NULL; f++) {
		const char *value = pairs_get(raw, f->name);
		const struct word *w = f->words == NULL || value == NULL ? NULL : words_by_word(f->words, value);

		rows[n++] = (struct ui_summary_row){ .key = f->label,
						     .value = w != NULL ? w->label : text_empty(value) ? "Not given" : value };
	}
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
	ui_paragraph(p->html, "The council keeps this to run the training, to record who took part, and to say who is due for "
			      "it again.");
	TRY(page_form_begin(p, form));
	ui_submit_to(p->html, url_path(p->arena, "/b/{}/confirm", s->booking_code),
		     booking_free(s) > 0 ? "Book this place" : "Join the waiting list", NULL);
	const struct ui_details details = { .summary_text = "Change what you have entered" };

	ui_details_begin(p->html, &details);
	TRY(fields(p, form));
	ui_submit_to(p->html, link_booking(p->arena, s->booking_code), "Check again", "govuk-button--secondary");
	ui_details_end(p->html);
	LIT(p->html, "</form>");
	return NULL;
}

static struct err *not_open(struct page *p, const struct booking_session *s, const char *fault)
{
	page_begin(p, &(struct page_head){ .title = "You cannot book this session", .plain = true, .caption = s->course,
					   .back = calendar() });
	ui_paragraph(p->html, fault);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, calendar(), "See all training that can be booked");
	LIT(p->html, "</p>");
	page_end(p);
	return NULL;
}

static bool is_checked(const struct page *p)
{
	return p->outcome != NULL && p->outcome->problems.n == 0 && pairs_get(&p->outcome->result, "checked") != NULL;
}

struct err *book_page(struct page *p)
{
	struct booking_session s;

	TRY(session_by_code(p, &s));
	const char *fault = booking_fault(&s, BY_LINK, p->now, p->today);
	const struct form form = { .record = &booking_form_record, .submit = NULL,
				   .action = link_booking(p->arena, s.booking_code) };
	bool checked = is_checked(p);

	if (fault != NULL) {
		return not_open(p, &s, fault);
	}
	p->input = &booking_form_record;
	page_begin(p, &(struct page_head){ .title = checked ? "Check before you book" : "Book a place", .plain = true,
					   .back = checked ? link_booking(p->arena, s.booking_code) : calendar() });
	session_facts(p, &s);
	ui_inset_text(p->html, &(struct ui_inset_text){ .text = booking_places_text(p->arena, &s) });
	if (checked) {
		TRY(answers(p, &s, &form));
	} else {
		LIT(p->html, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
		TRY(page_form_begin(p, &form));
		TRY(fields(p, &form));
		ui_button(p->html, &(struct ui_button){ .text = "Continue", .prevent_double_click = UI_TRUE });
		LIT(p->html, "</form></div></div>");
	}
	page_end(p);
	return NULL;
}

struct err *book_again_page(struct page *p)
{
	struct booking_session s;

	TRY(session_by_code(p, &s));
	page_begin(p, &(struct page_head){ .title = "This email may be booked already", .plain = true, .caption = s.course,
					   .back = calendar() });
	ui_paragraph(p->html, "If this email was booked for this session before, nothing has changed: use the link that was shown "
			      "when it was booked. It may also have been booked by the council or by a school.");
	ui_paragraph(p->html, "If you no longer have the link, ask the council’s training team. They can tell you whether you have "
			      "a place, and can cancel or move it.");
	page_end(p);
	return NULL;
}

/* ---- one's own booking ---- */

static struct err *own(struct page *p, struct booking_session *s, struct booking_row *row)
{
	struct booking_find find = { .reference = page_path(p, "ticket") };
	bool found;

	TRY(session_by_code(p, s));
	find.session_id = s->id;
	TRY(sql_booking_by_reference(p->arena, p->db, &find, row, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no booking under this address");
}

static const char *headline(const struct booking_session *s, const struct booking_row *row)
{
	if (s->state == SESSION_CANCELLED) {
		return "The session is cancelled";
	}
	switch (row->state) {
	case ATTENDANCE_WAITING:
		return "You are on the waiting list";
	case ATTENDANCE_CANCELLED:
		return "Your booking is cancelled";
	case ATTENDANCE_BOOKED:
		return "You have a place";
	default:
		return "This session is over";
	}
}

static bool can_change(const struct page *p, const struct booking_session *s, const struct booking_row *row)
{
	return booking_is_live(s, p->now) && (row->state == ATTENDANCE_BOOKED || row->state == ATTENDANCE_WAITING);
}

static void what_next(struct page *p, const struct booking_session *s, const struct booking_row *row)
{
	struct html *h = p->html;

	LIT(h, "<p class=\"govuk-body app-address\">Keep this address, as it is the only way back to your booking: ");
	ui_anchor(h, link_own_booking(p->arena, s->booking_code, row->booking_reference),
		  page_public_address(p, link_own_booking(p->arena, s->booking_code, row->booking_reference)));
	LIT(h, "</p>");
	if (row->state == ATTENDANCE_WAITING) {
		ui_paragraph(h, "When somebody gives up a place, the first on the list gets it at once. Come back to this page to see "
				"where you are; the council’s training team also tells you when you have a place.");
	}
	LIT(h, "<ul class=\"govuk-list\"><li>");
	ui_anchor(h, url_path(p->arena, "/b/{}/{}/swap", s->booking_code, row->booking_reference), "Move to another session");
	LIT(h, "</li><li>");
	ui_anchor(h, url_path(p->arena, "/b/{}/{}/cancel", s->booking_code, row->booking_reference),
		  row->state == ATTENDANCE_WAITING ? "Leave the waiting list" : "Give up your place");
	LIT(h, "</li></ul>");
}

struct err *own_booking_page(struct page *p)
{
	struct booking_session s;
	struct booking_row row;
	int64_t position = 0;

	TRY(own(p, &s, &row));
	if (row.state == ATTENDANCE_WAITING) {
		TRY(booking_position(p->arena, p->db, &row, &position));
	}
	page_begin(p, &(struct page_head){ .title = headline(&s, &row), .plain = true, .no_heading = true });
	ui_panel(p->html, &(struct ui_panel){ .title_text = headline(&s, &row),
					      .text = position > 0 && can_change(p, &s, &row)
							      ? booking_state_text(p->arena, row.state, position)
							      : NULL });
	session_facts(p, &s);
	if (can_change(p, &s, &row)) {
		what_next(p, &s, &row);
	}
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, calendar(), "See all training that can be booked");
	LIT(p->html, "</p>");
	page_end(p);
	return NULL;
}

struct err *own_cancel_page(struct page *p)
{
	struct booking_session s;
	struct booking_row row;

	TRY(own(p, &s, &row));
	struct url back = link_own_booking(p->arena, s.booking_code, row.booking_reference);

	page_begin(p, &(struct page_head){ .plain = true, .back = back,
					   .title = row.state == ATTENDANCE_WAITING ? "Leave the waiting list?"
										    : "Give up your place?" });
	session_facts(p, &s);
	if (can_change(p, &s, &row)) {
		page_button_form(p, url_path(p->arena, "/b/{}/{}/cancel", s.booking_code, row.booking_reference),
				 "Cancel the booking", 0, false);
	} else {
		ui_paragraph(p->html, "This booking can no longer be changed.");
	}
	page_end(p);
	return NULL;
}

static struct err *swap_form(struct page *p, const struct booking_session *s, const struct booking_row *row)
{
	const struct form form = {
		.record = &swap_form_record, .submit = "Move the booking",
		.action = url_path(p->arena, "/b/{}/{}/swap", s->booking_code, row->booking_reference),
		.cancel = link_own_booking(p->arena, s->booking_code, row->booking_reference)
	};
	struct calendar_line *v;
	struct ui_item *items;
	size_t n, kept = 0;

	TRY(open_sessions(p, s->course_id, 0, 0, SWAP_MOST, &v, &n));
	items = ARENA_NEW(p->arena, struct ui_item, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (v[i].id == s->id) {
			continue;
		}
		items[kept++] = (struct ui_item){
			.value = v[i].code,
			.text = arena_printf(p->arena, "%s, %s", instant_long(p->arena, v[i].starts_at), v[i].venue),
			.hint = { .text = places_of(p->arena, &v[i]) } };
	}
	if (kept == 0) {
		ui_paragraph(p->html, "There is no other session of this course that can be booked.");
		return NULL;
	}
	TRY(page_form_begin(p, &form));
	booking_choice(p, items, kept);
	TRY(page_form_field(p, &form, "waiting"));
	page_form_end(p, &form);
	return NULL;
}

struct err *own_swap_page(struct page *p)
{
	struct booking_session s;
	struct booking_row row;

	TRY(own(p, &s, &row));
	p->input = &swap_form_record;
	page_begin(p, &(struct page_head){ .title = "Move to another session", .plain = true, .caption = s.course,
					   .back = link_own_booking(p->arena, s.booking_code, row.booking_reference) });
	if (can_change(p, &s, &row)) {
		TRY(swap_form(p, &s, &row));
	} else {
		ui_paragraph(p->html, "This booking can no longer be changed.");
	}
	page_end(p);
	return NULL;
}
