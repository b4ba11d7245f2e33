/* What speaks of training afterwards: was it any good, what was done
 * elsewhere, and who holds a certificate? Tables only; the pages stand under Training. */
#include "app/training/certificate.h"
#include "app/training/course.h"
#include "app/training/evidence.h"
#include "app/training/evidence_export.h"
#include "app/training/review.h"
#include "app/training/rubric.h"
#include "app/training/training.h"

static const struct record *const records[] = { &review_record, &rubric_record, &criterion_record, &rating_record, &evidence_record,
						&certificate_record, NULL };

static const struct operation *const operations[] = {
	&open_session_review,
	&open_trainer_review,
	&open_package_review,
	&change_reviewer,
	&request_material,
	&record_material_seen,
	&record_access_refused,
	&rate_review,
	&finish_review,
	&add_rubric,
	&claim_evidence,
	&claim_evidence_of_person,
	&verify_evidence,
	&reject_evidence,
	&verify_several_evidence,
	&preview_evidence,
	&import_evidence,
	&issue_certificates,
	&withdraw_certificate,
	&check_certificate,
	NULL,
};

static const struct list *const lists[] = { &review_list, &evidence_list, NULL };

static const struct route routes[] = {
	{ HTTP_GET, "/training/reviews/new", PERM_review_write, review_new_page, NULL, NULL },
	{ HTTP_GET, "/training/reviews/new/session", PERM_review_write, review_session_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/new/session", PERM_review_write, review_session_page, &open_session_review, NULL },
	{ HTTP_GET, "/training/reviews/new/trainer", PERM_review_write, review_trainer_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/new/trainer", PERM_review_write, review_trainer_page, &open_trainer_review, NULL },
	{ HTTP_GET, "/training/reviews/new/package", PERM_review_write, review_package_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/new/package", PERM_review_write, review_package_page, &open_package_review, NULL },
	{ HTTP_GET, "/training/reviews/{review}", PERM_review_read, review_page, NULL, review_relate },
	{ HTTP_GET, "/training/reviews/{review}/reviewer", PERM_review_write, reviewer_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/reviewer", PERM_review_write, reviewer_page, &change_reviewer, NULL },
	{ HTTP_GET, "/training/reviews/{review}/request", PERM_review_write, review_request_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/request", PERM_review_write, review_request_page, &request_material, NULL },
	{ HTTP_GET, "/training/reviews/{review}/seen", PERM_review_write, review_seen_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/seen", PERM_review_write, review_seen_page, &record_material_seen, NULL },
	{ HTTP_GET, "/training/reviews/{review}/refused", PERM_review_write, review_refused_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/refused", PERM_review_write, review_refused_page, &record_access_refused, NULL },
	{ HTTP_GET, "/training/reviews/{review}/rate", PERM_review_write, review_rate_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/rate", PERM_review_write, review_rate_page, &rate_review, NULL },
	{ HTTP_GET, "/training/reviews/{review}/done", PERM_review_write, review_done_page, NULL, NULL },
	{ HTTP_POST, "/training/reviews/{review}/done", PERM_review_write, review_done_page, &finish_review, NULL },
	{ HTTP_GET, "/training/rubric", PERM_review_read, rubric_page, NULL, course_relate },
	{ HTTP_GET, "/training/rubric/new", PERM_rubric_write, rubric_new_page, NULL, NULL },
	{ HTTP_POST, "/training/rubric/new", PERM_rubric_write, rubric_new_page, &add_rubric, NULL },

	{ HTTP_GET, "/training/evidence/new", PERM_evidence_claim, evidence_new_page, NULL, evidence_new_relate },
	{ HTTP_POST, "/training/evidence/new", PERM_evidence_claim, evidence_new_page, &claim_evidence,
	  evidence_new_relate },
	{ HTTP_GET, "/training/evidence/several", PERM_training_manage, evidence_several_page, NULL, NULL },
	{ HTTP_GET, "/training/evidence/several/check", PERM_training_manage, evidence_several_check_page, NULL, NULL },
	{ HTTP_POST, "/training/evidence/several/check", PERM_training_manage, evidence_several_check_page,
	  &verify_several_evidence, NULL },
	{ HTTP_GET, "/training/evidence/import", PERM_training_manage, evidence_import_page, NULL, NULL },
	{ HTTP_POST, "/training/evidence/import", PERM_training_manage, evidence_import_page, &import_evidence, NULL },
	{ HTTP_POST, "/training/evidence/import/preview", PERM_training_manage, evidence_import_page, &preview_evidence, NULL },
	{ HTTP_GET, "/training/evidence/{evidence}", PERM_evidence_read, evidence_page, NULL, evidence_relate },
	{ HTTP_GET, "/training/evidence/{evidence}/verify", PERM_training_manage, evidence_verify_page, NULL, NULL },
	{ HTTP_POST, "/training/evidence/{evidence}/verify", PERM_training_manage, evidence_verify_page,
	  &verify_evidence, NULL },
	{ HTTP_GET, "/training/evidence/{evidence}/reject", PERM_training_manage, evidence_reject_page, NULL, NULL },
	{ HTTP_POST, "/training/evidence/{evidence}/reject", PERM_training_manage, evidence_reject_page,
	  &reject_evidence, NULL },
	{ HTTP_GET, "/training/learners/{learner}/evidence", PERM_evidence_claim, evidence_person_page, NULL,
	  evidence_person_relate },
	{ HTTP_POST, "/training/learners/{learner}/evidence", PERM_evidence_claim, evidence_person_page,
	  &claim_evidence_of_person, evidence_person_relate },

	{ HTTP_GET, "/training/sessions/{session}/certificates", PERM_training_deliver, certificates_page, NULL,
	  session_relate },
	{ HTTP_POST, "/training/sessions/{session}/certificates", PERM_training_deliver, certificates_page,
	  &issue_certificates, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/certificates/print", PERM_training_deliver, certificates_print_page,
	  NULL, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/certificates/links", PERM_training_deliver, certificates_links_page,
	  NULL, session_relate },
	{ HTTP_GET, "/training/certificates/{certificate}", PERM_learner_read, certificate_page, NULL,
	  certificate_relate },
	{ HTTP_GET, "/training/certificates/{certificate}/withdraw", PERM_training_manage, certificate_withdraw_page,
	  NULL, NULL },
	{ HTTP_POST, "/training/certificates/{certificate}/withdraw", PERM_training_manage, certificate_withdraw_page,
	  &withdraw_certificate, NULL },
	{ HTTP_GET, "/v/{vcode}", PERM_public, certificate_check_page, NULL, NULL },
	{ HTTP_POST, "/v/{vcode}", PERM_public, certificate_check_page, &check_certificate, NULL },
	{ 0 },
};

static struct err *today(struct page *p, struct today *out)
{
	TRY(review_today(p, out));
	return evidence_today(p, out);
}

const struct feature quality_feature = {
	.name = "quality",
	.records = records,
	.operations = operations,
	.lists = lists,
	.routes = routes,
	.today = today,
};
