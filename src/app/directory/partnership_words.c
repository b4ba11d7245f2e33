/* Code lists of agencies and contacts (domain reference 2.3 and 4.9), in plain English. */
#include "app/directory/partnership.h"

static const struct word groups[] = {
	{ SCHEDULE_6_LOCAL_GOVERNMENT, "lg", "Local government", NULL },
	{ SCHEDULE_6_CRIMINAL_JUSTICE, "cj", "Criminal justice", "Prisons, probation, secure training centres" },
	{ SCHEDULE_6_EDUCATION, "ed", "Education and child care",
	  "Schools, colleges, universities, registered childcare, children’s homes, fostering agencies" },
	{ SCHEDULE_6_HEALTH, "hs", "Health and social care", "NHS trusts and foundation trusts" },
	{ SCHEDULE_6_POLICE, "po", "Police", NULL },
	{ SCHEDULE_6_NOT_SPECIFIED, "ns", "Not specified: takes part by agreement",
	  "Voluntary, faith, community and private bodies" },
	{ 0, NULL, NULL, NULL },
};
const struct words schedule_6_words = { "schedule-6", groups };

static const struct word states[] = {
	{ AGENCY_ACTIVE, "active", "Active", NULL },
	{ AGENCY_DORMANT, "dormant", "Dormant", "Takes no part at the moment" },
	{ AGENCY_CLOSED, "closed", "Closed", "No longer exists, or has left the programme" },
	{ 0, NULL, NULL, NULL },
};
const struct words agency_state_words = { "agency-state", states };

static const struct word sectors[] = {
	{ SECTOR_SCHOOL, "school", "School staff", NULL },
	{ SECTOR_FURTHER_EDUCATION, "further-education", "Further education", NULL },
	{ SECTOR_EARLY_YEARS, "early-years", "Early years", NULL },
	{ SECTOR_HEALTH, "health", "Health", NULL },
	{ SECTOR_SOCIAL_CARE, "social-care", "Social care", NULL },
	{ SECTOR_COUNCIL, "council", "Council", NULL },
	{ SECTOR_POLICE_JUSTICE, "police-justice", "Police and justice", NULL },
	{ SECTOR_FOSTER_CARERS, "foster-carers", "Foster carers", NULL },
	{ SECTOR_VOLUNTARY, "voluntary", "Voluntary and community", NULL },
	{ SECTOR_FAITH, "faith", "Faith", NULL },
	{ SECTOR_OUT_OF_SCHOOL, "out-of-school", "Out-of-school settings", NULL },
	{ SECTOR_OTHER, "other", "Other", NULL },
	{ SECTOR_NOT_KNOWN, "not-known", "Not recorded", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words sector_words = { "sector", sectors };

static const struct word presences[] = {
	{ PRESENCE_CURRENT, "current", "Those who have not left", NULL },
	{ PRESENCE_LEFT, "left", "Those who have left", NULL },
	{ PRESENCE_ALL, "all", "Everybody", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words presence_words = { "presence", presences };

static const struct word kinds[] = {
	{ CONTACT_PREVENT_LEAD, "prevent-lead", "Prevent lead", NULL },
	{ CONTACT_DSL, "dsl", "Designated safeguarding lead", NULL },
	{ CONTACT_DEPUTY_DSL, "deputy-dsl", "Deputy designated safeguarding lead", NULL },
	{ CONTACT_HEAD, "head", "Head", NULL },
	{ CONTACT_GOVERNOR, "governor", "Governor", NULL },
	{ CONTACT_PANEL_REP, "panel-rep", "Representative on the panel", NULL },
	{ CONTACT_TRAINER, "trainer", "Trainer", NULL },
	{ CONTACT_COMMUNITY, "community", "Community contact", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words contact_kind_words = { "contact-kind", kinds };
