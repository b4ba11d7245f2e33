/* The forms of evidence: a claim, a decision, and many decisions at once. */
#include "app/training/evidence.h"
#include "app/training/evidence.sql.h"
#include "app/training/learner.h"
#include "app/training/learner.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

enum { SEVERAL_MAX = 100 };

/* ---- claiming ---- */

struct err *evidence_new_relate(struct page *p, enum relation *out)
{
	*out = p->who->establishment_urn != 0 ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

struct err *evidence_new_page(struct page *p)
{
	static const char *const own[] = { "course", "completed_on", "staff", "kind", "document", NULL };
	const struct body_claim initial = { .school = page_query(p, "school") };

	page_begin(p, &(struct page_head){ .title = "Record training done elsewhere", .back = URL("/training/evidence") });
	ui_paragraph(p->html, "For training that a school or another body did itself or online. It is a claim until somebody "
			      "of the Prevent team has seen a document or an official export.");
	TRY(page_form(p, &(struct form){ .record = &body_claim_record,
					 .submit = "Record claim",
					 .initial = &initial,
					 .only = p->who->establishment_urn != 0 ? own : NULL,
					 .action = URL("/training/evidence/new"),
					 .cancel = URL("/training/evidence") }));
	page_end(p);
	return NULL;
}

static struct err *learner_of_page(struct page *p, struct learner *out)
{
	const struct reference_arg key = { p->who->authority_id, page_path(p, "learner") };
	bool found;

	TRY(sql_learner_find(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is nobody with the reference %s", key.reference);
}

struct err *evidence_person_relate(struct page *p, enum relation *out)
{
	struct learner l;

	TRY(learner_of_page(p, &l));
	*out = l.establishment_urn != 0 && l.establishment_urn == p->who->establishment_urn ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

struct err *evidence_person_page(struct page *p)
{
	struct learner l;

	TRY(learner_of_page(p, &l));
	page_begin(p, &(struct page_head){ .title = "Record training done elsewhere",
					   .caption = l.name,
					   .back = link_learner(p->arena, l.reference) });
	TRY(page_form(p, &(struct form){ .record = &person_claim_record,
					 .submit = "Record claim",
					 .action = url_path(p->arena, "/training/learners/{}/evidence", l.reference),
					 .cancel = link_learner(p->arena, l.reference) }));
	page_end(p);
	return NULL;
}

/* ---- deciding ---- */

static struct err *decide_page(struct page *p, const char *title, const struct record *record, const char *submit,
			       const char *pattern)
{
	struct evidence v;

	TRY(evidence_of_page(p, &v));
	page_begin(p, &(struct page_head){ .title = title,
					   .caption = evidence_who(p->arena, v.learner, v.school, v.agency, v.staff),
					   .back = link_evidence(p->arena, v.reference) });
	ui_paragraph(p->html, arena_printf(p->arena, "%s, done on %s.", v.course, date_long(p->arena, v.completed_on)));
	TRY(page_form(p, &(struct form){ .record = record,
					 .submit = submit,
					 .action = url_path(p->arena, pattern, v.reference),
					 .version = v.version,
					 .cancel = link_evidence(p->arena, v.reference) }));
	page_end(p);
	return NULL;
}

struct err *evidence_verify_page(struct page *p)
{
	return decide_page(p, "Verify", &verify_form_record, "Verify", "/training/evidence/{}/verify");
}

struct err *evidence_reject_page(struct page *p)
{
	return decide_page(p, "Reject", &reject_form_record, "Reject", "/training/evidence/{}/reject");
}

/* ---- several ---- */

static struct err *claims(struct page *p, struct evidence_line **rows, size_t *n)
{
	const struct evidence_args args = { .authority_id = p->who->authority_id,
					    .after_key = "",
					    .row_limit = SEVERAL_MAX,
					    .state = EVIDENCE_CLAIMED };

	return sql_evidence_latest(p->arena, p->db, &args, rows, n);
}

/* Choosing is a question, so that it is asked by GET: references stand in the address, names do not. */
struct err *evidence_several_page(struct page *p)
{
	const struct ui_fieldset fieldset = { .legend = { .text = "Claims, latest first",
							  .classes = "govuk-fieldset__legend--s" } };
	struct evidence_line *rows;
	struct ui_item *items;
	size_t n;

	TRY(claims(p, &rows, &n));
	page_begin(p, &(struct page_head){ .title = "Verify several claims", .back = URL("/training/evidence") });
	if (n == 0) {
		ui_paragraph(p->html, "There is nothing to verify.");
		page_end(p);
		return NULL;
	}
	items = ARENA_NEW(p->arena, struct ui_item, n);
	for (size_t i = 0; i < n; i++) {
		items[i] = (struct ui_item){
			.value = rows[i].reference,
			.text = evidence_who(p->arena, rows[i].learner, rows[i].school, rows[i].agency, rows[i].staff),
			.hint = { .text = arena_printf(p->arena, "%s, %s", rows[i].course,
						       date_long(p->arena, rows[i].completed_on)) },
		};
	}
	ui_paragraph(p->html, "Choose those that one document or one export proves.");
	LIT(p->html, "<form method=\"get\" action=\"/training/evidence/several/check\">");
	ui_checkboxes(p->html, &(struct ui_checkboxes){ .name = "evidence",
							.id_prefix = "evidence",
							.fieldset = &fieldset,
							.items = items,
							.n_items = n,
							.classes = "govuk-checkboxes--small" });
	ui_button(p->html, &(struct ui_button){ .text = "Continue" });
	LIT(p->html, "</form>");
	page_end(p);
	return NULL;
}

/* What was chosen: from the address, or as it was sent. */
static struct err *chosen(struct page *p, struct evidence *v, size_t *n)
{
	const struct pairs *from = p->outcome != NULL ? &p->outcome->raw : &p->request->query;
	bool found;

	*n = 0;
	for (size_t i = 0; i < from->n && *n < SEVERAL_MAX; i++) {
		const struct reference_arg key = { p->who->authority_id, from->v[i].value };

		if (text_same(from->v[i].name, "evidence")) {
			TRY(sql_evidence_find(p->arena, p->db, &key, &v[*n], &found));
			*n += found ? 1 : 0;
		}
	}
	return NULL;
}

static void chosen_table(struct page *p, const struct evidence *v, size_t n)
{
	static const struct ui_cell head[] = { { .text = "Who" }, { .text = "Course" }, { .text = "Done on" },
					       { .text = "What happens" } };
	const struct ui_table table = { .caption = "What you chose",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 4,
					.scrolls = true };
	struct html *h = p->html;

	ui_table_begin(h, &table);
	for (size_t i = 0; i < n; i++) {
		const char *fault = evidence_move_fault(v[i].state, EVIDENCE_VERIFY);

		ui_row_begin(h);
		ui_cell(h, &(struct ui_cell){
				   .text = evidence_who(p->arena, v[i].learner, v[i].school, v[i].agency, v[i].staff) });
		ui_cell(h, &(struct ui_cell){ .text = v[i].course });
		ui_cell(h, &(struct ui_cell){ .text = date_long(p->arena, v[i].completed_on) });
		ui_cell(h, &(struct ui_cell){ .text = fault == NULL ? "Becomes verified" : fault });
		ui_row_end(h);
	}
	ui_table_end(h, &table);
}

struct err *evidence_several_check_page(struct page *p)
{
	struct evidence *v = ARENA_NEW(p->arena, struct evidence, SEVERAL_MAX);
	const struct form form = { .record = &verify_many_form_record,
				   .submit = "Verify",
				   .action = URL("/training/evidence/several/check"),
				   .cancel = URL("/training/evidence/several") };
	size_t n;

	TRY(chosen(p, v, &n));
	page_begin(p, &(struct page_head){ .title = "Check before you verify", .back = URL("/training/evidence/several") });
	if (n == 0) {
		ui_paragraph(p->html, "You chose nothing. Go back and choose at least one claim.");
		page_end(p);
		return NULL;
	}
	chosen_table(p, v, n);
	TRY(page_form_begin(p, &form));
	for (size_t i = 0; i < n; i++) {
		ui_hidden(p->html, "evidence", v[i].reference);
	}
	TRY(page_form_field(p, &form, "seen"));
	TRY(page_form_field(p, &form, "document"));
	page_form_end(p, &form);
	page_end(p);
	return NULL;
}
