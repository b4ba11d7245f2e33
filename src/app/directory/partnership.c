/* Feature partnership: agencies of the programme, their teams and contacts. Tables only. */
#include "app/directory/partnership.h"

static const struct record *const records[] = { &agency_record, &team_record, &contact_record, NULL };

static const struct operation *const operations[] = { &add_agency,  &change_agency,  &add_team,	   &change_team,
						      &add_contact, &change_contact, &end_contact, &return_contact,
						      NULL };

static const struct list *const lists[] = { &list_agencies, &list_contacts, NULL };

static const struct route routes[] = {
	{ HTTP_GET, "/partnership/agencies/new", PERM_agency_manage, agency_new_page, NULL, NULL },
	{ HTTP_POST, "/partnership/agencies/new", PERM_agency_manage, agency_new_page, &add_agency, NULL },
	{ HTTP_GET, "/partnership/agencies/{agency}", PERM_agency_read, agency_page, NULL, NULL },
	{ HTTP_GET, "/partnership/agencies/{agency}/edit", PERM_agency_manage, agency_edit_page, NULL, NULL },
	{ HTTP_POST, "/partnership/agencies/{agency}/edit", PERM_agency_manage, agency_edit_page, &change_agency, NULL },
	{ HTTP_GET, "/partnership/agencies/{agency}/teams/new", PERM_agency_manage, team_new_page, NULL, NULL },
	{ HTTP_POST, "/partnership/agencies/{agency}/teams/new", PERM_agency_manage, team_new_page, &add_team, NULL },
	{ HTTP_GET, "/partnership/agencies/{agency}/teams/{team}/edit", PERM_agency_manage, team_edit_page, NULL, NULL },
	{ HTTP_POST, "/partnership/agencies/{agency}/teams/{team}/edit", PERM_agency_manage, team_edit_page, &change_team,
	  NULL },

	{ HTTP_GET, "/partnership/contacts/new", PERM_agency_manage, contact_new_page, NULL, NULL },
	{ HTTP_POST, "/partnership/contacts/new", PERM_agency_manage, contact_new_page, &add_contact, NULL },
	{ HTTP_GET, "/partnership/contacts/{contact}", PERM_contact_read, contact_page, NULL, contact_relate },
	{ HTTP_GET, "/partnership/contacts/{contact}/edit", PERM_agency_manage, contact_edit_page, NULL, NULL },
	{ HTTP_POST, "/partnership/contacts/{contact}/edit", PERM_agency_manage, contact_edit_page, &change_contact, NULL },
	{ HTTP_GET, "/partnership/contacts/{contact}/leave", PERM_agency_manage, contact_leave_page, NULL, NULL },
	{ HTTP_POST, "/partnership/contacts/{contact}/leave", PERM_agency_manage, contact_leave_page, &end_contact, NULL },
	{ HTTP_POST, "/partnership/contacts/{contact}/return", PERM_agency_manage, contact_page, &return_contact, NULL },
	{ 0 },
};

static const struct nav_item nav[] = {
	{ "Agencies", URL("/partnership/agencies"), PERM_agency_read, NULL },
	{ "Contacts", URL("/partnership/contacts"), PERM_contact_read, NULL },
	{ 0 },
};

const struct feature partnership_feature = {
	.name = "partnership",
	.title = "Partnership",
	.nav = nav,
	.records = records,
	.operations = operations,
	.lists = lists,
	.routes = routes,
};
