/* The two cookies of the service: the login, and a sentence for the next page. */
#ifndef CORE_COOKIE_H
#define CORE_COOKIE_H

#include "core/core.h"

/* "" clears it. */
void cookie_set_login(struct arena *a, const struct settings *settings, struct response *r,
		      const char *token);
/* NULL: nothing. */
void cookie_set_flash(struct arena *a, struct response *r, const char *sentence);
/* The sentence for this page, which clears its cookie; NULL: none. */
const char *cookie_take_flash(struct page *p);

#endif
