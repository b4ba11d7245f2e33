/* Issuing certificates for a session, withdrawing one, and telling whether a name is that on one. */
#include "app/training/certificate.h"
#include "app/training/certificate.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "trust/trust.h"

enum { REFERENCE_LENGTH = 8 };

static const struct word states[] = {
	{ CERTIFICATE_VALID, "valid", "Valid", NULL },
	{ CERTIFICATE_EXPIRED, "expired", "Expired", NULL },
	{ CERTIFICATE_WITHDRAWN, "withdrawn", "Withdrawn", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words certificate_state_words = { "certificate-state", states };

static const struct field certificate_fields[] = {
	FIELD(struct certificate, id, .flags = F_COMPUTED),
	FIELD(struct certificate, authority_id, .flags = F_COMPUTED),
	FIELD(struct certificate, reference, .label = "Reference", .flags = F_COMPUTED | F_REFERENCE),
	FIELD(struct certificate, learner_id),
	FIELD(struct certificate, course_id),
	FIELD(struct certificate, session_id),
	FIELD(struct certificate, learner_reference, .label = "Person", .flags = F_REFERENCE),
	FIELD(struct certificate, learner, .flags = F_PERSONAL),
	FIELD(struct certificate, merged_name, .flags = F_PERSONAL | F_NULLABLE),
	FIELD(struct certificate, course, .label = "Course"),
	FIELD(struct certificate, session_reference, .label = "Session", .flags = F_REFERENCE),
	FIELD(struct certificate, refresh_months, .flags = F_NULLABLE),
	FIELD(struct certificate, code, .flags = F_SECRET),
	FIELD(struct certificate, completed_on, .label = "Completed"),
	FIELD(struct certificate, issued_on, .label = "Issued"),
	FIELD(struct certificate, revoked_on, .label = "Withdrawn", .flags = F_NULLABLE),
	FIELD(struct certificate, reason, .label = "Reason", .flags = F_NULLABLE | F_LONG),
	FIELD(struct certificate, attended),
	FIELD(struct certificate, version, .flags = F_COMPUTED),
	FIELD_END
};
RECORD(certificate, certificate_fields);

static const struct field certificate_code_arg_fields[] = {
	FIELD(struct certificate_code_arg, code),
	FIELD_END
};
RECORD(certificate_code_arg, certificate_code_arg_fields);

static const struct field public_certificate_fields[] = {
	FIELD(struct public_certificate, id),
	FIELD(struct public_certificate, authority),
	FIELD(struct public_certificate, course),
	FIELD(struct public_certificate, learner, .flags = F_PERSONAL),
	FIELD(struct public_certificate, merged_name, .flags = F_PERSONAL | F_NULLABLE),
	FIELD(struct public_certificate, completed_on),
	FIELD(struct public_certificate, revoked_on, .flags = F_NULLABLE),
	FIELD(struct public_certificate, refresh_months, .flags = F_NULLABLE),
	FIELD(struct public_certificate, attended),
	FIELD_END
};
RECORD(public_certificate, public_certificate_fields);

static const struct field certificate_candidate_fields[] = {
	FIELD(struct certificate_candidate, id),
	FIELD(struct certificate_candidate, learner),
	FIELD(struct certificate_candidate, name, .flags = F_PERSONAL),
	FIELD(struct certificate_candidate, email, .flags = F_PERSONAL | F_NULLABLE),
	FIELD(struct certificate_candidate, state, .words = &attendance_state_words),
	FIELD(struct certificate_candidate, certificate, .flags = F_NULLABLE),
	FIELD(struct certificate_candidate, code, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(certificate_candidate, certificate_candidate_fields);

static const struct field withdraw_form_fields[] = {
	FIELD(struct withdraw_form, reason, .label = "Why is it withdrawn?", .max = 1000, .flags = F_REQUIRED | F_LONG,
	      .asks = "Enter why it is withdrawn"),
	FIELD_END
};
RECORD(withdraw_form, withdraw_form_fields);

static const struct field check_name_form_fields[] = {
	FIELD(struct check_name_form, name, .label = "Name on the certificate", .flags = F_REQUIRED | F_PERSONAL,
	      .asks = "Enter the name on the certificate"),
	FIELD_END
};
RECORD(check_name_form, check_name_form_fields);

/* ---- issuing ---- */

static struct err *issue_one(struct op *op, const struct session *s, const struct certificate_candidate *c)
{
	struct certificate k = {
		.authority_id = s->authority_id,
		.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH),
		.learner_id = c->id,
		.learner_reference = c->learner,
		.course_id = s->course_id,
		.course = s->course,
		.session_id = s->id,
		.session_reference = s->reference,
		.code = certificate_code(op->arena, world_reference(op->world, op->arena, CODE_RANDOM)),
		.completed_on = s->held_on, /* not the day of issue (mdjnelson/moodle-mod_customcert#645) */
		.issued_on = op->today,
	};
	struct id_row row;

	TRY(sql_certificate_add(op->arena, op->db, &k, &row));
	k.id = row.id;
	return op_audit(op, "certificate", k.reference, &certificate_record, NULL, &k);
}

static struct err *issue(struct op *op, const void *input)
{
	struct session s;
	struct session_arg args = { .authority_id = op->who->authority_id };
	struct certificate_candidate *v;
	size_t n, issued = 0;

	TRY(session_of_op(op, &s));
	args.session_id = s.id;
	TRY(sql_certificate_candidates(op->arena, op->db, &args, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (certificate_fault(s.state, v[i].state) == NULL && text_empty(v[i].certificate)) {
			TRY(issue_one(op, &s, &v[i]));
			issued++;
		}
	}
	if (issued == 0) {
		problem_add(op->arena, op->problems, NULL,
			    s.state == SESSION_DELIVERED || s.state == SESSION_CLOSED
				    ? "Nobody is without a certificate who attended in full"
				    : "Mark the session as delivered before you issue certificates");
		return NULL;
	}
	op->reference = s.reference;
	op->location = url_path(op->arena, "/training/sessions/{}/certificates", s.reference);
	op->flash = arena_printf(op->arena, "%zu certificate%s issued. Nothing was sent: print them, or send the links yourself",
				 issued, issued == 1 ? "" : "s");
	return NULL;
}

/* ---- withdrawing ---- */

static struct err *withdraw(struct op *op, const void *input)
{
	const struct reference_arg key = { op->who->authority_id, op_path(op, "certificate") };
	const struct withdraw_form *form = input;
	struct certificate before, after;
	bool found;

	TRY(sql_certificate_find(op->arena, op->db, &key, &before, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no certificate with the reference %s", key.reference);
	}
	TRY(op_expect_version(op, before.version));
	if (date_is_set(before.revoked_on)) {
		problem_add(op->arena, op->problems, NULL, "This certificate has already been withdrawn");
		return NULL;
	}
	after = before;
	after.revoked_on = op->today;
	after.reason = form->reason;
	TRY(sql_certificate_revoke(op->db, &after, NULL));
	op->reference = after.reference;
	op->location = link_certificate(op->arena, after.reference);
	op->flash = "Certificate withdrawn";
	return op_audit(op, "certificate", after.reference, &certificate_record, &before, &after);
}

/* ---- checking ---- */

static bool is_name(struct arena *a, const char *typed, const char *name)
{
	return !text_empty(name) && text_same(text_fold(a, typed), text_fold(a, name));
}

/* Guesses are counted like those of a password: by the certificate and by the address they come from. */
static struct err *check(struct op *op, const void *input)
{
	const struct check_name_form *form = input;
	const char *code = certificate_code_read(op->arena, op_path(op, "vcode"));
	struct certificate_code_arg key = { code == NULL ? "" : code };
	const char *subject = arena_printf(op->arena, "certificate:%s", key.code);
	struct public_certificate k;
	bool found;

	TRY(sql_certificate_public(op->arena, op->db, &key, &k, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no certificate with this code");
	}
	struct err *err = limit_check(op->arena, op->db, subject, op->client, op->now);

	if (err != NULL) {
		return err->kind != ERR_LIMIT ? err
					      : ERR_WRAP(err, ERR_LIMIT, "There were too many attempts. Try again in a quarter of an hour");
	}
	bool same = is_name(op->arena, form->name, k.learner) || is_name(op->arena, form->name, k.merged_name);

	if (!same) {
		op->keep = true; /* the attempt counts although nothing else is changed */
		TRY(limit_failed(op->arena, op->db, subject, op->client, op->now));
	}
	pairs_add(op->arena, op->result, "same", same ? "yes" : "no");
	return NULL;
}

const struct operation issue_certificates = {
	.name = "issue-certificates",
	.label = "Issue certificates for a session",
	.permission = PERM_training_deliver,
	.apply = issue,
	.relate = session_op_relate,
};
const struct operation withdraw_certificate = {
	.name = "withdraw-certificate",
	.label = "Withdraw a certificate",
	.permission = PERM_training_manage,
	.input = &withdraw_form_record,
	.apply = withdraw,
};
const struct operation check_certificate = {
	.name = "check-certificate",
	.label = "Check the name on a certificate",
	.permission = PERM_public,
	.input = &check_name_form_record,
	.apply = check,
	.flags = OP_NO_AUDIT | OP_SECRET_ANSWER,
};
