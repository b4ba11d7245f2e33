/* The public form, its thanks and its poster. What came of it is feedback_results.c. */
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

static void question(struct page *p, const char *name, const char *label, const struct words *scale)
{
	struct ui_item items[5];
	size_t n = 0;
	const struct ui_fieldset fieldset = {
		.legend = { .text = label, .classes = "govuk-fieldset__legend--s" }
	};

	for (const struct word *w = scale->items; w->word != NULL; w++) {
		items[n++] = (struct ui_item){ .value = w->word, .text = w->label };
	}
	ui_radios(p->html,
		  &(struct ui_radios){
			  .name = name,
			  .fieldset = &fieldset,
			  .items = items,
			  .n_items = n,
			  .value = typed(p, name),
			  .classes = "govuk-radios--small",
			  .error_message = {
				  .text = p->outcome == NULL
						  ? NULL
						  : problem_of(&p->outcome->problems, name) } });
}

/* The course's own questions, and how confident people were: as the version of the session's day asks. */
static void own_questions(struct page *p, const struct feedback_session *s, const struct own_questions *asked)
{
	for (size_t i = 0; i < asked->n; i++) {
		const struct course_question *q = &asked->v[i];
		const char *name = arena_printf(p->arena, "own_%lld", (long long)q->number);

		if (q->kind == QUESTION_AGREE) {
			question(p, name, q->wording, &agreement_words);
		} else {
			ui_textarea(p->html, &(struct ui_textarea){
				.name = name, .id = name, .value = typed(p, name), .rows = 3,
				.label = { .text = q->wording, .classes = "govuk-label--s" },
				.hint = { .text = "Do not name anybody." },
				.error_message = { .text = p->outcome == NULL ? NULL : problem_of(&p->outcome->problems, name) } });
		}
	}
	if (s->asks_confidence) {
		question(p, "confidence_before", record_field(&feedback_form_record, "confidence_before")->label, &confidence_words);
		question(p, "confidence_after", record_field(&feedback_form_record, "confidence_after")->label, &confidence_words);
	}
}

/* Written out instead of page_form: the usual form carries a key that the house keeps with the time
 * it was used. The ticket here only becomes the id of the answer. */
static void form(struct page *p, const struct feedback_session *s, const struct own_questions *asked)
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
			question(p, f->name, f->label, &agreement_words);
		}
	}
	own_questions(p, s, asked);
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
	struct own_questions asked;

	TRY(session_by_code(p, &s));
	TRY(course_version_questions(p->arena, p->db, s.version_id, &asked));
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
	form(p, &s, &asked);
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
	const char *address = page_public_address(p, link_feedback(p->arena, s.feedback_code));

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
