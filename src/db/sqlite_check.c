/*
 * SQLite: what it says of a statement, and of the whole store.
 *
 * The plan: a scan of a table, a temporary b-tree or an automatic index needs a written reason (`plan:`), and a
 * reason needs one of those.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/check.h"
#include "db/sqlite.h"

const char *sqlite_statement_text(const struct statement *s)
{
	return s->sqlite;
}

static bool type_fits(const char *declared, enum field_kind kind)
{
	switch (kind) {
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_INSTANT:
	case FIELD_OPT_INT:
		return strcmp(declared, "INTEGER") == 0;
	case FIELD_TEXT:
	case FIELD_WORD:
	case FIELD_DATE:
		return strcmp(declared, "TEXT") == 0;
	case FIELD_REAL:
		return strcmp(declared, "REAL") == 0 || strcmp(declared, "INTEGER") == 0;
	case FIELD_BYTES:
		return strcmp(declared, "BLOB") == 0;
	case FIELD_TEXTS:
		break;
	}
	return false;
}

struct err *sqlite_column_source(struct arena *a, struct db *db, const struct cached *p, int i,
				 struct column_source *out)
{
	int not_null = 0;
	int primary = 0;

	*out = (struct column_source){ .table = sqlite3_column_table_name(p->handle, i),
				       .column = sqlite3_column_origin_name(p->handle, i),
				       .fits = true };
	if (out->table == NULL || out->column == NULL) {
		out->table = NULL;
		return NULL;
	}
	int code = sqlite3_table_column_metadata(sqlite_of(db)->c, "main", out->table, out->column, &out->type, NULL,
						 &not_null, &primary, NULL);
	if (code != SQLITE_OK) {
		bool own = strncmp(out->table, "sqlite_", 7) == 0;
		out->table = NULL;
		return own ? NULL : sqlite_fault(db, p->s, code);
	}
	out->fits = type_fits(out->type, p->columns[i].field->kind);
	out->may_be_null = !not_null && !primary;
	return NULL;
}

/* Is `name` made by this statement itself (WITH name AS ...), or another name of such a one? Then
 * to walk over it is no scan of a table. */
static bool is_own_table(const char *sql, const char *name, int depth)
{
	char word[64];
	char before[64] = "";
	char before_as[64] = "";

	for (const char *p = sql; (p = check_next_word(p, word)) != NULL;) {
		bool follows = strcasecmp(before, "AS") == 0;
		const char *other = follows ? before_as : before;
		if (strcasecmp(word, name) == 0) {
			const char *q = p + strspn(p, " ");
			if (*q == '(' && strchr(q, ')') != NULL) {
				q = strchr(q, ')') + 1;
				q += strspn(q, " ");
			}
			if (strncasecmp(q, "AS (", 4) == 0 || strncasecmp(q, "AS MATERIALIZED", 15) == 0 ||
			    strncasecmp(q, "AS NOT MATERIALIZED", 19) == 0) {
				return true;
			}
			if (depth > 0 && *other != '\0' && strcasecmp(other, name) != 0 &&
			    strcasecmp(other, "FROM") != 0 && strcasecmp(other, "JOIN") != 0 &&
			    is_own_table(sql, other, depth - 1)) {
				return true;
			}
		}
		memcpy(before_as, before, sizeof before);
		memcpy(before, word, sizeof word);
	}
	return false;
}

/* A subquery that the plan itself announced: "CO-ROUTINE x", "MATERIALIZE x". */
static bool is_announced(const struct buf *earlier, const char *name)
{
	char line[96];

	snprintf(line, sizeof line, "\nCO-ROUTINE %s\n", name);
	if (strstr(earlier->p, line) != NULL) {
		return true;
	}
	snprintf(line, sizeof line, "\nMATERIALIZE %s\n", name);
	return strstr(earlier->p, line) != NULL;
}

/* What in this line of the plan needs a reason; NULL: nothing. */
static const char *costly(const struct statement *s, const char *detail, const struct buf *earlier)
{
	char name[64];

	if (strstr(detail, "TEMP B-TREE") != NULL) {
		return "sorts or groups in a temporary b-tree";
	}
	if (strstr(detail, "AUTOMATIC") != NULL) {
		return "builds an automatic index";
	}
	if (strncmp(detail, "SCAN ", 5) != 0 || detail[5] == '(' ||
	    strcmp(detail, "SCAN CONSTANT ROW") == 0 || strstr(detail, "VIRTUAL TABLE") != NULL) {
		return NULL;
	}
	if (check_next_word(detail + 5, name) == NULL || is_announced(earlier, name) ||
	    is_own_table(s->sqlite, name, 1)) {
		return NULL;
	}
	return "scans a table";
}

struct err *sqlite_check_plan(struct arena *a, struct db *db, const struct cached *p,
			      struct buf *faults)
{
	const struct statement *s = p->s;
	const char *sql = arena_printf(a, "EXPLAIN QUERY PLAN %s", s->sqlite);
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(sqlite_of(db)->c, sql, -1, &st, NULL);
	bool any = false;
	struct buf earlier;

	buf_init(&earlier, a, 65536);
	buf_char(&earlier, '\n');
	while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(st, 3);
		const char *what = costly(s, detail, &earlier);
		if (what != NULL && s->sqlite_plan == NULL) {
			buf_printf(faults, "%s: %s: %s without a plan: reason (%s)\n", s->place, s->name,
				   what, detail);
		}
		buf_printf(&earlier, "%s\n", detail);
		any = any || what != NULL;
		code = SQLITE_OK;
	}
	struct err *err = code == SQLITE_DONE ? NULL : sqlite_fault(db, s, code);
	sqlite3_finalize(st);
	TRY(err);
	if (s->sqlite_plan != NULL && !any) {
		buf_printf(faults, "%s: %s: plan: reason is stale, the plan needs none\n", s->place, s->name);
	}
	return NULL;
}

/* ---- the whole store ---- */

struct err *sqlite_integrity(struct arena *a, struct db *db, const char **report_out)
{
	static const char *const checks[] = { "PRAGMA integrity_check(20)",
					      "SELECT \"table\" || ' row ' || rowid || ' points to a missing '"
					      " || parent FROM pragma_foreign_key_check LIMIT 20" };
	struct buf b;

	buf_init(&b, a, 16384);
	for (size_t i = 0; i < 2; i++) {
		sqlite3_stmt *st = NULL;
		int code = sqlite3_prepare_v2(sqlite_of(db)->c, checks[i], -1, &st, NULL);
		while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
			const char *line = (const char *)sqlite3_column_text(st, 0);
			if (line != NULL && strcmp(line, "ok") != 0) {
				buf_printf(&b, "%s\n", line);
			}
			code = SQLITE_OK;
		}
		struct err *err = code == SQLITE_DONE ? NULL : sqlite_fault(db, NULL, code);
		sqlite3_finalize(st);
		TRY(err);
	}
	*report_out = b.n > 0 ? b.p : NULL;
	return NULL;
}
