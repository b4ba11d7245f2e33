/* Sessions: the list, and the forms round one. The page of one session is session_view.c. */
#include "app/training/booking.h"
#include "app/training/need.h"
#include "app/training/session.sql.h"
#include "app/training/session_rows.h"
#include "app/training/session_rules.h"
#include "app/training/trainer.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

enum { DAYS_BACK = 28, SOON_DAYS = 3, COMING_DAYS = 14 };

/* ---- the list ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_session(a, ((const struct session_line *)row)->reference);
}

static const char *line_tag(const void *row)
{
	return session_state_tag(((const struct session_line *)row)->state);
}

static const char *line_after(struct arena *a, const void *row)
{
	return arena_printf(a, "%lld", (long long)((const struct session_line *)row)->starts_at.ms);
}

static const char *line_people(struct arena *a, const void *row)
{
	const struct session_line *s = row;

	return arena_printf(a, "%lld of %lld", (long long)s->people, (long long)s->places);
}

static const struct column columns[] = {
	{ .field = "course", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .field = "starts_at" },
	{ .field = "venue" },
	{ .field = "trainer" },
	{ .heading = "People", .text = line_people },
	{ .field = "people", .export_only = true },
	{ .field = "places", .export_only = true },
	{ .field = "state", .tag = line_tag },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "soonest", "Soonest first", &SQL_sessions_soonest, line_after },
	{ "latest", "Latest first", &SQL_sessions_latest, line_after },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	if (page_may(p, PERM_training_manage)) {
		ui_button(p->html, &(struct ui_button){ .text = "Schedule a session",
							.href = URL("/training/sessions/new") });
	}
	return NULL;
}

/* What needs attention is recent or still to come: the bare page begins four weeks back, and its
 * filter says so. Whoever asks for something in particular, or for a file, gets just that. */
static void list_defaults(struct page *p, void *args)
{
	struct sessions_args *a = args;

	a->today = p->today;
	a->soon = date_add_days(p->today, SOON_DAYS);
	if (p->request->query.n == 0 && text_same(p->request->path, session_list.path)) {
		a->from = date_add_days(p->today, -DAYS_BACK);
	}
}

/* London days as bounds of the sort key: a long past or future is never walked over. */
static void list_settle(void *args)
{
	struct sessions_args *a = args;

	a->from_ms = date_is_set(a->from) ? instant_of_local(a->from, 0, 0).ms : 0;
	a->to_ms = date_is_set(a->to) ? instant_of_local(date_add_days(a->to, 1), 0, 0).ms : 0;
}

static bool line_is_planned(const void *row)
{
	return ((const struct session_line *)row)->state == SESSION_PLANNED;
}

static const struct bulk list_bulk[] = {
	{ .operation = &confirm_session,
	  .capture = "session",
	  .field = "reference",
	  .label = "Confirm selected sessions",
	  .question = "Confirm these sessions?",
	  .done = "confirmed",
	  .offers = line_is_planned },
	{ 0 },
};

const struct list session_list = {
	.name = "sessions",
	.title = "Training sessions",
	.caption = "Training sessions",
	.empty = "There are no sessions that fit. Change the filters, or schedule a session.",
	.path = "/training/sessions",
	.permission = PERM_training_read,
	.args = &sessions_args_record,
	.row = &session_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
	.defaults = list_defaults,
	.settle = list_settle,
	.bulk = list_bulk,
};

/* ---- forms ---- */

struct err *session_new_page(struct page *p)
{
	page_begin(p, &(struct page_head){ .title = "Schedule a session",
					   .back = URL("/training/sessions") });
	TRY(page_form(p, &(struct form){ .record = &session_form_record,
					 .submit = "Schedule session",
					 .action = URL("/training/sessions/new"),
					 .cancel = URL("/training/sessions") }));
	page_end(p);
	return NULL;
}

static struct session_form form_of(struct arena *a, const struct session *s)
{
	return (struct session_form){
		.starts_at = s->starts_at,
		.duration_minutes = s->duration_minutes,
		.venue = s->venue,
		.host = session_host(a, s),
		.places = s->places,
		.trainer = s->trainer_reference,
	};
}

/* What may be changed of a session that is not repeated. */
static const char *const changes_one[] = { "starts_at", "duration_minutes", "venue",   "host",
					   "places",	"trainer",	    NULL };

struct err *session_edit_page(struct page *p)
{
	struct session s;

	TRY(session_of_page(p, &s));
	struct session_form initial = form_of(p->arena, &s);
	struct url back = link_session(p->arena, s.reference);

	page_begin(p, &(struct page_head){
			      .title = "Change this session", .caption = s.course, .back = back });
	if (!session_may_change(s.state)) {
		ui_paragraph(p->html, "Only a planned or confirmed session can be changed.");
	} else {
		TRY(page_form(p, &(struct form){ .record = &session_change_record,
						 .only = s.series_id != 0 ? NULL : changes_one,
						 .submit = "Save changes",
						 .initial = &initial,
						 .action = url_path(p->arena,
								    "/training/sessions/{}/edit",
								    s.reference),
						 .version = s.version,
						 .cancel = back }));
	}
	page_end(p);
	return NULL;
}

struct err *session_cancel_page(struct page *p)
{
	struct session s;

	TRY(session_of_page(p, &s));
	struct url back = link_session(p->arena, s.reference);

	page_begin(p, &(struct page_head){
			      .title = "Cancel this session", .caption = s.course, .back = back });
	ui_paragraph(p->html, arena_printf(p->arena,
					   "%s, %s. People who are booked or wait are not told by "
					   "this service: they are put on the list of people to tell.",
					   instant_long(p->arena, s.starts_at), s.venue));
	TRY(page_form(p,
		      &(struct form){ .record = &cancel_form_record,
				      .submit = "Cancel session",
				      .warning = true,
				      .action = url_path(p->arena, "/training/sessions/{}/cancel",
							 s.reference),
				      .version = s.version }));
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, back, "Keep the session");
	LIT(p->html, "</p>");
	page_end(p);
	return NULL;
}

struct err *session_feedback_window_page(struct page *p)
{
	struct session s;

	TRY(session_of_page(p, &s));
	struct url back = link_session(p->arena, s.reference);
	struct feedback_until_form initial = { s.feedback_until };

	page_begin(p, &(struct page_head){
			      .title = "Feedback window", .caption = s.course, .back = back });
	ui_paragraph(p->html, "People can give feedback from the day of the session until the last "
			      "day set here. "
			      "To end it now, enter yesterday’s date.");
	TRY(page_form(p, &(struct form){ .record = &feedback_until_form_record,
					 .submit = "Save",
					 .initial = &initial,
					 .action = url_path(p->arena,
							    "/training/sessions/{}/feedback-window",
							    s.reference),
					 .version = s.version,
					 .cancel = back }));
	page_end(p);
	return NULL;
}

/* ---- Today ---- */

static const char *sessions_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld session%s", (long long)n, n == 1 ? "" : "s");
}

static struct url due_link(struct arena *a, int due)
{
	return url_with(a, URL("/training/sessions"), "due", words_word(&session_due_words, due));
}

static const char *iso(struct arena *a, struct date d)
{
	char *s = arena_alloc(a, DATE_ISO_SIZE);

	date_iso(d, s);
	return s;
}

struct err *training_today(struct page *p, struct today *out)
{
	struct arena *a = p->arena;
	struct sessions_args args = { .authority_id = p->who->authority_id, .today = p->today };
	struct training_due due;

	TRY(page_may(p, PERM_need_read) ? need_today(p, out) : NULL);
	if (!page_may(p, PERM_training_deliver)) {
		return NULL;
	}
	args.own_user_id =
		policy_reach(p->who->role, PERM_training_read) == REACH_OWN ? p->who->user_id : 0;
	args.soon = date_add_days(p->today, SOON_DAYS);
	args.to = date_add_days(p->today, COMING_DAYS);
	TRY(sql_training_due(a, p->db, &args, &due));
	if (due.to_mark > 0) {
		today_add(out, true, due_link(a, DUE_TO_MARK),
			  "%s past the date and not marked as delivered",
			  sessions_text(a, due.to_mark));
	}
	if (due.to_close > 0 && page_may(p, PERM_training_manage)) {
		today_add(out, false, due_link(a, DUE_TO_CLOSE), "%s delivered and ready to close",
			  sessions_text(a, due.to_close));
	}
	if (due.feedback_ending > 0) {
		today_add(out, false, due_link(a, DUE_FEEDBACK_ENDING),
			  "%s with feedback that ends in the next %d days",
			  sessions_text(a, due.feedback_ending), SOON_DAYS);
	}
	TRY(booking_today(p, out));
	if (due.coming > 0) {
		today_add(out, false,
			  url_with(a,
				   url_with(a, URL("/training/sessions"), "from", iso(a, p->today)),
				   "to", iso(a, args.to)),
			  "%s in the next %d days", sessions_text(a, due.coming), COMING_DAYS);
	}
	return trainer_today(p, out);
}
