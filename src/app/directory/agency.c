/* Agencies and teams out of the store, for this feature and those above it. */
#include "app/directory/agency.h"

#include <string.h>

#include "app/directory/agency.sql.h"
#include "app/directory/partnership.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"

struct url link_agency(struct arena *a, const char *reference)
{
	return url_path(a, "/partnership/agencies/{}", reference);
}

struct err *agency_find(struct arena *a, struct db *db, int64_t authority_id, const char *reference,
			struct agency *out)
{
	struct reference_arg key = { authority_id, reference };
	bool found;

	TRY(sql_agency_by_reference(a, db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no agency with the reference %s", reference);
}

struct err *team_find(struct arena *a, struct db *db, const struct agency *agency, const char *reference,
		      struct team *out)
{
	struct part_arg key = { .authority_id = agency->authority_id, .agency_id = agency->id, .reference = reference };
	bool found;

	TRY(sql_team_by_reference(a, db, &key, out, &found));
	return found ? NULL : ERR(ERR_NOT_FOUND, "There is no team with the reference %s", reference);
}

struct err *agency_team_find(struct arena *a, struct db *db, int64_t authority_id, const char *value,
			     struct agency_team *out)
{
	const char *slash = text_empty(value) ? NULL : strchr(value, '/');
	struct agency_team_arg key = { .authority_id = authority_id, .team = slash == NULL ? "" : slash + 1 };
	bool found;

	*out = (struct agency_team){ .agency = "", .team = "" };
	if (text_empty(value)) {
		return NULL;
	}
	key.agency = slash == NULL ? value : arena_strndup(a, value, (size_t)(slash - value));
	TRY(sql_agency_team_named(a, db, &key, out, &found));
	if (!found || (slash != NULL && out->team_id == 0)) {
		return ERR(ERR_NOT_FOUND, "There is no agency or team with the reference %s", value);
	}
	return NULL;
}
