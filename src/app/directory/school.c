/* Schools out of the store, for this feature and those above it. */
#include "app/directory/school.h"

#include "app/directory/directory.h"
#include "app/directory/school.sql.h"
#include "base/arena.h"
#include "db/args.h"

struct url link_school(struct arena *a, int64_t urn)
{
	return url_path(a, "/schools/{}", arena_printf(a, "%lld", (long long)urn));
}

struct err *school_find(struct arena *a, struct db *db, int64_t authority_id, int64_t urn, struct school *out)
{
	bool found;

	TRY(sql_school_by_urn(a, db, &(struct school_arg){ authority_id, urn }, out, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no school with URN %lld in the register here.", (long long)urn);
	}
	return NULL;
}

struct err *schools_all(struct arena *a, struct db *db, int64_t authority_id, struct school_line **out,
			size_t *n_out)
{
	return sql_schools_every(a, db, &(struct authority_arg){ authority_id }, out, n_out);
}

struct err *succession_load(struct arena *a, struct db *db, const struct school_line *schools,
			    size_t n_schools, struct succession **out)
{
	struct school_link *links;
	size_t n;

	TRY(sql_links_every(a, db, &links, &n));
	*out = succession_new(a, links, n, schools, n_schools);
	return NULL;
}

struct err *school_family(struct arena *a, struct db *db, int64_t authority_id, int64_t urn,
			  struct school_family *out)
{
	struct family_arg arg = { authority_id, urn };

	TRY(sql_family_schools(a, db, &arg, &out->schools, &out->n_schools));
	TRY(sql_family_links(a, db, &arg, &out->links, &out->n_links));
	out->succession = succession_new(a, out->links, out->n_links, out->schools, out->n_schools);
	return NULL;
}
