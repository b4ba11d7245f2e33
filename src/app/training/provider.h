/*
 * Providers: who teaches. The authority itself, the school itself, or a body outside; events of the regional police unit count
 * as outside (domain reference 4.11).
 */
#ifndef APP_TRAINING_PROVIDER_H
#define APP_TRAINING_PROVIDER_H

#include "app/training/session.h"

enum provider_state { PROVIDER_OPEN = 1, PROVIDER_CLOSED };
extern const struct words provider_state_words;

struct provider_body {
	int64_t id, authority_id;
	const char *reference;
	const char *name, *name_fold;
	int kind;
	bool outside;
	int64_t agency_id;
	const char *agency_reference, *agency;
	int state;
	int64_t version;
};
RECORD_DECLARE(provider_body);

struct provider_form { /* add-provider and change-provider */
	const char *name;
	int kind;
	bool outside;
	const char *agency; /* reference */
};
RECORD_DECLARE(provider_form);

struct providers_args {
	int64_t authority_id, own_user_id, own_urn;
	const char *after_key;
	int64_t after_id, row_limit;
	int kind, state, where;
};
RECORD_DECLARE(providers_args);

struct provider_line {
	int64_t id;
	const char *reference, *name, *name_fold;
	int kind;
	bool outside;
	const char *agency;
	int64_t courses; /* that are open */
	int state;
};
RECORD_DECLARE(provider_line);

struct provider_course {
	int64_t id;
	const char *reference, *title;
	int provider, state;
};
RECORD_DECLARE(provider_course);

/* Why a provider of that kind cannot be inside or outside; NULL: it can. The authority's own are inside; police, the Home
 * Office, agencies and schools are not of the authority. */
const char *provider_fault(int kind, bool outside);

struct url link_provider(struct arena *a, const char *reference);
extern const struct operation add_provider, change_provider, close_provider, reopen_provider;
extern const struct choices provider_choices; /* the closed ones too, which say so */
extern const struct list provider_list;
page_fn provider_page, provider_new_page, provider_edit_page;

#endif
