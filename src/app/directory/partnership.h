/* Inside feature partnership: agencies, their teams, their contacts. Work data only; nobody is deleted, leavers are end-dated. */
#ifndef APP_DIRECTORY_PARTNERSHIP_H
#define APP_DIRECTORY_PARTNERSHIP_H

#include "app/directory/agency.h"
#include "core/core.h"

enum contact_kind { /* why somebody is a contact (domain reference 4.9) */
	CONTACT_PREVENT_LEAD = 1,
	CONTACT_DSL,
	CONTACT_DEPUTY_DSL,
	CONTACT_HEAD,
	CONTACT_GOVERNOR,
	CONTACT_PANEL_REP,
	CONTACT_TRAINER,
	CONTACT_COMMUNITY
};
extern const struct words contact_kind_words;

/* ---- agencies ---- */

struct agency { /* row, and the form of add-agency and change-agency */
	int64_t id, authority_id;
	const char *reference, *name, *name_fold;
	int sch6, sector;
	bool sch7, steering_group;
	const char *address;
	struct date agreement_signed_on, agreement_review_on, last_contact_on;
	int state;
	int64_t version;
};
RECORD_DECLARE(agency);

struct agencies_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	const char *find, *match;
	int sch6, state;
};
RECORD_DECLARE(agencies_args);

struct agency_line {
	int64_t id;
	const char *reference, *name, *name_fold;
	int sch6, sector;
	bool steering_group;
	struct date agreement_review_on, last_contact_on;
	int64_t contacts; /* in post */
	int state;
};
RECORD_DECLARE(agency_line);

struct agency_people { /* of an agency's own page */
	int64_t people, trained;
};
RECORD_DECLARE(agency_people);

struct agency_due { /* trainings that rules ask of its people, and those that are in date */
	int64_t asked, in_date;
};
RECORD_DECLARE(agency_due);

struct team {
	int64_t id, agency_id;
	const char *reference, *name, *name_fold;
	struct date ended_on;
	int64_t version;
};
RECORD_DECLARE(team);

struct team_form {
	const char *name;
	struct date ended_on;
};
RECORD_DECLARE(team_form);

struct part_arg { /* what belongs to an agency; reference: of one of its teams, or of the agency in agency_team_find */
	int64_t authority_id, agency_id;
	const char *reference;
	struct date today;
};
RECORD_DECLARE(part_arg);

struct agency_team_arg {
	int64_t authority_id;
	const char *agency, *team; /* references; team "": none */
};
RECORD_DECLARE(agency_team_arg);
RECORD_DECLARE(agency_team);

/* ---- contacts ---- */

struct contact {
	int64_t id, authority_id;
	const char *reference, *name, *name_fold;
	int64_t agency_id, team_id;
	const char *agency, *agency_reference, *team, *team_reference; /* of the two before; "" none */
	int64_t establishment_urn;
	const char *school;
	const char *job;
	int kind;
	const char *email, *telephone;
	bool secure_email;
	struct date from_on, to_on;
	int64_t version;
};
RECORD_DECLARE(contact);

struct contact_form {
	const char *name;
	int kind;
	const char *job;
	const char *body; /* of agency_team_choices */
	int64_t establishment_urn;
	const char *email, *telephone;
	bool secure_email;
	struct date from_on;
};
RECORD_DECLARE(contact_form);

struct contact_leave {
	struct date to_on;
};
RECORD_DECLARE(contact_leave);

struct contacts_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	struct date today;
	const char *find, *match;
	int kind, presence;
	const char *agency; /* reference */
};
RECORD_DECLARE(contacts_args);

struct contact_line {
	int64_t id;
	const char *reference, *name, *name_fold;
	int kind;
	const char *agency, *team, *school;
	int64_t establishment_urn;
	const char *job, *email, *telephone;
	bool secure_email;
	struct date from_on, to_on;
};
RECORD_DECLARE(contact_line);

struct contacts_of_arg { /* of one agency, or of one school */
	int64_t authority_id, agency_id, establishment_urn;
};
RECORD_DECLARE(contacts_of_arg);

struct err *agency_find(struct arena *a, struct db *db, int64_t authority_id, const char *reference,
			struct agency *out) MUST_CHECK;
struct err *team_find(struct arena *a, struct db *db, const struct agency *agency, const char *reference,
		      struct team *out) MUST_CHECK;
struct err *contact_find(struct arena *a, struct db *db, int64_t authority_id, const char *reference,
			 struct contact *out) MUST_CHECK;
struct url link_contact(struct arena *a, const char *reference);

/* Contacts as a table below a thing they belong to: those in post first. */
struct err *contacts_table(struct page *p, const struct contacts_of_arg *of) MUST_CHECK;

extern const struct operation add_agency, change_agency, add_team, change_team;
extern const struct operation add_contact, change_contact, end_contact, return_contact;
extern const struct list list_agencies, list_contacts;
extern const struct feature partnership_feature;

page_fn agency_page, agency_new_page, agency_edit_page, team_new_page, team_edit_page;
page_fn contact_page, contact_new_page, contact_edit_page, contact_leave_page;
relate_fn contact_relate;

#endif
