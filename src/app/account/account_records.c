/* The records of accounts and of the authority: what is stored, shown and asked. */
#include "app/account/account.h"
#include "app/account/statements.h"

static const struct word state_items[] = {
	{ ACCOUNT_ACTIVE, "active", "Active", NULL },
	{ ACCOUNT_CLOSED, "closed", "Closed", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words account_state_words = { "account-state", state_items };

static const struct word person_items[] = {
	{ ROLE_ADMINISTRATOR, "administrator", "Administrator",
	  "Accounts, settings and the authority's details" },
	{ ROLE_COORDINATOR, "co-ordinator", "Prevent co-ordinator",
	  "The whole programme: training, schools, figures and notes" },
	{ ROLE_TRAINING_OFFICER, "training-officer", "Training officer",
	  "Courses, sessions, attendance and coverage" },
	{ ROLE_TRAINER, "trainer", "Trainer", "The sessions they deliver themselves" },
	{ ROLE_SCHOOL_LEAD, "school-lead", "School safeguarding lead", "Their own school only" },
	{ ROLE_COUNCILLOR, "councillor", "Councillor", "Figures and notes, without names" },
	{ ROLE_AUDITOR, "auditor", "Auditor",
	  "Reads the programme and the audit, changes nothing" },
	{ 0, NULL, NULL, NULL },
};
const struct words person_roles = { "role", person_items };

static const struct field account_fields[] = {
	FIELD(struct account, id),
	FIELD(struct account, reference, .flags = F_REFERENCE),
	FIELD(struct account, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct account, email, .label = "Work email address", .flags = F_PERSONAL | F_EMAIL),
	FIELD(struct account, role, .label = "Role", .words = &role_words),
	FIELD(struct account, establishment_urn, .flags = F_NULLABLE | F_REFERENCE),
	FIELD(struct account, school, .label = "School", .flags = F_NULLABLE),
	FIELD(struct account, state, .label = "Account", .words = &account_state_words),
	FIELD(struct account, password_set, .label = "Password set"),
	FIELD(struct account, version),
	FIELD_END,
};
RECORD(account, account_fields);

static const struct field account_input_fields[] = {
	FIELD(struct account_input, name, .label = "Name", .flags = F_REQUIRED | F_PERSONAL,
	      .max = 100),
	FIELD(struct account_input, email, .label = "Work email address",
	      .hint = "They sign in with it. Nothing is sent to it",
	      .flags = F_REQUIRED | F_EMAIL | F_PERSONAL, .max = 254),
	FIELD(struct account_input, role, .label = "Role", .words = &person_roles,
	      .flags = F_REQUIRED | F_RADIOS),
	FIELD(struct account_input, establishment_urn, .label = "URN of the school",
	      .hint = "Only for a school safeguarding lead: the 6 numbers of their school in the "
		      "register",
	      .flags = F_NULLABLE | F_REFERENCE, .min = 100000, .max = 999999),
	FIELD_END,
};
RECORD(account_input, account_input_fields);

static const struct field account_secret_fields[] = {
	FIELD(struct account_secret, id),
	FIELD(struct account_secret, authority_id),
	FIELD(struct account_secret, reference),
	FIELD(struct account_secret, name, .flags = F_PERSONAL),
	FIELD(struct account_secret, email, .flags = F_PERSONAL),
	FIELD(struct account_secret, authority_name),
	FIELD(struct account_secret, state, .words = &account_state_words),
	FIELD(struct account_secret, password_hash, .flags = F_NULLABLE | F_SECRET),
	FIELD_END,
};
RECORD(account_secret, account_secret_fields);

static const struct field account_key_fields[] = {
	FIELD(struct account_key, authority_id),
	FIELD(struct account_key, id),
	FIELD_END,
};
RECORD(account_key, account_key_fields);

static const struct field account_password_fields[] = {
	FIELD(struct account_password, id),
	FIELD(struct account_password, password_hash, .flags = F_SECRET),
	FIELD_END,
};
RECORD(account_password, account_password_fields);

static const struct field account_new_fields[] = {
	FIELD(struct account_new, authority_id),
	FIELD(struct account_new, reference),
	FIELD(struct account_new, email, .flags = F_PERSONAL),
	FIELD(struct account_new, name, .flags = F_PERSONAL),
	FIELD(struct account_new, role, .words = &role_words),
	FIELD(struct account_new, establishment_urn, .flags = F_NULLABLE),
	FIELD(struct account_new, password_hash, .flags = F_SECRET | F_NULLABLE),
	FIELD_END,
};
RECORD(account_new, account_new_fields);

static const struct field authority_details_fields[] = {
	FIELD(struct authority_details, id),	  FIELD(struct authority_details, name),
	FIELD(struct authority_details, code),	  FIELD(struct authority_details, accent),
	FIELD(struct authority_details, version), FIELD_END,
};
RECORD(authority_details, authority_details_fields);

static const struct field authority_input_fields[] = {
	FIELD(struct authority_input, name, .label = "Name of the authority", .flags = F_REQUIRED,
	      .max = 100),
	FIELD(struct authority_input, code, .label = "LA code",
	      .hint = "The 3 numbers of the authority in the school register, like 936",
	      .flags = F_REQUIRED, .min = 3, .max = 3),
	FIELD(struct authority_input, accent, .label = "Accent colour",
	      .hint = "Background of the header, like " ACCENT_DEFAULT
		      ". White text on it must be easy to read",
	      .flags = F_REQUIRED, .max = 7),
	FIELD_END,
};
RECORD(authority_input, authority_input_fields);

static const struct field authority_change_fields[] = {
	FIELD(struct authority_change, authority_id),
	FIELD(struct authority_change, name),
	FIELD(struct authority_change, code),
	FIELD(struct authority_change, accent),
	FIELD_END,
};
RECORD(authority_change, authority_change_fields);
