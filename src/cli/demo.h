/*
 * The demonstration: a made-up authority with real schools (Surrey extract of the school register,
 * Open Government Licence v3.0) and invented people. Everything comes about through operations,
 * dated by a clock of its own, so that the figures of the 2017 note follow from rows alone.
 */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include "app/directory/school.h"
#include "cli/cli.h"

enum demo_account {
	DEMO_ADMINISTRATOR,
	DEMO_COORDINATOR,
	DEMO_OFFICER,
	DEMO_TRAINER,
	DEMO_LEAD,
	DEMO_COUNCILLOR,
	DEMO_AUDITOR,
	DEMO_ACCOUNTS
};

enum { DEMO_SCHOOL_STEP = 17, DEMO_OWN_SCHOOL = 2 * DEMO_SCHOOL_STEP }; /* places in the register */

struct demo {
	struct cli *cli;
	struct arena *arena;   /* lives as long as the making */
	struct arena *scratch; /* one ask */
	struct settings settings;
	struct world world; /* fixed clock, moved from event to event; repeatable random */
	uint64_t seed;
	struct date today;
	struct db *db;
	struct door *door;
	int64_t authority_id;
	const char *password;
	const char *users[DEMO_ACCOUNTS]; /* references */
	struct school_line *schools;      /* in order of URN */
	size_t n_schools;
	struct succession *succession;
	size_t people; /* names used so far */
	const char *course; /* of the council's own staff: reference */
};

/* The i-th invented name; repeats after 4,080. */
const char *demo_name(struct arena *a, size_t i);
/* Work e-mail of a name: "ada.quarmby@domain". */
const char *demo_email(struct arena *a, const char *name, const char *domain);

/* Sets the clock to this day and hour, London time. */
void demo_at(struct demo *d, struct date day, int hour, int minute);
/* Asks an operation: name, value, ..., NULL; a name in braces is a capture. Reference on d->arena.
 */
struct err *demo_ask(struct demo *d, const char *operation, const char **reference_out, ...)
	__attribute__((sentinel)) MUST_CHECK;
/* The same with a file. */
struct err *demo_ask_file(struct demo *d, const char *operation, struct bytes file,
			  const char **reference_out, ...) __attribute__((sentinel)) MUST_CHECK;

/* A one-time link's token: for the first administrator (user NULL) or for an account. */
struct err *demo_token(struct demo *d, const char *user, const char **out) MUST_CHECK;
/* Code of a session's feedback form. */
struct err *demo_feedback_code(struct demo *d, const char *session, const char **out) MUST_CHECK;

struct err *demo_accounts(struct demo *d) MUST_CHECK; /* the authority and its administrator */
struct err *demo_people(struct demo *d) MUST_CHECK; /* the other accounts, once there are schools */
/* One of them signs in and signs off a note that was sent for review. */
struct err *demo_sign_off(struct demo *d, enum demo_account account, const char *note) MUST_CHECK;
struct err *demo_register(struct demo *d) MUST_CHECK; /* the Surrey schools */
struct err *demo_trainers(struct demo *d) MUST_CHECK; /* providers outside, and who is accredited */
struct err *demo_courses(struct demo *d) MUST_CHECK; /* a course for foster carers, its versions and feedback */
struct err *demo_training(struct demo *d) MUST_CHECK; /* courses, sessions, attendance, feedback */
struct err *demo_sessions(struct demo *d) MUST_CHECK; /* a series, a joint event of today, late arrivals */
struct err *demo_evidence(struct demo *d) MUST_CHECK; /* quality reviews */
struct err *demo_partners(struct demo *d) MUST_CHECK; /* agencies, contacts, people outside a payroll */
struct err *demo_needs(struct demo *d) MUST_CHECK; /* who needs which course, who is due */
struct err *demo_bookings(struct demo *d) MUST_CHECK; /* a full session with people who wait, and open ones */
struct err *demo_notes(struct demo *d) MUST_CHECK;

/* Who can sign in, for a person and for a program. */
const char *demo_account_text(struct demo *d);
void demo_account_json(struct demo *d, struct buf *out);

#endif
