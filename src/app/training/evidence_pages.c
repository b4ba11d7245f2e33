/* Training done elsewhere: the list, one claim, a school's, what waits. */
#include "app/directory/school.h"
#include "app/training/evidence.h"
#include "app/training/evidence.sql.h"
#include "app/training/learner.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

struct url link_evidence(struct arena *a, const char *reference)
{
	return url_path(a, "/training/evidence/{}", reference);
}

const char *evidence_who(struct arena *a, const char *learner, const char *school, const char *agency, int64_t staff)
{
	if (!text_empty(learner)) {
		return learner;
	}
	return arena_printf(a, "%s: %lld staff", text_empty(school) ? agency : school, (long long)staff);
}

/* ---- the list ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_evidence(a, ((const struct evidence_line *)row)->reference);
}

static const char *line_who(struct arena *a, const void *row)
{
	const struct evidence_line *v = row;

	return evidence_who(a, v->learner, v->school, v->agency, v->staff);
}

static const char *line_tag(const void *row)
{
	return evidence_state_tag(((const struct evidence_line *)row)->state);
}

static const char *line_after(struct arena *a, const void *row)
{
	char *s = arena_alloc(a, DATE_ISO_SIZE);

	date_iso(((const struct evidence_line *)row)->claimed_on, s);
	return s;
}

static const struct column columns[] = {
	{ .heading = "Who", .text = line_who, .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .field = "learner", .export_only = true },
	{ .field = "school", .export_only = true },
	{ .field = "establishment_urn", .export_only = true },
	{ .field = "agency", .export_only = true },
	{ .field = "staff", .export_only = true },
	{ .field = "course" },
	{ .field = "completed_on" },
	{ .field = "kind" },
	{ .field = "document", .export_only = true },
	{ .field = "claimed_on", .export_only = true },
	{ .field = "decided_on", .export_only = true },
	{ .field = "state", .tag = line_tag },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "latest", "Latest first", &SQL_evidence_latest, line_after },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	LIT(p->html, "<div class=\"govuk-button-group\">");
	if (page_may(p, PERM_evidence_claim)) {
		ui_button(p->html, &(struct ui_button){ .text = "Record training done elsewhere",
							.href = URL("/training/evidence/new") });
	}
	if (page_may(p, PERM_training_manage)) {
		ui_button(p->html, &(struct ui_button){ .text = "Verify several",
							.href = URL("/training/evidence/several"),
							.classes = "govuk-button--secondary" });
		ui_button(p->html, &(struct ui_button){ .text = "Record an e-learning export",
							.href = URL("/training/evidence/import"),
							.classes = "govuk-button--secondary" });
	}
	LIT(p->html, "</div>");
	return NULL;
}

const struct list evidence_list = {
	.name = "evidence",
	.title = "Training done elsewhere",
	.caption = "Training done elsewhere",
	.empty = "There is no evidence that fits.",
	.path = "/training/evidence",
	.permission = PERM_evidence_read,
	.args = &evidence_args_record,
	.row = &evidence_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
};

/* ---- one ---- */

struct err *evidence_of_page(struct page *p, struct evidence *out)
{
	const struct reference_arg key = { p->who->authority_id, page_path(p, "evidence") };
	bool found;

	TRY(sql_evidence_find(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no evidence with the reference %s", key.reference);
}

struct err *evidence_relate(struct page *p, enum relation *out)
{
	struct evidence v;

	TRY(evidence_of_page(p, &v));
	*out = v.establishment_urn != 0 && v.establishment_urn == p->who->establishment_urn ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

static void add_row(struct ui_summary_row *rows, size_t *n, const char *key, const char *value)
{
	if (!text_empty(value)) {
		rows[(*n)++] = (struct ui_summary_row){ .key = key, .value = value, .value_classes = "app-lines" };
	}
}

static void facts(struct page *p, const struct evidence *v)
{
	struct arena *a = p->arena;
	struct ui_summary_row rows[14];
	size_t n = 0;

	add_row(rows, &n, "Reference", v->reference);
	if (v->learner_id != 0) {
		rows[n++] = (struct ui_summary_row){ .key = "Person",
						     .value = v->learner,
						     .value_href = link_learner(a, v->learner_reference) };
	}
	if (v->establishment_urn != 0) {
		rows[n++] = (struct ui_summary_row){
			.key = "School",
			.value = arena_printf(a, "%s (%lld)", v->school, (long long)v->establishment_urn),
			.value_href = link_school_training(a, v->establishment_urn),
		};
	}
	add_row(rows, &n, "Agency", v->agency);
	add_row(rows, &n, "People", v->learner_id != 0 ? NULL : text_thousands(a, v->staff));
	add_row(rows, &n, "Course", v->course);
	add_row(rows, &n, "Done on", date_long(a, v->completed_on));
	add_row(rows, &n, "Proof", words_label(&evidence_kind_words, v->kind));
	add_row(rows, &n, "Document or export", v->document);
	add_row(rows, &n, "Claimed", date_long(a, v->claimed_on));
	add_row(rows, &n, v->state == EVIDENCE_REJECTED ? "Rejected" : "Verified",
		date_is_set(v->decided_on) ? date_long(a, v->decided_on) : NULL);
	add_row(rows, &n, "Reason", v->reason);
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

struct err *evidence_page(struct page *p)
{
	struct evidence v;

	TRY(evidence_of_page(p, &v));
	/* a title goes into the browser's history: no name in it */
	page_begin(p, &(struct page_head){ .title = "Training done elsewhere",
					   .no_heading = true,
					   .back = URL("/training/evidence") });
	ui_heading(p->html, "Training done elsewhere", evidence_who(p->arena, v.learner, v.school, v.agency, v.staff));
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_tag(p->html, &(struct ui_tag){ .text = words_label(&evidence_state_words, v.state),
					  .classes = arena_printf(p->arena, "govuk-tag--%s", evidence_state_tag(v.state)) });
	LIT(p->html, "</p>");
	if (page_may(p, PERM_training_manage) && v.state == EVIDENCE_CLAIMED) {
		LIT(p->html, "<div class=\"govuk-button-group\">");
		ui_button(p->html, &(struct ui_button){ .text = "Verify",
							.href = url_path(p->arena, "/training/evidence/{}/verify", v.reference) });
		ui_button(p->html, &(struct ui_button){ .text = "Reject",
							.href = url_path(p->arena, "/training/evidence/{}/reject", v.reference),
							.classes = "govuk-button--secondary" });
		LIT(p->html, "</div>");
	}
	facts(p, &v);
	page_end(p);
	return NULL;
}

/* ---- elsewhere ---- */

static void school_row(struct page *p, const struct evidence_line *v)
{
	struct html *h = p->html;

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = v->course, .href = link_evidence(p->arena, v->reference) });
	ui_cell(h, &(struct ui_cell){ .text = date_long(p->arena, v->completed_on) });
	ui_cell(h, &(struct ui_cell){ .text = text_empty(v->learner)
						      ? arena_printf(p->arena, "%lld staff", (long long)v->staff)
						      : v->learner });
	ui_cell(h, &(struct ui_cell){ .text = words_label(&evidence_state_words, v->state),
				      .tag_colour = evidence_state_tag(v->state) });
	ui_row_end(h);
}

struct err *evidence_of_school(struct page *p, int64_t urn)
{
	const struct evidence_of_school_args args = { p->who->authority_id, urn };
	static const struct ui_cell head[] = { { .text = "Course" }, { .text = "Done on" }, { .text = "Who" },
					       { .text = "State" } };
	const struct ui_table table = { .caption = "Training done elsewhere",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 4,
					.scrolls = true };
	struct evidence_line *rows;
	size_t n;

	if (!policy_allows(p->who->role, PERM_evidence_read, p->relation)) {
		return NULL;
	}
	TRY(sql_evidence_of_school(p->arena, p->db, &args, &rows, &n));
	if (n > 0) {
		ui_table_begin(p->html, &table);
		for (size_t i = 0; i < n; i++) {
			school_row(p, &rows[i]);
		}
		ui_table_end(p->html, &table);
	}
	if (policy_allows(p->who->role, PERM_evidence_claim, p->relation)) {
		LIT(p->html, "<p class=\"govuk-body app-no-print\">");
		ui_anchor(p->html,
			  url_with(p->arena, URL("/training/evidence/new"), "school",
				   arena_printf(p->arena, "%lld", (long long)urn)),
			  "Record training that the school did elsewhere");
		LIT(p->html, "</p>");
	}
	return NULL;
}

struct err *evidence_today(struct page *p, struct today *out)
{
	const struct authority_arg args = { p->who->authority_id };
	struct count_row waiting;

	if (!page_may(p, PERM_training_manage)) {
		return NULL;
	}
	TRY(sql_evidence_waiting(p->arena, p->db, &args, &waiting));
	if (waiting.n > 0) {
		today_add(out, false, url_with(p->arena, URL("/training/evidence"), "state", "claimed"),
			  "%lld claim%s of training done elsewhere to verify", (long long)waiting.n,
			  waiting.n == 1 ? "" : "s");
	}
	return NULL;
}
