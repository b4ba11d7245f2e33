/* Roles, permissions and the one policy table: who may do what to what. */
#ifndef TRUST_PERMISSION_H
#define TRUST_PERMISSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/words.h"

enum permission {
	PERM_none = 0,        /* a route, operation or statement with this does not build */
	PERM_public,          /* anybody, no account */
	PERM_house,           /* statements the house itself runs: login, audit; no route has it */
	PERM_signed_in,       /* any account: own password, sign out, Today */
	PERM_training_read,   /* sessions, courses, attendance figures */
	PERM_training_manage, /* schedule, cancel, close, courses, trainers */
	PERM_training_deliver,/* record attendance, mark delivered, open feedback */
	PERM_trainer_accredit,/* who may train: applications, accreditation, withdrawal */
	PERM_booking_make,    /* give, move and cancel places at sessions */
	PERM_learner_read,    /* names of people trained */
	PERM_need_read,       /* who is due for which course */
	PERM_evidence_read,   /* training done elsewhere; own: of one's own school */
	PERM_evidence_claim,  /* say that training was done elsewhere */
	PERM_review_read,     /* quality reviews; own: of what one gave, once it has ended or was rated */
	PERM_review_write,    /* open, rate and follow up a quality review */
	PERM_rubric_write,    /* versions of the rubric: what every review is held against */
	PERM_school_read,     /* register and a school's page */
	PERM_coverage_read,   /* coverage of all schools and the list behind each number */
	PERM_school_manage,   /* import the register */
	PERM_agency_read,     /* agencies of the programme and their teams */
	PERM_contact_read,    /* who is whose contact: names and work addresses */
	PERM_agency_manage,   /* agencies, teams, contacts */
	PERM_figure_read,     /* figures and notes */
	PERM_figure_rows,     /* the rows behind a figure */
	PERM_note_write,
	PERM_user_manage,
	PERM_settings_manage,
	PERM_audit_read,      /* who did what to what, and when */
	PERM_audit_detail,    /* what an entry says has changed */
	PERM_COUNT
};

enum role {
	ROLE_NOBODY = 0, /* not signed in */
	ROLE_ADMINISTRATOR,
	ROLE_COORDINATOR,
	ROLE_TRAINING_OFFICER,
	ROLE_TRAINER,
	ROLE_SCHOOL_LEAD,
	ROLE_COUNCILLOR,
	ROLE_AUDITOR,
	ROLE_SYSTEM, /* the command line under the data directory's owner, and jobs */
	ROLE_COUNT
};
extern const struct words role_words;

/* How the person stands to the thing: their own session, their own school - or not. */
enum relation { RELATION_NONE, RELATION_OWN };

enum reach { REACH_NO, REACH_OWN, REACH_ALL };

/* The table. */
enum reach policy_reach(enum role role, enum permission permission);
bool policy_allows(enum role role, enum permission permission, enum relation relation);
/* Statement grant of a role: every permission with any reach, and public and house. */
uint64_t policy_grant(enum role role);
const char *permission_name(enum permission permission);

struct authority { /* whose service this is, as every page's header shows it */
	int64_t id;       /* 0: not set up yet */
	const char *name;
	const char *code;
	const char *accent;
};

/* Who is asking. */
struct who {
	int64_t user_id;  /* 0: nobody, or the system */
	enum role role;
	int64_t authority_id;
	int64_t establishment_urn; /* school lead: the own school; otherwise 0 */
	int64_t login_id;
	const char *name;          /* on screen */
	const char *actor;         /* in the audit: "user:12", "system:import", "public" */
	unsigned char csrf[32];    /* secret of this login; all zero when nobody */
	struct authority authority; /* of somebody who is signed in */
};

#endif
