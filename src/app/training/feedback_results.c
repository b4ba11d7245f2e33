/* What came of the feedback: of one session, and of the sessions of a course or a trainer together. */
#include "app/training/course.h"
#include "app/training/feedback.h"
#include "app/training/feedback.sql.h"
#include "app/training/session.sql.h"
#include "app/training/trainer.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

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
		bool few = item->answers > 0 && item->answers < SHOWN_FROM;
		const char *range = item->answers == 0 || few
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
						 : few	 ? arena_printf(a, "Shown from %d", SHOWN_FROM)
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

/* ---- confidence before and after ---- */

static void confidence_table(struct page *p, const struct confidence_results *c)
{
	static const struct ui_cell head[] = { { .text = "Confidence" },
					       { .text = "Before", .format = "numeric" },
					       { .text = "After", .format = "numeric" } };
	const struct ui_table table = { .caption = "How confident people say they were before, and are after",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 3 };
	const char *const names[] = { "Mean, of 1 to 5", "Median" };
	const double values[][2] = { { c->mean_before, c->mean_after }, { c->median_before, c->median_after } };
	struct arena *a = p->arena;

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < 2; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = names[i], .header = true });
		for (size_t j = 0; j < 2; j++) {
			ui_cell(p->html, &(struct ui_cell){ .text = arena_printf(a, "%.1f", values[i][j]), .format = "numeric" });
		}
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	ui_paragraph(p->html, arena_printf(a, "%s answered both: %s higher after, %s the same, %s lower. 1 is not at all confident, "
					      "5 completely. Both are asked after the session, so they tell how people see it, not "
					      "what was measured before.",
					   text_thousands(a, c->n), text_thousands(a, c->higher), text_thousands(a, c->same),
					   text_thousands(a, c->lower)));
}

/* Nothing where nobody was asked or has answered. */
static void confidence_part(struct page *p, const struct confidence_pair *pairs, size_t n)
{
	struct confidence_results c;

	confidence_results(pairs, n, &c);
	if (c.n > 0 && !c.enough) {
		ui_paragraph(p->html, arena_printf(p->arena, "How confident people were is shown when at least %d have answered both.",
						   SHOWN_FROM));
	} else if (c.n > 0) {
		confidence_table(p, &c);
	}
}

static struct err *confidence_of_session(struct page *p, const struct session_arg *args)
{
	struct confidence_pair *pairs;
	size_t n;

	TRY(sql_feedback_confidence(p->arena, p->db, args, &pairs, &n));
	confidence_part(p, pairs, n);
	return NULL;
}

/* ---- the course's own questions ---- */

static struct err *own_said(struct page *p, const struct own_args *args, const struct own_total *totals, size_t n_totals)
{
	struct own_said *rows;
	size_t n;

	TRY(sql_feedback_own_said(p->arena, p->db, args, &rows, &n));
	for (size_t i = 0; i < n_totals; i++) {
		if (totals[i].kind != QUESTION_TEXT || totals[i].answers < SHOWN_FROM) {
			continue;
		}
		ui_subheading(p->html, 2, totals[i].wording);
		for (size_t j = 0; j < n; j++) {
			if (rows[j].question_id == totals[i].id) {
				ui_inset_text(p->html, &(struct ui_inset_text){ .text = rows[j].said });
			}
		}
	}
	return NULL;
}

static void own_row(struct page *p, const struct own_total *t)
{
	struct arena *a = p->arena;
	bool counts = t->kind == QUESTION_AGREE;
	double low, high;

	wilson_interval(t->agree, t->answers, &low, &high);
	ui_row_begin(p->html);
	ui_cell(p->html, &(struct ui_cell){ .text = t->wording, .header = true });
	ui_cell(p->html, &(struct ui_cell){ .text = text_thousands(a, t->answers), .format = "numeric" });
	if (t->answers < SHOWN_FROM) {
		ui_cell(p->html, &(struct ui_cell){ .text = arena_printf(a, "Shown from %d", SHOWN_FROM), .format = "numeric" });
		ui_cell(p->html, &(struct ui_cell){ .text = "" });
	} else {
		ui_cell(p->html, &(struct ui_cell){
			.format = "numeric",
			.text = counts ? arena_printf(a, "%s (%lld)", percent(a, (double)t->agree / (double)t->answers),
						      (long long)t->agree)
				       : "In words" });
		ui_cell(p->html, &(struct ui_cell){
			.format = "numeric",
			.text = counts ? arena_printf(a, "%s to %s", percent(a, low), percent(a, high)) : "" });
	}
	ui_row_end(p->html);
}

static struct err *own_results(struct page *p, const struct session *s)
{
	static const struct ui_cell head[] = { { .text = "Question" },
					       { .text = "Answers", .format = "numeric" },
					       { .text = "Agree or strongly agree", .format = "numeric" },
					       { .text = "Likely range", .format = "numeric" } };
	const struct ui_table table = { .caption = "The course’s own questions",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 4,
					.scrolls = true };
	struct own_args args = { .session_id = s->id };
	struct course_version taught;
	struct own_total *rows;
	size_t n;

	TRY(course_version_on(p->arena, p->db, s->course_id, s->held_on, &taught));
	args.version_id = taught.id;
	TRY(sql_feedback_own_totals(p->arena, p->db, &args, &rows, &n));
	if (n == 0) {
		return NULL;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		own_row(p, &rows[i]);
	}
	ui_table_end(p->html, &table);
	return policy_allows(p->who->role, PERM_training_deliver, p->relation) ? own_said(p, &args, rows, n) : NULL;
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
		TRY(confidence_of_session(p, &args));
		TRY(own_results(p, &s));
		TRY(comments(p, &s));
	}
	page_end(p);
	return NULL;
}

/* ---- many sessions together ---- */

static void pool_tiles(struct page *p, const struct pool_base *b)
{
	struct arena *a = p->arena;
	bool known = b->came > 0;

	ui_tiles_begin(p->html);
	ui_tile(p->html, &(struct ui_tile){ .label = "Sessions held", .value = text_thousands(a, b->sessions) });
	ui_tile(p->html, &(struct ui_tile){ .label = "People who came", .value = text_thousands(a, b->came) });
	ui_tile(p->html, &(struct ui_tile){ .label = "Answers", .value = text_thousands(a, b->answers) });
	ui_tile(p->html, &(struct ui_tile){ .label = "Response rate",
					    .value = known ? percent(a, (double)b->answers / (double)b->came) : "Not known" });
	ui_tiles_end(p->html);
}

static void period_links(struct page *p, struct url here, bool all)
{
	LIT(p->html, "<p class=\"govuk-body\">");
	if (all) {
		LIT(p->html, "All sessions. ");
		ui_anchor(p->html, here, "Show the past 12 months");
	} else {
		LIT(p->html, "Sessions of the past 12 months. ");
		ui_anchor(p->html, url_with(p->arena, here, "period", "all"), "Show all");
	}
	LIT(p->html, "</p>");
}

/*
 * What was said at many sessions. Of each statement only sessions that show it themselves are in: a sum that held the
 * answers of a smaller one would give them away to whoever takes off what the other sessions show. The same of
 * confidence, by those who answered both.
 */
static struct err *pool_page(struct page *p, struct pool_args args, const struct page_head *head, struct url here)
{
	bool all = text_same(page_query(p, "period"), "all");
	struct pool_base base;
	struct feedback_totals totals;
	struct feedback_results r;
	struct confidence_pair *pairs;
	size_t n;

	args.authority_id = p->who->authority_id;
	args.from = all ? (struct date){ 1900, 1, 1 } : date_add_months(p->today, -12);
	args.to = p->today;
	args.shown_from = SHOWN_FROM;
	TRY(sql_feedback_pool_base(p->arena, p->db, &args, &base));
	TRY(sql_feedback_pool_totals(p->arena, p->db, &args, &totals));
	TRY(sql_feedback_pool_confidence(p->arena, p->db, &args, &pairs, &n));
	feedback_results(&totals, base.came, &r);
	page_begin(p, head);
	period_links(p, here, all);
	pool_tiles(p, &base);
	if (r.enough) {
		results_table(p, &r);
		confidence_part(p, pairs, n);
	}
	ui_paragraph(p->html,
		     arena_printf(p->arena,
				  "What people answered is shown of sessions with at least %d answers each, so that nobody can be "
				  "guessed: %s of the %s. The response rate is of all of them.",
				  SHOWN_FROM, text_thousands(p->arena, base.shown), text_thousands(p->arena, base.sessions)));
	page_end(p);
	return NULL;
}

struct err *course_feedback_page(struct page *p)
{
	struct course c;

	TRY(course_of(p->arena, p->db, p->who, page_path(p, "course"), &c));
	return pool_page(p, (struct pool_args){ .course_id = c.id },
			 &(struct page_head){ .title = "What people said of this course",
					      .caption = c.title,
					      .back = link_course(p->arena, c.reference) },
			 url_path(p->arena, "/training/courses/{}/feedback", c.reference));
}

struct err *trainer_feedback_page(struct page *p)
{
	struct accreditation x;

	TRY(trainer_of(p->arena, p->db, p->who, page_path(p, "trainer"), &x));
	/* Without an account nobody is named on a session: no row has this id. */
	return pool_page(p, (struct pool_args){ .trainer_id = x.user_id != 0 ? x.user_id : -1 },
			 &(struct page_head){ .title = "What people said of this trainer’s sessions",
					      .caption = x.name,
					      .back = link_trainer(p->arena, x.reference) },
			 url_path(p->arena, "/training/trainers/{}/feedback", x.reference));
}
