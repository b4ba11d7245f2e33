/* What one person has done, in order: sessions, training elsewhere, certificates, and until when it is in date. */
#include "app/training/learner_history.h"

#include "app/training/certificate.h"
#include "app/training/evidence.h"
#include "app/training/learner_history.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field done_line_fields[] = {
	FIELD(struct done_line, id),
	FIELD(struct done_line, reference),
	FIELD(struct done_line, course),
	FIELD(struct done_line, done_on),
	FIELD(struct done_line, school, .flags = F_NULLABLE),
	FIELD(struct done_line, refresh_months, .flags = F_NULLABLE),
	FIELD(struct done_line, session, .flags = F_NULLABLE, .words = &session_state_words),
	FIELD(struct done_line, attendance, .flags = F_NULLABLE, .words = &attendance_state_words),
	FIELD(struct done_line, evidence, .flags = F_NULLABLE, .words = &evidence_state_words),
	FIELD(struct done_line, certificate, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(done_line, done_line_fields);

static bool completed(const struct done_line *r)
{
	bool held = r->session == SESSION_DELIVERED || r->session == SESSION_CLOSED;

	return r->evidence != 0 ? r->evidence == EVIDENCE_VERIFIED : held && r->attendance == ATTENDANCE_ATTENDED;
}

/* "Attended in full", "Session cancelled", "Elsewhere: verified". */
static const char *what(struct arena *a, const struct done_line *r)
{
	if (r->evidence != 0) {
		return arena_printf(a, "Elsewhere: %s", words_word(&evidence_state_words, r->evidence));
	}
	return r->session == SESSION_CANCELLED ? "Session cancelled" : words_label(&attendance_state_words, r->attendance);
}

static const char *in_date(struct page *p, const struct done_line *r)
{
	struct date until = certificate_until(r->done_on, r->refresh_months);

	if (!completed(r)) {
		return "";
	}
	if (!date_is_set(until)) {
		return "No refresher asked for";
	}
	return arena_printf(p->arena, date_compare(p->today, until) > 0 ? "Was in date until %s" : "In date until %s",
			    date_long(p->arena, until));
}

static struct url link_of(struct page *p, const struct done_line *r)
{
	if (r->evidence != 0) {
		return page_may(p, PERM_evidence_read) ? link_evidence(p->arena, r->reference) : (struct url){ NULL };
	}
	return page_may(p, PERM_training_read) ? link_session(p->arena, r->reference) : (struct url){ NULL };
}

static void line(struct page *p, const struct done_line *r)
{
	struct html *h = p->html;
	bool certified = completed(r) && !text_empty(r->certificate);

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = r->course, .href = link_of(p, r) });
	ui_cell(h, &(struct ui_cell){ .text = date_long(p->arena, r->done_on) });
	ui_cell(h, &(struct ui_cell){ .text = r->school });
	ui_cell(h, &(struct ui_cell){ .text = what(p->arena, r) });
	ui_cell(h, &(struct ui_cell){ .text = in_date(p, r) });
	ui_cell(h, &(struct ui_cell){ .text = certified ? "Certificate" : "",
				      .href = certified ? link_certificate(p->arena, r->certificate) : (struct url){ NULL } });
	ui_row_end(h);
}

struct err *learner_history(struct page *p, int64_t learner_id, const char *reference)
{
	const struct learner_relation_args args = { p->who->authority_id, learner_id, 0 };
	static const struct ui_cell head[] = { { .text = "Course" },	    { .text = "Date" },
					       { .text = "School on that day" }, { .text = "What happened" },
					       { .text = "In date" },	    { .text = "Certificate" } };
	const struct ui_table table = { .caption = "Training",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 6,
					.scrolls = true };
	struct done_line *rows;
	size_t n;

	TRY(sql_learner_done(p->arena, p->db, &args, &rows, &n));
	if (n == 0) {
		LIT(p->html, "<h2 class=\"govuk-heading-m\">Training</h2>");
		ui_paragraph(p->html, "None is recorded.");
	} else {
		ui_table_begin(p->html, &table);
		for (size_t i = 0; i < n; i++) {
			line(p, &rows[i]);
		}
		ui_table_end(p->html, &table);
	}
	if (policy_allows(p->who->role, PERM_evidence_claim, p->relation)) {
		LIT(p->html, "<p class=\"govuk-body app-no-print\">");
		ui_anchor(p->html, url_path(p->arena, "/training/learners/{}/evidence", reference),
			  "Record training done elsewhere");
		LIT(p->html, "</p>");
	}
	return NULL;
}
