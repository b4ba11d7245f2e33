/* Certificates of a session: who gets one, the paper, the links to send; one certificate; and the public check. */
#include "app/training/certificate.h"
#include "app/training/certificate.sql.h"
#include "app/training/learner.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"
#include "core/core.h"
#include "trust/trust.h"

struct url link_certificate(struct arena *a, const char *reference)
{
	return url_path(a, "/training/certificates/{}", reference);
}

/* Where anybody can check it, as it is printed and sent. */
static const char *check_address(const struct page *p, const char *code)
{
	return page_public_address(p, url_path(p->arena, "/v/{}", code));
}

static struct url under(struct page *p, const struct session *s, const char *pattern)
{
	return url_path(p->arena, pattern, s->reference);
}

/* ---- of a session ---- */

static struct err *candidates(struct page *p, const struct session *s, struct certificate_candidate **v, size_t *n)
{
	const struct session_arg args = { p->who->authority_id, s->id };

	return sql_certificate_candidates(p->arena, p->db, &args, v, n);
}

static void candidate_row(struct page *p, const struct session *s, const struct certificate_candidate *c)
{
	const char *fault = certificate_fault(s->state, c->state);
	struct html *h = p->html;

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = c->name, .href = link_learner(p->arena, c->learner), .header = true });
	ui_cell(h, &(struct ui_cell){ .text = words_label(&attendance_state_words, c->state) });
	if (fault == NULL && !text_empty(c->certificate)) {
		ui_cell(h, &(struct ui_cell){ .text = "Issued", .href = link_certificate(p->arena, c->certificate) });
	} else {
		ui_cell(h, &(struct ui_cell){ .text = fault == NULL ? "Gets one" : arena_printf(p->arena, "None: %s", fault) });
	}
	ui_row_end(h);
}

static void candidate_table(struct page *p, const struct session *s, const struct certificate_candidate *v, size_t n)
{
	static const struct ui_cell head[] = { { .text = "Name" }, { .text = "Attendance" }, { .text = "Certificate" } };
	const struct ui_table table = { .caption = "People on the list",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 3,
					.scrolls = true };

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		candidate_row(p, s, &v[i]);
	}
	ui_table_end(p->html, &table);
}

static void issued_links(struct page *p, const struct session *s)
{
	LIT(p->html, "<ul class=\"govuk-list\"><li>");
	ui_anchor(p->html, under(p, s, "/training/sessions/{}/certificates/print"), "Print all that were issued");
	LIT(p->html, "</li><li>");
	ui_anchor(p->html, under(p, s, "/training/sessions/{}/certificates/links"),
		  "Download names, work emails and links (CSV), to send yourself");
	LIT(p->html, "</li></ul>");
}

struct err *certificates_page(struct page *p)
{
	struct certificate_candidate *v;
	struct session s;
	size_t n, get = 0, issued = 0;

	TRY(session_of_page(p, &s));
	TRY(candidates(p, &s, &v, &n));
	for (size_t i = 0; i < n; i++) {
		bool may = certificate_fault(s.state, v[i].state) == NULL;

		get += may && text_empty(v[i].certificate) ? 1 : 0;
		issued += may && !text_empty(v[i].certificate) ? 1 : 0;
	}
	page_begin(p, &(struct page_head){ .title = "Certificates",
					   .caption = arena_printf(p->arena, "%s, %s", s.course, date_long(p->arena, s.held_on)),
					   .back = link_session(p->arena, s.reference) });
	page_error_summary(p, NULL);
	ui_paragraph(p->html, "Only who attended in full gets one. It is dated by the day of the session. Nothing is sent by "
			      "this service.");
	if (get > 0) {
		page_button_form(p, under(p, &s, "/training/sessions/{}/certificates"),
				 arena_printf(p->arena, "Issue %zu certificate%s", get, get == 1 ? "" : "s"), 0, false);
	}
	if (issued > 0) {
		issued_links(p, &s);
	}
	if (n == 0) {
		ui_paragraph(p->html, "Nobody is on the list.");
	} else {
		candidate_table(p, &s, v, n);
	}
	page_end(p);
	return NULL;
}

/* ---- the paper ---- */

static void paper(struct page *p, const struct certificate *k)
{
	struct arena *a = p->arena;
	struct html *h = p->html;
	struct date until = certificate_until(k->completed_on, k->refresh_months);
	const char *address = check_address(p, k->code);

	LIT(h, "<section class=\"app-certificate\"><p class=\"govuk-body-l\">");
	html_text(h, p->authority->name);
	LIT(h, "</p><h2 class=\"govuk-heading-xl\">Certificate of training</h2><p class=\"govuk-body-l\"><strong>");
	html_text(h, k->learner);
	LIT(h, "</strong> completed</p><p class=\"govuk-heading-l\">");
	html_text(h, k->course);
	LIT(h, "</p><p class=\"govuk-body-l\">on ");
	html_text(h, date_long(a, k->completed_on));
	LIT(h, "</p>");
	if (date_is_set(until)) {
		ui_paragraph(h, arena_printf(a, "To be refreshed by %s.", date_long(a, until)));
	}
	ui_qr(h, &(struct ui_qr){ .text = address, .label = "QR code: check this certificate", .size = 140 });
	LIT(h, "<p class=\"govuk-body app-address\">Anybody can check it at <strong>");
	html_text(h, address);
	LIT(h, "</strong><br>Code ");
	html_text(h, certificate_code_text(a, k->code));
	LIT(h, "</p></section>");
}

static void print_button(struct html *h)
{
	LIT(h, "<button type=\"button\" class=\"govuk-button govuk-button--secondary app-no-print\" "
	       "data-app-print hidden>Print</button>");
}

static struct err *issued(struct page *p, const struct session *s, struct certificate **v, size_t *n)
{
	const struct session_arg args = { p->who->authority_id, s->id };

	return sql_certificates_of_session(p->arena, p->db, &args, v, n);
}

struct err *certificates_print_page(struct page *p)
{
	struct certificate *v;
	struct session s;
	size_t n;

	TRY(session_of_page(p, &s));
	TRY(issued(p, &s, &v, &n));
	page_begin(p, &(struct page_head){ .title = "Certificates to print",
					   .back = under(p, &s, "/training/sessions/{}/certificates") });
	print_button(p->html);
	if (n == 0) {
		ui_paragraph(p->html, "No certificate has been issued.");
	}
	for (size_t i = 0; i < n; i++) {
		paper(p, &v[i]);
	}
	page_end(p);
	return NULL;
}

struct err *certificates_links_page(struct page *p)
{
	struct certificate_candidate *v;
	struct session s;
	struct buf b;
	size_t n;

	TRY(session_of_page(p, &s));
	TRY(candidates(p, &s, &v, &n));
	buf_init(&b, p->arena, 4 << 20);
	csv_cell(&b, true, "Name");
	csv_cell(&b, false, "Work email");
	csv_cell(&b, false, "Link");
	csv_end_row(&b);
	for (size_t i = 0; i < n; i++) {
		if (certificate_fault(s.state, v[i].state) == NULL && !text_empty(v[i].certificate)) {
			csv_cell(&b, true, v[i].name);
			csv_cell(&b, false, v[i].email);
			csv_cell(&b, false, check_address(p, v[i].code));
			csv_end_row(&b);
		}
	}
	page_bytes(p, "text/csv; charset=utf-8", (struct bytes){ (const unsigned char *)b.p, b.n },
		   arena_printf(p->arena, "certificates-%s.csv", s.reference));
	return NULL;
}

/* ---- one ---- */

struct err *certificate_of_page(struct page *p, struct certificate *out)
{
	const struct reference_arg key = { p->who->authority_id, page_path(p, "certificate") };
	bool found;

	TRY(sql_certificate_find(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no certificate with the reference %s", key.reference);
}

/* A certificate is own to whom its person is: who taught them, or leads their school. */
struct err *certificate_relate(struct page *p, enum relation *out)
{
	const struct pairs *path = p->path;
	struct certificate k;
	struct pairs learner = { 0 };

	TRY(certificate_of_page(p, &k));
	pairs_add(p->arena, &learner, "learner", k.learner_reference);
	p->path = &learner;
	struct err *err = learner_relate(p, out);

	p->path = path;
	return err;
}

static int state_of(const struct page *p, const struct certificate *k)
{
	return certificate_state(k->completed_on, k->refresh_months, k->attended, k->revoked_on, p->today);
}

static const char *withdrawn_text(const struct certificate *k)
{
	return text_empty(k->reason) ? "The attendance behind it has been corrected." : k->reason;
}

struct err *certificate_page(struct page *p)
{
	struct certificate k;

	TRY(certificate_of_page(p, &k));
	int state = state_of(p, &k);

	page_begin(p, &(struct page_head){ .title = "Certificate", .back = link_learner(p->arena, k.learner_reference) });
	LIT(p->html, "<p class=\"govuk-body app-no-print\">");
	ui_tag(p->html, &(struct ui_tag){ .text = words_label(&certificate_state_words, state),
					  .classes = state == CERTIFICATE_VALID ? "govuk-tag--green" : "govuk-tag--red" });
	LIT(p->html, "</p>");
	if (state == CERTIFICATE_WITHDRAWN) {
		ui_inset_text(p->html, &(struct ui_inset_text){ .text = withdrawn_text(&k) });
	} else {
		print_button(p->html);
		paper(p, &k);
	}
	if (page_may(p, PERM_training_manage) && !date_is_set(k.revoked_on)) {
		LIT(p->html, "<p class=\"govuk-body app-no-print\">");
		ui_anchor(p->html, url_path(p->arena, "/training/certificates/{}/withdraw", k.reference), "Withdraw it");
		LIT(p->html, "</p>");
	}
	page_end(p);
	return NULL;
}

struct err *certificate_withdraw_page(struct page *p)
{
	struct certificate k;

	TRY(certificate_of_page(p, &k));
	page_begin(p, &(struct page_head){ .title = "Withdraw this certificate",
					   .caption = k.course,
					   .back = link_certificate(p->arena, k.reference) });
	ui_paragraph(p->html, "Whoever checks it is told that it was withdrawn, not why.");
	TRY(page_form(p, &(struct form){ .record = &withdraw_form_record,
					 .submit = "Withdraw",
					 .warning = true,
					 .action = url_path(p->arena, "/training/certificates/{}/withdraw", k.reference),
					 .version = k.version,
					 .cancel = link_certificate(p->arena, k.reference) }));
	page_end(p);
	return NULL;
}

/* ---- the public check ---- */

static struct err *public_of_page(struct page *p, struct public_certificate *out, const char **code_out)
{
	struct certificate_code_arg key;
	bool found;

	*code_out = certificate_code_read(p->arena, page_path(p, "vcode"));
	key.code = *code_out == NULL ? "" : *code_out;
	TRY(sql_certificate_public(p->arena, p->db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no certificate with this code");
}

static void public_facts(struct page *p, const struct public_certificate *k, const char *code, int state)
{
	struct date until = certificate_until(k->completed_on, k->refresh_months);
	struct ui_summary_row rows[6];
	size_t n = 0;

	rows[n++] = (struct ui_summary_row){ .key = "Course", .value = k->course };
	rows[n++] = (struct ui_summary_row){ .key = "Completed", .value = date_long(p->arena, k->completed_on) };
	if (date_is_set(until) && state != CERTIFICATE_WITHDRAWN) {
		rows[n++] = (struct ui_summary_row){ .key = state == CERTIFICATE_EXPIRED ? "Expired" : "Valid until",
						     .value = date_long(p->arena, until) };
	}
	rows[n++] = (struct ui_summary_row){ .key = "Given by", .value = k->authority };
	rows[n++] = (struct ui_summary_row){ .key = "Code", .value = certificate_code_text(p->arena, code) };
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

static const char *same_text(const struct page *p)
{
	const char *same = p->outcome == NULL ? NULL : pairs_get(&p->outcome->result, "same");

	if (same == NULL) {
		return NULL;
	}
	return text_same(same, "yes") ? "Yes: this is the name on the certificate."
				      : "No: this is not the name on the certificate.";
}

struct err *certificate_check_page(struct page *p)
{
	static const char *const titles[] = { NULL, "This certificate is valid", "This certificate has expired",
					      "This certificate has been withdrawn" };
	struct public_certificate k;
	const char *code, *same = same_text(p);

	TRY(public_of_page(p, &k, &code));
	int state = certificate_state(k.completed_on, k.refresh_months, k.attended, k.revoked_on, p->today);

	page_begin(p, &(struct page_head){ .title = titles[state], .plain = true });
	public_facts(p, &k, code, state);
	if (state == CERTIFICATE_WITHDRAWN) {
		page_end(p);
		return NULL;
	}
	if (same != NULL) {
		ui_inset_text(p->html, &(struct ui_inset_text){ .text = same });
	}
	ui_paragraph(p->html, "This page does not say whose it is. Type the name that stands on the paper to see whether it is "
			      "the one.");
	TRY(page_form(p, &(struct form){ .record = &check_name_form_record,
					 .submit = "Check the name",
					 .action = url_path(p->arena, "/v/{}", code) }));
	page_end(p);
	return NULL;
}
