/*
 * PostgreSQL: one plan for each shape of a statement.
 *
 * A filter that may be left out is written (:state IS NULL OR s.state = :state). The server keeps one plan of a
 * statement for all values, which then has to serve a filter that is there and one that is not, and is poor: or
 * it makes a plan each time, which costs more than the rows. So a statement is prepared once for each set of its
 * filters that is asked for: where a parameter is NULL, NULL stands in the text, and where it is not, FALSE for the
 * question whether it is. The planner sees the condition fall away or be left alone, where an index can serve it, and
 * one plan is good for all values of that shape (settle() in pgsql.c has the server keep it).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "db/pgsql.h"

enum { TEXT_MAX = 64 * 1024 };

static const char tested[] = " IS NULL";

/* The number after a "$" at s, and where it ends; 0: no parameter stands there. */
static int parameter_at(const char *s, const char **end_out)
{
	char *end;

	if (*s != '$' || s[1] < '1' || s[1] > '9') {
		return 0;
	}
	long n = strtol(s + 1, &end, 10);
	*end_out = end;
	return n <= PARAMETERS_MAX ? (int)n : 0;
}

uint64_t pgsql_optional(const char *sql)
{
	uint64_t mask = 0;
	const char *end;

	for (const char *s = sql; (s = strchr(s, '$')) != NULL; s++) {
		int n = parameter_at(s, &end);
		if (n > 0 && text_starts(end, tested)) {
			mask |= UINT64_C(1) << (n - 1);
		}
	}
	return mask;
}

static const char *type_word(Oid type)
{
	switch (type) {
	case OID_INT8:
		return "bigint";
	case OID_DATE:
		return "date";
	case OID_FLOAT8:
		return "double precision";
	case OID_BYTEA:
		return "bytea";
	default:
		return "text";
	}
}

const char *pgsql_shape_text(struct arena *a, const char *sql, const Oid *types, uint64_t nulls)
{
	struct buf text;
	const char *end;

	buf_init(&text, a, TEXT_MAX);
	for (const char *s = sql; *s != '\0'; s = end) {
		int n = parameter_at(s, &end);
		if (n == 0) {
			end = s + 1;
			buf_add(&text, s, 1);
		} else if ((nulls >> (n - 1) & 1) != 0) {
			buf_printf(&text, "CAST(NULL AS %s)", type_word(types[n - 1]));
		} else if (text_starts(end, tested)) {
			buf_str(&text, "FALSE");
			end += strlen(tested);
		} else {
			buf_add(&text, s, (size_t)(end - s));
		}
	}
	return text.p;
}
