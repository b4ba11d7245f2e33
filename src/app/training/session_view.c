/*
 * The page of one session: what it is, the one thing to do next, who came, what they said.
 */
#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/course_version.h"
#include "app/training/booking.h"
#include "app/training/feedback.h"
#include "app/training/feedback.sql.h"
#include "app/training/review.h"
#include "app/training/session.sql.h"
#include "app/training/programme.h"
#include "app/training/session_host.h"
#include "app/training/session_rules.h"
#include "app/training/session_series.h"
#include "app/training/trainer.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

struct view {
	struct page *p;
	struct session s;
	struct session_counts counts;
	struct feedback_totals totals;
	bool delivers, manages; /* this person may */
	enum feedback_window window;
	const char *trainer_fault; /* why it cannot be confirmed with this trainer */
	struct course_version taught; /* in force on its day */
	const char *hosts; /* their names */
	size_t n_hosts;
};

static struct err *name_hosts(struct view *v)
{
	struct arena *a = v->p->arena;
	struct host *hosts;

	TRY(session_hosts(a, v->p->db, &v->s, &hosts, &v->n_hosts));
	v->hosts = "";
	for (size_t i = 0; i < v->n_hosts; i++) {
		v->hosts = arena_printf(a, "%s%s%s", v->hosts, i > 0 ? "; " : "", host_name(a, &hosts[i]));
	}
	return NULL;
}

static struct err *load(struct page *p, struct view *v)
{
	struct session_arg args = { .authority_id = p->who->authority_id };

	*v = (struct view){ .p = p };
	TRY(session_of_page(p, &v->s));
	args.session_id = v->s.id;
	TRY(sql_session_counts(p->arena, p->db, &args, &v->counts));
	TRY(sql_feedback_totals(p->arena, p->db, &args, &v->totals));
	v->delivers = policy_allows(p->who->role, PERM_training_deliver, p->relation);
	v->manages = policy_allows(p->who->role, PERM_training_manage, p->relation);
	v->window = feedback_window(v->s.state, v->s.held_on, v->s.feedback_until, p->today);
	if (v->s.state == SESSION_PLANNED) {
		TRY(trainer_fault(p->arena, p->db, v->s.authority_id, v->s.trainer_id, v->s.trainer, v->s.held_on,
				  &v->trainer_fault));
	}
	TRY(course_version_on(p->arena, p->db, v->s.course_id, v->s.held_on, &v->taught));
	return name_hosts(v);
}

static struct url under(const struct view *v, const char *pattern)
{
	return url_path(v->p->arena, pattern, v->s.reference);
}

static struct session_facts facts_of(const struct view *v)
{
	return (struct session_facts){
		.state = v->s.state,
		.held_on = v->s.held_on,
		.feedback_until = v->s.feedback_until,
		.has_trainer = v->s.trainer_id != 0,
		.booked = v->counts.booked,
		.came = v->counts.attended + v->counts.part,
		.unsettled = v->counts.unsettled,
	};
}

/* ---- what to do next ---- */

static void link_button(struct html *h, struct url href, const char *text)
{
	ui_button(h, &(struct ui_button){ .text = text, .href = href });
}

static void inset(struct page *p, const char *text)
{
	ui_inset_text(p->html, &(struct ui_inset_text){ .text = text });
}

static void next_when_confirmed(const struct view *v)
{
	struct page *p = v->p;
	struct session_facts facts = facts_of(v);

	if (date_compare(v->s.held_on, p->today) > 0) {
		link_button(p->html, under(v, "/training/sessions/{}/book"), "Book a place");
	} else if (session_move_fault(&facts, MOVE_DELIVER, p->today) != NULL) {
		link_button(p->html, under(v, "/training/sessions/{}/attendance"),
			    "Record attendance");
	} else {
		page_button_form(p, under(v, "/training/sessions/{}/deliver"), "Mark as delivered",
				 v->s.version, false);
	}
}

static void next_when_delivered(const struct view *v)
{
	struct page *p = v->p;
	struct session_facts facts = facts_of(v);

	facts.booked = facts.unsettled = 0; /* what the page of closing asks about */
	bool ended = session_move_fault(&facts, MOVE_CLOSE, p->today) == NULL;

	if (v->counts.booked > 0 || v->counts.unsettled > 0) {
		ui_paragraph(p->html, arena_printf(p->arena, "%lld still recorded as booked, %lld checked in who are not on "
							     "the list.", (long long)v->counts.booked,
						   (long long)v->counts.unsettled));
		link_button(p->html, under(v, v->counts.booked > 0 ? "/training/sessions/{}/attendance"
								   : "/training/sessions/{}/check-in"),
			    v->counts.booked > 0 ? "Record who came" : "Settle the check-ins");
		if (ended && v->manages) {
			LIT(p->html, "<p class=\"govuk-body\">");
			ui_anchor(p->html, under(v, "/training/sessions/{}/close"), "Decide about them all and close the session");
			LIT(p->html, "</p>");
		}
	} else if (session_move_fault(&facts, MOVE_CLOSE, p->today) != NULL) {
		inset(p, arena_printf(p->arena,
				      "People can give feedback until %s. The session can be "
				      "closed "
				      "after that.",
				      date_long(p->arena, v->s.feedback_until)));
	} else if (v->manages) {
		page_button_form(p, under(v, "/training/sessions/{}/close"), "Close session",
				 v->s.version, false);
	}
}

static void next_action(const struct view *v)
{
	if (v->s.state == SESSION_CANCELLED) {
		inset(v->p, arena_printf(v->p->arena, "Cancelled: %s", v->s.cancel_reason));
	}
	if (!v->delivers) {
		return;
	}
	if (v->s.state == SESSION_PLANNED && v->trainer_fault != NULL) {
		inset(v->p, arena_printf(v->p->arena, "This session cannot be confirmed yet. %s.", v->trainer_fault));
	} else if (v->s.state == SESSION_PLANNED) {
		page_button_form(v->p, under(v, "/training/sessions/{}/confirm"), "Confirm session",
				 v->s.version, false);
	} else if (v->s.state == SESSION_CONFIRMED) {
		next_when_confirmed(v);
	} else if (v->s.state == SESSION_DELIVERED) {
		next_when_delivered(v);
	}
}

/* ---- facts ---- */

static void facts(const struct view *v)
{
	struct arena *a = v->p->arena;
	const struct session *s = &v->s;
	const char *host_names = v->hosts;
	bool changes = v->manages && session_may_change(s->state);
	struct url edit = under(v, "/training/sessions/{}/edit");
	const struct ui_action date = { .text = "Change",
					.href = edit,
					.visually_hidden_text = "date and time" };
	const struct ui_action venue = { .text = "Change",
					 .href = edit,
					 .visually_hidden_text = "venue" };
	const struct ui_action host = { .text = "Change",
					.href = under(v, "/training/sessions/{}/hosts"),
					.visually_hidden_text = "hosts" };
	const struct ui_action places = { .text = "Change",
					  .href = edit,
					  .visually_hidden_text = "places" };
	const struct ui_action trainer = { .text = "Change",
					   .href = edit,
					   .visually_hidden_text = "trainer" };
	size_t n = changes ? 1 : 0;
	const struct ui_summary_row rows[] = {
		{ .key = "Reference", .value = s->reference },
		{ .key = "Course",
		  .value = s->course,
		  .value_href = link_course(a, s->course_reference) },
		{ .key = session_may_change(s->state) ? "To be taught as" : "Taught as", .value = version_text(a, &v->taught) },
		{ .key = session_may_change(s->state) ? "Covers" : "Covered",
		  .value = texts_labels(a, &aspect_words, &v->taught.aspects),
		  .value_classes = "app-lines" },
		{ .key = "Date and time",
		  .value = instant_long(a, s->starts_at),
		  .actions = &date,
		  .n_actions = n },
		{ .key = "Length",
		  .value = arena_printf(a, "%lld minutes", (long long)s->duration_minutes) },
		{ .key = "Venue", .value = s->venue, .actions = &venue, .n_actions = n },
		{ .key = v->n_hosts > 1 ? "Hosts" : "Host",
		  .value = text_empty(host_names) ? "Not provided" : host_names,
		  .actions = &host,
		  .n_actions = v->manages && s->state != SESSION_CLOSED && s->state != SESSION_CANCELLED },
		{ .key = "Places",
		  .value = text_thousands(a, s->places),
		  .actions = &places,
		  .n_actions = n },
		{ .key = "Trainer", .value = s->trainer, .actions = &trainer, .n_actions = n },
	};

	ui_summary_list(v->p->html, &(struct ui_summary_list){
					    .rows = rows, .n_rows = sizeof(rows) / sizeof(*rows) });
}

/* What a session has on paper and in calendars. */
static void papers(const struct view *v)
{
	struct html *h = v->p->html;
	bool open = v->s.state != SESSION_CLOSED && v->s.state != SESSION_CANCELLED;

	LIT(h, "<ul class=\"govuk-list\"><li>");
	ui_anchor(h, under(v, "/training/sessions/{}/calendar.ics"), "Calendar file");
	if (v->delivers && open) {
		LIT(h, "</li><li>");
		ui_anchor(h, under(v, "/training/sessions/{}/sign-in-sheet"), "Sign-in sheet, to print");
	}
	LIT(h, "</li><li>");
	ui_anchor(h, under(v, "/training/sessions/{}/programme"), v->manages && open ? "Change or print the programme" : "Programme");
	LIT(h, "</li></ul>");
}

/* ---- attendance ---- */

static const char *attendance_tag(int state)
{
	switch (state) {
	case ATTENDANCE_ATTENDED:
		return "green";
	case ATTENDANCE_PART:
		return "yellow";
	case ATTENDANCE_BOOKED:
		return "blue";
	default:
		return "grey";
	}
}

static struct err *people(const struct view *v)
{
	struct page *p = v->p;
	struct people list;
	bool late = false;
	const struct ui_cell head[] = { { .text = "Name" },
					{ .text = "School or organisation" },
					{ .text = "Job" },
					{ .text = "Attendance" },
					{ .text = "Arrived" } };
	const struct ui_table table = { .caption = "People on the list",
					.caption_classes = "govuk-visually-hidden",
					.head = head,
					.n_head = 5,
					.scrolls = true };

	TRY(people_of_page(p, v->s.id, &list));
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < list.n; i++) {
		const struct attendance_line *r = &list.v[i];

		late = late || attendance_late(v->s.starts_at, r->arrived_at);
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = r->name,
						    .href = link_learner(p->arena, r->learner) });
		ui_cell(p->html, &(struct ui_cell){ .text = text_empty(r->school) ? r->organisation
										  : r->school });
		ui_cell(p->html, &(struct ui_cell){ .text = r->job });
		ui_cell(p->html,
			&(struct ui_cell){ .text = words_label(&attendance_state_words, r->state),
					   .tag_colour = attendance_tag(r->state) });
		ui_cell(p->html,
			&(struct ui_cell){ .text = attendance_times_text(p->arena, v->s.starts_at, r->arrived_at, r->left_at) });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	if (late) {
		ui_paragraph(p->html, arena_printf(p->arena, "Late: more than %d minutes after the start.", LATE_MINUTES));
	}
	people_pages(p, link_session(p->arena, v->s.reference), &list);
	return NULL;
}

static void tile(struct page *p, const char *label, int64_t n)
{
	ui_tile(p->html, &(struct ui_tile){ .label = label, .value = text_thousands(p->arena, n) });
}

static struct err *attendance(const struct view *v)
{
	struct page *p = v->p;
	struct html *h = p->html;
	const struct session_counts *c = &v->counts;
	int64_t all = c->booked + c->attended + c->part + c->no_show + c->apologies;

	ui_subheading(h, 2, "Attendance");
	if (all == 0) {
		ui_paragraph(h, "Nobody is on the list yet.");
	} else {
		ui_tiles_begin(h);
		tile(p, "Booked", c->booked);
		tile(p, "Attended in full", c->attended);
		tile(p, "Attended in part", c->part);
		tile(p, "Did not come", c->no_show);
		if (c->apologies > 0) {
			tile(p, "Sent apologies", c->apologies);
		}
		ui_tiles_end(h);
	}
	if (v->delivers && v->s.state != SESSION_CLOSED && v->s.state != SESSION_CANCELLED) {
		LIT(h, "<ul class=\"govuk-list\"><li>");
		ui_anchor(h, under(v, "/training/sessions/{}/check-in"), "Check people in, on a phone");
		LIT(h, "</li><li>");
		ui_anchor(h, under(v, "/training/sessions/{}/attendance"),
			  "Record attendance by keyboard");
		LIT(h, "</li><li>");
		ui_anchor(h, under(v, "/training/sessions/{}/attendance/import"),
			  "Paste a list or upload a CSV file");
		LIT(h, "</li></ul>");
	}
	if (all > 0 && policy_allows(p->who->role, PERM_learner_read, p->relation)) {
		TRY(people(v));
	}
	return NULL;
}

/* ---- feedback ---- */

static const char *window_text(const struct view *v)
{
	struct arena *a = v->p->arena;

	switch (v->window) {
	case FEEDBACK_OPEN:
		return arena_printf(a, "Open until %s.", date_long(a, v->s.feedback_until));
	case FEEDBACK_ENDED:
		return "Ended.";
	case FEEDBACK_NOT_YET:
		break;
	}
	return "Opens when the session is marked as delivered, or when the trainer opens it on the "
	       "day.";
}

static void feedback_links(const struct view *v)
{
	struct html *h = v->p->html;

	LIT(h, "<ul class=\"govuk-list\"><li>");
	ui_anchor(h, under(v, "/training/sessions/{}/feedback"), "What people said");
	if (v->delivers && v->s.state != SESSION_CLOSED) {
		LIT(h, "</li><li>");
		ui_anchor(h, under(v, "/training/sessions/{}/poster"),
			  "Poster with the QR code, to print or show");
		LIT(h, "</li><li>");
		ui_anchor(h, under(v, "/training/sessions/{}/feedback-window"),
			  v->window == FEEDBACK_NOT_YET ? "Open feedback"
							: "Change the last day for feedback");
	}
	LIT(h, "</li></ul>");
}

static void feedback(const struct view *v)
{
	struct page *p = v->p;
	struct html *h = p->html;
	const char *address = page_public_address(p, link_feedback(p->arena, v->s.feedback_code));
	int64_t came = v->counts.attended + v->counts.part;

	if (v->s.state == SESSION_CANCELLED) {
		return;
	}
	ui_subheading(h, 2, "Feedback");
	ui_paragraph(h, window_text(v));
	if (v->totals.answers > 0) {
		ui_paragraph(h, arena_printf(p->arena, "%lld answered, of %lld who came.",
					     (long long)v->totals.answers, (long long)came));
	}
	if (v->window != FEEDBACK_ENDED) {
		LIT(h, "<p class=\"govuk-body app-address\">Short link: ");
		ui_anchor(h, link_feedback(p->arena, v->s.feedback_code), address);
		LIT(h, "</p>");
		ui_qr(h, &(struct ui_qr){
				 .text = address, .label = "QR code: feedback form", .size = 160 });
	}
	feedback_links(v);
}

struct err *session_page(struct page *p)
{
	struct view v;

	TRY(load(p, &v));
	page_begin(p, &(struct page_head){ .title = v.s.course,
					   .no_heading = true,
					   .back = URL("/training/sessions") });
	ui_heading(p->html, arena_printf(p->arena, "Session %s", v.s.reference), v.s.course);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_tag(p->html, &(struct ui_tag){ .text = words_label(&session_state_words, v.s.state),
					  .classes = arena_printf(p->arena, "govuk-tag--%s",
								  session_state_tag(v.s.state)) });
	LIT(p->html, "</p>");
	next_action(&v);
	facts(&v);
	TRY(programme_part(p, &v.s));
	papers(&v);
	TRY(series_part(p, &v.s));
	TRY(booking_section(p, &v.s));
	TRY(attendance(&v));
	feedback(&v);
	if (v.delivers && (v.s.state == SESSION_DELIVERED || v.s.state == SESSION_CLOSED)) {
		ui_subheading(p->html, 2, "Certificates");
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, under(&v, "/training/sessions/{}/certificates"), "Issue and print certificates");
		LIT(p->html, "</p>");
	}
	TRY(review_of_session(p, &v.s));
	if (v.manages && session_after(v.s.state, MOVE_CANCEL) != 0) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, under(&v, "/training/sessions/{}/cancel"),
			  "Cancel this session");
		LIT(p->html, "</p>");
	}
	page_end(p);
	return NULL;
}
