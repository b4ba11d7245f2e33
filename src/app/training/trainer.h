/*
 * Trainers and their accreditation. A trainer may have an account, or come from outside without one. The accreditation goes
 * APPLIED -> ACTIVE -> LAPSED / WITHDRAWN, moved by the co-ordinator; only an active one may be named on a confirmed session
 * (domain reference 3.11). That one has lapsed follows from its last day.
 */
#ifndef APP_TRAINING_TRAINER_H
#define APP_TRAINING_TRAINER_H

#include "app/training/session.h"

enum accreditation_kind { ACCREDITATION_WRAP = 1, ACCREDITATION_HOME_OFFICE, ACCREDITATION_INTERNAL };
enum accreditation_state { ACCREDITATION_APPLIED = 1, ACCREDITATION_ACTIVE, ACCREDITATION_LAPSED, ACCREDITATION_WITHDRAWN };
enum accreditation_move { MOVE_ACCREDIT = 1, MOVE_RENEW, MOVE_WITHDRAW };
extern const struct words accreditation_words, accreditation_state_words;

enum { LAPSE_SOON_DAYS = 60 };

struct accreditation { /* a trainer */
	int64_t id, authority_id;
	const char *reference;
	const char *name, *name_fold;
	int64_t user_id; /* 0: no account */
	const char *user_reference, *user;
	int64_t provider_id;
	const char *provider_reference, *provider;
	int accreditation;
	int state; /* as stored: never lapsed */
	struct date accredited_on, expires_on;
	const char *topics, *languages, *reason;
	int64_t version;
};
RECORD_DECLARE(accreditation);

struct trainer_form { /* add-trainer and change-trainer */
	const char *name, *account, *provider; /* references */
	int accreditation;
	const char *topics, *languages;
};
RECORD_DECLARE(trainer_form);

struct accredit_form {
	struct date accredited_on, expires_on;
};
RECORD_DECLARE(accredit_form);

struct renew_form {
	struct date expires_on;
};
RECORD_DECLARE(renew_form);

struct withdrawal_form {
	const char *reason;
};
RECORD_DECLARE(withdrawal_form);

struct trainers_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	int state, due, accreditation;
	struct date today, soon;
};
RECORD_DECLARE(trainers_args);

struct trainer_line {
	int64_t id;
	const char *reference, *name, *name_fold, *provider;
	int accreditation, state; /* lapsed where it has */
	struct date accredited_on, expires_on;
	const char *topics, *languages;
};
RECORD_DECLARE(trainer_line);

struct account_day_arg {
	int64_t authority_id, user_id;
	struct date from;
};
RECORD_DECLARE(account_day_arg);

/* ---- pure ---- */

/* The state on a day: active becomes lapsed the day after its last. */
int accreditation_on(int state, struct date expires_on, struct date day);
/* Why the move cannot be made from this state of today; NULL: it can. */
const char *accreditation_move_fault(int state, enum accreditation_move move);
/* Why this trainer may not be named on a session of that day that is confirmed; NULL: may. x NULL: nobody has recorded them. */
const char *accreditation_fault(struct arena *a, const struct accreditation *x, const char *name, struct date day);
/* Since when it has been active without a gap, when it is renewed today. */
struct date accredited_since(const struct accreditation *x, struct date today);
const char *accreditation_tag(int state);

/* ---- the store ---- */

/* The same of an account. */
struct err *trainer_fault(struct arena *a, struct db *db, int64_t authority_id, int64_t user_id, const char *name,
			  struct date day, const char **fault_out) MUST_CHECK;
struct err *trainer_of(struct arena *a, struct db *db, const struct who *who, const char *reference,
		       struct accreditation *out) MUST_CHECK;

struct url link_trainer(struct arena *a, const char *reference);
relate_fn trainer_relate; /* the own record */
extern const struct operation add_trainer, change_trainer, accredit_trainer, renew_trainer, withdraw_trainer;
extern const struct list trainer_list;
page_fn trainer_page, trainer_new_page, trainer_edit_page, trainer_accredit_page, trainer_renew_page, trainer_withdraw_page;
/* What lapses soon: one's own, or everybody's for those who schedule. */
struct err *trainer_today(struct page *p, struct today *out);

#endif
