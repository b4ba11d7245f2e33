/* The harness from inside: what its two files share. */
#ifndef CORE_HARNESS_INSIDE_H
#define CORE_HARNESS_INSIDE_H

#include "core/dispatch.h"
#include "core/harness.h"
#include "trust/trust.h"

struct harness {
	struct arena *arena;
	struct settings settings;
	struct world world;
	uint64_t seed;
	const char *place; /* of the store */
	struct db *keeper, *reader, *long_reader, *tests;
	struct door *door;
	int64_t authority;
	int64_t user_ids[ROLE_COUNT];
	char tokens[ROLE_COUNT][LOGIN_TOKEN_TEXT];
	struct who who[ROLE_COUNT];
	struct recents recents;
	int64_t statements_before, journeys_before; /* of the reader, when the page was begun */
};

struct harness_user {
	int64_t id, authority_id;
	const char *reference, *email, *name;
	int role;
	int64_t establishment_urn;
};
RECORD_DECLARE(harness_user);

void harness_must(struct err *err); /* ends the program with the reason */

#endif
