/*
 * Certificates: only for attendance in full at a session that took place, dated by the day of the session (domain
 * reference 3.11: CERTIFIED only from ATTENDED, EXPIRED computed; peers 4.2: a certificate's date is the date of
 * completion, an apology is not absence and no attendance either).
 *
 * Whether one is valid is never stored: it is worked out when somebody asks, from the attendance as it is then. So a
 * certificate ends by itself when the attendance behind it is corrected, and lives again when that is undone.
 *
 * Anybody can check one by its code, without an account. The page names nobody: whoever checks types the name on the
 * paper and is told whether it is the one.
 */
#ifndef APP_TRAINING_CERTIFICATE_H
#define APP_TRAINING_CERTIFICATE_H

#include "app/training/attendance.h"

/* 14 of 25 letters are 65 bits, and one letter to notice a slip of the pen. */
enum { CODE_RANDOM = 14, CODE_LENGTH = CODE_RANDOM + 1 };

enum certificate_state { CERTIFICATE_VALID = 1, CERTIFICATE_EXPIRED, CERTIFICATE_WITHDRAWN };
extern const struct words certificate_state_words;

struct certificate { /* row */
	int64_t id, authority_id;
	const char *reference;
	int64_t learner_id, course_id, session_id;
	const char *learner_reference, *learner, *merged_name; /* merged: name of the record that stays */
	const char *course, *session_reference;
	int64_t refresh_months;
	const char *code;
	struct date completed_on, issued_on, revoked_on;
	const char *reason;
	bool attended; /* as it is recorded now */
	int64_t version;
};
RECORD_DECLARE(certificate);

struct certificate_code_arg {
	const char *code;
};
RECORD_DECLARE(certificate_code_arg);

struct public_certificate { /* all that the public page needs */
	int64_t id;
	const char *authority, *course;
	const char *learner, *merged_name;
	struct date completed_on, revoked_on;
	int64_t refresh_months;
	bool attended;
};
RECORD_DECLARE(public_certificate);

struct certificate_candidate { /* somebody on a session's list */
	int64_t id; /* of the learner */
	const char *learner, *name, *email;
	int state;
	const char *certificate, *code; /* one that was issued and not withdrawn; "" none */
};
RECORD_DECLARE(certificate_candidate);

struct withdraw_form {
	const char *reason;
};
RECORD_DECLARE(withdraw_form);

struct check_name_form {
	const char *name;
};
RECORD_DECLARE(check_name_form);

/* ---- pure: certificate_rules.c ---- */

/* Why this person gets none, as a sentence; NULL: they do. */
const char *certificate_fault(int session_state, int attendance_state);
/* Last day on which it is valid; not set: the course asks for no refresher. */
struct date certificate_until(struct date completed_on, int64_t refresh_months);
int certificate_state(struct date completed_on, int64_t refresh_months, bool attended, struct date revoked_on,
		      struct date today);
/* The random part with its check letter. */
const char *certificate_code(struct arena *a, const char *random);
/* The code as it was typed, without spaces and dashes, in capitals; NULL: no code of ours. */
const char *certificate_code_read(struct arena *a, const char *typed);
/* "2345-6789-CDFG-HJK": in pieces, for the paper. */
const char *certificate_code_text(struct arena *a, const char *code);

/* ---- pages ---- */

struct url link_certificate(struct arena *a, const char *reference);
struct err *certificate_of_page(struct page *p, struct certificate *out) MUST_CHECK;
relate_fn certificate_relate;

extern const struct operation issue_certificates, withdraw_certificate, check_certificate;
page_fn certificates_page, certificates_print_page, certificates_links_page, certificate_page, certificate_withdraw_page,
	certificate_check_page;

#endif
