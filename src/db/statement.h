/*
 * A named statement, as tools/sqlgen writes it from a .sql file. Read-only data.
 *
 *   -- session_find :maybe args=reference_arg row=session perm=training_read
 *   SELECT ... WHERE reference = :reference;
 *
 *   -- attendance_add :list args=attendance perm=training_deliver
 *   INSERT INTO attendance (...) VALUES (:session_id, :learner_id, ...);
 *
 * A :list is called with many structs and done for each (tools/sqlgen_list.c). In .sql files values stand as :name only. A statement whose texts must differ is written twice,
 * one after the other, tagged [sqlite] and [pgsql]. `plan: scan because ...` after perm= excuses a
 * table scan, a sort or a temporary b-tree; of two texts each has its own reason.
 */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include "base/field.h"

enum cardinality { DB_ONE, DB_MAYBE, DB_MANY, DB_EXEC, DB_LIST };

struct statement {
	const char *name;
	const char *place;  /* "training/session.sql:12" */
	const char *sqlite; /* ?1 ?2 */
	const char *pgsql;  /* $1 $2; of a list: columns of values */
	const char *const *parameters; /* names in order of number; ends with NULL */
	enum cardinality cardinality;
	const struct record *args; /* NULL: none */
	const struct record *row;  /* NULL for :exec and :list */
	unsigned permission;       /* enum permission of trust/permission.h */
	const char *sqlite_plan, *pgsql_plan; /* reason for a scan or a sort, or NULL */
	int index;                 /* number among all statements: slot in a connection's cache */
};

/* All statements of the program, ends with NULL (generated). */
extern const struct statement *const statements[];
extern const int statement_count;

#endif
