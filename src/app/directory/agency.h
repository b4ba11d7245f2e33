/* Agencies of the programme: what other features may use. Words for where people work stand here too, as an agency has a sector. */
#ifndef APP_DIRECTORY_AGENCY_H
#define APP_DIRECTORY_AGENCY_H

#include "core/feature.h"

enum schedule_6 { /* groups of Schedule 6 to the Counter-Terrorism and Security Act 2015, Part 1 (domain reference 2.3) */
	SCHEDULE_6_LOCAL_GOVERNMENT = 1, /* LG */
	SCHEDULE_6_CRIMINAL_JUSTICE,	 /* CJ */
	SCHEDULE_6_EDUCATION,		 /* ED */
	SCHEDULE_6_HEALTH,		 /* HS */
	SCHEDULE_6_POLICE,		 /* PO */
	SCHEDULE_6_NOT_SPECIFIED	 /* NS: not under the duty, takes part by agreement */
};

enum agency_state { AGENCY_ACTIVE = 1, AGENCY_DORMANT, AGENCY_CLOSED };

enum sector { /* where a person works: audiences of the Prevent duty guidance */
	SECTOR_SCHOOL = 1,
	SECTOR_FURTHER_EDUCATION,
	SECTOR_EARLY_YEARS,
	SECTOR_HEALTH,
	SECTOR_SOCIAL_CARE,
	SECTOR_COUNCIL,
	SECTOR_POLICE_JUSTICE,
	SECTOR_FOSTER_CARERS,
	SECTOR_VOLUNTARY,
	SECTOR_FAITH,
	SECTOR_OTHER,
	SECTOR_OUT_OF_SCHOOL, /* tuition, clubs, supplementary schools */
	SECTOR_NOT_KNOWN /* nobody wrote it down: shown as missing, never guessed */
};

enum presence { PRESENCE_CURRENT = 1, PRESENCE_LEFT, PRESENCE_ALL }; /* a filter: leavers stay in the records */

extern const struct words schedule_6_words, agency_state_words, sector_words, presence_words;

/* Where somebody works: an agency that is not closed ("REF"), or one of its teams ("REF/REF"). */
extern const struct choices agency_team_choices;
/* Every agency by its reference: for filters. */
extern const struct choices agency_choices;

struct agency_team { /* what a value of agency_team_choices stands for */
	int64_t agency_id, team_id; /* team 0: the agency as a whole */
	const char *agency, *team;  /* names */
};
/* The agency and team of such a value ("" is none: ids 0), also of an agency that has been closed; ERR_NOT_FOUND. */
struct err *agency_team_find(struct arena *a, struct db *db, int64_t authority_id, const char *value,
			     struct agency_team *out) MUST_CHECK;

struct url link_agency(struct arena *a, const char *reference);

#endif
