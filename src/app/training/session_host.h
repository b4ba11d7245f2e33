/* Who holds a session: one school or body, or several together. The first is the one that lists name. */
#ifndef APP_TRAINING_SESSION_HOST_H
#define APP_TRAINING_SESSION_HOST_H

#include "app/training/session_rows.h"

enum { HOSTS_MAX = 20 };

struct host {
	int64_t id, session_id, nth;
	int64_t urn;		  /* 0: no school of the register */
	const char *school;	  /* its name */
	const char *organisation; /* when it is no school */
	int64_t agency_id;	  /* the organisation is an agency of the programme */
};
RECORD_DECLARE(host);

struct host_agency_arg {
	int64_t authority_id;
	const char *name_fold;
};
RECORD_DECLARE(host_agency_arg);

struct host_form {
	const char *host;
};
RECORD_DECLARE(host_form);

/* "Oak Lane School (125404)" or the organisation's name. */
const char *host_name(struct arena *a, const struct host *h);
/* All hosts of a session, the first one first. */
struct err *session_hosts(struct arena *a, struct db *db, const struct session *s, struct host **out,
			  size_t *n) MUST_CHECK;
/* Writes s->host or s->host_urn as the first host; joint hosts stay. */
struct err *session_host_keep(struct op *op, const struct session *s) MUST_CHECK;
/* Finds the session by its venue and all its hosts. To be called when either has changed. */
struct err *session_searchable(struct op *op, const struct session *s, bool is_new) MUST_CHECK;

extern const struct operation add_session_host, remove_session_host;
page_fn session_hosts_page;

#endif
