/* Made by tools/sqlgen: every statement of the program. */
#include <stddef.h>

#include "db/statement.h"
#include "trust/permission.h"

/* What db/db.h grants every handle. */
_Static_assert(PERM_none == 0 && PERM_public == 1 && PERM_house == 2 && PERM_COUNT <= 64,
	       "db/db.h relies on these numbers");

extern const struct statement SQL_session_find;
extern const struct statement SQL_session_count;
extern const struct statement SQL_session_close;
extern const struct statement SQL_session_claim;
extern const struct statement SQL_session_all;
extern const struct statement SQL_session_own;
extern const struct statement SQL_session_held_count;
extern const struct statement SQL_session_hosts;
extern const struct statement SQL_session_found;
extern const struct statement SQL_session_add_all;
extern const struct statement SQL_session_move_all;
extern const struct statement SQL_session_of_list;

const struct statement *const statements[] = {
	&SQL_session_find,
	&SQL_session_count,
	&SQL_session_close,
	&SQL_session_claim,
	&SQL_session_all,
	&SQL_session_own,
	&SQL_session_held_count,
	&SQL_session_hosts,
	&SQL_session_found,
	&SQL_session_add_all,
	&SQL_session_move_all,
	&SQL_session_of_list,
	NULL
};
const int statement_count = 12;
