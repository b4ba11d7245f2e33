/* One booking cancelled or moved, by those who have an account; and the people who are to be told. */
#include "app/training/booking.h"
#include "app/training/booking.sql.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

enum { SESSIONS_MOST = 50 };

static struct url booking_url(const struct page *p, const struct booking_session *s, const char *rest)
{
	const char *learner = page_path(p, "learner");

	return text_empty(rest) ? url_path(p->arena, "/training/sessions/{}/bookings/{}", s->reference, learner)
				: url_path(p->arena, "/training/sessions/{}/bookings/{}/{}", s->reference, learner, rest);
}

/* Other sessions of the course that this person may book. */
static struct err *others(struct page *p, const struct booking_session *s, struct bookable_line **out, size_t *n_out)
{
	bool all = policy_reach(p->who->role, PERM_booking_make) == REACH_ALL;
	const struct bookable_args args = { .authority_id = p->who->authority_id,
					    .own_user_id = all ? 0 : p->who->user_id,
					    .own_urn = all ? 0 : p->who->establishment_urn > 0 ? p->who->establishment_urn : -1,
					    .after_key = "", .row_limit = SESSIONS_MOST, .today = p->today,
					    .now_ms = p->now.ms, .course = s->course_reference };
	struct bookable_line *v;
	size_t n, kept = 0;

	TRY(sql_bookable_soonest(p->arena, p->db, &args, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (v[i].id != s->id) {
			v[kept++] = v[i];
		}
	}
	*out = v;
	*n_out = kept;
	return NULL;
}

static struct err *move_form(struct page *p, const struct booking_session *s, bool waits)
{
	const struct form form = { .record = &swap_form_record, .submit = "Move the booking",
				   .action = booking_url(p, s, "move") };
	struct bookable_line *v;
	struct ui_item *items;
	size_t n;

	TRY(others(p, s, &v, &n));
	if (n == 0) {
		ui_paragraph(p->html, "There is no other session of this course that can be booked.");
		return NULL;
	}
	items = ARENA_NEW(p->arena, struct ui_item, n);
	for (size_t i = 0; i < n; i++) {
		const struct booking_session to = { .places = v[i].places, .taken = v[i].taken, .waiting = v[i].waiting };

		items[i] = (struct ui_item){ .value = v[i].reference,
					     .text = arena_printf(p->arena, "%s, %s", instant_long(p->arena, v[i].starts_at),
								  v[i].venue),
					     .hint = { .text = booking_places_text(p->arena, &to) } };
	}
	TRY(page_form_begin(p, &form));
	booking_choice(p, items, n);
	TRY(waits ? NULL : page_form_field(p, &form, "waiting"));
	page_form_end(p, &form);
	return NULL;
}

void booking_choice(struct page *p, const struct ui_item *items, size_t n)
{
	const struct ui_fieldset fieldset = { .legend = { .text = "Other session", .classes = "govuk-fieldset__legend--s" } };
	const struct outcome *o = p->outcome;

	ui_radios(p->html, &(struct ui_radios){ .name = "to", .fieldset = &fieldset, .items = items, .n_items = n,
						.value = o == NULL ? NULL : pairs_get(&o->raw, "to"),
						.error_message = { .text = o == NULL ? NULL
										     : problem_of(&o->problems, "to") } });
}

struct err *booking_change_page(struct page *p)
{
	struct reference_arg key = { p->who->authority_id, page_path(p, "learner") };
	struct booking_find of = { .learner = key.reference };
	struct booking_session s;
	struct booking_row row;
	struct learner l;
	bool found;

	TRY(booking_session_of_page(p, &s));
	of.session_id = s.id;
	TRY(sql_booking_of_learner(p->arena, p->db, &of, &row, &found));
	if (found) {
		TRY(sql_learner_find(p->arena, p->db, &key, &l, &found));
	}
	if (!found) {
		return ERR(ERR_NOT_FOUND, "This person is not on the list of this session");
	}
	bool lead = p->who->role == ROLE_SCHOOL_LEAD, waits = row.state == ATTENDANCE_WAITING;

	p->input = &swap_form_record;
	page_begin(p, &(struct page_head){ .title = arena_printf(p->arena, "Booking of %s", l.name),
					   .caption = arena_printf(p->arena, "%s, %s", s.course,
								   instant_long(p->arena, s.starts_at)),
					   .back = url_path(p->arena, lead ? "/training/sessions/{}/book"
									   : "/training/sessions/{}/bookings",
							    s.reference) });
	if (!booking_is_live(&s, p->now) || (row.state != ATTENDANCE_BOOKED && !waits)) {
		ui_paragraph(p->html, "There is no booking to cancel or move.");
	} else {
		ui_subheading(p->html, 2, "Cancel");
		ui_paragraph(p->html, waits ? "Everybody behind on the waiting list moves up."
					    : "The place goes to the first on the waiting list, if anybody waits.");
		page_button_form(p, booking_url(p, &s, "cancel"), "Cancel the booking", 0, false);
		ui_subheading(p->html, 2, "Move to another session");
		TRY(move_form(p, &s, waits));
	}
	page_end(p);
	return NULL;
}

/* ---- people to tell ---- */

static void tell_table(struct page *p, const struct booking_line *v, size_t n)
{
	struct html *h = p->html;
	const struct ui_cell head[] = { { .text = "Told" }, { .text = "Name" }, { .text = "Work email" },
					{ .text = "What to tell" } };
	const struct ui_table table = { .caption = "People to tell", .caption_classes = "govuk-visually-hidden",
					.head = head, .n_head = 4, .scrolls = true };

	ui_table_begin(h, &table);
	for (size_t i = 0; i < n; i++) {
		const char *id = arena_printf(p->arena, "told-%s", v[i].learner);

		ui_row_begin(h);
		LIT(h, "<td class=\"govuk-table__cell\"><div class=\"govuk-checkboxes govuk-checkboxes--small\">"
		       "<div class=\"govuk-checkboxes__item\"><input class=\"govuk-checkboxes__input\" type=\"checkbox\" "
		       "name=\"");
		html_text(h, id);
		LIT(h, "\" id=\"");
		html_text(h, id);
		LIT(h, "\" value=\"");
		html_text(h, words_word(&tell_words, v[i].tell));
		LIT(h, "\"><label class=\"govuk-label govuk-checkboxes__label\" for=\"");
		html_text(h, id);
		LIT(h, "\"><span class=\"govuk-visually-hidden\">");
		html_text(h, v[i].name);
		LIT(h, " has been told</span></label></div></div></td>");
		ui_cell(h, &(struct ui_cell){ .text = v[i].name, .href = link_learner(p->arena, v[i].learner) });
		ui_cell(h, &(struct ui_cell){ .text = text_empty(v[i].email) ? "Not recorded" : v[i].email });
		ui_cell(h, &(struct ui_cell){ .text = words_label(&tell_words, v[i].tell) });
		ui_row_end(h);
	}
	ui_table_end(h, &table);
}

struct err *tell_page(struct page *p)
{
	struct booking_lines_args args = { .row_limit = ATTENDEES_MAX };
	const struct form form = { .submit = "Mark as told",
				   .action = url_path(p->arena, "/training/sessions/{}/tell", page_path(p, "session")) };
	struct booking_session s;
	struct booking_line *v;
	size_t n;

	TRY(booking_session_of_page(p, &s));
	args.session_id = s.id;
	TRY(sql_booking_to_tell(p->arena, p->db, &args, &v, &n));
	page_begin(p, &(struct page_head){ .title = "People to tell",
					   .caption = arena_printf(p->arena, "%s, %s", s.course,
								   instant_long(p->arena, s.starts_at)),
					   .back = link_session(p->arena, s.reference) });
	if (n == 0) {
		ui_paragraph(p->html, "Everybody has been told.");
	} else {
		ui_paragraph(p->html, "This service sends no messages. Tell these people yourself, then mark them as told.");
		TRY(page_form_begin(p, &form));
		tell_table(p, v, n);
		page_form_end(p, &form);
	}
	page_end(p);
	return NULL;
}
