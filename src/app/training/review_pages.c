/* Quality reviews: the list, one review, what is due, and the line on a session's page. */
#include "app/directory/school.h"
#include "app/training/review.h"
#include "app/training/review.sql.h"
#include "app/training/rubric.h"
#include "app/training/rubric.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* ---- the list ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_review(a, ((const struct review_line *)row)->reference);
}

static const char *line_title(struct arena *a, const void *row)
{
	const struct review_line *r = row;

	switch (r->subject) {
	case REVIEW_SESSION:
		return arena_printf(a, "%s, %s", r->course, date_long(a, r->held_on));
	case REVIEW_TRAINER:
		return r->trainer;
	default:
		return text_empty(r->package) ? r->course : r->package;
	}
}

static const char *line_tag(const void *row)
{
	return review_state_tag(((const struct review_line *)row)->state);
}

static const char *line_after(struct arena *a, const void *row)
{
	char *s = arena_alloc(a, DATE_ISO_SIZE);

	date_iso(((const struct review_line *)row)->opened_on, s);
	return s;
}

static const struct column columns[] = {
	{ .heading = "Training", .text = line_title, .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .field = "subject", .export_only = true },
	{ .field = "course", .export_only = true },
	{ .field = "held_on", .export_only = true },
	{ .field = "trainer", .export_only = true },
	{ .field = "package", .export_only = true },
	{ .field = "school", .export_only = true },
	{ .field = "reviewer" },
	{ .field = "opened_on" },
	{ .field = "access" },
	{ .field = "overall" },
	{ .field = "follow_up_on", .export_only = true },
	{ .field = "state", .tag = line_tag },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "latest", "Latest first", &SQL_reviews_latest, line_after },
	{ 0 },
};

static void list_defaults(struct page *p, void *args)
{
	((struct reviews_args *)args)->today = p->today;
}

static void tile(struct page *p, const char *label, int64_t n, const char *note, const char *filter, const char *value)
{
	struct url here = URL("/training/reviews");

	ui_tile(p->html, &(struct ui_tile){ .label = label,
					    .value = text_thousands(p->arena, n),
					    .note = note,
					    .href = url_with(p->arena, here, filter, value) });
}

/* Counts of the whole authority, for those who see all of it: of reviews, never by trainer (law 7). */
static struct err *before_list(struct page *p, const void *args)
{
	struct review_counts n;

	if (policy_reach(p->who->role, PERM_review_read) != REACH_ALL) {
		return NULL;
	}
	TRY(sql_review_counts(p->arena, p->db, args, &n));
	ui_tiles_begin(p->html);
	tile(p, "Not finished", n.open, NULL, "due", "open");
	tile(p, "Access refused", n.refused, NULL, "state", "refused");
	tile(p, "Rated", n.rated, arena_printf(p->arena, "%lld good or very good", (long long)n.good), "due",
	     "rated");
	tile(p, "Follow-up due", n.follow_up, NULL, "due", "follow-up");
	ui_tiles_end(p->html);
	if (page_may(p, PERM_review_write)) {
		ui_button(p->html, &(struct ui_button){ .text = "Open a quality review",
							.href = URL("/training/reviews/new") });
	}
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, URL("/training/rubric"), "What a review looks at");
	LIT(p->html, "</p>");
	return NULL;
}

const struct list review_list = {
	.name = "reviews",
	.title = "Quality reviews",
	.caption = "Quality reviews",
	.empty = "There are no quality reviews that fit.",
	.path = "/training/reviews",
	.permission = PERM_review_read,
	.args = &reviews_args_record,
	.row = &review_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
	.defaults = list_defaults,
};

/* ---- one review ---- */

struct view {
	struct page *p;
	struct review r;
	bool writes; /* this person may; what else stands in the way is said when they try */
};

static struct url under(const struct view *v, const char *pattern)
{
	return url_path(v->p->arena, pattern, v->r.reference);
}

static void link_button(const struct view *v, const char *pattern, const char *text, bool secondary)
{
	ui_button(v->p->html, &(struct ui_button){ .text = text,
						   .href = under(v, pattern),
						   .classes = secondary ? "govuk-button--secondary" : NULL });
}

static void next_action(const struct view *v)
{
	struct html *h = v->p->html;

	if (!v->writes) {
		return;
	}
	LIT(h, "<div class=\"govuk-button-group\">");
	switch (v->r.state) {
	case REVIEW_OPENED:
		link_button(v, "/training/reviews/{}/request", "Record that you asked for the material", false);
		break;
	case REVIEW_REQUESTED:
		link_button(v, "/training/reviews/{}/seen", "Record what you saw", false);
		link_button(v, "/training/reviews/{}/refused", "Access was refused", true);
		break;
	case REVIEW_SEEN:
		link_button(v, "/training/reviews/{}/rate", "Rate it", false);
		break;
	case REVIEW_RATED:
		link_button(v, "/training/reviews/{}/done", "Record what was done", false);
		break;
	default:
		break;
	}
	LIT(h, "</div>");
}

static void add_row(struct ui_summary_row *rows, size_t *n, const char *key, const char *value)
{
	if (!text_empty(value)) {
		rows[(*n)++] = (struct ui_summary_row){ .key = key, .value = value, .value_classes = "app-lines" };
	}
}

static const char *day(const struct view *v, struct date d)
{
	return date_is_set(d) ? date_long(v->p->arena, d) : NULL;
}

static void add_subject(const struct view *v, struct ui_summary_row *rows, size_t *n)
{
	const struct review *r = &v->r;
	struct arena *a = v->p->arena;

	rows[(*n)++] = (struct ui_summary_row){ .key = "What is reviewed",
						.value = words_label(&review_subject_words, r->subject) };
	if (r->subject == REVIEW_SESSION) {
		rows[(*n)++] = (struct ui_summary_row){ .key = "Session",
							.value = r->session_reference,
							.value_href = link_session(a, r->session_reference) };
	}
	if (!text_empty(r->course)) {
		rows[(*n)++] = (struct ui_summary_row){ .key = "Course",
							.value = r->course,
							.value_href = link_course(a, r->course_reference) };
	}
	if (r->establishment_urn != 0) {
		rows[(*n)++] = (struct ui_summary_row){
			.key = "School",
			.value = arena_printf(a, "%s (%lld)", r->school, (long long)r->establishment_urn),
			.value_href = page_may(v->p, PERM_coverage_read) ? link_school(a, r->establishment_urn)
									 : (struct url){ NULL },
		};
	}
}

static void facts(const struct view *v)
{
	const struct review *r = &v->r;
	struct ui_summary_row rows[20];
	const struct ui_action change = { .text = "Change",
					  .href = under(v, "/training/reviews/{}/reviewer"),
					  .visually_hidden_text = "reviewer" };
	size_t n = 0;

	add_row(rows, &n, "Reference", r->reference);
	add_subject(v, rows, &n);
	rows[n++] = (struct ui_summary_row){ .key = "Reviewer",
					     .value = r->reviewer,
					     .actions = &change,
					     .n_actions = v->writes && review_is_open(r->state) ? 1 : 0 };
	add_row(rows, &n, "Opened", day(v, r->opened_on));
	add_row(rows, &n, "Material asked for", day(v, r->requested_on));
	add_row(rows, &n, r->state == REVIEW_REFUSED ? "Access refused" : "Material seen", day(v, r->seen_on));
	add_row(rows, &n, "How it was looked at", words_label(&review_method_words, r->method));
	add_row(rows, &n, "Access to the material", words_label(&review_access_words, r->access));
	add_row(rows, &n, "What was said", r->refusal);
	ui_summary_list(v->p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

static struct err *ratings(const struct view *v)
{
	struct page *p = v->p;
	struct rating_line *rows;
	size_t n;
	static const struct ui_cell head[] = { { .text = "Criterion" }, { .text = "Rating" } };
	const struct ui_table table = {
		.caption = arena_printf(p->arena, "Criteria (version %lld of the rubric)", (long long)v->r.rubric),
		.caption_classes = "govuk-table__caption--m",
		.head = head,
		.n_head = 2,
		.scrolls = true,
	};

	TRY(sql_ratings_of(p->arena, p->db, &(struct id_arg){ v->r.id }, &rows, &n));
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = rows[i].label, .header = true });
		ui_cell(p->html, &(struct ui_cell){
					 .text = rows[i].rating == 0
							 ? "Could not be told"
							 : words_label(&review_grade_words, (int)rows[i].rating) });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	return NULL;
}

/* "Islamist; Extreme right-wing". */
static struct err *forms_text(const struct view *v, const char **out)
{
	struct form_row *rows;
	struct buf b;
	size_t n;

	buf_init(&b, v->p->arena, 1000);
	TRY(sql_forms_of(v->p->arena, v->p->db, &(struct id_arg){ v->r.id }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "%s%s", i == 0 ? "" : "; ", words_label(&extremism_words, rows[i].form));
	}
	*out = b.p;
	return NULL;
}

static struct err *result(const struct view *v)
{
	const struct review *r = &v->r;
	struct ui_summary_row rows[10];
	const char *forms;
	size_t n = 0;

	if (r->state != REVIEW_RATED && r->state != REVIEW_ACTIONED) {
		return NULL;
	}
	ui_subheading(v->p->html, 2, "What was found");
	TRY(forms_text(v, &forms));
	add_row(rows, &n, "Overall", words_label(&review_grade_words, (int)r->overall));
	add_row(rows, &n, "Rated", day(v, r->rated_on));
	add_row(rows, &n, "Reasons", r->summary);
	add_row(rows, &n, "Forms of extremism covered", forms);
	add_row(rows, &n, "Case studies used", words_label(&review_case_words, r->case_studies));
	add_row(rows, &n, "What is to be done", r->actions);
	add_row(rows, &n, "Follow up", day(v, r->follow_up_on));
	add_row(rows, &n, "What was done", r->done);
	add_row(rows, &n, "Finished", day(v, r->done_on));
	ui_summary_list(v->p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
	return ratings(v);
}

struct err *review_page(struct page *p)
{
	struct view v = { .p = p, .writes = page_may(p, PERM_review_write) };

	TRY(review_of_page(p, &v.r));
	const char *title = review_title(p->arena, &v.r);

	/* a title goes into the browser's history: no name in it */
	page_begin(p, &(struct page_head){ .title = "Quality review",
					   .no_heading = true,
					   .back = URL("/training/reviews") });
	ui_heading(p->html, "Quality review", title);
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_tag(p->html, &(struct ui_tag){ .text = words_label(&review_state_words, v.r.state),
					  .classes = arena_printf(p->arena, "govuk-tag--%s",
								  review_state_tag(v.r.state)) });
	LIT(p->html, "</p>");
	next_action(&v);
	facts(&v);
	TRY(result(&v));
	page_end(p);
	return NULL;
}

/* ---- elsewhere ---- */

static void line_of(struct page *p, const struct review_line *r)
{
	struct html *h = p->html;
	const char *state = r->overall == 0 ? words_label(&review_state_words, r->state)
					    : arena_printf(p->arena, "%s, overall %s",
							   words_label(&review_state_words, r->state),
							   words_label(&review_grade_words, (int)r->overall));

	LIT(h, "<p class=\"govuk-body\">");
	ui_anchor(h, link_review(p->arena, r->reference),
		  arena_printf(p->arena, "Opened on %s", date_long(p->arena, r->opened_on)));
	LIT(h, ": ");
	html_text(h, state);
	LIT(h, ".</p>");
}

struct err *review_of_session(struct page *p, const struct session *s)
{
	const struct session_arg args = { p->who->authority_id, s->id };
	struct review_line *rows;
	size_t n, shown = 0;

	if (!policy_allows(p->who->role, PERM_review_read, p->relation)) {
		return NULL;
	}
	TRY(sql_reviews_of_session(p->arena, p->db, &args, &rows, &n));
	ui_subheading(p->html, 2, "Quality review");
	for (size_t i = 0; i < n; i++) {
		if (policy_reach(p->who->role, PERM_review_read) == REACH_ALL || !review_is_open(rows[i].state)) {
			line_of(p, &rows[i]);
			shown++;
		}
	}
	if (shown == 0) {
		ui_paragraph(p->html, "This session has not been reviewed.");
	}
	if (page_may(p, PERM_review_write) && s->state != SESSION_CANCELLED) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html,
			  url_with(p->arena, URL("/training/reviews/new/session"), "session", s->reference),
			  "Open a quality review");
		LIT(p->html, "</p>");
	}
	return NULL;
}

struct err *review_today(struct page *p, struct today *out)
{
	const struct reviews_args args = { .authority_id = p->who->authority_id, .today = p->today };
	struct review_counts n;

	if (!page_may(p, PERM_review_write)) {
		return NULL;
	}
	TRY(sql_review_counts(p->arena, p->db, &args, &n));
	if (n.follow_up > 0) {
		today_add(out, true, url_with(p->arena, URL("/training/reviews"), "due", "follow-up"),
			  "%lld quality review%s to follow up", (long long)n.follow_up, n.follow_up == 1 ? "" : "s");
	}
	return NULL;
}
