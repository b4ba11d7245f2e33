/* The public form, its thanks, its poster, and what came of it. */
#include "app/training/feedback.h"
#include "app/training/feedback.sql.h"
#include "app/training/session.sql.h"
#include "app/training/session_rules.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "trust/trust.h"

/* ---- the form ---- */

static struct err *session_by_code(struct page *p, struct feedback_session *out)
{
	const struct feedback_code_arg key = { page_path(p, "code") };
	bool found;

	TRY(sql_feedback_session(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no feedback form under this address");
}

static const char *typed(const struct page *p, const char *name)
{
	return p->outcome == NULL ? NULL : pairs_get(&p->outcome->raw, name);
}

static void question(struct page *p, const struct field *f)
{
	struct ui_item items[5];
	size_t n = 0;
	const struct ui_fieldset fieldset = {
		.legend = { .text = f->label, .classes = "govuk-fieldset__legend--s" }
	};

	for (const struct word *w = agreement_words.items; w->word != NULL; w++) {
		items[n++] = (struct ui_item){ .value = w->word, .text = w->label };
	}
	ui_radios(p->html,
		  &(struct ui_radios){
			  .name = f->name,
			  .fieldset = &fieldset,
			  .items = items,
			  .n_items = n,
			  .value = typed(p, f->name),
			  .classes = "govuk-radios--small",
			  .error_message = {
				  .text = p->outcome == NULL
						  ? NULL
						  : problem_of(&p->outcome->problems, f->name) } });
}

/* Written out instead of page_form: the usual form carries a key that the house keeps with the time
 * it was used. The ticket here only becomes the id of the answer. */
static void form(struct page *p)
{
	struct html *h = p->html;
	const char *ticket = typed(p, "ticket");

	LIT(h, "<form method=\"post\" novalidate action=\"");
	html_url(h, link_feedback(p->arena, page_path(p, "code")));
	LIT(h, "\">");
	if (p->who->user_id != 0) { /* a trainer who looks at the form while signed in */
		ui_hidden(h, "_csrf", csrf_token(p->arena, p->world, p->who));
	}
	ui_hidden(h, "ticket",
		  text_empty(ticket) ? world_reference(p->world, p->arena, 20) : ticket);
	for (const struct field *f = feedback_form_record.fields; f->name != NULL; f++) {
		if (f->words == &agreement_words) {
			question(p, f);
		}
	}
	ui_textarea(h,
		    &(struct ui_textarea){
			    .name = "comment",
			    .value = typed(p, "comment"),
			    .rows = 4,
			    .label = { .text = "Is there anything else you want to say?",
				       .classes = "govuk-label--s" },
			    .hint = { .text = "Do not name anybody. What people answer is shown "
					      "when at least 5 have "
					      "answered." },
			    .error_message = { .text = p->outcome == NULL
							       ? NULL
							       : problem_of(&p->outcome->problems,
									    "comment") } });
	ui_button(h,
		  &(struct ui_button){ .text = "Send feedback", .prevent_double_click = UI_TRUE });
	LIT(h, "</form>");
}

struct err *feedback_form_page(struct page *p)
{
	struct feedback_session s;

	TRY(session_by_code(p, &s));
	enum feedback_window window =
		feedback_window(s.state, s.held_on, s.feedback_until, p->today);
	const char *caption =
		arena_printf(p->arena, "%s, %s", s.course, date_long(p->arena, s.held_on));

	if (window != FEEDBACK_OPEN) {
		page_begin(p, &(struct page_head){ .plain = true,
						   .caption = caption,
						   .title = window == FEEDBACK_ENDED
								    ? "Feedback has ended"
								    : "Feedback is not open yet" });
		ui_paragraph(p->html, window == FEEDBACK_ENDED
					      ? "Feedback for this session can no longer be given. "
						"Thank you for wanting to tell us. If something is "
						"important, speak to your trainer or to the "
						"council’s Prevent team."
					      : "The form opens on the day of the session. Come "
						"back with the same link.");
		page_end(p);
		return NULL;
	}
	page_begin(p, &(struct page_head){ .title = "Tell us about the session",
					   .plain = true,
					   .caption = caption });
	ui_paragraph(p->html, "It takes about a minute. Every question is optional. Your answers "
			      "are anonymous: we do not "
			      "record who you are, your device or the time.");
	form(p);
	page_end(p);
	return NULL;
}

struct err *feedback_thanks_page(struct page *p)
{
	struct feedback_session s;

	TRY(session_by_code(p, &s));
	page_begin(p,
		   &(struct page_head){ .title = "Thank you", .plain = true, .no_heading = true });
	ui_panel(p->html, &(struct ui_panel){ .title_text = "Thank you",
					      .text = "Your feedback has been sent" });
	ui_paragraph(p->html, "If you are worried about somebody, tell your safeguarding lead or "
			      "the council’s Prevent team. "
			      "In an emergency call 999.");
	page_end(p);
	return NULL;
}

/* ---- the poster ---- */

struct err *feedback_poster_page(struct page *p)
{
	struct session s;
	struct html *h;

	TRY(session_of_page(p, &s));
	const char *address = feedback_address(p, s.feedback_code);

	page_begin(p, &(struct page_head){ .title = "Tell us about the session",
					   .no_heading = true,
					   .back = link_session(p->arena, s.reference) });
	h = p->html;
	LIT(h, "<button type=\"button\" class=\"govuk-button govuk-button--secondary\" "
	       "data-app-print hidden>Print</button>"
	       "<div class=\"app-poster\">");
	ui_heading(h, arena_printf(p->arena, "%s, %s", s.course, date_long(p->arena, s.held_on)),
		   "Tell us about the session");
	ui_paragraph(h, "One minute, anonymous. Point the camera of your phone here:");
	ui_qr(h,
	      &(struct ui_qr){ .text = address, .label = "QR code: feedback form", .size = 360 });
	LIT(h, "<p class=\"govuk-body-l app-address\">Or type <strong>");
	html_text(h, address);
	LIT(h, "</strong></p></div>");
	page_end(p);
	return NULL;
}

/* ---- results ---- */

static const char *percent(struct arena *a, double share)
{
	return arena_printf(a, "%.0f%%", share * 100);
}

static void results_table(struct page *p, const struct feedback_results *r)
{
	static const struct ui_cell head[] = { { .text = "Statement" },
					       { .text = "Answers", .format = "numeric" },
					       { .text = "Agree or strongly agree",
						 .format = "numeric" },
					       { .text = "Likely range", .format = "numeric" } };
	const struct ui_table table = { .caption = "Answers to each statement",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 4,
					.scrolls = true };
	struct arena *a = p->arena;

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < FEEDBACK_ITEMS; i++) {
		const struct feedback_item *item = &r->items[i];
		const char *range = item->answers == 0
					    ? ""
					    : arena_printf(a, "%s to %s", percent(a, item->low),
							   percent(a, item->high));

		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = item->statement, .header = true });
		ui_cell(p->html, &(struct ui_cell){ .text = text_thousands(a, item->answers),
						    .format = "numeric" });
		ui_cell(p->html, &(struct ui_cell){
					 .format = "numeric",
					 .text = item->answers == 0
							 ? "No answers"
							 : arena_printf(a, "%s (%lld)",
									percent(a, item->share),
									(long long)item->agree) });
		ui_cell(p->html, &(struct ui_cell){ .text = range, .format = "numeric" });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	ui_paragraph(p->html, "Shares are of those who answered the statement, not of everybody "
			      "who came. The likely range is "
			      "the 95% Wilson interval.");
}

static struct err *comments(struct page *p, const struct session *s)
{
	struct session_arg args = { .authority_id = p->who->authority_id, .session_id = s->id };
	struct feedback_comment *rows;
	size_t n;

	if (!policy_allows(p->who->role, PERM_training_deliver, p->relation)) {
		return NULL;
	}
	ui_subheading(p->html, 2, "Comments");
	TRY(sql_feedback_comments(p->arena, p->db, &args, &rows, &n));
	if (n == 0) {
		ui_paragraph(p->html, "Nobody left a comment.");
	}
	for (size_t i = 0; i < n; i++) {
		ui_inset_text(p->html, &(struct ui_inset_text){ .text = rows[i].comment });
	}
	return NULL;
}

struct err *feedback_results_page(struct page *p)
{
	struct session s;
	struct session_arg args = { .authority_id = p->who->authority_id };
	struct session_counts counts;
	struct feedback_totals totals;
	struct feedback_results r;

	TRY(session_of_page(p, &s));
	args.session_id = s.id;
	TRY(sql_session_counts(p->arena, p->db, &args, &counts));
	TRY(sql_feedback_totals(p->arena, p->db, &args, &totals));
	feedback_results(&totals, counts.attended + counts.part, &r);
	page_begin(p,
		   &(struct page_head){ .title = "What people said",
					.back = link_session(p->arena, s.reference),
					.caption = arena_printf(p->arena, "%s, %s", s.course,
								date_long(p->arena, s.held_on)) });
	ui_tiles_begin(p->html);
	ui_tile(p->html, &(struct ui_tile){ .label = "Answers",
					    .value = text_thousands(p->arena, r.answers) });
	ui_tile(p->html, &(struct ui_tile){ .label = "People who came",
					    .value = text_thousands(p->arena, r.attendees) });
	ui_tile(p->html,
		&(struct ui_tile){
			.label = "Response rate",
			.value = r.rate_known ? percent(p->arena, r.response_rate) : "Not known",
			.note = r.answers > r.attendees && r.rate_known
					? "More answers than people recorded: check the attendance"
					: NULL });
	ui_tiles_end(p->html);
	if (r.answers == 0) {
		ui_paragraph(p->html, "Nobody has answered yet.");
	} else if (!r.enough) {
		ui_paragraph(p->html, arena_printf(p->arena,
						   "What was answered is shown when at least %d people have "
						   "answered, so that nobody can be guessed.",
						   SHOWN_FROM));
	} else {
		results_table(p, &r);
		TRY(comments(p, &s));
	}
	page_end(p);
	return NULL;
}
