/* Check-in: the public form behind the code, and the trainer's page on a phone. Both work without scripts. */
#include "app/training/checkin.h"
#include "app/training/checkin.sql.h"
#include "app/training/session_rules.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "trust/trust.h"

struct url link_checkin(struct arena *a, const char *code)
{
	return url_path(a, "/c/{}", code);
}

/* ---- by code ---- */

static struct err *session_by_code(struct page *p, struct checkin_session *out)
{
	const struct checkin_code_arg key = { page_path(p, "checkin") };
	bool found;

	TRY(sql_checkin_session(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no check-in under this address");
}

static const char *typed(const struct page *p, const char *name)
{
	return p->outcome == NULL ? NULL : pairs_get(&p->outcome->raw, name);
}

static void input(struct page *p, const char *name, const char *label, const char *hint, const char *autocomplete)
{
	ui_input(p->html, &(struct ui_input){
				  .name = name,
				  .value = typed(p, name),
				  .label = { .text = label },
				  .hint = { .text = hint },
				  .autocomplete = autocomplete,
				  .error_message = { .text = p->outcome == NULL ? NULL
										: problem_of(&p->outcome->problems, name) } });
}

/* Written out: the usual form's key would have to be kept with what was typed; the ticket becomes the entry's id. */
static void public_form(struct page *p)
{
	struct html *h = p->html;
	const char *ticket = typed(p, "ticket");

	LIT(h, "<form method=\"post\" novalidate action=\"");
	html_url(h, link_checkin(p->arena, page_path(p, "checkin")));
	LIT(h, "\">");
	if (p->who->user_id != 0) { /* a trainer who looks at it while signed in */
		ui_hidden(h, "_csrf", csrf_token(p->arena, p->world, p->who));
	}
	ui_hidden(h, "ticket", text_empty(ticket) ? world_reference(p->world, p->arena, 20) : ticket);
	input(p, "said", "Work email or booking reference", "As you gave it when you booked", "email");
	ui_subheading(h, 2, "If you have not booked");
	input(p, "name", "Your name", NULL, "name");
	input(p, "organisation", "School or organisation", NULL, "organization");
	ui_button(h, &(struct ui_button){ .text = "I am here", .prevent_double_click = UI_TRUE });
	LIT(h, "</form>");
}

struct err *checkin_form_page(struct page *p)
{
	struct checkin_session s;

	TRY(session_by_code(p, &s));
	const char *fault = checkin_fault(p->arena, &s, p->now);
	const char *caption = arena_printf(p->arena, "%s, %s", s.course, instant_long(p->arena, s.starts_at));

	page_begin(p, &(struct page_head){ .title = "Check in", .plain = true, .caption = caption });
	if (fault != NULL) {
		ui_paragraph(p->html, arena_printf(p->arena, "%s.", fault));
	} else {
		public_form(p);
	}
	page_end(p);
	return NULL;
}

/* The same for everybody: who holds the code must not learn who is booked. */
struct err *checkin_thanks_page(struct page *p)
{
	struct checkin_session s;

	TRY(session_by_code(p, &s));
	page_begin(p, &(struct page_head){ .title = "Thank you", .plain = true, .no_heading = true });
	ui_panel(p->html, &(struct ui_panel){ .title_text = "Thank you", .text = "Your check-in has been sent" });
	ui_paragraph(p->html, "If you had not booked, or used another email when you booked, the trainer may ask for your "
			      "name. You need not send it again.");
	page_end(p);
	return NULL;
}

/* ---- the trainer's page ---- */

struct here {
	struct page *p;
	struct session s;
	struct people list;
	struct checkin *entries;
	size_t n_entries;
};

static struct url under(const struct here *v, const char *pattern)
{
	return url_path(v->p->arena, pattern, v->s.reference);
}

static void by_code(const struct here *v)
{
	struct page *p = v->p;
	const char *address =
		text_empty(v->s.checkin_code) ? NULL : page_public_address(p, link_checkin(p->arena, v->s.checkin_code));

	if (!session_may_change(v->s.state)) {
		ui_paragraph(p->html, "Check-in by code is over, as the session is no longer planned or confirmed.");
		return;
	}
	if (!v->s.checkin_open) {
		ui_paragraph(p->html, "Check-in by code is not open. People cannot check in by phone until you open it.");
		page_button_form(p, under(v, "/training/sessions/{}/check-in/open"), "Open check-in by code", v->s.version, false);
		return;
	}
	ui_paragraph(p->html, arena_printf(p->arena, "Check-in by code is open: from %d minutes before the start until %d minutes "
						     "after the end.", CHECKIN_BEFORE, CHECKIN_AFTER));
	LIT(p->html, "<p class=\"govuk-body app-address\">");
	ui_anchor(p->html, link_checkin(p->arena, v->s.checkin_code), address);
	LIT(p->html, "</p>");
	ui_qr(p->html, &(struct ui_qr){ .text = address, .label = "QR code: check-in", .size = 200 });
	page_button_form(p, under(v, "/training/sessions/{}/check-in/end"), "End check-in by code", v->s.version, true);
}

static struct err *settle_entry(const struct here *v, const struct checkin *e)
{
	struct page *p = v->p;
	struct html *h = p->html;
	const char *entry = arena_printf(p->arena, "%lld", (long long)e->id);
	const struct form form = { .action = under(v, "/training/sessions/{}/check-in/settle") };

	ui_subheading(h, 3, text_empty(e->name) ? e->said : arena_printf(p->arena, "%s, %s", e->name, e->said));
	TRY(page_form_begin(p, &form));
	ui_hidden(h, "entry", entry);
	ui_input(h, &(struct ui_input){ .id = arena_printf(p->arena, "name-%s", entry), .name = "name", .value = e->name,
					.label = { .text = "Name" }, .autocomplete = "off" });
	ui_input(h, &(struct ui_input){ .id = arena_printf(p->arena, "organisation-%s", entry), .name = "organisation",
					.value = e->organisation, .label = { .text = "School or organisation" },
					.hint = { .text = "Name or URN" }, .autocomplete = "off" });
	LIT(h, "<div class=\"govuk-button-group\">");
	ui_button(h, &(struct ui_button){ .text = arena_printf(p->arena, "Was there from %s: put on the list",
							       attendance_clock(p->arena, e->at)) });
	ui_button(h, &(struct ui_button){ .text = "Leave out", .name = "leave_out", .value = "yes",
					  .classes = "govuk-button--secondary" });
	LIT(h, "</div>");
	page_form_end(p, &form);
	return NULL;
}

static struct err *unsettled(const struct here *v)
{
	if (v->n_entries == 0) {
		return NULL;
	}
	ui_subheading(v->p->html, 2, arena_printf(v->p->arena, "Not on the list: %zu to settle", v->n_entries));
	for (size_t i = 0; i < v->n_entries; i++) {
		TRY(settle_entry(v, &v->entries[i]));
	}
	return NULL;
}

static void tap(const struct here *v, const char *name, const char *text, const struct attendance_line *r, bool first)
{
	struct html *h = v->p->html;

	LIT(h, "<button type=\"submit\" class=\"govuk-button ");
	html_text(h, first ? "app-tap" : "govuk-button--secondary");
	LIT(h, "\" data-module=\"govuk-button\" name=\"");
	html_text(h, name);
	LIT(h, "\" value=\"");
	html_text(h, r->learner);
	LIT(h, "\">");
	html_text(h, text);
	if (!first) {
		LIT(h, "<span class=\"govuk-visually-hidden\">: ");
		html_text(h, r->name);
		LIT(h, "</span>");
	}
	LIT(h, "</button>");
}

static void not_here(const struct here *v)
{
	struct html *h = v->p->html;
	int64_t n = 0;

	ui_subheading(h, 2, "Not here yet");
	for (size_t i = 0; i < v->list.n; i++) {
		const struct attendance_line *r = &v->list.v[i];
		const char *place = text_empty(r->school) ? r->organisation : r->school;
		const char *said = r->state == ATTENDANCE_BOOKED ? "" : words_label(&attendance_state_words, r->state);

		if (attendance_was_there(r->state)) {
			continue;
		}
		tap(v, "arrive", arena_printf(v->p->arena, "%s%s%s%s%s%s", r->name, text_empty(place) ? "" : ", ",
					      text_empty(place) ? "" : place, said[0] != '\0' ? " (" : "", said,
					      said[0] != '\0' ? ")" : ""), r, true);
		n++;
	}
	if (n == 0) {
		ui_paragraph(h, "Everybody on the list is here.");
	}
}

static void here(const struct here *v)
{
	struct html *h = v->p->html;

	ui_subheading(h, 2, "Here");
	for (size_t i = 0; i < v->list.n; i++) {
		const struct attendance_line *r = &v->list.v[i];
		const char *times = attendance_times_text(v->p->arena, v->s.starts_at, r->arrived_at, r->left_at);

		if (!attendance_was_there(r->state)) {
			continue;
		}
		LIT(h, "<p class=\"govuk-body govuk-!-margin-bottom-1\"><strong>");
		html_text(h, r->name);
		LIT(h, "</strong> ");
		html_text(h, text_empty(times) ? "time not known" : times);
		LIT(h, "</p><div class=\"govuk-button-group\">");
		if (instant_is_set(r->left_at)) {
			tap(v, "arrive", "Is back", r, false);
		} else {
			tap(v, "leave", "Leaves early", r, false);
		}
		tap(v, "undo", "Not here after all", r, false);
		LIT(h, "</div>");
	}
}

static int64_t number_here(const struct here *v)
{
	int64_t n = 0;

	for (size_t i = 0; i < v->list.n; i++) {
		n += attendance_was_there(v->list.v[i].state);
	}
	return n;
}

static struct err *people(const struct here *v)
{
	const struct form form = { .record = &arrival_form_record, .action = under(v, "/training/sessions/{}/check-in") };

	if (date_compare(v->s.held_on, v->p->today) != 0) {
		ui_paragraph(v->p->html, "On the day of the session the people on the list stand here, one button each.");
		return NULL;
	}
	TRY(page_form_begin(v->p, &form));
	not_here(v);
	if (number_here(v) > 0) {
		here(v);
	}
	page_form_end(v->p, &form);
	people_pages(v->p, under(v, "/training/sessions/{}/check-in"), &v->list);
	LIT(v->p->html, "<p class=\"govuk-body\">Somebody without a booking? ");
	ui_anchor(v->p->html, under(v, "/training/sessions/{}/attendance"), "Add them to the list");
	LIT(v->p->html, "</p>");
	return NULL;
}

struct err *checkin_page(struct page *p)
{
	struct here v = { .p = p };

	TRY(session_of_page(p, &v.s));
	TRY(people_and_waiting(p, v.s.id, true, &v.list));
	TRY(checkin_unsettled(p->arena, p->db, &v.s, &v.entries, &v.n_entries));
	page_begin(p, &(struct page_head){ .title = arena_printf(p->arena, "Check-in: %lld here", (long long)number_here(&v)),
					   .caption = arena_printf(p->arena, "%s, %s", v.s.course,
								   instant_long(p->arena, v.s.starts_at)),
					   .back = link_session(p->arena, v.s.reference) });
	TRY(unsettled(&v));
	TRY(people(&v));
	ui_subheading(p->html, 2, "By code");
	by_code(&v);
	page_end(p);
	return NULL;
}
